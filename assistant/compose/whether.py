"""How an answer begins and goes on: Yes, No or not said; a further question; words that were not understood."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.compose.lists import related, related_row, standing
from assistant.compose.phrases import number_sentence, searched, unread, unseen, whole_of
from assistant.compose.pieces import decides
from assistant.compose.telling import Draft, Telling
from assistant.compose.wording import joined, safe
from assistant.conditions import Condition, Every, Field, Operator, conditions_of, overdue, parts_of
from assistant.grammar import Token, below, parsed
from assistant.lexicon import find, words_of
from assistant.outcome import AnswerStatus, Reading
from assistant.query import STATES
from assistant.query_plan import Intent, Lateness, Relation
from assistant.records import Action, Status

_WH = ("who", "whom", "whose", "where", "when", "how", "what", "which", "why")
_HELPERS = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "should", "do", "does", "did"}
)
_LONGEST = 22
_MINE = re.compile(r"\b(?:I|me|my|you|your|we|us|our|and (?:who|when|where|how|what|why))\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def indirect(question: str) -> str:
    """The question as the end of "The plans do not say ..."; empty where it cannot be turned round surely."""
    text = safe(question).strip().rstrip("?.! ")
    words = text.lower().split()
    plain = words and words[0] in {*_WH, *_HELPERS} and len(words) <= _LONGEST and not {"do", "does", "did"} & {*words}
    if not plain or _MINE.search(text) or re.search(r"[.?!;]\s", text):
        return ""
    tokens = parsed(text)
    root = next((at for at, token in enumerate(tokens) if token.head == at), 0)
    beside = [at for at, one in enumerate(tokens) if one.head == root]
    helpers = [at for at in beside if tokens[at].role.startswith("aux") and tokens[at].kind == "AUX"]
    verb = next(iter(helpers), root if tokens[root].kind == "AUX" else None)
    subject = next((at for at in beside if tokens[at].role.startswith(("nsubj", "csubj"))), None)
    span = below(tokens, frozenset({subject})) if subject is not None else frozenset()
    if not span or verb is None or min(span) < verb or tokens[0].head == subject:
        return _lowered(text) if span or verb is None else ""
    last = max(span)
    astray = verb == 0 and ("," in text or any(tokens[at].kind == "VERB" for at in span))
    if min(span) != verb + 1 or astray or last == len(tokens) - 1:
        return ""
    before, moved = text[: tokens[verb].start] or "whether", text[tokens[verb + 1].start : tokens[last].end]
    return _lowered(" ".join(f"{before} {moved} {tokens[verb].text.lower()} {text[tokens[last].end :]}".split()))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


YES, NO, UNSAID = "Yes.", "No.", "The plans do not say."
_BEGUN = re.compile(r"(?:yes|no|the plans do not say)\b", re.IGNORECASE)
_JUDGED = frozenset({Intent.LIST, Intent.COUNT, Intent.STATUS, Intent.OWNER, Intent.DATE, Intent.LOOKUP})
"""Intents whose rows are themselves the evidence of what was asked."""
_ANY = re.compile(r"\b(?:any|some|anything|ever|there)\b", re.IGNORECASE)


def begun(telling: Telling, text: str, known: bool) -> str:
    """The text with its verdict first. Args: known, whether the plans hold an answer at all."""
    if telling.plan.intent is Intent.COMPARE or (_BEGUN.match(text) and not telling.plan.bound):
        return text
    plan, narrative = telling.plan, telling.plan.intent is Intent.NARRATIVE
    first = telling.question.casefold().partition(" ")[0]
    asks = plan.polar or (narrative and first in _HELPERS and not _SAYING.search(telling.question))
    prose = asks and telling.evidence and (narrative or not telling.found.rows)
    if known and (prose or (plan.polar and not plan.bound and telling.found.rows and _is_event(telling))):
        return f"{_unsaid(telling)} What they do say:\n\n{text}"
    unjudged = known and not plan.bound and plan.intent not in _JUDGED and claimed(telling) is None
    if not plan.polar or unjudged:
        return text
    return f"{verdict(telling) if known else UNSAID} {text}"


_SAYING = re.compile(r"\b(?:says?|know|tell|explain|show|give|describe|mention)\b", re.IGNORECASE)
"""Verbs by which a question beginning "does the plan ..." asks for the words of a plan, not for a yes or a no."""


def _unsaid(telling: Telling) -> str:
    """That a quote neither affirms nor denies: code does not judge prose."""
    asked = indirect(telling.question)
    return f"The plans do not say {asked or 'so'} in so many words."


def _is_event(telling: Telling) -> bool:
    """Whether it is asked if something has happened or is so in the world, which no field of a row tells: that a row
    speaks of it is no Yes. A particular action that the plan marks complete does tell that it was done."""
    plan = telling.plan
    fields = {test.field for test in conditions_of(plan.where)}
    if plan.premises or plan.lateness or fields - {Field.DOCUMENT, Field.AUTHORITY, Field.OWNER}:
        return False
    question = safe(telling.question)
    tokens, asking = _asking(question)
    if asking is None or _ABOUT_PLANS.search(question) or find(words_of(question), ("rows",)):
        return False
    describes = tokens[asking].head == asking  # no verb beside it: "are children safe"
    if plan.intent is Intent.STATUS and all(row.status is Status.COMPLETE for row in telling.found.rows):
        return describes or not _heard(telling)
    said = tokens[asking].text.lower()
    return describes or said in _HAPPENED or (said not in {"is", "are"} and not _heard(telling))


def _heard(telling: Telling) -> bool:
    """Whether the rows were chosen by the verb of the question too."""
    tokens, asking = _asking(safe(telling.question))
    told = {word.stem for theme in telling.plan.themes for word in words_of(theme.words)}
    verb = tokens[tokens[asking].head] if asking is not None else None
    return verb is None or verb.kind != "VERB" or bool({word.stem for word in words_of(verb.text)} & told)


def unheard(telling: Telling) -> bool:
    """Whether it is asked if something has happened that none of the words by which rows were chosen tells of."""
    plan = telling.plan
    apart = plan.intent in (Intent.STATUS, Intent.COMPARE)
    return plan.polar and not apart and not _heard(telling) and _is_event(telling)


def declined(telling: Telling) -> Draft:
    """The draft of an answer to what no row tells of, with rows on its subject beside it."""
    text = f"{_unsaid(telling)} {searched(telling)}"
    return Draft(AnswerStatus.CANNOT_ANSWER, text, total=0, related=related(telling))


def _asking(question: str) -> tuple[tuple[Token, ...], int | None]:
    """The words of a question, and which of them asks whether."""
    tokens = parsed(question)
    return tokens, next((at for at, one in enumerate(tokens) if one.text.lower() in _HELPERS), None)


_HAPPENED = frozenset({"has", "have", "had", "did", "was", "were", "should"})
_ABOUT_PLANS = re.compile(
    r"\b(?:there|anything|something|nothing|plans?|(?:is|was|has|will|does|did) (?:any |some |the |more )?work)\b",
    re.IGNORECASE,
)
"""Words by which it is asked what the plans hold, which the rows do tell; "the work with carers" is only spoken of."""


_FEW_WORDS = 4
"""A question of more words than these asks for more than whether there are rows at all."""


def verdict(telling: Telling) -> str:
    """Whether the rows that match bear out what was asked: all of those it was asked of, or any where any was asked."""
    number = len(telling.found.rows)
    claims = claimed(telling)
    if claims is None and telling.plan.intent is Intent.OWNER and number:
        claims = [row for row in telling.found.rows if row.owner]
        if not telling.plan.bound:
            return YES if claims else NO
    fields = {test.field for test in conditions_of(telling.plan.where)}
    chosen = bool(telling.plan.lateness or fields & STATES)
    if bound := telling.plan.bound:  # not said where a share has no known whole
        held_rows, among = (telling.found.rows, whole_of(telling)) if claims is None else (claims, telling.found.rows)
        if claims is None and not chosen:
            among = telling.found.subject if len(parts_of(telling.plan.where)) == 1 else ()
        unknown = not among and (bound.parts or bound.relation is Relation.ALL_BUT)
        return UNSAID if unknown else YES if bound.holds(len(held_rows), len(among)) else NO
    if claims is not None:
        held = len(claims)
        if held == number or (held and _ANY.search(telling.question)):
            return UNSAID if unread(_claiming(telling, claims)) else YES
        tests = [test for premise in telling.plan.premises for test in conditions_of(premise.claim)]
        return UNSAID if not _of_blanks(telling) and all(_silent(row, tests) for row in telling.found.rows) else NO
    if not chosen:
        of_state, rows = telling.plan.intent is Intent.STATUS, telling.found.rows
        unasked = not (fields or telling.plan.themes) and len(telling.plan.text.split()) > _FEW_WORDS
        if unasked or (of_state and all(map(_unstated, rows))):
            return UNSAID  # nothing that was asked has chosen a row, or nothing is said of it
        if of_state and any(one.concept == "complete" for one in find(words_of(safe(telling.question)), ("state",))):
            return YES if all(row.status is Status.COMPLETE for row in rows) else NO
        return YES if number else NO
    whole = whole_of(telling)
    if number and (number >= len(whole) or telling.plan.lateness or _ANY.search(telling.question)):
        return YES
    silent = [row for row in whole if (row.open and row.due is None if telling.plan.lateness else _unstated(row))]
    return UNSAID if not number and (len(silent) == len(whole) or unseen(telling)) else NO


def claimed(telling: Telling) -> list[Action] | None:
    """Of the rows asked about, those for which what was asked whether is so; None where nothing was claimed of them."""
    claims = telling.plan.premises
    if not telling.plan.polar or not claims or not telling.found.rows:
        return None
    held = telling.view.ids(Every(tuple(premise.claim for premise in claims)))
    return [row for row in telling.found.rows if row.id in held]


def claim_sentence(telling: Telling, held: Sequence[Action]) -> str:
    """How many of the rows asked about bear the claim out, and how the others stand; nothing of one row alone, whose
    own sentence follows."""
    if len(telling.found.rows) == 1:
        return ""
    first, rows = number_sentence(_claiming(telling, held)), telling.found.rows
    others = [row for row in rows if row not in held]
    if not held or not others or _of_blanks(telling):
        return f"{first}\n\n"
    rest, left = standing(others), f"the other {'one' if len(others) == 1 else f'{len(others):,}'}"
    told = re.sub(r"(?<=^No status is recorded for )(?:it|any of them)", left, rest)
    return f"{first} {told if told != rest else f'The{left[3:]}: {_lowered(rest)}'}\n\n"


def _of_blanks(telling: Telling) -> bool:
    """Whether it is claimed that a field is or is not filled, of which a blank cell tells all."""
    tests = [test for premise in telling.plan.premises for test in conditions_of(premise.claim)]
    return bool(tests) and all(test.operator is Operator.MISSING for test in tests)


def _claiming(telling: Telling, held: Sequence[Action]) -> Telling:
    """The rows that bear a claim out, told as chosen by it."""
    plan, late = telling.plan, overdue(telling.plan.as_of)
    claims = [premise.claim for premise in plan.premises]
    where = Every((*parts_of(plan.where), *(part for claim in claims if claim != late for part in parts_of(claim))))
    plan = replace(plan, where=where, lateness=Lateness.OVERDUE if late in claims else plan.lateness)
    return replace(telling, plan=plan, found=replace(telling.found, rows=tuple(held), subject=telling.found.rows))


def _silent(row: Action, tests: Sequence[Condition]) -> bool:
    """Whether the plan does not give what a claim tests: a date, an owner, or words that decide the state."""
    tested = {test.field for test in tests}
    if Field.COMPLETED_ON in tested and row.status is Status.COMPLETE:
        return not row.completed_on or (any(test.operator is Operator.AFTER_DUE for test in tests) and not row.due)
    if Field.DUE in tested:
        return row.due is None and row.open
    if Field.OWNER in tested:
        return not row.owner
    return _unstated(row)


def _unstated(row: Action) -> bool:
    """Whether the plan says nothing that decides the state: neither in words nor by a colour with a meaning."""
    stated = row.status in (Status.COMPLETE, Status.WITHDRAWN, Status.NOT_STARTED, Status.BLOCKED)
    return not (row.rag_meaning or stated or decides(row))


KNOWN = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED})
"""How a question ends to which the plans hold an answer."""


def followed_by(first: Draft, second: Draft) -> Draft:
    """One draft that gives both; answered where both are, partly where one is."""
    known = first.status is not second.status and not KNOWN.isdisjoint({first.status, second.status})
    status = AnswerStatus.PARTLY_ANSWERED if known else first.status
    table, other = (first, second) if first.table else (second, first)
    totals = [draft.total for draft in (first, second) if draft.total is not None]
    cited = [
        {one.places[token].id for token in (*one.linked, *one.table_tokens) if token and token in one.places}
        for one in (first, second)
    ]
    return replace(
        first,
        status=status,
        text=f"{first.text.rstrip()}\n\n{second.text}",
        places=first.places | second.places,
        total=sum(totals) - len(cited[0] & cited[1]) if totals else None,
        table=table.table,
        table_tokens=table.table_tokens,
        linked=(*table.linked, *other.linked, *filter(None, other.table_tokens)),
        related=tuple(dict.fromkeys((*first.related, *second.related))),
        caveats=tuple(dict.fromkeys((*first.caveats, *second.caveats))),
    )


_VERDICT = re.compile(r"^(?:Yes|No)\. (?=[A-Z\d])")


def accounted(draft: Draft, not_understood: Sequence[str], readings: Sequence[Reading], read_as: str) -> Draft:
    """The draft with what was left out said first, which leaves no Yes or No, and the other readings offered last."""
    text, status = draft.text, draft.status
    if not_understood:
        words = _named(not_understood)
        it = "it" if len(not_understood) == 1 else "them"
        text = f"I was not sure what you meant by {words}, so I left {it} out.\n\n{_VERDICT.sub('', text)}"
        status = AnswerStatus.PARTLY_ANSWERED if status is AnswerStatus.ANSWERED else status
    if readings:
        others = _named([reading.words for reading in readings], "or")
        text = f"{text}\n\nI read this as: {safe(read_as)} If you meant {others}, ask that instead."
    return replace(draft, text=text, status=status)


def _named(words: Sequence[str], joiner: str = "and") -> str:
    return joined([f"“{safe(word)}”" for word in words], joiner)


def left_open(draft: Draft, not_understood: Sequence[str], read_as: str, rows: Sequence[Action]) -> Draft:
    """No answer, where the words that were not understood may be what was asked for; the rest is offered instead."""
    text = (
        f"I was not sure what you meant by {_named(not_understood)}, and it may be what you ask for, so I give no "
        f"answer. Read without it: {safe(read_as)} Ask that if it is what you want."
    )
    near = tuple(related_row(row, "found without the words that I did not understand") for row in rows[:_NEAR])
    return Draft(AnswerStatus.CANNOT_ANSWER, text, related=near, suggestions=draft.suggestions)


_NEAR = 8
