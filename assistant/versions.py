"""Versions of plans: series of documents, which version answers, what falls due, and what is said again elsewhere."""

import calendar
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from assistant.errors import RecordNotFound
from assistant.lexicon import small
from assistant.matching import Row, letters_said, match, same_rows, stems_of
from assistant.records import Action, Source
from assistant.vocabulary import split_words

SURE = 0.7
"""From here on the newest version answers for its series unless another is asked for."""

_MONTHS = frozenset(name.lower() for names in (calendar.month_name, calendar.month_abbr) for name in names if name)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATED = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?=(?:{_MONTH})\b)|\b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b|"
    r"\b(?:19|20)\d\d(?:\s?[-–/]\s?\d\d(?:\d\d)?)?\b|\b(?:version|v)\.?\s?\d+(?:\.\d+)*\b|\([^)]*\)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\b(?:version|v)[. _-]?(\d+(?:\.\d+)*)", re.IGNORECASE)
_OF_A_VERSION = small("of_a_version")
_FEW_ALIKE, _MOST_ALIKE, _SAME_WORDS = 0.15, 0.6, 0.1
"""The share of the rows of the shorter that stand in the longer: enough under one title, and enough under two, where
so many have the same words."""
RowsOf = Callable[[str], Sequence[Action]]
"""The actions of a document, by its name."""
_ALIKE, _STEMS, _BEGINNING = 0.75, 4, 4
"""The share of stems, of both together, from which two recommendations say the same; the fewest stems that can tell;
the letters by which "give" and "given", "write" and "written" are one."""


@dataclass(frozen=True, slots=True)
class Series:
    """Versions of one plan or log, oldest first, with how sure it is in [0, 1] and why."""

    sources: tuple[Source, ...]
    sure: float
    reason: str
    doubt: str = ""
    """Why the order is not certain; empty where it is."""

    @property
    def newest(self) -> Source:
        return self.sources[-1]

    @property
    def settled(self) -> bool:
        """Whether the newest version answers for all."""
        return self.sure >= SURE

    def at(self, day: date) -> Source:
        """The version that stood on a day: the last that is dated on it or before; the oldest where none is."""
        return next((one for one in reversed(self.sources) if (when(one) or date.min) <= day), self.sources[0])

    def as_dict(self) -> dict[str, Any]:
        """The series ready for JSON."""
        said = {"sure": self.sure, "reason": self.reason, "settled": self.settled, "doubt": self.doubt}
        return {"versions": [{"document": one.document, "date": _iso(one)} for one in self.sources], **said}

    def as_text(self) -> str:
        """The series for a person: documents, how sure, and how to say otherwise."""
        names = ", ".join(f"{one.document} ({_iso(one) or 'no date'})" for one in self.sources)
        head = "versions of one plan" if self.settled else "perhaps versions of one plan"
        what = f"{self.newest.document} answers" if self.settled else "each answers until you say --join"
        return f"{head} (sure {self.sure:.2f}: {self.reason}): {names}. {what}. {self.doubt}".rstrip()


@lru_cache(maxsize=10_000)
def core_title(title: str) -> str:
    """The words of a title without dates, versions and brackets."""
    words = [word.plain for word in split_words(_DATED.sub(" ", title))]
    return " ".join(word for word in words if word not in _MONTHS and word not in _OF_A_VERSION)


def when(source: Source) -> date | None:
    """The day that a document speaks of: its date, or the end or the start of its period."""
    return source.plan_date or source.period_start or source.period_end


def _iso(source: Source) -> str | None:
    day = when(source)
    return day.isoformat() if day else None


def find_series(sources: Sequence[Source], rows_of: RowsOf) -> tuple[Series, ...]:
    """The series among some sources. What a person said of a document, in `Source.series`, stands above all else.

    Compared are documents of one title, and those that say some of their actions in the same words."""
    said = lru_cache(maxsize=1_000)(lambda name: list(map(Row, rows_of(name))))
    groups: list[tuple[list[Source], float, str]] = []
    for name in dict.fromkeys(source.series for source in sources if source.series):
        groups.append(([one for one in sources if one.series == name], 1.0, "said in the manifest"))
    holding: dict[int, list[int]] = {}
    for source in (one for one in sources if not one.series):
        keys = {hash(core_title(source.title)), *(hash(letters_said(row)) for row in rows_of(source.document))}
        shared = Counter(at for key in keys for at in holding.get(key, ()))
        titled = {*holding.get(hash(core_title(source.title)), ())}
        near = sorted(at for at, times in shared.items() if at in titled or times >= _SAME_WORDS * len(keys))
        likes = ((max(_alike(source, other, said) for other in groups[at][0]), at) for at in near)
        (sure, reason), at = max(likes, key=lambda one: one[0][0], default=((0.0, ""), 0))
        if not sure:
            at = len(groups)
            groups.append(([], 1.0, ""))
        members, least, _ = groups[at]
        groups[at] = ([*members, source], min(sure or 1.0, least), reason)
        for key in keys:
            holding.setdefault(key, []).append(at)
    return tuple(_series(*group) for group in groups if len(group[0]) > 1)


