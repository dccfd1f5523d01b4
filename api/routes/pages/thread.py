"""The turns before the newest one: each question with the first sentence of its answer, asked again and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from fastapi import Request

from api.asking import asked as answered
from api.audience import audience_of
from api.brief import first_sentence
from api.routes.pages.address import Asking
from assistant.errors import AssistantError

_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Folded:
    """An earlier turn: its question, how its answer began, and the address that opens it again."""

    asked: Asking
    first: str


class FirstWords:
    """How answers begin, by what was asked, of whom, and the state of the register. Safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Hashable) -> str | None:
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: Hashable, words: str) -> None:
        with self._lock:
            self._kept[key] = words
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def thread_of(request: Request, asked: Asking) -> list[Folded]:
    """The earlier turns of a question under the rights of its reader, oldest first."""
    return [Folded(turn, _first_words(request, turn)) for turn in asked.turns()]


def keep_first(request: Request, asked: Asking, text: str) -> None:
    """Remember how an answer that was just given begins."""
    first: FirstWords = request.app.state.first_words
    first.keep(_key(request, asked), first_sentence(text))


def _key(request: Request, asked: Asking) -> Hashable:
    generation = request.app.state.assistant.register.generation
    return generation, audience_of(request), date.today(), asked


def _first_words(request: Request, turn: Asking) -> str:
    first: FirstWords = request.app.state.first_words
    key = _key(request, turn)
    words = first.of(key)
    if words is None:
        try:
            answer = answered(
                request, turn.q, as_of=turn.day, reader=turn.reader, query=turn.sent, plans=turn.plan,
                earlier=turn.earlier, counted=False,
            )  # fmt: skip
            words = first_sentence(answer.answer)
        except AssistantError as wrong:
            words = str(wrong)
        first.keep(key, words)
    return words
