"""Questions about time: what differs between two versions, which version is meant, what is said again in a later plan.

Only what is about time is taken from the question; the rest, such as a subject or an owner, is read as ever."""

import itertools
import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.changes import ChangeKind
from assistant.conditions import COMPLETE, Condition, Field, Filter, Operator, Without
from assistant.dates import DateSpan, Precision, find_dates
from assistant.grammar import parsed
from assistant.lexicon import find, small, words_of
from assistant.matching import stems_of
from assistant.planner.candidates.states import STATES
from assistant.planner.text import longest
from assistant.query_plan import EACH_VERSION, REPEATEDLY, SAID_AGAIN, Intent, QueryPlan, Wanted
from assistant.records import Source, Status
from assistant.versions import RowsOf, Series, when
from assistant.vocabulary import split_words

_K = ChangeKind
_OTHER = r"changed|different|moved|new|another"
_KINDS: tuple[tuple[str, str, tuple[ChangeKind, ...]], ...] = (
    ("", r"(?:brought|pulled|come|came|moved) (?:forward|up)|earlier (?:than before|dates?)|to an earlier", (_K.DUE_BROUGHT_FORWARD,)),
    ("", r"slip\w*|(?:put|pushed|moved|gone|set) back|postponed|been delayed|(?:running )?later than|to a later", (_K.DUE_SLIPPED,)),
    (r"dates?|deadlines?|timescales?", "", (_K.DUE_SLIPPED, _K.DUE_BROUGHT_FORWARD, _K.DUE_CHANGED)),
    (r"status\w*|states?", r"re-?opened", (_K.STATUS_CHANGED,)),
    (r"rag|colours?|ratings?", "", (_K.COLOUR_CHANGED,)),
    (r"owners?|leads?", r"changed hands|(?:took|taken|take|handed|passed) (?:over|on)\b", (_K.OWNER_CHANGED,)),
    (r"wording", r"re-?worded|re-?written", (_K.REWORDED,)),
    ("", r"(?:been |newly |were |was )?added|are new|is new|new actions?|come in", (_K.ADDED,)),
    ("", r"(?:been |were |was )?(?:dropped|removed|taken out|deleted)|disappeared|gone missing|no longer there", (_K.REMOVED,)),
    ("", r"changed?|changes|differ\w*|different|moved", ()),
)  # fmt: skip
"""What can change, by the nouns that are said to be other than they were and by words that say it alone."""


def _says(nouns: str, alone: str) -> re.Pattern[str]:
    other = rf"(?:{nouns})\b.{{0,20}}?\b(?:changed|different|moved)|(?:{_OTHER}) (?:due )?(?:{nouns})" if nouns else ""
    return re.compile(rf"\b(?:{'|'.join(part for part in (alone, other) if part)})\b", re.IGNORECASE)


_CHANGED = tuple((_says(nouns, alone), kinds) for nouns, alone, kinds in _KINDS)
_LED = re.compile(r"(?:since|by|between|from|before|after|until|till|in|on|at)\b", re.IGNORECASE)
_OFTEN = re.compile(r"\bhow (?:often|many times)\b|\bwhy\b", re.IGNORECASE)
_NEAR, _LABEL_WORDS = 30, 4
"""Letters after a change in which it is said to be repeated; the most words of a state that is a label."""
_REPEATED = re.compile(r"\b(?:more than once|twice|again and again|repeatedly|several times)\b", re.IGNORECASE)
_SELF_DATED = re.compile(r"\b(?:took|taken|handed|passed) over\b|\bchanged hands\b|\bre-?opened\b", re.IGNORECASE)
"""Changes that are asked about without a word of when: they may be of any two versions."""
_ANCHOR = re.compile(
    r"\bsince\b|\b(?:last|previous|earlier|older|latest|newest|new) (?:time|version|log|plan|month|one)\b",
    re.IGNORECASE,
)
_TO_A_DATE = re.compile(
    r"\b(?:between|compared (?:with|to)|from|against|after|than)\b|\b(?:by|in|on|of)(?: the)?\s+(?=\x01)", re.IGNORECASE
)
"""What makes a question one of two versions: by itself, and beside a date that names one."""
_BEGINS = re.compile(
    r"\b(?:since|from|after|than|with|to|against|between)(?: (?:it|they) (?:was|were)(?: in)?)?(?: the)?\s*$",
    re.IGNORECASE,
)
"""What stands before the older of two versions."""
_ASKING = stems_of(" ".join(small("asking_of_change")))


