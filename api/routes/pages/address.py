"""What an address asks: the question with its settings, and the addresses that change one thing of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from api.asking import TURNS, Turn, query_of, turn_of
from api.templates import address
from assistant.errors import QuestionError
from assistant.query_plan import QueryPlan
from assistant.query_plan_json import plan_to_data

_LONGEST_ADDRESS = 6_000


class DayError(QuestionError):
    """The as-at date of an address is not one."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question and its settings as an address holds them. `query` is a query plan as JSON, in place of the
    question's own reading; `earlier` are the turns before it, oldest first, as `Turn.as_text` writes them."""

    q: str = ""
    as_of: str = ""
    reader: str = "staff"
    query: str = ""
    plan: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The day that lateness is judged at. Raises: DayError."""
        try:
            return date.fromisoformat(self.as_of) if self.as_of else None
        except ValueError as error:
            words = f'The as-at date "{self.as_of}" is not a date. Write it as year-month-day, such as 2026-03-31.'
            raise DayError(words) from error

    @property
    def sent(self) -> Mapping[str, Any] | None:
        """The query plan as data. Raises: QueryPlanError."""
        return query_of(self.query)

    @property
    def to(self) -> str:
        """The address; it asks again."""
        return self._to(self.reader if self.reader != "staff" else "")

    @property
    def permalink(self) -> str:
        """The address with its reader and day written out, so that it says the same on another day."""
        return self._to(self.reader)

    def _to(self, reader: str) -> str:
        return address("/", q=self.q, as_of=self.as_of, reader=reader, query=self.query, plan=self.plan,
                       earlier=self.earlier)  # fmt: skip

    @property
    def again_as_typed(self) -> str:
        """The address that reads the question's own words again."""
        return replace(self, query="").to

    def next(self, words: str = "") -> Asking:
        """The same settings for another question, after this one; the oldest turns go from an address too long."""
        earlier = (*self.earlier, Turn(self.q, self.query).as_text()) if self.q.strip() else self.earlier
        following = replace(self, q=words, query="", earlier=earlier[-TURNS:])
        while following.earlier and len(following.to) > _LONGEST_ADDRESS:
            following = replace(following, earlier=following.earlier[1:])
        return following

    def turns(self) -> list[Asking]:
        """The earlier questions, oldest first, each as it was asked then."""
        told = enumerate(map(turn_of, self.earlier))
        return [replace(self, q=turn.q, query=turn.query, earlier=self.earlier[:number]) for number, turn in told]

    def with_query(self, plan: QueryPlan) -> Asking:
        """The same question, answered by this query plan."""
        return self.with_data(plan_to_data(plan))

    def with_data(self, query: Mapping[str, Any]) -> Asking:
        """The same question, answered by a query plan as data."""
        return replace(self, query=json.dumps(query, separators=(",", ":")))

    def removed(self, plan: QueryPlan) -> str:
        """The address for a query with less in it; empty where it would be too long."""
        to = self.with_query(plan).to
        return to if len(to) <= _LONGEST_ADDRESS else ""

    def settings(self, titles: Mapping[str, str], day_words: str) -> list[tuple[str, str]]:
        """Each setting that narrows what is asked, in words, with the address without it."""
        plain = replace(self, query="")
        told = [
            (f"only in {titles[one]}", replace(plain, plan=tuple(other for other in self.plan if other != one)).to)
            for one in self.plan
        ]
        told += [(f"as at {day_words}", replace(plain, as_of="").to)] if day_words else []
        told += [(f"for: {self.reader}", replace(plain, reader="staff").to)] if self.reader != "staff" else []
        return told


def asking(
    q: str = "",
    as_of: str = "",
    reader: str = "staff",
    query: str = "",
    plan: Annotated[list[str] | None, Query()] = None,
    earlier: Annotated[list[str] | None, Query()] = None,
) -> Asking:
    """What the address of a request asks."""
    return Asking(q, as_of, reader, query, tuple(plan or ()), tuple(earlier or ())[-TURNS:])


def within_held(ask: Asking, documents: Sequence[str]) -> Asking:
    """The same, with only those of its plans that this reader may see."""
    return replace(ask, plan=tuple(one for one in documents if one in ask.plan))
