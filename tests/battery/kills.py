"""kill -9 at random moments of loads, and what is held afterwards: `python -m tests.battery.kills [how many] [seed]`.

After each kill every document must be held whole, as it was before or as it is after, and the next load must end well.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from assistant.labels import OWNER
from assistant.register import Register
from assistant.settings import read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder

_DOCUMENTS, _ROWS, _TOLD = 6, 40, 50
_LOADING = """
import sys
from pathlib import Path
from assistant.settings import read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder
print("begins", flush=True)
load([Path(sys.argv[1])], read_settings(data_dir=Path(sys.argv[2])), embedder=LetterEmbedder())
"""


def written(folder: Path, version: int) -> None:
    """Every plan of the folder, each row of it naming the version."""
    for number in range(_DOCUMENTS):
        rows = "".join(f"{row},Audit team {row} in round {version},Manager,June 2026\n" for row in range(1, _ROWS))
        (folder / f"plan-{number}.csv").write_text(f"Ref,Action,Owner,Due\n{rows}", encoding="utf-8")


def torn(data_dir: Path) -> list[str]:
    """The documents that are held neither as one version nor as another."""
    with closing(Register.open(data_dir, create=False)) as register:
        rounds: dict[str, list[str]] = {}
        for row in register.select(OWNER):
            rounds.setdefault(row.document, []).append(row.action.rpartition(" ")[2])
    return [name for name, found in rounds.items() if len(set(found)) > 1 or len(found) != _ROWS - 1]


def killed(folder: Path, data_dir: Path, after: float) -> bool:
    """Whether a load was killed so many seconds after it began; False where it had ended by itself."""
    command = [sys.executable, "-c", _LOADING, str(folder), str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(after)
        ended = process.poll() is not None
        process.send_signal(signal.SIGKILL)
    return not ended


def run(count: int, seed: int = 0) -> tuple[int, int]:
    """How many of so many loads were killed under way, and how many documents were torn by it."""
    dice, kills, damage = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as place:
        folder, data_dir = Path(place, "plans"), Path(place, "data")
        folder.mkdir()
        written(folder, 0)
        load([folder], read_settings(data_dir=data_dir), embedder=LetterEmbedder())
        for number in range(1, count + 1):
            written(folder, number)
            kills += killed(folder, data_dir, dice.uniform(0.0, 2.5))
            damage += len(torn(data_dir))
            if number % _TOLD == 0:
                sys.stderr.write(f"{number} loads: {kills} killed under way, {damage} documents torn\n")
        report = load([folder], read_settings(data_dir=data_dir), embedder=LetterEmbedder())
        assert not report.failed, report.as_text()
        damage += len(torn(data_dir))
    return kills, damage


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    killed_loads, documents = run(wanted, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    sys.stdout.write(f"{killed_loads} of {wanted} loads killed under way, {documents} documents torn\n")
    sys.exit(1 if documents else 0)
