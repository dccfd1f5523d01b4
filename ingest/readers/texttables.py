"""Tables in a text: parted by strokes or tabs, drawn with spaces, or written as HTML; rows go on over lines."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from itertools import pairwise

from assistant.records import Cell, Locator, Table
from ingest.readers.building import Places, build
from ingest.readers.textlines import Kind, TextRow, kind_of, pipe_cells
from ingest.runs import runs

_MOST_LINES = 60


def quoted_row(lines: Sequence[str], at: int) -> TextRow | None:
    """The row that begins at line `at` (from 0) and goes on below it in a quoted cell; None where none does."""
    if not any(cell.startswith('"') for cell in lines[at].split("\t")):
        return None
    below = (line.rstrip("\r") + "\n" for line in lines[at : at + _MOST_LINES])
    reader = csv.reader(below, delimiter="\t", strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return None
    return (at + 1, at + reader.line_num, cells) if reader.line_num > 1 and len(cells) > 1 else None


def pipe_rows(lines: Sequence[str], at: int) -> tuple[list[TextRow], int]:
    """The rows of the table that begins at line `at` (from 0), and the line after it."""
    end = at
    found: list[TextRow] = []
    framed = at > 0 and is_frame(lines[at - 1])
    open_row = False
    outer = lines[at].lstrip().startswith("|") or framed
    while end < len(lines):
        line = lines[end]
        rest = None if line.lstrip().startswith("|") else completed(found, lines, end, _STROKE)
        if is_frame(line):
            framed, open_row = True, False
        elif rest is not None:
            found[-1] = rest
            end = rest[1] - 1
        elif end == at or kind_of(lines, end) is Kind.PIPES or (not outer and _STROKE.search(line)):
            cells = pipe_cells(line, outer)
            if framed and open_row and found and len(cells) == len(found[-1][2]):
                pairs = ((above.rstrip(), cell.strip()) for above, cell in zip(found[-1][2], cells, strict=True))
                whole = ["\n".join(filter(None, pair)) for pair in pairs]
                found[-1] = (found[-1][0], end + 1, whole)
            else:
                found.append((end + 1, end + 1, cells))
            open_row = framed
        else:
            break
        end += 1
    return found, end


_STROKE = re.compile(r"(?<!\\)\|")
TAB = re.compile(r"\t")
_IN_CELL = {Kind.PLAIN, Kind.ITEM, Kind.PIPES, Kind.TABS}
_REFERENCE = re.compile(r"(?=.*\d)\S{1,8}|\(?[A-Za-z][.)]?")
_MOST_REST = 8
"""So many lines of one cell may stand below each other without a sign."""


def is_frame(line: str) -> bool:
    """The edges of a grid drawn with signs."""
    return line.strip().startswith("+") and len(line.strip()) > 2 and set(line.strip()) <= set("+-=:")


def completed(rows: Sequence[TextRow], lines: Sequence[str], at: int, sign: re.Pattern[str]) -> TextRow | None:
    """The row above, completed by the lines from `at` (from 0) on, when a line break in a cell broke it: it lacks just
    the cells that the sign parts in them. None where it lacks others, or these begin with a reference, as a row does.
    """
    if len(rows) < 2 or kind_of(lines, at) not in _IN_CELL:
        return None
    end = at
    while not sign.search(lines[end]) and end < at + _MOST_REST and kind_of(lines, end) in _IN_CELL:
        end += 1
        if end == len(lines):
            return None
    first, *others = sign.split("\n".join(lines[at : end + 1]).rstrip(" ").removesuffix("|"))
    start, _, cells = rows[-1]
    whole = [*cells[:-1], f"{cells[-1].rstrip()}\n{first.strip()}", *others]
    numbered = sum(bool(_REFERENCE.fullmatch(row[2][0].strip())) for row in rows[1:]) > _SHARE * (len(rows) - 1)
    fits = len(cells) < len(whole) == max(len(row[2]) for row in rows)
    return (start, end + 1, whole) if fits and not (numbered and _REFERENCE.fullmatch(first.strip())) else None


_OPEN = re.compile(r"<table\b[^>]*>", re.IGNORECASE)
_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^>]*>(?P<inside>.*?)(?=<tr\b|</tr\s*>|</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(
    r"<t[dh]\b(?P<with>[^>]*)>(?P<inside>.*?)(?=<t[dh]\b|</t[dh]\s*>|</tr\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_SPAN = re.compile(r"(?P<name>rowspan|colspan)\s*=\s*['\"]?(?P<number>\d{1,3})", re.IGNORECASE)
_LONGEST = 5_000


def markup_table(lines: Sequence[str], at: int) -> tuple[Table | None, int]:
    """The HTML table that opens in line `at` (from 0), and the line after it; None where none is whole."""
    within = range(at, min(len(lines), at + _LONGEST + 1)) if _OPEN.search(lines[at]) else range(0)
    end = next((number for number in within if _CLOSE.search(lines[number])), None)
    if end is None:
        return None, at + 1
    text = "\n".join(lines[at : end + 1])
    cells, rows, places = list[Cell](), list[Locator](), Places()
    for match in _ROW.finditer(text):
        start = at + 1 + text.count("\n", 0, match.start())
        last = at + 1 + text.count("\n", 0, match.end() - 1 if match["inside"].strip() else match.start())
        places.next_row()
        place, column = Locator(line_start=start, line_end=max(start, last)), 0
        for cell in _CELL.finditer(match["inside"]):
            spans = {span["name"].lower(): max(1, int(span["number"])) for span in _SPAN.finditer(cell["with"])}
            down, across = spans.get("rowspan", 1), spans.get("colspan", 1)
            column = places.place(column, down, across)
            cells.append(Cell(cell["inside"].strip(), len(rows), column, place, down, across))
            column += across
        rows += [place] if column else []
    return (build(cells, rows, Locator(line_start=at + 1, line_end=end + 1)), end + 1) if rows else (None, at + 1)


_GAP = re.compile(r" {2,}")
_CODE = re.compile(r"\S{1,8}")
_LEAST_COLUMNS = 3
_LEAST_LINES = 3
_SHARE = 0.7
_SHARE_KEYED = 0.5
"""Where so many lines fill the first column, a line with one cell further right goes on in the row above."""
_BLANK_LINES = 3
"""More blank lines than these end a table."""


def aligned_rows(
    lines: Sequence[str], at: int, of_page: Set[int] = frozenset(), names: Sequence[str] = ()
) -> list[TextRow]:
    """The rows of a table drawn with spaces that begins at line `at` (from 0); empty where there is none.

    The first line names the columns: at least three pieces of text with two spaces or more between them. Later lines
    begin their pieces where these begin, within a letter; blank lines and lines of the page may stand between.

    Args: of_page, the lines of the page; names, the line that named the columns of the table above, which may go on.
    """
    if len(_starts(lines[at])) < _LEAST_COLUMNS:
        return []
    for head in (lines[at], *names):
        starts = _starts(head)
        taken = _taken(lines, at, starts, of_page)
        if len(taken) >= (_LEAST_LINES if head == lines[at] else 1):
            cuts = {number: _cut(lines[number], starts) for number in taken}
            return _rows(taken, cuts, lines[at] if head == lines[at] else "", lines)
    return []


def _taken(lines: Sequence[str], at: int, starts: Sequence[int], of_page: Set[int]) -> list[int]:
    """The lines of the table that has columns at `starts`."""
    taken: list[int] = []
    blank = 0
    for number in range(at, len(lines)):
        line = lines[number]
        if number in of_page:
            continue
        blank = 0 if line.strip() else blank + 1
        if blank > _BLANK_LINES or "\t" in line:
            break
        if not line.strip():
            continue
        if not _fits(line, starts, alone=bool(taken)):
            break
        taken.append(number)
    full = sum(len(_starts(lines[number])) > 1 for number in taken)
    while taken and taken[-1] and not lines[taken[-1] - 1].strip():
        begins = _starts(lines[taken[-1]])
        if len(begins) > 1 or begins[0] > starts[0] + 1:
            break
        taken.pop()  # words that stand alone after a blank line: a title, not the rest of a cell
    return taken if full >= (1 - _SHARE) * len(taken) else []


def _starts(line: str) -> list[int]:
    """Where the pieces of a line begin."""
    line = line.replace("\f", " ").rstrip()
    found = [len(line) - len(line.lstrip())]
    return found + [gap.end() for gap in _GAP.finditer(line) if gap.start() > found[0]]


def _fits(line: str, starts: Sequence[int], alone: bool) -> bool:
    """True where every piece of the line begins where a column begins, and no words run over the beginning of one."""
    begins = _starts(line)
    if len(begins) == 1 and not alone:
        return False
    near = all(min(abs(begin - start) for start in starts) <= 1 for begin in begins)
    over = (line[max(0, start - 2) : start + 2] for start in starts[1:] if len(line) > start + 1)
    return near and not any(around[:-2].strip() and "  " not in around for around in over)


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a line; a piece belongs to the column that it begins nearest to."""
    line = line.replace("\f", " ")
    cells = [""] * len(starts)
    for begin, end in pairwise([*_starts(line), len(line)]):
        column = min(range(len(starts)), key=lambda place: abs(starts[place] - begin))
        cells[column] = f"{cells[column]} {line[begin:end].strip()}".strip()
    return cells


