"""What holds for any text."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.dates import find_dates, read_due
from assistant.dates.tokens import LEXICON

WORDS = st.one_of(
    st.sampled_from(sorted(LEXICON)),
    st.integers(0, 99999).map(str),
    st.sampled_from(
        ["31/02/2026", "1/4", "2024-25", "9999", "2199", "24/7", "Act", "5.10", "\n", "\t", "12th", "Q4", "H2"]
    ),
)


@given(st.lists(WORDS, max_size=9).map(" ".join), st.booleans())
def test_any_run_of_date_words_is_read_in_order(text: str, day_first: bool) -> None:
    spans = find_dates(text, date(2020, 6, 15), day_first=day_first)
    end = 0
    for span in spans:
        assert span.offset >= end
        end = span.offset + len(span.text)
        assert text[span.offset : end] == span.text
        assert span.start or span.end
        assert span.start is None or span.end is None or span.start < span.end


@given(st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=7).map(" ".join)))
def test_any_cell_is_read(text: str) -> None:
    read = read_due(text, period=(date(2020, 4, 1), date(2021, 3, 31)))
    assert read.due is None or read.first is None or read.milestones or read.first <= read.due or read.start


_AFTER = {"after": 1, "since": 0, "later than": 1, "on or after": 0, "beyond": 1}
_BEFORE = {"before": 0, "prior to": 0, "by": 1, "earlier than": 0, "on or before": 1}
_DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@given(_DAYS, _DAYS, st.sampled_from(sorted(_AFTER)), st.sampled_from(sorted(_BEFORE)), st.sampled_from(["and", "or"]))
def test_two_sides_joined_are_each_read_for_what_they_are(
    one: date, other: date, after: str, before: str, join: str
) -> None:
    parts = [f"{after} {one.day} {one:%B %Y}", f"{before} {other.day} {other:%B %Y}"]
    first, end = one + timedelta(_AFTER[after]), other + timedelta(_BEFORE[before])
    wanted = {(first, None), (None, end)}
    for words in (parts, parts[::-1]):
        spans = {(span.start, span.end) for span in find_dates(f" {join} ".join(words), date(2020, 6, 15))}
        assert spans in (wanted, {(first, end)} if join == "and" else wanted)


@given(st.integers(1, 9), st.integers(2016, 2030), st.sampled_from(["or before", "or after", "and after", "or beyond"]))
def test_a_side_that_no_date_follows_ends_the_date_before_it(month: int, year: int, side: str) -> None:
    start, end = date(year, month, 1), date(year, month + 1, 1)
    [span] = find_dates(f"what is due in {start:%B %Y} {side}?", date(2020, 6, 15))
    assert (span.start, span.end) == ((None, end) if "before" in side else (start, None))


def test_easter_of_known_years() -> None:
    days = [find_dates(f"Easter {year}", date(2020, 6, 15)) for year in (2018, 2019, 2020, 2024, 2025)]
    assert [span.start for [span] in days] == [
        date(2018, 4, 1),
        date(2019, 4, 21),
        date(2020, 4, 12),
        date(2024, 3, 31),
        date(2025, 4, 20),
    ]
