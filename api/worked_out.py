"""How an answer was worked out, and over what, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from api.filter_words import day_words
from api.query_parts import Part
from assistant.answer import Answer
from assistant.query_plan import QueryPlan
from assistant.register import Held


def searched(plan: QueryPlan | None, held: Sequence[Held]) -> str:
    """What an answer rests on: how many plans and actions, and how many plans were not read whole."""
    asked = [one for one in held if not plan or not plan.documents or one.source.document in plan.documents]
    of = "" if len(asked) == len(held) else f" of the {len(held)} held"
    actions = sum(one.actions for one in asked)
    words = f"Searched {_many(len(asked), 'plan')}{of}, with {_many(actions, 'action')}."
    partly = sum(1 for one in asked if one.set_aside)
    return f"{words} Lines of {_many(partly, 'plan')} could not be read as actions." if partly else words


def worked_out(answer: Answer, plan: QueryPlan, parts: Sequence[Part], edited: bool, by_model: bool) -> list[str]:
    """The steps from the question to the rows, each a sentence."""
    read = "Fixed rules" if not by_model else "Fixed rules, and a language model where they found no subject,"
    steps = [
        "You changed how the question was understood; your choices were used in place of its words."
        if edited
        else f"{read} turned your question into filters."
    ]
    kept = [part.words for part in parts if part.left]
    steps.append(f"Filters: {'; '.join(kept)}." if kept else "No filter was set.")
    if plan.themes:
        steps.append(
            "Every action was compared with the subject by its words, by other names for the same thing, and by "
            "meaning. Actions that only come close are listed apart and are not counted."
        )
    if plan.lateness or (answer.table and "Days late" in answer.table.columns):
        steps.append(
            f"Overdue means due before {day_words(plan.as_of)} and not marked complete. Due that day is not overdue, "
            "and an action with no due date is not counted as late."
        )
    steps.append("A missing owner, date or status is reported as missing. Nothing is worked out to fill the gap.")
    if answer.total is not None:
        steps.append(f"{_many(answer.total, 'action')} matched, counted by the service's own code, not by a model.")
    return steps


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
