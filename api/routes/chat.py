"""`/v1/chat/completions` in OpenAI's protocol: the answer as a message, its citations as annotations."""

import json
import re
import time
import uuid
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from api.asking import asked
from api.here import Here
from api.words import source_line
from assistant.answer import Answer, CitationKind
from assistant.errors import QuestionError
from assistant.places import place_words

MODEL = "plan-assistant"
router = APIRouter(prefix="/v1", include_in_schema=False)


class ChatBody(BaseModel):
    """What a program sends; settings of sampling mean nothing here and are ignored."""

    messages: list[dict[str, Any]] = Field(min_length=1)
    model: str = MODEL
    stream: bool = False

    def turns(self) -> list[str]:
        """The texts of the user, which are the conversation; of a message in parts, those that are text."""
        told = []
        for message in (one for one in self.messages if one.get("role") == "user"):
            content = message.get("content")
            parts = content if isinstance(content, list) else [{"text": content}]
            told.append("\n".join(str(part.get("text") or "") for part in parts if isinstance(part, dict)))
        return [text for text in told if text.strip()]


@router.get("/models")
def models() -> Any:
    """The one model there is."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}


@router.post("/chat/completions")
def completions(body: ChatBody, here: Here) -> Any:
    """The last message of the user is the question, those before it are its conversation."""
    turns = body.turns()
    if not turns:
        raise QuestionError("There is no message of the user. Ask about the plans, such as: which actions are overdue?")
    answer = asked(here, turns[-1], earlier=turns[:-1])
    base = here.settings.public_url or str(here.request.base_url).rstrip("/")
    parts = [answer.answer, *(f"Note: {caveat}" for caveat in answer.caveats)]
    parts += ["\n".join(["Sources", "", *map(source_line, answer.citations)])] if answer.citations else []
    text = "\n\n".join(parts)
    notes = list(_annotations(text, answer, base))
    head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": MODEL}
    if body.stream:
        return StreamingResponse(_chunks(head, text, notes), media_type="text/event-stream")
    message = {"role": "assistant", "content": text, "refusal": None, "annotations": notes}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {**head, "object": "chat.completion", "choices": [choice]}


def _annotations(text: str, answer: Answer, base: str) -> Iterator[dict[str, Any]]:
    known = {one.marker: one for one in answer.citations}
    for mark in re.finditer(r"\[(\d+)\]", text):
        if one := known.get(int(mark.group(1))):
            page = "row" if one.kind is CitationKind.ACTION else "passage"
            span = {"start_index": mark.start(), "end_index": mark.end()}
            named = {"url": f"{base}/{page}/{one.id}", "title": f"{one.document}, {place_words(one.locator)}"}
            yield {"type": "url_citation", "url_citation": span | named}


def _chunks(head: dict[str, Any], text: str, notes: list[dict[str, Any]]) -> Iterator[str]:
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [*({"content": line} for line in text.splitlines(keepends=True)), {"annotations": notes}, {}]
    for at, delta in enumerate(deltas, start=1):
        choice = {"index": 0, "delta": delta, "finish_reason": "stop" if at == len(deltas) else None}
        yield f"data: {json.dumps({**head, 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n"
    yield "data: [DONE]\n\n"
