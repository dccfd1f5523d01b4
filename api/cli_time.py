"""Commands about time: versions of plans, what changed between them, what falls due, and folders that are watched."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.cli_options import AsJson, DataDir, Day, as_json_text, opened_assistant, put
from assistant.records import OWNER


def changes(
    old: Annotated[str | None, typer.Option("--from", help="The older document")] = None,
    new: Annotated[str | None, typer.Option("--to", help="The newer document")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report to this file, .docx or .xlsx")] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What differs between two versions of a plan, by default the newest two of each series."""
    found = opened_assistant(data_dir).changes(old, new)
    if report:
        from api.exports.changes import change_report

        report.write_bytes(change_report(found, "xlsx" if report.suffix.lower() == ".xlsx" else "docx"))
    if as_json:
        for one in found:
            put(as_json_text(one.as_dict()))
        return
    from api.printing import print_changes

    print_changes(found)


def series(
    data_dir: DataDir = None,
    as_json: AsJson = False,
    join: Annotated[list[str] | None, typer.Option(help="Documents that are versions of one plan")] = None,
    part: Annotated[list[str] | None, typer.Option(help="Documents that are versions of no other")] = None,
    name: Annotated[str | None, typer.Option(help="What the joined versions are called in the manifest")] = None,
) -> None:
    """Which documents are versions of one plan; --join and --part say so in their folders' manifests."""
    assistant = opened_assistant(data_dir)
    if join or part:
        from assistant.settings import read_settings
        from ingest.load import load
        from ingest.manifest import say_joined, say_parted

        sources = assistant.register.sources(OWNER)
        paths = [*say_joined(sources, join or [], name), *say_parted(sources, part or [])]
        report = load(paths, read_settings(data_dir=data_dir))
        if report.failed:
            put(report.as_text())
            raise typer.Exit(1)
        assistant = opened_assistant(data_dir)
    for one in assistant.desk(OWNER).series:
        if as_json:
            put(as_json_text(one.as_dict()))
        else:
            put(one.as_text())


def due(
    owner: Annotated[str | None, typer.Option(help="An owner, whole or by words of it")] = None,
    within: Annotated[int, typer.Option(min=0, help="Days ahead")] = 30,
    as_of: Day = None,
    section: Annotated[str | None, typer.Option(help="A section of a plan, in full")] = None,
    plan: Annotated[str | None, typer.Option(help="Words of a plan's title, authority or file name")] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What falls due, and what is late, in the newest version of each plan."""
    from api.filters import RowFilters, condition_of

    assistant = opened_assistant(data_dir)
    where = condition_of(
        RowFilters(owner=owner, section=section, plan=plan), assistant.register.sources(OWNER), date.today()
    )
    found = assistant.due(where, within, as_of)
    if as_json:
        from api.rows import due_data

        for row in found.dated:
            put(as_json_text(due_data(row, found.as_of)))
    else:
        from api.printing import print_due

        print_due(found)
    if found.undated:
        sys.stderr.write(f"{len(found.undated)} open actions have no date and are left out.\n")


def calendar(
    add: Annotated[str | None, typer.Option(help="Make a calendar of this name and print its address")] = None,
    withdraw: Annotated[str | None, typer.Option(help="End the address of the calendar of this name")] = None,
    owner: Annotated[str | None, typer.Option(help="Only the actions of this owner")] = None,
    section: Annotated[str | None, typer.Option(help="Only the actions of this section")] = None,
    plan: Annotated[str | None, typer.Option(help="Only the plans with these words")] = None,
    role: Annotated[str, typer.Option(help="What it may show: public, officer or owner")] = "public",
    data_dir: DataDir = None,
) -> None:
    """Calendars of what falls due, each at a private address: made, withdrawn, listed."""
    from api.calendars import calendars_of, make_calendar, withdraw_calendar
    from api.filters import RowFilters
    from api.roles import Role
    from assistant.settings import read_settings

    settings = read_settings(data_dir=data_dir)
    if role not in list(Role):
        raise typer.BadParameter(f'"{role}" is not a role. Choose one of: {", ".join(Role)}.')
    if add:
        path = make_calendar(settings.data_dir, add, Role(role), RowFilters(owner=owner, section=section, plan=plan))
        put(f"{settings.public_url or 'http://127.0.0.1:8000'}{path}")
        sys.stderr.write("Keep it: it is not shown again, and whoever knows it can read the calendar.\n")
    elif withdraw:
        withdraw_calendar(settings.data_dir, withdraw)
    else:
        for one in calendars_of(settings.data_dir):
            of = ", ".join(part for part in (one.owner, one.section, one.plan) if part) or "everybody"
            ended = f"  withdrawn {one.ended}" if one.ended else ""
            put(f"{one.name}  of {of}  {one.role.value}  made {one.made}{ended}")


def digest(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the messages and send none")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the messages into this folder as .eml and send none")] = None,
    as_of: Day = None,
    data_dir: DataDir = None,
) -> None:
    """Send each person who is named in digests.toml what is late and falls due, once a week at most."""
    from api.digest import letters, send
    from assistant.settings import read_settings

    settings = read_settings(data_dir=data_dir)
    found = letters(opened_assistant(data_dir), settings, as_of or date.today())
    if out:
        out.mkdir(parents=True, exist_ok=True)
        for letter in found:
            (out / f"{letter.id}.eml").write_bytes(letter.message.as_bytes())
            put(str(out / f"{letter.id}.eml"))
    elif dry_run:
        for letter in found:
            body = letter.message.get_body(("plain",))
            put(f"To: {letter.to}\nSubject: {letter.message['Subject']}\n\n{body.get_content() if body else ''}")
    else:
        for line in send(found, settings):
            put(line)
    if not found:
        sys.stderr.write("There is nothing to send: nobody is named in digests.toml, or nothing is late or due.\n")


def watch(
    paths: Annotated[list[Path], typer.Argument(help="Folders of plans")],
    poll: Annotated[bool, typer.Option("--poll", help="Look again and again, for drives of a network")] = False,
    settle: Annotated[float, typer.Option(min=0.1, help="Seconds without a change until a file counts as whole")] = 3.0,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Load what is new, changed or gone in folders, as soon as each file is whole, until it is stopped."""
    from assistant.settings import read_settings
    from ingest.watch import watching

    for report in watching(paths, read_settings(data_dir=data_dir), settle, poll):
        put(as_json_text(report.as_dict()) if as_json else report.as_text())
        sys.stdout.flush()


def again(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Recommendations that are said again in a later plan, or in another council's, with both places."""
    from assistant.places import place_words

    for one in opened_assistant(data_dir).said_again():
        if as_json:
            put(as_json_text(one.as_dict()))
            continue
        for row, told in ((one.first, ""), (one.again, f"{one.words}: ")):
            put(f"{told}{row.document}, {place_words(row.locator)}: “{row.recommendation}”")
        put("")


def mcp(data_dir: DataDir = None) -> None:
    """The door for a model on this machine: Model Context Protocol over standard input and output."""
    from api.mcp_server import mcp_server

    mcp_server(opened_assistant(data_dir), OWNER).run("stdio")


COMMANDS = (changes, series, due, calendar, digest, watch, again, mcp)
