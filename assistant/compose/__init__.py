"""Rows and passages to text: the same facts for every reader, in words that fit the reader."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Reader
from assistant.compose.changes import compose_changes
from assistant.compose.declines import sentence
from assistant.compose.fields import compose_fields, compose_lookup
from assistant.compose.groups import compose_compare, compose_extreme, compose_group
from assistant.compose.holdings import compose_sources
from assistant.compose.lists import compose_as_it_stands, compose_count, compose_list, compose_progress
from assistant.compose.meanings import compose_colours, compose_definition
from assistant.compose.phrases import in_our_terms, is_doubtful, number_sentence, searched
from assistant.compose.prose import compose_impact, compose_narrative, compose_reason
from assistant.compose.quality import compose_concerns, compose_quality
from assistant.compose.readers import read_back, suggestions
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.whether import KNOWN, UNSAID, YES, begun, claim_sentence, claimed, declined, unheard, verdict
from assistant.conditions import Field, conditions_of
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.query_plan import Intent, Wanted
from assistant.view import View

Composer = Callable[[Telling, Pen], Draft]

_COMPOSERS: dict[Intent, Composer] = {
    Intent.LIST: compose_list,
    Intent.COUNT: compose_count,
    Intent.GROUP: compose_group,
    Intent.EXTREME: compose_extreme,
    Intent.LOOKUP: compose_lookup,
    Intent.OWNER: compose_fields,
    Intent.STATUS: compose_fields,
    Intent.DATE: compose_fields,
    Intent.COMPARE: compose_compare,
    Intent.PROGRESS: compose_progress,
    Intent.DEFINITION: compose_definition,
    Intent.COLOURS: compose_colours,
    Intent.NARRATIVE: compose_narrative,
    Intent.QUALITY: compose_quality,
    Intent.SOURCES: compose_sources,
}

_FROM_PROSE = frozenset({Intent.LIST, Intent.LOOKUP, Intent.COUNT, Intent.OWNER, Intent.STATUS, Intent.DATE})
"""Intents over rows that a fact of the prose answers instead, when no field of a row could hold it."""
_FEW = 5
_EMPTY = {AnswerStatus.NO_MATCH, AnswerStatus.CANNOT_ANSWER, AnswerStatus.NEEDS_CLARIFICATION}


def compose(telling: Telling) -> Draft:
    """The draft of an answer to a question that was read and looked up."""
    pen, telling = Pen(), replace(telling, plan=in_our_terms(telling.plan, telling.found))
    to_change = any(notice.reason is Reason.READ_ONLY for notice in telling.notices)
    refs = any(test.field is Field.REF for test in conditions_of(telling.plan.where))
    named = refs and 0 < len(telling.found.rows) <= _FEW  # the few rows that it is about, by reference
    composer = compose_as_it_stands if to_change and not named else _composer(telling)
    draft = compose_changes(telling, pen) or (declined(telling) if unheard(telling) else composer(telling, pen))
    lines = [sentence(notice, telling.plan, telling.view) for notice in telling.notices]
    held = claimed(telling)
    if is_doubtful(telling) and draft.status in KNOWN:
        draft = replace(draft, status=AnswerStatus.PARTLY_ANSWERED)
        told = number_sentence(telling)
        body = draft.text if draft.text.startswith(told) else f"{told}\n\n{draft.text}"
    elif held is None:
        lines += [f"The plan does not say that {premise.words}." for premise in telling.found.untrue]
        body = begun(telling, draft.text, draft.status in KNOWN)
    else:
        so = verdict(telling)
        told = draft.text if so == UNSAID and not held else f"{claim_sentence(telling, held)}{draft.text}"
        body = told if so != YES and told.startswith("The plan does not say") else f"{so} {told}"
    whole = draft.status is AnswerStatus.ANSWERED and draft.total is not None and not telling.plan.documents
    where = [searched(telling)] if telling.reader is Reader.INSPECTION and whole else []
    text = "\n\n".join([*lines, body, *read_back(telling), *where])
    return replace(draft, text=text, places=pen.places, suggestions=suggestions(telling, draft))


def _composer(telling: Telling) -> Composer:
    plan = telling.plan
    if plan.wanted is Wanted.CONCERNS:
        return compose_concerns
    if plan.wanted is Wanted.RESULT and (telling.found.rows or any(piece.row for piece in telling.evidence)):
        return compose_impact
    if plan.wanted is Wanted.REASON and telling.found.rows:
        return compose_reason
    if plan.wanted and plan.intent in _FROM_PROSE:
        return compose_narrative
    return _COMPOSERS[plan.intent]


def compose_decline(decline: Decline, view: View) -> Draft:
    """The draft of an answer that only declines."""
    known = ("Which plans do you hold?",) if view.sources else ()
    return Draft(decline.status, sentence(decline, None, view), suggestions=known)


def compose_with_decline(decline: Decline, telling: Telling) -> Draft:
    """The sentence that declines, and under it the facts that can still be given."""
    draft = compose(telling)
    said = sentence(decline, telling.plan, telling.view)
    facts = draft.text if draft.status not in _EMPTY else ""
    return replace(draft, status=decline.status, text=f"{said}\n\n{facts}".strip())
