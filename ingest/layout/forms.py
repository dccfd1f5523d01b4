"""Tables with names of fields on the left and their values beside them: one card an action, or a card a column."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.records import Block, Table
from ingest.layout.columns import assign
from ingest.layout.drafts import Fields, Piece, Role
from ingest.layout.endings import LIKELY as LIKELY_OWNER
from ingest.layout.endings import ending_of
from ingest.layout.grid import Line, lines_of
from ingest.layout.headings import EXACT, LIKELY, best_role, names_state
from ingest.layout.kinds import MEANING
from ingest.layout.labels import KEY_FIELDS, NAMED, Record, labels_of
from ingest.layout.regions import is_header, is_rule
from ingest.layout.shapes import is_date, owner_likeness
from ingest.layout.statuswords import short_status
from ingest.layout.words import normal, one_line
from ingest.runs import runs

_LEAST_LINES = 3
_BOARD = 0.6
"""The share of columns of a board that must name states; of names in a row that must name fields."""


def forms_of(items: Sequence[Block | Table]) -> dict[int, list[Record]]:
    """The cards of a document by the table that they stand in; tables that are none are left out."""
    tables = {at: lines_of(item) for at, item in enumerate(items) if isinstance(item, Table)}
    lefts = Counter(label for lines in tables.values() for label in {_left(line) for line in lines} if label)
    often = frozenset(label for label, times in lefts.items() if times > 1)
    found = {at: _board(lines) or _nested(lines) or _of_table(lines, often) for at, lines in tables.items()}
    return {at: forms for at, forms in found.items() if forms}


def _board(lines: Sequence[Line]) -> list[Record]:
    """The cards of a board: each column is a state, each cell says what is to be done, and perhaps who and when."""
    lines = [line for line in lines if not line.empty and not is_rule(line)]
    heads = {column: lines[0].piece(column) for column in lines[0].filled} if lines else {}
    states = [piece for piece in heads.values() if short_status(piece.line) is not None]
    cards = [(column, line.piece(column)) for line in lines[1:] for column in line.filled]
    worded = all(len(piece.line.split()) > 1 for _, piece in cards)
    if len(states) < 2 or len(states) < _BOARD * len(heads) or not worded or not cards:
        return []
    if any(column not in heads for column, _ in cards):
        return []
    found = []
    for column, piece in cards:
        fields: Fields = {Role.STATUS: (heads[column],)}
        words = []
        for at, text in enumerate(piece.words.split("\n")):
            when, who = is_date(text), owner_likeness(text) >= LIKELY_OWNER and not labels_of(text)
            role = Role.DUE if when else Role.OWNER if who else None
            if at and role is not None and role not in fields:
                fields[role] = (replace(piece, text=text),)
            else:
                words.append(text)
        card = ending_of(replace(piece, text="\n".join(words)))
        fields = {Role.ACTION: (card.action,), **fields, **card.fields}
        found.append(Record().of((role.value, pieces) for role, pieces in fields.items()))
    return found


def _nested(lines: Sequence[Line]) -> list[Record]:
    """The rows of the tables that stand in the cells of a table, each with what stands beside its table."""
    lines = [line for line in lines if not line.empty and not is_rule(line)]
    grids = []
    for row, column in [(line, column) for line in lines[1:] for column in line.filled]:
        texts = filter(str.strip, row.text(column).split("\n"))
        grid = [[cell.strip() for cell in text.split(" | ")] for text in texts]
        if len(grid) > 1 and {len(row) for row in grid} == {len(grid[0])} != {1}:
            grids.append((row, column, grid))
    heads = lines[0] if lines else None
    if heads is None or not grids or any(column not in heads.filled for _, column, _ in grids):
        return []
    inner = {column for _, column, _ in grids}
    if any(best_role(heads.text(column))[0] is Role.ACTION for column in heads.filled if column not in inner):
        return []
    found = []
    for line in lines[1:]:
        beside = [(heads.text(at), (line.piece(at),)) for at in heads.filled if at not in inner]
        within = [(column, grid) for other, column, grid in grids if other is line]
        if not within:
            found.append(Record().of([*beside, *((heads.text(at), (line.piece(at),)) for at in inner)]))
        for column, grid in within:
            piece = line.piece(column)
            named = sum(best_role(name)[1] >= NAMED for name in grid[0]) > _BOARD * len(grid[0])
            cells = [[replace(piece, text=text) for text in part] for part in zip(*grid, strict=True)]
            roles = () if named else assign([""] * len(grid[0]), cells).roles
            names = grid[0] if named else [role.value if role else "other" for role in roles]
            for said in grid[named:]:
                pairs = [(name, (replace(piece, text=text),)) for name, text in zip(names, said, strict=True)]
                found.append(Record().of([*beside, *pairs]))
    return found


def _left(line: Line) -> str:
    return normal(line.text(line.filled[0])) if line.filled and len(line.places) > 1 else ""


def _of_table(lines: Sequence[Line], often: frozenset[str]) -> list[Record]:
    lines = [line for line in lines if not line.empty and not is_rule(line)]
    paired = [line for line in lines if not _is_title(line, often)]
    least = NAMED if len(often) < _LEAST_LINES else LIKELY  # names that come again on other cards may be doubtful ones
    told = all(_is_sure(line.piece(line.filled[0]), least) and _left(line) in often for line in paired if line.filled)
    for line in paired:  # a header over rows: names side by side, not a name and what it is
        texts = [line.text(column) for column in line.filled]
        named = [text for text in texts if best_role(one_line(text))[1] >= EXACT and not names_state(text)]
        if len(texts) > 2 and len(named) > 0.7 * len(texts) and is_header(line):
            return []
        if line is paired[0] and any(MEANING.fullmatch(normal(text)) for text in texts):
            return []
    if len(paired) < (2 if told else _LEAST_LINES):
        return []
    if paired[0].filled and paired[0].filled == tuple(range(1, len(paired[0].places))):
        paired = paired[1:]  # the names of the columns that are cards
    rows = [_cells(line) for line in paired]
    sure = [cells[0] for cells in rows if _is_sure(cells[0], least if normal(cells[0].line) in often else NAMED)]
    known = [cells[0] for cells in rows if _is_sure(cells[0]) or normal(cells[0].line) in often]
    if len(sure) < 2 or len(known) < 0.6 * len(rows) or not {best_role(piece.line)[0] for piece in sure} & KEY_FIELDS:
        return []
    columns = {len(cells) for cells in rows}
    labels = Counter(normal(cells[0].line) for cells in rows)
    acted = [cells for cells in rows if best_role(cells[0].line)[0] is Role.ACTION]
    turned = any(sum(bool(cell.words) for cell in cells[1:]) > 1 for cells in acted)
    if turned and len(columns) == 1 and min(columns) > 2 and max(labels.values()) == 1:
        return [
            Record().of((cells[0].line, (cells[number],)) for cells in rows)
            for number in range(1, min(columns))
            if any(cells[number].words for cells in rows)
        ]
    return list(_stacked(lines, often))


def _stacked(lines: Sequence[Line], often: frozenset[str]) -> Iterator[Record]:
    """One card after the other: a line that heads it, or the first label again, begins the next."""
    form = Record()
    for line in lines:
        if _is_title(line, often):
            if form.values:
                yield form
                form = Record()
            form.title = line.piece(line.filled[0]) if line.filled else form.title
            form.inside = form.title is not None
            continue
        labels = runs(_cells(line), lambda run, cell: len(run) > 1 and _is_sure(cell, EXACT))
        if len(labels) > 1 and len(labels[-1]) == 1:  # a name without a value is the value of the label before it
            labels[-2:] = [labels[-2] + labels[-1]]
        for label, *values in labels:
            if normal(label.line) == next(iter(form.values), None):
                yield form
                form = Record()
            form.of([(label.line, values)])
    yield form


def _cells(line: Line) -> list[Piece]:
    """The cells that begin in the line, from the first with words on."""
    own = [place.piece for place in line.places if place.own and place.first]
    first = next((at for at, piece in enumerate(own) if piece.words), len(own))
    return own[first:]


def _is_title(line: Line, often: frozenset[str]) -> bool:
    """True for a line with words in one cell that is no label with a blank beside it."""
    if len(line.filled) != 1:
        return not line.filled
    place = line.places[line.filled[0]]
    wide = place.span > 1 and place.span >= 0.6 * len(line.places)
    label = normal(place.piece.line)
    return wide or not (_is_sure(place.piece) or label in often)


def _is_sure(piece: Piece, least: float = NAMED) -> bool:
    words = piece.line.rstrip(" :?")
    return 0 < len(words.split()) <= 8 and best_role(words)[1] >= least and not names_state(words)
