"""What an audience may see: the condition that every read joins, and small numbers told without saying them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_

from assistant.labels import Audience, Care, Label, Only
from assistant.register.tables import sources

_MANY = {"child": "children", "person": "people", "family": "families", "sibling": "siblings", "baby": "babies"}
_KIND = r"(?:(?:looked[- ]after|young|disabled|unaccompanied|of (?:the|our|these))\s+)*"
_WHO = r"(?:children|people|families|siblings|babies|care leavers|child|person|family|sibling|baby|care leaver)"
_NOT_A_COUNT = r"(?!['’]|\s+(?:protection|support|social|plan|worker|practitioner|hub|centre|therapist|group)s?\b)"
_FEW = re.compile(
    rf"(?<![\w.,/£-])(?P<count>one|two|three|four|[1-4])\s+(?P<kind>{_KIND})(?P<who>{_WHO})\b{_NOT_A_COUNT}",
    re.IGNORECASE,
)
_FEW_AFTER = re.compile(rf"\b(?P<who>{_WHO}\s*[:=]\s*)(?P<count>[1-4])(?![\w%/.]*\d|%)", re.IGNORECASE)
FEW = "a small number"
_PLACES = frozenset({"id", "document", "path", "locator", "field_locators", "digest", "label", "title", "sha256"})
"""What names a thing or its place, and is never reworded."""


@lru_cache(maxsize=256)
def may_see(audience: Audience) -> ColumnElement[bool]:
    """The condition on a source that this audience may see it; nothing is seen where no label is held. Every read has
    it, so it is made once, and without a list of values, which is written out anew for each statement."""
    by_label = [or_(false(), *(sources.c.label == each.value for each in audience if isinstance(each, Label)))]
    if Label.RESTRICTED not in audience:
        by_label.append(sources.c.hidden == "")
    named = [or_(*(_like(plan) for plan in each.plans)) for each in audience if isinstance(each, Only)]
    return and_(*by_label, *named)


def _like(pattern: str) -> ColumnElement[bool]:
    plain = pattern.lower()
    for sign in "\\%_":
        plain = plain.replace(sign, f"\\{sign}")
    return func.lower(sources.c.document).like(plain.replace("*", "%"), escape="\\")


def told(audience: Audience, row: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A row of the register as this audience is told it."""
    if Care.FEW_ROUNDED not in audience:
        return row
    return {name: value if name in _PLACES else rounded(value) for name, value in row.items()}


def rounded(value: Any) -> Any:
    """Words, or a list of them, with a number below five of children, young people or families as "a small number"."""
    if isinstance(value, str):
        return _FEW_AFTER.sub(rf"\g<who>{FEW}", _FEW.sub(_few, value))
    if isinstance(value, list):
        return [rounded(one) for one in value]
    if isinstance(value, dict):
        return told(frozenset({Care.FEW_ROUNDED}), value)
    return value


def _few(found: re.Match[str]) -> str:
    head, _, last = found["who"].rpartition(" ")
    many = f"{head} leavers" if head else _MANY.get(last.lower(), last)
    words = f"{FEW} of {found['kind']}{many}"
    return words.capitalize() if found["count"][0].isupper() else words
