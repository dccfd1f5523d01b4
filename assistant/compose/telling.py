"""What a composer is given and what it hands on: text with tokens, the places they name, and short names of plans."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from assistant.answer import AnswerTable, Citation, CitationKind, Evidence, FieldPlace, Reader, Related
from assistant.compose.wording import plan_name, safe
from assistant.outcome import AnswerStatus, Decline
from assistant.query import Found
from assistant.query_plan import QueryPlan
from assistant.records import Action, KeyKind, Locator, PlanKey, Source
from assistant.retriever.asked import Asked, asked_for
from assistant.versions import Series
from assistant.view import View

_BODY = re.compile(
    r"^(?:the )?(?:(?:london|royal|metropolitan) )?(?:borough|county|district) of |^corporation of "
    r"|\s+(?:(?:city|county|borough|district|metropolitan|unitary|london) )*(?:council|corporation|authority)$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(20\d\d)(?:\s*[-–/]\s*(\d\d(?:\d\d)?))?\b")
_LONGEST = 70
OPEN, CLOSE = "\ue000", "\ue001"
"""Around a token. Characters of private use, which are taken out of every word that comes from a document."""


@lru_cache(maxsize=64)
def short_names(sources: tuple[Source, ...]) -> dict[str, str]:
    """A name for each document that no other of them has: authority and year where that tells all plans of the
    authority apart, else the title, else all that is known.

    A name that is a title begins with "the", so that it can follow "in"."""
    years = Counter(_by_year(source) for source in sources)
    mixed = {source.authority for source in sources if years[_by_year(source)] > 1}
    names = {one.document: name for one in sources if one.authority not in mixed and (name := _by_year(one))}
    for split in (r"[,(:]", r"[(:]"):
        titles = {s.document: safe(re.split(split, s.title)[0]).strip() for s in sources if s.document not in names}
        often = Counter(titles.values())
        alone = {document: title for document, title in titles.items() if often[title] == 1 and len(title) <= _LONGEST}
        names |= {document: f"the {title}" for document, title in alone.items() if title}
    return names | {source.document: plan_name(source) for source in sources if source.document not in names}


def _by_year(source: Source) -> str:
    whose = safe(_BODY.sub("", source.authority or "")).strip()
    return f"{whose} {years}".strip() if whose and (years := _years(source)) else whose


def _years(source: Source) -> str:
    titled = _YEARS.search(source.title)
    if titled:
        return titled[1] + (f"-{titled[2][-2:]}" if titled[2] else "")
    if source.period_start and source.period_end:
        first, last = source.period_start.year, source.period_end.year
        return str(first) if first == last else f"{first}-{last % 100:02}"
    return str(source.plan_date.year) if source.plan_date else ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What `compose` hands on. `places` are what the tokens point to, in the order of their first mention; they have no
    number yet."""

    status: AnswerStatus
    text: str
    places: dict[str, Citation] = field(default_factory=dict)
    total: int | None = None
    table: AnswerTable | None = None
    table_tokens: tuple[str | None, ...] = ()
    """For each row of the table the token of the single action that it shows."""
    linked: tuple[str, ...] = ()
    """Tokens of rows that were counted but are not named one by one."""
    related: tuple[Related, ...] = ()
    caveats: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


class Pen:
    """Writes tokens and remembers what each points to."""

    def __init__(self) -> None:
        self.places: dict[str, Citation] = {}

    def action(self, row: Action) -> str:
        """The token of an action."""
        if (name := f"a:{row.id}") not in self.places:
            values = {"due": row.due_text, "start": row.start_text, "status": row.status_text, "owner": row.owner}
            values |= {"success_measure": row.success_measure, "outcome": row.outcome, "due_text": row.due_text}
            apart = tuple(FieldPlace(at, place, value) for at, place in row.field_locators if (value := values.get(at)))
            self.places[name] = Citation(0, CitationKind.ACTION, row.id, row.document, row.locator, row.quote, apart)
        return f"{OPEN}{name}{CLOSE}"

    def words_of(self, row: Action, locator: Locator, quote: str) -> str:
        """The token of particular words of an action's row."""
        place = Citation(0, CitationKind.ACTION, row.id, row.document, locator, quote)
        return self._token(f"a:{row.id}:{hash_of(quote)}", place)

    def names(self, rows: Sequence[Action]) -> tuple[str, ...]:
        """The bare tokens of several actions, for a table or for rows that are counted."""
        return tuple(self.action(row)[1:-1] for row in rows)

    def passage(self, document: str, locator: Locator, quote: str) -> str:
        """The token of words that stand at a place of a document."""
        where = "-".join(str(value) for value in locator.as_dict().values())
        name = f"{document}:{where}"
        place = Citation(0, CitationKind.PASSAGE, name, document, locator, quote)
        return self._token(f"p:{name}:{hash_of(quote)}", place)

    def key(self, key: PlanKey) -> str:
        """The token of an entry of a plan's own key."""
        return self.passage(key.document, key.locator, key.quote)

    def _token(self, name: str, place: Citation) -> str:
        self.places.setdefault(name, place)
        return f"{OPEN}{name}{CLOSE}"


def hash_of(text: str) -> str:
    """A few characters that tell one quote from another of the same place."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Telling:
    """Everything that an answer is made from."""

    plan: QueryPlan
    found: Found
    view: View
    reader: Reader = Reader.STAFF
    question: str = ""
    notices: tuple[Decline, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    explain: Callable[[str], tuple[str, ...]] = field(default=lambda _: ())
    """The expansions of an abbreviation in the common glossary, best known first; none when it has none."""
    series: tuple[Series, ...] = ()
    """Which of the plans are versions of one."""
    asked: Callable[[str], Asked] = asked_for
    """The kind of thing that a question asks for."""

    @property
    def member(self) -> bool:
        return self.reader is Reader.MEMBER

    @property
    def searched(self) -> list[Source]:
        """The sources that the question was asked of."""
        wanted = self.plan.documents
        return [source for name, source in self.view.sources.items() if not wanted or name in wanted]

    def name(self, document: str) -> str:
        """The plan's short name, as it follows "in"."""
        return self._names[document]

    @cached_property
    def _names(self) -> dict[str, str]:
        return short_names(tuple(self.view.sources.values()))

    def source(self, document: str) -> Source:
        return self.view.sources[document]

    def keys(self, document: str, kind: KeyKind) -> list[PlanKey]:
        return [key for key in self.view.keys if key.document == document and key.kind is kind]

    def sources_of(self, rows: Sequence[Action]) -> list[Source]:
        """The sources of the rows, in the order of the register."""
        named = {row.document for row in rows}
        return [source for name, source in self.view.sources.items() if name in named]
