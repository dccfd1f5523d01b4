"""Delivery states, lateness, completions in time, colours and states in a plan's own words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.conditions import COMPLETE, COMPLETED_LATE, Condition, Every, Field, Filter, Operator, Without, overdue
from assistant.grammar import parsed
from assistant.lexicon import Hit, small
from assistant.planner.holdings import Held
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text, longest
from assistant.planner.wording import FUNCTION_WORDS, plain
from assistant.records import Status
from assistant.vocabulary import stem

NOTHING_SAID = Every(
    (
        Condition(Field.STATUS, Operator.IS, (Status.NOT_RECORDED.value,)),
        Condition(Field.STATUS_TEXT, Operator.MISSING),
        Condition(Field.RAG, Operator.MISSING),
    )
)
"""A row of which the plan says nothing, in words or by colour."""


def _is(*states: Status) -> Filter:
    return Condition(Field.STATUS, Operator.IS, tuple(state.value for state in states))


_DATED = tuple(Without(Condition(field, Operator.MISSING)) for field in (Field.COMPLETED_ON, Field.DUE))
STATES: dict[str, Filter] = {
    "complete": COMPLETE,
    "open": Without(COMPLETE),
    "in_progress": _is(Status.IN_PROGRESS),
    "not_started": _is(Status.NOT_STARTED),
    "blocked": _is(Status.BLOCKED),
    "at_risk": _is(Status.AT_RISK),
    "off_track": _is(Status.AT_RISK, Status.BLOCKED),
    "on_track": _is(Status.ON_TRACK),
    "withdrawn": Condition(Field.STATUS, Operator.IS, ("withdrawn",)),
    "carried": Condition(Field.STATUS_TEXT, Operator.CONTAINS, ("carried forward",)),
}
_DONE_TIMES: dict[str, Filter] = {
    "done_late": Every((COMPLETE, COMPLETED_LATE)),
    "done_in_time": Every((COMPLETE, *_DATED, Without(COMPLETED_LATE))),
}
BE = small("states_be")
_OBJECT = frozenset(["a", "an", "their", "your", "my", "his", "her", "our"])
_ABOUT = frozenset(["about", "on", "to", "around"])
_OBJECTS_OF = {"done": _ABOUT | {"for", "under", "with"}, "open": _ABOUT}
"""What makes of a state a word about something else: "done about neglect", "open to all"; not "open for the lead"."""
_TO_COME = small("states_to_come")


def spot_states(text: Text, loose: bool = False) -> Iterator[Spot]:
    """States, and completions late or in time, the longest wording of each place; with `loose`, those too of which it is
    not plain that they are said of rows."""
    for hit in _of_states(text, loose):
        start, end = text.span(hit)
        if hit.role == "time" and hit.concept in _DONE_TIMES:
            yield Spot(start, end, Kind.COMPLETED, _DONE_TIMES[hit.concept])
        elif hit.role == "state" and hit.concept in STATES and not _named_thing(text, hit):
            yield Spot(start, end, Kind.STATE, STATES[hit.concept])


def _named_thing(text: Text, hit: Hit) -> bool:
    """Whether an article parts the phrase, which then names a thing: "in the progress box" says no state."""
    first, *inside = [word.low for word in text.words[hit.first : hit.last]]
    return first in ("in", "on", "under") and not {"the", "its", "their"}.isdisjoint(inside)


def spot_lateness(text: Text, as_of: date, loose: bool = False) -> Iterator[Spot]:
    """Whether rows are to be overdue at `as_of`; `loose` as for states."""
    for hit in _of_states(text, loose):
        if hit.role == "time" and hit.concept in ("overdue", "not_overdue"):
            yield Spot(*text.span(hit), Kind.LATE, overdue(as_of), negated=hit.concept == "not_overdue")


_DUTY = frozenset(["should", "ought", "supposed", "meant"])


def _was_due(text: Text, hit: Hit) -> bool:
    """ "What should the team have finished by now": due, and not done."""
    before = [word.low for word in text.words[max(0, hit.first - 8) : hit.first]]
    if hit.concept != "complete" or not before or not _DUTY & set(before):
        return False
    by_now = before[-1] == "be" and text.low[text.span(hit)[1] :].startswith(" by now")
    return by_now or before[-1] in ("have", "of", "been")


def _of_states(text: Text, loose: bool) -> list[Hit]:
    """States and times that are said of rows; of overlapping ones the longest, and what is done late before done."""
    left_out = [hit for hit in text.of("except") if hit.length > 1 and not text.words[hit.first].low.endswith("ed")]
    hits = [hit for hit in text.hits if hit.role in ("state", "time") and hit.concept != "soon"]
    hits = [hit for hit in hits if not any(one.first <= hit.first and hit.last <= one.last for one in left_out)]
    hits = [hit._replace(role="time", concept="overdue", length=3) if _was_due(text, hit) else hit for hit in hits]
    return [hit for hit in longest(hits) if (loose and not hit.doubtful) or _said_of_rows(text, hit)]


def _said_of_rows(text: Text, hit: Hit) -> bool:
    """False where the words rather describe a thing, are what is to be done, or have an object of their own."""
    words = text.words
    before = words[hit.first - 1] if hit.first else None
    after = words[hit.last] if hit.last < len(words) else None
    if text.compound(hit) or (before and before.low in _TOPIC and not _rows_follow(text, hit, 3)):
        return False  # "drop-in sessions", "about parking"
    drops = hit.length == 1 and hit.concept == "withdrawn" and before and before.low not in BE
    if drops and after and after.low == "in":
        return False  # "and drop in sessions"
    group = not words[hit.first].low.endswith("ed") and any(g.first == hit.first for g in text.of("group"))
    if group and hit.concept == "blocked" and before and before.low in ("which", "what", "each", "per", "the", "a"):
        return False  # "which block of the plan"
    if hit.length == 1 and words[hit.first].low.endswith(("s", "ing")) and _is_noun(text, hit):
        return False  # "missed bins", "car parking"
    if hit.length > 1 and not hit.doubtful:
        return True
    if words[hit.last - 1].low == "do" and after and after.low == "with":
        return False  # "have to do with neglect"
    if words[hit.first].low == "to" and _is_duty(text, hit):
        return False
    stopped = after is None or text.stopped(words[hit.last - 1].end, after.start)
    if before and before.low == "being" and words[hit.first].low == "done":
        return False
    if hit.role == "state" and hit.concept in ("complete", "in_progress") and _is_to_come(text, hit):
        return False
    if after and not stopped and after.low in _OBJECT and hit.role == "state":
        return False
    if after and not stopped and after.low in _OBJECTS_OF.get(text.words[hit.first].low, ()):
        return False
    if hit.doubtful and hit.length == 1 and before and before.low in _ARTICLES and _is_noun(text, hit):
        return False  # "that move"
    begins = before is None or text.stopped(before.end, words[hit.first].start)
    placed = before is None or begins or before.low in BE
    if hit.doubtful:
        ends = before is not None and before.low in BE and _ends(after)
        return (placed and (stopped or _rows_follow(text, hit, 1) or ends)) or _rows_follow(text, hit, 0)
    article = before is not None and before.low in ("the", "our", "a", "an")
    if article and not stopped and not _rows_follow(text, hit, 3):
        return hit.role == "time"
    return placed or stopped or _rows_follow(text, hit, 6) or _ends(after)


_TOPIC = small("subject_topics")
_ARTICLES = frozenset({"the", "a", "an", "that", "this", "our", "their", "any"})


def _is_noun(text: Text, hit: Hit) -> bool:
    start = text.words[hit.first].start
    return any(token.start == start and token.kind == "NOUN" for token in parsed(text.raw))


def _is_duty(text: Text, hit: Hit) -> bool:
    """ "What has the lead been given to do": what a verb before it says is to be done, not how rows stand."""
    tokens, start = parsed(text.raw), text.words[hit.last - 1].start
    heads = [tokens[one.head] for one in tokens if one.start == start and one.role != "ROOT"]
    return any(head.kind == "VERB" and head.text.lower() not in _STILL for head in heads)


_STILL = frozenset({"have", "has", "need", "needs"})
"""What one has to do is open: "what does the lead have to do by June"."""


_AFTER = small("states_after")


def _ends(after: object) -> bool:
    return after is None or getattr(after, "low", "") in _AFTER


def _rows_follow(text: Text, hit: Hit, most: int) -> bool:
    """Whether a word for rows comes soon after, in the same breath."""
    for row in text.of("rows"):
        if hit.last <= row.first <= hit.last + most:
            between = text.words[hit.last : row.first]
            joins = any(word.low in ("and", "or", "by", "in", "on", "for", "of", "to", "the") for word in between)
            return not joins and not text.stopped(text.words[hit.last - 1].end, text.words[row.first].start)
    return False


def _is_to_come(text: Text, hit: Hit) -> bool:
    """ "To be completed by June", "should be done": what is meant to happen, not how it stands."""
    before = [word.low for word in text.words[max(0, hit.first - 3) : hit.first]]
    if not before or before[-1] not in ("be", "get", "to", "have", "been"):
        return bool(before) and before[-1] in _TO_COME
    return before[-1] in ("be", "get") or any(word in _TO_COME for word in before)


COLOURS = {"green": "green", "amber": "amber", "red": "red", "blue": "blue", "yellow": "yellow", "orange": "amber"}


def spot_colours(text: Text) -> Iterator[Spot]:
    """Colours as ratings; a capital in mid-sentence beside another capital is a name."""
    for hit in text.of("colour"):
        start, end = text.span(hit)
        if not _is_name(text.raw, start, end):
            yield Spot(start, end, Kind.COLOUR, Condition(Field.RAG, Operator.IS, (hit.concept,)))


def _is_name(raw: str, start: int, end: int) -> bool:
    if not raw[start].isupper() or raw[start:end].isupper():
        return False
    before, after = re.search(r"\b[A-Z][a-z]+\s+$", raw[:start]), re.match(r"\s+[A-Z][a-z]+", raw[end:])
    return bool((before and before.start() > 0) or (after and start > 0))


_ENOUGH, _FEWEST, _GAP = 0.75, 3, 6
"""The share of a colour's meaning that a question must say, the fewest words, and the most words between two of them."""
_WORD = re.compile(r"[a-z][a-z'-]+")


