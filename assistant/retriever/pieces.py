"""The smallest parts of a document that can answer: a line, a list item, a cell of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.records import Action, Locator, Passage
from assistant.view import View

BULLET = re.compile(r"^\s*(?:[-•●▪◦*–]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])\s+(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'‘])")
_LEADS = re.compile(r":\s*$")
_LONG = 420
"""A longer line is cut into its sentences."""

MEASURE, OUTCOME, PROGRESS, ACTION = "success measure", "hoped-for outcome", "progress noted", ""


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` is verbatim at `locator`; `above` is what it stands under: headings, the line that leads in to its list.

    `group` numbers the passage or row that it is a part of, `order` its place there.
    """

    document: str
    locator: Locator
    text: str
    above: str
    group: str
    order: int
    kind: str = ""
    row: Action | None = None
    leads: bool = False
    item: bool = False
    lead_order: int | None = field(default=None)
    """The place in the group of the line that leads in to this item."""


def pieces_of(passages: Sequence[Passage], rows: Sequence[Action], view: View) -> Iterator[Piece]:
    """The pieces of passages, then of rows."""
    for passage in passages:
        yield from _of_passage(passage, view)
    for row in rows:
        yield from _of_row(row)


def _of_passage(passage: Passage, view: View) -> Iterator[Piece]:
    lead: tuple[int, str] | None = None
    heading = " – ".join(passage.heading_path)
    for order, (locator, text) in enumerate(_lines(passage, view)):
        words = text.strip()
        if not words:
            continue
        item = bool(BULLET.match(text))
        leads = bool(_LEADS.search(words))
        if not item or leads:
            lead = (order, words) if leads else (lead if item else None)
        under = lead if item and lead and lead[0] != order else None
        above = " – ".join(part for part in (heading, under[1] if under else "") if part)
        for sentence in sentences(words):
            yield Piece(
                passage.document, locator, sentence, above, passage.id, order, "", None, leads, item,
                under[0] if under else None,
            )  # fmt: skip


def _lines(passage: Passage, view: View) -> list[tuple[Locator, str]]:
    """The passage's lines with their places; the whole of it where its document has no lines."""
    at = passage.locator
    if at.line_start is None:
        return [(at, line) for line in passage.text.split("\n")]
    last = at.line_end or at.line_start
    return [
        (place, text)
        for place, text in view.lines(passage.document)
        if at.line_start <= (place.line_start or 0) <= last
    ]


def sentences(text: str) -> list[str]:
    """A long text cut into its sentences; a short one as it is."""
    return [text] if len(text) <= _LONG else [part for part in _SENTENCE.split(text) if part.strip()]


def _of_row(row: Action) -> Iterator[Piece]:
    places = dict(row.field_locators)
    above = " – ".join(part for part in (row.section, row.recommendation) if part)
    cells = (
        ("action", row.action, ACTION),
        ("success_measure", row.success_measure, MEASURE),
        ("outcome", row.outcome, OUTCOME),
        ("progress", row.progress, PROGRESS),
        ("status_text", row.status_text if row.status_text != row.progress else None, PROGRESS),
    )
    for order, (name, text, kind) in enumerate(cells):
        if not text:
            continue
        own = above if name == "action" else f"{above} – {row.action[:200]}"
        for line in text.split("\n"):
            if line.strip():
                for sentence in sentences(line.strip()):
                    yield Piece(row.document, places.get(name, row.locator), sentence, own, row.id, order, kind, row)
