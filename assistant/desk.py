"""What answering needs of the register, prepared once for each audience and each state of the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from assistant.compose.telling import short_names
from assistant.embedding import Embedder, find_model
from assistant.lexicon import small
from assistant.model_planner import ModelPlanner
from assistant.model_wording import ModelWording
from assistant.planner import QUESTION_WORDS, Holdings, Tried, holdings_of, ordinary_words
from assistant.query import ThemeReader, count, find
from assistant.query_plan import Intent, QueryPlan, Theme, Wanted
from assistant.query_plan_words import plan_words
from assistant.records import Action, Audience
from assistant.register import Register
from assistant.retriever import Retriever
from assistant.themes import Members, ThemeFinder
from assistant.themes.reading import telling
from assistant.versions import Series, find_series, first_ids, left_out, title_stems
from assistant.view import View
from assistant.vocabulary import Vocabulary, split_words, stem

_OF_EVERY_PLAN = frozenset(stem(word) for word in small("of_every_plan"))
"""Words of so many titles that they name no subject."""

_VERSIONS_AT_MOST = 4
_LONG = 60
"""Characters of a title from which its plan is called by a short name."""

OpenEmbedder = Callable[[], Embedder]
"""Opens the encoder; called only by a question that has words to compare."""


@dataclass(frozen=True, slots=True)
class Helpers:
    """What a desk works with beside the register. `contact` is whom a reader tells who is worried about a child, as
    the settings say; empty where they say nothing."""

    open_embedder: OpenEmbedder
    wording: ModelWording | None = None
    planning: ModelPlanner | None = None
    contact: str = ""


class Desk:
    """One audience's plans, as they stood when it was made. Everything is prepared when it is first needed."""

    def __init__(
        self, register: Register, audience: Audience, helpers: Helpers, hidden: frozenset[str] = frozenset()
    ) -> None:
        self.view, self._register, self.helpers = View(register, audience, hidden), register, helpers
        self._versions: dict[frozenset[str], Desk] = {}
        self._themes: dict[tuple[str, str | None], Members] = {}

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """Which of the plans are versions of one."""
        return find_series(list(self.view.sources.values()), self.view.of)

    @cached_property
    def first_ids(self) -> dict[str, str]:
        """For each row of a newer version the id that its action had in the first version that holds it."""
        return first_ids(self.series, self.view.of)

    def left_out(self, plan: QueryPlan) -> frozenset[str]:
        """The documents that another version answers for: the one that the query plan names, that stood at its date, or
        the newest. None where the plan is about how versions differ."""
        named = {*plan.documents, *(name for side in (*plan.sides, *plan.also) for name in side.documents)}
        several = any(len(named & {one.document for one in series.sources}) > 1 for series in self.series)
        if Wanted.CHANGE is plan.wanted or plan.intent is Intent.SOURCES or (plan.intent is Intent.COMPARE and several):
            return frozenset()
        return left_out(self.series, tuple(named), plan.as_of if plan.as_of_given else None)

    def less(self, hidden: frozenset[str]) -> Desk:
        """The desk without some documents."""
        if not hidden:
            return self
        if hidden not in self._versions:
            made = Desk(self._register, self.view.audience, self.helpers, hidden)
            self._versions = {**dict(list(self._versions.items())[1 - _VERSIONS_AT_MOST :]), hidden: made}
        return self._versions[hidden]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The glossary and the plans' own abbreviations."""
        rows = self.view.rows
        texts = chain.from_iterable((row.section, row.recommendation, row.action_parent, row.action) for row in rows)
        words = [*(text for text in texts if text), " ".join(sorted(QUESTION_WORDS))]
        return Vocabulary.load(self.view.keys, words, ordinary_words(find_model().folder / "vocab.txt"))

    @cached_property
    def holdings(self) -> Holdings:
        """The names of plans, headings and owners that a question may use."""
        return holdings_of(list(self.view.sources.values()), self.view.rows, self.view.keys, self.view.passages)

    @cached_property
    def embedder(self) -> Embedder:
        return self.helpers.open_embedder()

    @cached_property
    def retriever(self) -> Retriever:
        return Retriever(self.view, self.embedder, self.vocabulary.names)

    @cached_property
    def _finder(self) -> ThemeFinder:
        return ThemeFinder(self.view.rows, self.embedder.embed, self.embedder, self.vocabulary)

    def theme(self, theme: Theme, rows: Sequence[Action], documents: Sequence[str] = ()) -> Members:
        """The rows that a theme names: decided over every row, and for one particular thing the best of `rows`.

        Args: documents, that are asked about; where it is one, its own abbreviations hold."""
        if theme.whole:
            return Members(frozenset())
        asked = (theme.words, documents[0] if len(documents) == 1 else None)
        found = self._themes.get(asked)
        if found is None:
            found = self._finder.find(*asked)
            found = self._themes[asked] = replace(found, ids=found.ids | self._titled(theme.words))
        return self.retriever.particular(theme.words, found, rows) if theme.specific else found

    def seeming(self, plan: QueryPlan, than: Sequence[Action] = ()) -> ThemeReader | None:
        """For a plan whose subject no row states: a reader of themes by which the few rows that stand out as closest to
        all its words, clearly closer `than` those found already, seem to be about it; None where none does. Names of
        authorities and of the plans asked about say nothing of the subject of a whole question."""
        whole = any(theme.whole for theme in plan.themes)
        words = " ".join(one.words for theme in plan.themes for one in (theme, *theme.alternatives))
        if whole:
            named = self._authorities.union(*(title_stems(self.view.sources[name].title) for name in plan.documents))
            words = " ".join(word.text for word in split_words(words) if word.stem not in named)
        near = self._finder.seeming(words, plan.documents or tuple(self.view.sources), whole, {row.id for row in than})
        members = Members(frozenset(one.id for one in near), near, doubtful=True)
        subjects = {one for theme in plan.themes for one in (theme, *theme.alternatives)}
        return (lambda theme, *given: members if theme in subjects else self.theme(theme, *given)) if near else None

    def is_term(self, theme: Theme) -> bool:
        """Whether the words of a theme are terms of the glossary or of a plan, and nothing else."""
        spans = [one.span for one in self.vocabulary.concepts_in(theme.words)]
        words = telling(theme.words)
        return bool(words) and all(any(start <= word.start < end for start, end in spans) for word in words)

    def try_plan(self, plan: QueryPlan) -> Tried:
        """How many rows the plan finds, for the planner to choose a reading by."""
        if rows := count(plan, self.view, self.theme):
            return Tried(rows, rows)
        found = find(replace(plan, sides=(), premises=(), first=None), self.view, self.theme)
        return Tried(len(found.subject), len(found.rows))

    def rows_of(self, plan: QueryPlan) -> Sequence[Action]:
        """The rows that a plan finds."""
        return find(plan, self.view, self.theme).rows

    def told(self, plan: QueryPlan) -> str:
        """How a question was understood, with long titles made short."""
        sources = self.view.sources
        short = short_names(tuple(sources.values()))
        titles = {name: one.title if len(one.title) <= _LONG else short[name] for name, one in sources.items()}
        return plan_words(plan, titles)

    def _titled(self, words: str) -> frozenset[str]:
        """The rows of the plans whose title names the subject: what stands in a youth justice plan is youth justice."""
        wanted = {word.stem for word in split_words(words)}
        if not wanted - _OF_EVERY_PLAN:
            return frozenset()
        known = self.view.sources.items()
        named = (name for name, source in known if wanted <= title_stems(source.title) | title_stems(name))
        return frozenset(row.id for name in named for row in self.view.of(name))

    @cached_property
    def _authorities(self) -> frozenset[str]:
        names = (source.authority or "" for source in self.view.sources.values())
        return frozenset(word.stem for name in names for word in split_words(name))

    def explain(self, term: str) -> tuple[str, ...]:
        """What the common glossary has for an abbreviation, or how it explains a term that stands for nothing else."""
        return tuple(
            one.meaning[:1].lower() + one.meaning[1:]
            if one.meaning and one.expansion.casefold() == term.casefold()
            else one.expansion
            for one in self.vocabulary.expand(term)
        )
