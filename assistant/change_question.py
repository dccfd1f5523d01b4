"""Questions about what differs between two versions: which kinds of change, from which version to which.

Only what is about the change is taken from the question; the rest, such as a subject or an owner, is read as ever.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.changes import ChangeKind
from assistant.conditions import COMPLETE, Condition, Field, Filter, Operator, Without
from assistant.dates import DateSpan, Precision, find_dates
from assistant.matching import stems_of
from assistant.query_plan import EACH_VERSION, Intent, QueryPlan, Wanted
from assistant.records import Rag, Source, Status
from assistant.versions import RowsOf, Series, when

_K = ChangeKind
_KINDS: tuple[tuple[str, tuple[ChangeKind, ...]], ...] = (
    (r"brought forward|pulled forward|moved (?:up|forward)|earlier than before", (_K.DUE_BROUGHT_FORWARD,)),
    (r"slip\w*|put back|pushed back|moved back|postponed|gone back|been delayed|later than before", (_K.DUE_SLIPPED,)),
    (r"(?:dates?|deadlines?|timescales?)\b.{0,20}\b(?:changed|moved|different)|(?:changed|moved|new|different) (?:due )?(?:dates?|deadlines?)",
     (_K.DUE_SLIPPED, _K.DUE_BROUGHT_FORWARD, _K.DUE_CHANGED)),
    (r"re-?opened|(?:status\w*|states?) .{0,20}?(?:changed|different)|changed (?:status|state)", (_K.STATUS_CHANGED,)),
    (r"(?:rag|colours?|ratings?) .{0,20}?(?:changed|moved|different)|changed colour", (_K.COLOUR_CHANGED,)),
    (r"(?:owners?|leads?) .{0,20}?(?:changed|different)|changed (?:hands|owners?|leads?)|new (?:owners?|leads?)", (_K.OWNER_CHANGED,)),
    (r"re-?worded|re-?written|rewritten|wording .{0,20}?changed|changed wording", (_K.REWORDED,)),
    (r"(?:been |newly |were )?added|are new|is new|new actions?|come in", (_K.ADDED,)),
    (r"(?:been |were )?(?:dropped|removed|taken out|deleted)|disappeared|gone missing|no longer there", (_K.REMOVED,)),
    (r"changed?|changes|differ\w*|different|moved", ()),
)  # fmt: skip
_LED = re.compile(r"(?:since|by|between|from|before|after|until|till|in|on|at)\b", re.IGNORECASE)
_OFTEN = re.compile(r"\bhow (?:often|many times)\b|\bwhy\b", re.IGNORECASE)
_ANCHOR = re.compile(
    r"\b(?:since|between|compared (?:with|to)|from|against|after)\b|\b(?:last|previous|earlier|older|latest|newest|new) (?:time|version|log|plan|month|one)\b"
    r"|\b(?:by|in|on) (?=\x01)",
    re.IGNORECASE,
)
_ASKING = stems_of(
    "what which has have had is are was were did do does tell show list me us please any anything everything thing there "
    "action actions row rows date dates due plan log version versions previous last earlier time month between since and "
    "from to compared with against by been in on of how often many times slipped changed ones still now then the two both "
    "minutes meeting panel different same up to date so far that those these who why latest newest new deadline timescale status "
    "state colour rag rating owner lead wording"
)


def _is(*states: Status) -> Condition:
    return Condition(Field.STATUS, Operator.IS, tuple(state.value for state in states))


_STATES: tuple[tuple[str, Filter], ...] = (
    (r"\bnot (?:yet )?(?:been )?(?:complet\w+|done|finished|closed)|still open\b", Without(_is(Status.COMPLETE))),
    (r"\b(?:complet\w+|done|finished|closed|delivered)\b", _is(Status.COMPLETE)),
    (r"\b(?:on hold|paused|blocked|stalled)\b", _is(Status.BLOCKED)),
    (r"\b(?:not started|new)\b", _is(Status.NOT_STARTED)),
    (r"\b(?:in progress|under ?way|ongoing|carried forward)\b", _is(Status.IN_PROGRESS)),
    (r"\b(?:withdrawn|cancelled|superseded)\b", _is(Status.WITHDRAWN)),
)
_CLOSED = _is(Status.COMPLETE, Status.WITHDRAWN)
_WENT: tuple[tuple[str, tuple[Filter, Filter]], ...] = (
    (r"re-?opened", (_CLOSED, Without(_CLOSED))),
    (r"(?:complet\w+|finished|closed|done) since", (Without(COMPLETE), COMPLETE)),
)
"""Changes of state that one word names: what an action was before, and what it is after."""


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """What a question asks of change, and what is left of the question."""

    kinds: tuple[ChangeKind, ...]
    documents: tuple[str, ...]
    each: bool
    rest: str
    states: tuple[Filter, ...] = ()
    """What a row was in the older version and is in the newer; empty where no states are asked about."""

    def plan(self, read: QueryPlan | None, as_of: date) -> QueryPlan:
        """The query plan, with what the rest of the question was read as."""
        base = replace(read, also=(), sides=()) if read else QueryPlan(Intent.SOURCES, as_of)
        terms = (*(kind.value for kind in self.kinds), *((EACH_VERSION,) if self.each else ()))
        side = replace(base, intent=Intent.LIST, text="", premises=(), documents=(), lateness=None)
        sides = tuple(
            replace(side, where=state, documents=(document,))
            for state, document in zip(self.states, self.documents, strict=False)
        )
        return replace(
            base, intent=Intent.SOURCES, wanted=Wanted.CHANGE, terms=terms, documents=self.documents, sides=sides,
            asked_of=None, also_asked=(), text="", premises=(), lateness=None, polar=False,
        )  # fmt: skip


def change_asked(question: str, series: Sequence[Series], rows_of: RowsOf, today: date) -> ChangeAsked | None:
    """What a question asks of change; None where it asks of none, or no two versions are held."""
    if not series:
        return None
    text, moments = question, list[_Moment]()
    for span in sorted(find_dates(question, today), key=lambda one: -one.offset):
        here, led = _moments(span), _LED.match(span.text)
        moments[:0] = here
        marks = " ".join("\x01" for _ in here)
        text = f"{text[: span.offset]}{led.group() if led else ''} {marks}{text[span.offset + len(span.text) :]}"
    found = next((kinds for words, kinds in _KINDS if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)), None)
    often = bool(_OFTEN.search(text))
    chain = _chain(question, series)
    named = [_version(moment, chain) for moment in moments]
    states = _states(text, named, chain, rows_of)
    states = states or next((two for words, two in _WENT if re.search(rf"\b{words}\b", text, re.IGNORECASE)), ())
    if not states and (found is None or not (_ANCHOR.search(text) or often)):
        return None
    documents = tuple(dict.fromkeys(one.document for one in named))
    if len(documents) == 1 or (states and not documents):
        documents = documents or (chain.sources[-2].document,)
        documents = tuple(dict.fromkeys([*documents, chain.newest.document]))
    return ChangeAsked(found or () if not states else (), documents, often, "" if states else _rest(text), states)


_NOT_OF_A_VERSION = re.compile(
    r"\b(?:due|by|before|since|after|until|complet\w+ed|finished|start\w*|begin\w*|from|to)\W*$", re.I
)
_THEN = re.compile(r"\b(?:was|were|did|had|held|stood)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"^\W*(?:log|plan|version|minutes|tracker|register|update|report)s?\b", re.IGNORECASE)


_STOOD = re.compile(r"\bas (?:the |this |that )?(?:\w+ )?(?:stood|was)\W+(?:(?:on|at|in) (?:the )?)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VersionAsked:
    """The version that the one date of a question names, the day that is meant, and the question without that date."""

    document: str
    day: date
    rest: str


def version_asked(question: str, series: Sequence[Series], today: date) -> VersionAsked | None:
    """The version that a question names by a date: "on 12 March, which did EP hold", "what was its state in March",
    "as the plan stood on 1 October". None where the date may be one of an action."""
    spans = find_dates(question, today) if series else []
    if len(spans) != 1 or len(moments := _moments(spans[0])) != 1 or _LED.match(spans[0].text):
        return None
    before, after = question[: spans[0].offset], question[spans[0].offset + len(spans[0].text) :]
    stood = _STOOD.search(before)
    bare = before[: stood.start()] if stood else re.sub(r"\b(?:in|on|at|of|the|as at|as of)\W*$", "", before.rstrip())
    if not stood and _NOT_OF_A_VERSION.search(bare.rstrip()):
        return None
    if not stood and not _DOCUMENT.match(after) and not _THEN.search(question):
        return None
    source, moment = _version(moments[0], _chain(question, series)), moments[0]
    day = when(source)
    named = day and (moment.first <= day <= moment.last or (moment.assumed and day.month == moment.first.month))
    if day is None or not (named or stood):
        return None
    meant = moment.last if moment.first == moment.last else day
    return VersionAsked(source.document, meant, f"{bare.strip(' ,')} {_DOCUMENT.sub('', after).strip(' ,')}".strip())


def _chain(question: str, series: Sequence[Series]) -> Series:
    """The series that a question names best, by the words of its titles."""
    words = stems_of(question)
    return max(series, key=lambda one: (len(words & stems_of(one.newest.title)), len(one.sources)))


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time that may name a version: its first and last day, and whether the year was left out."""

    first: date
    last: date
    assumed: bool


