"""The lines of tables to drafts of actions: headings, carried-down cells, and lines that continue the row above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.flags import FlagCode
from ingest.layout.columns import Columns
from ingest.layout.context import Context
from ingest.layout.drafts import Draft, Fields, Piece, Role, Tally
from ingest.layout.grid import Line
from ingest.layout.places import joined
from ingest.layout.regions import Marked, Region
from ingest.layout.shapes import (
    is_continuation,
    is_date,
    is_heading,
    leading_ref,
    owner_likeness,
    starts_with_verb,
)
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.words import normal, one_line

_DITTO = frozenset({"as above", "ditto", "as before", "same", "same as above", "do", "see above", "\u3003"})
_DATED = (Role.DUE, Role.START, Role.COMPLETED, Role.REVISED)


@dataclass(slots=True)
class TableWalk:
    """One walk over the lines of all tables of a document, in order; what is carried down lives here."""

    context: Context
    tally: Tally
    drafts: list[Draft] = field(default_factory=list)
    recommendation: Piece | None = None
    group: Piece | None = None
    ref: Piece | None = None
    stem: Draft | None = None
    themes: set[str] = field(default_factory=set)
    after_break: bool = False
    before_header: bool = False

    def take(self, lines: Sequence[Marked]) -> None:
        """Read the lines of one table."""
        self.after_break = True
        for at, mark in enumerate(lines):
            region = mark.region
            if mark.kind in {"rule", "empty"}:
                self.tally.count("headers" if mark.kind == "rule" else "empty")
            elif mark.kind == "header":
                self.tally.count("headers")
                self.after_break = True
            elif mark.kind == "above" or region is None:
                self._above(mark.line)
            elif not region.states_actions:
                self.tally.count("other")
            else:
                ahead = [later for later in lines[at + 1 :] if later.kind != "empty"]
                self.before_header = bool(ahead) and ahead[0].kind == "header"
                following = next((later.line for later in ahead if later.kind == "line"), None)
                self._line(mark.line, region, None if self.before_header else following)
                self.after_break = False

    def new_section(self) -> None:
        """Forget what is carried down: a heading outside tables begins something else."""
        self.recommendation = self.group = self.ref = self.stem = None

    def _above(self, line: Line) -> None:
        if len(line.filled) == 1 and is_heading(line.text(line.filled[0])):
            self.context.row_heading(line.piece(line.filled[0]), above=True)
            self.tally.count("headings")
        else:
            self.tally.count("other")

    def _line(self, line: Line, region: Region, following: Line | None) -> None:
        columns = region.columns
        alone = _alone(line)
        if alone is not None and self._lone(line, alone, columns, following):
            return
        if self._continues(line, columns):
            self._append(line, columns)
            return
        if _is_blank(line, columns, Role.ACTION) and self._only_heads(line, columns, following):
            return
        self._row(line, columns)

    # ------------------------------------------------------------ a line with one filled cell

    def _lone(self, line: Line, column: int, columns: Columns, following: Line | None) -> bool:
        """Deal with a line that has words in one cell only; False where it is a row after all."""
        piece, role = line.piece(column), columns.roles[column]
        wide = line.places[column].span >= max(2, 0.6 * len(line.places))
        if role is Role.ACTION and not wide:
            return self._lone_action(line, column, columns)
        if role in {Role.RECOMMENDATION, Role.SECTION, Role.REF, None, Role.OTHER} or wide:
            return self._lone_heading(line, column, columns, following)
        if column == 0 and _is_foreign(piece, role):
            self._section(piece)
            return True
        if not self.drafts or line.piece(column).blank:
            self.tally.leave(line.locator, "words outside any row")
            return True
        self._append(line, columns)
        return bool(piece)

    def _lone_action(self, line: Line, column: int, columns: Columns) -> bool:
        text = line.text(column)
        first = columns.first(Role.RECOMMENDATION) is None and columns.first(Role.SECTION) is None
        if self._lacks_ref(columns) and is_heading(text) and not starts_with_verb(text):
            self._section(line.piece(column))
            return True
        if self._continues(line, columns):
            self._append(line, columns)
            return True
        if (
            first
            and is_heading(text)
            and not starts_with_verb(text)
            and not leading_ref(text)
            and len(text.split()) < 11
        ):
            self._section(line.piece(column))
            return True
        return False

    def _lacks_ref(self, columns: Columns) -> bool:
        """True where rows have a reference in a column of its own, so that a line of words alone is no row."""
        return columns.first(Role.REF) is not None and any(draft.pieces(Role.REF) for draft in self.drafts[-1:])

    def _lone_heading(self, line: Line, column: int, columns: Columns, following: Line | None) -> bool:
        piece = line.piece(column)
        if self._is_tail(piece, column, columns, lone=True):
            self._extend_recommendation(piece)
            self.tally.count("continued")
            return True
        theme = columns.first(Role.RECOMMENDATION)
        carried = following is not None and theme is not None and not following.text(theme).strip()
        if columns.roles[column] is Role.RECOMMENDATION and (carried or column in columns.numbered):
            self.recommendation, self.ref = piece, None
            self.tally.count("headings")
        elif len(piece.line.split()) <= 40:
            self._section(piece)
        else:
            self.tally.leave(line.locator, "a note across the table, not an action")
        return True

    def _section(self, piece: Piece) -> None:
        self.context.row_heading(piece)
        self.new_section()
        self.tally.count("headings")

    def _is_tail(self, piece: Piece, column: int, columns: Columns, lone: bool = False) -> bool:
        """The rest of a theme that a page break cut: it lacks the reference that its neighbours begin with."""
        if columns.roles[column] is not Role.RECOMMENDATION or self.recommendation is None or self.before_header:
            return False
        if column not in columns.numbered:
            return self.after_break and piece.line[:1].islower()
        if leading_ref(piece.text) is not None:
            return False
        seen = normal(piece.line)
        ends = any(normal(theme).endswith(seen) and normal(theme) != seen for theme in self.themes)
        return ends or self.after_break or piece.line[:1].islower() or (not lone and len(piece.line.split()) <= 6)

    def _extend_recommendation(self, tail: Piece) -> None:
        before = self.recommendation
        if before is None or normal(before.line).endswith(normal(tail.line)):
            return
        whole = replace(before, text=f"{before.text}\n{tail.text}", locator=joined(before.locator, tail.locator))
        for at, draft in enumerate(self.drafts):
            if draft.pieces(Role.RECOMMENDATION) == (before,):
                self.drafts[at] = draft.with_pieces(Role.RECOMMENDATION, whole)
        self.recommendation = whole

    # ------------------------------------------------------------ lines that continue the row above

    def _continues(self, line: Line, columns: Columns) -> bool:
        """True where the line is the rest of the row above: nothing in it begins a row of its own."""
        if not self.drafts:
            return False
        if any(self._own(line, columns, role) for role in (Role.RECOMMENDATION, Role.SECTION, Role.REF)):
            return False
        text = " ".join(line.text(column) for column in columns.all_of(Role.ACTION) if line.places[column].own)
        if not text.strip():
            return not any(line.piece(column).value for column in columns.all_of(Role.DUE))
        if any(self._own(line, columns, role) for role in _DATED):
            return False
        numbered = any(column in columns.numbered for column in columns.all_of(Role.ACTION))
        if numbered:
            return leading_ref(text) is None
        if self._own(line, columns, Role.OWNER) and self._own(line, columns, Role.STATUS):
            return False
        return is_continuation(text, self.drafts[-1].line(Role.ACTION)) and (
            self.after_break or one_line(text)[0].islower()
        )

    @staticmethod
    def _own(line: Line, columns: Columns, role: Role) -> bool:
        return any(line.places[column].own and line.text(column).strip() for column in columns.all_of(role))

    def _append(self, line: Line, columns: Columns) -> None:
        draft = self.drafts[-1]
        fields = dict(draft.fields)
        for column in line.filled:
            role = columns.roles[column]
            if role is not None and role is not Role.OTHER:
                fields[role] = (*fields.get(role, ()), line.piece(column))
        flag = FlagCode.SPLIT_ROW.flag(locator=line.locator)
        place = joined(draft.locator, line.locator)
        self.drafts[-1] = replace(draft, fields=fields, locator=place, flags=(*draft.flags, flag))
        self.tally.count("continued")

    def _only_heads(self, line: Line, columns: Columns, following: Line | None) -> bool:
        """A theme with its own lead or date above the rows of its actions is a heading, not an action without words."""
        theme = columns.first(Role.RECOMMENDATION)
        if theme is None or not line.text(theme).strip() or following is None:
            return False
        if (following.text(theme).strip() and following.places[theme].own) or _is_blank(
            following, columns, Role.ACTION
        ):
            return False
        self.recommendation, self.ref = line.piece(theme), None
        self.tally.count("headings")
        return True

    # ------------------------------------------------------------ rows

    def _row(self, line: Line, columns: Columns) -> None:
        fields = self._fields(line, columns)
        numbered = any(column in columns.numbered for column in columns.all_of(Role.ACTION))
        draft = Draft(
            fields=fields,
            locator=line.locator,
            section=self.group or self.context.section,
            heading=self._status_heading(columns),
            sure=line.sure,
            kept_refs=numbered,
            order=self.context.at,
        )
        draft = self._as_sub_item(draft, numbered)
        self.drafts.append(draft)
        self.tally.count("rows")

    def _fields(self, line: Line, columns: Columns) -> Fields:
        fields: Fields = {}
        filled = [column for column in range(len(columns.roles)) if not line.piece(column).blank]
        newest = {role: columns.latest(role, filled) for role in (Role.STATUS, Role.PROGRESS)}
        for column in filled:
            role, piece = columns.roles[column], line.piece(column)
            if role in newest and columns.headings[column] != newest[role]:
                role = Role.EARLIER if role is Role.PROGRESS else None
            if role is not None and role is not Role.OTHER and piece not in fields.get(role, ()):
                fields[role] = (*fields.get(role, ()), piece)
        self._carry(fields, columns)
        return fields

    def _carry(self, fields: Fields, columns: Columns) -> None:
        """Fill the cells that a reader carries down: theme, section, and the reference that belongs to the theme."""
        group = fields.pop(Role.SECTION, ())
        if group and not _is_ditto(group[0]):
            self.group = group[0]
        theme = columns.first(Role.RECOMMENDATION)
        own = fields.get(Role.RECOMMENDATION, ())
        if theme is None:
            if self.context.recommendation is not None:
                fields[Role.RECOMMENDATION] = (self.context.recommendation,)
            return
        if own and not _is_ditto(own[0]):
            if self._is_tail(own[0], theme, columns):
                self._extend_recommendation(own[0])
            elif self.recommendation is None or own[0] != self.recommendation:
                self.recommendation, self.ref = own[0], None
                self.themes.add(own[0].line)
        if self.recommendation is not None:
            fields[Role.RECOMMENDATION] = (self.recommendation,)
        shares = columns.first(Role.REF)
        if shares is not None and shares < theme:
            self.ref = fields[Role.REF][0] if fields.get(Role.REF) else self.ref
            if self.ref is not None and not fields.get(Role.REF):
                fields[Role.REF] = (self.ref,)

    def _as_sub_item(self, draft: Draft, numbered: bool) -> Draft:
        """Give a row without a reference of its own, under a stem that has one, that stem as its parent."""
        text = draft.line(Role.ACTION)
        own = draft.pieces(Role.REF) or leading_ref(text)
        if not numbered or own:
            self.stem = None
            bare = not any(draft.pieces(role) for role in (*_DATED, Role.OWNER, Role.STATUS, Role.PROGRESS))
            if bare and one_line(text).endswith(":"):
                self.stem = draft
            return draft
        if self.stem is None and self.drafts and self.drafts[-1].line(Role.ACTION).endswith(":"):
            self.stem = self.drafts[-1]
        if self.stem is None:
            return draft
        if self.drafts and self.drafts[-1] is self.stem and not any(self.stem.pieces(role) for role in _DATED):
            self.drafts.pop()
            self.tally.count("rows", -1)
            self.tally.count("headings")
        return replace(draft, parent=self.stem.pieces(Role.ACTION)[0])

    @staticmethod
    def _status_heading(columns: Columns) -> str:
        column = columns.first(Role.STATUS)
        return "" if column is None else columns.headings[column]


def _alone(line: Line) -> int | None:
    """The one column with words; lines that repeat one text in every cell have one, too."""
    filled = line.filled
    if not filled:
        return None
    texts = {normal(line.text(column)) for column in filled}
    merged = len(texts) == 1 and len(filled) > 2 and len(filled) >= 0.6 * len(line.places)
    return filled[0] if len(filled) == 1 or merged else None


def _is_foreign(piece: Piece, role: Role | None) -> bool:
    """True where words alone in a first column stand as a heading and are not what the column holds."""
    if not is_heading(piece.text) or len(piece.line.split()) > 12:
        return False
    if role in _DATED:
        return not is_date(piece.text)
    if role is Role.OWNER:
        return owner_likeness(piece.text) < 0.6
    if role is Role.STATUS:
        return short_status(piece.text) is None and colour_of(piece.text) is None
    return True


def _is_blank(line: Line, columns: Columns, role: Role) -> bool:
    return not any(line.text(column).strip() for column in columns.all_of(role))


def _is_ditto(piece: Piece) -> bool:
    return normal(piece.line) in _DITTO or piece.line.strip() in {'"', "''", "“", "”", "-", "–"}
