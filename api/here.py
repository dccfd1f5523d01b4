"""What a route works with: the request, who sends it, and what they may see of the one assistant."""

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from api.audit import Act, Audit
from api.roles import NOBODY, Person
from assistant import Assistant
from assistant.desk import Desk
from assistant.errors import RecordNotFound
from assistant.labels import Audience, Care
from assistant.records import Source
from assistant.register import Held, Register
from assistant.settings import Settings


def person_of(request: HTTPConnection) -> Person:
    """Who sends the request, as the gate has worked it out; the public where nothing is known of it."""
    found = getattr(request.state, "person", NOBODY)
    return found if isinstance(found, Person) else NOBODY


def may_upload(request: HTTPConnection) -> bool:
    """True for a reader who may send plans: an owner, unless the settings say that nobody may."""
    return request.app.state.settings.uploads == "owner" and person_of(request).is_owner


def document_of(held: Iterable[Held], name: str) -> Held:
    """The document with this id or name. Raises: RecordNotFound."""
    if found := next((one for one in held if name in (one.source.id, one.source.document)), None):
        return found
    raise RecordNotFound(f'No document has the id or the name "{name}". Those held: plan-assistant sources')


class Reading:
    """One request. `reader` is the kind of reader that it names: it changes how what may be seen is told."""

    def __init__(self, request: Request, reader: str = "") -> None:
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

    def document(self, source_id: str) -> Held:
        """The document with this id or name that the reader may see. Raises: RecordNotFound."""
        return document_of(self.held, source_id)

    def note(self, act: Act, **facts: Any) -> None:
        """Add a line to the account of who asked for what."""
        audit: Audit = self.state.audit
        audit.note(act, self.person, **facts)


def _reading(request: Request) -> Reading:
    return Reading(request, request.query_params.get("reader", ""))


Here = Annotated[Reading, Depends(_reading)]
