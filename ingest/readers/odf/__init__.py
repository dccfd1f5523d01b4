"""OpenDocument texts and spreadsheets, read from their XML: no macro is run and no link followed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from lxml.etree import _Element
from openpyxl.utils import get_column_letter

from assistant.records import Document, Locator
from ingest.readers.archive import Archive
from ingest.readers.building import only
from ingest.readers.job import Job
from ingest.readers.looks import Look, named
from ingest.readers.odf.text import CALC, OFFICE, STYLE, TABLE, TEXT, Styles, Text, count, of_table
from ingest.readers.sheets.regions import Seen, add_sheet, address, seen_of
from ingest.readers.sheets.rules import TEXTS, Area, Rule, Rules, areas_of


def read(data: bytes, job: Job) -> Document:
    """The document in an OpenDocument file: a text by tables and paragraphs from 0, a spreadsheet by sheet and cells.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    archive = Archive(data, job)
    manifest = archive.xml_or_none("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(f"{_MANIFEST}encryption-data"), None) is not None:
        raise job.broken("it is locked with a password", "Take the password off and load that copy")
    content, styles = archive.xml("content.xml"), archive.xml_or_none("styles.xml")
    words = Text(job, styles=Styles(tuple(root for root in (styles, content) if root is not None)))
    text, book = content.find(f".//{OFFICE}text"), content.find(f".//{OFFICE}spreadsheet")
    around: list[str] = []
    if book is not None:
        _read_sheets(words, book)
    elif text is not None:
        job.progress(1, 1)
        heads = styles.iter(f"{STYLE}header", f"{STYLE}footer") if styles is not None else ()
        around = [words.lines(part.iter(f"{TEXT}p")) for part in heads]
        words.floating, words.later = [], []
        for change in text.iter(f"{TEXT}deletion"):
            if said := "".join(change.itertext(f"{TEXT}p", f"{TEXT}h", f"{TEXT}span")).strip():
                job.hide("deleted text of tracked changes", "", [said])
        words.walk(text)
    else:
        raise job.broken("it is neither a text nor a spreadsheet", "Save it as one of these")
    archive.tell()
    if words.pictures:
        job.note("The document holds pictures: words in pictures are not read.")
    meta = archive.xml_or_none("meta.xml")
    title = meta.findtext(f".//{_TITLE}") if meta is not None else None
    return job.document("ods" if book is not None else "odt", title, around)


_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_REFERENCE = re.compile(r"\[\.(\$?[A-Z]{1,3}\$?\d+)\]")
_OLDER = re.compile(r"^(cell-content\(\)|cell-content-is-(?=(not-)?between)|is-true-(?=formula))")
_CALL = re.compile(r"([a-z-]+)\((.*)\)$", re.DOTALL)
_SIGNS = {
    "=": "equal", "!=": "notEqual", "<=": "lessThanOrEqual", ">=": "greaterThanOrEqual", "<": "lessThan",
    ">": "greaterThan",
}  # fmt: skip
_MOST_REPEATS = 100
"""Colour without words is not repeated further than this: it is a page's ground, not a cell's status."""
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576


def _read_sheets(words: Text, body: _Element) -> None:
    """Add the blocks and tables of the visible sheets, in their order."""
    job, shown = words.job, []
    for sheet in body.iterchildren(f"{TABLE}table"):
        if words.styles.look("table", sheet.get(f"{TABLE}style-name")).displayed is not False:
            shown.append(sheet)
            continue
        place = Locator(sheet=sheet.get(f"{TABLE}name", ""))
        rows = sheet.iter(f"{TABLE}table-row")
        cells = (["".join(cell.itertext()) for cell in row.iterchildren(f"{TABLE}table-cell")] for row in rows)
        job.hide("hidden sheets", place, *cells)
    for number, sheet in enumerate(shown, start=1):
        job.progress(number, len(shown))
        name = sheet.get(f"{TABLE}name", "")
        reader = _Sheet(words, sheet, name)
        add_sheet(job, name, reader.seen(), reader.filtered, len(shown) == 1, {})


@dataclass(slots=True)
class _Sheet:
    """Reads one sheet. Rows and columns count from 1."""

    words: Text
    element: _Element
    name: str
    values: dict[tuple[int, int], object] = field(default_factory=dict)
    filtered: list[int] = field(default_factory=list)

    def seen(self) -> dict[tuple[int, int], Seen]:
        """Every visible cell that shows words or a colour, by its place."""
        places = list(self._cells())
        self.values = {(row, column): _value(element) for element, row, column, _ in places}
        rules, found = self._rules(), {}
        for element, row, column, style in places:
            if (seen := self._see(element, row, column, style, rules)) is not None:
                found[row, column] = seen
        return found

    def _cells(self) -> Iterator[tuple[_Element, int, int, str | None]]:
        """The visible cells that may show something, each with row, column and style; repeats written out."""
        columns, last, row_no = [], 0, 0  # of each run of columns its last number, whether it is hidden, its style
        for column in of_table(self.element, "column"):
            last += count(column, "number-columns-repeated", _LAST_COLUMN)
            hidden = column.get(f"{TABLE}visibility") in ("collapse", "filter")
            columns.append((last, hidden, column.get(f"{TABLE}default-cell-style-name")))
        for row in of_table(self.element):
            repeats = count(row, "number-rows-repeated", _LAST_ROW)
            cells = self._row(row, columns, row_no + 1)
            for again in range(repeats if cells else 0):
                if again >= _MOST_REPEATS and not any(_says(cell) for cell, _, _ in cells):
                    break
                for element, column, style in cells:
                    self.words.job.take_cells()
                    yield element, row_no + again + 1, column, style
            row_no += repeats

    def _row(
        self, row: _Element, columns: list[tuple[int, bool, str | None]], row_no: int
    ) -> list[tuple[_Element, int, str | None]]:
        state = row.get(f"{TABLE}visibility")
        found, column = [], 0
        for element in row:
            if element.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            repeats = count(element, "number-columns-repeated", _LAST_COLUMN)
            for again in range(repeats if element.tag == f"{TABLE}table-cell" else 0):
                number = column + again + 1
                hidden, default = next(
                    ((gone, style) for last, gone, style in columns if number <= last), (False, None)
                )
                style = element.get(f"{TABLE}style-name") or row.get(f"{TABLE}default-cell-style-name") or default
                look = self.words.styles.look("table-cell", style)
                shows = again < _MOST_REPEATS and (look.fill is not None or look.conditions)
                if not shows and not _says(element):
                    break
                if hidden or state == "collapse":
                    if _says(element):
                        cells = get_column_letter(number) if hidden else None
                        place = Locator(sheet=self.name, row=row_no, cells=cells)
                        what = "hidden columns" if hidden else "hidden rows"
                        self.words.job.hide(what, place, ["".join(element.itertext())])
                else:
                    found.append((element, number, style))
            column += repeats
        if state == "filter" and found:
            self.filtered.append(row_no)
        return found

    def _see(self, element: _Element, row: int, column: int, style: str | None, rules: Rules) -> Seen | None:
        words = self.words
        words.place = Locator(sheet=self.name, row=row, cells=address(row, column))
        for note in element.iterchildren(f"{OFFICE}annotation"):
            words.job.hide("comments", words.place, [" ".join(note.itertext())])
            note.clear()
        paragraphs = [words.paragraph(*part) for part in words.parts(element)]
        text = "\n".join(paragraph.shown for paragraph in paragraphs if paragraph.shown)
        look = words.styles.look("table-cell", style)
        rules = rules if rules.rules else self._older(look, row, column)
        verdict = rules.verdict(row, column, lambda *place: self.values.get(place))
        inks, moment = (paragraph.colour for paragraph in paragraphs if paragraph.text), _moment(element)
        value = moment.date() if moment is not None and words.styles.shows_day(look) else None
        down, across = count(element, "number-rows-spanned"), count(element, "number-columns-spanned")
        bold = bool(paragraphs) and all(paragraph.bold for paragraph in paragraphs if paragraph.text)
        size = max((paragraph.size for paragraph in paragraphs if paragraph.size), default=None)
        look = replace(look, bold=look.bold or bold, size=look.size or size)
        place = (row, column, row + down - 1, column + across - 1)
        return seen_of(text, place, look, verdict, only(inks) or named(look.colour), value)

    def _rules(self) -> Rules:
        """The sheet's conditional formats."""
        rules: list[Rule] = []
        for group in self.element.iter(f"{CALC}conditional-format"):
            areas = areas_of(re.sub(r"'[^']*'\.|[^\s.:]+\.", "", group.get(f"{CALC}target-range-address", "")))
            for part in group if areas else ():
                value, style = part.get(f"{CALC}value", ""), part.get(f"{CALC}apply-style-name")
                rules.append(self._rule(areas, str(part.tag), value, style, len(rules)))
        return Rules(rules)

    def _older(self, look: Look, row: int, column: int) -> Rules:
        """The conditional formats of the older kind, which a cell's style brings."""
        here, rules = (row, column, row, column), []
        for order, (condition, style, base) in enumerate(look.conditions or ()):
            first = areas_of(base.rpartition(".")[2]) or (here,)
            rules.append(self._rule((first[0], here), "condition", _OLDER.sub("", condition.strip()), style, order))
        return Rules(rules)

    def _rule(self, areas: tuple[Area, ...], tag: str, value: str, style: str | None, order: int) -> Rule:
        look = self.words.styles.look("table-cell", style)
        kind, operator, formulas, text = _condition(value, tag)
        coloured = look.fill is not None or tag.endswith(("color-scale", "icon-set"))
        return Rule(areas, kind, order, named(look.fill), named(look.colour), coloured, operator, formulas, text, True)


def _condition(value: str, tag: str) -> tuple[str, str, tuple[str, ...], str]:
    """A condition's kind, operator, formulas and text, in the words that workbooks use."""
    if not tag.endswith("condition"):
        return tag.rpartition("}")[2], "", (), ""
    call = _CALL.match(value)
    name = re.sub(r"-(\w)", lambda begins: begins[1].upper(), call[1]) if call else ""
    inside_call = _REFERENCE.sub(r"\1", call[2]) if call else ""
    if name in TEXTS and inside_call.startswith('"'):
        return name, "", (), inside_call.strip('"')
    if name in ("formulaIs", "formula"):
        return "expression", "", (inside_call.replace(";", ","),), ""
    if name in ("between", "notBetween"):
        return "cellIs", name, tuple(inside_call.split(",", 1)), ""
    sign = next((sign for sign in _SIGNS if value.startswith(sign)), "")
    formula = _REFERENCE.sub(r"\1", value[len(sign) :]).replace(";", ",")
    return ("cellIs", _SIGNS[sign], (formula,), "") if sign else ("unknown", "", (), "")


def _says(element: _Element) -> bool:
    return element.get(f"{OFFICE}value-type") is not None or any((part or "").strip() for part in element.itertext())


def _value(element: _Element) -> object:
    """A cell's value as rules see it."""
    number = element.get(f"{OFFICE}value")
    if number is not None and re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", number):
        return float(number)
    found = _moment(element)
    if found is not None:
        return found
    text = "\n".join("".join(part.itertext()) for part in element if not str(part.tag).startswith(OFFICE))
    return text or None


def _moment(element: _Element) -> datetime | None:
    try:
        return datetime.fromisoformat(element.get(f"{OFFICE}date-value", "")[:19])
    except ValueError:
        return None
