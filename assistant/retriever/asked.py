"""What kind of thing would answer a question, read from its grammar: a place, an amount, a number of the right noun."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from assistant.grammar import Token, below, parsed
from assistant.vocabulary import stem


class Kind(StrEnum):
    """What a text must hold to be the answer; ANYTHING where the grammar asks for no one kind."""

    ANYTHING = "anything"
    PERSON = "person"
    NAME = "name"
    BODY = "body"
    """An organisation."""
    PLACE = "place"
    TIME = "time"
    FREQUENCY = "frequency"
    DURATION = "duration"
    MONEY = "money"
    NUMBER = "number"
    SHARE = "share"
    SAID = "said"
    FOUND = "found"
    DECIDED = "decided"
    CONTACT = "contact"
    """A telephone number or an address to write to."""
    CLOCK = "time of day"
    JUDGEMENT = "judgement"
    """What an inspection judged."""
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Asked:
    """The kind, the noun that is counted or named, in the singular or plural of the question, and the question."""

    kind: Kind
    noun: str = ""
    question: str = ""

    @property
    def which(self) -> str:
        """The noun that one of several is asked for by: "ward" in "which ward sends most"; else empty."""
        found = re.search(r"\bwhich (?:\w+ )?(\w+)", self.question, re.IGNORECASE) if self.noun else None
        return self.noun if found and self.noun in found.group().lower().split() else ""

    @property
    def beyond_rows(self) -> bool:
        """Whether no field of an action holds such a thing, so that rows alone are no answer."""
        if self.kind in (Kind.NUMBER, Kind.SHARE):
            return bool(self.noun) and stem(self.noun) not in _OF_REGISTERS
        return self.kind not in (Kind.ANYTHING, Kind.PERSON, Kind.TIME)


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_OF_REGISTERS = _stems(
    "action task row item recommendation priority section plan theme milestone entry line point one measure outcome "
    "target date owner lead colour status document objective heading thing step deadline area goal it them they these "
    "those that this work rest everything all progress update reference source flag issue report "
    "strategy letter page review completion complete overdue late"
)
"""Nouns of what a register counts."""
_NOUNS: dict[Kind, frozenset[str]] = {
    Kind.MONEY: _stems("cost price bill value budget amount sum fee spend spending funding grant salary money pound"),
    Kind.TIME: _stems("date month year day time deadline"),
    Kind.SHARE: _stems("percentage percent proportion share rate %"),
    Kind.NUMBER: _stems("number total figure count"),
    Kind.NAME: _stems("name"),
    Kind.PLACE: _stems("place venue location building room address site street town"),
    Kind.BODY: _stems(
        "company firm organisation organization university college charity agency supplier provider contractor "
        "consultancy consortium body trust borough hospital court school manufacturer vendor"
    ),
    Kind.FREQUENCY: _stems("frequency"),
    Kind.PERSON: _stems("person people post officer manager role"),
    Kind.JUDGEMENT: _stems("judgement judgment grade verdict"),
    Kind.REASON: _stems("reason explanation cause justification rationale"),
}
_REPORTS: dict[Kind, frozenset[str]] = {
    Kind.SAID: _stems("say tell think feel comment"),
    Kind.FOUND: _stems("find show conclude identify reveal highlight discover"),
    Kind.DECIDED: _stems("decide agree resolve"),
}
_LOOKING = _stems("review")
"""What a register counts and yet finds something."""
_PAYS = _stems("cost pay spend charge")
_MINDS = _stems("think feel")
_WH = frozenset({"who", "whom", "whose", "where", "when", "how", "what", "which"})


_ASKS_CONTACT = re.compile(
    r"\b(?:phone|telephone|tel|mobile|extension|contact|e-?mail|fax)\s*(?:no|num|number|address|details)\b"
    r"|\bextn?\b|\bpost ?code\b|\b(?:phone|telephone|e-?mail)\W*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def asked_for(question: str) -> Asked:
    """The kind of thing that a question asks for."""
    if _ASKS_CONTACT.search(question):
        return Asked(Kind.CONTACT, "", question)
    tokens = parsed(_SHORT.sub("number of", _RUN_ON.sub(r"\1 is", question)))
    for at, token in enumerate(tokens):
        if token.text.lower() in _WH and tokens[token.head].role not in ("relcl", "conj", "advcl"):
            kind, noun = _kind(tokens, at)
            return Asked(kind, noun, question)
    kind, noun = _requested(tokens)
    return Asked(kind, noun, question)


def may_be_beyond_rows(question: str) -> bool:
    """Whether a question has a word that `beyond_rows` can follow from: most have none, and need no parsing for it."""
    rest = _COUNTS_ROWS.sub(
        lambda found: "" if stem(found[1]) in _OF_REGISTERS else found[0], _SHORT.sub("number of", question.lower())
    )
    words = frozenset(stem(word) for word in re.findall(r"[^\W\d_]+|%", rest))
    return bool(words & _BEYOND) or bool(_ASKS_CONTACT.search(question))


_COUNTS_ROWS = re.compile(r"\bhow many ([a-z]+s)\b")
_BEYOND = _stems("how hows where wheres time").union(
    _PAYS, *(stems for kind, stems in (*_NOUNS.items(), *_REPORTS.items()) if kind not in (Kind.PERSON, Kind.TIME))
)


_RUN_ON = re.compile(r"\b(what|who|where|when|how)s\b", re.IGNORECASE)
"""A question word typed in one with its verb: "whats the name"."""
_SHORT = re.compile(r"\bno\.? of\b", re.IGNORECASE)
_REQUESTS = frozenset({"give", "state", "tell", "show", "list", "name", "find", "send", "need", "want"})


def _requested(tokens: Sequence[Token]) -> tuple[Kind, str]:
    """Of words without a question word: by the nouns at their root ("phone no of the lead", "vacancy rate"), or those
    that a request is for."""
    for one in at_root(tokens):
        if one.kind == "VERB":
            continue
        inside = [token for token in tokens if tokens[token.head] is one and token.role in ("compound", "amod")]
        kind = next((kind for kind in _REQUESTED if stem(one.text.lower()) in _NOUNS[kind]), Kind.ANYTHING)
        if kind is Kind.SHARE:
            return kind, _of(tokens, one) or (inside[-1].text.lower() if inside else "")
        if kind is not Kind.ANYTHING and (named := _of(tokens, one, whole=kind is Kind.NAME)):
            return kind, named
    return Kind.ANYTHING, ""


_REQUESTED = (Kind.SHARE, Kind.NAME, Kind.NUMBER, Kind.MONEY)
"""Kinds whose nouns ask for them without a question word."""


@lru_cache(maxsize=256)
def focus(question: str) -> frozenset[str]:
    """The nouns that a question is after, in small letters: "milestones" in "which milestones are late", "member" in
    "is there a lay member"; of several sentences, those of the ones that ask."""
    tokens = parsed(question)
    roots = [at for at, token in enumerate(tokens) if token.head == at]
    spans = {root: below(tokens, frozenset({root})) for root in roots}
    asking = [root for root, span in spans.items() if any(tokens[at].text.lower() in _ASKS for at in span)] or roots
    clauses = {at for at, token in enumerate(tokens) if token.role == "conj" and token.kind == "VERB"} | {*roots}
    near = {token for token in at_root(tokens) if token.head in clauses}
    within = frozenset().union(*(spans[root] for root in asking))
    wh = {tokens[token.head] for token in tokens if token.text.lower() in ("which", "what") and token.role == "det"}
    nouns = [token for at, token in enumerate(tokens) if at in within and (token in near or token in wh)]
    if any(tokens[root].kind == "VERB" for root in asking):
        nouns = [token for token in nouns if token in wh]
    return frozenset(token.text.lower() for token in nouns if token.kind in ("NOUN", "PROPN", "ADJ"))


_ASKS = _WH | {"?"}
_POINTING = frozenset({"it", "its", "they", "them", "their", "this", "these", "those", "that"})
_TELLING = frozenset({"tell", "told", "inform", "remind", "show", "report"})


@lru_cache(maxsize=256)
def beside_asking(question: str) -> frozenset[str]:
    """The words, in small letters, that stand beside what a question asks: those of sentences that ask nothing and that
    none of the others points at, of further questions, and of whoever was told."""
    tokens = parsed(question)
    roots = [at for at, token in enumerate(tokens) if token.head == at]
    spans = [below(tokens, frozenset({root})) for root in roots]
    asking = next((span for span in spans if any(tokens[at].text.lower() in _WH for at in span)), None)
    asking = asking or next((span for span in spans if any(tokens[at].text == "?" for at in span)), None)
    points = any(tokens[at].text.lower() in _POINTING for at in asking or ())
    names = any(tokens[at].kind in ("NOUN", "PROPN") for at in asking or ())
    beside: set[int] = set()
    for span in spans if asking else ():
        bare = not any(tokens[at].kind in ("VERB", "AUX") for at in span)
        of_self = names and any(tokens[at].text.lower() in ("i", "we", "my", "our") for at in span)
        if span is not asking and (not points or bare or of_self):
            beside |= span
    for at, token in enumerate(tokens):
        verb = tokens[token.head]
        told = token.role in ("dobj", "dative") and verb.text.lower() in _TELLING
        asked = [tokens[one.head] for one in tokens if one.text.lower() in _WH]
        if told and any(one is verb or (one.kind == "ADP" and tokens[one.head] is verb) for one in asked):
            beside |= below(tokens, frozenset({at}))
    beside |= _around_asking(tokens)
    kept = {token.text.lower() for at, token in enumerate(tokens) if at not in beside}
    return frozenset(tokens[at].text.lower() for at in beside) - kept


def _courtesies(tokens: Sequence[Token], clause: int) -> frozenset[int]:
    """The words of "if it is no trouble", "if I may", which hang from the clause that asks."""
    ifs = {one.head for one in tokens if one.role == "mark" and one.text.lower() == "if"}
    spoken = {one.head for one in tokens if one.role == "nsubj" and one.text.lower() in _SPEAKERS | {"it"}}
    heads = {at for at in ifs & spoken if tokens[at].role == "advcl" and tokens[at].head == clause}
    return below(tokens, frozenset(heads)) if heads else frozenset()


_SPEAKERS = frozenset({"i", "we", "you"})


def _around_asking(tokens: Sequence[Token]) -> frozenset[int]:
    """The words around a question that somebody puts as one wondering or asking: "I have just joined and wondered, if
    I may, how often ...", "could you tell me whether ..."."""
    for at, token in enumerate(tokens):
        if token.text.lower() not in _WH | {"whether", "if"}:
            continue
        path = [at]
        while tokens[path[-1]].head != path[-1]:
            path.append(tokens[path[-1]].head)
        clause = next((one for one in path if tokens[one].role == "ccomp"), path[-1])
        above = path[path.index(clause) + 1 :]
        if any(one.head in above and one.role == "nsubj" and one.text.lower() in _SPEAKERS for one in tokens):
            asked = below(tokens, frozenset(path[: path.index(clause) + 1]))
            return below(tokens, frozenset(above[-1:])) - (asked - _courtesies(tokens, clause))
    return frozenset()


