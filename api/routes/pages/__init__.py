"""The pages: forms and text made on the server, so that they work without script."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes.pages import ask, changes, progress, register, report, source, statements

router = APIRouter(include_in_schema=False)
for _module in (ask, register, source, progress, changes, report, statements):
    router.include_router(_module.router)
