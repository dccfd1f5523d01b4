"""What the register holds, as far as reading a question needs it: plans, names, references, owners and words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.lexicon import any_of, plain
from assistant.records import Action, KeyKind, Passage, PlanKey, Source


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One source and the names that its rows use, each as written, without repetition, in order of the rows. Equal only
    to itself, so that what is made of many is quickly found again."""

    document: str
    title: str
    authority: str | None
    plan_date: date | None
    period: tuple[date, date] | None
    refs: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    status_texts: tuple[str, ...] = ()
    """Statuses of few words, as written: "Carried forward"."""
    status_starts: tuple[str, ...] = ()
    """Words with which several statuses begin: "Delayed" of "Delayed with legal"."""
    due_words: tuple[str, ...] = ()
    """Due dates that name no day, month or year in figures alone, as written: "ASAP", "Autumn 2020"."""
    first_due: date | None = None
    last_due: date | None = None
    terms: tuple[str, ...] = ()
    """Abbreviations and colours that the plan's own key explains."""
    rows: bool = True
    """Whether any action was read from it."""
    completed: bool = True
    """Whether it says of any action when it was completed."""
    meanings: tuple[tuple[str, str], ...] = ()
    """Each colour of the plan's key, by its name in the register, with its meaning as written."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """All sources that one reader may see, and the words that stand anywhere in them, in lower case."""

    sources: tuple[Held, ...] = ()
    words: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    """Those of them that stand in lower case, and so are no names."""
    public: frozenset[str] = frozenset()
    """Names of two words and more beside a post or an office, as of a report's author or a councillor, and of places."""

    def within(self, documents: Iterable[str]) -> tuple[Held, ...]:
        """The sources of these documents; all of them when none is named."""
        wanted = frozenset(documents)
        return tuple(source for source in self.sources if not wanted or source.document in wanted)


@lru_cache(maxsize=16)
def names_in(sources: tuple[Held, ...], which: str) -> tuple[str, ...]:
    """The refs, sections or other names of several sources, each once."""
    return tuple(dict.fromkeys(name for source in sources for name in getattr(source, which)))


@lru_cache(maxsize=16)
def lowered(sources: tuple[Held, ...], which: str) -> frozenset[str]:
    """The refs or other names of several sources in lower case."""
    return frozenset(name.lower() for name in names_in(sources, which))


def holdings_of(
    sources: Sequence[Source], actions: Sequence[Action], keys: Sequence[PlanKey], passages: Sequence[Passage] = ()
) -> Holdings:
    """The holdings of a reader, from what the register gave that reader."""
    # each once: of ten, seven are the section, the owner or the state of another row
    texts = {text for row in actions for name in _TEXTS if (text := getattr(row, name))}
    every = (*texts, *(passage.text for passage in passages), *(source.title for source in sources))
    words = {word for text in every for word in _WORD.findall(plain(text))}
    said = {word for text in texts for word in _SAID.findall(text)}
    rows: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        rows[action.document].append(action)
    held = (_held(source, rows[source.document], keys) for source in sources)
    public = {name for text in every for pair in _PUBLIC.findall(text) for name in pair if name}
    return Holdings(tuple(held), frozenset(words), frozenset(said), frozenset(public))


def _held(source: Source, rows: Sequence[Action], keys: Sequence[PlanKey]) -> Held:
    due = [action.due for action in rows if action.due]
    period = (source.period_start, source.period_end) if source.period_start and source.period_end else None
    starts = Counter(words[0].strip(".,:;") for row in rows if (words := (row.status_text or "").split()))
    return Held(
        document=source.document,
        title=source.title,
        authority=source.authority,
        plan_date=source.plan_date,
        period=period,
        refs=_distinct(row.ref for row in rows),
        sections=_distinct(row.section for row in rows),
        recommendations=_distinct(row.recommendation for row in rows),
        owners=_distinct(name for row in rows for name in row.owners),
        status_texts=_distinct(_short_status(row.status_text) for row in rows),
        status_starts=tuple(word for word, count in starts.items() if count > 1 and len(word) > 4),
        due_words=_distinct(plain(text) for row in rows if (text := row.due_text) and _IN_WORDS.search(plain(text))),
        first_due=min(due, default=None),
        last_due=max(due, default=None),
        rows=bool(rows),
        completed=any(row.completed_on for row in rows),
        terms=_distinct(key.term for key in keys if key.document == source.document and key.kind in _TERMS),
        meanings=tuple(dict.fromkeys((row.rag.value, row.rag_meaning) for row in rows if row.rag and row.rag_meaning)),
    )


_NAME = r"((?:[A-Z][\w'’-]+ ){1,2}[A-Z][\w-]+)(?!\w|['’])"
_OFFICE = rf"(?:Cllr|Councillor|Mayor|Dr|Prof|Professor|Sir|Dame|[Aa]uthor|{any_of('posts').title()}|[Rr]eport of|[Ss]igned by)s?[.:]?"
_PUBLIC = re.compile(
    rf"\b(?:in|at|near|across|around|{_OFFICE}) {_NAME}|\b{_NAME}, (?:[A-Z][\w'’]+ |and |of |for |the ){{0,4}}(?i:{any_of('posts')})\b"
)
_TEXTS = (
    "section", "recommendation", "action_parent", "action", "owner", "status_text", "success_measure", "outcome",
    "due_text", "authority", "plan",
)  # fmt: skip
_WORD, _SAID = re.compile(r"[a-z][a-z'-]+"), re.compile(r"\b[a-z][a-z'-]+")
_TERMS = (KeyKind.COLOUR, KeyKind.ABBREVIATION)
_IN_WORDS = re.compile(r"^(?!complete)[a-z][a-z .-]*(?: \d{4})?$")


def _short_status(text: str | None) -> str | None:
    """The words before the first stop, where they are few: "Delayed" of "Delayed: no bids"."""
    head = re.split(r"[.:;,(]|\s[-–—]\s", text.strip())[0].strip() if text else ""
    return head if head and len(head.split()) <= 4 else None


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
