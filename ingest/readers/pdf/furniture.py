"""What every page repeats and is no part of the text: running headers and footers, and the printed page number."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.lines import Line, lines_of, segments
from ingest.readers.pdf.ruled import grids
from ingest.readers.pdf.shapes import Page, Word, holds

_ZONE = 0.12
"""The share of a page's height, at its top and at its foot, where furniture stands."""
_NEAR = 6.0
"""Points by which the same furniture may stand higher or lower on another page."""
_ROOM = 0.7
"""Room below a line at the top of a page, in its heights, that sets it apart from the text."""
_FEWEST = 3
"""Parts of a line that can be the names of columns."""
_ALIGNED = 1.5
"""Words whose beginnings differ by less than this are set one below the other, in points."""
_WIDE = 9.0
"""A gap between parts of a line, in points, such as stands between the columns of a table."""
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page\s*|p\.?\s*|pg\.?\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s.]*$", re.IGNORECASE
)
_WITHIN = re.compile(r"\bpage\s+(\d{1,4})\b|(?:^|[|•·–-]\s*)(\d{1,4})\s*$|^\s*(\d{1,4})\s*[|•·–-]", re.IGNORECASE)
_SAID = re.compile(r"\bpage\b", re.IGNORECASE)


@dataclass(slots=True)
class Furniture:
    """The furniture of a file: the words to leave out by page, and the numbers printed on the pages."""

    lines: dict[int, list[Line]] = field(default_factory=lambda: defaultdict(list))
    printed: dict[int, str] = field(default_factory=dict)
    _taken: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def take(self, page: int, line: Line) -> None:
        self.lines[page].append(line)
        self._taken[page].update(word.index for word in line.words)

    def content(self, page: Page) -> list[Word]:
        """The words of a page that are not furniture."""
        taken = self._taken.get(page.number, set())
        return [word for word in page.words if word.index not in taken]


def find_furniture(pages: Sequence[Page]) -> Furniture:
    """The furniture of a file's pages: lines at their top or foot that repeat but for their numbers."""
    furniture = Furniture()
    zones = {page.number: _zone_lines(page) for page in pages}
    repeated = _repeated(zones, pages)
    numbers: list[tuple[int, int, bool]] = []
    for page in pages:
        for line in _apart(zones[page.number], repeated, page):
            furniture.take(page.number, line)
            numbers += [(page.number, int(value), bool(_SAID.search(line.text))) for value in _numbers(line.text)]
    furniture.printed = _series(numbers)
    for page in pages:
        if page.label and page.label != str(page.number):
            furniture.printed.setdefault(page.number, page.label)
    return furniture


def _zone_lines(page: Page) -> list[Line]:
    """The lines at the top and the foot of a page; what stands in a drawn table is none of them."""
    top, foot = page.height * _ZONE, page.height * (1 - _ZONE)
    near = [word for word in page.words if word.upright and (word.bottom < top or word.top > foot)]
    drawn = [grid.box for grid in grids(page.flat, page.standing, page.fills) if grid.columns > 1] if near else []
    return lines_of(word for word in near if not any(holds(box, (word.x0 + word.x1) / 2, word.middle) for box in drawn))


def _apart(lines: Sequence[Line], repeated: set[tuple[str, int]], page: Page) -> Iterator[Line]:
    """The lines that are furniture: a page number, or repeated words with some room to the text. The header of a table
    that is repeated on each page stands close above its rows."""
    near = {word.index for line in lines for word in line.words}
    others = [word for word in page.words if word.index not in near]
    for number, line in enumerate(lines):
        said = _PAGE_NUMBER.fullmatch(line.text) is not None
        if said and (line.top > page.height / 2 or page.number > 1):
            yield line
        elif _key(line, page) in repeated and not _names_columns(line, page):
            rest = [word for other in lines[number + 1 :] if _key(other, page) not in repeated for word in other.words]
            below = [word.top for word in (*others, *rest) if word.top >= line.bottom - 1]
            room = min(below, default=page.height) - line.bottom
            if line.top > page.height / 2 or room >= _ROOM * (line.bottom - line.top) or len(segments(line, _WIDE)) < 3:
                yield line


def _names_columns(line: Line, page: Page) -> bool:
    """Whether the parts of a line at the top stand over columns: below each, words begin where it begins."""
    parts = segments(line, _WIDE)
    if len(parts) < _FEWEST or line.top > page.height / 2:
        return False
    starts = [word.x0 for word in page.words if word.top >= line.bottom - 1]
    over = [part for part in parts if sum(abs(start - part.x0) <= _ALIGNED for start in starts) >= _FEWEST - 1]
    return len(over) >= max(_FEWEST, len(parts) - 1)


def _repeated(zones: dict[int, list[Line]], pages: Sequence[Page]) -> set[tuple[str, int]]:
    """The keys that stand on several pages: on three, or on all where there are only two."""
    on_pages: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in zones[page.number]:
            on_pages[_key(line, page)].add(page.number)
    least = 2 if len(pages) == 2 else 3
    return {key for key, found in on_pages.items() if len(found) >= least and key[0].strip()}


def _key(line: Line, page: Page) -> tuple[str, int]:
    """The words without their numbers, and how far they stand from the nearer edge of the page."""
    height = line.top if line.top < page.height / 2 else line.top - page.height
    return re.sub(r"\d+", "#", line.text.lower()), round(height / _NEAR)


def _numbers(text: str) -> list[str]:
    match = _PAGE_NUMBER.fullmatch(text)
    if match:
        return [match[1]]
    return [next(part for part in found if part) for found in _WITHIN.findall(text) if any(found)]


def _series(numbers: Sequence[tuple[int, int, bool]]) -> dict[int, str]:
    """The printed number of each page where it differs from the file's. Of several series, a pack's own stamp and the
    numbering of a document in it, the one that runs through most pages is taken, then the one that says "page"."""
    steps = Counter(value - page for page, value, _ in numbers)
    said = Counter(value - page for page, value, says in numbers if says)
    if not steps:
        return {}
    best = max(steps, key=lambda step: (steps[step], said[step]))
    if steps[best] < 2 or best == 0:
        return {}
    return {page: str(value) for page, value, _ in numbers if value - page == best}
