"""OpenDocument texts as they are shown: named styles on their parents; the words of paragraphs, lists and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from assistant.records import Locator, Rag
from ingest.readers.building import Paragraph, paragraph_of
from ingest.readers.docx.styles import BULLET, written
from ingest.readers.job import CROSSED_OUT, UNNAMED
from ingest.readers.looks import NO_LOOK, Look, laid_over, named, parse, whole
from ingest.readers.walking import Part, Start, Walk

_ROOT = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_ROOT}office:1.0}}"
TEXT = f"{{{_ROOT}text:1.0}}"
TABLE = f"{{{_ROOT}table:1.0}}"
STYLE = f"{{{_ROOT}style:1.0}}"
DRAW = f"{{{_ROOT}drawing:1.0}}"
NUMBER = f"{{{_ROOT}datastyle:1.0}}"
FO = f"{{{_ROOT}xsl-fo-compatible:1.0}}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_AROUND = {*(f"{TEXT}{name}" for name in ("section", "numbered-paragraph", "index-body")), f"{DRAW}text-box"}
_LONGEST_CHAIN = 12
_PROPERTIES = ("text", "paragraph", "table-cell", "table-row", "table-column", "table")


@dataclass(slots=True)
class Styles:
    """The styles of a document by family and name. A style is known by its name as shown, too."""

    roots: tuple[_Element, ...]
    _elements: dict[tuple[str, str], _Element] = field(default_factory=dict)
    _done: dict[tuple[str, str], Look] = field(default_factory=dict)
    _daily: set[str] = field(default_factory=set)
    lists: dict[str, _Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for root in self.roots:
            for element in root.iter(f"{STYLE}style", f"{STYLE}default-style"):
                family = element.get(f"{STYLE}family", "")
                for name in (element.get(f"{STYLE}name", ""), element.get(f"{STYLE}display-name")):
                    if name is not None:
                        self._elements[family, name] = element
            for element in root.iter(f"{TEXT}list-style"):
                self.lists[element.get(f"{STYLE}name", "")] = element
            for element in root.iter(f"{NUMBER}date-style"):
                if element.find(f"{NUMBER}day") is not None or element.get(f"{NUMBER}format-source") == "language":
                    self._daily.add(element.get(f"{STYLE}name", ""))

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style; nothing where there is none of that name."""
        key = (family, name or "")
        if name is not None and key not in self._done:
            look = NO_LOOK
            for _ in range(_LONGEST_CHAIN):
                element = self._elements.get((family, name))
                if element is None:
                    break
                look = laid_over(look, _own(element))
                name = element.get(f"{STYLE}parent-style-name", "\0")
            self._done[key] = look
        return self._done.get(key, NO_LOOK)

    def shows_day(self, look: Look) -> bool:
        """Whether dates in a cell of this look name the day of the month."""
        return look.code is None or look.code in self._daily


def _own(style: _Element) -> Look:
    said: dict[str, str] = {}
    for kind in reversed(_PROPERTIES):
        for part in style.iterfind(f"{STYLE}{kind}-properties"):
            said |= {str(name): str(value) for name, value in part.attrib.items()}
    size = re.fullmatch(r"(\d{1,4}(?:\.\d{1,3})?)pt", said.get(f"{FO}font-size", ""))
    weight, hidden = said.get(f"{FO}font-weight"), said.get(f"{TEXT}display")
    line = said.get(f"{STYLE}text-line-through-style")
    maps = (
        tuple(part.get(f"{STYLE}{name}", "") for name in ("condition", "apply-style-name", "base-cell-address"))
        for part in style.iterfind(f"{STYLE}map")
    )
    return Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        size=float(size[1]) if size else None,
        colour=parse(said.get(f"{FO}color")),
        fill=parse(said.get(f"{FO}background-color")),
        hidden=None if hidden is None else hidden == "none",
        struck=None if line is None else line != "none",
        code=style.get(f"{STYLE}data-style-name"),
        outline=whole(style.get(f"{STYLE}default-outline-level")) or None,
        displayed=False if said.get(f"{TABLE}display") == "false" else None,
        conditions=tuple((condition, name, base) for condition, name, base in maps) or None,
    )


_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_MOST_SPACES = 200


def of_table(parent: _Element, kind: str = "row") -> Iterator[_Element]:
    """The rows of a table, or the descriptions of its columns, also where they stand in groups."""
    groups = {f"{TABLE}table-{name}" for name in (f"header-{kind}s", f"{kind}s", f"{kind}-group")}
    for child in parent:
        if child.tag == f"{TABLE}table-{kind}":
            yield child
        elif child.tag in groups:
            yield from of_table(child, kind)


def count(element: _Element, name: str, most: int = 1000) -> int:
    """A number that a table attribute gives, at least 1."""
    return max(1, whole(element.get(f"{TABLE}{name}"), 1, most))


