"""What of a subject may be left out, so that a word nobody holds does not hide the rows that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.planner.candidates.subject import Segment, core, is_empty
from assistant.planner.sketch import Left


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
    for n, one in enumerate(found if len(found) > 1 else ()):
        yield [one], [other for other in found if other is not one]
        if len(found) > 2:
            yield [*found[:n], *found[n + 1 :]], [one]
    if found:
        yield [], list(found)


def _beside(whole: Segment, part: Segment) -> Segment | None:
    """What a segment says beside its core, as words that may mean little."""
    rest = whole.words.replace(part.words, " ", 1)
    words = " ".join(word for word in rest.split() if not is_empty(word))
    return replace(whole, words=words, marked=False, known=False) if words else None


def left_of(segment: Segment, chosen: Sequence[Segment]) -> Left:
    beside = any(one.clause == segment.clause and (one.joined or segment.joined) for one in chosen)
    return Left(segment.words, (segment.marked or segment.known) and not segment.aside, beside)
