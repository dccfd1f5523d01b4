"""The lock files hold what pyproject.toml asks for, by hash, and nothing with an advisory that was not accepted."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.lock import CPU, CUDA, DEV, ROOT, SERVER, against, entries, locked


def test_every_requirement_is_locked_at_its_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [Requirement(one) for one in (*project["dependencies"], *extras["dev"], *extras["postgres"])]
    held = locked()
    names = {canonicalize_name(one.name): one for one in asked if one.name != project["name"]}
    assert {name: held.get(name) for name in names} == {name: str(one.specifier)[2:] for name, one in names.items()}


@pytest.mark.parametrize("path", [SERVER, DEV, CPU, CUDA], ids=lambda path: path.name)
def test_every_locked_package_has_its_hashes(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    found = entries(text)
    assert found
    assert [name for name, (_, lines) in found.items() if not re.search(r"--hash=sha256:[0-9a-f]{64}", lines)] == []
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert sum(len(own.splitlines()) for _, own in found.values()) == len(lines)


def test_an_advisory_is_found_by_its_range() -> None:
    known = [{"package": "jinja2", "affected": "<3.1.6", "id": "A"}, {"package": "absent", "affected": "<9", "id": "B"}]
    assert against({"jinja2": "3.1.5"}, known) == [("jinja2 3.1.5", ["A"])]
    assert against({"jinja2": "3.1.6"}, known) == []
