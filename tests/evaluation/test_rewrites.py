"""The same rows come back when a question or the documents are rewritten: words, columns, council, years."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from assistant import Assistant
from assistant.records import OWNER
from assistant.register import Register, database_place
from assistant.settings import read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder

pytestmark = pytest.mark.slow

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
DOCUMENTS = (
    "fenbridge-improvement-board-action-log.csv",
    "fenbridge-improvement-plan-2025-26.txt",
    "fenbridge-help-and-protection-delivery-plan.md",
    "fenbridge-action-plan-for-children-2026.txt",
)
DAY = date(2026, 10, 15)

QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("what actions on neglect are overdue?", "which neglect actions are late", "overdue neglect actions please"),
    ("actions on elective home education", "EHE actions", "actions about kids taught at home"),
    ("which private fostering actions are not complete?", "what have we not finished on private fostering"),
    ("everything for the MASH manager", "what is on the MASH mgr's list", "actions owned by the MASH Manager"),
    ("amber actions for the PSW in the improvement plan", "principal social worker's ambers in the improvement plan"),
    ("what has been carried forward in the action log?", "action log: which are marked as carried forward"),
    ("what is due in September 2026 in the action log?", "which action log actions fall due in Sept 2026"),
    ("which actions in the action log have no owner?", "unowned actions in the action log"),
    ("what does R1.2 say?", "tell me about R1.2"),
    ("how many actions in the improvement plan are green?", "number of greens in the improvement plan"),
    ("which actions in the improvement plan are due before September 2025?",),
)


def no_change(text: str) -> str:
    return text


def another_council(text: str) -> str:
    return text.replace("Fenbridge", "Eastmere").replace("fenbridge", "eastmere").replace("FENBRIDGE", "EASTMERE")


def a_year_later(text: str) -> str:
    """Every year that is written in full, in a range, or after a month in figures of two."""
    text = re.sub(r"\b20(\d\d)([-/–])(\d\d)\b", lambda m: f"20{int(m[1]) + 1}{m[2]}{int(m[3]) + 1}", text)
    text = re.sub(r"(?<![\d/–-])\b20(\d\d)\b(?![-/–]\d\d\b)|(?<=[/-])20(\d\d)\b", _next_year, text)
    return re.sub(rf"\b((?:{_MONTHS})[a-z]*[ -])(2[4-8])\b(?! ?20)", lambda m: f"{m[1]}{int(m[2]) + 1}", text)


_MONTHS = "Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec"


def _next_year(match: re.Match[str]) -> str:
    return f"20{int(match[1] or match[2]) + 1}"


def other_columns(text: str) -> str:
    """The log's columns from last to first, under other headings; other documents as they are."""
    if not text.startswith("No.,Meeting,Action"):
        return text
    names = {"No.": "Ref", "Who": "Lead officer", "By": "Target date", "Position": "Update", "Action": "What we agreed"}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in csv.reader(io.StringIO(text)):
        heading = len([cell for cell in row if cell]) == 1
        ordered = sorted(row, key=len, reverse=True) if heading else [names.get(cell, cell) for cell in row[::-1]]
        writer.writerow(ordered)
    return out.getvalue()


@cache
def assistant(rewrite: Callable[[str], str]) -> Assistant:
    folder = Path(mkdtemp())
    documents = folder / "documents"
    documents.mkdir()
    for name in DOCUMENTS:
        text = rewrite((CORPUS / name).read_text(encoding="utf-8"))
        (documents / name).write_text(text, encoding="utf-8")
    settings = read_settings(data_dir=folder / "data")
    embedder = LetterEmbedder()
    load([documents], settings, embedder=embedder)
    register = Register.open(database_place(settings.data_dir, settings.database_url), create=False)
    return Assistant(register, lambda: embedder, lambda: DAY)


def rows(rewrite: Callable[[str], str], question: str, as_of: date = DAY) -> list[str]:
    """The words of the rows that are cited, without what rewriting changes in them."""
    asked = assistant(rewrite)
    cited = asked.ask(question, as_of).citations
    found = [asked.register.action(OWNER, one.id) for one in cited if one.kind.value == "action"]
    return sorted(re.sub(r"\d+|eastmere|fenbridge", "", row.action.lower()) for row in found)


@pytest.mark.parametrize(("first", "other"), [(group[0], other) for group in QUESTIONS for other in group[1:]])
def test_a_question_in_other_words(first: str, other: str) -> None:
    assert rows(no_change, first) == rows(no_change, other) != []


@pytest.mark.parametrize("rewrite", [another_council, other_columns], ids=lambda rewrite: rewrite.__name__)
@pytest.mark.parametrize("question", [group[0] for group in QUESTIONS])
def test_documents_rewritten(question: str, rewrite: Callable[[str], str]) -> None:
    assert rows(rewrite, question) == rows(no_change, question) != []


@pytest.mark.parametrize("question", [group[0] for group in QUESTIONS])
def test_documents_and_question_a_year_later(question: str) -> None:
    later = rows(a_year_later, a_year_later(question), DAY.replace(year=DAY.year + 1))
    assert later == rows(no_change, question) != []
