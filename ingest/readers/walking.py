"""The walk through the text of a word processor, Word's or OpenDocument's: paragraphs, tables, what hangs on them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from assistant.records import Cell, Locator, Rag
from ingest.readers.building import Paragraph, as_text, cell_of, frames, table_of
from ingest.readers.job import Job

Part = tuple[_Element, str, int]
"""A paragraph with its label and depth in a list, or a table."""
Start = tuple[_Element, int, int, int]
"""A cell: its column, and how many rows and columns it covers."""
_DEEPEST = 6


@dataclass(slots=True)
class Walk(ABC):
    """One walk; `floating` gathers what hangs on a paragraph, such as text boxes, until it is taken."""

    job: Job
    place: Locator | str = ""
    """Of the paragraph or the row that is being read."""
    top: Locator = field(default_factory=Locator)
    """Of the paragraph or the table of the body that is being read."""
    floating: list[_Element] = field(default_factory=list)
    later: list[_Element] = field(default_factory=list)
    """What hangs on words that may stand in a table, to be taken after it: notes at the foot."""
    pictures: int = 0

    @abstractmethod
    def parts(self, parent: _Element) -> Iterator[Part]:
        """The paragraphs and tables that stand in a body, a cell or a box, in order."""

    @abstractmethod
    def paragraph(self, element: _Element, label: str = "", depth: int = 0, /) -> Paragraph:
        """The paragraph as shown, with the label that a list gives it."""

    @abstractmethod
    def cells(self, table: _Element) -> list[list[_Element]]:
        """The cells by row, as they are written."""

    @abstractmethod
    def rows(self, table: _Element, number: int | None) -> Iterable[tuple[Locator, list[Start]]]:
        """The rows that are shown; those left out are told. Of a table without a number, which stands in a cell, the
        rows have no place."""

    @abstractmethod
    def fills(self, cell: _Element) -> tuple[Rag | None, Rag | None]:
        """The colour of a cell, and the one behind it."""

    def walk(self, body: _Element) -> None:
        """Add all that stands in the body."""
        for part in self.parts(body):
            self.top = self.job.flow.place() if not self._is_table(part) else Locator(table=self.job.flow.tables)
            self._take(part, 0)

    def lines(self, parts: Iterable[_Element]) -> str:
        """The words of paragraphs outside the body."""
        return "\n".join(filter(None, (self.paragraph(part).shown for part in parts)))

    @staticmethod
    def _is_table(part: Part) -> bool:
        return str(part[0].tag).endswith(("}tbl", "}table"))

    def _take(self, part: Part, depth: int) -> None:
        """Add a paragraph, a table or what a table only frames, and what hangs on it."""
        self.place = self.top
        if not self._is_table(part):
            self.job.flow.add(self.paragraph(*part), self.top)
        elif depth < _DEEPEST and (framed := self._framed(part[0])):
            for inner in framed:
                self._take(inner, depth + 1)
        else:
            number = self.job.flow.table_number()
            self.job.flow.items += table_of(Locator(table=number), self.rows(part[0], number), self.cell)
        while self.floating or self.later:
            for inner in self.parts((self.floating or self.later).pop(0)):
                self._take(inner, depth + 1)

    def row_place(self, number: int | None, row: int) -> Locator:
        """The place of a row that is about to be read; none in a table without a number."""
        if number is None:
            return Locator()
        self.place = Locator(table=number, row=row)
        return self.place

    def _framed(self, table: _Element) -> list[Part]:
        """What stands in the cells of a table that only frames others; nothing for any other table."""
        rows = self.cells(table)
        parts = [part for row in rows for cell in row for part in self.parts(cell)]
        return parts if frames(rows, [self.cells(part[0]) for part in parts if self._is_table(part)]) else []

    def cell(self, start: Start, row: int, place: Locator, depth: int = 0) -> Cell:
        """The cell; tables inside it are lines of it."""
        element, column, *spans = start
        fills, found = self.fills(element), []
        for part in self.parts(element):
            if not self._is_table(part):
                found.append(self.paragraph(*part))
            elif depth == _DEEPEST:
                raise self.job.too_much("tables inside tables, too deep to be a plan")
            else:
                rows = self.rows(part[0], None)
                lines = ([self.cell(inner, 0, Locator(), depth + 1).text for inner in starts] for _, starts in rows)
                found.append(Paragraph(as_text(lines)))
        while self.floating:
            found += [self.paragraph(*part) for part in self.parts(self.floating.pop(0)) if not self._is_table(part)]
        return cell_of(found, row, column, place, (spans[0], spans[1]), *fills)
