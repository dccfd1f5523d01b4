"""Which role each column of a table has: by the meaning of its heading and the shape of what stands under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.dates import read_due
from assistant.records import Status
from ingest.layout.drafts import Piece, Role
from ingest.layout.endings import PERSON
from ingest.layout.headings import DOUBTFUL, EXACT, best_role, role_scores
from ingest.layout.profiles import NUMBERED, TICK, DateOrder, Profile, are_fractions, is_period, orders_of, profile
from ingest.layout.shapes import is_bare_date, is_coded, is_date, whole_ref
from ingest.layout.statuswords import short_status

_LEAST = 0.34
_FEW = 0.5
_REVIEW = 0.7
"""From here on a heading with a date names the state or the news of a review: "RAG May 2026"."""
_COLOURED = re.compile(r"\bb?rag|ragb?\b|\bcolour|traffic|\bratings?\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|to|until|till|before|than|latest)\W*$|^\W*latest by\b", re.IGNORECASE)
"""Over dates this says until when, whatever is to happen: "Needed by", "To" beside "From", "No later than"."""
_PAST = re.compile(r"\b(?:\w+ed|done|begun|off)\W*$", re.IGNORECASE)
_THE_DAY = re.compile(r"\b(?:date|day|on|actual|actually|work|action|task)\b", re.IGNORECASE)
"""Words beside a state that say no more of it: "Date resolved"."""
_NEWEST = re.compile(r"\b(?:current|latest|now|new)\b", re.IGNORECASE)
_OLDER = re.compile(r"\b(?:previous|last|prior|earlier|baseline|original|opening)\b", re.IGNORECASE)
_PROSE = 4
_REACHED: dict[Status | None, Role] = {Status.COMPLETE: Role.COMPLETED, Status.IN_PROGRESS: Role.START}
_PER_CENT = re.compile(r"%|\bper ?cent", re.IGNORECASE)
DATED = (Role.DUE, Role.START, Role.COMPLETED, Role.REVISED)
_SHARED = frozenset({Role.REVISED, Role.PROGRESS, Role.MEASURE, Role.OUTCOME, Role.OTHER, Role.STATUS, Role.RAG})
"""Roles that several columns of one table may have."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column, None where it has none, with the headings that it was read from."""

    roles: tuple[Role | None, ...]
    headings: tuple[str, ...]
    numbered: frozenset[int] = frozenset()
    """The columns whose cells begin with references."""
    ticked: frozenset[int] = frozenset()
    """The columns for one state each, in which a sign says that it is the state of the row."""
    orders: tuple[tuple[int, DateOrder], ...] = ()
    """The columns of dates that are not written day first."""
    fractions: frozenset[int] = frozenset()
    """The columns for per cent of which the cells are parts of one."""
    names_plan: bool = False
    """True where one is surely called the actions or an aim, two surely say who, when or how far, or one surely says
    when beside instructions."""

    def all_of(self, role: Role) -> tuple[int, ...]:
        return tuple(column for column, found in enumerate(self.roles) if found is role)

    def first(self, role: Role) -> int | None:
        return next(iter(self.all_of(role)), None)

    def latest(self, role: Role, filled: Sequence[int]) -> str:
        """The heading of the newest filled column of that role: "Q2 update" rather than "Q1 update"."""
        found = []
        for column in (column for column in self.all_of(role) if column in filled):
            heading = self.headings[column]  # current before previous, then by its date, then by place
            read, rank = read_due(heading), bool(_NEWEST.search(heading)) or -bool(_OLDER.search(heading))
            found.append((rank, read.due or read.start or date.min, column))
        return self.headings[max(found)[2]] if found else ""

    @property
    def states_actions(self) -> bool:
        """True where the table can hold actions: what is done, and who, when or how far."""
        has = set(self.roles)
        return Role.ACTION in has and bool(has & {Role.OWNER, Role.DUE, Role.STATUS, Role.COMPLETED, Role.PROGRESS})


_TELLING = frozenset({*DATED, Role.OWNER, Role.STATUS, Role.RAG})


