"""`GET /api/health`: what is loaded and ready."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.audience import audience_of

router = APIRouter(prefix="/api")


@router.get("/health", summary="What is loaded and ready")
def health(request: Request) -> dict[str, Any]:
    """The state of the register, counted for this reader."""
    register = request.app.state.assistant.register
    audience = audience_of(request)
    return {
        "status": "ready",
        "documents": len(register.sources(audience)),
        "actions": register.count(audience),
        "corpus_version": register.corpus_version(audience),
    }
