"""What the commands share: their options, opening the register, and what they print, for a person or as JSON."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from functools import wraps
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

from api.filters import ABOUT, RowFilters
from api.words import short, source_line
from assistant.answer import Answer
from assistant.errors import AssistantError, QuestionError
from assistant.outcome import AnswerStatus

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.settings import Settings
    from ingest.load import Step

_PIPED_WIDTH, _CELL_CHARS = 160, 200
_FOLDER: ContextVar[Path | None] = ContextVar("folder", default=None)
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of text for people")]
_DATA_DIR = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of the register [variable PLAN_ASSISTANT_DATA_DIR; default data]"),
]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What moves the cursor of a terminal, colours it, or turns the order of letters round."""
_NOT_IN_JSON = re.compile(rf"{_CONTROL.pattern}|[\ud800-\udfff]")
"""That, and half a character, which cannot be written as UTF-8."""
Column = str | Callable[[Any], object]
"""A column of a table: the attribute of an item that stands in it, or what makes it of the item."""


def day(text: str) -> date:
    """A day given as 2026-09-01, or day first as 01/09/2026."""
    from assistant.dates import find_dates

    spans = find_dates(text, date.today())
    if len(spans) == 1 and spans[0].text == text.strip() and spans[0].precision == "day" and spans[0].start:
        return spans[0].start
    raise typer.BadParameter(f'"{text}" is not a day. Write it as 2026-09-01 or 01/09/2026.')


Day = Annotated[date | None, typer.Option(parser=day, metavar="DATE")]


def _option(name: str) -> Any:
    """The option of the command line for a filter of the register."""
    kind, about = get_type_hints(RowFilters)[name], ABOUT[name]
    if kind == date | None:
        return Day
    switch = "/".join(f"--{one.lower().replace(' ', '-')}" for one in (about.title or "").split("/"))
    return Annotated[kind, typer.Option(switch if kind == bool | None else f"--{name}", help=about.description)]


class Commands(typer.Typer):
    """Commands that each take the folder of the register, and those filters of it that they name."""

    def command(self, *filters: str, name: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:  # type: ignore[override]
        """Makes a function a command; one with `filters` is given them as `RowFilters`, by that name."""
        given = {**{one: _option(one) for one in filters}, "data_dir": _DATA_DIR}
        options = [
            inspect.Parameter(one, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=of)
            for one, of in given.items()
        ]
        add = super().command(name)

        def made(function: Callable[..., None]) -> Callable[..., None]:
            @wraps(function)
            def run(data_dir: Path | None, **values: Any) -> None:
                _FOLDER.set(data_dir)
                narrowed = {one: values.pop(one) for one in filters}
                function(**values, **({"filters": RowFilters(**narrowed)} if filters else {}))

            known = inspect.signature(function, eval_str=True)
            own = [one for one in known.parameters.values() if one.name != "filters"]
            vars(run)["__signature__"] = known.replace(parameters=[*own, *options])
            add(run)
            return function

        return made


def settings_of() -> Settings:
    """The settings, with the folder that the command names."""
    from assistant.settings import read_settings

    return read_settings(data_dir=_FOLDER.get())


def opened_assistant() -> Assistant:
    from assistant import Assistant

    settings = settings_of()
    return Assistant.open(settings.data_dir, settings)


def shown(text: str) -> str:
    """A text with what a terminal would obey written out."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def put(text: str) -> None:
    sys.stdout.write(f"{shown(text)}\n")


def put_json(data: Any) -> None:
    """A line of JSON; what a terminal would obey is escaped as JSON writes it."""
    told = json.dumps(data, ensure_ascii=False)
    sys.stdout.write(_NOT_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", told) + "\n")


def put_all(
    items: Iterable[Any], columns: Mapping[str, Column], caption: str, data: Callable[[Any], Any] | Literal[False]
) -> None:
    """A line for each item on standard output: of JSON where its data is wanted, else of a table."""
    if data:
        for one in items:
            put_json(data(one))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(caption=caption, caption_justify="left", show_lines=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    for one in items:
        cells = ((column if callable(column) else attrgetter(column))(one) for column in columns.values())
        table.add_row(*(Text(shown("" if cell is None else short(str(cell), _CELL_CHARS))) for cell in cells))
    Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH).print(table)


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

    Raises: QuestionError where the file cannot be read."""
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