def spot_meanings(text: Text, sources: Sequence[Held]) -> Iterator[Spot]:
    """A colour by the meaning that the key of one of these plans gives it: "delivered but no evidence yet"."""
    words = [(stem(m.group()), *m.span()) for m in _WORD.finditer(text.low) if m.group() not in FUNCTION_WORDS]
    found: list[tuple[int, int, Filter]] = []
    for source in sources:
        for colour, meaning in source.meanings:
            if place := _meant(meaning, words):
                own = Condition(Field.DOCUMENT, Operator.IS, (source.document,))
                rated = Condition(Field.RAG, Operator.IS, (colour,))
                found.append((*place, Every((own, rated)) if len(sources) > 1 else rated))
    if len(found) == 1 or (found and len({place[:2] for place in found}) == len(found)):
        yield from (Spot(start, end, Kind.COLOUR, condition) for start, end, condition in found)


def _meant(meaning: str, words: Sequence[tuple[str, int, int]]) -> tuple[int, int] | None:
    """Where the question says most of the meaning, near together."""
    wanted = {stem(word) for word in _WORD.findall(plain(meaning)) if word not in FUNCTION_WORDS}
    runs: list[list[int]] = []
    for at in (at for at, (one, _, _) in enumerate(words) if one in wanted):
        if runs and at - runs[-1][-1] <= _GAP:
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        said = {words[at][0] for at in run}
        if len(said) >= _FEWEST and len(said) >= _ENOUGH * len(wanted):
            return words[run[0]][1], words[run[-1]][2]
    return None
