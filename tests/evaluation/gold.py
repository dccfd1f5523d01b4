"""What a careful reader wrote down about some documents: rows, questions and passages, read from a folder.

The folder holds `rows.jsonl` and, where questions are asked, `questions.jsonl` and `passages.jsonl`. A key that a line
does not have is not judged; a key that is there with `null` says that the document gives nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.records import Locator

JUDGED = ("owner", "due", "start", "ref", "rag", "completed_on", "status_text", "recommendation")
"""Fields compared as they stand; `action`, `status` and the place have rules of their own."""

NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One row that a reader of the document would write down. `values` has the judged fields that the gold states."""

    id: str
    document: str
    action: str
    parent: str | None
    statuses: frozenset[str]
    values: Mapping[str, str | None]
    places: tuple[Locator, ...]
    """Every place must lie inside a text locator; for other formats one of them must be the locator's."""
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldPassage:
    id: str
    document: str
    line_start: int
    line_end: int
    quote: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and what a right answer holds. `conversation` are the user's earlier turns, oldest first."""

    id: str
    kind: str
    question: str
    user: str
    as_of: str | None
    conversation: tuple[str, ...]
    required: frozenset[str]
    optional: frozenset[str]
    counted: frozenset[str]
    """Rows behind a number: they need no citation."""
    passages: tuple[str, ...]
    include: tuple[str, ...]
    include_one_of: tuple[tuple[str, ...], ...]
    exclude: tuple[str, ...]

    def as_request(self) -> dict[str, Any]:
        """One line for `ask --batch`, or the body of `POST /api/ask`."""
        return {
            "qid": self.id,
            "question": self.question,
            "as_of": self.as_of,
            "conversation": list(self.conversation),
        }


@dataclass(frozen=True, slots=True)
class Gold:
    rows: tuple[GoldRow, ...]
    questions: tuple[GoldQuestion, ...] = ()
    passages: tuple[GoldPassage, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> Gold:
        """The gold in `folder`; questions and passages may be absent."""
        return cls(
            tuple(_row(line) for line in _lines(folder / "rows.jsonl")),
            tuple(_question(line) for line in _lines(folder / "questions.jsonl")),
            tuple(_passage(line) for line in _lines(folder / "passages.jsonl")),
        )

    def documents(self) -> frozenset[str]:
        """The names of the files that the rows come from."""
        return frozenset(row.document for row in self.rows)


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _row(line: dict[str, Any]) -> GoldRow:
    native = line.get("native")
    stated = (line["status"], *(line.get("status_alt") or ()))
    return GoldRow(
        id=line["id"],
        document=Path((native or line)["file"]).name,
        action=line["action"] or line.get("recommendation") or "",
        parent=line.get("action_parent"),
        statuses=frozenset(NOT_RECORDED if status == "unknown" else status for status in stated),
        values={name: line[name] for name in JUDGED if name in line},
        places=_native_places(native)
        if native
        else tuple(Locator(line_start=n) for n in line.get("action_lines") or ()),
        optional=line.get("row_kind", "action") != "action",
    )


def _native_places(native: dict[str, Any]) -> tuple[Locator, ...]:
    if "sheet" in native:
        return (Locator(sheet=native["sheet"], row=native["row"]),)
    if "table" in native and "page" not in native:
        return (Locator(table=native["table"], row=native["row"]),)
    if "page" in native:
        return tuple(Locator(page=part["page"]) for part in native.get("segments") or [native])
    return (Locator(line_start=native["line"]),) if "line" in native else ()


def _passage(line: dict[str, Any]) -> GoldPassage:
    return GoldPassage(line["pid"], line["file"], line["line_start"], line["line_end"], line.get("quote", ""))


def _question(line: dict[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=line["qid"],
        kind=line.get("kind", "list"),
        question=line["question"],
        user=line.get("user", "staff"),
        as_of=line.get("as_of"),
        conversation=tuple(line.get("conversation") or ()),
        required=frozenset(line.get("answer_ids") or ()),
        optional=frozenset(line.get("optional_ids") or ()),
        counted=frozenset(line.get("set_ids") or ()),
        passages=tuple(line.get("answer_passages") or ()),
        include=tuple(line.get("must_include") or ()),
        include_one_of=tuple(tuple(group) for group in line.get("must_include_any") or ()),
        exclude=tuple(line.get("must_not_include") or ()),
    )
