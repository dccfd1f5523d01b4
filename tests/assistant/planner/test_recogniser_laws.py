"""Laws of what the recognisers see: dates, references, plans named loosely, owners written short."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.conditions import EVERYTHING, Field
from assistant.planner import Holdings
from assistant.query_plan import Measure, Wanted
from tests.assistant.planner.facts import facts, plan_facts
from tests.assistant.planner.shelf import HOLDINGS, IMPROVEMENT, ask


def read(question: str, *before: str) -> dict[str, Any]:
    """What the question is read as, without the sentence forms."""
    found = facts(ask(question, None, *before))
    return {name: value for name, value in found.items() if name not in ("asked", "intent")}


@pytest.mark.parametrize("ends", ["inclusive", ", inclusive", "(inclusive)", "both dates included", "inclusively"])
@pytest.mark.parametrize("verb", ["due", "falling due"])
def test_a_period_with_both_ends_is_the_period(verb: str, ends: str) -> None:
    period = "between 1 June 2026 and 31 August 2026"
    assert read(f"what is {verb} {period} {ends} in the action log") == read(
        f"what is {verb} {period} in the action log"
    )


@pytest.mark.parametrize(
    ("season", "months"),
    [
        ("spring", "either due from 1 March 2026 to 31 May 2026 or due from 1 March 2027 to 31 May 2027"),
        ("autumn", "due from 1 September 2026 to 30 November 2026"),
    ],
)
@pytest.mark.parametrize("rows", ["ones", "actions", "deadlines"])
def test_a_season_without_a_year_is_that_of_the_dates_of_the_plan(season: str, months: str, rows: str) -> None:
    found = read(f"which are the {season} {rows} in the Thornmere plan")
    assert found == {"documents": ["recovery.txt"], "where": months}


@pytest.mark.parametrize("noun", ["audit", "inspection", "peer review", "survey"])
def test_a_month_that_belongs_to_a_noun_is_no_due_date(noun: str) -> None:
    assert "due" not in read(f"what came out of the November 2025 {noun}").get("where", "")


@pytest.mark.parametrize(
    "form",
    [
        "taking 31 October 2026 as the reference date, {}",
        "using 31 October 2026 as the cut-off date, {}",
        "judging it at 31 October 2026, {}",
        "with 31 October 2026 as the snapshot date, {}",
    ],
)
def test_the_day_to_judge_by_in_other_words(form: str) -> None:
    core = "how many Thornmere actions are overdue"
    assert read(form.format(core)) == {**read(core), "as_of": "2026-10-31"}


@pytest.mark.parametrize("end", ["due date", "deadline", "target date"])
@pytest.mark.parametrize("order", ["before their own start date", "before its start date"])
def test_an_end_before_its_own_start_is_what_looks_wrong(end: str, order: str) -> None:
    assert read(f"which actions have a {end} {order}")["terms"] == ["due_before_start"]


@pytest.mark.parametrize("ref", ["R6a", "R6b", "A3b"])
@pytest.mark.parametrize("form", ["what does {} say", "which actions are under {}", "how many actions are in {}"])
def test_a_limb_without_its_letters_is_the_one_that_rows_have(ref: str, form: str) -> None:
    assert read(form.format(ref[1:])) == read(form.format(ref))


@pytest.mark.parametrize("to", [" to ", "-", " up to ", " through "])
def test_a_range_of_numbers_holds_what_lies_between(to: str) -> None:
    found = read(f"which of R1{to}R6a are complete")
    assert found["where"] == "numbered R1 or R2 or R6a or below and complete"


@pytest.mark.parametrize("form", ["no sorry meant {}", "sorry, I meant {}", "oops, I mean {}"])
def test_a_reference_put_right_takes_the_place_of_the_first(form: str) -> None:
    assert read(form.format("6a"), "which actions are under R6b") == read("which actions are under R6a")


@pytest.mark.parametrize("whom", ["to our sub committee", "to the audit committee", "for the scrutiny panel"])
def test_to_whom_a_plan_was_sent_is_no_subject(whom: str) -> None:
    question = "what is overdue in Thornmere's 2026 report"
    assert read(f"{question} {whom}") == read(question)


@pytest.mark.parametrize("every", ["from whichever plan", "across every plan", "in any of the plans"])
def test_every_plan(every: str) -> None:
    assert read(f"{every}, list the neglect actions") == read("list the neglect actions in all plans")


def test_words_for_a_kind_of_plan_beside_a_year_name_the_plan_of_that_year() -> None:
    by_year = read("what is overdue in the 2026 action plan")
    assert by_year["documents"] == ["recovery.txt"]
    assert read("what is overdue in the 2031 improvement plan") == {"declined": "no_match: unknown_plan"}
    assert {source.document for source in HOLDINGS.sources} > set(by_year["documents"])


@pytest.mark.parametrize(
    "said", ["the hd of childrens comms'ning", "the head of childrens commiss'g", "Hd of Childrens Commssng"]
)
@pytest.mark.parametrize("form", ["what does {} have to do", "actions owned by {}"])
def test_an_owner_whose_words_are_cut_short(form: str, said: str) -> None:
    owner = "Head of Children's Commissioning"
    shelf = Holdings((replace(IMPROVEMENT, owners=(*IMPROVEMENT.owners, owner)), *HOLDINGS.sources[1:]), HOLDINGS.words)
    assert f"owned by {owner}" in facts(ask(form.format(said), holdings=shelf))["where"]


def test_being_on_the_hook_is_owning() -> None:
    held = read("what is the virtual school head on the hook for")
    assert held["where"] == "owned by Virtual School Head"


@pytest.mark.parametrize("word", ["recommendation", "R", "rec"])
def test_a_short_word_for_recommendations_groups_by_them(word: str) -> None:
    assert read(f"which {word} has most complete in the Thornmere plan")["by"] == "recommendation"


@pytest.mark.parametrize(
    "columns",
    [
        "actions, complete and past due",
        "the number of actions, the complete ones and the overdue ones",
        "total, done, late",
        "totals with completed and overdue",
    ],
)
@pytest.mark.parametrize(
    "form", ["for each recommendation in the Thornmere plan give {}", "by recommendation, in the Thornmere plan: {}"]
)
def test_numbers_side_by_side_are_columns_of_the_groups(form: str, columns: str) -> None:
    plan = ask(form.format(columns)).plan
    assert plan is not None
    assert plan.measures == (Measure.TOTAL, Measure.COMPLETE, Measure.OVERDUE)
    assert (plan.where, plan.lateness, plan.group_by) == (EVERYTHING, None, Field.RECOMMENDATION)


@pytest.mark.parametrize("says", ["says", "is", "marks a row as"])
@pytest.mark.parametrize("worry", ["ought I to be alarmed", "should we worry", "can I relax"])
@pytest.mark.parametrize("colour", ["amber", "red", "green"])
def test_a_worry_about_a_colour_asks_what_it_means_there(says: str, worry: str, colour: str) -> None:
    found = facts(ask(f"when the Thornmere plan {says} {colour}, {worry}?"))
    assert found == {"intent": "colours", "documents": ["recovery.txt"], "terms": [colour]}


@pytest.mark.parametrize("verb", ["audit", "collect", "publish", "rewrite"])
@pytest.mark.parametrize("has", ["has to", "must", "needs to", "is meant to"])
def test_who_has_to_do_a_thing_asks_for_its_owner(has: str, verb: str) -> None:
    assert facts(ask(f"who {has} {verb} case files?"))["intent"] == "owner"


@pytest.mark.parametrize(
    "day", ["30 February 2026", "31 June", "31 November 2025", "29 February 2027", "14/13/2026", "month 13 of 2026"]
)
@pytest.mark.parametrize(
    "asked", ["what is due by {}", "which neglect actions are due before {}?", "anything late on {}"]
)
def test_a_day_that_no_calendar_has_is_named_as_none(asked: str, day: str) -> None:
    found = facts(ask(asked.format(day)))
    assert found == {"declined": "needs_clarification: no_date"}


@pytest.mark.parametrize("change", ["mark {} complete", "please close {}", "can you set {} to green", "delete {}"])
@pytest.mark.parametrize("rows", ["them", "it", "both", "everything"])
def test_a_change_of_rows_named_by_a_pronoun_is_refused(change: str, rows: str) -> None:
    alone = facts(ask(change.format(rows)))
    assert "read_only" in alone.get("declined", "") or "read_only" in alone.get("notices", [])
    after = facts(ask(change.format(rows), None, "which neglect actions are amber?"))
    assert after["notices"] == ["read_only"]


@pytest.mark.parametrize("first", ["which neglect actions are overdue?", "how many actions are green?"])
@pytest.mark.parametrize("second", ["who owns R2.4?", "when is R1.2 due?"])
def test_questions_of_one_line_are_each_answered(first: str, second: str) -> None:
    outcome = ask(f"{first} {second}")
    assert outcome.plan
    assert plan_facts(outcome.plan) == facts(ask(first))
    assert [plan_facts(plan)["where"] for plan in outcome.also] == [facts(ask(second))["where"]]


@pytest.mark.parametrize("beside", ["six weeks", "two months", "fortnight"])
@pytest.mark.parametrize(
    ("side", "field"), [("before", "1 June 2026"), ("after", "31 May 2026"), ("that follow", "31 May 2026")]
)
def test_a_time_beside_a_day_is_the_days_between(side: str, field: str, beside: str) -> None:
    period = read(f"what is due within the {beside} {side} {field} in the action log")
    assert period["where"].startswith("due from ")
    day = "31 May 2026" if side == "before" else "1 June 2026"
    assert day in period["where"]


@pytest.mark.parametrize("who", ["who has", "who has got", "who owns"])
@pytest.mark.parametrize("late", ["overdue", "late"])
def test_who_has_most_of_what_is_late_is_counted_by_owner(who: str, late: str) -> None:
    found = facts(ask(f"{who} the most {late} in the improvement plan"))
    assert (found["intent"], found["by"], found["lateness"]) == ("extreme", "owner", "overdue")


@pytest.mark.parametrize("state", ["complete", "green", "overdue"])
def test_a_plan_of_a_year_of_which_none_is_held_is_named(state: str) -> None:
    found = facts(ask(f"which neglect actions did Thornmere put down as {state} in its 2031 plan"))
    assert found == {"declined": "no_match: unknown_plan"}


@pytest.mark.parametrize("not_yet", ["have yet to turn", "have yet to go", "are not", "aren't"])
@pytest.mark.parametrize("colour", ["green", "blue"])
def test_what_has_yet_to_turn_a_colour_is_not_of_it(not_yet: str, colour: str) -> None:
    assert read(f"which of the improvement plan's actions {not_yet} {colour}")["where"] == f"not rated {colour}"


def test_both_late_and_complete_is_no_row_and_not_two_kinds() -> None:
    found = read("which actions in the tracker are both overdue and complete")
    assert (found["where"], found["lateness"]) == ("complete", "overdue")


@pytest.mark.parametrize("begins", ["sorry, wrong heading, I meant", "no, I mean", "oops, I should have said"])
def test_a_heading_takes_the_place_of_a_heading(begins: str) -> None:
    found = read(f"{begins} Commissioning", "which tracker actions are under Care Leavers?")
    assert found == read("which tracker actions are under Commissioning?")


@pytest.mark.parametrize("asked", ["Tell me about {}", "what do the plans say about {}?", "anything on {}"])
@pytest.mark.parametrize("name", ["Kyle Jenkins", "Amina Begum", "Leo Martin Shaw"])
def test_a_person_whom_no_plan_names_may_be_a_child(asked: str, name: str) -> None:
    assert facts(ask(asked.format(name))) == {"declined": "refused: a_child"}


@pytest.mark.parametrize("place", ["Tower Hamlets", "North Yorkshire", "Ashcombe"])
def test_a_council_of_which_no_plan_is_held_is_no_person(place: str) -> None:
    assert facts(ask(f"what is {place} doing about neglect?")) == {"declined": "no_match: unknown_plan"}


@pytest.mark.parametrize(
    ("first", "then", "meant"), [("November 2026", "January", "2027"), ("February 2026", "April", "2026")]
)
def test_a_month_after_a_period_is_the_nearest_to_it(first: str, then: str, meant: str) -> None:
    found = read(f"{then} then?", f"what is due in {first} for the Service Manager")
    assert f"{then} {meant}" in found["where"]


@pytest.mark.parametrize("rows", ["which actions", "list the actions that", "show me everything that"])
@pytest.mark.parametrize("bears", ["concern", "concerns"])
def test_what_rows_concern_is_what_they_are_about(rows: str, bears: str) -> None:
    assert facts(ask(f"{rows} {bears} neglect", None)) == facts(ask(f"{rows} mention neglect", None))


@pytest.mark.parametrize("verb", ["leaving {}aside", "setting {}aside", "leave {}out of it", "taking {}out"])
@pytest.mark.parametrize("what", ["the completed ones", "the red actions"])
def test_a_verb_and_its_particle_on_either_side_leave_out_what_stands_between(verb: str, what: str) -> None:
    assert read(f"{verb.format(what + ' ')}, what is due in June 2026") == read(
        f"leaving out {what}, what is due in June 2026"
    )


@pytest.mark.parametrize("number", ["20", "47", "75", "117"])
def test_the_section_of_a_statute_is_no_row_and_no_heading(number: str) -> None:
    found = read(f"who owns the review of Section {number} agreements")
    assert "where" not in found
    assert number in str(found["themes"])


@pytest.mark.parametrize("find", ["find", "recruit", "train"])
def test_more_of_something_ranks_nobody(find: str) -> None:
    assert "group" not in str(read(f"are the councils trying to {find} more people to foster"))


@pytest.mark.parametrize("before", ["actions under", "what is in the section on", "how many are in the theme called"])
@pytest.mark.parametrize("heading", ["Neglect is seen early", "Children in care do well at school"])
def test_a_heading_is_named_by_all_its_words_whatever_stands_among_them(before: str, heading: str) -> None:
    named = [name for name in IMPROVEMENT.recommendations if name.endswith(heading)]
    assert read(f"{before} {heading} are late in Fenbridge").get("where") == f"under the recommendation “{named[0]}”"


@pytest.mark.parametrize("by", ["by", "before"])
@pytest.mark.parametrize(
    ("verb", "open_alone"), [("is due", True), ("falls due", True), ("comes due", True), ("was due", False)]
)
def test_what_is_done_is_not_what_falls_due_by_a_day_to_come(verb: str, by: str, open_alone: bool) -> None:
    found = read(f"what {verb} {by} 30 November 2027 in the action log")["where"]
    assert ("open" in found) is open_alone


@pytest.mark.parametrize("subject", ["fostering", "neglect", "young carers"])
@pytest.mark.parametrize("asked", ["what has changed", "what changed", "what's changed"])
@pytest.mark.parametrize("link", ["on", "about", "for"])
def test_what_changed_for_somebody_is_no_question_of_versions(asked: str, link: str, subject: str) -> None:
    plan = ask(f"{asked} {link} {subject}?").plan
    assert plan
    assert plan.wanted is Wanted.RESULT
    assert [theme.words for theme in plan.themes] == [subject]