def _alike(one: Source, other: Source, said: Callable[[str], list[Row]]) -> tuple[float, str]:
    """How sure one document is another version of the other, and why; 0 where it is none."""
    title = core_title(one.title) == core_title(other.title) != ""
    known = one.authority is not None and other.authority is not None
    authority = (one.authority or "").casefold() == (other.authority or "").casefold()
    if (known and not authority) or not (title or title_stems(one.title) & title_stems(other.title)):
        return 0.0, ""
    left, right = said(one.document), said(other.document)
    fewest, most = sorted((len(left), len(right)))
    shared = same_rows(left, right, needed=0 if title else _MOST_ALIKE * most)
    share, rows = shared / (fewest or 1), f"{shared} of {fewest} rows alike"
    if title and share >= _FEW_ALIKE:
        return round(min(1.0, 0.5 + 0.5 * share - (0 if authority else 0.1)), 2), f"same title, {rows}"
    if not title and shared >= _MOST_ALIKE * max(most, 1):
        return round(0.3 + 0.35 * share, 2), f"titles differ, {rows}"
    return 0.0, ""


@lru_cache(maxsize=10_000)
def title_stems(title: str) -> frozenset[str]:
    """The stems of a title without dates and versions."""
    return frozenset(word.stem for word in split_words(core_title(title)))


def _series(sources: Sequence[Source], sure: float, reason: str) -> Series:
    ordered = sorted(sources, key=lambda one: (when(one) or date.min, _number(one), one.loaded_at, one.document))
    days = [when(one) for one in ordered]
    doubt = ""
    if len(set(days)) < len(days) or None in days:
        numbered = len({(when(one), _number(one)) for one in ordered}) == len(ordered)
        same = "has no date" if None in days else "carries the same date as another"
        by = "version numbers decide the order" if numbered else "the one that was loaded last counts as newer"
        doubt = f"One {same}, so {by}; give each its date in manifest.toml to settle it."
    return Series(tuple(ordered), sure, reason, doubt)


def _number(source: Source) -> tuple[int, ...]:
    """The version number that a title or a file name gives."""
    found = _VERSION.search(source.title) or _VERSION.search(source.document)
    return tuple(int(part) for part in found.group(1).split(".")) if found else ()


def series_with(series: Sequence[Series], document: str) -> Series | None:
    """The series that a document belongs to."""
    return next((one for one in series if any(source.document == document for source in one.sources)), None)


def left_out(series: Sequence[Series], asked: Sequence[str], day: date | None) -> frozenset[str]:
    """The documents that another version answers for.

    Args: asked, the documents that a question names: of each series the one among them answers, if it is one; day, by
    which the version that stood on it answers, by default the newest."""
    out: set[str] = set()
    for one in series:
        named = [source for source in one.sources if source.document in asked]
        if one.settled or len(named) == 1:
            chosen = named[0] if len(named) == 1 else one.at(day) if day else one.newest
            out |= {source.document for source in one.sources if source != chosen}
    return frozenset(out)


def version_notes(series: Sequence[Series], hidden: Collection[str], shown: Collection[str]) -> tuple[str, ...]:
    """What a reader must know of the versions that answered: which it is, and which others are held."""
    told = []
    for one in series:
        kept = next((source for source in one.sources if source.document not in hidden), one.newest)
        others = [_dated(source) for source in one.sources if source.document in hidden]
        if others and any(source.document in shown for source in one.sources):
            newest = f"this is the version of {_dated(kept)}, not the newest"
            which = "this is the newest version" if kept == one.newest else newest
            also = " and ".join(filter(None, (", ".join(others[:-1]), others[-1])))
            held = f"{also} {'are' if len(others) > 1 else 'is'} held too."
            told.append(f"{kept.title}: {which}; {held} {one.doubt}".rstrip())
    return tuple(told)


def _dated(source: Source) -> str:
    day = when(source)
    return f"{day.day} {day:%B %Y}" if day else source.document


