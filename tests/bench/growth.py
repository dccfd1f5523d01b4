"""How a warm answer grows with the register: `make bench ROWS=10000`, or a million, of councils that do not exist.

Beside each figure stand one embedding of a question (the floor of anything that searches by meaning), the database's
own count, and a peer: LangChain's similarity search over Chroma with the same encoder and the same texts, in the same
run. All times are of the processor, so that they mean the same on a busy machine.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from assistant import Assistant
from assistant.conditions import overdue
from assistant.embedding import Embedder, open_embedder
from assistant.index import Index
from assistant.records import OWNER
from assistant.register import Register
from assistant.settings import read_settings
from assistant.vectors import IndexedEmbedder, mend_if_free
from tests.bench.asking import MEMORY
from tests.bench.estate import COUNCILS, estate
from tests.bench.figures import Figure, milliseconds

AS_OF, THE_DAY_BEFORE = date(2026, 9, 1), date(2026, 8, 31)
"""An answer is kept, so nothing is asked twice of one day."""
EMBEDDED_AT_MOST = 20_000
"""Rows of more have no vectors made for this: it would take an hour, and no question asked here needs them."""
THEMES = ("neglect", "recruitment", "fostering", "leaving care", "supervision", "housing", "short breaks", "audit")
PLAIN = (
    "how many actions are there?",
    "which actions are overdue?",
    "which actions have no owner?",
    "how many actions are complete in each plan?",
    "which actions are due in the next three months?",
    "who owns the most overdue actions?",
    "which actions are blocked?",
    "when is the next action due?",
    *(f"how many actions of {council} are overdue?" for council in COUNCILS),
)
_WARMING = ("which actions on zebra crossings of Zebraton are late?", "what does the plan say about zebra crossings?")
"""What is asked first, so that what a process makes ready once is in no figure of a warm answer."""
KINDS: tuple[tuple[str, Sequence[str]], ...] = (
    ("without a theme", PLAIN),
    ("with a theme", [f"what actions on {theme} are overdue?" for theme in THEMES]),
    ("to the prose", [f"what does the plan say about {theme} and families in June?" for theme in THEMES]),
)


def growth_figures(rows: int, data_dir: Path) -> list[Figure]:
    """Make a register of so many rows, and half as many passages up to 5,000, and ask it."""
    settings = read_settings(data_dir=data_dir)
    encoder = open_embedder(settings.embedding_model, 1)
    with closing(Register.open(data_dir)) as register:
        made = timed(lambda: [register.replace(reading) for reading in estate(rows, passages=min(rows // 2, 5_000))])
        embedded = mend_if_free(settings, register) if rows <= EMBEDDED_AT_MOST else 0
        count = median_of(lambda: register.count(OWNER, overdue(AS_OF)), 5)
        texts = [f"{row.action}" for row in register.select(OWNER, limit=EMBEDDED_AT_MOST)] if embedded else []
    encoder.embed(["warm"])
    embedding = median_of(lambda: encoder.embed([PLAIN[1]]), 30)
    figures = [
        Figure("rows written", f"{rows / made:,.0f} a second", f"{made:.1f} s; {embedded} texts embedded besides"),
        Figure("one embedding of a question", milliseconds(embedding), "the floor"),
        Figure("the database's count of what is overdue", milliseconds(count), _ratio(count, embedding)),
    ]
    if texts:
        held = IndexedEmbedder(Index(data_dir, encoder.model, encoder.dimension), encoder)
        peer = _peer(texts, held, encoder)
        figures.append(Figure("LangChain over Chroma, k=10", milliseconds(peer), _ratio(peer, embedding)))
    figures += _asked(Assistant.open(data_dir, settings), lambda: encoder.embed([PLAIN[1]]), with_prose=bool(embedded))
    return [*figures, Figure("most memory of a process that was asked each kind", _memory(data_dir, bool(embedded)))]


def _asked(assistant: Assistant, embed: Callable[[], object], with_prose: bool) -> list[Figure]:
    """Each kind warm, beside embeddings that are taken in between: on a busy machine both slow down together."""
    figures = []
    for name, questions in KINDS if with_prose else KINDS[:2]:
        first = timed(lambda asked=questions[0]: assistant.ask(asked, THE_DAY_BEFORE))
        for asked in _WARMING if with_prose else PLAIN[5:6]:
            assistant.ask(asked, THE_DAY_BEFORE)
        both = [(timed(lambda asked=asked: assistant.ask(asked, AS_OF)), median_of(embed, 5)) for asked in questions]
        times, embedding = [time for time, _ in both], statistics.median(floor for _, floor in both)
        middle, slow = statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1]
        figures += [
            Figure(f"{name}, the first of a state", f"{first:.2f} s"),
            Figure(f"{name}, p50", milliseconds(middle), _ratio(middle, embedding)),
            Figure(f"{name}, p95", milliseconds(slow), _ratio(slow, embedding)),
        ]
    return figures


def _memory(data_dir: Path, with_prose: bool) -> str:
    asked = [questions[0] for _, questions in (KINDS if with_prose else KINDS[:2])]
    script = (
        "import sys\nfrom datetime import date\nfrom assistant import Assistant\n"
        "assistant = Assistant.open(sys.argv[1])\n"
        "[assistant.ask(asked, date(2026, 9, 1)) for asked in sys.argv[2:]]\n"
    )
    command = [sys.executable, "-c", script + MEMORY, str(data_dir), *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return f"{int(done.stderr.splitlines()[-1]) / 1000:,.0f} MB"


def _peer(texts: Sequence[str], held: Embedder, encoder: Embedder) -> float:
    """The median of LangChain's similarity search over Chroma in memory, over these texts."""
    import chromadb
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    class Same(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, vector)) for vector in held.embed(texts)]

        def embed_query(self, text: str) -> list[float]:
            return list(map(float, encoder.embed([text])[0]))

    settings = chromadb.config.Settings(anonymized_telemetry=False)
    store = Chroma("peer", Same(), client=chromadb.EphemeralClient(settings))
    for start in range(0, len(texts), 1_000):
        store.add_texts(list(texts[start : start + 1_000]))
    asked = [f"what actions on {theme} are overdue?" for theme in THEMES * 2]
    return statistics.median(timed(lambda words=words: store.similarity_search(words, k=10)) for words in asked)


def timed(run: Callable[[], object]) -> float:
    """The seconds of the processor that one run takes."""
    started = time.process_time()
    run()
    return time.process_time() - started


def median_of(run: Callable[[], object], times: int) -> float:
    """The median of the seconds of several runs."""
    return statistics.median(timed(run) for _ in range(times))


def _ratio(seconds: float, embedding: float) -> str:
    return f"{seconds / embedding:.1f} embeddings"
