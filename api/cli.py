"""The command `plan-assistant`. Data goes to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import cli_keeping
from api.cli_options import (
    AsJson,
    DataDir,
    Day,
    OwnerWords,
    PlanWords,
    Section,
    opened_assistant,
    put,
    put_all,
    put_json,
    settings_of,
    shown,
)  # fmt: skip
from api.words import short
from assistant.errors import AssistantError, SettingsError
from assistant.records import OWNER, Action, Label, Rag, Status

if TYPE_CHECKING:
    from assistant.register import Held
    from assistant.versions import Series
    from ingest.report import LoadReport

app = typer.Typer(
    name="plan-assistant",
    help="Ask a council's children's services plans: complete, exact, cited answers from a register of actions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _name, _group in cli_keeping.GROUPS.items():
    app.add_typer(_group, name=_name)
for _command in cli_keeping.COMMANDS:
    app.command()(_command)
_ACTION_CHARS = 200


def _put_report(one: LoadReport | Series, as_json: bool) -> None:
    if as_json:
        put_json(one.as_dict())
    else:
        put(one.as_text())


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
    from ingest.load import load

    with load_progress() as progress:
        report = load(paths, settings_of(data_dir), progress, remove_all=remove_all)
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
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Load what is new, changed or gone in folders, as soon as each file is whole, until it is stopped."""
    from ingest.watch import watching

    for report in watching(paths, settings_of(data_dir), settle, poll):
        _put_report(report, as_json)
        sys.stdout.flush()


