"""How a question ends: the statuses of an answer, and why one is declined or answered with a word of warning."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.query_plan import QueryPlan


class AnswerStatus(StrEnum):
    """The closed set of the public contract."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NEEDS_CLARIFICATION = "needs_clarification"
    NO_MATCH = "no_match"
    CANNOT_ANSWER = "cannot_answer"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    ERROR = "error"


class Reason(StrEnum):
    """Why a question is declined, or what must be said beside its answer."""

    NOT_ABOUT_PLANS = "not_about_plans"
    A_CHILD = "a_child"
    """Asks to identify, describe or judge a child or a family."""
    AN_OFFICER = "an_officer"
    """Asks to blame, rate or rank people who work here."""
    A_GRADE = "a_grade"
    """Asks to predict an inspection's judgement."""
    A_CASE = "a_case"
    """Asks for advice on a case."""
    AN_OPINION = "an_opinion"
    """Asks how good a service, a plan or a council is, or which is better."""
    READ_ONLY = "read_only"
    """Asks to change the register, which only reading a document can do."""
    NOT_SENT = "not_sent"
    """Asks to send something to somebody."""
    INSTRUCTION = "instruction"
    """Holds an instruction to the assistant, which changes nothing."""
    UNKNOWN_REF = "unknown_ref"
    """Names a reference that no row has."""
    UNKNOWN_PLAN = "unknown_plan"
    """Names a plan or an authority of which nothing is held."""
    WHOSE = "whose"
    """Asks for the reader's own actions without saying who that is."""
    NO_DATE = "no_date"
    """Names a day that the calendar does not have."""
    UNCLEAR = "unclear"
    """Points at an earlier answer that there is not, or has no words to search for."""


@dataclass(frozen=True, slots=True)
class Decline:
    """A question that will not be answered as asked. `words` says which part of it: a reference, a plan, a phrase."""

    status: AnswerStatus
    reason: Reason
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Another way in which a question can be read, with the words that offer it."""

    words: str
    plan: QueryPlan


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, read. Without `decline`, `plan` is set and is answered. With both, the plan holds the facts that can
    still be given beside the sentence that declines. `notices` are said beside any answer."""

    plan: QueryPlan | None
    decline: Decline | None = None
    notices: tuple[Decline, ...] = ()
    readings: tuple[Reading, ...] = ()
    """Other readings that come close, best first."""
    not_understood: tuple[str, ...] = ()
    """Content words that the reading does not explain."""
    also: tuple[QueryPlan, ...] = ()
    """The further questions of one breath, answered after `plan`."""
    in_full: str = ""
    """The question as the ones before it complete it, where it is put to the prose."""
