"""The pages: forms and text made on the server, so that they work without script."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from markdown_it import MarkdownIt

from api.audience import audience_of
from assistant.answer import Reader
from assistant.errors import AssistantError
from assistant.places import place_words

router = APIRouter(include_in_schema=False)
_templates = Jinja2Templates(Path(__file__).parent.parent / "pages")
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_EXAMPLE = "what actions on neglect are overdue?"


def _address(**parts: Any) -> str:
    return "/?" + urlencode({name: value for name, value in parts.items() if value}, doseq=True)


@router.get("/", response_class=HTMLResponse)
def ask_page(
    request: Request,
    q: str = "",
    as_of: str = "",
    reader: Reader = Reader.STAFF,
    earlier: list[str] = Query(default_factory=list),  # noqa: B008  (FastAPI's way to say a repeated parameter)
) -> HTMLResponse:
    """The question form, with the answer when there is a question. Its address asks the same again."""
    assistant = request.app.state.assistant
    audience = audience_of(request)
    answer, error = None, None
    if q.strip():
        try:
            day = date.fromisoformat(as_of) if as_of else None
            answer = assistant.ask(q, as_of=day, conversation=tuple(earlier), reader=reader, audience=audience)
        except ValueError:
            error = f'"{as_of}" is not a date. Write it as year-month-day, such as 2026-03-31.'
        except AssistantError as problem:
            error = str(problem)
    conversation = [*earlier, q] if answer else earlier
    context = {
        "question": "" if answer else q,
        "asked": q,
        "as_of": as_of,
        "reader": reader.value,
        "readers": [kind.value for kind in Reader],
        "conversation": conversation,
        "answer": answer,
        "text": _markdown.render(answer.answer) if answer else "",
        "table": asdict(answer.table) if answer and answer.table else None,
        "error": error,
        "example": _EXAMPLE,
        "limit": request.app.state.settings.question_chars,
        "sources": assistant.register.sources(audience),
        "place": place_words,
        "link": lambda words: _address(q=words, as_of=as_of, reader=reader.value, earlier=conversation),
    }
    status = 422 if error else 200
    return _templates.TemplateResponse(request, "ask.html", context, status_code=status)
