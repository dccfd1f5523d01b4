"""PDF files: words, rules, fills and pictures by their places, to paragraphs and tables in reading order, without what
every page repeats."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, raw

from assistant.records import Block, BlockKind, Box, Cell, Document, Locator
from ingest.readers.building import Paragraph, build
from ingest.readers.job import Job
from ingest.readers.looks import named
from ingest.readers.pdf.lines import Fill, Line, Page, Word, around, joined, lines_of, paragraphs, rounded
from ingest.readers.pdf.page import read_page
from ingest.readers.pdf.tables import PageCell, PageRow, PageTable, continues, filled, grids, join
from ingest.readers.pdf.unruled import find, find_by_blocks

_NO_TITLE = re.compile(
    r"microsoft word|untitled|anonymous|\.(docx?|pdf|xlsx?|pptx?|rtf|html?)\b|^slide \d|^document\d*$", re.IGNORECASE
)
_NODE = re.compile(rb"(\d+) \d+ obj\b.*?/Kids\s*\[([^\]]*)\]", re.DOTALL)
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_ROOT = re.compile(rb"/Pages\s+(\d+) \d+ R")


def read(data: bytes, job: Job) -> Document:
    """The document in a PDF file. Pages count from 1, boxes are in points from the top left of the page as shown.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    try:
        with closing(PdfDocument(data)) as file:
            file.init_forms()
            return _document(file, job, data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise job.broken("it is locked with a password", "Take the password off and load that copy") from error
        raise job.broken("it is damaged: its pages cannot be found or opened") from error


def _document(file: Any, job: Job, data: bytes) -> Document:
    count = len(file)
    if count > job.limits.pages:
        raise job.too_much(f"{count:,} pages, more than {job.limits.pages:,}", "Split it, or raise the limit of pages")
    pages = []
    for index in range(count):
        job.progress(index + 1, count)
        pages.append(read_page(file, index, job))
    if raw.FPDFDoc_GetAttachmentCount(file) > 0:
        job.hide("embedded files")
    if raw.FPDFDoc_GetJavaScriptActionCount(file) > 0 or b"/JavaScript" in data:
        job.note("The file holds scripts. They were not run.")
    if _runs_in_a_circle(data):
        job.note("The list of its pages runs in a circle or names one twice: what stands there may be read twice.")
    assembly = Assembly(*find_furniture(pages), job)
    for page in pages:
        assembly.add(page)
    assembly.close()
    title = file.get_metadata_dict().get("Title") or ""
    return job.document("pdf", "" if _NO_TITLE.search(title) else title)


def _runs_in_a_circle(data: bytes) -> bool:
    """True where a part of the tree of pages stands below itself or in two places."""
    nodes = (_NODE.search(part) for part in data.split(b"endobj") if _PAGES.search(part))
    below = {node[1]: re.findall(rb"(\d+) \d+ R", node[2]) for node in nodes if node}
    left, seen = _ROOT.findall(data)[-1:], set[bytes]()
    while left:
        node = left.pop()
        if node in seen:
            return True
        seen.add(node)
        left += below.get(node, [])
    return False


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
    numbers: list[tuple[int, int]] = []
    said: Counter[int] = Counter()
    for page in pages:
        lines[page.number] = list(_apart(zones[page.number], repeated, page))
        for line in lines[page.number]:
            alone = _PAGE_NUMBER.fullmatch(line.text)
            found = [alone[1]] if alone else ["".join(parts) for parts in _WITHIN.findall(line.text)]
            numbers += [(page.number, int(value)) for value in found if value]
            said.update(int(value) - page.number for value in found if value and _SAID.search(line.text))
    # of several series of numbers, a pack's own stamp and the numbering of a document in it, the one that runs through
    # most pages is taken, then the one that says "page"
    steps = Counter(value - page for page, value in numbers)
    best = max(steps, key=lambda step: (steps[step], said[step]), default=0)
    labels = {page.number: page.label for page in pages if page.label and page.label != str(page.number)}
    labels |= {page: str(value) for page, value in numbers if value - page == best and best and steps[best] > 1}
    return lines, labels


def _zone_lines(page: Page) -> list[Line]:
    """The lines at the top and the foot of a page; what stands in a drawn table is none of them."""
    top, foot = page.height * _ZONE, page.height * (1 - _ZONE)
    near = [word for word in page.words if word.upright and (word.bottom < top or word.top > foot)]
    drawn = grids(page) if near else []
    return lines_of(word for word in near if not any(word.stands_in(grid.box) for grid in drawn))


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
            if line.top > page.height / 2 or room >= _ROOM * (line.bottom - line.top) or len(line.segments(_WIDE)) < 3:
                yield line


def _names_columns(line: Line, page: Page) -> bool:
    """Whether the parts of a line at the top stand over columns: below each, words begin where it begins."""
    parts = line.segments(_WIDE)
    if len(parts) < _FEWEST or line.top > page.height / 2:
        return False
    starts = [word.x0 for word in page.words if word.top >= line.bottom - 1]
    over = [part for part in parts if sum(abs(start - part.x0) <= _ALIGNED for start in starts) >= _FEWEST - 1]
    return len(over) >= max(_FEWEST, len(parts) - 1)


def _key(line: Line, page: Page) -> tuple[str, int]:
    """The words without their numbers, and how far they stand from the nearer edge of the page."""
    height = line.top if line.top < page.height / 2 else line.top - page.height
    return re.sub(r"\d+", "#", line.text.lower()), round(height / _NEAR)


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

    drawn = grids(page)
    for grid in drawn:
        inside = [word for word in left.values() if word.stands_in(grid.box)]
        table = filled(grid, inside, page)
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
    for table, taken in find(page, _lines(left), loose, before):
        goes_on = before is not None and table.xs == before.xs
        if goes_on or min(row.sure for row in table.rows) >= _DOUBTFUL:
            take(table, taken)
        else:
            doubtful.append((table, taken))
    upright = [word for line in _lines(left) for word in line.words]
    for found in find_by_blocks(page, upright, before) or doubtful:
        take(*found)
    # the tables, and between them the paragraphs of the lines that no table took, column after column
    tables.sort(key=lambda table: table.top)
    between: list[list[Line]] = [[] for _ in range(len(tables) + 1)]
    for line in _lines(left):
        between[sum(table.top < line.top for table in tables)].append(line)
    parts: list[Part] = []
    for number, group in enumerate(between):
        parts += [paragraph for column in _columns(group) for paragraph in paragraphs(column)]
        parts += tables[number : number + 1]
    return parts


def _lines(words: dict[int, Word]) -> list[Line]:
    return lines_of(word for word in words.values() if word.upright)


def _columns(lines: list[Line]) -> list[list[Line]]:
    """What runs over the whole page at the top, and below it text in two columns, the left one first; else the lines as
    they are."""
    split = [line.segments(_COLUMN_GAP) for line in lines]
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


_SMALLEST, _TALLEST, _BROADEST = 4.0, 40.0, 250.0
_LEAST_HEIGHT = 12.0
"""A box smaller than this is level with words as if it were so high."""
_BESIDE = 30.0
"""How far words may stand from the box that they explain."""


def find_legend(lines: Sequence[Line], fills: Sequence[Fill], page: int) -> list[tuple[PageTable, list[Word]]]:
    """A key as a table of a coloured cell and its words, with the words that it took; none below two entries."""
    sized = (fill for fill in fills if _SMALLEST <= fill.width <= _BROADEST and _SMALLEST <= fill.height <= _TALLEST)
    topmost = {tuple(map(round, fill.box)): fill for fill in sized}  # nothing drawn later hides it
    boxes = [fill for fill in topmost.values() if named(fill.rgb)]
    entries = [entry for box in boxes if (entry := _entry(box, boxes, lines)) is not None]
    if len({named(fill.rgb) for fill, *_ in entries}) < 2:
        return []
    rows, taken = [], []
    for fill, inside, beside in sorted(entries, key=lambda entry: (round(entry[0].top / 6), entry[0].x0)):
        taken += [*inside, *beside]
        wide = around([fill.box, *(word.box for word in beside)])
        said = PageCell(1, wide, " ".join(word.text for word in beside))
        sign = PageCell(0, fill.box, " ".join(word.text for word in inside), 1, 1, named(fill.rgb))
        rows.append(PageRow(page, wide, (sign, said)))
    whole = around(row.box for row in rows)
    xs = (whole[0], max(row.cells[0].x1 for row in rows), whole[2])
    return [(PageTable(page, whole, xs, rows, False, page), taken)]


def _entry(fill: Fill, boxes: Sequence[Fill], lines: Sequence[Line]) -> tuple[Fill, list[Word], list[Word]] | None:
    """A box with the words in it, at most three, and the words to its right up to the next box."""
    _, top, x1, bottom = fill.box
    reach = max(0.0, _LEAST_HEIGHT - (bottom - top)) / 2 + 1
    level = [line for line in lines if top - reach <= line.middle <= bottom + reach]
    inside = [word for line in level for word in line.words if word.stands_in(fill.box)]
    beyond = (box.box for box in boxes if box.box[0] >= x1 and box.box[1] < bottom and top < box.box[3])
    stop = min((box[0] for box in beyond), default=float("inf"))
    beside: list[Word] = []
    for line in level:
        last = x1
        for word in line.words:
            if word.x0 >= x1 - 1 and word.x1 <= stop + 1 and word.x0 - last <= _BESIDE:
                beside.append(word)
                last = word.x1
    return (fill, inside, beside) if beside and len(inside) <= 3 else None
