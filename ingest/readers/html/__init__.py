"""Web pages: headings, paragraphs, lists and tables as a browser shows them, without scripts or anything fetched."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from lxml import etree
from lxml.etree import _Element

from assistant.records import Block, BlockKind, Cell, Document, Locator, Row, Table
from ingest.readers.archive import check_depth
from ingest.readers.building import Places, entries, frames, table_of
from ingest.readers.html.text import BLOCKS, Lines, Shown, colour_by_class, depth_of, label_of, line_of, rows_of
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
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows_of(table)]
    inner = [list(rows_of(inside)) for inside in table.iter("table") if inside is not table]
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
_ASIDE = frozenset(("nav", "footer"))
_ROLES = frozenset(("navigation", "contentinfo", "banner", "search", "dialog", "alertdialog"))


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
    page = _Page(root, job)
    body = root.find("body")
    page.walk(body if body is not None else root, page.main is not None)
    page.close()
    if any(_ELSEWHERE.match(image.get("src", "")) for image in root.iter("img")):
        job.note("The page shows pictures that stand elsewhere. They were not fetched.")
    title = " ".join((root.findtext(".//title") or "").split())
    if is_docbook:
        job.note(_OF_ANTIWORD)
    return job.document("doc" if is_docbook else "html", title)


@dataclass(slots=True)
class _Page:
    """One walk over a page. `open` gathers words that stand in no block of their own."""

    root: _Element
    job: Job
    shown: Shown = field(init=False)
    open: Lines = field(init=False)
    main: _Element | None = None
    crossed: str = ""
    """A heading that is crossed out, to head the list of terms that follows it."""
    _struck: int = 0
    _numbers: dict[_Element, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shown = Shown(self.root, self.job)
        self.open = Lines(self.shown)
        named = (part for part in self.root.iter() if part.get("role") == "main")
        self.main = next((main for main in (*self.root.iter("main"), *named)), None)
        self._numbers = {table: number for number, table in enumerate(self.root.iter("table"))}

    def walk(self, element: _Element, around: bool) -> None:
        """Read what is inside an element; `around` while outside the main part of the page."""
        self.open.add(element.text)
        for child in element:
            heads = self.main is not None and child.tag == "header" and next(self.main.iter("h1"), None) is None
            heads = heads and next(child.iter("h1"), None) is not None  # the page's own, outside its main part
            outside = child.tag in _ASIDE or (child.get("role") or "").lower() in _ROLES
            around_child = (around and child is not self.main and not heads) or outside
            self.shown.reports = not around_child
            if not self.shown.skips(child):
                self._child(child, around_child)
            self.open.add(child.tail)

    def _child(self, child: _Element, around: bool) -> None:
        if child.tag not in BLOCKS and not self.shown.is_block(child) and not _holds(child):
            if child.tag == "br":
                self.open.line()
            elif self.shown.strikes(child):
                self.job.gather(CROSSED_OUT, line_of(child))
            else:
                self.open.read(child)
            return
        self.close(around)
        heading = _HEADING.match(child.tag)
        if child.tag == "table" and not is_layout(child):
            caption = child.find("caption")
            if caption is not None and not self.shown.skips(caption):
                self._block(caption, 0, around)
            made = table_of(Locator(table=self._numbers[child]), self._rows(child), self._cell)
            self.job.flow.items += (grid for grid in made if any(cell.text for row in grid.rows for cell in row.cells))
        elif child.tag == "dl" and not around and len(child.findall(".//dt")) > 1:
            self._terms(child)
        elif heading or (child.tag in _LEAVES and not _holds(child)):
            self._block(child, int(heading[1]) if heading else 0, around)
        else:
            if child.tag == "li":
                self.open.add(f"{label_of(child)} ")
            struck = self.shown.strikes(child)
            self._struck += struck
            self.walk(child, around)
            self._struck -= struck
            self.close(around)

    def _rows(self, table: _Element) -> Iterator[tuple[Locator, list[tuple[_Element, int]]]]:
        """The rows of a table that are shown, each cell with its column."""
        places, number = Places(), self._numbers[table]
        for index, row in enumerate(rows_of(table)):
            if self.shown.skips(row):
                continue
            places.next_row()
            starts, column = [], 0
            for element in row:
                if element.tag in ("td", "th") and not self.shown.skips(element):
                    self.job.take_cells()
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
            self.job.gather(CROSSED_OUT, place)
        ground, row_ground = (self.shown.ground(each) if each is not None else None for each in (element, parent))
        own = named(ground) or colour_by_class(element) or lines.colour or named(self.shown.ink(element))
        return Cell(
            lines.text or " ".join(lines.crossed),
            row,
            column,
            place,
            *_spans(element),
            own or named(row_ground),
            _date_of(element, lines.text),
            head=element.tag == "th",
            struck=struck,
        )

    def _terms(self, terms: _Element) -> None:
        """A list of terms, each with what stands for it, as a table of two columns."""
        rows: list[Row] = []
        if self.crossed:
            place = self.job.flow.place()
            rows.append(Row((Cell(self.crossed, 0, 0, place, column_span=2, struck=True),), place))
            self.crossed = ""
        for element in terms.iter("dt", "dd"):
            if self.shown.skips(element):
                continue
            lines, number = Lines(self.shown).read(element), len(rows)
            if element.tag == "dd" and rows and len(rows[-1].cells) == 1 and not rows[-1].cells[0].struck:
                place = rows[-1].locator
                rows[-1] = Row((*rows[-1].cells, Cell(lines.text, number - 1, 1, place, colour=lines.colour)), place)
                continue
            place = self.job.flow.place()
            rows.append(Row((Cell(lines.text, number, int(element.tag == "dd"), place, colour=lines.colour),), place))
        if rows:
            self.job.take_cells(2 * len(rows))
            self.job.flow.items.append(Table(tuple(rows), 2, rows[0].locator))

    def _block(self, element: _Element, heading: int, around: bool) -> None:
        lines = Lines(self.shown).read(element)
        text = lines.text
        struck = self._struck or self.shown.strikes(element)
        gone = (text if struck else "") if text else "".join(lines.crossed)
        self.crossed = " ".join(gone.split()) if heading else ""
        if self.crossed:
            self.job.gather(CROSSED_OUT, line_of(element))
            return
        kind, level = (BlockKind.HEADING, heading) if heading else (BlockKind.PARAGRAPH, 0)
        if element.tag == "li":
            kind, level, text = BlockKind.LIST_ITEM, depth_of(element), f"{label_of(element)} {text}" if text else ""
        self._add(BlockKind.FURNITURE if around else kind, text, level, lines)

    def _add(self, kind: BlockKind, text: str, level: int, lines: Lines) -> None:
        found = entries(lines.runs)
        if text.strip() or found:
            self.job.flow.add_block(Block(kind, text, self.job.flow.place(), level), found)

    def close(self, around: bool = False) -> None:
        """End the words gathered so far as a paragraph."""
        self._add(BlockKind.FURNITURE if around else BlockKind.PARAGRAPH, self.open.text, 0, self.open)
        self.open = Lines(self.shown)


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