_CLOSED = Condition(Field.STATUS, Operator.IS, (Status.COMPLETE.value, Status.WITHDRAWN.value))
_WENT: tuple[tuple[str, tuple[Filter, Filter]], ...] = (
    (r"\bre-?opened\b", (_CLOSED, Without(_CLOSED))),
    (r"\b(?:complet\w+|finished|closed|done)(?= since\b)", (Without(COMPLETE), COMPLETE)),
)
"""Changes of state that one word names: what an action was before, and what it is after."""


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """What a question asks of change, and what is left of the question."""

    terms: tuple[str, ...]
    """The kinds of change that are asked about; every kind where there is none. And what else is asked of them."""
    documents: tuple[str, ...] = ()
    rest: str = ""
    states: tuple[Filter, ...] = ()
    """What a row was in the older version and is in the newer; empty where no states are asked about."""
    wanted: Wanted | None = Wanted.CHANGE
    """Else the versions themselves are asked for, or the date of one."""

    def plan(self, read: QueryPlan | None, as_of: date) -> QueryPlan:
        """The query plan, with what the rest of the question was read as."""
        base = replace(read, also=(), sides=()) if read else QueryPlan(Intent.SOURCES, as_of)
        side = replace(base, intent=Intent.LIST, text="", premises=(), documents=(), lateness=None, polar=False)
        over = zip(self.states, self.documents, strict=True) if self.states else ()
        sides = tuple(replace(side, where=state, documents=(document,)) for state, document in over)
        return replace(
            base, intent=Intent.SOURCES, wanted=self.wanted, terms=self.terms, documents=self.documents, sides=sides,
            asked_of=None, also_asked=(), text="", premises=(), lateness=None, polar=False,
        )  # fmt: skip


def change_asked(question: str, series: Sequence[Series], rows_of: RowsOf, today: date) -> ChangeAsked | None:
    """What a question asks of change; None where it asks of none, or no two versions are held."""
    repeats = _RECOMMENDED.search(question) and _AGAIN.search(question)
    if repeats and not _OF_ACTIONS.search(question):  # recommendations that a later plan says again, not their actions
        about = re.search(r"\b(?:on|about|for) .+", _AGAIN.sub(" ", question))
        return ChangeAsked((SAID_AGAIN,), rest=_rest(about.group()) if about else "")
    if not series:
        return None
    text, moments = question, list[_Moment]()
    for span in sorted(find_dates(question, today), key=lambda one: -one.offset):
        here, led = _moments(span), _LED.match(span.text)
        moments[:0] = here
        marks = " ".join("\x01" for _ in here)
        text = f"{text[: span.offset]}{led.group() if led else ''} {marks}{text[span.offset + len(span.text) :]}"
    chain = _chain(question, series)
    named = [_version(moment, chain) for moment in moments]
    mentions = _mentions(text, chain, rows_of) if named else []
    went = next(((said[0], two) for words, two in _WENT if (said := re.search(words, text, re.IGNORECASE))), None)
    if len(mentions) == 2 and (len(named) > 1 or _NOW.search(text)):
        documents = _two(text, named, chain, of_states=True)
        sources = (next(one for one in chain.sources if one.document == name) for name in documents)
        states = tuple(_state(words, one, rows_of) for words, one in zip(mentions, sources, strict=True))
        return ChangeAsked((), documents, _rest(text, *mentions), states)
    if went:
        return ChangeAsked((), _two(text, named, chain), _rest(text, went[0]), went[1])
    said, found = next(((said, kinds) for one, kinds in _CHANGED if (said := one.search(text))), (None, ()))
    labels = {(row.status_text or "").casefold() for one in named for row in rows_of(one.document)}
    if not said:
        return _held(question, series) if not moments else None
    if said[0].casefold().removeprefix("are ") in labels:  # a state that a version writes: "which are new"
        return None
    often, again = bool(_OFTEN.search(text)), bool(_REPEATED.search(text[said.end() : said.end() + _NEAR]))
    undated = not (_ANCHOR.search(text) or (named and _TO_A_DATE.search(text)))
    if undated and not (_SELF_DATED.search(text) or often or again):
        return None
    each = (EACH_VERSION,) if undated or often or again else ()
    terms = (*map(str, found), *each, *((REPEATEDLY,) if again else ()))
    return ChangeAsked(terms, _two(text, named, chain) if named else (), _rest(text))


