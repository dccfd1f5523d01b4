"""Answers from the words of a document: quoted, never retold."""

from dataclasses import replace

from assistant.compose.caveats import caveats, is_target, quote_line, quoted, without_rows
from assistant.compose.lists import related_row, with_rows
from assistant.compose.numbers import count
from assistant.compose.phrases import about, searched, sources_line
from assistant.compose.pieces import bold_ref, due_phrase, owner_of, says
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.whether import indirect
from assistant.compose.wording import joined, plan_name, safe, short, without_bullets
from assistant.conditions import Field
from assistant.invisible import reaches
from assistant.lexicon import find, words_of
from assistant.outcome import AnswerStatus
from assistant.query_plan import Wanted
from assistant.records import Action, Passage
from assistant.retriever.asked import Asked
from assistant.retriever.holding import holds
from assistant.retriever.kinds import Kind
from assistant.told import told_of

_ABSENT = told_of("absent", str)
_NEAR_MEMBER = 2
_FEW = 8


def compose_narrative(telling: Telling, pen: Pen) -> Draft:
    """The words of the documents that answer, each with its place; or that the plans do not say."""
    if not telling.evidence:
        return not_said(telling, pen)
    lines, wanted = quoted(telling, pen), telling.plan.wanted
    if wanted in (Wanted.NUMBER, Wanted.TARGET) and all(is_target(one, telling) for one in telling.evidence):
        meant = "This is a target: what is to be reached, not a result. No result is given beside it."
        asked, none = (
            wanted is Wanted.TARGET,
            "The plans give a target for this, and no figure of what has been reached.",
        )
        status = AnswerStatus.ANSWERED if asked else AnswerStatus.CANNOT_ANSWER
        return without_rows(telling, pen, [*([] if asked else [none]), *lines, "", meant], status)
    lines += ["", "These are the document’s own words; I have added nothing to them."] if not telling.member else []
    return without_rows(telling, pen, lines, AnswerStatus.ANSWERED)


def come_near(telling: Telling, status: AnswerStatus) -> Draft:
    """The words that come nearest to what was asked for and not found, said to be no more than that: they are cited as
    words, since the rows that some stand in are no part of the answer."""
    shown = telling.evidence[: _NEAR_MEMBER if telling.member else None]
    order = [piece.document for piece in shown]
    words = sorted((replace(piece, row=None) for piece in shown), key=lambda piece: order.index(piece.document))
    pen = Pen()
    lines = ["The words that come nearest, which may not answer it:"]
    lines += quoted(replace(telling, evidence=tuple(words)), pen)
    rows = dict.fromkeys(piece.row for piece in shown if piece.row)
    draft = without_rows(telling, pen, lines, status)
    return replace(draft, related=tuple(related_row(row, "its words come near") for row in rows))


def not_said(telling: Telling, pen: Pen) -> Draft:
    """The plans do not hold the fact. The few rows on its subject are kept apart: they do not answer."""
    said, wanted = indirect(telling.question), telling.plan.wanted
    absent = _ABSENT.get(telling.asked(telling.question).kind) or _ABSENT[wanted or ""]
    first = f"The plans do not say {said}." if said else f"The plans give {absent}."
    if telling.asked(telling.question).kind is Kind.CONTACT and (where := _contacts(telling)):
        first = f"I do not repeat contact details here. Some stand in the {'; '.join(where)}."
    rows = telling.found.subject if telling.plan.themes or telling.found.rows != telling.found.subject else ()
    rows = telling.found.rows if 0 < len(telling.found.rows) <= _FEW else rows
    show = "the plans’ actions, who owns them, when they are due and how they stand."
    show = f"{count(len(rows), 'action')}{about(telling.plan)}; it is not said there." if rows else show
    draft = without_rows(telling, pen, [f"{first} {searched(telling)} I can show {show}"], AnswerStatus.CANNOT_ANSWER)
    return replace(draft, related=tuple(related_row(row, "on the same subject") for row in rows[:_FEW]))


