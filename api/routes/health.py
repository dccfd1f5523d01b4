"""`GET /api/health`: what is loaded and ready; `GET /metrics`: what was counted."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from api.audience import audience_of, person_of
from api.metrics import MEDIA_TYPE
from api.problems import documented
from api.schemas import Health

router = APIRouter(tags=["operation"])


@router.get(
    "/api/health", summary="What is loaded and ready", response_model=Health, responses=documented(429, 500, 503)
)
def health(request: Request) -> Any:
    """The state of the register, counted for this reader."""
    register = request.app.state.assistant.register
    audience = audience_of(request)
    held = register.held(audience)
    return {
        "status": "ready" if held else "empty",
        "ready": bool(held),
        "documents": len(held),
        "actions": sum(one.actions for one in held),
        "passages": sum(one.passages for one in held),
        "corpus_version": register.corpus_version(audience),
        "version": request.app.version,
    }


@router.get(
    "/metrics",
    summary="Counts for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, **documented(403, 429, 500)},
)
def metrics(request: Request) -> Response:
    """The counts of this worker in the text format of Prometheus, for an owner. No question is in them."""
    if not person_of(request).is_owner:
        raise HTTPException(403, "Counts are for an owner; send the token, or a key with that role")
    return Response(request.app.state.metrics.text(), headers={"Content-Type": MEDIA_TYPE})
