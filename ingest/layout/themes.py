"""Themes that no label names: the headings that part the actions of a plan from one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.records import Block, Table
from ingest.layout.drafts import Draft, Role
from ingest.layout.words import normal, one_line

_FIRST = 4
_LOG = re.compile(r"\b(?:minutes|action log|notes of (?:the |a )?meeting|matters arising)\b", re.IGNORECASE)
_NO_THEME = re.compile(
    r"(?:open|closed|completed?|outstanding|new|ongoing|carried forward|discharged|archived?)"
    r"(?: (?:actions?|items?))?\b.*|"
    r"actions? (?:closed|completed?|discharged|carried)\b.*|(?:the )?(?:action|delivery|improvement) plan\b.*|"
    r"(?:actions?|tracker|appendix|annex|updated|position|notes?|key)\b.*",
    re.IGNORECASE,
)


def themed(drafts: Sequence[Draft], items: Sequence[Block | Table]) -> list[Draft]:
    """The drafts, those of a table or of a whole document without any theme with the heading above them as theme.

    Only where there are several headings, so that they part the actions: a single one is the title of all. Minutes are
    left alone, as the items of an agenda are no themes.
    """
    front = " ".join(one_line(item.text) for item in items[:_FIRST] if isinstance(item, Block))
    if _LOG.search(front):
        return list(drafts)
    by_table: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_table[draft.order].append(draft)
    whole = _parted(drafts)
    return [_with_theme(draft) if whole or _parted(by_table[draft.order]) else draft for draft in drafts]


def _parted(drafts: Sequence[Draft]) -> bool:
    """True where none has a theme and several headings stand over them."""
    headings = {normal(draft.section.line) for draft in drafts if draft.section is not None and _may_be(draft)}
    return len(headings) > 1 and not any(draft.pieces(Role.RECOMMENDATION) for draft in drafts)


def _may_be(draft: Draft) -> bool:
    return draft.section is not None and not _NO_THEME.fullmatch(draft.section.line)


def _with_theme(draft: Draft) -> Draft:
    if draft.section is None or not _may_be(draft):
        return draft
    return draft.with_pieces(Role.RECOMMENDATION, draft.section)
