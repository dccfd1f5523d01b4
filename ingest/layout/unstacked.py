"""Tables that lost their columns: every cell on a line of its own, the names of the columns first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.records import Block, BlockKind, Cell, Locator, Row, Table
from ingest.layout.context import names_theme
from ingest.layout.drafts import Piece, Role
from ingest.layout.headings import best_role
from ingest.layout.matching import lines_of
from ingest.layout.places import joined
from ingest.layout.shapes import is_date, owner_likeness, starts_with_verb, whole_ref
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.words import one_line

_NAMED = 0.9
_LEAST_COLUMNS = 4
_LEAST_ROWS = 2
_NEVER = -6.0
_MISSING = -1.2
_NEEDED = -3.0
_OUTSIDE = -0.4
_DATES = frozenset({Role.START, Role.DUE, Role.REVISED, Role.COMPLETED})
_KEY_FIELDS = frozenset({Role.OWNER, Role.DUE, Role.STATUS})


@dataclass(frozen=True, slots=True)
class _Line:
    piece: Piece
    block: Block

    @property
    def text(self) -> str:
        return one_line(self.piece.text)


def unstacked(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with each run of cells below the names of their columns made a table again."""
    found: list[Block | Table] = []
    run: list[Block] = []
    for item in items:
        if isinstance(item, Block):
            run.append(item)
            continue
        found += _of_run(run)
        found.append(item)
        run = []
    return (*found, *_of_run(run))


def _of_run(blocks: Sequence[Block]) -> list[Block | Table]:
    lines = [
        _Line(piece, block)
        for block in blocks
        for piece in lines_of(Piece(block.text, block.locator))
        if block.kind is not BlockKind.FURNITURE
    ]
    heads = list(_headers(lines))
    if not heads:
        return [*blocks]
    found: list[Block | Table] = [*_blocks(lines[: heads[0][0]])]
    made = 0
    for number, (start, roles) in enumerate(heads):
        begin = start + len(roles)
        end = heads[number + 1][0] if number + 1 < len(heads) else len(lines)
        columns = _columns(lines[begin:end], roles)
        items, rows = _tables(lines[start:begin], lines[begin:end], columns)
        found += items
        made += rows
    return found if made >= _LEAST_ROWS else [*blocks]


def _headers(lines: Sequence[_Line]) -> Iterator[tuple[int, list[Role]]]:
    """Where names of columns stand one below the other, and what each names."""
    at = 0
    while at < len(lines):
        roles: list[Role] = []
        while at + len(roles) < len(lines) and (role := _named(lines[at + len(roles)])) is not None:
            roles.append(role)
        states = Role.ACTION in roles and _KEY_FIELDS & set(roles)
        if len(roles) >= _LEAST_COLUMNS and states and len(set(roles)) >= len(roles) - 1:
            yield at, roles
        at += max(1, len(roles))


def _named(line: _Line) -> Role | None:
    role, score = best_role(line.text)
    return role if score >= _NAMED and len(line.text.split()) <= 7 and not line.text.endswith(":") else None


def _columns(lines: Sequence[_Line], roles: Sequence[Role]) -> list[int]:
    """The column of each line, -1 for what stands between rows: the way of reading that fits best (Viterbi)."""
    width = len(roles)
    states = range(-1, width)
    best = {state: (-0.8 * max(0, state)) for state in states}
    back: list[dict[int, int]] = []
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else None
        chosen: dict[int, int] = {}
        scores: dict[int, float] = {}
        for state in states:
            fits = _fits(line, roles[state]) if state >= 0 else _apart(line)
            offers = {
                before: best[before] + _step(before, state, roles, line, above)
                for before in (states if above else (state,))
            }
            chosen[state] = max(offers, key=lambda before: offers[before])
            scores[state] = offers[chosen[state]] + fits
        best = scores
        back.append(chosen)
    found: list[int] = []
    state = max(best, key=lambda each: best[each]) if lines else -1
    for chosen in reversed(back):
        found.append(state)
        state = chosen[state]
    return found[::-1]


