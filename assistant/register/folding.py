"""The forms in which a filter compares text: written alike means equal, whatever the case and the spaces."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_REF_PART = re.compile(r"[a-z]+|[0-9]+")


def folded(text: str) -> str:
    """The text in lower case, with single spaces: equal where two texts differ in case and space only."""
    return " ".join(text.casefold().split())


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation; "Children's" is one word, "V.H" is two."""
    return _WORD.findall(text.casefold().replace("'", "").replace("’", ""))


def word_run(text: str) -> str:
    """The words of a text with a space on either side, so that a run of whole words is a part of it: " sw er "."""
    return f" {' '.join(words_of(text))} "


def plain_ref(ref: str) -> str:
    """A reference without case, spaces or a full stop at its end: "R 2.4." is "r2.4"."""
    return "".join(ref.casefold().split()).rstrip(".:)")


def refs_above(ref: str) -> list[str]:
    """The reference and every one that it stands below: "R2.4(i)" gives r, r2, r2.4 and r2.4(i)."""
    plain = plain_ref(ref)
    return list(dict.fromkeys(plain[: part.end()] for part in _REF_PART.finditer(plain))) + (
        [plain] if plain and not plain[-1].isalnum() else []
    )
