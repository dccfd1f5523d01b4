"""What may come in over HTTP, and what goes out. The limits of a question are the core's."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written_day(value: object) -> object:
    """A date only as 2026-09-30: not a number of seconds, nor a time of day."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("write it as year-month-day, such as 2026-09-30")


Day = Annotated[date, BeforeValidator(_written_day)]

QUESTION: dict[str, Any] = {"minLength": 1, "maxLength": 2_000, "pattern": r"[^\s\x00-\x1f\x7f-\x9f]"}
"""What a question may be, for the description; the core checks it, by the setting of its length."""


class AskBody(BaseModel):
    """One question: a line of `ask --batch`, with the kind of reader. `query` sends a plan back for its rows. Further
    keys are ignored, so that a line may carry what its sender keeps beside it."""

    model_config = ConfigDict(extra="ignore", strict=True)

    question: str = Field(examples=["what actions on neglect are overdue?"], json_schema_extra=QUESTION)
    qid: str | None = None
    as_of: Day | None = Field(default=None, description="Lateness is worked out at this date; today when absent.")
    conversation: list[str] = Field(
        default_factory=list, max_length=50, description="Earlier user turns, oldest first."
    )
    reader: Literal["staff", "inspection", "member"] = "staff"
    query: dict[str, Any] | None = Field(default=None, description="The query of an earlier answer, perhaps edited.")


class Problem(BaseModel):
    """The one body of every error."""

    error: str
    message: str = Field(description="What was wrong, where, and what to do.")
    status: int


class CitationData(BaseModel):
    """`quote` stands word for word at `locator` of `document`."""

    model_config = ConfigDict(extra="allow")

    marker: int
    kind: Literal["action", "passage"]
    id: str
    document: str
    locator: dict[str, Any]
    quote: str


class OtherReadingData(BaseModel):
    """Another way in which the question can be read; `query` can be sent back."""

    words: str
    query: dict[str, Any]


class AnswerData(BaseModel):
    """One answer; `query` sent back gives the same rows."""

    model_config = ConfigDict(extra="allow")

    question: str
    qid: str | None
    status: str
    answer: str
    as_of: date
    reader: str
    understood_as: str
    query: dict[str, Any] | None
    total: int | None
    citations: list[CitationData]
    table: dict[str, Any] | None
    related: list[dict[str, Any]]
    readings: list[OtherReadingData] = Field(description="Other ways to read the question, best first.")
    not_understood: list[str] = Field(description="Content words that no reading explains.")
    caveats: list[str]
    suggestions: list[str]
    corpus_version: str


class ActionData(BaseModel):
    """One row of the register. Dates are ISO or null."""

    model_config = ConfigDict(extra="allow")

    id: str
    document: str
    plan: str
    authority: str | None
    plan_date: date | None
    section: str | None
    recommendation: str | None
    ref: str | None
    action: str
    action_parent: str | None
    owner: str | None
    owners: list[str]
    start: date | None
    due: date | None
    start_text: str | None
    due_text: str | None
    due_precision: str | None
    due_probable: date | None
    status: str
    status_text: str | None
    rag: str | None
    rag_meaning: str | None
    completed_on: date | None
    success_measure: str | None
    outcome: str | None
    quote: str = Field(description="An unbroken piece of the document that stands word for word at the locator.")
    locator: dict[str, Any]
    field_locators: dict[str, dict[str, Any]]
    flags: list[dict[str, Any]]
    label: str


class ActionPage(BaseModel):
    """A page of the register; `next` is the offset of the next one, or null."""

    total: int
    items: list[ActionData]
    next: int | None


class SourceData(BaseModel):
    """One document with what its last load said."""

    model_config = ConfigDict(extra="allow")

    id: str
    document: str
    title: str
    authority: str | None
    plan_date: date | None
    label: str
    loaded_at: str
    sha256: str
    actions: int
    passages: int
    warnings: list[dict[str, Any]]
    set_aside: list[dict[str, Any]]
    flags: list[dict[str, Any]]


class SourceList(BaseModel):
    total: int
    items: list[SourceData]


class PassageData(BaseModel):
    """A run of paragraphs under one heading path; `text` is verbatim."""

    id: str
    document: str
    source: str = Field(description="The id of the document, as in /api/sources/{id}.")
    plan: str
    authority: str | None
    plan_date: date | None
    heading_path: list[str]
    text: str
    locator: dict[str, Any]
    label: str


