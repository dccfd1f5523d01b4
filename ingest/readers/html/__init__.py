"""Web pages: headings, paragraphs, lists and tables as a browser shows them, without scripts or anything fetched."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from lxml import etree
from lxml.etree import _Element

from assistant.records import Block, BlockKind, Cell, Document, Locator, Rag
from ingest.readers.archive import check_depth
from ingest.readers.building import Paragraph, Places, build, cell_of, crossed, entries, frames, table_of
from ingest.readers.html.text import (
    BLOCKS,
    Lines,
    Shown,
    cells_of,
    colour_by_class,
    depth_of,
    label_of,
    line_of,
    rows_of,
)  # fmt: skip
from ingest.readers.job import CROSSED_OUT, Job
from ingest.readers.looks import named, whole
from ingest.readers.text import marked_encoding

_MOST_COLUMNS = 1000
_MOST_ROWS = 65_534
_HEADINGS = "h1", "h2", "h3", "h4", "h5", "h6"


def is_layout(table: _Element) -> bool:
    """Whether a table only arranges a page: it says so, or it is a frame of few cells around tables or headings."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    rows, *inner = ([cells_of(row) for row in rows_of(each)] for each in table.iter("table"))
    return frames(rows, inner) or (sum(map(len, rows)) == 1 and any(True for _ in table.iter(*_HEADINGS)))


def _spans(cell: _Element) -> tuple[int, int]:
    """How many rows and columns a cell covers; 0 rows are all that are left."""
    down, across = (re.sub(r"\D.*", "", cell.get(name, "").strip()) for name in ("rowspan", "colspan"))
    rows = _MOST_ROWS if cell.get("rowspan") == "0" else max(1, whole(down, 1, _MOST_ROWS))
    return rows, max(1, whole(across, 1, _MOST_COLUMNS))


def _date_of(element: _Element, text: str) -> date | None:
    """The date of a cell whose words are one time element with a whole date."""
    times = list(element.iter("time"))
    if len(times) == 1 and " ".join("".join(times[0].itertext()).split()) == text:
        with suppress(ValueError):
            return date.fromisoformat((times[0].get("datetime") or "")[:10])
    return None


_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HEADING = re.compile(r"h([1-6])$")
_ELSEWHERE = re.compile(r"\s*(?:https?:)?//|.*\.\./|\s*file:", re.IGNORECASE)
_LEAVES = frozenset(("p", "li", "dt", "dd", "pre", "caption", "figcaption", "summary"))


_TAGS = {
    "para": "p", "title": "h2", "informaltable": "table", "row": "tr", "entry": "td", "itemizedlist": "ul",
    "listitem": "li", "bookinfo": "template", "articleinfo": "template",
}  # fmt: skip
_BOLD = re.compile(r"<para>\s*<emphasis role=['\"]bold['\"]>([^<]*)</emphasis>\s*</para>")
_AROUND = re.compile(r"<[?!][^>]*>|</?(?:tgroup|colspec)\b[^>]*>")
_OF_ANTIWORD = "Converted from an old Word file by antiword: colours, comments and hidden text cannot be told."


def _as_page(docbook: str) -> str:
    """What antiword makes of an old Word file, DocBook without colours, as the page that says the same."""
    text = _BOLD.sub(r"<title>\1</title>", _AROUND.sub("", docbook))
    text = re.sub(r"<entry>.*?</entry>", lambda cell: cell[0].replace("\n", "<br>"), text, flags=re.DOTALL)
    return re.sub(r"(?<=<)(/?)(\w+)", lambda tag: tag[1] + _TAGS.get(tag[2], tag[2]), text)


