"""What every test starts from: a clean environment, a folder of its own, an embedder that needs no model."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.settings import PREFIX, Settings, read_settings
from tests.fakes import LetterEmbedder


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty data folder."""
    return read_settings(data_dir=tmp_path / "data")


@pytest.fixture
def embedder() -> LetterEmbedder:
    return LetterEmbedder()
