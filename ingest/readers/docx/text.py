"""The words of a Word paragraph as its final version shows them: insertions in, deletions and hidden text out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from assistant.records import Locator
from ingest.readers.building import Paragraph, paragraph_of
from ingest.readers.docx.styles import Numbering, Style, Styles, W, number_of, switch, value
from ingest.readers.findings import CROSSED_OUT, Findings
from ingest.readers.looks import Look, as_shown, laid_over, named, sign_of

WHITE = (1.0, 1.0, 1.0)
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GONE = (f"{W}del", f"{W}moveFrom")
_SPACES = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_BOX = "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"
_BOX_SIGNS = frozenset("☒☐☑✓✔🗹")
_PROMPT = "PlaceholderText"
"""The style of what a field says until somebody fills it in."""
_TINY = 2.0
"""Letters of so many points or fewer are not there to be read."""


@dataclass(slots=True)
class Words:
    """Reads paragraphs of one document. `floating` gathers text boxes, `notes` the ids of notes, until taken."""

    styles: Styles
    numbering: Numbering
    findings: Findings
    floating: list[_Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    place: Locator | str = ""
    on_white: bool = True
    """Whether nothing coloured can lie behind what is read."""

    def paragraph(self, element: _Element) -> Paragraph:
        """The paragraph as shown; its list's count moves on, unless nothing of it is left."""
        properties = element.find(f"{W}pPr")
        style_id = value(properties, "pStyle")
        style = self.styles.get(style_id)
        runs = list(_Line(self, style.look).runs(element))
        if any(look.struck and words.strip() for words, look in runs):
            self.findings.gather(CROSSED_OUT, self.place)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        gone = mark is not None and (switch(mark, "vanish") or mark.find(f"{W}del") is not None)
        if gone and not any(words.strip() for words, _ in runs):
            return Paragraph("")
        behind = named(self.styles.fill_of(properties))
        return paragraph_of(runs, *self._label(properties, style_id, style), style.outline, behind)

    def _label(self, properties: _Element | None, style_id: str | None, style: Style) -> tuple[str, int]:
        number, depth = number_of(properties)
        if number is None:
            number = style.number[0]
            depth = style.number[1] if depth is None else depth
            if number is not None and depth is None:
                depth = self.numbering.level_of_style(number, style_id)
        if number is None:
            return "", 0
        label = self.numbering.label(number, depth or 0)
        own = re.fullmatch(r"List(?:Bullet|Number)([2-5])", style_id or "")  # each depth a list of its own
        return label, max((depth or 0) + 1, int(own[1]) if own else 0) if label else 0