def read(data: bytes, job: Job) -> Document:
    """The document in a page. Tables are numbered from 0 in the order in which they begin, those inside others too.

    Raises: DocumentReadError where nothing can be made of the page or it is beyond the limits.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    is_docbook = b"//OASIS//DTD DocBook" in data[:500]
    text = _as_page(data.decode("utf-8", "replace")) if is_docbook else _decoded(data)
    text = _DECLARATION.sub("", text).replace("\0", "")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise job.broken("nothing can be made of its page") from error
    if root is None:
        raise job.broken("its page is empty")
    check_depth(root, job.name, job)
    job.progress(1, 1)
    body, numbers = root.find("body"), {table: number for number, table in enumerate(root.iter("table"))}
    body = root if body is None else body
    page = _Page(Shown(root, job), numbers=numbers)
    page.inside(body, None)
    page.close(body)
    if any(_ELSEWHERE.match(image.get("src", "")) for image in root.iter("img")):
        job.note("The page shows pictures that stand elsewhere. They were not fetched.")
    title = " ".join((root.findtext(".//title") or "").split())
    if is_docbook:
        job.note(_OF_ANTIWORD)
    return job.document("doc" if is_docbook else "html", title)


@dataclass(slots=True)
class _Page(Lines):
    """One walk over a page, which gathers the words that stand in no block of their own."""

    numbers: dict[_Element, int] = field(kw_only=True)
    """Of the tables."""
    headed: str = ""
    """A heading that is crossed out, to head the list of terms that follows it."""

    def told(self, child: _Element, own: Rag | None) -> None:
        job = self.shown.job
        if child.tag not in BLOCKS and not self.shown.is_block(child) and not _holds(child):
            Lines.told(self, child, own)
            return
        self.close(child.getparent())
        if child.tag == "table" and not is_layout(child):
            caption = child.find("caption")
            if caption is not None and not self.shown.skips(caption):
                self._leaf(caption)
            made = table_of(Locator(table=self.numbers[child]), self._rows(child), self._cell)
            job.flow.items += (grid for grid in made if any(cell.text for row in grid.rows for cell in row.cells))
        elif child.tag == "dl" and child not in self.shown.around and len(child.findall(".//dt")) > 1:
            self._terms(child)
        elif _HEADING.match(child.tag) or (child.tag in _LEAVES and not _holds(child)):
            self._leaf(child)
        else:
            self.add(f"{label_of(child)} " if child.tag == "li" else "")
            self.inside(child, own)
            self.close(child)

    def _rows(self, table: _Element) -> Iterator[tuple[Locator, list[tuple[_Element, int]]]]:
        """The rows of a table that are shown, each cell with its column."""
        places, number = Places(), self.numbers[table]
        for index, row in enumerate(rows_of(table)):
            if self.shown.skips(row):
                continue
            places.next_row()
            starts, column = [], 0
            for element in cells_of(row):
                if not self.shown.skips(element):
                    self.shown.job.take_cells()
                    column = places.place(column, *_spans(element))
                    starts.append((element, column))
                    column += _spans(element)[1]
            yield Locator(table=number, row=index), starts

    def _cell(self, start: tuple[_Element, int], row: int, place: Locator) -> Cell:
        element, column = start
        lines = Lines(self.shown).read(element)
        parent = element.getparent()
        whole = self.shown.strikes(element) or (parent is not None and self.shown.strikes(parent))
        struck = (whole and bool(lines.text)) or (bool(lines.crossed) and not lines.text)
        if struck or lines.crossed:
            self.shown.job.gather(CROSSED_OUT, place)
        ground, row_ground = (self.shown.ground(each) if each is not None else None for each in (element, parent))
        ink = lines.colour or named(self.shown.ink(element))
        said = Paragraph(lines.text or " ".join(lines.crossed), colour=ink, struck=struck)
        fill = named(ground) or colour_by_class(element)
        cell = cell_of([said], row, column, place, _spans(element), fill, named(row_ground))
        return replace(cell, value=_date_of(element, lines.text), head=element.tag == "th")

    def _terms(self, terms: _Element) -> None:
        """A list of terms, each with what stands for it, as a table of two columns."""
        job, cells, places = self.shown.job, list[Cell](), list[Locator]()
        if self.headed:
            places.append(job.flow.place())
            cells.append(Cell(self.headed, 0, 0, places[0], column_span=2, struck=True))
            self.headed = ""
        for element in terms.iter("dt", "dd"):
            if self.shown.skips(element):
                continue
            lines, column = Lines(self.shown).read(element), int(element.tag == "dd")
            if not column or not cells or cells[-1].column or cells[-1].struck:
                places.append(job.flow.place())
            cells.append(Cell(lines.text, len(places) - 1, column, places[-1], colour=lines.colour))
        if cells:
            job.take_cells(2 * len(places))
            job.flow.items.append(build(cells, places, places[0]))

    def _leaf(self, element: _Element) -> None:
        """Add a heading, a paragraph or an item as a block of its own."""
        lines, heading = Lines(self.shown).read(element), _HEADING.match(element.tag)
        text, job = lines.text, self.shown.job
        whole = self._struck or self.shown.strikes(element)
        gone = text if text and whole else "".join(lines.crossed if not text else ())
        self.headed = " ".join(gone.split()) if heading else ""
        if gone.strip():
            job.gather(CROSSED_OUT, line_of(element))
            text = crossed(gone)
        if self.headed:
            return
        kind, level = (BlockKind.HEADING, int(heading[1])) if heading else (BlockKind.PARAGRAPH, 0)
        if element.tag == "li":
            kind, level, text = BlockKind.LIST_ITEM, depth_of(element), f"{label_of(element)} {text}" if text else ""
        self._add(element, kind, text, level, lines)

    def _add(self, element: _Element | None, kind: BlockKind, text: str, level: int, lines: Lines) -> None:
        found, flow = entries(lines.runs), self.shown.job.flow
        if text.strip() or found:
            kind = BlockKind.FURNITURE if element in self.shown.around else kind
            flow.add_block(Block(kind, text, flow.place(), level), found)

    def close(self, element: _Element | None) -> None:
        """End the words gathered so far inside an element as a paragraph."""
        if self.crossed and element is not None:
            self.shown.job.gather(CROSSED_OUT, line_of(element))
        self._add(element, BlockKind.PARAGRAPH, self.text, 0, self)
        self.lines, self.runs, self.crossed = [""], [], []


def _holds(element: _Element) -> bool:
    """Whether something inside has to be read by itself."""
    inner = ("table", "ul", "ol", "p", "h1", "h2", "h3", "h4", "h5", "h6")
    return any(child is not element for child in element.iter(*inner))


def _decoded(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    for encoding in (marked_encoding(data), declared and declared[1].decode("ascii"), "utf-8", "cp1252"):
        try:
            if encoding:
                return data.decode("cp1252" if encoding.lower() in ("iso-8859-1", "latin1", "ascii") else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")
