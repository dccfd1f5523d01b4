"""An answer as its page shows it: text with chips that open their source, how it was worked out, words explained."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from api.brief import brief_of, markdown, opened, without_markup
from api.here import address, place_address, plan_names
from api.query_form import Part, change_form, query_parts, spelt
from api.words import counted, day_words, source_line
from assistant.answer import Answer, Citation, CitationKind, Reader
from assistant.desk import Desk
from assistant.outcome import AnswerStatus
from assistant.places import place_words
from assistant.query_plan import QueryPlan
from assistant.query_plan_json import plan_from_data
from assistant.records import Action, KeyKind, Source
from assistant.register import Held


def answer_text(answer: Answer, sources: Mapping[str, Source]) -> str:
    """The text of an answer with its numbered citations."""
    lines = [f"Question: {answer.question}"]
    if answer.understood_as:
        lines.append(f"Understood as: {answer.understood_as}")
    lines += [f"As at: {day_words(answer.as_of)}", "", without_markup(answer.answer)]
    if answer.caveats:
        lines += ["", "What to know:", *(f"- {without_markup(words)}" for words in answer.caveats)]
    lines += ["", "Sources:"] if answer.citations else []
    lines += (source_line(one, sources.get(one.document)) for one in answer.citations)
    return "\n".join(lines)


_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,6}|[A-Z][a-z]?[A-Z]{1,3})(?=s?\b)")
_MOST = 12


@dataclass(frozen=True, slots=True)
class Explained:
    """A term, what it means, who says so, and where that stands; no address for the glossary of the service."""

    term: str
    meaning: str
    by: str
    address: str = ""


def words_explained(answer: Answer, desk: Desk) -> list[Explained]:
    """Each abbreviation of the answer that a plan's own list or the glossary defines, in the order of the text."""
    cells = [cell for row in (answer.table.rows if answer.table else ()) for cell in row.cells]
    text = " ".join([answer.answer, *cells])
    cited = {one.document for one in answer.citations}
    keys = [key for key in desk.view.keys if key.kind is KeyKind.ABBREVIATION]
    found: list[Explained] = []
    for term in dict.fromkeys(_ABBREVIATION.findall(text)):
        named = [key for key in keys if key.term.casefold() == term.casefold()]
        own = [key for key in named if key.document in cited] or named
        distinct = {key.meaning.casefold(): key for key in reversed(own)}
        for key in reversed(distinct.values()):
            source = desk.view.sources[key.document]
            found.append(Explained(key.term, key.meaning, source.title, place_address(source.id, key.locator)))
        if not own and (meanings := desk.explain(term)):
            whose = "the glossary of this service; the plans of this answer do not say"
            found.append(Explained(term, " or ".join(meanings), whose))
    return found[:_MOST]


def searched(plan: QueryPlan | None, held: Sequence[Held]) -> str:
    """What an answer rests on: how many plans and actions, and how many plans were not read whole."""
    asked = [one for one in held if not plan or not plan.documents or one.source.document in plan.documents]
    of = "" if len(asked) == len(held) else f" of the {len(held)} held"
    actions = sum(one.actions for one in asked)
    words = f"Searched {counted(len(asked), 'plan')}{of}, with {counted(actions, 'action')}."
    partly = sum(1 for one in asked if one.set_aside)
    return f"{words} Lines of {counted(partly, 'plan')} could not be read as actions." if partly else words


def worked_out(answer: Answer, plan: QueryPlan, parts: Sequence[Part], edited: bool, by_model: bool) -> list[str]:
    """The steps from the question to the rows, each a sentence."""
    read = "Fixed rules" if not by_model else "Fixed rules, and a language model where they found no subject,"
    steps = [
        "You changed how the question was understood; your choices were used in place of its words."
        if edited
        else f"{read} turned your question into filters."
    ]
    kept = [part.words for part in parts if part.left]
    steps.append(f"Filters: {'; '.join(kept)}." if kept else "No filter was set.")
    if plan.themes:
        steps.append(
            "Every action was compared with the subject by its words, by other names for the same thing, and by "
            "meaning. Actions that only come close are listed apart and are not counted."
        )
    if plan.lateness or (answer.table and "Days late" in answer.table.columns):
        steps.append(
            f"Overdue means due before {day_words(plan.as_of)} and not marked complete. Due that day is not overdue, "
            "and an action with no due date is not counted as late."
        )
    steps.append("A missing owner, date or status is reported as missing. Nothing is worked out to fill the gap.")
    if answer.by_model:
        steps.append(
            "A language model put this answer into words. They were kept because they say no number, date, name or "
            "source other than those that the service worked out."
        )
    if answer.total is not None:
        steps.append(f"{counted(answer.total, 'action')} matched, counted by the service's own code, not by a model.")
    return steps


