"""`GET /api/changes`: what differs between two versions of a plan."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from api.audience import audience_of
from api.problems import documented
from assistant.changes import ChangeKind

router = APIRouter(prefix="/api", tags=["changes"])


class VersionPlace(BaseModel):
    """A row of one version, and where the value stands in it."""

    document: str
    id: str
    locator: dict[str, Any]


class ChangeData(BaseModel):
    """One difference between two versions."""

    kind: ChangeKind
    field: str
    old: VersionPlace | None
    new: VersionPlace | None
    old_text: str | None
    new_text: str | None
    old_value: str | None
    new_value: str | None
    days: int | None
    sure: float
    reason: str | None


class ChangePage(BaseModel):
    """All differences that were asked for."""

    total: int
    items: list[ChangeData]


@router.get(
    "/changes",
    summary="What changed between two versions of a plan",
    response_model=ChangePage,
    responses=documented(404, 422, 429, 500, 503),
)
def changes(
    request: Request,
    old: Annotated[str | None, Query(alias="from", max_length=300, description="The older document")] = None,
    new: Annotated[str | None, Query(alias="to", max_length=300, description="The newer document")] = None,
    kind: Annotated[list[ChangeKind] | None, Query(description="Only these kinds")] = None,
) -> Any:
    """The newest two versions of each series where none is named; with one, the version beside it is the other."""
    found = request.app.state.assistant.changes(old, new, audience_of(request))
    items = [one.as_dict() for one in found if not kind or one.kind in kind]
    return {"total": len(items), "items": items}