@dataclass(slots=True)
class _Line:
    """One walk through a paragraph: the runs in order, with the fields that open and close between them."""

    words: Words
    base: Look
    _codes: int = 0
    """How many fields are open at their code, which is not shown."""
    _fields: list[bool] = field(default_factory=list)

    def runs(self, parent: _Element) -> Iterator[tuple[str, Look]]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from self._run(child)
            elif child.tag in _GONE:
                if any(True for _ in child.iter(f"{W}delText", f"{W}t")):
                    self._hide("deleted text of tracked changes", said(child))
            elif child.tag == f"{_MC}AlternateContent":
                yield from self.runs(_choice(child))
            elif child.tag == f"{_MATH}oMath" or child.tag == f"{_MATH}oMathPara":
                yield "".join(part.text or "" for part in child.iter(f"{_MATH}t")), self.base
            elif child.tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                continue
            elif child.tag not in (f"{W}pPr", f"{W}sdtPr", f"{W}rPr"):
                yield from self.runs(child)

    def _run(self, run: _Element) -> Iterator[tuple[str, Look]]:
        properties = run.find(f"{W}rPr")
        look = laid_over(self.words.styles.look(properties), self.base)
        text = as_shown("".join(self._parts(run)), look.font)
        if self._codes:
            # the boxes to tick and the chosen words of an old form that begin in a run
            found = []
            for data in run.iterfind(f"{W}fldChar/{W}ffData"):
                for box in data.iterfind(f"{W}checkBox"):
                    now = switch(box, "checked")
                    found.append("☑" if (switch(box, "default") if now is None else now) else "☐")
                for choice in data.iterfind(f"{W}ddList"):
                    words = [entry.get(f"{W}val", "") for entry in choice.iterfind(f"{W}listEntry")]
                    at = value(choice, "result") or value(choice, "default") or "0"
                    found.append(words[int(at)] if at.isdigit() and int(at) < len(words) else "")
            text = "".join(found)
        if text.strip() in _BOX_SIGNS:
            text = _ticked(run) or text
        if not text or value(properties, "rStyle") == _PROMPT:
            return
        unseen = {
            "letters too small to be seen": look.size is not None and look.size <= _TINY,
            "white letters on white": look.colour == WHITE and not look.fill and self.words.on_white,
            "hidden text": look.hidden,
            "deleted text of tracked changes": properties is not None and properties.find(f"{W}del") is not None,
        }
        what = next((what for what, is_so in unseen.items() if is_so), None)
        if what is None or not text.strip():
            yield text, look
        else:
            self._hide(what, text)

    def _hide(self, what: str, text: str) -> None:
        self.words.findings.hide(what, self.words.place, [text])

    def _parts(self, run: _Element) -> Iterator[str]:
        for part in run:
            if part.tag == f"{W}t":
                yield part.text or ""
            elif part.tag in _SPACES:
                yield _SPACES[part.tag]
            elif part.tag == f"{W}br":
                yield "\n" if part.get(f"{W}type") in (None, "textWrapping") else ""
            elif part.tag == f"{W}sym":
                yield self._sign(part)
            elif part.tag == f"{W}fldChar":
                kind = part.get(f"{W}fldCharType")
                if kind == "begin":
                    self._fields.append(True)
                    self._codes += 1
                elif kind == "separate" and self._fields and self._fields[-1]:
                    self._fields[-1] = False
                    self._codes -= 1
                elif kind == "end" and self._fields and self._fields.pop():
                    self._codes -= 1
            elif part.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self.words.notes.append((part.tag.rpartition("}")[2][:-9], part.get(f"{W}id", "")))
            elif part.tag == f"{_MC}AlternateContent":
                self._drawing(_choice(part))
            elif part.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawing(part)

    def _sign(self, part: _Element) -> str:
        code, font = part.get(f"{W}char", ""), part.get(f"{W}font")
        sign = sign_of(int(code, 16), font or "Wingdings") if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else ""
        if sign is None:
            return chr(int(code, 16))
        if not sign:
            self.words.findings.unread(f"A sign of the font {font} is not known, so it is not read.")
        return sign

    def _drawing(self, element: _Element) -> None:
        if any(True for _ in element.iter(f"{_OFFICE}OLEObject")):
            self.words.findings.hide("embedded files", self.words.place)
        boxes = list(element.iter(f"{W}txbxContent"))
        self.words.floating.extend(boxes)
        if not boxes:
            self.words.pictures += 1


def _choice(alternatives: _Element) -> _Element:
    """The first way of showing something that is written in several ways."""
    return next((child for child in alternatives if child.tag == f"{_MC}Choice"), alternatives)


def _ticked(run: _Element) -> str | None:
    """The state of the box to tick that the run shows; None where it is in none."""
    control = next(run.iterancestors(f"{W}sdt"), None)
    box = control.find(f"{W}sdtPr/{_BOX}") if control is not None else None
    state = box.find(_BOX.replace("checkbox", "checked")) if box is not None else None
    if box is None:
        return None
    return "☑" if state is not None and set(state.attrib.values()) & {"1", "true"} else "☐"


def said(element: _Element) -> str:
    """The words inside an element, deleted ones too, line by line."""
    parts = ("".join(part.itertext(f"{W}t", f"{W}delText")) for part in element.iter(f"{W}p"))
    return "\n".join(parts) or "".join(element.itertext(f"{W}t", f"{W}delText"))
