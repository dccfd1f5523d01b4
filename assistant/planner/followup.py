"""A question after others: whether it goes on from them, and what it keeps, adds, replaces or drops.

What stands after a question are slots: plans, subject, filters by what they filter on, lateness, order, what is asked.
A later question fills a free slot, takes the place of a filled one of its own type, or parts the rows that were shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.conditions import Condition, Either, Field, Operator, Without
from assistant.planner.candidates.groups import Order
from assistant.planner.candidates.ways import Asking
from assistant.planner.compare import compares
from assistant.planner.followup_words import Cue, points_back
from assistant.planner.scope import all_of, negated
from assistant.planner.sketch import Part, Sketch
from assistant.planner.spots import Kind
from assistant.planner.text import Text
from assistant.planner.wording import content_words, plain
from assistant.query_plan import Intent, Lateness, Theme, Wanted
from assistant.query_plan_words import filter_words
from assistant.records import Action

Shown = Callable[[], Sequence[Action]]
"""The rows that the last answer showed; asked for only where a question needs them."""

_PLACES = frozenset({Kind.REF, Kind.SECTION})
_DATES = {Kind.DUE: Field.DUE, Kind.START: Field.START, Kind.COMPLETED: Field.COMPLETED_ON}
_FEW, _MANY = 3, 100
"""So few rows are told in full where a fact about them is asked; of more than many, the filters that found them are kept
and not their names."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what it keeps from those before it."""

    sketch: Sketch
    kept: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    less: Turn | None = None
    """Rows to be left out: "apart from those"."""
    slots: Sketch | None = None
    """The reading by subject and filters, where `sketch` names the rows that were shown."""
    was: Turn | None = None
    """What it went on from."""
    doubts: tuple[str, ...] = ()
    """What earlier questions left out as not understood, still in force."""
    empty: bool = False
    """Whether no row was found: a pronoun after it stands for the rows shown before."""

    @property
    def by_slots(self) -> Sketch:
        return self.slots or self.sketch


def turn_of(current: Sketch, before: Turn | None, cues: frozenset[Cue], shown: Shown) -> Turn:
    """The question read with what stands before it, or alone where it starts afresh."""
    if before is None or Cue.RESET in cues:
        return Turn(current)
    if turn := _widened_to(current, before, cues, shown) or _beside(current, before, cues):
        return turn
    if _follows(current, before.by_slots, cues):
        return _merged(before, current, cues, shown)
    if Kind.REF in current.kinds() and not (current.documents or current.every_plan):
        documents = before.by_slots.documents
        return Turn(replace(current, documents=documents), ("the plan",) if documents else ())
    return Turn(current)


def _follows(current: Sketch, previous: Sketch, cues: frozenset[Cue]) -> bool:
    """True where the question goes on from the one before. One that names a subject or rows of its own, and points at
    nothing before it names them, starts afresh."""
    low = plain(current.text)
    words = len(low.split())
    if current.meaning in (Intent.DEFINITION, Intent.COLOURS, Intent.SOURCES):
        return low.rstrip("?!. ").endswith((" there", " that plan", " in it", " that one"))
    names_own = bool(current.themes or current.documents or current.every_plan or current.unknown_plan)
    names_own = names_own or Kind.REF in current.kinds()
    if cues & {Cue.CORRECTS, Cue.OF_THOSE, Cue.SAME} or (Cue.OPENS in cues and words <= 14):
        return True
    if Cue.POINTS in cues and (not names_own or points_back(current.text, [one.words for one in current.themes])):
        return True
    asks = current.asking.by != "default" or Text(current.text).says("rows")
    if current.documents and not (current.themes or current.parts or current.lateness):
        return bool(previous.themes) and words <= 7 and not asks
    fills = bool(current.themes) and not (previous.themes or current.documents or asks) and words <= 5
    return fills or not (names_own or current.unknown_ref)


# ---------------------------------------------------------------- what the last answer did not show


