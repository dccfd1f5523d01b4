"""What may come in over HTTP, and what goes out. Unknown keys are refused; the limits of a question are the core's."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class AskBody(BaseModel):
    """One question: a line of `ask --batch`, with the kind of reader. `query` sends a plan back for its rows."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(examples=["what actions on neglect are overdue?"])
    qid: str | None = None
    as_of: date | None = Field(default=None, description="Lateness is worked out at this date; today when absent.")
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


class Health(BaseModel):
    """What is loaded, counted for this reader."""

    status: Literal["ready", "empty"]
    documents: int
    actions: int
    corpus_version: str


ACTION_EXAMPLE = {
    "id": "fenbridge-plan-md-1a2b3c-4",
    "document": "fenbridge-plan.md",
    "plan": "Fenbridge Plan 2026",
    "ref": "2.1",
    "action": "Publish the threshold guide",
    "owner": "MASH Manager",
    "due": "2026-09-30",
    "due_text": "Sept 2026",
    "due_precision": "month",
    "status": "in_progress",
    "locator": {"line_start": 35, "line_end": 35},
}
ANSWER_EXAMPLE = {
    "question": "who leads on the threshold guide?",
    "status": "answered",
    "answer": "MASH Manager [1]",
    "as_of": "2026-11-24",
    "understood_as": "Who owns the actions on “threshold guide”, in every plan held.",
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
}
