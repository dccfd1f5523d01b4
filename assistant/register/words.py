"""The words of a text: the forms in which a filter compares it, and keyword search over the rows a reader may see."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from unicodedata import combining, normalize

import Stemmer
from sqlalchemy import ColumnElement, Connection, Executable, Table, Text
from sqlalchemy.sql import bindparam, func, literal_column, select, table, text, union_all
from sqlalchemy.sql.elements import TextClause

from assistant.labels import Care
from assistant.records import Audience
from assistant.register.tables import actions, may_see, passages, sources

_WORD = re.compile(r"[^\W_]+")
_REF_PART = re.compile(r"[a-z]+|[0-9]+")
_STEMMER = Stemmer.Stemmer("porter")
_FEW = frozenset(_STEMMER.stemWords(["one", "two", "three", "four", "1", "2", "3", "4"]))
"""Numbers below five as the table of words keeps them: without endings."""
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


def _is_few(word: str) -> bool:
    bare = "".join(char for char in normalize("NFKD", word) if not combining(char))
    return _STEMMER.stemWord(bare) in _FEW


def holds_few(words: str) -> bool:
    """Whether words that are looked for hold a number below five, in any form in which keyword search finds it."""
    return any(map(_is_few, words_of(words)))


def looked_for(audience: Audience, words: str) -> str:
    """Words as they are searched for: without numbers that this audience is not told."""
    if Care.FEW_ROUNDED not in audience:
        return words
    return " ".join(word for word in words_of(words) if not _is_few(word))


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
        if not words_of(phrase):
            return self.of.c.number.in_([])
        numbers = select(self.number(dialect)).select_from(table(self.name))
        return self.of.c.number.in_(numbers.where(self.holds(dialect, self.asked(dialect, phrase))))

    def number(self, dialect: str) -> ColumnElement[int]:
        """The number of a record in the table of words."""
        return literal_column(f"{self.name}.{_key(dialect)}")

    def asked(self, dialect: str, phrase: str) -> str:
        """A run of words as the search of this database is asked for it."""
        run = " ".join(words_of(phrase))
        return f'{{{" ".join(self.default)}}} : "{run}"' if dialect == "sqlite" else run

    def holds(self, dialect: str, asked: str | ColumnElement[str]) -> ColumnElement[bool]:
        """The condition on words that they hold what `asked` gives, or a parameter that stands for it."""
        if dialect == "sqlite":
            return literal_column(self.name).op("MATCH")(asked)
        vector = func.to_tsvector("english", literal_column(" || ' ' || ".join(self.default)))
        return vector.op("@@")(func.phraseto_tsquery("english", asked))

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
        key = _key(connection.dialect.name)
        places = ", ".join(f":{name}" for name in self.columns)
        statement = text(f"INSERT INTO {self.name} ({key}, {', '.join(self.columns)}) VALUES (:number, {places})")
        rows = [{"number": number, **dict(zip(self.columns, values, strict=True))} for number, values in records]
        if rows:
            connection.execute(statement, rows)

    def drop(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Forget the words of these records."""
        statement = text(f"DELETE FROM {self.name} WHERE {_key(connection.dialect.name)} = :number")
        if numbers:
            connection.execute(statement, [{"number": number} for number in numbers])

    def every(self, connection: Connection) -> TextClause:
        """The query for all records: number and words."""
        return text(f"SELECT {_key(connection.dialect.name)}, {', '.join(self.columns)} FROM {self.name}")


def _key(dialect: str) -> str:
    return "rowid" if dialect == "sqlite" else "number"


ACTION_WORDS = WordIndex("action_words", actions, ("above", "does", "rest"), ("above", "does"))
ALL_ACTION_WORDS = replace(ACTION_WORDS, default=ACTION_WORDS.columns)
PASSAGE_WORDS = WordIndex("passage_words", passages, ("heading", "body"), ("heading", "body"))


_SEARCHED = (ALL_ACTION_WORDS, PASSAGE_WORDS)
Sizes = list[tuple[int, float]]
"""Of actions and of passages how many there are, and how many words they have on average."""


@lru_cache(maxsize=64)
def _statements(dialect: str, audience: Audience) -> tuple[Executable, Executable]:
    """How many records an audience may see and how long they are, and those that hold what is asked of each kind; made
    once, because a question to the prose searches a dozen times."""
    sizes, held = [], []
    for kind, index in enumerate(_SEARCHED):
        of, asked = index.of, bindparam(index.name, type_=Text)
        counted = select(literal_column(str(kind)), func.count(), func.avg(of.c.length)).select_from(of.join(sources))
        sizes.append(counted.where(may_see(audience)))
        found = select(literal_column(str(kind)), of.c.id, of.c.length)
        found = found.select_from(table(index.name).join(of, of.c.number == index.number(dialect)).join(sources))
        held.append(found.where(index.holds(dialect, asked), may_see(audience)))
    return union_all(*sizes), union_all(*held)


def sizes_of(connection: Connection, audience: Audience) -> Sizes:
    """The sizes of what this audience may see."""
    found = connection.execute(_statements(connection.dialect.name, audience)[0])
    return [(count, mean or 1.0) for _, count, mean in sorted(found, key=lambda row: row[0])]


def scores_of(connection: Connection, audience: Audience, words: str, sizes: Sizes) -> dict[str, float]:
    """The ids of the records that hold at least one of the words with their scores: actions, then passages, of each
    kind the best first, ties by id.

    BM25 without repetition of a word inside a record. Every figure in it (how many records, how long, how many hold a
    word) is taken over the records that this audience may see, so that no other record can move a rank."""
    dialect = connection.dialect.name
    held = _statements(dialect, audience)[1]
    scores: tuple[dict[str, float], ...] = tuple({} for _ in _SEARCHED)
    for word in list(dict.fromkeys(words_of(words)))[:_WORDS_USED]:
        found = connection.execute(held, {index.name: index.asked(dialect, word) for index in _SEARCHED}).all()
        times = Counter(kind for kind, *_ in found)
        rare = [math.log(1 + (count - times[at] + 0.5) / (times[at] + 0.5)) for at, (count, _) in enumerate(sizes)]
        for kind, record, length in found:
            weight = 1 - _SATURATION_BY_LENGTH + _SATURATION_BY_LENGTH * length / sizes[kind][1]
            scores[kind][record] = scores[kind].get(record, 0.0) + rare[kind] * 2.2 / (1 + 1.2 * weight)
    return dict(chain.from_iterable(sorted(one.items(), key=lambda item: (-item[1], item[0])) for one in scores))
