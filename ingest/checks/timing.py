"""Flags on dates, and on a document as a whole: totals, key, colours, numbering, abbreviations."""

import re
from calendar import month_name, monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.dates import MONTH, find_dates
from assistant.flags import FlagCode
from assistant.records import CLOSED, Action, DuePrecision, Flag, KeyKind, Locator, PlanKey, Rag, Source, Status
from ingest.fields.owners import GENERAL
from ingest.keys import Legend
from ingest.layout.drafts import Layout, Role
from ingest.layout.shapes import is_shouted
from ingest.layout.statuswords import short_status

_PAST = re.compile(
    r"\b(since|completed in|held in|agreed in|in place (?:from|since)|dated|published in|of)\s*$", re.IGNORECASE
)
_PUT_OFF = re.compile(
    r"\b(?:completed?|start(?:ed)?|resumed?|done|reviewed) (?:after|once|when)\b|"
    r"\b(?:deferred|postponed|on hold|suspended|put back|paused)\b",
    re.IGNORECASE,
)
_ANY_DAY = date(2020, 1, 1)
_FEW_DUES = 8
_GAP = timedelta(days=100)
_SPAN = timedelta(days=460)


def flag_dates(actions: Sequence[Action], source: Source) -> tuple[Action, ...]:
    """The actions with flags on their dates, and `due_probable` where the written date is probably a slip."""
    slips = _slips(actions, source)
    found = []
    for action in actions:
        flags = [*_against_plan(action, source), *_missing(action), *_in_words(action)]
        probable = slips.get(action.id)
        if probable is not None:
            words = f'Due "{action.due_text}" is probably a slip for {_month(probable)}, judging by the other rows.'
            flags.append(FlagCode.DATE_SLIP.flag(words, action.locator))
        found.append(replace(action, flags=(*action.flags, *flags), due_probable=probable))
    return tuple(found)


def _against_plan(action: Action, source: Source) -> list[Flag]:
    flags = []
    first, last = source.period_start, source.period_end
    if action.due and first and action.due < first:
        words = f'Due "{action.due_text}", before the plan begins ({_day(first)}).'
        flags.append(FlagCode.DUE_BEFORE_PLAN.flag(words))
    if action.due and last and action.due > last:
        words = f'Due "{action.due_text}", after the plan ends ({_day(last)}).'
        flags.append(FlagCode.DUE_AFTER_PLAN.flag(words))
    if action.due and action.start and action.due < action.start:
        words = f'Due "{action.due_text}", before it starts ("{action.start_text or _day(action.start)}").'
        flags.append(FlagCode.DUE_BEFORE_START.flag(words))
    written = source.plan_date
    if written is None:
        return flags
    month_end = written.replace(day=monthrange(written.year, written.month)[1])
    if action.completed_on and action.completed_on > month_end:
        words = f"Said to be complete in {_month(action.completed_on)}, after the plan was written ({_month(written)})."
        flags.append(FlagCode.COMPLETION_AFTER_PLAN.flag(words))
    if action.due and action.due < written and action.status not in CLOSED:
        passed = f'Due "{action.due_text}" had passed when the plan was written ({_month(written)})'
        flags.append(FlagCode.OVERDUE_WHEN_PUBLISHED.flag(f"{passed}, and it is not complete."))
        said = action.status_text or ""
        if _PUT_OFF.search(said):
            flags.append(FlagCode.DEFERRED_WITHOUT_DATE.flag(f'Put off without a new date: "{said[:80]}".'))
    return flags


def _missing(action: Action) -> list[Flag]:
    undated = action.due is None and action.completed_on is None and action.status not in CLOSED
    missing = (
        (not action.action, FlagCode.NO_ACTION, ""),
        (not action.owner, FlagCode.NO_OWNER, ""),
        (undated, FlagCode.NO_DUE, f'No due date, only "{action.due_text}".' if action.due_text else ""),
        (action.status is Status.NOT_RECORDED, FlagCode.NO_STATUS, ""),
    )
    return [code.flag(words) for lacks, code, words in missing if lacks]


def _in_words(action: Action) -> list[Flag]:
    """The action's own words name a month after the one that it is due in; an earlier one may be a step on the way."""
    if action.due is None or action.due_precision is DuePrecision.NONE:
        return []
    named = [month for month in months_in(action.action) if month[0] not in (action.due_text or "")]
    later = [month for month in named if month[1:] > (action.due.year, action.due.month)]
    if not later or any(month[1:] == (action.due.year, action.due.month) for month in named):
        return []
    words = f'The action names "{later[0][0]}", the due date is "{action.due_text}".'
    return [FlagCode.DATE_IN_TEXT_DIFFERS.flag(words)]


def months_in(text: str) -> list[tuple[str, int, int]]:
    """The months that a text names and that do not belong to something past: words, year and month."""
    named = (span for span in find_dates(text, _ANY_DAY) if re.search(MONTH, span.text, re.IGNORECASE))
    ends = [(span, span.end - timedelta(days=1)) for span in named if span.end and not span.assumed]
    return [(span.text, day.year, day.month) for span, day in ends if not _PAST.search(text[: span.offset])]


# ---------------------------------------------------------------- slips of the year


