"""Whether something is so: a Yes or a No only where a field of the rows tells it."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import CitationKind
from assistant.compose.pieces import decides
from assistant.outcome import AnswerStatus
from assistant.records import Action, Label, Status
from assistant.service import Assistant
from tests.assistant import fenbridge
from tests.readings import an_action

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("whether")
    return fenbridge.assistant(fenbridge.register(folder))


WHO = ["any child", "a family", "anyone", "the children"]
EVENTS = ["been hurt", "run away", "complained", "been sacked", "moved abroad"]


@pytest.mark.parametrize("verb", ["costed", "inspected", "praised", "filmed"])
@pytest.mark.parametrize("who", ["anyone", "a university"])
def test_what_was_done_to_the_work_is_not_affirmed_by_the_rows_on_it(assistant: Assistant, who: str, verb: str) -> None:
    answer = assistant.ask(f"Has {who} {verb} the work on neglect?")
    assert not answer.answer.startswith("Yes")


@pytest.mark.parametrize(("who", "event"), list(itertools.product(WHO, EVENTS)))
def test_an_event_in_the_world_is_never_affirmed_or_denied(assistant: Assistant, who: str, event: str) -> None:
    has = "Have" if who.endswith("children") else "Has"
    answer = assistant.ask(f"{has} {who} {event}?")
    assert not answer.answer.startswith(("Yes", "No."))


@pytest.mark.parametrize("asked", ["Are children safe?", "Is neglect rare?", "Are families happy?"])
def test_how_the_world_is_is_never_affirmed_or_denied(assistant: Assistant, asked: str) -> None:
    assert not assistant.ask(asked).answer.startswith(("Yes", "No."))


def test_what_no_word_chose_rows_by_is_declined(assistant: Assistant) -> None:
    declined = {
        AnswerStatus.CANNOT_ANSWER,
        AnswerStatus.NEEDS_CLARIFICATION,
        AnswerStatus.NO_MATCH,
        AnswerStatus.REFUSED,
    }
    for asked in ("Has anyone been sacked?", "Did any family leave the country?", "Should the director resign?"):
        assert assistant.ask(asked).status in declined


@pytest.mark.parametrize(
    "asked",
    ["Are there any actions on neglect?", "Is anything being done about neglect?", "Do the plans mention neglect?"],
)
def test_what_the_plans_hold_is_affirmed(assistant: Assistant, asked: str) -> None:
    assert assistant.ask(asked).answer.startswith("Yes.")


def test_whether_something_is_odd_begins_with_the_verdict(assistant: Assistant) -> None:
    for kind in ("dates that look wrong", "duplicate actions", "actions with a corrupted owner"):
        answer = assistant.ask(f"Are there any {kind}?")
        found = "something to check" in answer.answer.partition("\n")[0]
        assert answer.answer.startswith("Yes." if found else "No."), answer.answer


KINDS = ["overdue actions", "complete actions", "actions on neglect", "withdrawn actions", "amber actions"]
OPPOSITE = {"Yes.": "No.", "No.": "Yes.", "The": "The"}


@pytest.mark.parametrize("kind", KINDS)
def test_none_is_the_opposite_of_any(assistant: Assistant, kind: str) -> None:
    there_is = assistant.ask(f"Are there any {kind}?", as_of=DAY)
    for said in ("no", "not any", "zero"):
        there_is_not = assistant.ask(f"Are there {said} {kind}?", as_of=DAY)
        assert there_is_not.total == there_is.total
        assert there_is_not.answer.split()[0] == OPPOSITE[there_is.answer.split()[0]]


BOUNDS = {
    "exactly": int.__eq__,
    "at most": int.__le__,
    "at least": int.__ge__,
    "fewer than": int.__lt__,
    "more than": int.__gt__,
    "no more than": int.__le__,
}


@pytest.mark.parametrize(("said", "near"), list(itertools.product(BOUNDS, (-1, 0, 1))))
def test_a_stated_number_is_compared_with_the_count(assistant: Assistant, said: str, near: int) -> None:
    for kind in ("overdue", "complete"):
        held = assistant.ask(f"How many actions are {kind}?", as_of=DAY).total or 0
        answer = assistant.ask(f"Are {said} {held + near} actions {kind}?", as_of=DAY)
        assert answer.answer.startswith("Yes." if BOUNDS[said](held, held + near) else "No."), answer.answer
        assert answer.total == held


@pytest.mark.parametrize("share", ["half", "a quarter", "three quarters", "30%"])
def test_a_stated_share_is_compared_with_the_whole(assistant: Assistant, share: str) -> None:
    parts = {"half": 0.5, "a quarter": 0.25, "three quarters": 0.75, "30%": 0.3}[share]
    whole = assistant.ask("How many actions are there?", as_of=DAY).total or 0
    held = assistant.ask("How many actions are overdue?", as_of=DAY).total or 0
    more = assistant.ask(f"Are more than {share} of the actions overdue?", as_of=DAY)
    assert more.answer.startswith("Yes." if held > parts * whole else "No."), more.answer
    but = assistant.ask(f"Are all but {whole - held} of the actions overdue?", as_of=DAY)
    assert but.answer.startswith("Yes."), but.answer


def _rows(assistant: Assistant) -> list[Action]:
    return [row for row in assistant.desk(frozenset(Label)).view.rows if row.ref and row.ref[0].isalpha()]


def test_what_is_not_recorded_is_neither_affirmed_nor_denied(assistant: Assistant) -> None:
    for row in _rows(assistant):
        told = [assistant.ask(f"Was {row.ref} completed {when}?").answer for when in ("on time", "late")]
        if row.status is Status.COMPLETE and not (row.due and row.completed_on):
            assert not any(one.startswith(("Yes", "No.")) for one in told), told
        if not row.owner:
            assert not assistant.ask(f"Is {row.ref} owned by the Virtual Head?").answer.startswith(("Yes", "No."))


def test_a_recorded_date_that_differs_is_a_no_with_the_recorded_one(assistant: Assistant) -> None:
    for row in _rows(assistant):
        if row.due and not row.due_probable and row.open:
            other = date(row.due.year + 1, row.due.month, 1)
            answer = assistant.ask(f"Is {row.ref} due in {other:%B %Y}?").answer
            assert answer.startswith("No."), answer
            assert f"{row.due:%B %Y}" in answer.partition("\n")[0]


@pytest.mark.parametrize(
    ("note", "said"),
    [("request approved", False), ("as above", False), ("not yet started", True), ("work is ongoing", True)],
)
def test_only_deciding_words_deny_that_an_action_is_done(note: str, said: bool) -> None:
    assert decides(an_action("Do it", status=Status.IN_PROGRESS, status_text=note)) is said


@pytest.mark.parametrize("day", [date(2026, 5, 1), DAY, date(2026, 12, 1)])
def test_one_number_for_a_fact_and_all_of_it_cited(assistant: Assistant, day: date) -> None:
    asked = ("Which actions are overdue?", "How many actions are overdue?", "Are any actions overdue?")
    answers = [assistant.ask(one, as_of=day) for one in asked]
    assert {one.total for one in answers} == {len({cited.id for cited in one.citations}) for one in answers}


@pytest.mark.parametrize("state", ["complete", "blocked", "red", "withdrawn", "overdue"])
@pytest.mark.parametrize("form", ["Is the panel for long-running neglect {}?", "which panel actions are {}?"])
def test_one_action_that_is_spoken_of_is_shown_and_cited_whatever_is_said_of_it(
    assistant: Assistant, form: str, state: str
) -> None:
    answer = assistant.ask(form.format(state))
    assert [one for one in answer.citations if one.kind is CitationKind.ACTION], answer.answer


def test_done_is_yes_of_complete_actions_alone(assistant: Assistant) -> None:
    said = {row.status: assistant.ask(f"Is {row.ref} done?").answer.startswith("Yes") for row in _rows(assistant)}
    assert said[Status.COMPLETE]
    assert not any(yes for status, yes in said.items() if status is not Status.COMPLETE)
    for row in _rows(assistant):
        if row.status is not Status.COMPLETE:
            assert not assistant.ask(f"Is “{row.action}” done?").answer.startswith("Yes"), row.action
