"""Labelled blocks: "Action: ... Lead: ... Deadline: ...", as lines or list items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.records import Block, BlockKind, Table
from ingest.layout.drafts import Fields, Piece, Role
from ingest.layout.forms import is_loose
from ingest.layout.grid import lines_of as grid_lines
from ingest.layout.headings import best_role, names_state
from ingest.layout.inline import Labelled, labels_of, told
from ingest.layout.matching import lines_of
from ingest.layout.places import joined
from ingest.layout.regions import is_header
from ingest.layout.shapes import is_coded, is_date, leading_ref, loose_ref, owner_likeness
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.words import one_line

_BETWEEN = 3
_DASHED = re.compile(r"(?P<label>[A-Z][\w' /?]{1,40}?)\s+[-–—]\s+(?P<value>\S.*)")
_BARE = 3
_NAMED = 0.95
_KEY_FIELDS = frozenset({Role.OWNER, Role.DUE, Role.STATUS, Role.COMPLETED, Role.START})
_NUMBER_ALONE = re.compile(
    r"(?:#+\s*)?(?:action|task|item|milestone)\s+(?:no\.?\s*)?(?P<number>[A-Z]{0,3}\d[\d.]*[a-z]?)\W*", re.IGNORECASE
)


@dataclass(slots=True)
class Card:
    """One labelled block. `first` and `taken` are numbers of items; `implied` where the action has no label."""

    first: int
    fields: Fields = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    implied: bool = False
    numbered: bool = False
    lines: int = 0
    named: str = ""
    """The label of its action."""

    def add(self, role: Role, piece: Piece, at: int) -> None:
        if piece.text.strip():
            self.fields[role] = (*self.fields.get(role, ()), piece)
        else:
            self.fields.setdefault(role, ())
        self.taken.add(at)
        self.lines += 1

    @property
    def pieces(self) -> list[Piece]:
        return [piece for pieces in self.fields.values() for piece in pieces]

    @property
    def strength(self) -> int:
        """How many of owner, dates and status it names."""
        return len(_KEY_FIELDS & set(self.fields))


@dataclass(slots=True)
class _Builder:
    cards: list[Card] = field(default_factory=list)
    card: Card | None = None
    last: Role | None = None
    before: tuple[int, Piece, Block] | None = None
    open_block: int = -1
    halted: Card | None = None
    """A card that a page break or a running title may have cut."""
    number: Piece | None = None
    """The number of the action to come, from a line of its own: "Action 1.1"."""

    def labelled(self, part: Labelled, piece: Piece, at: int) -> None:
        role = part.role
        if self.card is not None and role is Role.ACTION and self.card.named not in {"", part.label}:
            role = Role.MEASURE  # the card has an action under another name: "Activity: ... Deliverables: ..."
        self._resume(role, at)
        again = self.card is not None and role is next(iter(self.card.fields), None)
        starts = again or role in {Role.ACTION, Role.REF} or (role is Role.RECOMMENDATION and self.card is None)
        if starts and (
            self.card is None or role in self.card.fields or (role is Role.REF and Role.ACTION in self.card.fields)
        ):
            self._new(at)
        if self.card is None:
            if role not in _KEY_FIELDS or self.before is None or at - self.before[0] > 1:
                return
            self._imply()
        if self.card is None:
            return
        if part.number and role is Role.ACTION and Role.REF not in self.card.fields:
            self.card.add(Role.REF, replace(piece, text=part.number), at)
        self.card.add(role, replace(piece, text=part.value), at)
        self.card.named = part.label if role is Role.ACTION else self.card.named
        self.last, self.open_block = role, at

    def _resume(self, role: Role, at: int) -> None:
        """A field that the card above lacks goes on with it, though a line of something else stands between."""
        card, self.halted = self.halted, None
        if self.card is not None or card is None or card.implied or Role.ACTION not in card.fields:
            return
        if role not in card.fields and role not in {Role.ACTION, Role.REF} and at - max(card.taken) <= _BETWEEN:
            self.card = card

    def halt(self) -> None:
        """The card is closed, or cut."""
        self.halted = self.card or self.halted
        self.card, self.last = None, None

    def plain(self, piece: Piece, at: int, block: Block) -> None:
        """A line without a label: the rest of the field above when it stands in the same block, else something else."""
        number = _NUMBER_ALONE.fullmatch(piece.line)
        self.number = replace(piece, text=number["number"]) if number else self.number
        if number:
            self.card, self.last = None, None
            return
        if self.card is not None and self.card.numbered and is_coded((leading_ref(piece.text) or ("",))[0]):
            self.card, self.last = None, None
        if self.card is not None and self.last is not None and at == self.open_block:
            pieces = self.card.fields.get(self.last, ())
            if pieces and _is_whole(self.last, pieces[-1]) and not piece.line[:1].islower():
                self.last = Role.PROGRESS
            self.card.fields[self.last] = (*self.card.fields.get(self.last, ()), piece)
            return
        self.halt()
        above = self.before[1] if self.before is not None and self.before[0] == at else None
        if above is not None and leading_ref(above.text) is not None and leading_ref(piece.text) is None:
            piece = replace(above, text=f"{above.text}\n{piece.text}", locator=joined(above.locator, piece.locator))
        self.before = (at, piece, block)

    def begin(self, at: int) -> None:
        """A block with an action of its own begins a card, whatever label comes first in it."""
        self._new(at)

    def _new(self, at: int) -> None:
        self.card = Card(at)
        self.cards.append(self.card)

    def _imply(self) -> None:
        """The line above the labels is the action: a heading, a numbered line or a list item."""
        if self.before is None:
            return
        number, piece, block = self.before
        self._new(number)
        if self.card is not None:
            self.card.implied = True
            self.card.numbered = bool(leading_ref(piece.text.lstrip("# "))) or block.kind is BlockKind.LIST_ITEM
            if self.number is not None:
                self.card.add(Role.REF, self.number, number)
                self.card.numbered = True
            self.card.add(Role.ACTION, replace(piece, text=piece.text.lstrip("# ")), number)
        self.number = None
        self.before = None


def cards_of(items: Sequence[Block | Table]) -> list[Card]:
    """The labelled blocks of a document that state actions, in order."""
    builder = _Builder()
    for at, item in enumerate(items):
        if isinstance(item, Table):
            if builder.cards and _heads(builder.cards[-1], item, at):
                builder.cards.pop()
            builder.halt()
            builder.before = None
        elif item.kind is not BlockKind.FURNITURE:
            _block(builder, item, at)
    _number(builder.cards)
    return [card for card in _stating(builder.cards) if card.pieces]


def _is_whole(role: Role, piece: Piece) -> bool:
    """True where a value can have no second line: a colour, a short state, a date. What follows says how far it is."""
    if role is Role.STATUS:
        return colour_of(piece.text) is not None or short_status(piece.text) is not None
    return role is Role.DUE and is_date(piece.text)


def _number(cards: Sequence[Card]) -> None:
    """Take the plain numbers at the beginning of the lines over the labels as references, where they are a series."""
    over = [card for card in cards if card.implied and Role.REF not in card.fields and card.strength]
    if not is_loose([card.fields[Role.ACTION][0].line for card in over]):
        return
    for card in over:
        first, *rest = card.fields[Role.ACTION]
        found = loose_ref(first.line)
        if found is not None:
            card.fields[Role.REF] = (replace(first, text=found[0]),)
            card.fields[Role.ACTION] = (replace(first, text=found[1]), *rest)
            card.numbered = True


def _heads(card: Card, table: Table, at: int) -> bool:
    """True where a table of rows follows the labels: the line above them heads its rows and is no action itself."""
    near = card.implied and at - max(card.taken) <= _BETWEEN
    return near and any(is_header(line) for line in grid_lines(table)[:_BETWEEN])


def _with_bare(found: list[tuple[Piece, list[Labelled]]]) -> list[tuple[Piece, list[Labelled]]]:
    """The lines with those that are nothing but the name of a field as labels, where the value stands below each.

    Beside labels with a colon one is enough, else three make a card; names one below the other head columns.
    """
    found = _with_dashes(found)
    names = [None if labels else _field_name(piece) for piece, labels in found]
    bare = [at for at, name in enumerate(names) if name is not None]
    apart = all(at + 1 < len(found) and not found[at + 1][1] and names[at + 1] is None for at in bare)
    if not bare or not apart or (len(bare) < _BARE and not any(labels for _, labels in found)):
        return found
    return [
        (piece, [Labelled(name, "")] if name is not None else labels)
        for (piece, labels), name in zip(found, names, strict=True)
    ]


def _with_dashes(found: list[tuple[Piece, list[Labelled]]]) -> list[tuple[Piece, list[Labelled]]]:
    """The lines with those parted by a dash after the name of a field as labels, where there are two or more."""
    parts = [_DASHED.fullmatch(piece.line) for piece, _ in found]
    roles = [best_role(part["label"]) if part else (None, 0.0) for part in parts]
    if any(labels for _, labels in found) or sum(score >= _NAMED for _, score in roles) < 2:
        return found
    return [
        (piece, [Labelled(role, part["value"])] if part and role and score >= _NAMED else labels)
        for (piece, labels), part, (role, score) in zip(found, parts, roles, strict=True)
    ]


def _field_name(piece: Piece) -> Role | None:
    role, score = best_role(piece.line)
    named = score >= _NAMED and len(piece.line.split()) <= 6 and not names_state(piece.line)
    return role if named else None


def _block(builder: _Builder, block: Block, at: int) -> None:
    pieces = lines_of(Piece(block.text, block.locator))
    found = [(piece, labels_of(piece.text.lstrip("# "))) for piece in pieces]
    found = _with_bare(found)
    only_theme = all(part.role is Role.RECOMMENDATION for _, parts in found for part in parts)
    roles = [part.role for _, parts in found for part in parts]
    if Role.ACTION in roles and roles[0] not in {Role.ACTION, Role.REF} and not only_theme:
        builder.begin(at)
    for piece, parts in found:
        if not parts or only_theme or (block.kind is BlockKind.HEADING and parts[0].role is not Role.ACTION):
            builder.plain(piece, at, block)
        for part in parts if not only_theme else ():
            builder.labelled(part, piece, at)


def _stating(cards: Sequence[Card]) -> Iterator[Card]:
    """The cards that state actions. One implied by the line above needs a number, or others like it beside it."""
    alike = Counter(card.implied and card.strength >= 1 for card in cards)
    themed = sum(_by_theme(card) for card in cards)
    for card in cards:
        words = " ".join(one_line(piece.text) for piece in card.fields.get(Role.ACTION, ()))
        if _by_theme(card) and themed >= 2:
            card.fields[Role.ACTION] = card.fields.pop(Role.RECOMMENDATION)
            yield card
        elif card.implied:
            if card.strength and (card.numbered or alike[True] >= 2) and card.strength + card.numbered >= 2:
                yield card
        elif card.strength and words:
            yield card
        elif len(words.split()) >= 4 and not card.strength and len(card.fields[Role.ACTION]) > 0:
            yield from _of_minutes(card)


def _by_theme(card: Card) -> bool:
    """True for a block without an action that names an objective or recommendation, and who, when or how far."""
    return Role.ACTION not in card.fields and Role.RECOMMENDATION in card.fields and card.strength >= 2


def _of_minutes(card: Card) -> Iterator[Card]:
    """An action noted in minutes: who is told to do it stands in its words."""
    pieces = card.fields[Role.ACTION]
    whole = replace(pieces[0], text="\n".join(piece.text for piece in pieces))
    fields = told(whole)
    if set(card.fields) <= {Role.ACTION, Role.REF, Role.PROGRESS} and (
        len(fields) > 1 or owner_likeness(whole.text) == 0
    ):
        card.fields = {**card.fields, **fields}
        yield card
