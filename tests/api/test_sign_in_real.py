"""Signing in at a real identity provider, and reading behind a real nginx and Caddy: each a process on the loopback."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from tests.api.browser.conftest import served
from tests.api.conftest import AS_OWNER, TOKEN, Site
from tests.api.test_identity import ACCESS, client_of, labels
from tests.battery.taken_for import WAYS

pytestmark = pytest.mark.slow
HERE = "http://127.0.0.1:8000"
PEOPLE = [
    {"sub": "clerk", "email": "clerk@fenbridge.test", "email_verified": True},
    {"sub": "unsure", "email": "boss@fenbridge.test", "email_verified": False},
    {"sub": "inspector", "email": "i@ofsted.test", "email_verified": True, "groups": ["Inspectors"]},
    {"sub": "many", "email": "boss@fenbridge.test", "email_verified": True, "_claim_names": {"groups": "src1"}},
]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the process beside the test ended"
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nothing listens")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    port = free_port()
    people = [part for one in PEOPLE for part in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *people]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until_open(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture
def place(site: Site, tmp_path: Path) -> Site:
    (tmp_path / "register.sqlite").symlink_to(site.settings.data_dir / "register.sqlite")
    (tmp_path / "access.toml").write_text(ACCESS, encoding="utf-8")
    return Site(site.settings.model_copy(update={"data_dir": tmp_path}))


@pytest.fixture
def app(place: Site, provider: str) -> Iterator[FastAPI]:
    made = place.app(
        sign_in="oidc", oidc_issuer=provider, oidc_client_id="plans", oidc_client_secret=SecretStr("x" * 20),
        public_url=HERE,
    )  # fmt: skip
    yield made
    made.state.assistant.register.close()


def begun(client: TestClient) -> str:
    """The address at the provider to which a reader who signs in is sent."""
    answer = client.get("/sign-in", follow_redirects=False)
    assert answer.status_code == 302
    return answer.headers["location"]


def came_back(client: TestClient, there: str, who: str) -> httpx.Response:
    """What our server says when the provider has sent the reader back."""
    said = httpx.post(there, data={"sub": who})
    to = urlsplit(said.headers["location"])
    return client.get(f"{to.path}?{to.query}", follow_redirects=False)


def test_a_reader_signs_in_with_pkce_state_and_nonce_and_out(app: FastAPI) -> None:
    client = client_of(app)
    there = begun(client)
    asked = parse_qs(urlsplit(there).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert all(asked[name][0] for name in ("state", "nonce", "code_challenge"))
    back = came_back(client, there, "clerk")
    assert (back.status_code, back.headers["location"]) == (303, "/")
    assert "internal" in labels(client)
    assert "clerk@fenbridge.test (officer)" in client.get("/").text
    out = client.post("/sign-out", follow_redirects=False)
    assert "/oauth2/end_session" in out.headers["location"]
    assert labels(client) == {"public"}


def test_a_group_of_the_provider_gives_its_role(app: FastAPI) -> None:
    client = client_of(app)
    came_back(client, begun(client), "inspector")
    assert "(inspection)" in client.get("/").text


@pytest.mark.parametrize("who", ["unsure", "many"])
def test_who_is_not_sure_or_has_groups_unsaid_is_not_signed_in(app: FastAPI, who: str) -> None:
    client = client_of(app)
    assert came_back(client, begun(client), who).status_code == 401
    assert labels(client) == {"public"}


def test_what_comes_back_counts_once_and_only_for_the_browser_that_went(app: FastAPI) -> None:
    client, other = client_of(app), client_of(app)
    there = begun(client)
    to = urlsplit(httpx.post(there, data={"sub": "clerk"}).headers["location"])
    again = f"{to.path}?{to.query}"
    assert other.get(again, follow_redirects=False).status_code == 401
    assert client.get(f"{to.path}?{to.query}x", follow_redirects=False).status_code == 401
    assert client.get(f"{to.path}?error=access_denied", follow_redirects=False).status_code == 401
    there = begun(client)
    to = urlsplit(httpx.post(there, data={"sub": "clerk"}).headers["location"])
    again = f"{to.path}?{to.query}"
    assert client.get(again, follow_redirects=False).status_code == 303
    assert client.get(again, follow_redirects=False).status_code == 401


def test_a_provider_that_is_gone_signs_nobody_in(place: Site) -> None:
    made = place.app(sign_in="oidc", oidc_issuer=f"http://127.0.0.1:{free_port()}", oidc_client_id="x", public_url=HERE)
    assert client_of(made).get("/sign-in").status_code == 503
    assert labels(client_of(made), **AS_OWNER) == {"public"}
    made.state.assistant.register.close()


# ---------------------------------------------------------------- behind a proxy


def proxy_command(name: str, folder: Path, port: int, where: str) -> list[str]:
    """Debian's nginx or Caddy before a server, with nothing said but where it is."""
    if name == "caddy":
        (folder / "Caddyfile").write_text(
            f"{{\n admin off\n}}\nhttp://:{port} {{\n reverse_proxy {where.removeprefix('http://')}\n}}\n",
            encoding="utf-8",
        )
        return ["caddy", "run", "--config", f"{folder}/Caddyfile"]
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass {where}; }} }} }}\n",
        encoding="utf-8",
    )
    return ["nginx", "-c", f"{folder}/nginx.conf"]


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def behind_proxy(request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site behind a proxy in its default configuration."""
    name = request.param
    if not shutil.which(name):
        words = f"there is no {name} on this machine: apt-get install {name}"
        pytest.fail(words) if os.environ.get("CI") == "true" else pytest.skip(words)
    folder, port = tmp_path_factory.mktemp(name), free_port()
    with served(site.app(requests_per_minute=1_000_000)) as where:
        command, home = proxy_command(name, folder, port, where), {**os.environ, "XDG_DATA_HOME": str(folder)}
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=home) as process:
            try:
                until_open(port, process)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()


def test_behind_a_plain_proxy_nobody_is_taken_for_somebody_else(behind_proxy: str) -> None:
    with httpx.Client(base_url=behind_proxy) as client:
        for way, said in WAYS.items():
            headers = {name: value.replace("%token%", TOKEN).strip() for name, value in said.items()}
            answer = client.get("/api/sources", headers=headers)
            assert answer.status_code in (200, 400, 401, 421), (way, answer.text)
            shown = {one["label"] for one in answer.json()["items"]} if answer.status_code == 200 else {"public"}
            assert shown == {"public"}, way
        sent = client.post("/api/sources", files={"file": ("plan.csv", b"x")})
        assert sent.status_code == 403, sent.text


def test_behind_a_plain_proxy_the_token_and_its_link_hold(behind_proxy: str) -> None:
    owner = httpx.get(f"{behind_proxy}/api/sources", headers=AS_OWNER).json()["items"]
    assert "internal" in {one["label"] for one in owner}
    with httpx.Client(base_url=behind_proxy) as client:
        assert client.get("/", params={"token": TOKEN}).status_code == 303
        assert client.get("/api/sources").json()["total"] == len(owner)
