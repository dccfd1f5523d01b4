"""The prose of a document cut into passages: runs of blocks under one heading path, short enough to be embedded."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assistant.records import Block, BlockKind, Document, Label, Locator, Passage, Table
from ingest.layout.context import Context
from ingest.layout.drafts import Piece, covering
from ingest.layout.headings import best_role
from ingest.layout.prose import ZONES
from ingest.layout.units import is_date_item
from ingest.layout.words import normal, one_line, unstruck, without_bullet

_LONGEST = 900


@dataclass(slots=True)
class _Run:
    """Blocks that stand together so far. `bare` while it has nothing but headings."""

    path: tuple[str, ...]
    texts: list[str] = field(default_factory=list)
    places: list[Locator] = field(default_factory=list)
    bare: bool = True

    def add(self, text: str, place: Locator, heading: bool = False) -> None:
        self.texts.append(text)
        self.places.append(place)
        self.bare = self.bare and heading


def passages_of(document: Document, slug: str, label: Label, taken: Sequence[Locator] = ()) -> tuple[Passage, ...]:
    """The passages of the document outside its actions: `taken` are the places of text that actions hold already."""
    used = {number for place in taken for number in _numbers(place)}
    found = []
    for number, run in enumerate(_Cutter(used).runs(document.items), start=1):
        place = covering(run.places)
        start, end = place.line_start or 0, place.line_end or place.line_start
        verbatim = "\n".join(text for _, text in document.lines[start - 1 : end]) if start else ""
        text = verbatim or "\n".join(run.texts)
        digest = hashlib.sha256("\n".join([*run.path, text]).encode()).hexdigest()
        found.append(Passage(f"{slug}-p{number}", document.name, run.path, text, place, label, digest))
    return tuple(found)


def _numbers(place: Locator) -> range:
    return range(place.line_start, (place.line_end or place.line_start) + 1) if place.line_start else range(0)


def _left_over(block: Block, used: set[int]) -> Iterator[Block]:
    """The runs of lines of a block that no action holds: minutes tell and decide in one paragraph."""
    lines, numbers = block.text.split("\n"), _numbers(block.locator)
    if len(lines) != len(numbers):
        return
    for held, run in groupby(zip(numbers, lines, strict=True), lambda each: each[0] in used):
        told = list(run)
        if not held and not used.isdisjoint(numbers):
            place = Locator(line_start=told[0][0], line_end=told[-1][0])
            yield Block(BlockKind.PARAGRAPH, "\n".join(text for _, text in told), place)


@dataclass(slots=True)
class _Cutter:
    """One walk over the blocks; a run closes at a heading, at a new list, at a table, and when it is long enough."""

    used: set[int]
    context: Context = field(default_factory=Context)
    zone: str = ""
    lead: str = ""
    """The line that leads in to the list being read: "Key achievements include:"."""
    run: _Run = field(default_factory=lambda: _Run(()))

    def runs(self, items: Sequence[Block | Table]) -> Iterator[_Run]:
        for at, item in enumerate(items):
            self.context.at = at
            if isinstance(item, Table):
                yield from self._close()
                yield from self._table(item)
                self.context.started = True
            elif item.kind is not BlockKind.FURNITURE:
                yield from self._block(item, items[at + 1] if at + 1 < len(items) else None)
        yield from self._close()

    def _path(self) -> tuple[str, ...]:
        pieces = (piece for _, heading, theme in self.context.path for piece in (heading, theme))
        path = [piece.line for piece in pieces if piece is not None]
        return tuple(dict.fromkeys(part for part in (*path, self.zone, self.lead) if part))

    def _close(self) -> Iterator[_Run]:
        """Give the run so far, unless it is only the name of a block of actions or dates."""
        run, self.run = self.run, _Run(self._path())
        if run.texts and not (run.bare and all(_names_block(text) for text in run.texts)):
            yield run

    def _block(self, block: Block, following: Block | Table | None) -> Iterator[_Run]:
        if unstruck(block.text):  # crossed out whole
            return
        if self.used.intersection(_numbers(block.locator)) or is_date_item(Piece(block.text, block.locator)):
            yield from self._close()
            for rest in _left_over(block, self.used):
                yield from self._block(rest, None)
            return
        if self.context.is_heading(block):
            if not self.run.bare:
                yield from self._close()
            self.lead = ""
            self.zone = one_line(block.text).lstrip("# ") if _names_block(block.text) else ""
            if not self.zone:
                self.context.heading(block)
            self.run.path = self._path()
            self.run.add(block.text, block.locator, heading=True)
            return
        listed = isinstance(following, Block) and following.kind is BlockKind.LIST_ITEM
        leads = listed and one_line(block.text).endswith(":")
        if leads or (sum(map(len, self.run.texts)) + len(block.text) > _LONGEST and not self.run.bare):
            yield from self._close()
        if leads or (self.lead and block.kind is not BlockKind.LIST_ITEM):
            self.lead = without_bullet(one_line(block.text)).rstrip(":") if leads else ""
            self.run.path = self._path()
        self.run.add(block.text, block.locator)

    def _table(self, table: Table) -> Iterator[_Run]:
        """Tables that hold no actions, such as keys, contents and front matter, as text."""
        for row in table.rows:
            words = " ".join(one_line(cell.text) for cell in row.cells if cell.text.strip())
            if not normal(words) or self.used.intersection(_numbers(row.locator)):
                yield from self._close()
                continue
            if sum(map(len, self.run.texts)) + len(words) > _LONGEST:
                yield from self._close()
            self.run.add(words, row.locator)
        yield from self._close()


def _names_block(text: str) -> bool:
    """True where a line only says what stands below it: actions, dates, measures."""
    role, score = best_role(one_line(text).lstrip("# "))
    return role in ZONES and score >= 0.8
