"""What one line of a text is: a heading, an item, a row of a table, plain words, furniture of a printed page."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from enum import Enum, auto
from itertools import pairwise, product

from assistant.records import Cell, Locator, Table
from ingest.readers.building import build


class Kind(Enum):
    BLANK = auto()
    TABS = auto()
    PIPES = auto()
    HEADING = auto()
    UNDERLINED = auto()
    ITEM = auto()
    RULE = auto()
    FURNITURE = auto()
    PLAIN = auto()


TextRow = tuple[int, int, list[str]]
"""First line, last line (from 1), and the cells of a row."""

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+\S")
_UNDERLINE = re.compile(r"\s{0,3}(={3,}|-{3,})\s*$")
_RULE = re.compile(r"\s*([-=_*~]\s?){3,}$|\s*\+([-=]+\+)+\s*$|\f\s*$")
_PAGE = re.compile(r"\s*[-–—]?\s*(page|pg\.?)\s+\d{1,4}(\s*(of|/)\s*\d{1,4})?\s*[-–—]?\s*$", re.IGNORECASE)
SIGNS = "✔✓✅☑✗✘✕✖×❌▲△▼⚠●○◐◑◕■□◆◇★☆†►▶⏸⏳🟢🟠🔴🟡🔵⚪⚫🟣"
"""Signs that officers set before or after an item to say how far it is."""
_GUESSED = 0.7
_SIGN = rf"(?:[{SIGNS}]\ufe0f?|[xX])\s+(?=\(?(?:\d|[a-zA-Z][.)]|[ivx]{{1,5}}\)))"
_ITEM = re.compile(
    rf"(?P<indent>(?:>\s?)*\s*)(?:{_SIGN})?(?:[-*+•●▪‣◦·–—o]|\d{{1,3}}[.)](?!\d)|\(?[a-zA-Z]\)|\(?[ivx]{{1,5}}\)|[a-z]\.)\s+(?=\S)"
)
_LETTERED = re.compile(r"\s*o\s")


def kind_of(lines: Sequence[str], at: int) -> Kind:
    """What line `at` (from 0) is, with the lines beside it."""
    line = lines[at]
    if not line.strip():
        return Kind.BLANK
    if line.lstrip().startswith("|") and line.count("|") > 1 and _is_piped(lines, at):
        return Kind.PIPES
    beside = (lines[near] for near in (at - 1, at + 1) if 0 <= near < len(lines))
    if is_tabular(line) or ("\t" in line and (line.count("\t") > 1 or any(map(is_tabular, beside)))):
        return Kind.TABS
    if _is_piped(lines, at):
        return Kind.PIPES
    if _HEADING.match(line):
        return Kind.HEADING
    if _PAGE.match(line):
        return Kind.FURNITURE
    if _RULE.match(line):
        return Kind.RULE
    if is_item(line):
        return Kind.ITEM
    after = lines[at + 1] if at + 1 < len(lines) else ""
    before = lines[at - 1] if at else ""
    return Kind.UNDERLINED if _UNDERLINE.match(after) and not before.strip() else Kind.PLAIN


def is_tabular(line: str) -> bool:
    """True where a tab parts two pieces of text, so that the line is a row and not indented prose."""
    return "\t" in line.strip()


def is_item(line: str) -> bool:
    """True where the line begins with a bullet, a number or a letter of a list."""
    return bool(_ITEM.match(line)) and not (_LETTERED.match(line) and not line.startswith((" ", "\t", "o ")))


def bullet(line: str) -> int:
    """The depth of a list item, from 1, by its indent."""
    match = _ITEM.match(line)
    indent = match["indent"].replace("\t", "    ") if match else ""
    return 1 + (len(indent) + 1) // 2


def pipe_cells(line: str, outer: bool = True) -> list[str]:
    """The cells of a line whose columns are parted by upright strokes; an escaped stroke is part of the text.

    Args: outer, whether the rows of the table begin with a stroke, so that what stands before it is no cell.
    """
    parts = re.split(r"(?<!\\)\|", line.strip())
    start = 1 if outer and parts and not parts[0].strip() else 0
    end = len(parts) - 1 if len(parts) > start + 1 and not parts[-1].strip() else len(parts)
    return [part.strip("\t") for part in parts[start:end]]


def table_of(rows: Sequence[TextRow], anew: Set[int] = frozenset()) -> Table:
    """The table whose rows stand on these lines.

    Args: anew, the rows whose cells were set where their neighbours say, so that they are less than sure.
    """
    places = [Locator(line_start=start, line_end=end) for start, end, _ in rows]
    cells = (
        Cell(text.strip(" "), number, column, places[number])
        for number, (_, _, texts) in enumerate(rows)
        for column, text in enumerate(texts)
    )
    whole = Locator(line_start=rows[0][0], line_end=rows[-1][1])
    return build(cells, places, whole, dict.fromkeys(anew, _GUESSED))


def _is_piped(lines: Sequence[str], at: int) -> bool:
    line = lines[at].strip()
    strokes = len(re.findall(r"(?<!\\)\|", line))
    if strokes == 0:
        return False
    if line.startswith("|") and (strokes > 1 or line == "|"):
        return True
    places = [n for n in (at - 1, at + 1) if 0 <= n < len(lines)]
    places += [n + n - at for n in places if strokes > 1 and lines[n].strip() and 0 <= n + n - at < len(lines)]
    near = [lines[n] for n in places]
    return any(len(re.findall(r"(?<!\\)\|", other)) == strokes for other in near)


_LONGEST = 120
_NUMBER = re.compile(r"[\s\f]*[-–—]?\s*(?P<number>\d{1,3})\s*[-–—]?\s*")
_ENDS = re.compile(
    r"(?P<text>.*\S)(?:(?:\t|\s{2,}|\s[-–—|]\s*)|\s(?=p))(?:page|pg\.?|p\.?)?\s*(?P<number>\d{1,3})\s*", re.IGNORECASE
)
_BEGINS = re.compile(r"[\s\f]*(?:page\s*)?(?P<number>\d{1,3})(?:\t|\s{2,}|\s[-–—|]\s)\s*(?P<text>\S.*)", re.IGNORECASE)
_PAGE_LINES = 12
"""Fewer lines than these between bare numbers, and they number something else than pages."""
_COLUMNS = re.compile(r"\t|\s{3,}")
_TABLE = 2
"""So many gaps make a line a row of columns and not a title."""
_PAGE_OF = re.compile(r"\bpage\s+\d{1,3}(\s*(of|/)\s*\d{1,3})?\s*$", re.IGNORECASE)


def furniture(lines: Sequence[str]) -> frozenset[int]:
    """The lines, from 0, that belong to a page and not to the text: its number, and titles repeated beside numbers.

    A number counts where it stands apart and grows from page to page, or says that it is one of a page.
    """
    says = (
        at for at, line in enumerate(lines) if len(line) <= _LONGEST and line.count("\t") <= 1 and _PAGE_OF.search(line)
    )
    marks = {at for at in says if any(_apart(lines, at))} | _growing(lines)
    marks |= {at for at, line in enumerate(lines) if _NUMBER.fullmatch(line) and "\f" in "".join(lines[at : at + 2])}
    if not marks and not any("\f" in line for line in lines):
        return frozenset()
    return frozenset(marks | _repeated(lines, marks))


def _apart(lines: Sequence[str], at: int, marks: Set[int] = frozenset()) -> tuple[bool, bool]:
    """Whether nothing stands directly above a line, and directly below it; marks of a page are nothing."""
    above = at == 0 or not lines[at - 1].strip() or lines[at].startswith("\f") or at - 1 in marks
    below = at + 1 == len(lines) or not lines[at + 1].strip() or lines[at + 1].startswith("\f") or at + 1 in marks
    return above, below


def _growing(lines: Sequence[str]) -> set[int]:
    """Lines of one text with a number that grows, such as "Improvement plan 2026 | 3"."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, line in enumerate(lines):
        if len(line) > _LONGEST or not line.strip() or not all(_apart(lines, at)):
            continue
        match = _NUMBER.fullmatch(line) or _ENDS.fullmatch(line) or _BEGINS.fullmatch(line)
        if match is not None:
            words = " ".join(match.groupdict().get("text", "").lower().split())
            found[words].append((at, int(match["number"])))
    marks: set[int] = set()
    for words, places in found.items():
        least = _PAGE_LINES if not words else 1
        numbers = [number for _, number in places]
        far = all(low + least <= high for (low, _), (high, _) in pairwise(places))
        if len(places) > 1 and far and all(low < high for low, high in pairwise(numbers)):
            marks.update(at for at, _ in places)
    return marks


def _repeated(lines: Sequence[str], marks: set[int]) -> set[int]:
    """The lines next to page numbers and page breaks that stand there more than once, and hardly anywhere else."""
    beside: dict[str, set[int]] = defaultdict(set)
    for at, step in product(marks, (-1, 1)):
        places = (at + step * away for away in range(1, 4))
        near = next((place for place in places if 0 <= place < len(lines) and lines[place].strip()), at)
        if near not in marks and len(lines[near]) <= _LONGEST:
            beside[_key(lines[near])].add(near)
    for at, line in enumerate(lines):
        if line.startswith("\f") and at not in marks and line.strip() and len(_COLUMNS.findall(line.strip())) < _TABLE:
            beside[_key(line)].add(at)
    times = Counter(map(_key, lines))
    return {
        at
        for key, places in beside.items()
        if len(places) > 1 and times[key] <= len(places) + 1
        for at in places
        if all(_apart(lines, at, marks)) or lines[at].startswith("\f")
    }


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.lower().split()))