def assign(headings: Sequence[str], cells: Sequence[Sequence[Piece]], terms: frozenset[str] = frozenset()) -> Columns:
    """The columns of a table with these headings (blank where there is none) over these cells, by column.

    Args: terms, the words that the plan's own key explains: a column of them is its status.
    """
    profiles = [profile(column, terms) for column in cells]
    headings = _stretched(headings, profiles)
    shapes = list(enumerate(zip(headings, profiles, strict=True)))
    # the columns of a chart: side by side, named by periods or not at all, with fills and no words in them
    bars = [at for at, (name, shape) in shapes if (not name.strip() or is_period(name)) and not shape.words]
    bars = bars if len(bars) > 2 else []
    offers = ((-score, at, role) for at, (name, shape) in shapes for role, score in _scores(name, shape).items())
    roles: list[Role | None] = [None] * len(headings)
    for score, column, role in sorted(offers):
        taken = roles.index(role) if role in roles and role not in _SHARED else None
        beside = taken is not None and abs(taken - column) == 1 and headings[taken] == headings[column]
        if -score >= _LEAST and column not in bars and roles[column] is None and (taken is None or beside):
            roles[column] = role
    _settle(roles, profiles, headings)
    left = roles[: roles.index(Role.ACTION)] if Role.ACTION in roles and Role.REF not in roles else []
    for column in [at for at, known in enumerate(left) if known is None and _counts(cells[at])][:1]:
        roles[column] = Role.REF
    ticked = _ticked(headings, cells)
    for at, given in enumerate(roles if ticked else ()):
        roles[at] = Role.STATUS if at in ticked else None if given is Role.STATUS else given
    numbered = frozenset(column for column, shape in enumerate(profiles) if shape.led >= NUMBERED)
    orders = orders_of(
        {at: [piece.line for piece in cells[at]] for at, role in enumerate(roles) if role in DATED}, headings
    )
    parts = {
        at: [piece.line for piece in cells[at] if piece.line] for at, role in enumerate(roles) if role is Role.STATUS
    }
    fractions = frozenset(at for at, texts in parts.items() if _PER_CENT.search(headings[at]) and are_fractions(texts))
    named = _names_plan(roles, headings, profiles)
    return Columns(tuple(roles), tuple(headings), numbered, ticked, orders, fractions, named)


def _counts(pieces: Sequence[Piece]) -> bool:
    """True where the cells number their rows, whatever they are called: codes, each once, or figures that rise."""
    texts = [piece.line for piece in pieces if not piece.blank]
    codes = [whole_ref(text) or "" for text in texts]
    if len(codes) < 2 or not all(codes) or len(set(codes)) < len(codes) or any(map(is_date, texts)):
        return False
    figures = [[int(part) for part in code.split(".") if part.isdigit()] for code in codes if code[0].isdigit()]
    return all(map(is_coded, codes)) if not figures else figures == sorted(figures) and len(figures) == len(codes)


def _names_plan(roles: Sequence[Role | None], headings: Sequence[str], profiles: Sequence[Profile]) -> bool:
    if Role.ACTION not in roles:
        return False
    action = roles.index(Role.ACTION)
    if dict(role_scores(headings[action])).get(Role.ACTION, 0) > DOUBTFUL or _AIM.search(headings[action]):
        return True
    telling = [(role, heading) for role, heading in zip(roles, headings, strict=True) if role in _TELLING]
    sure = {role for role, heading in telling if any(r in _TELLING and n > DOUBTFUL for r, n in role_scores(heading))}
    return len(sure) > 1 or (Role.DUE in sure and profiles[action].verbs > _FEW)


def _ticked(headings: Sequence[str], cells: Sequence[Sequence[Piece]]) -> frozenset[int]:
    """The columns named after states with nothing but signs under them, where there are several."""
    signs = [[piece.line for piece in pieces if not piece.blank] for pieces in cells]
    named = [column for column, heading in enumerate(headings) if short_status(heading) is not None]
    found = [column for column in named if all(map(TICK.fullmatch, signs[column]))]
    return frozenset(found if len(found) > 1 and any(signs[column] for column in found) else ())


