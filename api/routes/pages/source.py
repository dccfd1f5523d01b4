"""The pages of a row, a passage and a document, each opened at its place."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from api.documents import THIS, DocumentView, Item, Places, covers, items_of, parts_of
from api.here import Here, Reading
from api.page_images import is_pdf, page_count, page_picture, pictures_of
from api.routes.data import bytes_of
from api.templates import PLACES, address, page
from api.words import fields_of, lateness, other_flags
from assistant.errors import RecordNotFound
from assistant.records import Action, Locator, Passage
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
        others=other_flags(row), late=lateness(row, day), as_of=day, current="register",
        back=address("/register", **dict(parse_qsl(filters))) if filters else None,
        **_document(here, held, places, around=True),
    )  # fmt: skip


@router.get("/passage/{passage_id}", response_class=HTMLResponse)
def passage_page(passage_id: str, here: Here, part: PartNumber = None, panel: bool = False) -> HTMLResponse:
    """The document opened at a passage, all of its lines lit."""
    found = next((one for one in here.register.passages(here.audience) if one.id == passage_id), None)
    if found is None:
        raise RecordNotFound(f'No passage has the id "{passage_id}".')
    held = here.document(found.document)
    places = [(THIS, at) for at in (found.locator, *_rest_of(found, _items(here, held)))]
    return _opened(here, held, places, part, f"/passage/{passage_id}", found.text, panel)


@router.get("/source/{source_id}", response_class=HTMLResponse)
def source_page(
    source_id: str, here: Here, at: Annotated[Locator, Depends(place_of)], part: PartNumber = None, panel: bool = False
) -> HTMLResponse:
    """A document's words as they stand, opened at a place."""
    places = [(THIS, at)] if at != Locator() else []
    return _opened(here, here.document(source_id), places, part, f"/source/{source_id}", "", panel)


@router.get("/source/{source_id}/page/{number}.png")
def picture(source_id: str, number: int, here: Here) -> Response:
    """A page of a PDF as a picture."""
    data = bytes_of(here, here.document(source_id).source)
    if data is None or not is_pdf(data):
        raise RecordNotFound("This document has no pages that can be shown as pictures. Its words are on its page.")
    return Response(page_picture(data, number), media_type="image/png", headers={"Cache-Control": "private"})


def _opened(
    here: Reading, held: Held, places: Places, part: int | None, path: str, quote: str, panel: bool
) -> HTMLResponse:
    """The page of a document: a PDF page by page, any other in parts of so many lines; in a panel, the places alone."""
    return page(
        here.request, "source_panel.html" if panel else "source.html", quote=quote, opened=bool(places),
        places=[place for _, place in places], current="plans", turn=lambda number: address(path, part=number),
        **_document(here, held, places, part, around=panel),
    )  # fmt: skip


def _document(
    here: Reading, held: Held, places: Places, part: int | None = None, around: bool = False
) -> dict[str, Any]:
    """What a page shows of a document: the part that is asked for, or, where it is shown `around` the places, what
    stands near them."""
    document = DocumentView(_items(here, held), places)
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
        "actions": _actions_at(here, held.source.document),
        "pictures": pictures_of(drawn, parts.shown, near) if drawn else [],
        "printed": {
            item.locator.page: item.locator.printed_page for item in document.items if item.locator.printed_page
        },
        "file_there": data is not None,
    }


def _items(here: Reading, held: Held) -> list[Item]:
    """The places of a document that the reader may see, in order."""
    document = held.source.document
    return list(items_of(here.desk.view.lines(document), here.register.table_rows(here.audience, document)))


def _actions_at(here: Reading, document: str) -> Callable[[Locator], Action | None]:
    """Gives the action of a document that begins at a place."""
    by_place = {_first(row.locator): row for row in here.desk.view.of(document)}
    return lambda place: by_place.get(_first(place))


def _rest_of(passage: Passage, items: Sequence[Item]) -> list[Locator]:
    """Where the rest of a passage stands, in a format that says only where it begins."""
    if passage.locator.line_start is not None or passage.locator.page is not None:
        return []
    said = " ".join(passage.text.split())
    begun = (
        number
        for number, item in enumerate(items)
        if any(covers(passage.locator, place) for place in (item.locator, *item.leads))
    )

    def within(item: Item) -> bool:
        return all(" ".join(words.split()) in said for words in (item.text, *(cell.text for cell in item.cells)))

    return [item.locator for item in takewhile(within, items[next(begun, len(items)) :])]


def _first(place: Locator) -> Locator:
    """A place by which a line and the action that begins in it are found alike."""
    return Locator(line_start=place.line_start) if place.line_start else replace(place, segments=(), cells=None)
