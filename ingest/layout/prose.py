"""Actions outside tables: lists with references, dates in a list apart, brackets at the end of a line."""

import re
from dataclasses import dataclass, field, replace

from assistant.flags import FlagCode
from assistant.records import Block, BlockKind, Flag, Locator
from ingest.layout.context import Context
from ingest.layout.drafts import Draft, Fields, Piece, Role, covering, joined
from ingest.layout.endings import LONGEST_ITEM, ending_of, heads_of, is_numbered_item, is_sub_item, stated_at_end
from ingest.layout.headings import LIKELY, best_role, names_theme
from ingest.layout.inline import due_in, marked, ticked, told
from ingest.layout.labels import labels_of
from ingest.layout.shapes import is_coded, is_date, is_heading, leading_ref, starts_with_verb
from ingest.layout.units import Item, is_date_item, lines_of, match
from ingest.layout.words import unstruck
from ingest.runs import runs

_NAMES_PLAN = re.compile(r"\b(plan|report|log|minutes|tracker)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\s(?:[A-Z]|[ivx]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)\s*$")
_LABELLED = re.compile(r"[A-Z][\w ]{2,24}:\s")
_LONGEST_THEME = 40
_LEVELS = frozenset({"high", "medium", "low", "public", "restricted"})
_MINUTES = re.compile(r"\b(actions?|action points?|matters arising)\b(?! plan)", re.IGNORECASE)
ZONES = frozenset({Role.ACTION, Role.DUE, Role.MEASURE, Role.OUTCOME, Role.PROGRESS})