def _stretched(headings: Sequence[str], profiles: Sequence[Profile]) -> list[str]:
    """A column without a heading takes the one to its left when nothing stands under that: the text slipped across.

    The only column without a heading takes the only heading without a column.
    """
    found = list(headings)
    for column in range(1, len(found)):
        left = profiles[column - 1]
        if not found[column].strip() and profiles[column].filled and found[column - 1].strip() and not left.filled:
            found[column] = found[column - 1]
    nameless = [column for column, heading in enumerate(found) if not heading.strip() and profiles[column].filled]
    idle = [column for column, heading in enumerate(headings) if heading.strip() and not profiles[column].filled]
    if len(nameless) == len(idle) == 1 and found.count(headings[idle[0]]) == 1:
        found[nameless[0]] = headings[idle[0]]
    return found


def _scores(heading: str, shape: Profile) -> dict[Role, float]:
    named = dict(role_scores(heading))
    of_review = max((named.get(role, 0.0) for role in (Role.STATUS, Role.PROGRESS)), default=0.0) >= _REVIEW
    if is_period(heading) or (is_bare_date(heading) and not of_review):
        rated = shape.words >= 1 and max(shape.colours, shape.coded, shape.statuses) > _FEW  # the last month counts
        return {Role.STATUS: 1.0} if rated else {Role.PROGRESS: 0.5} if shape.words >= _PROSE else {}
    shapes = _shape_scores(shape)
    if not named and shape.filled > 1 and max(shape.colours / 0.9, shape.coded / _REVIEW) >= 1:
        return {Role.RAG: 1.0}  # colours, and letters of the plan's key, are nothing else: "Health" in an export
    state = _THE_DAY.sub(" ", heading).strip()
    reached = short_status(state) if shape.fixed_dates > _FEW else None
    if reached in _REACHED and _PAST.search(state):  # over dates a state that is reached says when it was
        named = {_REACHED[reached]: 1.0}
    elif (
        reached is Status.COMPLETE and state == heading.strip()
    ):  # "Complete": when it was where another column says by when it is to be
        named = {Role.DUE: 0.6, Role.COMPLETED: 0.5}
    if not named and _BY.search(heading) and shape.fixed_dates > _FEW:
        return {Role.DUE: 1.0}
    if not named:
        if shape.dates <= _FEW:  # without a name half the cells are not enough: a date among facts of a file
            shapes.pop(Role.DUE, None)
        alone = shapes if not heading.strip() else {Role.ACTION: shapes[Role.ACTION]} if shape.verbs >= _FEW else {}
        return {role: 0.75 * score for role, score in alone.items()}
    if named.get(Role.OWNER) == DOUBTFUL and (Role.OTHER in named or (shape.filled and shape.owners < _LEAST)):
        del named[Role.OWNER]  # a doubtful name over what is nobody
    scores = {role: score + 0.5 * shapes.get(role, 0.0) - _misfit(role, shape) for role, score in named.items()}
    if shape.filled > 1 and shape.statuses >= 0.6 and shape.words < 6 and named.keys() & {Role.OUTCOME, Role.MEASURE}:
        scores[Role.PROGRESS] = max(scores.get(Role.PROGRESS, 0.0), 1.2)
    if shape.filled > 1 and shape.statuses >= 0.8 and Role.SECTION in named:
        scores[Role.STATUS] = 1.2  # the columns of a board: "To do", "Doing", "Done"
    best = max(scores.values(), default=0.0)
    if best < 0.6:
        for role, score in shapes.items():
            scores[role] = max(scores.get(role, 0.0), 0.6 * score)
    return scores


def _shape_scores(shape: Profile) -> dict[Role, float]:
    """What a column looks like, whatever its heading."""
    if not shape.filled:
        return {}
    long = min(1.0, shape.words / 9)
    prose = max(0.0, long - shape.dates - shape.refs - shape.colours)
    told = 0.45 + 0.55 * max(shape.verbs, 0.6 * shape.led)
    who = shape.owners - shape.statuses - shape.colours - shape.refs * 0.5
    return {
        Role.REF: shape.refs * (1 - shape.repeated) * (1 - shape.fixed_dates),
        Role.ACTION: prose * told * (1 - 0.5 * shape.repeated) * (1 - 0.6 * shape.blank),
        Role.OWNER: max(0.0, who) * (1 if shape.words < 9 else 0.3),
        Role.DUE: shape.dates if shape.fixed_dates else 0.4 * shape.dates,
        Role.START: 0.8 * shape.fixed_dates,
        Role.COMPLETED: 0.7 * shape.fixed_dates,
        Role.REVISED: 0.6 * shape.fixed_dates,
        Role.STATUS: max(shape.colours, shape.coded, shape.statuses if shape.words < 6 else 0.0),
        Role.RECOMMENDATION: 0.5 * prose * (0.5 + 0.5 * max(shape.blank, shape.repeated)),
        Role.PROGRESS: 0.4 * prose * (1 - 0.5 * shape.verbs),
        Role.MEASURE: 0.25 * prose,
        Role.OUTCOME: 0.25 * prose,
    }


