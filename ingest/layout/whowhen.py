"""Who and when in a few words, by their shape or by a name before them: "Head of Help; from May 2026; begun"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Status
from ingest.layout.drafts import Role
from ingest.layout.headings import best_role
from ingest.layout.shapes import is_date, owner_likeness, starts_with_verb
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.words import plain

_SPLIT = re.compile(r"(\s*[;|]\s*|\s+[-–—/]\s+|,\s+|\n\s*)")
BY = re.compile(r"^(?:by|due|due by|before|until|deadline|target|in)\b[:\s]*", re.IGNORECASE)
_FROM = re.compile(r"(?:from|starting|starts)\b[:\s]*", re.IGNORECASE)
_LED = re.compile(r"^(?:lead|leads|owner|owned by|led by)\b[:\s]*", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:no (?:lead|owner|officer|one)|nobody|(?:lead|owner) (?:tb[cda]|vacant|unknown|not|to be))\b[\w ]{0,24}",
    re.IGNORECASE,
)
"""That nobody leads it yet."""
TIMED = frozenset({Role.DUE, Role.START})
_LABELLED = 0.8
_LONGEST_OWNER = 12
_OF_TIME = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter|easter|christmas|term|"
    r"quarterly|monthly|weekly|yearly)",
    re.IGNORECASE,
)
LIKELY, SURE = 0.3, 0.6


def who_and_when(text: str) -> dict[Role, str]:
    """The fields that a bracket says, by shape; empty where any part of it is something else."""
    parts = _SPLIT.split(" ".join(plain(text).split()))
    found: dict[Role, str] = {}
    at = 0
    while at < len(parts):
        end = date_run(parts, at)
        if _NOBODY.fullmatch(parts[at].strip()):
            at += 2
            continue
        if _NAMED_FIELD.match(parts[at]):  # "Start: May 2026" is no due date, and "Review: May 2026" neither
            end, role, value = at + 1, *_labelled(parts[at])
        elif end:
            role, value = timed("".join(parts[at:end]))
        else:
            end, role, value = at + 1, *said(parts[at])
        if role is Role.OWNER and Role.OWNER in found and at and TIMED.isdisjoint(found):
            found[role] += parts[at - 1] + value
        elif role in found or not value:
            return {}
        else:
            found[role] = value
        at = end + 1
    return found if _holds(found) else {}


_NAMED_FIELD = re.compile(r"\s*[A-Za-z][A-Za-z /-]*:\s")


def _labelled(part: str) -> tuple[Role, str]:
    """The field that a name before a colon says; no value where the name is of something else."""
    label, _, value = part.partition(":")
    role, score = best_role(label)
    known = role is not None and score >= _LABELLED
    return (role, value.strip()) if known and role else (Role.OWNER, "")


def said(part: str) -> tuple[Role, str]:
    if colour_of(part) or short_status(re.sub(r"\s*\(.*\)$", "", part)):
        return Role.STATUS, part
    return Role.OWNER, _LED.sub("", part)


def timed(value: str) -> tuple[Role, str]:
    """When it is due, or from when it is done."""
    begins = _FROM.match(value)
    return (Role.START, value[begins.end() :]) if begins else (Role.DUE, BY.sub("", value))


def date_run(parts: Sequence[str], at: int) -> int:
    """Where the longest date that begins at a part ends; 0 where none does."""
    for end in range(len(parts), at, -2):
        run = parts[at:end:2]
        states = [short_status(part) for part in run]
        if Status.COMPLETE in states or (len(run) > 1 and any(states)):
            continue
        alone = all(is_date(BY.sub("", part)) or (_OF_TIME.search(part) and owned(part) < SURE) for part in run)
        if alone and is_date(BY.sub("", "".join(parts[at:end]))):
            return end
    return 0


def owned(part: str) -> float:
    return owner_likeness(_LED.sub("", part))


def _holds(found: dict[Role, str]) -> bool:
    owner = found.get(Role.OWNER)
    if owner is None:
        return not TIMED.isdisjoint(found)
    if len(owner.split()) > _LONGEST_OWNER or instructs(owner):
        return False
    whole = max(owned(part) for part in re.split(r"\s+(?:with|and|&)\s+(?:the\s+)?|[;,/|]\s*", owner) if part)
    return whole >= (SURE if TIMED.isdisjoint(found) else LIKELY) and owner[:1].isalnum() and not owner[:1].islower()


def instructs(text: str) -> bool:
    """True for the words of an action; a title such as "Contact Service Manager" has capitals throughout."""
    return starts_with_verb(text) and any(word.islower() and len(word) > 3 for word in text.split())
