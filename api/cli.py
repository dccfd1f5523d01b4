"""The command `plan-assistant`. Data goes to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_keeping import app
from api.cli_printing import AsJson, Column, Day, opened_assistant, put, put_all, put_json, settings_of, shown
from api.filters import RowFilters, condition_of, due_of
from assistant.errors import AssistantError, SettingsError
from assistant.records import OWNER, Action, Label

if TYPE_CHECKING:
    from assistant.versions import Series
    from ingest.report import LoadReport


def _put_report(one: LoadReport | Series, as_json: bool) -> None:
    if as_json:
        put_json(one.as_dict())
    else:
        put(one.as_text())


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of plans")],
    as_json: AsJson = False,
    remove_all: Annotated[
        bool, typer.Option(help="Remove the plans of a folder that lost all of them at once")
    ] = False,
) -> None:
    """Read files and folders into the register: add, update, skip what has not changed, drop what is gone."""
    from api.cli_printing import load_progress
    from ingest.load import load

    with load_progress() as progress:
        report = load(paths, settings_of(), progress, remove_all=remove_all)
    _put_report(report, as_json)
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
def watch(
    paths: Annotated[list[Path], typer.Argument(help="Folders of plans")],
    poll: Annotated[bool, typer.Option("--poll", help="Look again and again, for drives of a network")] = False,
    settle: Annotated[float, typer.Option(min=0.1, help="Seconds without a change until a file counts as whole")] = 3.0,
    as_json: AsJson = False,
) -> None:
    """Load what is new, changed or gone in folders, as soon as each file is whole, until it is stopped."""
    from ingest.watch import watching

    for report in watching(paths, settings_of(), settle, poll):
        _put_report(report, as_json)
        sys.stdout.flush()


@app.command()
def sources(as_json: AsJson = False) -> None:
    """The documents held: title, authority, date, when loaded, rows read, warnings."""
    from api.schemas import SourceData

    held = opened_assistant().register.held(OWNER)
    columns: dict[str, Column] = {
        **{"Document": "source.document", "Title": "source.title", "Authority": "source.authority"},
        "Date": lambda one: one.source.plan_date or "not stated",
        "Loaded": lambda one: one.source.loaded_at[:10],
        **{"Label": "source.label.value", "Rows": "actions", "Passages": "passages"},
        "To check": lambda one: len(one.warnings) + len(one.set_aside) + len(one.flags),
    }
    put_all(held, columns, f"{len(held)} documents", as_json and (lambda one: SourceData.of(one).as_dict()))


@app.command("plan", "owner", "status", "rag", "due_from", "due_to", "overdue", "q", "as_of")
def actions(filters: RowFilters, as_json: AsJson = False) -> None:
    """The register, narrowed by filters that all hold: one JSON object a line with --json, else a table."""
    from api.schemas import action_data

    register = opened_assistant().register
    rows = register.select(OWNER, condition_of(filters, register.sources(OWNER), date.today()))
    columns: dict[str, Column] = {
        **{"Ref": "ref", "Plan": "plan"},
        "Action": lambda row: " ".join(text for text in (row.action_parent, row.action) if text),
        "Owner": "owner",
        "Due": lambda row: row.due or row.due_text,
        "Status": lambda row: row.status.replace("_", " "),
        "Colour": "rag",
    }
    put_all(rows, columns, f"{len(rows)} actions", as_json and action_data)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="A question in plain words")] = None,
    as_of: Day = None,
    reader: Annotated[
        str, typer.Option(help="staff, inspection or member: changes the words, never the facts")
    ] = "staff",
    batch: Annotated[Path | None, typer.Option("--batch", help="A file of questions, one JSON object a line")] = None,
    as_json: AsJson = False,
) -> None:
    """One answer, or with --batch a line of JSON for every line of a file, in order."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("Give a question or --batch FILE, one of the two.")
    from api.cli_printing import answer_text, answers

    assistant = opened_assistant()
    if batch is not None:
        failed = 0
        for line in answers(assistant, batch):
            failed += line["status"] == "error"
            put_json(line)
        raise typer.Exit(1 if failed else 0)
    answer = assistant.ask(question or "", as_of=as_of, reader=reader)
    if as_json:
        put_json(answer.as_dict())
    else:
        put(answer_text(answer))


