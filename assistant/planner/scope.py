"""What a negation, an exclusion and an alternative govern, clause by clause.

After NegEx (Chapman and others 2001): words that trigger, what they reach, and what ends their reach. A "not" denies the
next thing said and what goes on from it with "or" and "nor"; words that leave out take away every thing listed after them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.conditions import Condition, Either, Every, Filter, Operator, Without, parts_of
from assistant.grammar import parsed
from assistant.lexicon import Hit, Word, small
from assistant.planner.candidates.subject import Segment, is_empty
from assistant.planner.sketch import Part
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text, only, overlaps

_NAMED = frozenset({Kind.REF, Kind.SECTION, Kind.OWNER, Kind.SUBJECT})
"""What a "not" denies only where it stands before it: "not finished by the manager" does not deny the manager."""
_STANDING = frozenset({Kind.STATE, Kind.LATE, Kind.COLOUR})
_PASSES = small("scope_passes")
_JOINS = ("for", "from")
_BREAKS = small("scope_breaks")
_LISTS = small("scope_lists")
_OF_PLAN = small("scope_of_plan")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words `first` to `last` deny what follows; `excludes` where they leave out a whole list."""

    first: int
    last: int
    excludes: bool


def triggers(text: Text, spots: Sequence[Spot]) -> list[Trigger]:
    """The words that deny or leave out, apart from those that belong to a thing said ("no owner", "not started")."""
    inside = [(spot.start, spot.end) for spot in spots if spot.kind not in (Kind.SUBJECT, Kind.SECTION)]

    def free(hit: Hit) -> bool:
        start, end = text.span(hit)
        within = any(s.kind is Kind.SUBJECT and s.start < start and end < s.end for s in spots)
        apart = hit.role == "except" and text.words[hit.last - 1].low not in _JOINS
        return not within and not any(s < end and (s <= start or apart) and end <= e for s, e in inside)

    kinds = ("except", "place") if any(spot.kind is Kind.PLAN for spot in spots) else ("except",)
    left_out = [hit for hit in text.of("except", *kinds) if free(hit) and can_leave_out(text, hit)]
    begins = {text.at(start) for start, _ in inside}  # "except for June": a date may take the "for"
    found = [Trigger(hit.first, hit.last - (hit.last - 1 in begins), True) for hit in left_out]
    found += [
        Trigger(at, at + 1, True) for at in _buts(text, spots) if not any(h.first <= at < h.last for h in left_out)
    ]
    for hit in text.of("not"):
        apart = not any(hit.first < o.last and o.first < hit.last for o in left_out)
        asks = hit.first == 0 and _BEGINS_NO.match(text.low) and not text.says("ask", "list")  # "isn't it done?"
        found += [Trigger(hit.first, hit.last, False)] if apart and free(hit) and not asks else []
    return sorted(found, key=lambda one: one.first)


def can_leave_out(text: Text, hit: Hit) -> bool:
    """Verbs that leave out stand as orders or as conditions, not within "which were dropped"."""
    word, before = text.words[hit.first].low, text.words[hit.first - 1].low if hit.first else ""
    if word in _NO_ONE and text.word(hit.first + 1) != "to" and _is_said_of(text, hit):
        return False
    if word in ("instead", "rather") and text.words[hit.last : hit.last + 1][0].low.endswith("ing"):
        return False  # "instead of taking them into care" is told of the work
    after = text.words[hit.last].low if hit.last < len(text.words) else ""
    named = before in _ARTICLES or (word == "drop" and after == "in") or word.endswith("ed")
    if text.compound(hit) or (hit.length == 1 and named):
        return False  # "a bar chart", "the drop-in sessions", "excluded pupils"; what is "excluded" after its name is read there
    if hit.doubtful or word in ("drop", "lose", "hide", "forget", "remove", "skip"):
        return hit.last < len(text.words) and before not in ("to", "be", "been", "was", "were", "of")
    return True


_ARTICLES = frozenset({"a", "an", "the"})
_NO_ONE = frozenset({"nothing", "nobody", "none", "noone", "no"})


def _is_said_of(text: Text, hit: Hit) -> bool:
    """Whether something is said of what a "nothing in" names: "nothing in it is late", not "the late ones, nothing in
    it"."""
    start = text.words[hit.first].start
    ends = next((at for at, mark in text.stops if at > start and mark in "?!;:."), len(text.raw))
    listed = re.search(r"(?:^|[,;:.?!(]|\s-|\b(?:and|but|with))\s*$", text.low[:start])
    asked = not text.low[:start].strip() and text.low.rstrip().endswith("?")
    verb = any(token.kind in ("VERB", "AUX") and start < token.start < ends for token in parsed(text.raw))
    return bool(verb or asked or not listed)


