"""Word documents: paragraphs, headings, lists and tables as the final version shows them, with their shading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from assistant.records import Block, BlockKind, Cell, Document, Locator, Table
from ingest.readers.archive import Archive
from ingest.readers.building import Flow, Paragraph, as_text, build, cell_of, frames
from ingest.readers.docx.styles import Numbering, Styles, W, switch, value
from ingest.readers.docx.text import WHITE, Words, said
from ingest.readers.findings import Findings
from ingest.readers.limits import Budget
from ingest.readers.looks import named, theme_colours

_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_DEEPEST = 6


def inside(parent: _Element, *names: str) -> Iterator[_Element]:
    """The children of those names, also where content controls and insertions stand around them."""
    wanted = {f"{W}{name}" for name in names}
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS and not ("p" in names and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None):
            yield from inside(child, *names)


def _framed(table: _Element) -> list[_Element]:
    """What stands in the cells of a table that only frames others; nothing for any other table."""
    rows = list(inside(table, "tr"))
    cells = [list(inside(row, "tc")) for row in rows]
    parts = [part for row in cells for cell in row for part in inside(cell, "p", "tbl")]
    inner = [[list(inside(row, "tc")) for row in inside(part, "tr")] for part in parts if part.tag == f"{W}tbl"]
    gone = any(row.find(f"{W}trPr/{W}{name}") is not None for row in rows for name in ("del", "hidden"))
    return parts if not gone and frames(cells, inner) else []


def _merge(properties: _Element | None, name: str) -> str | None:
    if properties is None or properties.find(f"{W}{name}") is None:
        return None
    return value(properties, name) or "continue"


def _count(properties: _Element | None, name: str) -> int:
    text = value(properties, name) or ""
    return min(int(text), 1000) if text.isdigit() else 0


_REAL_NOTE = re.compile(r"separator|continuationNotice", re.IGNORECASE)
_CORE = "{http://purl.org/dc/elements/1.1/}title"


def read(data: bytes, name: str, budget: Budget | None = None) -> Document:
    """The document in a Word file. Tables and paragraphs are numbered from 0, in the order of the text.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    budget = budget or Budget(name)
    archive = Archive(data, budget)
    main = next(iter(archive.targets("", "officeDocument")), "word/document.xml")
    body = archive.xml(main).find(f"{W}body") if main in archive.names else None
    if body is None:
        raise budget.broken("it has no text part, so it is not a whole Word document")
    budget.begin(1, 1)
    reader = _Reader(archive, main, budget)
    reader.walk(body)
    reader.notes()
    reader.report()
    core = archive.xml_or_none("docProps/core.xml")
    title = core.findtext(_CORE) if core is not None else None
    return reader.findings.document(name, "docx", reader.flow.settled(reader.furniture()), title)


