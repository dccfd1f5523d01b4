from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import read_settings


def test_every_setting_has_a_default() -> None:
    assert read_settings().data_dir == Path("data")


def test_a_variable_sets_and_a_given_value_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_ASSISTANT_DATA_DIR", "/plans")
    monkeypatch.setenv("PLAN_ASSISTANT_LOCK_WAIT_SECONDS", "3")
    assert read_settings().data_dir == Path("/plans")
    assert read_settings(data_dir=Path("here")).data_dir == Path("here")
    assert read_settings(data_dir=None).lock_wait_seconds == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [("PLAN_ASSISTANT_CELLS", "many"), ("PLAN_ASSISTANT_CELLS", "0"), ("PLAN_ASSISTANT_DATADIR", "data")],
)
def test_an_impossible_or_unknown_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        read_settings()
