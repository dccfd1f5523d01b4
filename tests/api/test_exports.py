"""Files of the register and of answers: every row, its places, the plans' own keys, and no formula."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from starlette.testclient import TestClient

from api.exports.evidence import Evidence, comma_separated, inert, json_lines
from api.exports.office import evidence_pack, workbook
from api.words import NOT_DEFINED, RULE, moment
from assistant.records import Action, Label, Locator, Source
from tests.api.conftest import FORMULA, Serve

OVERDUE = {"q": "which actions are overdue?", "as_of": "2026-11-24"}
MEANING = {"q": "what does amber mean?"}


def file_of(client: TestClient, kind: str, path: str = "/api/answer", **params: Any) -> bytes:
    response = client.get(path, params={**params, "format": kind})
    assert response.status_code == 200, response.text
    assert response.headers["content-disposition"].endswith(f'.{kind}"')
    return response.content


def cells_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def sheet_of(data: bytes, name: str) -> list[dict[str, Any]]:
    head, *lines = load_workbook(io.BytesIO(data))[name].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def words_of(data: bytes) -> str:
    """Everything that a Word document says: its paragraphs, and the cells of its tables."""
    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl", "docx"])
def test_a_file_of_an_answer_holds_every_row_that_it_counts(client: TestClient, kind: str) -> None:
    answer = client.get("/api/answer", params=OVERDUE).json()
    data = file_of(client, kind, **OVERDUE)
    ids = [one["id"] for one in answer["citations"]]
    assert len(ids) == answer["total"] > 20
    if kind == "csv":
        assert [line["id"] for line in cells_of(data)] == ids
    elif kind == "jsonl":
        assert [json.loads(line)["id"] for line in data.decode().splitlines()] == ids
    elif kind == "xlsx":
        assert [line["Row id"] for line in sheet_of(data, "Actions")] == ids
    else:
        rows = Document(io.BytesIO(data)).tables[0].rows
        assert [row.cells[0].text for row in rows][1:] == [f"[{one['marker']}]" for one in answer["citations"]]


def test_an_evidence_pack_says_all_that_an_answer_says_and_where_it_comes_from(client: TestClient) -> None:
    answer = client.get("/api/answer", params=OVERDUE).json()
    words = words_of(file_of(client, "docx", **OVERDUE))
    flat = " ".join(words.split())
    assert OVERDUE["q"] in words
    assert answer["answer"].split("\n")[0] in words
    assert answer["understood_as"] in words
    assert "As at 24 November 2026" in words
    assert RULE in words
    assert [caveat for caveat in answer["caveats"] if caveat not in words] == []
    quotes = [" ".join(one["quote"].split()) for one in answer["citations"]]
    assert [quote for quote in quotes if quote not in flat] == []
    cited = {one["document"] for one in answer["citations"]}
    held = [one for one in client.get("/api/sources").json()["items"] if one["document"] in cited]
    assert len(held) == len(cited)
    for source in held:
        for value in ("title", "authority", "document", "sha256"):
            assert (source[value] or "not recorded") in words, value
        assert moment(source["loaded_at"]) in words


def test_a_colour_is_given_with_the_meaning_of_its_own_plan(client: TestClient) -> None:
    rows = [line for line in client.get("/api/actions?limit=1000").json()["items"] if line["rag"]]
    expected = {row["id"]: row["rag_meaning"] or NOT_DEFINED for row in rows}
    assert len(set(expected.values())) > 2
    sheet = sheet_of(file_of(client, "xlsx", "/api/actions"), "Actions")
    assert {line["Row id"]: line["Colour means"] for line in sheet if line["Colour"]} == expected
    words = words_of(file_of(client, "docx", "/api/actions"))
    assert [
        one for one in {f"{row['rag'].capitalize()}: {expected[row['id']]}" for row in rows} if one not in words
    ] == []


def test_a_quote_that_is_no_row_is_in_every_file(client: TestClient) -> None:
    answer = client.get("/api/answer", params=MEANING).json()
    quotes = {one["quote"] for one in answer["citations"] if one["kind"] == "passage"}
    assert quotes
    assert {
        line["quote"] for line in cells_of(file_of(client, "csv", **MEANING)) if line["kind"] == "passage"
    } >= quotes
    assert {line["Quote"] for line in sheet_of(file_of(client, "xlsx", **MEANING), "Quotes")} >= quotes
    words = words_of(file_of(client, "docx", **MEANING))
    assert [quote for quote in quotes if quote not in words] == []


def test_the_counts_of_an_answer_are_numbers_in_a_workbook(client: TestClient) -> None:
    asked = {"q": "how many actions are complete in each plan?"}
    table = client.get("/api/answer", params=asked).json()["table"]
    counts = sheet_of(file_of(client, "xlsx", **asked), "Counts")
    assert [str(line["Actions"]) for line in counts] == [row["cells"][1] for row in table["rows"]]
    assert {type(line["Actions"]) for line in counts} == {int}


def test_the_cover_of_a_workbook_says_how_to_read_it(client: TestClient) -> None:
    data = file_of(client, "xlsx", "/api/actions", rag="amber", as_of="2026-11-24")
    lines = list(load_workbook(io.BytesIO(data))["About"].iter_rows(values_only=True))
    said = {line[0]: line[1] for line in lines if line[0]}
    assert "Colour: amber" in said["What was asked"]
    assert said["Lateness as at"].date().isoformat() == "2026-11-24"
    assert said["Rule"] == RULE
    assert said["Actions"] == client.get("/api/actions?rag=amber").json()["total"]
    head = next(number for number, line in enumerate(lines) if line[0] == "Document")
    sources = [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]
    assert sum(line["Actions here"] for line in sources) == said["Actions"]
    assert any("Amber: " in line["Colours in this plan"] for line in sources)


def test_the_plans_that_a_reader_chose_narrow_the_file_as_they_narrow_the_page(client: TestClient) -> None:
    plan = "fenbridge-improvement-board-action-log.csv"
    lines = cells_of(file_of(client, "csv", **OVERDUE, plan=plan))
    assert {line["document"] for line in lines} == {plan}


def test_a_file_keeps_the_query_and_the_conversation_of_its_address(client: TestClient) -> None:
    query = client.get("/api/answer", params=OVERDUE).json()["query"]
    late = len(cells_of(file_of(client, "csv", **OVERDUE)))
    assert len(cells_of(file_of(client, "csv", q="anything", query=json.dumps(query)))) == late
    follow = {"q": "only the amber ones", "earlier": OVERDUE["q"], "as_of": OVERDUE["as_of"]}
    assert {line["rag"] for line in cells_of(file_of(client, "csv", **follow))} == {"amber"}


def test_the_public_gets_a_file_of_what_the_public_may_see(serve: Serve) -> None:
    lines = cells_of(file_of(serve(owner=False), "csv", **OVERDUE))
    assert {line["label"] for line in lines} == {"public"}
    words = words_of(file_of(serve(owner=False), "docx", **OVERDUE))
    assert "Improvement Board action log" not in words


def test_a_refusal_as_a_file_holds_no_row(client: TestClient) -> None:
    asked = {"q": "who was the boy who kept going missing"}
    assert cells_of(file_of(client, "csv", **asked)) == []
    assert "Actions: 0" in words_of(file_of(client, "docx", **asked))


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"q": " "}, "question"),
        ({"q": "late?", "query": "{"}, "query_plan"),
        ({"q": "late?", "query": "[]"}, "query_plan"),
        ({"q": "late?", "format": "pdf"}, "invalid"),
        ({"q": "late?", "as_of": "0"}, "invalid"),
        ({}, "invalid"),
    ],
)
def test_an_answer_that_cannot_be_given_as_a_file_is_422(client: TestClient, params: dict[str, str], code: str) -> None:
    response = client.get("/api/answer", params={"format": "docx", **params})
    assert (response.status_code, response.json()["error"]) == (422, code)


# ---------------------------------------------------------------- text stays text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\tx", " =1", "\u00a0=1", "\u3000=1", "\u200b=1",
     "\ufeff=1", "＝1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "−1", "|x", "%x"],
)  # fmt: skip
def test_what_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "R1.2", "1.10", "a=b", "«=»", "(=1)", "£5", "3-4"])
def test_what_is_no_formula_is_left_as_it_is(text: str) -> None:
    assert inert(text) == text


HOSTILE = {
    "equals": FORMULA,
    "plus": "+44 1234",
    "at": "@SUM(1+1)*cmd",
    "minus": "-2+3",
    "wide": "＝1+1",
    "tab": "\t=1+1",
}


def evidence_of(**texts: str) -> Evidence:
    """One action a text, which stands in each of its fields."""
    names = ("action", "owner", "ref", "section", "due_text", "status_text", "outcome", "success_measure", "plan")
    row = Action("", "x.csv", "Plan", None, None, "", Locator(line_start=1), "quote")
    rows = tuple(replace(row, id=name, **dict.fromkeys(names, text)) for name, text in texts.items())
    source = Source("x", "x.csv", "Plan", None, None, Label.PUBLIC, "0" * 64, "x.csv")
    return Evidence("Every action", date(2026, 11, 24), "1", rows, (source,), ())


def test_no_cell_of_a_csv_begins_as_a_formula_does() -> None:
    lines = cells_of(comma_separated(evidence_of(**HOSTILE)))
    assert [line["action"] for line in lines] == [f"'{text}" for text in HOSTILE.values()]
    assert {value[:1] for line in lines for value in line.values()} & set("=+-@＝\t\r") == set()


def test_every_text_of_a_workbook_is_typed_as_text() -> None:
    data = workbook(evidence_of(**HOSTILE))
    cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert [line["Action"] for line in sheet_of(data, "Actions")] == list(HOSTILE.values())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert not re.search(rb"<f[ >]|externalLink|ddeLink", parts)


def test_a_word_document_holds_texts_and_no_fields() -> None:
    data = evidence_pack(evidence_of(**HOSTILE))
    words = words_of(data)
    assert [text for text in HOSTILE.values() if text not in words] == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not re.search(rb"instrText|fldSimple|fldChar|altChunk|<w:object", archive.read("word/document.xml"))
        assert "word/vbaProject.bin" not in archive.namelist()


def test_json_lines_give_the_words_as_they_stand() -> None:
    lines = [json.loads(line) for line in json_lines(evidence_of(**HOSTILE)).decode().splitlines()]
    assert [line["action"] for line in lines] == list(HOSTILE.values())


def test_a_text_too_long_for_a_cell_says_that_it_goes_on() -> None:
    evidence = evidence_of(long="x" * 40_000 + "\x00\x0b")
    [line] = sheet_of(workbook(evidence), "Actions")
    assert line["Action"].endswith("(goes on in the document)")
    assert len(line["Action"]) == 32_767
    assert "x" * 40_000 in words_of(evidence_pack(evidence))
