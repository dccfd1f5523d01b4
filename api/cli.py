"""The command `plan-assistant`. Data goes to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api import cli_keeping, cli_time
from api.cli_access import audit, keys, sessions
from api.cli_options import AsJson, DataDir, Day, as_json_text, opened_assistant, opened_register, put, shown
from assistant.errors import AssistantError, SettingsError
from assistant.records import OWNER, Label, Rag, Status

app = typer.Typer(
    name="plan-assistant",
    help="Ask a council's children's services plans: complete, exact, cited answers from a register of actions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(audit, name="audit")
app.add_typer(keys, name="keys")
app.add_typer(sessions, name="sessions")


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of plans")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
    remove_all: Annotated[
        bool, typer.Option(help="Remove the plans of a folder that lost all of them at once")
    ] = False,
) -> None:
    """Read files and folders into the register: add, update, skip what has not changed, drop what is gone."""
    from api.printing import load_progress
    from assistant.settings import read_settings
    from ingest.load import load

    with load_progress() as progress:
        report = load(paths, read_settings(data_dir=data_dir), progress, remove_all=remove_all)
    put(as_json_text(report.as_dict()) if as_json else report.as_text())
    for each in report.documents if as_json else ():
        if each.reason:
            sys.stderr.write(f"{each.status.value}: {shown(each.reason)}\n")
    if report.failed:
        raise typer.Exit(1)


@app.command()
def release(file: Annotated[Path, typer.Argument(help="A file that was set aside for details of children")]) -> None:
    """Say that a person has looked at a file that was set aside, and let the next load read it as restricted."""
    from ingest.manifest import release as say

    if not file.is_file():
        raise typer.BadParameter(f"{file} is not a file.")
    say(file)
    put(f"{file.name} is released in {file.parent / 'manifest.toml'}. Load it again: plan-assistant ingest {file}")


@app.command()
def sources(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """The documents held: title, authority, date, when loaded, rows read, warnings."""
    held = opened_register(data_dir).held(OWNER)
    if as_json:
        from api.rows import source_data

        for one in held:
            put(as_json_text(source_data(one)))
        return
    from api.printing import print_sources

    print_sources(held)


@app.command()
def actions(
    data_dir: DataDir = None,
    as_json: AsJson = False,
    plan: Annotated[str | None, typer.Option(help="Words of a plan's title, authority or file name")] = None,
    owner: Annotated[str | None, typer.Option(help="An owner, whole or by words of it")] = None,
    status: Annotated[Status | None, typer.Option(help="What the plan says of its delivery")] = None,
    rag: Annotated[Rag | None, typer.Option(help="The colour that the plan gives")] = None,
    due_from: Day = None,
    due_to: Day = None,
    overdue: Annotated[
        bool | None, typer.Option("--overdue/--not-overdue", help="Due before the as-of date and not complete")
    ] = None,
    q: Annotated[str | None, typer.Option("--q", help="Words of the recommendation, the section or the action")] = None,
    as_of: Day = None,
) -> None:
    """The register, narrowed by filters that all hold: one JSON object a line with --json, else a table."""
    from api.filters import RowFilters, condition_of

    register = opened_register(data_dir)
    filters = RowFilters(plan, owner, status, rag, due_from, due_to, overdue, q, as_of)
    rows = register.select(OWNER, condition_of(filters, register.sources(OWNER), date.today()))
    if as_json:
        from api.rows import action_data

        for row in rows:
            put(as_json_text(action_data(row)))
        return
    from api.printing import print_actions

    print_actions(rows)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="A question in plain words")] = None,
    as_of: Day = None,
    reader: Annotated[
        str, typer.Option(help="staff, inspection or member: changes the words, never the facts")
    ] = "staff",
    batch: Annotated[Path | None, typer.Option("--batch", help="A file of questions, one JSON object a line")] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """One answer, or with --batch a line of JSON for every line of a file, in order."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("Give a question or --batch FILE, one of the two.")
    assistant = opened_assistant(data_dir)
    if batch is not None:
        from api.batch import answers

        failed = 0
        for line in answers(assistant, batch):
            failed += line["status"] == "error"
            put(as_json_text(line))
        raise typer.Exit(1 if failed else 0)
    answer = assistant.ask(question or "", as_of=as_of, reader=reader)
    if as_json:
        put(as_json_text(answer.as_dict()))
        return
    from api.printing import answer_text

    put(answer_text(answer))


@app.command()
def explain(
    who: Annotated[str, typer.Argument(help="A person, the name of a key, or a role")],
    document: Annotated[str, typer.Argument(help="A document's name")],
    group: Annotated[list[str] | None, typer.Option(help="A group of the person")] = None,
    data_dir: DataDir = None,
) -> None:
    """Why somebody may see a document, or may not."""
    from api.explaining import explained
    from assistant.settings import read_settings

    put("\n".join(explained(who, group or (), document, read_settings(data_dir=data_dir))))


@app.command()
def label(document: str, label: Label, data_dir: DataDir = None) -> None:
    """Say who may see a document that is held; the one way to widen a label that somebody gave."""
    from api.explaining import widen
    from assistant.settings import read_settings

    put(widen(document, label, read_settings(data_dir=data_dir)))


@app.command()
def serve(
    data_dir: DataDir = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on [variable PLAN_ASSISTANT_HOST; default 127.0.0.1]")
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8000,
) -> None:
    """The HTTP API and the chat page."""
    from api.serving import run
    from assistant.settings import read_settings

    settings = read_settings(data_dir=data_dir)
    run(opened_assistant(data_dir), settings, host or settings.host, port)


for _command in (*cli_time.COMMANDS, *cli_keeping.COMMANDS):
    app.command()(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. An error of ours is one line on standard error and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(list(arguments) if arguments is not None else None, prog_name="plan-assistant")
    except AssistantError as error:
        sys.stderr.write(f"{'setting' if isinstance(error, SettingsError) else 'error'}: {shown(str(error))}\n")
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
