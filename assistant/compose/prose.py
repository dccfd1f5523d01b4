"""Answers from the words of a document: quoted, never retold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.caveats import caveats
from assistant.compose.draft import Draft, Pen
from assistant.compose.phrases import searched
from assistant.compose.quotes import quote_line, quoted, without_rows
from assistant.compose.rows import listed
from assistant.compose.telling import Telling
from assistant.compose.wording import capital, count, ref_of, safe, short
from assistant.outcome import AnswerStatus
from assistant.query_plan import Wanted
from assistant.records import Action

_ABSENT = {
    Wanted.MONEY: "no cost, budget or amount of money for this",
    Wanted.PERSON: "no name for this",
    Wanted.NUMBER: "no figure for this",
    Wanted.DATE: "no date for this",
    Wanted.REASON: "no reason for this",
    Wanted.MANNER: "nothing on how this works or will be known",
    Wanted.RESULT: "no result of this",
    Wanted.CHANGE: "no earlier version to compare with",
}


def compose_narrative(telling: Telling, pen: Pen) -> Draft:
    """The words of the documents that answer, each with its place; or that the plans do not say."""
    if not telling.evidence:
        return not_said(telling, pen)
    lines = quoted(telling, pen)
    lines += ["", "These are the document’s own words; I have added nothing to them."] if not telling.member else []
    return without_rows(telling, pen, lines, AnswerStatus.ANSWERED)


def not_said(telling: Telling, pen: Pen, rows: Sequence[Action] = ()) -> Draft:
    """The plans do not hold the fact; the rows on the subject, if any, are still given."""
    kind = telling.plan.wanted
    absent = _ABSENT[kind] if kind else "nothing on this that I can point to"
    subject = f" (I looked for: {safe(telling.plan.text)})" if telling.plan.text and not telling.member else ""
    lines = [f"I cannot tell from these plans: they give {absent}{subject}. {searched(telling)}"]
    if rows:
        lines += ["", f"What they do have is {count(len(rows), 'action')} on the subject:"]
        lines += listed(rows, telling, pen)
    draft = without_rows(telling, pen, lines, AnswerStatus.CANNOT_ANSWER)
    return replace(draft, caveats=caveats(telling, rows, telling.sources_of(rows)))


def fact_from_prose(telling: Telling, pen: Pen) -> Draft:
    """A fact that no field of a row holds: quoted where the words give it, else said to be absent beside the rows."""
    if telling.evidence:
        return compose_narrative(telling, pen)
    return not_said(telling, pen, telling.found.rows[:10] if telling.plan.themes else ())


def compose_impact(telling: Telling, pen: Pen) -> Draft:
    """What was done, what was meant to change, what is reported, and what is not known; each told apart."""
    rows = telling.found.rows
    lines: list[str] = [_impact_lead(rows)]
    for row in rows:
        ref = ref_of(row)
        name = f"**{capital(ref)}** " if ref else ""
        said = safe(row.progress or row.status_text or "")
        lines += [
            "",
            f"- {name}{short(safe(row.action), 220)} {pen.action(row)}",
            f"  - Meant to change (an intention): {safe(row.outcome) if row.outcome else 'not stated'}",
            f"  - To be measured by (a target): {safe(row.success_measure) if row.success_measure else 'not stated'}",
            f"  - Reported so far: {f'“{said}”' if said else 'nothing recorded'}",
        ]
    for piece in telling.evidence:
        lines += ["", quote_line(piece, pen)]
    draft = without_rows(telling, pen, lines, AnswerStatus.PARTLY_ANSWERED if rows else AnswerStatus.CANNOT_ANSWER)
    return replace(draft, total=len(rows), caveats=caveats(telling, rows, telling.sources_of(rows)))


def _impact_lead(rows: Sequence[Action]) -> str:
    if not rows:
        return "I cannot tell from these plans: nothing in them reports a result for this."
    reported = [row for row in rows if row.progress or row.status_text]
    if not reported:
        return "The plans say what was meant to change and how it would be measured; they report no result."
    return "What the plans say was done, meant and reported. A hoped-for outcome or a target is not a result."
