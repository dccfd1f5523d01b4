"""What antiword makes of an old Word file: paragraphs and tables as DocBook, without colours."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from assistant.records import Cell, Document, Locator, Table
from ingest.readers.archive import parse_xml
from ingest.readers.building import Flow, Paragraph, build
from ingest.readers.findings import Findings
from ingest.readers.limits import Budget

_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*>")


def read(data: bytes, name: str, budget: Budget | None = None) -> Document:
    """The document in a DocBook text. Tables and paragraphs are numbered from 0, as in the Word file.

    Raises: DocumentReadError where the text is not whole.
    """
    budget = budget or Budget(name)
    root = parse_xml(_DOCTYPE.sub(b"", data, count=1), name, budget)
    budget.begin(1, 1)
    findings, flow = Findings(), Flow()
    findings.note("Converted from an old Word file by antiword: colours, comments and hidden text cannot be told.")
    for element in _parts(root):
        if element.tag == "informaltable":
            flow.items.append(_table(element, flow.table_number(), budget))
        else:
            bold = element.tag == "title" or _is_bold(element)
            flow.add(Paragraph(_text(element), bold=bold), flow.place())
    return Document(name, "doc", flow.settled(), findings.warnings)


def _parts(parent: _Element) -> Iterator[_Element]:
    """The paragraphs and tables, in order; a table may stand inside a paragraph."""
    for child in parent:
        plain = child.tag in ("para", "title") and child.find(".//informaltable") is None
        if plain or child.tag == "informaltable":
            yield child
        elif child.tag not in ("bookinfo", "articleinfo"):
            yield from _parts(child)


def _text(element: _Element) -> str:
    said = " ".join("".join(element.itertext()).split())
    return f"- {said}" if said and any(above.tag == "itemizedlist" for above in element.iterancestors()) else said


def _is_bold(element: _Element) -> bool:
    bold = "".join("".join(part.itertext()) for part in element.iter("emphasis") if part.get("role") == "bold")
    return bool(bold.strip()) and bold.split() == "".join(element.itertext()).split()


def _table(element: _Element, number: int, budget: Budget) -> Table:
    cells, places = [], []
    for index, row in enumerate(element.iter("row")):
        place = Locator(table=number, row=index)
        places.append(place)
        for column, entry in enumerate(row.iterchildren("entry")):
            budget.take_cells()
            lines = (" ".join(line.split()) for line in "".join(entry.itertext()).split("\n"))
            cells.append(Cell("\n".join(line for line in lines if line), index, column, place))
    return build(cells, places, Locator(table=number))
