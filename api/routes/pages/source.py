"""The pages of a row and of a document, each opened at its place."""

import io
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from api.documents import THIS, DocumentView, Places, items_of, parts_of
from api.here import PLACES, Here, Reading, address
from api.routes.data import bytes_of
from assistant.errors import RecordNotFound
from assistant.records import Box, Locator
from assistant.register import Held

router = APIRouter(include_in_schema=False)
_AROUND = 5
PartNumber = Annotated[int | None, Query(ge=1, le=1_000_000)]
_NO_PLACE = "The address names no place of a document. Find the row in the register."
_FURTHEST = 10_000_000
_SCALE = 1.6
_lock = threading.Lock()


def place_of(at: Annotated[str, Query(max_length=8_000)] = "") -> Locator:
    """The place of a document that an address names; see `here.place_address`."""
    try:
        place = PLACES.validate_json(at or "{}")
    except ValidationError as error:
        raise RecordNotFound(_NO_PLACE) from error
    numbers = [*(place.box or ()), *(one for one in (place.line_start, place.line_end, place.page, place.row) if one)]
    if not all(abs(number) <= _FURTHEST for number in numbers):  # nor one that is not a number
        raise RecordNotFound(_NO_PLACE)
    return place


@router.get("/row/{action_id}", response_class=HTMLResponse)
def row_page(
    action_id: str,
    here: Here,
    as_of: date | None = None,
    filters: Annotated[str, Query(max_length=4_000)] = "",
    panel: bool = False,
) -> HTMLResponse:
    """One action: what the register holds, and the document's own words around it.

    Args: filters, the query of the register's page that the reader came from; panel, True for the part of it that
    stands beside an answer."""
    row = here.register.action(here.audience, action_id)
    places = [(THIS, row.locator), *row.field_locators]
    day, held = as_of or date.today(), here.document(row.document)
    back = address("/register", **dict(parse_qsl(filters))) if filters else None
    return _page(here, f"row{'_panel' * panel}", held, places, None, True, row=row, as_of=day, back=back)


@router.get("/source/{source_id}", response_class=HTMLResponse)
def source_page(
    source_id: str, here: Here, at: Annotated[Locator, Depends(place_of)], part: PartNumber = None, panel: bool = False
) -> HTMLResponse:
    """A document's words as they stand, opened at a place: a PDF page by page, any other in parts of so many lines.

    Args: panel, True for the place alone, to stand beside an answer."""
    places = [(THIS, at)] if at != Locator() else []
    return _page(here, f"source{'_panel' * panel}", here.document(source_id), places, part, panel)


def _page(
    here: Reading, name: str, held: Held, places: Places, part: int | None, around: bool, **values: Any
) -> HTMLResponse:
    """A page that shows the part of a document that is asked for, or, where it is shown `around` the places, what
    stands near them."""
    document = held.source.document
    lines, rows = here.desk.view.lines(document), here.register.table_rows(here.audience, document)
    view, data = DocumentView(list(items_of(lines, rows)), places), bytes_of(here, held.source)
    at, actions = [place for _, place in places], {_first(row.locator): row for row in here.desk.view.of(document)}
    with _drawable(data) as drawn:
        parts = parts_of(view, part, [place.page for place in at if place.page], len(drawn))
        near = [place for place in at if around or place.page in parts.shown or place.segments]
        pictures = pictures_of(drawn, parts.shown, near) if drawn else []
    return here.page(
        f"{name}.html", held=held, source=held.source, places=at, parts=parts, pictures=pictures,
        stretches=view.around(_AROUND) if around else view.stretches(parts.numbers.__contains__),
        actions=lambda place: actions.get(_first(place)), file_there=data is not None,
        printed={one.locator.page: one.locator.printed_page for one in view.items if one.locator.printed_page},
        **values,
    )  # fmt: skip


def _first(place: Locator) -> Locator:
    """A place by which a line and the action that begins in it are found alike."""
    return Locator(line_start=place.line_start) if place.line_start else replace(place, segments=(), cells=None)


# ---------------------------------------------------------------- pages as pictures


@contextmanager
def _drawable(data: bytes | None) -> Iterator[Any]:
    """The pages of a PDF, one thread at a time; none of what is no PDF."""
    import pypdfium2

    if data is None or not data.startswith(b"%PDF"):
        yield ()
    else:
        with _lock, pypdfium2.PdfDocument(data) as document:
            yield document


@router.get("/source/{source_id}/page/{number}.png")
def picture(source_id: str, number: int, here: Here) -> Response:
    """A page of a PDF, from 1, as a picture."""
    file = io.BytesIO()
    with _drawable(bytes_of(here, here.document(source_id).source)) as document:
        if not document:
            raise RecordNotFound("This document has no pages that can be shown as pictures. Its words are on its page.")
        if not 1 <= number <= len(document):
            raise RecordNotFound(f"The document has {len(document)} pages, and no page {number}.")
        document[number - 1].render(scale=_SCALE).to_pil().save(file, "PNG", optimize=False)
    return Response(file.getvalue(), media_type="image/png", headers={"Cache-Control": "private"})


def pictures_of(document: Any, pages: Iterable[int], places: Iterable[Locator]) -> list[dict[str, Any]]:
    """The pages of a PDF with these numbers that it has, and every page that a place is on, in order: each with its
    number, its width and height in points, and the boxes of its places."""
    boxes: dict[int, list[Box]] = {number: [] for number in pages}
    for place in places:
        for number, box in place.segments or (((place.page, place.box),) if place.page and place.box else ()):
            boxes.setdefault(number, []).append(box)
    return [
        {"number": number, "width": width, "height": height, "boxes": dict.fromkeys(boxes[number])}
        for number in sorted(boxes)
        if 1 <= number <= len(document)
        for width, height in [document.get_page_size(number - 1)]
    ]
