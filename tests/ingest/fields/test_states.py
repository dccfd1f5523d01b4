"""Status and colour: what is written, and nothing else."""

from __future__ import annotations

import pytest

from assistant.records import Action, Rag, Status
from ingest.layout.statuswords import claim_of, colour_in, colour_of, is_dropped, meaning_of, short_status
from tests.ingest.understood import codes, rows


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Complete", Status.COMPLETE),
        ("CLOSED", Status.COMPLETE),
        ("On track", Status.ON_TRACK),
        ("Carried forward", Status.IN_PROGRESS),
        ("c/f", Status.IN_PROGRESS),
        ("Not yet started", Status.NOT_STARTED),
        ("On hold", Status.BLOCKED),
        ("At risk", Status.AT_RISK),
        ("60%", Status.IN_PROGRESS),
        ("✅", Status.COMPLETE),
        ("Timing tbc", Status.NOT_RECORDED),
        ("Phase 2", None),
        ("", None),
    ],
)
def test_short_states(text: str, status: Status | None) -> None:
    assert short_status(text) is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Six sessions have taken place, feedback sent.", Status.COMPLETE),
        ("In place. Weekly notes show it.", Status.COMPLETE),
        ("Plan in place. Actions are being progressed.", Status.IN_PROGRESS),
        ("Sessions have taken place. Awaiting feedback from the chair.", Status.IN_PROGRESS),
        ("This will be completed after the move.", Status.BLOCKED),
        ("Visits took place. Suspended since January.", Status.BLOCKED),
        ("Work has not started.", Status.NOT_STARTED),
        ("Behind schedule because of a vacancy", Status.AT_RISK),
        ("To be completed by March", Status.NOT_RECORDED),
        ("Numbers are up", Status.IN_PROGRESS),
        ("Nothing has been delivered", Status.IN_PROGRESS),
        ("Two of five teams completed", Status.IN_PROGRESS),
        ("50% of staff have been trained", Status.IN_PROGRESS),
        ("100% of staff have been trained", Status.COMPLETE),
        ("Complete apart from the audit", Status.IN_PROGRESS),
        ("Completed by March 2027", Status.IN_PROGRESS),
        ("No concerns. All delivered.", Status.COMPLETE),
        ("as above", Status.NOT_RECORDED),
        ("see action 4 above", None),
        ("", None),
    ],
)
def test_claims_of_progress(text: str, status: Status | None) -> None:
    assert claim_of(text) is status


STATES = {
    "Complete": Status.COMPLETE,
    "Done": Status.COMPLETE,
    "On track": Status.ON_TRACK,
    "Overdue": Status.AT_RISK,
    "On hold": Status.BLOCKED,
    "Cancelled": Status.WITHDRAWN,
}


@pytest.mark.parametrize("word", STATES)
@pytest.mark.parametrize(
    "way",
    ["{} - no", "{}: no", "{}? No", "{}?", "No longer {}", "Never {}", "Was {}, now reopened", "{} in error",
     "{} lifted", "{} then reinstated", "{} in May 2026 and since reopened"],
)  # fmt: skip
def test_a_word_of_state_that_is_taken_back_is_not_the_state(way: str, word: str) -> None:
    text = way.format(word if way[0] == "{" else word.lower())
    row = rows("| Action | Lead | Due | Status |", f"| Do it | JB | May 2026 | {text} |")[0]
    assert row.status is not STATES[word]
    assert row.status_text == text
    assert claim_of(text) is not STATES[word]
    assert not is_dropped(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Never started", Status.NOT_STARTED),
        ("Neither started nor planned", Status.NOT_STARTED),
        ("Awaiting completion", Status.NOT_RECORDED),
        ("Action not required", Status.NOT_RECORDED),
        ("Not at risk", Status.NOT_RECORDED),
        ("Was paused, now on track", Status.ON_TRACK),
        ("Complete. Not delayed", Status.COMPLETE),
        ("Completed - no further action", Status.COMPLETE),
        ("Completed - centre reopened", Status.COMPLETE),
        ("On hold - to be resumed in April", Status.BLOCKED),
        ("Not complete", Status.NOT_RECORDED),
    ],
)
def test_what_is_said_beside_a_denial_counts(text: str, status: Status) -> None:
    assert claim_of(text) is status


@pytest.mark.parametrize("word", ["completed", "done", "delivered", "implemented", "published"])
@pytest.mark.parametrize("section", ["Current actions", "Completed actions"])
@pytest.mark.parametrize(
    "way",
    ["Not {}", "Not yet {}", "This was not {} owing to sickness", "To be {}", "To be {} by March", "Yet to be {}",
     "Expected to be {} in June", "Completion expected June", "Due for completion in June", "Has not been {}"],
)  # fmt: skip
def test_an_end_that_is_denied_or_to_come_says_not_that_it_began(way: str, section: str, word: str) -> None:
    text = way.format(word)
    table = ("| Action | Lead | Due | Status |", f"| Do it | JB | May 2026 | {text} |")
    assert [(row.status, row.status_text) for row in rows(f"# {section}", "", *table)] == [(Status.NOT_RECORDED, text)]
    going = f"{text}, work is under way"
    assert claim_of(going) is Status.IN_PROGRESS


@pytest.mark.parametrize("text", ["Not green", "Green?", "No longer green", "Green - no"])
def test_a_colour_that_is_denied_is_no_colour(text: str) -> None:
    assert colour_of(text) is None
    assert colour_in(text) is None


