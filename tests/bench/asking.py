"""How long a question takes beside one embedding of it, warm and from a cold start, and what it needs in memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from assistant import Assistant
from assistant.embedding import open_embedder
from assistant.settings import read_settings
from tests.bench.figures import Figure, median_of, milliseconds, timed

TIMES, COLD_TIMES = 15, 3
AS_OF = date(2026, 9, 1)
QUESTIONS = (
    ("count", "how many actions are there?"),
    ("list by lateness", "which actions are overdue?"),
    ("list by theme", "what actions on {} are overdue?"),
    ("narrative", "what does the plan say about {}?"),
    ("definition", "what does amber mean?"),
)
THEMES = (
    "neglect",
    "recruitment",
    "fostering",
    "leaving care",
    "supervision",
    "housing",
    "school attendance",
    "health",
)
MEMORY = "print(next(line.split()[1] for line in open('/proc/self/status') if line[:6] == 'VmHWM:'), file=sys.stderr)"
"""The most memory that the process held; Linux alone says it for a process and not for those that started it."""


def question_figures(data_dir: Path) -> list[Figure]:
    """Each kind of question on a warm assistant, as a multiple of one query embedding in this run."""
    encoder = open_embedder(read_settings().embedding_model, 1)
    encoder.embed(["warm"])
    embedding = median_of(lambda: encoder.embed(["what actions on neglect are overdue?"]), TIMES * 2)
    assistant = Assistant.open(data_dir)
    assistant.ask(QUESTIONS[2][1].format("anything"), as_of=AS_OF)
    figures = [Figure("one query embedding, one thread", milliseconds(embedding))]
    for name, words in QUESTIONS:
        themes = THEMES if "{}" in words else ("",) * TIMES
        days = [AS_OF + timedelta(days=number) for number in range(len(themes))]  # an answer is kept for its day
        times = [
            timed(lambda words=words, theme=theme, day=day: assistant.ask(words.format(theme), as_of=day))
            for theme, day in zip(themes, days, strict=True)
        ]
        middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        figures.append(Figure(f"question, {name}, p50", milliseconds(middle), f"{middle / embedding:.1f} embeddings"))
        figures.append(Figure(f"question, {name}, p95", milliseconds(slow), f"{slow / embedding:.1f} embeddings"))
    return figures


def cold_figures(data_dir: Path) -> list[Figure]:
    """From a process that does not run yet to the answer, and the most memory that it held."""
    cases = (
        ("--help", ("--help",)),
        ("a question without a theme", ("ask", "which actions are overdue?")),
        ("a question with a theme", ("ask", "what actions on neglect are overdue?")),
        ("a question in free words", ("ask", "are we doing anything about kids who run away?")),
    )
    figures = []
    for name, arguments in cases:
        options = () if "--help" in arguments else ("--as-of", "2026-09-01", "--data-dir", str(data_dir))
        memory: list[int] = []
        seconds = median_of(lambda given=(*arguments, *options), kept=memory: kept.append(_run(given)), COLD_TIMES)
        figures.append(Figure(f"cold start, {name}", f"{seconds:.2f} s", f"{max(memory) / 1000:,.0f} MB in memory"))
    return figures


def _run(arguments: tuple[str, ...]) -> int:
    """Run the command in a process of its own; the kilobytes of memory that it needed."""
    script = f"import sys\nfrom api.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    {MEMORY}"
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=kept)
    return int(done.stderr.splitlines()[-1])
