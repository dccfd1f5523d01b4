"""What a spreadsheet's cells show, to titles, notes and tables: a table may stand anywhere on a sheet."""

import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter

from assistant.records import Block, BlockKind, Cell, Locator, Rag
from ingest.readers.building import Flow, Paragraph, build
from ingest.readers.job import Job
from ingest.readers.looks import WHITE, Look, named
from ingest.readers.sheets.rules import Area, Verdict
from ingest.runs import runs


@dataclass(frozen=True, slots=True)
class Seen:
    """What one cell shows, and the places that it covers when it is merged."""

    text: str
    row: int
    column: int
    low: int
    right: int
    colour: Rag | None = None
    value: date | None = None
    unread_rule: bool = False
    bold: bool = False
    filled: bool = False
    size: float | None = None
    struck: bool = False


def address(top: int, left: int, low: int | None = None, right: int | None = None) -> str:
    """The name of a cell such as "A2", or of a range such as "A2:C2"."""
    first, last = f"{get_column_letter(left)}{top}", f"{get_column_letter(right or left)}{low or top}"
    return first if first == last else f"{first}:{last}"


def seen_of(
    text: str, place: Area, look: Look, verdict: Verdict, ink: Rag | None, value: date | None, light: Rag | None = None
) -> Seen | None:
    """The cell at a place as it looks when rules have judged it, None where nothing shows; `ink` is the colour of its
    words, `light` that of an icon in it."""
    fill = light or (verdict.fill if verdict.filled else named(look.fill))
    if not text.strip() and fill is None and not verdict.unread:
        return None
    colour = None if verdict.unread else fill or ((verdict.ink or ink) if text.strip() else None)
    row, column, low, right = place
    filled = look.fill not in (None, WHITE)
    return Seen(text, row, column, low, right, colour, value, verdict.unread, bool(look.bold), filled, look.size)


def add_sheet(
    job: Job,
    name: str,
    cells: dict[tuple[int, int], Seen],
    filtered: Collection[int],
    alone: bool,
    widths: dict[int, float],
    shapes: Sequence[Seen] = (),
) -> None:
    """Add what a sheet shows, under its name where it is not alone. `shapes` lie over its cells; `filtered` are the
    rows that a filter leaves out, which is told; `widths` are of its columns, in letters."""
    if filtered:
        few = ", ".join(map(str, sorted(filtered)[:12]))
        more = f" and {len(filtered) - 12} more" if len(filtered) > 12 else ""
        job.note(f"Sheet {name}: a filter leaves out rows {few}{more}. That is only a view: they were read.")
    if (cells or shapes) and not alone and not _NO_NAME.match(name):
        job.flow.items.append(Block(BlockKind.HEADING, name, Locator(sheet=name), 1))
    first = min((row for row, _ in cells), default=0)
    rows: dict[int, list[Seen]] = defaultdict(list)
    for (row, _), seen in sorted(cells.items()):
        rows[row].append(seen)
    regions = Regions(name, job.flow, widths)
    regions.shapes(shape for shape in shapes if shape.row <= first)
    regions.read(rows)
    regions.shapes(shape for shape in shapes if shape.row > first)


_NO_NAME = re.compile(r"(sheet|tabelle|feuil(?:le)?|hoja)\s*\d*$", re.IGNORECASE)
_NARROW = 3.0
"""Width, in letters, of an empty column that only spaces out one table."""
_OVERLAP = 0.7
"""Share of rows that two parts must have in common to be one table with a gap."""
_SHORT = 60
_NUMBER = re.compile(r"[\d\s.,/£%:-]+$")

Band = list[list[Seen]]
"""Rows without an empty row between them; each the cells that start in it."""


