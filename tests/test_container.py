"""The container file and the compose file stand with the program: what they name is there, and nobody runs as root."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import yaml

from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
LEFT_OUT = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def _instructions() -> list[tuple[str, str]]:
    """Instructions of the container file with their arguments, continued lines joined."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def _of(name: str) -> list[str]:
    return [rest for own, rest in _instructions() if own == name]


def test_everything_that_is_copied_is_there_and_not_left_out() -> None:
    copied = [word for rest in _of("COPY") if "--from" not in rest for word in rest.split()[:-1]]
    assert copied
    for name in copied:
        assert (ROOT / name).exists(), name
        assert name not in LEFT_OUT


def test_every_room_that_the_program_needs_is_copied() -> None:
    copied = " ".join(_of("COPY")).split()
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms | {"prompts"} <= set(copied)


def test_bases_are_named_by_version_and_the_last_user_has_no_rights() -> None:
    assert all(re.search(r":\d[\w.]*-", base.split()[0]) for base in _of("FROM"))
    assert int(_of("USER")[-1]) >= 1_000
    order = [name for name, _ in _instructions()]
    assert max(place for place, name in enumerate(order) if name == "RUN") < order.index("USER")


def test_health_is_asked_at_a_route_that_the_server_has() -> None:
    [check] = _of("HEALTHCHECK")
    asked = re.search(r"127\.0\.0\.1:(\d+)(/[\w/]+)", check)
    assert asked
    assert asked.group(1) in _of("EXPOSE")
    assert any(f'"{asked.group(2)}"' in path.read_text() for path in (ROOT / "api" / "routes").glob("*.py"))


def test_settings_are_those_of_the_program() -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    named = [word.split("=")[0] for rest in _of("ENV") for word in shlex.split(rest)]
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    named += [name for service in compose["services"].values() for name in service.get("environment", {})]
    assert {name for name in named if name.startswith(PREFIX)} <= known


def test_services_are_watched_shut_and_keep_what_they_hold() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    for name, service in compose["services"].items():
        assert service["restart"]
        assert "healthcheck" in service or service["build"]["dockerfile"] == "Containerfile", name
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:"), port
        held = {volume.split(":")[0] for volume in service["volumes"] if not volume.startswith(".")}
        assert held <= set(compose["volumes"])
    own = compose["services"]["assistant"]
    assert own["read_only"]
    assert own["cap_drop"] == ["ALL"]
    assert own["depends_on"]["database"]["condition"] == "service_healthy"
    assert "healthcheck" in compose["services"]["database"]
