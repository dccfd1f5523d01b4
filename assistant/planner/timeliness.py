"""Whether what is complete was completed in time: "completed late", "delivered on time"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conditions import COMPLETED_LATE, Condition, Every, Field, Filter, Operator, Without
from assistant.planner.lateness import DATES, DONE, ITS
from assistant.planner.spots import Kind, Spot
from assistant.planner.states import COMPLETE
from assistant.planner.wording import phrases

_DONE_LATE = phrases(rf"""
    {DONE} (?:too |very )?late
    {DONE} (?:after|past|later than|beyond) {ITS}(?:agreed |planned |original |own )?(?:due|{DATES})
    {DONE} behind schedule
    late(?:ly)? (?:completed|finished|delivered|completions?)
    (?:completions?|deliver(?:y|ies)) (?:that (?:was|were) )?late
""")
_DONE_ON_TIME = phrases(rf"""
    {DONE} (?:on|in) time
    {DONE} (?:on|to|ahead of) schedule
    {DONE} (?:by|before|within) {ITS}(?:agreed |planned |original |own )?(?:due|{DATES})
    {DONE} early
""")


_DENIED = re.compile(r"(?:\bnot|n't|\bnever|nt)\s+(?:been\s+|be\s+)?$|\b(?:to|will|should|must|can)\s+be\s+$")
_BOTH_DATES = Every(tuple(Without(Condition(field, Operator.MISSING)) for field in (Field.COMPLETED_ON, Field.DUE)))


def spot_done_late(low: str) -> Iterator[Spot]:
    """Completions after, or not after, the row's own due date: "completed late", "delivered on time"."""
    for regex, late in ((_DONE_LATE, True), (_DONE_ON_TIME, False)):
        for match in regex.finditer(low):
            if not _DENIED.search(low[: match.start()]):
                timing: Filter = COMPLETED_LATE if late else Every((_BOTH_DATES, Without(COMPLETED_LATE)))
                yield Spot(*match.span(), Kind.COMPLETED, Every((COMPLETE, timing)))
                return
