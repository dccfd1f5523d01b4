"""A question's filters as words within a sentence: "actions on neglect led by the VH and rated amber"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.telling import Telling
from assistant.compose.wording import count, joined, plan_name, safe
from assistant.conditions import EVERYTHING
from assistant.query_plan import QueryPlan, Theme
from assistant.query_plan_words import filter_words
from assistant.records import Action


def about(plan: QueryPlan) -> str:
    """The subject as " on neglect", or empty."""
    themes = [joined([theme_words(part) for part in (theme, *theme.alternatives)], "or") for theme in plan.themes]
    return f" on {joined(themes)}" if themes else ""


def left_out(plan: QueryPlan) -> str:
    """The subjects that were to be left out, as " (leaving out supervision)", or empty."""
    without = [theme_words(theme) for theme in plan.without_themes]
    return f" (leaving out {joined(without)})" if without else ""


def theme_words(theme: Theme) -> str:
    """The theme as it was read, else in the reader's own words."""
    return safe(theme.read_as or theme.words)


def conditions(plan: QueryPlan) -> str:
    """The filters as " led by VH and rated amber", or empty."""
    words = "" if plan.where == EVERYTHING else filter_words(plan.where)
    if plan.shared_ownership is not None:
        shared = "with several owners" if plan.shared_ownership else "with one owner"
        words = f"{words} and {shared}" if words else shared
    return f" {words}" if words else ""


def place(telling: Telling) -> str:
    """The plans asked about as " in the Action Plan for Children", or empty where it is every plan."""
    if not telling.plan.documents:
        return ""
    with_rows = {row.document for row in telling.view.rows}
    sources = [source for source in telling.searched if source.document in with_rows] or telling.searched
    names = [f"the {safe(source.title)}" for source in sources]
    return f" in {joined(names)}" if 0 < len(names) <= 3 else f" in {count(len(names), 'plan')}" if names else ""


def sources_line(telling: Telling, rows: Sequence[Action]) -> str:
    """The plans of the rows with authority and date."""
    names = [plan_name(source) for source in telling.sources_of(rows)]
    return f"From: {'; '.join(names)}." if names else ""


def subject_in(telling: Telling) -> str:
    """Subject and plans alone, without the other filters: " on neglect in the ... plan (leaving out training)"."""
    return f"{about(telling.plan)}{place(telling)}{left_out(telling.plan)}"


def asked(telling: Telling) -> str:
    """Everything that the question filters by: " on neglect led by VH in the ... plan (leaving out training)"."""
    plan = telling.plan
    return f"{about(plan)}{conditions(plan)}{place(telling)}{left_out(plan)}"


def asked_for(telling: Telling, number: int) -> str:
    """The noun with everything that the question filters by: "four actions on neglect led by VH in the ... plan"."""
    return f"{count(number, 'action')}{asked(telling)}"


def searched(telling: Telling) -> str:
    """What was searched: how many documents and actions, and which documents."""
    sources = telling.searched
    rows = sum(1 for row in telling.view.rows if not telling.plan.documents or row.document in telling.plan.documents)
    names = "; ".join(plan_name(source) for source in sources[:8])
    more = f"; and {count(len(sources) - 8, 'other')}" if len(sources) > 8 else ""
    return f"I searched {count(len(sources), 'document')} with {count(rows, 'action')}: {names}{more}."
