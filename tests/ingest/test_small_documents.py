"""Small documents that were once read wrongly."""

from __future__ import annotations

from pathlib import Path

import ingest
from assistant.records import Action, Status


def read(folder: Path, text: str, name: str = "plan.txt") -> tuple[Action, ...]:
    """The actions of a document with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return ingest.read(path).actions


def test_a_step_taken_beside_amber_is_not_the_end_of_the_action(tmp_path: Path) -> None:
    rows = (
        "Action\tLead\tDue\tRAG\tProgress\nAgree panel terms\tYJS Manager\tMay 2026\tAmber\tMeeting held in January\n"
    )
    (action,) = read(tmp_path, rows + "\n")
    assert action.status is Status.IN_PROGRESS


def test_a_state_labelled_after_the_bracket_with_owner_and_date(tmp_path: Path) -> None:
    text = (
        "Fenbridge Council\nInclusion plan\n\nArea 1: Plans\n\n"
        "1. Train all plan writers (Lead: SEND Manager; by March 2025). Status: on track.\n"
        "2. Publish waiting times (Lead: ICB). Status: complete.\n"
    )
    first, second = read(tmp_path, text)
    assert (first.action, first.owner, first.status) == (
        "Train all plan writers",
        "SEND Manager",
        Status.ON_TRACK,
    )
    assert second.status is Status.COMPLETE


def test_words_that_go_on_below_in_another_cell_are_not_lost(tmp_path: Path) -> None:
    text = (
        "No | Meeting | Action | Lead | Due | Update\n--- | --- | --- | --- | --- | ---\n"
        "1 | 16/01/24 | Agree the threshold guide | MK | 29/02/24 | Draft shared\n"
        "  |  | and publish it on the website | | |\n"
    )
    (action,) = read(tmp_path, text)
    assert " ".join(action.action.split()) == "Agree the threshold guide and publish it on the website"


def test_a_heading_that_every_part_repeats_is_no_section(tmp_path: Path) -> None:
    parts = "".join(
        f"RECOMMENDATION {number}\n\nHow well we do thing {number}\n\nTHE DIFFERENCE WE WANT\n\n- Children are safe\n\n"
        f"WHAT WE WILL DO\n\nR{number}.1 Write the guide number {number} for every team\n\nWHEN\n\nJune 2026\n\n"
        for number in (1, 2, 3)
    )
    sections = [action.section for action in read(tmp_path, "Fenbridge action plan\n\n2026\n\n" + parts)]
    assert sections == ["RECOMMENDATION 1", "RECOMMENDATION 2", "RECOMMENDATION 3"]


def test_each_priority_over_a_repeated_header_is_a_section(tmp_path: Path) -> None:
    header = "Priority\tAction\tLead\tDue\tRAG\n"
    text = "Priority One: Help\t\t\t\t\n" + header + "1.0 Early\tWrite a guide\tSM\tJune 2026\tGreen\n"
    text += "\tShare a guide\tSM\tJuly 2026\tAmber\n\nPriority Two: Care\t\t\t\t\n" + header
    text += "2.0 Homes\tFind carers\tSM\tJune 2026\tGreen\n\tKeep carers\tSM\tJuly 2026\tAmber\n"
    sections = [action.section for action in read(tmp_path, text, "plan.tsv")]
    assert sections == ["Priority One: Help"] * 2 + ["Priority Two: Care"] * 2


def test_what_minutes_tell_beside_an_action_is_kept_as_prose(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text(
        "Fenbridge Corporate Parenting Board\nMinutes of 5 June 2025\n\nItem 3. Health\n"
        "Dr Reed reported that 78% of first health checks were on time.\n"
        "ACTION: Dr Reed to report the reasons for late checks by 31 July 2025\n",
        encoding="utf-8",
    )
    reading = ingest.read(path)
    assert [action.due_text for action in reading.actions] == ["by 31 July 2025"]
    assert any("78% of first health checks" in passage.text for passage in reading.passages)


def test_a_plain_word_of_completion_in_another_column_outweighs_words_that_claim_nothing(tmp_path: Path) -> None:
    rows = "Who?\tAction\tBy when?\tHow will we know?\tRAG rated progress\t\n"
    rows += "MANAGERS\tKeep notes of each talk\tEND AUG 2025\tDONE\t\tAudit (Nov) shows good notes.\n"
    rows += "MANAGERS\tRemind the teams\tEND AUG 2025\tNotes\t\tAudit (Nov) shows good notes.\n"
    first, second = read(tmp_path, rows, "plan.tsv")
    assert (first.status, second.status) == (Status.COMPLETE, Status.IN_PROGRESS)


def test_labels_in_one_line_parted_by_wide_space_and_words_below_them(tmp_path: Path) -> None:
    text = (
        "Fenbridge Council\nWorkforce plan\n\n"
        "1.1 Fill the four posts in the\n    assessment team\n"
        "Owner: Head of Workforce    Due: 30/06/2026    RAG: Amber\n"
        "Two are filled.\n\n1.2 Cut agency use\nOwner: HR Lead   Due: March 2027   RAG: Red\n18% in April.\n"
        "1.3 Keep a list of leavers\nOwner: HR Lead   Due: ongoing   RAG: Green\n"
    )
    first, second, third = read(tmp_path, text)
    assert first.action.split()[-2:] == ["assessment", "team"]
    assert (first.owner, first.due_text, first.progress) == ("Head of Workforce", "30/06/2026", "Two are filled.")
    assert (second.ref, second.rag, second.progress) == ("1.2", "red", "18% in April.")
    assert (third.ref, third.owner, third.due_text) == ("1.3", "HR Lead", "ongoing")


def test_dots_lead_from_a_label_to_its_value(tmp_path: Path) -> None:
    text = "".join(
        f"Task {n}\nRing each family of area {n}\n  Lead ........ Help Manager\n  Finish ...... June 2026\n\n"
        for n in (1, 2)
    )
    assert [(action.owner, action.due_text) for action in read(tmp_path, text)] == [("Help Manager", "June 2026")] * 2
