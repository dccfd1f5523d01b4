"""Which plans are held and what is known of them; that a plan has no date is said, not guessed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import AnswerTable, TableRow
from assistant.compose.caveats import caveats
from assistant.compose.draft import Draft, Pen
from assistant.compose.telling import Telling
from assistant.compose.wording import capital, count, due_of, month, plan_date, plan_name, safe, whole_month
from assistant.conditions import Field
from assistant.outcome import AnswerStatus
from assistant.query_plan import Wanted
from assistant.records import Action, Source


def compose_sources(telling: Telling, pen: Pen) -> Draft:
    """The plans held, with authority, date and number of actions; or the date of the one that is asked about."""
    sources = telling.searched
    if not sources:
        return Draft(AnswerStatus.NO_MATCH, "No plan is loaded that you may see. Load plans first.")
    if telling.plan.wanted is Wanted.CHANGE:
        return _versions(telling, sources)
    if telling.plan.wanted is Wanted.DATE or telling.plan.asked_of is Field.DUE:
        return _dates(telling, sources)
    lines = [f"I hold {count(len(sources), 'document')}:", ""]
    lines += [f"- {plan_name(source)}: {_held(source, telling)}" for source in sources]
    table = AnswerTable(
        capital(count(len(sources), "document")),
        ("Title", "Authority", "Date", "Actions", "File"),
        tuple(_line(source, telling) for source in sources),
    )
    return Draft(
        AnswerStatus.ANSWERED, "\n".join(lines), pen.places, table=table, caveats=caveats(telling, (), sources)
    )


def _rows(source: Source, telling: Telling) -> list[Action]:
    return list(telling.view.of(source.document))


def _held(source: Source, telling: Telling) -> str:
    number = len(_rows(source, telling))
    loaded = f", loaded {source.loaded_at[:10]}" if source.loaded_at and not telling.member else ""
    return f"{count(number, 'action') if number else 'a report without a table of actions'}{loaded}."


def _line(source: Source, telling: Telling) -> TableRow:
    rows = _rows(source, telling)
    cells = (source.title, source.authority or "not stated", plan_date(source), str(len(rows)), source.document)
    return TableRow(cells)


def _dates(telling: Telling, sources: Sequence[Source]) -> Draft:
    lines = [_dated(source, telling) for source in sources]
    known = any(source.plan_date for source in sources)
    status = AnswerStatus.ANSWERED if known else AnswerStatus.CANNOT_ANSWER
    return Draft(status, "\n".join(lines), caveats=caveats(telling, (), sources))


def _dated(source: Source, telling: Telling) -> str:
    if source.plan_date:
        whose = safe(source.authority or "authority not stated")
        return f"The {safe(source.title)} ({whose}) is dated {whole_month(source.plan_date)}."
    due = sorted((row for row in _rows(source, telling) if row.due), key=lambda row: str(row.due))
    period = ""
    if source.period_start and source.period_end:
        period = f" It covers {month(source.period_start)} to {month(source.period_end)}."
    span = f" The dates of its actions run from {due_of(due[0])} to {due_of(due[-1])}." if due else ""
    said = "does not carry a date of its own, so when it was published is not known"
    return f"I cannot tell: the {plan_name(source)} {said}.{period}{span}"


def _versions(telling: Telling, sources: Sequence[Source]) -> Draft:
    sources = [source for source in sources if _rows(source, telling)]
    lines = [
        f"I cannot tell what has changed: I hold {'one version' if len(sources) == 1 else 'one version each'} of "
        f"{'this plan' if len(sources) == 1 else 'these plans'}, and no earlier one to compare with.",
        "",
        *(f"- {plan_name(source)}" for source in sources),
    ]
    return Draft(AnswerStatus.CANNOT_ANSWER, "\n".join(lines), caveats=caveats(telling, (), sources))
