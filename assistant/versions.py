"""Series: which documents are one plan or log at different dates, how sure that is, and which version answers."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from assistant.errors import RecordNotFound
from assistant.matching import same_rows
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
_OF_A_VERSION = frozenset(
    {"updated", "update", "revised", "revision", "refreshed", "refresh", "version", "draft", "final", "approved"}
    | {"quarter", "q1", "q2", "q3", "q4", "as", "at", "of", "the"}
)
_FEW_ALIKE, _MOST_ALIKE = 0.15, 0.6
"""The share of the rows of the shorter that stand in the longer: enough under one title, and enough under two."""


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
        versions = [
            {"document": one.document, "date": day.isoformat() if (day := when(one)) else None} for one in self.sources
        ]
        return {
            "versions": versions,
            "sure": self.sure,
            "reason": self.reason,
            "settled": self.settled,
            "doubt": self.doubt,
        }

    def as_text(self) -> str:
        """The series for a person: documents, how sure, and how to say otherwise."""
        names = ", ".join(
            f"{one.document} ({day.isoformat() if (day := when(one)) else 'no date'})" for one in self.sources
        )
        head = "versions of one plan" if self.settled else "perhaps versions of one plan"
        what = f"{self.newest.document} answers" if self.settled else "each answers until you say --join"
        doubt = f" {self.doubt}" if self.doubt else ""
        return f"{head} (sure {self.sure:.2f}: {self.reason}): {names}. {what}.{doubt}"


@lru_cache(maxsize=4_096)
def core_title(title: str) -> str:
    """The words of a title without dates, versions and brackets."""
    words = [word.plain for word in split_words(_DATED.sub(" ", title))]
    return " ".join(word for word in words if word not in _MONTHS and word not in _OF_A_VERSION)


def when(source: Source) -> date | None:
    """The day that a document speaks of: its date, or the end or the start of its period."""
    return source.plan_date or source.period_start or source.period_end


RowsOf = Callable[[str], Sequence[Action]]
"""The actions of a document, by its name."""


def find_series(sources: Sequence[Source], rows_of: RowsOf) -> tuple[Series, ...]:
    """The series among some sources. What a person said of a document, in `Source.series`, stands above all else."""
    groups: list[tuple[list[Source], float, str]] = []
    for name in dict.fromkeys(source.series for source in sources if source.series):
        groups.append(([one for one in sources if one.series == name], 1.0, "said in the manifest"))
    for source in (one for one in sources if not one.series):
        likes = ((_likeness(source, group[0], rows_of), group) for group in groups if not group[0][0].series)
        (sure, reason), group = max(likes, key=lambda one: one[0][0], default=((0.0, ""), None))
        if group and sure:
            group[0].append(source)
            groups[groups.index(group)] = (group[0], min(sure, group[1]), reason)
        else:
            groups.append(([source], 1.0, ""))
    return tuple(_series(*group) for group in groups if len(group[0]) > 1)


def _likeness(source: Source, group: Sequence[Source], rows_of: RowsOf) -> tuple[float, str]:
    """How sure a document is another version of the likest of a group, and why; 0 where it is none."""
    return max((_alike(source, other, rows_of) for other in group), default=(0.0, ""))


def _alike(one: Source, other: Source, rows_of: RowsOf) -> tuple[float, str]:
    title = core_title(one.title) == core_title(other.title) != ""
    known = one.authority is not None and other.authority is not None
    authority = (one.authority or "").casefold() == (other.authority or "").casefold()
    if (known and not authority) or not (title or _title_stems(one.title) & _title_stems(other.title)):
        return 0.0, ""
    left, right = rows_of(one.document), rows_of(other.document)
    if not left or not right:
        return 0.0, ""
    shared = same_rows(left, right)
    share = shared / min(len(left), len(right))
    rows = f"{shared} of {min(len(left), len(right))} rows alike"
    if title and share >= _FEW_ALIKE:
        return round(min(1.0, 0.5 + 0.5 * share - (0 if authority else 0.1)), 2), f"same title, {rows}"
    if not title and shared / max(len(left), len(right)) >= _MOST_ALIKE:
        return round(0.3 + 0.35 * share, 2), f"titles differ, {rows}"
    return 0.0, ""


@lru_cache(maxsize=10_000)
def _title_stems(title: str) -> frozenset[str]:
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
    which the version that stood on it answers, by default the newest.
    """
    out: set[str] = set()
    for one in series:
        named = [source for source in one.sources if source.document in asked]
        if one.settled or len(named) == 1:
            chosen = named[0] if len(named) == 1 else one.at(day) if day else one.newest
            out |= {source.document for source in one.sources if source != chosen}
    return frozenset(out)


def version_notes(series: Sequence[Series], hidden: Collection[str], shown: Collection[str]) -> tuple[str, ...]:
    """What a reader must know of the versions that answered: which it is, and which others are held."""
    return tuple(_note(one, hidden) for one in series if any(source.document in shown for source in one.sources))


def _note(series: Series, hidden: Collection[str]) -> str:
    kept = next((source for source in series.sources if source.document not in hidden), series.newest)
    others = [_dated(source) for source in series.sources if source.document in hidden]
    also = f"{', '.join(others[:-1])} and {others[-1]}" if len(others) > 1 else others[0]
    newest = kept == series.newest
    which = "this is the newest version" if newest else f"this is the version of {_dated(kept)}, not the newest"
    doubt = f" {series.doubt}" if series.doubt else ""
    return f"{kept.title}: {which}; {also} {'are' if len(others) > 1 else 'is'} held too.{doubt}"


def _dated(source: Source) -> str:
    day = when(source)
    return f"{day.day} {day:%B %Y}" if day else source.document


def to_compare(
    series: Sequence[Series], sources: Sequence[Source], old: str | None = None, new: str | None = None
) -> list[tuple[Source, Source]]:
    """The pairs of versions that are compared, the older first: those named, else the newest two of each series.

    One that is named alone is compared with the version before it, and the oldest with the one after it.
    Raises: RecordNotFound for a document that is not held, or that is the only version of its plan.
    """
    if not old and not new:
        return [(one.sources[-2], one.sources[-1]) for one in series]
    held = {source.document: source for source in sources}
    for name in (old, new):
        if name and name not in held:
            raise RecordNotFound(f'No document "{name}" is held. Those that are: plan-assistant sources')
    if old and new:
        return [(held[old], held[new])]
    only = old or new or ""
    if (found := series_with(series, only)) is None:
        raise RecordNotFound(f'"{only}" is the only version of its plan that is held. Name two with --from and --to.')
    at = next(number for number, source in enumerate(found.sources) if source.document == only)
    if old:
        return [
            (found.sources[at], found.newest)
            if at < len(found.sources) - 1
            else (found.sources[at - 1], found.sources[at])
        ]
    return [(found.sources[at - 1], found.sources[at]) if at else (found.sources[0], found.sources[1])]
