"""The table of words that code looks up by name: each name stands for something, and nothing that is asked lacks."""

import csv
from enum import StrEnum

import pytest

from api.words import ABOUT
from assistant import told
from assistant.changes import ChangeKind
from assistant.compose.changes import _HEADS
from assistant.compose.declines import _SENTENCES
from assistant.errors import SettingsError
from assistant.outcome import Reason
from assistant.query_plan import Measure
from assistant.query_plan_words import GROUP_WORDS, STATUS_WORDS
from assistant.records import Action, Status
from assistant.told import told_of


class OfTwo(StrEnum):
    ONE = "one"
    TWO = "two"


def test_no_name_stands_twice_in_a_table():
    names = [(line["table"], line["name"]) for line in told._lines()]
    assert len(names) == len(set(names))
    assert all(line["words"].strip() for line in told._lines())


def test_closed_sets_have_words_for_every_value():
    assert set(STATUS_WORDS) == set(Status)
    assert set(told_of("measure", Measure)) == set(Measure)
    assert {kind: len(words) for kind, words in _HEADS.items()} == dict.fromkeys(ChangeKind, 3)
    assert set(_SENTENCES) == set(Reason) - {Reason.UNKNOWN_REF, Reason.UNKNOWN_PLAN, Reason.NO_DATE}
    assert set(ABOUT) <= set(Action.__slots__)
    assert {field for field in GROUP_WORDS if not GROUP_WORDS[field]} == set()


def test_a_name_that_stands_for_nothing_is_refused(monkeypatch: pytest.MonkeyPatch):
    lines = ({"table": "two", "name": "one", "words": "a"}, {"table": "two", "name": "three", "words": "b"})
    monkeypatch.setattr(told, "_lines", lambda: lines)
    with pytest.raises(SettingsError, match=r"table two: 'three' is not a valid OfTwo"):
        told_of("two", OfTwo)


def test_the_file_has_no_table_that_nobody_reads():
    with told._FILE.open(encoding="utf-8", newline="") as lines:
        tables = {line["table"] for line in csv.DictReader(lines)}
    root = told._FILE.parents[2]
    sources = [path.read_text() for room in ("assistant", "api") for path in (root / room).rglob("*.py")]
    assert {name for name in tables if not any(f'told_of("{name}"' in source for source in sources)} == set()
