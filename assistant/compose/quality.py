"""What looks wrong in the source, from the flags: beside the value, never instead of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.answer import AnswerTable, TableRow
from assistant.compose.caveats import caveats
from assistant.compose.draft import Draft, Pen
from assistant.compose.phrases import searched, subject_in
from assistant.compose.rows import LISTED_AT_MOST
from assistant.compose.telling import Telling
from assistant.compose.wording import (
    capital,
    count,
    due_of,
    due_phrase,
    owner_of,
    plan_name,
    ref_of,
    safe,
    says,
    state_of,
)
from assistant.flags import FlagCode
from assistant.outcome import AnswerStatus
from assistant.records import Action, Flag, Locator

_IN_TEXT = 60


def compose_quality(telling: Telling, pen: Pen) -> Draft:
    """The rows and documents with flags of the kinds asked about, each with what is to be checked."""
    codes = {code for code in FlagCode if code in telling.plan.terms}
    rows = [row for row in telling.found.rows if _flags(row, codes)]
    whole = _of_documents(telling, codes)
    if not rows and not whole:
        return _nothing(telling, codes)
    if len(rows) > LISTED_AT_MOST:
        rows = rows[:0]
    lines = [_lead(rows, whole, telling)]
    for document, group in groupby(rows[:_IN_TEXT], key=lambda row: row.document):
        lines += ["", f"**{plan_name(telling.source(document))}**", ""]
        lines += [_line(row, _flags(row, codes), telling, pen) for row in group]
    if len(rows) > _IN_TEXT:
        lines += ["", f"The other {count(len(rows) - _IN_TEXT, 'row')} stand in the table."]
    for document, flag in whole:
        lines += [
            "",
            f"- {safe(telling.source(document).title)}, as a whole: {safe(flag.words)}"
            f"{_place(document, flag, telling, pen)}",
        ]
    table, tokens = _table(rows, codes, telling, pen)
    notes = caveats(telling, rows, telling.sources_of(rows))
    return Draft(AnswerStatus.ANSWERED, "\n".join(lines), pen.places, len(rows), table, tokens, caveats=notes)


def _flags(row: Action, codes: set[FlagCode]) -> list[Flag]:
    return [flag for flag in row.flags if not codes or flag.code in codes]


def _of_documents(telling: Telling, codes: set[FlagCode]) -> list[tuple[str, Flag]]:
    if telling.plan.themes:
        return []
    asked = {source.document for source in telling.searched}
    flags = telling.view.document_flags
    return [(name, flag) for name, flag in flags if name in asked and (not codes or flag.code in codes)]


def _nothing(telling: Telling, codes: set[FlagCode]) -> Draft:
    kinds = f" of this kind ({'; '.join(code.meaning.rstrip('.').lower() for code in sorted(codes))})" if codes else ""
    what = subject_in(telling)
    text = (
        f"I found nothing to check{kinds}{what}. {searched(telling)} This is what rules can see; a reader may see more."
    )
    return Draft(AnswerStatus.ANSWERED, text, total=0, caveats=caveats(telling, (), ()))


def _lead(rows: Sequence[Action], whole: Sequence[tuple[str, Flag]], telling: Telling) -> str:
    parts = []
    if rows:
        verb = "has" if len(rows) == 1 else "have"
        parts.append(f"{capital(count(len(rows), 'action'))}{subject_in(telling)} {verb} something to check")
    if whole:
        parts.append(f"{count(len(whole), 'point')} about a document as a whole")
    text = " and ".join(parts)
    return f"{capital(text)}. These are for the plan’s owner to check; nothing has been corrected."


def _line(row: Action, flags: Sequence[Flag], telling: Telling, pen: Pen) -> str:
    ref = ref_of(row)
    name = f"**{capital(ref)}** " if ref else ""
    words = says(row, 90 if telling.member else 140)
    facts = [due_phrase(row)]
    if any(flag.code in _OF_TWO_ROWS for flag in flags):
        facts += [f"owner: {owner_of(row)}", f"plan says: {state_of(row)}"]
    told = "; ".join(facts)
    return f"- {name}{words} – {told} – {' '.join(safe(flag.words) for flag in flags)} {pen.action(row)}"


_OF_TWO_ROWS = frozenset({FlagCode.DUPLICATE_TEXT, FlagCode.CONTRADICTING_DUPLICATE, FlagCode.PASTED_PROGRESS})
"""Doubts that only the fields of both rows can settle."""


def _place(document: str, flag: Flag, telling: Telling, pen: Pen) -> str:
    """The citation of a document's flag: the words that stand where it points."""
    if flag.locator is None:
        return ""
    words = next(
        (text.strip() for at, text in telling.view.lines(document) if _at(flag.locator, at) and text.strip()), ""
    )
    return f" {pen.passage(document, flag.locator, words)}" if words else ""


def _at(wanted: Locator, place: Locator) -> bool:
    if wanted.line_start is not None and place.line_start is not None:
        return wanted.line_start <= place.line_start <= (wanted.line_end or wanted.line_start)
    return wanted == place


def _table(
    rows: Sequence[Action], codes: set[FlagCode], telling: Telling, pen: Pen
) -> tuple[AnswerTable, tuple[str | None, ...]]:
    lines = tuple(
        TableRow(
            (
                plan_name(telling.source(row.document)),
                row.ref or "",
                says(row),
                due_of(row),
                " ".join(flag.words for flag in _flags(row, codes)),
            ),
            (row.id,),
        )
        for row in rows
    )
    table = AnswerTable(
        f"{capital(count(len(rows), 'action'))} to check", ("Plan", "Ref", "Action", "Due", "To check"), lines
    )
    return table, tuple(pen.action(row)[1:-1] for row in rows)
