"""A server over a small register of Fenbridge, loaded once with the real readers and a small embedder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from assistant import Assistant
from assistant.register import Register, database_place
from assistant.settings import Settings, read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder

CORPUS = Path(__file__).parents[2] / "corpus"
TODAY = date(2026, 11, 24)
PLANS = (
    "fenbridge-help-and-protection-delivery-plan.md",
    "fenbridge-improvement-board-action-log.csv",
    "fenbridge-improvement-plan-2025-26.txt",
    "fenbridge-send-inclusion-tracker-2026.xlsx",
    "fenbridge-fostering-sufficiency-plan-2026.html",
    "fenbridge-corporate-parenting-board-pack-july-2026.pdf",
)
TOKEN = "the token of the tests"
AS_OWNER = {"Authorization": f"Bearer {TOKEN}"}
"""What a program sends to be the owner."""
Serve = Callable[..., TestClient]
FORMULA = '=HYPERLINK("http://example.test","x")'


@dataclass(frozen=True)
class Site:
    """A loaded register and the way to serve it."""

    settings: Settings

    def assistant(self) -> Assistant:
        register = Register.open(database_place(self.settings.data_dir, None), create=False)
        return Assistant(register, LetterEmbedder, lambda: TODAY)

    def app(self, **settings: Any) -> FastAPI:
        chosen = self.settings.model_copy(update={"token": SecretStr(TOKEN), **settings})
        return create_app(self.assistant(), chosen, embedder=LetterEmbedder())


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("plans")
    for name in (*PLANS, "manifest.toml"):
        shutil.copy(CORPUS / name, folder / name)
    entries = (folder / "manifest.toml").read_text(encoding="utf-8").split("[[source]]")
    kept = [entry for entry in entries[1:] if any(f'"{name}"' in entry for name in PLANS)]
    (folder / "manifest.toml").write_text("".join(f"[[source]]{entry}" for entry in kept), encoding="utf-8")
    (folder / "formulas.csv").write_text(
        f'Ref,Action,Owner,Due,Status\nX1,"{FORMULA.replace(chr(34), chr(34) * 2)}",Clerk,1 May 2026,Complete\n'
        'X2,"<script>alert(1)</script> Publish the guide",+44,2 May 2026,On track\n',
        encoding="utf-8",
    )
    settings = read_settings(data_dir=tmp_path_factory.mktemp("data"))
    report = load([folder], settings, embedder=LetterEmbedder())
    assert not report.failed, report.as_text()
    return Site(settings)


@pytest.fixture(scope="session")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of one plan with 240 rows, half of them complete."""
    folder = tmp_path_factory.mktemp("long")
    rows = [
        f"{number},Visit home number {number},{'Clerk' if number % 3 else 'Nurse'},"
        f"{number % 28 + 1} May 2026,{'Complete' if number % 2 else 'On track'}"
        for number in range(1, 241)
    ]
    (folder / "long.csv").write_text("\n".join(["Ref,Action,Owner,Due,Status", *rows]), encoding="utf-8")
    settings = read_settings(data_dir=tmp_path_factory.mktemp("long-data"))
    report = load([folder], settings, embedder=LetterEmbedder())
    assert not report.failed, report.as_text()
    return Site(settings)


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that holds no plan."""
    settings = read_settings(data_dir=tmp_path_factory.mktemp("empty-data"))
    Register.open(database_place(settings.data_dir, None)).close()
    return Site(settings)


@pytest.fixture
def serve(site: Site) -> Iterator[Serve]:
    """Makes a client of a server; `owner=False` reads as the public."""
    with_ends = []

    def client(owner: bool = True, **settings: Any) -> TestClient:
        app = site.app(**settings)
        with_ends.append(app)
        return TestClient(
            app,
            base_url="http://127.0.0.1:8000",
            client=("127.0.0.1", 50_000),
            raise_server_exceptions=False,
            headers=AS_OWNER if owner else {},
        )

    yield client
    for app in with_ends:
        app.state.assistant.register.close()


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve()
