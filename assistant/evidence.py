"""Words of a source that answer a question, verbatim at their place."""

from dataclasses import dataclass

from assistant.records import Action, Locator


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line, list item, sentence or cell. `row` is the action that it stands in, if any; `kind` says what the words
    are in that row: "success measure", "outcome", "progress". `lead` words only lead in to those that follow."""

    document: str
    locator: Locator
    quote: str
    score: float
    kind: str = ""
    row: Action | None = None
    lead: bool = False