_THINGS = frozenset({"NOUN", "PROPN", "NUM", "X", "SYM"})


@lru_cache(maxsize=256)
def only_worded(question: str) -> frozenset[str]:
    """The words, in small letters, that say how a thing is put and name no thing themselves: a plan that answers may
    say the same in others, while a name, a noun or a number that stands nowhere is a thing that the plans lack."""
    tokens = parsed(_RUN_ON.sub(r"\1 is", question))
    things = {token.text.lower() for token in tokens if token.kind in _THINGS}
    return frozenset(token.text.lower() for token in tokens) - things


_BESIDE_ROOT = frozenset({"ROOT", "appos", "conj", "npadvmod", "nsubj", "attr"})


def at_root(tokens: Sequence[Token]) -> list[Token]:
    """The words that a question or a fragment of one is about by its grammar: its root, what stands beside that, and
    what a request is for."""
    roots = {at for at, token in enumerate(tokens) if token.head == at}
    asks = any(tokens[at].text.lower() in _REQUESTS for at in roots)
    near = {at for at, token in enumerate(tokens) if token.head in roots}
    roles = _BESIDE_ROOT | {"dobj"} if asks else _BESIDE_ROOT
    return [token for token in tokens if token.role in roles and (token.head in roots or token.head in near)]


def _kind(tokens: Sequence[Token], at: int) -> tuple[Kind, str]:
    word = tokens[at].text.lower()
    if word in ("who", "whom", "whose"):
        return Kind.PERSON, ""
    if word == "when":
        return Kind.TIME, ""
    if word == "where":
        return _where(tokens, at), ""
    if word == "how":
        return _how(tokens, at)
    return _what(tokens, at)