def _rows(taken: Sequence[int], cuts: dict[int, list[str]], head: str, lines: Sequence[str]) -> list[TextRow]:
    """The lines as rows: the names of the columns, the first time that they stand, and each row with all its lines."""
    body = [number for number in taken if lines[number].split() != head.split()]
    begins = _begins(body, cuts, lines)
    groups = [*([taken[:1]] if head else []), *runs(body, lambda _, number: begins(number))]
    columns = (zip(*(cuts[number] for number in group), strict=True) for group in groups)
    cells = (["\n".join(filter(None, column)) for column in each] for each in columns)
    return [(group[0] + 1, group[-1] + 1, row) for group, row in zip(groups, cells, strict=True)]


def _begins(taken: Sequence[int], cuts: dict[int, list[str]], lines: Sequence[str]) -> Callable[[int], bool]:
    """What tells that a line begins a row: a short code in the first column, else a blank line above where rows are
    set apart, else its first column or more than one cell."""
    first = [cuts[number][0] for number in taken if cuts[number][0]]
    if first and len(first) < len(taken) and all(_CODE.fullmatch(cell) for cell in first):
        return lambda number: bool(cuts[number][0])
    after = [number for at, number in enumerate(taken) if at == 0 or not lines[number - 1].strip()]
    below = [number for number in taken if number not in after]
    part = all(not all(cuts[number]) for number in below)
    if len(after) > 1 and below and part and all(sum(map(bool, cuts[number])) > 1 for number in after):
        return lambda number: number in after
    if sum(bool(cuts[number][0]) for number in taken) >= _SHARE_KEYED * len(taken):
        return lambda number: bool(cuts[number][0]) or sum(map(bool, cuts[number])) > 1
    return cuts.__contains__


