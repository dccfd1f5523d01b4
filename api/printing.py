"""What is longer than a table: an answer as a person reads it, the answers of a batch, and how far a load is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.cli_options import shown
from api.words import short, source_line
from assistant.answer import Answer
from assistant.errors import AssistantError, QuestionError
from assistant.outcome import AnswerStatus

if TYPE_CHECKING:
    from assistant import Assistant
    from ingest.load import Step


def answer_text(answer: Answer) -> str:
    """The answer as a person reads it: the answer first, then where each row stands, then how it was understood."""
    near = [f"  {row.ref or '-'}  {short(row.action)} ({row.document}): {row.reason}" for row in answer.related]
    next_ = [f"  {question}" for question in answer.suggestions]
    parts = [
        answer.answer,
        "\n".join(source_line(one, chars=120) for one in answer.citations),
        "\n".join(f"Note: {caveat}" for caveat in answer.caveats),
        "\n".join(["Related, not part of the answer:", *near]) if near else "",
        f"As of {answer.as_of.isoformat()}. Understood as: {answer.understood_as or 'not a query'}",
        "\n".join(["You could ask next:", *next_]) if next_ else "",
    ]
    return "\n\n".join(part for part in parts if part)


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
            yield _answer(assistant, line, f"{file.name}, line {number}").as_dict()


def _answer(assistant: Assistant, line: str, where: str) -> Answer:
    from pydantic import ValidationError

    from api.schemas import AskBody

    try:
        body = AskBody.model_validate_json(line)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'line'}: {fault['msg']}" for fault in error.errors())
        words = f"{where}: {faults}. Mend the line; only `question` is required."
        known: dict[str, str] = {}
        with suppress(ValueError, AttributeError):
            known = {name: value for name, value in json.loads(line).items() if isinstance(value, str)}
        return Answer(known.get("question", ""), AnswerStatus.ERROR, words, date.today(), known.get("qid"))
    told = Answer(body.question, AnswerStatus.ERROR, "", date.today(), body.qid)
    try:
        return assistant.ask(
            body.question, body.as_of, tuple(body.conversation or ()), body.reader, query=body.query, qid=body.qid
        )
    except QuestionError as error:
        return replace(told, status=AnswerStatus.NEEDS_CLARIFICATION, answer=str(error))
    except AssistantError as error:
        return replace(told, answer=f"{where}: {error}")


@contextmanager
def load_progress() -> Iterator[Callable[[Step], None]]:
    """Shows how far a load is, on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        documents, parts = progress.add_task("documents", total=None), progress.add_task("", total=None)

        def show(step: Step) -> None:
            words = escape(shown(f"{step.doing} {step.document}"))
            progress.update(documents, completed=step.number - 1, total=step.of)
            progress.update(parts, description=words, completed=step.part, total=step.parts or None)

        yield show
