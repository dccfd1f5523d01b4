"""What a document shows that came to no action, so that silence never stands for "read"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.dates import find_dates
from assistant.places import place_words
from assistant.records import Block, BlockKind, Document, ReadAs, ReadWarning, Table, TableRead
from ingest.layout.words import one_line

_WORDS = re.compile(r"\b(actions?|plans?|logs?|trackers?|milestones?|recommendations?)\b", re.IGNORECASE)
_ANY_DAY = date(2020, 1, 1)
_MOST_LINES = 2_000
_SHOWN = 3
_LONGEST_NAME = 30
_WHY = (
    "no table has columns that say what is done together with who, when or how far, and no list has items that end so"
)


def left_over(document: Document, tables: Sequence[TableRead], actions: int) -> Iterator[ReadWarning]:
    """A warning for each table that was not understood and, where no action was read, one of all that was seen."""
    for read in tables:
        if read.read_as is ReadAs.NOT_UNDERSTOOD and actions:
            yield ReadWarning(
                f"A table {_named(read)}was not understood: its {read.rows} rows are kept as they stand and are no "
                "actions",
                read.locator,
                unread=True,
            )
    seen = list(_seen(document, tables)) if not actions else []
    if seen:
        yield ReadWarning(
            f"No action was read. Seen: {'; '.join(seen)}. Why this is no plan: {_WHY}. If it is one, load a copy "
            "whose table has a row with the names of its columns.",
            unread=True,
        )
    elif not actions:
        yield ReadWarning("No action was read, and nothing in it looks like one.")


def _seen(document: Document, tables: Sequence[TableRead]) -> Iterator[str]:
    grids = [item for item in document.items if isinstance(item, Table) and len(item.rows) > 1 and item.width > 1]
    if grids:
        named = [f"{place_words(read.locator)}: {_columns(read)}" for read in tables if any(read.header)][:_SHOWN]
        yield (f"{len(grids)} tables" if len(grids) > 1 else "a table") + (f" ({'; '.join(named)})" if named else "")
    lines = list(_lines(document))[:_MOST_LINES]
    dates = [span.text for line in lines if any(map(str.isdigit, line)) for span in find_dates(line[:300], _ANY_DAY)]
    if dates:
        yield f"{len(dates)} dates, such as {dates[0]}" if len(dates) > 1 else f"the date {dates[0]}"
    words = sorted({word.lower() for line in [document.name, *lines] for word in _WORDS.findall(line)})
    if words:
        yield f"the word{'s' if len(words) > 1 else ''} {', '.join(words)}"


def _lines(document: Document) -> Iterator[str]:
    for item in document.items:
        if isinstance(item, Block):
            if item.kind is not BlockKind.FURNITURE:
                yield from item.text.split("\n")
        else:
            for row in item.rows:
                yield " ".join(one_line(cell.text) for cell in row.cells)


def _named(read: TableRead) -> str:
    title = f'"{read.title[:_LONGEST_NAME]}" ' if read.title else ""
    return f"{title}with the columns {_columns(read)} " if any(read.header) else title


def _columns(read: TableRead) -> str:
    return ", ".join(one_line(name)[:_LONGEST_NAME] for name in read.header if name.strip())
