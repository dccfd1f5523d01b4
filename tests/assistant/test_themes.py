"""Which rows a theme names: stated in a row or above it, look-alikes apart, near misses apart, nothing made up."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.embedding import Matrix, open_embedder
from assistant.records import Action, KeyKind, Locator, PlanKey
from assistant.themes import Members, ThemeFinder
from assistant.themes.likeness import keep_phrase_vectors, phrase_texts, phrase_vectors
from assistant.vocabulary import Vocabulary, stems
from tests.evaluation.themes import HERE, corpus_actions, finder, judge, labelled
from tests.gold import gold_actions, needs_real_plans
from tests.readings import an_action

WAYS = 499


@dataclass
class SenseEmbedder:
    """An embedder that counts words by sense: words of one sense are one number, other words count for nothing.

    Two texts of one sense have cosine 1, of no common sense 0. A text without a sense points a way of its own.
    """

    senses: tuple[str, ...] = ()
    model: str = "senses@1"

    @property
    def dimension(self) -> int:
        return len(self.senses) + WAYS

    def embed(self, texts: Sequence[str]) -> Matrix:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            words = stems(text)
            for axis, sense in enumerate(self.senses):
                vectors[row, axis] = sum(words.count(word) for word in stems(sense))
            if not vectors[row].any():
                vectors[row, len(self.senses) + zlib.crc32(text.encode()) % WAYS] = 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def rows(*texts: str | dict[str, Any]) -> list[Action]:
    """Rows of one plan with ids r1, r2 and so on, each from its action's words or from its fields."""
    fields = [{"action": text} if isinstance(text, str) else text for text in texts]
    return [
        replace(an_action(given.get("action", "Review progress."), number), **{"id": f"r{number}", **given})
        for number, given in enumerate(fields, start=1)
    ]


def find(theme: str, actions: Sequence[Action], senses: tuple[str, ...] = (), keys: Sequence[PlanKey] = ()) -> Members:
    embedder = SenseEmbedder(senses)
    return ThemeFinder(actions, embedder.embed, embedder, Vocabulary.load(keys)).find(theme)


def near(result: Members) -> set[str]:
    return {miss.id for miss in result.near}


# ---------------------------------------------------------------- where a theme is stated


def test_a_theme_is_stated_in_the_action_or_in_a_heading_above_it() -> None:
    plan = rows(
        "Train all staff on neglect.",
        {"recommendation": "How early neglect is recognised"},
        {"section": "2. Neglect", "recommendation": "Homes"},
        {"action_parent": "On neglect, in two parts:", "action": "(i) a pocket guide"},
        "Open a second family hub.",
    )
    result = find("neglect", plan)
    assert result.ids == {"r1", "r2", "r3", "r4"}
    assert result.reasons["r2"] == "stands under “neglect”"
    assert near(result) == set()


def test_a_word_in_passing_in_a_measure_is_a_near_miss() -> None:
    plan = rows(
        "Start a monthly audit of case files.",
        {"action": "Open a family hub.", "success_measure": "Audit of 20 cases"},
    )
    result = find("audit work", plan)
    assert result.ids == {"r1"}
    assert near(result) == {"r2"}


def test_a_doubtful_word_counts_where_the_intended_result_settles_it() -> None:
    plan = rows(
        {"action": "Tell the hospital, lest one is missing.", "outcome": "A missing child is known to the hospital."},
        {"action": "Tell the hospital, lest one is missing."},
    )
    result = find("missing children", plan)
    assert result.ids == {"r1"}
    assert near(result) == {"r2"}


def test_a_heading_that_says_where_rows_come_from_is_no_theme() -> None:
    plan = rows(
        {"section": "FROM AUDIT FINDINGS", "action": "Write up visits within a week."},
        {"recommendation": "Plans are short. Complaints review 2024/25", "action": "A plan on one page."},
    )
    assert find("audits", plan).ids == set()
    assert find("complaints", plan).ids == set()
    assert near(find("complaints", plan)) == {"r2"}


