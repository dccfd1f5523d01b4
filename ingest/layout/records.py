"""Labelled records: names of fields beside or above their values, in lines, in lists or in the cells of a table."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from assistant.records import Block, BlockKind, Locator, Table
from ingest.layout.columns import assign
from ingest.layout.context import Context
from ingest.layout.drafts import Draft, Fields, Piece, Role, covering, joined
from ingest.layout.endings import ending_of
from ingest.layout.forms import forms_of
from ingest.layout.grid import lines_of as grid_lines
from ingest.layout.headings import OF_EACH, names_theme
from ingest.layout.inline import told
from ingest.layout.labels import KEY_FIELDS, Labelled, Record, labelled, names_of, role_of
from ingest.layout.regions import is_header
from ingest.layout.shapes import is_coded, is_date, leading_ref, loose_ref, owner_likeness, whole_ref
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.units import Unit, stretches
from ingest.layout.words import normal

_BETWEEN = 3
"""So many items may stand between the parts of a record."""
_SERIES = 0.8
"""The share of titles that must begin with plain numbers to make these references."""
_BEGINS = frozenset({Role.ACTION, Role.REF})
_STATED = frozenset({Role.STATUS, Role.PROGRESS, Role.RAG})
_ASKED = re.compile(r"(?P<label>[A-Z][^?:.]{2,40}[?:])\s+(?P<value>\S[^?]{1,160})")
_NUMBER_ALONE = re.compile(
    r"(?:#+\s*)?(?:action|task|item|milestone)\s+(?:no\.?\s*)?(?P<number>[A-Z]{0,3}\d[\d.]*[a-z]?)\W*", re.IGNORECASE
)


@dataclass(slots=True)
class _Builder:
    """One walk over the items; `record` is open while its labels go on, `halted` where something stood between."""

    names: tuple[str, ...]
    """Labels that stand alone in a line, each above its value, in their order."""
    records: list[Record] = field(default_factory=list)
    record: Record | None = None
    halted: Record | None = None
    label: str = ""
    """The label that a line without one goes on with."""
    block: int = -1
    """The item of the last label."""
    before: tuple[int, Piece, bool] | None = None
    """The item, the words and whether they begin as an item does, of the line that may be the title of a record."""
    several: bool = False
    """True where another item of the list stands right above that line."""
    item: int = -2
    """The last item of a list that is no label."""
    number: Piece | None = None
    over: dict[Role, Piece] = field(default_factory=dict)
    """What a line says for all records below it, up to the next heading."""

    # ------------------------------------------------------------ tables

    def table(self, table: Table, at: int, forms: Sequence[Record]) -> None:
        self._halt()
        last = self.records[-1] if self.records else None
        near = last is not None and last.title is not None and last.places and at - max(last.taken) <= _BETWEEN
        if not forms and near and any(is_header(line) for line in grid_lines(table)[:_BETWEEN]):
            self.records.pop()  # the line above the labels heads the rows of the table and is no action itself
        above = self.before[1] if self.before is not None and self.before[0] == at - 1 else None
        for record in forms:
            record.title, record.first, record.taken, record.over = record.title or above, at, {at}, {**self.over}
            self.records.append(record)
            above = None
        self.before = None

    # ------------------------------------------------------------ lines

    def lines(self, block: Block, units: Sequence[Unit]) -> None:
        """Read the lines of one block."""
        self.over = {} if block.kind is BlockKind.HEADING else self.over
        found = labelled(units, self.names)
        every = [part for _, parts in found for part in parts if OF_EACH.search(part.label)]
        if every and len(every) == sum(len(parts) for _, parts in found):
            self.over |= {part.role: replace(units[0].piece, text=part.value) for part in every}
            return
        roles = [part.role for _, parts in found for part in parts]
        if roles and set(roles) == {Role.RECOMMENDATION}:
            found = [(unit, []) for unit, _ in found]
        elif Role.ACTION in roles and roles[0] not in _BEGINS:
            self._open(units[0].item)
        for unit, parts in found:
            if not parts or (block.kind is BlockKind.HEADING and parts[0].role is not Role.ACTION):
                self._plain(unit, block)
            for part in parts:
                self._labelled(part, unit)

    def _labelled(self, part: Labelled, unit: Unit) -> None:
        role, halted, self.halted = part.role, self.halted, None
        if self.record is None and halted is not None and halted.pieces(Role.ACTION) and role not in _BEGINS:
            lacking = role not in halted.roles and unit.item - max(halted.taken) <= _BETWEEN
            self.record = halted if lacking else None  # what it lacks goes on with it, though something stands between
        record = self.record
        again = record is not None and part.label == next(iter(record.values), None)
        starts = again or role in _BEGINS or (role is Role.RECOMMENDATION and record is None)
        first = next(iter(self.records[0].values), "") if self.records else ""
        by_ref = role is role_of(first) is Role.REF
        held = record is not None and (part.label in record.values or (by_ref and Role.ACTION in record.roles))
        if starts and (record is None or held):
            record = self._open(unit.item)
            record.number, self.number = self.number, None
        if record is None:
            if (
                self._of_table(unit, part.label, part.value)
                or role not in KEY_FIELDS
                or self.before is None
                or unit.item - self.before[0] > 1
                or (self.several and unit.item > self.before[0])  # it is no more the last item's than the others'
            ):
                return
            _, title, listed = self.before
            number, at = self.number, self.before[0]
            record = self._open(at)  # its action is the line above: a heading, a numbered line or a list item
            record.title, record.listed, record.number = title, listed or number is not None, number
            record.places += [each.locator for each in (number, title) if each is not None]
            record.taken.add(at)
            self.number = self.before = None
        if part.number and role is Role.ACTION and record.number is None:
            record.number = replace(unit.piece, text=part.number)
        record.values.setdefault(part.label, []).extend([replace(unit.piece, text=part.value)] if part.value else [])
        record.places.append(unit.piece.locator)
        record.taken.add(unit.item)
        self.label, self.block = part.label, unit.item

    def _plain(self, unit: Unit, block: Block) -> None:
        """A line without a label: more of the value above, a state that is asked for, a title, or something else."""
        piece, at = unit.piece, unit.item
        number = _NUMBER_ALONE.fullmatch(piece.line)
        if number:
            self.number = replace(piece, text=number["number"])
            self.record, self.label = None, ""
            return
        if self._goes_on(unit):
            return
        self._halt()
        said = _ASKED.fullmatch(unit.text)
        if said and self._of_table(unit, normal(said["label"]), said["value"]):
            return
        above = self.before[1] if self.before is not None and self.before[0] == at else None
        if above is not None and leading_ref(above.text) is not None and leading_ref(piece.text) is None:
            piece = replace(above, text=f"{above.text}\n{piece.text}", locator=joined(above.locator, piece.locator))
        listed = block.kind is BlockKind.LIST_ITEM or leading_ref(piece.text.lstrip("# ")) is not None
        self.several = block.kind is BlockKind.LIST_ITEM and self.item == at - 1
        self.item = at if block.kind is BlockKind.LIST_ITEM else self.item
        self.before = (at, replace(piece, text=piece.text.lstrip("# ")), listed)

    def _goes_on(self, unit: Unit) -> bool:
        """True where a line belongs to the value above it."""
        record, piece = self.record, unit.piece
        if record is None or not self.label or names_theme(unit.text):
            return False
        if record.listed and is_coded((leading_ref(piece.text) or ("",))[0]):
            return False
        pieces = record.values[self.label]
        open_label = not pieces and self.label in self.names
        cut = unit.paged and self.label in self.names and self.label != self.names[-1]
        if not (unit.item == self.block or open_label or cut) or (unit.apart and pieces and not cut and self.names):
            return False
        role = role_of(self.label)
        said = pieces[-1].text if pieces and not piece.line[:1].islower() else ""
        stated = role is Role.STATUS and (colour_of(said) is not None or short_status(said) is not None)
        if stated or (role is Role.DUE and is_date(said)):  # no second line: what follows says how far it is
            self.label = next((label for label in record.values if role_of(label) is Role.PROGRESS), "progress")
        record.values.setdefault(self.label, []).append(piece)
        record.places.append(piece.locator)
        record.taken.add(unit.item)
        return True

    def _of_table(self, unit: Unit, label: str, value: str) -> bool:
        """A line below the labels of a table that says how far it is: "How is it going? Under way"."""
        last, role = self.records[-1] if self.records else None, role_of(label)
        if last is None or last.places or unit.item - max(last.taken) != 1:
            return False
        if role not in _STATED or role in last.roles:
            return False
        last.values[label] = [replace(unit.piece, text=value)]
        last.taken.add(unit.item)
        return True

    def _open(self, at: int) -> Record:
        self.record = Record(at, over={**self.over})
        self.records.append(self.record)
        return self.record

    def _halt(self) -> None:
        self.halted = self.record or self.halted
        self.record, self.label = None, ""


# ---------------------------------------------------------------- which records state actions


def _stating(records: Sequence[Record]) -> Iterator[Record]:
    """The records that state actions. One whose title is the action needs a number, or others like it beside it."""
    titled = [record for record in records if Role.ACTION not in record.roles and record.title is not None]
    alike = sum(record.strength > 0 for record in titled)
    themed = [  # labels without an action that name an objective or recommendation, and who, when or how far
        record
        for record in records
        if {Role.RECOMMENDATION} == record.roles & {Role.RECOMMENDATION, Role.ACTION}
        if record.places and record.strength > 1
    ]
    for record in records:
        action = " ".join(piece.line for piece in record.pieces(Role.ACTION))
        if any(record is each for each in themed):
            if len(themed) > 1:
                yield record
        elif Role.ACTION not in record.roles:
            said = record.strength + (record.listed if record.places else Role.PROGRESS in record.roles)
            if record.title is not None and record.strength and said > 1 and (record.listed or alike > 1):
                yield record
        elif action and (record.strength or len(action.split()) > _BETWEEN):
            noted = record.roles <= {Role.ACTION, Role.REF, Role.PROGRESS}  # in minutes: its words tell who is to do it
            ends = ending_of(replace(record.pieces(Role.ACTION)[0], text=action)).ends
            if record.strength or (noted and (ends or told(action) or owner_likeness(action) == 0)):
                yield record


# ---------------------------------------------------------------- drafts


@dataclass(frozen=True, slots=True)
class Records:
    """The labelled records of a document that state actions, with the role of each label."""

    records: tuple[Record, ...]
    roles: dict[str, Role]
    series: bool
    """True where plain numbers at the beginning of titles are references."""

    @property
    def taken(self) -> frozenset[int]:
        """The numbers of the items that belong to them."""
        return frozenset(at for record in self.records for at in record.taken)

    def drafts(self, at: int, context: Context) -> list[Draft]:
        """The records that begin in an item; titles over those that say what is done are themes."""
        here = [record for record in self.records if record.first == at]
        over = any(not each.inside for each in here) and all(Role.ACTION in each.roles for each in here)
        found = []
        for record in here:
            if record.inside and over and record.title is not None:
                context.row_heading(record.title, names_theme=True)
                record.title = None
            found += [draft] if (draft := self._draft(record, context)) is not None else []
        return found

    def _draft(self, record: Record, context: Context) -> Draft | None:
        fields: Fields = {}
        for label, pieces in record.values.items():
            role = self.roles.get(label)
            if role is not None and role is not Role.OTHER and pieces:
                fields[role] = (*fields.get(role, ()), *pieces)
        if Role.ACTION not in fields and record.title is None and Role.RECOMMENDATION in fields:
            fields[Role.ACTION] = fields.pop(Role.RECOMMENDATION)
        if record.strength == 0 and Role.ACTION in fields:
            whole = replace(fields[Role.ACTION][0], text="\n".join(piece.text for piece in fields[Role.ACTION]))
            fields |= {role: (replace(whole, text=value),) for role, value in told(whole.text).items()}
            ending = ending_of(whole)
            apart = ending.ends and ending.action.words != whole.words  # who and when stand apart from its words
            fields |= {**ending.fields, Role.ACTION: (ending.action,)} if apart else {Role.ACTION: (whole,)}
        fields = {**{role: (piece,) for role, piece in record.over.items()}, **fields}
        section = self._with_title(record, fields, context)
        if Role.ACTION not in fields:
            return None
        if Role.RECOMMENDATION not in fields and context.recommendation is not None:
            fields[Role.RECOMMENDATION] = (context.recommendation,)
        place = covering(record.places or [fields[Role.ACTION][0].locator])
        states = (label for label, role in self.roles.items() if role is Role.STATUS and not record.places)
        return Draft(fields, place, section, heading=next(states, ""), order=context.at, kept_refs=True)

    def _with_title(self, record: Record, fields: Fields, context: Context) -> Piece | None:
        """What the title of a record says: the action, or its reference; comes back what the record stands under."""
        title, section = record.title, context.section
        if record.number is not None:
            fields.setdefault(Role.REF, (record.number,))
        if title is None:
            return section
        loose = loose_ref(title.line) if self.series else None
        if Role.ACTION not in fields:
            context.leave(title.line)
            fields[Role.ACTION] = (replace(title, text=loose[1]) if loose else title,)
            if loose is not None:
                fields.setdefault(Role.REF, (replace(title, text=loose[0]),))
            return context.section
        led = loose or leading_ref(title.text)
        ref = "" if names_theme(title.line) else led[0] if led else whole_ref(title.text)
        if ref and Role.REF not in fields:
            fields[Role.REF] = (replace(title, text=ref),)
            context.leave(title.line)
            section = context.section
        return title if record.inside else section


def records_of(items: Sequence[Block | Table], terms: frozenset[str], no_plan: Set[int] = frozenset()) -> Records:
    """The labelled records of a document that state actions.

    Args: terms, the words that the plan's own key explains; no_plan, the tables that say that they are none.
    """
    lines: dict[int, list[Unit]] = {}
    for unit in (unit for units in stretches(items) for unit in units):
        lines.setdefault(unit.item, []).append(unit)
    builder, forms = _Builder(names_of([unit for units in lines.values() for unit in units])), forms_of(items)
    for at, item in enumerate(items):
        if isinstance(item, Table):
            builder.table(item, at, () if at in no_plan else forms.get(at, ()))
        elif at in lines:
            builder.lines(item, lines[at])
    found = tuple(_stating(builder.records))
    titles = [record.title.line for record in found if record.title is not None]
    series = len(titles) > 2 and sum(loose_ref(title) is not None for title in titles) >= _SERIES * len(titles)
    return Records(found, _roles_of(found, terms), series)


def _roles_of(records: Sequence[Record], terms: frozenset[str]) -> dict[str, Role]:
    """The role of each label, judged over all records of the document as a table that was turned."""
    labels = list(dict.fromkeys(label for record in records for label in record.values))
    if not records:
        return {}
    blank = Piece("", Locator())
    cells = [
        [
            replace((pieces or [blank])[0], text="\n".join(piece.text for piece in pieces))
            for record in records
            for pieces in [record.values.get(label, [])]
        ]
        for label in labels
    ]
    found = dict(zip(labels, assign(labels, cells, terms).roles, strict=True))
    for label in labels:
        role = role_of(label)
        beside = {found.get(other) for record in records if label in record.values for other in record.values}
        if found[label] is None and role not in beside:
            found[label] = role
    return {label: role for label, role in found.items() if role is not None}
