"""One file being read: how much of it is taken in before it is turned away, for a file that is no small one may be an
attack; what was read of it so far, and what was left out and why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from assistant.errors import DocumentReadError
from assistant.places import place_words
from assistant.records import Block, BlockKind, Cell, Document, Locator, ReadWarning, Row, Table
from ingest.readers.building import Flow

Progress = Callable[[int, int], None]
"""Told the part being read and how many there are: pages of a PDF, sheets of a workbook, else 1 of 1."""

_PLACES_SHOWN = 6
_ABOUT = frozenset({"comments", "notes below the slides"})
"""Hidden words about the text: they are none of its rows."""
UNNAMED = "an unnamed person"
CROSSED_OUT = "Crossed out in the document, so no longer meant: left out, or withdrawn where it is a whole row"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may hold or cost. Each is a setting."""

    file_bytes: int = 100_000_000
    archive_entries: int = 5_000
    unpacked_bytes: int = 400_000_000
    archive_ratio: int = 250
    """Unpacked to packed size of one entry above a megabyte; real XML reaches about 60."""
    nesting: int = 200
    """Elements inside elements, in XML and HTML."""
    pages: int = 2_000
    cells: int = 1_000_000
    seconds: float = 180.0
    memory_bytes: int = 2_500_000_000


@dataclass(slots=True)
class Job:
    """The reading of one file. Equal hidden things become one warning with their places."""

    name: str
    limits: Limits = field(default_factory=Limits)
    progress: Progress = lambda *_: None
    flow: Flow = field(default_factory=Flow)
    _cells: int = 0
    _unseen: list[Block | Table] = field(default_factory=list)
    """What the hidden parts say, for those who must look through them before the file is taken in."""
    _hidden: dict[str, list[Locator | str]] = field(default_factory=dict)
    _gathered: dict[str, list[Locator | str]] = field(default_factory=dict)
    _notes: dict[ReadWarning, None] = field(default_factory=dict)

    def take_cells(self, count: int = 1) -> None:
        """Count cells. Raises DocumentReadError when they are more than the limit."""
        self._cells += count
        if self._cells > self.limits.cells:
            raise self.too_much(f"more than {self.limits.cells:,} cells", "Split the file, or raise the limit of cells")

    def too_much(self, what: str, do: str = "Check where the file comes from") -> DocumentReadError:
        """The error that turns the file away: it holds `what`."""
        return self.broken(f"it holds {what}", do)

    def broken(
        self, what: str, do: str = "Open it in its program, save it again and load that copy"
    ) -> DocumentReadError:
        """The error for a file that cannot be understood: `what` is a clause such as "its text cannot be unpacked"."""
        return DocumentReadError(f"{self.name}: not read, because {what}. {do}.")

    def hide(self, what: str, place: Locator | str = "", *rows: Sequence[str]) -> None:
        """Record something that an officer does not see and that was not read: `what` in the plural, "hidden rows".

        Args: rows, what it says, for those who look through it: the cells of each row, or one text alone.
        """
        self._hidden.setdefault(what, []).append(place)
        at = place if isinstance(place, Locator) else Locator()
        if len(rows) == 1 == len(rows[0]):
            self._unseen.append(Block(BlockKind.PARAGRAPH, rows[0][0], at))
        elif rows:
            made = (tuple(Cell(text, n, each, at) for each, text in enumerate(texts)) for n, texts in enumerate(rows))
            self._unseen.append(Table(tuple(Row(cells, at) for cells in made), max(map(len, rows)), at))

    def gather(self, what: str, place: Locator | str = "") -> None:
        """Record something visible that is read in its own way: `what` is a sentence without its stop."""
        self._gathered.setdefault(what, []).append(place)

    def note(self, words: str, locator: Locator | None = None, unread: bool = False) -> None:
        """Record something else, once, that is odd or uncertain, or that an officer sees and that was not read."""
        self._notes[ReadWarning(words, locator, unread)] = None

    def document(self, kind: str, title: str | None, around: Iterable[str] = ()) -> Document:
        """The document with what was read and found, after the texts `around` it on every page."""
        title, items = (title or "").strip() or None, self.flow.settled(around)
        return Document(self.name, kind, items, self.warnings, title, bool(self._hidden), unseen=tuple(self._unseen))

    @property
    def warnings(self) -> tuple[ReadWarning, ...]:
        hidden = (
            ReadWarning(
                f"Not read, as an officer does not see it: {what}{_where(places)}. "
                "The document is restricted until it is checked.",
                _first(places),
                what not in _ABOUT,
            )
            for what, places in self._hidden.items()
        )
        gathered = (ReadWarning(f"{what}{_where(places)}.", _first(places)) for what, places in self._gathered.items())
        return (*hidden, *gathered, *self._notes)


def _first(places: Sequence[Locator | str]) -> Locator | None:
    return places[0] if isinstance(places[0], Locator) else None


def _where(places: Sequence[Locator | str]) -> str:
    words = list(dict.fromkeys(filter(None, map(_words, places))))
    more = f" and {len(words) - _PLACES_SHOWN} more" if len(words) > _PLACES_SHOWN else ""
    return f" ({', '.join(words[:_PLACES_SHOWN])}{more})" if words else ""


def _words(place: Locator | str) -> str:
    if isinstance(place, str):
        return place
    if place.sheet is None or (place.row and not place.cells):
        return place_words(place)
    column = "column " if place.cells and place.cells.isalpha() else ""
    return f"sheet {place.sheet}, {column}{place.cells}" if place.cells else place.sheet