def test_a_section_of_two_subjects_keeps_the_rows_of_each_apart() -> None:
    section = "Missing and exploited children"
    plan = rows(
        {"section": section, "recommendation": "Return interviews", "action": "Check ten a month."},
        {"section": section, "recommendation": "Trafficking is spotted", "action": "A briefing for staff."},
        {"section": section, "recommendation": "Leaders know", "action": "A weekly report."},
    )
    assert find("missing children", plan).ids == {"r1", "r3"}
    assert find("child exploitation", plan).ids == {"r2", "r3"}


# ---------------------------------------------------------------- how a theme is said


@pytest.mark.parametrize(
    "theme", ["UASC", "unaccompanied asylum seeking children", "child refugees on their own", "asylum seeking children"]
)
def test_every_way_of_saying_it_finds_the_same_rows(theme: str) -> None:
    plan = rows("A team for UASC.", "Legal advice for unaccompanied young people.", "A team for foster carers.")
    assert find(theme, plan, ("refugees",)).ids == {"r1", "r2"}


@pytest.mark.parametrize(
    ("theme", "ids"),
    [
        ("missing children", {"r1"}),
        ("children missing education", {"r2"}),
        ("private fostering", {"r4"}),
        ("fostering", {"r5"}),
        ("unregistered schools", {"r6"}),
        ("adoption", {"r8"}),
    ],
)
def test_look_alikes_stay_apart(theme: str, ids: set[str]) -> None:
    plan = rows(
        "Offer an interview after every missing episode.",
        "Trace children missing education.",
        "Chase missing information on referrals.",
        "Visit privately fostered children.",
        "Recruit foster carers.",
        "Close unregistered settings.",
        "Adopt the new checklist with the early adopter areas.",
        "Publish the adoption support offer.",
    )
    assert find(theme, plan).ids == ids


def test_two_subjects_together_ask_for_both_and_side_by_side_for_either() -> None:
    plan = rows(
        {"recommendation": "Neglect", "action": "Train all social workers."},
        {"recommendation": "Neglect", "action": "Agree one screening tool."},
        "Train foster carers.",
    )
    assert find("neglect training", plan).ids == {"r1"}
    assert near(find("neglect training", plan)) == {"r2", "r3"}
    assert find("neglect or fostering", plan).ids == {"r1", "r2", "r3"}
    assert find("neglect and fostering", plan).ids == {"r1", "r2", "r3"}


def test_the_parts_of_an_idea_may_stand_in_different_places() -> None:
    plan = rows(
        {"recommendation": "Children in care do well", "action": "Tutors for exams at school."},
        {"recommendation": "Children in care do well", "action": "A yearly holiday."},
    )
    assert find("education of children in care", plan).ids == {"r1"}


def test_words_that_no_list_has_must_all_be_there() -> None:
    plan = rows("Open a Saturday club in the library.", "Open the library on Sunday.")
    result = find("Saturday club", plan)
    assert result.ids == {"r1"}
    assert result.read_as == "Saturday and club"


def test_a_theme_that_no_row_has_gives_nothing() -> None:
    plan = rows("Train all staff on neglect.", "Open a school club.")
    for theme in ("domestic abuse", "school meals", "forced marriage", "dementia", ""):
        assert find(theme, plan).ids == set(), theme


def test_an_ambiguous_abbreviation_is_read_both_ways_and_says_so() -> None:
    plan = rows("Plans for CP are short.", "Review each care plan.")
    result = find("CP", plan)
    assert result.readings == ("child protection", "care plan")
    assert result.ids == {"r1", "r2"}


def test_the_plan_own_abbreviation_decides_what_its_rows_say() -> None:
    key = PlanKey("other.txt", KeyKind.ABBREVIATION, "DV", "Digital Vision", Locator(line_start=1), "DV Digital Vision")
    plan = rows("Training on DV.", {"action": "Publish the DV.", "document": "other.txt"})
    assert find("domestic abuse", plan, keys=[key]).ids == {"r1"}