def _moments(span: DateSpan) -> list[_Moment]:
    """The times that words name: two for "between March and April", the month for "since March" and "by March"."""
    first, last = span.start, span.end - timedelta(days=1) if span.end else None
    begins = _Moment(first, _month_end(first) if first.day == 1 else first, span.assumed) if first else None
    ends = _Moment(last.replace(day=1) if _month_end(last) == last else last, last, span.assumed) if last else None
    if begins and ends and span.precision is not Precision.RANGE:
        return [_Moment(begins.first, ends.last, span.assumed)]
    return [one for one in (begins, ends) if one]


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _version(moment: _Moment, chain: Series) -> Source:
    """The version that a time names: one dated in it, the last in such a month where the year is left out, else the
    one that stood then."""
    dated = [(day, one) for one in reversed(chain.sources) if (day := when(one))]
    inside = [one for day, one in dated if moment.first <= day <= moment.last]
    if not inside and moment.assumed:
        inside = [one for day, one in dated if moment.first.month <= day.month <= moment.last.month]
    last = moment.last
    while moment.assumed and dated and last > dated[0][0]:
        last = last.replace(year=last.year - 1, day=min(last.day, 28))
    return inside[0] if inside else chain.at(last)


def _states(text: str, named: Sequence[Source], chain: Series, rows_of: RowsOf) -> tuple[Filter, ...]:
    """The state before and the state after that a question names, each beside its date: "carried forward in March
    were completed by April"; the newest version is "now"."""
    parts = text.split("\x01")
    if not named or len(parts) < 2:
        return ()
    before = _state(parts[0], named[0], rows_of)
    newer = named[1] if len(named) > 1 else chain.newest
    after = _state(parts[1], newer, rows_of) if len(named) > 1 or re.search(r"\bnow\b|\btoday\b", parts[1]) else None
    return (before, after) if before and after else ()