@dataclass(slots=True)
class ProseWalk:
    """One walk over the blocks of a document. `drafts` grow as groups of items and dates close."""

    context: Context
    drafts: list[Draft] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    zone: Role | None = None
    marked: bool = False
    """True where the heading of the zone is marked as one, or names nothing else than actions."""
    minutes: bool = False
    """True under a heading that speaks of actions, such as those of the last meeting."""
    items: list[Item] = field(default_factory=list)
    dates: list[Piece] = field(default_factory=list)
    outcomes: list[Piece] = field(default_factory=list)
    measures: list[Piece] = field(default_factory=list)
    since: int = 0
    empty_zone: Piece | None = None
    stem: Piece | None = None
    """The item whose parts, each with an owner or a date of its own, are being read."""
    over: Fields = field(default_factory=dict)
    """What a line over the list says for all its items: who, or by when."""
    block: Fields = field(default_factory=dict)
    """What a labelled line over the lists of a block says for all of them: "Lead person: ..."."""
    gone: set[Locator] = field(default_factory=set)
    """The blocks whose words are all crossed out."""
    open_item: bool = False
    """True while the last draft is an item of this list, so that what follows belongs to it."""

    def take(self, block: Block) -> None:
        """Read one block. An item that is crossed out whole is one that was given up; other such words are left out."""
        if gone := unstruck(block.text):
            block = replace(block, text=gone)
            self.gone.add(block.locator)
            if not is_numbered_item(block):
                return
        if block.kind is BlockKind.LIST_ITEM:
            self.context.leave_rows()
        lines = lines_of(Piece(block.text, block.locator))
        numbered = sum(is_coded((leading_ref(line.text) or ("",))[0]) for line in lines)
        if numbered > 1 and block.kind is BlockKind.PARAGRAPH:
            # several numbered items that stand without a blank line between them, each as a block
            for part in runs(lines, lambda _, line: is_coded((leading_ref(line.text) or ("",))[0])):
                place = joined(part[0].locator, part[-1].locator)
                self.take(replace(block, text="\n".join(line.text for line in part), locator=place))
            return
        if self.context.endings and not names_theme(lines[0].line) and self._with_ending(block):
            return
        if self._theme(lines[0], block):
            for line in lines[1:]:
                self.take(replace(block, text=line.text, locator=line.locator))
            return
        if self._zone_heading(lines[0], block):
            for line in lines[1:]:
                self._words(replace(block, text=line.text, locator=line.locator, kind=BlockKind.PARAGRAPH))
            return
        piece = Piece(block.text, block.locator)
        if self._annotated(block, piece) or self._over_block(block, piece):
            return
        open_word = self.zone is Role.DUE and bool(self.items) and is_date(piece.text)
        if self._begins_item(block, piece):
            if self.dates:
                self.close_group()
            self.items.append(Item(piece))
        elif open_word or (is_date_item(piece) and (self.items or self.zone is Role.DUE)):
            self.dates.append(piece)
        elif self.context.is_heading(block):
            self.close_section()
            self.minutes = bool(_MINUTES.search(piece.line)) and len(piece.line.split()) <= 9
            self.context.heading(block)
        else:
            self._words(block)

    def close_group(self) -> None:
        """The items and dates so far belong together."""
        marked = self.marked or all(is_coded((leading_ref(item.first.text) or ("",))[0]) for item in self.items)
        if self.items and (self.dates or (marked and self.zone is Role.ACTION)):  # a heading says that they are actions
            for action in match(self.items, self.dates):
                fields: Fields = {Role.ACTION: action.pieces, **({Role.DUE: action.due} if action.due else {})}
                self._add(fields, *action.pieces, stem=action.stem, sure=action.sure)
        if self.empty_zone is not None and not self.items:
            self.flags.append(FlagCode.EMPTY_ACTION_BLOCK.flag(locator=self.empty_zone.locator))
        self.items, self.dates, self.empty_zone = [], [], None

    def _close_before_row(self) -> None:
        """A row of its own follows: the block for actions is not empty."""
        self.empty_zone = None
        self.close_group()

    def close_section(self) -> None:
        """A heading begins something else: measures and outcomes so far belong to the actions above."""
        self.close_group()
        for role, pieces in ((Role.MEASURE, self.measures), (Role.OUTCOME, self.outcomes)):
            for at in range(self.since if pieces else len(self.drafts), len(self.drafts)):
                if not self.drafts[at].pieces(role):
                    self.drafts[at] = self.drafts[at].with_pieces(role, *pieces)
        self.stem, self.block, self.open_item = None, {}, False
        self.since, self.zone, self.measures, self.outcomes = len(self.drafts), None, [], []

    # ------------------------------------------------------------ what a block is

    def _theme(self, line: Piece, block: Block) -> bool:
        """True where the line names by its label the theme of what follows: "What inspectors found: ..."."""
        if block.kind is BlockKind.PARAGRAPH and names_theme(line.line) and len(line.line.split()) <= _LONGEST_THEME:
            self.close_section()
            self.context.theme(line)
            return True
        parts = labels_of(line.text) if block.kind is BlockKind.PARAGRAPH else []
        if len(parts) != 1 or parts[0].role is not Role.RECOMMENDATION or not parts[0].value:
            return False
        if len(parts[0].value.split()) > _LONGEST_THEME or parts[0].value.lower() in _LEVELS:
            return False
        self.close_section()
        numbered = parts[0].number or names_theme(line.text) or _NUMBERED.search(line.line.partition(":")[0])
        self.context.theme(line if numbered else replace(line, text=parts[0].value))
        return True

    def _zone_heading(self, line: Piece, block: Block) -> bool:
        """True where the line heads a block of actions, dates, measures or outcomes."""
        text = line.text.strip().lstrip("#").strip().rstrip(":")
        role, score = best_role(text)
        if role not in ZONES or score < 0.8 or block.kind is BlockKind.LIST_ITEM or not is_heading(text):
            return False
        if role is Role.ACTION and len(text.split()) > 4 and _NAMES_PLAN.search(text):
            return False
        if role is Role.ACTION or (self.dates and role is not Role.DUE):
            self.close_group()
        if role is Role.ACTION:
            self.empty_zone = line
        self.minutes = role is Role.ACTION
        if role is Role.ACTION and block.kind is BlockKind.HEADING:
            self.context.beside(block)
        self.zone = role
        self.marked = block.kind is BlockKind.HEADING or score >= 0.95
        return True

    def _begins_item(self, block: Block, piece: Piece) -> bool:
        found = leading_ref(piece.text)
        if block.kind is BlockKind.HEADING or is_date_item(piece):
            return False
        if found and is_coded(found[0]):
            return len(piece.words) > len(found[0]) + 8
        if self.zone is not Role.ACTION or block.kind is not BlockKind.LIST_ITEM or block.level > 1:
            return False
        above = leading_ref(self.items[-1].first.text) if self.items else None
        return not (above and (is_coded(above[0]) or not found))

    def _annotated(self, block: Block, piece: Piece) -> bool:
        """A numbered line or list item that says itself who does it or by when."""
        if block.kind is BlockKind.HEADING or len(piece.words) > LONGEST_ITEM:
            return False
        task = ticked(piece)
        if task is not None:
            found = ending_of(task[0])
            self._close_before_row()
            self._add({Role.ACTION: (found.action,), **found.fields, **task[1]}, piece)
            return True
        bare, mark = marked(piece, self.context.terms)
        found = ending_of(bare)
        bare, fields, labelled = found.action, {**found.fields, **mark}, found.labelled
        ref = leading_ref(bare.text)
        listed = block.kind is BlockKind.LIST_ITEM or ref is not None
        if ref is not None:  # a numbered item that ends with a colon has parts below it, up to the next number
            self.stem = bare if bare.line.endswith(":") else None
        by_shape = self.zone is Role.ACTION or self.context.endings
        stated = labelled or (len(fields) > 1 and by_shape) or (bool(fields) and listed and self.context.endings)
        of_field = not listed and any(part.role is not Role.ACTION for part in labels_of(bare.text, LIKELY))
        named = listed or self.zone is Role.ACTION or ":" in piece.text or starts_with_verb(bare.text)
        alone = labelled and len(fields) > 1 and named  # "Fenbridge Council, Children's Services, May 2026" is a title
        if not fields or not bare.words or not (listed or alone) or not stated or of_field:
            return self._minuted(block, piece)
        self._close_before_row()
        self._add({Role.ACTION: (bare,), **fields}, piece, stem=self.stem if ref is None else None)
        return True

    def _over_block(self, block: Block, piece: Piece) -> bool:
        """A line that says by its label who leads, or by when, for the lists that follow."""
        heads = block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING} and "\n" not in piece.words
        parts = labels_of(piece.text.lstrip("# ")) if heads else []
        role = parts[0].role if len(parts) == 1 else None
        if role not in {Role.OWNER, Role.DUE} or not parts[0].value or (self.items and role not in self.block):
            return False
        self.close_group()
        self.block = {**self.block, role: (replace(piece, text=parts[0].value),)}
        return True

    def _with_ending(self, block: Block) -> bool:
        """An item that ends with who and when, a part of one, or an item between such items that says neither."""
        piece = Piece(block.text, block.locator)
        if not is_numbered_item(block) or len(piece.words) > LONGEST_ITEM:
            return self._between(block, piece)
        if ticked(piece) is not None:
            self.open_item = False
            return False
        part = is_sub_item(piece.text)
        ending = ending_of(piece, bool(self.over))
        if not ending.ends and part and self.open_item and self.stem is None:
            last = self.drafts[-1]
            whole = last.with_pieces(Role.ACTION, *last.pieces(Role.ACTION), piece)
            self.drafts[-1] = replace(whole, locator=joined(last.locator, piece.locator))
            return True
        if not ending.ends and self.open_item and self._noted(piece):
            return True
        if not ending.ends and not part:
            self.stem = piece if ending.action.line.endswith(":") else None
            if self.stem is not None:
                self._close_before_row()
                self.open_item = False
                return True
        if not ending.ends and not self.open_item and not self.over and not (part and self.stem):
            return False
        self._close_before_row()
        self.stem = self.stem if part else None
        over = {
            role: pieces
            for role, pieces in self.over.items()
            if role is not Role.DUE or Role.START not in ending.fields
        }
        places = [self.stem, piece] if self.stem else [piece]
        self._add({Role.ACTION: (ending.action,), **over, **ending.fields}, *places, stem=self.stem)
        self.open_item, self.since = True, len(self.drafts)
        return True

    def _between(self, block: Block, piece: Piece) -> bool:
        """A line between items: more of the item above, or what holds for all items below it."""
        over = heads_of(block)
        heads = bool(over) and (block.kind is BlockKind.HEADING or over.keys() == self.over.keys())
        if self.open_item and not heads and self._noted(piece):
            return True
        self.open_item = False
        if over or self.context.is_heading(block):
            self.over = over
        return bool(over)

    def _noted(self, piece: Piece) -> bool:
        """A labelled line below an item says more of it: "Progress: two of three held"."""
        parts = labels_of(piece.text)
        if not parts or any(part.role in {Role.ACTION, Role.REF, Role.RECOMMENDATION} for part in parts):
            return False
        last = self.drafts[-1]
        for part in parts:
            last = last.with_pieces(part.role, *last.pieces(part.role), replace(piece, text=part.value))
        self.drafts[-1] = replace(last, locator=joined(last.locator, piece.locator))
        return True

    def _minuted(self, block: Block, piece: Piece) -> bool:
        """A line of minutes under a heading for actions that says who or how far."""
        if not self.minutes or block.kind is not BlockKind.LIST_ITEM:
            return False
        bare, state = stated_at_end(piece)
        said = told(bare.text)
        if Role.OWNER in said or state:
            self._close_before_row()
            fields = {role: (replace(piece, text=value),) for role, value in said.items()}
            self._add({Role.ACTION: (bare,), **fields, **state}, piece)
        return Role.OWNER in said or bool(state)

    def _words(self, block: Block) -> None:
        """Words that are neither a heading nor an item: they belong to the item above, or to measures or outcomes."""
        piece = Piece(block.text, block.locator)
        listed = block.kind is BlockKind.LIST_ITEM
        if is_date_item(piece) and self.items:
            self.dates.append(piece)
        elif self.zone is Role.MEASURE or (self.zone is not Role.OUTCOME and self.dates and listed):
            self.measures.append(piece)
        elif self.zone is Role.OUTCOME or (self.zone is None and not self.items and listed):
            self.outcomes.append(piece)
        elif self.items and not listed and _LABELLED.match(piece.line) and not leading_ref(self.items[-1].first.text):
            self.close_group()
        elif self.items and not self.dates:
            where = self.items[-1].parts if listed else self.items[-1].rest
            where.append(piece)

    # ------------------------------------------------------------ drafts

    def _add(self, fields: Fields, *pieces: Piece, stem: Piece | None = None, sure: bool = True) -> None:
        if self.context.recommendation is not None:
            fields.setdefault(Role.RECOMMENDATION, (self.context.recommendation,))
        fields = {**self.block, **fields}
        due = due_in(fields[Role.ACTION][0]) if Role.DUE not in fields and fields.get(Role.ACTION) else None
        if due is not None:
            fields[Role.DUE] = (due,)
        if any(piece.locator in self.gone for piece in pieces):
            fields[Role.ACTION] = tuple(replace(piece, struck=True) for piece in fields[Role.ACTION])
        self.drafts.append(
            Draft(
                fields=fields,
                locator=covering(piece.locator for piece in pieces),
                section=self.context.section,
                parent=stem,
                sure=1.0 if sure else 0.5,
                order=self.context.at,
                kept_refs=True,
            )
        )
