"""The plans that a reader chose to ask, put into what was asked."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.query_plan import QueryPlan

_NAMED_OTHERS = "The question names a plan that is not among those chosen, so that plan was asked."


def within(plan: QueryPlan, documents: Sequence[str]) -> QueryPlan:
    """The query plan over these documents alone. One that names only others keeps them, and says so."""
    sides = tuple(within(side, documents) for side in plan.sides)
    elsewhere = any(_NAMED_OTHERS in side.readings for side in sides)
    sides = tuple(replace(side, readings=()) for side in sides)
    kept = tuple(document for document in plan.documents if document in documents)
    readings = plan.readings
    if elsewhere or (plan.documents and not kept):
        readings = (*readings, _NAMED_OTHERS)
    asked = (kept or plan.documents) if plan.documents else tuple(documents)
    others = (document for side in sides for document in side.documents)
    return replace(plan, documents=tuple(dict.fromkeys([*asked, *others])), sides=sides, readings=readings)


def without(plan: QueryPlan, hidden: Collection[str]) -> QueryPlan:
    """The query plan with none of the documents that another version answers for among those that it names."""
    if not hidden:
        return plan
    kept = tuple(document for document in plan.documents if document not in hidden)
    sides, also = (tuple(without(part, hidden) for part in parts) for parts in (plan.sides, plan.also))
    return replace(plan, documents=kept, sides=sides, also=also)
