"""What of a subject may be left out, so that a word nobody holds does not hide the rows that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.planner.candidates.subject import MARKS, Segment, after_mark, core, is_empty
from assistant.planner.sketch import Left
from assistant.planner.wording import FUNCTION_WORDS

_MOST = 5
"""Of more parts than these none is left out alone: each choice is tried against the register."""


def subject_choices(found: Sequence[Segment]) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """Which left-over words are the subject: all of them; else those that are marked or known; else none."""
    yield list(found), []
    for chosen in (
        [one for one in found if one.marked or one.known],
        [one for one in found if one.marked and one.known],
        [one for one in found if one.known],
    ):
        if chosen and len(chosen) < len(found):
            yield chosen, [one for one in found if one not in chosen]
    cores = [core(one) for one in found]
    if [one.words for one in cores] != [one.words for one in found]:
        yield cores, [rest for one, two in zip(found, cores, strict=True) if (rest := _beside(one, two))]
    for n, one in enumerate(found):
        if parted := after_mark(one):
            yield [*found[:n], parted[0], *found[n + 1 :]], [parted[1]]
    if len(found) == 1:
        yield from _shorter(found[0])
    for n, one in enumerate(found if 1 < len(found) <= _MOST else ()):
        yield [one], [other for other in found if other is not one]
        if len(found) > 2:
            yield [*found[:n], *found[n + 1 :]], [one]
    if found:
        yield [], list(found)


def _shorter(whole: Segment) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """The segment without its last word, and without its last two: "night bus" of "night bus thing". What stands
    after a preposition is never left out so: "budget for trampolines" is not about budgets."""
    words = whole.words.split()
    for kept in range(len(words) - 1, max(0, len(words) - 3), -1):
        if any(word.lower() in FUNCTION_WORDS for word in words[kept - 1 :]):
            return
        one = replace(whole, words=" ".join(words[:kept]))
        yield [one], [replace(whole, words=" ".join(words[kept:]), marked=False, known=False)]


def _beside(whole: Segment, part: Segment) -> Segment | None:
    """What a segment says beside its core, as words that may mean little, but for what the core is for or about:
    "budget for trampolines" is not answered by budgets."""
    rest = whole.words.replace(part.words, " ", 1)
    after = whole.words[whole.words.find(part.words) + len(part.words) :].split()
    words = " ".join(word for word in rest.split() if not is_empty(word))
    return replace(whole, words=words, marked=bool(after) and after[0].lower() in MARKS, known=False) if words else None


def left_of(segment: Segment, chosen: Sequence[Segment]) -> Left:
    beside = not segment.marked or any(
        one.clause == segment.clause and (one.joined or segment.joined) for one in chosen
    )
    return Left(segment.words, (segment.marked or segment.known) and not segment.aside, beside)
