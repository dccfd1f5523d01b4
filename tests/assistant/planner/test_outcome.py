"""Every reason to decline has its sentence."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from assistant.compose.declines import sentence
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.view import View


class _Empty:
    """A shelf with nothing on it."""

    stamp = "empty"

    def one_state(self) -> nullcontext[None]:
        return nullcontext()

    def select(self, *_: object) -> list[object]:
        return []

    def held(self, *_: object) -> list[object]:
        return []


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason: Reason) -> None:
    view = View(_Empty(), frozenset())  # type: ignore[arg-type]
    assert len(sentence(Decline(AnswerStatus.REFUSED, reason, "R7.1"), None, view)) > 20
