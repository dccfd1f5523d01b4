"""Tokens to numbered citations. A quote that does not stand in the register, word for word, does not leave."""

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.answer import AnswerTable, Citation, CitationKind, TableRow
from assistant.compose.telling import CLOSE, OPEN, Draft
from assistant.labels import Audience
from assistant.locators import same_place
from assistant.places import place_id, place_of
from assistant.records import Locator, Passage, Source
from assistant.register import Register
from assistant.view import View

_TOKEN = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def words_at(view: View, document: str, locator: Locator) -> str:
    """The words at a place as the register has them; empty where there is none, or none that the reader may see."""
    if locator.line_start is not None:
        lines = view.numbered(document, locator.line_start, locator.line_end or locator.line_start)
        return "\n".join(text for _, text in lines)
    return "\n".join(text for place, text in view.lines(document) if same_place(locator, place))


def opened_passage(register: Register, audience: Audience, id: str) -> tuple[Passage, Source]:
    """The run of paragraphs, or the words of a place, that a citation's id opens, with their document.

    Raises: RecordNotFound, whether there is none or this audience may not see it."""
    sources, place = register.sources(audience), place_of(id)
    of_place = next((one for one in sources if place and one.id == place[0]), None)
    if place and of_place:
        words = words_at(View(register, audience), of_place.document, place[1])
        if words:
            return Passage(id, of_place.document, (), words, place[1], of_place.label), of_place
    found = register.passage(audience, id)
    return found, next(one for one in sources if one.document == found.document)


def stands(quote: str, words: str) -> bool:
    """Whether a quote stands in the words, however the white space is broken."""
    wanted = " ".join(quote.split())
    return bool(wanted) and (quote in words or wanted in " ".join(words.split()))


def cite(draft: Draft, view: View) -> tuple[Draft, tuple[Citation, ...]]:
    """The draft with `[1]`, `[2]`… in place of its tokens, in the order of their mention, and what they point to.

    A passage whose quote does not stand is left out with the line that leans on it. An action whose quote does not
    stand is cited by the words at its place; where there are none, its line goes too."""
    beside = [*(name for name in draft.table_tokens if name), *draft.linked]
    wanted = list(dict.fromkeys([*_TOKEN.findall(draft.text), *beside]))
    sound = {name: place for name in wanted if (place := _checked(draft.places[name], view))}
    text = _without_lines(draft.text, set(wanted) - set(sound))
    order = list(dict.fromkeys([*_TOKEN.findall(text), *(name for name in beside if name in sound)]))
    markers = {name: number for number, name in enumerate(order, start=1)}
    citations = tuple(_numbered(markers[name], sound[name], view) for name in order)
    numbered = _TOKEN.sub(lambda match: f"[{markers[match.group(1)]}]", text)
    return replace(draft, text=numbered.strip(), table=_marked(draft, markers)), citations


def tokens_lost(before: Draft, citations: Iterable[Citation]) -> int:
    """How many actions of the draft could not be cited."""
    kept = {citation.id for citation in citations if citation.kind is CitationKind.ACTION}
    return len({place.id for place in before.places.values() if place.kind is CitationKind.ACTION} - kept)


def _checked(place: Citation, view: View) -> Citation | None:
    words = words_at(view, place.document, place.locator)
    if stands(place.quote, words):
        return place
    own = next((line.strip() for line in words.split("\n") if line.strip()), "")
    return replace(place, quote=own) if own and place.kind is CitationKind.ACTION else None


def _numbered(marker: int, place: Citation, view: View) -> Citation:
    fields = tuple(one for one in place.fields if stands(one.quote, words_at(view, place.document, one.locator)))
    id = place.id if place.kind is CitationKind.ACTION else place_id(view.sources[place.document].id, place.locator)
    return replace(place, marker=marker, id=id, fields=fields)


def _is_head(line: str) -> bool:
    """Whether a line only leads in to those under it."""
    return line.endswith(":") or (line.startswith("**") and not _TOKEN.search(line))


def _without_lines(text: str, lost: set[str]) -> str:
    """The text without the lines that lean on lost tokens, nor the heads with nothing left under them."""
    if not lost:
        return text
    kept: list[str] = []
    for line in reversed([line for line in text.split("\n") if not lost & set(_TOKEN.findall(line))]):
        after = next((one for one in kept if one), "")
        if not _is_head(line) or (after and not _is_head(after)):
            kept.insert(0, line)
    return "\n".join(kept)


def _marked(draft: Draft, markers: dict[str, int]) -> AnswerTable | None:
    if draft.table is None:
        return None
    tokens = draft.table_tokens or (None,) * len(draft.table.rows)
    rows = tuple(
        TableRow(row.cells, row.ids, markers.get(token) if token else None)
        for row, token in zip(draft.table.rows, tokens, strict=True)
    )
    return replace(draft.table, rows=rows)
