"""The assistant as LangChain knows things: a retriever of rows and passages, and a tool with a typed schema.

Imported only by programs that use LangChain; nothing else of the project does."""

from datetime import date
from typing import Any, ClassVar

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool, StructuredTool

from assistant.answer import Citation, CitationKind
from assistant.records import OWNER, Audience, as_data
from assistant.service import Assistant


class PlanRetriever(BaseRetriever):
    """Gives the rows and passages that answer a question, in the order in which the answer cites them.

    A list is complete: every row that belongs, not the best few, unless `k` says how many are wanted."""

    model_config: ClassVar = {"arbitrary_types_allowed": True}

    assistant: Assistant
    audience: Audience = OWNER
    as_of: date | None = None
    k: int | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 -- LangChain passes it by name
        k: int | None = None,
    ) -> list[Document]:
        answer = self.assistant.ask(query, as_of=self.as_of, audience=self.audience)
        wanted = k if k is not None else self.k
        return [self._document(citation) for citation in answer.citations[:wanted]]

    def _document(self, citation: Citation) -> Document:
        metadata: dict[str, Any] = as_data(citation)
        if citation.kind is not CitationKind.ACTION:
            return Document(page_content=citation.quote, metadata=metadata)
        row = self.assistant.register.action(self.audience, citation.id)
        said = (row.section, row.recommendation, row.action_parent, row.action)
        for name in ("plan", "authority", "plan_date", "ref", "owner", "due", "due_text", "status", "rag"):
            value = getattr(row, name)
            metadata[name] = value.isoformat() if isinstance(value, date) else value and str(value)
        return Document(page_content="\n".join(text for text in said if text), metadata=metadata, id=row.id)


def plan_tool(assistant: Assistant, audience: Audience = OWNER) -> BaseTool:
    """A tool that answers one question about the plans, for an agent that speaks for this audience."""

    def ask_plans(question: str, as_of: date | None = None, conversation: list[str] | None = None) -> dict[str, Any]:
        """Answer a question about the council plans that are loaded: lists, counts, owners, dates, states, comparisons,
        meanings of colours and abbreviations, and what the documents say, each with citations.

        Args:
            question: One question in plain English.
            as_of: The day at which lateness is judged, today when it is left out.
            conversation: The earlier questions of the same conversation, oldest first.

        Returns:
            The answer as data: status, answer, citations, table, caveats and the query that gave it."""
        return assistant.ask(question, as_of=as_of, conversation=conversation or (), audience=audience).as_dict()

    return StructuredTool.from_function(ask_plans, parse_docstring=True)