@pytest.mark.parametrize(
    ("meaning", "status"),
    [
        ("fully completed", Status.COMPLETE),
        ("will be done by its date", Status.ON_TRACK),
        ("late, but moving", Status.AT_RISK),
        ("stuck", Status.BLOCKED),
        ("100%", Status.COMPLETE),
        ("25-74%", Status.IN_PROGRESS),
        ("High", None),
    ],
)
def test_meanings_of_a_key(meaning: str, status: Status | None) -> None:
    assert meaning_of(meaning) is status


@pytest.mark.parametrize(
    ("text", "rag"),
    [
        ("Green", Rag.GREEN),
        ("A", Rag.AMBER),
        ("🔴 Red", Rag.RED),
        ("R1", None),
        ("Green Lane", None),
        ("Amber/Green", None),
    ],
)
def test_colours(text: str, rag: Rag | None) -> None:
    assert colour_of(text) is rag


def one(heading: str, status: str, *key: str, due: str = "May 2025") -> Action:
    return rows(*key, "", f"Action ¦ Lead ¦ Due ¦ {heading}", f"Ring each family ¦ SM ¦ {due} ¦ {status}")[0]


@pytest.mark.parametrize("rating", ["BRAG: {}", "RAG rating: {}", "RAG - {}", "rag = {}"])
@pytest.mark.parametrize("colour", ["Blue", "green", "AMBER"])
@pytest.mark.parametrize("words", ["", " - on track", ", not started", ". Two of three are held"])
def test_a_colour_named_as_a_rating_is_one_in_any_news(rating: str, colour: str, words: str) -> None:
    rated, other = rows(
        "Action ¦ Lead ¦ Due ¦ Progress to date",
        f"Paint the pier ¦ Mate ¦ May 2026 ¦ {rating.format(colour)}{words}",
        f"Oil the crane ¦ Mate ¦ May 2026 ¦ {colour} paper read",
    )
    assert (rated.rag, other.rag) == (Rag(colour.lower()), None)


def test_a_colour_counts_by_the_plans_own_key() -> None:
    action = one("RAG", "Amber", "The amber actions are on track to be completed in time.")
    assert (action.status, action.rag_meaning) == (Status.ON_TRACK, "on track to be completed in time")


def test_a_colour_without_a_key_is_no_status() -> None:
    action = one("RAG", "Green")
    assert (action.status, action.rag, action.status_text) == (Status.NOT_RECORDED, Rag.GREEN, None)


def test_a_colour_in_a_status_column_is_also_its_text() -> None:
    assert one("Status", "Yellow").status_text == "Yellow"


@pytest.mark.parametrize("said", ["Meeting held in January", "Policy sent to staff", "Embedded"])
def test_beside_amber_or_red_an_event_is_not_the_end(said: str) -> None:
    head = "Action ¦ Lead ¦ Due ¦ Progress ¦ RAG"
    states = [
        rows(head, f"Ring each family ¦ SM ¦ May 2025 ¦ {words} ¦ {colour}")[0].status
        for words in (said, "Complete")
        for colour in ("Amber", "Red")
    ]
    assert states == [Status.IN_PROGRESS] * 2 + [Status.COMPLETE] * 2


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [
        ("Complete?", Status.COMPLETE, Status.IN_PROGRESS),
        ("On track?", Status.ON_TRACK, Status.AT_RISK),
        ("Started?", Status.IN_PROGRESS, Status.NOT_STARTED),
        ("Status", Status.NOT_RECORDED, Status.NOT_RECORDED),
    ],
)
def test_yes_and_no_say_what_the_heading_asks(heading: str, yes: Status, no: Status) -> None:
    assert [one(heading, word).status for word in ("Yes", "No")] == [yes, no]


def test_a_rating_of_something_else_is_not_progress() -> None:
    action = one("RAG", "Red", "Rated level of impact of the move on dates", "", "R=High A=Medium G=Low")
    assert (action.rag, action.status) == (Rag.RED, Status.NOT_RECORDED)


def test_the_word_complete_in_the_date_cell() -> None:
    action = one("RAG", "Green", due="Complete")
    assert action.status is Status.COMPLETE
    assert "completion_in_date_cell" in codes(action)


def test_words_that_the_colour_contradicts_are_flagged() -> None:
    action = one("RAG", "Red – complete", "Red = stuck", "Green = done")
    assert action.status is Status.COMPLETE
    assert "colour_contradicts_words" in codes(action)


def test_done_in_another_column_counts_and_is_flagged() -> None:
    (action,) = rows("Action ¦ Lead ¦ Due ¦ How will we know? ¦ RAG", "Ring ¦ SM ¦ May 2025 ¦ DONE ¦ ")
    assert action.status is Status.COMPLETE
    assert "text_in_wrong_place" in codes(action)


def test_the_newest_entry_of_a_diary_counts() -> None:
    (action,) = rows("Action ¦ Lead ¦ Update", "Ring ¦ SM ¦ 12/05/25: complete for two teams. 03/06/25: on hold.")
    assert action.status is Status.BLOCKED


def test_a_completion_date_after_the_word() -> None:
    (action,) = rows("Action ¦ Lead ¦ Update", "Ring ¦ SM ¦ Closed 5 May 2025 - see paper 4")
    assert (action.status, str(action.completed_on)) == (Status.COMPLETE, "2025-05-05")
