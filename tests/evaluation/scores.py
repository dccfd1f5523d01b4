"""How good the reading of rows and the answers are, against gold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.evaluation.gold import Gold, GoldPassage, GoldQuestion
from tests.evaluation.matching import ReadRow, match, right_fields

DECLINED = frozenset({"no_match", "cannot_answer", "refused", "out_of_scope", "needs_clarification"})
MUST_DECLINE = frozenset({"unanswerable", "out_of_scope"})
FREE_OF_ROWS = frozenset({"count", "aggregate", "definition", "narrative", "compare"})
"""Kinds that may show any row when the gold requires none."""
ENOUGH_PASSAGES = 0.6
"""Share of the passages that a narrative answer must cite; other kinds need one."""


@dataclass(frozen=True, slots=True)
class RowScore:
    """Reading measured: `fields` is the share of matched rows that have each field right, of those that state it."""

    document: str
    expected: int
    read: int
    precision: float
    recall: float
    fields: Mapping[str, float]
    missed: tuple[str, ...]
    extra: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]
    """Gold id and the name of a field that is wrong."""

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_rows(system: Sequence[ReadRow], gold: Gold, document: str | None = None) -> RowScore:
    """The rows of one document, or of all the documents that the gold speaks of."""
    documents = frozenset({document}) if document else gold.documents()
    targets = {row.id: row for row in gold.rows if row.document in documents}
    rows = {row.id: row for row in system if row.document in documents}
    matched = match(list(rows.values()), list(targets.values()))
    required = {target.id for target in targets.values() if not target.optional}
    found = set(matched.values())
    judged = [(target_id, right_fields(rows[row_id], targets[target_id])) for row_id, target_id in matched.items()]
    return RowScore(
        document or "all",
        len(required),
        len(rows),
        len(matched) / len(rows) if rows else 1.0,
        len(found & required) / len(required) if required else 1.0,
        _shares(judged),
        tuple(sorted(required - found)),
        tuple(sorted(set(rows) - set(matched))),
        tuple(sorted((target_id, name) for target_id, fields in judged for name, right in fields.items() if not right)),
    )


def _shares(judged: Sequence[tuple[str, Mapping[str, bool]]]) -> dict[str, float]:
    stated, right = Counter[str](), Counter[str]()
    for _, fields in judged:
        stated.update(fields.keys())
        right.update(name for name, ok in fields.items() if ok)
    return {name: right[name] / count for name, count in stated.items()}


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """One answer judged. `missing` and `extra` are gold ids, or "?" and the system's id for a row the gold lacks."""

    question: GoldQuestion
    right: bool
    said: bool
    declined: bool
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    passages: float
    """Share of the wanted passages that are cited; 1 where none is wanted."""
    set_f1: float


def score_answer(
    question: GoldQuestion,
    answer: Mapping[str, Any],
    matched: Mapping[str, str],
    passages: Mapping[str, GoldPassage],
) -> AnswerScore:
    """Judge one answer of the public contract.

    Args: matched, system id to gold id; passages, by id.
    """
    citations: list[Mapping[str, Any]] = list(answer.get("citations") or ())
    got = {matched.get(c["id"], f"?{c['id']}") for c in citations if c["kind"] == "action"}
    free = bool(question.counted) or (not question.required and question.kind in FREE_OF_ROWS)
    missing = question.required - got
    extra = frozenset[str]() if free else got - question.required - question.optional
    declined = answer["status"] in DECLINED
    said = _says(question, _text(answer))
    share = _passages_cited([passages[pid] for pid in question.passages], citations)
    if question.kind in MUST_DECLINE:
        right = declined and said and not extra
    elif question.kind == "narrative":
        right = said and not extra and share >= ENOUGH_PASSAGES
    else:
        right = said and not missing and not extra and not (declined and question.required)
    f1 = _f1(len(question.required & got), len(extra), len(missing))
    return AnswerScore(question, right, said, declined, tuple(sorted(missing)), tuple(sorted(extra)), share, f1)


def _f1(hits: int, extra: int, missing: int) -> float:
    return 1.0 if not extra and not missing else 2 * hits / (2 * hits + extra + missing)


def _text(answer: Mapping[str, Any]) -> str:
    return " ".join([answer.get("answer") or "", *map(str, answer.get("caveats") or ())]).casefold()


def _says(question: GoldQuestion, text: str) -> bool:
    return (
        all(part.casefold() in text for part in question.include)
        and all(any(part.casefold() in text for part in group) for group in question.include_one_of)
        and not any(part.casefold() in text for part in question.exclude)
    )


def _passages_cited(wanted: Sequence[GoldPassage], citations: Sequence[Mapping[str, Any]]) -> float:
    if not wanted:
        return 1.0
    return sum(any(_covers(citation, passage) for citation in citations) for passage in wanted) / len(wanted)


def _covers(citation: Mapping[str, Any], passage: GoldPassage) -> bool:
    start: int | None = citation["locator"].get("line_start")
    if citation["document"] != passage.document or start is None:
        return False
    return start <= passage.line_end and passage.line_start <= int(citation["locator"].get("line_end") or start)


def quote_stands(citation: Mapping[str, Any], lines: Sequence[str]) -> bool:
    """Whether the quote is found word for word in the cited lines of its text document, white space apart."""
    start = citation["locator"]["line_start"]
    cited = " ".join(lines[start - 1 : citation["locator"].get("line_end") or start])
    return bool(citation["quote"]) and _squashed(citation["quote"]) in _squashed(cited)


def _squashed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def matched_rows(system: Sequence[ReadRow], gold: Gold) -> dict[str, str]:
    """System id to gold id over all documents of the gold."""
    return match([row for row in system if row.document in gold.documents()], gold.rows)