def _beside(current: Sketch, before: Turn, cues: frozenset[Cue]) -> Turn | None:
    """ "And the rest?", "what else does she lead", "apart from those": rows beside those shown."""
    if not cues & {Cue.OTHERS, Cue.APART}:
        return None
    own = current.parts or current.themes or current.lateness or current.every_plan
    if Cue.APART in cues and own:
        documents = () if current.every_plan else current.documents or before.by_slots.documents
        return Turn(replace(current, documents=documents), ("the plan",) if documents else (), less=before)
    rest = _rest(before)
    if rest is None:
        return None
    asked = replace(current, themes=current.themes if own else (), left=() if not own else current.left)
    merged = _merged(rest, asked, (cues - {Cue.APART}) | {Cue.NARROWS}, tuple)
    kept, dropped = _told(before.by_slots, merged.sketch)
    return replace(merged, kept=kept, dropped=dropped, less=rest.less, was=before)


def _rest(before: Turn) -> Turn | None:
    """The rows that what was asked last left out; None where it left out none."""
    last = replace(before.by_slots, order=Order(), sides=(), premises=())
    wider = before.was.by_slots if before.was else None
    added = [part for part in last.parts if (part not in wider.parts if wider else not part.kinds & _PLACES)]
    late = last.lateness if not (wider and wider.lateness is last.lateness) else None
    themes = [theme for theme in last.themes if wider and theme not in wider.themes]
    if not (added or late or themes or before.by_slots.order != last.order):
        added, themes = [part for part in last.parts if not last.themes], list(last.themes)
        if not (added or themes):
            return None
    kept = tuple(part for part in last.parts if part not in added)
    if len(added) == 1 and not (late or themes or before.less):
        return Turn(replace(last, parts=(*kept, Part(added[0].kinds, negated(added[0].condition)))))
    if late and not (added or themes or before.less):
        other = Lateness.NOT_OVERDUE if late is Lateness.OVERDUE else Lateness.OVERDUE
        return Turn(replace(last, lateness=other))
    left = tuple(theme for theme in last.themes if theme not in themes)
    wide = replace(last, parts=kept, themes=left, lateness=None if late else last.lateness)
    return Turn(wide, less=before)


# ---------------------------------------------------------------- a field of the rows shown: "that month", "the whole section"

_FIELDS = {"recommendation": Field.RECOMMENDATION, "section": Field.SECTION, "priority": Field.SECTION}
_FIELDS |= {"owner": Field.OWNER, "rag": Field.RAG, "due": Field.DUE}
_TO_THEM = frozenset({"that", "this", "same", "those", "these", "its", "their"})
_AFTER_THEM = frozenset({"it", "they", "that", "those"})


def _widened_to(current: Sketch, before: Turn, cues: frozenset[Cue], shown: Shown) -> Turn | None:
    """The rows that share a field with those shown: "the whole of the recommendation it belongs to", "in that month"."""
    text = Text(current.text)
    for hit in text.of("group"):
        near = {word.low for word in text.words[max(0, hit.first - 2) : hit.first]}
        after = {word.low for word in text.words[hit.last : hit.last + 3]}
        pointed = near & _TO_THEM or (Cue.WHOLE in cues and after & _AFTER_THEM)
        wanted = _FIELDS.get(hit.concept)
        if not (pointed and wanted) or (wanted is Field.DUE and text.words[hit.first].low != "month"):
            continue
        rows = shown()
        values = tuple(dict.fromkeys(value for row in rows for value in _values(row, wanted)))
        if values and len(values) <= _FEW:
            condition = Condition(wanted, Operator.IS, values)
            if wanted is Field.DUE:
                condition = Condition(wanted, Operator.BETWEEN, (min(values), max(values)))
            part = Part(frozenset({_KINDS.get(wanted, Kind.SECTION)}), condition)
            documents = current.documents or tuple(dict.fromkeys(row.document for row in rows))
            own = tuple(one for one in current.parts if not one.kinds & part.kinds)
            sketch = replace(current, documents=documents, parts=(part, *own), themes=(), left=())
            return Turn(sketch, less=before if cues & {Cue.APART, Cue.OTHERS} else None, was=before)
    return None


