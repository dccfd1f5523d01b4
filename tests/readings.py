"""Small readings of invented documents, for tests of what stands behind the readers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.records import Action, Label, Locator, Passage, PlanKey, Reading, Source


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
        Passage(id="", document=document, heading_path=("Foreword",), text=text, locator=Locator(line_start=1, line_end=1))
        for text in passages
    ]
    lines = tuple((action.locator, action.action) for action in actions)
    return Reading(source, lines, tuple(actions), tuple(prose), keys, **values)
