"""The command line over the sample corpus, loaded once with the real reader and the real embedder."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from api.cli import app, main
from api.cli_printing import shown

CORPUS = Path(__file__).parents[2] / "corpus"
HEAVY = {"torch", "chromadb", "langchain", "langchain_core", "fastapi", "onnxruntime", "sentence_transformers", "numpy"}
CONTRACT_ACTION = {
    *("id", "document", "plan", "authority", "plan_date", "section", "recommendation", "ref", "action"),
    *("action_parent", "owner", "owners", "start", "due", "start_text", "due_text", "due_precision", "due_probable"),
    *("status", "status_text", "rag", "rag_meaning", "completed_on", "success_measure", "outcome", "locator"),
    *("field_locators", "flags", "label"),
}


@dataclass
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


class Command:
    """`plan-assistant` in this process, over one data folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str], data_dir: Path) -> None:
        self._capsys, self.data_dir = capsys, data_dir

    def __call__(self, *arguments: str | Path) -> Done:
        self._capsys.readouterr()
        code: Any = 0
        try:
            main([*map(str, arguments), "--data-dir", str(self.data_dir)])
        except SystemExit as exit_:
            code = exit_.code
        captured = self._capsys.readouterr()
        return Done(int(code or 0), captured.out, captured.err)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the corpus."""
    data_dir = tmp_path_factory.mktemp("loaded")
    with pytest.raises(SystemExit) as ended:
        main(["ingest", str(CORPUS), "--data-dir", str(data_dir)])
    assert not ended.value.code
    return data_dir


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], loaded: Path) -> Command:
    return Command(capsys, loaded)


@pytest.fixture
def fresh(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """The command over a data folder that is not there."""
    return Command(capsys, tmp_path / "data")


def test_help_names_every_command_and_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom api.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in ("ingest", "sources", "actions", "ask", "serve"))
    assert not HEAVY & set(json.loads(done.stderr.replace("'", '"')))


def test_every_command_takes_the_folder_of_the_register() -> None:
    waiting, wrong = [get_command(app)], []
    while waiting:
        one = waiting.pop()
        below = list(getattr(one, "commands", {}).values())
        waiting += below
        if not below and "data_dir" not in {option.name for option in one.params}:
            wrong.append(one.name)
    assert wrong == []


def test_reading_the_register_imports_no_encoder(loaded: Path) -> None:
    script = (
        "import sys\nfrom api.cli import main\n"
        f"try:\n    main(['actions', '--json', '--data-dir', {str(loaded)!r}])\nexcept SystemExit:\n    pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not HEAVY & set(json.loads(done.stderr.splitlines()[-1].replace("'", '"')))


@pytest.mark.slow
def test_an_ingest_again_is_unchanged(command: Command) -> None:
    done = command("ingest", CORPUS, "--json")
    [report] = done.lines
    assert {each["status"] for each in report["documents"]} == {"unchanged"}
    assert {each["embedded"] for each in report["documents"]} == {0}
    assert report["corpus_version"]
    assert done.code == 0


def test_an_ingest_says_what_it_rejects_and_loads_the_rest(fresh: Command, tmp_path: Path) -> None:
    good = tmp_path / "plan.csv"
    good.write_text("Ref,Action,Owner,Due\n1,Audit case files,SM,June 2026\n2,Train carers,HR,July 2026\n")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = fresh("ingest", good, tmp_path / "empty.txt", tmp_path / "nowhere", "--json")
    [report] = done.lines
    statuses = {Path(each["document"]).name: each["status"] for each in report["documents"]}
    assert done.code == 1
    assert statuses == {"nowhere": "rejected", "plan.csv": "complete", "empty.txt": "rejected"}
    assert "it is empty" in done.err
    assert "no such file" in done.err
    assert [row["ref"] for row in fresh("actions", "--json").lines] == ["1", "2"]


def test_actions_have_the_fields_of_the_contract(command: Command) -> None:
    rows = command("actions", "--json").lines
    assert rows
    assert all(row.keys() >= CONTRACT_ACTION for row in rows)


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (("--plan", "tracker"), lambda row: "Tracker" in row["plan"]),
        (("--status", "complete"), lambda row: row["status"] == "complete"),
        (("--rag", "red"), lambda row: row["rag"] == "red"),
        (
            ("--due-from", "2026-01-01", "--due-to", "31/03/2026"),
            lambda row: "2026-01-01" <= row["due"] <= "2026-03-31",
        ),
        (
            ("--overdue", "--as-of", "2026-03-01"),
            lambda row: row["due"] < "2026-03-01" and row["status"] != "complete",
        ),
        (("--q", "neglect"), lambda row: "neglect" in json.dumps(row).lower()),
    ],
)
def test_a_filter_keeps_exactly_the_rows_that_it_names(
    command: Command, arguments: tuple[str, ...], holds: Any
) -> None:
    rows = command("actions", "--json", *arguments).lines
    rest = {row["id"] for row in command("actions", "--json").lines} - {row["id"] for row in rows}
    assert rows
    assert rest
    assert all(holds(row) for row in rows)


def test_an_owner_is_found_whole_or_by_words(command: Command) -> None:
    everybody = [row for row in command("actions", "--json").lines if row["owners"]]
    name = everybody[0]["owners"][0]
    found = command("actions", "--json", "--owner", name.upper()).lines
    assert {row["id"] for row in everybody if name in row["owners"]} <= {row["id"] for row in found}


def test_tables_are_for_people(command: Command) -> None:
    assert "Neglect" in command("actions", "--q", "neglect").out
    shown = command("sources").out
    assert all(word in shown for word in ("Fenbridge Council", "public", "internal"))
    assert len(command("sources", "--json").lines) == len(list(CORPUS.glob("fenbridge-*.*")))


def test_one_answer_in_words_and_as_data(command: Command) -> None:
    said = command("ask", "what actions on neglect are overdue?", "--as-of", "2026-03-01")
    assert said.code == 0
    assert "[1]" in said.out
    assert "As of 2026-03-01" in said.out
    [answer] = command("ask", "what actions on neglect are overdue?", "--as-of", "2026-03-01", "--json").lines
    assert answer["status"] == "answered"
    assert answer["total"] == len({each["id"] for each in answer["citations"]}) > 0


def test_a_batch_answers_line_by_line_in_order(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    asked = [
        {"qid": "a", "question": "how many actions are there?"},
        {"question": "what is overdue?", "as_of": "2026-03-01", "conversation": ["what actions are about neglect?"]},
    ]
    file.write_text("\n".join(json.dumps(line) for line in asked) + "\n")
    done = command("ask", "--batch", file)
    assert done.code == 0
    assert [line["qid"] for line in done.lines] == ["a", None]
    assert done.lines[1]["as_of"] == "2026-03-01"


def test_a_line_that_cannot_be_asked_is_an_error_and_the_rest_is_answered(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = [
        '{"qid": "1"}',
        "not json",
        '{"qid": "3", "question": "how many?", "as_of": "now"}',
        '{"qid": "4", "question": ""}',
    ]
    long = json.dumps({"qid": "5", "question": "what? " * 2_000})
    file.write_text("\n".join([*lines, long, '{"qid": "6", "question": "how many actions are there?"}']))
    done = command("ask", "--batch", file)
    assert done.code == 1
    assert [line["qid"] for line in done.lines] == ["1", None, "3", "4", "5", "6"]
    assert [line["status"] for line in done.lines] == ["error"] * 3 + ["needs_clarification"] * 2 + ["answered"]
    assert "line 2" in done.lines[1]["answer"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", "what? " * 2_000), "characters; at most"),
        (("ask", " "), "empty"),
        (("ask", "what is late?", "--as-of", "2026-02-31"), "is not a day"),
        (("ask", "what is late?", "--reader", "judge"), "Unknown reader"),
        (("ask",), "Give a question or --batch"),
        (("ask", "--batch", "nowhere.jsonl"), "nowhere.jsonl"),
        (("actions", "--status", "done"), "done"),
        (("actions", "--due-from", "soon"), "is not a day"),
    ],
)
def test_what_cannot_be_asked_is_said_on_standard_error(
    command: Command, arguments: tuple[str, ...], message: str
) -> None:
    done = command(*arguments)
    assert done.code != 0
    assert done.out == ""
    assert message in " ".join(done.err.replace("│", " ").split())


@pytest.mark.parametrize("arguments", [("sources",), ("actions",), ("ask", "what is late?"), ("serve",)])
def test_without_a_register_every_command_says_what_to_do(fresh: Command, arguments: tuple[str, ...]) -> None:
    done = fresh(*arguments)
    assert done.code == 1
    assert "Load plans first: plan-assistant ingest" in done.err
    assert not fresh.data_dir.exists()


def test_a_setting_that_cannot_be_is_named(fresh: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_ASSISTANT_PAGES", "none")
    assert "PLAN_ASSISTANT_PAGES" in fresh("sources").err


def test_the_data_folder_can_be_a_variable(
    capsys: pytest.CaptureFixture[str], loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_ASSISTANT_DATA_DIR", str(loaded))
    with pytest.raises(SystemExit):
        main(["sources", "--json"])
    assert capsys.readouterr().out


def test_what_a_terminal_would_obey_is_written_out() -> None:
    assert shown("a\x1b[2J\x07 b\u202e\x9bc\nd\té") == "a\\x1b[2J\\x07 b\\x202e\\x9bc\nd\té"
