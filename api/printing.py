"""What the command line prints: tables, answers and progress, for a person; JSON is made elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from api.cli_options import shown
from assistant.answer import Answer
from assistant.changes import Change
from assistant.due import FallingDue
from assistant.places import place_words
from assistant.records import Action
from assistant.register import Held

if TYPE_CHECKING:
    from ingest.load import Step

_PIPED_WIDTH = 160
_ACTION_CHARS = 200


def print_actions(actions: Sequence[Action]) -> None:
    """The rows as a table on standard output, with their number."""
    columns = ("Ref", "Plan", "Action", "Owner", "Due", "Status", "Colour")
    _print_table(columns, (_action_cells(action) for action in actions), f"{len(actions)} actions")


def print_sources(held: Sequence[Held]) -> None:
    """The documents as a table on standard output."""
    columns = ("Document", "Title", "Authority", "Date", "Loaded", "Label", "Rows", "Passages", "To check")
    _print_table(columns, (_source_cells(one) for one in held), f"{len(held)} documents")


def answer_text(answer: Answer) -> str:
    """The answer as a person reads it: the answer first, then where each row stands, then how it was understood."""
    parts = [answer.answer]
    if answer.citations:
        parts.append(
            "\n".join(
                f"[{one.marker}] {one.document}, {place_words(one.locator)}: “{_short(one.quote)}”"
                for one in answer.citations
            )
        )
    if answer.caveats:
        parts.append("\n".join(f"Note: {caveat}" for caveat in answer.caveats))
    if answer.related:
        rows = [f"  {row.ref or '-'}  {_short(row.action)} ({row.document}): {row.reason}" for row in answer.related]
        parts.append("\n".join(["Related, not part of the answer:", *rows]))
    parts.append(f"As of {answer.as_of.isoformat()}. Understood as: {answer.understood_as or 'not a query'}")
    if answer.suggestions:
        parts.append("\n".join(["You could ask next:", *(f"  {question}" for question in answer.suggestions)]))
    return "\n\n".join(parts)


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
            progress.update(documents, completed=step.number - 1, total=step.of)
            progress.update(
                parts,
                description=escape(shown(f"{step.doing} {step.document}")),
                completed=step.part,
                total=step.parts or None,
            )

        yield show


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(caption=caption, caption_justify="left", show_lines=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH).print(table)


def _action_cells(action: Action) -> tuple[str, ...]:
    words = " ".join(text for text in (action.action_parent, action.action) if text)
    return (
        action.ref or "",
        action.plan,
        _short(words, _ACTION_CHARS),
        action.owner or "",
        action.due.isoformat() if action.due else action.due_text or "",
        action.status.value.replace("_", " "),
        action.rag.value if action.rag else "",
    )


def _source_cells(held: Held) -> tuple[str, ...]:
    source = held.source
    return (
        source.document,
        source.title,
        source.authority or "",
        source.plan_date.isoformat() if source.plan_date else "not stated",
        source.loaded_at[:10],
        source.label.value,
        str(held.actions),
        str(held.passages),
        str(len(held.warnings) + len(held.set_aside) + len(held.flags)),
    )


def _short(text: str, chars: int = 120) -> str:
    line = " ".join(text.split())
    return line if len(line) <= chars else f"{line[: chars - 1].rsplit(' ', 1)[0]}…"


def print_changes(changes: Sequence[Change]) -> None:
    """The differences between versions as a table on standard output, with their number."""
    columns = ("Kind", "Ref", "Action", "Before", "Now", "Days", "Sure")
    _print_table(columns, (_change_cells(change) for change in changes), f"{len(changes)} changes")


def print_due(found: FallingDue) -> None:
    """What is late and what falls due as a table on standard output."""
    columns = ("Due", "Days", "Ref", "Action", "Owner", "Plan")
    _print_table(
        columns,
        (_due_cells(row, found.as_of) for row in found.dated),
        f"{len(found.late)} late, {len(found.coming)} due",
    )


def _due_cells(row: Action, as_of: date) -> tuple[str, ...]:
    days = (row.due - as_of).days if row.due else 0
    told = f"{-days} late" if days < 0 else str(days)
    return (
        row.due_text or str(row.due),
        told,
        row.ref or "",
        _short(row.action, _ACTION_CHARS),
        row.owner or "",
        row.plan,
    )


def _change_cells(change: Change) -> tuple[str, ...]:
    return (
        change.kind.value.replace("_", " "),
        change.row.ref or "",
        _short(change.row.action, _ACTION_CHARS),
        _short(change.old_text or ""),
        _short(change.new_text or ""),
        f"{change.days:+d}" if change.days else "",
        f"{change.sure:.2f}",
    )
