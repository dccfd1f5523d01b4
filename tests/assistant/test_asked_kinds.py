"""The grammar of a question says what kind of thing answers it, and a text that holds none is no answer."""

from __future__ import annotations

import pytest

from assistant.compose.whether import indirect
from assistant.retriever.asked import Asked, asked_for, beside_asking, focus, only_worded
from assistant.retriever.holding import holds
from assistant.retriever.kinds import Kind


@pytest.mark.parametrize(
    ("question", "kind", "answers", "does_not"),
    [
        (
            "Where will the open day be held?",
            Kind.PLACE,
            "It is held at Lode Hall.",
            "An open day will be held in May.",
        ),
        ("Which company runs the helpline?", Kind.BODY, "It is run by Marsh Care.", "A helpline for carers runs."),
        ("Which charity runs the helpline?", Kind.BODY, "The Alder Trust runs it.", "Staff run the helpline."),
        (
            "What did staff say about the move?",
            Kind.SAID,
            "Staff said it went well.",
            "Feedback of staff to be shared.",
        ),
        ("What did the audit find about visits?", Kind.FOUND, "It found gaps in visits.", "Visits are to be audited."),
        ("What did the panel decide about beds?", Kind.DECIDED, "The panel agreed two beds.", "Beds go to the panel."),
        ("How often does the board meet?", Kind.FREQUENCY, "The board meets quarterly.", "The board meets in May."),
        ("How long is the course?", Kind.DURATION, "A course of six weeks.", "A course for new staff."),
        ("What is the value of the lease?", Kind.MONEY, "A lease of £40,000.", "The lease was signed in 2025."),
        ("What share of carers is trained?", Kind.SHARE, "38% of carers are trained.", "Carers are to be trained."),
        ("Who came to the picnic?", Kind.PERSON, "Two social workers and the mayor.", "A picnic was held."),
        ("What is the name of the manager?", Kind.NAME, "Ada Marsh, Service Manager", "The manager of the service"),
        ("When was the survey sent?", Kind.TIME, "It was sent in May 2025.", "The survey was sent."),
        ("lead for damp - phone no?", Kind.CONTACT, "Ring 01632 960 123.", "The lead for damp is the surveyor."),
        ("Give me the email address of the clerk", Kind.CONTACT, "clerk@fen.example", "The clerk writes."),
        ("What time does the hub open?", Kind.CLOCK, "It opens at 9.30am.", "The hub opens in May 2025."),
        (
            "Where did the choir go in May?",
            Kind.PLACE,
            "A trip to Wales went well.",
            "A trip in Refugee Week or in May.",
        ),
        ("whats the name of the person who ran the choir", Kind.NAME, "Mr Marsh ran it.", "Appoint a Choir Master."),
        ("name of the full time lead officer pls", Kind.NAME, "Ada Marsh, Lead Officer", "recruiting a Lead Officer"),
        ("Which judgement did Ofsted give?", Kind.JUDGEMENT, "It was rated Good.", "Ofsted will judge it good."),
        ("What did the review of the lease find?", Kind.FOUND, "The review found damp.", "The lease is reviewed."),
        ("What response rate did the survey achieve?", Kind.SHARE, "The response was 40%.", "90% of visits on time."),
        ("carers vacancy rate as of last month", Kind.SHARE, "A rate of 12%.", "Vacancies are to be filled."),
        (
            "What share of visits did nurses join?",
            Kind.SHARE,
            "Half of visits.",
            "All nurses to join visits.",
        ),
        ("What does the bus for carers cost us a year?", Kind.MONEY, "A bus for £4,000.", "A bus for carers runs."),
        ("Where was the picnic for carers held?", Kind.PLACE, "It was held at Lode Hall.", "A picnic was held."),
        ("What does the mayor himself think of damp?", Kind.SAID, "The mayor felt it was bad.", "Report of the mayor"),
        ("How far behind the region was pay?", Kind.SHARE, "Pay was 4% below it.", "Pay is to be compared."),
    ],
)
def test_a_text_answers_only_with_the_kind_asked_for(question: str, kind: Kind, answers: str, does_not: str) -> None:
    asked = asked_for(question)
    assert asked.kind is kind
    assert holds(asked, answers)
    assert not holds(asked, does_not)


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("How many foster carers were trained?", True),
        ("How many actions are late?", False),
        ("How many City staff work there?", True),
        ("What proportion of the actions is complete?", False),
        ("Where are we on neglect?", False),
        ("Where in the plan is damp picked up?", False),
        ("How long overdue is R1.1?", False),
        ("Which actions are about damp?", False),
        ("What does the plan say about damp?", False),
        ("Who owns R1.1?", False),
        ("Did they train staff and what did staff say?", False),
        ("State the percentage of interviews held in time", True),
        ("what figure was the fund set to", True),
        ("completion rate of the plan", False),
        ("What is the phone number of the lead?", True),
        ("how many housing actions Fenbridge, n how many done", False),
        ("no. of foster carers trained so far pls", True),
        ("number of actions that are late", False),
        ("what did the note say was left to do", False),
    ],
)
def test_what_no_field_of_a_row_holds(question: str, beyond: bool) -> None:
    assert asked_for(question).beyond_rows is beyond


