"""Plain names of plans, short enough to read in passing: whose it is, and its year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from assistant.records import Source

_RANK = re.compile(
    r"\b(?:(?:london|royal|metropolitan) borough of|city and county of|county of|(?:city|county|borough|district|"
    r"metropolitan|unitary|combined)? ?council|(?:city|county|borough) of(?= \w+ (?:city|county|borough)))\b",
    re.IGNORECASE,
)
_LONGEST = 34
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def plan_names(sources: Iterable[Source]) -> dict[str, str]:
    """A name for each document, such as "Fenbridge 2026"; those that would share one also carry their title."""
    held = list(sources)
    plain = {one.document: _plain(one) for one in held}
    shared = Counter(plain.values())
    told = {
        one.document: name if shared[name] == 1 else f"{name}, {short_title(one)}"
        for one, name in zip(held, plain.values(), strict=True)
    }
    twice = Counter(told.values())
    return {document: name if twice[name] == 1 else f"{name} ({document})" for document, name in told.items()}


def short_title(source: Source) -> str:
    """The title of a plan up to its first break, in words that a reader would write."""
    title = re.split(r"[,(:–]", source.title)[0].strip() or source.document
    title = title.capitalize() if title.isupper() else title
    return title if len(title) <= _LONGEST else f"{title[:_LONGEST].rsplit(' ', 1)[0]}…"


def _plain(source: Source) -> str:
    whose = " ".join(_RANK.sub(" ", source.authority or "").split()).strip(" ,")
    dated = source.plan_date or source.period_start
    year = str(dated.year) if dated else ""
    named = whose or short_title(source)
    return f"{named} {year}" if year and not _YEAR.search(named) else named
