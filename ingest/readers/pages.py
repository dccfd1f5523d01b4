"""Page furniture of a text that was once printed: page numbers, and the titles that stand beside them on every page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from itertools import pairwise

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
    marks = {at for at, line in enumerate(lines) if _says_page(line) and any(_apart(lines, at))} | _growing(lines)
    marks |= {at for at, line in enumerate(lines) if _NUMBER.fullmatch(line) and "\f" in "".join(lines[at : at + 2])}
    if not marks and not any("\f" in line for line in lines):
        return frozenset()
    return frozenset(marks | _repeated(lines, marks))


def _says_page(line: str) -> bool:
    return len(line) <= _LONGEST and bool(_PAGE_OF.search(line)) and line.count("\t") <= 1


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
    for at in marks:
        for step in (-1, 1):
            near = _next(lines, at, step)
            if near is not None and near not in marks:
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


def _next(lines: Sequence[str], at: int, step: int) -> int | None:
    """The nearest line with words, above or below, over no more than two blank ones."""
    for away in range(1, 4):
        near = at + step * away
        if 0 <= near < len(lines) and lines[near].strip():
            return near if len(lines[near]) <= _LONGEST else None
    return None


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.lower().split()))
