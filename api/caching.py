"""ETags: a client that has what is held now is told so, in place of being sent it again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from fastapi import Request, Response

KEPT = {"Cache-Control": "private, no-cache"}
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "What the client has, as If-None-Match says, is what is held"}
}


def tagged(request: Request, data: Any) -> Response:
    """Data as JSON with the hash of its bytes as ETag; 304 without a body where the client has it."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return unchanged(request, tag) or Response(body, media_type="application/json", headers={"ETag": tag, **KEPT})


def unchanged(request: Request, tag: str) -> Response | None:
    """The 304 for a client that has what `tag` stands for; None where it must be sent."""
    given = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers={"ETag": tag, **KEPT}) if tag in given or "*" in given else None
