"""Spots joined into one filter: and, or, not, except, as the words between them say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conditions import Condition, Either, Every, Filter, Operator, Without
from assistant.planner.sketch import Part
from assistant.planner.spots import Kind, Spot
from assistant.planner.states import NOTHING_SAID

_NEGATION = re.compile(
    r"(?:\b(?:not|isn't|aren't|isnt|arent|wasn't|weren't|neither|nor|never|excluding|except(?:ing)?(?: for)?|other than|apart from|besides|but not|minus|without|non|leav(?:e|ing) out|leav(?:e|ing) aside|ignor(?:e|ing)|skip(?:ping)?|drop(?:ping)?|bar|barring|save for|not counting)"
    r"|\b(?:don't|doesn't|dont|doesnt|hasn't|haven't|hasnt|havent|does not|do not|has not|have not|didn't|did not))"
    r"(?:[\s-]+(?:the|a|an|any|those|ones|that|which|is|are|be|been|being|by|for|with|of|in|on|at|either|marked|rated|shown|yet|also|owned|led|sponsored|managed|held|run|delivered|shared|done|assigned|to|due|currently|about|have|has|have))*[\s-]*$"
)
_EXCLUSION = re.compile(
    r"\b(?:not|excluding|except(?:ing)?(?: for)?|other than|apart from|besides|but not|minus|without|ignor(?:e|ing)|leav(?:e|ing) out|leav(?:e|ing) aside|skip(?:ping)?|drop(?:ping)?|bar|barring|save for)"
    r"(?:[\s-]+(?:the|a|an|any|all|those|that|which|by|for|in|from|under|of|owned|led|sponsored|managed|held|run|delivered|shared|jointly|done|is|are|being|assigned|to|with|about|ones?|actions?|our))*[\s-]*$"
)
_LEAVES_OUT = re.compile(
    r"\b(?:excluding|except(?:ing)?(?: for)?|other than|apart from|besides|minus|ignor(?:e|ing)|leav(?:e|ing) (?:out|aside)|skip(?:ping)?|bar(?:ring)?|save for|but not)\b(?:[^.;?]|\.(?=\d))*$"
)
"""Words after which everything in a list is left out, whatever joins it."""
_DOES_NOT = re.compile(
    r"\s*(?:(?:do|does|did|is|are|was|were|has|have|will)\s+not|(?:do|does|did|is|are|was|were|has|have)n't|never)\s+(?:lead|own|sponsor|have|manage|run|deliver|"
    r"led|owning|leading|do|hold|responsible|named|involved|share)"
)
"""After an owner: "that the deputy manager does not lead"."""
_NAMED = frozenset({Kind.REF, Kind.SECTION, Kind.OWNER})
_JOINED = re.compile(
    r"^(?:[\s,/&]|\b(?:and|or|nor|the|those|ones|are|is|due|in|on|by|for|of|at|from|share|shares|either|both|also|any|with|to|actions?|rated|marked|that|as|at|but|not)\b)*$"
)
_OR = re.compile(r"\bor\b|/")
_BUT = re.compile(r"\b(?:but|except|not|excluding|without)\b")
_BOTH = re.compile(
    r"\bboth\b|\bjoint(?:ly)?\b|\bshared\s+(?:by|between)\b|\btogether\s+by\b|\band also\b|\bas well as\b"
)


def with_negations(spots: Sequence[Spot], low: str) -> list[Spot]:
    """The spots, each negated where a word before it denies it."""
    ordered = sorted(spots, key=lambda spot: spot.start)
    found: list[Spot] = []
    for spot in ordered:
        before = low[found[-1].end if found else 0 : spot.start]
        denial = _EXCLUSION if spot.kind in _NAMED else _NEGATION
        denied = denial.search(before) or (spot.kind is Kind.OWNER and _DOES_NOT.match(low[spot.end :]))
        negated = spot.negated != bool(denied)
        if not negated and found and found[-1].negated and found[-1].kind is spot.kind:
            negated = _continues(before, bool(_LEAVES_OUT.search(low[: found[-1].start])))
        found.append(replace(spot, negated=negated))
    return found


def _continues(between: str, leaves_out: bool) -> bool:
    """A list that goes on after "not": "not red or amber"; after words that leave out, also one joined by "and"."""
    goes_on = bool(_OR.search(between) or re.search(r"\bnor\b|,", between))
    goes_on |= leaves_out and bool(re.search(r"\band\b|&", between))
    return goes_on and bool(_JOINED.match(between)) and not _BUT.search(between)


def combined(spots: Sequence[Spot], low: str) -> tuple[Part, ...]:
    """Filters that all hold: alike neighbours joined by "and", "or" or a comma are alternatives of one; unlike ones
    are separate unless "or" stands between them."""
    groups = [(_group(group, low), group) for group in _grouped(_refs_together(spots), low)]
    parts = [Part(frozenset(spot.kind for spot in group), condition) for condition, group in groups]
    ends = [group[-1].end for _, group in groups]
    between = [low[end : group[0].start] for end, (_, group) in zip(ends, groups[1:], strict=False)]
    alternatives: list[list[Part]] = [[part] for part in parts[:1]]
    for part, joined in zip(parts[1:], _means_or(between), strict=True):
        if joined:
            alternatives[-1].append(part)
        else:
            alternatives.append([part])
    return tuple(_alternative(parts) for parts in alternatives)


def _means_or(between: Sequence[str]) -> list[bool]:
    """For the words between neighbours, whether they mean "or"; a comma does where an "or" ends its list."""
    found: list[bool] = []
    for words in reversed(between):
        listed = bool(found and found[-1]) and words.strip() == ","
        found.append(listed or bool(_JOINED.match(words) and _OR.search(words)))
    return found[::-1]


def _refs_together(spots: Sequence[Spot]) -> list[Spot]:
    """References are alternatives wherever they stand: no row has two."""
    refs = [spot for spot in spots if spot.kind is Kind.REF and not spot.negated]
    if len(refs) < 2:
        return list(spots)
    one = replace(refs[0], condition=_either([spot.condition for spot in refs]))
    return [one if spot is refs[0] else spot for spot in spots if spot not in refs[1:]]


def _alternative(parts: Sequence[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    kinds = frozenset(kind for part in parts for kind in part.kinds)
    return Part(kinds, Either(tuple(part.condition for part in parts)))


def all_of(parts: Sequence[Filter]) -> Filter:
    """All parts together, without needless nesting and repetition."""
    flat: list[Filter] = []
    for part in parts:
        flat += part.parts if isinstance(part, Every) and part != NOTHING_SAID else (part,)
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else Every(distinct)


def _grouped(spots: Sequence[Spot], low: str) -> list[list[Spot]]:
    groups: list[list[Spot]] = []
    for spot in spots:
        last = groups[-1][-1] if groups else None
        if (
            last
            and last.kind is spot.kind
            and last.negated == spot.negated
            and _JOINED.match(low[last.end : spot.start])
        ):
            groups[-1].append(spot)
        else:
            groups.append([spot])
    return groups


def _group(spots: Sequence[Spot], low: str) -> Filter:
    """The filter of alike neighbours."""
    start, end = spots[0].start, spots[-1].end
    conditions = [spot.condition for spot in spots]
    if len(conditions) == 1:
        joined = conditions[0]
    elif (
        (spots[0].kind is Kind.OWNER and re.search(r"\b(?:at|of|from|shares?)\b", low[spots[0].end : spots[-1].start]))
        or (spots[0].kind is Kind.OWNER and _BOTH.search(low[max(0, start - 40) : end]))
        or _is_interval(conditions)
    ):
        joined = all_of(conditions)
    else:
        joined = _either(conditions)
    return Without(joined) if spots[0].negated else joined


def _is_interval(conditions: Sequence[Filter]) -> bool:
    """ "After May and before July" is one stretch of time, not two."""
    operators = {c.operator for c in conditions if isinstance(c, Condition)}
    open_ended = [
        c
        for c in conditions
        if isinstance(c, Condition) and c.operator is Operator.BETWEEN and str(c.values[-1]) > "2199"
    ]
    return len(conditions) == 2 and Operator.BEFORE in operators and bool(open_ended)


def _either(conditions: Sequence[Filter]) -> Filter:
    first = conditions[0]
    same = [
        c
        for c in conditions
        if isinstance(c, Condition)
        and isinstance(first, Condition)
        and (c.field, c.operator) == (first.field, first.operator)
    ]
    if (
        isinstance(first, Condition)
        and len(same) == len(conditions)
        and first.operator in (Operator.IS, Operator.CONTAINS)
    ):
        return replace(first, values=tuple(dict.fromkeys(value for c in same for value in c.values)))
    return Either(tuple(dict.fromkeys(conditions)))
