"""The plans that a reader chose to ask, put into what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.query_plan import QueryPlan

_NAMED_OTHERS = "The question names a plan that is not among those chosen, so that plan was asked."


def within(plan: QueryPlan, documents: Sequence[str]) -> QueryPlan:
    """The query plan over these documents alone. One that names only others keeps them, and says so."""
    sides = tuple(within(side, documents) for side in plan.sides)
    if not plan.documents:
        return replace(plan, documents=tuple(documents), sides=sides)
    kept = tuple(document for document in plan.documents if document in documents)
    if kept:
        return replace(plan, documents=kept, sides=sides)
    return replace(plan, sides=sides, readings=(*plan.readings, _NAMED_OTHERS))
