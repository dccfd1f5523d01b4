"""What a question wants to be told, by the first way of asking that fits; and what it puts forward as true."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conditions import Field
from assistant.planner.readings import READINGS, UNCLAIMED, is_particular
from assistant.planner.wish import Asking, Question
from assistant.planner.wording import phrases
from assistant.query_plan import Intent

_PREMISE = phrases(r"""
    (?:[\w'-]+ ){0,5}?(?:has |have |had |'s |just )?(?:told|informed|assured|advised|emailed|promised) (?:me|us|members|everyone|the committee|the board|inspectors?)(?: that)?
    (?:the |our |my )?(?:[\w'-]+ ){0,3}?(?:director|manager|head|leader|officer|member|councillor|minister|chair|colleague|boss|team|service|worker|lead|everyone|everybody|someone|somebody|people|they|he|she|i) (?:has |have |just )?(?:says?|said|claims?|claimed|reckons?|insists?|tells me|tells us|thinks?)(?: that)?
    (?:so )?(?:please )?(?:can you |could you |just )?(?:confirm|verify|double[- ]check|acknowledge|admit|agree)(?: to me| for me| to us)?(?: (?:that|whether|if))?(?: (?:the )?(?:plan|report|register|document) (?:says|shows|states)(?: that)?)?
    (?:just |simply )?tell (?:me|us)(?: that)?(?= (?!what|which|who|when|where|how|why|if|whether)[\w.]+ (?:is|are|was|were|has been|have been) (?!there|any))
    i (?:heard|hear|understand|gather|believe|read|thought|think|was told|am told|assume|take it|see|know|suppose)(?: that)?
    (?:is it|it is|it's|isn't it) (?:true|right|correct|the case|not true)(?: (?:that|to say))?
    am i (?:right|correct)(?: (?:in (?:thinking|saying)|to (?:think|say)))?(?: that)?
    (?:given|since|seeing|considering|now)(?: that)(?= )
    apparently
    everyone (?:knows|says|agrees)(?: that)?
    as (?:you|we) (?:know|all know)
    (?:the )?(?:plan|report|register|document) (?:says|shows|states) that
""")
_TAG = re.compile(
    r"[,\s]+(?:right|correct|yes|(?:does|is|has|are|do|have|did|was|were)n't (?:it|they|that|he|she)|isn't it|aren't they|hasn't it|haven't they|is that right|true)\s*\?$"
)


def premise_spans(low: str) -> tuple[tuple[int, int], ...]:
    """The characters that put something forward as true: "I was told that", "confirm that", "..., right?"."""
    found = [match.span() for match in _PREMISE.finditer(low)]
    tag = _TAG.search(low)
    return (*found, *([tag.span()] if tag else []))


def read_asking(question: Question, premised: bool) -> Asking:
    """What the question wants. The first reading that fits is taken, from the most to the least particular."""
    for reading in READINGS:
        if premised and reading in UNCLAIMED:
            continue
        if asking := reading(question):
            return replace(asking, claim=asking.claim or premised)
    return _confirming(question) if premised else Asking()


def _confirming(q: Question) -> Asking:
    """Something put forward is to be confirmed: of one thing, or of all rows on a subject."""
    if _EVERY.search(q.low) and not q.names_refs:
        return Asking(Intent.PROGRESS, (Field.STATUS,), claim=True)
    return Asking(Intent.STATUS, (Field.STATUS,), claim=True, particular=not q.names_refs and is_particular(q))


_EVERY = re.compile(r"\b(?:all|every|everything|both|none|nothing|actions)\b")
