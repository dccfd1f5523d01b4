"""The parts of the pages to blocks and tables in reading order, without what every page repeats."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.records import Block, BlockKind, Box, Cell, Locator
from ingest.readers.building import Paragraph, build
from ingest.readers.job import Job
from ingest.readers.pdf.blocks import find_by_blocks
from ingest.readers.pdf.lines import Line, Page, Word, around, joined, lines_of, paragraphs, rounded, segments
from ingest.readers.pdf.ruled import grids
from ingest.readers.pdf.tables import PageTable, continues, from_grid, join, split_row
from ingest.readers.pdf.unruled import find, find_legend

_ZONE = 0.12
"""The share of a page's height, at its top and at its foot, where furniture stands."""
_NEAR = 6.0
"""Points by which the same furniture may stand higher or lower on another page."""
_ROOM = 0.7
"""Room below a line at the top of a page, in its heights, that sets it apart from the text."""
_FEWEST = 3
"""Parts of a line that can be the names of columns."""
_ALIGNED = 1.5
"""Words whose beginnings differ by less than this are set one below the other, in points."""
_WIDE = 9.0
"""A gap between parts of a line, in points, such as stands between the columns of a table."""
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page\s*|p\.?\s*|pg\.?\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s.]*$", re.IGNORECASE
)
_WITHIN = re.compile(r"\bpage\s+(\d{1,4})\b|(?:^|[|•·–-]\s*)(\d{1,4})\s*$|^\s*(\d{1,4})\s*[|•·–-]", re.IGNORECASE)
_SAID = re.compile(r"\bpage\b", re.IGNORECASE)


def find_furniture(pages: Sequence[Page]) -> tuple[dict[int, list[Line]], dict[int, str]]:
    """By page the lines at its top or foot that repeat but for their numbers, on three pages, or on all where there are
    only two; and the numbers printed on the pages."""
    lines: dict[int, list[Line]] = {}
    zones = {page.number: _zone_lines(page) for page in pages}
    times = Counter(key for page in pages for key in {_key(line, page) for line in zones[page.number]})
    repeated = {key for key, count in times.items() if count >= (2 if len(pages) == 2 else 3) and key[0].strip()}
    numbers: list[tuple[int, int, bool]] = []
    for page in pages:
        lines[page.number] = list(_apart(zones[page.number], repeated, page))
        for line in lines[page.number]:
            alone = _PAGE_NUMBER.fullmatch(line.text)
            found = [alone[1]] if alone else ["".join(parts) for parts in _WITHIN.findall(line.text)]
            numbers += [(page.number, int(value), bool(_SAID.search(line.text))) for value in found if value]
    labels = {page.number: page.label for page in pages if page.label and page.label != str(page.number)}
    return lines, labels | _series(numbers)


def _zone_lines(page: Page) -> list[Line]:
    """The lines at the top and the foot of a page; what stands in a drawn table is none of them."""
    top, foot = page.height * _ZONE, page.height * (1 - _ZONE)
    near = [word for word in page.words if word.upright and (word.bottom < top or word.top > foot)]
    drawn = [grid.box for grid in grids(page.flat, page.standing, page.fills) if grid.columns > 1] if near else []
    return lines_of(word for word in near if not any(word.stands_in(box) for box in drawn))


def _apart(lines: Sequence[Line], repeated: set[tuple[str, int]], page: Page) -> Iterator[Line]:
    """The lines that are furniture: a page number, or repeated words with some room to the text. The header of a table
    that is repeated on each page stands close above its rows."""
    near = {word.index for line in lines for word in line.words}
    others = [word for word in page.words if word.index not in near]
    for number, line in enumerate(lines):
        said = _PAGE_NUMBER.fullmatch(line.text) is not None
        if said and (line.top > page.height / 2 or page.number > 1):
            yield line
        elif _key(line, page) in repeated and not _names_columns(line, page):
            rest = [word for other in lines[number + 1 :] if _key(other, page) not in repeated for word in other.words]
            below = [word.top for word in (*others, *rest) if word.top >= line.bottom - 1]
            room = min(below, default=page.height) - line.bottom
            if line.top > page.height / 2 or room >= _ROOM * (line.bottom - line.top) or len(segments(line, _WIDE)) < 3:
                yield line


def _names_columns(line: Line, page: Page) -> bool:
    """Whether the parts of a line at the top stand over columns: below each, words begin where it begins."""
    parts = segments(line, _WIDE)
    if len(parts) < _FEWEST or line.top > page.height / 2:
        return False
    starts = [word.x0 for word in page.words if word.top >= line.bottom - 1]
    over = [part for part in parts if sum(abs(start - part.x0) <= _ALIGNED for start in starts) >= _FEWEST - 1]
    return len(over) >= max(_FEWEST, len(parts) - 1)


def _key(line: Line, page: Page) -> tuple[str, int]:
    """The words without their numbers, and how far they stand from the nearer edge of the page."""
    height = line.top if line.top < page.height / 2 else line.top - page.height
    return re.sub(r"\d+", "#", line.text.lower()), round(height / _NEAR)


def _series(numbers: Sequence[tuple[int, int, bool]]) -> dict[int, str]:
    """The printed number of each page where it differs from the file's. Of several series, a pack's own stamp and the
    numbering of a document in it, the one that runs through most pages is taken, then the one that says "page"."""
    steps = Counter(value - page for page, value, _ in numbers)
    said = Counter(value - page for page, value, says in numbers if says)
    best = max(steps, key=lambda step: (steps[step], said[step]), default=0)
    return {page: str(value) for page, value, _ in numbers if value - page == best and best and steps[best] > 1}