def to_compare(
    series: Sequence[Series], sources: Sequence[Source], old: str | None = None, new: str | None = None
) -> list[tuple[Source, Source]]:
    """The pairs of versions that are compared, the older first: those named, else the newest two of each series.

    One that is named alone is compared with the version before it, and the oldest with the one after it.
    Raises: RecordNotFound for a document that is not held, or that is the only version of its plan."""
    if not old and not new:
        return [(one.sources[-2], one.sources[-1]) for one in series]
    held = {source.document: source for source in sources}
    for name in (old, new):
        if name and name not in held:
            raise RecordNotFound(f'No document "{name}" is held. Those that are: plan-assistant sources')
    if old and new:
        return [(held[old], held[new])]
    only = held[old or new or ""]
    if (found := series_with(series, only.document)) is None:
        words = "is the only version of its plan that is held. Name two with --from and --to."
        raise RecordNotFound(f'"{only.document}" {words}')
    at = found.sources.index(only)
    if old and only != found.newest:
        return [(only, found.newest)]
    return [(found.sources[at - 1], only) if at else (only, found.sources[1])]


@dataclass(frozen=True, slots=True)
class FallingDue:
    """Open actions by their due date, earliest first; `undated` are open too but have none."""

    as_of: date
    late: tuple[Action, ...]
    coming: tuple[Action, ...]
    undated: tuple[Action, ...]

    @property
    def dated(self) -> tuple[Action, ...]:
        return (*self.late, *self.coming)


def falling_due(rows: Sequence[Action], as_of: date, within: int | None) -> FallingDue:
    """What of these rows is late on a day, and what falls due from it on.

    Args: within, in so many days, the day itself and the last among them; None for whenever."""
    open_rows = [row for row in rows if row.open]
    dated = sorted((row for row in open_rows if row.due), key=lambda row: (row.due or as_of, row.plan))
    ahead = (date.max - as_of).days
    last = as_of + timedelta(days=min(within, ahead)) if within is not None else date.max
    return FallingDue(
        as_of,
        tuple(row for row in dated if row.due and row.due < as_of),
        tuple(row for row in dated if row.due and as_of <= row.due <= last),
        tuple(row for row in open_rows if row.due is None),
    )


def first_ids(series: Sequence[Series], rows_of: RowsOf) -> dict[str, str]:
    """For each row of a newer version the id that its action had in the first version that holds it."""
    first: dict[str, str] = {}
    for one in series:
        for old, new in zip(one.sources, one.sources[1:], strict=False):
            for pair in match(rows_of(old.document), rows_of(new.document)).pairs:
                first.setdefault(pair.new.id, first.get(pair.old.id, pair.old.id))
    return first


@dataclass(frozen=True, slots=True)
class SaidAgain:
    """One recommendation with the first action under it, in an earlier and in a later document."""

    first: Action
    again: Action
    months: int | None
    """Whole months between the two documents; None where one has no date."""

    def as_dict(self) -> dict[str, Any]:
        """The pair ready for JSON."""
        told = {
            name: {"document": row.document, "id": row.id, "locator": row.locator.as_dict(), "text": row.recommendation}
            | {"authority": row.authority}
            for name, row in (("first", self.first), ("again", self.again))
        }
        return {**told, "months": self.months, "words": self.words}

    @property
    def words(self) -> str:
        """Such as "said again, 14 months later"."""
        if self.months is None:
            return "said again"
        later = f"{self.months} months later" if self.months != 1 else "a month later"
        return f"said again, {later if self.months else 'in the same month'}"


def said_again(sources: Sequence[Source], rows: Sequence[Action], series: Sequence[Series]) -> list[SaidAgain]:
    """The recommendations of one plan that stand in another that is no version of it, the earlier first."""
    dates = {one.document: when(one) for one in sources}
    order = {name: (str(day or ""), name) for name, day in dates.items()}
    heads: dict[tuple[str, str], Action] = {}
    for row in rows:
        if row.recommendation and row.document in order:
            heads.setdefault((row.document, row.recommendation), row)
    said = ((frozenset(stem[:_BEGINNING] for stem in stems_of(text)), row) for (_, text), row in heads.items())
    known = sorted(said, key=lambda one: order[one[1].document])
    chains = {name: series_with(series, name) or name for name in order}
    return [
        SaidAgain(row, later, (then.year - day.year) * 12 + then.month - day.month if day and then else None)
        for at, (stems, row) in enumerate(known)
        for others, later in known[at + 1 :]
        if min(len(stems), len(others)) >= _STEMS and len(stems & others) >= _ALIKE * len(stems | others)
        if chains[row.document] != chains[later.document]
        for day, then in [(dates[row.document], dates[later.document])]
    ]
