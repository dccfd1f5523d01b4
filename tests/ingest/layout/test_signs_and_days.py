"""Days before a sentence, marks of notes, signs and figures whose column says what they mean, what is crossed out."""

from __future__ import annotations

import io
import random

import docx
import pytest

from assistant.records import Action, ReadAs
from ingest.layout.profiles import are_fractions
from ingest.layout.shapes import is_person
from ingest.layout.words import plain
from ingest.readers import read_bytes
from ingest.reading import reading_of
from tests.ingest.understood import understood

WORK = ["Paint the pier", "Oil the crane", "Mend the lamp", "Sell the old boat"]
LEADS = ["Harbour Master", "Head of Moorings", "Dock Manager", "Harbour Master"]
DAYS = [("30 June 2027", "2027-06-30"), ("1 September 2027", "2027-09-01"), ("9 May 2028", "2028-05-09")]
PLAN = (
    "| Ref | Action | Lead | Due | Status |\n|---|---|---|---|---|\n| 1 | Paint the pier | Mate | May 2027 | Open |\n\n"
)


def table(head: str, *lines: str) -> str:
    """A table in Markdown; cells are parted by strokes."""
    parted = (head, "|".join("-" * (head.count("|") + 1)), *lines)
    return "".join(f"| {line.replace('|', ' | ')} |\n" for line in parted)


def read(text: str, name: str = "plan.md") -> tuple[Action, ...]:
    return understood(text, name).actions


# ---------------------------------------------------------------- sentences with the day first


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("marks", [("1.", "2.", "3."), ("-", "-", "-")])
def test_a_sentence_says_who_and_when_with_the_day_first_or_last(seed: int, marks: tuple[str, ...]) -> None:
    chance, said = random.Random(seed), []
    for who, what, (day, _) in zip(LEADS, WORK, DAYS, strict=False):
        before, comma, does = (
            chance.choice(["By", "Before"]),
            chance.choice(["", ","]),
            chance.choice(["will", "is to"]),
        )
        task = f"the {who} {does} {what.lower()} in the outer harbour"
        said.append(chance.choice([f"{before} {day}{comma} {task}.", f"{task.capitalize()} by {day}."]))
    said = [text.replace(who.lower(), who) for text, who in zip(said, LEADS, strict=False)]
    found = read("\n".join(["# Our answer", "", *map(" ".join, zip(marks, said, strict=True))]))
    assert [(a.owner, str(a.due)) for a in found] == [(w, d) for w, (_, d) in zip(LEADS, DAYS, strict=False)]
    assert [a.action for a in found] == said


def test_a_day_in_a_duty_makes_no_plan() -> None:
    assert not read(
        "# Procedure\n\n1. By 3 pm the pilot will ring.\n2. By law the pilot will wait.\n3. By night all go.\n"
    )


# ---------------------------------------------------------------- news and the days of completion


@pytest.mark.parametrize("heading", ["Update", "Progress", "Latest position"])
@pytest.mark.parametrize("step", ["letter sent, no reply", "invitations issued", "papers circulated"])
@pytest.mark.parametrize("parted", [" – ", ": ", ". "])
@pytest.mark.parametrize("begins", ["Open", "To do", "Closed"])
def test_a_state_before_the_news_outweighs_a_step_in_them(heading: str, step: str, parted: str, begins: str) -> None:
    (found,) = read(table(f"Action|Lead|Due|{heading}", f"Paint the pier|Mate|May 2027|{begins}{parted}{step}"))
    assert (found.status.value == "complete") == (begins == "Closed")


@pytest.mark.parametrize("heading", ["Date closed", "Completed on", "Date of completion"])
@pytest.mark.parametrize("day", ["24 March 2026", "24/03/2026", "24th of March 2026"])
def test_a_day_of_completion_says_that_it_is_complete(heading: str, day: str) -> None:
    (found,) = read(table(f"Action|Lead|Due|{heading}", f"Paint the pier|Mate|31 March 2026|{day}"))
    assert (found.status.value, str(found.completed_on), found.status_text) == ("complete", "2026-03-24", None)


# ---------------------------------------------------------------- marks of notes, explained words


@pytest.mark.parametrize("mark", ["3", "12", "[4]", "2,3"])
def test_the_mark_of_a_note_is_no_part_of_a_cell(mark: str) -> None:
    cells = ["Dredge 30 m<sup>2</sup> of it", "Mate", "30<sup>th</sup> June 2027", "Complete"]
    row = "".join(f"<td>{cell}<sup>{mark}</sup></td>" for cell in cells)
    head = "<tr><th>Action</th><th>Lead</th><th>Due</th><th>Status</th></tr>"
    (found,) = read(f"<table>{head}<tr>{row}</tr></table>", "plan.html")
    assert (found.action, found.owner, str(found.due)) == ("Dredge 30 m² of it", "Mate", "2027-06-30")
    assert found.status.value == "complete"


def test_a_unit_is_no_mark() -> None:
    assert [plain(text) for text in ("12 km²", "10³ boats", "¹ Note", "team³", "2027²,³")] == [
        *("12 km²", "10³ boats", "¹ Note", "team", "2027")
    ]


@pytest.mark.parametrize("head", ["Term|Meaning", "Word|What it means", "Term|Definition"])
def test_names_of_columns_that_are_explained_are_no_record(head: str) -> None:
    lines = ["Action|A step that somebody has agreed to take", "Lead|Who answers for it", "Due date|When it is done"]
    assert not read(table(head, *lines))
    terms = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in (line.split("|") for line in lines))
    assert not read(f"<h2>Glossary</h2><dl>{terms}</dl>", "words.html")


