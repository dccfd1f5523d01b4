"""What an address may hold, read for routes of data and of pages alike."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from api.filters import RowFilters
from api.schemas import Day
from assistant.conditions import Field
from assistant.flags import FlagCode
from assistant.records import Rag, Status

Missing = Literal["owner", "due", "start", "section", "recommendation", "ref", "rag", "completed_on"]
Flagged = Literal["any"] | FlagCode
Order = Literal["document", "due", "start", "completed_on", "status", "owner", "section", "rag"]


Words = Annotated[str | None, Query(max_length=500)]
_AS_OF = Query(description="Lateness is worked out at this date; today when absent.")


def row_filters(
    plan: Words = None,
    owner: Words = None,
    status: Status | None = None,
    rag: Rag | None = None,
    due_from: Day | None = None,
    due_to: Day | None = None,
    overdue: bool | None = None,
    q: Words = None,
    as_of: Annotated[Day | None, _AS_OF] = None,
    section: Words = None,
    flag: Flagged | None = None,
    open: bool | None = None,
    missing: Missing | None = None,
) -> RowFilters:
    """The filters of a request."""
    return RowFilters(
        plan, owner, status, rag, due_from, due_to, overdue, q, as_of, section, flag, open, missing
    )  # fmt: skip


def field_of(order: Order) -> Field | None:
    """The field that rows are ordered by; None for their own order."""
    return None if order == "document" else Field(order)
