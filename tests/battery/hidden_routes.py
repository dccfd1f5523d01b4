"""Every address that gives something, under each role, of a register that holds a plan which the reader may not see and
of one that never held it: `python -m tests.battery.hidden_routes`. Bodies and statuses must be the same.

Among the addresses are those of the hidden plan itself: its name, its ids, its rows and passages.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from starlette.testclient import TestClient

from api.app import create_app
from api.roles import KEYS, Role
from assistant import Assistant
from assistant.records import OWNER
from assistant.settings import read_settings
from tests.battery.hidden import DAY, HIDDEN, ROLES, SHOWN, opened

_VOLATILE = re.compile(r"20\d\d-\d\d-\d\dT[\d:.]+(?:\+00:00|Z)?|\d{1,2} \w+ 20\d\d, \d\d:\d\d UTC")
"""When a plan was loaded: no two registers share it."""
_PLAIN = (
    "/", "/plans", "/quality", "/progress", "/register", "/changes", "/due", "/help", "/privacy", "/accessibility",
    "/report", "/reports", "/upload", "/sign-in", "/metrics", "/openapi.json", "/api/health", "/api/actions",
    "/api/sources", "/api/changes", "/api/due", "/change",
)  # fmt: skip
_ASKED = ("which actions are overdue?", "what is done about reoffending?", "which plans do you hold?",
          "what is in the youth justice plan?")  # fmt: skip


@dataclass(frozen=True)
class Ids:
    """What addresses can name: of all plans, the hidden one among them."""

    documents: list[str]
    actions: list[str]
    passages: list[str]


def ids_of(assistant: Assistant) -> Ids:
    register = assistant.register
    sources = register.sources(OWNER)
    documents = [name for one in sources for name in (one.id, one.document)]
    passages = [one.id for one in register.passages(OWNER)]
    return Ids(documents, [one.id for one in register.select(OWNER)], passages)


def addresses(ids: Ids) -> Iterator[str]:
    """Every address, with each thing that it can name, and with filters that name the hidden plan."""
    yield from _PLAIN
    for document in ids.documents:
        yield from (f"/api/sources/{document}", f"/api/sources/{document}/file", f"/source/{document}")
        yield f"/source/{document}/page/1.png"
        for path, name in (("/register", "plan"), ("/progress", "plan"), ("/changes", "from"), ("/api/actions", "plan"),
                           ("/api/changes", "to"), ("/api/due", "plan"), ("/due", "plan")):  # fmt: skip
            yield f"{path}?{urlencode({name: document})}"
        yield f"/?{urlencode({'q': 'which actions are overdue?', 'plan': document})}"
    for action in ids.actions:
        yield from (f"/api/actions/{action}", f"/row/{action}", f"/report?{urlencode({'row': action})}")
    for passage in ids.passages:
        yield from (f"/api/passages/{passage}", f"/passage/{passage}")
    for query in ("overdue=true", "missing=owner", "flag=any", "order=due", "limit=2", "format=csv", "format=jsonl"):
        yield f"/api/actions?{query}"
    for question in _ASKED:
        yield from (f"/?{urlencode({'q': question})}", f"/api/answer?{urlencode({'q': question})}")
        yield f"/api/answer?{urlencode({'q': question, 'format': 'csv'})}"


def run() -> tuple[int, list[str]]:
    """How many addresses were asked for, and those that were answered otherwise."""
    asked, other = 0, list[str]()
    with tempfile.TemporaryDirectory() as place:
        both, alone = opened(Path(place, "both"), *SHOWN, HIDDEN), opened(Path(place, "alone"), *SHOWN)
        with closing(both.register), closing(alone.register):
            clients: dict[Role, list[TestClient]] = {role: [] for role in ROLES}
            for role in ROLES:
                for name, assistant in (("both", both), ("alone", alone)):
                    data_dir = Path(place, name, "data")
                    key = {"Authorization": f"Bearer {KEYS.make(data_dir, role.value, role)}"}
                    settings = read_settings(data_dir=data_dir, requests_per_minute=10_000_000)
                    client = TestClient(create_app(assistant, settings), headers=key, raise_server_exceptions=False)
                    clients[role].append(client)
            for role, pair in clients.items():
                for address in addresses(ids_of(both)):
                    told = [one.get(address, follow_redirects=False) for one in pair]
                    first, second = ((one.status_code, _VOLATILE.sub("", one.text)) for one in told)
                    asked += 1
                    if first != second:
                        other.append(f"{role.value}: {address}: {first[0]}, {second[0]}")
    return asked, other


if __name__ == "__main__":
    count, found = run()
    sys.stdout.write("\n".join([*found, f"{count} addresses asked for as {DAY}, {len(found)} answered otherwise", ""]))
    sys.exit(1 if found else 0)