def _slips(actions: Sequence[Action], source: Source) -> dict[str, date]:
    """Dates that are right but for their year: they stand outside the plan, and a year on or back among its rows."""
    dues = sorted(action.due for action in actions if action.due)
    if len(dues) < _FEW_DUES:
        return {}
    starts = [action.start for action in actions if action.start]
    first_start = min(starts) if len(starts) >= 5 else None
    begins = source.period_start or first_start
    probable = {due: _probable(due, dues, begins) for due in set(dues)}
    open_actions = (action for action in actions if action.due and action.completed_on is None)
    return {action.id: meant for action in open_actions if action.due and (meant := probable[action.due])}


def _probable(due: date, dues: Sequence[date], begins: date | None) -> date | None:
    """The same day a year on or back, where that lies among the other dates and this one does not."""
    inside = [other for other in dues if other != due]
    later = [other for other in dues if other > due]
    before = bool(later) and later[0] - due >= _GAP and len(dues) - len(later) <= max(1, len(dues) // 20)
    early = due < begins if begins else before
    earlier = [other for other in dues if other < due]  # one date far behind all others of a plan otherwise short
    usual = earlier[len(earlier) // 10 :] if len(dues) >= 3 * _FEW_DUES and len(dues) - len(earlier) == 1 else []
    behind = bool(usual) and due - usual[-1] >= _GAP and usual[-1] - usual[0] <= _SPAN
    sound = [other for other in inside if begins is None or other >= begins]
    for years, slipped in ((1, early), (-1, behind)):
        meant = _shifted(due, years)
        if slipped and sound and min(sound) <= meant <= max(sound):
            return meant
    return None


def _shifted(day: date, years: int) -> date:
    last = monthrange(day.year + years, day.month)[1]
    month_end = day.day == monthrange(day.year, day.month)[1]
    return day.replace(year=day.year + years, day=last if month_end else min(day.day, last))


def _month(day: date) -> str:
    return f"{month_name[day.month]} {day.year}"


def _day(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"


_INITIALS = re.compile(r"\b[A-Z][A-Za-z&]{0,2}[A-Z]{1,4}s?\b")
_NOT_INITIAL_WORDS = (
    "I II III IV VI VII VIII IX XI UK TBC TBD ASAP AND OR NOT THE ALL IN TO OF FOR BY ON NO YES AM PM NHS OK RAG BRAG "
    "GCSE IT HR PDF QR TV BBC EU USA"
)
_NOT_INITIALS = frozenset(_NOT_INITIAL_WORDS.split())


def document_flags(actions: Sequence[Action], found: Layout, source: Source, legend: Legend) -> Iterator[Flag]:
    """What is doubtful about the document itself."""
    if not actions:
        return
    if source.plan_date is None:
        yield FlagCode.NO_PLAN_DATE.flag()
    # each total that the document states against the rows
    for key in legend.keys:
        if key.kind is not KeyKind.STATED_TOTAL or not key.meaning.isdigit():
            continue
        counted = _count(actions, key)
        if counted is not None and counted != int(key.meaning):
            words = f"The document says {key.meaning} {key.term}; its rows hold {counted}."
            yield FlagCode.STATED_TOTAL_DIFFERS.flag(words, key.locator)
    yield from _colours(actions, found, legend)
    yield from _gaps(actions, found)
    yield from _measures(found, source)
    yield from _abbreviations(actions, legend)


def _count(actions: Sequence[Action], key: PlanKey) -> int | None:
    """How many rows are of the kind that the total counts; None where that cannot be told."""
    term = key.term.lower().strip()
    if term in {"action", "actions"}:
        return len(actions)
    if term in {rag.value for rag in Rag}:
        stated = [action.rag.value for action in actions if action.rag]
        return stated.count(term) if stated else None
    status = short_status(term)
    known = status not in {None, Status.NOT_RECORDED} and term != "overdue"
    return (sum(action.status is status for action in actions) or None) if known else None


def _colours(actions: Sequence[Action], found: Layout, legend: Legend) -> Iterator[Flag]:
    if legend.scope is not None:
        words = f'The ratings are not progress: "{legend.scope.meaning}".'
        yield FlagCode.RATING_IS_NOT_PROGRESS.flag(words, legend.scope.locator)
    lost = next((key for key in legend.keys if key.kind is KeyKind.COLOUR and not key.term), None)
    if lost is not None:
        yield FlagCode.KEY_WITHOUT_COLOURS.flag(locator=lost.locator)
    for rag in dict.fromkeys(action.rag for action in actions if action.rag):
        if legend.colour(rag) is None:
            places = [action.locator for action in actions if action.rag is rag]
            many = "One action is" if len(places) == 1 else f"{len(places)} actions are"
            words = f"{many} {rag.value}; the plan does not say what that means."
            yield FlagCode.COLOUR_NOT_DEFINED.flag(words, places[0])
    headed = [draft for draft in found.drafts if draft.heading]
    bare = [d for d in headed if re.search("rag|colour|status", d.heading, re.I) and not d.pieces(Role.STATUS)]
    uncoloured = [draft for draft in headed if "rag" in draft.heading.lower()]
    if headed and (len(bare) >= 0.8 * len(headed) or (uncoloured and not any(action.rag for action in actions))):
        without = sum(action.rag is None for action in actions)
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


def _measures(found: Layout, source: Source) -> Iterator[Flag]:
    """Measures with a date that had passed when the plan was written: no result stands beside them."""
    if source.plan_date is None:
        return
    written = (source.plan_date.year, source.plan_date.month)
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
