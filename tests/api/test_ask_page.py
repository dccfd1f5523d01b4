"""The ask page as it leaves the server: what can be changed, what is kept, and what a reader may not see."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import AS_OWNER, Site

LATE = "which actions are overdue?"
LOG = "fenbridge-improvement-board-action-log.csv"
DAY = "2026-11-24"


class _Form(HTMLParser):
    """The fields of the form that changes a query, as a browser would send them untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._inside, self._select = False, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inside = given.get("action") == "/change" if tag == "form" else self._inside
        if not self._inside:
            return
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields.append((given["name"], given.get("value", "")))
        if tag == "select":
            self._select = given["name"]
        if tag == "option" and "selected" in given:
            self.fields.append((self._select, given["value"]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def changed(client: TestClient, page: str, **values: str) -> str:
    """The page that the form of a page leads to, with some of its fields changed."""
    fields = [(name, values.get(name, value)) for name, value in _Form(page).fields]
    fields += [(name, value) for name, value in values.items() if name not in dict(fields)]
    return client.get("/change", params=fields).text


def caption(page: str) -> str:
    """How many actions the first table of a page says it is of."""
    found = re.search(r"<caption[^>]*>(?:The first \d+ of )?([^<]+)</caption>", page)
    return found[1].strip() if found else ""


def total(client: TestClient, **filters: object) -> str:
    count = client.get("/api/actions", params={"as_of": DAY, **filters}).json()["total"]
    return f"{count} action{'' if count == 1 else 's'}"


def test_the_form_sent_untouched_gives_the_same_rows(client: TestClient) -> None:
    page = client.get("/", params={"q": LATE, "as_of": DAY}).text
    assert caption(changed(client, page)) == caption(page) == total(client, overdue=True)


def test_each_control_gives_the_rows_of_the_register(client: TestClient) -> None:
    page = client.get("/", params={"q": LATE, "as_of": DAY}).text
    assert caption(changed(client, page, owner="none")) == total(client, overdue=True, missing="owner")
    assert caption(changed(client, page, late="", state="is:complete")) == total(client, status="complete")
    assert caption(changed(client, page, late="", colour="is:red")) == total(client, rag="red")
    assert caption(changed(client, page, within=LOG)) == total(client, overdue=True, plan=LOG)
    assert caption(changed(client, page, late="", due_from="2026-05-01", due_to="2026-06-30")) == total(
        client, due_from="2026-05-01", due_to="2026-06-30"
    )
    assert caption(changed(client, page, day="2026-06-01")) == total(client, overdue=True, as_of="2026-06-01")


def test_a_subject_can_be_changed(client: TestClient) -> None:
    page = client.get("/", params={"q": "which actions are on neglect?", "as_of": DAY}).text
    asked = client.get("/", params={"q": "which actions are on fostering?", "as_of": DAY}).text
    now = changed(client, page, theme="fostering")
    assert caption(now) == caption(asked) != caption(page)
    assert "You changed how this question was understood" in now
    assert "You could ask next" not in now


def test_a_wrong_change_is_told_and_the_question_kept(client: TestClient) -> None:
    page = client.get("/", params={"q": LATE}).text
    told = changed(client, page, owner="is:Nobody At All")
    assert "There is a problem" in told
    assert f">{LATE}</textarea>" in told
    assert "is not a date" in changed(client, page, due_from="soon")
    for query in ("{", "[]", '{"intent": "fly"}'):
        assert client.get("/change", params={"q": LATE, "query": query}).status_code == 422


def test_each_setting_is_a_part_that_can_be_taken_away(client: TestClient) -> None:
    page = client.get("/", params={"q": LATE, "as_of": DAY, "reader": "member", "plan": LOG}).text
    chips = re.findall(r'<a href="([^"]+)"><span class="govuk-visually-hidden">Remove: </span>([^<]+)', page)
    assert [words.split(" ")[0] for _, words in chips] == ["only", "as", "for:"]
    without = client.get(unescape(chips[0][0])).text
    assert caption(without) == total(client, overdue=True)


def test_settings_can_be_taken_over_without_asking(client: TestClient) -> None:
    page = client.get("/", params={"q": "who is", "reader": "member", "set": "true", "plan": LOG}).text
    assert ">who is</textarea>" in page
    assert 'id="newest"' not in page
    assert "For example, for members" in page


def test_what_cannot_be_done_is_said_where_plans_are_chosen_too(client: TestClient) -> None:
    for plan in ([], [LOG]):
        page = client.get("/", params={"q": "delete the overdue actions", "plan": plan, "as_of": DAY}).text
        assert "cannot change records" in page
        assert total(client, overdue=True, **({"plan": LOG} if plan else {})) in page


def test_a_question_that_names_another_plan_than_those_chosen_says_so(client: TestClient) -> None:
    words = "which actions in the SEND and Inclusion Tracker are overdue?"
    page = client.get("/", params={"q": words, "plan": LOG}).text
    assert "not among those chosen" in page


def turns(page: str) -> list[tuple[str, str, str]]:
    """The earlier turns of a page: address, question, and how its answer begins."""
    found = re.findall(
        r'class="turn earlier">.*?href="([^"]+)">([^<]+)</a>.*?answered: </span>([^<]+)</p>', page, re.DOTALL
    )
    return [(unescape(to), unescape(words), unescape(first)) for to, words, first in found]


def test_a_thread_holds_its_questions_with_how_each_was_answered(client: TestClient) -> None:
    page = client.get("/", params={"q": "who owns them?", "earlier": [LATE, "how many are red?"], "as_of": DAY}).text
    (first, asked, begun), (second, _, _) = turns(page)
    assert asked == LATE
    assert begun in unescape(client.get("/", params={"q": LATE, "as_of": DAY}).text)
    assert caption(client.get(first).text) == total(client, overdue=True)
    assert "earlier=which" in second
    assert page.count('id="newest"') == 1


def test_what_a_thread_holds_is_asked_under_the_rights_of_its_reader(serve: Callable[..., TestClient]) -> None:
    owner, public = serve(), serve(owner=False)
    params = {"q": "which plans do you hold?", "earlier": [LATE], "as_of": DAY}
    told = [turns(client.get("/", params=params).text)[0][2] for client in (owner, public)]
    assert told[0] != told[1]


def test_a_change_counts_for_the_question_after_it(client: TestClient) -> None:
    params = {"q": "which actions are on neglect?", "as_of": DAY}
    page = changed(client, client.get("/", params=params).text, theme="fostering")
    kept = [unescape(words) for words in re.findall(r'name="earlier" value="([^"]+)"', page.split('id="kept"')[1])]
    after = client.get("/", params={"q": "which of them are overdue?", "as_of": DAY, "earlier": kept}).text
    asked = {"q": "which actions on fostering are overdue?", "as_of": DAY}
    assert "fostering" in unescape(after).split('id="newest"')[1].split("Understood as")[1][:300]
    assert caption(after) == caption(client.get("/", params=asked).text) != caption(page)
    assert turns(after)[0][1] == "which actions are on neglect?"
    assert "fostering" in turns(after)[0][2]


def test_words_are_explained_where_they_stand_for_members_alone(client: TestClient) -> None:
    params = {"q": "which actions are owned by the MASH Manager?", "as_of": DAY}
    for reader, explained in (("member", True), ("staff", False)):
        page = client.get("/", params={**params, "reader": reader}).text
        lead = page.split('id="direct">')[1].split("</div>")[0]
        assert bool(re.search(r"MASH \([a-z -]+\)", lead, re.IGNORECASE)) is explained, lead
        assert "Words explained" in page


def test_how_it_was_worked_out_is_in_sentences(client: TestClient) -> None:
    page = client.get("/", params={"q": LATE, "as_of": DAY}).text
    assert "Overdue means due before 24 November 2026" in page
    assert "Filters: overdue." in page
    assert re.search(r"Searched \d+ plans, with \d+ actions\.", page)


def test_a_permalink_says_the_same_on_another_day(client: TestClient) -> None:
    page = client.get("/", params={"q": LATE, "as_of": DAY, "reader": "inspection"}).text
    found = re.search(r'href="([^"]+)">Link to this conversation', page)
    assert found
    assert {"as_of=2026-11-24", "reader=inspection"} < set(unescape(found[1]).split("?")[1].split("&"))


@pytest.mark.parametrize("owner", [True, False])
def test_an_empty_register_says_so(empty_site: Site, owner: bool) -> None:
    app = empty_site.app()
    here = TestClient(app, base_url="http://127.0.0.1:8000", headers=AS_OWNER if owner else {})
    page = here.get("/", params={"q": LATE}).text
    assert "No plan to ask about yet" in page
    assert ("plan-assistant ingest" in page.split("No plan to ask")[1]) is owner
    assert 'id="ask"' not in page
    app.state.assistant.register.close()


def test_the_public_is_offered_nothing_of_a_hidden_plan(serve: Callable[..., TestClient]) -> None:
    owner, public = serve(), serve(owner=False)
    hidden = {row["owner"] for row in owner.get("/api/actions", params={"plan": LOG}).json()["items"]}
    seen = {
        name for row in public.get("/api/actions", params={"limit": 1000}).json()["items"] for name in row["owners"]
    }
    offered = set(re.findall(r'value="is:([^"]+)"', public.get("/", params={"q": LATE}).text))
    assert {unescape(name) for name in offered} - seen <= {"complete", *_codes()}
    assert not (hidden - seen) & offered
    response = public.get(
        "/change", params={"q": LATE, "query": json.dumps({"intent": "list", "as_of": DAY}), "within": LOG}
    )
    assert "action log" not in response.text


def _codes() -> set[str]:
    from assistant.records import Rag, Status

    return {one.value for one in (*Status, *Rag)}


# ---------------------------------------------------------------- reports


def test_a_report_is_kept_and_confirmed(client: TestClient) -> None:
    sent = client.post("/report", data={"problem": "Wrong owner", "words": "It is the head", "question": LATE})
    assert sent.url.path == "/report/sent"
    place = client.app.state.settings.data_dir / "reports.jsonl"  # type: ignore[attr-defined]
    assert json.loads(place.read_text(encoding="utf-8").splitlines()[-1])["question"] == LATE


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"problem": "Nonsense"},
        {"problem": "Something else", "words": " "},
        {"problem": "Wrong date", "words": "x" * 1001},
    ],
)
def test_a_report_that_says_too_little_or_too_much_comes_back(client: TestClient, data: dict[str, str]) -> None:
    answer = client.post("/report", data={**data, "question": "kept"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert 'name="question" value="kept"' in answer.text


def test_a_report_comes_from_this_site_and_of_a_row_that_is_seen(serve: Callable[..., TestClient]) -> None:
    owner, public = serve(), serve(owner=False)
    row = owner.get("/api/actions", params={"plan": LOG}).json()["items"][0]["id"]
    assert owner.get("/report", params={"row": row}).status_code == 200
    for client, status in ((owner, 200), (public, 404)):
        assert client.post("/report", data={"problem": "Wrong date", "row": row}).status_code == status
        assert client.get("/report", params={"row": row}).status_code == status
    elsewhere = owner.post("/report", data={"problem": "Wrong date"}, headers={"origin": "http://example.test"})
    assert elsewhere.status_code == 403


def test_the_help_page_links_to_the_transparency_record(serve: Callable[..., TestClient]) -> None:
    record = "https://example.test/record"
    assert f'href="{record}"' in serve(transparency_record=record).get("/help").text
    assert "has not set the address" in serve().get("/help").text


def test_what_looks_wrong_stands_beside_its_row(client: TestClient) -> None:
    flagged = client.get("/api/actions", params={"flag": "any", "overdue": True, "as_of": DAY, "limit": 500})
    rows = flagged.json()["items"]
    told = {"no_owner", "no_due", "no_status"}
    row = next(one for one in rows if {flag["code"] for flag in one["flags"]} - told)
    words = next(flag["words"] for flag in row["flags"] if flag["code"] not in told)
    page = unescape(client.get("/", params={"q": LATE, "as_of": DAY, "plan": row["document"]}).text)
    lines = [one.split("</tr>")[0] for one in page.split("<tr ")]
    shown = [one for one in lines if f"/row/{row['id']}?" in one]
    assert any(f"<strong>To check:</strong> {words}" in line for line in shown)


@pytest.mark.parametrize("words", ["hello", "Good morning!", "what can you do?", "Thank you"])
def test_a_greeting_is_answered_with_what_can_be_asked(client: TestClient, words: str) -> None:
    page = client.get("/", params={"q": words}).text
    assert "Ask me about the actions in the" in page
    assert "For example" in page
    assert "Not clear yet" not in page


def test_what_a_reader_set_goes_with_them_from_page_to_page(client: TestClient) -> None:
    page = unescape(client.get("/", params={"q": LATE, "as_of": "2026-09-01", "plan": LOG}).text)
    row = re.search(r'class="chip" href="(/row/[^"]+)"', page)
    assert row
    assert "as_of=2026-09-01" in row[1]
    for where in (page, unescape(client.get(row[1]).text)):
        for name in ("register", "progress"):
            assert re.search(rf'href="/{name}\?[^"]*as_of=2026-09-01', where), name
    register = unescape(client.get("/register", params={"as_of": "2026-09-01", "plan": LOG}).text)
    assert f'href="/?as_of=2026-09-01&plan={LOG}"' in register
    assert f'href="/progress?as_of=2026-09-01&plan={LOG}"' in register


def test_a_source_beside_an_answer_is_the_rows_own_place(client: TestClient) -> None:
    page = unescape(client.get("/", params={"q": LATE, "as_of": DAY}).text)
    for to in list(dict.fromkeys(re.findall(r'class="chip" href="(/row/[^"]+)"', page)))[:3]:
        beside = client.get(f"{to}&panel=true").text
        assert 'class="lit"' in beside
        assert "<html" not in beside
        action = client.get(f"/api/actions/{to[5:].split('?')[0]}").json()["action"]
        assert action[:40] in unescape(beside)
