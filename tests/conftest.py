"""What every test starts from: a clean environment, a folder of its own, an embedder that needs no model."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.settings import PREFIX, Settings, read_settings
from tests.databases import empty_postgres
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


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def register_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Gives the place of an empty register on each database. PostgreSQL: a server whose URL TEST_POSTGRES_URL says."""
    if request.param == "sqlite":
        return lambda: str(tmp_path_factory.mktemp("register"))
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        assert not os.environ.get("CI"), "CI tests the register on PostgreSQL too: see .ci/run"
        pytest.skip("TEST_POSTGRES_URL names no PostgreSQL database to test on")
    return lambda: empty_postgres(url)


@pytest.fixture
def embedder() -> LetterEmbedder:
    return LetterEmbedder()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew; the tests then fail, once")