@app.command()
def changes(
    old: Annotated[str | None, typer.Option("--from", help="The older document")] = None,
    new: Annotated[str | None, typer.Option("--to", help="The newer document")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report to this file, .docx or .xlsx")] = None,
    as_json: AsJson = False,
) -> None:
    """What differs between two versions of a plan, by default the newest two of each series."""
    from assistant.changes import Change

    found = opened_assistant().changes(old, new)
    if report:
        from api.exports.office import change_report

        report.write_bytes(change_report(found, "xlsx" if report.suffix.lower() == ".xlsx" else "docx"))
    columns: dict[str, Column] = {
        "Kind": lambda one: one.kind.replace("_", " "),
        **{"Ref": "row.ref", "Action": "row.action", "Before": "old_text", "Now": "new_text"},
        "Days": lambda one: one.days and f"{one.days:+d}",
        "Sure": lambda one: f"{one.sure:.2f}",
    }
    put_all(found, columns, f"{len(found)} changes", as_json and Change.as_dict)


@app.command()
def series(
    as_json: AsJson = False,
    join: Annotated[list[str] | None, typer.Option(help="Documents that are versions of one plan")] = None,
    part: Annotated[list[str] | None, typer.Option(help="Documents that are versions of no other")] = None,
    name: Annotated[str | None, typer.Option(help="What the joined versions are called in the manifest")] = None,
) -> None:
    """Which documents are versions of one plan; --join and --part say so in their folders' manifests."""
    if join or part:
        from api.uploads import say_series

        report = say_series(opened_assistant().register.sources(OWNER), join or [], part or [], settings_of(), name)
        if report.failed:
            put(report.as_text())
            raise typer.Exit(1)
    for one in opened_assistant().desk(OWNER).series:
        _put_report(one, as_json)


@app.command()
def again(as_json: AsJson = False) -> None:
    """Recommendations that are said again in a later plan, or in another council's, with both places."""
    from assistant.places import place_words
    from assistant.versions import SaidAgain

    def said(row: Action) -> str:
        return f"{row.document}, {place_words(row.locator)}: “{row.recommendation}”"

    found = opened_assistant().said_again()
    columns: dict[str, Column] = {
        "First": lambda one: said(one.first),
        "Again": lambda one: said(one.again),
        "When": "words",
    }
    put_all(found, columns, f"{len(found)} said again", as_json and SaidAgain.as_dict)


@app.command("owner", "as_of", "section", "plan")
def due(
    filters: RowFilters, within: Annotated[int, typer.Option(min=0, help="Days ahead")] = 30, as_json: AsJson = False
) -> None:
    """What falls due, and what is late, in the newest version of each plan."""
    from api.schemas import DueAction

    found = due_of(opened_assistant(), OWNER, filters, within)
    told = [DueAction.of(row, found.as_of) for row in found.dated]
    columns: dict[str, Column] = {
        "Due": lambda one: one.due_text or one.due,
        "Days": lambda one: f"{-one.days} late" if one.days < 0 else one.days,
        **{"Ref": "ref", "Action": "action", "Owner": "owner", "Plan": "plan"},
    }
    put_all(told, columns, f"{len(found.late)} late, {len(found.coming)} due", as_json and DueAction.as_dict)
    if found.undated:
        sys.stderr.write(f"{len(found.undated)} open actions have no date and are left out.\n")


@app.command()
def explain(
    who: Annotated[str, typer.Argument(help="A person, the name of a key, or a role")],
    document: Annotated[str, typer.Argument(help="A document's name")],
    group: Annotated[list[str] | None, typer.Option(help="A group of the person")] = None,
) -> None:
    """Why somebody may see a document, or may not."""
    from api.identity import explained

    put("\n".join(explained(who, group or (), document, settings_of())))


@app.command()
def label(document: str, label: Label) -> None:
    """Say who may see a document that is held; the one way to widen a label that somebody gave."""
    from api.identity import widen

    put(widen(document, label, settings_of()))


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on [variable PLAN_ASSISTANT_HOST; default 127.0.0.1]")
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8000,
) -> None:
    """The HTTP API and the chat page."""
    from api.app import run

    settings = settings_of()
    run(opened_assistant(), settings, host or settings.host, port)


@app.command()
def mcp() -> None:
    """The door for a model on this machine: Model Context Protocol over standard input and output."""
    from api.mcp_server import mcp_server

    mcp_server(opened_assistant(), OWNER).run("stdio")


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