def _held(question: str, series: Sequence[Series]) -> ChangeAsked | None:
    """Which versions there are, or when the newest one is from, where a question asks for nothing else."""
    stems, titles = stems_of(question), [one for one in series if stems_of(question) & stems_of(one.newest.title)]
    known = frozenset().union(*(stems_of(one.newest.title) for one in titles), _ASKING)
    if not stems & stems_of("version") or not stems <= known:
        return None
    chosen = titles or series
    if stems & stems_of("latest newest"):
        return ChangeAsked((), tuple(one.newest.document for one in chosen), wanted=Wanted.DATE)
    return ChangeAsked((), tuple(source.document for one in chosen for source in one.sources), wanted=None)


def _two(text: str, named: Sequence[Source], chain: Series, of_states: bool = False) -> tuple[str, str]:
    """The older and the newer version that are compared. One that is named alone is the older of a state, and after
    "since"; else the newer."""
    known = sorted({chain.sources.index(one) for one in named})
    last = len(chain.sources) - 1
    if len(known) > 1:
        first, last = known[0], known[-1]
    elif known and known[0] < last and (of_states or _BEGINS.search(text[: text.index("\x01")])):
        first = known[0]
    else:
        last = max(known[0], 1) if known else last
        first = last - 1
    return chain.sources[first].document, chain.sources[last].document


_RECOMMENDED = re.compile(r"\b(?:recommend\w*|areas? for improvement|priorit(?:y|ies)|findings?)\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:(?:come|came|coming|said|say|says|made|raised|given|stand|stands|found) (?:\w+ )?(?:again|before|back|already|earlier)"
    r"|recommend(?:s|ed)? (?:again|before|already|earlier)|again|a repeat(?=\W*$)|repeat(?:ed|s)(?=\W*$)|recurr?(?:ed|ing|s)?|shared?(?=\W*$)|in common|more than one plan"
    r"|(?:in|by|across|from|shared by) (?:both|several|two|other|an(?:other)? earlier|earlier|later|another) (?:\w+ )?plans?"
    r"|keeps? coming(?: (?:up|back))?)\b",
    re.IGNORECASE,
)
_OF_ACTIONS = re.compile(
    r"\b(?:actions?|due|overdue|late|complet\w+|done|finished|started|progress|owns?|owned|owners?|leads?|before \d|status)\b",
    re.IGNORECASE,
)


_NOT_OF_A_VERSION = re.compile(
    r"\b(?:due|by|before|since|after|until|complet\w*|done|closed|finished|start\w*|begin\w*|from|to)\W*$", re.I
)
_DOCUMENT = re.compile(r"^\W*(?:log|plan|version|minutes|tracker|register|update|report)s?\b", re.IGNORECASE)


