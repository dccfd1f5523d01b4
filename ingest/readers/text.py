"""Bytes to text; plain text, Markdown and exports with separators to blocks and tables with their lines, from 1."""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from assistant.records import Block, BlockKind, Document, Locator, Table
from ingest.readers.job import Job
from ingest.readers.textlines import Kind, TextRow, bullet, furniture, kind_of, table_of
from ingest.readers.texttables import TAB, aligned_rows, completed, fitted, markup_table, pipe_rows, quoted_row

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TYPICAL_HIGH = re.compile("[‘’“”–—…•£€éèêëáàâäóòôöúùûüíìîïñçÉÁ½¼¾°®©™\u00a0·§×²³±«»¬´]")
_CONTROL_SHARE = 0.002
LONGEST = 50_000
"""So many letters of a line, a paragraph or a cell are read: no plan has longer ones."""


def decode(data: bytes, job: Job) -> str:
    """The text of the bytes: UTF-8, UTF-16 and UTF-32 with or without a mark, else Windows-1252.

    Raises: DocumentReadError where the file is empty, is not text, or is in none of these encodings.
    """
    if not data.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n\x0c"):
        raise job.broken("it is empty", "Save it again with its text")
    marked, wrong = marked_encoding(data), None
    for encoding in (marked,) if marked else (wide_encoding(data) or "utf-8", "utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            wrong = wrong or error
            continue
        high = [letter for letter in text if ord(letter) > 127]
        if encoding != "cp1252" or len(_TYPICAL_HIGH.findall(text)) >= len(high) * 0.5:
            break
    else:
        place, named = wrong.start + 1 if wrong else 1, marked.upper() if marked else "UTF-8 or Windows-1252"
        raise job.broken(f"from byte {place} on it is not in {named}", "Open it in its program and save it as UTF-8")
    if len(_CONTROL.findall(text)) > max(3, len(text) * _CONTROL_SHARE):
        raise job.broken("it is no text, but binary data", "Save the plan as text, CSV or its own format")
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")


def marked_encoding(data: bytes) -> str | None:
    """The encoding that the mark at the beginning tells."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def wide_encoding(data: bytes) -> str | None:
    """The encoding of two bytes a character without a mark: in Western text every second byte is zero."""
    head = data[:4096]
    if len(data) % 2 or head.count(0) < len(head) * 0.3:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def read(data: bytes, job: Job) -> Document:
    """The document in the bytes of a text: Markdown, or a table whose columns a sign parts, with the lines that blocks
    and rows stand on.

    Raises: DocumentReadError where the bytes are not text.
    """
    job.progress(1, 1)
    lines = decode(data, job).split("\n")
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST:
            said = f"Line {number} has {len(line):,} letters: only the first {LONGEST:,} were read."
            job.note(said, _line(number), unread=True)
            lines[number - 1] = line[:LONGEST]
    text = "\n".join(lines)
    separator = separator_of(text)
    items: list[Block | Table]
    if separator is not None and (job.name.lower().endswith(_DELIMITED_NAMES) or looks_delimited(text, separator)):
        kind, items = "csv", [table_of(*fitted(_rows(text, separator), separator))]
    else:
        kind, items = "text", _Scan(lines).found
    job.flow.items += items
    rows = [row for item in items if isinstance(item, Table) for row in item.rows]
    job.take_cells(sum(len(row.cells) for row in rows))
    # a row of a table that is shorter than all above it, as where only a part of the file was copied
    widths = [len(row.cells) for row in items[-1].rows] if items and isinstance(items[-1], Table) else []
    if lines[-1] and len(widths) > 2 and 1 <= widths[-1] < min(widths[:-1]):
        job.note("The file ends in the middle of a row: it seems to be cut off.", _line(len(lines)), unread=True)
    return replace(job.document(kind, None), lines=tuple((_line(at), line) for at, line in enumerate(lines, start=1)))


def _line(number: int) -> Locator:
    return Locator(line_start=number, line_end=number)


@dataclass(slots=True)
class _Scan:
    """One walk over the lines. A block stays open until a line that cannot belong to it."""

    lines: list[str]
    found: list[Block | Table] = field(default_factory=list)
    of_page: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()
    """The line that names the columns of the last table drawn with spaces."""

    strokes: int = 0
    """How many strokes the rows of the last table have that is parted by them, without one at its edge."""

    def __post_init__(self) -> None:
        self.of_page, at = furniture(self.lines), 0
        while at < len(self.lines):
            at = self._take(at)

    def _take(self, at: int) -> int:
        """Read what begins at line `at`; return the line after it."""
        kind = self._kind(at)
        table, end = markup_table(self.lines, at)
        if table is not None:
            self.found.append(table)
            return end
        if kind is Kind.BLANK:
            return at + 1
        if kind is Kind.TABS or quoted_row(self.lines, at):
            return self._tabs(at)
        if kind is Kind.PIPES:
            rows, end = pipe_rows(self.lines, at)
            self.found.append(table_of(*fitted(rows, "|")))
            self.strokes = 0 if self.lines[at].lstrip().startswith("|") else self.lines[at].count("|")
            return end
        if kind is Kind.HEADING:
            return self._add(BlockKind.HEADING, at, at + 1, len(re.findall(r"^\s*(#*)", self.lines[at])[0]))
        if kind is Kind.UNDERLINED:
            level, place = 2 - self.lines[at + 1].lstrip().startswith("="), Locator(line_start=at + 1, line_end=at + 2)
            self.found.append(Block(BlockKind.HEADING, self.lines[at], place, level))
            return at + 2
        if kind in {Kind.FURNITURE, Kind.RULE}:
            return self._add(BlockKind.FURNITURE, at, at + 1)
        rows = aligned_rows(self.lines, at, self.of_page, self.names) if kind is Kind.PLAIN else []
        if rows:
            self.found.append(table_of(rows))
            self.names = self.names if rows[0][2][0] not in self.lines[at] else (self.lines[at],)
            return rows[-1][1]
        end = at + 1
        while end < len(self.lines) and self._kind(end) is Kind.PLAIN:
            if aligned_rows(self.lines, end, self.of_page, self.names):
                break
            end += 1
        if kind is Kind.ITEM:
            return self._add(BlockKind.LIST_ITEM, at, end, bullet(self.lines[at]))
        return self._add(BlockKind.PARAGRAPH, at, end)

    def _kind(self, at: int) -> Kind:
        kind = Kind.FURNITURE if at in self.of_page else kind_of(self.lines, at)
        goes_on = kind is Kind.PLAIN and self.lines[at].count("|") == self.strokes > 1
        return Kind.PIPES if goes_on else kind

    def _add(self, kind: BlockKind, start: int, end: int, level: int = 0) -> int:
        text = "\n".join(self.lines[start:end])
        self.found.append(Block(kind, text, Locator(line_start=start + 1, line_end=end), level))
        return end

    def _tabs(self, at: int) -> int:
        rows: list[TextRow] = []
        end = at
        while end < len(self.lines):
            line, row = self.lines[end], quoted_row(self.lines, end)
            is_row = self._kind(end) is Kind.TABS
            if row is not None:
                rows.append(row)
            elif (line[:1].islower() or not is_row) and (rest := completed(rows, self.lines, end, TAB)) is not None:
                rows[-1] = rest
            elif is_row:
                rows.append((end + 1, end + 1, line.split("\t")))
            else:
                break
            end = rows[-1][1]
        self.found.append(table_of(rows))
        return end


SEPARATORS = ",;\t|"
_SHARE = 0.6
_DELIMITED_NAMES = (".csv", ".tsv", ".tab", ".psv")
_NARROW = 3
_RAGGED = 2
"""Rows of more than three cells may have a cell more or less than the others."""
_NO_ROW = re.compile(r"\ufeff?(?:sep=.[ \r]*$|ListSchema=)", re.IGNORECASE)
"""Lines for the program that opens the file: which sign parts the cells, what SharePoint knows of a list."""
_HINT = re.compile(r"\ufeff?sep=(.)[ \r]*$", re.IGNORECASE | re.MULTILINE)


def separator_of(text: str) -> str | None:
    """The sign that parts the columns, or None where the text is not a delimited file."""
    if hint := _HINT.match(text):
        return hint[1]
    found = {sign: _regularity(text, sign) for sign in SEPARATORS}
    best = max(found, key=found.__getitem__)
    return best if found[best] > 0 else None


def looks_delimited(text: str, separator: str) -> bool:
    """True where the text, whatever its name, is a delimited file from its first line to its last."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or any(re.match(r"\s*(#{1,6}|[-*•])\s", line) for line in lines):
        return False
    if separator in "\t|":
        return False
    widths = Counter(len(cells) for _, _, cells in _rows(text, separator) if any(cell.strip() for cell in cells))
    width, rows = widths.most_common(1)[0]
    return width >= 3 and rows >= 2 and rows >= 0.9 * sum(widths.values())


def _regularity(text: str, separator: str) -> float:
    """How well the sign parts the lines into rows of one width: 0 where it does not."""
    rows = [cells for _, _, cells in _rows(text[:200_000], separator) if any(map(str.strip, cells))]
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * min(item[0], 6), item[0]))
    share = count / len(rows)
    near = sum(times for other, times in widths.items() if width > _NARROW and abs(other - width) < _RAGGED)
    rows_of_one_table = share >= _SHARE or (width > _NARROW and count > 2) or near >= _SHARE * len(rows)
    return share * min(width, 6) if rows_of_one_table else 0.0


def _rows(text: str, separator: str) -> list[TextRow]:
    """The rows; quotation marks count as such only where that gives more rows of full width, so that a stray mark in a
    cell does not swallow the rows below it."""
    ways = (csv.QUOTE_MINIMAL, csv.QUOTE_NONE) if '"' in text else (csv.QUOTE_MINIMAL,)
    return max((_parse(text, separator, way) for way in ways), key=_full)


def _full(rows: list[TextRow]) -> int:
    """How many rows have the greatest width that more than one row has."""
    widths = Counter(len(cells) for _, _, cells in rows)
    return max(((width, count) for width, count in widths.items() if count > 1), default=(0, 0))[1]


def _parse(text: str, separator: str, quoting: int) -> list[TextRow]:
    csv.field_size_limit(2**31 - 1)
    lines = (line.replace("\r", " ") + "\n" for line in text.removesuffix("\n").split("\n"))
    reader = csv.reader(lines, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    rows: list[TextRow] = []
    before = 0
    for cells in reader:
        rows.append((before + 1, reader.line_num, cells if not _NO_ROW.match(separator.join(cells)) else [""]))
        before = reader.line_num
    return rows
