"""Tables with names of fields on the left and their values beside them: one card an action, or a card a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.records import Block, Table
from ingest.layout.columns import assign
from ingest.layout.context import Context, names_theme
from ingest.layout.drafts import Draft, Fields, Piece, Role
from ingest.layout.grid import Line, lines_of
from ingest.layout.headings import best_role, names_state
from ingest.layout.regions import is_header, is_rule
from ingest.layout.shapes import leading_ref, loose_ref, whole_ref
from ingest.layout.words import normal, one_line

_SURE = 0.8
_EXACT = 0.95
_LEAST_LINES = 3
_LONGEST_LABEL = 8
_KEY_FIELDS = frozenset({Role.OWNER, Role.DUE, Role.STATUS, Role.COMPLETED, Role.START})

Pair = tuple[Piece, tuple[Piece, ...]]
"""A label and the cells beside it."""


@dataclass(slots=True)
class Form:
    """One card: the line that heads it, if any, and its labels with their values."""

    title: Piece | None = None
    pairs: list[Pair] = field(default_factory=list)

    def value(self, label: str) -> Piece | None:
        """What stands beside that label, several cells as one."""
        found = [piece for name, pieces in self.pairs if normal(name.line) == label for piece in pieces]
        filled = [piece for piece in found if not piece.blank]
        if len(filled) < 2:
            return next(iter(filled or found), None)
        return replace(filled[0], text="\n".join(piece.text for piece in filled))


def forms_of(items: Sequence[Block | Table]) -> dict[int, list[Form]]:
    """The cards of a document by the table that they stand in; tables that are none are left out."""
    tables = {at: lines_of(item) for at, item in enumerate(items) if isinstance(item, Table)}
    lefts = Counter(label for lines in tables.values() for label in {_left(line) for line in lines} if label)
    often = frozenset(label for label, times in lefts.items() if times > 1)
    found = {at: forms for at, lines in tables.items() if (forms := _of_table(lines, often))}
    titled = [form for forms in found.values() for form in forms if not _roles(form) & {Role.ACTION}]
    return found if len(titled) != 1 else {at: forms for at, forms in found.items() if titled[0] not in forms}


def _left(line: Line) -> str:
    return normal(line.text(line.filled[0])) if len(line.filled) > 1 else ""


def _of_table(lines: Sequence[Line], often: frozenset[str]) -> list[Form]:
    lines = [line for line in lines if not line.empty and not is_rule(line)]
    paired = [line for line in lines if not _is_title(line, often)]
    told = all(_is_sure(line.piece(line.filled[0])) and _left(line) in often for line in paired if line.filled)
    if len(paired) < (2 if told else _LEAST_LINES) or any(_names_columns(line) for line in paired):
        return []
    rows = [_cells(line) for line in paired]
    sure = [cells[0] for cells in rows if _is_sure(cells[0])]
    known = [cells[0] for cells in rows if _is_sure(cells[0]) or normal(cells[0].line) in often]
    named = {best_role(piece.line)[0] for piece in sure}
    if len(sure) < 2 or len(known) < 0.6 * len(rows) or not named & _KEY_FIELDS:
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
    return [form for form in _stacked(lines, often) if _states(form)]


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


def _roles(form: Form) -> set[Role | None]:
    return {best_role(label.line)[0] for label, _ in form.pairs if _is_sure(label)}


def _states(form: Form) -> bool:
    """True where a card says who, when or how far, beside an action of its own or as its title."""
    roles = _roles(form)
    return bool(roles & _KEY_FIELDS) and (Role.ACTION in roles or len(roles & {*_KEY_FIELDS, Role.PROGRESS}) >= 2)


def drafts_of(
    forms: Sequence[Form], roles: dict[str, Role], context: Context, before: Block | None, loose: bool = False
) -> list[Draft]:
    """The cards of one table as drafts; a title over several cards is their theme.

    Args: before, the block above the table, which heads a card without a title; loose, whether plain numbers at the
    beginning of titles are references.
    """
    found = []
    heads = any(form.title is None for form in forms) and all(Role.ACTION in _roles(form) for form in forms)
    for number, form in enumerate(forms):
        own = form.title
        if heads and own is not None:
            context.row_heading(own, names_theme=True)
            own = None
        title = own or (Piece(before.text, before.locator) if before is not None and not number else None)
        draft = _draft(form, title, roles, context, loose)
        if draft is not None and own is not None and draft.pieces(Role.ACTION)[0].locator != own.locator:
            draft = replace(draft, section=own)
        if draft is not None:
            found.append(draft)
    return found


def roles_of(forms: Sequence[Form], terms: frozenset[str]) -> dict[str, Role]:
    """The role of each label, judged over all cards of the document as a table that was turned.

    Args: terms, the words that the plan's own key explains.
    """
    labels = {normal(label.line): label.line.rstrip(" :") for form in forms for label, _ in form.pairs}
    blank = forms[0].pairs[0][0]
    blank = replace(blank, text="", colour=None, value=None)
    cells = [[form.value(label) or blank for form in forms] for label in labels]
    found = dict(zip(labels, assign(list(labels.values()), cells, terms).roles, strict=True))
    for label, words in labels.items():
        role, score = best_role(words)
        beside = {found.get(normal(name.line)) for form in forms if form.value(label) for name, _ in form.pairs}
        if found[label] is None and score >= _SURE and role not in beside:
            found[label] = role
    return {label: role for label, role in found.items() if role is not None}


def is_loose(titles: Sequence[str]) -> bool:
    """True where titles begin with plain numbers, one after the other: "4 Publish the guide", "25/18 Ring schools"."""
    return len(titles) > 2 and sum(loose_ref(title) is not None for title in titles) >= 0.8 * len(titles)


def titles_of(forms: dict[int, list[Form]], items: Sequence[Block | Table]) -> list[str]:
    """What stands over the cards of a document: their own titles, or the blocks above their tables."""
    found = []
    for at, of_table in forms.items():
        before = items[at - 1] if at else None
        above = before.text if isinstance(before, Block) else ""
        found += [form.title.line if form.title is not None else above for form in of_table]
    return [title for title in found if title]


def _draft(form: Form, title: Piece | None, roles: dict[str, Role], context: Context, loose: bool) -> Draft | None:
    fields: Fields = {}
    heading = next((label for label, role in roles.items() if role is Role.STATUS), "")
    for label, pieces in form.pairs:
        role = roles.get(normal(label.line))
        filled = tuple(piece for piece in pieces if not piece.blank)
        if role is not None and role is not Role.OTHER and filled:
            fields[role] = (*fields.get(role, ()), *filled)
    section = context.section
    numbered = loose_ref(title.line) if title is not None and loose else None
    if title is not None and Role.ACTION not in fields:
        fields[Role.ACTION] = (title,)
        context.leave(title.line)
        section = context.section
        if numbered is not None:
            fields[Role.ACTION] = (replace(title, text=numbered[1]),)
            fields.setdefault(Role.REF, (replace(title, text=numbered[0]),))
    elif title is not None and not names_theme(title.line):
        led = numbered or leading_ref(title.text)
        ref = led[0] if led else whole_ref(title.text)
        if ref and Role.REF not in fields:
            fields[Role.REF] = (replace(title, text=ref),)
            section = context.above(title.line)
    if Role.ACTION not in fields:
        return None
    if Role.RECOMMENDATION not in fields and context.recommendation is not None:
        fields[Role.RECOMMENDATION] = (context.recommendation,)
    place = fields[Role.ACTION][0].locator
    return Draft(fields, place, section=section, heading=heading, order=context.at, kept_refs=True)
