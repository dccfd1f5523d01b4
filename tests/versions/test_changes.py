"""Two versions of invented series: every change found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import ingest
from assistant.changes import changes
from assistant.dates import find_dates
from assistant.matching import How, match
from assistant.records import Action, Rag, Status
from tests.readings import an_action
from tests.versions.series import Item, Line, Two, as_csv, bare_log, monthly_logs, numbered_plan

CORPUS = Path(__file__).parents[2] / "corpus"


def read(folder: Path, name: str, lines: list[Line], extra: str = "") -> list[Action]:
    (folder / name).write_text(as_csv(lines, extra), encoding="utf-8")
    rows = ingest.read(folder / name).actions
    assert len(rows) == len(lines)
    return [
        replace(row, id=f"{name}-{at}", rag=Rag(line.rag.lower()) if line.rag else None)
        for at, (row, line) in enumerate(zip(rows, lines, strict=True))
    ]


@pytest.mark.parametrize("made", [numbered_plan, bare_log])
@pytest.mark.parametrize("extra", ["", "Cabinet sponsor"])
def test_every_change_is_found_and_no_other(made: Callable[[], Two], extra: str, tmp_path: Path) -> None:
    two = made()
    assert len(two.expected) >= 30
    assert two.alike >= 15
    old, new = read(tmp_path, "old.csv", two.old), read(tmp_path, "new.csv", two.new, extra)
    found = {(change.kind.value, " ".join(change.row.action.split())) for change in changes(old, new)}
    assert found == two.expected


def _rows(log: list[Item], name: str) -> list[Action]:
    return [
        an_action(
            one.line.action,
            document=name,
            ref=one.line.ref,
            owners=(one.line.owner,),
            due=find_dates(one.line.due, date(2031, 1, 1))[0].start,
            status_text=one.line.status,
        )
        for one in log
    ]


@pytest.mark.parametrize("keep_refs", [True, False])
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_rows_of_a_year_of_logs_are_paired(keep_refs: bool, seed: int) -> None:
    logs = monthly_logs(seed=seed, keep_refs=keep_refs)
    right: set[tuple[int, int]] = set()
    found: set[tuple[int, int]] = set()
    for month, (before, after) in enumerate(pairwise(logs)):
        old, new = _rows(before, "old"), _rows(after, "new")
        keys = {
            id(row): one.key for rows, log in ((old, before), (new, after)) for row, one in zip(rows, log, strict=True)
        }
        right |= {(month * 1000 + one.key, other.key) for one in before for other in after if one.key == other.key}
        found |= {(month * 1000 + keys[id(pair.old)], keys[id(pair.new)]) for pair in match(old, new).pairs}
    assert len(right) > 100
    assert len(found & right) >= 0.99 * len(right)
    assert len(found & right) >= 0.99 * len(found)


def an_old(words: str, **values: Any) -> Action:
    return an_action(words, document="old", **values)


def test_parts_of_a_split_row_and_of_a_merged_one_are_paired() -> None:
    whole = an_old("Recruit volunteer mentors and publish a rota of drop-in sessions", ref="1")
    parts = [
        an_action("Recruit volunteer mentors", ref="1a"),
        an_action("Publish a rota of drop-in sessions", ref="1b"),
    ]
    split = match([whole], parts)
    assert {pair.new.ref for pair in split.pairs} == {"1a", "1b"}
    assert How.SPLIT in {pair.how for pair in split.pairs}
    assert split.added == ()
    merged = match(parts, [whole])
    assert {pair.old.ref for pair in merged.pairs} == {"1a", "1b"}
    assert merged.removed == ()


def test_a_row_with_new_number_place_and_words_almost_the_same_is_paired() -> None:
    old = an_old("Offer every care leaver a named adviser", ref="2.1", recommendation="Homes", owners=("TM",))
    new = an_action(
        "Offer every care leaver a named personal adviser", ref="5.4", recommendation="Work", owners=("TM",)
    )
    assert [pair.how for pair in match([old], [new]).pairs] == [How.REWORDED]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ({"status": Status.COMPLETE}, {"status": Status.IN_PROGRESS}, ["status_changed"]),
        (
            {"status_text": "Done", "status": Status.COMPLETE},
            {"status_text": "Completed", "status": Status.COMPLETE},
            [],
        ),
        ({"rag": Rag.BLUE, "rag_meaning": "Finished"}, {"rag": Rag.GREEN, "rag_meaning": "finished"}, []),
        (
            {"rag": Rag.AMBER, "rag_meaning": "Under way", "status": Status.IN_PROGRESS},
            {"rag": Rag.AMBER, "rag_meaning": "May be late", "status": Status.AT_RISK},
            ["colour_changed"],
        ),
        (
            {"rag": Rag.AMBER, "rag_meaning": "On target", "status": Status.ON_TRACK},
            {"rag": Rag.AMBER, "rag_meaning": "On course", "status": Status.ON_TRACK},
            [],
        ),
        ({"due_text": "ASAP"}, {"due_text": "May 2031", "due": date(2031, 5, 31)}, ["due_changed"]),
        ({"due": date(2030, 5, 31), "due_probable": date(2031, 5, 31)}, {"due": date(2031, 5, 31)}, ["due_changed"]),
        ({"due": date(2031, 5, 31)}, {"due_text": "Complete", "status": Status.COMPLETE}, ["status_changed"]),
        ({"owner": "Virtual School Head"}, {"owner": "VSH"}, []),
        ({"owner": "Team Manager 1"}, {"owner": "Team Manager 2"}, ["owner_changed"]),
        ({"owner": "Clerk"}, {"owner": None}, ["owner_changed"]),
    ],
)
def test_what_counts_as_a_change_of_a_field(before: dict[str, Any], after: dict[str, Any], kinds: list[str]) -> None:
    recorded = {"status": Status.ON_TRACK, "due": date(2031, 1, 1), "rag": Rag.RED, "owner": "Clerk"}
    beside = an_old("Tell parents of the new times of the nursery", **recorded)
    old, new = [an_old("Open the hub", **before), beside], [an_action("Open the hub", **after), beside]
    assert [change.kind.value for change in changes(old, new) if change.old] == kinds


def test_a_reason_is_quoted_where_the_newer_row_gives_one() -> None:
    old = an_old("Open the hub", due=date(2031, 1, 31), progress="Builders are on site.")
    new = an_action(
        "Open the hub", due=date(2031, 3, 31), progress="Builders are on site. Delayed because the lease is not signed."
    )
    change = changes([old], [new])[0]
    assert (change.days, change.reason) == (59, "Delayed because the lease is not signed.")
    assert changes([old], [replace(new, progress="Builders are on site.")])[0].reason is None
    assert change.as_dict()["old"]["locator"] == {"line_start": 1, "line_end": 1}


OF_CORPUS = {
    "due_slipped": "P1.2 P1.4 P2.3", "due_changed": "P3.3", "colour_changed": "P1.1 P1.4 P2.1 P2.3 P3.1 P3.3 P4.2",
    "added": "P1.5 P2.4 P4.3", "removed": "P4.1",
}  # fmt: skip
"""Told by hand: amber is "Under way" in one version and "Late, but moving" in the other; green and blue mean done."""


def test_the_changes_of_the_series_of_the_corpus_are_those_that_a_reader_finds() -> None:
    names = ("plan-october-2025.docx", "board-pack-july-2026.pdf")
    old, new = (
        [replace(row, id=f"{name}-{at}") for at, row in enumerate(ingest.read(CORPUS / name).actions)]
        for name in (f"fenbridge-corporate-parenting-{one}" for one in names)
    )
    found = {(change.kind.value, change.row.ref) for change in changes(old, new)}
    assert found == {(kind, ref) for kind, refs in OF_CORPUS.items() for ref in refs.split()}
