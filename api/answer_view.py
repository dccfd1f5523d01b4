"""An answer as its page shows it: text with chips that open their source, and a query that can be changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt

from api.brief import Brief, brief_of
from api.plain_text import answer_text
from api.plan_names import plan_names
from api.query_change import ChangeForm, change_form
from api.query_parts import Part, query_parts, spelt
from api.templates import address, place_address
from api.words_explained import Explained, words_explained
from api.worked_out import searched, worked_out
from assistant.answer import Answer, AnswerTable, Citation, CitationKind, Reader
from assistant.desk import Desk
from assistant.outcome import AnswerStatus
from assistant.places import place_words
from assistant.query_plan_json import plan_from_data
from assistant.records import Action, Source
from assistant.register import Held

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable(["image", "link"])
_MARKER = re.compile(r"\[(\d{1,5})\]")
_WORDS_LINE = re.compile(r"^Words explained: .*\n*", re.MULTILINE)
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


@dataclass(frozen=True, slots=True)
class AnswerView:
    answer: Answer
    status: str
    """How the question ended, in words; empty where it was answered."""
    declined: bool
    """True where nothing was looked up: there is no query, no row and no source to show."""
    lead: str
    """The direct answer as HTML."""
    rest: str
    """The whole answer as HTML, where what is shown at once is not all of it."""
    brief: Brief
    text: str
    """The answer to paste, with its citations."""
    chips: dict[int, Chip]
    parts: list[Part]
    form: ChangeForm | None
    documents: tuple[str, ...]
    """The plans that the query names; none for all."""
    rows: dict[str, Action]
    single: bool
    """True where every line of the table is one cited action."""
    numeric: frozenset[str]
    """The columns of the table that hold numbers alone."""
    words: list[Explained]
    searched: str
    steps: list[str]


def view_of(
    answer: Answer, desk: Desk, held: Sequence[Held], edited: bool = False, by_model: bool = False
) -> AnswerView:
    """The view of an answer for its reader.

    Args: edited, whether the reader changed the query; by_model, whether a language model may read a question.
    """
    sources = desk.view.sources
    ids = {one.id for one in answer.citations if one.kind is CitationKind.ACTION}
    rows = {row.id: row for row in desk.view.rows if row.id in ids}
    names = plan_names(sources.values())
    chips = {one.marker: _chip(one, answer, rows, sources, names) for one in answer.citations}
    cited = {one.marker: rows[one.id] for one in answer.citations if one.id in rows}
    words = words_explained(answer, desk)
    text = _WORDS_LINE.sub("", answer.answer).strip() if words else answer.answer
    plan = plan_from_data(answer.query) if answer.query else None
    parts = query_parts(plan, sources) if plan else []
    subject = [spelt(theme) for theme in plan.themes] if plan else []
    brief = brief_of(answer, text, cited, subject, answer.caveats)
    return AnswerView(
        answer=answer,
        status=_STATUS.get(answer.status, ""),
        declined=not answer.query,
        lead=_html(_explained(brief.lead, words) if answer.reader is Reader.MEMBER else brief.lead, chips),
        rest=_html(text, chips) if brief.more else "",
        brief=brief,
        text=answer_text(answer, sources),
        chips=chips,
        parts=parts,
        form=change_form(plan, desk.view.rows) if plan else None,
        documents=plan.documents if plan else (),
        rows=rows,
        single=answer.table is not None and all(line.marker in chips for line in answer.table.rows),
        numeric=_numeric(answer.table) if answer.table else frozenset(),
        words=words,
        searched=searched(plan, held),
        steps=worked_out(answer, plan, parts, edited, by_model) if plan else [],
    )


def _explained(text: str, words: Sequence[Explained]) -> str:
    """The text with each abbreviation explained where it first stands, if that takes a few words."""
    for one in words:
        found = re.search(rf"\b{re.escape(one.term)}\b", text)
        if found and len(one.meaning.split()) <= _FEW_WORDS and one.meaning.casefold() not in text.casefold():
            text = f"{text[: found.end()]} ({one.meaning}){text[found.end() :]}"
    return text


def _numeric(table: AnswerTable) -> frozenset[str]:
    cells = {name: [row.cells[number] for row in table.rows] for number, name in enumerate(table.columns)}
    return frozenset(name for name, held in cells.items() if all(_NUMBER.fullmatch(cell) for cell in held))


def _chip(
    citation: Citation,
    answer: Answer,
    rows: Mapping[str, Action],
    sources: Mapping[str, Source],
    names: Mapping[str, str],
) -> Chip:
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

    return _MARKER.sub(put, _markdown.render(text)) if text else ""
