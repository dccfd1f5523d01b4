"""What may come in over HTTP. Unknown keys are refused; the limits of a question are the core's own."""

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