def _misfit(role: Role, shape: Profile) -> float:
    """How much the cells speak against what the heading says."""
    if not shape.filled:
        return 0.0
    if role in DATED:
        return 0.5 * max(0.0, 0.4 - shape.dates) if shape.words < 6 else 0.8 * max(0.0, 0.6 - shape.dates)
    against = {
        Role.RECOMMENDATION: 0.8 * (shape.levels > 0.6 or shape.refs > 0.7),
        Role.OWNER: 0.6 * (shape.fixed_dates > 0.5 or shape.words > 14) + (shape.ticks > 0.5),
        Role.ACTION: 0.7 * (shape.fixed_dates > 0.5 or shape.colours > 0.5 or shape.refs > 0.7),
        Role.REF: 0.7 * (shape.words > 4),
        Role.STATUS: 0.6 * (shape.fixed_dates > 0.6),
    }
    return against.get(role, 0.0)


def _settle(roles: list[Role | None], profiles: Sequence[Profile], headings: Sequence[str]) -> None:
    """What is left after the best offers: actions under another name, two levels of theme, a forecast for a date."""
    if Role.ACTION not in roles and {Role.OWNER, Role.DUE, Role.STATUS, Role.COMPLETED} & set(roles):
        stand_in = _stand_in(roles, profiles, headings)
        if stand_in is not None:
            roles[stand_in] = Role.ACTION
    others = [at for at, role in enumerate(roles) if role in {Role.OTHER, None} and profiles[at].owners >= _LEAST]
    doubted = [at for at in others if (Role.OWNER, DOUBTFUL) in role_scores(headings[at])]
    doubted = [at for at in doubted if profiles[at].owners >= _FEW] or [at for at in others if _is_post(headings[at])]
    if Role.OWNER not in roles and len(doubted) == 1:  # where no column says who: "Agency", "Resource", "Manager"
        roles[doubted[0]] = Role.OWNER
    if Role.ACTION in roles and Role.RECOMMENDATION not in roles:  # what the actions serve stands left of them: prose
        left = [(at, shape) for at, shape in enumerate(profiles[: roles.index(Role.ACTION)]) if roles[at] is None]
        prose = [at for at, shape in left if shape.words >= 1.5 and not shape.fixed_dates and shape.levels < 0.5]
        for column in prose[:1]:
            roles[column] = Role.RECOMMENDATION
    _colours_apart(roles, profiles, headings)
    _states_where_they_stand(roles, profiles, headings)
    for column, heading in enumerate(headings):
        called = dict(role_scores(heading)).get(Role.ACTION, 0)
        if roles[column] is None and called >= 0.6 and Role.MEASURE not in roles:
            roles[column] = Role.MEASURE
            _steps(roles, profiles, column)
    if Role.RECOMMENDATION in roles:
        main = roles.index(Role.RECOMMENDATION)
        for column, heading in enumerate(headings):
            named = dict(role_scores(heading))
            if roles[column] is None and named.get(Role.RECOMMENDATION, 0) >= 0.6 and profiles[column].levels < 0.6:
                first, second = sorted((main, column))
                roles[first], roles[second] = Role.SECTION, Role.RECOMMENDATION
                break
    shares = [column for column, heading in enumerate(headings) if _PER_CENT.search(heading)]
    if any(role is Role.STATUS and column not in shares for column, role in enumerate(roles)):
        for column in shares:
            roles[column] = None
    if Role.DUE not in roles and Role.REVISED in roles:
        roles[roles.index(Role.REVISED)] = Role.DUE
    if Role.DUE not in roles and Role.COMPLETED in roles:
        column = roles.index(Role.COMPLETED)
        if profiles[column].blank < 0.2 and dict(role_scores(headings[column])).get(Role.DUE, 0) >= 0.6:
            roles[column] = Role.DUE


