"""From a question to the words that answer it, where it is put to the words at all."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.answer import Evidence
from assistant.conditions import (
    Field,
    conditions_of,
)
from assistant.embedding import Embedder
from assistant.query_plan import Intent, QueryPlan, Wanted
from assistant.records import Action, Locator
from assistant.retriever.asked import Asked, asked_for
from assistant.retriever.holding import NAMED
from assistant.retriever.kinds import Kind, Nouns
from assistant.retriever.pieces import Piece, pieces_of
from assistant.retriever.scoring import (
    Names,
    Scored,
    Search,
    Sought,
    coverage,
    is_measure,
    likelihood,
    scored,
    sought,
    stems_of,
)
from assistant.themes import Members, Near
from assistant.versions import core_title
from assistant.view import View

LIKELY, SURE, CLEAR = 0.35, 0.55, 0.8
"""The least likelihood at which words answer a question for them; another question; one that rows answer too."""
_NEAR, _TOUCHING, _NEARLY = 0.15, 0.2, 0.75
"""The least likelihood, and share of the question held, at which words are shown as the nearest of an answer that does
not give the fact, and how close to the first others must come."""
_CLEARLY = 0.2
ENOUGH = 0.42
"""The least score at which a row is the particular thing asked for."""
_CLOSE = 0.9
"""Further pieces are given when they score so near the best."""
_MOST = 3
_IN_TITLE, _IN_NAME, _IN_THEME = 0.35, 0.05, 1.5
"""What a word weighs that stands in the title or the authority of the plan asked, or in the subject asked about."""
_GROUPS = 24
"""So many passages and rows are looked into."""
_KIND_OF = {Wanted.MONEY: Kind.MONEY, Wanted.DATE: Kind.TIME, Wanted.REASON: Kind.REASON}


class ProseSearch(NamedTuple):
    """What to look for in the words, whether without those of rows, and the least likelihood at which words answer."""

    plan: QueryPlan
    prose: bool = False
    least: float = LIKELY
    beside: Sequence[Action] = ()
    """Rows that were found: words answer beside them only where they hold clearly more of the question."""
    near: bool = False
    """Whether words are looked for that only come near, whatever kind of thing they hold."""
    spoken: bool = False
    """Whether the subject is all that is asked: words answer only where they speak of it."""


class Ranking(NamedTuple):
    """What was looked for, among what, and what was found, best first."""

    wanted: Sought
    pieces: Sequence[Piece]
    scored: Sequence[Scored]


class Retriever:
    """Looks for answers among the words of one view."""

    def __init__(self, view: View, embedder: Embedder, names: Names) -> None:
        self._view = view
        self._embedder = embedder
        self._names = names
        self._search = Search(view, embedder)
        self._nouns = Nouns(embedder)

    def asked(self, question: str, before: str = "") -> Asked:
        """The kind of thing that a question asks for. Args: before, the question whose number it asks for again."""
        asked = asked_for(question, self._nouns)
        again = before and asked.kind not in (Kind.NUMBER, Kind.SHARE)
        return asked_for(before, self._nouns) if again else asked

    def evidence(self, search: ProseSearch, question: str = "") -> tuple[Evidence, ...]:
        """The words that answer, best first; none where nothing is good enough. Args: question, as it was asked: its
        grammar says what kind of thing would answer."""
        ranking = self.ranked(search, question)
        if not ranking.scored or likelihood(ranking.scored) < search.least:
            return ()
        best, held = ranking.scored[0], (coverage(ranking.wanted, _whole(row)) for row in search.beside)
        if search.beside and (best.piece.row in search.beside or best.coverage < max(held) + _CLEARLY):
            return ()
        chosen, names = _chosen(ranking.scored, ranking.pieces, ranking.wanted), names_of(search.plan)
        if search.spoken:
            chosen = [one for one in chosen if any(ranking.wanted.speaks(name, one[0]) for name in names)]
        if not chosen:
            return ()
        signed = [(one, chosen[0][1]) for one in _signature(chosen[0][0], ranking.pieces)]
        return tuple(self._given(piece, score) for piece, score in [*chosen, *signed])

    def nearest(self, plan: QueryPlan, question: str) -> tuple[Evidence, ...]:
        """The words that come nearest to a question that none answers, best first."""
        whole = replace(plan, intent=Intent.NARRATIVE, themes=(), wanted=None, text=question)
        of_one = NAMED.search(question) or any(test.field is Field.REF for test in conditions_of(plan.where))
        if of_one or self.asked(question).kind is Kind.CONTACT:
            return ()
        wanted, _, ranked = self.ranked(ProseSearch(whole, near=True), question)
        if not ranked or likelihood(ranked) < _NEAR or ranked[0].coverage < _TOUCHING:
            return ()
        named = self._weighing(replace(plan, themes=()))
        close = [one for one in ranked[:_MOST] if one.score >= _NEARLY * ranked[0].score]
        close = [one for one in close if wanted.shares(question, one.piece, named)]
        about = any(name.group().split(",")[0] in question for one in close for name in NAMED.finditer(one.piece.text))
        return () if about else tuple(self._given(one.piece, one.score) for one in close)

    def ranked(self, search: ProseSearch, question: str = "") -> Ranking:
        """The words that could answer, best first."""
        plan = search.plan
        asked = Asked(Kind.ANYTHING, "", question) if search.near else self.asked(question or plan.text)
        if asked.kind is Kind.ANYTHING and not asked.noun and plan.wanted in _KIND_OF:
            asked = replace(asked, kind=_KIND_OF[plan.wanted])
        wanted = sought(plan.text, self._search, self._weighing(plan), plan.wanted, self._names, asked)
        vector = self._embedder.embed([wanted.text])[0]
        meanings = self._search.meanings(vector)
        documents, prose = self._asked(plan), search.prose
        passages = [passage for passage in self._view.passages if passage.document in documents]
        rows = [row for row in self._view.rows if row.document in documents and not prose]
        allowed = {passage.id for passage in passages} | {row.id for row in rows}
        best = frozenset(self._search.best(dict(wanted.keywords), meanings, allowed, _GROUPS))
        looked = [passage for passage in passages if passage.id in best], [row for row in rows if row.id in best]
        pieces = _distinct(list(pieces_of(*looked, self._view)))
        return Ranking(wanted, pieces, scored(wanted, pieces, meanings, vector, self._embedder))

    def _asked(self, plan: QueryPlan) -> set[str]:
        """The documents that the question is asked of: a report on a plan speaks for that plan too."""
        sources = self._view.sources
        if not plan.documents:
            return set(sources)
        cores = [core_title(sources[name].title) for name in plan.documents if name in sources]
        titles = {name: core_title(source.title) for name, source in sources.items()}
        about = (name for name, title in titles.items() for one in cores if title != one and f" {one} " in f" {title} ")
        return {*plan.documents, *about}

    def particular(self, words: str, members: Members, rows: Sequence[Action]) -> Members:
        """Of the rows given, those that one particular thing names: the best of the theme's members and near misses,
        and of these the ones whose own words, not their headings, hold the whole name."""
        likely = members.ids | {near.id for near in members.near}
        candidates = [row for row in rows if row.id in likely] or list(rows)
        if not candidates:
            return replace(members, ids=frozenset(), near=())
        pieces = [_whole(row) for row in candidates]
        wanted = sought(words, self._search, {}, None, self._names, Asked(Kind.ANYTHING))
        vector = self._embedder.embed([wanted.text])[0]
        ranked = scored(wanted, pieces, self._search.meanings(vector), vector, self._embedder)
        best = ranked[0].score if ranked else 0.0
        if best < ENOUGH:
            return replace(members, ids=frozenset())
        chosen = [one for one in ranked if one.score >= 0.92 * best]
        named = [one for one in chosen if all(wanted.holds(each, stems_of(one.piece.text)) for each in wanted.weights)]
        ids = frozenset(one.piece.group for one in named or chosen)
        rest = tuple(Near(one.piece.group, one.score) for one in ranked if one.piece.group not in ids)
        return replace(members, ids=ids, near=rest[:5])

    def _weighing(self, plan: QueryPlan) -> dict[str, float]:
        """What words weigh that name the plans asked about, or the subject. Those of a title may be meant as words."""
        asked = plan.documents or tuple(self._view.sources)
        sources = [self._view.sources[name] for name in asked if name in self._view.sources]
        names = [source.authority or "" for source in sources]
        weights: dict[str, float] = {}
        if plan.documents:
            weights = {one: _IN_TITLE for source in sources for one in stems_of(source.title)}
            days = [day for one in sources for day in (one.plan_date, one.period_start, one.period_end) if day]
            names += [f"{day:%B %b %Y %y}" for day in days]
        weights |= {one: _IN_NAME for name in names for one in stems_of(name)}
        themes = {one for theme in plan.themes for one in stems_of(theme.words)}
        return weights | {one: _IN_THEME for one in themes if one not in weights}

    def _given(self, piece: Piece, score: float) -> Evidence:
        locator = narrowed(piece.text, piece.locator, piece.document, self._view)
        return Evidence(piece.document, locator, piece.text.strip(), score, piece.kind, piece.row, bool(piece.leads))


def _distinct(pieces: list[Piece]) -> list[Piece]:
    """Each text of a document once; words that several rows share belong to none of them."""
    kept: dict[tuple[str, str], Piece] = {}
    for piece in pieces:
        key = (piece.document, " ".join(piece.text.split()))
        other = kept.get(key)
        if other is None:
            kept[key] = piece
        elif other.row and piece.row and other.row.id != piece.row.id:
            kept[key] = replace(other, row=None)
    return list(kept.values())


def _whole(row: Action) -> Piece:
    above = " – ".join(part for part in (row.section, row.recommendation) if part)
    words = " ".join(part for part in (row.action_parent, row.action) if part)
    return Piece(row.document, row.locator, words or above, above, row.id, row=row)


def _chosen(ranked: Sequence[Scored], pieces: Sequence[Piece], wanted: Sought) -> list[tuple[Piece, float]]:
    """The best pieces. The line that leads in to a list brings the whole list, where it is the best, or the line above
    the best that holds more of the question."""
    best, own = ranked[0], ranked[0].piece
    lead = own if own.leads else next((one for one in pieces if one.leads and one.leads == own.under), None)
    if lead and (lead is own or _weight(wanted, lead.text) > 1.2 * _weight(wanted, own.text)):
        return [(piece, best.score) for piece in (lead, *(one for one in pieces if one.under == lead.leads))]
    if under := _under_heading(own, pieces, wanted):
        return [(piece, best.score) for piece in under]
    close, most = (_CLOSE_KIN, _MOST_KIN) if is_measure(own) else (_CLOSE, _MOST)
    near = [one for one in ranked if one.score >= close * best.score]
    if is_measure(own):
        kin = (own.document, own.kind, own.above[:60])
        near = [one for one in near if (one.piece.document, one.piece.kind, one.piece.above[:60]) == kin]
    return [(one.piece, one.score) for one in near[:most]]


_CLOSE_KIN, _MOST_KIN = 0.7, 6
"""Measures of one thing stand together: more of them are given."""


_SECTION_AT_MOST = 14


def _under_heading(piece: Piece, pieces: Sequence[Piece], wanted: Sought) -> list[Piece]:
    """All that stands under the heading of the best piece, where it is the heading that the question asks for."""
    if piece.row:
        return []
    own = 1.2 * _weight(wanted, piece.text)
    for depth, heading in enumerate(piece.headings, start=1):
        asked = _weight(wanted, heading)
        if asked >= 0.5 * wanted.total and asked > own:
            path = (piece.document, piece.headings[:depth])
            found = [one for one in pieces if (one.document, one.headings[:depth]) == path and not one.row]
            return found if len(found) <= _SECTION_AT_MOST else []
    return []


_SPEAKERS = re.compile(r"\b(?:us both|both of us|by (?:us|me)|(?:we|I) (?:both )?(?:co-?)?(?:chair|lead|oversee)\w*)\b")


def _signature(piece: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    """The names under a text whose writers speak of themselves: "a board that is chaired by us both"."""
    if not _SPEAKERS.search(piece.text):
        return []
    after = [one for one in pieces[pieces.index(piece) + 1 :] if one.document == piece.document and one.row is None]
    signed = [len(one.text.split()) <= 14 and bool(NAMED.search(one.text)) for one in after]
    first = signed.index(True) if True in signed else len(after)
    return [one for one, is_name in zip(after[first : first + 2], signed[first:], strict=False) if is_name]


def _weight(wanted: Sought, text: str) -> float:
    present = stems_of(text)
    return sum(weight for one, weight in wanted.weights.items() if wanted.holds(one, present))


def narrowed(quote: str, locator: Locator, document: str, view: View) -> Locator:
    """The one line of a longer place that holds the quote, in documents of lines."""
    if locator.line_start is None or locator.line_end in (None, locator.line_start):
        return locator
    words = " ".join(quote.split())
    lines = view.numbered(document, locator.line_start, locator.line_end or locator.line_start)
    return next((place for place, text in lines if words in " ".join(text.split())), locator)


def names_of(plan: QueryPlan) -> list[str]:
    """The subjects of a plan, in the reader's words."""
    return [one.words for theme in plan.themes for one in (theme, *theme.alternatives)]