_KINDS = {Field.OWNER: Kind.OWNER, Field.RAG: Kind.COLOUR, Field.DUE: Kind.DUE}


def _values(row: Action, wanted: Field) -> Sequence[str | date]:
    if wanted is Field.DUE and row.due:
        first = row.due.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    value = row.owners if wanted is Field.OWNER else getattr(row, wanted.value)
    return value if isinstance(value, tuple) else (str(value),) if value else ()


# ---------------------------------------------------------------- slots of both


def _merged(before: Turn, current: Sketch, cues: frozenset[Cue], shown: Shown) -> Turn:
    """The question read together with what stands."""
    slots = _joined(before.by_slots, current, cues, before)
    switches = current.documents or current.every_plan or current.themes or current.kinds() & _PLACES
    base = before.by_slots if switches and Cue.POINTS not in cues else before.sketch
    rows = _rows_meant(base, slots, cues, shown, before.empty)
    if rows and current.order.nth:
        place = current.order.nth - 1 if current.order.nth > 0 else current.order.nth
        rows = rows[place : place + 1 or None]
        current = replace(current, order=Order())
    if rows:
        part = Part(frozenset({Kind.SHOWN}), Condition(Field.ID, Operator.IS, tuple(row.id for row in rows)))
        base = replace(
            base, themes=(), without=(), parts=(part,), lateness=None, shared=None, order=Order(), meaning=None
        )
    sketch = slots if base is before.by_slots else _joined(base, current, cues, before)
    asking = _of_rows(sketch.asking, Text(current.text), len(rows))
    if rows and asking is not sketch.asking:  # what the question says besides is the fact asked for, not a filter
        sketch = replace(sketch, asking=asking, parts=base.parts, lateness=None, shared=None, left=())
    carried = set(before.by_slots.themes) <= set(slots.themes) and slots.documents == before.by_slots.documents
    doubts = (*before.doubts, *(one.words for one in before.sketch.left)) if carried else ()
    kept, dropped = _told(before.by_slots, slots)
    rows_kept = (f"the {len(rows)} rows shown" if len(rows) > 1 else "the row shown",) if rows else kept
    return Turn(
        sketch, rows_kept, dropped, before.less if carried else None, None if sketch is slots else slots, before, doubts
    )


def _rows_meant(base: Sketch, slots: Sketch, cues: frozenset[Cue], shown: Shown, empty: bool) -> Sequence[Action]:
    """The rows of the last answer, where a pronoun stands for them and the filters alone do not give them, or a fact
    about them is asked."""
    if Cue.POINTS not in cues or Cue.SAME in cues or base.asking.intent is Intent.COMPARE or slots.sides:
        return ()
    by_name = empty or not _is_set(base)
    fact = slots.asking.intent is Intent.NARRATIVE or slots.asking.wanted
    rows = shown() if by_name or fact else ()
    return rows if len(rows) <= (_MANY if by_name else _FEW) else ()


def _is_set(found: Sketch) -> bool:
    """Whether subject and filters say which rows were shown: not a place in an order, one particular thing or a fact."""
    order, asking = found.order, found.asking
    placed = order.extreme or order.nth or order.first or found.elsewhere
    fact = asking.wanted or asking.intent is Intent.NARRATIVE or found.meaning
    return not (placed or fact or any(theme.specific for theme in found.themes))


_BEYOND_ROWS = frozenset({Wanted.NUMBER, Wanted.MONEY, Wanted.TARGET, Wanted.PERSON, Wanted.DATE})


def _of_rows(asking: Asking, text: Text, number: int) -> Asking:
    """A fact about a few rows is looked for in all that they say."""
    if asking.intent is not Intent.NARRATIVE or asking.wanted in _BEYOND_ROWS or number > _FEW:
        return asking
    asked = (Field.MEASURE,) if text.says("field", "success_measure") else asking.asked
    why = Wanted.REASON if asking.wanted is Wanted.REASON else None
    return replace(asking, intent=Intent.LOOKUP, asked=asked, wanted=why)


