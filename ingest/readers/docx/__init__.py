"""Word documents: paragraphs, headings, lists and tables as the final version shows them: insertions in, deletions and
hidden text out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from lxml.etree import _Element

from assistant.records import Block, BlockKind, Document, Locator, Rag
from ingest.readers.archive import Archive
from ingest.readers.building import Paragraph, paragraph_of
from ingest.readers.docx.styles import Numbering, Styles, W, number_of, switch, value
from ingest.readers.job import CROSSED_OUT, UNNAMED, Job
from ingest.readers.looks import WHITE, Look, as_shown, laid_over, named, raised, sign_of, whole
from ingest.readers.walking import Part, Start, Walk

_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_REAL_NOTE = re.compile(r"separator|continuationNotice", re.IGNORECASE)
_CORE = "{http://purl.org/dc/elements/1.1/}title"
_DELETED = "deleted text of tracked changes"
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


def read(data: bytes, job: Job) -> Document:
    """The document in a Word file. Tables and paragraphs are numbered from 0, in the order of the text.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    archive = Archive(data, job)
    main = next(iter(archive.targets("", "officeDocument")), "word/document.xml")
    body = archive.xml(main).find(f"{W}body") if main in archive.names else None
    if body is None:
        raise job.broken("it has no text part, so it is not a whole Word document")
    job.progress(1, 1)
    styles = Styles(archive.part(main, "styles"), archive.theme())
    text = _Text(job, styles=styles, numbering=Numbering(archive.part(main, "numbering"), styles))
    text.walk(body)
    # the notes at the foot, each at the place that refers to it
    notes = {}
    for note in chain(*(archive.each(main, f"{kind}s", f"{W}{kind}") for kind in ("footnote", "endnote"))):
        if not _REAL_NOTE.search(note.get(f"{W}type", "")):
            notes[note.tag, note.get(f"{W}id", "")] = text.lines(inside(note, "p"))
    for tag, key, place in text.notes:
        if notes.get((tag, key)):
            job.flow.items.append(Block(BlockKind.PARAGRAPH, notes[tag, key], place))
    parts = [archive.xml(name) for kind in ("header", "footer") for name in archive.targets(main, kind)]
    around = [text.lines(part.iter(f"{W}p")) for part in parts]
    for comment in archive.each(main, "comments", f"{W}comment"):
        job.hide("comments", f"by {comment.get(f'{W}author') or UNNAMED}", [said(comment)])
    archive.tell()
    if text.pictures:
        many = f"{text.pictures} pictures" if text.pictures > 1 else "A picture"
        job.note(f"{many} in the document: words in pictures are not read.")
    core = archive.xml_or_none("docProps/core.xml")
    return job.document("docx", core.findtext(_CORE) if core is not None else None, around)


def inside(parent: _Element, *names: str) -> Iterator[_Element]:
    """The children of those names, also where content controls and insertions stand around them."""
    wanted = {f"{W}{name}" for name in names}
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS and not ("p" in names and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None):
            yield from inside(child, *names)


def said(element: _Element) -> str:
    """The words inside an element, deleted ones too, line by line."""
    parts = ("".join(part.itertext(f"{W}t", f"{W}delText")) for part in element.iter(f"{W}p"))
    return "\n".join(parts) or "".join(element.itertext(f"{W}t", f"{W}delText"))


def _count(properties: _Element | None, name: str) -> int:
    return whole(value(properties, name), 0, 1000)