def test_a_word_that_a_find_and_replace_spoilt_is_found() -> None:
    plan = rows(
        {"action": "Report to the LSHEAD OF COMMISSIONING each year.", "owner": "Head of Commissioning"},
        {"action": "Review contracts.", "owner": "HEAD OF COMMISSIONING"},
    )
    assert find("safeguarding children board", plan).ids == {"r1"}
    assert find("commissioning", plan).ids == {"r2"}


# ---------------------------------------------------------------- closeness in meaning


def test_free_words_are_read_as_the_idea_that_they_are_closest_to() -> None:
    plan = rows("Train all staff on neglect.", "Open a family hub.")
    result = find("grubby urchins", plan, ("grubby filthy",))
    assert result.ids == {"r1"}
    assert result.read_as == "neglect"


def test_free_words_as_close_to_another_idea_are_not_read() -> None:
    plan = rows("Train all staff on neglect.", "Review the budget.")
    result = find("grubby urchins", plan, ("grubby filthy cash",))
    assert result.ids == set()
    assert result.perhaps == ("budget", "neglect")


def test_words_around_lay_words_do_not_narrow_them() -> None:
    plan = rows("Train all staff on neglect.", "A home for the club, where neglect is spoken of.")
    theme = "children not looked after properly at home"
    assert find(theme, plan, ("looked properly neglect home",)).ids == {"r1", "r2"}


def seeming(theme: str, actions: Sequence[Action], senses: tuple[str, ...]) -> list[str]:
    embedder = SenseEmbedder(senses)
    themes = ThemeFinder(actions, embedder.embed, embedder, Vocabulary.load())
    return [one.id for one in themes.seeming(theme, {action.document for action in actions})]


def test_the_rows_of_one_sense_seem_to_be_about_a_theme_that_no_row_states() -> None:
    plan = rows("Buy tricycles.", "Mend the roof.", "Sell wagons.")
    senses = ("pedal vehicles tricycles wagons", "roof mend")
    assert find("pedal vehicles", plan, senses).ids == frozenset()
    assert seeming("pedal vehicles", plan, senses) == ["r1", "r3"]
    assert seeming("sea voyages", plan, (*senses, "sea voyages")) == []


def test_a_name_that_a_row_shares_does_not_make_it_seem_to_be_about_something_else() -> None:
    plan = rows("Buy tricycles for Lode Street.", "Mend the roof.")
    assert seeming("bins emptied in Lode Street", plan, ("Lode", "Street", "tricycles")) == []


def test_rows_that_do_not_stand_clear_of_the_rest_do_not_seem_to_be_about_a_theme() -> None:
    plan = rows(*(f"Buy {thing}." for thing in ["tricycles", "wagons", "scooters", "trams", "sledges", "barrows"]))
    assert seeming("pedal vehicles", plan, ("pedal vehicles tricycles wagons scooters trams sledges barrows",)) == []


def closest(question: str, plan: Sequence[Action], senses: tuple[str, ...]) -> list[str]:
    embedder = SenseEmbedder(senses)
    themes = ThemeFinder(plan, embedder.embed, embedder, Vocabulary.load())
    return [one.id for one in themes.seeming(question, {action.document for action in plan}, question=True)]


CYCLES = ("pedal vehicles tricycles wagons", "roof mend slates", "lodger")


@pytest.mark.parametrize("before", ["", "Good morning! ", "Could you tell me, "])
@pytest.mark.parametrize("asked", ["does anybody buy pedal vehicles for them?", "who will see to their pedal vehicles"])
def test_the_rows_closest_to_a_whole_question_however_it_is_put(before: str, asked: str) -> None:
    plan = rows("Buy tricycles.", "Mend the roof.", "Sell wagons.")
    assert set(closest(before + asked, plan, CYCLES)) in ({"r1"}, {"r1", "r3"})


@pytest.mark.parametrize("name", ["Ambridge", "Gotham", "Toad Hall"])
def test_no_row_is_closest_to_a_question_about_a_name_that_none_holds(name: str) -> None:
    plan = rows("Buy tricycles.", "Mend the roof.", "Sell wagons.")
    assert closest(f"does anybody in {name} buy pedal vehicles?", plan, CYCLES) == []
    plan = rows(f"Buy tricycles in {name}.", "Mend the roof.")
    assert closest(f"does anybody in {name} buy pedal vehicles?", plan, (*CYCLES, name)) == ["r1"]


