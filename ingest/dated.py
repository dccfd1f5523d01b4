"""When a document is dated, and what time its plan covers. Dates of what it speaks of are neither."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.dates import DateSpan, Precision, find_dates, read_due
from ingest.layout.labels import labels_of
from ingest.layout.shapes import is_fixed_date

LISTED = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)])\s")
_SAID = re.compile(
    r"(?:\b(?:last updated|updated?|(?:position |status |correct )?as (?:at|of|on)|as|position at|status at|compiled|"
    r"(?:meeting|minutes) of|held|dated|date of (?:report|plan|meeting|issue)|"
    r"(?:committee|meeting|report|issue|print) date|"
    r"published|printed|produced|prepared|revised|refreshed|reviewed|approved|agreed|issued|final|draft|"
    r"correct|edition|version[^,;]{0,12}|v ?\d+(?:\.\d+)*)|(?<!\w )\bdate)"
    r"[\s,;:–—-]*(?:on|in|at|of|by|to|the|for|final|draft|[\s,;:])*\Z",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:letter|inspect\w+|visit\w*|judg\w+|ofsted|response to|due|deadline|complete\w* by|by when|from|since|"
    r"start\w*|until|ends?|next|target|timescale|published by|following|after|before|review of|report of the)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|['’/. -]\d\d\b(?!\d)")
_YEARS = re.compile(r"\b(?P<first>20\d\d)\s*(?:[-–—/]|to|and)\s*(?P<second>20\d\d|\d\d)\b")
_RANGE = re.compile(
    r"\b(?P<first>(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\s+20\d\d)\s*(?:to|until|"
    r"[-–—])\s*(?P<second>(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\s+20\d\d)\b"
)
_ANY_DAY = date(2020, 1, 1)
"""Two digits of a year are read from here: 2020 and twenty years on, else the last century."""
_TITLES = 8
"""How many lines may stand above a date that stands alone."""


def plan_date_of(front: Sequence[str]) -> date | None:
    """The date of a document: said with a word such as "updated", alone below its title, or in the title."""
    lines = [line for line in front if line.strip() and not LISTED.match(line)]
    year = _only_year(lines)
    said = next((day for line in lines for day in _said_in(line, None)), None)
    found = said or _alone(lines) or _below_label(lines) or _in_title(lines)
    return found or next((day for line in lines for day in _said_in(line, year)), None)


def _spans(line: str) -> Iterator[DateSpan]:
    for span in find_dates(line[:400], _ANY_DAY):
        if span.precision in (Precision.DAY, Precision.MONTH):
            yield span


def _last(span: DateSpan) -> date | None:
    return span.end - timedelta(days=1) if span.end else None


def _said_in(line: str, year: int | None) -> Iterator[date]:
    at = 0
    for span in _spans(line):
        start = line.find(span.text, at)
        before, at = line[max(0, at) : start], start + len(span.text)
        own = re.match(r"as (?:at|of|on)\b", span.text)
        last = _last(span)
        if last is None or not (own or _SAID.search(before)) or _OF_ANOTHER.search(before[-60:]):
            continue
        if _YEAR.search(span.text):
            yield last
        elif year is not None:
            yield last.replace(year=year, day=min(last.day, 28) if last.month == 2 else last.day)


def _only_year(lines: Sequence[str]) -> int | None:
    """The one year that the title states; None where it states none or several."""
    years = set(re.findall(r"\b20\d\d\b", " ".join(lines[:3])))
    return int(years.pop()) if len(years) == 1 else None


def _alone(lines: Sequence[str]) -> date | None:
    """A date that is a line by itself, above all sentences, and the only such line: else these are dates of actions."""
    bare = [line for line in lines if is_fixed_date(line) and ":" not in line and not _OF_ANOTHER.search(line)]
    days = [day for line in bare if not _RANGE.search(line) and not _YEARS.search(line) and (day := _day(line))]
    above = lines[: lines.index(bare[0])] if bare else []
    told = any(line.rstrip().endswith((".", ";")) for line in above)
    return days[0] if len(days) == 1 and not told and len(above) < _TITLES else None


def _in_title(lines: Sequence[str]) -> date | None:
    """A date at the end of a title line: "Fenbridge Council, March 2025"."""
    for line in lines[:6]:
        if labels_of(line) or len(line.split()) > 16 or line.rstrip().endswith((".", ";")):
            continue
        words = line.strip(" *_#.)|")
        ends = [span for span in _spans(words) if words.endswith(span.text) and _YEAR.search(span.text)]
        before = words.removesuffix(ends[-1].text).rstrip() if ends else ""
        if before and not _OF_ANOTHER.search(before) and (re.search(r"[,|(:–—-]\Z|\b(?:of|on)\Z", before)):
            return _last(ends[-1])
    return None


def _below_label(lines: Sequence[str]) -> date | None:
    """A date anywhere in the front matter when a label says that dates stand there."""
    label = re.compile(r"\W*dated?\W*|committee date\W*|date of meeting\W*", re.IGNORECASE)
    if not any(label.fullmatch(line) for line in lines[:20]):
        return None
    return next((day for line in lines[:30] if is_fixed_date(line) and (day := _day(line))), None)


def _day(text: str) -> date | None:
    return next((last for span in _spans(text) if _YEAR.search(span.text) and (last := _last(span))), None)


def period_of(front: Sequence[str]) -> tuple[date, date] | None:
    """First and last day of the time that the plan covers: stated months, or years, which run from April to March."""
    for line in front:
        match = _RANGE.search(line)
        if match and len(line.split()) <= 25:
            first, second = read_due(match["first"]).due, read_due(match["second"]).due
            if first and second and first < second:
                return first.replace(day=1), second.replace(day=monthrange(second.year, second.month)[1])
    for line in front:
        match = _YEARS.search(line)
        if match and len(line.split()) <= 20:
            first_year = int(match["first"])
            last_year = (
                int(match["second"]) if len(match["second"]) == 4 else first_year // 100 * 100 + int(match["second"])
            )
            if 0 < last_year - first_year <= 10:
                return date(first_year, 4, 1), date(last_year, 3, 31)
    return None
