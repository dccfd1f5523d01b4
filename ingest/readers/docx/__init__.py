"""Word documents: paragraphs, headings, lists and tables as the final version shows them, with their shading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from assistant.records import Block, BlockKind, Document, Locator
from ingest.readers.archive import Archive
from ingest.readers.building import Flow
from ingest.readers.docx.styles import Numbering, Styles, W, value
from ingest.readers.docx.tables import Tables, inside
from ingest.readers.docx.text import Words
from ingest.readers.findings import Findings
from ingest.readers.limits import Budget
from ingest.readers.looks import theme_colours

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
    title = (core.findtext(_CORE) or "").strip() if core is not None else ""
    items, findings = reader.flow.settled(reader.furniture()), reader.findings
    return Document(name, "docx", items, findings.warnings, title or None, findings.restricted)


@dataclass(slots=True)
class _Reader:
    """One walk through the body."""

    archive: Archive
    main: str
    budget: Budget
    findings: Findings = field(default_factory=Findings)
    flow: Flow = field(default_factory=Flow)
    words: Words = field(init=False)
    tables: Tables = field(init=False)
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
        self.tables = Tables(self.words, self.budget)

    def _part(self, kind: str) -> _Element | None:
        return self.archive.xml_or_none(next(iter(self.archive.targets(self.main, kind)), None))

    def walk(self, body: _Element) -> None:
        """Read all that stands in the body."""
        for part in inside(body, "p", "tbl", "altChunk"):
            if part.tag == f"{W}p":
                place = self.flow.place()
                self.words.place = f"paragraph {self.flow.paragraphs}"
                self.flow.add(self.words.paragraph(part), place)
                self._floating(place)
            elif part.tag == f"{W}tbl":
                place = Locator(table=self.flow.tables)
                self.flow.items.extend(self.tables.read(part, self.flow.table_number()))
            else:
                self.findings.hide("embedded files", f"after paragraph {self.flow.paragraphs}")
            self._noted += [(kind, key, place) for kind, key in self.words.notes]
            self.words.notes.clear()

    def _floating(self, place: Locator) -> None:
        """The text boxes that hang on the paragraph just read: their paragraphs, their tables as lines."""
        while self.words.floating:
            for part in inside(self.words.floating.pop(0), "p", "tbl"):
                if part.tag == f"{W}p":
                    self.flow.add(self.words.paragraph(part), place)
                else:
                    self.flow.items.extend(self.tables.read(part, self.flow.tables))

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
            self.findings.hide("comments", f"by {comment.get(f'{W}author', '') or 'an unnamed person'}")
        if any(name.startswith("word/embeddings/") for name in self.archive.names):
            self.findings.hide("embedded files")
        self.archive.tell(self.findings)
        if self.words.pictures:
            many = f"{self.words.pictures} pictures" if self.words.pictures > 1 else "A picture"
            self.findings.note(f"{many} in the document: words in pictures are not read.")
