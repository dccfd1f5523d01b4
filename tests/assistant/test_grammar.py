"""The parser behind its door: offsets, and what hangs from a word."""

from __future__ import annotations

from assistant.grammar import below, parsed
from assistant.planner.owner_roles import describes_people


def test_tokens_stand_at_their_offsets() -> None:
    text = "Which neglect actions are late?"
    tokens = parsed(text)
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    assert all(0 <= token.head < len(tokens) for token in tokens)


def test_what_hangs_from_a_noun_is_below_it() -> None:
    tokens = parsed("actions for children who run away")
    head = next(at for at, token in enumerate(tokens) if token.text == "children")
    assert {tokens[at].text for at in below(tokens, frozenset({head}))} == {"children", "who", "run", "away"}


def test_a_state_of_people_is_no_state_of_rows() -> None:
    text = "help for families who are stuck, and actions which are stuck"
    first, second = text.index("stuck"), text.rindex("stuck")
    assert describes_people(text, first, first + 5)
    assert not describes_people(text, second, second + 5)
