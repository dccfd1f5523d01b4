"""Bodies of requests: read before anything is worked on, within a length and a time."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

BODY_SECONDS, FILE_SECONDS = 20.0, 600.0
_EMPTY = frozenset({"GET", "HEAD", "OPTIONS"})


class TooLong(Exception):
    """A body is longer than it may be."""


class TooLate(Exception):
    """A body did not come in time."""


async def within(scope: Scope, receive: Receive, limit: int, whole: bool) -> Receive:
    """A way to read a body that is known to be short enough, and, where it is read `whole`, to be there.

    Raises: TooLong, TooLate. What is not read whole ends as if the client had gone, where it is too long or too late.
    """
    declared = Headers(scope=scope).get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise TooLong
    if scope["method"] in _EMPTY and declared in ("", "0"):
        return receive
    if not whole:
        return _until(receive, limit)
    messages: list[Message] = []
    try:
        async with asyncio.timeout(BODY_SECONDS):
            await _read(receive, limit, messages)
    except TimeoutError as error:
        raise TooLate from error

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return again


async def _read(receive: Receive, limit: int, messages: list[Message]) -> None:
    size = 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > limit:
            raise TooLong
        if not message.get("more_body"):
            return


def _until(receive: Receive, limit: int) -> Receive:
    """The body of a file as it comes, for as long as a file may take."""
    until, size, ended = asyncio.get_running_loop().time() + FILE_SECONDS, 0, False

    async def read() -> Message:
        nonlocal size, ended
        if ended:
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        size += len(message.get("body", b""))
        ended = not message.get("more_body")
        return message if size <= limit else {"type": "http.disconnect"}

    return read
