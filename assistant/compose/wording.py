"""Small words: months, names of plans, and words of a document made harmless and short."""

import re
from datetime import date, timedelta
from functools import lru_cache

from assistant.query_plan_words import british as british
from assistant.query_plan_words import joined as joined
from assistant.records import Source


@lru_cache(maxsize=8_192)
def month(day: date) -> str:
    """September 2020."""
    return f"{day:%B %Y}"


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


# ---------------------------------------------------------------- words of a document, made harmless and short

_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ACTIVE = re.compile(r"([\[\]`|\\])")
_BULLET = re.compile(r"^\s*(?:[-•●▪◦*–]|\(?[a-z0-9]{1,2}[.)])\s+(?=\S)")
_BULLETS = re.compile(r"\s*\n\s*(?=[-•●▪◦*–]\s)")
TOKENS = re.compile("[\ue000-\uf8ff]")


@lru_cache(maxsize=32_768)
def safe(text: str) -> str:
    """Words of a document as one line of text that Markdown shows and does not act upon."""
    bare = _TAG.sub(" ", TOKENS.sub("", text))
    bare = _EMPHASIS.sub(r"\2", bare).replace("<", "‹").replace(">", "›")
    return _ACTIVE.sub(r"\\\1", " ".join(bare.replace("**", "").split()))


def without_bullets(text: str) -> str:
    """The text of a cell with the list in it as sentences or parts of one, without bullets."""
    parts = [without_bullet(part).strip() for part in _BULLETS.split(text)]
    ended = [part if part[-1:] in (*".;:,?!", "") else f"{part};" for part in parts]
    return " ".join([*ended[:-1], parts[-1]])


def without_bullet(text: str) -> str:
    """The text without the bullet that it starts with."""
    return _BULLET.sub("", text)


def short(text: str, limit: int) -> str:
    """The text, cut at a word and marked with an ellipsis where it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-\\")
    return f"{cut}…"


# ---------------------------------------------------------------- plans


def plan_name(source: Source) -> str:
    """Title, authority and date: "Action Plan for Children (Fenbridge Council, February 2026)"."""
    return f"{safe(source.title)} ({', '.join((safe(source.authority or 'authority not stated'), plan_date(source)))})"


def plan_date(source: Source) -> str:
    """The date that the plan carries, or that it is undated, with the period that it covers."""
    if source.plan_date:
        return whole_month(source.plan_date)
    if source.period_start and source.period_end:
        return f"{month(source.period_start)} to {month(source.period_end)}, undated"
    return "undated"


def whole_month(day: date) -> str:
    """The month alone where a date is its first or last day, as a month that is read as a date becomes."""
    edge = day.day == 1 or (day + timedelta(days=1)).day == 1
    return month(day) if edge else british(day)