_OF_DOCUMENTS = _stems("plan document page row mention pick record cover say write note find state appear evidence")


def _where(tokens: Sequence[Token], at: int) -> Kind:
    """A place, unless it is asked where something stands in a plan or how far it has come."""
    verb = tokens[tokens[at].head]
    does = verb.kind == "VERB" or next(one for one in reversed(tokens) if one.kind != "PUNCT").kind == "VERB"
    if not does or any(stem(token.text.lower()) in _OF_DOCUMENTS for token in tokens):
        return Kind.ANYTHING
    subjects = [one for one in tokens if tokens[one.head] is verb and one.role.startswith("nsubj")]
    return Kind.ANYTHING if any(one.kind == "PRON" for one in subjects) else Kind.PLACE


def _how(tokens: Sequence[Token], at: int) -> tuple[Kind, str]:
    following = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    plain = {token.text.lower() for token in tokens}
    if following == "many":
        return Kind.NUMBER, _counted(tokens, at + 1)
    if following == "much":
        money = any(stem(word) in _NOUNS[Kind.MONEY] for word in plain)
        by = at > 0 and tokens[at - 1].text.lower() == "by"
        return (Kind.MONEY if money and not by else Kind.SHARE, "change") if money or by else (Kind.ANYTHING, "")
    if following == "far" and plain & {"behind", "below", "above", "ahead"} and not plain & {"schedule", "time", "we"}:
        return Kind.SHARE, "change"
    if following in ("often", "frequently", "regularly"):
        return Kind.FREQUENCY, ""
    if following == "long" and not plain & {"overdue", "late", "behind", "left", "until", "ago"}:
        return Kind.DURATION, ""
    return Kind.ANYTHING, ""


