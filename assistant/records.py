"""The nouns of the project: what a document is after reading, and what the register holds.

All records are frozen; change one with `dataclasses.replace`. Field names are those of the public contract, so
that the command line, HTTP, exports and code use one word for one thing."""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Any

from assistant.labels import OWNER as OWNER
from assistant.labels import Audience as Audience
from assistant.labels import Label as Label
from assistant.locators import Box as Box
from assistant.locators import Locator as Locator
from assistant.locators import Segment as Segment


class Status(StrEnum):
    """The delivery state that a plan states in words or by its own key; never worked out from dates."""

    COMPLETE = "complete"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    BLOCKED = "blocked"
    WITHDRAWN = "withdrawn"
    """Cancelled, merged, superseded or struck out."""
    NOT_RECORDED = "not_recorded"


CLOSED = (Status.COMPLETE, Status.WITHDRAWN)
"""States in which nothing is left to be done, and so nothing can be overdue."""


class Rag(StrEnum):
    """A colour as a plan states it, by word or by fill."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    BLUE = "blue"
    YELLOW = "yellow"


class DuePrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    RANGE = "range"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something in the source that a reader should check; the value beside it is not corrected."""

    code: str
    words: str
    locator: Locator | None = None


# ---------------------------------------------------------------- a document after reading


@dataclass(frozen=True, slots=True)
class Source:
    """A file and what is known of it. `sha256` is of its bytes; `id` is safe in an address."""

    id: str
    document: str
    title: str
    authority: str | None
    plan_date: date | None
    label: Label
    sha256: str
    path: str
    loaded_at: str = ""
    period_start: date | None = None
    period_end: date | None = None
    series: str = ""
    """What a person named the versions that this document is one of; empty where nobody did."""


@dataclass(frozen=True, slots=True)
class SourceDetails:
    """What the person who loads a file says of it; each value given wins over what the document says of itself."""

    title: str | None = None
    authority: str | None = None
    plan_date: date | None = None
    label: Label | None = None
    series: str | None = None
    released: bool = False
    """Whether a person has looked at a file that was set aside for details of children, and lets it be read."""


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    FURNITURE = "furniture"
    """A running header, footer or page number: kept, but never read as content."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or list item outside tables. `text` is verbatim; `level` is the depth of a heading or
    list item from 1, or 0 where the format does not say."""

    kind: BlockKind
    text: str
    locator: Locator
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid at (row, column), from 0, covering `row_span` by `column_span` places.

    `text` is verbatim, paragraphs and list items separated by newlines (a list item starts with its bullet or
    number as shown, "- " where the format has a bare bullet). `colour` is the fill or text colour judged by hue;
    `value` is the typed date of a real date cell. `head` where the format marks the cell as a heading of its column: a
    header cell, a row that is repeated on each page, bold throughout. `struck` where all its words are struck through.
    """

    text: str
    row: int
    column: int
    locator: Locator
    row_span: int = 1
    column_span: int = 1
    colour: Rag | None = None
    value: date | None = None
    hidden: bool = False
    unread_rule: bool = False
    head: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: the cells that start in it, in column order. `sure`, in [0, 1], says how sure it is that
    they belong together: below 1 where no rule of the page parts them and their places had to be compared."""

    cells: tuple[Cell, ...]
    locator: Locator
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A grid as it stands in the document, its header not yet known. `width` is in columns."""

    rows: tuple[Row, ...]
    width: int
    locator: Locator


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something that a reader left out, could not see or found odd, for the load report. `unread` where the document
    says more than was read, so that answers may lack it."""

    words: str
    locator: Locator | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A source after reading: its blocks and tables in reading order."""

    name: str
    format: str
    items: tuple[Block | Table, ...]
    warnings: tuple[ReadWarning, ...] = ()
    title: str | None = None
    restricted: bool = False
    """True where the file hides something: restricted until someone says otherwise."""
    lines: tuple[tuple[Locator, str], ...] = ()
    """Every line of a text file as it stands. Left empty by formats without lines: blocks and rows serve there."""
    invisible: tuple[Locator, ...] = ()
    """Where characters that cannot be seen stood, and were taken out."""
    unseen: tuple[Block | Table, ...] = ()
    """Hidden sheets and comments: looked through for details of children, then let go."""


class ReadAs(StrEnum):
    """What a table or list was read as."""

    ACTIONS = "actions"
    MEASURES = "measures"
    RISKS = "risks"
    BUDGET = "budget"
    MEETINGS = "meetings"
    PEOPLE = "people"
    CHANGES = "changes"
    OTHER = "other"
    """Something else that is known: a key, front matter, a record of what was done."""
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One line of a kept table: its cells as they stand, by column."""

    locator: Locator
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table or list. `rows` counts its lines below the header, or its actions; `lines` holds the cells of a table
    that states no actions, under `header`, blank where a column has no name."""

    locator: Locator
    read_as: ReadAs
    title: str = ""
    header: tuple[str, ...] = ()
    rows: int = 0
    lines: tuple[KeptLine, ...] = ()


# ---------------------------------------------------------------- what the register holds


@dataclass(frozen=True, slots=True)
class Action:
    """A row understood. Dates are read literally; a likely slip stands in `due_probable` and `flags`.

    `quote` is an unbroken piece of the source that stands word for word at `locator`. `digest` is a hash of what
    the row says: identity is place (`id`), change is content."""

    id: str
    document: str
    plan: str
    authority: str | None
    plan_date: date | None
    action: str
    locator: Locator
    quote: str
    section: str | None = None
    recommendation: str | None = None
    ref: str | None = None
    action_parent: str | None = None
    owner: str | None = None
    owners: tuple[str, ...] = ()
    start: date | None = None
    start_text: str | None = None
    due: date | None = None
    due_text: str | None = None
    due_precision: DuePrecision = DuePrecision.NONE
    due_probable: date | None = None
    status: Status = Status.NOT_RECORDED
    status_text: str | None = None
    progress: str | None = None
    """The words of a progress or comments column; also in `status_text` where no status column has words."""
    rag: Rag | None = None
    rag_meaning: str | None = None
    completed_on: date | None = None
    success_measure: str | None = None
    outcome: str | None = None
    field_locators: tuple[tuple[str, Locator], ...] = ()
    flags: tuple[Flag, ...] = ()
    label: Label = Label.INTERNAL
    digest: str = ""

    @property
    def open(self) -> bool:
        """Whether something is left to be done: neither complete nor withdrawn."""
        return self.status not in CLOSED

    def days_late(self, as_of: date) -> int:
        """Days from the due date to the as-of date; 0 where it is not late, not open or has no date."""
        return max(0, (as_of - self.due).days) if self.due and self.open else 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of blocks under one heading path; the unit that is embedded. `text` is verbatim, lines as they stand."""

    id: str
    document: str
    heading_path: tuple[str, ...]
    text: str
    locator: Locator
    label: Label = Label.INTERNAL
    digest: str = ""


