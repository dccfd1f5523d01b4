"""The prose of a document cut into passages: runs of blocks under one heading path, short enough to be embedded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.records import Block, BlockKind, Document, Label, Locator, Passage, Table
from ingest.layout.context import acts_as_heading
from ingest.layout.headings import best_role
from ingest.layout.places import joined
from ingest.layout.words import one_line

_LONGEST = 900
_ROLE_SURE = 0.8


@dataclass(slots=True)
class _Run:
    """Blocks that stand together so far."""

    path: tuple[str, ...]
    texts: list[str] = field(default_factory=list)
    places: list[Locator] = field(default_factory=list)

    @property
    def length(self) -> int:
        return sum(map(len, self.texts))


def passages_of(document: Document, slug: str, label: Label, taken: Sequence[Locator] = ()) -> tuple[Passage, ...]:
    """The passages of the document outside its actions: `taken` are the places of text that actions hold already."""
    used = {number for place in taken for number in _numbers(place)}
    found = []
    for number, run in enumerate(_runs(document, used), start=1):
        place = run.places[0]
        for other in run.places[1:]:
            place = joined(place, other)
        text = _verbatim(document, place) or "\n".join(run.texts)
        digest = hashlib.sha256("\n".join([*run.path, text]).encode()).hexdigest()
        found.append(Passage(f"{slug}-p{number}", document.name, run.path, text, place, label, digest))
    return tuple(found)


def _numbers(place: Locator) -> range:
    return range(place.line_start, (place.line_end or place.line_start) + 1) if place.line_start else range(0)


def _verbatim(document: Document, place: Locator) -> str | None:
    if not document.lines or place.line_start is None:
        return None
    return "\n".join(text for _, text in document.lines[place.line_start - 1 : place.line_end or place.line_start])


def _runs(document: Document, used: set[int]) -> Iterator[_Run]:
    headings: list[tuple[int, str]] = []
    run = _Run(())
    for item in document.items:
        if isinstance(item, Table):
            if run.texts:
                yield run
            yield from _table_runs(item, tuple(text for _, text in headings), used)
            run = _Run(run.path)
            continue
        if item.kind is BlockKind.FURNITURE:
            continue
        taken = bool(used.intersection(_numbers(item.locator)))
        heads = acts_as_heading(item) and not taken
        if run.texts and (heads or taken or _closes(run, item)):
            yield run
            run = _Run(run.path)
        if heads:
            _nest(headings, item)
            run = _Run(tuple(text for _, text in headings))
        if not taken:
            run.texts.append(item.text)
            run.places.append(item.locator)
    if run.texts:
        yield run


def _closes(run: _Run, block: Block) -> bool:
    """True where the run is long enough, or a new paragraph begins after a list."""
    return run.length + len(block.text) > _LONGEST


def _nest(headings: list[tuple[int, str]], block: Block) -> None:
    """Put a heading into the path: marked headings by their level, others as sections, names of blocks below them."""
    text = one_line(block.text).lstrip("# ")
    role, score = best_role(text)
    level = block.level or (9 if role and score >= _ROLE_SURE else 7)
    while headings and headings[-1][0] >= level:
        headings.pop()
    headings.append((level, text))


def _table_runs(table: Table, path: tuple[str, ...], used: set[int]) -> Iterator[_Run]:
    """Tables that hold no actions, such as keys, contents and front matter, as text."""
    run = _Run(path)
    for row in table.rows:
        words = " ".join(one_line(cell.text) for cell in row.cells if cell.text.strip())
        if not words or (row.locator.line_start is not None and used.intersection(_numbers(row.locator))):
            if run.texts:
                yield run
            run = _Run(path)
            continue
        if run.length + len(words) > _LONGEST and run.texts:
            yield run
            run = _Run(path)
        run.texts.append(words)
        run.places.append(row.locator)
    if run.texts:
        yield run
