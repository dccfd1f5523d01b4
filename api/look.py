"""The stylesheet of GOV.UK Frontend without its font: only government's own sites may use that one."""

from __future__ import annotations

import re
from functools import cache

from fastapi import APIRouter, Response

from api.frontend import govuk

router = APIRouter(include_in_schema=False)
_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_KEPT = {"Cache-Control": "public, max-age=86400"}


@cache
def stylesheet() -> str:
    """The installed stylesheet with Arial in place of the font that may not be used here."""
    text = (govuk() / "govuk-frontend.min.css").read_text(encoding="utf-8")
    return _FONT_FACE.sub("", text).replace('"GDS Transport",', "").split("/*# sourceMappingURL")[0]


@router.get("/static/govuk.css")
def govuk_css() -> Response:
    return Response(stylesheet(), media_type="text/css", headers=_KEPT)


@router.get("/static/govuk.js")
def govuk_js() -> Response:
    text = (govuk() / "govuk-frontend.min.js").read_text(encoding="utf-8").split("//# sourceMappingURL")[0]
    return Response(text, media_type="text/javascript", headers=_KEPT)
