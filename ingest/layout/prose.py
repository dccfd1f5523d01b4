"""Actions outside tables: lists with references, dates in a list apart, labelled blocks, brackets at the end of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.flags import FlagCode
from assistant.records import Block, BlockKind, Flag
from ingest.layout.context import Context, acts_as_heading
from ingest.layout.drafts import Draft, Fields, Piece, Role
from ingest.layout.headings import best_role
from ingest.layout.inline import annotated, label_of
from ingest.layout.matching import Item, is_date_item, lines_of, match
from ingest.layout.places import joined
from ingest.layout.shapes import is_coded, is_heading, leading_ref
from ingest.layout.words import plain

_ZONE_SURE = 0.8


@dataclass(slots=True)
class ProseWalk:
    """One walk over the blocks of a document. `drafts` grow as groups of items and dates close."""

    context: Context
    drafts: list[Draft] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    zone: Role | None = None
    items: list[Item] = field(default_factory=list)
    dates: list[Piece] = field(default_factory=list)
    outcomes: list[Piece] = field(default_factory=list)
    measures: list[Piece] = field(default_factory=list)
    since: int = 0
    empty_zone: Piece | None = None

    def take(self, block: Block) -> None:
        """Read one block."""
        lines = lines_of(Piece(block.text, block.locator))
        if self._zone_heading(lines[0], block):
            for line in lines[1:]:
                self._words(replace(block, text=line.text, locator=line.locator, kind=BlockKind.PARAGRAPH))
            return
        piece = Piece(block.text, block.locator)
        if self._begins_item(block, piece):
            self._item(piece)
        elif is_date_item(piece) and (self.items or self.zone is Role.DUE):
            self.dates.append(piece)
        elif acts_as_heading(block) and not self._inside_item(block):
            self.close_section()
            self.context.heading(block)
        else:
            self._words(block)

    def close_group(self) -> None:
        """The items and dates so far belong together."""
        if self.items and (self.dates or self._stated()):
            self._draft(match(self.items, self.dates))
        if self.empty_zone is not None and not self.items:
            self.flags.append(FlagCode.EMPTY_ACTION_BLOCK.flag(locator=self.empty_zone.locator))
        self.items, self.dates, self.empty_zone = [], [], None

    def close_section(self) -> None:
        """A heading begins something else: measures and outcomes so far belong to the actions above."""
        self.close_group()
        for at in range(self.since, len(self.drafts)):
            draft = self.drafts[at]
            if self.measures:
                draft = draft.with_pieces(Role.MEASURE, *self.measures)
            if self.outcomes:
                draft = draft.with_pieces(Role.OUTCOME, *self.outcomes)
            self.drafts[at] = draft
        self.since, self.zone, self.measures, self.outcomes = len(self.drafts), None, [], []

    # ------------------------------------------------------------ what a block is

    def _zone_heading(self, line: Piece, block: Block) -> bool:
        """True where the line heads a block of actions, dates, measures or outcomes."""
        role, score = best_role(line.text.lstrip("#"))
        if role not in {Role.ACTION, Role.DUE, Role.MEASURE, Role.OUTCOME, Role.STATUS} or score < _ZONE_SURE:
            return False
        if block.kind is BlockKind.LIST_ITEM or not is_heading(line.text.lstrip("# ")):
            return False
        if role is Role.ACTION or (self.dates and role is not Role.DUE):
            self.close_group()
        if role is Role.ACTION:
            self.empty_zone = line
        self.zone = role
        return True

    def _begins_item(self, block: Block, piece: Piece) -> bool:
        found = leading_ref(piece.text)
        if not found or not found[1] or block.kind is BlockKind.HEADING or is_date_item(piece):
            return False
        if is_coded(found[0]):
            return len(piece.words) > len(found[0]) + 8
        return self.zone is Role.ACTION and block.kind is BlockKind.LIST_ITEM and block.level <= 1

    def _inside_item(self, block: Block) -> bool:
        """A short line below an item, before any date, may be a heading or part of it: it is a heading if marked."""
        return bool(self.items) and not self.dates and block.kind is not BlockKind.HEADING and self.zone is Role.DUE

    def _item(self, piece: Piece) -> None:
        if self.dates:
            self.close_group()
        self.items.append(Item(piece))

    def _words(self, block: Block) -> None:
        """Words that are neither a heading nor an item: they belong to the item above, or to measures or outcomes."""
        piece = Piece(block.text, block.locator)
        if is_date_item(piece) and self.items:
            self.dates.append(piece)
        elif self.zone is Role.MEASURE or (self.zone is not Role.OUTCOME and self._after_dates(block)):
            self.measures.append(piece)
        elif self.zone is Role.OUTCOME or (self.zone is None and not self.items and block.kind is BlockKind.LIST_ITEM):
            self.outcomes.append(piece)
        elif self.items and not self.dates:
            where = self.items[-1].parts if block.kind is BlockKind.LIST_ITEM else self.items[-1].rest
            where.append(piece)

    def _after_dates(self, block: Block) -> bool:
        return bool(self.dates) and block.kind is BlockKind.LIST_ITEM

    def _stated(self) -> bool:
        """True where items count as actions without any date: they stand under a heading for actions, with codes."""
        return self.zone is Role.ACTION and all(is_coded((leading_ref(item.first.text) or ("",))[0]) for item in self.items)

    # ------------------------------------------------------------ drafts

    def _draft(self, matched: Sequence[object]) -> None:
        for action in match(self.items, self.dates):
            place = action.pieces[0].locator
            for piece in action.pieces[1:]:
                place = joined(place, piece.locator)
            fields: Fields = {Role.ACTION: action.pieces}
            if action.due:
                fields[Role.DUE] = action.due
            if self.context.recommendation is not None:
                fields[Role.RECOMMENDATION] = (self.context.recommendation,)
            self.drafts.append(
                Draft(
                    fields=fields,
                    locator=place,
                    section=self.context.section,
                    parent=action.stem,
                    sure=1.0 if action.sure else 0.5,
                    kept_refs=True,
                    order=self.context.at,
                )
            )


__all__ = ["ProseWalk", "annotated", "label_of", "plain"]
