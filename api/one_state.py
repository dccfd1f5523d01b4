"""Each request reads one committed state of the register, from its first read until its answer begins to leave."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.register import Register


class OneState:
    """An ASGI application around another. What a request itself writes, it sees."""

    def __init__(self, app: ASGIApp, register: Register) -> None:
        self.app, self.register = app, register

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        with self.register.one_state() as held:

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    held.let_go()
                await send(message)

            await self.app(scope, receive, sent)
