"""What is to be missing or to be there, "no owner", "undated", "with a start date"; and what looks wrong: suspected errors."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conditions import Condition, Either, Every, Field, Filter, Operator, Without
from assistant.flags import FlagCode as F
from assistant.lexicon import Hit, any_of, small
from assistant.planner.candidates.dated import compared
from assistant.planner.candidates.states import NOTHING_SAID
from assistant.planner.candidates.ways import FIELDS
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text, longest, only, overlaps

_SOUND = small("gaps_sound")


def _missing(concept: str) -> Filter | None:
    if concept in ("status", "status_text"):
        return NOTHING_SAID
    known = concept in FIELDS and concept not in ("place", "days_late")
    return Condition(FIELDS[concept], Operator.MISSING) if known else None


def spot_gaps(text: Text) -> Iterator[Spot]:
    """Fields that are to be missing; "no owner or date" names two, of which one suffices; "neither" and "and" want both."""
    states = [hit for hit in text.hits if hit.role == "state" and hit.length > 1]
    known = {s.last for s in states if s.last - s.first == s.length}  # "in progress", not "in the progress column"
    fields = [hit for hit in text.of("field") if _missing(hit.concept) and hit.last not in known]
    said = [(text.span(hit), _missing(hit.concept)) for hit in text.of("gap", "owner", "due", "status", "rag")]
    for hit in states:  # the "no completion" of a date is none
        if hit.concept == "open" and not any(hit.first < f.first < hit.last < f.last for f in fields):
            said.append((text.span(hit), None))
    for no in text.of("gap", "no"):
        begun = (f.first for f in fields if no.first < f.first < no.last < f.last)  # "isn't there a named lead"
        if named := list(_named(text, next(begun, no.last), fields)):
            said.append((text.span_of(no.first, named[-1].last), _joined(text, no, named)))
    for field in fields:
        for blank in text.of("gap", "blank"):
            if 0 <= blank.first - field.last <= 4 and only(text.words[field.last : blank.first], _SOUND):
                said.append((text.span_of(field.first, blank.last), _missing(field.concept)))
    taken: list[tuple[int, int]] = []
    for span, condition in said:
        if not overlaps(span, taken):
            taken.append(span)
            if condition:
                yield Spot(*span, Kind.GAP, condition)


def _named(text: Text, at: int, fields: list[Hit]) -> Iterator[Hit]:
    """The fields that a denial names, joined to it and to each other by small words only."""
    for field in fields:
        if field.first >= at and field.first - at <= 5 and only(text.words[at : field.first], _SOUND):
            if _CLAUSES & {word.low for word in text.words[at : field.last]}:
                return
            if text.stopped(text.words[at - 1].end, text.words[field.first].start, hard=True):
                return
            yield field
            at = field.last


_CLAUSES = frozenset({"whose", "whom", "who", "where"})
"""Words that begin another condition: "no owner whose date has passed"."""


def _joined(text: Text, no: Hit, named: list[Hit]) -> Filter:
    parts = tuple(dict.fromkeys(one for hit in named if (one := _missing(hit.concept))))
    if len(parts) == 1:
        return parts[0]
    between = {word.low for word in text.words[named[0].last : named[-1].first]}
    both = "and" in between or text.word(no.first) == "neither"
    return Every(parts) if both else Either(parts)


_FOR_THEM = re.compile(r"\s+(?:to\s+\w+|for|of)\s+(?:it|them|these|those|each)\b")
_BUT = re.compile(r"\s+(?:but|except|other than|apart from|besides)\b")


def spot_given(text: Text, told: Sequence[tuple[int, int]]) -> Iterator[Spot]:
    """Fields that are to be recorded: "with a start date", "which name an owner", "assigned to someone", "whose status is
    known". `told`: the characters of dates, beside which a field is not only to be recorded."""
    named = [hit for hit in text.hits if hit.role == "field" and not (hit.doubtful and hit.concept == "owner")]
    for owned in text.of("gap", "owned"):
        start, end = text.span(owned)
        if any(row.last <= owned.first for row in text.of("rows")) and not _BUT.match(text.low, end):
            end = after.end() if (after := _FOR_THEM.match(text.low, end)) else end
            yield Spot(start, end, Kind.GAP, Without(Condition(Field.OWNER, Operator.MISSING)))
    for given in text.of("gap", "given"):
        denied = text.word(given.first - 1) in ("not", "don't", "doesn't", "to", "by")
        asks = not given.first and text.word(0) in ("is", "are", "has", "have")
        if denied or (asks and text.word(1) != "there"):
            continue
        for field in longest(hit for hit in named if hit.first >= given.last):
            between = text.words[given.last : field.first]
            close = len(between) <= 2 and only(between, _SOUND) and not any(word.low == "no" for word in between)
            several = text.word(field.last - 1).endswith("s")  # "is there a due date for ..." asks for the date
            if close and not ((given.length == 1 or asks) and field.doubtful) and (several or not asks):
                yield from _recorded(text, field, text.span_of(given.first, field.last), told)
    for filled in text.of("gap", "filled"):
        for field in longest(named):
            between = text.words[field.last : filled.first]
            whose = _CLAUSES & {word.low for word in text.words[max(0, field.first - 3) : field.first]}
            if whose and 0 < len(between) <= 3 and all(word.low in small("be") for word in between):
                yield from _recorded(text, field, text.span_of(field.first, filled.last), told)


