"""Plain names of plans for pages, such as "Fenbridge 2026"."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.compose.telling import short_names
from assistant.records import Source


def plan_names(sources: Iterable[Source]) -> dict[str, str]:
    """A name for each document that no other of them has, to stand by itself and not in a sentence."""
    return {document: name.removeprefix("the ") for document, name in short_names(tuple(sources)).items()}
