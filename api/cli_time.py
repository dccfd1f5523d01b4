"""Commands about time: versions of plans, what changed between them, what falls due, and folders that are watched."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_options import AsJson, DataDir, as_json_text, opened_assistant, put
from assistant.records import OWNER


def changes(
    old: Annotated[str | None, typer.Option("--from", help="The older document")] = None,
    new: Annotated[str | None, typer.Option("--to", help="The newer document")] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What differs between two versions of a plan, by default the newest two of each series."""
    found = opened_assistant(data_dir).changes(old, new)
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
        from ingest.series import say_joined, say_parted

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


COMMANDS = (changes, series)
