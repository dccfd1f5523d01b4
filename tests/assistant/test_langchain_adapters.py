"""The retriever passes LangChain's own tests for retrievers; the tool answers by its schema."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.langchain_adapters import PlanRetriever, plan_tool
from assistant.records import Label
from assistant.service import Assistant
from tests.assistant import fenbridge


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    both = fenbridge.register(tmp_path_factory.mktemp("chain"), fenbridge.plan_reading(), fenbridge.secret_reading())
    return fenbridge.assistant(both)


class TestPlanRetriever(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _made(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return PlanRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"assistant": self._assistant}

    @property
    def retriever_query_example(self) -> str:
        return "list the actions on private fostering"


def test_rows_come_whole_with_their_places(assistant: Assistant) -> None:
    public = frozenset({Label.PUBLIC})
    found = PlanRetriever(assistant=assistant, audience=public, as_of=date(2026, 6, 2)).invoke(
        "overdue actions on neglect"
    )
    assert [document.metadata["ref"] for document in found] == ["R1.1", "R1.2"]
    assert found[0].page_content.endswith("Train every social worker to notice neglect")
    assert found[0].metadata["locator"] == {"line_start": 11, "line_end": 11}
    assert found[0].metadata["quote"] in found[0].page_content


def test_what_the_audience_may_not_see_is_not_found(assistant: Assistant) -> None:
    public = PlanRetriever(assistant=assistant, audience=frozenset({Label.PUBLIC}))
    assert len(public.invoke("list the actions on neglect")) == 3
    assert len(PlanRetriever(assistant=assistant).invoke("list the actions on neglect")) == 4


def test_the_tool_has_a_typed_schema_and_answers(assistant: Assistant) -> None:
    tool = plan_tool(assistant)
    assert set(tool.args) == {"question", "as_of", "conversation"}
    assert tool.args["as_of"]["description"].startswith("The day at which lateness is judged")
    answer = tool.invoke({"question": "who owns R2.1?", "as_of": "2026-06-01"})
    assert answer["status"] == "answered"
    assert "Team Manager" in answer["answer"]


def test_nothing_else_imports_langchain(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = "import sys, assistant.service; print([name for name in sys.modules if name.startswith('langchain')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "[]"
