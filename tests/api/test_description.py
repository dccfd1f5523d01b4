"""The description at /openapi.json holds: requests made from it, right and wrong ones, get what it says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.api.conftest import AS_OWNER, Site

pytestmark = pytest.mark.slow
ADDRESS = "http://127.0.0.1:8000"
REFUSED = [400, 403, 404, 405, 409, 413, 415, 422]
CONFIG = {"checks": {"negative_data_rejection": {"expected-statuses": REFUSED}}}
TAKING_ANYTHING = {
    "GET /api/sources", "GET /api/health", "GET /metrics", "GET /api/actions/{action_id}", "POST /api/sources",
    "GET /api/sources/{source_id}", "GET /api/sources/{source_id}/file", "GET /api/passages/{passage_id}",
}  # fmt: skip
"""Operations for which no request is wrong by its form: they take nothing, an id, or a file and texts."""
TAKING_WHAT_WAS_GIVEN = {"POST /api/sources", "POST /api/ask", "GET /api/answer"}
OPERATIONS = {
    *TAKING_ANYTHING,
    "POST /api/ask",
    "GET /api/answer",
    "GET /api/actions",
    "GET /api/changes",
    "GET /api/due",
}


@pytest.fixture(scope="module")
def app(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A server over a copy of the register, which the plans that are sent may change."""
    data_dir = tmp_path_factory.mktemp("described") / "data"
    shutil.copytree(site.settings.data_dir, data_dir)
    copy = Site(site.settings.model_copy(update={"data_dir": data_dir}))
    made = copy.app(requests_per_minute=1_000_000)
    yield made
    made.state.assistant.register.close()


@pytest.fixture(scope="module")
def operations(app: FastAPI) -> dict[str, Any]:
    """What the description holds, by method and path."""
    described = schemathesis.openapi.from_dict(app.openapi(), config=SchemathesisConfig.from_dict(CONFIG))
    return {each.ok().label: each.ok() for each in described.get_all_operations()}


def as_owner(app: ASGIApp) -> ASGIApp:
    """The application as whoever holds the token reaches it."""
    token = [(name.lower().encode(), value.encode()) for name, value in AS_OWNER.items()]

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "headers": [*scope["headers"], *token]}, receive, send)

    return called


def requests_of(operation: Any, app: FastAPI, mode: GenerationMode) -> None:
    """Send requests of one kind. A description cannot ask of a file that it can be read, or of a query that it is the
    one of an earlier answer."""
    excluded = [positive_data_acceptance] if operation.label in TAKING_WHAT_WAS_GIVEN else []

    @bounds(
        max_examples=12,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        case.call_and_validate(base_url=ADDRESS, app=as_owner(app), excluded_checks=excluded)

    send()


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_a_right_request_gets_what_the_description_says(operations: dict[str, Any], app: FastAPI, label: str) -> None:
    requests_of(operations[label], app, GenerationMode.POSITIVE)


@pytest.mark.parametrize("label", sorted(OPERATIONS - TAKING_ANYTHING))
def test_a_wrong_request_is_refused_as_the_description_says(
    operations: dict[str, Any], app: FastAPI, label: str
) -> None:
    requests_of(operations[label], app, GenerationMode.NEGATIVE)


def test_every_operation_is_tried(operations: dict[str, Any]) -> None:
    assert set(operations) == OPERATIONS