_MARKER = re.compile(r"\[(\d{1,5})\]")
_STATUS = {
    AnswerStatus.PARTLY_ANSWERED: "Partly answered",
    AnswerStatus.NEEDS_CLARIFICATION: "Not clear yet",
    AnswerStatus.NO_MATCH: "Nothing found",
    AnswerStatus.CANNOT_ANSWER: "Not in the plans",
    AnswerStatus.OUT_OF_SCOPE: "Not about the plans",
    AnswerStatus.REFUSED: "Not answered",
    AnswerStatus.ERROR: "Not worked out",
}
_FEW_WORDS = 6
_NUMBER = re.compile(r"[\d,]+%?")


@dataclass(frozen=True, slots=True)
class Chip:
    """A citation as visible words that open its place, with the source that it stands in."""

    words: str
    address: str
    citation: Citation
    source: Source | None


def view_of(
    answer: Answer, desk: Desk, held: Sequence[Held], edited: bool = False, by_model: bool = False
) -> dict[str, Any]:
    """What the page shows of an answer, for its reader: `lead` and `rest`, the direct answer and, where that is not all
    of it, the whole, as HTML; `text`, the answer to paste; `declined`, where nothing was looked up, so that there is no
    query, no row and no source; `single`, where every line of the table is one cited action; `numeric`, its columns of
    numbers alone.

    Args: edited, whether the reader changed the query; by_model, whether a language model may read a question.
    """
    sources = desk.view.sources
    ids = {one.id for one in answer.citations if one.kind is CitationKind.ACTION}
    rows = {row.id: row for row in desk.view.rows if row.id in ids}
    names = plan_names(sources.values())
    chips = {one.marker: _chip(one, answer, rows, sources, names) for one in answer.citations}
    cited = {one.marker: rows[one.id] for one in answer.citations if one.id in rows}
    words = words_explained(answer, desk)
    plan = plan_from_data(answer.query) if answer.query else None
    parts = query_parts(plan, sources) if plan else []
    subject = [spelt(theme) for theme in plan.themes] if plan else []
    brief = brief_of(answer, cited, subject)
    table, lead = answer.table, opened(brief.lead)
    return {
        "answer": answer,
        "status": _STATUS.get(answer.status, ""),
        "declined": not answer.query,
        "lead": _html(_explained(lead, words) if answer.reader is Reader.MEMBER else lead, chips),
        "rest": _html(answer.answer, chips) if brief.more else "",
        "brief": brief,
        "text": answer_text(answer, sources),
        "chips": chips,
        "parts": parts,
        "form": change_form(plan, desk.view.rows) if plan else None,
        "documents": plan.documents if plan else (),
        "rows": rows,
        "single": table is not None and all(line.marker in chips for line in table.rows),
        "numeric": {
            name
            for number, name in enumerate(table.columns if table else ())
            if table and all(_NUMBER.fullmatch(row.cells[number]) for row in table.rows)
        },
        "words": words,
        "searched": searched(plan, held),
        "steps": worked_out(answer, plan, parts, edited, by_model) if plan else [],
    }


def _explained(text: str, words: Sequence[Explained]) -> str:
    """The text with each abbreviation explained where it first stands, if that takes a few words."""
    for one in words:
        found = re.search(rf"\b{re.escape(one.term)}\b", text)
        if found and len(one.meaning.split()) <= _FEW_WORDS and one.meaning.casefold() not in text.casefold():
            text = f"{text[: found.end()]} ({one.meaning}){text[found.end() :]}"
    return text


def _chip(
    citation: Citation, answer: Answer, rows: Mapping[str, Action], sources: Mapping[str, Source],
    names: Mapping[str, str],
) -> Chip:  # fmt: skip
    source, row = sources.get(citation.document), rows.get(citation.id)
    kept = {"as_of": answer.as_of.isoformat(), "reader": "member" if answer.reader is Reader.MEMBER else ""}
    where = row.ref if row and row.ref else place_words(citation.locator)
    to = place_address(source.id, citation.locator, **kept) if source else "#"
    if row:
        to = address(f"/row/{citation.id}", **kept)
    return Chip(f"{names.get(citation.document, citation.document)}, {where}", to, citation, source)


def _html(text: str, chips: Mapping[int, Chip]) -> str:
    def put(found: re.Match[str]) -> str:
        chip = chips.get(int(found[1]))
        return f'<a class="chip" href="{escape(chip.address)}">{escape(chip.words)}</a>' if chip else found[0]

    return _MARKER.sub(put, markdown.render(text)) if text else ""
