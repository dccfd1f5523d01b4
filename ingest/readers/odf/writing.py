"""OpenDocument texts: paragraphs, headings, lists and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.records import Block, BlockKind, Locator, Table
from ingest.readers.building import Heads, Legends
from ingest.readers.limits import Budget
from ingest.readers.odf.names import STYLE, TABLE, TEXT
from ingest.readers.odf.tables import Tables
from ingest.readers.odf.text import Words, inside

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class Writing:
    """One walk through a text. Tables and paragraphs are numbered from 0 in the order of the text."""

    words: Words
    budget: Budget
    items: list[Block | Table] = field(default_factory=list)
    heads: Heads = field(default_factory=Heads)
    legends: Legends = field(default_factory=Legends)
    table_no: int = 0
    paragraph_no: int = 0

    def read(self, body: _Element, furniture: _Element | None) -> tuple[Block | Table, ...]:
        """The blocks and tables of the body, after the texts of page headers and footers in `furniture`."""
        tables = Tables(self.words, self.budget)
        around = _furniture(furniture, self.words)
        self._deleted(body)
        for part, label, depth in inside(self.words, body):
            if part.tag == f"{TABLE}table":
                place = Locator(table=self.table_no)
                self.items += tables.read(part, self.table_no)
                self.table_no += 1
            else:
                place = Locator(paragraph=self.paragraph_no)
                self.words.place = f"paragraph {self.paragraph_no + 1}"
                self.paragraph_no += 1
                self._add(part, label, depth, place)
            self._hanging(place)
        return (*around, *self.legends.settle(self.heads.settle(self.items)))

    def _add(self, element: _Element, label: str, depth: int, place: Locator) -> None:
        paragraph = self.words.paragraph(element, label, depth)
        if not paragraph.text:
            return
        self.heads.body(paragraph.size, len(paragraph.text))
        kind, level = BlockKind.PARAGRAPH, 0
        if paragraph.outline:
            kind, level = BlockKind.HEADING, paragraph.outline
        elif label and not paragraph.bold:
            kind, level = BlockKind.LIST_ITEM, depth
        self.items.append(Block(kind, paragraph.shown, place, level))
        self.legends.note(len(self.items) - 1, paragraph.legend)
        if kind is BlockKind.PARAGRAPH:
            self.heads.maybe(len(self.items) - 1, paragraph.text, paragraph.bold, paragraph.size)

    def _hanging(self, place: Locator) -> None:
        """Add the text boxes and notes that hang on what was just read."""
        while self.words.boxes or self.words.notes:
            parent = (self.words.boxes or self.words.notes).pop(0)
            for part in parent.iter(f"{TEXT}p"):
                self._add(part, "", 0, place)

    def _deleted(self, body: _Element) -> None:
        for change in body.iter(f"{TEXT}deletion"):
            if "".join(change.itertext(f"{TEXT}p", f"{TEXT}h", f"{TEXT}span")).strip():
                self.words.findings.hide("deleted text of tracked changes")


def _furniture(styles: _Element | None, words: Words) -> list[Block]:
    texts = []
    for page in styles.iter(f"{STYLE}master-page") if styles is not None else ():
        for part in page.iterchildren(f"{STYLE}header", f"{STYLE}footer"):
            lines = [words.paragraph(paragraph).shown for paragraph in part.iter(f"{TEXT}p")]
            texts.append("\n".join(line for line in lines if line))
    words.boxes.clear()
    return [Block(BlockKind.FURNITURE, text, Locator(paragraph=0)) for text in dict.fromkeys(texts) if text]