def _recorded(text: Text, field: Hit, span: tuple[int, int], told: Sequence[tuple[int, int]]) -> Iterator[Spot]:
    """That the field is recorded, where the words say no more of it than that."""
    condition, after = _missing(field.concept), text.word(text.at(span[1]))
    dated = overlaps(span, told) or any(text.at(first) - field.last in (0, 1) for first, _ in told)
    verb = text.word(field.last - 1).endswith("ed")
    if condition and not dated and not verb and after not in small("gaps_after"):
        yield Spot(*span, Kind.GAP, Without(condition))


# ---------------------------------------------------------------- suspected errors

_CODES: dict[str, tuple[F, ...]] = {
    "dates": (
        F.DUE_BEFORE_PLAN,
        F.DUE_AFTER_PLAN,
        F.DUE_BEFORE_START,
        F.DATE_SLIP,
        F.COMPLETION_AFTER_PLAN,
        F.DATE_IMPOSSIBLE,
    ),
    "before_plan": (F.DUE_BEFORE_PLAN,),
    "after_plan": (F.DUE_AFTER_PLAN,),
    "done_after_plan": (F.COMPLETION_AFTER_PLAN,),
    "start_after_due": (F.DUE_BEFORE_START,),
    "text_date": (F.DATE_IN_TEXT_DIFFERS,),
    "duplicate": (F.DUPLICATE_TEXT, F.CONTRADICTING_DUPLICATE, F.PASTED_PROGRESS),
    "contradiction": (F.CONTRADICTING_DUPLICATE, F.COLOUR_CONTRADICTS_WORDS, F.DATE_IN_TEXT_DIFFERS),
    "pasted": (F.PASTED_PROGRESS,),
    "numbering": (F.NUMBERING_REPEATED, F.NUMBERING_GAP),
    "misplaced": (F.TEXT_IN_WRONG_PLACE, F.HEADING_CONTRADICTS_CONTENTS, F.DATE_IN_STATUS_CELL),
    "corrupt": (F.OWNER_CORRUPTED, F.TEXT_CORRUPTED, F.SPLIT_ROW),
    "as_above": (F.REFERS_TO_OTHER_ROW,),
    "deferred": (F.DEFERRED_WITHOUT_DATE,),
    "revised": (F.DUE_REVISED,),
    "late_when_published": (F.OVERDUE_WHEN_PUBLISHED,),
    "abbreviation": (F.ABBREVIATION_UNDEFINED,),
    "colour": (F.COLOUR_LOST, F.KEY_WITHOUT_COLOURS),
    "merged": (F.MULTIPLE_ACTIONS,),
    "any": (),
}
_WHO = re.compile(r"(?:^|[,.?-]\s*|\band\s+)who(?:'?s)?\b")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the question suspects: the codes of flags (none: any), and the characters that say so."""

    codes: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def spot_doubt(text: Text, told: Sequence[tuple[int, int]] = ()) -> Doubt | None:
    """The suspected errors that the question asks about; None where it asks about none. `told`: characters of dates."""
    if found := compared(text, told):
        return Doubt((found[0].value,), (_with_day(text, found[1], told),))
    hits = longest(hit for hit in text.hits if hit.role == "doubt" and not hit.doubtful)
    hits = [hit for hit in hits if not hit.first or text.words[hit.first - 1].stem not in ("go", "gone", "went")]
    sure = [hit for hit in hits if hit.concept != "any"] or hits
    if not sure or (any(hit.concept == "any" for hit in sure) and _WHO.search(text.low)):
        return None
    several = text.lows & {"or", "and"} or "," in text.low
    told_of = {"any": ("date_nouns", _CODES["dates"]), "corrupt": ("owner_nouns", (F.OWNER_CORRUPTED,))}
    codes: list[F] = []
    for hit in sure if several else sure[:1]:
        noun, narrower = told_of.get(hit.concept, ("", ()))
        codes += narrower if noun and re.search(rf"\b{any_of(noun)}\b", text.low) else _CODES[hit.concept]
    spans = tuple(_with_day(text, text.span(hit), told) for hit in sure)
    return Doubt(tuple(dict.fromkeys(code.value for code in codes)), spans)


def _with_day(text: Text, span: tuple[int, int], told: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The characters with the day in brackets after them, which is the plan's: "before the plan started (April 2014)"."""
    day = re.compile(r"\s*\([^)]*\)").match(text.raw, span[1])
    return (span[0], day.end()) if day and overlaps(day.span(), told) else span
