"""What a term, a letter or a name means is asked in many forms; what is asked about other things is none of them."""

from itertools import product

import pytest

from assistant.planner.definitions import Meaning, spot_meaning

KNOWN = frozenset({"hub", "mash"})


def spotted(question: str) -> Meaning | None:
    return spot_meaning(question, question.lower(), KNOWN)


@pytest.mark.parametrize(
    "form",
    [
        "{} = ?",
        "{}=?",
        "{} stands for?",
        "{} stands for? it is all over the plan",
        "what does {} stand for",
        "{} is short for what?",
    ],
)
@pytest.mark.parametrize("term", ["LRP", "BQX"])
def test_what_letters_stand_for(form: str, term: str) -> None:
    meaning = spotted(form.format(term))
    assert meaning
    assert meaning.terms == (term,)


KINDS = (
    "a charity, a strategy or what",
    "a charity, a strategy, or what",
    "a person or what exactly",
    "an app, a leaflet, or what",
)
FORMS = ("{} - is this {}?", "What is {} - {}?", "{}: is it {}?", "is {} {}?")


@pytest.mark.parametrize(("form", "kinds"), list(product(FORMS, KINDS)))
def test_what_a_name_is_of_several_kinds(form: str, kinds: str) -> None:
    meaning = spotted(form.format("Lode Lanterns", kinds))
    assert meaning
    assert meaning.terms == ("Lode Lanterns",)


@pytest.mark.parametrize("letter", ["R", "G", "B"])
@pytest.mark.parametrize(
    "form",
    [
        "If something is down as {} in the plan does that mean it is late?",
        "when a row is rated as {} what is that meant to mean?",
        "it says {} beside damp, does this mean it is failing?",
    ],
)
def test_what_the_letter_of_a_colour_means(form: str, letter: str) -> None:
    meaning = spotted(form.format(letter))
    assert meaning
    assert meaning.colours


@pytest.mark.parametrize(
    "question",
    [
        "Is the hub late or what is left of it?",
        "Which actions are marked as a priority and does that mean they are late?",
        "What is a step, and what is done?",
        "which team stands in for the duty desk?",
    ],
)
def test_other_questions_ask_for_no_meaning(question: str) -> None:
    assert spotted(question) is None
