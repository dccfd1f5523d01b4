"""What a table is that states no actions: measures, risks, budgets, meetings, people, changes. Known by its columns."""

import re
from collections.abc import Iterator, Sequence

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
    r"(?:changes?|amendments?|revisions?)(?: made)?|what changed|what has changed"
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
    r"invited|discuss\w*|dates?|frequency|quorum|purpose|membership)\b"
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
    r"training|briefings?|case samples?|representations?|points?|(?:target |key )?audiences?|stakeholders?|"
    r"(?:key )?messages?)"
    r"(?: (?:made|taken|asked|description|title|name|agreed|raised|item))?"
)
MEANING = re.compile(r"meanings?|what (?:it|this|that) means|definitions?|explanations?|stands for|in full")
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
    r"(?:glossary|jargon|definitions|abbreviations|acronyms|(?:words|terms) (?:used|we use)|key to terms)(?: .*)?|"
    r"(?:drop ?downs?|look ?ups?|lists?|(?:data )?validation|reference data|picklists?)(?: (?:lists?|values|data))?"
)
"""Titles of tables that look like a plan and are none of this one: an older plan, an example, what has happened, what
words mean, what may be chosen in a column."""
_NUMBERED = re.compile(r"ref(?:erence)?|no|number|id|date|version|item|month|year|quarter|period")


def _kinds(keys: Sequence[str], first: str, columns: Columns, profiles: Sequence[Profile]) -> Iterator[ReadAs]:
    """What a table of these columns may be, the surest first.

    Args: keys, the headings as plain words; first, the first of them that says what the rows are.
    """
    versions = [key for key in keys if _VERSION.fullmatch(key)]
    changed = versions + [key for key in keys if _CHANGE.fullmatch(key)]
    beside = [key for key in keys if key not in changed and not (versions and key == "status")]
    if changed and beside and all(map(_CHANGED_BY.search, beside)):
        yield ReadAs.CHANGES
    rated = _naming(_RATED, keys)
    if rated >= _REGISTER or (_RISK.search(first) and rated + _naming(_RATING, keys) > 0):
        yield ReadAs.RISKS
    figures = [shape.numbers > _FEW for shape in profiles if shape.filled]
    counted, money = sum(figures), _naming(_MONEY, keys)
    amounts = sum(  # by their cells or by their name
        shape.money > _FEW or (shape.numbers > _FEW and bool(_MONEY.search(normal(heading))))
        for heading, shape in zip(columns.headings, profiles, strict=True)
    )
    spent = money > 1 or (money and counted >= _FEW * len(figures)) or _SAVING.fullmatch(first)
    if amounts > 1 or (amounts and spent):
        yield ReadAs.BUDGET
    measured = counted or any(map(is_period, columns.headings)) or any(map(_FIGURES.search, keys[1:]))
    if (_INDICATOR.search(first) and measured) or counted >= max(2, _FEW * len(figures)):
        yield ReadAs.MEASURES
    others = [key for key in keys if key != first]
    held = sum(bool(_HELD.search(key)) for key in others) >= 0.6 * len(others)
    meets = held and _MEETING.search(first) and any(word in key for key in keys for word in ("date", "when", "time"))
    if meets or (keys[0] in _AGENDA and any(key in _TIMES for key in keys[1:])):
        yield ReadAs.MEETINGS
    people = _naming(_PERSON, keys)
    named = first == "name" or dict(role_scores(first)).get(Role.OWNER, 0.0) >= 0.9
    reached = _naming(_REACHED, keys) and (people > _FEW * len(keys) or named)
    duties = any(map(_DUTY.fullmatch, keys)) and first in {"who", "name", "role"}
    if reached or duties or people == len(keys) or _TOLD_TO.fullmatch(first):
        yield ReadAs.PEOPLE
    listed = Role.DUE not in columns.roles and any(map(_PAGE.fullmatch, keys[1:]))
    if listed or _RECORD.fullmatch(first) or any(map(MEANING.fullmatch, keys)):
        yield ReadAs.OTHER


def _naming(pattern: re.Pattern[str], keys: Sequence[str]) -> int:
    return sum(bool(pattern.search(key)) for key in keys)


def kind_of(columns: Columns, profiles: Sequence[Profile]) -> ReadAs | None:
    """What a table is that states no actions though its columns might; None for a table of actions or of nothing known.

    A column that is called action decides for actions, unless figures stand under it; "What" names anything.
    """
    keys = tuple(normal(heading) for heading in columns.headings if heading.strip())
    if not keys:
        return None
    first = next((key for key in keys if not _NUMBERED.fullmatch(key)), keys[0])
    found = _kinds(keys, first, columns, profiles)
    column = columns.first(Role.ACTION)
    name = normal(columns.headings[column]) if column is not None else ""
    if column is None or profiles[column].numbers > _FEW or _DUTY.fullmatch(name) or _RATED.search(name):
        return next(found, None)
    called = _WORK.search(name) or dict(role_scores(columns.headings[column])).get(Role.ACTION, 0.0) >= 0.9
    if not called or (_RISK.search(first) and _naming(_RATED, keys) >= _REGISTER):
        return next(found, None)
    if _ANSWER.fullmatch(name) and _RECORD.fullmatch(first):
        return ReadAs.OTHER
    return next((kind for kind in found if kind in _OF_PAPERS and not _WORK.search(name)), None)


def is_no_plan(title: str) -> bool:
    """True where the title of a table says that it holds an older plan, an example, or what has happened."""
    return _NO_PLAN.fullmatch(" ".join(re.findall(r"\w+", title.lower()))) is not None
