"""What a table is that states no actions: measures, risks, budgets, meetings, people, changes. Known by its columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.records import ReadAs
from ingest.layout.columns import Columns
from ingest.layout.drafts import Role
from ingest.layout.headings import role_scores
from ingest.layout.profiles import Profile, is_period
from ingest.layout.words import normal

_FEW = 0.5
_REGISTER = 3
"""So many columns that rate a risk make a register of risks, whatever is to be done about each."""
_OF_PAPERS = frozenset({ReadAs.CHANGES, ReadAs.PEOPLE})
_INDICATOR = re.compile(r"\b(?:indicators?|k?pis?|measures?|metrics?|performance|data|standards?)\b")
_FIGURES = re.compile(
    r"\b(?:targets?(?! date| completion| finish)|baseline|actual|current|previous|last|trend|direction|rate|value|"
    r"latest|average|england|national|comparators?|neighbours?|outturn|number|count|cases|total|per ?cent|percentage)\b"
)
_RISK = re.compile(r"\b(?:risks?|threat|hazard)\b")
_RATED = re.compile(
    r"\b(?:likelihood|probability|chance|impact|effect|consequences?|severity|score|inherent|residual|gross|net|"
    r"mitigat\w+|controls?|proximity)\b"
)
_RATING = re.compile(r"\b(?:rating|level|grade|high|rag)\b")
"""What rates a risk where the first column names risks."""
_CHANGE = re.compile(
    r"(?:(?:nature|summary|description|details?|reason) (?:of|for) (?:the )?)?"
    r"(?:changes?|amendments?|revisions?)(?: made)?|"
    r"what changed|what has changed"
)
_VERSION = re.compile(r"(?:version|revision|rev|edition|draft)(?: no| number)?")
_CHANGED_BY = re.compile(
    r"\b(?:date|when|what|who|by|author|version|approved|reason|made|section|page|editor|notes?|comments?)\b"
)
_PERSON = re.compile(
    r"\b(?:name|member|role|post|job title|organi[sz]ation|agency|email|phone|telephone|tel|contact|represent\w*|"
    r"attend\w*|present|apologies|deputy|team|address|mobile|title|service|department|responsible for)\b"
)
_TOLD_TO = re.compile(
    r"(?:who to )?contacts?|(?:sent|cop(?:y|ied)|circulated|issued) to|recipients?|distribution(?: list)?|attendees?"
)
"""What a row is about where it says who is to have the plan, was there, or can be asked."""
_REACHED = re.compile(r"\b(?:e ?mail|phone|telephone|tel|mobile|extension|contact details)\b")
_MONEY = re.compile(
    r"\b(?:budgets?|costs?|spend|spending|expenditure|forecast(?! date| completion| finish)|variance|savings?|grants?|"
    r"income|amount|funding|allocations?|outturn|price|salary|pressures?)\b|£"
)
_SAVING = re.compile(r"(?:savings?|efficienc(?:y|ies)|bids?|schemes?|proposals?|grants?|investments?)(?: \w+)?")
_MEETING = re.compile(r"\b(?:meetings?|boards?|panels?|committees?|forums?|events?|visits?|sessions?|workshops?)\b")
_HELD = re.compile(
    r"\b(?:venue|place|location|room|time|times|chair|chaired by|agenda|minutes|papers|attendance|attendees|attended|"
    r"invited|dates?|frequency|quorum|purpose|membership)\b"
)
_AGENDA = frozenset(
    {"item", "items", "agenda item", "topic", "subject", "session", "no", "item no", "time", "activity"}
)
_TIMES = frozenset({"time", "times", "timing", "timings", "duration", "minutes", "mins", "page", "pages", "paper"})
_RECORD = re.compile(
    r"(?:the )?(?:assumptions?|decisions?|dependenc(?:y|ies)|inspections?|judge?ments?|questions?|lessons?|"
    r"strengths?|examples?|terms?|abbreviations?|acronyms?|definitions?|documents?|polic(?:y|ies)|agenda items?|"
    r"consultees?|respondents?|groups?(?: consulted| affected)?|(?:protected )?characteristics?|who we asked|"
    r"themes? of audits?|audits?|compliments?|complaints?|agenda|(?:training )?courses?|(?:training )?modules?|"
    r"training|briefings?|case samples?|representations?|points?)"
    r"(?: (?:made|taken|asked|description|title|name|agreed|raised|item))?"
)
_MEANING = re.compile(r"meanings?|what (?:it|this|that) means|definitions?|explanations?|stands for|in full")
_PAGE = re.compile(r"pages?(?: no| number)?")
_WORK = re.compile(
    r"\b(?:actions?|tasks?|activit(?:y|ies)|steps|deliverables?|milestones?|commitments?)\b|we will(?: do| take)?$|"
    r"to be done"
)
_ANSWER = re.compile(r"(?:\w+ )?(?:response|reply|answer)s?")
"""A name of actions beside recommendations, of none beside questions."""
_DUTY = re.compile(r"(?:what )?(?:they|he or she|each(?: person)?) do(?:es)?")
_NO_PLAN = re.compile(
    r"(?:the |our )?(?:previous|former|earlier|old|archived|superseded) (?:\w+ ){0,3}plan\b.*|"
    r"(?:(?:an? )?(?:worked )?examples? (?:of )?(?:how to|row|entry|entries|only|of a completed)\b|"
    r"how to (?:fill in|use|complete)|instructions|guidance(?: notes?)?) ?.*|"
    r"(?:\w+ ){0,3}(?:inspection|visit|events?) (?:timeline|timetable|chronology|history)(?: \w+){0,3}|"
    r"(?:drop ?downs?|look ?ups?|lists?|(?:data )?validation|reference data|picklists?)(?: (?:lists?|values|data))?"
)
"""Titles of tables that look like a plan and are none of this one: an older plan, an example, what has happened, what
may be chosen in a column."""
_NUMBERED = re.compile(r"ref(?:erence)?|no|number|id|date|version|item|month|year|quarter|period")


@dataclass(frozen=True, slots=True)
class _Table:
    """The headings of a table as plain words, the first that says what its rows are, and what stands under them."""

    keys: tuple[str, ...]
    first: str
    figures: tuple[bool, ...]
    """For each column with cells, whether numbers stand in most of them."""
    money: int
    """How many columns hold amounts of money, by their cells or by their name."""
    periods: int
    timed: bool
    """True where a column says by when."""

    def naming(self, pattern: re.Pattern[str]) -> int:
        """How many headings name such a thing."""
        return sum(bool(pattern.search(key)) for key in self.keys)


def _kinds(table: _Table) -> Iterator[ReadAs]:
    """What a table of these columns may be, the surest first."""
    keys, first = table.keys, table.first
    versions = [key for key in keys if _VERSION.fullmatch(key)]
    changed = versions + [key for key in keys if _CHANGE.fullmatch(key)]
    beside = [key for key in keys if key not in changed and not (versions and key == "status")]
    if changed and beside and all(map(_CHANGED_BY.search, beside)):
        yield ReadAs.CHANGES
    rated = table.naming(_RATED)
    if rated >= _REGISTER or (_RISK.search(first) and rated + table.naming(_RATING) > 0):
        yield ReadAs.RISKS
    counted, money = sum(table.figures), table.naming(_MONEY)
    spent = money > 1 or (money and counted >= _FEW * len(table.figures)) or _SAVING.fullmatch(first)
    if table.money > 1 or (table.money and spent):
        yield ReadAs.BUDGET
    measured = counted or table.periods or any(map(_FIGURES.search, keys[1:]))
    if (_INDICATOR.search(first) and measured) or counted >= max(2, _FEW * len(table.figures)):
        yield ReadAs.MEASURES
    others = [key for key in keys if key != first]
    held = sum(bool(_HELD.search(key)) for key in others) >= 0.6 * len(others)
    meets = held and _MEETING.search(first) and any(word in key for key in keys for word in ("date", "when", "time"))
    if meets or (keys[0] in _AGENDA and any(key in _TIMES for key in keys[1:])):
        yield ReadAs.MEETINGS
    people = table.naming(_PERSON)
    reached = table.naming(_REACHED) and (people > _FEW * len(keys) or first == "name")
    duties = any(map(_DUTY.fullmatch, keys)) and first in {"who", "name", "role"}
    if reached or duties or people == len(keys) or _TOLD_TO.fullmatch(first):
        yield ReadAs.PEOPLE
    listed = not table.timed and any(map(_PAGE.fullmatch, keys[1:]))
    if listed or _RECORD.fullmatch(first) or any(map(_MEANING.fullmatch, keys)):
        yield ReadAs.OTHER


def kind_of(columns: Columns, profiles: Sequence[Profile]) -> ReadAs | None:
    """What a table is that states no actions though its columns might; None for a table of actions or of nothing known.

    A column that is called action decides for actions, unless figures stand under it; "What" names anything.
    """
    keys = tuple(normal(heading) for heading in columns.headings if heading.strip())
    if not keys:
        return None
    filled = [shape for shape in profiles if shape.filled]
    table = _Table(
        keys,
        next((key for key in keys if not _NUMBERED.fullmatch(key)), keys[0]),
        tuple(shape.numbers > _FEW for shape in filled),
        sum(
            shape.money > _FEW or (shape.numbers > _FEW and bool(_MONEY.search(normal(heading))))
            for heading, shape in zip(columns.headings, profiles, strict=True)
        ),
        sum(map(is_period, columns.headings)),
        Role.DUE in columns.roles,
    )
    if _names_work(columns, profiles) and not (_RISK.search(table.first) and table.naming(_RATED) >= _REGISTER):
        name = normal(columns.headings[columns.roles.index(Role.ACTION)])
        if _ANSWER.fullmatch(name) and _RECORD.fullmatch(table.first):
            return ReadAs.OTHER
        return next((kind for kind in _kinds(table) if kind in _OF_PAPERS and not _WORK.search(name)), None)
    return next(_kinds(table), None)


def is_no_plan(title: str) -> bool:
    """True where the title of a table says that it holds an older plan, an example, or what has happened."""
    return _NO_PLAN.fullmatch(" ".join(re.findall(r"\w+", title.lower()))) is not None


def _names_work(columns: Columns, profiles: Sequence[Profile]) -> bool:
    column = columns.first(Role.ACTION)
    if column is None or profiles[column].numbers > _FEW:
        return False
    heading = columns.headings[column]
    if _DUTY.fullmatch(normal(heading)):
        return False
    named = dict(role_scores(heading)).get(Role.ACTION, 0.0)
    return (named >= 0.9 or bool(_WORK.search(normal(heading)))) and not _RATED.search(normal(heading))
