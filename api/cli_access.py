"""The commands about who may ask: keys of programs, and the sign-ins that hold."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder of the register")]
keys = typer.Typer(help="Keys by which programs ask: made, listed and ended.", no_args_is_help=True)
audit = typer.Typer(help="The account of who asked for what: checked and taken out.", no_args_is_help=True)
sessions = typer.Typer(help="The sign-ins that hold: listed and ended.", no_args_is_help=True)


def _folder(data_dir: Path | None) -> Path:
    from assistant.settings import read_settings

    return read_settings(data_dir=data_dir).data_dir


@keys.command("add")
def keys_add(
    name: Annotated[str, typer.Argument(help="What the key is for")],
    role: Annotated[str, typer.Option(help="public, member, officer, inspection or owner")],
    plan: Annotated[
        list[str] | None, typer.Option(help="Only plans whose file name is like this, such as send-*")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Make a key and print it, this once."""
    from api.keys import make_key
    from api.roles import Role

    if role not in list(Role):
        raise typer.BadParameter(f'"{role}" is not a role. Choose one of: {", ".join(Role)}.')
    sys.stdout.write(f"{make_key(_folder(data_dir), name, Role(role), tuple(plan or ()))}\n")
    sys.stderr.write("Keep it: it is not shown again. Programs send it as: Authorization: Bearer KEY\n")


@keys.command("list")
def keys_list(data_dir: DataDir = None) -> None:
    """Every key with its role and when it was made and ended; no secret."""
    from api.keys import keys_of

    for one in keys_of(_folder(data_dir)):
        only = f"  only {', '.join(one.plans)}" if one.plans else ""
        ended = f"  ended {one.ended}" if one.ended else ""
        sys.stdout.write(f"{one.name}  {one.role.value}  made {one.made}{only}{ended}\n")


@keys.command("end")
def keys_end(name: Annotated[str, typer.Argument()], data_dir: DataDir = None) -> None:
    """Make a key hold no longer, at once."""
    from api.keys import end_key

    end_key(_folder(data_dir), name)


@sessions.command("list")
def sessions_list(data_dir: DataDir = None) -> None:
    """Who is signed in, and since when."""
    from api.identity import Identity
    from assistant.settings import read_settings

    for one in Identity.of(read_settings(data_dir=data_dir)).sessions.every():
        sys.stdout.write(f"{one.name}  since {datetime.fromtimestamp(one.began, UTC):%Y-%m-%d %H:%M} UTC\n")


@sessions.command("end")
def sessions_end(name: Annotated[str, typer.Argument()], data_dir: DataDir = None) -> None:
    """End every sign-in of a name, at once."""
    from api.identity import Identity
    from assistant.settings import read_settings

    ended = Identity.of(read_settings(data_dir=data_dir)).sessions.end_of(name)
    sys.stdout.write(f"{ended} ended\n")


@audit.command("verify")
def audit_verify(
    known: Annotated[str, typer.Option(help="A hash that was the last one once; it must still be there")] = "",
    data_dir: DataDir = None,
) -> None:
    """Check that no line was changed, left out or put in; exit 1 where one was."""
    from api.audit import FOLDER, verified

    count, last = verified(_folder(data_dir) / FOLDER, known)
    sys.stdout.write(f"{count} lines hold. The last hash is {last}\n")


@audit.command("export")
def audit_export(
    first: Annotated[str | None, typer.Option("--from", help="First day, as 2026-09-01")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day")] = None,
    data_dir: DataDir = None,
) -> None:
    """The lines of some days, a line of JSON each."""
    from api.audit import FOLDER, lines

    try:
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
    except ValueError as error:
        raise typer.BadParameter("Write a day as 2026-09-01.") from error
    for line in lines(_folder(data_dir) / FOLDER, *days):
        sys.stdout.write(f"{json.dumps({name: value for name, value in line.items() if name != 'place'})}\n")
