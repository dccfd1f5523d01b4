"""Delivery states, lateness, completions in time and colours, by the lexicon, by a plan's own words or to the letter."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.conditions import (
    COMPLETE,
    COMPLETED_LATE,
    OPEN,
    Condition,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    overdue,
)
from assistant.dates import MONTH
from assistant.grammar import parsed
from assistant.lexicon import Hit, plain, small
from assistant.planner.candidates.dated import to_come
from assistant.planner.holdings import Held, names_in
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import FUNCTION_WORDS, TAKEN, Text, longest
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
    "open": OPEN,
    "not_complete": Without(COMPLETE),
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
_ABOUT = ("about", "on", "to", "around")
_OBJECTS_OF = {"done": (*_ABOUT, "for", "under", "with"), "open": _ABOUT}
"""What makes of a state a word about something else: "done about neglect", "open to all"; not "open for the lead"."""


def spot_states(text: Text, as_of: date, loose: bool = False) -> Iterator[Spot]:
    """States, completions late or in time, and whether rows are to be overdue at `as_of`, the longest wording of each
    place; with `loose`, those too of which it is not plain that they are said of rows."""
    for hit in _of_states(text, loose):
        start, end = text.span(hit)
        if hit.role == "time" and hit.concept in _DONE_TIMES:
            yield Spot(start, end, Kind.COMPLETED, _DONE_TIMES[hit.concept])
        elif hit.role == "time":
            yield Spot(start, end, Kind.LATE, overdue(as_of), negated=hit.concept == "not_overdue")
        elif hit.role == "state" and hit.concept in STATES:
            first, *inside = [word.low for word in text.words[hit.first : hit.last]]
            parted = first in ("in", "on", "under") and not {"the", "its", "their"}.isdisjoint(inside)
            if not parted:  # "in the progress box" names a thing
                yield Spot(start, end, Kind.STATE, STATES[hit.concept])


def _was_due(text: Text, hit: Hit) -> bool:
    """ "What should the team have finished by now": due, and not done."""
    before = [word.low for word in text.words[max(0, hit.first - 8) : hit.first]]
    if hit.concept != "complete" or {"should", "ought", "supposed", "meant"}.isdisjoint(before):
        return False
    by_now = before[-1] == "be" and text.low.startswith(" by now", text.span(hit)[1])
    return by_now or before[-1] in ("have", "of", "been")


def _of_states(text: Text, loose: bool) -> list[Hit]:
    """States and times that are said of rows; of overlapping ones the longest, and what is done late before done."""
    left_out = [hit for hit in text.of("except") if hit.length > 1 and not text.words[hit.first].low.endswith("ed")]
    left_out += [
        hit for hit in (*text.of("ask", "progress"), *text.of("courtesy")) if hit.length > 2
    ]  # "what's going on with them"
    hits = [hit for hit in text.hits if hit.role in ("state", "time") and hit.concept != "soon"]
    hits = [hit for hit in hits if not any(one.first <= hit.first and hit.last <= one.last for one in left_out)]
    hits = [hit._replace(role="time", concept="overdue", length=3) if _was_due(text, hit) else hit for hit in hits]
    return [hit for hit in longest(hits) if (loose and not hit.doubtful) or _said_of_rows(text, hit)]


def _said_of_rows(text: Text, hit: Hit) -> bool:
    """False where the words rather describe a thing, are what is to be done, or have an object of their own."""
    before, first, after = text.word(hit.first - 1), text.word(hit.first), text.word(hit.last)
    one, (start, end) = hit.length == 1, text.span(hit)
    finishes = hit.role == "state" and hit.concept in ("complete", "in_progress")
    grouped = hit.concept == "blocked" and not first.endswith("ed")
    groups = {group.first for group in text.of("group")} if grouped else ()
    if (
        text.compound(hit)  # "drop-in sessions"
        or (finishes and (before in ("be", "get") or to_come(text, hit) is not None))  # "to be completed by June"
        or (before in small("subject_topics") and not _rows_follow(text, hit, 3))  # "about parking"
        or (one and hit.concept == "withdrawn" and after == "in" and before and before not in BE)  # "and drop in clubs"
        or (grouped and before in ("which", "what", "each", "per", "the", "a") and hit.first in groups)  # "which block"
        or (one and first.endswith(("s", "ing")) and _is_noun(text, hit))  # "missed bins", "car parking"
    ):
        return False
    if not one and not hit.doubtful:
        return True
    stopped = not after or text.stopped(end, text.words[hit.last].start)
    state = hit.role == "state"
    if (
        (after == "with" and text.word(hit.last - 1) == "do")  # "have to do with neglect"
        or (first == "to" and _is_duty(text, hit))
        or (before == "being" and first == "done")
        or (state and not stopped and after in ("a", "an", "their", "your", "my", "his", "her", "our"))
        or (not stopped and after in _OBJECTS_OF.get(first, ()))
        or (hit.doubtful and one and before in small("state_articles") and _is_noun(text, hit))  # "that move"
    ):
        return False
    begins = not before or text.stopped(text.words[hit.first - 1].end, start)
    ends = not after or after in small("states_after")
    if hit.doubtful:
        placed = (begins or before in BE) and (stopped or _rows_follow(text, hit, 1))
        said_of = before in BE or any(map(str.isdigit, before))  # "is R2.4 done in time"
        return placed or (said_of and ends) or _rows_follow(text, hit, 0)
    if before in ("the", "our", "a", "an") and not stopped and not _rows_follow(text, hit, 3):
        return hit.role == "time"
    return begins or before in BE or stopped or ends or _rows_follow(text, hit, 6)


def _is_noun(text: Text, hit: Hit) -> bool:
    start = text.words[hit.first].start
    return any(token.start == start and token.kind == "NOUN" for token in parsed(text.raw))


def _is_duty(text: Text, hit: Hit) -> bool:
    """ "What has the lead been given to do": what a verb before it says is to be done, not how rows stand."""
    tokens, start = parsed(text.raw), text.words[hit.last - 1].start
    heads = [tokens[one.head] for one in tokens if one.start == start and one.role != "ROOT"]
    still = ("have", "has", "need", "needs")  # open is "what does the lead have to do by June"
    return any(head.kind == "VERB" and head.text.lower() not in still for head in heads)


def _rows_follow(text: Text, hit: Hit, most: int) -> bool:
    """Whether a word for rows comes soon after, in the same breath."""
    for row in text.of("rows"):
        if hit.last <= row.first <= hit.last + most:
            between = text.words[hit.last : row.first]
            joins = any(word.low in ("and", "or", "by", "in", "on", "for", "of", "to", "the") for word in between)
            return not joins and not text.stopped(text.words[hit.last - 1].end, text.words[row.first].start)
    return False


_CAPITAL_BEFORE = re.compile(r"(?<=.)\b[A-Z][a-z]+\s+$")
COLOURS = {"green": "green", "amber": "amber", "red": "red", "blue": "blue", "yellow": "yellow", "orange": "amber"}


def spot_colours(text: Text) -> Iterator[Spot]:
    """Colours as ratings; a capital in mid-sentence beside another capital is a name."""
    for hit in text.of("colour"):
        start, end = text.span(hit)
        beside = _CAPITAL_BEFORE.search(text.raw[:start]) or (start and re.match(r"\s+[A-Z][a-z]+", text.raw[end:]))
        if not (beside and text.raw[start].isupper() and not text.raw[start:end].isupper()):
            yield Spot(start, end, Kind.COLOUR, Condition(Field.RAG, Operator.IS, (hit.concept,)))


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
    runs: list[list[int]] = [[]]
    for at in (at for at, (one, _, _) in enumerate(words) if one in wanted):
        if runs[-1] and at - runs[-1][-1] > _GAP:
            runs.append([])
        runs[-1].append(at)
    for run in runs:
        said = {words[at][0] for at in run}
        if len(said) >= _FEWEST and len(said) >= _ENOUGH * len(wanted):
            return words[run[0]][1], words[run[-1]][2]
    return None


# ---------------------------------------------------------------- words to the letter: a status or a due date as a plan writes it, words of the action

_SAYS = small("states_says")
_STATUS = re.compile(r"[a-z' -]{3,}")
_QUOTED = r"[\"'](?P<quoted>[^\"']{2,80})[\"']"
_WORDS = r"(?:words?|phrase|term|text|letters|string)"
_VERB = r"(?:(?:which|that)\s+)?(?:contain(?:s|ing)?|us(?:e|es|ing)|hold(?:s|ing)?|includ(?:e|es|ing)|mention(?:s|ing)?|with|ha(?:s|ve|ving)|say(?:s|ing)?|show(?:s|ing)?)"
_COLUMN = r"\s+(?:in|under|as|for)\s+(?:the\s+|its\s+|their\s+)?(?:progress|status|rag|update)s?(?:\s+(?:column|cell|box|field))?"
_AS_WRITTEN = (
    re.compile(rf"\b{_VERB}\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}?{_WORDS}\s+(?:{_QUOTED}|(?P<bare>[\w&/-]{{2,40}}))"),
    re.compile(
        r"\b(?:literally\s+|explicitly\s+|actually\s+|to the letter\s+)?(?:says?|saying|marked|reads?|shows?|the words?)\s+"
        rf"[\"'](?P<quoted>[a-z]+(?: progress| started)?)[\"']?(?P<bare>)(?:{_COLUMN}|(?=\W*$))"
    ),
)
_OF_STATUS = ("status", "status_text", "rag")


def spot_as_written(text: Text, rest: str) -> Iterator[Spot]:
    """Words to the letter: of the status where one is told of, else of action, recommendation or section.

    Args: rest, the question with what is understood taken out.
    """
    for regex in _AS_WRITTEN:
        for match in regex.finditer(text.low):
            start, end = match.span("quoted" if match["quoted"] else "bare")
            told = (text.span(hit) for hit in text.of("field", *_OF_STATUS))
            status = regex is _AS_WRITTEN[1] or any(e <= start or s >= end for s, e in told)
            if TAKEN not in rest[start:end]:
                field = Field.STATUS_TEXT if status else Field.WORDS
                words = text.low[start:end] if status else text.raw[start:end]
                kind = Kind.STATE if status else Kind.WORDS
                yield Spot(*match.span(), kind, Condition(field, Operator.CONTAINS, (words,)))


def spot_own_words(text: Text, sources: Sequence[Held]) -> Iterator[Spot]:
    """Statuses as these plans write them, said of rows: "marked as delayed", "the paused ones", "literally say done"."""
    literal = any(word.low in ("literally", "explicitly", "word", "words", "saying") for word in text.words)
    whole = set(names_in(tuple(sources), "status_texts"))
    for own, (start, end) in _places(text, whole | set(names_in(tuple(sources), "status_starts"))):
        low = plain(own).strip(" .")
        short = len(low) < 5
        if (short and own not in whole) or not _STATUS.fullmatch(low) or low in COLOURS:
            continue
        before = text.word(text.at(start) - 1)
        known = any(begins <= start < ends for begins, ends in map(text.span, text.of("state")))
        said = (literal or not known) and before in _SAYS | {"as"}
        if said or (before in BE and not known) or (literal and before and _quoted(text, start, end)):
            operator = Operator.IS if short else Operator.CONTAINS
            yield Spot(start, end, Kind.STATE, Condition(Field.STATUS_TEXT, operator, (own if short else low,)))


def spot_due_words(text: Text, sources: Sequence[Held]) -> Iterator[Spot]:
    """A due date as these plans write it, where its words are meant: "that just say ASAP", "the autumn ones"."""
    held = set(names_in(tuple(sources), "due_words"))
    starts = {own.split()[0] for own in held if " " in own and not re.match(MONTH, own)}
    for own, (start, end) in _places(text, held | starts):
        before, ones = text.word(text.at(start) - 1), text.word(text.at(end)) in ("one", "ones")
        if before in _SAYS | {"just", "only"} or ones or _quoted(text, start, end):
            yield Spot(start, end, Kind.DUE, Condition(Field.DUE_TEXT, Operator.CONTAINS, (own,)))


def _places(text: Text, held: set[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where the question says words that these plans write, the longest first."""
    for own in sorted(held, key=lambda one: (-len(one), one)):
        if (low := plain(own).strip(" .")) in text.low:
            for match in re.finditer(rf"(?<![\w-]){re.escape(low)}(?![\w-])", text.low):
                yield own, match.span()


def _quoted(text: Text, start: int, end: int) -> bool:
    return text.low[max(0, start - 1)] in "\"'" and text.low[end : end + 1] in ('"', "'")
