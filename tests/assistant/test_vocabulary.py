"""The words of the field: both ways, look-alikes apart, plans' own lists first, errors put right with care."""

from __future__ import annotations

import csv
import re
import tomllib
from itertools import product
from pathlib import Path

import pytest

from assistant.grammar import is_english
from assistant.records import KeyKind, Locator, PlanKey
from assistant.vocabulary import Kind, Repairer, Vocabulary, stem
from assistant.vocabulary.glossary import GLOSSARY, read_glossary
from tests.gold import SHARED

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(words=["Offer advocacy to every child in Fenbridge"])


def a_key(term: str, meaning: str, document: str = "fenbridge.txt") -> PlanKey:
    return PlanKey(document, KeyKind.ABBREVIATION, term, meaning, Locator(line_start=1), f"{term} = {meaning}")


def concepts(vocabulary: Vocabulary, text: str) -> set[str]:
    return {found.concept for found in vocabulary.concepts_in(text)}


# ---------------------------------------------------------------- one idea, many labels


@pytest.mark.parametrize(
    ("concept", "ways"),
    [
        (
            "unaccompanied asylum seeking children",
            ["UASC", "uasc", "unaccompanied asylum-seeking child", "refugee children on their own"],
        ),
        ("children in care", ["LAC", "CLA", "CiC", "children we look after", "looked-after children", "kids in care"]),
        ("elective home education", ["EHE", "home schooling", "electively home educated", "taught at home"]),
        ("missing from home or care", ["missing children", "kids who run away", "missing episodes", "MFC"]),
        ("return home interview", ["RHIs", "RHI's", "return interviews", "return home conversation"]),
        ("neglect", ["neglectful homes", "neglected", "not looked after properly"]),
        ("Mosaic", ["Mosaic", "Frameworki"]),
        ("safeguarding children partnership", ["LSCB", "LSCP", "FSCP", "the safeguarding children board"]),
        ("supervision", ["121s", "one-to-one", "supervised"]),
        ("section 47", ["s47 enquiries", "S.47", "section 47"]),
        ("recruitment and retention", ["R&R", "R & R", "social worker shortage"]),
    ],
)
def test_every_label_names_the_idea(vocabulary: Vocabulary, concept: str, ways: list[str]) -> None:
    assert [way for way in ways if concept not in concepts(vocabulary, way)] == []


@pytest.mark.parametrize(
    ("text", "names", "does_not_name"),
    [
        ("children missing education", "children missing education", "missing from home or care"),
        ("children who are missing from education", "children missing education", "missing from home or care"),
        ("missing information on file", "missing information", "missing from home or care"),
        ("children missing from care", "missing from home or care", "children missing education"),
        ("privately fostered children", "private fostering", "fostering"),
        ("foster carers", "fostering", "private fostering"),
        ("foster good relationships", "fostering", "private fostering"),
        ("unregistered settings", "unregistered school", "unregistered home"),
        ("unregistered children's homes", "unregistered home", "unregistered school"),
        ("early adopter areas", "early adopter", "adoption"),
        ("adoption of the new policy", "early adopter", "adoption"),
        ("supervision orders", "supervision order", "supervision"),
        ("employer health check", "employer health check", "health"),
    ],
)
def test_look_alikes_stay_apart(vocabulary: Vocabulary, text: str, names: str, does_not_name: str) -> None:
    found = concepts(vocabulary, text)
    assert names in found
    assert does_not_name not in found


@pytest.mark.parametrize(
    "text", ["who looks after the money", "they met on Monday", "so that it works", "the ad was placed", "we co-own it"]
)
def test_small_words_are_no_abbreviations(vocabulary: Vocabulary, text: str) -> None:
    shorts = [found.text for found in vocabulary.concepts_in(text) if found.term.kind is Kind.SHORT]
    assert shorts == []
    assert "children in care" not in concepts(vocabulary, text)


