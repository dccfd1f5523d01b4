"""Dates in words, as questions and documents write them. Today is Monday 15 June 2020 unless a test says otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dates import Precision, find_dates

TODAY = date(2020, 6, 15)


def read(text: str, today: date = TODAY, day_first: bool = True) -> list[tuple[str, str, str]]:
    """What is found, as (words, first day, day after the last); an open side is empty."""
    return [
        (span.text, str(span.start or ""), str(span.end or "")) for span in find_dates(text, today, day_first=day_first)
    ]


def only(text: str, today: date = TODAY) -> tuple[str, str]:
    """First day and day after the last of a text that is one date and nothing else."""
    [(words, start, end)] = read(text, today)
    assert words == text
    return start, end


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("03/04/2025", "2025-04-03", "2025-04-04"),
        ("31.03.25", "2025-03-31", "2025-04-01"),
        ("31/3/25", "2025-03-31", "2025-04-01"),
        ("31-03-2025", "2025-03-31", "2025-04-01"),
        ("2020-06-30", "2020-06-30", "2020-07-01"),
        ("20200630", "2020-06-30", "2020-07-01"),
        ("1.4.2025", "2025-04-01", "2025-04-02"),
        ("31 03 2025", "2025-03-31", "2025-04-01"),
        ("11-May-20", "2020-05-11", "2020-05-12"),
        ("11th of May, 2020", "2020-05-11", "2020-05-12"),
        ("Monday 3rd June 2024", "2024-06-03", "2024-06-04"),
        ("Friday 3rd June 2024", "2024-06-03", "2024-06-04"),
        ("March 31st 2025", "2025-03-31", "2025-04-01"),
        ("23/Sep/2020", "2020-09-23", "2020-09-24"),
        ("the thirty-first of December 2020", "2020-12-31", "2021-01-01"),
        ("Dec-20", "2020-12-01", "2021-01-01"),
        ("June18", "2018-06-01", "2018-07-01"),
        ("Sept 18", "2018-09-01", "2018-10-01"),
        ("Sept. 2024", "2024-09-01", "2024-10-01"),
        ("March '25", "2025-03-01", "2025-04-01"),
        ("03/2025", "2025-03-01", "2025-04-01"),
        ("2020-11", "2020-11-01", "2020-12-01"),
        ("Easter 2025", "2025-04-20", "2025-04-21"),
        ("Good Friday 2024", "2024-03-29", "2024-03-30"),
        ("August bank holiday 2020", "2020-08-31", "2020-09-01"),
        ("w/c 3 June 2024", "2024-06-03", "2024-06-10"),
        ("week ending 7 June 2024", "2024-06-01", "2024-06-08"),
        ("2019", "2019-01-01", "2020-01-01"),
        ("twenty nineteen", "2019-01-01", "2020-01-01"),
        ("the 1990s", "1990-01-01", "2000-01-01"),
    ],
)
def test_written_dates(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Autumn 2020", "2020-09-01", "2020-12-01"),
        ("winter 2020/21", "2020-12-01", "2021-03-01"),
        ("Winter 2020", "2020-12-01", "2021-03-01"),
        ("spring 2020/21", "2021-03-01", "2021-06-01"),
        ("Spring term 2025", "2025-01-01", "2025-04-01"),
        ("Summer term 2024/25", "2025-04-01", "2025-08-01"),
        ("Autumn/Winter 2020", "2020-09-01", "2021-03-01"),
        ("this term", "2020-04-01", "2020-08-01"),
        ("last autumn", "2019-09-01", "2019-12-01"),
        ("autumn", "2020-09-01", "2020-12-01"),
    ],
)
def test_seasons_and_terms(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)
    assert find_dates(text, TODAY)[0].precision in (Precision.SEASON, Precision.RANGE)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("Q3 2025", "2025-07-01", "2025-10-01", Precision.QUARTER),
        ("Q3", "2020-07-01", "2020-10-01", Precision.QUARTER),
        ("Q3 2024/25", "2024-10-01", "2025-01-01", Precision.FINANCIAL_QUARTER),
        ("2024/25 Q3", "2024-10-01", "2025-01-01", Precision.FINANCIAL_QUARTER),
        ("quarter 4 of 2024-25", "2025-01-01", "2025-04-01", Precision.FINANCIAL_QUARTER),
        ("Q1 of this financial year", "2020-04-01", "2020-07-01", Precision.FINANCIAL_QUARTER),
        ("the last quarter of 2016/17", "2017-01-01", "2017-04-01", Precision.FINANCIAL_QUARTER),
        ("the second quarter of next year", "2021-04-01", "2021-07-01", Precision.QUARTER),
        ("2024-25", "2024-04-01", "2025-04-01", Precision.FINANCIAL_YEAR),
        ("financial year 2025/26", "2025-04-01", "2026-04-01", Precision.FINANCIAL_YEAR),
        ("FY25", "2024-04-01", "2025-04-01", Precision.FINANCIAL_YEAR),
        ("academic year 2024/25", "2024-09-01", "2025-09-01", Precision.YEAR),
        ("2014-18", "2014-01-01", "2019-01-01", Precision.RANGE),
        ("first half of 2024/25", "2024-04-01", "2024-10-01", Precision.HALF),
        ("the second half of June 2021", "2021-06-16", "2021-07-01", Precision.HALF),
    ],
)
def test_quarters_and_years_of_calendar_and_books(text: str, start: str, end: str, precision: Precision) -> None:
    assert only(text) == (start, end)
    assert find_dates(text, TODAY)[0].precision is precision


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("June 2020 to February 2021", "2020-06-01", "2021-03-01"),
        ("June 2020 to\nFebruary 2021", "2020-06-01", "2021-03-01"),
        ("between June and August 2020", "2020-06-01", "2020-09-01"),
        ("between 3 and 12 September 2020", "2020-09-03", "2020-09-13"),
        ("Monday 3 to Friday 7 August 2020", "2020-08-03", "2020-08-08"),
        ("Apr-Jun 2025", "2025-04-01", "2025-07-01"),
        ("April/May 2025", "2025-04-01", "2025-06-01"),
        ("Nov 18 - Feb 19", "2018-11-01", "2019-03-01"),
        ("1 Oct – 31 Dec 2020", "2020-10-01", "2021-01-01"),
        ("01/04/2024 - 31/03/2025", "2024-04-01", "2025-04-01"),
        ("from 2018 to 2020", "2018-01-01", "2021-01-01"),
        ("Nov to Feb", "2020-11-01", "2021-03-01"),
        ("from 27 April to the third", "2021-04-27", "2021-05-04"),
        ("from March to date", "2020-03-01", "2020-06-15"),
        ("year to date", "2020-01-01", "2020-06-15"),
    ],
)
def test_ranges_hold_their_last_date(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("last month", "2020-05-01", "2020-06-01"),
        ("this quarter", "2020-04-01", "2020-07-01"),
        ("next quarter", "2020-07-01", "2020-10-01"),
        ("this financial year", "2020-04-01", "2021-04-01"),
        ("last financial year", "2019-04-01", "2020-04-01"),
        ("last week", "2020-06-08", "2020-06-15"),
        ("in the next three months", "2020-06-15", "2020-09-16"),
        ("next 5 days", "2020-06-16", "2020-06-21"),
        ("the last two quarters", "2019-10-01", "2020-04-01"),
        ("in the past month", "2020-05-15", "2020-06-15"),
        ("last 3 months", "2020-03-15", "2020-06-15"),
        ("within 9 months", "2020-06-15", "2021-03-15"),
        ("within 10 working days", "2020-06-15", "2020-06-29"),
        ("in 2 weeks", "2020-06-29", "2020-06-30"),
        ("10 days ago", "2020-06-05", "2020-06-06"),
        ("next Friday", "2020-06-26", "2020-06-27"),
        ("this coming Friday", "2020-06-19", "2020-06-20"),
        ("Wednesday next week", "2020-06-24", "2020-06-25"),
        ("two Fridays ago", "2020-06-05", "2020-06-06"),
        ("the week after next", "2020-06-29", "2020-07-06"),
        ("the day before yesterday", "2020-06-13", "2020-06-14"),
        ("three months after Easter 2021", "2021-07-04", "2021-07-05"),
        ("next March", "2021-03-01", "2021-04-01"),
        ("April last year", "2019-04-01", "2019-05-01"),
        ("end of this month", "2020-06-21", "2020-07-01"),
        ("mid-July", "2020-07-10", "2020-07-21"),
        ("later this year", "2020-07-01", "2021-01-01"),
        ("last Monday of August", "2020-08-31", "2020-09-01"),
        ("the last day of the month", "2020-06-30", "2020-07-01"),
        ("the second week of 2021", "2021-01-11", "2021-01-18"),
        ("first 3 months of 2021", "2021-01-01", "2021-04-01"),
        ("20th of next month", "2020-07-20", "2020-07-21"),
    ],
)
def test_told_from_today(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("by the end of next month", "", "2020-08-01"),
        ("by end of March 2025", "", "2025-04-01"),
        ("by 31 March 2025", "", "2025-04-01"),
        ("before Christmas", "", "2020-12-25"),
        ("before the end of December 2020", "", "2021-01-01"),
        ("up to the end of March 2021", "", "2021-04-01"),
        ("on or before 30 June 2020", "", "2020-07-01"),
        ("since April", "2020-04-01", ""),
        ("since August", "2019-08-01", ""),
        ("from April 2025", "2025-04-01", ""),
        ("after June 2020", "2020-07-01", ""),
        ("after 31 March 2021", "2021-04-01", ""),
        ("2016 onwards", "2016-01-01", ""),
        ("31 January 2021 or later", "2021-01-31", ""),
    ],
)
def test_open_on_one_side(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)
    assert find_dates(text, TODAY)[0].precision is Precision.OPEN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What falls due in February 2021 in the plan?", "February 2021"),
        ("what is overdue at 31 January 2021", "31 January 2021"),
        ("overdue as of 1 Sept 2020", "1 Sept 2020"),
        ("What does the 2014-15 plan say?", "2014-15"),
        ("actions from the 2014-15 plan", "2014-15"),
        ("due before Easter 2021 or not", "before Easter 2021"),
        ("what may change in may", "may"),
        ("What about May?", "May"),
        ("who sat on it on sat", "sat"),
        ("what falls in the autumn term", "autumn term"),
        ("anything by 30/6 for the team", "by 30/6"),
        ("is anything due by the 30th", "by the 30th"),
        ("what is April Jones doing in June", "June"),
        ("next action 26 June 2020", "26 June 2020"),
    ],
)
def test_one_date_in_a_sentence(text: str, found: str) -> None:
    [span] = find_dates(text, TODAY)
    assert span.text == found
    assert text[span.offset : span.offset + len(span.text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "What does action 26 say in full?",
        "Does action 26 May need it",
        "What is R2.4?",
        "priority 5.10 and its actions",
        "the plan has 100 actions",
        "section 47 of the Children Act 1989",
        "Which actions may be late?",
        "We march on; she sat on the panel",
        "actions that fall due",
        "overdue by more than 3 months",
        "a quarter of children, half of actions",
        "year 11 pupils at key stage 2",
        "18-25 year olds",
        "a 24/7 service",
        "3/4 of the actions",
        "5/6 actions are done",
        "pages 2 - 15, item 5 and 6",
        "1,974 children and 2019 children",
        "6b.1 and R5.2 (ii)",
        "the first action, the second item, the 3rd floor",
        "every Monday",
        "a five year plan within 24 hours",
        "which are now late",
        "compared to others",
        "what did June Smith do",
        "£2,020 or 2020% or 10:30",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


def test_an_impossible_date_is_none() -> None:
    for text in ("31/02/2026", "due 29/02/2025 or so", "31 June 2025", "12/25/2025"):
        assert read(text) == []


def test_month_first_where_the_caller_says_so() -> None:
    assert read("03/04/2025", day_first=False) == [("03/04/2025", "2025-03-04", "2025-03-05")]
    assert read("July 13", day_first=False) == [("July 13", "2020-07-13", "2020-07-14")]
    assert read("22/04/2025", day_first=False) == [("22/04/2025", "2025-04-22", "2025-04-23")]


def test_a_number_after_a_month_is_a_year_unless_it_is_far_off() -> None:
    assert only("Nov 20") == ("2020-11-01", "2020-12-01")
    assert only("Dec 25") == ("2020-12-25", "2020-12-26")
    assert only("May 5") == ("2021-05-05", "2021-05-06")


def test_a_list_shares_the_year_that_one_of_it_has() -> None:
    assert read("June, July or August 2018") == [
        ("June", "2018-06-01", "2018-07-01"),
        ("July", "2018-07-01", "2018-08-01"),
        ("August 2018", "2018-08-01", "2018-09-01"),
    ]


def test_a_year_that_was_not_written_is_marked() -> None:
    [june], [dated] = find_dates("in June", TODAY), find_dates("in June 2020", TODAY)
    assert june.assumed
    assert not dated.assumed


def test_columns_and_blank_lines_part_dates() -> None:
    assert read("June\t2020") == [("June", "2020-06-01", "2020-07-01"), ("2020", "2020-01-01", "2021-01-01")]
    assert [words for words, _, _ in read("31 March 2025\n\nto\n\nJune 2025")] == ["31 March 2025", "June 2025"]


def test_letters_that_change_length_in_small_do_not_move_the_place() -> None:
    [span] = find_dates("İİİ due June 2020", TODAY)
    assert span.text == "June 2020"


@pytest.mark.parametrize("ends", ["", ".", "?", "!", ";"])
@pytest.mark.parametrize("season", ["spring", "summer", "autumn", "winter"])
def test_a_season_at_the_end_of_a_sentence_is_one_whatever_ends_it(season: str, ends: str) -> None:
    assert [words for words, _, _ in read(f"what is due this {season}{ends}")] == [f"this {season}"]
