"""Lists of children are no plans: a file that holds one is set aside before anything of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from assistant.errors import QuarantinedError
from assistant.records import Block, Document, Locator, Table

_HEADER_ROWS = 8
"""How far down a table its header may stand."""
_LONGEST_HEADING = 45
_CHILD = r"(child|children|pupil|student|young person|young people|yp|baby|sibling|client|service user|patient)( s|s)?"


class Detail(StrEnum):
    """What identifies a child."""

    UPN = "unique pupil number"
    NHS = "NHS number"
    BIRTH = "date of birth"
    NAME = "child's name"
    PERSON = "name"
    CASE = "case number"


_HEADINGS = {
    Detail.UPN: re.compile(r"upn|unique pupil (number|no|id|ref)"),
    Detail.NHS: re.compile(r"nhs (number|no|num|id)"),
    Detail.BIRTH: re.compile(rf"({_CHILD} )?(d ?o ?b|date of birth|birth ?date)"),
    Detail.NAME: re.compile(
        rf"{_CHILD} (full |first |last |given |family )?(name|names|surname|forename|initials)"
        rf"|(full )?name(s)? of (the )?{_CHILD}|{_CHILD} (surname|forename)"
    ),
    Detail.PERSON: re.compile(r"forename(s)?|surname|(first|last|given|family|full) name|name"),
    Detail.CASE: re.compile(
        r"(mosaic|lcs|liquidlogic|eclipse|care ?first|system|person|case|client|child|pupil|ehm)( \w+)? "
        r"(id|no|number|ref|reference)"
    ),
}
_VALUES = {
    Detail.UPN: re.compile(r"[A-Z]\d{11}[0-9A-Z]"),
    Detail.NHS: re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}"),
    Detail.BIRTH: re.compile(r"\d{1,2}[ ./-](\d{1,2}|[A-Za-z]{3,9})[ ./-](19|20)?\d\d|(19|20)\d\d-\d\d-\d\d.*"),
    Detail.NAME: re.compile(r"[^\W\d_][\w'’.-]*([ ,]+[^\W\d_][\w'’.-]*){0,4}"),
    Detail.PERSON: re.compile(r"[^\W\d_][\w'’.-]*([ ,]+[^\W\d_][\w'’.-]*){0,4}"),
    Detail.CASE: re.compile(r"[A-Za-z]{0,4}[-/ ]?\d{3,12}"),
}
_TELLING = {Detail.UPN, Detail.NHS, Detail.BIRTH, Detail.NAME}
"""Each of these is enough by itself; a name or a case number only beside another of them."""
_LABELLED = re.compile(r"\s*([^:\n]{2,45}?)\s*[:–—-]\s*(\S[^\n]*)")


def refuse_children(document: Document) -> None:
    """Raises QuarantinedError where the document holds details of children: columns, or labels with values."""
    for item in document.items:
        if isinstance(item, Table):
            _judge(document.name, _columns(item), item.locator)
            _judge(document.name, _labels(_pairs(item)), item.locator, least=2)
    blocks = [item for item in document.items if isinstance(item, Block)]
    lines = (_LABELLED.match(line) for block in blocks for line in block.text.split("\n"))
    found = _labels((match[1], match[2]) for match in lines if match)
    _judge(document.name, found, blocks[0].locator if blocks else None, least=2)


def _judge(name: str, found: set[Detail], place: Locator | None, least: int = 1) -> None:
    telling = found & _TELLING
    if telling and len(found) >= least:
        words = " and ".join(sorted(detail.value for detail in found))
        where = f" ({_words(place)})" if place is not None and _words(place) else ""
        raise QuarantinedError(
            f"{name}: set aside and shown to nobody, because it seems to hold details of children: {words}{where}. "
            "Plans never need them: load a copy without these columns."
        )


def _columns(table: Table) -> set[Detail]:
    """The details that a table's headings name and that stand below them."""
    best: set[Detail] = set()
    for at, row in enumerate(table.rows[:_HEADER_ROWS]):
        named = {cell.column: detail for cell in row.cells if (detail := _detail(cell.text)) is not None}
        if len([cell for cell in row.cells if cell.text.strip()]) < 2 or not named:
            continue
        found = {
            named[cell.column]
            for later in table.rows[at + 1 :]
            for cell in later.cells
            if cell.column in named and (_VALUES[named[cell.column]].fullmatch(cell.text.strip()))
        }
        best = max(best, found, key=lambda details: (len(details & _TELLING), len(details)))
    return best


def _labels(pairs: Iterable[tuple[str, str]]) -> set[Detail]:
    found = set()
    for label, value in pairs:
        detail = _detail(label)
        if detail is not None and _VALUES[detail].fullmatch(value.strip()):
            found.add(detail)
    return found


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        filled = [cell for cell in row.cells if cell.text.strip()]
        if table.width <= 4:
            yield from zip((cell.text for cell in filled), (cell.text for cell in filled[1:]), strict=False)


def _detail(heading: str) -> Detail | None:
    if not 2 < len(heading) <= _LONGEST_HEADING:
        return None
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", heading.lower()).split())
    return next((detail for detail, pattern in _HEADINGS.items() if pattern.fullmatch(plain)), None)


def _words(place: Locator) -> str:
    if place.sheet:
        return f"sheet {place.sheet}"
    if place.page:
        return f"page {place.page}"
    if place.table is not None:
        return f"table {place.table + 1}"
    return f"line {place.line_start}" if place.line_start else ""