_EVERY = small("scope_every")
_THESE = re.compile(
    r"\s+(?:those\b|(?:in|for|of)\s+(?!which)|the\s+(?:[\w/-]+\s+){1,4}?(?:ones?|actions?|rows?|items?|tasks?|plans?)\b)"
)
_CALLED = (Kind.PLAN, Kind.REF, Kind.SECTION, Kind.OWNER, Kind.DUE)


def _buts(text: Text, spots: Sequence[Spot]) -> Iterator[int]:
    """Where a "but" leaves something out of all that was said before it: "every action but the late ones", "anywhere
    but Fenbridge"; "all that is done but late" leaves nothing out."""
    for at, word in enumerate(text.words):
        said = [one for one in text.words[:at] if not text.stopped(one.end, word.start, hard=True)]
        if word.low == "but" and any(one.low in _EVERY for one in said):
            these = _THESE.match(text.low, word.end)
            place = bool(these) and these[0].split()[0] in ("in", "for", "of")  # type: ignore[index]
            called = any(
                s.kind in _CALLED and only(text.between(word.end, s.start), _THE) for s in spots if s.start > word.end
            )
            if called or (these and (not place or said[-1].low in _EVERY)):
                yield at


_THE = frozenset({"the"})
_BEGINS_NO = re.compile(
    r"\W*(?:isn't|aren't|isnt|arent|hasn't|haven't|hasnt|havent|wasn't|weren't|doesn't|don't|didn't|won't)\s+(?!been\b|yet\b|be\b)"
)


def with_scope(text: Text, spots: Sequence[Spot], said: Sequence[tuple[int, int]] = ()) -> list[Spot]:
    """The spots in order, each negated where words deny or leave it out. `said`: characters that deny nothing."""
    ordered = sorted(spots, key=lambda spot: (spot.start, spot.end))
    found = [one for one in triggers(text, ordered) if not overlaps(text.span_of(one.first, one.last), said)]
    denied: set[int] = set()
    for trigger in found:
        denied ^= _governed(text, trigger, ordered, found)
    for number, spot in enumerate(ordered):
        rest = text.low[spot.end :]
        called = spot.kind is Kind.SUBJECT and re.match(r"\s+out\b", rest)  # "the date for the tracker roll out"
        after = LEFT_OUT.match(rest) or (spot.kind is Kind.OWNER and _DOES_NOT.match(rest))
        denied |= {number} if after and not called else set()
    return [replace(spot, negated=spot.negated != (number in denied)) for number, spot in enumerate(ordered)]


def _governed(text: Text, trigger: Trigger, spots: Sequence[Spot], others: Sequence[Trigger]) -> set[int]:
    start = text.words[trigger.last - 1].end
    ends = min((text.words[one.first].start for one in others if one.first >= trigger.last), default=len(text.raw))
    governed: list[int] = []
    for number, spot in enumerate(spots):
        if spot.start < start - 1 or spot.start >= ends:
            if spot.start >= ends:
                break
            continue
        last = spots[governed[-1]] if governed else None
        since = last.end if last else start
        between = text.between(since, spot.start)
        if last is None:
            if _opens(text, trigger) and spot.kind in _NAMED:
                continue
            if not _reaches(text, trigger, spot, between, since):
                break
        elif not _goes_on(text, trigger, last, spot, between, since):
            if spot.start < since:
                continue
            break
        governed.append(number)
    return set(governed)


def _reaches(text: Text, trigger: Trigger, spot: Spot, between: Sequence[Word], since: int) -> bool:
    if trigger.excludes and between and between[0].low in ("what", "whatever"):  # "except what is complete"
        between = between[1:]
    if text.stopped(since, spot.start, hard=True) or any(word.low in _BREAKS - {"which"} for word in between):
        return False
    if spot.kind is Kind.PLAN:
        denies, near = text.words[trigger.first].low, all(word.low in _OF_PLAN for word in between)
        if not trigger.excludes:
            return near and (denies in ("not", "neither", "nor") or bool(between and denies.endswith("t")))
        if near or denies in ("not", "outside") or any(word.low.isdigit() for word in between):
            return near
    if trigger.excludes:
        return only(between, _PASSES) or (
            spot.kind in (Kind.SUBJECT, Kind.SECTION) and all(is_empty(word.low) for word in between)
        )
    if spot.kind is Kind.SUBJECT and text.words[trigger.first].low in ("nobody", "nothing", "none", "no", "noone"):
        return False
    if _opens(text, trigger):
        return spot.kind in _STANDING
    if spot.kind in _NAMED:
        return len(between) <= 6 and only(between, _PASSES)
    return only(between, _PASSES - {"ones", "due"})


