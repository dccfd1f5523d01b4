"""Options and small helps that the commands share."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.register import Register


def day(text: str) -> date:
    """A day given as 2026-09-01, or day first as 01/09/2026."""
    from assistant.dates import find_dates

    spans = find_dates(text, date.today())
    if len(spans) == 1 and spans[0].text == text.strip() and spans[0].precision == "day" and spans[0].start:
        return spans[0].start
    raise typer.BadParameter(f'"{text}" is not a day. Write it as 2026-09-01 or 01/09/2026.')


DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of the register [variable PLAN_ASSISTANT_DATA_DIR; default data]"),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of text for people")]
Day = Annotated[date | None, typer.Option(parser=day, metavar="DATE")]


def opened_register(data_dir: Path | None) -> Register:
    from assistant.register import Register, database_place
    from assistant.settings import read_settings

    settings = read_settings(data_dir=data_dir)
    return Register.open(database_place(settings.data_dir, settings.database_url), create=False)


def opened_assistant(data_dir: Path | None) -> Assistant:
    from assistant import Assistant
    from assistant.settings import read_settings

    settings = read_settings(data_dir=data_dir)
    return Assistant.open(settings.data_dir, settings)


def as_json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What moves the cursor of a terminal, colours it, or turns the order of letters round."""


def shown(text: str) -> str:
    """A text with what a terminal would obey written out."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def put(text: str) -> None:
    sys.stdout.write(f"{shown(text)}\n")
