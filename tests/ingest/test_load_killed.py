"""A load that is killed at any moment, and processes beside each other, all real."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.index import Index
from assistant.locks import write_lock
from assistant.records import OWNER
from assistant.register import Register
from assistant.settings import Settings
from assistant.vectors import is_current, wanted_texts
from ingest.load import load
from tests.fakes import LetterEmbedder
from tests.readings import read_lines

pytestmark = pytest.mark.slow
DOCUMENTS, ROWS = 12, 8


def _start(folder: Path, settings: Settings) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ingest.killed_load", str(folder), str(settings.data_dir)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _write(folder: Path, version: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(DOCUMENTS):
        lines = [f"{row}|Action {row} of plan {number} in version {version}" for row in range(ROWS)]
        (folder / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("seed", range(6))
def test_each_document_is_as_before_or_as_after_and_the_next_load_mends_the_index(
    seed: int, tmp_path: Path, settings: Settings
) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "plans"
    _write(folder, 1)
    load([folder], settings, read=read_lines, embedder=LetterEmbedder())
    _write(folder, 2)
    with _start(folder, settings) as process:
        assert process.stdout
        for _ in range(chance.randrange(1, 3 * DOCUMENTS)):
            process.stdout.readline()
        time.sleep(chance.random() / 50)
        process.kill()
    register = Register.open(settings.data_dir, create=False)
    for source in register.sources(OWNER):
        rows = [row.action for row in register.select(OWNER) if row.document == source.document]
        assert len(rows) == ROWS
        assert len({words[-1] for words in rows}) == 1, f"{source.document} is half old and half new"
    report = load([folder], settings, read=read_lines, embedder=LetterEmbedder())
    assert not report.failed
    assert {row.action[-1] for row in register.select(OWNER)} == {"2"}
    model = LetterEmbedder()
    index = Index(settings.data_dir, model.model, model.dimension)
    assert index.digests() == set(wanted_texts(register.select(OWNER), register.passages(OWNER)))
    assert is_current(register, index, model)


def test_a_killed_load_leaves_no_lock(tmp_path: Path, settings: Settings) -> None:
    _write(tmp_path / "plans", 1)
    with _start(tmp_path / "plans", settings) as process:
        assert process.stdout
        process.stdout.readline()
        process.kill()
    with write_lock(settings.data_dir, 1):
        pass


def test_two_loads_at_once_both_arrive_and_a_reader_sees_both(tmp_path: Path, settings: Settings) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    for number in range(DOCUMENTS):
        (one / f"a{number}.txt").write_text(f"Audit {number}", encoding="utf-8")
        (other / f"b{number}.txt").write_text(f"Train {number}", encoding="utf-8")
    register = Register.open(settings.data_dir)
    model = LetterEmbedder()
    index = Index(settings.data_dir, model.model, model.dimension)
    with _start(one, settings) as first, _start(other, settings) as second:
        while first.poll() is None or second.poll() is None:
            for stream in (first, second):
                if stream.poll() is None and stream.stdout:
                    stream.stdout.readline()
            rows = register.select(OWNER)
            assert index.missing(list(wanted_texts(rows, []))) == []
    assert (first.returncode, second.returncode) == (0, 0)
    assert register.count(OWNER) == 2 * DOCUMENTS
    assert index.missing(list(wanted_texts(register.select(OWNER), []))) == []
