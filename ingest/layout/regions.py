"""Tables cut into regions: each line is a header, above a header, or governed by the header before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.records import ReadAs, Table
from ingest.layout.columns import Columns, assign
from ingest.layout.drafts import Role
from ingest.layout.grid import LOOKS, Line, lines_of
from ingest.layout.headings import LIKELY, best_role, role_scores
from ingest.layout.kinds import kind_of
from ingest.layout.profiles import NUMBERED, is_number, is_period, profile
from ingest.layout.shapes import (
    is_coded,
    is_date,
    is_fixed_date,
    leading_ref,
    starts_with_verb,
    whole_ref,
)
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.words import normal, one_line

_RULE = re.compile(r"[\s:|=_+-]*")
_HAPPENS = re.compile(r"activit(?:y|ies)|events?|milestones?|stages?|what(?: happens)?")


@dataclass(slots=True)
class Region:
    """All lines of the document that one header governs, over page breaks and repeated headers. Without a header the
    columns are known by their shape alone."""

    headings: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    columns: Columns = field(default_factory=lambda: Columns((), ()))
    kind: ReadAs | None = None
    """What it is where its columns look like actions and it holds none."""

    def understand(self, terms: frozenset[str] = frozenset()) -> None:
        """Find the roles of the columns, from the headings and all lines, and the terms that the plan explains."""
        columns = range(len(self.headings))
        cells = [[line.piece(column) for line in self.full if column < len(line.places)] for column in columns]
        also = {at for at in columns if profile([line.piece(at) for line in self.lines]).led >= NUMBERED}
        found = assign(self.headings, cells, terms)
        self.columns = replace(found, numbered=found.numbered | also)
        self.kind = kind_of(self.columns, [profile(pieces) for pieces in cells])

    @property
    def full(self) -> list[Line]:
        """Its lines with words in several cells."""
        return [line for line in self.lines if len(line.filled) > 1]

    @property
    def read_as(self) -> ReadAs:
        """What its lines are."""
        if self.states_actions:
            return ReadAs.ACTIONS
        return self.kind or (ReadAs.OTHER if min(len(self.full), len(self.headings)) < 2 else ReadAs.NOT_UNDERSTOOD)

    @property
    def states_actions(self) -> bool:
        """True where its lines are actions; without a header only when dates stand beside, or owners and states."""
        if not self.columns.states_actions or self.kind is not None:
            return False
        has = set(self.columns.roles)
        if any(heading.strip() for heading in self.headings):
            return self.columns.names_plan
        return Role.DUE in has or {Role.OWNER, Role.STATUS} <= has or self._told_and_stated

    @property
    def is_followed(self) -> bool:
        """True where a column says how far each action is."""
        return not {Role.STATUS, Role.PROGRESS, Role.COMPLETED, Role.RAG}.isdisjoint(self.columns.roles)

    @property
    def happens(self) -> bool:
        """True where its lines may be what happens and not what somebody is told to do, by their heading and words."""
        action = self.columns.first(Role.ACTION)
        if action is None or self.is_followed or not _HAPPENS.fullmatch(normal(self.headings[action])):
            return False
        return 2 * sum(starts_with_verb(line.text(action)) for line in self.lines) < len(self.lines) > 1

    @property
    def _told_and_stated(self) -> bool:
        """True for two columns without names, instructions and states."""
        action, state = self.columns.first(Role.ACTION), self.columns.first(Role.STATUS)
        if action is None or state is None or len(self.headings) > 3:
            return False
        told = sum(starts_with_verb(line.text(action)) for line in self.full)
        states = filter(None, (line.text(state) for line in self.full))
        return told >= 0.5 * len(self.full) and all(map(short_status, states))


@dataclass(frozen=True, slots=True)
class Marked:
    """One line with what it is: "header", "rule", "empty", "above" (a header to come) or "line" of its region."""

    line: Line
    kind: str
    region: Region | None = None


def regions_of(
    tables: Sequence[Table],
    terms: frozenset[str],
    apart: Sequence[bool],
    others: Sequence[bool],
) -> list[list[Marked]]:
    """The lines of each table, marked. A region goes on in a later table that has no header of its own and whose cells
    are what its columns hold.

    Args: terms, the words that the plan's own key explains; apart, for each table whether a heading stands over it;
        others, whether it says that the table is none of this plan.
    """
    known: dict[tuple[str, ...], Region] = {}
    active: Region | None = None
    marked = []
    for table, headed, other in zip(tables, apart, others, strict=True):
        lines = lines_of(table)
        goes_on = active is not None and not other and _goes_on(lines, active, headed)
        found, active = _mark(lines, table.width, active if goes_on else None, {} if other else known)
        marked.append(found)
    every = {id(mark.region): mark.region for lines in marked for mark in lines if mark.region}.values()
    for region in every:
        region.understand(terms)
    for region in [mark.region for at, other in enumerate(others) if other for mark in marked[at] if mark.region]:
        region.kind = ReadAs.OTHER
    stating = [region for region in every if region.states_actions]
    for region in stating if any(region.is_followed for region in stating) else ():
        region.kind = ReadAs.MEETINGS if region.happens else None  # beside a plan that is followed up
    return marked


def _mark(
    lines: list[Line], width: int, active: Region | None, known: dict[tuple[str, ...], Region]
) -> tuple[list[Marked], Region | None]:
    found: list[Marked] = []
    heads = [is_header(line) and not _comes_again(lines, at) for at, line in enumerate(lines)]
    depths = [header_depth(lines, heads, at) for at in range(len(lines))]
    if not any(depths) and active is None:
        named = _names_columns(lines)
        if named is not None:
            depths[named] = 1
        else:
            active = Region(("",) * width)
    at = 0
    while at < len(lines):
        depth = depths[at]
        if depth:
            headings = _headings(lines[at : at + depth])
            active = known.setdefault(tuple(map(normal, headings)), Region(headings))
            found += [Marked(line, "rule" if is_rule(line) else "header", active) for line in lines[at : at + depth]]
            at += depth
            continue
        line = lines[at]
        kind = "rule" if is_rule(line) else "empty" if line.empty else "above" if active is None else "line"
        if kind == "line" and active is not None:
            line = line.padded(len(active.headings))
            active.lines.append(line)
        found.append(Marked(line, kind, active))
        at += 1
    return found, active


def _comes_again(lines: Sequence[Line], at: int) -> bool:
    """True where cells of a line stand in the line below, too, which is another line: they are values, no names."""
    line, below = lines[at], next((each for each in lines[at + 1 :] if not each.empty and not is_rule(each)), None)
    if below is None:
        return False
    same = sum(normal(line.text(column)) == normal(below.text(column)) for column in line.filled)
    return 2 <= same < len(line.filled) and bool(at)


def _goes_on(lines: list[Line], region: Region, apart: bool) -> bool:
    """True where the lines have no more columns in use than the header above them, and hold what these ask for; where a
    heading stands between, their first line too, as it may be a header in words that nobody knows."""
    used = max((column + 1 for line in lines for column in line.filled), default=0)
    most = max((len(line.filled) for line in lines), default=0)
    width, headed = len(region.headings), any(heading.strip() for heading in region.headings)
    if not 0 < used <= width or (not headed and (apart or used != width)):
        return False
    sheets = {line.locator.sheet for line in (*lines, *region.lines[:1])}
    alike = (most >= min(3, width) and not apart) or len(lines[0].places) >= width - 1
    if len(sheets) != 1 or not alike or _names_columns(lines) is not None:
        return False
    top = next((line for line in lines if len(line.filled) > 1 and not is_rule(line)), None)
    if apart and top is not None and not _holds([top], region.headings, apart):
        return False
    return not headed or _holds(lines, region.headings, apart)


def _holds(lines: Sequence[Line], headings: Sequence[str], apart: bool) -> bool:
    """True where the cells under most headings are what these ask for; some must be where tables stand apart."""
    fits = []
    for column, heading in enumerate(headings):
        role = best_role(heading)[0]
        texts = [line.text(column) for line in lines if column in line.filled and len(line.filled) > 1]
        looks = LOOKS.get(role) if role else None
        if looks is not None and texts:
            fits.append(sum(map(looks, texts)) / len(texts))
    return sum(fits) >= 0.5 * len(fits) if fits else not apart


def _names_columns(lines: Sequence[Line]) -> int | None:
    """The first line with words in several cells, where it names the columns in words that nobody knows: the format
    marks it so, or it has short words over a column of dates, figures or states."""
    top = next((at for at, line in enumerate(lines) if len(line.filled) > 1 and not is_rule(line)), len(lines))
    below = [line for line in lines[top + 1 :] if not line.empty and not is_rule(line)]
    if not below or len(lines[top].filled) < 0.5 * max(len(line.filled) for line in below):
        return None
    marked = is_rule(lines[top + 1]) or (_all_heads(lines[top]) and not all(map(_all_heads, below)))
    full = [line for line in below if len(line.filled) > 1]
    return top if marked or (full and _contrasts(lines[top], full)) else None


def _all_heads(line: Line) -> bool:
    """True where all cells are marked as headings, or all are shaded alike beside their words."""
    places = [line.places[column] for column in line.filled]
    shades = {place.piece.colour for place in places}
    return all(place.head for place in places) or (len(shades) == 1 and None not in shades and len(places) > 2)


def _contrasts(line: Line, below: Sequence[Line]) -> bool:
    """True where a line has short words over a column of dates, figures or states."""
    texts = [one_line(line.text(column)) for column in line.filled]
    if len(line.filled) < max(len(each.filled) for each in below) or len(set(texts)) < len(texts):
        return False
    if any(len(text.split()) > 8 or text.endswith(".") for text in texts):
        return False
    if any((_kind(text) or is_date(text)) and not is_period(text) for text in texts):
        return False
    typed = 0
    for column in line.filled:
        cells = [each.text(column) for each in below if each.text(column).strip()]
        typed += bool(cells) and sum(map(_kind, cells)) >= 0.6 * len(cells)
        typed += bool(cells) and len(line.filled) > 2 and all(map(is_fixed_date, cells))
    return typed >= (1 if len(below) > 1 else 2)


def _kind(text: str) -> bool:
    """True for what is no name of a column: a date, a figure, a reference, a state, a colour."""
    line = one_line(text)
    return bool(
        is_fixed_date(text)
        or is_number(line)
        or (whole_ref(text) and any(letter.isdigit() for letter in line))
        or colour_of(text)
        or short_status(text)
    )


def is_rule(line: Line) -> bool:
    """True for the line of dashes under a header."""
    texts = [place.piece.text for place in line.places if place.piece.text.strip()]
    return bool(texts) and all(_RULE.fullmatch(text) and ("-" in text or "=" in text) for text in texts)


def header_depth(lines: Sequence[Line], heads: Sequence[bool], at: int) -> int:
    """How many lines from `at` on are one header: 0, 1, or 2 where the second names what the first leaves open.

    Args: heads, for each line whether it reads as a header by itself.
    """
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or not (heads[at] or heads[at + 1]):
        return int(heads[at])
    if heads[at + 1] and _groups(lines[at], below):
        return 2
    if heads[at]:
        return 2 if _completes(lines[at], below) else 1
    # a line of merged titles over a header proper: "Timescales" over "Start" and "End"
    spans = [place.span for place in lines[at].places if place.own and place.first and place.piece.words]
    merged_down = any(not place.own and place.piece.words for place in below.places)
    return 2 if len(spans) > 1 and (merged_down or 1 < max(spans) < len(lines[at].places)) else 0


def is_header(line: Line) -> bool:
    """True where the cells of the line are names of columns."""
    raw = [line.text(column) for column in line.filled]
    if len(raw) < 2 or any(len(text) > 400 for text in raw):
        return False
    texts = [one_line(text) for text in raw]
    if len({normal(text) for text in texts}) < 2 or any(len(text.split()) > 16 for text in texts):
        return False
    ref = whole_ref(texts[0])
    if ref and is_coded(ref) and not is_period(texts[0]) and not role_scores(texts[0]):
        return False  # a row, whose owner is "Lead" and whose date is "Complete"
    led = [found[0] for text in texts if (found := leading_ref(text)) and len(text.split()) > 3]
    if led and len(led) < len(texts) and any(map(is_coded, led)):
        return False
    periods = [text for text in texts if is_period(text)]
    dates = [text for text in texts if is_fixed_date(text) and text not in periods and not role_scores(text)]
    named = [role_scores(text) for text in texts if text not in dates and text not in periods]
    likely = [scores for scores in named if scores and scores[0][1] >= LIKELY]
    offers = [{role for role, score in scores if score >= 0.69} for scores in named]
    sure = set().union(*offers) if sum(map(bool, offers)) >= 2 else set()
    least = 4 if dates else 3 if periods and Role.ACTION not in sure else 2
    return len(likely) >= 0.5 * (len(texts) - len(periods)) and len(sure) >= least


def _groups(upper: Line, lower: Line) -> bool:
    """True where a line of few short titles stands over a header that names each column below them."""
    texts = [one_line(upper.text(column)) for column in upper.filled]
    if not 2 <= len(texts) < len(lower.filled) or any(len(text.split()) > 4 for text in texts):
        return False
    over = set(upper.filled) <= set(lower.filled)
    named = sum(best_role(text)[1] >= LIKELY for text in texts)
    return over and named >= 0.5 * len(texts) and not any(is_fixed_date(text) for text in texts)


def _completes(upper: Line, lower: Line) -> bool:
    """True where the lower line is the second half of a header: short words of the trade where the upper is open."""
    texts = [one_line(lower.text(column)) for column in lower.filled]
    if not texts or any(len(text.split()) > 6 or is_fixed_date(text) for text in texts):
        return False
    merged_down = any(not place.own and place.piece.words for place in lower.places)
    over = [upper.places[column] for column in lower.filled]
    open_places = merged_down or all(not each.piece.text.strip() or each.span > 1 or not each.first for each in over)
    under = all(each.span > 1 or not each.first for each in over)  # each below a title of several columns
    named = [best_role(text)[1] >= LIKELY for text in texts]
    return open_places and (any(named) if merged_down and under else all(named))


def _headings(lines: Sequence[Line]) -> tuple[str, ...]:
    """One heading a column: the lower line's words, led by the upper's where that says more."""
    found: list[str] = []
    upper = ""
    spread = len(lines) == 2 and _groups(lines[0], lines[1])
    for column in range(len(lines[0].places)):
        upper, lower = one_line(lines[0].text(column)) or (upper if spread else ""), one_line(lines[-1].text(column))
        if not upper or upper == lower:
            found.append(lower or (found[-1] if found and is_period(found[-1]) else ""))
        else:
            found.append(max((lower, f"{upper} {lower}"), key=lambda name: best_role(name)[1]) if lower else upper)
    return tuple(found)
