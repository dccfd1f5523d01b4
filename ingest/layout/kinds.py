"""Tables beside a plan that are none: measures, risks, changes, people, money. Known by what their columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.layout.columns import Columns, Profile, is_period
from ingest.layout.drafts import Role
from ingest.layout.headings import role_scores
from ingest.layout.words import normal

_STRONG = 0.9
_FEW = 0.5
_INDICATOR = re.compile(r"\b(?:indicators?|k?pis?|measures?|metrics?|performance|data|standards?)\b")
_FIGURES = re.compile(
    r"\b(?:targets?(?! date| completion| finish)|baseline|actual|current|previous|last|trend|direction|rate|value|"
    r"latest|average)\b"
)
_RISK = re.compile(r"\b(?:risks?|threat|hazard)\b")
_RATED = re.compile(
    r"\b(?:likelihood|probability|impact|severity|score|inherent|residual|gross|net|mitigat\w+|controls?|proximity)\b"
)
_CHANGE = re.compile(
    r"(?:(?:nature|summary|description|details?|reason) (?:of|for) (?:the )?)?"
    r"(?:changes?|amendments?|revisions?)(?: made)?|"
    r"version(?: no| number)?|what changed|what has changed"
)
_CHANGED_BY = re.compile(r"\b(?:date|by|author|version|approved|reason|made|section|page|editor|notes?|comments?)\b")
_PERSON = re.compile(
    r"\b(?:name|member|role|post|job title|organi[sz]ation|agency|email|phone|telephone|tel|contact|represent\w*|"
    r"attend\w*|present|apologies|deputy|team|address|mobile|title|service|department)\b"
)
_WORK = re.compile(
    r"\b(?:actions?|tasks?|activit(?:y|ies)|steps|deliverables?|milestones?|commitments?)\b|we will|to be done"
)


def other_kind(columns: Columns, profiles: Sequence[Profile]) -> str | None:
    """What a table is that states no actions though its columns might; None for a table of actions.

    A column that is called action decides for actions, unless figures stand under it.
    """
    keys = [normal(heading) for heading, shape in zip(columns.headings, profiles, strict=True) if heading.strip()]
    if not keys or _names_work(columns, profiles):
        return None
    first = next((key for key in keys if not re.fullmatch(r"ref|no|number|id|date|version", key)), keys[0])
    figures = [shape.numbers > _FEW for shape in profiles if shape.filled]
    if (
        len(keys) > 1
        and _all(_CHANGED_BY, [key for key in keys if not _CHANGE.fullmatch(key)])
        and any(map(_CHANGE.fullmatch, keys))
    ):
        return "a log of changes"
    if _RISK.search(first) and sum(bool(_RATED.search(key)) for key in keys) >= 1:
        return "a register of risks"
    if sum(bool(_RATED.search(key)) for key in keys) >= 3:
        return "a register of risks"
    periods = sum(map(is_period, columns.headings))
    if _INDICATOR.search(first) and (any(figures) or periods or _any(_FIGURES, keys[1:])):
        return "a table of measures"
    if sum(figures) >= max(2, 0.5 * len(figures)):
        return "a table of figures"
    if _all(_PERSON, keys):
        return "a list of people"
    return None


def _names_work(columns: Columns, profiles: Sequence[Profile]) -> bool:
    column = columns.first(Role.ACTION)
    if column is None or profiles[column].numbers > _FEW:
        return False
    heading = columns.headings[column]
    named = dict(role_scores(heading)).get(Role.ACTION, 0.0)
    return (named >= _STRONG or bool(_WORK.search(normal(heading)))) and not _RATED.search(normal(heading))


def _any(pattern: re.Pattern[str], keys: Sequence[str]) -> bool:
    return any(pattern.search(key) for key in keys)


def _all(pattern: re.Pattern[str], keys: Sequence[str]) -> bool:
    return bool(keys) and all(pattern.search(key) for key in keys)