def _joined(previous: Sketch, current: Sketch, cues: frozenset[Cue], before: Turn) -> Sketch:
    narrows = bool(cues & {Cue.NARROWS, Cue.POINTS}) and not cues & {Cue.SAME, Cue.CORRECTS}
    if Cue.REMOVES in cues:
        current = _left_out(current)
    if Cue.CORRECTS in cues:
        current = _dated_as(previous, current)
    documents, every = _documents(previous, current, cues)
    asking = _asking(previous, current, cues)
    added = [theme for theme in previous.themes if before.was and theme not in before.was.by_slots.themes]
    themes = _themes(previous, current, narrows, added, asking)
    drops = Cue.ANY_STATE in cues or bool({Kind.STATE, Kind.LATE, Kind.DUE} & current.kinds() and not narrows)
    order = current.order
    if not (order.group or order.extreme or order.nth or asking.intent is not previous.asking.intent):
        order = previous.order
    return replace(
        current,
        text=_text(previous, current, themes) if asking.intent is Intent.NARRATIVE else current.text,
        asking=asking,
        order=order,
        as_of=current.as_of if current.as_of_given else previous.as_of,
        as_of_given=current.as_of_given or previous.as_of_given,
        documents=documents,
        mentions=(previous.documents, current.documents)
        if len(documents) > len(current.documents)
        else current.mentions,
        every_plan=every,
        parts=_parts(previous, current, cues, narrows),
        lateness=current.lateness or (None if drops else previous.lateness),
        shared=current.shared if current.shared is not None else previous.shared,
        themes=themes,
        without=current.without
        if current.themes and not narrows
        else tuple(dict.fromkeys([*previous.without, *current.without])),
        meaning=current.meaning or (previous.meaning if current.asking.intent is None else None),
        terms=current.terms or (previous.terms if current.asking.intent is None else ()),
    )


def _documents(previous: Sketch, current: Sketch, cues: frozenset[Cue]) -> tuple[tuple[str, ...], bool]:
    if compares(current.text) and previous.documents and Cue.SAME not in cues:
        return tuple(dict.fromkeys([*previous.documents, *current.documents])), False
    if current.every_plan:
        return (), True
    if current.documents or current.unknown_plan:
        return current.documents, False
    return previous.documents, previous.every_plan


def _themes(
    previous: Sketch, current: Sketch, narrows: bool, added: Sequence[Theme], asking: Asking
) -> tuple[Theme, ...]:
    """The subject: kept where none is named, added to where the words narrow, else replaced by a new one. Of several
    that narrowed one another the last is replaced."""
    if not current.themes:
        return () if Kind.REF in current.kinds() and not narrows else previous.themes
    if narrows:
        return tuple(dict.fromkeys([*previous.themes, *current.themes]))
    kept = [theme for theme in previous.themes if added and theme not in added]
    if asking.intent is Intent.NARRATIVE and len(previous.themes) > len(current.themes):
        kept = list(previous.themes[: -len(current.themes)])
    return (*kept, *current.themes)


def _text(previous: Sketch, current: Sketch, themes: Sequence[Theme]) -> str:
    """The question in full, for the prose: "and the police?" is the question before with its subject replaced."""
    text = previous.text
    gone = [theme.words for theme in previous.themes if theme not in themes]
    if current.asking.intent is None and len(gone) == 1 == len(current.themes) and gone[0] in text:
        return text.replace(gone[0], current.themes[0].words)
    for words in gone:
        text = text.replace(words, "")
    return f"{current.text} {text}"


