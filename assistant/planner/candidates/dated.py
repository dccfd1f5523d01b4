"""What a date is a date of: the word that governs it, before it or after it; and dates compared with each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.conditions import Field
from assistant.flags import FlagCode
from assistant.lexicon import Hit, small
from assistant.planner.text import FUNCTION_WORDS, Text, longest, overlaps


class Of(StrEnum):
    """What a date may be a date of."""

    DUE = "due"
    START = "start"
    COMPLETED = "completed"
    JUDGED = "judged"
    """The day that rows are judged on."""
    STATE = "state"
    """How rows stood on the day: open, on track."""
    LATE = "late"
    EVENT = "event"
    """What happens to people: a meeting, a visit. Its date filters nothing."""
    PERIOD = "period"
    """The time that a plan covers."""


FIELDS = {Of.DUE: Field.DUE, Of.START: Field.START, Of.COMPLETED: Field.COMPLETED_ON}
_WORDS = {
    **{("field", of.value): of for of in (Of.DUE, Of.START)},
    **{("when", of.value): of for of in (Of.DUE, Of.START, Of.JUDGED, Of.EVENT, Of.PERIOD)},
    ("field", "completed_on"): Of.COMPLETED,
    ("state", "complete"): Of.COMPLETED,
    ("time", "overdue"): Of.LATE,
    ("time", "not_overdue"): Of.LATE,
    ("time", "done_late"): Of.COMPLETED,
    ("time", "done_in_time"): Of.COMPLETED,
}
_VERBS = frozenset(["complet", "finish", "close", "deliv", "done", "do", "achiev", "wrap", "sign", "tick"])
"""Stems of the words for complete that are verbs, and take a date of completion."""
_BARE = re.compile(r"(?:finish|close|deliver|achieve|conclude|end|wrap)(?:s|es)?|completes")
_TO_COME = small("dated_duty") | small("states_to_come")
_PASSED = FUNCTION_WORDS | small("dated_passed")
_MOST_BETWEEN = 8


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words `first` to `last` of a question, and what a date beside them is a date of."""

    of: Of
    first: int
    last: int
    verb: bool = False


def anchors(text: Text) -> list[Anchor]:
    """The words that say what a date is a date of, in order; of overlapping ones the longest."""
    hits = longest(hit for hit in text.hits if (hit.role, hit.concept) in _WORDS and not _is_plain_word(text, hit))
    return [_anchor(text, hit) for hit in hits]


def _is_plain_word(text: Text, hit: Hit) -> bool:
    """True for a doubtful hit that says nothing of a date: "met", "in place", the word "date" alone."""
    if hit.role == "state" and hit.doubtful:
        return text.words[hit.first].stem not in _VERBS
    return hit.doubtful and hit.length == 1 and hit.role == "field" and text.words[hit.first].stem in ("date", "when")


def _anchor(text: Text, hit: Hit) -> Anchor:
    of, verb = _WORDS[hit.role, hit.concept], hit.role in ("state", "when")
    if of is Of.COMPLETED and hit.role == "state":
        if (duty := to_come(text, hit)) is not None:
            return Anchor(Of.DUE, duty, hit.last, verb)
        before = {text.word(hit.first - 1), text.word(hit.first - 2)}
        if text.word(hit.first) == "complete" and before & small("dated_denied"):
            of = Of.STATE  # "not complete": no day of completion
    return Anchor(of, hit.first, hit.last, verb or (hit.concept == "start" and hit.length == 1))


def to_come(text: Text, hit: Hit) -> int | None:
    """Where words begin that make a completion one to come: "to be completed", "should have finished", "target completion"."""
    links, found = small("dated_links"), None
    for at in range(hit.last - 2, max(-1, hit.first - 6), -1):  # "got to be done" is one phrase of the lexicon
        found = at if text.word(at) in _TO_COME else found
        if at < hit.first and text.word(at) not in _TO_COME | links:
            break
    if found is None and (text.word(hit.first - 1) == "be" or _has_to_have(text, hit)):
        return hit.first - 1
    before = {word.low for word in text.words[max(0, hit.first - 5) : hit.first]}
    bare = _BARE.fullmatch(text.word(hit.first)) and not {"did", "does", "had"} & before
    return hit.first if found is None and before and bare else found


def _has_to_have(text: Text, hit: Hit) -> bool:
    """What somebody is to bring about: "meant to have its board up and running"."""
    for at in range(hit.first - 1, max(0, hit.first - _MOST_BETWEEN), -1):
        if text.word(at) in ("have", "get"):
            return text.word(at - 1) in _TO_COME and not text.stopped(text.words[at].end, text.words[hit.first].start)
    return False


