"""Ways to be taken for somebody else: requests that name somebody in a way that proves nothing.

Each must be answered as the public's, or refused. `%host%` and `%address%` stand for whatever the server is.
"""

from __future__ import annotations

import base64

_LOCAL = (
    "localhost",
    "127.0.0.1",
    "::1",
    "[::1]:8000",
    "localhost.",
    "LOCALHOST",
    "evil@localhost",
    "0.0.0.0",
    "0",
    "",
)
_PASSED = (
    "x-forwarded-for", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip", "x-cluster-client-ip",
    "x-originating-ip", "x-remote-ip", "x-remote-addr", "forwarded", "x-forwarded-host", "x-forwarded-server", "via",
    "x-host", "x-original-host", "x-envoy-external-address",
)  # fmt: skip
_NAMED = (
    "x-forwarded-user", "x-forwarded-email", "x-forwarded-preferred-username", "remote-user", "x-remote-user",
    "x-auth-request-user", "x-auth-request-email", "x-webauth-user", "x-ms-client-principal-name", "x-user",
    "x-authenticated-user", "x-goog-authenticated-user-email", "tailscale-user-login", "x-authentik-username",
    "x-remote-group", "x-forwarded-groups",
)  # fmt: skip
_CREDENTIALS = (
    "Bearer", "Bearer ", "Bearer null", "Bearer undefined", "Bearer %token%x", "Bearer x%token%", "bearer  ",
    "Token %token%",
    "Basic " + base64.b64encode(b"owner:").decode(), "Basic " + base64.b64encode(b"owner:%token%").decode(),
    "Bearer pa_" + "A" * 43, "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvd25lciJ9.", "Digest username=owner",
)  # fmt: skip
_COOKIES = (
    "plan_assistant=owner", "plan_assistant=", "plan_assistant=%token%", "plan_assistant=../../keys.json.x",
    "plan_assistant=" + "A" * 43 + "." + "A" * 43, "session=owner", "token=%token%", "plan_assistant_begun=e30.x.y",
)  # fmt: skip

WAYS: dict[str, dict[str, str]] = {
    "nothing at all": {},
    **{f"host {host!r}": {"host": host} for host in _LOCAL},
    **{f"{name} of this machine": {name: "127.0.0.1"} for name in _PASSED},
    **{f"{name} named": {name: "the owner"} for name in _NAMED},
    **{f"authorization {given!r}": {"authorization": given} for given in _CREDENTIALS},
    **{f"cookie {given!r}": {"cookie": given} for given in _COOKIES},
    "the secret of a proxy": {"x-plan-assistant-secret": "%token%", "x-forwarded-user": "the owner"},
    "from the same site": {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8000"},
    "another method in a header": {"x-http-method-override": "GET", "x-original-url": "/upload"},
}
