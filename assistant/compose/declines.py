"""The sentences that decline, one for each reason. They are the same whether or not the words asked about exist."""

import re
from itertools import groupby

from assistant.compose.wording import joined, plan_name, safe
from assistant.outcome import Decline, Reason
from assistant.query_plan import QueryPlan
from assistant.records import Source
from assistant.told import told_of
from assistant.view import View

_SENTENCES = told_of("decline", Reason)


def sentence(decline: Decline, plan: QueryPlan | None, view: View) -> str:
    """What is said for this reason."""
    words = safe(decline.words)
    if decline.reason is Reason.UNKNOWN_REF:
        asked = [one for name, one in view.sources.items() if not (plan and plan.documents) or name in plan.documents]
        ranges = [f"in the {plan_name(source)} they run {refs}" for source in asked if (refs := refs_of(source, view))]
        where = f"the {plan_name(asked[0])}" if len(asked) == 1 else "the plans that I hold"
        known = f" References: {'; '.join(ranges)}." if ranges else " Its actions carry no references."
        return f"There is no {words} in {where}, so I cannot say anything about it.{known}"
    if decline.reason is Reason.UNKNOWN_PLAN:
        held = "; ".join(plan_name(source) for source in list(view.sources.values())[:12]) or "nothing yet"
        return f"I hold no plan of “{words}”, so I cannot answer that. What I hold: {held}."
    if decline.reason is Reason.NO_DATE:
        return f"{words} Please ask with a date that the calendar has."
    return _SENTENCES[decline.reason]


def refs_of(source: Source, view: View) -> str:
    """The references of a plan as ranges in the order of its rows: "R1.1 to R6b.6, A1.1 to A3c.2"."""
    refs = [row.ref for row in view.of(source.document) if row.ref]
    runs = [list(run) for _, run in groupby(refs, key=lambda ref: re.split(r"\d", ref)[0])]
    return joined([safe(run[0]) if len(set(run)) == 1 else f"{safe(run[0])} to {safe(run[-1])}" for run in runs[:8]])
