"""The pages of a row and of a document, opened at a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.audience import audience_of
from api.page_images import page_picture, page_size
from api.routes.sources import bytes_of, held_source
from api.templates import page
from assistant.errors import RecordNotFound
from assistant.records import Box, Locator
from assistant.register import Register

router = APIRouter()
_AROUND = 6
_MOST = 2_000
Number = Annotated[int | None, Query(ge=0, le=10_000_000)]


@dataclass(frozen=True, slots=True)
class Line:
    """A place of the document with its words, and why it is marked: "cited", "due date" or nothing."""

    locator: Locator
    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture of `width` by `height` points with the places outlined."""

    number: int
    width: float
    height: float
    boxes: tuple[Box, ...]


@router.get("/row/{action_id}", response_class=HTMLResponse)
def row_page(action_id: str, request: Request, as_of: date | None = None) -> HTMLResponse:
    """One action: what the register holds, and the document's own words around it."""
    register: Register = request.app.state.assistant.register
    audience = audience_of(request)
    row = register.action(audience, action_id)
    source = next(one for one in register.sources(audience) if one.document == row.document)
    places = [("cited", row.locator), *((name.replace("_", " "), at) for name, at in row.field_locators)]
    lines = marked(register.lines(audience, row.document), places)
    data = bytes_of(source)
    boxes = [at for _, at in places]
    return page(
        request, "row.html", row=row, source=source, lines=around(lines), as_of=as_of or date.today(),
        pictures=pictures(data, boxes), file_there=data is not None, current="register",
    )  # fmt: skip


@router.get("/source/{source_id}", response_class=HTMLResponse)
def source_page(
    source_id: str,
    request: Request,
    line_start: Number = None,
    line_end: Number = None,
    page_number: Annotated[int | None, Query(alias="page", ge=1)] = None,
    sheet: str | None = None,
    row: Number = None,
    table: Number = None,
    paragraph: Number = None,
    box: Annotated[str, Query(pattern=r"^$|^-?[\d.]+(,-?[\d.]+){3}$")] = "",
) -> HTMLResponse:
    """A document's words as they stand, opened at a place."""
    register: Register = request.app.state.assistant.register
    held = held_source(request, source_id)
    corners = tuple(float(part) for part in box.split(",")) if box else None
    at = Locator(
        line_start=line_start, line_end=line_end or line_start, page=page_number, sheet=sheet, row=row, table=table,
        paragraph=paragraph, box=corners,  # type: ignore[arg-type]
    )  # fmt: skip
    lines = marked(register.lines(audience_of(request), held.source.document), [("cited", at)])
    data = bytes_of(held.source)
    return page(
        request, "source.html", held=held, source=held.source, lines=lines[:_MOST], cut=len(lines) > _MOST, at=at,
        pictures=pictures(data, [at]), file_there=data is not None, current="plans",
    )  # fmt: skip


@router.get("/source/{source_id}/page/{number}.png")
def picture(source_id: str, number: int, request: Request) -> Response:
    """A page of a PDF as a picture."""
    data = bytes_of(held_source(request, source_id).source)
    if data is None or not data.startswith(b"%PDF"):
        raise RecordNotFound("This document has no pages that can be shown as pictures. Its words are on its page.")
    return Response(page_picture(data, number), media_type="image/png", headers={"Cache-Control": "private"})


def marked(lines: list[tuple[Locator, str]], places: list[tuple[str, Locator]]) -> list[Line]:
    """Every line with the names of the places that it stands in."""
    return [
        Line(at, text, tuple(dict.fromkeys(name for name, place in places if covers(place, at)))) for at, text in lines
    ]


def covers(place: Locator, line: Locator) -> bool:
    """True where a line of the document stands in the place."""
    if place.line_start is not None:
        return line.line_start is not None and place.line_start <= line.line_start <= (place.line_end or 0)
    if place.page is not None:
        parts = [*place.segments, *([(place.page, place.box)] if place.box else [])]
        return any(
            line.page == number and line.box and line.box[1] < box[3] - 1 and line.box[3] > box[1] + 1
            for number, box in parts
        )
    if place.sheet is not None:
        return place.row is not None and (place.sheet, place.row) == (line.sheet, line.row)
    if place.table is not None:
        return (place.table, place.row) == (line.table, line.row)
    return place.paragraph is not None and place.paragraph == line.paragraph


def around(lines: list[Line]) -> list[Line]:
    """The marked lines with some before and after them."""
    near = {
        other
        for number, line in enumerate(lines)
        if line.marks
        for other in range(number - _AROUND, number + _AROUND + 1)
    }
    return [line for number, line in enumerate(lines) if number in near]


def pictures(data: bytes | None, places: list[Locator]) -> list[Picture]:
    """The pages of a PDF on which the places stand."""
    if data is None or not data.startswith(b"%PDF"):
        return []
    boxes: dict[int, list[Box]] = {}
    for place in places:
        for number, box in place.segments or (((place.page, place.box),) if place.page and place.box else ()):
            boxes.setdefault(number, []).append(box)
    return [Picture(number, *page_size(data, number), tuple(on)) for number, on in sorted(boxes.items())]