def test_in_a_text_of_capitals_a_small_word_is_a_word(vocabulary: Vocabulary) -> None:
    assert "Metropolitan Police" not in concepts(vocabulary, "TARGETS MET BY MANAGERS SO THAT REVIEWS HAPPEN")
    assert "Metropolitan Police" in concepts(vocabulary, "a talk with the MET about gangs")


# ---------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("short", "readings"),
    [
        ("CP", {"child protection", "care plan"}),
        ("CIC", {"children in care", "community interest company"}),
        ("DCS", {"director of children's services", "disabled children's service"}),
        ("ICO", {"interim care order", "Information Commissioner's Office"}),
        ("AP", {"alternative provision", "advanced practitioner"}),
        ("SoS", {"Signs of Safety", "Secretary of State"}),
        ("MET", {"missing from home or care", "Metropolitan Police"}),
        ("PA", {"personal adviser", "personal assistant"}),
        ("UASC", set()),
        ("neglect", set()),
    ],
)
def test_ambiguous_abbreviations_are_reported(vocabulary: Vocabulary, short: str, readings: set[str]) -> None:
    found = vocabulary.concepts_in(short)[0]
    assert (set(found.readings) if found.ambiguous else set()) == readings


def test_expansions_go_both_ways(vocabulary: Vocabulary) -> None:
    assert [e.expansion for e in vocabulary.expand("CAF")] == ["common assessment framework"]
    assert "CAF" in vocabulary.names("common assessment framework")
    assert "UASC" in vocabulary.names("child refugees")
    assert vocabulary.expand("EHE")[0].meaning


def test_what_no_source_defines_is_undefined(vocabulary: Vocabulary) -> None:
    assert vocabulary.expand("QZX") == []
    assert vocabulary.expand("AEB") == []


def test_a_plan_own_list_wins_over_ours() -> None:
    vocabulary = Vocabulary.load([a_key("CP", "Community Panel"), a_key("LAC", "Looked after children")])

    assert vocabulary.names("CP")[0] == "Community Panel"
    assert vocabulary.concepts_in("CP", "fenbridge.txt")[0].concept == "Community Panel"
    assert vocabulary.concepts_in("LAC", "fenbridge.txt")[0].concept == "children in care"
    assert vocabulary.concepts_in("CP", "another.txt")[0].readings == ("child protection", "care plan")


# ---------------------------------------------------------------- typing errors


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("home eductaion actions", "home education actions"),
        ("neglet", "neglect"),
        ("supervison notes", "supervision notes"),
        ("safeguardng", "safeguarding"),
        ("advocasy for children", "advocacy for children"),
    ],
)
def test_typing_errors_are_put_right_and_said(vocabulary: Vocabulary, typed: str, read: str) -> None:
    correction = vocabulary.correct(typed)
    assert correction.text == read
    assert len(correction.notes) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "neglected chronologies",  # inflections of known words
        "what did Barnet say",  # a name
        "QZXSW and R1.10",  # an abbreviation and a reference
        "eglet",  # nothing near enough
        "carer career",  # an ordinary word that is near another
    ],
)
def test_a_doubtful_word_is_left_alone(typed: str) -> None:
    assert Vocabulary.load(ordinary={"career"}).correct(typed).text == typed


@pytest.mark.parametrize("letters", [4, 5, 6, 7, 8])
def test_a_word_of_english_is_never_taken_for_a_typing_error(letters: int) -> None:
    words = sorted({text.lower() for one in read_glossary() for term in one.terms for text in term.text.split()})
    swapped = {
        word[:at] + letter + word[at + 1 :]
        for word in words
        if len(word) == letters and word.isalpha()
        for at in range(1, letters)
        for letter in "aeioustrn"
    }
    real = sorted(word for word in swapped if is_english(word))
    assert len(real) > 3
    vocabulary = Vocabulary.load()
    assert [word for word in real if vocabulary.correct(word).notes] == []


