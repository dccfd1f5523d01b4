"""The corpus and what was written down about it agree: places, words, dates, quotes and sets of rows."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation.matching import words
from tests.gold import SHARED

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
GOLD = Path(__file__).resolve().parent
LONGEST_RUN = 8
"""Words in a row that an invented document may have in common with a real one."""


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").split("\n") if line]


ROWS = read("rows.jsonl")
QUESTIONS = read("questions.jsonl")
PASSAGES = read("passages.jsonl")
BY_ID = {row["id"]: row for row in ROWS}
TEXT_ROWS = [row for row in ROWS if not row.get("native")]


def lines(document: str) -> list[str]:
    return (CORPUS / document).read_text(encoding="utf-8").split("\n")


def at(row: dict[str, Any], key: str) -> str:
    return " ".join(lines(row["file"])[number - 1] for number in row[key] or ())


@pytest.mark.parametrize("row", TEXT_ROWS, ids=lambda row: row["id"])
def test_a_text_row_stands_where_the_gold_says(row: dict[str, Any]) -> None:
    # A quoted cell of a CSV file may go on over the next line, which the action does not.
    place = at(row, "action_lines")
    assert " ".join(words(row["action"])) in " ".join(words(place))
    assert " ".join(words(row["due_text"])) in " ".join(words(at(row, "due_lines")))
    assert (row["owner"] or "") in place
    assert (row["ref"] or "") in " ".join(lines(row["file"])[: row["line_end"]])


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["pid"])
def test_a_passage_is_verbatim(passage: dict[str, Any]) -> None:
    found = lines(passage["file"])[passage["line_start"] - 1 : passage["line_end"]]
    assert passage["quote"] in "\n".join(found)


def test_ids_are_unique_and_known() -> None:
    assert len(BY_ID) == len(ROWS)
    assert len({question["qid"] for question in QUESTIONS}) == len(QUESTIONS)
    passages = {passage["pid"] for passage in PASSAGES}
    for question in QUESTIONS:
        rows = {*question["answer_ids"], *question["optional_ids"], *question.get("set_ids", ())}
        assert rows <= BY_ID.keys(), question["qid"]
        assert passages.issuperset(question.get("answer_passages", ())), question["qid"]
        assert not set(question["answer_ids"]) & set(question["optional_ids"]), question["qid"]


def test_what_is_called_overdue_is_overdue() -> None:
    asked = [question for question in QUESTIONS if question["as_of"] and "overdue" in question["question"]]
    assert asked
    for question in asked:
        for row in (BY_ID[row_id] for row_id in question["answer_ids"]):
            assert row["due"] < question["as_of"], (question["qid"], row["id"])
            assert row["status"] != "complete", (question["qid"], row["id"])


def test_a_due_date_is_in_its_words() -> None:
    for row in ROWS:
        if row["due"]:
            year, _, day = row["due"].split("-")
            assert year[2:] in row["due_text"], row["id"]
            typed = re.match(r"\d{1,2}(?=[-/ ])", row["due_text"])
            assert typed is None or int(typed[0]) == int(day), row["id"]


def test_the_manifest_names_every_document() -> None:
    sources = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))["source"]
    files = {path.name for path in CORPUS.iterdir() if path.name not in {"manifest.toml", "README.md"}}
    assert {source["file"] for source in sources} == files
    assert {source["label"] for source in sources} == {"public", "internal"}
    assert not list(CORPUS.glob("**/*.py"))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


@pytest.mark.real_plans
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real plans (REAL_PLANS) are not on this machine")
def test_nothing_is_taken_from_the_real_plans() -> None:
    real: set[tuple[str, ...]] = set()
    for path in (SHARED / "seeds").iterdir():
        real |= runs(path.read_text(encoding="utf-8"), LONGEST_RUN + 1)
    for path in [*CORPUS.glob("*.*"), *GOLD.glob("*.jsonl")]:
        if path.suffix in {".txt", ".tsv", ".csv", ".md", ".html", ".jsonl"}:
            assert not runs(path.read_text(encoding="utf-8"), LONGEST_RUN + 1) & real, path.name