@dataclass(slots=True)
class Regions:
    """Splits one sheet."""

    sheet: str
    flow: Flow
    widths: dict[int, float]

    def read(self, rows: dict[int, list[Seen]]) -> None:
        """Add the blocks and tables of the sheet, from the top down and from the left. Rows of colour alone say
        nothing."""
        said = [rows[row] for row in sorted(rows) if any(seen.text.strip() for seen in rows[row])]
        for part in self._sides(said) if said else ():
            self._part(part)

    def shapes(self, shapes: Iterable[Seen]) -> None:
        """Add shapes as blocks, the coloured ones together, which may be a key."""
        for seen in sorted(shapes, key=lambda seen: seen.colour is not None):
            legend = ((seen.colour, "", seen.text),) if seen.colour else ()
            self.flow.add_block(Block(BlockKind.PARAGRAPH, seen.text, self._place(seen)), legend)

    # ------------------------------------------------------------ side by side

    def _sides(self, band: Band) -> list[Band]:
        """The parts of a sheet that stand beside each other, parted by empty columns."""
        wide = [row for row in band if len(row) > 1] or band
        used = {column for row in wide for seen in row for column in range(seen.column, seen.right + 1)}
        groups = runs(sorted(used), lambda run, column: column != run[-1] + 1)
        joined = runs(groups, lambda run, group: not self._belong(band, list(itertools.chain(*run)), group))
        limits = [run[0][0] for run in joined[1:]]
        cut = [[[seen for seen in row if bisect_right(limits, seen.column) == number] for row in band]
               for number in range(len(joined))]  # fmt: skip
        return [list(filter(None, part)) for part in cut]

    def _belong(self, band: Band, left: list[int], right: list[int]) -> bool:
        """Whether two groups of columns with an empty column between are one table: their rows run together."""
        gap = sum(self.widths.get(column, 9.0) for column in range(left[-1] + 1, right[0]))
        one, other = _rows_of(band, left), _rows_of(band, right)
        between = (seen for row in band if len(row) > 1 for seen in row)
        if any(seen.column <= left[-1] and seen.right >= right[0] for seen in between):
            return True  # a merged cell that is not alone in its row reaches over the gap
        if _words_of(band, left) & _words_of(band, right):
            return False
        together = len(one & other) / max(1, len(one | other))
        return together >= (_OVERLAP / 2 if gap <= _NARROW else _OVERLAP)

    # ------------------------------------------------------------ one below the other

    def _part(self, part: Band) -> None:
        """Read the bands of one part; a band without a header of its own goes on with the table above."""
        table: Band = []
        waiting: Band = []
        for band in _bands(part):
            # the rows at the top of a band that have one cell only: titles and notes above a table, or all of a note
            singles = list(itertools.takewhile(lambda row: len(row) == 1 and row[0].low == row[0].row, band))
            rest = band[len(singles) :]
            if not rest:
                waiting += singles
            elif table and not _is_header(rest) and _columns_of(rest) <= _columns_of(table):
                table += waiting + singles + rest
                waiting = []
            else:
                self._table(table)
                self._blocks(waiting + singles)
                table, waiting = list(rest), []
        self._table(table)
        self._blocks(waiting)

    def _blocks(self, rows: Band) -> None:
        """Rows of one cell: titles and notes, or a key that is only coloured words."""
        for seen in (seen for row in rows for seen in row if seen.text.strip()):
            legend = ((seen.colour, "", seen.text),) if seen.colour else ()
            self.flow.add(Paragraph(seen.text, bold=seen.bold, size=seen.size, legend=legend), self._place(seen))

    def _table(self, rows: Band) -> None:
        cells = [seen for row in rows for seen in row]
        if not any(seen.text.strip() for seen in cells):
            return
        for seen in cells:
            self.flow.body(seen.size, len(seen.text))
        numbers, columns = [row[0].row for row in rows], sorted({seen.column for seen in cells})
        order = {number: at for at, number in enumerate(numbers)}
        merged = [seen for seen in cells if (seen.low, seen.right) != (seen.row, seen.column)]
        taken = {(row, column) for seen in merged for row in range(seen.row, seen.low + 1)
                 for column in range(seen.column, seen.right + 1)}  # fmt: skip
        here = {(seen.row, seen.column) for seen in cells}
        free = (place for place in itertools.product(numbers, columns) if place not in here and place not in taken)
        made = [
            Cell(
                seen.text,
                order[seen.row],
                seen.column,
                self._place(seen),
                1 if seen.low == seen.row else sum(seen.row <= row <= seen.low for row in numbers),
                seen.right - seen.column + 1,
                seen.colour,
                seen.value,
                unread_rule=seen.unread_rule,
                struck=seen.struck,
            )
            for seen in (*cells, *(Seen("", *place, *place) for place in free))
        ]
        left, right = columns[0], columns[-1]
        places = [self._place(Seen("", row, left, row, right)) for row in numbers]
        whole = self._place(Seen("", numbers[0], left, numbers[-1], right))
        self.flow.items.append(build(made, places, whole))

    def _place(self, seen: Seen) -> Locator:
        return Locator(sheet=self.sheet, row=seen.row, cells=address(seen.row, seen.column, seen.low, seen.right))


def _bands(part: Band) -> list[Band]:
    """Cut where a row is empty. A cell merged downwards holds its rows together."""
    reached = itertools.accumulate((max(seen.low for seen in row) for row in part), max)
    bands = runs(zip(part, reached, strict=True), lambda run, placed: placed[0][0].row > run[-1][1] + 1)
    return [[row for row, _ in band] for band in bands]


def _is_header(band: Band) -> bool:
    """Whether a band begins with the header of a new table: short words, set off by style, or by what follows."""
    first = band[0]
    if len(first) < 2 or any(len(seen.text) > _SHORT or seen.value or _NUMBER.match(seen.text) for seen in first):
        return False
    if any(not seen.text.strip() for seen in first):
        return False
    after = [seen for row in band[1:3] for seen in row]
    marked = sum(seen.bold or seen.filled for seen in first) >= 0.6 * len(first)
    if marked:
        return sum(seen.bold for seen in after) < 0.6 * len(after) or any(seen.filled for seen in first)
    plain_after = after and not any(seen.value or len(seen.text) > 40 for seen in after)
    return len(first) > 2 and bool(after) and not plain_after and max(len(seen.text) for seen in first) <= 30


def _columns_of(band: Band) -> set[int]:
    return {seen.column for row in band for seen in row}


def _rows_of(band: Band, columns: list[int]) -> set[int]:
    return {seen.row for row in band for seen in row if columns[0] <= seen.column <= columns[-1]}


def _words_of(band: Band, columns: list[int]) -> set[str]:
    """The words of the first row with several cells among some columns: likely its header."""
    for row in band:
        words = {seen.text.strip().lower() for seen in row if columns[0] <= seen.column <= columns[-1]} - {""}
        if len(words) > 1:
            return words
    return set()