def _contacts(telling: Telling) -> list[str]:
    """The documents that were searched and hold a telephone number or an e-mail address, with lines or pages."""
    found: dict[str, dict[str, None]] = {source.document: {} for source in telling.searched}
    told: list[tuple[Passage | Action, str]] = [(one, one.text) for one in telling.view.passages]
    told += [(row, "\n".join(filter(None, (row.action, row.progress, row.status_text)))) for row in telling.view.rows]
    for one, text in told:
        first, page = one.locator.line_start, one.locator.page
        for number, line in enumerate(text.split("\n")):
            if one.document in found and reaches(line):
                place = f"line {first + number}" if first else f"page {page}" if page else "its text"
                found[one.document][place] = None
    names = {document: plan_name(telling.view.sources[document]) for document in found}
    return [f"{names[document]}: {joined(list(places), 'and')}" for document, places in found.items() if places]


def compose_reason(telling: Telling, pen: Pen) -> Draft:
    """Why something stands as it does: what the plan notes of it, quoted; a reason is never worked out. Why something
    was done is told by a note that gives a reason."""
    rows = telling.found.rows
    asked = words_of(f"{telling.question} {telling.plan.text}")
    of_state = not telling.evidence and find(asked, ("state", "time", "cell", "colour"))
    notes = (row.progress or row.status_text for row in rows)
    noted = [note for note in notes if note and (of_state or holds(Asked(Kind.REASON), note))]
    if not noted or len(rows) > _FEW:
        return compose_narrative(telling, pen)
    lines = ["What the plan notes of it is below, in its own words; it gives no other reason.", ""]
    if telling.plan.asked_of is Field.OWNER or Field.OWNER in telling.plan.also_asked:
        owners = list(dict.fromkeys(owner_of(row) for row in rows))
        lines = [f"Owner: {joined(owners, 'and')}.", "", *lines]
    for row in rows:
        note = safe(row.progress or row.status_text or "")
        said = f"noted: “{note}”" if note else "nothing is noted"
        what = f"{bold_ref(row)}{says(row, 110 if telling.member else 200)}"
        lines.append(f"- {what} – {due_phrase(row)}; {said} {pen.action(row)}")
    lines += ["", sources_line(telling, rows)]
    return with_rows(telling, pen, lines, rows)


def compose_impact(telling: Telling, pen: Pen) -> Draft:
    """What was done, what was meant to change, what is reported, and what is not known; each told apart."""
    rows = telling.found.rows or tuple(dict.fromkeys(piece.row for piece in telling.evidence if piece.row))
    shown = {row.id for row in rows}
    lines = ["I cannot tell from these plans: nothing in them reports a result for this."]
    if rows:
        lines = ["The plans say what was meant to change and how it would be measured; they report no result."]
    if any(row.progress or row.status_text for row in rows):
        lines = ["What the plans say was done, meant and reported. A hoped-for outcome or a target is not a result."]
    for row in rows:
        said = safe(row.progress or row.status_text or "")
        lines += [
            "",
            f"- {bold_ref(row)}{short(safe(row.action), 220)} {pen.action(row)}",
            f"  - Meant to change (an intention): {safe(without_bullets(row.outcome or 'not stated'))}",
            f"  - To be measured by (a target): {safe(without_bullets(row.success_measure or 'not stated'))}",
            f"  - Reported so far: {f'“{said}”' if said else 'nothing recorded'}",
        ]
    lines += ["", *(quote_line(piece, pen) for piece in telling.evidence if not piece.row or piece.row.id not in shown)]
    draft = without_rows(telling, pen, lines, AnswerStatus.PARTLY_ANSWERED if rows else AnswerStatus.CANNOT_ANSWER)
    return replace(draft, total=len(rows), caveats=caveats(telling, rows, telling.sources_of(rows)))
