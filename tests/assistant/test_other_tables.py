"""Questions to the tables beside the actions of an invented plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import CitationKind
from assistant.other_tables import Work, ask_tables, number_of
from assistant.outcome import AnswerStatus
from assistant.records import OWNER, ReadAs
from assistant.register import Register, database_place
from assistant.settings import Settings
from assistant.view import View
from ingest.load import load
from tests.fakes import LetterEmbedder

PLAN = """# Eastmere Council: Improvement Plan 2026-27

| Ref | Action | Owner | Due | Status |
|---|---|---|---|---|
| 1 | Recruit ten mentors | Mentoring Manager | 30 June 2026 | On track |
| 2 | Audit case notes | Quality Manager | 31 July 2026 | Complete |

## Performance measures

| Measure | Target 2026/27 | Actual Q1 | Owner |
|---|---|---|---|
| Visits within ten days | 90% | 84% | Head of Assessment |
| Leavers in touch | 95% | 96% | Head of Care |
| Calls answered | 85% | 61% | Duty Manager |

## Budget

| Service | Budget 2026/27 | Forecast |
|---|---|---|
| Mentoring | £4.2m | £4.35m |
| Residential | £7.1m | £8.0m |

## Risks

| Risk | Likelihood | Impact | Score | Risk owner |
|---|---|---|---|---|
| Staff leave | 4 | 5 | 20 | Head of Assessment |
| No rooms in town | 3 | 5 | 15 | Head of Care |
| The case system fails | 2 | 4 | 8 | Head of Care |
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tables")
    (root / "plans").mkdir()
    (root / "plans" / "eastmere.md").write_text(PLAN, encoding="utf-8")
    load([root / "plans"], Settings(data_dir=root / "data"), embedder=LetterEmbedder())
    return root / "data"


@pytest.fixture
def view(data: Path) -> Iterator[View]:
    register = Register.open(database_place(data, None))
    yield View(register, OWNER)
    register.close()


def test_every_table_is_held_with_what_it_was_read_as(view: View) -> None:
    assert [(read.read_as, read.title, read.rows) for _, read in view.tables][1:] == [
        (ReadAs.MEASURES, "Performance measures", 3),
        (ReadAs.BUDGET, "Budget", 2),
        (ReadAs.RISKS, "Risks", 3),
    ]


@pytest.mark.parametrize(
    ("question", "first_cells", "work", "result"),
    [
        ("What is the budget for mentoring?", ["Mentoring"], None, None),
        ("what is the forecast for residential", ["Residential"], None, None),
        ("Which measures are below target?", ["Visits within ten days", "Calls answered"], Work.BELOW, None),
        ("which measures are on target", ["Leavers in touch"], Work.MET, None),
        ("risks owned by the Head of Care", ["No rooms in town", "The case system fails"], None, None),
        ("Who owns the risk of the case system?", ["The case system fails"], None, None),
        ("Which risk has the highest score?", ["Staff leave"], Work.MOST, 20.0),
        ("which risk has the lowest score in Eastmere", ["The case system fails"], Work.LEAST, 8.0),
        ("What is the total budget for 2026/27?", ["Mentoring", "Residential"], Work.SUM, 11_300_000.0),
        ("Which risks have a score over 10?", ["Staff leave", "No rooms in town"], Work.MORE, 10.0),
        ("risks scoring 15 or more", ["Staff leave", "No rooms in town"], Work.AT_LEAST, 15.0),
        ("which services have a budget under £5m", ["Mentoring"], Work.LESS, 5_000_000.0),
        (
            "measures with an actual of at least 84%",
            ["Visits within ten days", "Leavers in touch"],
            Work.AT_LEAST,
            84.0,
        ),
        ("which services are overspent", ["Mentoring", "Residential"], Work.ABOVE_BUDGET, None),
        (
            "what is the average risk score",
            ["Staff leave", "No rooms in town", "The case system fails"],
            Work.MEAN,
            43 / 3,
        ),
        (
            "list the risks in order of score",
            ["Staff leave", "No rooms in town", "The case system fails"],
            Work.ORDER,
            None,
        ),
        (
            "measures sorted by actual q1",
            ["Leavers in touch", "Visits within ten days", "Calls answered"],
            Work.ORDER,
            None,
        ),
        ("how many risks are there", ["Staff leave", "No rooms in town", "The case system fails"], Work.COUNT, 3.0),
    ],
)
def test_rows_of_a_table(
    view: View, question: str, first_cells: list[str], work: Work | None, result: float | None
) -> None:
    found = ask_tables(question, view)
    assert found is not None
    assert [line.cells[0] for line in found.lines] == first_cells
    assert (found.work, found.left) == (work, ())
    assert found.result == (pytest.approx(result) if result else result)


@pytest.mark.parametrize(
    "question",
    ["Which actions are overdue?", "what are we doing about mentoring", "What is the budget for adoption?", "hello"],
)
def test_what_no_table_explains(view: View, question: str) -> None:
    assert ask_tables(question, view) is None


def test_the_answer_cites_each_row_and_counts_no_action(data: Path) -> None:
    answer = Assistant.open(data).ask("Which measures are below target?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.total is None
    assert "Target 2026/27 90%; Actual Q1 84%" in answer.answer
    assert [(one.kind, one.locator.line_start) for one in answer.citations] == [
        (CitationKind.PASSAGE, 12),
        (CitationKind.PASSAGE, 14),
    ]
    assert Assistant.open(data).ask("How many actions are there?").total == 2


@pytest.mark.parametrize(
    ("cell", "number"),
    [("£4.2m", 4_200_000), ("85%", 85), ("1,250", 1250), ("(3)", -3), ("£12k", 12_000), ("May 2026", None)],
)  # fmt: skip
def test_numbers_of_cells(cell: str, number: float | None) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize(
    "names", [("Sept 2025", "Mar 2026"), ("2024/25", "2025/26"), ("Q1", "Q2"), ("Actual Q3", "Actual Q4")]
)
@pytest.mark.parametrize("aims", [("Target",), ("Target 2026", "Target 2027")])
def test_the_last_figure_with_its_day_is_set_against_the_target(
    names: tuple[str, str], aims: tuple[str, ...], tmp_path: Path
) -> None:
    head = " | ".join(["Measure", *names, *aims])
    rows = [["Visits", "95", "84", *["90"] * len(aims)], ["Calls", "61", "92", *["90"] * len(aims)]]
    lines = [f"| {head} |", f"|{'---|' * (3 + len(aims))}", *(f"| {' | '.join(row)} |" for row in rows)]
    plan = PLAN.partition("## Performance")[0] + "## Performance measures\n\n" + "\n".join(lines) + "\n"
    (path := tmp_path / "plan.md").write_text(plan, encoding="utf-8")
    load([path], Settings(data_dir=tmp_path / "data"), embedder=LetterEmbedder())
    answer = Assistant.open(tmp_path / "data").ask("Which measures are below target?").answer
    assert "Visits" in answer
    assert "Calls" not in answer