@pytest.mark.parametrize(
    ("head", "line", "kind"),
    [
        ("Audience|Message|Channel|Date|Lead", "Berth holders|Tell them of the fees|Letter|1 May 2027|Clerk", "other"),
        ("Stakeholder|Key message|Method|When|By whom", "Press|Explain the fees|Talk|1 May 2027|Clerk", "other"),
        ("Message|Audience|Channel|Date|Lead", "Explain the fees|Press|Talk|1 May 2027|Clerk", "other"),
        ("Date|Forum|What will be discussed|Lead", "1 May 2027|Users forum|Agree the fees|Clerk", "meetings"),
        ("Lead|Area|Email|Working days", "Ada Finch|Boats|a.finch@harbour.example|Mon-Thu", "people"),
    ],
)
def test_a_table_of_messages_meetings_or_contacts_beside_a_plan_is_kept(head: str, line: str, kind: str) -> None:
    found = understood(f"# Harbour\n\n## Actions\n\n{PLAN}## More\n\n{table(head, line, line)}", "plan.md")
    assert len(found.actions) == 1
    assert [read.read_as for read in found.tables] == [ReadAs.ACTIONS, ReadAs(kind)]


# ---------------------------------------------------------------- signs and figures


@pytest.mark.parametrize("sign", ["✓", "x", "Y", "✔️", "1"])
@pytest.mark.parametrize(
    "heads", [["Jan", "Feb", "Mar"], ["Police", "Health", "Council"], ["Police lead", "Trust", "Q1"]]
)
def test_a_sign_says_neither_state_nor_owner_where_its_heading_does_not(sign: str, heads: list[str]) -> None:
    lines = [f"{what}|" + "|".join(sign if at % 3 != own else "" for at in range(3)) for own, what in enumerate(WORK)]
    found = read(table(f"Action|{'|'.join(heads)}|Due", *(f"{line}|3 May 2027" for line in lines)))
    assert [(a.owner, a.status.value) for a in found] == [(None, "not_recorded")] * len(WORK)


def test_a_sign_says_the_state_that_its_heading_names() -> None:
    found = read(table("Action|Lead|Due|Complete", "Paint the pier|Mate|May 2027|✓", "Oil the crane|Mate|May 2027|"))
    assert [a.status.value for a in found] == ["complete", "not_recorded"]


@pytest.mark.parametrize(
    ("shares", "first"),
    [
        (["1", "0.5"], "complete"),
        (["1.0", "0.25"], "complete"),
        (["1", "50"], "not_recorded"),
        (["1", "0"], "not_recorded"),
    ],
)
def test_one_is_all_of_it_where_its_column_holds_parts_of_one(shares: list[str], first: str) -> None:
    lines = (f"{what}|Mate|May 2027|{share}" for what, share in zip(WORK, shares, strict=False))
    found = read(table("Action|Lead|Due|% complete", *lines))
    assert (found[0].status.value, found[0].status_text) == (first, shares[0])
    assert are_fractions(shares) == (first == "complete")


# ---------------------------------------------------------------- what is crossed out, and names


def as_docx(items: list[str], gone: int) -> bytes:
    text, data = docx.Document(), io.BytesIO()
    for at, item in enumerate(items):
        text.add_paragraph().add_run(item).font.strike = at == gone
    text.save(data)
    return data.getvalue()


@pytest.mark.parametrize("gone", range(3))
@pytest.mark.parametrize(
    "form", ["<p><s>{}</s></p>", '<p style="text-decoration: line-through">{}</p>', "docx", "~~{}~~"]
)
def test_what_is_crossed_out_whole_is_withdrawn_and_not_live(form: str, gone: int) -> None:
    items = [
        f"{at}. {what} (Mate, {day})" for at, (what, (day, _)) in enumerate(zip(WORK, DAYS, strict=False), start=1)
    ]
    if form == "docx":
        found = reading_of(read_bytes(as_docx(items, gone), "plan.docx"))
    else:
        plain_form = "<p>{}</p>" if form.startswith("<") else "{}"
        text = "\n\n".join((form if at == gone else plain_form).format(item) for at, item in enumerate(items))
        found = understood(text, "plan.html" if form.startswith("<") else "plan.md")
    assert [a.status.value == "withdrawn" for a in found.actions] == [at == gone for at in range(3)]
    assert [a.action for a in found.actions] == WORK[:3]
    assert not any(WORK[gone] in passage.text for passage in found.passages)


def test_crossed_out_words_that_are_no_item_are_left_out() -> None:
    assert not read("## Actions\n\n~~We had hoped for more.~~\n")


@pytest.mark.parametrize("dash", [" – ", " - ", "; "])
@pytest.mark.parametrize("over", ["", "## Actions\n\n"])
def test_a_name_of_a_person_after_a_dash_says_who(dash: str, over: str) -> None:
    names = ["Asha Bell", "Tom Reed", "Kim Oakes"]
    lines = (f"- {what}{dash}{name}{dash}{day}" for what, name, (day, _) in zip(WORK, names, DAYS, strict=False))
    found = read("# Harbour\n\n" + over + "\n".join(lines))
    assert [(a.action, a.owner, str(a.due)) for a in found] == [
        (what, name, day) for what, name, (_, day) in zip(WORK, names, DAYS, strict=False)
    ]


def test_a_name_of_a_place_is_nobody() -> None:
    assert [is_person(text) for text in ("Asha Bell", "North Quay", "Asha", "Asha paints", "")] == [True, *[False] * 4]
    found = read(
        "## Actions\n\n1. Paint the pier – North Quay – 3 May 2027\n2. Oil the crane – South Quay – 4 May 2027\n"
    )
    assert [a.owner for a in found] == [None, None]
