"""Forms that are sent as an address: the fields that were left empty go before the address is read."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute


class WithoutEmptyFields(APIRoute):
    """A route that sends a request with empty fields on to the address without them, before any field is checked."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            given = request.query_params.multi_items()
            kept = [(name, value) for name, value in given if value]
            if len(kept) < len(given):
                to = f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path
                return RedirectResponse(to, status_code=303)
            return await handler(request)

        return handle
