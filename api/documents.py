"""A document as its page shows it: its places in order, cut into parts, each with its marks in words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.locators import same_place
from assistant.places import place_words
from assistant.records import Locator, SourceCell, SourceRow
from assistant.told import told_of

THIS = "this"
Places = Sequence[tuple[str, Locator]]
"""What stands where: `THIS` for the row or passage itself, or the name of a field that stands apart from it."""
_DECIDES, _FIELDS = told_of("decides", str), told_of("marked", str)
_SAID_BY = {"due": {"due", "revised"}, "status": {"status", "progress"}, "success_measure": {"measure"}}
Shown = tuple[SourceCell, str, str]
"""A cell with the heading of its column, and what it decides, such as "Due date", where it is marked."""
_LINES = 150


@dataclass(frozen=True, slots=True)
class Item:
    """A line of text, or row number `at` of table `table` with its own cells and those that reach down into it."""

    locator: Locator
    text: str = ""
    table: int | None = None
    at: int = 0
    header: tuple[SourceRow, ...] = ()
    cells: tuple[SourceCell, ...] = ()
    reaching: tuple[SourceCell, ...] = ()
    leads: tuple[Locator, ...] = ()
    """Where the header stands, for the first row below it."""


def items_of(lines: Iterable[tuple[Locator, str]], rows: Sequence[SourceRow]) -> Iterator[Item]:
    """The places of a document that hold words, in order. A header is no item: it goes with its rows.

    Pages stand in their order, although a table that is broken over two is read as one."""
    known = {item.locator.line_start or item.locator: item for item in _row_items(rows)}
    covered, found = 0, list[Item]()
    for place, text in lines:
        item = known.get(place.line_start or place)  # rows of a text are found by their first line
        if item is not None:
            covered = item.locator.line_end or 0
            found += [item] if item.table is None or item.cells else []
        elif text.strip() and not 0 < (place.line_start or 0) <= covered:
            found.append(Item(place, text))
    return iter(sorted(found, key=lambda item: item.locator.page or 0))


def filled(cells: Sequence[SourceCell]) -> list[SourceCell]:
    """The cells with words or a colour."""
    return [cell for cell in cells if cell.text.strip() or cell.colour]


def width_of(rows: Iterable[Sequence[SourceCell]]) -> int:
    """How many columns the cells of some rows take."""
    return max((cell.column + cell.column_span for cells in rows for cell in cells), default=0)


def _row_items(rows: Sequence[SourceRow]) -> Iterator[Item]:
    """An item for each row; one of a header, a rule or a blank row has no cells, so that its line is not text. A table
    without a header that holds actions goes on under the header before it, where it is as wide."""
    last: tuple[SourceRow, ...] = ()
    for table, grouped in groupby(rows, lambda row: row.table):
        of_table = list(grouped)
        headed = any(row.header for row in of_table)
        acts = any(cell.says for row in of_table for cell in row.cells)
        as_wide = width_of(row.cells for row in of_table) == width_of(row.cells for row in last)
        header = last if not headed and acts and as_wide else ()
        after_header = False
        reaching: list[tuple[int, SourceCell]] = []
        above: tuple[Locator, ...] = ()
        for at, row in enumerate(of_table):
            if row.header:
                header = (*header, row) if after_header else (row,)
                above = tuple(one.locator for one in header)
            after_header = row.header
            words = filled(row.cells)
            if headed and not header and len(words) == 1:
                yield Item(row.locator, words[0].text)
            else:
                from_above = tuple(replace(cell, row_span=end - at) for end, cell in reaching)
                cells = row.cells if (words or from_above) and not row.header else ()
                yield Item(row.locator, "", table, at, header, cells, from_above, above if cells else ())
                above = () if cells else above
            reaching = [(end, cell) for end, cell in reaching if end > at + 1]
            reaching += [(at + cell.row_span, cell) for cell in row.cells if cell.row_span > 1]
        last = header or last


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of text, or a row of a table when it has cells; `marks` say in words why it is lit."""

    locator: Locator
    text: str = ""
    marks: Sequence[str] = ()
    cells: Sequence[Shown] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that stand together: of text, or rows of one table with its header."""

    lines: Sequence[ShownLine]
    table: int | None = None
    header: tuple[tuple[SourceCell, ...], ...] = ()
    header_from: Locator | None = None
    """Where the header stands when the table has none of its own and goes on from an earlier one."""


class DocumentView:
    """A document to be shown in whole or in part, with the places that are marked in it."""

    def __init__(self, items: Sequence[Item], places: Places = ()) -> None:
        self.items = items
        self.places = places

    def marked(self) -> list[int]:
        """The numbers of the items that hold a marked place."""
        return [number for number, item in enumerate(self.items) if self._names(item) or self._leads(item)]

    def stretches(self, wanted: Callable[[int], bool]) -> list[Stretch]:
        """The items whose numbers are wanted, in order."""
        runs: list[list[Item]] = []
        before = -1
        for number, item in enumerate(self.items):
            if not wanted(number):
                continue
            last = runs[-1][-1] if runs and number == before + 1 else None
            if last and (item.table, item.header) == (last.table, last.header):
                runs[-1].append(item)
            else:
                runs.append([item])
            before = number
        words = {**_FIELDS, THIS: "These words"}
        return [
            self._table(run)
            if run[0].table is not None
            else Stretch(
                [ShownLine(one.locator, one.text, [words.get(name, name) for name in self._names(one)]) for one in run]
            )
            for run in runs
        ]

    def around(self, count: int) -> list[Stretch]:
        """The marked items, with `count` before and after those that are the row itself or decide its state."""
        near: set[int] = set()
        for number in self.marked():
            wide = count if {THIS, "due", "start", "owner", "status"} & {*self._names(self.items[number])} else 0
            near.update(range(number - wide, number + wide + 1))
        return self.stretches(near.__contains__)

    def _names(self, item: Item) -> list[str]:
        return list(dict.fromkeys(name for name, place in self.places if covers(place, item.locator)))

    def _leads(self, item: Item) -> bool:
        """True for the first row below a header that is itself a marked place."""
        return any(covers(place, header) for _, place in self.places for header in item.leads)

    def _table(self, run: Sequence[Item]) -> Stretch:
        header = run[0].header
        width = width_of([*(row.cells for row in header), *((*item.cells, *item.reaching) for item in run)])
        headings = _headings(header, width)
        lines = []
        for number, item in enumerate(run):
            cells = sorted((*item.cells, *(item.reaching if number == 0 else ())), key=lambda cell: cell.column)
            lines.append(self._row(item, cells, headings, run[-1].at - item.at + 1))
        left = len(header)
        shown = tuple(tuple(_within(one, left - at) for one in row.cells) for at, row in enumerate(header))
        own = not header or header[0].table == run[0].table
        return Stretch(lines, run[0].table, shown, None if own else header[0].locator)

    def _row(self, item: Item, cells: Sequence[SourceCell], headings: Sequence[str], rows_left: int) -> ShownLine:
        names = self._names(item)
        this, fields = THIS in names, [name for name in names if name != THIS]
        said = {cell.says for cell in cells}
        told = [_FIELDS.get(name, name) for name in fields if not _SAID_BY.get(name, {name}) & said]
        leads = ("Column names above",) if self._leads(item) else ()
        marks = (*(("This row",) if this else ()), *leads, *told)
        words = filled(cells)
        if len(words) == 1 and len(headings) > 2 and words[0].column == 0 and words[0].row_span == 1:
            colour = None if words[0].text.strip() else words[0].colour
            band = replace(words[0], column_span=len(headings), colour=colour)
            return ShownLine(item.locator, "", marks, [(band, "", "")])
        shown = [(_within(cell, rows_left), headings[cell.column], _mark(cell, this, fields)) for cell in cells]
        return ShownLine(item.locator, "", marks, shown)


def covers(place: Locator, line: Locator) -> bool:
    """True where a line of the document stands in the place."""
    if place.line_start is not None:
        first, last = line.line_start, line.line_end or line.line_start or 0
        return first is not None and first <= (place.line_end or place.line_start) and place.line_start <= last
    if place.page is not None:
        parts = [*place.segments, *([(place.page, place.box)] if place.box else [])]
        return any(
            line.page == number and line.box and line.box[1] < box[3] - 1 and line.box[3] > box[1] + 1
            for number, box in parts
        )
    return same_place(place, line)


def _mark(cell: SourceCell, this: bool, fields: Sequence[str]) -> str:
    """What a cell decides, in words, where it stands in the row itself or is named apart from it."""
    if not cell.says or not filled([cell]):
        return ""
    if this and cell.says in _DECIDES:
        return _DECIDES[cell.says]
    named = next((name for name in fields if cell.says in _SAID_BY.get(name, {name})), None)
    return _FIELDS.get(named, named) if named else ""


def _within(cell: SourceCell, rows: int) -> SourceCell:
    """A cell that reaches down no further than so many rows."""
    return replace(cell, row_span=min(cell.row_span, rows))


def _headings(header: Sequence[SourceRow], width: int) -> list[str]:
    """The words over each column, of every line of the header."""
    found: list[list[str]] = [[] for _ in range(width)]
    for row in header:
        for cell in filled(row.cells):
            for column in range(cell.column, min(cell.column + cell.column_span, width)):
                found[column].append(" ".join(cell.text.split()))
    return [" ".join(dict.fromkeys(words)) for words in found]


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts are shown, from 1, of how many; `kind` is "Page" or "Part"."""

    kind: str
    of: int
    shown: tuple[int, ...]
    numbers: frozenset[int]
    """The numbers of the items that are shown."""
    words: str = ""
    """From where to where they reach."""


