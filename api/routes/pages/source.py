"""The pages of a row, a passage and a document, each opened at its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.audience import audience_for
from api.document_items import Item, items_of
from api.document_parts import parts_of
from api.document_view import THIS, DocumentView, Places, covers
from api.page_images import is_pdf, page_count, page_picture, pictures_of
from api.params import Place
from api.routes.sources import bytes_of, held_source
from api.row_view import fields_of, lateness, other_flags
from api.templates import address, page
from assistant.errors import RecordNotFound
from assistant.records import Action, Audience, Locator, Passage, Source
from assistant.register import Held, Register
from assistant.view import View

router = APIRouter()
_AROUND = 5
PartNumber = Annotated[int | None, Query(ge=1, le=1_000_000)]


@router.get("/row/{action_id}", response_class=HTMLResponse)
def row_page(
    action_id: str,
    request: Request,
    as_of: date | None = None,
    filters: Annotated[str, Query(max_length=4_000)] = "",
    panel: bool = False,
) -> HTMLResponse:
    """One action: what the register holds, and the document's own words around it.

    Args: filters, the query of the register's page that the reader came from; panel, True for the part of it that
    stands beside an answer.
    """
    register: Register = request.app.state.assistant.register
    row = register.action(_audience(request), action_id)
    held = next(one for one in register.held(_audience(request)) if one.source.document == row.document)
    places = [(THIS, row.locator), *row.field_locators]
    document = view_of(request, held.source, places)
    data = bytes_of(request, held.source)
    day = as_of or date.today()
    return page(
        request, "row_panel.html" if panel else "row.html", row=row, held=held, source=held.source,
        fields=fields_of(row), others=other_flags(row),
        late=lateness(row, day), as_of=day, stretches=document.around(_AROUND),
        actions=actions_at(request, row.document),
        pictures=pictures_of(data, (), [at for _, at in places]) if data and is_pdf(data) else [],
        printed=printed_pages(document.items), file_there=data is not None, current="register",
        back=address("/register", **dict(parse_qsl(filters))) if filters else None,
    )  # fmt: skip


@router.get("/passage/{passage_id}", response_class=HTMLResponse)
def passage_page(passage_id: str, request: Request, part: PartNumber = None, panel: bool = False) -> HTMLResponse:
    """The document opened at a passage, all of its lines lit."""
    register: Register = request.app.state.assistant.register
    found = next((one for one in register.passages(_audience(request)) if one.id == passage_id), None)
    if found is None:
        raise RecordNotFound(f'No passage has the id "{passage_id}".')
    held = next(one for one in register.held(_audience(request)) if one.source.document == found.document)
    items = view_of(request, held.source, ()).items
    places = [(THIS, at) for at in (found.locator, *places_of(found, items))]
    return document_page(request, held, places, part, f"/passage/{passage_id}", found.text, panel)


@router.get("/source/{source_id}", response_class=HTMLResponse)
def source_page(
    source_id: str, request: Request, at: Place, part: PartNumber = None, panel: bool = False
) -> HTMLResponse:
    """A document's words as they stand, opened at a place."""
    places = [(THIS, at)] if at != Locator() else []
    return document_page(request, held_source(request, source_id), places, part, f"/source/{source_id}", panel=panel)


@router.get("/source/{source_id}/page/{number}.png")
def picture(source_id: str, number: int, request: Request) -> Response:
    """A page of a PDF as a picture."""
    data = bytes_of(request, held_source(request, source_id).source)
    if data is None or not is_pdf(data):
        raise RecordNotFound("This document has no pages that can be shown as pictures. Its words are on its page.")
    return Response(page_picture(data, number), media_type="image/png", headers={"Cache-Control": "private"})


def document_page(
    request: Request, held: Held, places: Places, part: int | None, path: str, quote: str = "", panel: bool = False
) -> HTMLResponse:
    """The page of a document: a PDF page by page, any other in parts of so many lines; in a panel, the places alone."""
    document = view_of(request, held.source, places)
    data = bytes_of(request, held.source)
    at = [place for _, place in places]
    drawn = data if data and is_pdf(data) else None
    opened = [place.page for place in at if place.page]
    parts = parts_of(document, part, opened, page_count(drawn) if drawn else 0)
    here = [place for place in at if not drawn or place.page in parts.shown or place.segments]
    return page(
        request, "source_panel.html" if panel else "source.html", held=held, source=held.source, parts=parts,
        quote=quote, opened=bool(places), places=at,
        stretches=document.around(_AROUND) if panel else document.stretches(parts.numbers.__contains__),
        actions=actions_at(request, held.source.document),
        pictures=pictures_of(drawn, parts.shown, here) if drawn else [], printed=printed_pages(document.items),
        file_there=data is not None, current="plans", turn=lambda number: address(path, part=number),
    )  # fmt: skip


def _audience(request: Request) -> Audience:
    return audience_for(request, request.query_params.get("reader", ""))


def view_of(request: Request, source: Source, places: Places) -> DocumentView:
    """A document that the reader may see, with the places marked."""
    assistant, audience = request.app.state.assistant, _audience(request)
    lines = assistant.desk(audience).view.lines(source.document)
    rows = assistant.register.table_rows(audience, source.document)
    return DocumentView(list(items_of(lines, rows)), places)


def actions_at(request: Request, document: str) -> Callable[[Locator], Action | None]:
    """Gives the action of a document that begins at a place."""
    view: View = request.app.state.assistant.desk(_audience(request)).view
    by_place = {_first(row.locator): row for row in view.of(document)}
    return lambda place: by_place.get(_first(place))


def places_of(passage: Passage, items: Sequence[Item]) -> list[Locator]:
    """Where the rest of a passage stands, in a format that says only where it begins."""
    if passage.locator.line_start is not None or passage.locator.page is not None:
        return []
    said = " ".join(passage.text.split())
    begun = (
        number
        for number, item in enumerate(items)
        if any(covers(passage.locator, place) for place in (item.locator, *item.leads))
    )
    found = []
    for item in items[next(begun, len(items)) :]:
        if not all(" ".join(words.split()) in said for words in (item.text, *(cell.text for cell in item.cells))):
            break
        found.append(item.locator)
    return found


def printed_pages(items: Sequence[Item]) -> dict[int, str]:
    """The number that is printed on each page of a PDF that has one."""
    return {item.locator.page: item.locator.printed_page for item in items
            if item.locator.page and item.locator.printed_page}  # fmt: skip


def _first(place: Locator) -> Locator:
    """A place by which a line and the action that begins in it are found alike."""
    if place.line_start is not None:
        return Locator(line_start=place.line_start)
    return replace(place, segments=(), cells=None)
