"""What a file is made of: rows or an answer, with all that a reader needs to check them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from api.filter_words import filters_in_words
from api.filters import RowFilters, condition_of
from assistant.answer import Answer, Citation, CitationKind
from assistant.conditions import Condition, Field, Operator
from assistant.errors import StoreBusy
from assistant.records import Action, Audience, KeyKind, PlanKey, Source
from assistant.register import Register

RULE = "Overdue means due before that day and not marked complete. Due on the day is not overdue."
NOT_DEFINED = "this plan does not define it"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows of a file, the documents and the plans' own keys behind them, and the answer where they are of one."""

    asked: str
    """The question, or the filters in words."""
    understood_as: str
    as_of: date
    corpus_version: str
    rows: tuple[Action, ...]
    sources: tuple[Source, ...]
    keys: tuple[PlanKey, ...]
    answer: Answer | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.answer.citations if self.answer else ()

    def markers(self, row: Action) -> tuple[int, ...]:
        """The numbers by which the answer cites a row."""
        return tuple(one.marker for one in self.citations if one.id == row.id and one.kind is CitationKind.ACTION)

    def colours(self, source: Source) -> str:
        """What colours mean in one plan, in its own words."""
        told = [key for key in self.keys if key.document == source.document]
        meanings = [
            f"{key.term or 'a colour that cannot be seen'}: {key.meaning}" for key in told if key.kind is KeyKind.COLOUR
        ]
        scope = [f"they rate {key.meaning}" for key in told if key.kind is KeyKind.RAG_SCOPE]
        return "; ".join([*meanings, *scope]) or "this plan does not define its colours"


def of_register(
    register: Register,
    audience: Audience,
    filters: RowFilters,
    today: date,
    order: Field | None = None,
    descending: bool = False,
) -> Evidence:
    """Every row that the filters leave."""
    version, sources = register.corpus_version(audience), register.sources(audience)
    rows = register.select(audience, condition_of(filters, sources, today), order, descending)
    words = "; ".join(filters_in_words(filters, sources)) or "Every action of the register"
    asked = Evidence(words, "", filters.as_of or today, version, tuple(rows), (), ())
    return _whole(asked, register, audience, {row.document for row in rows})


def of_answer(register: Register, audience: Audience, answer: Answer) -> Evidence:
    """Every row and quote of an answer, rows in the order in which it cites them."""
    ids = dict.fromkeys(one.id for one in answer.citations if one.kind is CitationKind.ACTION)
    found = register.select(audience, Condition(Field.ID, Operator.IS, tuple(ids))) if ids else []
    rows = {row.id: row for row in found}
    if set(rows) != set(ids):
        raise _changed()
    cited = tuple(rows[one] for one in ids)
    asked = Evidence(
        answer.question, answer.understood_as, answer.as_of, answer.corpus_version, cited, (), (), answer
    )  # fmt: skip
    return _whole(asked, register, audience, {one.document for one in answer.citations})


def _whole(evidence: Evidence, register: Register, audience: Audience, documents: Iterable[str]) -> Evidence:
    """The evidence with the keys and documents that belong to it."""
    named = set(documents)
    whole = replace(
        evidence,
        sources=tuple(source for source in register.sources(audience) if source.document in named),
        keys=tuple(key for key in register.keys(audience) if key.document in named),
    )
    if register.corpus_version(audience) != evidence.corpus_version:
        raise _changed()
    return whole


def _changed() -> StoreBusy:
    return StoreBusy("A plan was loaded while the file was made, so it would not agree with itself. Ask for it again.")


def days_late(row: Action, as_of: date) -> int | None:
    """By how many days a row is overdue at a date; None where it is not."""
    return row.days_late(as_of) or None


def colour_meaning(row: Action) -> str | None:
    """What a row's colour means in its own plan; None where it has no colour."""
    return (row.rag_meaning or NOT_DEFINED) if row.rag else None


def plain(text: str) -> str:
    """Text without the characters that no office file can hold."""
    return _UNWRITABLE.sub(" ", text)
