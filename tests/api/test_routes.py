"""Every route of data with every status it can give, and the one body of errors."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from starlette.testclient import TestClient

from assistant.errors import StoreBusy
from assistant.records import OWNER, Action
from tests.api.conftest import FORMULA, Serve, Site


def assert_problem(response: Any, status: int, code: str) -> None:
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error", "message", "status"}
    assert (body["error"], body["status"]) == (code, status)
    assert len(body["message"]) > 20
    assert response.headers["x-request-id"]


# ---------------------------------------------------------------- asking


def test_an_answer_has_the_fields_of_the_contract_and_keeps_its_qid(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "which actions are overdue?", "qid": "q7"}).json()
    assert {"question", "qid", "status", "answer", "as_of", "understood_as", "query", "total", "citations", "table",
            "related", "caveats", "suggestions", "corpus_version"} <= set(answer)  # fmt: skip
    assert (answer["qid"], answer["status"]) == ("q7", "answered")
    assert answer["total"] == len([one for one in answer["citations"] if one["kind"] == "action"])


def test_a_query_sent_back_gives_the_same_rows(client: TestClient) -> None:
    first = client.post("/api/ask", json={"question": "which actions are overdue?"}).json()
    again = client.post("/api/ask", json={"question": "anything", "query": first["query"]}).json()
    assert [one["id"] for one in again["citations"]] == [one["id"] for one in first["citations"]]


def test_what_may_be_left_out_may_be_null(client: TestClient) -> None:
    asked = {"question": "which actions are overdue?"}
    nulls = dict.fromkeys(("qid", "as_of", "conversation", "query"))
    assert client.post("/api/ask", json=asked | nulls).json() == client.post("/api/ask", json=asked).json()


def test_a_row_goes_out_with_all_that_a_reader_of_its_page_sees(client: TestClient) -> None:
    held = {field.name for field in fields(Action)}
    assert held - set(client.get("/api/actions").json()["items"][0]) == {"digest"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid"),
        ({"question": "  "}, "question"),
        ({"question": "x" * 3000}, "question"),
        ({"question": "late?", "as_of": "31/02/2026"}, "invalid"),
        ({"question": "late?", "reader": "mayor"}, "invalid"),
        ({"question": "late?", "conversation": ["x"] * 51}, "invalid"),
        ({"question": "late?", "query": {"intent": "shout", "as_of": "2026-01-01"}}, "query_plan"),
    ],
)
def test_a_question_that_cannot_be_taken_is_422(client: TestClient, body: dict[str, Any], code: str) -> None:
    assert_problem(client.post("/api/ask", json=body), 422, code)


def test_a_body_that_is_not_json_is_refused(client: TestClient) -> None:
    assert_problem(client.post("/api/ask", content=b"{", headers={"content-type": "application/json"}), 422, "invalid")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_a_body_of_another_media_type_is_415(client: TestClient, kind: str) -> None:
    response = client.post("/api/ask", content=b'{"question": "late?"}', headers={"content-type": kind})
    assert_problem(response, 415, "media_type")
    assert "application/json" in response.json()["message"]


@pytest.mark.parametrize("content", [b"\xff\xfe{", b"[" * 100_000])
def test_a_body_that_cannot_be_taken_apart_is_400(client: TestClient, content: bytes) -> None:
    response = client.post("/api/ask", content=content, headers={"content-type": "application/json"})
    assert_problem(response, 400, "bad_request")


def test_what_can_be_done_at_an_address_is_said(client: TestClient) -> None:
    response = client.request("DELETE", "/api/sources")
    assert_problem(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "GET, POST"


def test_a_body_that_is_too_long_is_413(serve: Serve) -> None:
    body = json.dumps({"question": "late?", "conversation": ["x" * 3000]}).encode()
    client = serve(request_bytes=2_000)
    assert_problem(client.post("/api/ask", content=body), 413, "too_large")
    assert_problem(client.post("/api/ask", content=iter([body])), 413, "too_large")


def test_too_many_requests_are_429_and_say_when_to_come_back(serve: Serve) -> None:
    client = serve(requests_per_minute=2)
    statuses = [client.get("/api/health").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    response = client.get("/api/health")
    assert_problem(response, 429, "too_many_requests")
    assert int(response.headers["retry-after"]) >= 1


def test_a_form_of_another_site_is_403(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "late?"}, headers={"origin": "http://elsewhere.test"})
    assert_problem(response, 403, "other_site")


# ---------------------------------------------------------------- the register


def test_pages_of_the_register_hold_every_row_once(client: TestClient) -> None:
    total = client.get("/api/actions").json()["total"]
    seen, offset = [], 0
    while offset is not None:
        page = client.get("/api/actions", params={"limit": 17, "offset": offset, "order": "due"}).json()
        seen += [row["id"] for row in page["items"]]
        offset = page["next"]
    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        ({"status": "complete"}, lambda row: row["status"] == "complete"),
        ({"open": True}, lambda row: row["status"] != "complete"),
        ({"rag": "amber"}, lambda row: row["rag"] == "amber"),
        ({"due_from": "2026-09-01", "due_to": "2026-12-31"}, lambda row: "2026-09-01" <= row["due"] <= "2026-12-31"),
        ({"overdue": True, "as_of": "2026-11-24"}, lambda row: row["due"] < "2026-11-24"),
        ({"missing": "due"}, lambda row: row["due"] is None),
        ({"flag": "any"}, lambda row: row["flags"]),
        ({"plan": "send inclusion"}, lambda row: "send" in row["document"]),
        ({"owner": "RO"}, lambda row: "RO" in row["owners"] or "RO" in row["owner"]),
        ({"q": "neglect"}, lambda row: "neglect" in json.dumps(row).lower()),
    ],
)
def test_each_filter_keeps_its_rows_and_no_other(
    client: TestClient, filters: dict[str, Any], holds: Callable[[dict[str, Any]], bool]
) -> None:
    every = client.get("/api/actions", params={"limit": 1000}).json()["items"]
    page = client.get("/api/actions", params={**filters, "limit": 1000}).json()
    assert 0 < page["total"] == len(page["items"]) < len(every)
    assert all(holds(row) for row in page["items"])


@pytest.mark.parametrize(
    "params", [{"status": "late"}, {"limit": 0}, {"limit": 1001}, {"offset": -1}, {"due_from": "soon"},
               {"format": "pdf"}, {"missing": "soul"}, {"order": "beauty"}]
)  # fmt: skip
def test_a_filter_that_cannot_be_used_is_422(client: TestClient, params: dict[str, Any]) -> None:
    assert_problem(client.get("/api/actions", params=params), 422, "invalid")


def test_a_plan_that_is_not_held_has_no_rows(client: TestClient) -> None:
    assert client.get("/api/actions", params={"plan": "no such plan"}).json() == {"total": 0, "items": [], "next": None}


def test_one_action_is_given_by_its_id(client: TestClient) -> None:
    row = client.get("/api/actions").json()["items"][0]
    assert client.get(f"/api/actions/{row['id']}").json() == row
    assert_problem(client.get("/api/actions/none"), 404, "not_found")


def test_exports_hold_every_row_and_no_formula(client: TestClient) -> None:
    total = client.get("/api/actions").json()["total"]
    lines = client.get("/api/actions", params={"format": "jsonl"}).text.splitlines()
    assert len([json.loads(line) for line in lines]) == total
    cells = list(csv.reader(io.StringIO(client.get("/api/actions", params={"format": "csv"}).text.lstrip("\ufeff"))))
    assert len(cells) == total + 1
    assert not [cell for row in cells for cell in row if cell[:1] in set("=+-@\t\r")]
    assert any(cell == f"'{FORMULA}" for row in cells for cell in row)


def test_a_workbook_says_what_it_holds_and_its_dates_are_dates(client: TestClient) -> None:
    response = client.get("/api/actions", params={"format": "xlsx", "plan": "formulas.csv", "as_of": "2026-11-24"})
    book = load_workbook(io.BytesIO(response.content))
    about = {row[0].value: row[1].value for row in book["About"].iter_rows() if row[0].value}
    assert about["Actions"] == 2
    assert "Plan: Formulas" in about["What was asked"]
    rows = [{cell.column_letter: cell for cell in row} for row in book["Actions"].iter_rows(min_row=2)]
    assert {row["G"].value for row in rows} >= {FORMULA}
    assert {row["G"].data_type for row in rows} == {"s"}
    assert {row["J"].value.date().isoformat() for row in rows} == {"2026-05-01", "2026-05-02"}


# ---------------------------------------------------------------- documents


def test_documents_are_listed_and_given_one_by_one(client: TestClient) -> None:
    listed = client.get("/api/sources").json()
    assert listed["total"] == len(listed["items"]) == 7
    one = listed["items"][0]
    assert client.get(f"/api/sources/{one['id']}").json() == one
    assert_problem(client.get("/api/sources/none"), 404, "not_found")


def test_an_original_is_given_with_its_hash_as_etag(client: TestClient) -> None:
    one = client.get("/api/sources").json()["items"][0]
    response = client.get(f"/api/sources/{one['id']}/file")
    assert hashlib.sha256(response.content).hexdigest() == one["sha256"]
    tag = response.headers["etag"]
    assert tag == f'"{one["sha256"]}"'
    again = client.get(f"/api/sources/{one['id']}/file", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_that_has_changed_since_is_not_given(client: TestClient, site: Site) -> None:
    source = next(one for one in client.get("/api/sources").json()["items"] if one["document"] == "formulas.csv")
    held = site.assistant().register
    path = Path(next(one.path for one in held.sources(OWNER) if one.document == "formulas.csv"))
    held.close()
    before = path.read_bytes()
    path.write_bytes(before + b"X3,more,Clerk,,\n")
    try:
        assert_problem(client.get(f"/api/sources/{source['id']}/file"), 404, "not_found")
    finally:
        path.write_bytes(before)


# ---------------------------------------------------------------- who reads


def test_the_public_cannot_tell_that_a_hidden_row_exists(serve: Serve) -> None:
    owner, public = serve(), serve(owner=False)
    hidden = next(row for row in owner.get("/api/actions?limit=1000").json()["items"] if row["label"] != "public")
    shown = public.get("/api/actions?limit=1000").json()["items"]
    assert {row["label"] for row in shown} == {"public"}
    there, absent = public.get(f"/api/actions/{hidden['id']}"), public.get("/api/actions/none")
    assert_problem(there, 404, "not_found")
    assert there.json()["message"].replace(hidden["id"], "none") == absent.json()["message"]


# ---------------------------------------------------------------- operation


def test_health_counts_what_is_loaded(client: TestClient) -> None:
    state = client.get("/api/health").json()
    assert (state["status"], state["documents"]) == ("ready", 7)
    assert state["actions"] == client.get("/api/actions").json()["total"]


def test_metrics_count_requests_by_route_without_questions(client: TestClient) -> None:
    client.post("/api/ask", json={"question": "which actions on snowdrops are overdue?"})
    text = client.get("/metrics").text
    assert 'plan_assistant_requests_total{route="/api/ask",status="200"} 1.0' in text
    assert "snowdrops" not in text


def test_the_log_is_json_and_holds_no_question(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "plan_assistant.requests")
    client.get("/", params={"q": "snowdrops"}, headers={"x-request-id": "abc"})
    line = json.loads(caplog.records[-1].message)
    assert (line["id"], line["route"], line["status"]) == ("abc", "/", 200)
    assert "snowdrops" not in caplog.text


def test_every_page_has_the_headers_of_security(client: TestClient) -> None:
    headers = client.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/api/ask", 405)])
def test_what_is_not_there_has_the_same_body(client: TestClient, method: str, path: str, status: int) -> None:
    code = {404: "not_found", 405: "method_not_allowed"}[status]
    assert_problem(client.request(method, path, headers={"accept": "application/json"}), status, code)


def test_a_register_that_is_busy_is_503_and_a_fault_is_500(site: Site) -> None:
    app: FastAPI = site.app()

    @app.get("/api/busy")
    def busy() -> None:
        raise StoreBusy("Another load is writing to the register. Try again in a minute.")

    @app.get("/api/fault")
    def fault() -> None:
        raise ZeroDivisionError

    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    assert_problem(client.get("/api/busy"), 503, "busy")
    assert_problem(client.get("/api/fault"), 500, "internal")
    app.state.assistant.register.close()


def test_the_description_documents_every_error_with_the_one_body(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path, operations in paths.items():
        for operation in operations.values():
            errors = {status: body for status, body in operation["responses"].items() if status >= "400"}
            assert "429" in errors, path
            for body in errors.values():
                assert body["content"]["application/json"]["schema"]["$ref"].endswith("/Problem")
