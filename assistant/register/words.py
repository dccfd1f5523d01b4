"""The words of a text: the forms in which a filter compares it, and keyword search over the rows a reader may see."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, Text, bindparam, func, literal_column, select, text
from sqlalchemy.sql.elements import TextClause

from assistant.records import Audience, Hit
from assistant.register.rights import may_see
from assistant.register.tables import actions, passages, sources

_WORD = re.compile(r"[^\W_]+")
_REF_PART = re.compile(r"[a-z]+|[0-9]+")
_SATURATION_BY_LENGTH = 0.75
_WORDS_USED = 32
"""Distinct words of a search that count; the rest of a long question adds nothing but time."""


def folded(text: str) -> str:
    """The text in lower case, with single spaces: equal where two texts differ in case and space only."""
    return " ".join(text.casefold().split())


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation; "Children's" is one word, "V.H" is two."""
    return _WORD.findall(text.casefold().replace("'", "").replace("’", ""))


def word_run(text: str) -> str:
    """The words of a text with a space on either side, so that a run of whole words is a part of it: " sw er "."""
    return f" {' '.join(words_of(text))} "


def plain_ref(ref: str) -> str:
    """A reference without case, spaces or a full stop at its end: "R 2.4." is "r2.4"."""
    return "".join(ref.casefold().split()).rstrip(".:)")


def refs_above(ref: str) -> list[str]:
    """The reference and every one that it stands below: "R2.4(i)" gives r, r2, r2.4 and r2.4(i)."""
    plain = plain_ref(ref)
    return list(dict.fromkeys(plain[: part.end()] for part in _REF_PART.finditer(plain))) + (
        [plain] if plain and not plain[-1].isalnum() else []
    )


# ---------------------------------------------------------------- keyword search


@dataclass(frozen=True, slots=True)
class WordIndex:
    """A table of words beside a table of records, with the same numbers."""

    name: str
    of: Table
    columns: tuple[str, ...]
    default: tuple[str, ...]
    """The columns that a search reads when it does not say."""

    def matching(self, dialect: str, phrase: str) -> ColumnElement[bool]:
        """The condition on a record's number that its words hold this run, each word in any of its endings."""
        return self.holding(dialect, self.asked(dialect, phrase)) if words_of(phrase) else self.of.c.number.in_([])

    def asked(self, dialect: str, phrase: str) -> str:
        """A run of words as the search of this database is asked for it."""
        run = " ".join(words_of(phrase))
        return f'{{{" ".join(self.default)}}} : "{run}"' if dialect == "sqlite" else run

    def holding(self, dialect: str, asked: str | ColumnElement[str]) -> ColumnElement[bool]:
        """As `matching`, for what `asked` gives, or a parameter that stands for it."""
        if dialect == "sqlite":
            key: ColumnElement[int] = literal_column("rowid")
            holds = literal_column(self.name).op("MATCH")(asked)
        else:
            key = literal_column("number")
            vector = func.to_tsvector("english", literal_column(" || ' ' || ".join(self.default)))
            holds = vector.op("@@")(func.phraseto_tsquery("english", asked))
        return self.of.c.number.in_(select(key).select_from(text(self.name)).where(holds))

    def create(self, connection: Connection) -> None:
        """Make the table, and on PostgreSQL its index."""
        if connection.dialect.name == "sqlite":
            options = "tokenize = 'porter unicode61 remove_diacritics 2'"
            statement = f"CREATE VIRTUAL TABLE {self.name} USING fts5({', '.join(self.columns)}, {options})"
            connection.execute(text(statement))
            return
        names = ", ".join(f"{name} text NOT NULL" for name in self.columns)
        connection.execute(text(f"CREATE TABLE {self.name} (number integer PRIMARY KEY, {names})"))
        words = " || ' ' || ".join(self.default)
        vector = f"to_tsvector('english', {words})"
        connection.execute(text(f"CREATE INDEX {self.name}_gin ON {self.name} USING gin ({vector})"))

    def put(self, connection: Connection, records: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Write the words of records, by number, in place of those before."""
        self.drop(connection, [number for number, _ in records])
        key = self._key(connection)
        places = ", ".join(f":{name}" for name in self.columns)
        statement = text(f"INSERT INTO {self.name} ({key}, {', '.join(self.columns)}) VALUES (:number, {places})")
        rows = [{"number": number, **dict(zip(self.columns, values, strict=True))} for number, values in records]
        if rows:
            connection.execute(statement, rows)

    def drop(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Forget the words of these records."""
        statement = text(f"DELETE FROM {self.name} WHERE {self._key(connection)} = :number")
        if numbers:
            connection.execute(statement, [{"number": number} for number in numbers])

    def every(self, connection: Connection) -> TextClause:
        """The query for all records: number and words."""
        return text(f"SELECT {self._key(connection)}, {', '.join(self.columns)} FROM {self.name}")

    def _key(self, connection: Connection) -> str:
        return "rowid" if connection.dialect.name == "sqlite" else "number"


ACTION_WORDS = WordIndex("action_words", actions, ("above", "does", "rest"), ("above", "does"))
ALL_ACTION_WORDS = replace(ACTION_WORDS, default=ACTION_WORDS.columns)
PASSAGE_WORDS = WordIndex("passage_words", passages, ("heading", "body"), ("heading", "body"))


@lru_cache(maxsize=64)
def _statements(index: WordIndex, dialect: str, audience: Audience) -> tuple[Select[Any], Select[Any]]:
    """How many records an audience may see and how long they are, and those that hold `asked`; made once, because a
    question to the prose searches a hundred times."""
    table, asked = index.of, bindparam("asked", type_=Text)
    joined, visible = table.join(sources), may_see(audience)
    size = select(func.count(), func.avg(table.c.length)).select_from(joined).where(visible)
    held = select(table.c.id, table.c.length).select_from(joined).where(visible, index.holding(dialect, asked))
    return size, held


def size_of(connection: Connection, index: WordIndex, audience: Audience) -> tuple[int, float]:
    """How many records this audience may see, and how many words they have on average."""
    count, mean = connection.execute(_statements(index, connection.dialect.name, audience)[0]).one()
    return count, mean or 1.0


def ranked(
    connection: Connection, index: WordIndex, audience: Audience, words: str, size: tuple[int, float]
) -> list[Hit]:
    """The records that hold at least one of the words, best first, ties by id. Args: size, as `size_of` gives it.

    BM25 without repetition of a word inside a record. Every figure in it (how many records, how long, how many hold a
    word) is taken over the records that this audience may see, so that no other record can move a rank.
    """
    count, mean = size
    dialect = connection.dialect.name
    held = _statements(index, dialect, audience)[1]
    scores: dict[str, float] = {}
    for word in list(dict.fromkeys(words_of(words)))[:_WORDS_USED]:
        found = connection.execute(held, {"asked": index.asked(dialect, word)}).all()
        rarity = math.log(1 + (count - len(found) + 0.5) / (len(found) + 0.5))
        for record, length in found:
            weight = 1 - _SATURATION_BY_LENGTH + _SATURATION_BY_LENGTH * length / mean
            scores[record] = scores.get(record, 0.0) + rarity * 2.2 / (1 + 1.2 * weight)
    return [Hit(record, score) for record, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))]
