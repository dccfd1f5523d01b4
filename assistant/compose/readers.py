"""What is added for a reader: words explained, what was searched, and questions to ask next."""

from collections.abc import Iterator, Sequence

from assistant.answer import Reader
from assistant.compose.phrases import searched, theme_words
from assistant.compose.telling import Draft, Telling
from assistant.compose.wording import joined, safe
from assistant.conditions import EVERYTHING, overdue
from assistant.flags import FlagCode
from assistant.outcome import AnswerStatus
from assistant.query_plan import Intent, QueryPlan
from assistant.records import Action
from assistant.vocabulary import split_words


def read_back(telling: Telling) -> list[str]:
    """How words were read where that could be otherwise: a correction, an abbreviation, one with two meanings."""
    lines = list(telling.plan.readings)
    said = " ".join(lines).casefold()
    themes = [one.words for theme in telling.plan.themes for one in (theme, *theme.alternatives)]
    for theme, members in zip(themes, telling.found.read, strict=False):
        if len(members.readings) > 1:
            both = joined([safe(reading) for reading in members.readings], "or")
            lines.append(f"“{safe(theme)}” can mean {both}: the rows of each are shown.")
        elif members.read_as and _is_telling(theme, members.read_as) and members.read_as.casefold() not in said:
            if telling.plan.intent is Intent.NARRATIVE:
                continue  # the prose is searched for the reader's own words
            lines.append(f"I read “{safe(theme)}” as {safe(members.read_as)}.")
    return lines


def _is_telling(theme: str, read_as: str) -> bool:
    """Whether a reading says more than the words themselves do: an abbreviation, lay words, a correction."""
    said = {word.stem for word in split_words(theme)}
    return any(word.stem not in said and word.plain != "and" for word in split_words(read_as))


def explained(telling: Telling, draft: Draft) -> list[str]:
    """Lines under the answer for this kind of reader."""
    rows = draft.status is AnswerStatus.ANSWERED and draft.total is not None and not telling.plan.documents
    return [searched(telling)] if telling.reader is Reader.INSPECTION and rows else []


_NOT_OF_ROWS = frozenset({Intent.SOURCES, Intent.DEFINITION, Intent.COLOURS, Intent.NARRATIVE})
_FLAGS = frozenset(FlagCode)


def suggestions(telling: Telling) -> tuple[str, ...]:
    """Questions that the rows in hand suggest, likeliest first; about the plans held where there are no rows."""
    rows = telling.found.rows or tuple(row for side in telling.found.sides for row in side.rows)
    rows = () if telling.plan.intent in _NOT_OF_ROWS else rows
    found = _about_rows(telling, rows) if rows else _about_plans(telling)
    return tuple(dict.fromkeys(found))


def _about_rows(telling: Telling, rows: Sequence[Action]) -> Iterator[str]:
    plan = telling.plan
    several = len(rows) > 1
    them = "them" if several else "it"
    named = _narrows(plan)
    open_rows = [row for row in rows if row.open]
    late = [row for row in open_rows if row.due and row.due < plan.as_of]
    if plan.lateness is None and late and several and len(late) < len(rows):
        yield "Which of them are overdue?"
    if named and plan.intent is not Intent.OWNER and any(row.owner for row in rows):
        yield f"Who owns {them}?"
    if several and 0 < len(open_rows) < len(rows):
        yield "Which of them are not complete?"
    if several and any(not row.owner for row in rows) and any(row.owner for row in rows):
        yield "Which of them have no owner?"
    if plan.intent is not Intent.LOOKUP and not several and rows[0].ref:
        yield f"What does {safe(rows[0].ref)} say in full?"
    if several and any(row.due is None for row in rows) and any(row.due for row in rows):
        yield "Which of them have no due date?"
    if plan.themes and plan.intent is not Intent.PROGRESS:
        yield f"How are we doing on {theme_words(plan.themes[0])}?"
    if plan.intent is not Intent.QUALITY and any(flag.code in _FLAGS for row in rows for flag in row.flags):
        yield f"What looks wrong in {telling.name(rows[0].document)}?"
    if named and plan.intent not in (Intent.DATE, Intent.LIST) and any(row.due for row in rows):
        yield f"When {'are they' if several else 'is it'} due?"


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
    alone = not (_narrows(telling.plan) or telling.plan.text)
    if alone and telling.view.ids(overdue(telling.plan.as_of)):
        yield "Which actions are overdue?"


def _narrows(plan: QueryPlan) -> bool:
    """Whether the plan names some rows of all: only then is there a "them" to go on with."""
    return bool(plan.themes or plan.documents or plan.lateness) or plan.where != EVERYTHING
