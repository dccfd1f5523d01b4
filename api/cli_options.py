"""What the commands share: options, opening the register, and printing for a person or as JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.settings import Settings

T = TypeVar("T")
_PIPED_WIDTH = 160


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
PlanWords = Annotated[str | None, typer.Option(help="Words of a plan's title, authority or file name")]
OwnerWords = Annotated[str | None, typer.Option(help="An owner, whole or by words of it")]
Section = Annotated[str | None, typer.Option(help="A section of a plan, in full")]


def settings_of(data_dir: Path | None) -> Settings:
    from assistant.settings import read_settings

    return read_settings(data_dir=data_dir)


def opened_assistant(data_dir: Path | None) -> Assistant:
    from assistant import Assistant

    settings = settings_of(data_dir)
    return Assistant.open(settings.data_dir, settings)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What moves the cursor of a terminal, colours it, or turns the order of letters round."""


_NOT_IN_JSON = re.compile(rf"{_CONTROL.pattern}|[\ud800-\udfff]")
"""That, and half a character, which cannot be written as UTF-8."""


def shown(text: str) -> str:
    """A text with what a terminal would obey written out."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def put(text: str) -> None:
    sys.stdout.write(f"{shown(text)}\n")


def put_json(data: Any) -> None:
    """A line of JSON; what a terminal would obey is escaped as JSON writes it."""
    told = json.dumps(data, ensure_ascii=False)
    sys.stdout.write(_NOT_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", told) + "\n")


def put_all(
    columns: Sequence[str], items: Iterable[T], cells: Callable[[T], Sequence[object]], caption: str,
    data: Callable[[T], Any] | Literal[False] = False,
) -> None:  # fmt: skip
    """A line for each item on standard output: of JSON where its data is wanted, else of a table."""
    if data:
        for item in items:
            put_json(data(item))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(caption=caption, caption_justify="left", show_lines=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    for item in items:
        table.add_row(*(Text(shown("" if cell is None else str(cell))) for cell in cells(item)))
    Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH).print(table)