@pytest.mark.parametrize(
    ("question", "inside"),
    [
        ("Where will it be held?", "where it will be held"),
        ("How many carers are trained?", "how many carers are trained"),
        ("Which charity runs the helpline?", "which charity runs the helpline"),
        ("How much has the council spent?", "how much the council has spent"),
        ("What did staff say?", ""),
        ("Show me the plan", ""),
    ],
)
def test_a_question_inside_a_sentence(question: str, inside: str) -> None:
    assert indirect(question) == inside


@pytest.mark.parametrize(
    ("question", "nouns"),
    [
        ("Which gribbles are late?", {"gribbles"}),
        ("Is there a gribble on the board?", {"gribble"}),
        ("gribble for the lead?", {"gribble"}),
        ("My brother is a gribble. Who owns R1.1?", set()),
        ("Who fixes the damp before the gribble?", set()),
    ],
)
def test_the_nouns_that_a_question_is_after(question: str, nouns: set[str]) -> None:
    assert focus(question) == nouns


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("Good evening. I chair the panel. How often are homes checked?", {"good", "evening", "chair", "panel"}),
        ("What did the report tell councillors about damp?", {"councillors"}),
        ("The picnic sounds lovely. Did they enjoy it?", set()),
        ("We were told of an audit of lodgings. Who did it, and when?", set()),
        ("I chair the panel. When is the audit of it due?", {"chair", "panel"}),
        ("How often are homes checked?", set()),
    ],
)
def test_words_that_stand_beside_what_is_asked(question: str, beside: set[str]) -> None:
    assert beside_asking(question) & {word.strip("?.").lower() for word in question.split()} >= beside
    assert bool(beside_asking(question)) is bool(beside)


@pytest.mark.parametrize(
    "frame",
    [
        "I have just joined the panel and I wondered {}",
        "Could you tell me {}?",
        "I wondered, if it is no trouble, {}",
    ],
)
def test_the_frame_in_which_something_is_asked_stands_beside_it(frame: str) -> None:
    asked = "how often the choir meets in Marsham"
    beside = beside_asking(frame.format(asked))
    assert {"often", "choir", "meets", "marsham"}.isdisjoint(beside)
    assert beside & {"panel", "joined", "wondered", "tell", "trouble"} == set(
        frame.lower().replace(",", "").split()
    ) & {
        "panel",
        "joined",
        "wondered",
        "tell",
        "trouble",
    }


def test_names_nouns_and_numbers_are_things_and_other_words_say_how_it_is_put() -> None:
    words = only_worded("Which earlier audits fed into the Marsham plan of 2031?")
    assert {"earlier", "fed", "into"} <= words
    assert {"audits", "marsham", "plan", "2031"}.isdisjoint(words)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Begun in Welsh, due to the number of families from Wales.", True),
        ("Most are late as the dates have not been set.", True),
        ("Put off because of the flood", True),
        ("Strengthen practice on lodgings", False),
        ("Timing to be confirmed", False),
    ],
)
def test_a_reason_is_told_as_one(text: str, tells: bool) -> None:
    assert holds(Asked(Kind.REASON), text) is tells
