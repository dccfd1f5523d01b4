"""The wire under the server: what a client may leave unfinished, and for how long, before it is let go."""

from __future__ import annotations

import asyncio
import resource

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS, HEADER_BYTES = 10.0, 80_000
_KEPT_FOR_FILES = 256
"""File handles that connections may not take, so that the register can always be opened."""


def room_for_connections() -> int:
    """How many connections one process may hold, after as many file handles were asked for as the system lets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 65_536) if hard != resource.RLIM_INFINITY else 65_536
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(64, max(soft, wanted) - _KEPT_FOR_FILES)


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with an end to headers that are sent for too long or at too great a length."""

    header_seconds, header_bytes, connections_at_most = HEADER_SECONDS, HEADER_BYTES, room_for_connections()
    _late: asyncio.TimerHandle | None = None
    _in_headers = True
    _size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.connections_at_most:
            self._end(b"503 Service Unavailable")
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_longer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._size += len(data)
        super().data_received(data)
        if self._in_headers and self._size > self.header_bytes:
            self._end(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        self._in_headers = True
        self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_headers, self._size = False, 0
        self._wait_no_longer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_headers, self._size = True, 0
        super().on_message_complete()

    def _wait(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.header_seconds, self._end, b"408 Request Timeout")

    def _wait_no_longer(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _end(self, status: bytes) -> None:
        """Say why, and close."""
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
            self.transport.close()
