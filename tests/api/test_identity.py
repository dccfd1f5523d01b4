"""Who is asking: closed unless a token, a key, a proxy that is known or an identity provider says otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.identity import COOKIE, Sessions
from api.roles import KEYS, How, Role, read_access
from api.routes.sign_in import named
from assistant.errors import SettingsError
from assistant.settings import read_settings
from tests.api.conftest import AS_OWNER, TOKEN, Site
from tests.battery.taken_for import WAYS

ACCESS = """
[[person]]
name = "Clerk@fenbridge.test"
role = "officer"
[[person]]
name = "boss@fenbridge.test"
role = "owner"
[[group]]
name = "Members"
role = "member"
plans = ["fenbridge-help-*"]
[[group]]
name = "Inspectors"
role = "inspection"
"""
SECRET = "a secret between proxy and server"


@pytest.fixture
def place(site: Site, tmp_path: Path) -> Site:
    """The register of the site, beside files of access that the test may change."""
    (tmp_path / "register.sqlite").symlink_to(site.settings.data_dir / "register.sqlite")
    (tmp_path / "access.toml").write_text(ACCESS, encoding="utf-8")
    return Site(site.settings.model_copy(update={"data_dir": tmp_path}))


@pytest.fixture
def app(place: Site) -> Iterator[FastAPI]:
    made = place.app()
    yield made
    made.state.assistant.register.close()


@pytest.fixture
def proxied(place: Site) -> Iterator[FastAPI]:
    made = place.app(sign_in="proxy", proxy_addresses="10.0.0.0/8, ::1", proxy_secret=SecretStr(SECRET))
    yield made
    made.state.assistant.register.close()


def client_of(app: FastAPI, address: str = "127.0.0.1", **headers: str) -> TestClient:
    return TestClient(
        app, base_url="http://127.0.0.1:8000", client=(address, 50_000), headers=headers, raise_server_exceptions=False
    )


def labels(client: TestClient, **headers: str) -> set[str]:
    answer = client.get("/api/sources", headers=headers)
    return {one["label"] for one in answer.json()["items"]} if answer.status_code == 200 else {"public"}


# ---------------------------------------------------------------- nobody gets anything


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["app", "proxied"])
def test_nobody_is_taken_for_somebody_else(kind: str, way: str, request: pytest.FixtureRequest) -> None:
    client = client_of(request.getfixturevalue(kind))
    headers = {name: value.replace("%token%", TOKEN) for name, value in WAYS[way].items()}
    assert labels(client, **headers) == {"public"}
    sent = client.post("/api/sources", files={"file": ("plan.csv", b"x")}, headers=headers)
    assert sent.status_code in (401, 403)
    assert client.get("/metrics", headers=headers).status_code in (401, 403)


def test_a_server_without_a_token_has_no_owner(place: Site) -> None:
    for token in (None, SecretStr("")):
        app = place.app(token=token)
        assert labels(client_of(app), authorization="Bearer ") == {"public"}
        assert client_of(app).get("/?token=").status_code == 401
        app.state.assistant.register.close()


# ---------------------------------------------------------------- the token


def test_the_link_makes_a_browser_the_owners_and_leaves_no_token_in_the_address(app: FastAPI) -> None:
    client = client_of(app)
    opened = client.get("/register", params={"token": TOKEN, "plan": "help"}, follow_redirects=False)
    assert (opened.status_code, opened.headers["location"]) == (303, "/register?plan=help")
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "internal" in labels(client)
    assert "Signed in as the owner" in client.get("/").text
    assert client.post("/sign-out", follow_redirects=False).status_code == 303
    assert labels(client) == {"public"}
    client.cookies.set(COOKIE, re.search(r"plan_assistant=([^;]+)", opened.headers["set-cookie"])[1])  # type: ignore[index]
    assert labels(client) == {"public"}, "a cookie of a sign-in that was ended holds no longer"


def test_a_link_cannot_lead_to_another_site(app: FastAPI) -> None:
    for path in ("//evil.test/", "/%2f%2fevil.test", "/\\evil.test"):
        to = client_of(app).get(f"http://127.0.0.1:8000{path}?token={TOKEN}", follow_redirects=False)
        assert not re.match(r"(//|/\\|https?:)", to.headers.get("location", "/"))


def test_the_token_pasted_into_the_page_signs_in_and_a_wrong_one_does_not(app: FastAPI) -> None:
    client = client_of(app)
    assert client.post("/sign-in", data={"token": "wrong"}).status_code == 401
    assert labels(client) == {"public"}
    assert client.post("/sign-in", data={"token": TOKEN}, follow_redirects=False).status_code == 303
    assert "internal" in labels(client)


def test_another_token_ends_the_sign_ins_of_the_one_before(place: Site, app: FastAPI) -> None:
    client = client_of(app)
    client.get("/", params={"token": TOKEN})
    again = place.app(token=SecretStr("another token"))
    assert labels(client_of(again), cookie=f"{COOKIE}={client.cookies[COOKIE]}") == {"public"}
    again.state.assistant.register.close()


def test_few_tokens_can_be_tried_in_a_minute(place: Site) -> None:
    app = place.app(requests_per_minute=500)
    tried = [client_of(app, authorization=f"Bearer {number}").get("/api/health").status_code for number in range(12)]
    assert tried == [401] * 10 + [429] * 2
    app.state.assistant.register.close()


# ---------------------------------------------------------------- sessions


def test_a_sign_in_ends_unused_in_the_end_and_by_name(tmp_path: Path) -> None:
    now = [1_000_000.0]
    sessions = Sessions(tmp_path, idle_seconds=100, longest_seconds=1_000, clock=lambda: now[0])

    def begun(name: str) -> str:
        cookie = sessions.begin(name, (), "oidc")
        for path in (tmp_path / "sessions").glob("*.json"):
            if json.loads(path.read_bytes())["began"] == now[0]:
                __import__("os").utime(path, (now[0], now[0]))
        return cookie

    first = begun("first")
    now[0] += 90
    assert sessions.find(first)
    now[0] += 90
    assert sessions.find(first), "its use keeps it"
    now[0] += 101
    assert sessions.find(first) is None
    second = begun("second")
    for _ in range(11):
        assert sessions.find(second)
        now[0] += 95
    assert sessions.find(second) is None, "no use keeps it for ever"
    third, other = begun("third"), begun("other")
    assert {one.name for one in sessions.every().values()} == {"third", "other"}
    assert sessions.end_of("third") == 1
    assert sessions.find(third) is None
    assert sessions.find(other)
    assert sessions.find(other[:-2] + "xx") is None


# ---------------------------------------------------------------- keys


def test_a_key_is_told_once_kept_as_a_hash_and_ends_at_once(place: Site, app: FastAPI) -> None:
    data_dir = place.settings.data_dir
    secret = KEYS.make(data_dir, "reports", Role.OFFICER)
    assert secret not in (data_dir / "keys.json").read_text()
    assert (data_dir / "keys.json").stat().st_mode & 0o077 == 0
    client = client_of(app, authorization=f"Bearer {secret}")
    assert "internal" in labels(client)
    assert client.get("/metrics").status_code == 403
    with pytest.raises(SettingsError, match="already"):
        KEYS.make(data_dir, "reports", Role.OWNER)
    KEYS.end(data_dir, "reports")
    answer = client.get("/api/sources")
    assert (answer.status_code, answer.json()["error"]) == (401, "not_known")
    assert KEYS.of(data_dir)[0].ended
    (data_dir / "keys.json").write_text("{", encoding="utf-8")
    assert client.get("/api/sources").status_code == 401


# ---------------------------------------------------------------- roles


def test_the_file_of_access_gives_roles_and_plans_and_none_where_it_cannot_be_read(place: Site) -> None:
    access = read_access(place.settings.data_dir)
    assert access.person_of("clerk@FENBRIDGE.test", ["Inspectors"], How.PROXY).role is Role.OFFICER
    both = access.person_of("new@fenbridge.test", ["members", "inspectors"], How.PROXY)
    assert (both.role, both.plans) == (Role.INSPECTION, ())
    assert access.person_of("new@fenbridge.test", ["Members"], How.PROXY).plans == ("fenbridge-help-*",)
    assert access.person_of("new@fenbridge.test", [], How.PROXY).role is Role.PUBLIC
    for wrong in ("[[person]]\nname = 'x'\nrole = 'ownr'", "[[person]", "[[people]]\nname='x'\nrole='owner'"):
        (place.settings.data_dir / "access.toml").write_text(wrong, encoding="utf-8")
        with pytest.raises(SettingsError, match="Mend it"):
            read_access(place.settings.data_dir)


# ---------------------------------------------------------------- a proxy


def test_a_proxy_names_a_reader_from_its_address_and_with_its_secret(proxied: FastAPI, place: Site) -> None:
    by_proxy = {"x-forwarded-user": "clerk@fenbridge.test", "x-plan-assistant-secret": SECRET}
    assert "internal" in labels(client_of(proxied, "10.1.2.3", **by_proxy))
    assert labels(client_of(proxied, "11.1.2.3", **by_proxy)) == {"public"}
    assert labels(client_of(proxied, "10.1.2.3", **{**by_proxy, "x-plan-assistant-secret": "x"})) == {"public"}
    assert labels(client_of(proxied, "10.1.2.3", **{**by_proxy, "x-forwarded-user": "x@fenbridge.test"})) == {"public"}
    assert labels(client_of(proxied, "10.1.2.3", **AS_OWNER)) == {"public"}
    member = {**by_proxy, "x-forwarded-user": "m@fenbridge.test", "x-forwarded-groups": "Staff, Members"}
    seen = client_of(proxied, "10.1.2.3", **member).get("/api/sources").json()["items"]
    assert [one["document"] for one in seen] == ["fenbridge-help-and-protection-delivery-plan.md"]
    twice = client_of(proxied, "10.1.2.3")
    headers = [*by_proxy.items(), ("x-forwarded-user", "boss@fenbridge.test")]
    assert twice.get("/api/sources", headers=headers).status_code == 401
    (place.settings.data_dir / "access.toml").write_text("role", encoding="utf-8")
    assert labels(client_of(proxied, "10.1.2.3", **by_proxy)) == {"public"}


# ---------------------------------------------------------------- what an identity provider says


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({}, "gave no"),
        ({"email": "a@b.test"}, "verified"),
        ({"email": "a@b.test", "email_verified": "true"}, "verified"),
        ({"email": ["a@b.test"], "email_verified": True}, "gave no"),
        ({"email": "a@b.test", "email_verified": True, "_claim_names": {"groups": "src1"}}, "too many"),
        ({"email": "a@b.test", "email_verified": True, "hasgroups": True}, "too many"),
        ({"email": "a@b.test", "email_verified": True, "groups": "Inspectors"}, "not a list"),
        ({"email": "a@b.test", "email_verified": True, "groups": [{"id": 1}]}, "not a list"),
    ],
)
def test_claims_that_do_not_say_who_it_is_sign_nobody_in(claims: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        named(claims, read_settings())


def test_a_way_of_signing_in_needs_its_settings() -> None:
    with pytest.raises(SettingsError, match="PROXY_ADDRESSES and PLAN_ASSISTANT_PROXY_SECRET"):
        read_settings(sign_in="proxy")
    with pytest.raises(SettingsError, match="OIDC_ISSUER"):
        read_settings(sign_in="oidc", oidc_client_id="x", public_url="https://plans.test")
    with pytest.raises(SettingsError, match="PROXY_ADDRESSES"):
        read_settings(sign_in="proxy", proxy_addresses="everywhere", proxy_secret="x")
