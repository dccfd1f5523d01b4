"""What an outcome comes down to, as data that can be read and compared: only what differs from nothing is named."""

from __future__ import annotations

from typing import Any

from assistant.conditions import EVERYTHING
from assistant.outcome import Outcome
from assistant.query_plan import QueryPlan, Theme
from assistant.query_plan_words import filter_words


def facts(outcome: Outcome) -> dict[str, Any]:
    """The intent, the subject, the filters in words, and why a question is declined."""
    found: dict[str, Any] = {}
    if outcome.decline:
        found["declined"] = f"{outcome.decline.status.value}: {outcome.decline.reason.value}"
    if outcome.notices:
        found["notices"] = [notice.reason.value for notice in outcome.notices]
    return {**found, **plan_facts(outcome.plan)} if outcome.plan else found


def plan_facts(plan: QueryPlan) -> dict[str, Any]:
    """The plan without its sentences."""
    asked = [field.value for field in (plan.asked_of, *plan.also_asked) if field]
    values: dict[str, Any] = {
        "intent": plan.intent.value,
        "as_of": plan.as_of.isoformat() if plan.as_of_given else None,
        "documents": list(plan.documents),
        "themes": [_said(theme) for theme in plan.themes],
        "without": [_said(theme) for theme in plan.without_themes],
        "where": filter_words(plan.where) if plan.where != EVERYTHING else None,
        "lateness": plan.lateness.value if plan.lateness else None,
        "asked": asked,
        "wanted": plan.wanted.value if plan.wanted else None,
        "shared": plan.shared_ownership,
        "by": plan.group_by.value if plan.group_by else None,
        "order": f"{plan.order.value}{' down' if plan.descending else ''}" if plan.order else None,
        "most": plan.descending if plan.group_by and plan.first else None,
        "first": plan.first,
        "nth": plan.nth,
        "terms": list(plan.terms),
        "claims": [filter_words(premise.claim) for premise in plan.premises],
        "sides": [_side(side, plan) for side in plan.sides],
    }
    return {name: value for name, value in values.items() if value not in (None, [], "")}


def _said(theme: Theme) -> str:
    said = " | ".join(one.words for one in (theme, *theme.alternatives))
    return f"{said}!" if theme.specific else said


def _side(side: QueryPlan, plan: QueryPlan) -> str:
    parts = [" ".join(side.documents) if side.documents != plan.documents else ""]
    parts += [_said(theme) for theme in side.themes if theme not in plan.themes]
    parts += [filter_words(side.where) if side.where != plan.where else ""]
    return "; ".join(part for part in parts if part)
