"""An answer as its page shows it: text with chips that open their source, and a query that can be changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt

from api.templates import place_address
from assistant.answer import Answer, Citation, CitationKind
from assistant.conditions import Condition, Field, Operator
from assistant.places import place_words
from assistant.query_plan_json import plan_from_data
from assistant.query_plan_words import filter_words
from assistant.records import Action, Audience, Source
from assistant.register import Register

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable(["image", "link"])
_MARKER = re.compile(r"\[(\d{1,5})\]")
_FIRST_LIST = re.compile(r"^(?:- |\*\*)", re.MULTILINE)
_SHORT = 34


@dataclass(frozen=True, slots=True)
class Chip:
    """A citation as visible words that open its place."""

    words: str
    address: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class AnswerView:
    answer: Answer
    lead: str
    """The direct answer as HTML."""
    rest: str
    """The whole answer as HTML, where the lead is not all of it."""
    chips: dict[int, Chip]
    parts: tuple[tuple[str, dict[str, Any]], ...]
    """Each part of the query in words, with the query without it."""
    rows: dict[str, Action]
    single: bool
    """True where every line of the table is one cited action."""


def view_of(answer: Answer, register: Register, audience: Audience) -> AnswerView:
    """The view of an answer for its reader."""
    sources = {source.document: source for source in register.sources(audience)}
    ids = tuple(
        {one.id for one in answer.citations if one.kind is CitationKind.ACTION} | {x.id for x in answer.related}
    )
    rows = {row.id: row for row in register.select(audience, Condition(Field.ID, Operator.IS, ids))} if ids else {}
    chips = {one.marker: _chip(one, rows, sources) for one in answer.citations}
    lead, rest = answer.answer, ""
    if answer.table and (first := _FIRST_LIST.search(lead)) and first.start():
        lead, rest = lead[: first.start()], lead
    html = [_with_chips(_markdown.render(text), chips) if text else "" for text in (lead, rest)]
    single = answer.table is not None and all(line.marker in chips for line in answer.table.rows)
    return AnswerView(answer, html[0], html[1], chips, tuple(query_parts(answer.query, sources)), rows, single)


def short_title(source: Source | None, document: str) -> str:
    """The title of a plan, short enough for a chip."""
    title = re.split(r"[,(:–]", source.title)[0].strip() if source else document
    return title if len(title) <= _SHORT else f"{title[:_SHORT].rsplit(' ', 1)[0]}…"


def query_parts(query: dict[str, Any] | None, sources: Mapping[str, Source]) -> list[tuple[str, dict[str, Any]]]:
    """The parts of a query that can be taken away, in words, each with what is left."""
    if not query or query.get("sides"):
        return []
    parts = []
    for document in query.get("documents", ()):
        left = [one for one in query["documents"] if one != document]
        parts.append((short_title(sources.get(document), document), {**query, "documents": left}))
    for name, before in (("themes", "on"), ("without_themes", "not on")):
        for theme in query.get(name, ()):
            left = [one for one in query[name] if one != theme]
            parts.append((f"{before} “{theme['words']}”", {**query, name: left}))
    if query.get("lateness"):
        words = query["lateness"].replace("_", " ")
        parts.append((words, {key: value for key, value in query.items() if key != "lateness"}))
    return [*parts, *_conditions(query)]


def _conditions(query: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    where = query.get("where")
    if not where:
        return []
    every = where.get("all", [where])
    parts = []
    for number, part in enumerate(every):
        alone = plan_from_data({"intent": "list", "as_of": query["as_of"], "where": part})
        left = {"all": [*every[:number], *every[number + 1 :]]}
        parts.append((filter_words(alone.where), {**query, "where": left}))
    return parts


def _chip(citation: Citation, rows: Mapping[str, Action], sources: Mapping[str, Source]) -> Chip:
    source = sources.get(citation.document)
    row = rows.get(citation.id)
    where = row.ref if row and row.ref else place_words(citation.locator)
    to = f"/row/{citation.id}" if row else place_address(source.id, citation.locator) if source else "#"
    return Chip(f"{short_title(source, citation.document)}, {where}", to, citation)


def _with_chips(html: str, chips: Mapping[int, Chip]) -> str:
    def put(found: re.Match[str]) -> str:
        chip = chips.get(int(found[1]))
        return f'<a class="chip" href="{escape(chip.address)}">{escape(chip.words)}</a>' if chip else found[0]

    return _MARKER.sub(put, html)
