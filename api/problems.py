"""Exceptions to the one error body: `{"error": code, "message": what, where and what to do, "status": number}`."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

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

_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "media_type", 429: "too_many_requests"}


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


def install(app: FastAPI) -> None:
    """Make every error of the application leave as the one body."""

    @app.exception_handler(AssistantError)
    async def on_purpose(_request: Request, error: AssistantError) -> JSONResponse:
        return of_assistant_error(error)

    @app.exception_handler(RequestValidationError)
    async def not_valid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return _of_validation(error)

    @app.exception_handler(HTTPException)
    async def from_framework(request: Request, error: HTTPException) -> JSONResponse:
        code = _CODES.get(error.status_code, "request")
        where = f"{request.method} {request.url.path}"
        return problem(
            error.status_code, code, f"{where}: {error.detail}. See /openapi.json.", dict(error.headers or {})
        )

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, _error: Exception) -> JSONResponse:
        where = f"{request.method} {request.url.path}"
        return problem(
            500, "internal", f"{where} failed for a reason that the server log gives. Try again; nothing was changed."
        )
