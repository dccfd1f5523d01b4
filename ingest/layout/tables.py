"""The lines of tables to drafts of actions: headings, carried-down cells, and lines that continue the row above."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.flags import FlagCode
from ingest.layout.columns import DATED, Columns
from ingest.layout.context import Context
from ingest.layout.drafts import Draft, Fields, Piece, Role, Tally, joined
from ingest.layout.endings import led
from ingest.layout.grid import (
    Line,
    alone,
    begins,
    continues,
    day_of,
    is_aside,
    is_below,
    is_blank,
    is_coloured,
    is_ditto,
    is_foreign,
    is_parent,
    is_summary,
    realigned,
    ref_of,
)
from ingest.layout.headings import names_theme
from ingest.layout.profiles import read_as
from ingest.layout.regions import Marked, Region
from ingest.layout.rowcells import from_words, mixed_columns, older, opened, parted
from ingest.layout.shapes import is_heading, is_shouted, leading_ref, starts_with_verb
from ingest.layout.statuswords import short_status
from ingest.layout.words import NOTHING, normal, one_line


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
    owner: Piece | None = None
    """Who leads all rows of a group, by the line over it, where no column says who."""
    themes: set[str] = field(default_factory=set)
    parent: tuple[str, Piece | None] | None = None
    """The number of the theme in force, where a line of its own gave it, and the theme before it."""
    parts: tuple[str, Piece] | None = None
    """The number and the words of an action whose parts follow, each with a letter."""
    day: date = date.min
    """The newest day of which the last row has news."""
    after_key: bool = False
    after_break: bool = False
    before_header: bool = False
    region: Region | None = None
    """The region of the last line that was read."""

    def take(self, lines: Sequence[Marked]) -> None:
        """Read the lines of one table."""
        self.after_break, self.after_key, self.parts = True, False, None
        region = next((mark.region for mark in lines if mark.region is not None), None)
        if self.region is not region:  # a table with a header of its own inherits nothing
            self.context.leave_rows()
            self.new_section(self.context.section)
        self.region = region
        for at, mark in enumerate(lines):
            region = mark.region
            if mark.kind in {"rule", "empty"}:
                self.tally.counts["headers" if mark.kind == "rule" else "empty"] += 1
            elif mark.kind == "header":
                self.tally.counts["headers"] += 1
                self.context.started = True
                self.after_key = False
                self.tally.headers += [mark.line.locator] if region is not None and region.states_actions else []
                self.after_break = True
            elif mark.kind == "above" or region is None:
                text = mark.line.text(mark.line.filled[0]) if len(mark.line.filled) == 1 else ""
                if is_heading(text) and short_status(text) is None:
                    self.context.row_heading(mark.line.piece(mark.line.filled[0]), above=True)
                    self.tally.counts["headings"] += 1
                else:
                    self.tally.counts["other"] += 1
            elif region.kind is not None and region.columns.states_actions:
                self.tally.leave(mark.line.locator, f"another table ({region.kind.value}): not actions")
            elif not region.states_actions:
                self.tally.counts["other"] += 1
            else:
                ahead = [later for later in lines[at + 1 : at + 1 + 12] if later.kind != "empty"]
                self.before_header = bool(ahead) and ahead[0].kind == "header"
                following = next((later.line for later in ahead if later.kind == "line"), None)
                line = realigned(mark.line, region.columns)
                self._line(line, region, None if self.before_header else following)
                self.after_break = False

    def new_section(self, heading: Piece | None) -> None:
        """Forget what is carried down: a heading begins something else, and may say who leads all of it."""
        self.recommendation = self.group = self.ref = self.stem = None
        self.owner = led(heading)[1] if heading is not None else None

    def _line(self, line: Line, region: Region, following: Line | None) -> None:
        columns = region.columns
        if is_aside(line, columns):
            self.after_key = self.after_key or len(line.filled) == 1
            self.tally.counts["other"] += 1
            return
        said = " ".join(line.text(column) for column in columns.all_of(Role.ACTION) if line.places[column].own)
        if said and NOTHING.fullmatch(one_line(said)):
            self.tally.leave(line.locator, f'a row that says "{one_line(said)}" and no action')
            return
        ref, action, column = ref_of(line, columns), columns.first(Role.ACTION), alone(line)
        if ref is not None:  # a number that a parent's number does not begin ends it
            if self.parts is not None and not (ref == self.parts[0] or is_below(ref, self.parts[0])):
                self.parts = None
            if self.parent is not None and not (ref == self.parent[0] or is_below(ref, self.parent[0])):
                self.recommendation, self.parent = self.parent[1], None
        if following is not None and is_parent(line, columns, following):
            self._parent(line, columns, following)
        elif action is not None and (
            (following is not None and is_summary(line, columns, following))
            or self._heads_group(line, line.text(action), columns, following)
        ):
            self._section(line.piece(action))
        elif column is not None and not is_coloured(line, columns) and self._lone(line, column, columns, following):
            pass
        elif self._continues(line, columns):
            self._append(line, columns)
        elif not (is_blank(line, columns, Role.ACTION) and self._only_heads(line, columns, following)):
            self._row(line, columns)

    # ------------------------------------------------------------ headings in the table

    def _lone(self, line: Line, column: int, columns: Columns, following: Line | None) -> bool:
        """Deal with a line that has words in one cell only; False where it is a row after all."""
        piece, role = line.piece(column), columns.roles[column]
        wide = line.places[column].span >= max(2, 0.6 * len(line.places))
        if role is Role.ACTION and not wide:
            return self._lone_action(line, column, columns)
        if role in {Role.RECOMMENDATION, Role.SECTION, Role.REF, None, Role.OTHER} or wide:
            return self._lone_heading(line, column, columns, following)
        if column == 0 and is_foreign(piece, role):
            self._section(piece)
        elif not self.drafts:
            self.tally.leave(line.locator, "words outside any row")
        else:
            self._append(line, columns)
        return True

    @staticmethod
    def _heads_group(line: Line, words: str, columns: Columns, following: Line | None) -> bool:
        """True for a number and a title, or a numbered title alone, with nothing of who, when and how far: a heading
        over rows that have these. Where rows of the group are folded away nothing may follow."""
        beside = {columns.roles[column] for column in line.filled} - {Role.ACTION, Role.REF, None, Role.OTHER}
        number, title = leading_ref(words) or ("", words)
        titled = (
            is_heading(title) and not title.endswith(":") and not starts_with_verb(title) and len(title.split()) <= 6
        )
        if beside or not titled or is_coloured(line, columns):
            return False
        if is_shouted(title) and len(line.filled) == 2 and ref_of(line, columns) is not None:
            return True
        full = following is not None and any(begins(following, columns, role) for role in (*DATED, Role.OWNER))
        below = " ".join(map(following.text, columns.all_of(Role.ACTION)[:1])) if following is not None else ""
        return bool(number) and full and leading_ref(below) is None

    def _lone_action(self, line: Line, column: int, columns: Columns) -> bool:
        text = line.text(column)
        if self.after_key and ref_of(line, columns) is None:
            self.tally.leave(line.locator, "a note below the key of the table")
            return True
        heads = is_heading(text) and not starts_with_verb(text)
        numbered = columns.first(Role.REF) is not None and any(draft.pieces(Role.REF) for draft in self.drafts[-1:])
        if self._continues(line, columns) and not (heads and numbered):
            self._append(line, columns)
            return True
        first = not {Role.RECOMMENDATION, Role.SECTION} & set(columns.roles)
        short = first and not leading_ref(text) and len(text.split()) < 11
        if heads and (numbered or self.before_header or names_theme(text) or short):
            self._section(line.piece(column))
            return True
        return False

    def _lone_heading(self, line: Line, column: int, columns: Columns, following: Line | None) -> bool:
        piece = line.piece(column)
        if self.drafts and piece.line[:1].islower() and columns.roles[column] in {None, Role.OTHER}:
            self._append(line, columns)
            return True
        if self._is_tail(piece, column, columns, lone=True):
            self._extend_recommendation(piece)
            self.tally.counts["continued"] += 1
            return True
        theme = columns.first(Role.RECOMMENDATION)
        carried = following is not None and theme is not None and not following.text(theme).strip()
        numbered = column in columns.numbered and leading_ref(piece.text) is not None
        if columns.roles[column] is Role.RECOMMENDATION and not self.before_header and (carried or numbered):
            self._theme(piece)
        elif len(piece.line.split()) <= 40:
            self._section(piece)
        else:
            self.tally.leave(line.locator, "a note across the table, not an action")
        return True

    def _section(self, piece: Piece) -> None:
        heading, owner = led(piece)
        if heading.words:
            self.context.row_heading(heading)
        self.new_section(heading)
        self.owner = owner
        self.tally.counts["headings"] += 1

    def _theme(self, piece: Piece, ref: Piece | None = None) -> None:
        self.recommendation, self.ref = piece, ref
        self.themes.add(piece.line)
        self.tally.counts["headings"] += 1

    def _parent(self, line: Line, columns: Columns, following: Line) -> None:
        """A numbered line over the rows that its number begins: their theme, or the stem of parts with letters."""
        wanted = (Role.ACTION, Role.RECOMMENDATION, Role.SECTION, None)
        column = next((column for column in line.filled if columns.roles[column] in wanted), line.filled[0])
        own, below = ref_of(line, columns) or "", ref_of(following, columns) or ""
        if below[len(own) :][:1].isalpha() and columns.roles[column] is Role.ACTION:
            self.parts = (own, line.piece(column))
            self.tally.counts["headings"] += 1
            return
        self.parent = (own, self.recommendation)
        self.context.row_heading(line.piece(column), names_theme=True)
        self._theme(line.piece(column))

    def _only_heads(self, line: Line, columns: Columns, following: Line | None) -> bool:
        """A theme with its own lead or date above the rows of its actions is a heading, not an action without words."""
        theme = columns.first(Role.RECOMMENDATION)
        if theme is None or not line.text(theme).strip() or following is None:
            return False
        new = following.text(theme).strip() and following.places[theme].own
        if new or is_blank(following, columns, Role.ACTION):
            return False
        self._theme(line.piece(theme))
        return True

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
        return bool(self.drafts) and continues(line, columns, self.drafts[-1].line(Role.ACTION), self.after_break)

    def _append(self, line: Line, columns: Columns) -> None:
        """Join a line to the row above: the rest of its cells, or its news of a day, of which the newest count."""
        draft, day = self.drafts[-1], day_of(line, columns)
        fields, roles = dict(draft.fields), dict(enumerate(columns.roles))
        said = {column: roles.get(column) for column in line.filled}
        late = day is not None and day < self.day
        when = f", {self.day.day} {self.day:%B %Y}" if self.day > date.min else ""
        for told in (Role.STATUS, Role.RAG, Role.PROGRESS) if day is not None else ():
            for piece in fields.pop(told, ()) if told in said.values() and not late else ():
                fields[Role.EARLIER] = (older(told, piece, draft.heading + when)[1], *fields.get(Role.EARLIER, ()))
            if late:
                said = {column: Role.EARLIER if known is told else known for column, known in said.items()}
        for column, known in said.items():
            role = Role.ACTION if len(said) == 1 and known is None else known
            if role is not None and role is not Role.OTHER:
                fields[role] = (*fields.get(role, ()), line.piece(column))
        flags = (FlagCode.SPLIT_ROW.flag(locator=line.locator),) if day is None else ()
        self.day = max(self.day, day or self.day)
        place = joined(draft.locator, line.locator)
        self.drafts[-1] = replace(draft, fields=fields, locator=place, flags=(*draft.flags, *flags))
        self.tally.counts["continued"] += 1

    # ------------------------------------------------------------ rows

    def _row(self, line: Line, columns: Columns) -> None:
        if is_blank(line, columns, Role.ACTION) and is_blank(line, columns, Role.RECOMMENDATION):
            self.tally.leave(line.locator, "a line without an action or a theme")
            return
        numbered = any(column in columns.numbered for column in columns.all_of(Role.ACTION))
        self.after_key, self.day = False, day_of(line, columns) or date.min
        self.tally.counts["rows"] += 1
        state = columns.first(Role.STATUS)
        draft = Draft(
            fields=self._fields(line, columns),
            locator=line.locator,
            section=self.group or self.context.section,
            heading="" if state is None else columns.headings[state],
            sure=line.sure,
            kept_refs=numbered,
            order=self.context.at,
        )
        self.drafts += opened(self._as_sub_item(draft, numbered))

    def _fields(self, line: Line, columns: Columns) -> Fields:
        fields: Fields = {}
        filled = [column for column in range(len(columns.roles)) if not line.piece(column).blank]
        newest = {role: columns.latest(role, filled) for role in (Role.STATUS, Role.RAG, Role.PROGRESS, Role.REVISED)}
        mixed, orders = mixed_columns(columns), dict(columns.orders)
        for column in filled:
            role, piece = columns.roles[column], line.piece(column)
            if role in DATED and piece.value is None:
                piece = replace(piece, reads_as=read_as(piece.line, orders.get(column)))
            if column in columns.fractions:
                piece = replace(piece, reads_as=f"{100 * float(piece.line):g}%")
            if column in columns.ticked:
                fields[Role.STATUS] = (replace(piece, text=columns.headings[column], colour=None),)
                continue
            if role in newest and columns.headings[column] != newest[role]:
                role, piece = older(role, piece, columns.headings[column])
            parts = parted(piece) if column in mixed else {role: (piece,)} if role is not None else {}
            for name, pieces in parts.items():
                if name is not Role.OTHER:
                    fields[name] = tuple(dict.fromkeys((*fields.get(name, ()), *pieces)))
        from_words(fields, columns)
        if self.owner is not None:
            fields.setdefault(Role.OWNER, (self.owner,))
        self._carry(fields, columns)
        return fields

    def _carry(self, fields: Fields, columns: Columns) -> None:
        """Fill the cells that a reader carries down: theme, section, and the reference that belongs to the theme."""
        group = fields.pop(Role.SECTION, ())
        if group and not is_ditto(group[0]):
            self.group = group[0]
        theme = columns.first(Role.RECOMMENDATION)
        if theme is None:
            named = self.recommendation or self.context.recommendation
            if named is not None:
                fields[Role.RECOMMENDATION] = (named,)
            return
        own = fields.get(Role.RECOMMENDATION, ())
        if own and not is_ditto(own[0]):
            if self._is_tail(own[0], theme, columns):
                self._extend_recommendation(own[0])
            elif own[0] != self.recommendation:
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
        if self.parts is not None:
            return replace(draft, parent=self.parts[1])
        text = draft.line(Role.ACTION)
        own = draft.pieces(Role.REF) or leading_ref(text)
        if not numbered or own:
            bare = not any(draft.pieces(role) for role in (*DATED, Role.OWNER, Role.STATUS, Role.PROGRESS))
            self.stem = draft if bare and one_line(text).endswith(":") else None
            return draft
        if self.stem is None and self.drafts and self.drafts[-1].line(Role.ACTION).endswith(":"):
            self.stem = self.drafts[-1]
        if self.stem is None:
            return draft
        if self.drafts and self.drafts[-1] is self.stem and not any(self.stem.pieces(role) for role in DATED):
            self.drafts.pop()
            self.tally.counts["rows"] -= 1
            self.tally.counts["headings"] += 1
        return replace(draft, parent=self.stem.pieces(Role.ACTION)[0])