class LoadedDocument(BaseModel):
    """What became of one file. `reason` says why it was not taken in, and what to do."""

    model_config = ConfigDict(extra="allow")

    document: str
    status: Literal["complete", "partial", "unchanged", "rejected", "quarantined"]
    actions: int
    passages: int
    new: int
    changed: int
    same: int
    removed: int
    set_aside: list[dict[str, Any]]
    warnings: list[str]
    reason: str | None
    seconds: float


class LoadReportData(BaseModel):
    """The load report, as `ingest --json` gives it."""

    model_config = ConfigDict(extra="allow")

    documents: list[LoadedDocument]
    corpus_version: str


class Health(BaseModel):
    """What is loaded, counted for this reader, and whether it can be asked."""

    status: Literal["ready", "empty"]
    ready: bool = Field(description="True where questions are answered from at least one document.")
    documents: int
    actions: int
    passages: int
    corpus_version: str
    version: str = Field(description="Of this program.")


ACTION_EXAMPLE = {
    "id": "fenbridge-plan-md-1a2b3c-4",
    "document": "fenbridge-plan.md",
    "plan": "Fenbridge Plan 2026",
    "authority": "Fenbridge Council",
    "plan_date": "2026-06-15",
    "section": "Front door",
    "recommendation": "Recommendation 2: thresholds",
    "ref": "2.1",
    "action": "Publish the threshold guide",
    "action_parent": None,
    "owner": "MASH Manager",
    "owners": ["MASH Manager"],
    "start": None,
    "due": "2026-09-30",
    "start_text": None,
    "due_text": "Sept 2026",
    "due_precision": "month",
    "due_probable": None,
    "status": "in_progress",
    "status_text": "Draft with partners",
    "rag": "amber",
    "rag_meaning": "Late, but moving",
    "completed_on": None,
    "success_measure": "Nine of ten referrals meet the threshold",
    "outcome": None,
    "quote": "Publish the threshold guide",
    "locator": {"line_start": 35, "line_end": 35},
    "field_locators": {"due": {"line_start": 36, "line_end": 36}},
    "flags": [],
    "label": "public",
}
PAGE_EXAMPLE = {"total": 1, "items": [ACTION_EXAMPLE], "next": None}
SOURCE_EXAMPLE = {
    "id": "fenbridge-plan-md-1a2b3c",
    "document": "fenbridge-plan.md",
    "title": "Fenbridge Plan 2026",
    "authority": "Fenbridge Council",
    "plan_date": "2026-06-15",
    "label": "public",
    "loaded_at": "2026-06-20T09:30:00+00:00",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "actions": 17,
    "passages": 4,
    "warnings": [],
    "set_aside": [{"locator": {"line_start": 61, "line_end": 61}, "reason": "It has more cells than its header."}],
    "flags": [],
}
PASSAGE_EXAMPLE = {
    "id": "fenbridge-plan-md-1a2b3c-p2",
    "document": "fenbridge-plan.md",
    "source": "fenbridge-plan-md-1a2b3c",
    "plan": "Fenbridge Plan 2026",
    "authority": "Fenbridge Council",
    "plan_date": "2026-06-15",
    "heading_path": ["Front door", "What families told us"],
    "text": "Families said that they told their story too often.",
    "locator": {"line_start": 20, "line_end": 21},
    "label": "public",
}
ANSWER_EXAMPLE = {
    "question": "who leads on the threshold guide?",
    "qid": None,
    "status": "answered",
    "answer": "MASH Manager [1]",
    "as_of": "2026-11-24",
    "reader": "staff",
    "understood_as": "Who owns the actions on “threshold guide”, in every plan held.",
    "query": {"intent": "owner", "as_of": "2026-11-24", "themes": [{"words": "threshold guide"}]},
    "total": 1,
    "citations": [
        {
            "marker": 1,
            "kind": "action",
            "id": "fenbridge-plan-md-1a2b3c-4",
            "document": "fenbridge-plan.md",
            "locator": {"line_start": 35, "line_end": 35},
            "quote": "Publish the threshold guide",
        }
    ],
    "table": None,
    "related": [],
    "readings": [],
    "not_understood": [],
    "caveats": ["The plan is dated 15 June 2026: nothing later is in it."],
    "suggestions": ["When is the threshold guide due?"],
    "corpus_version": "4f1b2b0b822cd15d",
}
