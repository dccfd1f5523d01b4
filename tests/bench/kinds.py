"""How long each kind of question of the sample corpus takes, as a multiple of one query embedding in the same run."""

from __future__ import annotations

import statistics
from collections import defaultdict
from datetime import date
from pathlib import Path

from assistant import Assistant
from assistant.embedding import open_embedder
from assistant.settings import read_settings
from tests.bench.figures import Figure, median_of, milliseconds, timed
from tests.evaluation.gold import Gold, GoldQuestion

GOLD = Path(__file__).parents[1] / "corpus"
EMBEDDINGS = 30


def kind_figures(data_dir: Path, gold_folder: Path = GOLD) -> list[Figure]:
    """p50 and p95 of the gold's questions by kind, and of all together.

    Nobody has asked them of this process, so the time holds what a theme is worked out with once.
    """
    encoder = open_embedder(read_settings().embedding_model, 1)
    encoder.embed(["warm"])
    questions = Gold.read(gold_folder).questions
    embedding = median_of(lambda: encoder.embed([questions[0].question]), EMBEDDINGS)
    assistant = Assistant.open(data_dir)
    assistant.ask("which actions on anything that nobody has a word for are there?")
    by_kind: dict[str, list[float]] = defaultdict(list)
    for question in questions:
        seconds = timed(lambda asked=question: _ask(assistant, asked))
        by_kind[question.kind].append(seconds)
        by_kind["all kinds"].append(seconds)
    figures = [Figure("embedding of one question, median", milliseconds(embedding))]
    return [*figures, *(figure for kind in sorted(by_kind) for figure in _figures(kind, by_kind[kind], embedding))]


def _ask(assistant: Assistant, question: GoldQuestion) -> None:
    as_of = date.fromisoformat(question.as_of) if question.as_of else None
    assistant.ask(question.question, as_of, question.conversation)


def _figures(name: str, times: list[float], embedding: float) -> list[Figure]:
    middle = statistics.median(times)
    slow = statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
    beside = f"{middle / embedding:.1f} embeddings; p95 {milliseconds(slow)}, {slow / embedding:.1f} embeddings"
    return [Figure(f"{name}, p50 of {len(times)}", milliseconds(middle), beside)]
