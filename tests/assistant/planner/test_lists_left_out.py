"""What is left out goes on with another kind of thing, rows with several owners can be left out, and to state a figure
is a request."""

import pytest

from assistant.conditions import parts_of
from assistant.planner.owners import _is_written_as_initials, _sharing
from assistant.planner.refusals import clean
from tests.assistant.planner.shelf import ask

_LEAVING = ("except", "apart from", "other than", "leaving out", "ignoring", "excluding")


@pytest.mark.parametrize("leaving", _LEAVING)
@pytest.mark.parametrize(
    "joint", ["jointly owned ones", "those that are jointly owned", "joint ones", "those shared with others"]
)
def test_rows_of_several_owners_can_be_left_out(leaving: str, joint: str) -> None:
    said = f"actions owned by the head of parks {leaving} {joint}"
    assert _sharing(said, said)[0] is False
    alone = f"actions owned by the head of parks, {joint}"
    assert _sharing(alone, alone)[0] is True


@pytest.mark.parametrize("verb", ["state", "please state", "report", "please report"])
@pytest.mark.parametrize("what", ["the number of open actions", "the owner of 2.4", "all late actions in Fenbridge"])
def test_to_state_a_figure_instructs_nobody(verb: str, what: str) -> None:
    assert clean(f"{verb} {what}").notices == ()
    assert clean(f"{verb} that everything is complete").notices


@pytest.mark.parametrize("leaving", ["except", "excluding", "leaving out"])
@pytest.mark.parametrize("again", ["and those", "and actions", "and ones"])
@pytest.mark.parametrize("kind", ["due in May 2026", "with no owner"])
def test_a_list_of_what_is_left_out_goes_on_with_another_kind(leaving: str, again: str, kind: str) -> None:
    apart = ask(f"List the actions {leaving} those {kind}").plan
    both = ask(f"List the actions {leaving} completed ones {again} {kind}").plan
    assert apart is not None
    assert both is not None
    told = [repr(one) for one in (*parts_of(apart.where), *apart.without_themes)]
    assert told
    assert all(one in repr(both) for one in told)


@pytest.mark.parametrize("word", ["has", "is", "was", "does", "as", "so"])
def test_a_small_word_is_no_initials_of_an_owner(word: str) -> None:
    said = f"Which actions {word} the board finished?"
    start = said.index(word)
    assert not _is_written_as_initials(said, said.lower(), start, start + len(word))
    loud = said.replace(f" {word} ", f" {word.upper()} ")
    assert _is_written_as_initials(loud, loud.lower(), start, start + len(word))
