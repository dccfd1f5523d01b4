"""What a reader must know beside an answer: how old the plan is, what is missing, what looks wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.compose.telling import Telling
from assistant.compose.wording import british, capital, count, figure, joined, plan_date, ref_of, safe, span_words
from assistant.conditions import Operator
from assistant.flags import FlagCode
from assistant.query import conditions_of
from assistant.query_plan import Intent, Wanted
from assistant.records import Action, KeyKind, Rag, Source, Status

_OLD_DAYS = 365

_OF_DATES = {
    FlagCode.DUE_BEFORE_PLAN,
    FlagCode.DUE_AFTER_PLAN,
    FlagCode.DUE_BEFORE_START,
    FlagCode.DATE_SLIP,
    FlagCode.COMPLETION_AFTER_PLAN,
    FlagCode.DATE_IN_TEXT_DIFFERS,
    FlagCode.DATE_IMPOSSIBLE,
    FlagCode.DUE_REVISED,
    FlagCode.DEFERRED_WITHOUT_DATE,
    FlagCode.DATE_IN_STATUS_CELL,
    FlagCode.OWNER_CORRUPTED,
    FlagCode.TEXT_CORRUPTED,
    FlagCode.CONTRADICTING_DUPLICATE,
    FlagCode.COLOUR_CONTRADICTS_WORDS,
    FlagCode.UNSURE_ALIGNMENT,
    FlagCode.PASTED_PROGRESS,
}
"""Flags that could change how an answer about a row is read."""

COLOURS_LOST = frozenset({FlagCode.COLOUR_LOST.value, FlagCode.KEY_WITHOUT_COLOURS.value})
"""What is said of a whole document whose colours, or whose key to them, did not survive."""

_FLAGS_AT_MOST = 6
_ROWS_WITH_FLAGS = 30
"""With more rows than this, only how many have something to check is said."""


def caveats(telling: Telling, rows: Sequence[Action], sources: Sequence[Source]) -> tuple[str, ...]:
    """The caveats of an answer that rests on these rows and sources, most weighty first."""
    found = [
        *_ages(telling, sources),
        *_undated(telling),
        *_undated_completions(telling),
        *_ratings(telling, rows),
        *_owners(telling, rows),
        *_flags(telling, rows),
    ]
    return tuple(dict.fromkeys(found))


def _ages(telling: Telling, sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        title = safe(source.title)
        last = source.plan_date or source.period_end
        days = (telling.plan.as_of - last).days if last else 0
        age = f"{span_words(last, telling.plan.as_of)} before {british(telling.plan.as_of)}" if last else ""
        old = f", {age}: nothing later is in it" if days > _OLD_DAYS else ""
        if source.plan_date:
            if old:
                yield f"The {title} is dated {plan_date(source)}{old}."
            continue
        period = plan_date(source).removesuffix("undated").removesuffix(", ")
        ended = f"; its period ended {age}" if days > _OLD_DAYS else ""
        yield f"The {title} carries no date{f' (it is for {period}{ended})' if period else ''}."


def _undated(telling: Telling) -> Iterator[str]:
    if rows := telling.found.undated:
        test = "are late" if telling.plan.lateness else "fall in this period"
        one = "it" if len(rows) == 1 else "they"
        test = test if len(rows) > 1 else test.replace("are", "is").replace("fall", "falls")
        verb = "has" if len(rows) == 1 else "have"
        more = capital(count(len(rows), "more action"))
        yield f"{more} {verb} no due date, so it cannot be told whether {one} {test}."


def _undated_completions(telling: Telling) -> Iterator[str]:
    """Where completions are set against due dates: how many rows lack one of the two."""
    if not any(test.operator is Operator.AFTER_DUE for test in conditions_of(telling.plan.where)):
        return
    done = [row for row in telling.found.subject if row.status is Status.COMPLETE]
    bare = [row for row in done if not (row.due and row.completed_on)]
    if bare:
        yield (
            f"{capital(figure(len(bare)))} of the {count(len(done), 'action')} marked complete "
            f"{'has' if len(bare) == 1 else 'have'} no due date or no completion date beside the other, so it cannot "
            "be told whether they were in time."
        )


def _ratings(telling: Telling, rows: Sequence[Action]) -> Iterator[str]:
    for source in telling.sources_of(rows):
        own = [row for row in rows if row.document == source.document]
        for scope in telling.keys(source.document, KeyKind.RAG_SCOPE)[:1]:
            yield f"In the {safe(source.title)} ratings do not mean progress: “{safe(scope.meaning)}”."
        bare = [rag.value for rag in Rag if any(row.rag is rag and not row.rag_meaning for row in own)]
        if bare:
            yield f"The {safe(source.title)} does not define {joined(bare)}."
    named = {row.document for row in rows}
    for document, flag in telling.view.document_flags:
        if document in named and flag.code in COLOURS_LOST:
            yield f"{safe(telling.source(document).title)}: {safe(flag.words)}"


def _owners(telling: Telling, rows: Sequence[Action]) -> Iterator[str]:
    bare = [row for row in rows if not row.owner]
    if bare and telling.plan.intent not in (Intent.OWNER, Intent.DEFINITION, Intent.COLOURS):
        if len(bare) == len(rows):
            yield "No owner is recorded for " + ("this action." if len(rows) == 1 else "any of these actions.")
        else:
            have = "has" if len(bare) == 1 else "have"
            yield f"{capital(figure(len(bare)))} of these {len(rows)} actions {have} no owner recorded."


def _flags(telling: Telling, rows: Sequence[Action]) -> Iterator[str]:
    if telling.plan.intent is Intent.QUALITY or telling.plan.wanted is Wanted.CONCERNS:
        return
    late = telling.plan.lateness is not None
    if len(rows) > _ROWS_WITH_FLAGS:
        number = sum(any(flag.code in _OF_DATES for flag in row.flags) for row in rows)
        if number:
            yield f"{capital(count(number, 'of these rows has', 'of these rows have'))} something to check."
        return
    found = [
        f"To check{f' in {ref}' if (ref := ref_of(row)) else ''}: {safe(flag.words)}"
        for row in rows
        for flag in row.flags
        if flag.code in _OF_DATES and not (late and row.status is Status.COMPLETE)
    ]
    yield from found[:_FLAGS_AT_MOST]
    if len(found) > _FLAGS_AT_MOST:
        more = capital(count(len(found) - _FLAGS_AT_MOST, "more thing"))
        yield f"{more} to check in these rows: ask what looks wrong in them."