_DOUBTFUL = 0.8
"""A table without rules whose rows are less sure than this is looked at in another way first."""
_COLUMN_GAP = 10.0
"""The least width of the gap between two columns of running text, in points."""

Part = PageTable | list[Line]
"""A table, or the lines of a paragraph."""


@dataclass(slots=True)
class Assembly:
    """Puts the pages of one file together."""

    furniture: dict[int, list[Line]]
    printed: dict[int, str]
    job: Job
    _open: PageTable | None = None

    def add(self, page: Page) -> None:
        """Add a page; pages come in their order."""
        taken = {word.index for line in self.furniture[page.number] for word in line.words}
        words = [word for word in page.words if word.index not in taken]
        for line in self.furniture[page.number]:
            self.job.flow.items.append(Block(BlockKind.FURNITURE, line.text, self._place(page.number, line.box)))
        before = self._open if self._open is not None and not self._open.ruled else None
        for number, part in enumerate(parts_of(page, words, before)):
            if not isinstance(part, PageTable):
                self.close()
                listed, size = part[0].is_item and not part[0].bold, round(max(line.size for line in part), 1)
                bold = all(line.bold for line in part)
                place = self._place(page.number, around(line.box for line in part))
                self.job.flow.add(Paragraph(joined(part), depth=int(listed), bold=bold, size=size), place)
                continue
            self.job.take_cells(sum(len(row.cells) for row in part.rows))
            if number == 0 and self._open is not None and continues(self._open, part):
                self._open = join(self._open, part)
            else:
                self.close()
                self._open = part

    def close(self) -> None:
        """Write the open table down; a table stays open, for it may go on on the next page."""
        table, self._open = self._open, None
        if table is None:
            return
        cells, places = [], []
        for number, row in enumerate(table.rows):
            segments = tuple((page, rounded(box)) for page, box in row.segments)
            places.append(replace(self._place(row.page, row.box), segments=segments))
            for cell in row.cells:
                spans, place = (cell.row_span, cell.column_span), self._place(row.page, cell.box)
                cells.append(Cell(cell.text, number, cell.column, place, *spans, cell.colour))
        sure = {number: row.sure for number, row in enumerate(table.rows)}
        self.job.flow.items.append(build(cells, places, self._place(table.page, table.box), sure))

    def _place(self, page: int, box: Box) -> Locator:
        return Locator(page=page, printed_page=self.printed.get(page), box=rounded(box))


def parts_of(page: Page, words: list[Word], before: PageTable | None = None) -> list[Part]:
    """The tables and paragraphs of a page from the top down; `before` is a table that may go on here."""
    tables: list[PageTable] = []
    left = {word.index: word for word in words}

    def take(table: PageTable, taken: Iterable[Word]) -> None:
        tables.append(table)
        for word in taken:
            left.pop(word.index, None)

    drawn = [grid for grid in grids(page.flat, page.standing, page.fills) if grid.columns > 1]
    for grid in drawn:
        inside = [word for word in left.values() if word.stands_in(grid.box)]
        table = from_grid(grid, inside, page.fills, page.number)
        table.rows = [part for row in table.rows for part in split_row(row) or [row]]
        if any(not cell.empty for row in table.rows for cell in row.cells):
            take(table, inside)
    open_fills = [fill for fill in page.fills if not any(fill.stands_in(grid.box) for grid in drawn)]
    for found in find_legend(lines_of(left.values()), open_fills, page.number):
        take(*found)
    boxes = [grid.box for grid in drawn]
    loose = [
        edge
        for edge in page.flat
        if not any(y0 - 3 <= edge.at <= y1 + 3 and edge.start < x1 and edge.end > x0 for x0, y0, x1, y1 in boxes)
    ]
    doubtful = []
    for table, taken in find(_lines(left), page.fills, loose, page.number, before):
        goes_on = before is not None and table.xs == before.xs
        if goes_on or min(row.sure for row in table.rows) >= _DOUBTFUL:
            take(table, taken)
        else:
            doubtful.append((table, taken))
    upright = [word for line in _lines(left) for word in line.words]
    for found in find_by_blocks(upright, page.fills, page.number, before) or doubtful:
        take(*found)
    return _in_order(sorted(tables, key=lambda table: table.top), _lines(left))


def _lines(words: dict[int, Word]) -> list[Line]:
    return lines_of(word for word in words.values() if word.upright)


def _in_order(tables: Sequence[PageTable], lines: Sequence[Line]) -> list[Part]:
    """The tables, and between them the paragraphs of the lines that no table took, column after column."""
    between: list[list[Line]] = [[] for _ in range(len(tables) + 1)]
    for line in lines:
        between[sum(table.top < line.top for table in tables)].append(line)
    parts: list[Part] = []
    for number, group in enumerate(between):
        parts += [paragraph for column in _columns(group) for paragraph in paragraphs(column)]
        parts += tables[number : number + 1]
    return parts


def _columns(lines: list[Line]) -> list[list[Line]]:
    """What runs over the whole page at the top, and below it text in two columns, the left one first; else the lines as
    they are."""
    split = [segments(line, _COLUMN_GAP) for line in lines]
    first = next((at for at, parts in enumerate(split) if len(parts) == 2), 0)
    split = split[first:]
    both = [parts for parts in split if len(parts) == 2]
    if len(both) < 4 or len(both) < 0.5 * len(split):
        return [lines]
    end = max(parts[0].x1 for parts in both)
    start = min(parts[1].x0 for parts in both)
    if start - end < 0.5 * _COLUMN_GAP:
        return [lines]
    left = [part for parts in split for part in parts if part.x1 <= start]
    right = [part for parts in split for part in parts if part.x0 >= end]
    return [lines[:first], left, right] if len(left) + len(right) == sum(map(len, split)) else [lines]