def _parts(previous: Sketch, current: Sketch, cues: frozenset[Cue], narrows: bool) -> tuple[Part, ...]:
    """Filters of both; a new one takes the place of an old one on the same thing, unless it parts the rows shown."""
    new = current.kinds()
    if Cue.OF_THOSE in cues:
        return (*previous.parts, *(part for part in current.parts if part not in previous.parts))
    if Kind.REF in new and not narrows and Cue.CORRECTS not in cues:
        return current.parts
    if Cue.WIDENS in cues and current.parts and previous.parts:
        return _either_of(previous, current)
    if new & _PLACES:
        new |= _PLACES
    if Kind.STATE in new and not narrows:
        new |= {Kind.LATE}
    if new & {Kind.COLOUR, Kind.STATE} and not narrows:
        new |= {Kind.COLOUR, Kind.STATE, Kind.GAP}
    if current.themes and not narrows and Cue.CORRECTS not in cues:
        new |= _PLACES
    return (*(part for part in previous.parts if not part.kinds & new), *current.parts)


def _either_of(previous: Sketch, current: Sketch) -> tuple[Part, ...]:
    """Rows of before, or those that are added now: "include the ambers"."""
    same = [part for part in previous.parts if part.kinds & current.kinds()]
    other = [part for part in previous.parts if part not in same]
    if not same:
        return previous.parts
    both = Either((all_of([part.condition for part in same]), all_of([part.condition for part in current.parts])))
    return (*other, Part(frozenset(kind for part in (*same, *current.parts) for kind in part.kinds), both))


def _left_out(current: Sketch) -> Sketch:
    """What is to be left out: "remove the completed ones"."""
    parts = tuple(
        part if isinstance(part.condition, Without) else Part(part.kinds, Without(part.condition))
        for part in current.parts
    )
    return replace(current, parts=parts, themes=(), without=(*current.without, *current.themes))


def _dated_as(previous: Sketch, current: Sketch) -> Sketch:
    """A date that corrects another is of its kind: of the start, of completion, or the day to judge by."""
    held = [kind for kind in _DATES if kind in previous.kinds()]
    bare = [part for part in current.parts if part.kinds == {Kind.DUE} and isinstance(part.condition, Condition)]
    if len(bare) != 1 or Kind.DUE in held or Text(current.text).says("field"):
        return current
    condition = bare[0].condition
    assert isinstance(condition, Condition)
    others = tuple(part for part in current.parts if part is not bare[0])
    if held:
        part = Part(frozenset({held[0]}), replace(condition, field=_DATES[held[0]]))
        return replace(current, parts=(*others, part))
    if previous.as_of_given and isinstance(day := condition.values[-1], date):
        return replace(current, parts=others, as_of=day, as_of_given=True)
    return current


_LISTS = re.compile(r"\b(?:list|show|which|give|find)\b")


def _asking(previous: Sketch, current: Sketch, cues: frozenset[Cue]) -> Asking:
    """What is wanted: as before, unless the question says otherwise."""
    now, text = current.asking, Text(current.text)
    if now.intent is Intent.NARRATIVE and text.says("ask", "who") and not content_words(current.text):
        return replace(now, intent=Intent.OWNER, asked=(Field.OWNER,))
    same = Cue.SAME in cues
    bare_list = now.intent in (Intent.LIST, Intent.LOOKUP) and not _LISTS.search(text.low)
    if now.intent is None or same or (bare_list and cues & {Cue.OPENS, Cue.CORRECTS}):
        kept = previous.asking
        if same and kept.intent is Intent.STATUS:
            return kept
        return replace(kept, claim=now.claim and not same, score=now.score, by=now.by)
    return now


def _told(previous: Sketch, found: Sketch) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was kept of the reading before, and what was not, in words."""
    slots = [("the plan", found.documents == previous.documents)] if previous.documents else []
    slots += [(f'the subject "{theme.words}"', theme in found.themes) for theme in previous.themes]
    slots += [(filter_words(part.condition), part in found.parts) for part in previous.parts]
    if previous.lateness:
        late = "overdue only" if previous.lateness is Lateness.OVERDUE else "not overdue"
        slots.append((late, found.lateness is previous.lateness))
    return tuple(words for words, held in slots if held), tuple(words for words, held in slots if not held)