def test_rows_that_are_all_as_close_to_a_question_are_not_given() -> None:
    plan = rows(*(f"Buy {thing}." for thing in ["tricycles", "wagons", "scooters", "trams"]))
    assert closest("does anybody buy pedal vehicles?", plan, ("pedal vehicles tricycles wagons scooters trams",)) == []


def test_a_theme_in_the_plans_own_words_never_waits_for_the_encoder() -> None:
    class Asleep:
        model, dimension = "asleep@1", 2

        def embed(self, texts: Sequence[str]) -> Matrix:
            raise AssertionError(f"asked for {texts}")

    plan = rows("Train all staff on neglect.", "Review fostering.")
    themes = ThemeFinder(plan, Asleep().embed, Asleep(), Vocabulary.load())
    assert themes.find("neglect").ids == {"r1"}
    assert themes.find("domestic abuse").ids == set()


def test_no_rows_at_all() -> None:
    assert find("neglect", []).ids == set()
    assert seeming("pedal vehicles", [], ("pedal vehicles",)) == []


def test_phrase_vectors_are_kept_for_one_model_and_one_glossary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    texts = phrase_texts(Vocabulary.load())[:5]
    made = SenseEmbedder(("neglect",))
    kept = keep_phrase_vectors(texts, made)
    assert kept.is_relative_to(tmp_path)
    assert np.array_equal(phrase_vectors(texts, made), made.embed(texts))
    assert phrase_vectors(texts[:3], made).shape == (3, 1 + WAYS)
    assert phrase_vectors(texts, SenseEmbedder(("a", "b"), model="other@1")).shape == (5, 2 + WAYS)


# ---------------------------------------------------------------- the labels, and the real model


@pytest.mark.parametrize(
    ("file", "actions"),
    [
        ("themes.jsonl", corpus_actions),
        pytest.param("themes_real_plans.jsonl", gold_actions, marks=[pytest.mark.real_plans, needs_real_plans]),
    ],
)
def test_labels_name_rows_that_are_there(file: str, actions: Any) -> None:
    ids = {action.id for action in actions()}
    labels = labelled(HERE / file)
    assert len(labels) >= 60
    assert [json.dumps(one.theme) for one in labels if not one.members | one.optional <= ids] == []
    assert [one.theme for one in labels if one.members & one.optional] == []


@pytest.mark.slow
def test_with_the_real_model_paraphrases_without_a_shared_word_find_their_rows() -> None:
    wanted = {"youngsters living in filthy conditions", "children fleeing war without their families", "dads"}
    labels = [one for one in labelled(HERE / "themes.jsonl") if one.theme in wanted]
    assert [one.label.theme for one in judge(labels, finder(corpus_actions())) if not one.exact] == []
    assert {one.theme for one in labels} == wanted


@pytest.mark.slow
def test_the_real_model_runs_here() -> None:
    assert open_embedder().dimension == 384


@pytest.fixture(scope="module")
def by_meaning() -> ThemeFinder:
    plan = rows("Safety planning for every family", "New laptops", "Family therapy")
    return finder(plan)


@pytest.mark.parametrize("head", ["safety", "laptops", "therapy"])
@pytest.mark.parametrize("other", ["road", "stolen", "play", "horse", "railway"])
def test_a_name_that_shares_a_word_with_an_idea_is_not_that_idea(
    by_meaning: ThemeFinder, head: str, other: str
) -> None:
    assert by_meaning.find(head).ids
    assert by_meaning.find(f"{other} {head}").ids == frozenset()


@pytest.mark.parametrize("letters", ["QZT", "XVBW", "KJQ"])
def test_an_abbreviation_that_nobody_explains_seems_to_be_nothing(by_meaning: ThemeFinder, letters: str) -> None:
    assert by_meaning.seeming(f"{letters} families", {"fenbridge.txt"}) == ()
