"""A composed answer before its citations are numbered: text with tokens, and the places that the tokens name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from assistant.answer import AnswerTable, CitationKind, Related
from assistant.outcome import AnswerStatus
from assistant.records import Action, Locator, PlanKey

OPEN, CLOSE = "\ue000", "\ue001"
"""Around a token. Characters of private use, which are taken out of every word that comes from a document."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a token points to. `fields` holds (field, locator, words) of values that stand apart from the row."""

    kind: CitationKind
    id: str
    document: str
    locator: Locator
    quote: str
    fields: tuple[tuple[str, Locator, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What `compose` hands on. `places` are in the order of their first mention, by token."""

    status: AnswerStatus
    text: str
    places: dict[str, Place] = field(default_factory=dict)
    total: int | None = None
    table: AnswerTable | None = None
    table_tokens: tuple[str | None, ...] = ()
    """For each row of the table the token of the single action that it shows."""
    linked: tuple[str, ...] = ()
    """Tokens of rows that were counted but are not named one by one."""
    related: tuple[Related, ...] = ()
    caveats: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


class Pen:
    """Writes tokens and remembers what each points to."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}

    def action(self, row: Action) -> str:
        """The token of an action."""
        values = {"due": row.due_text, "start": row.start_text, "status": row.status_text, "owner": row.owner}
        values |= {"success_measure": row.success_measure, "outcome": row.outcome, "due_text": row.due_text}
        apart = tuple((name, place, value) for name, place in row.field_locators if (value := values.get(name)))
        return self._token(
            f"a:{row.id}", Place(CitationKind.ACTION, row.id, row.document, row.locator, row.quote, apart)
        )

    def words_of(self, row: Action, locator: Locator, quote: str) -> str:
        """The token of particular words of an action's row."""
        place = Place(CitationKind.ACTION, row.id, row.document, locator, quote)
        return self._token(f"a:{row.id}:{hash_of(quote)}", place)

    def actions(self, rows: tuple[Action, ...] | list[Action]) -> str:
        """The tokens of several actions, one after another."""
        return "".join(self.action(row) for row in rows)

    def passage(self, document: str, locator: Locator, quote: str) -> str:
        """The token of words that stand at a place of a document."""
        where = "-".join(str(value) for value in locator.as_dict().values())
        name = f"{document}:{where}"
        return self._token(f"p:{name}:{hash_of(quote)}", Place(CitationKind.PASSAGE, name, document, locator, quote))

    def key(self, key: PlanKey) -> str:
        """The token of an entry of a plan's own key."""
        return self.passage(key.document, key.locator, key.quote)

    def _token(self, name: str, place: Place) -> str:
        self.places.setdefault(name, place)
        return f"{OPEN}{name}{CLOSE}"


def hash_of(text: str) -> str:
    """A few characters that tell one quote from another of the same place."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
