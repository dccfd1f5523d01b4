"""What was left out and why; and what each document goes through: the unseen is taken out, the odd is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.invisible import has_invisible, strip_invisible
from assistant.places import place_words
from assistant.records import Block, BlockKind, Cell, Document, Locator, ReadWarning, Row, Table

_PLACES_SHOWN = 6
_ABOUT = frozenset({"comments", "notes below the slides"})
"""Hidden words about the text: they are none of its rows."""
CROSSED_OUT = "Crossed out in the document, so no longer meant: left out, or withdrawn where it is a whole row"


@dataclass(slots=True)
class Findings:
    """Collects while a document is read. Equal hidden things become one warning with their places."""

    _hidden: dict[str, list[tuple[str, Locator | None]]] = field(default_factory=dict)
    unseen: list[Block | Table] = field(default_factory=list)
    """What the hidden parts say, for those who must look through them before the file is taken in."""
    _gathered: dict[str, list[tuple[str, Locator | None]]] = field(default_factory=dict)
    _notes: list[ReadWarning] = field(default_factory=list)

    def hide(self, what: str, place: Locator | str = "", *rows: Sequence[str]) -> None:
        """Record something that an officer does not see and that was not read: `what` in the plural, "hidden rows".

        Args: rows, what it says, for those who look through it: the cells of each row, or one text alone.
        """
        self._hidden.setdefault(what, []).append(_told(place))
        at = place if isinstance(place, Locator) else Locator()
        if len(rows) == 1 == len(rows[0]):
            self.unseen.append(Block(BlockKind.PARAGRAPH, rows[0][0], at))
        elif rows:
            made = (tuple(Cell(text, n, each, at) for each, text in enumerate(texts)) for n, texts in enumerate(rows))
            self.unseen.append(Table(tuple(Row(cells, at) for cells in made), max(map(len, rows)), at))

    def gather(self, what: str, place: Locator | str = "") -> None:
        """Record something visible that is read in its own way: `what` is a sentence without its stop."""
        self._gathered.setdefault(what, []).append(_told(place))

    def unread(self, words: str, locator: Locator | None = None) -> None:
        """Record something that an officer sees and that was not read, once."""
        self.note(words, locator, unread=True)

    def note(self, words: str, locator: Locator | None = None, unread: bool = False) -> None:
        """Record something else that is odd or uncertain, once."""
        warning = ReadWarning(words, locator, unread)
        if warning not in self._notes:
            self._notes.append(warning)

    def document(self, name: str, kind: str, items: tuple[Block | Table, ...], title: str | None) -> Document:
        """The document with what was found."""
        title = (title or "").strip() or None
        return Document(name, kind, items, self.warnings, title, bool(self._hidden), unseen=tuple(self.unseen))

    @property
    def warnings(self) -> tuple[ReadWarning, ...]:
        hidden = (
            ReadWarning(
                f"Not read, as an officer does not see it: {what}{_where(found)}. "
                "The document is restricted until it is checked.",
                found[0][1],
                what not in _ABOUT,
            )
            for what, found in self._hidden.items()
        )
        gathered = (ReadWarning(f"{what}{_where(found)}.", found[0][1]) for what, found in self._gathered.items())
        return (*hidden, *gathered, *self._notes)


def _told(place: Locator | str) -> tuple[str, Locator | None]:
    """The words for a place, and the place where it is more than words."""
    if isinstance(place, str):
        return place, None
    if place.sheet is None or (place.row and not place.cells):
        return place_words(place), place
    column = "column " if place.cells and place.cells.isalpha() else ""
    return f"sheet {place.sheet}, {column}{place.cells}" if place.cells else place.sheet, place


def _where(found: list[tuple[str, Locator | None]]) -> str:
    places = list(dict.fromkeys(place for place, _ in found if place))
    shown = ", ".join(places[:_PLACES_SHOWN]) + (
        f" and {len(places) - _PLACES_SHOWN} more" if places[_PLACES_SHOWN:] else ""
    )
    return f" ({shown})" if shown else ""


LONGEST = 50_000
"""So many letters of a line, a paragraph or a cell are read: no plan has longer ones."""
WIDEST = 1_000
"""So many cells of a row are read: no plan has wider ones."""
_LONGEST_PROMPT = 90
_PROMPT = re.compile(
    r"\W*(?:(?:please )?(?:click|tap)(?: or tap| or click)?(?: here)? to (?:enter|add|insert|select|choose|type)\b"
    r".{0,40}|(?:choose|select) an? (?:item|date|option|building block)|"
    r"(?:enter|type|insert) (?:text|name|date|your \w+)(?: here)?)\W*",
    re.IGNORECASE,
)
"""What a field of a form says until somebody fills it in."""
_FORMULA = re.compile(r"\s*(?:=\s*[\w\"'+(@-]|[+@-][A-Za-z][\w.]*\s*[(!|]|[+-]?\d+[+*/-]?cmd\|)")
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|these|your)\b"
    r"[^.\n]{0,30}\b(?:instructions?|prompts?|rules|guidance)\b|"
    r"\byou are (?:now )?(?:an? )?(?:ai|helpful assistant|chatgpt|language model)\b|"
    r"\b(?:note|message|instructions?|attention|dear)\b[^.\n]{0,12}\b(?:ai|chatbots?|language models?|llms?|copilot)\b|"
    r"\b(?:ai|digital|virtual) assistants?\b[^.\n]{0,30}\b(?:must|should|please|ignore|answer|say|reply|report)\b|"
    r"\bsystem prompt\b|\bas an ai\b|<\|?(?:im_start|system|assistant)\|?>",
    re.IGNORECASE,
)

_MAYBE = re.compile(r"instruction|prompt|rules|guidance|assistant|chatgpt|language model| ai|llm|copilot|chatbot|<")
"""One of these stands in every text that speaks to a program."""


def examined(document: Document) -> Document:
    """The document with invisible characters taken out, except from text files, whose lines are quoted as they stand;
    unfilled prompts of forms blanked; texts without end cut; and a warning of each thing that a plan has no need of."""
    findings = Findings()
    places: dict[Locator, None] = {}
    lines = bool(document.lines)

    def seen(text: str, place: Locator, in_cell: bool) -> str:
        if has_invisible(text):
            places[place] = None
        text = text if lines else strip_invisible(text)
        if in_cell and _FORMULA.match(text):
            findings.gather("Cells begin as a formula does. They were read as words and are never run", place)
        if _MAYBE.search(text.lower()) and _ORDER.search(text):
            findings.gather("Words that speak to a program and not to a reader. They were read as words only", place)
        if len(text) > LONGEST:
            findings.unread(f"A text of {len(text):,} letters: only the first {LONGEST:,} were read.", place)
            text = text[:LONGEST]
        if len(text) < _LONGEST_PROMPT and _PROMPT.fullmatch(text):
            findings.gather("Fields of a form that nobody filled in are read as empty", place)
            return ""
        return text

    def seen_cell(cell: Cell) -> Cell:
        text = seen(cell.text, cell.locator, True) if cell.text else ""
        return cell if text == cell.text else replace(cell, text=text)

    items = tuple(
        replace(item, text=seen(item.text, item.locator, False)) if isinstance(item, Block)
        else replace(item, rows=tuple(replace(row, cells=tuple(map(seen_cell, row.cells))) for row in item.rows))
        for item in (_narrowed(item, findings) for item in document.items)
    )  # fmt: skip
    for place in places:
        findings.gather("Characters that nobody can see stand in the text", place)
    warnings: tuple[ReadWarning, ...] = (*document.warnings, *findings.warnings)
    return replace(document, items=items, invisible=() if lines else tuple(places), warnings=warnings)


def _narrowed(item: Block | Table, findings: Findings) -> Block | Table:
    """The item, a table without the cells beyond the widest that is read."""
    if isinstance(item, Block) or item.width <= WIDEST:
        return item
    findings.unread(f"A table of {item.width:,} columns: only the first {WIDEST:,} were read.", item.locator)
    rows = (
        replace(
            row,
            cells=tuple(
                replace(cell, column_span=min(cell.column_span, WIDEST - cell.column))
                for cell in row.cells
                if cell.column < WIDEST
            ),
        )
        for row in item.rows
    )
    return replace(item, rows=tuple(rows), width=WIDEST)
