"""The plans held, and the statements that a public body owes its readers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.audience import audience_of
from api.plan_names import plan_names
from api.templates import page

router = APIRouter()


@router.get("/plans", response_class=HTMLResponse)
def plans(request: Request) -> HTMLResponse:
    """The documents held, with what their load said, and which of them seem to be one plan."""
    assistant, audience = request.app.state.assistant, audience_of(request)
    held = assistant.register.held(audience)
    names, series = plan_names(one.source for one in held), assistant.desk(audience).series
    return page(request, "plans.html", held=held, names=names, series=series, current="plans")


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
    settings = request.app.state.settings
    return page(request, "privacy.html", logged=settings.log_questions, account=settings.audit_questions)
