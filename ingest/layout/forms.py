"""Tables with names of fields on the left and their values beside them: one card an action, or a card a column."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.records import Block, Table
from ingest.layout.drafts import Piece, Role
from ingest.layout.grid import Line, lines_of
from ingest.layout.headings import LIKELY, best_role, names_state
from ingest.layout.regions import is_header, is_rule
from ingest.layout.words import normal, one_line

_SURE = 0.8
_EXACT = 0.95
_LEAST_LINES = 3
_LONGEST_LABEL = 8
KEY_FIELDS = frozenset({Role.OWNER, Role.DUE, Role.STATUS, Role.COMPLETED, Role.START})
"""The fields that make labels those of an action: who, when, how far."""

Pair = tuple[Piece, tuple[Piece, ...]]
"""A label and the cells beside it."""


@dataclass(slots=True)
class Form:
    """One card: the line that heads it, if any, and its labels with their values."""

    title: Piece | None = None
    pairs: list[Pair] = field(default_factory=list)


def forms_of(items: Sequence[Block | Table]) -> dict[int, list[Form]]:
    """The cards of a document by the table that they stand in; tables that are none are left out."""
    tables = {at: lines_of(item) for at, item in enumerate(items) if isinstance(item, Table)}
    lefts = Counter(label for lines in tables.values() for label in {_left(line) for line in lines} if label)
    often = frozenset(label for label, times in lefts.items() if times > 1)
    return {at: forms for at, lines in tables.items() if (forms := _of_table(lines, often))}


def _left(line: Line) -> str:
    return normal(line.text(line.filled[0])) if line.filled and len(line.places) > 1 else ""


def _of_table(lines: Sequence[Line], often: frozenset[str]) -> list[Form]:
    lines = [line for line in lines if not line.empty and not is_rule(line)]
    paired = [line for line in lines if not _is_title(line, often)]
    least = _SURE if len(often) < _LEAST_LINES else LIKELY  # names that come again on other cards may be doubtful ones
    told = all(_is_sure(line.piece(line.filled[0]), least) and _left(line) in often for line in paired if line.filled)
    if len(paired) < (2 if told else _LEAST_LINES) or any(_names_columns(line) for line in paired):
        return []
    if paired[0].filled and paired[0].filled == tuple(range(1, len(paired[0].places))):
        paired = paired[1:]  # the names of the columns that are cards
    rows = [_cells(line) for line in paired]
    sure = [cells[0] for cells in rows if _is_sure(cells[0], least if normal(cells[0].line) in often else _SURE)]
    known = [cells[0] for cells in rows if _is_sure(cells[0]) or normal(cells[0].line) in often]
    named = {best_role(piece.line)[0] for piece in sure}
    if len(sure) < 2 or len(known) < 0.6 * len(rows) or not named & KEY_FIELDS:
        return []
    columns = {len(cells) for cells in rows}
    labels = Counter(normal(cells[0].line) for cells in rows)
    acted = [cells for cells in rows if best_role(cells[0].line)[0] is Role.ACTION]
    turned = any(sum(bool(cell.words) for cell in cells[1:]) > 1 for cells in acted)
    if turned and len(columns) == 1 and min(columns) > 2 and max(labels.values()) == 1:
        return [
            Form(None, [(cells[0], (cells[number],)) for cells in rows])
            for number in range(1, min(columns))
            if any(cells[number].words for cells in rows)
        ]
    return list(_stacked(lines, often))


def _names_columns(line: Line) -> bool:
    """True for a header over rows: names side by side, not a name and what it is."""
    texts = [line.text(column) for column in line.filled]
    named = [text for text in texts if best_role(one_line(text))[1] >= _EXACT and not names_state(text)]
    return len(texts) > 2 and len(named) > 0.7 * len(texts) and is_header(line)


def _stacked(lines: Sequence[Line], often: frozenset[str]) -> Iterator[Form]:
    """One card after the other: a line that heads it, or the first label again, begins the next."""
    form = Form()
    for line in lines:
        if _is_title(line, often):
            if form.pairs:
                yield form
                form = Form()
            form.title = line.piece(line.filled[0]) if line.filled else form.title
            continue
        for label, values in _pairs(_cells(line)):
            again = form.pairs and normal(label.line) == normal(form.pairs[0][0].line)
            if again:
                yield form
                form = Form()
            form.pairs.append((label, values))
    yield form


def _pairs(cells: Sequence[Piece]) -> Iterator[Pair]:
    """The pairs of one line: a label and what follows it up to the next label."""
    start = 0
    for at in range(1, len(cells) + 1):
        if at == len(cells) or (at - start > 1 and _is_sure(cells[at], _EXACT) and at + 1 < len(cells)):
            yield cells[start], tuple(cells[start + 1 : at])
            start = at


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


def _is_sure(piece: Piece, least: float = _SURE) -> bool:
    words = piece.line.rstrip(" :?")
    return 0 < len(words.split()) <= _LONGEST_LABEL and best_role(words)[1] >= least and not names_state(words)
