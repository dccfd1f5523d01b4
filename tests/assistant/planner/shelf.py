"""Plans of two invented councils as far as a question needs them: names, dates, references, owners, words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from assistant.conditions import EVERYTHING
from assistant.embedding import Embedder, open_embedder
from assistant.outcome import Outcome
from assistant.planner import QUESTION_WORDS, Held, Holdings, Tried, ordinary_words, plan_question
from assistant.query_plan import QueryPlan
from assistant.records import Action, KeyKind, Locator, PlanKey
from assistant.vocabulary import Vocabulary

TODAY = date(2026, 11, 24)

IMPROVEMENT = Held(
    document="improvement.txt",
    title="Children's Services Improvement Plan",
    authority="Fenbridge Council",
    plan_date=None,
    period=(date(2025, 4, 1), date(2026, 3, 31)),
    refs=("1.0", "1.1", "1.2", "2.1", "2.10", "3.0"),
    sections=(
        "Priority One: Help and protection",
        "Priority Two: Children in our care",
        "Priority Three: Leadership and governance",
    ),
    recommendations=("1.1 Neglect is seen early", "2.1 Children in care do well at school"),
    owners=("Team Manager", "Service Manager", "Virtual School Head", "AD Children", "Principal Social Worker", "LADO"),
    first_due=date(2025, 5, 31),
    last_due=date(2026, 3, 31),
    terms=("AD", "green", "amber"),
)
RECOVERY = Held(
    document="recovery.txt",
    title="Action Plan for Children, February 2026",
    authority="Thornmere Borough Council",
    plan_date=date(2026, 2, 28),
    period=None,
    refs=("R1.1", "R1.2", "R1.3", "R2.1", "R2.4", "R6a.1", "R6b.2", "A3b.1"),
    sections=("RECOMMENDATION 1", "RECOMMENDATION 2", "RECOMMENDATION 6"),
    recommendations=("The grip of strategy discussions", "How early neglect is seen", "Management oversight"),
    first_due=date(2026, 3, 31),
    last_due=date(2027, 3, 31),
)
TRACKER = Held(
    document="tracker.tsv",
    title="Service Development Tracker 2025-26",
    authority="Fenbridge Council",
    plan_date=date(2026, 1, 31),
    period=(date(2025, 4, 1), date(2026, 3, 31)),
    sections=("Inspection findings", "Care Leavers", "Commissioning"),
    owners=("SM", "Managers", "SWs", "Housing", "Early Help Co-ordinator", "HR"),
    status_texts=("Done", "Carried forward", "complete"),
    first_due=date(2025, 6, 30),
    last_due=date(2026, 2, 28),
)
LOG = Held(
    document="log.csv",
    title="Improvement Board action log",
    authority="Fenbridge Council",
    plan_date=date(2026, 9, 8),
    period=None,
    refs=("24", "25", "26", "27", "60"),
    owners=("RO", "JT", "Jo Marsh"),
    status_texts=("Carried forward", "Closed"),
    first_due=date(2026, 6, 9),
    last_due=date(2026, 10, 31),
)

WORDS = """
neglect chronologies chronology supervision housing care leavers fostering private adoption training missing
education police health workshop workshop mosaic return interviews audit audits visits families social workers
strategy sufficiency participation pilot leadership programme deputy team manager building budget advocacy
placements overcrowding clinic therapy chair governance achievements
"""


@cache
def vocabulary() -> Vocabulary:
    """The glossary with one plan's own abbreviation, and the words of the rows."""
    key = PlanKey(
        "improvement.txt", KeyKind.ABBREVIATION, "AD", "Assistant Director", Locator(1, 1), "AD Assistant Director"
    )
    return Vocabulary.load([key], [WORDS, " ".join(sorted(QUESTION_WORDS))], ordinary_words())


HOLDINGS = Holdings((IMPROVEMENT, RECOVERY, TRACKER, LOG), frozenset(WORDS.split()))


@cache
def encoder() -> Embedder:
    """The packaged encoder."""
    return open_embedder()


def ask(question: str, as_of: str | None = None, *before: str, holdings: Holdings = HOLDINGS) -> Outcome:
    """How the question is read, after the questions before it, on 24 November 2026 or as of another day."""
    day = date.fromisoformat(as_of) if as_of else None
    return plan_question(question, holdings, vocabulary(), today=TODAY, as_of=day, conversation=before, encoder=encoder)


class OnTwoSubjects:
    """Rows are on neglect and on supervision, and on nothing else."""

    def try_plan(self, plan: QueryPlan) -> Tried:
        """Each subject has three rows; side by side they have none."""
        if not plan.themes and plan.where != EVERYTHING:
            return Tried(0, 0)
        every = [theme.words for theme in plan.themes]
        wanted = [{theme.words, *(one.words for one in theme.alternatives)} for theme in plan.themes]
        on = all(names & {"neglect", "supervision"} for names in wanted)
        return Tried(3, 3) if on and len(every) < 2 else Tried(0, 0)

    def rows_of(self, plan: QueryPlan) -> Sequence[Action]:  # noqa: ARG002 -- the shape of a trial
        return ()
