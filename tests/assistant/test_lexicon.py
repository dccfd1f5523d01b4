"""The one table of words: what phrases find in questions, and what whole headings and cells name."""

from __future__ import annotations

import pytest

from assistant.lexicon import concept_of, find, phrases, table, words_of


def _said(text: str, role: str) -> set[tuple[str, str]]:
    words = words_of(text)
    return {(hit.concept, " ".join(word.low for word in words[hit.first : hit.last])) for hit in find(words, (role,))}


@pytest.mark.parametrize(
    ("text", "concept", "words"),
    [
        ("actions that were finished", "complete", "finished"),
        ("whatever has not yet been started", "not_started", "not yet been started"),
        ("those that haven't begun", "not_started", "haven't begun"),
        ("the shelved ones", "blocked", "shelved"),
        ("which were abandoned", "withdrawn", "abandoned"),
    ],
)
def test_states_are_found_in_any_inflection(text: str, concept: str, words: str) -> None:
    assert (concept, words) in _said(text, "state")


def test_small_words_may_stand_inside_a_phrase() -> None:
    assert ("overdue", "past their due") in _said("anything past their due date", "time")


def test_a_marked_form_counts_alone() -> None:
    assert ("overdue", "late") in _said("is it late", "time")
    assert not {words for _, words in _said("later this year", "time")} & {"later"}


@pytest.mark.parametrize(
    ("text", "role", "concept"),
    [
        ("Responsible officer", "heading", "owner"),
        ("By when", "heading", "due"),
        ("On hold", "cell", "blocked"),
        ("100%", "cell", "complete"),
        ("Superseded", "cell", "withdrawn"),
    ],
)
def test_whole_headings_and_cells(text: str, role: str, concept: str) -> None:
    found = concept_of(text, role)
    assert found is not None
    assert found[0] == concept


def test_a_text_that_only_holds_a_phrase_is_no_cell() -> None:
    assert concept_of("done in March by the team", "cell") is None


def test_every_line_of_the_table_can_be_found() -> None:
    assert all(phrases(role, concept) for role, concept in table())


def test_no_line_of_the_table_holds_a_phrase_twice() -> None:
    assert not [own for own in table().values() if len(own) != len(set(own))]