def _opens(text: Text, trigger: Trigger) -> bool:
    """ "Why hasn't the handbook been finished": the denial stands before the thing that it is said of."""
    before = text.words[trigger.first - 1].low if trigger.first else ""
    return before in ("why", "come", "whys") and text.words[trigger.first].low.endswith(("t", "not"))


def _goes_on(text: Text, trigger: Trigger, last: Spot, spot: Spot, between: Sequence[Word], since: int) -> bool:
    """A list that goes on: "not red or amber"; after words that leave out, "the July and August ones" too."""
    if text.stopped(since, spot.start, hard=True):
        return False
    said = {word.low for word in between}
    if last.kind is Kind.REF and spot.kind in _STANDING:  # "is all but R3.5 done": what is asked of the others
        return False
    if said & _BREAKS - {"which"} or not only(between, _PASSES | _LISTS):
        return False
    if spot.kind is last.kind is Kind.PLAN:
        return bool(said) or text.stopped(since, spot.start)
    if "or" in said or "nor" in said:
        return trigger.excludes or spot.kind is last.kind or "nor" in said or text.words[trigger.first].low == "neither"
    if trigger.excludes:
        again = any(one.low in ("and", "&") and two.low in _AGAIN for one, two in pairwise(between))
        listed = said & {"and", "&"} or text.stopped(since, spot.start)
        return again or (spot.kind is last.kind if listed else not said & {"are", "is", "due"})
    return spot.kind is last.kind and text.stopped(since, spot.start) and not between


_AGAIN = frozenset({"those", "ones", "actions", "tasks", "rows", "items", "anything", "everything", "whatever", "any"})
"""Words by which a list of what is left out goes on with another kind of thing: "except the late ones and those on X"."""