# ---------------------------------------------------------------- owners


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("VH", "Virtual Head", True),
        ("V.H", "Virtual School Head", True),
        ("A.D People", "Ad People", True),
        ("SM'S", "Service Manager", True),
        ("Early Help Co-Ordinator", "EH Coordinator", True),
        ("Team Managers", "TM", True),
        ("Deputy Team Manager", "Team Manager", False),
        ("SW - ER", "Social Worker", False),
        ("EIP Co-ordinator", "Early Help Co-ordinator", False),
    ],
)
def test_spellings_of_one_owner(vocabulary: Vocabulary, one: str, other: str, same: bool) -> None:
    assert (vocabulary.owner_key(one) == vocabulary.owner_key(other)) is same


def test_a_plan_list_names_its_owners() -> None:
    vocabulary = Vocabulary.load([a_key("HCF", "Head of Children and Families")])
    document = "fenbridge.txt"
    assert vocabulary.owner_key("HCF", document) == vocabulary.owner_key("Head of Children and Families", document)


# ---------------------------------------------------------------- spoilt words


def test_a_role_inside_words_is_undone_where_the_letters_around_it_tell() -> None:
    texts = ["Train all NQHEAD OF PRACTICEs", "Led by the PHEAD OF PRACTICE", "HEAD OF PRACTICE signs"]
    repairer = Repairer(texts, ["Head of Practice"], {"NQSW", "PSW", "PEP", "PLO"})
    assert [repairer.mend(text) for text in texts] == ["Train all NQSWs", "Led by the PSW", "HEAD OF PRACTICE signs"]


def test_a_spoilt_word_with_too_many_readings_is_left() -> None:
    repairer = Repairer(["PHEAD OF PRACTICE"], ["Head of Practice"], {"PSW", "PEP", "PLO", "PEX"})
    assert repairer.mend("PHEAD OF PRACTICE") == "PHEAD OF PRACTICE"


# ---------------------------------------------------------------- words and data


@pytest.mark.parametrize(
    "family",
    [
        "neglect neglects neglected neglecting neglectful",
        "audit audits audited auditing",
        "educate educated education educational",
        "assess assessed assessment assessments",
        "policy policies",
        "plan planned planning",
        "timely timeliness",
    ],
)
def test_inflections_share_a_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["police policy", "missing missed", "placement place", "carer care", "house housing"])
def test_different_words_do_not(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_a_word_and_the_same_word_with_an_e_are_two_with_inflections_of_their_own() -> None:
    roots = ["".join(letters) for letters in product("bcdfghlmnprst", "aeiou", "bdlmnprt")]
    past = {"don", "mad", "cam"}  # done, made, came
    pairs = [root for root in roots if is_english(root) and is_english(f"{root}e") and root not in past]
    assert len(pairs) > 50
    wrong = [root for root in pairs if not stem(f"{root}s") == stem(root) != stem(f"{root}e")]
    assert [*wrong, *(root for root in pairs if not stem(f"{root}e") == stem(f"{root}es") == stem(f"{root}ing"))] == []


def test_the_glossary_is_whole() -> None:
    read = read_glossary()
    names = {concept.key for concept in read}
    assert len(names) == len(read)
    assert [c.key for c in read if not c.meaning] == []
    assert [n for c in read for n in (*c.broader, *c.apart, *(p for s in c.made_of for p in s)) if n not in names] == []


def test_the_glossary_travels_with_the_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    kept = settings["tool"]["setuptools"]["package-data"]["assistant"]
    files = {str(path.relative_to(ROOT / "assistant")) for path in (ROOT / "assistant" / "data").iterdir()}
    assert {file for file in files if not any(Path(file).match(pattern) for pattern in kept)} == set()
    assert GLOSSARY.is_file()


@pytest.mark.real_plans
@pytest.mark.skipif(not (SHARED / "glossary.csv").is_file(), reason="the shared glossary is not on this machine")
def test_meanings_are_in_our_own_words() -> None:
    with (SHARED / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        theirs = " | ".join(_plain(" ".join(row.values())) for row in csv.DictReader(lines))
    runs = [" ".join(words[i : i + 7]) for words in _meanings() for i in range(len(words) - 6)]
    assert [run for run in runs if run in theirs] == []


def _meanings() -> list[list[str]]:
    return [_plain(concept.meaning).split() for concept in read_glossary()]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))