class KeyKind(StrEnum):
    COLOUR = "colour"
    ABBREVIATION = "abbreviation"
    STATED_TOTAL = "stated_total"
    """A total that the document claims, such as "38 of the actions are green": term is what is counted."""
    RAG_SCOPE = "rag_scope"
    """What the plan's ratings rate when it is not progress, such as the effect of an event on dates."""


@dataclass(frozen=True, slots=True)
class PlanKey:
    """One entry of a plan's own legend: `term` as written means `meaning` as written, standing at `locator`.

    `status` is set where the meaning of a colour says a delivery state."""

    document: str
    kind: KeyKind
    term: str
    meaning: str
    locator: Locator
    quote: str
    status: Status | None = None
    label: Label = Label.INTERNAL


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell of a document's table as a reader of the source sees it. `text` is verbatim; `column` is from 0; `says`
    names what it tells of the row's action, such as "due", "status" or "owner", where that is known."""

    text: str
    column: int
    row_span: int = 1
    column_span: int = 1
    colour: Rag | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line of one of a document's tables, which `table` numbers from 0 in reading order; hidden cells left out."""

    table: int
    locator: Locator
    cells: tuple[SourceCell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read out of one document, before it is written to the register.

    `lines` maps every place of the document to its words as they stand, in order; a quote is checked against it."""

    source: Source
    lines: tuple[tuple[Locator, str], ...]
    actions: tuple[Action, ...] = ()
    passages: tuple[Passage, ...] = ()
    keys: tuple[PlanKey, ...] = ()
    flags: tuple[Flag, ...] = ()
    set_aside: tuple[tuple[Locator, str], ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    continued: int = 0
    """Table lines that were joined to the row above."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many table lines were read as rows, headers, headings, continued, empty, set aside: they sum to all."""
    rows: tuple[SourceRow, ...] = ()
    """The lines of the document's tables with their cells, in order."""
    tables: tuple[TableRead, ...] = ()
    """What became of each table and each list of actions."""


def as_data(value: Any) -> Any:
    """A record, or what one holds, ready for JSON: by the names of its fields, days as ISO, places by their keys."""
    match value:
        case Enum():
            return value.value
        case str() | int() | None:
            return value
        case Locator():
            return value.as_dict()
        case date():
            return value.isoformat()
        case tuple():
            return [as_data(one) for one in value]
        case _ if is_dataclass(value):
            return {one.name: as_data(getattr(value, one.name)) for one in fields(value)}
    return value
