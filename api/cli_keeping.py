"""Commands that keep what is held: a backup, putting one back, and verifying."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_options import DataDir, put

if TYPE_CHECKING:
    from assistant.backup import Backup

File = Annotated[Path, typer.Argument(help="The file of the backup")]


def backup(file: File, data_dir: DataDir = None) -> None:
    """Write the register and the files of the data folder into one file, also while the server serves."""
    from assistant.backup import back_up
    from assistant.settings import read_settings

    made = back_up(read_settings(data_dir=data_dir), file)
    put(f"{file}: {_held(made)}")


def restore(file: File, data_dir: DataDir = None) -> None:
    """Put a backup in the place of what is held, also while the server serves, and make the index fit it."""
    from assistant.backup import restore
    from assistant.settings import read_settings

    held = restore(read_settings(data_dir=data_dir), file)
    put(f"Restored as of {held.made_at}: {_held(held)}")


def verify(data_dir: DataDir = None) -> None:
    """Check the register in itself, against the index and against the files; status 1 where something is wrong."""
    from assistant.backup import verify
    from assistant.settings import read_settings

    found = verify(read_settings(data_dir=data_dir))
    for words in found:
        put(words)
    if found:
        raise typer.Exit(1)
    put("The register, the index and the files agree.")


def _held(made: Backup) -> str:
    counts = f"{made.documents} documents, {made.actions} actions, {made.files} files"
    return f"{counts}. Register {made.corpus_version}."


COMMANDS = (backup, restore, verify)