_STOOD = re.compile(r"\bas (?:the |this |that )?(?:\w+ )?(?:stood|was)\W+(?:(?:on|at|in) (?:the )?)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VersionAsked:
    """The version that the one date of a question names, the day that is meant, and the question without that date.
    `stood` where the day is said outright to be the one to judge by."""

    document: str
    day: date
    rest: str
    stood: bool = False


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
    if not stood and not _DOCUMENT.match(after) and not any(token.past for token in parsed(question)):
        return None
    source, moment = _version(moments[0], _chain(question, series)), moments[0]
    day = when(source)
    close, month = moment.assumed and day and day.month == moment.first.month, moment.first < moment.last
    named = day and (moment.first <= day <= moment.last or (close and (month or day.day == moment.first.day)))
    if day is None or not (named or stood):
        return None
    meant = moment.last if moment.first == moment.last else day
    rest = f"{bare.strip(' ,')} {_DOCUMENT.sub('', after).strip(' ,')}".strip()
    return VersionAsked(source.document, meant, rest, bool(stood))


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


_NOW = re.compile(r"\b(?:now|today|still|then|again|since|back|any ?(?:more|longer))\b", re.IGNORECASE)
_LISTED = re.compile(r"^\W*(?:(?:and|or|nor|but)\W*)?$", re.IGNORECASE)


def _mentions(text: str, chain: Series, rows_of: RowsOf) -> list[str]:
    """The words of a question that name states, in their order: as a version writes them, or in general. States that
    are only listed ("complete or on hold") are not what an action went from and to."""
    labels = {row.status_text for one in chain.sources for row in rows_of(one.document) if row.status_text}
    runs = {tuple(word.stem for word in split_words(label)) for label in labels}
    words = split_words(text)
    stems = [word.stem for word in words]
    said = words_of(text)
    spans = []
    for hit in longest(find(said, ("state", "colour"))):
        before = [word.low for word in said[max(0, hit.first - 3) : hit.first][::-1]]
        denial = next((at for at, low in enumerate(before, 1) if low in small("not")), 0)  # "has not yet been"
        denied = denial if small("between").issuperset(before[: denial - 1]) else 0
        spans.append((said[hit.first - denied].start, said[hit.last - 1].end))
    for run in (run for run in runs if 0 < len(run) <= _LABEL_WORDS):
        for at in range(len(stems) - len(run) + 1):
            if tuple(stems[at : at + len(run)]) == run:
                spans.append((words[at].start, words[at + len(run) - 1].end))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    listed = any(_LISTED.match(text[one[1] : other[0]]) for one, other in itertools.pairwise(kept))
    return [] if listed else [text[start:end] for start, end in kept]


def _state(words: str, source: Source, rows_of: RowsOf) -> Filter:
    """The filter that some words name: a state as this version writes it, a colour, or a state in general."""
    stems = stems_of(words)
    written = {row.status_text for row in rows_of(source.document) if row.status_text}
    if held := tuple(sorted(text for text in written if stems_of(text) == stems)):
        return Condition(Field.STATUS_TEXT, Operator.IS, held)
    [said] = longest(find(words_of(words), ("state", "colour")))
    state = STATES[said.concept] if said.role == "state" else Condition(Field.RAG, Operator.IS, (said.concept,))
    return Without(state) if said.first else state


def _rest(text: str, *mentions: str) -> str:
    """What the question says beside the change: its subject, owner or reference; empty where it says nothing else."""
    bare = text
    for mention in mentions:
        bare = bare.replace(mention, " ", 1)
    for pattern in (*(pattern for pattern, _ in _CHANGED), _OFTEN, _REPEATED, _ANCHOR, _TO_A_DATE):
        bare = pattern.sub(" ", bare)
    words = split_words(bare.replace("\x01", " "))
    told = [at for at, word in enumerate(words) if stems_of(word.text) - _ASKING]
    if not told:
        return ""
    first = next(at for at in range(told[0], -1, -1) if at == 0 or words[at - 1].plain not in _LEADING)
    return f"Which actions {bare[words[first].start : words[told[-1]].end]}?"


_LEADING = frozenset({"of", "on", "for", "by", "about", "in", "under", "with", "the", "a", "an", "owned"})
