"""A server of the OpenAI protocol on the loopback, for tests of the wire: real HTTP, scripted words."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

Say = Callable[[str], str]


@dataclass
class Served:
    """What the server says next, how, and every body that it was sent."""

    say: Say = lambda prompt: prompt
    status: int = 200
    wait_seconds: float = 0.0
    address: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)


def _app(served: Served) -> FastAPI:
    app = FastAPI()

    @app.get("/v1/models")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [{"id": "local", "object": "model", "created": 0, "owned_by": "tests"}]}

    @app.post("/v1/chat/completions")
    async def chat(request: Request) -> JSONResponse:
        body = json.loads(await request.body())
        served.bodies.append(body)
        time.sleep(served.wait_seconds)
        if served.status != 200:
            return JSONResponse({"error": {"message": "slow down", "type": "x", "code": None}}, served.status)
        message = {"role": "assistant", "content": served.say(body["messages"][-1]["content"]), "refusal": None}
        return JSONResponse(
            {
                "id": "chat-1",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }
        )

    return app


@contextmanager
def serving() -> Iterator[Served]:
    """The server, while it runs, on a free port."""
    served = Served()
    server = uvicorn.Server(uvicorn.Config(_app(served), host="127.0.0.1", port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    served.address = f"http://127.0.0.1:{port}/v1"
    try:
        yield served
    finally:
        server.should_exit = True
        thread.join()
