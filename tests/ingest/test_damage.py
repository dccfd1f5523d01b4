"""Damaged stores are noticed in our own words, and the load that the message names mends the index."""

from __future__ import annotations

import errno
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.errors import AssistantError, StoreError
from assistant.index import FOLDER, Index
from assistant.labels import OWNER
from assistant.locks import is_full
from assistant.register import FILE_NAME, Register
from assistant.settings import Settings
from assistant.vectors import IndexedEmbedder
from ingest.load import load
from tests.battery.damage import WAYS
from tests.fakes import LetterEmbedder

ROWS = "".join(
    f"{number},Audit the case files of team {number},Manager {number},June 2026\n" for number in range(1, 60)
)


@pytest.fixture
def plans(tmp_path: Path, settings: Settings) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "one.csv").write_text(f"Ref,Action,Owner,Due\n{ROWS}", encoding="utf-8")
    load([tmp_path / "plans"], settings, embedder=LetterEmbedder())
    return tmp_path / "plans"


@pytest.fixture
def index(settings: Settings) -> Index:
    model = LetterEmbedder()
    return Index(settings.data_dir, model.model, model.dimension)


def damaged(file: Path, way: str) -> None:
    file.write_bytes(WAYS[way](file.read_bytes()))


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_index_slows_answers_and_is_mended_by_the_next_load(
    plans: Path, settings: Settings, index: Index, way: str
) -> None:
    damaged(settings.data_dir / FOLDER / "chroma.sqlite3", way)
    embedder = LetterEmbedder()
    with closing(Register.open(settings.data_dir, create=False)) as register:
        [row, *_] = register.select(OWNER)
    assert IndexedEmbedder(index, embedder).embed([row.action]).any(), "an answer is given all the same"
    noticed = index.is_damaged
    report = load([plans], settings, embedder=embedder)
    assert not report.failed
    again = Index(settings.data_dir, embedder.model, embedder.dimension)
    if noticed:
        assert len(again.digests()) > 50
    assert not again.is_damaged


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_register_answers_or_says_what_is_wrong(plans: Path, settings: Settings, way: str) -> None:
    damaged(settings.data_dir / FILE_NAME, way)
    told = []
    try:
        with closing(Register.open(settings.data_dir, create=False)) as register:
            Assistant(register, LetterEmbedder).ask("who has to audit the case files of team 7?")
            register.held(OWNER)
    except AssistantError as error:
        told.append(str(error))
    try:
        load([plans], settings, embedder=LetterEmbedder())
    except StoreError as error:
        told.append(str(error))
    assert all(FILE_NAME in words and "plan-assistant ingest" in words for words in told)


@pytest.mark.parametrize("words", ["database or disk is full", "No space left on device"])
def test_a_full_disk_is_called_that(words: str) -> None:
    inner = RuntimeError(words)
    outer = StoreError("The index failed")
    outer.__cause__ = inner
    assert is_full(outer)
    assert is_full(OSError(errno.ENOSPC, "x"))
    assert not is_full(OSError(errno.EACCES, "x"))
