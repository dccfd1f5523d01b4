"""What an address may hold, read for routes of data and of pages alike."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import StringConstraints

from api.filters import RowFilters
from api.schemas import Day
from assistant.conditions import Field
from assistant.flags import FlagCode
from assistant.records import Box, Locator, Rag, Status

Missing = Literal["owner", "due", "start", "section", "recommendation", "ref", "rag", "completed_on"]
Flagged = Literal["any"] | FlagCode
Order = Literal["document", "due", "start", "completed_on", "status", "owner", "section", "rag"]
RowsShown = Literal["50", "100", "200"]
Words = Annotated[str | None, Query(max_length=500)]
Number = Annotated[int | None, Query(ge=0, le=10_000_000)]
_BOX = r"-?\d{1,6}(\.\d{1,6})?(,-?\d{1,6}(\.\d{1,6})?){3}"
Segment = Annotated[str, StringConstraints(pattern=rf"^\d{{1,6}}:{_BOX}$")]
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


def place_of(
    line_start: Number = None,
    line_end: Number = None,
    page: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
    sheet: Words = None,
    row: Number = None,
    table: Number = None,
    paragraph: Number = None,
    box: Annotated[str, Query(pattern=rf"^({_BOX})?$")] = "",
    segment: Annotated[list[Segment] | None, Query(max_length=50)] = None,
) -> Locator:
    """The place of a document that an address names; see `templates.place_address`."""
    segments = [text.split(":") for text in segment or ()]
    return Locator(
        line_start=line_start, line_end=line_end or line_start, page=page, sheet=sheet, row=row, table=table,
        paragraph=paragraph, box=_corners(box) if box else None,
        segments=tuple((int(number), _corners(corners)) for number, corners in segments),
    )  # fmt: skip


def _corners(text: str) -> Box:
    left, top, right, bottom = (float(part) for part in text.split(","))
    return left, top, right, bottom


Place = Annotated[Locator, Depends(place_of)]


def field_of(order: Order) -> Field | None:
    """The field that rows are ordered by; None for their own order."""
    return None if order == "document" else Field(order)