def _is_post(heading: str) -> bool:
    return bool(heading.split()) and best_role(heading)[1] < EXACT and bool(PERSON.search(heading.split()[-1]))


def _steps(roles: list[Role | None], profiles: Sequence[Profile], column: int) -> None:
    """Steps with a date each beside the action that they share: these are what is done, and it is their theme."""
    if not {Role.ACTION, Role.DUE} <= set(roles) or Role.RECOMMENDATION in roles:
        return
    action, due = roles.index(Role.ACTION), roles.index(Role.DUE)
    whole, own, dates = profiles[action], profiles[column], profiles[due]
    shared = max(whole.repeated, whole.blank) > 0.3 > max(own.repeated, own.blank, dates.blank)
    if action < column < due and shared:
        roles[action], roles[column] = Role.RECOMMENDATION, Role.ACTION


def _colours_apart(roles: list[Role | None], profiles: Sequence[Profile], headings: Sequence[str]) -> None:
    """A column for the colour beside one for the state: both are kept, each in its role."""
    states = [column for column, role in enumerate(roles) if role is Role.STATUS]
    colours = [column for column in states if _COLOURED.search(headings[column])]
    worded = [column for column in states if column not in colours and not profiles[column].colours > _FEW]
    for column in colours if any(profiles[column].filled for column in worded) else ():
        roles[column] = Role.RAG
    if Role.STATUS not in roles and Role.RAG in roles:
        roles[roles.index(Role.RAG)] = Role.STATUS


def _states_where_they_stand(roles: list[Role | None], profiles: Sequence[Profile], headings: Sequence[str]) -> None:
    """States under the name of progress beside notes under the name of status: each is what it is."""
    stated = [column for column, role in enumerate(roles) if role is Role.STATUS]
    news = [column for column, role in enumerate(roles) if role is Role.PROGRESS and profiles[column].words < _PROSE]
    if not stated and len(news) == 1 and roles.count(Role.PROGRESS) > 1 and profiles[news[0]].statuses > _FEW:
        roles[news[0]] = Role.STATUS
    told = not stated and len(news) == 1 == roles.count(Role.PROGRESS)
    if told and max(profiles[news[0]].statuses, profiles[news[0]].coded) > _FEW:
        named = dict(role_scores(headings[news[0]])).get(Role.PROGRESS, 0) >= _REVIEW
        roles[news[0]] = Role.STATUS if named else Role.PROGRESS
    if len(stated) == len(news) == 1:
        notes, states = profiles[stated[0]], profiles[news[0]]
        if not notes.colours and states.statuses > _FEW > notes.statuses and notes.words > states.words:
            roles[stated[0]], roles[news[0]] = Role.PROGRESS, Role.STATUS


_AIM = re.compile(
    r"\b(?:recommend\w*|objectives?|priorit\w+|goals?|aims?|pledges?|promises?|commit\w*|improve\w*|requirements?|"
    r"issues?|areas?|achieve|needs?)\b",
    re.IGNORECASE,
)
"""Headings of what is to be reached: it stands for the action where no column is called so."""


def _stand_in(roles: Sequence[Role | None], profiles: Sequence[Profile], headings: Sequence[str]) -> int | None:
    """The column that says what is to be done where none is called so: the recommendation, objective or issue."""
    order: dict[Role | None, float] = {Role.RECOMMENDATION: 1.0, None: 0.9, Role.SECTION: 0.6, Role.OTHER: 0.5}
    order |= {Role.MEASURE: 0.4, Role.OUTCOME: 0.4}
    offers = [
        (order[role] * min(1.0, shape.words / 5), -column)
        for column, (role, shape) in enumerate(zip(roles, profiles, strict=True))
        if role in order and shape.filled and shape.words >= 2.5 and shape.blank < 0.5
        if shape.verbs >= 0.3 or _AIM.search(headings[column])
    ]
    return -max(offers)[1] if offers and max(offers)[0] > 0.3 else None
