"""A text, understood: what tests of layout, fields and checks look at."""

from __future__ import annotations

from assistant.records import Action, Reading, SourceDetails
from ingest.readers import read_bytes
from ingest.reading import reading_of


def understood(text: str, name: str = "plan.txt", details: SourceDetails | None = None) -> Reading:
    return reading_of(read_bytes(text.encode(), name), details=details)


def rows(*lines: str, name: str = "plan.txt") -> tuple[Action, ...]:
    """The actions of a document of these lines; columns are parted by strokes with blanks around them."""
    return understood("\n".join(line.replace(" ¦ ", "\t").replace("¦", "\t") for line in lines), name).actions


def codes(action: Action) -> set[str]:
    return {flag.code for flag in action.flags}