@app.command()
def sources(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """The documents held: title, authority, date, when loaded, rows read, warnings."""
    from api.schemas import SourceData

    held = opened_assistant(data_dir).register.held(OWNER)

    def cells(one: Held) -> tuple[object, ...]:
        source, to_check = one.source, len(one.warnings) + len(one.set_aside) + len(one.flags)
        named = (source.document, source.title, source.authority, source.plan_date or "not stated")
        return (*named, source.loaded_at[:10], source.label.value, one.actions, one.passages, to_check)

    columns = ("Document", "Title", "Authority", "Date", "Loaded", "Label", "Rows", "Passages", "To check")
    put_all(columns, held, cells, f"{len(held)} documents", as_json and (lambda one: SourceData.of(one).as_dict()))


@app.command()
def actions(
    data_dir: DataDir = None,
    as_json: AsJson = False,
    plan: PlanWords = None,
    owner: OwnerWords = None,
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
    from api.schemas import action_data

    filters = RowFilters(plan, owner, status, rag, due_from, due_to, overdue, q, as_of)
    register = opened_assistant(data_dir).register
    rows = register.select(OWNER, condition_of(filters, register.sources(OWNER), date.today()))

    def cells(row: Action) -> tuple[object, ...]:
        words = short(" ".join(text for text in (row.action_parent, row.action) if text), _ACTION_CHARS)
        return row.ref, row.plan, words, row.owner, row.due or row.due_text, row.status.replace("_", " "), row.rag

    columns = ("Ref", "Plan", "Action", "Owner", "Due", "Status", "Colour")
    put_all(columns, rows, cells, f"{len(rows)} actions", as_json and action_data)


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
    from api.printing import answer_text, answers

    assistant = opened_assistant(data_dir)
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
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What differs between two versions of a plan, by default the newest two of each series."""
    from assistant.changes import Change

    found = opened_assistant(data_dir).changes(old, new)
    if report:
        from api.exports.office import change_report

        report.write_bytes(change_report(found, "xlsx" if report.suffix.lower() == ".xlsx" else "docx"))

    def cells(one: Change) -> tuple[object, ...]:
        texts = (short(one.row.action, _ACTION_CHARS), short(one.old_text or ""), short(one.new_text or ""))
        return one.kind.replace("_", " "), one.row.ref, *texts, one.days and f"{one.days:+d}", f"{one.sure:.2f}"

    columns = ("Kind", "Ref", "Action", "Before", "Now", "Days", "Sure")
    put_all(columns, found, cells, f"{len(found)} changes", as_json and Change.as_dict)


@app.command()
def series(
    data_dir: DataDir = None,
    as_json: AsJson = False,
    join: Annotated[list[str] | None, typer.Option(help="Documents that are versions of one plan")] = None,
    part: Annotated[list[str] | None, typer.Option(help="Documents that are versions of no other")] = None,
    name: Annotated[str | None, typer.Option(help="What the joined versions are called in the manifest")] = None,
) -> None:
    """Which documents are versions of one plan; --join and --part say so in their folders' manifests."""
    if join or part:
        from api.uploads import say_series

        held = opened_assistant(data_dir).register.sources(OWNER)
        report = say_series(held, join or [], part or [], settings_of(data_dir), name)
        if report.failed:
            put(report.as_text())
            raise typer.Exit(1)
    for one in opened_assistant(data_dir).desk(OWNER).series:
        _put_report(one, as_json)


@app.command()
def again(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Recommendations that are said again in a later plan, or in another council's, with both places."""
    from assistant.places import place_words
    from assistant.versions import SaidAgain

    def cells(one: SaidAgain) -> tuple[object, ...]:
        said = (f"{row.document}, {place_words(row.locator)}: “{row.recommendation}”" for row in (one.first, one.again))
        return *said, one.words

    found = opened_assistant(data_dir).said_again()
    put_all(("First", "Again", "When"), found, cells, f"{len(found)} said again", as_json and SaidAgain.as_dict)


@app.command()
def due(
    owner: OwnerWords = None,
    within: Annotated[int, typer.Option(min=0, help="Days ahead")] = 30,
    as_of: Day = None,
    section: Section = None,
    plan: PlanWords = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What falls due, and what is late, in the newest version of each plan."""
    from api.filters import RowFilters, due_of
    from api.schemas import DueAction

    filters = RowFilters(owner=owner, section=section, plan=plan, as_of=as_of)
    found = due_of(opened_assistant(data_dir), OWNER, filters, within)

    def cells(row: Action) -> tuple[object, ...]:
        late, ahead = row.days_late(found.as_of), (row.due - found.as_of).days if row.due else ""
        days = f"{late} late" if late else ahead
        return row.due_text or row.due, days, row.ref, short(row.action, _ACTION_CHARS), row.owner, row.plan

    caption = f"{len(found.late)} late, {len(found.coming)} due"
    columns = ("Due", "Days", "Ref", "Action", "Owner", "Plan")
    data = as_json and (lambda row: DueAction.of(row, found.as_of).as_dict())
    put_all(columns, found.dated, cells, caption, data)
    if found.undated:
        sys.stderr.write(f"{len(found.undated)} open actions have no date and are left out.\n")


@app.command()
def explain(
    who: Annotated[str, typer.Argument(help="A person, the name of a key, or a role")],
    document: Annotated[str, typer.Argument(help="A document's name")],
    group: Annotated[list[str] | None, typer.Option(help="A group of the person")] = None,
    data_dir: DataDir = None,
) -> None:
    """Why somebody may see a document, or may not."""
    from api.identity import explained

    put("\n".join(explained(who, group or (), document, settings_of(data_dir))))


@app.command()
def label(document: str, label: Label, data_dir: DataDir = None) -> None:
    """Say who may see a document that is held; the one way to widen a label that somebody gave."""
    from api.identity import widen

    put(widen(document, label, settings_of(data_dir)))


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

    settings = settings_of(data_dir)
    run(opened_assistant(data_dir), settings, host or settings.host, port)


@app.command()
def mcp(data_dir: DataDir = None) -> None:
    """The door for a model on this machine: Model Context Protocol over standard input and output."""
    from api.mcp_server import mcp_server

    mcp_server(opened_assistant(data_dir), OWNER).run("stdio")


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