def _fits(line: _Line, role: Role) -> float:
    """How well one line suits a column of that role."""
    text = line.text
    words = len(text.split())
    if role is Role.REF:
        return 2.0 if whole_ref(text) else _NEVER
    if role in _DATES:
        return 2.0 if is_date(text) else -3.0
    if role is Role.STATUS:
        known = colour_of(text) is not None or short_status(text) is not None
        return 1.5 if known else 0.2 if words <= 2 and not is_date(text) and not whole_ref(text) else -2.0
    if role is Role.OWNER:
        return 1.5 * owner_likeness(text) - 0.3 if words <= 9 else -2.0
    plain = is_date(text) or whole_ref(text) is not None
    if role is Role.ACTION:
        return -2.0 if plain else 0.9 if starts_with_verb(text) else 0.3 if words >= 3 else 0.0
    return -1.0 if plain and whole_ref(text) else 0.3 if words >= 3 else 0.1


def _apart(line: _Line) -> float:
    """How well one line suits what stands between rows: themes, running titles, page numbers."""
    return 1.5 if names_theme(line.text) or line.block.kind is BlockKind.HEADING else _OUTSIDE


def _step(before: int, state: int, roles: Sequence[Role], line: _Line, above: _Line | None) -> float:
    """What it costs that a line of one column follows one of another."""
    width = len(roles)
    if above is None:
        return 0.0
    if before == state:
        if state == -1 or roles[state] not in {Role.OWNER, Role.STATUS, Role.REF, *_DATES}:
            return 0.4 if state >= 0 and line.text[:1].islower() else 0.0
        open_end = above.text.rstrip()[-1:] in {"/", ",", "&", "-"} or line.text[:1].islower()
        return 0.5 if open_end and roles[state] is Role.OWNER else -1.5
    if before == -1:
        return 0.0 if state == 0 else -1.0 - 0.3 * state
    if state == -1:
        return _MISSING * (width - 1 - before)
    skipped = range(before + 1, state) if state > before else [*range(before + 1, width), *range(state)]
    return sum(_NEEDED if roles[column] in {Role.ACTION, Role.REF} else _MISSING for column in skipped)


def _tables(head: Sequence[_Line], lines: Sequence[_Line], columns: Sequence[int]) -> tuple[list[Block | Table], int]:
    """The rows as tables and what stands between them as blocks, in order; and how many rows there are."""
    found: list[Block | Table] = []
    rows: list[list[list[_Line]]] = [[[line] for line in head]]
    count = 0
    apart: list[_Line] = []
    last = len(head)
    for line, column in zip(lines, columns, strict=True):
        if column == -1:
            if rows:
                found.append(_table(rows, len(head)))
            rows, last = [], len(head)
            apart.append(line)
            continue
        found += _blocks(apart)
        apart = []
        if column < last or not rows:
            rows.append([[] for _ in head])
            count += 1
        rows[-1][column].append(line)
        last = column
    if rows:
        found.append(_table(rows, len(head)))
    return [*found, *_blocks(apart)], count


def _table(rows: Sequence[Sequence[Sequence[_Line]]], width: int) -> Table:
    made = []
    for number, cells in enumerate(rows):
        places = [line.piece.locator for cell in cells for line in cell]
        made.append(
            Row(
                tuple(
                    Cell("\n".join(line.piece.text.strip() for line in cell), number, column, _place(cell) or places[0])
                    for column, cell in enumerate(cells)
                ),
                joined(places[0], places[-1]),
            )
        )
    return Table(tuple(made), width, joined(made[0].locator, made[-1].locator))


def _place(cell: Sequence[_Line]) -> Locator | None:
    return joined(cell[0].piece.locator, cell[-1].piece.locator) if cell else None


def _blocks(lines: Sequence[_Line]) -> list[Block]:
    """The lines as the blocks that they were, whole where no line is missing."""
    found: list[Block] = []
    previous: _Line | None = None
    for line in lines:
        if previous is not None and previous.block is line.block:
            before = found.pop()
            place = joined(before.locator, line.piece.locator)
            found.append(Block(before.kind, f"{before.text}\n{line.piece.text}", place, before.level))
        else:
            found.append(Block(line.block.kind, line.piece.text, line.piece.locator, line.block.level))
        previous = line
    return found
