"""An ordinary reader beside twelve clients with long questions: `python -m tests.battery.heavy [seconds]`.

Each client has a key of its own and asks questions of 240 words one after the other. The ordinary reader asks short
ones, with a second between them and then without a pause; told is p95 beside the clients over p95 alone.
"""

from __future__ import annotations

import http.client
import itertools
import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from api.roles import KEYS, Role
from assistant.settings import read_settings
from ingest.load import load
from tests.bench.serving import ASKED, serving

CLIENTS, WORDS = 12, 240
SAID = ("which", "actions", "on", "fostering", "neglect", "and", "housing", "are", "overdue", "or", "late")
LONG = " ".join(itertools.islice(itertools.cycle(SAID), WORDS))


def seconds_of(port: int, key: str, question: str) -> float:
    """How long an answer took; a refusal for want of a turn counts as long as its wait."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    connection.request("POST", "/api/ask", json.dumps({"question": question}), headers)
    connection.getresponse().read()
    connection.close()
    return time.perf_counter() - started


def slowest(port: int, key: str, seconds: float, pause: float) -> float:
    """p95 of an ordinary reader who asks for so long."""
    times, until = [], time.perf_counter() + seconds
    for question in itertools.cycle(ASKED):
        times.append(seconds_of(port, key, question))
        if time.perf_counter() > until and len(times) > len(ASKED):
            return statistics.quantiles(times, n=20)[-1]
        time.sleep(pause)
    raise AssertionError


def run(data_dir: Path, seconds: float) -> list[str]:
    """A sentence for each way of asking."""
    keys = [KEYS.make(data_dir, f"heavy {time.time_ns()}", Role.OWNER) for _ in range(CLIENTS + 1)]
    told = []
    with serving(data_dir, 1) as port:
        alone = {pause: slowest(port, keys[-1], seconds, pause) for pause in (1.0, 0.0)}
        ended = threading.Event()

        def heavy(key: str) -> None:
            while not ended.is_set():
                seconds_of(port, key, LONG)

        threads = [threading.Thread(target=heavy, args=(key,)) for key in keys[:-1]]
        for thread in threads:
            thread.start()
        time.sleep(5)
        for pause, words in ((1.0, "with a pause"), (0.0, "without a pause")):
            beside = slowest(port, keys[-1], seconds, pause)
            ratio = beside / alone[pause]
            told.append(
                f"{words}: p95 alone {alone[pause]:.3f} s, beside {CLIENTS} clients {beside:.3f} s, {ratio:.1f} times"
            )
        ended.set()
        for thread in threads:
            thread.join()
    return told


if __name__ == "__main__":
    wanted = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    with tempfile.TemporaryDirectory() as place:
        load([Path("corpus")], read_settings(data_dir=Path(place)))
        sys.stdout.write("\n".join([*run(Path(place), wanted), ""]))
