"""A request, and the answer to it in the making."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from assistant.answer import Citation, Evidence, Reader
from assistant.compose.telling import Draft
from assistant.outcome import Outcome
from assistant.query import Found
from assistant.query_plan import QueryPlan
from assistant.records import Action


@dataclass(frozen=True, slots=True)
class Request:
    """What came in. `plan` is a query plan sent back in place of the question's own reading."""

    question: str
    today: date
    as_of: date | None = None
    conversation: tuple[str, ...] = ()
    reader: Reader = Reader.STAFF
    qid: str | None = None
    plan: QueryPlan | None = None
    documents: tuple[str, ...] = ()
    """The plans that the reader chose to ask; empty means all. A plan that is sent back keeps its own."""
    held_back: tuple[str, ...] = ()
    """What was taken out of the question before it was read, in our words: it is told as not understood."""
    shown: dict[int, tuple[Action, ...]] = field(default_factory=dict, compare=False)
    """The rows that the answers to the conversation showed, as far as they were worked out."""


_NOTHING = Found()


@dataclass(frozen=True, slots=True)
class Work:
    """A question that was read, and its answer in the making. A step that sets `draft` early ends the looking up."""

    request: Request
    outcome: Outcome
    found: Found = _NOTHING
    evidence: tuple[Evidence, ...] = ()
    draft: Draft | None = None
    citations: tuple[Citation, ...] = ()
    by_model: bool = False
    """Whether a language model read the subject."""
    worded: bool = False
    """Whether a language model put the text into its own words."""

    @property
    def plan(self) -> QueryPlan:
        """What is looked up; only for the steps that are run where there is a plan."""
        assert self.outcome.plan is not None
        return self.outcome.plan

    @property
    def question(self) -> str:
        """The question, completed by those before it."""
        return self.outcome.in_full or self.request.question

    def planned(self, plan: QueryPlan) -> Self:
        """The same with another plan."""
        return replace(self, outcome=replace(self.outcome, plan=plan))
