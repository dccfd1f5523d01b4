"""All that is written one cell a line, as the tables that it once was: rows, records, keys."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Block, Table
from ingest.layout.keylines import keyed
from ingest.layout.labelled import labelled
from ingest.layout.nameless import nameless
from ingest.layout.stacked import stacked


def unstacked(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items with such lines made tables; everything else stays as it is."""
    return keyed(nameless(labelled(stacked(items))))
