"""The commands that keep what is held, who may ask, and who is told: backups, keys, sign-ins, the account, mail."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.audit import FOLDER, lines, verified
from api.cli_printing import Commands, Day, day, opened_assistant, put, put_json, settings_of
from api.filters import RowFilters
from api.roles import CALENDARS, KEYS, Role

if TYPE_CHECKING:
    from assistant.backup import Backup

File = Annotated[Path, typer.Argument(help="The file of the backup")]
keys = Commands(help="Keys by which programs ask: made, listed and ended.", no_args_is_help=True)
audit = Commands(help="The account of who asked for what: checked and taken out.", no_args_is_help=True)
sessions = Commands(help="The sign-ins that hold: listed and ended.", no_args_is_help=True)
app = Commands(
    name="plan-assistant",
    help="Ask a council's children's services plans: complete, exact, cited answers from a register of actions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _name, _group in {"audit": audit, "keys": keys, "sessions": sessions}.items():
    app.add_typer(_group, name=_name)


@app.command()
def backup(file: File) -> None:
    """Write the register and the files of the data folder into one file, also while the server serves."""
    from assistant.backup import back_up

    put(f"{file}: {_held(back_up(settings_of(), file))}")


@app.command()
def restore(file: File) -> None:
    """Put a backup in the place of what is held, also while the server serves, and make the index fit it."""
    from assistant.backup import restore

    held = restore(settings_of(), file)
    put(f"Restored as of {held.made_at}: {_held(held)}")


def _held(made: Backup) -> str:
    counts = f"{made.documents} documents, {made.actions} actions, {made.files} files"
    return f"{counts}. Register {made.corpus_version}."


@app.command()
def verify() -> None:
    """Check the register in itself, against the index and against the files; status 1 where something is wrong."""
    from assistant.backup import verify

    found = verify(settings_of())
    for words in found:
        put(words)
    if found:
        raise typer.Exit(1)
    put("The register, the index and the files agree.")


@app.command("owner", "section", "plan")
def calendar(
    filters: RowFilters,
    add: Annotated[str | None, typer.Option(help="Make a calendar of this name and print its address")] = None,
    withdraw: Annotated[str | None, typer.Option(help="End the address of the calendar of this name")] = None,
    role: Annotated[Role, typer.Option(help="What it may show")] = Role.PUBLIC,
) -> None:
    """Calendars of what falls due, each at a private address: made, withdrawn, listed."""
    settings = settings_of()
    if add:
        of = {"owner": filters.owner, "section": filters.section, "plan": filters.plan}
        secret = CALENDARS.make(settings.data_dir, add, role, (), **of)
        put(f"{settings.public_url or 'http://127.0.0.1:8000'}/calendar/{secret}.ics")
        sys.stderr.write("Keep it: it is not shown again, and whoever knows it can read the calendar.\n")
    elif withdraw:
        CALENDARS.end(settings.data_dir, withdraw)
    else:
        for one in CALENDARS.of(settings.data_dir):
            whose = ", ".join(part for part in (one.owner, one.section, one.plan) if part) or "everybody"
            ended = f"  withdrawn {one.ended}" if one.ended else ""
            put(f"{one.name}  of {whose}  {one.role.value}  made {one.made}{ended}")


@app.command()
def digest(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the messages and send none")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the messages into this folder as .eml and send none")] = None,
    as_of: Day = None,
) -> None:
    """Send each person who is named in digests.toml what is late and falls due, once a week at most."""
    from api.due import id_of, letters, send

    settings = settings_of()
    found = letters(opened_assistant(), settings, as_of or date.today())
    if out:
        out.mkdir(parents=True, exist_ok=True)
        for letter in found:
            place = out / f"{id_of(letter)}.eml"
            place.write_bytes(letter.as_bytes())
            put(str(place))
    elif dry_run:
        for letter in found:
            body = letter.get_body(("plain",))
            put(f"To: {letter['To']}\nSubject: {letter['Subject']}\n\n{body.get_content() if body else ''}")
    else:
        for line in send(found, settings):
            put(line)
    if not found:
        sys.stderr.write("There is nothing to send: nobody is named in digests.toml, or nothing is late or due.\n")


@keys.command(name="add")
def keys_add(
    name: Annotated[str, typer.Argument(help="What the key is for")],
    role: Annotated[Role, typer.Option(help="What its holder is")],
    plan: Annotated[
        list[str] | None, typer.Option(help="Only plans whose file name is like this, such as send-*")
    ] = None,
) -> None:
    """Make a key and print it, this once."""
    put(KEYS.make(settings_of().data_dir, name, role, tuple(plan or ())))
    sys.stderr.write("Keep it: it is not shown again. Programs send it as: Authorization: Bearer KEY\n")


@keys.command(name="list")
def keys_list() -> None:
    """Every key with its role and when it was made and ended; no secret."""
    for one in KEYS.of(settings_of().data_dir):
        only = f"  only {', '.join(one.plans)}" if one.plans else ""
        ended = f"  ended {one.ended}" if one.ended else ""
        put(f"{one.name}  {one.role.value}  made {one.made}{only}{ended}")


@keys.command(name="end")
def keys_end(name: Annotated[str, typer.Argument()]) -> None:
    """Make a key hold no longer, at once."""
    KEYS.end(settings_of().data_dir, name)


@sessions.command(name="list")
def sessions_list() -> None:
    """Who is signed in, and since when."""
    from api.identity import Identity

    for one in Identity(settings_of()).sessions.every().values():
        put(f"{one.name}  since {datetime.fromtimestamp(one.began, UTC):%Y-%m-%d %H:%M} UTC")


@sessions.command(name="end")
def sessions_end(name: Annotated[str, typer.Argument()]) -> None:
    """End every sign-in of a name, at once."""
    from api.identity import Identity

    put(f"{Identity(settings_of()).sessions.end_of(name)} ended")


@audit.command(name="verify")
def audit_verify(
    known: Annotated[str, typer.Option(help="A hash that was the last one once; it must still be there")] = "",
) -> None:
    """Check that no line was changed, left out or put in; exit 1 where one was."""
    count, last = verified(settings_of().data_dir / FOLDER, known)
    put(f"{count} lines hold. The last hash is {last}")


@audit.command(name="export")
def audit_export(
    first: Annotated[date | None, typer.Option("--from", parser=day, metavar="DATE", help="First day")] = None,
    last: Annotated[date | None, typer.Option("--to", parser=day, metavar="DATE", help="Last day")] = None,
) -> None:
    """The lines of some days, a line of JSON each."""
    for line in lines(settings_of().data_dir / FOLDER, first, last):
        put_json({name: value for name, value in line.items() if name != "place"})
