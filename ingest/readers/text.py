"""Plain text and Markdown: lines to blocks and tables, each with its lines (from 1, split on the line feed only)."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.records import Block, BlockKind, Document, Locator, Table
from ingest.readers.aligned import aligned_rows
from ingest.readers.decoding import decode
from ingest.readers.markup import begins_table, markup_table
from ingest.readers.pipes import pipe_rows
from ingest.readers.textlines import (
    Kind,
    TextRow,
    bullet,
    heading_level,
    is_tabular,
    kind_of,
    quoted_cells,
    table_of,
)


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a text or Markdown file.

    Raises: DocumentReadError where the bytes are not text.
    """
    lines = decode(data, name).split("\n")
    return Document(name=name, format="text", items=tuple(_Scan(lines).items()), lines=numbered(lines))


def numbered(lines: list[str]) -> tuple[tuple[Locator, str], ...]:
    """Every line with its place."""
    return tuple((Locator(line_start=number, line_end=number), line) for number, line in enumerate(lines, start=1))


@dataclass(slots=True)
class _Scan:
    """One walk over the lines. A block stays open until a line that cannot belong to it."""

    lines: list[str]
    found: list[Block | Table] = field(default_factory=list)

    def items(self) -> list[Block | Table]:
        at = 0
        while at < len(self.lines):
            at = self._take(at)
        return self.found

    def _take(self, at: int) -> int:
        """Read what begins at line `at`; return the line after it."""
        kind = kind_of(self.lines, at)
        if begins_table(self.lines[at]):
            table, end = markup_table(self.lines, at)
            if table is not None:
                self.found.append(table)
                return end
        if kind is Kind.BLANK:
            return at + 1
        if kind is Kind.TABS:
            return self._tabs(at)
        if kind is Kind.PIPES:
            return self._pipes(at)
        if kind is Kind.HEADING:
            return self._add(BlockKind.HEADING, at, at + 1, heading_level(self.lines[at]))
        if kind is Kind.UNDERLINED:
            return self._add(BlockKind.HEADING, at, at + 2, 1 if self.lines[at + 1].lstrip().startswith("=") else 2)
        if kind in {Kind.FURNITURE, Kind.RULE}:
            return self._add(BlockKind.FURNITURE, at, at + 1)
        rows = aligned_rows(self.lines, at) if kind is Kind.PLAIN else []
        if rows:
            self.found.append(table_of(rows))
            return rows[-1][1]
        end = at + 1
        while end < len(self.lines) and kind_of(self.lines, end) is Kind.PLAIN:
            end += 1
        if kind is Kind.ITEM:
            return self._add(BlockKind.LIST_ITEM, at, end, bullet(self.lines[at]))
        return self._add(BlockKind.PARAGRAPH, at, end)

    def _add(self, kind: BlockKind, start: int, end: int, level: int = 0) -> int:
        text = "\n".join(self.lines[start:end])
        self.found.append(Block(kind, text, Locator(line_start=start + 1, line_end=end), level))
        return end

    def _pipes(self, at: int) -> int:
        rows, end = pipe_rows(self.lines, at)
        self.found.append(table_of(rows))
        return end

    def _tabs(self, at: int) -> int:
        rows: list[TextRow] = []
        end = at
        while end < len(self.lines):
            if kind_of(self.lines, end) is Kind.TABS and not self._goes_on(rows, self.lines[end]):
                closes, parts = quoted_cells(self.lines, end)
                rows.append((end + 1, closes + 1, parts))
                end = closes + 1
                continue
            closes, parts = quoted_cells(self.lines, end)
            if closes > end and len(parts) == max(len(cells) for _, _, cells in rows):
                rows.append((end + 1, closes + 1, parts))
                end = closes + 1
                continue
            rest = self._rest_of_row(rows, end)
            if rest is None:
                break
            start, _, cells = rows[-1]
            last, *others = self.lines[rest].split("\t")
            broken = "\n".join([cells[-1], *self.lines[end:rest], last])
            rows[-1] = (start, rest + 1, [*cells[:-1], broken, *others])
            end = rest + 1
        self.found.append(table_of(rows))
        return end

    def _goes_on(self, rows: list[TextRow], line: str) -> bool:
        """True for a row that begins in the middle of a sentence, below the only row that lacks exactly its cells."""
        full = [len(cells) for _, _, cells in rows[:-1]]
        if not full or min(full) < max(full) or not line[:1].islower():
            return False
        return line.count("\t") == full[0] - len(rows[-1][2]) > 0

    def _rest_of_row(self, rows: list[TextRow], at: int) -> int | None:
        """The line where the row above ends, when a line break in a cell broke it: it lacks exactly those cells."""
        width = max(len(cells) for _, _, cells in rows)
        lacking = width - len(rows[-1][2])
        end = at
        while end < len(self.lines) and kind_of(self.lines, end) in {Kind.PLAIN, Kind.ITEM}:
            end += 1
        joins = end < len(self.lines) and is_tabular(self.lines[end]) and self.lines[end].count("\t") == lacking
        return end if joins and lacking and len(rows) > 1 else None
