"""OpenDocument texts: the words of paragraphs and lists, tables to grids, and the walk through both."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from assistant.records import Block, Cell, Locator, Rag, Table
from ingest.readers.building import Flow, Paragraph, as_text, build, cell_of, frames, paragraph_of
from ingest.readers.docx.styles import BULLET, written
from ingest.readers.findings import CROSSED_OUT, Findings
from ingest.readers.limits import Budget
from ingest.readers.looks import laid_over, named
from ingest.readers.odf.styles import CREATOR, DRAW, OFFICE, STYLE, TABLE, TEXT, Look, Styles

_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_MOST_SPACES = 200


@dataclass(slots=True)
class Words:
    """Reads the paragraphs of one document; `notes` and `boxes` gather footnotes and text boxes until taken."""

    styles: Styles
    findings: Findings
    place: Locator | str = ""
    pictures: int = 0
    notes: list[_Element] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def paragraph(self, element: _Element, label: str = "", depth: int = 0) -> Paragraph:
        """The paragraph as shown, with the label that its list gives it."""
        base = self.styles.look("paragraph", element.get(f"{TEXT}style-name"))
        runs = list(self._runs(element, base))
        if any(look.struck and words.strip() for words, look in runs):
            self.findings.gather(CROSSED_OUT, self.place)
        outline = element.get(f"{TEXT}outline-level", "") if element.tag == f"{TEXT}h" else ""
        level = int(outline) if outline.isdigit() and int(outline) else base.outline
        label = label if label != BULLET or any(words.strip() for words, _ in runs) else ""
        return paragraph_of(runs, label, depth if label else 0, level)

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
                self.findings.hide("hidden text", self.place, [text])
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
            by = child.findtext(CREATOR) or "an unnamed person"
            self.findings.hide("comments", f"by {by}", [" ".join(child.itertext())])
        elif child.tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            said = child.get(f"{TEXT}string-value") or "".join(child.itertext())
            self.findings.hide("hidden text", self.place, [said])
        elif child.tag == f"{TEXT}note":
            self.notes.append(child)
        elif child.tag == f"{TEXT}span":
            yield from self._runs(child, laid_over(self.styles.look("text", child.get(f"{TEXT}style-name")), look))
        elif child.tag.startswith(DRAW):
            if any(True for _ in child.iter(f"{DRAW}object-ole", f"{DRAW}object")):
                self.findings.hide("embedded files", self.place)
            boxes = list(child.iter(f"{DRAW}text-box"))
            self.boxes += boxes
            self.pictures += not boxes and any(True for _ in child.iter(f"{DRAW}image"))
        elif child.tag not in (f"{OFFICE}annotation-end", f"{TEXT}tracked-changes"):
            yield from self._runs(child, look)


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


_MOST_SPAN = 1000
_DEEPEST = 6


def parts_of(parent: _Element, kind: str = "row") -> Iterator[_Element]:
    """The rows of a table, or the descriptions of its columns, also where they stand in groups."""
    groups = {f"{TABLE}table-{name}" for name in (f"header-{kind}s", f"{kind}s", f"{kind}-group")}
    for child in parent:
        if child.tag == f"{TABLE}table-{kind}":
            yield child
        elif child.tag in groups:
            yield from parts_of(child, kind)


def count(element: _Element, name: str, most: int = _MOST_SPAN) -> int:
    """A number that a table attribute gives, at least 1."""
    text = element.get(f"{TABLE}{name}", "")
    return min(most, max(1, int(text))) if text.isdigit() and len(text) < 9 else 1


@dataclass(slots=True)
class Tables:
    """Reads the tables of one text."""

    words: Words
    budget: Budget

    def read(self, element: _Element, number: int) -> list[Table]:
        """The table at that number; none where nothing of it is shown."""
        cells: list[Cell] = []
        places: list[Locator] = []
        for index, row in enumerate(parts_of(element)):
            place = Locator(table=number, row=index)
            self.words.place = place
            if row.get(f"{TABLE}visibility") in ("collapse", "filter"):
                said = ["".join(cell.itertext()) for cell in row.iterchildren(f"{TABLE}table-cell")]
                self.words.findings.hide("hidden rows", place, said)
                continue
            cells += self._row(row, len(places), place, 0)
            places.append(place)
        return [build(cells, places, Locator(table=number))] if cells else []

    def _row(self, row: _Element, index: int, place: Locator, depth: int) -> list[Cell]:
        column, cells = 0, []
        behind = named(self.words.styles.look("table-row", row.get(f"{TABLE}style-name")).fill)
        for element in row:
            if element.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            for _ in range(count(element, "number-columns-repeated")):
                self.budget.take_cells()
                if element.tag == f"{TABLE}table-cell":
                    cells.append(self._cell(element, index, column, place, depth, behind))
                column += 1
        return cells

    def _cell(self, element: _Element, row: int, column: int, place: Locator, depth: int, behind: Rag | None) -> Cell:
        found = []
        for part, label, level in inside(self.words, element):
            if part.tag != f"{TABLE}table":
                found.append(self.words.paragraph(part, label, level))
            elif depth == _DEEPEST:
                raise self.budget.too_much("tables inside tables, too deep to be a plan")
            else:
                rows = (self._row(inner, 0, Locator(), depth + 1) for inner in parts_of(part))
                found.append(Paragraph(as_text([cell.text for cell in cells] for cells in rows)))
        while self.words.boxes:
            found += [self.words.paragraph(part) for part in self.words.boxes.pop(0).iter(f"{TEXT}p")]
        fill = named(self.words.styles.look("table-cell", element.get(f"{TABLE}style-name")).fill)
        spans = count(element, "number-rows-spanned"), count(element, "number-columns-spanned")
        return cell_of(found, row, column, place, spans, fill, behind)


Part = tuple[_Element, str, int]
"""A paragraph with its label and depth in a list, or a table."""


def _framed(words: Words, table: _Element) -> list[Part]:
    """What stands in the cells of a table that only frames others; nothing for any other table."""
    rows = [list(row.iterchildren(f"{TABLE}table-cell")) for row in parts_of(table)]
    inner = [list(parts_of(part)) for row in rows for cell in row for part in cell.iterchildren(f"{TABLE}table")]
    return [part for row in rows for cell in row for part in inside(words, cell)] if frames(rows, inner) else []


def read_text(words: Words, budget: Budget, body: _Element, styles: _Element | None) -> tuple[Block | Table, ...]:
    """The blocks and tables of a text, after the texts of page headers and footers in its styles."""
    flow, tables = Flow(), Tables(words, budget)
    around = []
    for part in styles.iter(f"{STYLE}header", f"{STYLE}footer") if styles is not None else ():
        around.append("\n".join(filter(None, (words.paragraph(each).shown for each in part.iter(f"{TEXT}p")))))
    words.boxes.clear()
    for change in body.iter(f"{TEXT}deletion"):
        if said := "".join(change.itertext(f"{TEXT}p", f"{TEXT}h", f"{TEXT}span")).strip():
            words.findings.hide("deleted text of tracked changes", "", [said])

    def add(part: Part, place: Locator, depth: int) -> None:
        element, label, level = part
        words.place = place
        if element.tag != f"{TABLE}table":
            flow.add(words.paragraph(element, label, level), place)
        elif depth < _DEEPEST and (framed := _framed(words, element)):
            for inner in framed:
                add(inner, place, depth + 1)
        else:
            flow.items += tables.read(element, flow.table_number())
        while words.boxes or words.notes:
            for hanging in (words.boxes or words.notes).pop(0).iter(f"{TEXT}p"):
                flow.add(words.paragraph(hanging), place)

    for part in inside(words, body):
        add(part, Locator(table=flow.tables) if part[0].tag == f"{TABLE}table" else flow.place(), 0)
    return flow.settled(around)
