"""Which suspected errors a question is about, as codes of flags; and whether a stated total is to be compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.flags import FlagCode as F
from assistant.lexicon import any_of
from assistant.planner.candidates.dated import compared
from assistant.planner.text import Text, longest
from assistant.planner.wording import overlaps

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


def asks_about_total(text: Text) -> tuple[int, int] | None:
    """The characters that ask whether a stated total agrees with the rows."""
    hits = text.of("doubt", "total")
    return text.span(hits[0]) if hits else None
