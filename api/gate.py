"""What every request passes: limits, an id, a line in the log, counts, and the headers of security."""

from __future__ import annotations

import json
import logging
import math
import re
import time
import uuid
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.audience import may_upload, person_of
from api.audit import Act, Audit
from api.bodies import BODY_SECONDS, TooLate, TooLong, within
from api.identity import OWNER_NAME, Identity, NotKnown
from api.limits import RateLimit
from api.metrics import Metrics
from api.problems import for_reader, of_assistant_error, problem, unforeseen
from api.roles import NOBODY, How, Person
from api.routes.sign_in import signed_in
from api.turns import Turns
from assistant.errors import StoreError

log = logging.getLogger("plan_assistant.requests")
_ID = re.compile(r"^[\w.-]{1,64}$", re.ASCII)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOADS = frozenset({"/upload", "/api/sources"})
"""The addresses that take a file, as long as a plan may be, from those who may send one."""
_BESIDE_THE_FILE = 100_000
_WITHOUT_A_TURN = ("/static/", "/api/health", "/metrics", "/sign-in", "/sign-out", "/mcp")
"""What waits for nobody, or stays open for as long as a program listens."""
_RETRY_SECONDS = "5"
_REFUSED = frozenset({401, 403})
_COST_OF_A_GUESS = 50
"""Requests that a key or token which does not hold counts as, so that few can be tried in a minute."""


class Gate:
    """An ASGI application around another."""

    def __init__(self, app: ASGIApp, identity: Identity, metrics: Metrics, audit: Audit) -> None:
        self.app, self.identity, self.metrics, self.audit = app, identity, metrics, audit
        self.settings = settings = identity.settings
        self.rate = RateLimit(max(1, settings.requests_per_minute // settings.workers))
        self.turns = Turns(settings.answers_at_once)
        self.headers = {
            "Content-Security-Policy": (
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                f"frame-ancestors {settings.frame_ancestors}"
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID.match(given) else uuid.uuid4().hex
        started, status, begun = time.perf_counter(), 500, False

        async def marked(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._passed(scope, receive, marked)
        except StoreError as error:
            if begun:
                raise
            await for_reader(scope, of_assistant_error(error), str(error))(scope, receive, marked)
        except Exception:
            log.exception("request %s failed", request_id)
            if begun:
                raise
            body = unforeseen(scope["method"], scope["path"])
            await for_reader(scope, body, "Something went wrong on the server. Nothing was changed. Try again.")(
                scope, receive, marked
            )
        finally:
            self._noted(scope, request_id, status, time.perf_counter() - started)
            if status in _REFUSED:
                person, route = person_of(Request(scope)), self._route(scope)
                await run_in_threadpool(self.audit.note, Act.REFUSED, person, route=route, status=status)

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        try:
            person = self.identity.person(request)
        except NotKnown as error:
            if not await self._must_wait(request, NOBODY, send, _COST_OF_A_GUESS):
                headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
                await problem(401, "not_known", f"{error}.", headers)(scope, receive, send)
            return
        request.state.person = person
        by_link = self._is_link(request)
        if await self._must_wait(request, person, send, _COST_OF_A_GUESS if by_link else 1):
            return
        if by_link:
            await self._opened(request)(scope, receive, send)
            return
        if _from_elsewhere(scope):
            words = "A form of another site was sent here. Open the page on this server and send it from there."
            await problem(403, "other_site", words)(scope, receive, send)
            return
        limit, sends_plan = self.settings.request_bytes, scope["path"] in UPLOADS and may_upload(request)
        if sends_plan:
            limit = self.settings.file_bytes + _BESIDE_THE_FILE
        try:
            read = await within(scope, receive, limit, whole=not sends_plan)
        except TooLong:
            words = f"{scope['method']} {scope['path']}: the body is over {limit:,} bytes. Send less."
            await problem(413, "too_large", words, {"Connection": "close"})(scope, receive, send)
            return
        except TooLate:
            words = f"The body did not come within {BODY_SECONDS:g} seconds. Send it again, at once."
            await problem(408, "too_late", words, {"Connection": "close"})(scope, receive, send)
            return
        if sends_plan or scope["path"].startswith(_WITHOUT_A_TURN):
            await self.app(scope, read, send)
        else:
            await self._in_turn(request, person, read, send)

    async def _in_turn(self, request: Request, person: Person, receive: Receive, send: Send) -> None:
        place = await self.turns.take(_reader(request, person))
        if place is None:
            words = "More is asked just now than can be answered. Try again in a few seconds."
            body = problem(503, "busy", words, {"Retry-After": _RETRY_SECONDS})
            await for_reader(request.scope, body, words)(request.scope, receive, send)
            return
        try:
            await self.app(request.scope, receive, send)
        finally:
            self.turns.give_back(place)

    async def _must_wait(self, request: Request, person: Person, send: Send, cost: int) -> bool:
        """Whether this reader asked too much, and was told so."""
        wait = self.rate.wait_seconds(_reader(request, person), cost)
        if wait:
            seconds = math.ceil(wait)
            words = f"Too many requests from this reader or address. Wait {seconds} s and ask again."
            body = problem(429, "too_many_requests", words, {"Retry-After": str(seconds)})
            await for_reader(request.scope, body, words)(request.scope, request.receive, send)
        return bool(wait)

    def _is_link(self, request: Request) -> bool:
        """Whether an address of a page is the link with the token, as the server printed it."""
        page = not request.url.path.startswith(("/api/", "/static/"))
        return page and request.method == "GET" and self.settings.sign_in == "local" and "token" in request.query_params

    def _opened(self, request: Request) -> Response:
        """The same address without its token, for a browser that is the owner's from now on."""
        cookie = self.identity.begun(request.query_params["token"])
        if cookie is None:
            words = "This link has the token of another start of the server. Open the link that it printed last."
            return for_reader(request.scope, problem(401, "not_known", words), words)
        left = request.url.remove_query_params("token")
        to = f"{left.path}?{left.query}" if left.query else left.path
        return signed_in(request, OWNER_NAME, cookie, "/" + to.lstrip("/"))

    def _route(self, scope: Scope) -> str:
        return str(getattr(scope.get("route"), "path", "other"))

    def _noted(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        route = self._route(scope)
        self.metrics.requests.labels(route, str(status)).inc()
        self.metrics.seconds.labels(route).observe(seconds)
        line = {"id": request_id, "method": scope["method"], "route": route, "status": status}
        line["ms"] = round(seconds * 1000, 1)
        if self.settings.log_questions:
            line["query"] = scope.get("query_string", b"").decode("latin-1")
        log.info(json.dumps(line))


def _reader(request: Request, person: Person) -> str:
    """What tells one reader from others: the name where it is known, else the address."""
    address = request.client.host if request.client else ""
    return address if person.how is How.NOT_KNOWN else f"person {person.name}"


def _from_elsewhere(scope: Scope) -> bool:
    """True for a change that a page of another site asks a browser to make."""
    headers = Headers(scope=scope)
    if scope["method"] in _SAFE:
        return False
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")