_NUMBER = re.compile(r"[A-Za-z]{0,3}[\d.]+[a-z]?")
_LONGEST_FIGURE = 20


def fitted(rows: Sequence[TextRow], sign: str) -> tuple[list[TextRow], frozenset[int]]:
    """The rows, and the numbers of those whose cells were set anew: a cell too many is joined to the one before it by
    the sign that parted them, a cell too few is left empty. A row stays as it is unless another way fits better.
    """
    full = (at for at, row in enumerate(rows) if len(row[2]) >= _LEAST_COLUMNS and all(map(str.strip, row[2])))
    head = next(full, None)
    if head is None:
        return list(rows), frozenset()
    width = len(rows[head][2])
    below = [row for row in rows[head + 1 :] if len([cell for cell in row[2] if cell.strip()]) > 1]
    usual = [cells for _, _, cells in below if len(cells) == width]
    other = Counter(len(cells) for _, _, cells in below if len(cells) != width)
    if not usual or (other and max(other.values()) > len(below) / 2):
        return list(rows), frozenset()
    columns = [[cells[at].strip() for cells in usual] for at in range(width)]
    longest = max(range(width), key=lambda at: sum(len(cell) for cell in columns[at] if _shape(cell) == "words"))
    found, anew = list(rows), set()
    for at, (start, end, cells) in enumerate(rows):
        if at > head and len(cells) != width and len([cell for cell in cells if cell.strip()]) > 1:
            ways = [cells, *_ways(cells, width, sign, longest)]
            best = max(ways, key=lambda way: _fit(way, columns))
            found[at] = (start, end, best)
            if best is not cells:
                anew.add(at)
    return found, frozenset(anew)


def _ways(cells: list[str], width: int, sign: str, longest: int) -> list[list[str]]:
    """The cells in as many columns as there are, in each way; first the one that is made in the longest column."""
    order = sorted(range(width), key=lambda at: at != longest)
    over = len(cells) - width
    if over > 0:
        return [[*cells[:at], sign.join(cells[at : at + over + 1]), *cells[at + over + 1 :]] for at in order]
    return [[*cells[:at], *[""] * -over, *cells[at:]] for at in order if at < len(cells)]


def _fit(cells: Sequence[str], columns: Sequence[Sequence[str]]) -> int:
    """How many cells are of a kind with those of their column; what stands there word for word counts twice."""
    pairs = [(cell.strip(), column) for cell, column in zip(cells, columns, strict=False) if cell.strip()]
    return sum((_shape(cell) in set(map(_shape, column))) + (cell in column) for cell, column in pairs)


def _shape(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return "number"
    return "figure" if any(map(str.isdigit, text)) and len(text) <= _LONGEST_FIGURE else "words" if text else ""
