"""A query plan in words: the sentence by which a reader can tell how the question was understood."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from assistant.conditions import (
    OPEN,
    Condition,
    Either,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    parts_of,
    says_nothing,
)
from assistant.query_plan import Bound, Intent, Lateness, Measure, QueryPlan, Relation, Theme
from assistant.records import Status
from assistant.told import told_of

_FAR = 2199
"""From this year on a date stands for "with no end"."""

_FIELD_WORDS = told_of("field", Field)
GROUP_WORDS = {**_FIELD_WORDS, **told_of("group", Field)}
"""What rows are counted by, in words."""
STATUS_WORDS = told_of("status", Status)
_MEASURES, _HEADS = told_of("measure", Measure), told_of("head", Intent)
_DATE_VERBS = {Field.DUE: "due", Field.START: "starting", Field.COMPLETED_ON: "completed"}


def plan_words(plan: QueryPlan, titles: Mapping[str, str]) -> str:
    """How the question was understood, in one or two sentences.

    Args: titles, the title of each document, for a reader."""
    told = [
        _sentence(plan, titles),
        _beside(plan, titles) if plan.sides else "",
        f"Without those {', '.join([*_parts(plan.less), _scope(plan.less, titles)])}." if plan.less else "",
        *(f"Then: {plan_words(one, titles)}" for one in plan.also),
        f"To be confirmed: {'; '.join(filter_words(one.claim) for one in plan.premises)}." if plan.premises else "",
        f"Their number is to be {bound_words(plan.bound)}." if plan.bound and not (plan.sides or plan.group_by) else "",
        f"Kept from before: {joined(plan.kept)}." if plan.kept else "",
        f"No longer: {joined(plan.dropped)}." if plan.dropped else "",
        *plan.readings,
    ]
    return " ".join(filter(None, told))


def bound_words(bound: Bound) -> str:
    """The bound in words: "at most 5", "fewer than half of the whole"."""
    if not bound.number:
        return "all" if bound.relation is Relation.ALL_BUT else "none"
    said = bound.relation.value.replace("_", " ") + " than" * (bound.relation in (Relation.FEWER, Relation.MORE))
    shares = {(1, 2): "half", (1, 3): "a third", (2, 3): "two thirds", (1, 4): "a quarter", (3, 4): "three quarters"}
    share = shares.get((bound.number, bound.parts), f"{bound.number}%")
    return f"{said} {share} of the whole" if bound.parts else f"{said} {bound.number}"


def _sentence(plan: QueryPlan, titles: Mapping[str, str]) -> str:
    where, named = _scope(plan, titles), joined(plan.terms)
    match plan.intent:
        case Intent.DEFINITION:
            return f"What {named} stands for, {where}."
        case Intent.COLOURS:
            return f"What {named or 'the colours'} mean{'s' if len(plan.terms) == 1 else ''}, {where}."
        case Intent.SOURCES:
            return f"What is known of the plans, {where}."
        case Intent.NARRATIVE:
            head = f"What the documents say{f' about “{plan.text}”' if plan.text else ''}"
        case _:
            head = _head(plan)
    first, *parts = _parts(plan) or [""]
    judged = plan.lateness or plan.as_of_given or plan.intent in (Intent.PROGRESS, Intent.STATUS)
    day = f"as at {british(plan.as_of)}" if judged else ""
    return ", ".join(part for part in (f"{head} {first}".rstrip(), *parts, where, day) if part) + "."


def _head(plan: QueryPlan) -> str:
    group = joined([GROUP_WORDS.get(field, field.value) for field in (plan.group_by, plan.then_by) if field])
    if plan.measures:
        told = joined([_MEASURES[measure] for measure in plan.measures])
        return f"For {f'each {group}' if group else 'the actions'}: {told}; of the actions"
    if plan.intent is Intent.GROUP and plan.bound:
        return f"Each {group} of which {bound_words(plan.bound)} of the actions"
    if plan.intent is Intent.GROUP:
        return f"How many actions for each {group}"
    if plan.intent is Intent.EXTREME and plan.group_by:
        size = "most" if plan.descending else "fewest"
        return f"The {group} with the {size} actions"
    if plan.intent is Intent.EXTREME:
        field = _FIELD_WORDS.get(plan.order or Field.DUE, "due date")
        number = "action" if plan.first in (None, 1) else f"{plan.first} actions"
        return f"The {number} with the {'latest' if plan.descending else 'earliest'} {field}"
    if plan.polar and plan.intent in _HEADS:
        return "Whether it is so of the actions"
    asked = [_FIELD_WORDS[field] for field in (plan.asked_of, *plan.also_asked) if field in _FIELD_WORDS]
    if asked and (plan.intent in (Intent.DATE, Intent.LIST) or (plan.intent is Intent.OWNER and len(asked) > 1)):
        return f"The {joined(asked)} of the actions"
    return _HEADS.get(plan.intent, "Actions")


def _parts(plan: QueryPlan) -> list[str]:
    parts = [theme_words(theme) for theme in plan.themes]
    parts += [f"but not {theme_words(theme)}" for theme in plan.without_themes]
    parts += map(filter_words, parts_of(plan.where))
    late = {Lateness.OVERDUE: "overdue (due before the day and not complete)", Lateness.NOT_OVERDUE: "not overdue"}
    parts += [late[plan.lateness]] if plan.lateness else []
    if plan.shared_ownership is not None:
        parts.append("with several owners" if plan.shared_ownership else "with one owner alone")
    if plan.nth:
        parts.append("the last of them" if plan.nth < 0 else f"number {plan.nth} of them")
    if plan.intent is Intent.QUALITY and plan.terms:
        parts.append(f"flagged: {joined([term.replace('_', ' ') for term in plan.terms])}")
    return parts


def _scope(plan: QueryPlan, titles: Mapping[str, str]) -> str:
    if not plan.documents:
        return "in every plan held"
    return f"in {joined([titles.get(document, document) for document in plan.documents])}"


def _beside(plan: QueryPlan, titles: Mapping[str, str]) -> str:
    sides = []
    for side in plan.sides:
        own = [words for words in _parts(side) if words not in _parts(plan)]
        own += [_scope(side, titles)] if side.documents != plan.documents else []
        sides.append(", ".join(own) or "the same")
    joiner = " with " if plan.intent is Intent.COMPARE else "; "
    by = f" by {_FIELD_WORDS[plan.order] if plan.order else 'number'}" if plan.bound else ""
    return f"{f'Compared{by}' if plan.intent is Intent.COMPARE else 'Beside that'}: {joiner.join(sides)}."


def theme_words(theme: Theme) -> str:
    """The subject as the reader put it."""
    return f"on {' or '.join(f'“{one.words}”' for one in (theme, *theme.alternatives))}"


# ---------------------------------------------------------------- filters


def filter_words(where: Filter) -> str:
    """A filter in words, as it follows "actions"."""
    if says_nothing(where):
        return "with nothing recorded of their progress"
    if isinstance(where, Every):
        return " and ".join(filter_words(part) for part in where.parts) or "of any kind"
    if isinstance(where, Either):
        return f"either {' or '.join(filter_words(part) for part in where.parts)}" if where.parts else "of no kind"
    if where == OPEN:
        return "open"
    if isinstance(where, Without):
        part = where.part
        if isinstance(part, Condition) and part.operator is Operator.MISSING:
            return f"with a recorded {_FIELD_WORDS.get(part.field, part.field.value)}"
        if says_nothing(part):
            return "with any status or colour recorded"
        if isinstance(part, Either) and len(part.parts) > 1:
            return f"neither {' nor '.join(filter_words(one) for one in part.parts)}"
        return f"not {filter_words(part)}"
    return _condition(where)


def _condition(one: Condition) -> str:
    field = _FIELD_WORDS.get(one.field, one.field.value.replace("_", " "))
    if one.operator is Operator.MISSING:
        return f"with no {field} recorded"
    if one.operator is Operator.AFTER_DUE:
        return "completed after their due date"
    if one.operator in (Operator.BEFORE, Operator.BETWEEN):
        return _dated(one)
    values = [str(value) for value in one.values]
    if one.field is Field.STATUS:
        words = " or ".join(STATUS_WORDS[Status(value)] for value in values)
        return f"with {words}" if values[0] == Status.NOT_RECORDED else words
    named = " or ".join(values)
    quoted = " or ".join(f"“{value}”" for value in values)
    below = " or below" if one.operator is Operator.CONTAINS else ""
    told = {
        Field.ID: "just shown",
        Field.RAG: f"rated {named}",
        Field.OWNER: f"owned by {named}",
        Field.REF: f"numbered {named}{below}",
        Field.SECTION: f"under the section {quoted}",
        Field.RECOMMENDATION: f"under the recommendation {quoted}",
        Field.WORDS: f"with the words {quoted}",
        Field.STATUS_TEXT: f"whose status says {quoted}",
        Field.FLAG: f"flagged: {named.replace('_', ' ')}",
    }
    return told.get(one.field, f"with {field} {quoted}")


def _dated(one: Condition) -> str:
    verb = _DATE_VERBS.get(one.field, one.field.value)
    first, last = [*(value for value in one.values if isinstance(value, date)), date.max][:2]
    if one.operator is Operator.BEFORE:
        return f"{verb} before {british(first)}"
    if last.year >= _FAR:
        return f"{verb} on or after {british(first)}"
    if first == last:
        return f"{verb} on {british(first)}"
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{verb} in {first:%B %Y}"
    return f"{verb} from {british(first)} to {british(last)}"


@lru_cache(maxsize=8_192)
def british(day: date) -> str:
    """1 September 2020."""
    return f"{day.day} {day:%B %Y}"


def joined(parts: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""
