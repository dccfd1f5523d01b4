"""Small readings of invented documents, for tests of what stands behind the readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import DocumentReadError
from assistant.records import Action, Label, Locator, Passage, PlanKey, Reading, Source, SourceDetails


def an_action(words: str, line: int = 1, **values: Any) -> Action:
    """An action of a document that `a_reading` will name."""
    at = Locator(line_start=line, line_end=line)
    given = {"document": "", "plan": "", "authority": None, "plan_date": None, "locator": at, "quote": words}
    return Action(id="", action=words, **{**given, **values})


def a_reading(
    *rows: Action | str,
    document: str = "fenbridge.txt",
    label: Label = Label.INTERNAL,
    passages: tuple[str, ...] = (),
    keys: tuple[PlanKey, ...] = (),
    **values: Any,
) -> Reading:
    """A reading of a document of Fenbridge with these rows, each on its own line unless it says where it stands."""
    source = Source(
        id=document.replace(".", "-"),
        document=document,
        title=values.pop("title", "Fenbridge plan"),
        authority=values.pop("authority", "Fenbridge"),
        plan_date=values.pop("plan_date", None),
        label=label,
        sha256="0" * 64,
        path=f"/plans/{document}",
    )
    actions = [
        replace(an_action(row, line) if isinstance(row, str) else row, document=document)
        for line, row in enumerate(rows, start=1)
    ]
    prose = [
        Passage(
            id="", document=document, heading_path=("Foreword",), text=text, locator=Locator(line_start=1, line_end=1)
        )
        for text in passages
    ]
    lines = tuple((action.locator, action.action) for action in actions)
    return Reading(source, lines, tuple(actions), tuple(prose), keys, **values)


def read_lines(
    path: Path, details: SourceDetails | None = None, _progress: Callable[[int, int], None] | None = None
) -> Reading:
    """A reader for tests of loading: each line of a text file is an action; "Ref|words" gives a reference.

    Raises: DocumentReadError for a file that holds a zero byte. A line that begins with "?" is set aside.
    """
    said = details or SourceDetails()
    data = path.read_bytes()
    if b"\0" in data:
        raise DocumentReadError(f"{path.name}: this is not text.")
    rows, aside = [], []
    for number, line in enumerate(data.decode().splitlines(), start=1):
        at = Locator(line_start=number, line_end=number)
        ref, _, words = line.rpartition("|")
        if line.startswith("?"):
            aside.append((at, "a line that nobody understands"))
        elif line.strip():
            rows.append(an_action(words, number, ref=ref or None))
    return a_reading(
        *rows,
        document=path.name,
        title=said.title or path.stem,
        authority=said.authority,
        plan_date=said.plan_date,
        label=said.label or Label.INTERNAL,
        set_aside=tuple(aside),
    )
