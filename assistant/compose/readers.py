"""What is added for a reader: how words were read, and questions to ask next."""

from collections.abc import Iterator, Sequence

from assistant.compose.phrases import is_doubtful, is_telling, theme_words
from assistant.compose.telling import Draft, Telling
from assistant.compose.wording import joined, safe
from assistant.conditions import EVERYTHING, Field, conditions_of, overdue
from assistant.query_plan import Intent, Wanted
from assistant.records import Action


def read_back(telling: Telling) -> list[str]:
    """How words were read where that could be otherwise: a correction, an abbreviation, one with two meanings."""
    lines = list(telling.plan.readings)
    said = " ".join(lines).casefold()
    themes = [one.words for theme in telling.plan.themes for one in (theme, *theme.alternatives)]
    for theme, members in zip(themes, telling.found.read, strict=False):
        if len(members.readings) > 1:
            both = joined([safe(reading) for reading in members.readings], "or")
            lines.append(f"“{safe(theme)}” can mean {both}: the rows of each are shown.")
        elif members.read_as and is_telling(theme, members) and members.read_as.casefold() not in said:
            if telling.plan.intent is Intent.NARRATIVE:
                continue  # the prose is searched for the reader's own words
            lines.append(f"I read “{safe(theme)}” as {safe(members.read_as)}.")
    return lines


_OF_ROWS = frozenset(Intent) - {
    Intent.SOURCES, Intent.DEFINITION, Intent.COLOURS, Intent.NARRATIVE, Intent.QUALITY, Intent.COMPARE
}  # fmt: skip


def suggestions(telling: Telling, draft: Draft) -> tuple[str, ...]:
    """Questions that the rows in hand suggest, likeliest first; about the plans held where the answer is not of these
    rows, or the next question would not find them again by its words."""
    rows, plan = telling.found.rows, telling.plan
    surely = not any(theme.whole or theme.specific for theme in plan.themes) and not is_doubtful(telling)
    of_rows = plan.intent in _OF_ROWS and plan.wanted is not Wanted.CONCERNS and draft.total is not None
    return tuple(dict.fromkeys(_about_rows(telling, rows) if rows and surely and of_rows else _about_plans(telling)))


def _about_rows(telling: Telling, rows: Sequence[Action]) -> Iterator[str]:
    plan, several = telling.plan, len(rows) > 1
    them, are, open_rows = "them" if several else "it", "are they" if several else "is it", [r for r in rows if r.open]
    owned = any(test.field is Field.OWNER for test in conditions_of(plan.where))
    named = bool(plan.themes or plan.lateness) or plan.where != EVERYTHING
    late = sum(bool(row.days_late(plan.as_of)) for row in rows)
    has_owner, dated = {bool(row.owner) for row in rows}, {bool(row.due) for row in rows}
    undated = several and True in dated and any(row.due is None for row in open_rows)
    ref = safe(rows[0].ref or "")
    subject = theme_words(plan.themes[0]) if plan.themes and plan.intent is not Intent.PROGRESS else "“"
    asks = (
        (plan.lateness is None and several and 0 < late < len(rows), "Which of them are overdue?"),
        (named and not owned and plan.intent is not Intent.OWNER and True in has_owner, f"Who owns {them}?"),
        (several and 0 < len(open_rows) < len(rows), "Which of them are not complete?"),
        (several and len(has_owner) > 1, "Which of them have no owner?"),
        (plan.intent is not Intent.LOOKUP and not several and ref, f"What does {ref} say in full?"),
        (undated, "Which of them have no due date?"),
        (not subject.startswith("“"), f"How are we doing on {subject}?"),
        (any(row.flags for row in rows), f"What looks wrong in {telling.name(rows[0].document)}?"),
        (named and plan.intent not in (Intent.DATE, Intent.LIST) and True in dated, f"When {are} due?"),
    )
    yield from (question for holds, question in asks if holds)


def _about_plans(telling: Telling) -> Iterator[str]:
    for members in telling.found.read:
        yield from (f"Which actions are on {safe(idea)}?" for idea in members.perhaps)
    with_rows = telling.view.by_document
    for source in telling.searched:
        if source.document in with_rows:
            yield f"How many actions are in {telling.name(source.document)}?"
            break
    if telling.view.sources:
        yield "Which plans do you hold?"
    plan = telling.plan
    alone = not (plan.themes or plan.documents or plan.lateness or plan.text) and plan.where == EVERYTHING
    if alone and telling.view.ids(overdue(plan.as_of)):
        yield "Which actions are overdue?"
