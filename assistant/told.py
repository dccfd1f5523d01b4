"""The words of answers that code looks up by a name: `data/told.csv` has a line for each name of each table."""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from assistant.errors import SettingsError

K = TypeVar("K")
_FILE = Path(__file__).parent / "data" / "told.csv"


@cache
def _lines() -> tuple[dict[str, str], ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def told_of(table: str, kind: Callable[[str], K]) -> dict[K, str]:
    """The words of a table by what its names stand for. Raises: SettingsError for a name that stands for nothing."""
    try:
        return {kind(line["name"]): line["words"] for line in _lines() if line["table"] == table}
    except ValueError as error:
        raise SettingsError(f"{_FILE}, table {table}: {error}. Mend the line.") from error


def several(words: str) -> list[str]:
    """The words of a line that holds several, parted by semicolons."""
    return words.split("; ")
