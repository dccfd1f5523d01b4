"""Owners' names: when two spellings are one owner, and which owners a text names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def named_owners(said: Sequence[str], spellings: Sequence[tuple[str, tuple[str, ...]]]) -> list[str]:
    """The owners of which a spelling stands in a text, longer ones first and each word used once.

    Args: said, the key of the text; spellings, pairs of an owner and the key of one of its spellings.
    """
    taken: dict[frozenset[int], tuple[str, ...]] = {}
    found: list[str] = []
    for owner, key in sorted(spellings, key=lambda pair: -len(pair[1])):
        for start in range(len(said) - len(key) + 1 if key else 0):
            places = frozenset(range(start, start + len(key)))
            free = taken.get(places) == key or not any(places & others for others in taken)
            if free and tuple(said[start : start + len(key)]) == key:
                taken[places] = key
                found.append(owner)
                break
    return list(dict.fromkeys(found))
