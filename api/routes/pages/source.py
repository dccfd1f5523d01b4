"""The pages of a row and of a document, each opened at its place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from api.documents import THIS, DocumentView, Places, items_of, parts_of
from api.exports.evidence import RULE
from api.here import Here, Reading
from api.page_images import is_pdf, page_count, page_picture, pictures_of
from api.routes.data import bytes_of
from api.templates import PLACES, address, page
from api.words import fields_of, other_flags, standing
from assistant.errors import RecordNotFound
from assistant.records import Action, Locator
from assistant.register import Held

router = APIRouter()
_AROUND = 5
PartNumber = Annotated[int | None, Query(ge=1, le=1_000_000)]


def place_of(at: Annotated[str, Query(max_length=8_000)] = "") -> Locator:
    """The place of a document that an address names; see `templates.place_address`."""
    try:
        place = PLACES.validate_json(at or "{}")
    except ValidationError as error:
        raise RecordNotFound(_NO_PLACE) from error
    numbers = [*(place.box or ()), *(one for one in (place.line_start, place.line_end, place.page, place.row) if one)]
    if not all(abs(number) <= _FURTHEST for number in numbers):  # nor one that is not a number
        raise RecordNotFound(_NO_PLACE)
    return place


_NO_PLACE = "The address names no place of a document. Find the row in the register."
_FURTHEST = 10_000_000


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
    stands beside an answer.
    """
    row = here.register.action(here.audience, action_id)
    places = [(THIS, row.locator), *row.field_locators]
    day, held = as_of or date.today(), here.document(row.document)
    return page(
        here.request, "row_panel.html" if panel else "row.html", row=row, fields=fields_of(row),
        others=other_flags(row), late=f"{standing(row, day)[2]} {RULE}", as_of=day, current="register",
        back=address("/register", **dict(parse_qsl(filters))) if filters else None,
        **_document(here, held, places, around=True),
    )  # fmt: skip


@router.get("/source/{source_id}", response_class=HTMLResponse)
def source_page(
    source_id: str, here: Here, at: Annotated[Locator, Depends(place_of)], part: PartNumber = None, panel: bool = False
) -> HTMLResponse:
    """A document's words as they stand, opened at a place: a PDF page by page, any other in parts of so many lines.

    Args: panel, True for the place alone, to stand beside an answer.
    """
    places = [(THIS, at)] if at != Locator() else []
    return page(
        here.request, "source_panel.html" if panel else "source.html", opened=bool(places),
        places=[place for _, place in places], current="plans",
        turn=lambda number: address(f"/source/{source_id}", part=number),
        **_document(here, here.document(source_id), places, part, around=panel),
    )  # fmt: skip


@router.get("/source/{source_id}/page/{number}.png")
def picture(source_id: str, number: int, here: Here) -> Response:
    """A page of a PDF as a picture."""
    data = bytes_of(here, here.document(source_id).source)
    if data is None or not is_pdf(data):
        raise RecordNotFound("This document has no pages that can be shown as pictures. Its words are on its page.")
    return Response(page_picture(data, number), media_type="image/png", headers={"Cache-Control": "private"})


def _document(
    here: Reading, held: Held, places: Places, part: int | None = None, around: bool = False
) -> dict[str, Any]:
    """What a page shows of a document: the part that is asked for, or, where it is shown `around` the places, what
    stands near them."""
    name = held.source.document
    lines, rows = here.desk.view.lines(name), here.register.table_rows(here.audience, name)
    document = DocumentView(list(items_of(lines, rows)), places)
    data, at = bytes_of(here, held.source), [place for _, place in places]
    drawn = data if data and is_pdf(data) else None
    opened = [place.page for place in at if place.page]
    parts = parts_of(document, part, opened, page_count(drawn) if drawn else 0)
    near = [place for place in at if around or not drawn or place.page in parts.shown or place.segments]
    return {
        "held": held,
        "source": held.source,
        "parts": parts,
        "stretches": document.around(_AROUND) if around else document.stretches(parts.numbers.__contains__),
        "actions": _actions_at(here, name),
        "pictures": pictures_of(drawn, parts.shown, near) if drawn else [],
        "printed": {
            item.locator.page: item.locator.printed_page for item in document.items if item.locator.printed_page
        },
        "file_there": data is not None,
    }


def _actions_at(here: Reading, document: str) -> Callable[[Locator], Action | None]:
    """Gives the action of a document that begins at a place."""
    by_place = {_first(row.locator): row for row in here.desk.view.of(document)}
    return lambda place: by_place.get(_first(place))


def _first(place: Locator) -> Locator:
    """A place by which a line and the action that begins in it are found alike."""
    return Locator(line_start=place.line_start) if place.line_start else replace(place, segments=(), cells=None)