@dataclass(slots=True)
class _Reader:
    """One walk through the body."""

    archive: Archive
    main: str
    budget: Budget
    findings: Findings = field(default_factory=Findings)
    flow: Flow = field(default_factory=Flow)
    words: Words = field(init=False)
    _styled: bool = False
    """Whether the table's own style may colour what lies behind its words."""
    _noted: list[tuple[str, str, Locator]] = field(default_factory=list)

    def __post_init__(self) -> None:
        theme = theme_colours(self._part("theme"))
        styles = Styles(self._part("styles"), theme)
        numbers = {}
        for style in styles.root.iter(f"{W}style") if styles.root is not None else ():
            number = style.find(f"{W}pPr/{W}numPr")
            if style.get(f"{W}type") == "numbering" and number is not None:
                numbers[style.get(f"{W}styleId", "")] = value(number, "numId") or ""
        self.words = Words(styles, Numbering(self._part("numbering"), numbers), self.findings)

    def _part(self, kind: str) -> _Element | None:
        return self.archive.xml_or_none(next(iter(self.archive.targets(self.main, kind)), None))

    def walk(self, body: _Element) -> None:
        """Read all that stands in the body."""
        for part in inside(body, "p", "tbl", "altChunk"):
            place = self.flow.place() if part.tag == f"{W}p" else Locator(table=self.flow.tables)
            self._take(part, place, 0)
            self._noted += [(kind, key, place) for kind, key in self.words.notes]
            self.words.notes.clear()

    def _take(self, part: _Element, place: Locator, depth: int) -> None:
        """Add a paragraph, a table or what a table only frames, and the text boxes that hang on it."""
        self.words.place = place
        if part.tag == f"{W}p":
            self.flow.add(self.words.paragraph(part), place)
        elif part.tag == f"{W}altChunk":
            self.findings.hide("embedded files", f"after paragraph {self.flow.paragraphs}")
        elif depth < _DEEPEST and (framed := _framed(part)):
            for inner in framed:
                self._take(inner, place, depth + 1)
        else:
            self.flow.items.extend(self._table(part, self.flow.table_number()))
        while self.words.floating:
            for inner in inside(self.words.floating.pop(0), "p", "tbl"):
                self._take(inner, place, depth + 1)

    def _table(self, element: _Element, number: int) -> list[Table]:
        """The table at that number; none where all is hidden."""
        self._styled = (value(element.find(f"{W}tblPr"), "tblStyle") or "TableGrid") != "TableGrid"
        cells: list[Cell] = []
        places: list[Locator] = []
        open_above: dict[int, int] = {}
        for index, row in enumerate(inside(element, "tr")):
            place = Locator(table=number, row=index)
            if self._is_gone(row, place):
                continue
            self._row(row, len(places), place, cells, open_above, 0)
            places.append(place)
        return [build(cells, places, Locator(table=number))] if cells else []

    def _is_gone(self, row: _Element, place: Locator) -> bool:
        properties = row.find(f"{W}trPr")
        deleted = properties is not None and properties.find(f"{W}del") is not None
        if deleted or switch(properties, "hidden"):
            what = "deleted text of tracked changes" if deleted else "hidden rows"
            self.findings.hide(what, place, [said(cell) for cell in row.iter(f"{W}tc")])
            return True
        return False

    def _row(
        self, row: _Element, index: int, place: Locator, cells: list[Cell], open_above: dict[int, int], depth: int
    ) -> None:
        """Add a row's cells; `open_above` holds, by column, which cell a continued one belongs to."""
        column = _count(row.find(f"{W}trPr"), "gridBefore")
        left = -1
        for element in inside(row, "tc"):
            self.budget.take_cells()
            properties = element.find(f"{W}tcPr")
            span = max(1, _count(properties, "gridSpan") or 1)
            merge, across = _merge(properties, "vMerge"), _merge(properties, "hMerge")
            above = open_above.get(column)
            if across == "continue" and left >= 0:
                cells[left] = replace(cells[left], column_span=cells[left].column_span + span)
            elif merge == "continue" and above is not None:
                cells[above] = replace(cells[above], row_span=index - cells[above].row + 1)
            else:
                left = len(cells)
                cells.append(self._cell(element, index, column, span, place, depth))
            for covered in range(column, column + span):
                open_above.pop(covered, None)
            if merge == "restart" or (merge == "continue" and above is None):
                open_above[column] = left
            elif merge == "continue" and above is not None:
                open_above[column] = above
            column += span

    def _cell(self, element: _Element, row: int, column: int, span: int, place: Locator, depth: int) -> Cell:
        self.words.place = place
        ground = self.words.styles.fill_of(element.find(f"{W}tcPr"))
        self.words.on_white = ground in (None, WHITE) and not self._styled
        found = [
            self._nested(part, depth + 1) if part.tag == f"{W}tbl" else self.words.paragraph(part)
            for part in inside(element, "p", "tbl")
        ]
        self.words.on_white = True
        while self.words.floating:
            found += [self.words.paragraph(part) for part in inside(self.words.floating.pop(0), "p")]
        if element.find(f"{W}tcPr/{W}cellDel") is not None:
            self.findings.hide("deleted text of tracked changes", place, [said(element)])
            found = []
        return cell_of(found, row, column, place, (1, span), named(ground))

    def _nested(self, element: _Element, depth: int) -> Paragraph:
        """A table inside a cell, as lines of the cell."""
        if depth > _DEEPEST:
            raise self.budget.too_much("tables inside tables, too deep to be a plan")
        place = Locator()
        rows = []
        for row in inside(element, "tr"):
            line: list[Cell] = []
            self._row(row, 0, place, line, {}, depth)
            rows.append([cell.text for cell in line])
        return Paragraph(as_text(rows))

    def notes(self) -> None:
        """Add the notes at the foot, each at the place that refers to it."""
        texts: dict[tuple[str, str], str] = {}
        for kind in ("footnote", "endnote"):
            root = self._part(f"{kind}s")
            for note in root.iter(f"{W}{kind}") if root is not None else ():
                if not _REAL_NOTE.search(note.get(f"{W}type", "")):
                    lines = (self.words.paragraph(part).shown for part in inside(note, "p"))
                    texts[kind, note.get(f"{W}id", "")] = "\n".join(line for line in lines if line)
        for kind, key, place in self._noted:
            if texts.get((kind, key)):
                self.flow.items.append(Block(BlockKind.PARAGRAPH, texts[kind, key], place))

    def furniture(self) -> list[str]:
        """The texts of the page headers and footers."""
        texts = []
        for kind in ("header", "footer"):
            for name in self.archive.targets(self.main, kind):
                lines = [self.words.paragraph(part).shown for part in self.archive.xml(name).iter(f"{W}p")]
                texts.append("\n".join(line for line in lines if line))
        return texts

    def report(self) -> None:
        """Tell what else the file holds that was not read."""
        comments = self._part("comments")
        for comment in comments.iter(f"{W}comment") if comments is not None else ():
            self.findings.hide(
                "comments", f"by {comment.get(f'{W}author', '') or 'an unnamed person'}", [said(comment)]
            )
        if any(name.startswith("word/embeddings/") for name in self.archive.names):
            self.findings.hide("embedded files")
        self.archive.tell(self.findings)
        if self.words.pictures:
            many = f"{self.words.pictures} pictures" if self.words.pictures > 1 else "A picture"
            self.findings.note(f"{many} in the document: words in pictures are not read.")