def governor(
    text: Text, found: Sequence[Anchor], start: int, end: int, known: Sequence[tuple[int, int]]
) -> Anchor | None:
    """What governs the date at characters `start` to `end`: the nearest anchor before it in its sentence, else the nearest
    after it. `known`: characters that name something else, and part nothing."""
    first, last = text.at(start), text.at(end)
    near = [*(one for one in reversed(found) if one.last <= first), *(one for one in found if one.first >= last)]
    return next((one for one in near if _joined(text, one, start, end, known)), None)


def _joined(text: Text, anchor: Anchor, start: int, end: int, known: Sequence[tuple[int, int]]) -> bool:
    begins, ends = text.span_of(anchor.first, anchor.last)
    start, end = (ends, start) if anchor.last <= text.at(start) else (end, begins)
    loose = (word for word in text.between(start, end) if word.low not in _PASSED)
    between = [word for word in loose if not any(s <= word.start and word.end <= e for s, e in known)]
    rows = any(anchor.last <= row.first <= anchor.last + 1 for row in text.of("rows"))
    near = not between or (anchor.verb and len(between) <= _MOST_BETWEEN and not rows)
    return near and not text.stopped(start, end, hard=True)


def field_near(text: Text, first: int, last: int, most: int = 5) -> Field | None:
    """The date that the words around an order or a group are about: "the last to be finished", "the month that most start"."""
    near = [
        (max(one.first - last, first - one.last), one)
        for one in anchors(text)
        if one.of in FIELDS and not text.parted(text.words[one.first].start, text.words[first].start)
    ]
    distance, one = min(near, key=lambda pair: pair[0], default=(most + 1, None))
    return FIELDS[one.of] if one and distance <= most else None


# ---------------------------------------------------------------- dates compared with each other

_LETTERS, _SECOND_LETTERS = (
    {word: letter for letter, concept in own.items() for word in small(concept)}
    for own in (
        {"P": "dated_plan", "V": "dated_published", "<": "dated_earlier", ">": "dated_later", "~": "dated_reached"},
        {"E": "dated_ends", "N": "dated_date"},
    )
)
"""The letters of words, and of those that no anchor has."""
_SKIPPED = (_PASSED | small("dated_skipped")) - {"start"}
_COMPARED = (
    (re.compile(r"[DCE]N*<+S|S+N*>+[DCE]"), FlagCode.DUE_BEFORE_START),
    (re.compile(r"C[DN]*>+N*(?:PV|PN?(?![VXS])|V)"), FlagCode.COMPLETION_AFTER_PLAN),
    (re.compile(r"[DN]+<+(?:PS|SP|PN?(?![VX]))"), FlagCode.DUE_BEFORE_PLAN),
    (re.compile(r"[DN]+>+(?:PE|EP|PN?(?![VXS]))"), FlagCode.DUE_AFTER_PLAN),
)
"""Dates and what they are compared with: D due, S start, C completion, N a date of
some kind, P the plan, V its publication, E its end, < earlier, > later, X anything else, | the end of a sentence."""


def compared(text: Text, told: Sequence[tuple[int, int]] = ()) -> tuple[FlagCode, tuple[int, int]] | None:
    """Dates of one row that stand the wrong way round ("a start date later than its own target date"), or outside the
    time of their plan, and the characters that say so. `told`: the characters of dates, whose words compare nothing."""
    line, places = _line(text, told)
    for pattern, code in _COMPARED:
        if match := pattern.search(line):
            return code, (places[match.start()][0], places[match.end() - 1][1])
    return None


def _line(text: Text, told: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """A letter for each word that compares dates, and the characters of the word."""
    line, places = "", []
    taken = {n: anchor for anchor in anchors(text) for n in range(anchor.first, anchor.last)}
    for number in range(len(text.words)):
        word = text.words[number]
        stopped = number > 0 and text.stopped(text.words[number - 1].end, word.start, hard=True)
        letter = "X" if overlaps((word.start, word.end), told) else _letter(text, number, taken.get(number))
        if word.low in ("that", "this") and re.search(r"[PV][^|]*\|[^|]*[<>]N*$", line):
            letter = "P"  # that was told of: "it runs from April to March. Is anything due earlier than that?"
        letters = f"{'|' if stopped and line else ''}{letter}"
        line += letters
        places += [(word.start, word.end)] * len(letters)
    return line, places


def _letter(text: Text, number: int, anchor: Anchor | None) -> str:
    letter = _LETTERS.get(text.word(number))
    if letter == "~":
        return ">" if "not" in {word.low for word in text.words[max(0, number - 3) : number]} else ""
    own = {Of.DUE: "D", Of.START: "S", Of.COMPLETED: "C", Of.STATE: "C"}.get(anchor.of) if anchor else None
    last = "" if text.word(number) in _SKIPPED else "X"
    return letter or own or _SECOND_LETTERS.get(text.word(number), last)
