"""What a heading says of all rows below it holds for each; a header of two rows is one; open names are read."""

from pathlib import Path

import pytest

import ingest
from assistant.records import Status
from ingest.layout.drafts import Role
from ingest.layout.headings import best_role
from ingest.layout.shapes import owner_likeness

LEADS = ("Review Team Manager", "Head of Service", "Support Team Leader")


@pytest.mark.parametrize("tail", ["for all actions in this priority", "of each action", "for every task below"])
@pytest.mark.parametrize("name", ["Lead", "Status", "Deadline", "Owner"])
def test_a_heading_that_says_of_which_rows_it_speaks_is_that_heading(name: str, tail: str) -> None:
    assert best_role(f"{name} {tail}") == best_role(name)


@pytest.mark.parametrize("name", ["In whose hands", "At whose door", "Whose desk"])
def test_a_question_for_a_person_names_who(name: str) -> None:
    assert best_role(name)[0] is Role.OWNER


@pytest.mark.parametrize("lead", LEADS)
def test_a_post_that_begins_as_an_instruction_does_is_a_post(lead: str) -> None:
    assert owner_likeness(lead) >= 0.9


@pytest.mark.parametrize("words", ["Review the rota with each manager", "Support every team leader"])
def test_an_instruction_is_no_post(words: str) -> None:
    assert owner_likeness(words) < 0.5


@pytest.mark.parametrize("over", ["Actions to be completed by {}", "Actions due by {}", "By {}"])
def test_a_heading_gives_all_items_their_day(over: str, tmp_path: Path) -> None:
    days = ("30 June 2026", "31 December 2026")
    lists = [
        f"## {over.format(day)}\n\n" + "\n".join(f"- Write part {n} ({lead})" for n, lead in enumerate(LEADS))
        for day in days
    ]
    (path := tmp_path / "plan.md").write_text("# Fenbridge plan\n\n" + "\n\n".join(lists) + "\n", encoding="utf-8")
    found = ingest.read(path).actions
    assert [(one.owner, str(one.due)) for one in found] == [
        (lead, day) for day in ("2026-06-30", "2026-12-31") for lead in LEADS
    ]


def test_a_line_over_records_gives_all_of_them_their_lead_and_is_none_itself(tmp_path: Path) -> None:
    record = "<dl><dt>Ref</dt><dd>2.{n}</dd><dt>Action</dt><dd>Write part {n}</dd>"
    record += "<dt>Deadline</dt><dd>30 June 2026</dd></dl>"
    lines = "<h2>Practice</h2><p>Lead for all actions in this part: Early Help Manager</p>"
    page = "<h1>Fenbridge plan</h1>" + lines + "".join(record.format(n=n) for n in (1, 2, 3))
    (path := tmp_path / "plan.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    found = ingest.read(path).actions
    assert [(one.ref, one.owner) for one in found] == [(f"2.{n}", "Early Help Manager") for n in (1, 2, 3)]


@pytest.mark.parametrize(("title", "parts"), [("Lead", ("Post", "Service")), ("Responsible", ("Role", "Team"))])
def test_a_header_of_titles_over_names_is_one_header(title: str, parts: tuple[str, str], tmp_path: Path) -> None:
    head = '<tr><th rowspan="2">Ref</th><th rowspan="2">Action</th><th colspan="2">Timescale</th>'
    head += (
        f'<th colspan="2">{title}</th></tr><tr><th>Start</th><th>End</th><th>{parts[0]}</th><th>{parts[1]}</th></tr>'
    )
    rows = [
        f"<tr><td>{n}.1</td><td>Write part {n} of the guide</td><td>1 May 2026</td><td>30 June 2026</td>"
        f"<td>{lead}</td><td>Early help</td></tr>"
        for n, lead in enumerate(LEADS, 1)
    ]
    page = f"<h1>Fenbridge plan</h1><table>{head}{''.join(rows)}</table>"
    (path := tmp_path / "plan.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    found = ingest.read(path).actions
    assert [(one.owner, str(one.start), str(one.due)) for one in found] == [
        (one, "2026-05-01", "2026-06-30") for one in LEADS
    ]


@pytest.mark.parametrize("name", ["Outcome", "Result"])
def test_states_with_a_word_more_are_states(name: str, tmp_path: Path) -> None:
    states = [("Completed", Status.COMPLETE), ("In progress, reply awaited", Status.IN_PROGRESS)]
    rows = [f"Write part {n};Head of Service;8 May 2026;{said}" for n, (said, _) in enumerate(states)]
    text = "\n".join([f"Action;Who;By;{name}", *rows])
    (path := tmp_path / "plan.csv").write_text(text, encoding="utf-8")
    assert [one.status for one in ingest.read(path).actions] == [state for _, state in states]


def test_letters_of_a_key_that_name_colours_are_colours_and_states(tmp_path: Path) -> None:
    key = "B = Blue: complete. A = Amber: at risk. G = Green: on track."
    rows = [f"{n}.1;Write part {n} of the guide;Head of Service;8 May 2026;{one}" for n, one in enumerate("GAB", 1)]
    (path := tmp_path / "plan.csv").write_text("\n".join(["Ref;Action;Who;By;BAG", *rows, "", key]), encoding="utf-8")
    found = [(one.rag and one.rag.value, one.status) for one in ingest.read(path).actions]
    assert found == [("green", Status.ON_TRACK), ("amber", Status.AT_RISK), ("blue", Status.COMPLETE)]
