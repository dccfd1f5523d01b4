"""A number below five that a member is not told cannot be found out by asking for it either."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.conditions import Condition, Field, Operator, Without
from assistant.labels import OWNER, Care
from assistant.register import Register
from assistant.register.words import holds_few, looked_for
from assistant.settings import read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder

MEMBER = OWNER | {Care.FEW_ROUNDED}
NUMBERS = ("two", "four", "2")
ROWS = """# Homes plan

| Ref | Section | Action | Owner | Due | Outcome |
|---|---|---|---|---|---|
| 1 | Hotels | Move {0} children out of hotels | Clerk | 31 May 2026 | {1} families moved |
| 2 | Team 2 | Visit all 24 homes with Team 2 | Nurse | June 2026 | 3 of 4 visits made |
| 3 | Evictions of {1} families | Review the {1} families at risk | Nurse | July 2026 | |
| 4 | Evictions of 25 homes | List the homes that were lost | Nurse | July 2026 | |

The board heard that {0} children wait for a home.
"""
ASKED = (
    "which actions mention {0} children?", "anything on {0}?", "how many actions say {0} families?", "{0}",
    "is there an action for {0} children in hotels", "what did the board hear of {0} children?", "compare {0} and five",
    "who helps the {0} families?", "{0}s children", "{0}_children", 'actions that say "{0} families moved"',
)  # fmt: skip


def opened(folder: Path, *numbers: str) -> Register:
    (folder / "plans").mkdir(parents=True)
    (folder / "plans" / "homes.md").write_text(ROWS.format(*numbers), encoding="utf-8")
    assert not load([folder / "plans"], read_settings(data_dir=folder / "data"), embedder=LetterEmbedder()).failed
    return Register.open(folder / "data", create=False)


def told(register: Register) -> list[str]:
    """Everything that a member gets to know by questions, conditions and search, with each small number."""
    assistant = Assistant(register, LetterEmbedder, lambda: date(2026, 11, 24))
    kept = []
    for asked, number in product(ASKED, NUMBERS):
        answer = assistant.ask(asked.format(number), audience=MEMBER).as_dict()
        kept.append(json.dumps({name: value for name, value in answer.items() if name != "corpus_version"}))
    for field, number in product(
        (Field.WORDS, Field.ACTION, Field.OUTCOME, Field.SECTION, Field.RECOMMENDATION), NUMBERS
    ):
        for words in (number, f"{number} children", f"{number} families", f"move {number}"):
            holds = Condition(field, Operator.CONTAINS, (words,))
            kept += [str(sorted(register.ids(MEMBER, one))) for one in (holds, Without(holds))]
    for order, down in product((None, Field.DUE, Field.OWNER, Field.SECTION, Field.STATUS), (False, True)):
        rows = [row.id for row in register.select(MEMBER, order=order, descending=down)]
        after = [row.id for row in register.select(MEMBER, order=order, descending=down, after=rows[1])]
        kept += [str(rows), str(after)]
        assert after == rows[2:]
    return [*kept, *(str(register.search(MEMBER, f"{number} children")) for number in NUMBERS)]


def test_a_register_with_other_small_numbers_tells_a_member_the_same(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "a", "two", "3")) as one, closing(opened(tmp_path / "b", "four", "2")) as other:
        assert told(one) == told(other)
        assert one.ids(OWNER, Condition(Field.ACTION, Operator.CONTAINS, ("two children",)))


@pytest.mark.parametrize("words", ["Team 2", "24", "3 of 4", "with team 2"])
def test_a_number_of_no_child_is_found(tmp_path: Path, words: str) -> None:
    with closing(opened(tmp_path, "two", "3")) as register:
        field = Field.OUTCOME if "of" in words else Field.ACTION
        assert register.count(MEMBER, Condition(field, Operator.CONTAINS, (words,))) == 1


@pytest.mark.parametrize(
    "words", ["threes children", "three_children", "thrée children", "children – 4!", "One's children"]
)
def test_a_number_is_known_in_each_form_in_which_search_finds_it(words: str) -> None:
    assert holds_few(words)
    assert looked_for(MEMBER, words) == "children"