@dataclass(slots=True)
class Text(Walk):
    """One walk through a text, or the words of a sheet's cells."""

    styles: Styles = field(kw_only=True)
    _counts: dict[str, int] = field(default_factory=dict)

    def paragraph(self, element: _Element, label: str = "", depth: int = 0, /) -> Paragraph:
        """The paragraph as shown, with the label that its list gives it."""
        base = self.styles.look("paragraph", element.get(f"{TEXT}style-name"))
        runs = list(self._runs(element, base))
        if any(look.struck and words.strip() for words, look in runs):
            self.job.gather(CROSSED_OUT, self.place)
        level = whole(element.get(f"{TEXT}outline-level")) if element.tag == f"{TEXT}h" else 0
        label = label if label != BULLET or any(words.strip() for words, _ in runs) else ""
        return paragraph_of(runs, label, depth if label else 0, level or base.outline)

    def listed(self, element: _Element, style: str | None = None, depth: int = 1) -> Iterator[Part]:
        """The paragraphs of a list, each with its label ("" for the further ones of an item) and depth."""
        style = element.get(f"{TEXT}style-name") or style
        form, after, start = self._form(style, depth)
        key = f"{style} {depth}"
        going_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        number = self._counts.get(key, start - 1) if going_on else start - 1
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            first = item.tag == f"{TEXT}list-item"
            number = whole(item.get(f"{TEXT}start-value"), number + first)
            label = "" if form == "" else BULLET if form is None else f"{written(number, form)}{after}"
            for child in item:
                if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    yield child, label if first else "", depth
                    first = False
                elif child.tag == f"{TEXT}list":
                    yield from self.listed(child, style, depth + 1)
        self._counts[key] = number

    def _form(self, style: str | None, depth: int) -> tuple[str | None, str, int]:
        """How the numbers of a list look at a depth: None for bullets, "" for none; what follows them; the first."""
        levels = self.styles.lists.get(style or "")
        for level in levels if levels is not None else ():
            if level.get(f"{TEXT}level") == str(depth) and level.tag == f"{TEXT}list-level-style-number":
                form, start = level.get(f"{STYLE}num-format", ""), whole(level.get(f"{TEXT}start-value"), 1)
                return _FORMS.get(form, "decimal") if form else "", level.get(f"{STYLE}num-suffix", ""), start
        return None, "", 1

    def _runs(self, parent: _Element, look: Look) -> Iterator[tuple[str, Look]]:
        yield from self._said(parent.text, look)
        for child in parent:
            yield from self._child(child, look)
            yield from self._said(child.tail, look)

    def _said(self, text: str | None, look: Look) -> Iterator[tuple[str, Look]]:
        if text and not look.hidden:
            yield text.replace("\n", " "), look
        elif text and text.strip():
            self.job.hide("hidden text", self.place, [text])

    def _child(self, child: _Element, look: Look) -> Iterator[tuple[str, Look]]:
        if child.tag == f"{TEXT}s":
            yield " " * whole(child.get(f"{TEXT}c"), 1, _MOST_SPACES), look
        elif child.tag == f"{TEXT}tab":
            yield "\t", look
        elif child.tag == f"{TEXT}line-break":
            yield "\n", look
        elif child.tag == f"{OFFICE}annotation":
            self.job.hide("comments", f"by {child.findtext(CREATOR) or UNNAMED}", [" ".join(child.itertext())])
        elif child.tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            said = child.get(f"{TEXT}string-value") or "".join(child.itertext())
            self.job.hide("hidden text", self.place, [said])
        elif child.tag == f"{TEXT}note":
            self.later += child.iterchildren(f"{TEXT}note-body")
        elif child.tag == f"{TEXT}span":
            yield from self._runs(child, laid_over(self.styles.look("text", child.get(f"{TEXT}style-name")), look))
        elif child.tag.startswith(DRAW):
            if any(True for _ in child.iter(f"{DRAW}object-ole", f"{DRAW}object")):
                self.job.hide("embedded files", self.place)
            boxes = list(child.iter(f"{DRAW}text-box"))
            self.floating += boxes
            self.pictures += not boxes and any(True for _ in child.iter(f"{DRAW}image"))
        elif child.tag not in (f"{OFFICE}annotation-end", f"{TEXT}tracked-changes"):
            yield from self._runs(child, look)

    def parts(self, parent: _Element) -> Iterator[Part]:
        for child in parent:
            if child.tag in (f"{TEXT}p", f"{TEXT}h", f"{TABLE}table"):
                yield child, "", 0
            elif child.tag == f"{TEXT}list":
                yield from self.listed(child)
            elif child.tag in _AROUND or (child.tag.startswith(TEXT) and child.find(f"{TEXT}index-body") is not None):
                yield from self.parts(child)
            elif child.tag.startswith(DRAW):
                for box in child.iter(f"{DRAW}text-box"):
                    yield from self.parts(box)

    def cells(self, table: _Element) -> list[list[_Element]]:
        return [list(row.iterchildren(f"{TABLE}table-cell")) for row in of_table(table)]

    def rows(self, table: _Element, number: int | None) -> Iterator[tuple[Locator, list[Start]]]:
        for index, row in enumerate(of_table(table)):
            place = self.row_place(number, index)
            if row.get(f"{TABLE}visibility") in ("collapse", "filter"):
                said = ["".join(cell.itertext()) for cell in row.iterchildren(f"{TABLE}table-cell")]
                self.job.hide("hidden rows", self.place, said)
                continue
            column, starts = 0, []
            for element in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                spans = count(element, "number-rows-spanned"), count(element, "number-columns-spanned")
                for _ in range(count(element, "number-columns-repeated")):
                    self.job.take_cells()
                    if element.tag == f"{TABLE}table-cell":
                        starts.append((element, column, *spans))
                    column += 1
            yield place, starts

    def fills(self, cell: _Element) -> tuple[Rag | None, Rag | None]:
        fill = self.styles.look("table-cell", cell.get(f"{TABLE}style-name")).fill
        row = next(cell.iterancestors(f"{TABLE}table-row"))
        return named(fill), named(self.styles.look("table-row", row.get(f"{TABLE}style-name")).fill)
