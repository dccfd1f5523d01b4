"""What is held: the plans and what is known of them, and rows of the tables beside their actions."""

from assistant.answer import AnswerTable, TableRow
from assistant.compose.caveats import caveats
from assistant.compose.numbers import agreed, count
from assistant.compose.pieces import due_of
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import capital, joined, month, plan_date, plan_name, safe, whole_month
from assistant.conditions import Field
from assistant.other_tables import TableAnswer, Work
from assistant.outcome import AnswerStatus
from assistant.query_plan import Wanted
from assistant.records import KeptLine, ReadAs, Source
from assistant.told import told_of
from assistant.view import View


def compose_sources(telling: Telling, pen: Pen) -> Draft:
    """The plans held, with authority, date and number of actions; or the date of the one that is asked about."""
    sources = telling.searched
    if not sources:
        return Draft(AnswerStatus.NO_MATCH, "No plan is loaded that you may see. Load plans first.")
    if telling.plan.wanted is Wanted.CHANGE:
        plans = [source for source in sources if telling.view.of(source.document)]
        one, these = ("one version", "this plan") if len(plans) == 1 else ("one version each", "these plans")
        none = f"I cannot tell what has changed: I hold {one} of {these}, and no earlier one to compare with."
        lines = [none, "", *(f"- {plan_name(source)}" for source in plans)]
        return Draft(AnswerStatus.CANNOT_ANSWER, "\n".join(lines), caveats=caveats(telling, (), plans))
    if telling.plan.wanted is Wanted.DATE or telling.plan.asked_of is Field.DUE:
        status = AnswerStatus.ANSWERED if any(one.plan_date for one in sources) else AnswerStatus.CANNOT_ANSWER
        lines = [_dated(source, telling) for source in sources]
        return Draft(status, "\n".join(lines), caveats=caveats(telling, (), sources))
    lines, cells = [f"I hold {count(len(sources), 'document')}:", ""], []
    for source in sources:
        number = len(telling.view.of(source.document))
        loaded = f", loaded {source.loaded_at[:10]}" if source.loaded_at and not telling.member else ""
        held = count(number, "action") if number else "a report without a table of actions"
        lines.append(f"- {plan_name(source)}: {held}{loaded}.")
        told = (source.authority or "not stated", plan_date(source), str(number), source.document)
        cells.append(TableRow((source.title, *told)))
    heads = ("Title", "Authority", "Date", "Actions", "File")
    table = AnswerTable(capital(count(len(sources), "document")), heads, tuple(cells))
    notes = caveats(telling, (), sources)
    return Draft(AnswerStatus.ANSWERED, "\n".join(lines), pen.places, table=table, caveats=notes)


def _dated(source: Source, telling: Telling) -> str:
    if source.plan_date:
        whose = safe(source.authority or "authority not stated")
        return f"The {safe(source.title)} ({whose}) is dated {whole_month(source.plan_date)}."
    due = sorted((row for row in telling.view.of(source.document) if row.due), key=lambda row: str(row.due))
    period = ""
    if source.period_start and source.period_end:
        period = f" It covers {month(source.period_start)} to {month(source.period_end)}."
    span = f" The dates of its actions run from {due_of(due[0])} to {due_of(due[-1])}." if due else ""
    said = "does not carry a date of its own, so when it was published is not known"
    return f"I cannot tell: the {plan_name(source)} {said}.{period}{span}"


_AT_MOST = 40
_KINDS = told_of("table", ReadAs)


def told_of_table(found: TableAnswer, view: View) -> Draft:
    """The draft of an answer from a kept table; it counts no action."""
    pen, table = Pen(), found.table
    kind = _KINDS.get(table.read_as, "table")
    title = f" “{safe(table.title)}”" if table.title else ""
    where = f"the {kind}{title} of the {plan_name(view.sources[found.document])}"
    lines = [_first(found, where), ""]
    for line in found.lines[:_AT_MOST]:
        asked = [line.cells[at] for at in found.columns if at < len(line.cells) and line.cells[at].strip()]
        parts = [part.strip() for cell in (asked or line.cells) for part in cell.split("\n") if part.strip()]
        longest = max(parts, key=len, default="")  # words that stand unbroken at the place of the row
        lines.append(f"- {_row(found, line)} {pen.passage(found.document, line.locator, longest)}")
    if found.lines[_AT_MOST:]:
        lines.append(f"- and {count(len(found.lines) - _AT_MOST, 'more row')} of this table")
    caveats = ["These are rows of a table beside the actions. They are not actions and are not counted as such."]
    if found.left:
        caveats.append(f"I left out {joined([f'“{safe(word)}”' for word in found.left])}.")
    status = AnswerStatus.PARTLY_ANSWERED if found.left else AnswerStatus.ANSWERED
    return Draft(status, "\n".join(lines), pen.places, caveats=tuple(caveats))


def _first(found: TableAnswer, where: str) -> str:
    over = safe(found.table.header[found.over]) if found.over is not None else ""
    rows = count(len(found.lines), "row")
    match found.work:
        case Work.SUM | Work.MEAN:
            of = over or "the figures"
            return f"{capital(found.work.value)} of {of} over {rows} is {_figure(found)}, in {where}."
        case Work.MOST | Work.LEAST:
            return f"{capital(found.work.value)} {over} is {safe(found.lines[0].cells[found.over or 0])}, in {where}."
        case Work.BELOW | Work.MET | Work.ABOVE_BUDGET | Work.WITHIN_BUDGET:
            return f"{capital(rows)} {agreed('are', len(found.lines))} {found.work.value} in {where}."
        case Work.AT_LEAST | Work.AT_MOST | Work.MORE | Work.LESS:
            have = f"{agreed('have', len(found.lines))} {over} {found.work.value} {_figure(found)}"
            return f"{capital(rows)} {have} in {where}."
        case Work.ORDER:
            return f"From {where}, the highest {over} first:"
        case Work.COUNT:
            return f"{capital(rows)} in {where}."
    return f"From {where}:"


def _figure(found: TableAnswer) -> str:
    """A total as its column writes its figures."""
    cells = [line.cells[found.over] for line in found.lines if found.over is not None]
    sample = next((cell for cell in cells if cell.strip()), "")
    value = found.result or 0.0
    unit = next((unit for unit, size in (("m", 1e6), ("k", 1e3)) if unit in sample.lower() and value >= size), "")
    value /= {"m": 1e6, "k": 1e3}.get(unit, 1)
    return f"{'£' if '£' in sample else ''}{round(value, 4):,g}{unit}{'%' if '%' in sample else ''}"


def _row(found: TableAnswer, line: KeptLine) -> str:
    cells = [(heading, cell) for heading, cell in zip(found.table.header, line.cells, strict=False) if cell.strip()]
    first = safe(cells[0][1]) if cells else ""
    asked = {found.table.header[at] for at in found.columns} or {heading for heading, _ in cells}
    shown = [
        f"{safe(heading)} {safe(cell)}" if heading else safe(cell) for heading, cell in cells[1:] if heading in asked
    ]
    return f"{first}: {'; '.join(shown)}" if shown else first
