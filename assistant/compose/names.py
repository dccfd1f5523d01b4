"""Short names of plans, made by rule from authority and year: "Fenbridge 2026"."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from assistant.compose.wording import plan_name, safe
from assistant.records import Source

_BODY = re.compile(
    r"^(?:the )?(?:(?:london|royal|metropolitan) )?(?:borough|county|district) of |^corporation of "
    r"|\s+(?:(?:city|county|borough|district|metropolitan|unitary|london) )*(?:council|corporation|authority)$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(20\d\d)(?:\s*[-–/]\s*(\d\d(?:\d\d)?))?\b")
_LONGEST = 70


@lru_cache(maxsize=64)
def short_names(sources: tuple[Source, ...]) -> dict[str, str]:
    """A name for each document that no other of them has: authority and year, else the title, else all that is known.

    A name that is a title begins with "the", so that it can follow "in".
    """
    names: dict[str, str] = {}
    for make in (_by_year, _by_title, plan_name):
        rest = [source for source in sources if source.document not in names]
        made = {source.document: make(source) for source in rest}
        often = Counter(made.values())
        names |= {document: name for document, name in made.items() if name and often[name] == 1}
    return names | {source.document: plan_name(source) for source in sources if source.document not in names}


def _by_year(source: Source) -> str:
    whose = safe(_BODY.sub("", source.authority or "")).strip()
    return f"{whose} {years}".strip() if whose and (years := _years(source)) else whose


def _years(source: Source) -> str:
    titled = _YEARS.search(source.title)
    if titled:
        return titled[1] + (f"-{titled[2][-2:]}" if titled[2] else "")
    if source.period_start and source.period_end:
        first, last = source.period_start.year, source.period_end.year
        return str(first) if first == last else f"{first}-{last % 100:02}"
    return str(source.plan_date.year) if source.plan_date else ""


def _by_title(source: Source) -> str:
    title = safe(re.split(r"[,(:]", source.title)[0]).strip()
    return f"the {title}" if 0 < len(title) <= _LONGEST else ""
