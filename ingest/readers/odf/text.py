"""The words of OpenDocument paragraphs and lists: insertions in, comments and hidden text out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.records import Rag
from ingest.readers.building import Entry, entries
from ingest.readers.docx.numbering import BULLET, written
from ingest.readers.findings import Findings
from ingest.readers.looks import named
from ingest.readers.odf.names import CREATOR, DRAW, OFFICE, STYLE, TABLE, TEXT
from ingest.readers.odf.styles import Look, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_MOST_SPACES = 200


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph read. `depth` is that of a list item from 1; `colour` the one colour of all its words."""

    text: str
    label: str = ""
    depth: int = 0
    outline: int | None = None
    bold: bool = False
    size: float | None = None
    colour: Rag | None = None
    legend: tuple[Entry, ...] = ()
    """What the paragraph explains as part of a key of colours."""

    @property
    def shown(self) -> str:
        return f"{self.label} {self.text}".strip() if self.label else self.text


@dataclass(slots=True)
class Words:
    """Reads the paragraphs of one document; `notes` and `boxes` gather footnotes and text boxes until taken."""

    styles: Styles
    findings: Findings
    place: str = ""
    pictures: int = 0
    notes: list[_Element] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def paragraph(self, element: _Element, label: str = "", depth: int = 0) -> Paragraph:
        """The paragraph as shown, with the label that its list gives it."""
        base = self.styles.look("paragraph", element.get(f"{TEXT}style-name"))
        runs = list(self._runs(element, base))
        text = "".join(words for words, _ in runs).strip(" \n\t")
        inked = [look for words, look in runs if words.strip()]
        outline = element.get(f"{TEXT}outline-level", "") if element.tag == f"{TEXT}h" else ""
        return Paragraph(
            text,
            label if text or label != BULLET else "",
            depth,
            int(outline) if outline.isdigit() and int(outline) else base.outline,
            bool(inked) and all(look.bold for look in inked),
            max((look.size for look in inked if look.size), default=None),
            _one({named(look.fill) for look in inked}) or _one({named(look.ink) for look in inked}),
            entries((words, named(look.fill) or named(look.ink)) for words, look in runs),
        )

    def listed(
        self, element: _Element, style: str | None = None, depth: int = 1
    ) -> Iterator[tuple[_Element, str, int]]:
        """The paragraphs of a list, each with its label ("" for the further ones of an item) and depth."""
        style = element.get(f"{TEXT}style-name") or style
        form, after, start = self._form(style, depth)
        key = f"{style} {depth}"
        going_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        number = self._counts.get(key, start - 1) if going_on else start - 1
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            first = item.tag == f"{TEXT}list-item"
            given = item.get(f"{TEXT}start-value", "")
            number = int(given) if given.isdigit() else number + first
            for child in item:
                if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    label = (
                        (BULLET if form is None else f"{written(number, form)}{after}") if first and form != "" else ""
                    )
                    yield child, label, depth
                    first = False
                elif child.tag == f"{TEXT}list":
                    yield from self.listed(child, style, depth + 1)
        self._counts[key] = number

    def _form(self, style: str | None, depth: int) -> tuple[str | None, str, int]:
        """How the numbers of a list look at a depth: None for bullets, "" for none; what follows them; the first."""
        levels = self.styles.lists.get(style or "")
        for level in levels if levels is not None else ():
            if level.get(f"{TEXT}level") == str(depth) and level.tag == f"{TEXT}list-level-style-number":
                form, start = level.get(f"{STYLE}num-format", ""), level.get(f"{TEXT}start-value", "")
                suffix = level.get(f"{STYLE}num-suffix", "")
                return _FORMS.get(form, "decimal") if form else "", suffix, int(start) if start.isdigit() else 1
        return None, "", 1

    def _runs(self, parent: _Element, look: Look) -> Iterator[tuple[str, Look]]:
        yield from self._said(parent.text, look)
        for child in parent:
            yield from self._child(child, look)
            yield from self._said(child.tail, look)

    def _said(self, text: str | None, look: Look) -> Iterator[tuple[str, Look]]:
        if not text:
            return
        if look.hidden:
            if text.strip():
                self.findings.hide("hidden text", self.place)
            return
        yield " ".join(text.replace("\n", " ").split(" ")), look

    def _child(self, child: _Element, look: Look) -> Iterator[tuple[str, Look]]:
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES), look
        elif child.tag == f"{TEXT}tab":
            yield "\t", look
        elif child.tag == f"{TEXT}line-break":
            yield "\n", look
        elif child.tag == f"{OFFICE}annotation":
            self.findings.hide("comments", f"by {child.findtext(CREATOR) or 'an unnamed person'}")
        elif child.tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            self.findings.hide("hidden text", self.place)
        elif child.tag == f"{TEXT}note":
            self.notes.append(child)
        elif child.tag == f"{TEXT}span":
            yield from self._runs(child, self.styles.look("text", child.get(f"{TEXT}style-name")).over(look))
        elif child.tag.startswith(DRAW):
            self._drawing(child)
        elif child.tag not in (f"{OFFICE}annotation-end", f"{TEXT}tracked-changes"):
            yield from self._runs(child, look)

    def _drawing(self, element: _Element) -> None:
        if any(True for _ in element.iter(f"{DRAW}object-ole", f"{DRAW}object")):
            self.findings.hide("embedded files", self.place)
        boxes = list(element.iter(f"{DRAW}text-box"))
        self.boxes += boxes
        self.pictures += not boxes and any(True for _ in element.iter(f"{DRAW}image"))


def inside(words: Words, parent: _Element) -> Iterator[tuple[_Element, str, int]]:
    """The paragraphs (with label and depth) and tables that stand in a cell, a section or a box, in order."""
    for child in parent:
        if child.tag in (f"{TEXT}p", f"{TEXT}h", f"{TABLE}table"):
            yield child, "", 0
        elif child.tag == f"{TEXT}list":
            yield from words.listed(child)
        elif child.tag in (f"{TEXT}section", f"{TEXT}numbered-paragraph", f"{TEXT}index-body", f"{DRAW}text-box") or (
            child.tag.startswith(TEXT) and child.find(f"{TEXT}index-body") is not None
        ):
            yield from inside(words, child)
        elif child.tag.startswith(DRAW):
            for box in child.iter(f"{DRAW}text-box"):
                yield from inside(words, box)


def _one(colours: set[Rag | None]) -> Rag | None:
    return colours.pop() if len(colours) == 1 else None
