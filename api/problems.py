"""Exceptions to the one error body: `{"error": code, "message": what, where and what to do, "status": number}`."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.schemas import Problem
from api.templates import page
from assistant.errors import (
    AssistantError,
    QueryPlanError,
    QuestionError,
    RecordNotFound,
    SourceError,
    StoreBusy,
    StoreError,
)

_STATUS: tuple[tuple[type[AssistantError], int, str], ...] = (
    (RecordNotFound, 404, "not_found"),
    (QuestionError, 422, "question"),
    (QueryPlanError, 422, "query_plan"),
    (SourceError, 422, "source"),
    (StoreBusy, 503, "busy"),
    (StoreError, 503, "store"),
    (AssistantError, 500, "internal"),
)

_CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "media_type",
    429: "too_many_requests",
}


_WHEN = {
    400: "The body is not JSON",
    403: "The request comes from a page of another site, or its sender may not do this",
    404: "Nothing has that id, for this reader",
    413: "The body is too long",
    422: "A value cannot be used",
    429: "Too many requests; wait as Retry-After says",
    503: "The register cannot be read just now",
}


_NOT_HELD = "Nothing is held at this address, or you may not see it. Find the row in the register, or ask again."


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the description of a route says of its errors."""
    return {status: {"model": Problem, "description": _WHEN[status]} for status in statuses}


def problem(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """The one error body."""
    return JSONResponse({"error": code, "message": message, "status": status}, status_code=status, headers=headers)


def of_assistant_error(error: AssistantError) -> JSONResponse:
    """The body for an error that was raised on purpose."""
    status, code = next((status, code) for kind, status, code in _STATUS if isinstance(error, kind))
    return problem(status, code, str(error))


def _of_validation(error: RequestValidationError) -> JSONResponse:
    faults = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()]
    return problem(422, "invalid", f"The request cannot be read. {'; '.join(faults)}. See /openapi.json.")


def _shown(request: Request, body: JSONResponse, message: str) -> Response:
    """The error as a page for a reader of pages, as the one body for a program."""
    wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
    return page(request, "problem.html", body.status_code, message=message) if wants_page else body


def install(app: FastAPI) -> None:
    """Make every error of the application leave as the one body."""

    @app.exception_handler(AssistantError)
    async def on_purpose(request: Request, error: AssistantError) -> Response:
        words = _NOT_HELD if isinstance(error, RecordNotFound) else str(error)
        return _shown(request, of_assistant_error(error), words)

    @app.exception_handler(RequestValidationError)
    async def not_valid(request: Request, error: RequestValidationError) -> Response:
        words = "The address holds a value that cannot be used. Go back and choose another."
        return _shown(request, _of_validation(error), words)

    @app.exception_handler(HTTPException)
    async def from_framework(request: Request, error: HTTPException) -> Response:
        code = _CODES.get(error.status_code, "request")
        where = f"{request.method} {request.url.path}"
        body = problem(
            error.status_code, code, f"{where}: {error.detail}. See /openapi.json.", dict(error.headers or {})
        )
        return _shown(request, body, "There is no page at this address.")


def for_reader(scope: Scope, body: JSONResponse, message: str) -> Response:
    """The error as `_shown` gives it, for what goes wrong before a route is found; it says how long to wait."""
    response = _shown(Request(scope), body, message)
    if "retry-after" in body.headers:
        response.headers["Retry-After"] = body.headers["retry-after"]
    return response


def unforeseen(method: str, path: str) -> JSONResponse:
    """The body for what nobody foresaw; the log of the server has the reason."""
    words = f"{method} {path} failed for a reason that the server log gives. Try again; nothing was changed."
    return problem(500, "internal", words)
