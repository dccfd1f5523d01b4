"""Readers beside loads, each answer of one committed state: `python -m tests.battery.readers [seconds] [database]`.

1, 4 and 16 readers ask one after the other while one load follows another. Each load is of rows that say which state
they are of; an answer must be to the letter the one that its state gives.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date

from assistant.answer import Answer
from assistant.records import Reading
from assistant.register import Register
from tests.assistant import fenbridge
from tests.databases import empty_postgres
from tests.readings import a_reading, an_action

QUESTIONS = ("Which actions are overdue?", "How many actions are owned by Ada?")


@dataclass(slots=True)
class Told:
    """What came of it. `mixed` are the answers that are those of no state."""

    loads: int = 0
    answers: int = 0
    mixed: int = 0
    faults: list[Exception] = field(default_factory=list)


def state(number: int) -> Reading:
    """A document whose every row says which state it is of, with as many rows as the state has."""
    rows = [
        an_action(f"Visit home {row} in round {number}", line=row, owner="Ada", owners=("Ada",), due=date(2026, 1, row))
        for row in range(1, 2 + number % 5)
    ]
    return a_reading(*rows, document="rounds.txt")


def _facts(answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.answer, answer.total, tuple((one.id, one.quote) for one in answer.citations)


def run(place: str, readers: int, seconds: float, loads: int) -> Told:
    """Readers beside at least so many loads, for so many seconds."""
    told, right, ended = Told(), dict[tuple[str, str], tuple[object, ...]](), threading.Event()
    given: list[tuple[str, Answer]] = []
    with closing(Register.open(place)) as register:

        def load() -> None:
            register.replace(state(told.loads))
            told.loads += 1
            answers = {question: fenbridge.assistant(register).ask(question) for question in QUESTIONS}
            right.update({(question, one.corpus_version): _facts(one) for question, one in answers.items()})

        def read() -> None:
            try:
                with closing(Register.open(place)) as own:
                    mine = fenbridge.assistant(own)
                    while not ended.is_set():
                        given.extend((question, mine.ask(question)) for question in QUESTIONS)
            except Exception as error:
                told.faults.append(error)

        load()
        threads = [threading.Thread(target=read) for _ in range(readers)]
        until = time.monotonic() + seconds
        for thread in threads:
            thread.start()
        while told.loads <= loads or time.monotonic() < until:
            load()
        ended.set()
        for thread in threads:
            thread.join()
    told.answers = len(given)
    told.mixed = sum(right.get((asked, one.corpus_version)) != _facts(one) for asked, one in given)
    return told


if __name__ == "__main__":
    wanted = float(sys.argv[1]) if len(sys.argv) > 1 else 75.0
    wrong = 0
    for count in (1, 4, 16):
        with tempfile.TemporaryDirectory() as folder:
            found = run(empty_postgres(sys.argv[2]) if len(sys.argv) > 2 else folder, count, wanted, 1)
        wrong += found.mixed + len(found.faults)
        said = f"{found.loads} loads, {found.answers} answers, {found.mixed} mixed, {len(found.faults)} errors"
        sys.stdout.write(f"{count} readers for {wanted:g} s: {said}\n")
        sys.stdout.flush()
    sys.exit(1 if wrong else 0)
