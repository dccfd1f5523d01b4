"""A question after others: whether it goes on from them, and what it keeps, adds, replaces or drops.

What stands after a question are slots: plans, subject, filters by what they filter on, lateness, order, what is asked.
A later question fills a free slot, takes the place of a filled one of its own type, or parts the rows that were shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.conditions import Condition, Field, Operator, Without
from assistant.lexicon import one_of, plain, small
from assistant.planner.candidates.groups import Order
from assistant.planner.candidates.ways import Asking
from assistant.planner.followup_slots import PLACES, Cue, joined, points_back, told
from assistant.planner.scope import negated
from assistant.planner.sketch import Part, Sketch
from assistant.planner.spots import Kind
from assistant.planner.text import Text
from assistant.query_plan import Intent, Lateness, Theme, Wanted
from assistant.records import Action

Shown = Callable[[], Sequence[Action]]
"""The rows that the last answer showed; asked for only where a question needs them."""

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

    @property
    def added(self) -> tuple[Theme, ...]:
        """The subjects that it brought to those that stood."""
        stood = self.was.by_slots.themes if self.was else self.by_slots.themes
        return tuple(theme for theme in self.by_slots.themes if theme not in stood)


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
        held = previous.themes or previous.parts or previous.lateness
        return bool(held) and words <= 7 and not one_of("of_whole_plan").search(low)
    fills = bool(current.themes) and not (previous.themes or current.documents or asks) and words <= 5
    return fills or not (names_own or current.unknown_ref)


# ---------------------------------------------------------------- what the last answer did not show


def _beside(current: Sketch, before: Turn, cues: frozenset[Cue]) -> Turn | None:
    """ "And the rest?", "what else does she lead", "apart from those": rows beside those shown."""
    if not cues & {Cue.OTHERS, Cue.APART}:
        return None
    own = current.parts or current.themes or current.lateness or current.every_plan
    late = current.lateness is Lateness.OVERDUE
    less = not (current.themes or late) and all(isinstance(one.condition, Without) for one in current.parts)
    if less and (current.parts or current.without or current.lateness):
        return None  # "excluding those owned by managers" leaves more out of what stands
    if Cue.APART in cues and own:
        documents = () if current.every_plan else current.documents or before.by_slots.documents
        return Turn(replace(current, documents=documents), ("the plan",) if documents else (), less=before)
    rest = _rest(before)
    if rest is None:
        return None
    asked = replace(current, themes=current.themes if own else (), left=() if not own else current.left)
    merged = _merged(rest, asked, (cues - {Cue.APART}) | {Cue.NARROWS}, tuple)
    kept, dropped = told(before.by_slots, merged.sketch)
    return replace(merged, kept=kept, dropped=dropped, less=rest.less, was=before)


def _rest(before: Turn) -> Turn | None:
    """The rows that what was asked last left out; None where it left out none."""
    last = replace(before.by_slots, order=Order(), sides=(), premises=())
    wider = before.was.by_slots if before.was else None
    if len(beside := [part for side in before.by_slots.sides for part in side]) == 1 and not before.less:
        return Turn(replace(last, parts=(*last.parts, Part(beside[0].kinds, negated(beside[0].condition)))))
    added = [part for part in last.parts if (part not in wider.parts if wider else not part.kinds & PLACES)]
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
_FIELDS |= {"owner": Field.OWNER, "rag": Field.RAG, "due": Field.DUE, "document": Field.DOCUMENT}
_KINDS = {Field.DOCUMENT: Kind.PLAN, Field.OWNER: Kind.OWNER, Field.RAG: Kind.COLOUR, Field.DUE: Kind.DUE}


def _widened_to(current: Sketch, before: Turn, cues: frozenset[Cue], shown: Shown) -> Turn | None:
    """The rows that share a field with those shown: "the whole of the recommendation it belongs to", "in that month",
    "what else is she on"."""
    for wanted, said in _fields_named(Text(current.text), cues):
        kind = frozenset({_KINDS.get(wanted, Kind.SECTION)})
        stands = [part for part in before.by_slots.parts if part.kinds == kind]
        rows = () if stands else shown()
        values = tuple(dict.fromkeys(value for row in rows for value in _values(row, wanted)))
        if stands or 0 < len(values) <= _FEW:
            condition = Condition(wanted, Operator.IS, values)
            if wanted is Field.DUE and values:
                condition = Condition(wanted, Operator.BETWEEN, (min(values), max(values)))
            part = stands[0] if stands else Part(kind, condition)
            documents = tuple(dict.fromkeys(row.document for row in rows)) or before.by_slots.documents
            themes = tuple(theme for theme in current.themes if said not in plain(theme.words).split())
            own = tuple(one for one in current.parts if not one.kinds & kind)
            parts = own if wanted is Field.DOCUMENT else (part, *own)
            documents = current.documents or documents
            sketch = replace(current, documents=documents, parts=parts, themes=themes, left=(), readings=())
            return Turn(sketch, less=before if cues & {Cue.APART, Cue.OTHERS} else None, was=before)
    return None


def _fields_named(text: Text, cues: frozenset[Cue]) -> Iterator[tuple[Field, str]]:
    """Fields of the rows shown that the question names, and the word that does."""
    named = {hit.first: hit for hit in text.of("group")}
    for at, word in enumerate(text.words):
        theirs = word.low in ("they", "them") and cues & {Cue.APART, Cue.OTHERS} and text.says("verb", "own")
        if theirs or word.low in ("he", "she", "him", "her", "his", "hers"):
            yield Field.OWNER, word.low
        hit = named.get(at)
        if not hit or hit.concept not in _FIELDS or (hit.concept == "due" and word.low != "month"):
            continue
        after = {one.low for one in text.words[hit.last : hit.last + 3]} if Cue.WHOLE in cues else set()
        before = [one.low for one in text.words[:at]]
        if hit.last == len(text.words) and {*before[-2:]} & {"its", "their"} and not {*before} & small("placing"):
            continue  # the field itself is asked for: "what was its rating?"
        if after & {"it", "they", "that", "those"} or {*before[-2:]} & small("to_them"):
            yield _FIELDS[hit.concept], word.low


def _values(row: Action, wanted: Field) -> Sequence[str | date]:
    if wanted is Field.DUE and row.due:
        first = row.due.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    value = row.owners if wanted is Field.OWNER else getattr(row, wanted.value)
    return value if isinstance(value, tuple) else (str(value),) if value else ()


# ---------------------------------------------------------------- slots of both


def _merged(before: Turn, current: Sketch, cues: frozenset[Cue], shown: Shown) -> Turn:
    """The question read together with what stands."""
    slots = joined(before.by_slots, current, cues, before.added)
    switches = current.documents or current.every_plan or current.themes or current.kinds() & PLACES
    base = before.by_slots if switches and Cue.POINTS not in cues else before.sketch
    rows = _rows_meant(base, slots, cues, shown, before.empty)
    if rows and current.order.nth:
        place = current.order.nth - 1 if current.order.nth > 0 else current.order.nth
        rows = rows[place : place + 1 or None]
        listed = current.asking.intent in (None, Intent.LIST)
        asking = replace(current.asking, intent=Intent.LOOKUP) if listed else current.asking
        current = replace(current, order=Order(), asking=asking)
    if rows:
        documents = tuple(dict.fromkeys(row.document for row in rows))
        part = Part(frozenset({Kind.SHOWN}), Condition(Field.ID, Operator.IS, tuple(row.id for row in rows)))
        bare = replace(base, themes=(), without=(), lateness=None, shared=None, order=Order(), meaning=None)
        base = replace(bare, documents=documents, parts=(part,))
    sketch = slots if base is before.by_slots else joined(base, current, cues, before.added)
    asking = _of_rows(sketch.asking, Text(current.text), len(rows))
    if rows and asking is not sketch.asking:  # what the question says besides is the fact asked for, not a filter
        sketch = replace(sketch, asking=asking, parts=base.parts, lateness=None, shared=None, left=())
    carried = set(before.by_slots.themes) <= set(slots.themes) and slots.documents == before.by_slots.documents
    doubts = (*before.doubts, *(one.words for one in before.sketch.left)) if carried else ()
    kept, dropped = told(before.by_slots, slots)
    rows_kept = (f"the {len(rows)} rows shown" if len(rows) > 1 else "the row shown",) if rows else kept
    less, apart = before.less if carried else None, None if sketch is slots else slots
    return Turn(sketch, rows_kept, dropped, less, apart, before, doubts)


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


def _of_rows(asking: Asking, text: Text, number: int) -> Asking:
    """A fact about a few rows is looked for in all that they say."""
    beyond = (Wanted.NUMBER, Wanted.MONEY, Wanted.TARGET, Wanted.PERSON, Wanted.DATE)
    if asking.intent is not Intent.NARRATIVE or asking.wanted in beyond or number > _FEW:
        return asking
    asked = (Field.MEASURE,) if text.says("field", "success_measure") else asking.asked
    why = Wanted.REASON if asking.wanted is Wanted.REASON else None
    return replace(asking, intent=Intent.LOOKUP, asked=asked, wanted=why)