def plans_left_out(text: Text, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Of the places that name a plan, those that are left out, each with the characters that say so, name included."""
    spots = [Spot(*place, Kind.PLAN, Every()) for place in sorted(places)]
    found = triggers(text, spots)
    began: dict[int, int] = {}
    for trigger in found:
        for number in _governed(text, trigger, spots, found):
            began[number] = text.words[trigger.first].start
            if began.keys() >= {number, number - 1} and began[number] == began[number - 1]:
                began[number] = spots[number - 1].end
    told: dict[tuple[int, int], tuple[int, int]] = {}
    for number, spot in enumerate(spots):
        after = LEFT_OUT.match(text.low, spot.end)
        if number in began or after:
            told[spot.start, spot.end] = began.get(number, spot.start), after.end() if after else spot.end
    return told


LEFT_OUT = re.compile(
    r"(?:\s+(?:ones?|actions?|rows?|items?))?,?\s+(?:(?:are|is|being|to be|all|should be|can be)\s+)?(?:out\b(?=\s+of\s+(?:it|this|that|them|account)\b|\W*$)|excluded|left out|set aside|aside(?!\s+from)|taken out|removed|omitted|not included|ignored|excepted|don't count|dont count|do not count)\b"
)
_DOES_NOT = re.compile(
    r"(?:'s|s)?\s+(?:(?:do|does|did|is|are|was|were|has|have|will)\s+not|(?:do|does|did|is|are|was|were|has|have)n't|never|(?:is|are|has)nt|not)\s+(?:lead|own|sponsor|have|manage|run|deliver|led|owning|leading|do|hold|responsible|named|listed|shown|included|involved|share|there|on|down)\b"
    r"|\s+(?:isn't|isnt|is\s+not|aren't|arent|are\s+not|doesn't|doesnt|does\s+not|hasn't|hasnt|not)(?=\W*$|\s*[,;.?])"
)


# ---------------------------------------------------------------- and, or


def combined(spots: Sequence[Spot], text: Text) -> tuple[Part, ...]:
    """Filters that all hold. Those with "or" between them, and neighbours that exclude each other by nature, are
    alternatives of one; others side by side narrow."""
    groups: list[list[Spot]] = []
    ordered = _refs_together(spots)
    listed = False
    for spot, after in reversed(list(zip(ordered, [*ordered[1:], None], strict=False))):
        comma = after is not None and text.low[spot.end : after.start].strip() == ","
        listed = after is not None and (_alternatives(spot, after, text) or (listed and comma))
        if listed:
            groups[0].insert(0, spot)
        else:
            groups.insert(0, [spot])
    return tuple(_part(group, text) for group in groups)


def _refs_together(spots: Sequence[Spot]) -> list[Spot]:
    """References and sections are alternatives wherever they stand: no row has two."""
    refs = [spot for spot in spots if spot.kind in (Kind.REF, Kind.SECTION) and not spot.negated]
    if len(refs) < 2:
        return list(spots)
    one = replace(refs[0], condition=either([spot.condition for spot in refs]))
    return [one if spot is refs[0] else spot for spot in spots if spot not in refs[1:]]


def _alternatives(last: Spot, spot: Spot, text: Text) -> bool:
    between = text.between(last.end, spot.start)
    said = {word.low for word in between}
    if includes := _INCLUDES.search(text.low[last.end : spot.start]) or last.negated != spot.negated:
        return includes is not True or ("or" in said and only(between, _LISTS | _PASSES | {"not"}))
    if not only(between, _LISTS | _PASSES):
        return False
    if "or" in said or "/" in text.low[last.end : spot.start]:
        return True
    if {last.kind, spot.kind} == {Kind.STATE, Kind.LATE} and _LISTED.search(text.low[: last.start]):
        return bool(said)  # "actions, complete and past due": what is counted
    if last.kind is not spot.kind or said & {"but"}:
        return False
    if last.negated:  # "not red, not amber": each is denied
        return bool(said & {"nor"}) or _exclusive(last.condition, spot.condition)
    return last.kind is Kind.SECTION or _exclusive(last.condition, spot.condition)


_LISTED = re.compile(r"\b(?:actions|rows|items|tasks|total)\s*,\s*$")
_INCLUDES = re.compile(
    r"\b(?:includ(?:e|es|ing)|as well as|also count(?:ing)?)\s+(?:also\s+)?(?:the |those |any |ones )*(?:with )?$"
)


def _exclusive(one: Filter, other: Filter) -> bool:
    """Whether no row can be both; owners are listed side by side, as a list of names is."""
    if (isinstance(other, Without) and other.part == one) or (isinstance(one, Without) and one.part == other):
        return True
    if not (isinstance(one, Condition) and isinstance(other, Condition)) or one.field != other.field:
        return isinstance(one, Either | Every) and type(one) is type(other) and one != other
    if one.operator is Operator.IS is other.operator:
        return not set(one.values) & set(other.values)
    if one.operator is Operator.BETWEEN is other.operator:
        return str(one.values[1]) < str(other.values[0]) or str(other.values[1]) < str(one.values[0])
    return one.operator is Operator.CONTAINS is other.operator or one.operator is Operator.MISSING


_TOGETHER = re.compile(
    r"\bboth\b|\bjoint(?:ly)?\b|\bshared\s+(?:by|between)\b|\btogether\b|\band also\b|\bas well as\b|\b(?:at|of|from|shares?)\b"
)


_EACH = re.compile(r"\bboth\W+(?:the\s+)?$")
_AT_ONCE = re.compile(r"\W*(?:together|at once|at the same time|jointly|combined)\b")


def at_once(text: Text, found: Sequence[Segment]) -> bool:
    """Whether a row is to be on each of two subjects: "both X and Y", "X and Y together"."""
    two = len(found) > 1 and found[-1].joined
    return two and bool(_EACH.search(text.low[: found[0].start]) or _AT_ONCE.match(text.low, found[-1].end))


def _part(spots: Sequence[Spot], text: Text) -> Part:
    kinds = frozenset(spot.kind for spot in spots)
    conditions = [spot.condition for spot in spots]
    around = text.low[max(0, spots[0].start - 12) : spots[-1].end + 12]
    if len(spots) == 1:
        joined = conditions[0]
    elif kinds == {Kind.OWNER} and _TOGETHER.search(around):
        joined = all_of(conditions)
    else:
        same = len({spot.negated for spot in spots}) == 1
        joined = either(conditions if same else [Without(s.condition) if s.negated else s.condition for s in spots])
        if not same:
            return Part(kinds, joined)
    return Part(kinds, negated(joined) if spots[0].negated else joined)


def negated(part: Filter) -> Filter:
    """The opposite: every row that the filter does not name."""
    return part.part if isinstance(part, Without) else Without(part)


def all_of(parts: Sequence[Filter]) -> Filter:
    """All parts together, without needless nesting and repetition."""
    flat: list[Filter] = []
    for part in parts:
        flat += parts_of(part)
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else Every(distinct)


def either(conditions: Sequence[Filter]) -> Filter:
    """At least one of them; values of one field become one condition."""
    first = conditions[0]
    if isinstance(first, Condition) and first.operator in (Operator.IS, Operator.CONTAINS):
        kind = (first.field, first.operator)
        same = [c for c in conditions if isinstance(c, Condition) and (c.field, c.operator) == kind]
        if len(same) == len(conditions):
            return replace(first, values=tuple(dict.fromkeys(value for c in same for value in c.values)))
    return Either(tuple(dict.fromkeys(conditions)))