def _is_deleted(row: _Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _merge(properties: _Element | None, name: str) -> str | None:
    found = properties is not None and properties.find(f"{W}{name}") is not None
    return (value(properties, name) or "continue") if found else None


@dataclass(slots=True)
class _Text(Walk):
    """One walk through a text. `notes` gathers which notes at the foot it refers to, and where."""

    styles: Styles = field(kw_only=True)
    numbering: Numbering = field(kw_only=True)
    notes: list[tuple[str, str, Locator]] = field(default_factory=list)

    def parts(self, parent: _Element) -> Iterator[Part]:
        for part in inside(parent, "p", "tbl", "altChunk"):
            if part.tag == f"{W}altChunk":
                self.job.hide("embedded files", f"after paragraph {self.job.flow.paragraphs}")
            else:
                yield part, "", 0

    def cells(self, table: _Element) -> list[list[_Element]]:
        rows = list(inside(table, "tr"))
        gone = any(row.find(f"{W}trPr/{W}{name}") is not None for row in rows for name in ("del", "hidden"))
        return [list(inside(row, "tc")) for row in rows] if not gone else []

    def rows(self, table: _Element, number: int | None) -> Iterator[tuple[Locator, list[Start]]]:
        lines: list[tuple[_Element, list[list[Any]] | None]] = []
        above: dict[int, list[Any]] = {}  # by column, the cell that a continued one belongs to
        count = 0
        for row in inside(table, "tr"):
            properties = row.find(f"{W}trPr")
            starts: list[list[Any]] = []
            if _is_deleted(row) or switch(properties, "hidden"):
                lines.append((row, None))
                continue
            column = _count(properties, "gridBefore")
            for element in inside(row, "tc"):
                self.job.take_cells()
                properties = element.find(f"{W}tcPr")
                span = max(1, _count(properties, "gridSpan"))
                down, across = _merge(properties, "vMerge"), _merge(properties, "hMerge")
                begun = above.get(column) if down == "continue" else None
                if across == "continue" and starts:
                    starts[-1][3] += span
                elif begun is not None:
                    begun[2] = count - begun[4] + 1
                else:
                    starts.append([element, column, 1, span, count])
                for covered in range(column, column + span):
                    above.pop(covered, None)
                if down is not None:
                    above[column] = begun or starts[-1]
                column += span
            lines.append((row, starts))
            count += 1
        for index, (row, shown) in enumerate(lines):
            place = self.row_place(number, index)
            if shown is not None:
                yield place, [(element, column, down, across) for element, column, down, across, _ in shown]
            else:
                what = _DELETED if _is_deleted(row) else "hidden rows"
                self.job.hide(what, self.place, [said(cell) for cell in row.iter(f"{W}tc")])

    def fills(self, cell: _Element) -> tuple[Rag | None, Rag | None]:
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            self.job.hide(_DELETED, self.place, [said(cell)])
            del cell[:]
        return named(self.styles.fill_of(cell.find(f"{W}tcPr"))), None

    def on_white(self, run: _Element) -> bool:
        """Whether nothing coloured can lie behind a run: neither its cell nor the style of its table may colour it."""
        around = next(run.iterancestors(f"{W}tc", f"{W}txbxContent"), None)
        if around is None or around.tag != f"{W}tc":
            return True
        style = value(next(around.iterancestors(f"{W}tbl")).find(f"{W}tblPr"), "tblStyle") or "TableGrid"
        return style == "TableGrid" and self.styles.fill_of(around.find(f"{W}tcPr")) in (None, WHITE)

    def paragraph(self, element: _Element, /, *_: object) -> Paragraph:
        """The paragraph as shown; its list's count moves on, unless nothing of it is left."""
        properties = element.find(f"{W}pPr")
        style_id = value(properties, "pStyle")
        look, number = self.styles.get(style_id)
        runs = list(_Line(self, look).runs(element))
        if any(look.struck and words.strip() for words, look in runs):
            self.job.gather(CROSSED_OUT, self.place)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        gone = mark is not None and (switch(mark, "vanish") or mark.find(f"{W}del") is not None)
        if gone and not any(words.strip() for words, _ in runs):
            return Paragraph("")
        behind = named(self.styles.fill_of(properties))
        return paragraph_of(runs, *self._label(properties, style_id, *number), look.outline, behind)

    def _label(
        self, properties: _Element | None, style_id: str | None, styled: str | None, level: int | None
    ) -> tuple[str, int]:
        number, depth = number_of(properties)
        if number is None:
            number = styled
            depth = level if depth is None else depth
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

    text: _Text
    base: Look
    _fields: list[bool] = field(default_factory=list)
    """The fields that are open, each with whether it is at its code, which is not shown."""

    def runs(self, parent: _Element) -> Iterator[tuple[str, Look]]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from self._run(child)
            elif child.tag in _GONE:
                if any(True for _ in child.iter(f"{W}delText", f"{W}t")):
                    self._hide(_DELETED, said(child))
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
        look = laid_over(self.text.styles.look(properties), self.base)
        text = as_shown("".join(self._parts(run)), look.font)
        text = raised(text) if value(properties, "vertAlign") == "superscript" else text
        if any(self._fields):
            # the boxes to tick and the chosen words of an old form that begin in a run
            found = []
            for data in run.iterfind(f"{W}fldChar/{W}ffData"):
                for box in data.iterfind(f"{W}checkBox"):
                    now = switch(box, "checked")
                    found.append("☑" if (switch(box, "default") if now is None else now) else "☐")
                for choice in data.iterfind(f"{W}ddList"):
                    words = [entry.get(f"{W}val", "") for entry in choice.iterfind(f"{W}listEntry")]
                    at = whole(value(choice, "result") or value(choice, "default"))
                    found.append(words[at] if at < len(words) else "")
            text = "".join(found)
        if text.strip() in _BOX_SIGNS and (control := next(run.iterancestors(f"{W}sdt"), None)) is not None:
            for box in control.iterfind(f"{W}sdtPr/{_BOX}"):  # a box to tick that the run shows
                state = box.find(_BOX.replace("checkbox", "checked"))
                text = "☑" if state is not None and set(state.attrib.values()) & {"1", "true"} else "☐"
        if not text or value(properties, "rStyle") == _PROMPT:
            return
        unseen = {
            "letters too small to be seen": look.size is not None and look.size <= _TINY,
            "white letters on white": look.colour == WHITE and not look.fill and self.text.on_white(run),
            "hidden text": look.hidden,
            _DELETED: properties is not None and properties.find(f"{W}del") is not None,
        }
        what = next((what for what, is_so in unseen.items() if is_so), None)
        if what is None or not text.strip():
            yield text, look
        else:
            self._hide(what, text)

    def _hide(self, what: str, text: str) -> None:
        self.text.job.hide(what, self.text.place, [text])

    def _parts(self, run: _Element) -> Iterator[str]:
        for part in run:
            if part.tag == f"{W}t":
                yield part.text or ""
            elif part.tag in _SPACES:
                yield _SPACES[part.tag]
            elif part.tag == f"{W}br":
                yield "\n" if part.get(f"{W}type") in (None, "textWrapping") else ""
            elif part.tag == f"{W}sym":
                code, font = part.get(f"{W}char", ""), part.get(f"{W}font")
                known = re.fullmatch("[0-9A-Fa-f]{1,6}", code) is not None
                sign = sign_of(int(code, 16), font or "Wingdings") if known else ""
                if sign == "":
                    self.text.job.note(f"A sign of the font {font} is not known, so it is not read.", unread=True)
                yield chr(int(code, 16)) if sign is None else sign
            elif part.tag == f"{W}fldChar":
                kind = part.get(f"{W}fldCharType")
                if kind == "begin":
                    self._fields.append(True)
                elif kind == "separate" and self._fields:
                    self._fields[-1] = False
                elif kind == "end" and self._fields:
                    self._fields.pop()
            elif part.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self.text.notes.append((part.tag.removesuffix("Reference"), part.get(f"{W}id", ""), self.text.top))
            elif part.tag == f"{_MC}AlternateContent":
                self._drawing(_choice(part))
            elif part.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawing(part)

    def _drawing(self, element: _Element) -> None:
        if any(True for _ in element.iter(f"{_OFFICE}OLEObject")):
            self.text.job.hide("embedded files", self.text.place)
        boxes = list(element.iter(f"{W}txbxContent"))
        self.text.floating.extend(boxes)
        if not boxes:
            self.text.pictures += 1


def _choice(alternatives: _Element) -> _Element:
    """The first way of showing something that is written in several ways."""
    return next(alternatives.iterchildren(f"{_MC}Choice"), alternatives)
