"""The rows of a table beside the actions as an answer: header and cell, cited by row."""

from __future__ import annotations

from assistant.compose.draft import Draft, Pen
from assistant.compose.wording import capital, count, joined, plan_name, safe
from assistant.other_tables import TableAnswer, Work
from assistant.outcome import AnswerStatus
from assistant.records import KeptLine, ReadAs
from assistant.view import View

_AT_MOST = 40
_KINDS = {
    ReadAs.MEASURES: "table of measures",
    ReadAs.RISKS: "register of risks",
    ReadAs.BUDGET: "budget table",
    ReadAs.MEETINGS: "list of meetings",
    ReadAs.PEOPLE: "list of people",
    ReadAs.CHANGES: "log of changes",
}


def told_of_table(found: TableAnswer, view: View) -> Draft:
    """The draft of an answer from a kept table; it counts no action."""
    pen, table = Pen(), found.table
    kind = _KINDS.get(table.read_as, "table")
    title = f" “{safe(table.title)}”" if table.title else ""
    where = f"the {kind}{title} of the {plan_name(view.sources[found.document])}"
    lines = [_first(found, where), ""]
    lines += [f"- {_row(found, line)} {pen.passage(found.document, line.locator, _quote(found, line))}"
              for line in found.lines[:_AT_MOST]]  # fmt: skip
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
        case Work.SUM:
            return f"The total of {over or 'the figures'} over {rows} is {_figure(found)}, in {where}."
        case Work.MOST | Work.LEAST:
            return f"{capital(found.work.value)} {over} is {safe(found.lines[0].cells[found.over or 0])}, in {where}."
        case Work.BELOW | Work.MET:
            is_ = "is" if len(found.lines) == 1 else "are"
            return f"{capital(count(len(found.lines), 'row'))} {is_} {found.work.value} in {where}."
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


def _quote(found: TableAnswer, line: KeptLine) -> str:
    """The cell that was asked for, else the longest: words that stand unbroken at the place of the row."""
    asked = [line.cells[at] for at in found.columns if at < len(line.cells) and line.cells[at].strip()]
    lines = [part.strip() for cell in (asked or line.cells) for part in cell.split("\n") if part.strip()]
    return max(lines, key=len, default="")
