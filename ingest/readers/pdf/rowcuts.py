"""The rows of a table without rules: by flat rules, coloured cells, strips of colour, steps or first words."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.dates import MONTH
from assistant.records import Box
from ingest.readers.looks import named
from ingest.readers.pdf.lines import Fill, Line, Page, Word, around, lines_of, step, text_of, usual_step
from ingest.readers.pdf.tables import PageCell, PageRow, cell_of, uncovered
from ingest.runs import runs

_WIDER = 1.25
"""A step between lines this much larger than the usual one begins a row."""
_ONE_ENTRY = 1.45
"""Lines of a short column closer than this, in letter sizes, are one entry."""
_MOST_HEADER = 4
_SHORT = 5
_WHOLE_DATE = re.compile(rf"\b{MONTH}\w* '?\d\d|\d[/.-]\d{{1,2}}[/.-]\d\d", re.IGNORECASE)
"""A month and its year, or a day in figures: no cell goes on below it."""

Span = tuple[float, float]


def in_columns(lines: Iterable[Line], columns: Sequence[Span]) -> list[list[Line]]:
    """The parts of lines that stand in each column. Words that run on stay in the column where they begin, up to one
    that begins where a later column does."""
    found: list[list[Line]] = [[] for _ in columns]
    for line in lines:
        words: dict[int, list[Word]] = defaultdict(list)
        for part in line.segments(max(4.0, 0.55 * line.size)):
            middle = part.words[0].centre
            here = min(range(len(columns)), key=lambda at: max(columns[at][0] - middle, middle - columns[at][1], 0.0))
            for word in part.words:
                while here + 1 < len(columns) and word.x0 >= columns[here + 1][0] - _EDGE:
                    here += 1
                words[here].append(word)
        for at, own in words.items():
            found[at].append(Line(tuple(own)))
    return found


def rows_of(
    page: Page, region: Sequence[Line], columns: Sequence[Span], xs: Sequence[float], box: Box, heights: Sequence[float]
) -> list[PageRow]:
    """The rows of a box, from the top down, each with how sure it is that its cells belong together; at these `heights`
    rules part them, where there are any."""
    groups, sure = _groups(region, columns, heights)
    tall, groups = _tall(groups, columns)
    rows = []
    for number, group in enumerate(groups):
        top = min(line.top for line in group)
        low = min(line.top for line in groups[number + 1]) if number + 1 < len(groups) else box[3]
        band = (xs[0], top, xs[-1], max(low, *(line.bottom for line in group)))
        cells = _cells(page, group, columns, xs, band)
        for at, cell in enumerate(cells):
            lines, span = tall.get((number, cell.column), ([], 1))
            if lines:
                cells[at] = replace(cell, text=text_of(lines), lines=tuple(lines), row_span=span)
        first = "".join(part.text for part in in_columns(group[:1], columns)[_widest(columns)])
        small = re.match(r"[a-z]{2}", first)  # in the middle of a sentence: its lines may belong elsewhere
        certain = min(sure, 0.4) if small and len(groups) > 1 else sure
        rows.append(PageRow(page.number, band, tuple(cells), certain))
    return uncovered(rows)


def _tall(
    groups: list[list[Line]], columns: Sequence[Span]
) -> tuple[dict[tuple[int, int], tuple[list[Line], int]], list[list[Line]]]:
    """The entries of first columns whose lines run on, at one step, past the beginning of further rows: by row and
    column their lines and how many rows they cover. And the groups without those lines in the further rows."""
    found: dict[tuple[int, int], tuple[list[Line], int]] = {}
    gone: set[int] = set()
    main = _widest(columns)
    stacks = [in_columns(group, columns) for group in groups]
    firsts = [next(iter(stack[main]), None) for stack in stacks]
    for number in range(main):
        placed = [(at, part) for at, stack in enumerate(stacks) for part in stack[number]]
        usual = usual_step([part for _, part in placed])

        def begins(run: list[tuple[int, Line]], placed: tuple[int, Line], usual: float = usual) -> bool:
            (at, part), (above, before) = placed, run[-1]
            first = firsts[at]
            level = first is not None and abs(part.top + part.bottom - first.top - first.bottom) < 0.6 * part.size
            return step(before, part) > _WIDER * usual or (above != at and level)

        for run in runs(placed, begins):
            span = run[-1][0] - run[0][0] + 1
            if span > 1 and not any(part.bold for _, part in run[1:] if not run[0][1].bold):
                found[run[0][0], number] = ([part for _, part in run], span)
                gone |= {word.index for at, part in run if at != run[0][0] for word in part.words}
    kept = [lines_of(word for line in group for word in line.words if word.index not in gone) for group in groups]
    return found, [group or groups[at] for at, group in enumerate(kept)]


def _groups(
    region: Sequence[Line], columns: Sequence[Span], heights: Sequence[float]
) -> tuple[list[list[Line]], float]:
    """The lines of each row, and how sure that is."""
    if len(heights) > 1:
        return _cut(region, sorted(heights)), 0.95
    head = next((number for number, line in enumerate(region) if not line.bold), 0)  # so many bold lines above others
    head = head if head <= _MOST_HEADER else 0
    header = [list(region[:head])] if head else []
    body = list(region[head:])
    cuts, sure = _steps(body, columns)
    if cuts:
        return header + _cut(body, cuts), sure
    starts, sure = _starts(body, columns)
    groups = runs(enumerate(body), lambda _, numbered: numbered[0] in starts)
    return header + [[line for _, line in group] for group in groups], sure


def _cut(region: Sequence[Line], heights: Sequence[float]) -> list[list[Line]]:
    """The words between each two heights, as lines."""
    groups: dict[int, list[Word]] = defaultdict(list)
    for word in (word for line in region for word in line.words):
        groups[sum(height <= word.middle for height in heights)].append(word)
    return [lines_of(groups[number]) for number in sorted(groups)]


# ---------------------------------------------------------------- by steps and first words


def _widest(columns: Sequence[Span]) -> int:
    return max(range(len(columns)), key=lambda number: columns[number][1] - columns[number][0])


def _steps(body: Sequence[Line], columns: Sequence[Span]) -> tuple[list[float], float]:
    """The heights that part the rows, where the widest column shows by larger steps which of its lines belong together
    and each other column has at most one entry beside each; nothing where that is not so."""
    stacks = in_columns(body, columns)
    main = stacks[_widest(columns)]
    if len(main) < 2:
        return [], 0.0
    steps = [other.top - one.top for one, other in itertools.pairwise(main)]
    usual = sorted(steps)[len(steps) // 5]
    if max(steps) <= _WIDER * usual:
        return [], 0.0
    pairs = itertools.pairwise(main)
    cuts = [(one.bottom + other.top) / 2 for one, other in pairs if other.top - one.top > _WIDER * usual]
    above = [line for line in body if line.bottom <= main[0].top]
    if above and main[0].top - above[-1].top > _WIDER * usual:
        cuts.insert(0, (above[-1].bottom + main[0].top) / 2)
    beside = max((stack for stack in stacks if stack is not main), key=len, default=[])
    found = runs(beside, lambda run, below: step(run[-1], below) >= _ONE_ENTRY)
    short = ([line for line in stack if len(line.words) < _SHORT] for stack in stacks if stack is not main)
    dates = ([[line] for line in lines if _WHOLE_DATE.search(line.text)] for lines in short)
    parts = [
        Counter(sum(cut <= (each[0].top + each[-1].bottom) / 2 for cut in cuts) for each in entries)
        for entries in (found, *dates)
    ]
    if any(max(counts.values(), default=0) > 1 for counts in parts):
        return [], 0.0
    kept = [cut for at, cut in enumerate(cuts, start=1) if parts[0][at]]
    return (cuts, 0.9) if parts[0][0] and len(kept) == len(cuts) else (kept, 0.7)


def _starts(body: Sequence[Line], columns: Sequence[Span]) -> tuple[set[int], float]:
    """The lines that begin rows, and how sure that is."""
    stacks = [in_columns([line], columns) for line in body]
    filled = [sum(map(bool, stack)) for stack in stacks]
    several = [number for number, count in enumerate(filled) if count > 1]
    if len(several) == len(body):
        return set(range(len(body))), 0.9
    main = _widest(columns)
    texts = ("".join(part.text for part in stacks[number][main]) for number in several)
    starts = {0, *(number for number, text in zip(several, texts, strict=True) if not text[:1].islower())}
    starts |= {number for number, line in enumerate(body) if line.bold and filled[number] == 1}
    return starts, 0.7


def _cells(
    page: Page, group: Sequence[Line], columns: Sequence[Span], xs: Sequence[float], band: Box
) -> list[PageCell]:
    """The cells of a row; a line that runs across columns by itself is one wide cell."""
    alone = len(group) == 1 and len(group[0].parts) == 1
    if alone and group[0].x1 > columns[1][0] and group[0].x0 < columns[0][1]:
        colour = page.colour(band, group[0].words)
        return [PageCell(0, band, group[0].text, 1, len(columns), colour, tuple(group))]
    cells = []
    for number, lines in enumerate(in_columns(group, columns)):
        box = (xs[number], band[1], xs[number + 1], band[3])
        words = [word for line in lines for word in line.words]
        cells.append(cell_of(page, number, box, words, columns[number][1]))
    return cells


_NARROWEST, _BROADEST, _LOWEST = 4.0, 250.0, 8.0
_EDGE = 1.5
_BESIDE = 12.0
"""How far the heading over the strips may reach past them, in points."""
_LEVEL = 0.8
"""Strips with words in them are cells of a column where this share of the words from their top on is level with one."""
_SURE = 0.9
_FEWEST = 3
"""Strips that make rows."""


def _strips(box: Box, fills: Sequence[Fill], words: Sequence[Word]) -> list[Fill]:
    """The largest stack of coloured strips in a box, from the top down."""
    inside = (
        fill
        for fill in sorted(fills, key=lambda fill: fill.x0)
        if box[0] - 5 <= fill.x0 and fill.x1 <= box[2] + 80 and box[1] - 5 <= fill.bottom <= box[3] + 40
        if named(fill.rgb) and _NARROWEST <= fill.width <= _BROADEST and fill.height >= _LOWEST
    )
    stacks = runs(inside, lambda run, fill: fill.x0 - run[0].x0 > _EDGE)
    largest: list[Fill] = max(stacks, key=len, default=[])
    stack = sorted(largest, key=lambda fill: fill.top)
    below = [word for word in words if stack and word.bottom > stack[0].top]
    level = sum(any(fill.top <= word.middle <= fill.bottom for fill in stack) for word in below)
    apart = all(other.top >= one.bottom - _EDGE for one, other in itertools.pairwise(stack))
    said = any(word.stands_in(fill.box) for fill in stack for word in below)
    return stack if apart and (not said or level >= _LEVEL * len(below)) else []


def rows_by_strips(
    page: Page, box: Box, words: Sequence[Word], xs: Sequence[float]
) -> tuple[tuple[float, ...], list[PageRow]] | None:
    """The lines between the columns, now with one for the strips of colour in a box, and the rows: words level with a
    strip are its row, words between two strips a row of their own. None where there are hardly any strips."""
    strips = _strips(box, page.fills, words)
    if len(strips) < _FEWEST:
        return None
    limits = _with_strips(words, xs, strips[0].x0, strips[0].x1)
    columns = list(itertools.pairwise(limits))
    groups: dict[tuple[int, bool], list[Word]] = defaultdict(list)
    for word in words:
        passed = sum(strip.bottom <= word.middle for strip in strips)
        groups[passed, passed < len(strips) and strips[passed].top <= word.middle].append(word)
    rows = []
    for (passed, level), group in sorted(groups.items()):
        if not level:
            lines = lines_of(group)
            rows += rows_of(page, lines, columns, limits, around(line.box for line in lines), ())
            continue
        top, low = strips[passed].top, strips[passed].bottom
        cells = []
        for number, (left, right) in enumerate(columns):
            own = [word for word in group if left <= word.centre < right]
            cells.append(cell_of(page, number, (left, top, right, low), own))
        rows.append(PageRow(page.number, (limits[0], top, limits[-1], low), tuple(cells), _SURE))
    return limits, rows


def _with_strips(words: Sequence[Word], xs: Sequence[float], start: float, end: float) -> tuple[float, ...]:
    """The lines between the columns; the strips are a column of their own where one holds words beside them."""
    limits = (min(xs[0], start), *xs[1:-1], max(xs[-1], end))
    middle = (start + end) / 2
    column = max(sum(x <= middle for x in limits[1:-1]), 0)
    own = [word for word in words if limits[column] <= word.centre < limits[column + 1]]
    if all(start - _BESIDE <= word.x0 and word.x1 <= end + _BESIDE for word in own):
        return limits
    centres = [word.centre for word in words]
    kept = [x for x in limits[1:-1] if any(min(x, start) <= centre <= max(x, end) for centre in centres)]
    inner = {*(x for x in kept if not start - _EDGE <= x <= end + _EDGE), start, end}
    return tuple(sorted({limits[0], limits[-1], *(x for x in inner if limits[0] + _EDGE < x < limits[-1] - _EDGE)}))