def _counted(tokens: Sequence[Token], at: int) -> str:
    """The noun that a number is asked of: "staff" in "how many Fenbridge staff"; of a run of nouns the one that a
    register counts, wherever it stands: "how many housing actions Fenbridge"."""
    run = takewhile(lambda one: one.kind in _OF_NOUNS or one.role in ("amod", "compound"), tokens[at + 1 :])
    if counted := next((one for one in run if stem(one.text.lower()) in _OF_REGISTERS), None):
        return counted.text.lower()
    token, seen = tokens[at], 0
    while token.role in ("amod", "nmod", "compound", "det", "poss", "nummod", "quantmod", "advmod") and seen < 6:
        token, seen = tokens[token.head], seen + 1
    return token.text.lower() if token.kind in ("NOUN", "PROPN") else ""


_OF_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "X", "PART"})


def _what(tokens: Sequence[Token], at: int) -> tuple[Kind, str]:
    """By the noun that "what" or "which" goes with, or the verb of a report that it completes."""
    head = tokens[tokens[at].head]
    root = next(one for at, one in enumerate(tokens) if one.head == at)
    if at + 1 < len(tokens) and tokens[at + 1].kind == "AUX" and stem(root.text.lower()) in _PAYS:
        return Kind.MONEY, ""
    noun = head if head.kind in ("NOUN", "PROPN") else None
    if noun is None and at + 1 < len(tokens) and tokens[at + 1].kind == "NOUN":
        noun = tokens[at + 1]
    if noun is None and head.kind == "AUX":
        noun = next((one for one in tokens[at + 1 :] if one.kind == "NOUN" and one.role in ("nsubj", "attr")), None)
    if noun is not None and noun.text.lower() == "time" and tokens[at].role == "det":
        return Kind.CLOCK, ""
    if noun is not None:
        kind = next((kind for kind, stems in _NOUNS.items() if stem(noun.text.lower()) in stems), Kind.ANYTHING)
        if kind is Kind.SHARE and (
            inside := [one for one in tokens if tokens[one.head] is noun and one.role == "compound"]
        ):
            return kind, inside[-1].text.lower()
        whole = kind is Kind.NAME
        if kind in (Kind.NUMBER, Kind.SHARE) or whole:
            figure = noun.text.lower() if kind is Kind.NUMBER and tokens[at].role == "det" else ""
            return kind, _of(tokens, noun, whole) or figure
        return kind, noun.text.lower()
    if tokens[at].role in ("nsubj", "attr") and head.kind != "NOUN" and (found := _requested(tokens))[1]:
        return found
    last = next((token.text.lower() for token in reversed(tokens) if token.text.isalpha()), "")
    if head.text.lower() == "did" and head.kind == "VERB" and stem(last) in _REPORTS[Kind.FOUND]:
        return Kind.FOUND, last  # a question that the parser misread has its verb last
    past = any(tokens[one.head] is head and one.text.lower() in ("did", "has", "have", "had") for one in tokens)
    subject = next((one for one in tokens if tokens[one.head] is head and one.role == "nsubj"), None)
    past = past or stem(head.text.lower()) in _MINDS
    if tokens[at].role == "dobj" and past and subject and subject.kind != "PRON":
        kind = next((kind for kind, stems in _REPORTS.items() if stem(head.text.lower()) in stems), Kind.ANYTHING)
        subjects = _OF_REGISTERS - _LOOKING if kind is Kind.FOUND else _OF_REGISTERS | _OF_DOCUMENTS
        return (Kind.ANYTHING if stem(subject.text.lower()) in subjects else kind), ""
    return Kind.ANYTHING, ""


def _of(tokens: Sequence[Token], noun: Token, whole: bool = False) -> str:
    """What a number, a share or a name is of: its noun, or all its words."""
    preposition = next((one for one in tokens if tokens[one.head] is noun and one.text.lower() == "of"), None)
    held = next((at for at, one in enumerate(tokens) if preposition and tokens[one.head] is preposition), None)
    if held is None:
        return ""
    words = sorted(below(tokens, frozenset({held}))) if whole else [held]
    return " ".join(tokens[at].text.lower() for at in words)
