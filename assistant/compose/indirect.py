"""A question inside a sentence: "Where will it be held?" as "where it will be held"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.compose.wording import safe
from assistant.grammar import below, parsed

_WH = ("who", "whom", "whose", "where", "when", "how", "what", "which", "why")
HELPERS = ("is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "should")
_LONGEST = 22
_MINE = re.compile(r"\b(?:I|me|my|you|your|we|us|our|and (?:who|when|where|how|what|why))\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def indirect(question: str) -> str:
    """The question as the end of "The plans do not say ..."; empty where it cannot be turned round surely."""
    text = safe(question).strip().rstrip("?.! ")
    words = text.split()
    if (
        not words
        or words[0].lower() not in (*_WH, *HELPERS)
        or len(words) > _LONGEST
        or _MINE.search(text)
        or re.search(r"[.?!;]\s", text)
    ):
        return ""
    if {"do", "does", "did"} & set(text.lower().split()):
        return ""
    tokens = parsed(text)
    root = next((at for at, token in enumerate(tokens) if token.head == at), 0)
    helpers = [
        at for at, one in enumerate(tokens) if one.head == root and one.role.startswith("aux") and one.kind == "AUX"
    ]
    subject = next(
        (at for at, one in enumerate(tokens) if one.head == root and one.role.startswith(("nsubj", "csubj"))), None
    )
    verb = helpers[0] if helpers else root if tokens[root].kind == "AUX" else None
    if (
        subject is None
        or tokens[0].head == subject
        or (verb is not None and min(_span(tokens, subject)) < verb)
        or verb is None
    ):
        return _lowered(text) if subject is not None or verb is None else ""
    span = _span(tokens, subject)
    first, last = min(span), max(span)
    if first != verb + 1:
        return ""
    before, moved = text[: tokens[verb].start], text[tokens[first].start : tokens[last].end]
    before = before or "whether"
    return _lowered(" ".join(f"{before} {moved} {tokens[verb].text.lower()} {text[tokens[last].end :]}".split()))


def _span(tokens: tuple, head: int) -> frozenset[int]:  # type: ignore[type-arg]
    return below(tokens, frozenset({head}))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
