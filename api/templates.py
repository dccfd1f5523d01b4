"""The templates, with what every one of them may use."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from pydantic import TypeAdapter

from api import words
from api.documents import reach, short_place
from api.here import may_upload, person_of
from api.words import colour_words, state_words
from assistant.compose.telling import short_names
from assistant.compose.wording import plan_date
from assistant.flags import notable
from assistant.places import place_words
from assistant.records import Action, Locator, Source, Status

_templates = Jinja2Templates(Path(__file__).parent / "pages")
PLACES = TypeAdapter(Locator)
"""A place as an address holds it, in JSON."""


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as a page. `kept` is what goes with its reader from page to page: the day, the one plan, for whom."""
    person = person_of(request)
    known = {"person": person, "owner": person.is_owner, "may_upload": may_upload(request), "kept": _kept(request)}
    return _templates.TemplateResponse(request, name, {**known, **values}, status_code=status)


def as_text(name: str, **values: Any) -> str:
    """A template that is no page, such as the text of a message."""
    return _templates.env.get_template(name).render(values)


def _kept(request: Request) -> dict[str, str]:
    given, plans = request.query_params, request.query_params.getlist("plan")
    kept = {"as_of": given.get("as_of", ""), "reader": given.get("reader", "")}
    try:
        date.fromisoformat(kept["as_of"])
    except ValueError:
        kept["as_of"] = ""
    return {**kept, "plan": plans[0] if len(plans) == 1 else ""}


def address(path: str, **parts: Any) -> str:
    """An address with the parts that are given."""
    given = {name: value for name, value in parts.items() if value not in (None, "", [], ())}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def place_address(source_id: str, locator: Locator, **kept: str) -> str:
    """Where a document is opened at a place; `kept` is what goes with its reader."""
    at = PLACES.dump_json(locator, exclude_defaults=True).decode()
    return address(f"/source/{source_id}", at=at, **kept) + "#place"


def says(row: Action) -> list[str]:
    """What the plan itself says of a row's state: the state, the colour with its meaning, and the words."""
    state = state_words(row.status) if row.status is not Status.NOT_RECORDED else ""
    words = f"“{row.status_text}”" if row.status_text and row.status_text.casefold() != state.casefold() else ""
    return [part for part in (state, colour_words(row), words) if part] or ["not recorded"]


def plan_names(sources: Iterable[Source]) -> dict[str, str]:
    """A name for each document that no other of them has, to stand by itself and not in a sentence."""
    return {document: name.removeprefix("the ") for document, name in short_names(tuple(sources)).items()}


_templates.env.globals.update(
    address=address, day=words.day_words, place=place_words, standing=words.standing, says=says, dated=plan_date,
    place_address=place_address, short_place=short_place, reach=reach, moment=words.moment, counted=words.counted,
    near_numbers=words.near_numbers, notable=notable, due_words=words.due_words, plan_names=plan_names,
)  # fmt: skip
_templates.env.filters["oneline"] = lambda text: " ".join(text.split())