def _state(words: str, source: Source, rows_of: RowsOf) -> Filter | None:
    """The filter that some words name: a state as this version writes it, a colour, or a state in general."""
    stems = stems_of(words)
    written = {row.status_text for row in rows_of(source.document) if row.status_text}
    held = [text for text in written if (said := stems_of(text)) and said <= stems and len(said) <= _LABEL_WORDS]
    if held and not re.search(r"\bnot\b|n't\b|n’t\b", words):
        longest = max(len(stems_of(text)) for text in held)
        values = tuple(sorted(text for text in held if len(stems_of(text)) == longest))
        return Condition(Field.STATUS_TEXT, Operator.IS, values)
    for colour in Rag:
        if colour.value in words.casefold().split():
            return Condition(Field.RAG, Operator.IS, (colour.value,))
    return next((state for pattern, state in _STATES if re.search(pattern, words, re.IGNORECASE)), None)


_LABEL_WORDS = 4


def _rest(text: str) -> str:
    """What the question says beside the change: its subject, owner or reference; empty where it says nothing else."""
    bare = text
    for words, _ in _KINDS:
        bare = re.sub(rf"\b(?:{words})\b", " ", bare, flags=re.IGNORECASE)
    bare = _OFTEN.sub(" ", _ANCHOR.sub(" ", bare)).replace("\x01", " ")
    left = stems_of(bare) - _ASKING
    return f"Which actions {bare.strip(' ?.,')}?" if left else ""
