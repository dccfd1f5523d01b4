"""What a route works with: the request, who sends it, what they may see of the one assistant, and the pages."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from pydantic import TypeAdapter
from starlette.requests import HTTPConnection

from api import words
from api.audit import Act, Audit
from api.documents import reach, short_place
from api.roles import NOBODY, How, Person
from api.words import colour_words, state_words
from assistant import Assistant
from assistant.compose.pieces import completed_of
from assistant.compose.telling import short_names
from assistant.compose.wording import plan_date
from assistant.desk import Desk
from assistant.errors import RecordNotFound
from assistant.flags import notable
from assistant.labels import Audience, Care
from assistant.places import place_words
from assistant.query_plan_words import british
from assistant.records import Action, Locator, Rag, Source, Status
from assistant.register import Held, Register
from assistant.settings import Settings

_templates = Jinja2Templates(Path(__file__).parent / "pages")
PLACES = TypeAdapter(Locator)
"""A place as an address holds it, in JSON."""


def person_of(request: HTTPConnection) -> Person:
    """Who sends the request, as the gate has worked it out; the public where nothing is known of it."""
    person: Person = getattr(request.state, "person", NOBODY)
    return person


def sender_of(request: HTTPConnection) -> str:
    """What tells one reader from others: the name where it is known, else the address."""
    person = person_of(request)
    address = request.client.host if request.client else ""
    return address if person.how is How.NOT_KNOWN else f"person {person.name}"


def may_upload(request: HTTPConnection) -> bool:
    """True for a reader who may send plans: an owner, unless the settings say that nobody may."""
    return request.app.state.settings.uploads == "owner" and person_of(request).is_owner


def document_of(held: Iterable[Held], name: str) -> Held:
    """The document with this id or name. Raises: RecordNotFound."""
    if found := next((one for one in held if name in (one.source.id, one.source.document)), None):
        return found
    raise RecordNotFound(f'No document has the id or the name "{name}". Those held: plan-assistant sources')


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
    address=address, day=british, place=place_words, says=says, dated=plan_date, place_address=place_address,
    short_place=short_place, reach=reach, moment=words.moment, counted=words.counted, notable=notable,
    due_words=words.due_words, state_words=state_words, colour_words=colour_words, completed_of=completed_of,
    about=words.ABOUT, rule=words.RULE, Rag=Rag, Status=Status, not_defined=words.NOT_DEFINED,
)  # fmt: skip
_templates.env.filters["oneline"] = lambda text: " ".join(text.split())


class Reading:
    """One request. `reader` is the kind of reader that it names: it changes how what may be seen is told."""

    def __init__(self, request: Request, reader: Annotated[str, Query(include_in_schema=False)] = "") -> None:
        self.request, self.reader, self.state = request, reader, request.app.state
        self.assistant: Assistant = self.state.assistant
        self.settings: Settings = self.state.settings
        self.register: Register = self.assistant.register
        self.person = person_of(request)
        rounded = {Care.FEW_ROUNDED} if reader == "member" else set()
        self.audience: Audience = self.person.audience | rounded
        """What the reader may see; a member is told no small number of children."""

    @cached_property
    def held(self) -> list[Held]:
        return self.register.held(self.audience)

    @cached_property
    def sources(self) -> list[Source]:
        return self.register.sources(self.audience)

    @property
    def desk(self) -> Desk:
        return self.assistant.desk(self.audience)

    @cached_property
    def names(self) -> dict[str, str]:
        """A name for each document that is held."""
        return plan_names(self.sources)

    def page(self, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A template as a page of what is held for this reader."""
        return page(self.request, name, status, here=self, **values)

    def document(self, source_id: str) -> Held:
        """The document with this id or name that the reader may see. Raises: RecordNotFound."""
        return document_of(self.held, source_id)

    def note(self, act: Act, **facts: Any) -> None:
        """Add a line to the account of who asked for what."""
        audit: Audit = self.state.audit
        audit.note(act, self.person, **facts)


Here = Annotated[Reading, Depends(Reading)]
