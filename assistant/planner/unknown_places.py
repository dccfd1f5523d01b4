"""A council that a question names and of which nothing is held."""

from __future__ import annotations

import re

from assistant.lexicon import small
from assistant.planner.holdings import Holdings
from assistant.planner.wording import FUNCTION_WORDS, TAKEN

_UNKNOWN = re.compile(
    r"(?:\b(?:in|for|at|by|from|of|is|are|has|have|does|do|did|will|about|and|or|with|than|what|the)\s+|^\W*)"
    r"(?P<name>[A-Z][a-z]{2,}(?:\s+(?:(?:of|and|upon|on)\s+)?[A-Z][a-z]{2,})*)(?P<after>'s|s')?(?=(?P<next>\s+[a-z]+|\s*[?.,]|\s*$))"
)
_DOES = small("unknown_places_does")


def unknown_place(raw: str, rest: str, holdings: Holdings) -> str:
    """A name that stands where an authority does and is found in no plan: "what is Fenbridge doing about neglect?"."""
    for match in _UNKNOWN.finditer(raw):
        name, start, end = match.group("name"), *match.span("name")
        words = [word.lower() for word in re.findall(r"[A-Za-z]+", name)]
        if TAKEN in rest[start:end] or any(word in holdings.words or word in FUNCTION_WORDS for word in words):
            continue
        if start == len(raw) - len(raw.lstrip()) and not match.group("after"):
            continue
        following = match.group("next").strip()
        preceded = re.search(r"\b(?:in|for|at|about|than|and|with)\s+$", raw[:start])
        owned = bool(match.group("after")) and bool(
            re.match(r"\s+(?:[\w-]+\s+){0,3}(?:plans?|reports?|council|actions?|strategy)\b", raw[match.end("after") :])
        )
        if owned or following in _DOES or (preceded and following in ("", "?", ".", ",")):
            return name
    return ""
