"""The project's own glossary: the ideas of this field, and all the words by which people call them.

`assistant/data/glossary.csv` holds one idea a line; lists are parted by semicolons.

concept   the idea's plain name, which is also one of its names
short     abbreviations; "CP?" is a rarer reading of CP, "*SCP" stands for any abbreviation that ends so, and
          "CAF=common assessment framework" stands for words of its own, not for the concept's name
names     words that state the idea in a plan; "=looked after" means these very words and no other form of them, and
          "?missing" that the word may state it but often means something else; "children in care + schools" that
          a text which states both of these concepts states this one
lay       words of people outside the field, which name the idea in a question
broader   ideas of which this one is a part: who asks for the broader one means this one too
apart     ideas that look alike and are not: where longer words state this one, they do not state those
meaning   what it is, in a few plain words
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

GLOSSARY = Path(__file__).parents[1] / "data" / "glossary.csv"


class Kind(StrEnum):
    """How a term names its idea."""

    SHORT = "short"
    NAME = "name"
    LAY = "lay"


@dataclass(frozen=True, slots=True)
class Term:
    """One way to name a concept. `exact` terms match in this form only; `weak` ones often mean something else."""

    text: str
    kind: Kind
    exact: bool = False
    weak: bool = False
    ending: bool = False
    """The text is the end of an abbreviation whose beginning is local: "SCP" of a partnership."""
    expansion: str | None = None
    """The words that an abbreviation stands for, where they are not the concept's name."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea of the field and its terms."""

    key: str
    terms: tuple[Term, ...]
    broader: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    meaning: str = ""
    made_of: tuple[frozenset[str], ...] = ()
    """Sets of concepts that state this one where a text states all of a set."""


@cache
def read_glossary(path: Path = GLOSSARY) -> tuple[Concept, ...]:
    """The concepts of a glossary file in its order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_concept(row) for row in csv.DictReader(lines))


def _concept(row: dict[str, str]) -> Concept:
    names = _items(row["names"])
    said = [name for name in names if " + " not in name]
    named_so = [Term(row["concept"], Kind.NAME)] if f"={row['concept']}" not in names else []
    terms = (
        *named_so,
        *(_short(text) for text in _items(row["short"])),
        *(_name(text, Kind.NAME) for text in said),
        *(_name(text, Kind.LAY) for text in _items(row["lay"])),
    )
    made_of = tuple(frozenset(name.split(" + ")) for name in names if " + " in name)
    return Concept(row["concept"], terms, _items(row["broader"]), _items(row["apart"]), row["meaning"], made_of)


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split(";") if item.strip())


def _short(text: str) -> Term:
    text, _, expansion = text.partition("=")
    if " " in text:
        return Term(text, Kind.NAME)
    weak, ending = text.endswith("?"), text.startswith("*")
    return Term(text.strip("*?"), Kind.SHORT, weak=weak, ending=ending, expansion=expansion or None)


def _name(text: str, kind: Kind) -> Term:
    marks = text[: len(text) - len(text.lstrip("=?"))]
    return Term(text.lstrip("=?"), kind, exact="=" in marks, weak="?" in marks)
