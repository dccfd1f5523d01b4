"""Sentences about numbers of actions: the number first, one verb, nothing said twice."""

from __future__ import annotations

import re

from assistant.compose.wording import capital, figure


def counted(number: int, noun: str, verb: str) -> str:
    """ "6 actions are due in June 2026.": a number of things and what they are or have."""
    return f"{capital(figure(number))} {noun} {agreed(verb, number)}."


def part_of(number: int, whole: int, nouns: tuple[str, str], verb: str) -> str:
    """ "4 of the 7 housing actions are complete.": how many of a known whole. Args: nouns, for one and for several."""
    one, several = nouns
    if whole == 1:
        told = agreed(verb, 1) if number else denied(agreed(verb, 1))
        return f"The one {one} {told}."
    if number == whole:
        return f"{'Both' if whole == 2 else f'All {whole:,}'} {several} {verb}."
    if number == 0:
        return f"{'Neither' if whole == 2 else 'None'} of the {whole:,} {several} {agreed(verb, 1)}."
    return f"{capital(figure(number))} of the {whole:,} {several} {agreed(verb, number)}."


def agreed(verb: str, number: int) -> str:
    """A verb phrase in the plural as it follows this number: "are late", "have no owner" and "is late", "has none"."""
    if number != 1:
        return verb
    first, _, rest = verb.partition(" ")
    one = {"are": "is", "have": "has", "were": "was", "say": "says", "mention": "mentions"}.get(first, first)
    return f"{one} {rest}".strip()


def denied(verb: str) -> str:
    """The contrary of a verb phrase: "is not late"; what denies already is affirmed."""
    first, _, rest = verb.partition(" ")
    if rest.startswith(("not ", "no ")):
        word, _, after = rest.partition(" ")
        return f"{first} {after}" if word == "not" else f"{first} {_one(after)}"
    if first in ("has", "have"):
        return f"{first} no {rest.removeprefix('a ').removeprefix('an ')}"
    return f"{first} not {rest}" if first in ("is", "are", "was", "were") else f"do not {verb}"


def _one(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def verb_of(words: str) -> str:
    """A filter in words, as it follows "actions", as a verb phrase: "with no owner" becomes "have no owner"."""
    words = words.removeprefix("rated ")
    if words.startswith("not rated "):
        return f"are not {words.removeprefix('not rated ')}"
    if words.startswith("with "):
        return f"have {words.removeprefix('with ')}"
    if words.startswith("whose status says "):
        return f"say {words.removeprefix('whose status says ')}"
    return f"were {words}" if words.startswith("completed ") else f"are {words}"


_JOINERS = re.compile(
    r"\b(?:and|or|of|for|to|with|from|in|on|by|the|a|an|that|who|being|about)\b|[\d(),“”/]", re.IGNORECASE
)


def is_modifier(words: str) -> bool:
    """Whether a subject can stand before its noun: "housing actions", but "actions on moving to permanence"."""
    return 0 < len(words.split()) <= 3 and not _JOINERS.search(words)
