"""Owners' names: when two spellings are one owner."""

from __future__ import annotations

from collections.abc import Callable

from assistant.vocabulary.words import Word, split_words

Expand = Callable[[Word, str | None], str | None]
"""The words that an abbreviation stands for in a document, if any."""

_SMALL = frozenset(["the", "of", "and", "for", "a", "an", "our"])


def owner_key(name: str, expand: Expand, document: str | None = None) -> tuple[str, ...]:
    """The stems that a name comes down to, abbreviations written out: VH, V.H and Virtual Head have one key."""
    key: list[str] = []
    for word in split_words(name):
        words = expand(word, document)
        parts = split_words(words) if words else [word]
        key += [part.stem for part in parts if part.plain not in _SMALL]
    return tuple(key)