def parts_of(document: DocumentView, wanted: int | None, opened: Sequence[int] = (), pages: int = 0) -> Parts:
    """The part that is wanted, else those that hold a marked place, else the first.

    Args: opened, pages of a PDF at which it is opened; pages, how many the file has, where that is known."""
    items = document.items
    by_page = bool(items) and items[0].locator.page is not None
    places = [item.locator.page or 1 if by_page else number // _LINES + 1 for number, item in enumerate(items)]
    count = max([*places, pages, 1])
    marked = {places[number] for number in document.marked()} or set(opened if by_page else ())
    chosen = [wanted] if wanted else sorted(marked) or [1]
    shown = tuple(min(number, count) for number in dict.fromkeys(chosen))
    numbers = frozenset(number for number, place in enumerate(places) if place in shown)
    ends = [place_words(items[pick(numbers)].locator) for pick in (min, max)] if numbers else ["nothing"]
    return Parts("Page" if by_page else "Part", count, shown, numbers, "" if by_page else " to ".join(ends))


def short_place(place: Locator) -> str:
    """A place inside its own document, such as "line 12", "row 3" or "page 4"."""
    return place_words(replace(place, line_end=None, printed_page=None)).rpartition(", ")[2]


def reach(stretch: Stretch) -> str:
    """From where to where a stretch goes, such as "lines 3 to 17" or "sheet Plan, rows 4 to 9"."""
    first, last = stretch.lines[0].locator, stretch.lines[-1].locator
    sheet = f"sheet {first.sheet}, " if first.sheet and first.row is not None else ""
    begin, end = short_place(first), short_place(last)
    if begin == end:
        return sheet + begin
    noun, _, number = end.partition(" ")
    return f"{sheet}{noun}s {begin.partition(' ')[2]} to {number}" if begin.startswith(noun) else f"{begin} to {end}"
