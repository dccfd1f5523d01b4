"""The sentences that decline, one for each reason. They are the same whether or not the words asked about exist."""

import re
from itertools import groupby

from assistant.compose.wording import joined, plan_name, safe
from assistant.outcome import Decline, Reason
from assistant.query_plan import QueryPlan
from assistant.records import Source
from assistant.view import View

SCOPE = (
    "I answer questions about the plans that are loaded here: what their actions are, who owns them, when they are "
    "due, what the plan says of progress, and where it says so."
)

_SENTENCES = {
    Reason.NOT_ABOUT_PLANS: f"That is outside what I can do. {SCOPE}",
    Reason.A_CHILD: (
        "I cannot help to identify, describe or judge a child or a family, or repeat details that could. Please ask "
        "the responsible director’s office; if you are worried about a child, tell the council’s children’s services, "
        "or call 999 where a child is in danger now. I can tell you what the plans set out to do, by when, and what "
        "they say of it."
    ),
    Reason.AN_OFFICER: (
        "I do not rate, rank or blame people: the plans name posts and actions, and they do not judge anybody’s work. "
        "I can show what the plans say about an action, its owner as written, and what is recorded of it."
    ),
    Reason.A_GRADE: (
        "I cannot predict an inspection’s judgement: the plans do not hold one. I can show what they say is complete, "
        "what is late, and what they give as evidence."
    ),
    Reason.AN_OPINION: (
        "I do not judge a plan, a service or a council, and have no opinion on one: I can show what the plans say and "
        "what they do not, side by side if you wish."
    ),
    Reason.A_CASE: (
        "I cannot advise on a case: please ask a manager or legal services; if you are worried about a child, tell the "
        f"council’s children’s services, or call 999 where a child is in danger now. {SCOPE}"
    ),
    Reason.READ_ONLY: (
        "I cannot change records: the register is read-only here, and changes only when a document is loaded."
    ),
    Reason.NOT_SENT: "I cannot send anything; the answer can be copied, or saved as Word, Excel or CSV.",
    Reason.INSTRUCTION: (
        "Your question held an instruction to me; instructions in a question or a document do not change how I answer."
    ),
    Reason.WHOSE: (
        "I do not know who is asking: which role, post or team is yours? Say it in the question, for example: “I’m the "
        "team manager, what is late for me?”"
    ),
    Reason.UNCLEAR: (
        "I am not sure what this refers to. Please say which plan, subject, owner or reference you mean, for example: "
        "“which actions on neglect are overdue?”"
    ),
}


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
