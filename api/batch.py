"""`ask --batch`: a line in, a line out, in order, in one process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from api.schemas import AskBody
from assistant.errors import AssistantError, QuestionError
from assistant.outcome import AnswerStatus

if TYPE_CHECKING:
    from assistant import Assistant


def answers(assistant: Assistant, file: Path) -> Iterator[dict[str, Any]]:
    """The answer to each line of a file, as data. A line that cannot be asked gives an answer with status `error`.

    Raises: QuestionError where the file cannot be read.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(
            f"{file}: the questions cannot be read: {error}. Give a UTF-8 file of JSON lines."
        ) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer(assistant, line, f"{file.name}, line {number}")


def _answer(assistant: Assistant, line: str, where: str) -> dict[str, Any]:
    try:
        body = AskBody.model_validate_json(line)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'line'}: {fault['msg']}" for fault in error.errors())
        return _error(_known(line), f"{where}: {faults}. Mend the line; only `question` is required.")
    try:
        answer = assistant.ask(
            body.question,
            as_of=body.as_of,
            conversation=tuple(body.conversation),
            reader=body.reader,
            query=body.query,
            qid=body.qid,
        )
    except QuestionError as error:
        return _error(body.model_dump(include={"qid", "question"}), str(error), AnswerStatus.NEEDS_CLARIFICATION)
    except AssistantError as error:
        return _error(body.model_dump(include={"qid", "question"}), f"{where}: {error}")
    return answer.as_dict()


def _known(line: str) -> dict[str, Any]:
    """The qid and the question of a line that is JSON but not right."""
    try:
        values = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return values if isinstance(values, dict) else {}


def _error(said: dict[str, Any], message: str, status: AnswerStatus = AnswerStatus.ERROR) -> dict[str, Any]:
    question, qid = (said.get(name) if isinstance(said.get(name), str) else None for name in ("question", "qid"))
    empty: dict[str, Any] = {
        "citations": [],
        "related": [],
        "readings": [],
        "not_understood": [],
        "caveats": [],
        "suggestions": [],
    }
    return {
        "question": question or "",
        "qid": qid,
        "status": status.value,
        "answer": message,
        "as_of": date.today().isoformat(),
        "understood_as": "",
        "query": None,
        "total": None,
        "table": None,
        "corpus_version": "",
        **empty,
    }
