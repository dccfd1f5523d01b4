"""A table as a full grid, and what one line of a table of actions is, by itself and by the line below it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from assistant.dates import read_due
from assistant.records import Locator, Table
from ingest.layout.columns import DATED, Columns
from ingest.layout.drafts import Piece, Role
from ingest.layout.profiles import is_number
from ingest.layout.shapes import (
    is_continuation,
    is_date,
    is_fixed_date,
    is_heading,
    leading_ref,
    owner_likeness,
    whole_ref,
)
from ingest.layout.statuswords import claim_of, colour_of, short_status
from ingest.layout.words import is_prompt, normal, one_line, unstruck

_BARS = re.compile(r"^\s*\|\s*|\s*\|\s*$")
"""Bars that a row of tabs and bars leaves at the ends of its cells."""


@dataclass(frozen=True, slots=True)
class Place:
    """What covers one place of the grid. `own` where its cell begins in this row, so that it is not merged down from
    above; `first` where it begins in this column."""

    piece: Piece
    own: bool = True
    first: bool = True
    span: int = 1
    head: bool = False
    """True where the format marks the cell as a heading."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the grid with its place in the document."""

    places: tuple[Place, ...]
    locator: Locator
    sure: float = 1.0

    def padded(self, width: int) -> Line:
        """The line with at least `width` places, the last ones blank."""
        blank = Place(Piece("", self.locator))
        return replace(self, places=self.places + (blank,) * max(0, width - len(self.places)))

    def piece(self, column: int) -> Piece:
        return self.places[column].piece

    def text(self, column: int) -> str:
        return self.places[column].piece.text if column < len(self.places) else ""

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns in which a cell with words begins in this row."""
        return tuple(at for at, place in enumerate(self.places) if place.own and place.first and place.piece.words)

    @property
    def empty(self) -> bool:
        return all(place.piece.blank or not place.own for place in self.places)


def lines_of(table: Table) -> list[Line]:
    """The rows of the table as full lines, merged cells filled in."""
    grid: dict[tuple[int, int], Place] = {}
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            if not cell.hidden:
                text = "" if is_prompt(cell.text) else _BARS.sub("", cell.text) if "|" in cell.text else cell.text
                kept = unstruck(text)
                struck = cell.struck or bool(kept)
                piece = Piece(kept or text, cell.locator, cell.colour, cell.value, cell.unread_rule, struck)
                for down, across in product(range(max(1, cell.row_span)), range(max(1, cell.column_span))):
                    place = Place(piece, down == 0, across == 0, cell.column_span, cell.head)
                    grid.setdefault((number + down, cell.column + across), place)
    lines = []
    for number, row in enumerate(table.rows):
        blank = Place(Piece("", row.locator))
        places = tuple(grid.get((number, column), blank) for column in range(table.width))
        lines.append(Line(places, row.locator, row.sure))
    return lines


_DITTO = frozenset({"as above", "ditto", "as before", "same", "same as above", "do", "see above", "\u3003"})
_TOTAL = re.compile(
    r"(?:(?:grand |sub-?|overall )?totals?|averages?|mean|sum|overall(?: progress| average)?|count|"
    r"number of (?:actions|lines|rows))\b.{0,40}",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:(?:for )?example|e\.?g\.?|worked example|sample)(?: (?:row|only|entry|action))?\s*[:.–—-]?(?:\s|$)", re.I
)
_ASKED_FOR = re.compile(r"\[[^\]]+\]|<[^>]+>|\{[^}]+\}")
"""What a template asks for in a cell; a line of nothing else is no row."""
_KEY = re.compile(r"(key|legend|rag key|brag key|key to .{0,30})\W*", re.IGNORECASE)
_KEY_LINE = re.compile(r"(key|legend|rag|brag|b?rag key|ratings?|status key|colours?)\s*:\s*\S", re.IGNORECASE)
_COLOUR_MEANS = re.compile(
    r"(?:\w+:\s*)?(?:blue|green|amber|red|yellow|grey|[BRAGY])\b\s*(?:[=:–-]|means?\b)\s*\S.*", re.IGNORECASE
)
_COLOUR_NAMES = re.compile(r"\b(blue|green|amber|red|yellow|grey)\b", re.IGNORECASE)


def alone(line: Line) -> int | None:
    """The one column with words; a line that repeats one text in every cell has one, too."""
    filled = line.filled
    if not filled:
        return None
    texts = {normal(line.text(column)) for column in filled}
    merged = len(texts) == 1 and len(filled) > 2 and len(filled) >= 0.6 * len(line.places)
    return filled[0] if len(filled) == 1 or merged else None


def is_blank(line: Line, columns: Columns, role: Role) -> bool:
    """True where no cell of that role has words."""
    return not any(line.text(column).strip() for column in columns.all_of(role))


def begins(line: Line, columns: Columns, role: Role) -> bool:
    """True where a cell of that role with words begins in this line, so that it is not merged down from above."""
    return any(line.places[column].own and line.text(column).strip() for column in columns.all_of(role))


def is_coloured(line: Line, columns: Columns) -> bool:
    """True where a cell for the status has a fill of its own: the line is a row, however little it says."""
    places = (line.places[column] for column in columns.all_of(Role.STATUS))
    return any(place.own and place.first and place.span == 1 and place.piece.colour for place in places)


def is_ditto(piece: Piece) -> bool:
    """True where a cell only repeats the one above it."""
    return normal(piece.line) in _DITTO or piece.line.strip() in {'"', "''", "“", "”", "-", "–"}


LOOKS: dict[Role, Callable[[str], bool]] = {
    Role.REF: lambda text: whole_ref(text) is not None,
    Role.ACTION: lambda text: len(text.split()) > 2,
    Role.OWNER: lambda text: owner_likeness(text) > 0.2,
    **dict.fromkeys(DATED, is_date),
    Role.STATUS: lambda text: short_status(text) is not None or colour_of(text) is not None,
}
"""What the cells under a heading of that role look like."""


def is_foreign(piece: Piece, role: Role | None) -> bool:
    """True where words alone in a first column stand as a heading and are not what the column holds."""
    if not is_heading(piece.text) or len(piece.line.split()) > 12:
        return False
    if role is Role.OWNER:
        return owner_likeness(piece.text) < 0.6
    return role not in (*DATED, Role.STATUS) or not LOOKS[role](piece.text)


def is_aside(line: Line, columns: Columns) -> bool:
    """True for lines that speak of the table: totals, and a legend below or above its rows."""
    texts = [one_line(line.text(column)) for column in line.filled]
    if not texts:
        return False
    first, rest = texts[0], texts[1:]
    said: object = _EXAMPLE.match(first) or all(map(_COLOUR_MEANS.fullmatch, texts))
    if rest:
        said = said or (_TOTAL.fullmatch(first) and all(map(is_number, rest))) or all(map(_ASKED_FOR.fullmatch, texts))
    else:
        said = said or _KEY_LINE.match(first) or len(set(_COLOUR_NAMES.findall(first.lower()))) > 1
    if len(texts) <= 3:
        counted = any(letter.isdigit() for text in texts for letter in text)
        said = said or _KEY.fullmatch(first) or (_TOTAL.match(first) and counted)
    if len(rest) == 1 and colour_of(first) and not any(begins(line, columns, role) for role in (*DATED, Role.OWNER)):
        said = said or short_status(rest[0]) is not None or claim_of(rest[0], silent=None) is not None
    return bool(said)


def ref_of(line: Line, columns: Columns) -> str | None:
    """The reference of a row: in its own column, or at the beginning of its action."""
    own = map(whole_ref, map(line.text, columns.all_of(Role.REF)))
    led = (found[0] for found in map(leading_ref, map(line.text, columns.all_of(Role.ACTION))) if found)
    return next(filter(None, own), None) or next(led, None)


def is_parent(line: Line, columns: Columns, following: Line) -> bool:
    """True for a line with a reference and words only, over a row numbered below it: 2 over 2.1 is its theme."""
    if any(begins(line, columns, role) for role in (*DATED, Role.OWNER, Role.STATUS, Role.PROGRESS)):
        return False
    own, below = ref_of(line, columns), ref_of(following, columns)
    return bool(own and below and is_below(below, own))


def is_summary(line: Line, columns: Columns, following: Line) -> bool:
    """True for a task that nobody leads over tasks that are set in below it, as a chart of bars sums them up."""
    action = columns.first(Role.ACTION)
    if action is None or columns.first(Role.OWNER) is None or not is_blank(line, columns, Role.OWNER):
        return False
    own, below = line.text(action), following.text(action)
    set_in = len(below) - len(below.lstrip()) > len(own) - len(own.lstrip())
    return bool(own.strip()) and set_in and begins(following, columns, Role.OWNER)


def is_below(ref: str, parent: str) -> bool:
    """True where a reference is numbered below another: 2.1 and 2a are below 2, 20 is not."""
    return ref != parent and bool(re.match(rf"{re.escape(parent)}[.\-/(a-z]", ref))


def realigned(line: Line, columns: Columns) -> Line:
    """The line with its cells moved one to the right where a missing owner let the date slip into its column.

    Only where the date column itself holds no date; the line is then marked as unsure.
    """
    owner, due = columns.first(Role.OWNER), columns.first(Role.DUE)
    if owner is None or due is None or due != owner + 1 or line.piece(due).value or line.piece(owner).value:
        return line
    slipped = is_fixed_date(line.text(owner)) and not is_date(line.text(due))
    if not slipped or line.text(len(line.places) - 1).strip() or not all(place.own for place in line.places[owner:]):
        return line
    blank = Place(Piece("", line.locator))
    places = (*line.places[:owner], blank, *line.places[owner:-1])
    return replace(line, places=places, sure=min(line.sure, 0.7))


def is_merged_down(line: Line, columns: Columns) -> bool:
    """True where the action of the line is that of the line above, in one cell over both."""
    actions = [line.places[column] for column in columns.all_of(Role.ACTION)]
    return any(place.piece.words and not place.own for place in actions)


def day_of(line: Line, columns: Columns) -> date | None:
    """The day whose news a line tells, the first of all where it stands under one action with others and names none;
    None where it is no news."""
    other = {at for at, role in enumerate(columns.roles) if role not in {*DATED, Role.ACTION}}
    beside = [line.piece(column) for column in line.filled if column in other]
    pieces = [piece for piece in beside if len(piece.line.split()) < 4]
    days = [piece.value or read_due(piece.line).due for piece in pieces if piece.value or is_fixed_date(piece.text)]
    return max((day for day in days if day), default=date.min if is_merged_down(line, columns) else None)


def continues(line: Line, columns: Columns, before: str, after_break: bool) -> bool:
    """True where the line is the rest of the row above, whose action is `before`: nothing in it begins a row."""
    if any(begins(line, columns, role) for role in (Role.RECOMMENDATION, Role.SECTION, Role.REF)):
        return False
    if is_merged_down(line, columns):
        return not any(begins(line, columns, role) for role in (*DATED, Role.OWNER))
    text = " ".join(line.text(column) for column in columns.all_of(Role.ACTION) if line.places[column].own)
    if not text.strip():
        return not any(line.piece(column).value for column in columns.all_of(Role.DUE))
    if any(begins(line, columns, role) for role in DATED) or is_coloured(line, columns):
        return False
    if any(column in columns.numbered for column in columns.all_of(Role.ACTION)):
        return leading_ref(text) is None
    if begins(line, columns, Role.OWNER) and begins(line, columns, Role.STATUS):
        return False
    return is_continuation(text, before) and (after_break or one_line(text)[0].islower())
