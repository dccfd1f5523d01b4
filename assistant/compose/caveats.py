"""What stands beside an answer: what a reader must know of the plans, and words of a document with their citations."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from assistant.answer import Evidence
from assistant.compose.numbers import agreed, count, figure
from assistant.compose.pieces import ref_of
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import capital, joined, month, plan_date, plan_name, safe, without_bullet
from assistant.conditions import LAST_DAY, Condition, Every, Field, Operator, conditions_of, parts_of
from assistant.flags import FlagCode
from assistant.outcome import AnswerStatus
from assistant.query_plan import Intent, Wanted
from assistant.records import Action, DuePrecision, KeyKind, Rag, Source, Status
from assistant.told import several, told_of

_OLD_DAYS = 365

_WEIGHTY = frozenset(map(FlagCode, several(told_of("flags", str)["weighty"])))
"""Flags that could change how an answer about a row is read."""

COLOURS_LOST = frozenset({FlagCode.COLOUR_LOST.value, FlagCode.KEY_WITHOUT_COLOURS.value})
"""What is said of a whole document whose colours, or whose key to them, did not survive."""

_FLAGS_AT_MOST = 6
_UNREAD_AT_MOST = 2
_ROWS_WITH_FLAGS = 30
"""With more rows than this, only how many have something to check is said."""
_TABLE = re.compile(r"a table (?:.*?\s)?was not understood: its (\d+) rows?", re.IGNORECASE)
_OF_ONE = frozenset({Field.ID, Field.REF})
_OF_ALL = (Intent.LIST, Intent.COUNT, Intent.GROUP, Intent.PROGRESS, Intent.EXTREME, Intent.COMPARE, Intent.SOURCES)
"""What is asked of all rows of a plan, so that one more row would change the answer."""


def caveats(telling: Telling, rows: Sequence[Action], sources: Sequence[Source]) -> tuple[str, ...]:
    """The caveats of an answer that rests on these rows and sources, most weighty first."""
    found = [
        *_undated(telling),
        *_across(telling),
        *_undated_completions(telling),
        *_flags(telling, rows),
        *_ratings(telling, rows),
        *_unread(telling, sources),
        *_ages(telling, sources),
    ]
    return tuple(dict.fromkeys(found))


def _unread(telling: Telling, sources: Sequence[Source]) -> Iterator[str]:
    """What the plans asked about say that was not read, where the answer is of a whole plan and may lack it."""
    plan = telling.plan
    if plan.themes or {test.field for test in conditions_of(plan.where)} & _OF_ONE or plan.intent not in _OF_ALL:
        return
    for source in sources:
        told = [one.words for document, one in telling.view.unread if document == source.document]
        rows = [int(found[1]) for each in told if (found := _TABLE.search(each))]
        told = [each for each in told if not _TABLE.search(each)]
        if rows:
            tables = f"{count(len(rows), 'table')} of {telling.name(source.document)}"
            yield f"{capital(tables)} ({count(sum(rows), 'row')}) could not be read as actions."
        words = [re.sub(r"^Not read, as .*?: | The document is restricted.*", "", each).rstrip(".") for each in told]
        if words:
            more = f" and {count(len(words) - _UNREAD_AT_MOST, 'thing')} more" if words[_UNREAD_AT_MOST:] else ""
            shown = "; ".join(safe(each[:1].lower() + each[1:]) for each in words[:_UNREAD_AT_MOST])
            yield f"Not all of {telling.name(source.document)} was read: {shown}{more}."


def _ages(telling: Telling, sources: Sequence[Source]) -> Iterator[str]:
    """How old the plans are, where that is a year or more, and which carry no date."""
    old = [
        source for source in sources if source.plan_date and (telling.plan.as_of - source.plan_date).days > _OLD_DAYS
    ]
    if old:
        this = "This plan" if len(sources) == 1 else joined([capital(telling.name(one.document)) for one in old])
        from_when = joined(list(dict.fromkeys(plan_date(one) for one in old)))
        it, is_ = ("It shows", "is") if len(old) == 1 else ("They show", "are")
        yield f"{this} {is_} from {from_when}. {it} nothing since."
    for source in (one for one in sources if not one.plan_date):
        period = plan_date(source).removesuffix("undated").removesuffix(", ")
        covers = f" It covers {period}." if period else ""
        yield f"{'This plan' if len(sources) == 1 else capital(telling.name(source.document))} carries no date.{covers}"


def undated(telling: Telling) -> Sequence[Action]:
    """The rows without a date, of which it cannot be told whether they fall in the time asked about: what is complete
    is not to be done in it, unless such rows are asked for."""
    stated = any(test.field in (Field.STATUS, Field.COMPLETED_ON) for test in conditions_of(telling.plan.where))
    return [row for row in telling.found.undated if stated or row.status is not Status.COMPLETE]


def _undated(telling: Telling) -> Iterator[str]:
    if rows := undated(telling):
        number, test = len(rows), "are late" if telling.plan.lateness else "fall in this period"
        more, it = capital(count(number, "more action")), "it" if number == 1 else "they"
        has, falls = agreed("have", number), agreed(test, number)
        yield f"{more} {has} no due date, so it cannot be told whether {it} {falls}."


def _across(telling: Telling) -> Iterator[str]:
    """How many rows, due in a month and no day, the end of the period asked about cuts: they may lie within it."""
    parts = parts_of(telling.plan.where)
    for test in parts:
        if not isinstance(test, Condition) or test.field is not Field.DUE:
            continue
        if test.operator not in (Operator.BEFORE, Operator.BETWEEN) or test.values[-1] == LAST_DAY:
            continue
        first = date.fromisoformat(str(test.values[-1])) + timedelta(days=test.operator is Operator.BETWEEN)
        last = (first.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        month_left = Condition(Field.DUE, Operator.BETWEEN, (first, last))
        found = telling.view.select(Every((*(part for part in parts if part is not test), month_left)))
        asked = {row.id for row in telling.found.subject} if found else frozenset[str]()
        rows = [row for row in found if row.id in asked and row.due_precision is DuePrecision.MONTH]
        if rows and first.day > 1:
            is_, falls = ("is", "it falls") if len(rows) == 1 else ("are", "they fall")
            more, when = capital(count(len(rows), "more action")), f"due in {month(first)}, with no day"
            yield f"{more} {is_} {when}, so it cannot be told whether {falls} in this period."


def _undated_completions(telling: Telling) -> Iterator[str]:
    """Where completions are set against due dates: how many rows lack one of the two."""
    if not any(test.operator is Operator.AFTER_DUE for test in conditions_of(telling.plan.where)):
        return
    done = [row for row in telling.found.subject if row.status is Status.COMPLETE]
    bare = [row for row in done if not (row.due and row.completed_on)]
    if bare:
        some = f"{capital(figure(len(bare)))} of the {count(len(done), 'action')} complete {agreed('have', len(bare))}"
        unsure = "so it cannot be told whether they were in time"
        yield f"{some} no due date or no completion date beside the other, {unsure}."


def _ratings(telling: Telling, rows: Sequence[Action]) -> Iterator[str]:
    """What the colours mean, or that they cannot be seen: only where a colour is shown or asked about."""
    plan = telling.plan
    fields = {plan.asked_of, *plan.also_asked, plan.group_by, plan.then_by}
    fields |= {test.field for test in conditions_of(plan.where)}
    asked = Field.RAG in fields or plan.intent in (Intent.PROGRESS, Intent.COLOURS)
    coloured: dict[str, list[Action]] = {}
    for row in rows:
        if row.rag:
            coloured.setdefault(row.document, []).append(row)
    for source in telling.sources_of(rows):
        own = coloured.get(source.document, [])
        name = telling.name(source.document)
        for scope in telling.keys(source.document, KeyKind.RAG_SCOPE)[:1] if own or asked else ():
            yield f"In {name} the colours do not show progress: “{safe(scope.meaning)}”."
        if bare := [rag.value for rag in Rag if any(row.rag is rag and not row.rag_meaning for row in own)]:
            yield f"{capital(name)} does not define {joined(bare)}."
    named = {row.document for row in rows}
    lost = {document for document, flag in telling.view.document_flags if flag.code in COLOURS_LOST}
    for document in sorted(lost & named) if asked else ():
        yield f"We cannot see all the colours in {telling.name(document)}."


def _flags(telling: Telling, rows: Sequence[Action]) -> Iterator[str]:
    if telling.plan.intent is Intent.QUALITY or telling.plan.wanted is Wanted.CONCERNS:
        return
    late = telling.plan.lateness is not None
    if len(rows) > _ROWS_WITH_FLAGS:
        if number := sum(any(flag.code in _WEIGHTY for flag in row.flags) for row in rows):
            yield f"{capital(count(number, 'of these rows has', 'of these rows have'))} something to check."
        return
    found: dict[str, list[str]] = {}
    for row, flag in ((one, flag) for one in rows for flag in one.flags if flag.code in _WEIGHTY):
        if not (late and row.status is Status.COMPLETE):
            found.setdefault(safe(flag.words), []).append(ref_of(row) or "")
    for words, refs in list(found.items())[:_FLAGS_AT_MOST]:
        yield f"To check{f' in {joined(refs)}' if all(refs) else ''}: {words}"
    if len(found) > _FLAGS_AT_MOST:
        more = capital(count(len(found) - _FLAGS_AT_MOST, "more thing"))
        yield f"{more} to check in these rows: ask what looks wrong in them."


def quoted(telling: Telling, pen: Pen) -> list[str]:
    """The evidence as lines, document by document."""
    lines: list[str] = []
    for document, group in groupby(telling.evidence, key=lambda piece: piece.document):
        lines += ["", f"The {plan_name(telling.source(document))} says:", ""]
        lines += [quote_line(piece, pen, is_target(piece, telling)) for piece in group]
    return lines


def is_target(piece: Evidence, telling: Telling) -> bool:
    """Whether the words stand where a plan says how success is to be measured or what is hoped for."""
    words = " ".join(without_bullet(piece.quote).split())
    rows = telling.view.of(piece.document)
    return any(words in " ".join((cell or "").split()) for row in rows for cell in (row.success_measure, row.outcome))


def quote_line(piece: Evidence, pen: Pen, target: bool = False) -> str:
    """One quote, with the row that it stands in and what it is there. Args: target, whether it tells a hope."""
    words, row, at = safe(without_bullet(piece.quote)), piece.row, piece.locator
    token = pen.words_of(row, at, piece.quote) if row else pen.passage(piece.document, at, piece.quote)
    if piece.lead:
        return f"- {words} {token}"
    beside = f"{capital(ref)}: " if row and (ref := ref_of(row)) else ""
    kind = piece.kind or ("a target, not a result" if target else "")
    return f"- {beside}“{words}”{f' ({kind})' if kind else ''} {token}"


def without_rows(telling: Telling, pen: Pen, lines: Sequence[str], status: AnswerStatus) -> Draft:
    """A draft that rests on no row: on the prose, the keys or the sources alone."""
    documents = {place.document for place in pen.places.values()}
    sources = [source for source in telling.searched if source.document in documents]
    return Draft(status, "\n".join(lines).strip(), pen.places, caveats=caveats(telling, (), sources))
