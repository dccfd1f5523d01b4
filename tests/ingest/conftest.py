"""What tests of loading start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.ingest.folders import Folder


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Folder:
    return Folder(tmp_path / "plans", settings)
