"""Fields that are to be missing: "no owner", "undated", "without a clear deadline", "no owner or no proper date"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conditions import Condition, Either, Every, Field, Filter, Operator, Without
from assistant.planner.spots import Kind, Spot
from assistant.planner.wording import overlaps, phrases

_WITHOUT = (
    r"(?:(?:with|have|has|having|there is|there's|got|that have|which have|gives?|shows?|lists?|names?|that|are) )?"
    r"(?:no|neither(?: an?| any)?|without(?: an?| any)?|lack(?:s|ing)?(?: an?| any)?|missing(?: an?| their| the)?"
    r"|do(?:es)?(?:n't|nt| not) (?:have|give|say|name|list|show|state|record|get)(?: an?| any| the)?"
    r"|(?:not|hasn't|haven't|has not|have not)(?: (?:got|given|named|been given))?(?: an?| any)|blank|empty|un\w+)"
).replace(" ", r"\s+")
_SOUND = (
    r"(?:named|clear|proper|usable|real|recorded|stated|valid|specific|actual|definite|firm|fixed|assigned|identified|accountable|set"
    r"|agreed|single|readable)"
)
_NOUNS: tuple[tuple[str, Field], ...] = (
    (r"start(?:ing)? dates?|start", Field.START),
    (r"completion dates?|dates? of completion", Field.COMPLETED_ON),
    (
        r"(?:due |target |end |finish |delivery )?(?:dates?|deadlines?)|targets?|timescales?|timelines?|time\s?frames?|due",
        Field.DUE,
    ),
    (
        r"owners?|leads?|sponsors?|lead officers?|(?:responsible|accountable) (?:person|officer|owner)|person responsible"
        r"|ownership|names?|one (?:responsible|named|in charge)",
        Field.OWNER,
    ),
    (r"refs?|references?|reference numbers?", Field.REF),
)
_ANY_NOUN = "|".join(f"(?:{words})" for words, _ in _NOUNS)
_GAP = re.compile(
    rf"(?<![\w\x00]){_WITHOUT}\s+(?:{_SOUND}\s+)*(?P<first>{_ANY_NOUN})\b"
    rf"(?P<more>(?:\s*(?:,|or|and|nor)\s+(?:no\s+|an?\s+|any\s+|without\s+(?:an?\s+)?)?(?:{_SOUND}\s+)*(?:{_ANY_NOUN})\b)*)"
    r"(?:\s+(?:recorded|named|given|stated|shown|listed|set|assigned|at all|against (?:it|them)|(?:that|which) (?:can be (?:used|read)|is usable|makes sense|works)))*"
)
_MISSING = (
    r"(?:is |are |was |were |column )?(?:missing|blank|empty|not (?:named|given|recorded|stated|listed|known|set))"
)
_WORDS: tuple[tuple[re.Pattern[str], Field], ...] = (
    (
        phrases(rf"""
            un-?owned
            un-?assigned
            un-?allocated
            ownerless
            (?:nobody|no[- ]?one)(?:'s| is| has been)? (?:\w+ )?(?:owns?|leads?|leading|assigned|responsible|named|down|in charge|accountable|given)(?: (?:for|to|against))?
            (?:owners?|leads?|sponsors?) {_MISSING}
            not (?:been )?(?:assigned|allocated)(?: to (?:anyone|anybody))?
        """),
        Field.OWNER,
    ),
    (
        phrases(rf"""
            un-?dated
            open[- ]ended
            (?:due |target )?(?:dates?|deadlines?) (?:{_MISSING}|(?:is |are )?(?:to be confirmed|tbc|tba|asap))
            (?:dates?|deadlines?) (?:that )?(?:can't|cannot) be (?:used|read)
        """),
        Field.DUE,
    ),
)


_GIVEN = re.compile(
    rf"(?<![\w\x00])(?:(?:do|does|did)\s+)?(?:actually\s+)?(?:gives?|have|has|having|with|shows?|names?|states?|records?|carry|carries|lists?)\s+"
    rf"(?:an?|any|some|both|its own|their own)\s+(?:{_SOUND}\s+)*(?P<noun>{_ANY_NOUN})\b(?!\s*(?:of|on|in|before|after|between|by|from|that|later|earlier|for|to|up|dates?|\d))"
)


def spot_given(low: str) -> Iterator[Spot]:
    """Fields that are to be recorded: "with a start date", "which name an owner"."""
    for match in _GIVEN.finditer(low):
        yield Spot(*match.span(), Kind.GAP, Without(Condition(_field(match.group("noun")), Operator.MISSING)))


def spot_gaps(low: str) -> Iterator[Spot]:
    """Fields that are to be missing; "no owner or date" names two, of which one suffices; "and" wants both."""
    taken: list[tuple[int, int]] = []
    for regex, field in _WORDS:
        for match in regex.finditer(low):
            taken.append(match.span())
            yield Spot(*match.span(), Kind.GAP, Condition(field, Operator.MISSING))
    for match in _GAP.finditer(low):
        if not overlaps(match.span(), taken):
            both = bool(re.search(r"\bneither\b", match.group()) or re.search(r"\band\b", match.group("more")))
            yield Spot(*match.span(), Kind.GAP, _missing(match.group("first"), match.group("more"), both))


def _missing(first: str, more: str, both: bool) -> Filter:
    fields = dict.fromkeys(
        [_field(first), *(_field(match.group()) for match in re.finditer(rf"\b(?:{_ANY_NOUN})\b", more))]
    )
    parts = tuple(Condition(field, Operator.MISSING) for field in fields)
    if len(parts) == 1:
        return parts[0]
    return Every(parts) if both else Either(parts)


def _field(words: str) -> Field:
    return next(field for pattern, field in _NOUNS if re.fullmatch(pattern, words))
