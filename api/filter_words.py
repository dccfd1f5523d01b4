"""The register's filters as a reader says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from enum import Enum

from api.filters import RowFilters
from assistant.flags import FlagCode
from assistant.records import Source

_NAMES = {
    "plan": "Plan", "owner": "Owner", "status": "Status", "rag": "Colour", "due_from": "Due from", "due_to": "Due to",
    "q": "Words", "as_of": "As at", "section": "Section", "flag": "To check", "missing": "Not recorded",
}  # fmt: skip
_SWITCHES = {
    ("overdue", True): "Overdue",
    ("overdue", False): "Not overdue",
    ("open", True): "Not complete",
    ("open", False): "Complete",
}


def day_words(day: date) -> str:
    """Such as "3 September 2026"."""
    return f"{day.day} {day:%B %Y}"


def counted(number: int, noun: str) -> str:
    """Such as "1 action" or "1,200 actions"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def filters_in_words(filters: RowFilters, sources: Sequence[Source]) -> list[str]:
    """Each given filter as a reader says it."""
    return [words for _, words in named_filters(filters, sources)]


def named_filters(filters: RowFilters, sources: Sequence[Source]) -> list[tuple[str, str]]:
    """The given filters, each with its name in the address and its words."""
    titles = {source.document: source.title for source in sources}
    told = []
    for field in fields(filters):
        value = getattr(filters, field.name)
        if isinstance(value, bool):
            told.append((field.name, _SWITCHES[field.name, value]))
        elif value is not None and value != "":
            words = _of_flag(str(value)) if field.name == "flag" else _words(value, titles)
            told.append((field.name, f"{_NAMES[field.name]}: {words}"))
    return told


def _words(value: object, titles: dict[str, str]) -> str:
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Enum):
        return str(value.value).replace("_", " ")
    text = str(value)
    return titles.get(text, text.replace("_", " ") if text.islower() and " " not in text else text)


def _of_flag(code: str) -> str:
    return FlagCode(code).meaning.rstrip(".") if code in set(FlagCode) else code.replace("any", "anything")
