"""Exceptions to the one error body: `{"error": code, "message": what, where and what to do, "status": number}`."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount

from api.here import page
from api.schemas import Problem
from assistant import errors

_STATUS: tuple[tuple[type[errors.AssistantError], int, str], ...] = (
    (errors.RecordNotFound, 404, "not_found"),
    (errors.QuestionError, 422, "question"),
    (errors.QueryPlanError, 422, "query_plan"),
    (errors.SourceError, 422, "source"),
    (errors.PlaceLost, 409, "place_lost"),
    (errors.StoreBusy, 503, "busy"),
    (errors.StoreError, 503, "store"),
    (errors.AssistantError, 500, "internal"),
)

_WHEN = {
    400: ("bad_request", "The body cannot be taken apart: it is not in its encoding or its form."),
    401: ("not_known", "The key or token that was sent is not one that holds."),
    403: ("forbidden", "The request comes from a page of another site, or its sender may not do this."),
    404: ("not_found", "Nothing has that id, for this reader."),
    409: ("place_lost", "The row that the page was to go on from is gone. Begin again."),
    413: ("too_large", "The body is too long."),
    415: ("media_type", "The body has a media type that is not taken here."),
    422: ("invalid", "A value cannot be used."),
    429: ("too_many_requests", "Too many requests; wait as Retry-After says."),
    500: ("internal", "What nobody foresaw; the server log has the reason under the request's id."),
    503: ("busy", "The register cannot be read or written just now."),
}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}}}
_RETRY_SECONDS = "5"
_NOT_HELD = "Nothing is held at this address, or you may not see it. Find the row in the register, or ask again."


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the description of a route says of its errors: those that every route may give, and these."""
    told: dict[int | str, dict[str, Any]] = {}
    for status in sorted({401, 422, 429, 500, 503, *statuses}):
        code, when = _WHEN[status]
        example = {"application/json": {"example": {"error": code, "message": when, "status": status}}}
        told[status] = {"model": Problem, "description": when, "content": example}
        told[status] |= {"headers": _RETRY_AFTER} if status in (429, 503) else {}
    return told


def needs_media_type(wanted: str) -> Callable[[Request], None]:
    """A dependency that refuses, with 415, a body of any other media type."""

    def check(request: Request) -> None:
        given = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if given != wanted:
            raise HTTPException(415, f"The body is {given or 'of no stated type'}; send {wanted}")

    return check


def refusal(
    request: Request, status: int, code: str, message: str, headers: Mapping[str, str] | None = None, words: str = ""
) -> Response:
    """An error: a page for a reader of pages, with `words` where they are given, and the one body for a program."""
    if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/"):
        response: Response = page(request, "problem.html", status, message=words or message)
    else:
        response = JSONResponse({"error": code, "message": message, "status": status}, status_code=status)
    response.headers.update(headers or {})
    return response


def of_assistant_error(request: Request, error: errors.AssistantError) -> Response:
    """The answer to an error that was raised on purpose."""
    status, code = next((status, code) for kind, status, code in _STATUS if isinstance(error, kind))
    headers = {"Retry-After": _RETRY_SECONDS} if status == 503 else None
    return refusal(request, status, code, str(error), headers, _NOT_HELD if status == 404 else "")


def unforeseen(request: Request) -> Response:
    """The answer to what nobody foresaw; the log of the server has the reason."""
    where = f"{request.method} {request.url.path}"
    told = f"{where} failed for a reason that the server log gives. Try again; nothing was changed."
    words = "Something went wrong on the server. Nothing was changed. Try again."
    return refusal(request, 500, "internal", told, words=words)


def install(app: FastAPI) -> None:
    """Make every error of the application leave as the one body."""

    @app.exception_handler(errors.AssistantError)
    async def on_purpose(request: Request, error: errors.AssistantError) -> Response:
        return of_assistant_error(request, error)

    @app.exception_handler(RequestValidationError)
    async def not_valid(request: Request, error: RequestValidationError) -> Response:
        faults = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        told = f"The request cannot be read. {'; '.join(faults)}. See /openapi.json."
        words = "The address holds a value that cannot be used. Go back and choose another."
        return refusal(request, 422, "invalid", told, words=words)

    @app.exception_handler(HTTPException)
    async def from_framework(request: Request, error: HTTPException) -> Response:
        status, headers = error.status_code, dict(error.headers or {})
        code = "method_not_allowed" if status == 405 else _WHEN.get(status, ("request",))[0]
        if status == 405:  # what can be done at the address, over all routes that have it
            routes = [route for route in request.app.router.routes if not isinstance(route, Mount)]
            scopes = {method: {**request.scope, "method": method} for method in ("GET", "HEAD", "POST")}
            can = (name for name, scope in scopes.items() if any(one.matches(scope)[0] is Match.FULL for one in routes))
            headers["Allow"] = ", ".join(can)
        told = f"{request.method} {request.url.path}: {error.detail}. See /openapi.json."
        words = "There is no page at this address." if status == 404 else f"{error.detail}."
        return refusal(request, status, code, told, headers, words)
