"""What each word of a question does, learnt from questions that people have marked by hand: how likely it is a subject,
an owner, a state, a time, a plan, a reference, what is asked for, or only the frame. `tests.evaluation.roles` makes the
weights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import Any

from assistant.embedding import Embedder, Matrix
from assistant.lexicon import Word
from assistant.planner.spots import Kind
from assistant.planner.text import FUNCTION_WORDS, Text, overlaps

WEIGHTS = Path(__file__).parents[1] / "data" / "roles.npz"
Span = tuple[int, int]


class Role(StrEnum):
    """The marks of the learnt questions, in the order of the weights."""

    FRAME = "N"
    SUBJECT = "S"
    OWNER = "O"
    STATE = "X"
    TIME = "T"
    PLAN = "P"
    REFERENCE = "R"
    ASKED = "A"


_OF_KIND = {
    Kind.REF: (Role.REFERENCE,),
    Kind.SECTION: (Role.REFERENCE, Role.SUBJECT),
    Kind.OWNER: (Role.OWNER,),
    **dict.fromkeys((Kind.DUE, Kind.START, Kind.COMPLETED), (Role.TIME,)),
    Kind.WORDS: (Role.SUBJECT,),
    Kind.PLAN: (Role.PLAN,),
    Kind.SHOWN: (Role.FRAME,),
    Kind.GAP: (Role.STATE, Role.ASKED),
}
_AT_MOST = 3.0
"""The most that one word can tell against a reading, as a logarithm."""
_SURE, _MAY = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Roles:
    """How likely each word plays each role: `shares` has a line for each word, in the order of `Role`."""

    words: tuple[Word, ...]
    shares: Matrix

    def share(self, start: int, end: int, roles: Iterable[Role]) -> float:
        """How likely the words between two characters play one of some roles: the mean over those that tell something,
        1 where there is none."""
        at = [n for n, word in enumerate(self.words) if start <= word.start < end and _tells(word)]
        return float(self._of(roles)[at].mean()) if at else 1.0

    def likeliest(self, start: int, end: int, roles: Iterable[Role]) -> float:
        """How likely the one word plays one of some roles that most does so, of those between two characters."""
        at = [n for n, word in enumerate(self.words) if start <= word.start < end]
        return float(self._of(roles)[at].max()) if at else 1.0

    def against(
        self, subjects: Sequence[Span], filters: Sequence[tuple[Span, Iterable[Role]]], explained: Sequence[Span]
    ) -> float:
        """What tells against a reading with these subjects and filters, as a logarithm: at least 0. What it explains
        otherwise tells nothing; a subject may be somebody; all other words it takes as the frame or as what is asked for."""
        told = sum(_cost(self.likeliest(*span, roles)) for span, roles in filters)
        taken = [*explained, *(span for span, _ in filters)]
        named, unsaid = self._of((Role.SUBJECT, Role.OWNER)), self._of((Role.FRAME, Role.ASKED))
        for n, word in enumerate(self.words):
            if _tells(word) and not overlaps((word.start, word.end), taken):
                told += _cost(float((named if overlaps((word.start, word.end), subjects) else unsaid)[n]))
        return told

    def runs(self, role: Role) -> list[Span]:
        """The characters of words beside one another that most likely play a role, with those at their sides that may."""
        shares = self._of((role,))
        found: list[Span] = []
        at = 0
        while at < len(self.words):
            end = at
            while end < len(self.words) and shares[end] > _MAY:
                end += 1
            if end > at and shares[at:end].max() > _SURE:
                found.append((self.words[at].start, self.words[end - 1].end))
            at = max(end, at + 1)
        return found

    def _of(self, roles: Iterable[Role]) -> Matrix:
        chosen: Matrix = self.shares[:, [_COLUMN[role] for role in roles]].sum(1)
        return chosen


def _cost(share: float) -> float:
    return min(_AT_MOST, -log(max(share, 1e-6)))


def roles_of_kind(kind: Kind) -> tuple[Role, ...]:
    """The roles that a filter of a kind may play."""
    return _OF_KIND.get(kind, (Role.STATE,))


def _tells(word: Word) -> bool:
    return word.low not in FUNCTION_WORDS


_COLUMN = {role: n for n, role in enumerate(Role)}


def word_states(words: Sequence[Word], text: str, embedder: Embedder) -> Matrix:
    """For each word the mean state of its tokens, with those of the words before and after: shape (n, 3d)."""
    import numpy as np

    offsets, states, _ = embedder.states(text)
    own = np.zeros((len(words) + 2, states.shape[1]), dtype=np.float32)
    for n, word in enumerate(words):
        at = [t for t, (start, end) in enumerate(offsets) if start < word.end and word.start < end]
        own[n + 1] = states[at].mean(0) if at else 0
    return np.hstack([own[1:-1], own[:-2], own[2:]])


@cache
def _learnt() -> tuple[str, Any, Any, Any, Any]:
    import numpy as np

    with np.load(WEIGHTS) as kept:
        parts = (kept[name].astype(np.float32) for name in ("first", "bias", "second", "last"))
        return str(kept["model"]), *parts


@lru_cache(maxsize=512)
def roles_of(text: Text, embedder: Embedder) -> Roles | None:
    """The roles of a question's words, once for a text, which later turns read again; None for another encoder than the
    one that they were learnt with."""
    import numpy as np

    model, first, bias, second, last = _learnt()
    if embedder.model != model or not text.words:
        return None
    hidden = np.maximum(word_states(text.words, text.raw, embedder) @ first + bias, 0)
    scores = hidden @ second + last
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return Roles(text.words, shares / shares.sum(axis=1, keepdims=True))
