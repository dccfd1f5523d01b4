"""What every request passes: limits, an id, a line in the log, counts, the headers of security, one state to read."""

import asyncio
import json
import logging
import math
import re
import threading
import time
import uuid
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.audit import Act, Audit
from api.here import may_upload, person_of, sender_of
from api.identity import OWNER_NAME, Identity, NotKnown
from api.problems import of_assistant_error, refusal, unforeseen
from api.routes.sign_in import signed_in
from assistant.errors import StoreError
from assistant.locks import WAY
from assistant.register import Register

_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Counters of one application for Prometheus; each worker counts its own requests. Labels are a route's pattern,
    never an address, so that their number is small."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.requests = Counter("plan_assistant_requests", "Requests answered", ["route", "status"], registry=registry)
        self.seconds = Histogram(
            "plan_assistant_request_seconds", "Server time", ["route"], registry=registry, buckets=_SECONDS
        )
        self.answers = Counter("plan_assistant_answers", "Questions answered, by status", ["status"], registry=registry)

    def response(self) -> Response:
        """The counts in the text format of Prometheus."""
        return Response(generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


# ---------------------------------------------------------------- how much one client may ask, and whose turn is next

_CLIENTS_AT_MOST = 10_000


@dataclass(slots=True)
class RateLimit:
    """A bucket a client: it holds `most` requests and fills evenly. Counts are of this process alone."""

    most: int
    seconds: float = 60.0
    """How long an empty bucket takes to fill."""
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_seconds(self, client: str, cost: int = 1) -> float:
        """Take what a request costs; 0 where it may go on, else how long to wait before the next."""
        cost = min(cost, self.most)
        now = self.clock()
        with self._lock:
            left, since = self._buckets.pop(client, (float(self.most), now))
            left = min(float(self.most), left + (now - since) * self.most / self.seconds)
            if len(self._buckets) >= _CLIENTS_AT_MOST:
                self._buckets.pop(next(iter(self._buckets)))
            self._buckets[client] = (left - cost if left >= cost else left, now)
        return 0.0 if left >= cost else (cost - left) * self.seconds / self.most


MUCH_SECONDS, _HALVED_SECONDS, _WAY_SECONDS = 1.0, 10.0, 0.05
"""A request that took so long makes its sender's next ones heavy, for a while; how soon that is forgotten by half."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that somebody has, since when, and whether for what is likely to take long."""

    who: str
    heavy: bool
    since: float


@dataclass(slots=True)
class Turns:
    """The places of one event loop. What is heavy shares at most half of them, so that the rest is served beside it."""

    at_once: int
    waiting_at_most: int = 128
    patience_seconds: float = 15.0
    clock: Callable[[], float] = time.monotonic
    _running: int = 0
    _heavy: int = 0
    _used: OrderedDict[str, tuple[float, float, float]] = field(default_factory=OrderedDict)
    _waiting: dict[str, deque[tuple[bool, asyncio.Future[Place]]]] = field(default_factory=dict)

    async def take(self, who: str, long: bool = False) -> Place | None:
        """Wait for a place, which must be given back; None where too many wait, or it takes too long.

        Args: long, True for a request that is long in itself."""
        if who not in self._waiting and (place := self._started(who, long)):
            return place
        if sum(map(len, self._waiting.values())) >= self.waiting_at_most:
            return None
        turn: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append((long, turn))
        try:
            await asyncio.wait([turn], timeout=self.patience_seconds)
        except asyncio.CancelledError:
            if turn.done():
                self.give_back(turn.result())
            else:
                self._forget(who, (long, turn))
            raise
        if turn.done():
            return turn.result()
        self._forget(who, (long, turn))
        return None

    def give_back(self, place: Place) -> None:
        """Give a place back, and let in whoever may come next: who took least of the server's time lately."""
        now = self.clock()
        self._running -= 1
        self._heavy -= place.heavy
        (used, longest), took = self._lately(place.who), now - place.since
        self._used[place.who] = (used + took, max(longest, took), now)
        self._used.move_to_end(place.who)
        while len(self._used) > _CLIENTS_AT_MOST:
            self._used.popitem(last=False)
        for who in sorted(self._waiting, key=self._lately):
            long, turn = self._waiting[who][0]
            if next_place := self._started(who, long):
                self._forget(who, (long, turn))
                turn.set_result(next_place)

    def make_way(self) -> None:
        """Wait a moment, in the thread of what is heavy, while something else is worked on."""
        until = self.clock() + _WAY_SECONDS
        while self._running > self._heavy and self.clock() < until:
            time.sleep(0.001)

    def _lately(self, who: str) -> tuple[float, float]:
        """The seconds that somebody took and those of their longest request, those long ago counted less."""
        used, longest, when = self._used.get(who, (0.0, 0.0, 0.0))
        left = 0.5 ** ((self.clock() - when) / _HALVED_SECONDS)
        return used * left, longest * left

    def _started(self, who: str, long: bool) -> Place | None:
        """A place for somebody's request; None where it must wait."""
        heavy = long or self._lately(who)[1] > MUCH_SECONDS
        if self._running >= self.at_once or (heavy and self._heavy >= max(1, self.at_once // 2)):
            return None
        self._running += 1
        self._heavy += heavy
        return Place(who, heavy, self.clock())

    def _forget(self, who: str, waiting: tuple[bool, asyncio.Future[Place]]) -> None:
        self._waiting[who].remove(waiting)
        if not self._waiting[who]:
            del self._waiting[who]


BODY_SECONDS, FILE_SECONDS = 20.0, 600.0
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Refused(Exception):
    """What a request is told in place of being passed on; the arguments are those of `refusal`."""


async def within(scope: Scope, receive: Receive, limit: int, whole: bool) -> Receive:
    """A way to read a body that is known to be short enough, and, where it is read `whole`, to be there.

    Raises: Refused. What is not read whole ends as if the client had gone, where it is too long or too late."""
    declared = Headers(scope=scope).get("content-length", "")
    words = f"{scope['method']} {scope['path']}: the body is over {limit:,} bytes. Send less."
    too_long = Refused(413, "too_large", words, {"Connection": "close"})
    if declared.isdecimal() and int(declared) > limit:
        raise too_long
    if scope["method"] in _SAFE and declared in ("", "0"):
        return receive
    until = asyncio.get_running_loop().time() + (BODY_SECONDS if whole else FILE_SECONDS)
    size, ended, messages = 0, False, list[Message]()

    async def read() -> Message:
        """The next part of the body, and then whatever comes."""
        nonlocal size, ended
        if ended:
            return messages.pop(0) if messages else await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            message = {"type": "http.disconnect", "late": True}
        size += len(message.get("body", b""))
        ended = not message.get("more_body")
        return message if size <= limit else {"type": "http.disconnect"}

    while whole and not ended:
        message = await read()
        messages.append(message)
        if message.get("late"):
            words = f"The body did not come within {BODY_SECONDS:g} seconds. Send it again, at once."
            raise Refused(408, "too_late", words, {"Connection": "close"})
        if size > limit:
            raise too_long
    return read


log = logging.getLogger("plan_assistant.requests")
_ID = re.compile(r"^[\w.-]{1,64}$", re.ASCII)
UPLOADS = frozenset({"/upload", "/api/sources"})
"""The addresses that take a file, as long as a plan may be, from those who may send one."""
_BESIDE_THE_FILE = 100_000
_WITHOUT_A_TURN = ("/static/", "/api/health", "/metrics", "/sign-in", "/sign-out", "/mcp")
"""What waits for nobody, or stays open for as long as a program listens."""
_RETRY_SECONDS = "5"
_LONG = 700
"""Bytes of a request from which its question is a long one."""
_COST_OF_A_GUESS = 50
"""Requests that a key or token which does not hold counts as, so that few can be tried in a minute."""


class Gate:
    """An ASGI application around another."""

    def __init__(self, app: ASGIApp, identity: Identity, metrics: Metrics, audit: Audit, register: Register) -> None:
        self.app, self.identity, self.metrics, self.audit, self.register = app, identity, metrics, audit, register
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

        request = Request(scope)
        try:
            await self._passed(request, receive, marked)
        except Exception as error:
            if not isinstance(error, Refused | StoreError):
                log.exception("request %s failed", request_id)
            if begun:
                raise
            told = refusal(request, *error.args) if isinstance(error, Refused) else unforeseen(request)
            told = of_assistant_error(request, error) if isinstance(error, StoreError) else told
            await told(scope, receive, marked)
        finally:
            route = str(getattr(scope.get("route"), "path", "other"))
            seconds = time.perf_counter() - started
            self.metrics.requests.labels(route, str(status)).inc()
            self.metrics.seconds.labels(route).observe(seconds)
            line = {"id": request_id, "method": scope["method"], "route": route, "status": status}
            line["ms"] = round(seconds * 1000, 1)
            if self.settings.log_questions:
                line["query"] = scope.get("query_string", b"").decode("latin-1")
            log.info(json.dumps(line))
            if status in (401, 403):
                await run_in_threadpool(self.audit.note, Act.REFUSED, person_of(request), route=route, status=status)

    async def _passed(self, request: Request, receive: Receive, send: Send) -> None:
        scope = request.scope
        try:
            request.state.person = self.identity.person(request)
        except NotKnown as error:
            self._count(request, _COST_OF_A_GUESS)
            raise Refused(
                401, "not_known", f"{error}.", {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            ) from error
        page = request.method == "GET" and not scope["path"].startswith(("/api/", "/static/"))
        by_link = page and self.settings.sign_in == "local" and "token" in request.query_params
        self._count(request, _COST_OF_A_GUESS if by_link else 1)
        if by_link:
            await self._opened(request)(scope, receive, send)
            return
        if _from_elsewhere(scope):
            words = "A form of another site was sent here. Open the page on this server and send it from there."
            raise Refused(403, "other_site", words)
        sends_plan = scope["path"] in UPLOADS and may_upload(request)
        limit = self.settings.file_bytes + _BESIDE_THE_FILE if sends_plan else self.settings.request_bytes
        read = await within(scope, receive, limit, whole=not sends_plan)
        if sends_plan or scope["path"].startswith(_WITHOUT_A_TURN):
            await self._one_state(scope, read, send)
            return
        said = len(scope["query_string"]) + int(request.headers.get("content-length") or 0)
        place = await self.turns.take(sender_of(request), said > _LONG)
        if place is None:
            words = "More is asked just now than can be answered. Try again in a few seconds."
            raise Refused(503, "busy", words, {"Retry-After": _RETRY_SECONDS})
        if place.heavy:
            WAY.set(self.turns.make_way)
        try:
            await self._one_state(scope, read, send)
        finally:
            self.turns.give_back(place)

    async def _one_state(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application, which reads one state of the register until it answers; what it writes itself, it sees."""
        with nullcontext() if scope["path"].startswith("/static/") else self.register.one_state() as held:

            async def sent(message: Message) -> None:
                if held and message["type"] == "http.response.start":
                    held.let_go()
                await send(message)

            await self.app(scope, receive, sent)

    def _count(self, request: Request, cost: int) -> None:
        """Raises: Refused where this reader asked too much."""
        wait = self.rate.wait_seconds(sender_of(request), cost)
        if wait:
            seconds = math.ceil(wait)
            words = f"Too many requests from this reader or address. Wait {seconds} s and ask again."
            raise Refused(429, "too_many_requests", words, {"Retry-After": str(seconds)})

    def _opened(self, request: Request) -> Response:
        """The same address without its token, for a browser that is the owner's from now on."""
        cookie = self.identity.begun(request.query_params["token"])
        if cookie is None:
            words = "This link has the token of another start of the server. Open the link that it printed last."
            raise Refused(401, "not_known", words)
        left = request.url.remove_query_params("token")
        to = f"{left.path}?{left.query}" if left.query else left.path
        return signed_in(request, OWNER_NAME, cookie, "/" + to.lstrip("/"))


def _from_elsewhere(scope: Scope) -> bool:
    """True for a change that a page of another site asks a browser to make."""
    headers = Headers(scope=scope)
    if scope["method"] in _SAFE:
        return False
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")
