"""The plans held, and the statements that a public body owes its readers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.audience import audience_of
from api.templates import page

router = APIRouter()


@router.get("/plans", response_class=HTMLResponse)
def plans(request: Request) -> HTMLResponse:
    """The documents held, with what their load said."""
    held = request.app.state.assistant.register.held(audience_of(request))
    return page(request, "plans.html", held=held, current="plans")


@router.get("/help", response_class=HTMLResponse)
def help_page(request: Request) -> HTMLResponse:
    settings = request.app.state.settings
    values = {"record": settings.transparency_record, "by_model": settings.model is not None}
    return page(request, "help.html", current="help", **values)


@router.get("/accessibility", response_class=HTMLResponse)
def accessibility(request: Request) -> HTMLResponse:
    return page(request, "accessibility.html")


@router.get("/privacy", response_class=HTMLResponse)
def privacy(request: Request) -> HTMLResponse:
    return page(request, "privacy.html", logged=request.app.state.settings.log_questions)
