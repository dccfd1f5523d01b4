"""Flags on a document as a whole: its totals, its key, its colours, its numbering and its abbreviations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.flags import FlagCode
from assistant.records import Action, Flag, KeyKind, Locator, PlanKey, Rag, Status
from ingest.checks.timing import months_in
from ingest.facts import Facts
from ingest.fields.owners import GENERAL
from ingest.keys import Legend
from ingest.layout.drafts import Layout, Role
from ingest.layout.shapes import is_shouted
from ingest.layout.statuswords import short_status

_INITIALS = re.compile(r"\b[A-Z][A-Za-z&]{0,2}[A-Z]{1,4}s?\b")
_NOT_INITIAL_WORDS = (
    "I II III IV VI VII VIII IX XI UK TBC TBD ASAP AND OR NOT THE ALL IN TO OF FOR BY ON NO YES AM PM NHS OK RAG BRAG "
    "GCSE IT HR PDF QR TV BBC EU USA"
)
_NOT_INITIALS = frozenset(_NOT_INITIAL_WORDS.split())
_LOST = 0.8


def document_flags(actions: Sequence[Action], found: Layout, facts: Facts, legend: Legend) -> Iterator[Flag]:
    """What is doubtful about the document itself."""
    if not actions:
        return
    if facts.plan_date is None:
        yield FlagCode.NO_PLAN_DATE.flag()
    yield from _totals(actions, legend)
    yield from _colours(actions, found, legend)
    yield from _gaps(actions, found)
    yield from _measures(found, facts)
    yield from _abbreviations(actions, legend)


def _totals(actions: Sequence[Action], legend: Legend) -> Iterator[Flag]:
    """Each total that the document states against the rows."""
    for key in legend.keys:
        if key.kind is not KeyKind.STATED_TOTAL or not key.meaning.isdigit():
            continue
        counted = _count(actions, key)
        if counted is not None and counted != int(key.meaning):
            words = f"The document says {key.meaning} {key.term}; its rows hold {counted}."
            yield FlagCode.STATED_TOTAL_DIFFERS.flag(words, key.locator)


def _count(actions: Sequence[Action], key: PlanKey) -> int | None:
    """How many rows are of the kind that the total counts; None where that cannot be told."""
    term = key.term.lower().strip()
    if term in {"action", "actions"}:
        return len(actions)
    rags = {rag.value for rag in Rag}
    if term in rags:
        stated = any(action.rag for action in actions)
        return sum(1 for action in actions if action.rag and action.rag.value == term) if stated else None
    status = short_status(term)
    if status in {None, Status.NOT_RECORDED} or term == "overdue":
        return None
    stated_status = sum(1 for action in actions if action.status is status)
    return stated_status if stated_status else None


def _colours(actions: Sequence[Action], found: Layout, legend: Legend) -> Iterator[Flag]:
    if legend.scope is not None:
        words = f'The ratings are not progress: "{legend.scope.meaning}".'
        yield FlagCode.RATING_IS_NOT_PROGRESS.flag(words, legend.scope.locator)
    lost = next((key for key in legend.keys if key.kind is KeyKind.COLOUR and not key.term), None)
    if lost is not None:
        yield FlagCode.KEY_WITHOUT_COLOURS.flag(locator=lost.locator)
    for rag in dict.fromkeys(action.rag for action in actions if action.rag):
        if legend.colour(rag) is None:
            times = sum(1 for action in actions if action.rag is rag)
            words = f"{times} action(s) are {rag.value}; the plan does not say what that means."
            yield FlagCode.COLOUR_NOT_DEFINED.flag(
                words, next(action.locator for action in actions if action.rag is rag)
            )
    headed = [draft for draft in found.drafts if draft.heading]
    coloured = re.compile(r"rag|colour|status", re.IGNORECASE)
    bare = [draft for draft in headed if coloured.search(draft.heading) and not draft.pieces(Role.STATUS)]
    uncoloured = [draft for draft in headed if re.search("rag", draft.heading, re.IGNORECASE)]
    if headed and (len(bare) >= _LOST * len(headed) or (uncoloured and not any(action.rag for action in actions))):
        without = sum(1 for action in actions if action.rag is None)
        words = f'The column "{headed[0].heading}" shows no colour in {without} of {len(actions)} rows.'
        yield FlagCode.COLOUR_LOST.flag(words, headed[0].locator)


def _gaps(actions: Sequence[Action], found: Layout) -> Iterator[Flag]:
    """Numbers left out of a run of plain numbers."""
    numbers = [int(action.ref) for action in actions if action.ref and action.ref.isdigit()]
    if len(numbers) < 5 or len(numbers) < 0.8 * len(found.drafts):
        return
    missing = sorted(set(range(min(numbers), max(numbers) + 1)) - set(numbers))
    if 0 < len(missing) <= len(numbers) // 3:
        yield FlagCode.NUMBERING_GAP.flag(f"No action has the number {', '.join(map(str, missing[:10]))}.")


def _measures(found: Layout, facts: Facts) -> Iterator[Flag]:
    """Measures with a date that had passed when the plan was written: no result stands beside them."""
    if facts.plan_date is None:
        return
    written = (facts.plan_date.year, facts.plan_date.month)
    for piece in dict.fromkeys(piece for draft in found.drafts for piece in draft.pieces(Role.MEASURE)):
        passed = [name for name, year, month in months_in(piece.words) if (year, month) < written]
        if passed:
            words = f'A measure names "{passed[0]}", which had passed when the plan was written: "{piece.line[:90]}".'
            yield FlagCode.MEASURE_DATE_PASSED.flag(words, piece.locator)


def _abbreviations(actions: Sequence[Action], legend: Legend) -> Iterator[Flag]:
    """The abbreviations that the rows use and the document does not explain, in one flag."""
    known = {term.upper() for term in legend.abbreviations}
    counts: Counter[str] = Counter()
    first: dict[str, Locator] = {}
    for action in actions:
        for text in (action.action, action.recommendation, action.owner, action.status_text):
            if not text or (is_shouted(text) and len(text.split()) > 1):
                continue
            for term in _INITIALS.findall(text):
                bare = term.rstrip("s")
                person = text is action.owner and len(bare) < 4 and bare not in GENERAL
                if bare.upper() not in known | _NOT_INITIALS and len(bare) > 1 and not person:
                    counts[bare] += 1
                    first.setdefault(bare, action.locator)
    if counts:
        terms = sorted(counts)
        words = f"Not explained in the document: {', '.join(terms[:40])}."
        yield FlagCode.ABBREVIATION_UNDEFINED.flag(words, first[terms[0]])
