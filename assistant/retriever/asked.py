"""What kind of thing would answer a question, read from its grammar: a place, an amount, a number of the right noun."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.grammar import Token, parsed
from assistant.retriever.cues import has_date, has_money, names_somebody
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


@dataclass(frozen=True, slots=True)
class Asked:
    """The kind, the noun that is counted or named, in the singular or plural of the question, and the question."""

    kind: Kind
    noun: str = ""
    question: str = ""

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
    "strategy letter page review"
)
"""Nouns of what a register counts."""
_NOUNS: dict[Kind, frozenset[str]] = {
    Kind.MONEY: _stems("cost price value budget amount sum fee spend spending funding grant salary money pound"),
    Kind.TIME: _stems("date month year day time deadline"),
    Kind.SHARE: _stems("percentage percent proportion share rate"),
    Kind.NUMBER: _stems("number total figure count"),
    Kind.NAME: _stems("name"),
    Kind.PLACE: _stems("place venue location building room address site street town"),
    Kind.BODY: _stems(
        "company firm organisation organization university college charity agency supplier provider contractor "
        "consultancy consortium body trust borough hospital court school manufacturer vendor"
    ),
    Kind.FREQUENCY: _stems("frequency"),
    Kind.PERSON: _stems("person people post officer manager role"),
}
_REPORTS: dict[Kind, frozenset[str]] = {
    Kind.SAID: _stems("say tell think feel comment"),
    Kind.FOUND: _stems("find show conclude identify reveal highlight discover"),
    Kind.DECIDED: _stems("decide agree resolve"),
}
_WH = frozenset({"who", "whom", "whose", "where", "when", "how", "what", "which"})


@lru_cache(maxsize=256)
def asked_for(question: str) -> Asked:
    """The kind of thing that a question asks for."""
    tokens = parsed(question)
    for at, token in enumerate(tokens):
        if token.text.lower() in _WH and tokens[token.head].role not in ("relcl", "conj"):
            kind, noun = _kind(tokens, at)
            return Asked(kind, noun, question)
    return Asked(Kind.ANYTHING, "", question)


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
    if verb.kind != "VERB" or any(stem(token.text.lower()) in _OF_DOCUMENTS for token in tokens):
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
    if following in ("often", "frequently", "regularly"):
        return Kind.FREQUENCY, ""
    if following == "long" and not plain & {"overdue", "late", "behind", "left", "until", "ago"}:
        return Kind.DURATION, ""
    return Kind.ANYTHING, ""


def _counted(tokens: Sequence[Token], at: int) -> str:
    """The noun that a number is asked of: "staff" in "how many Fenbridge staff"."""
    token, seen = tokens[at], 0
    while token.role in ("amod", "nmod", "compound", "det", "poss", "nummod", "quantmod", "advmod") and seen < 6:
        token, seen = tokens[token.head], seen + 1
    return token.text.lower() if token.kind in ("NOUN", "PROPN") else ""


def _what(tokens: Sequence[Token], at: int) -> tuple[Kind, str]:
    """By the noun that "what" or "which" goes with, or the verb of a report that it completes."""
    head = tokens[tokens[at].head]
    noun = head if head.kind in ("NOUN", "PROPN") else None
    if noun is None and at + 1 < len(tokens) and tokens[at + 1].kind == "NOUN":
        noun = tokens[at + 1]
    if noun is None and head.kind == "AUX":
        noun = next((one for one in tokens[at + 1 :] if one.kind == "NOUN" and one.role in ("nsubj", "attr")), None)
    if noun is not None:
        kind = next((kind for kind, stems in _NOUNS.items() if stem(noun.text.lower()) in stems), Kind.ANYTHING)
        return kind, _of(tokens, noun) if kind in (Kind.NUMBER, Kind.SHARE, Kind.NAME) else noun.text.lower()
    past = any(tokens[one.head] is head and one.text.lower() in ("did", "has", "have", "had") for one in tokens)
    subject = next((one for one in tokens if tokens[one.head] is head and one.role == "nsubj"), None)
    told = subject and stem(subject.text.lower()) not in _OF_REGISTERS and subject.kind != "PRON"
    if tokens[at].role == "dobj" and past and told:
        return next((kind for kind, stems in _REPORTS.items() if stem(head.text.lower()) in stems), Kind.ANYTHING), ""
    return Kind.ANYTHING, ""


def _of(tokens: Sequence[Token], noun: Token) -> str:
    """What a number or a share is of."""
    preposition = next((one for one in tokens if tokens[one.head] is noun and one.text.lower() == "of"), None)
    held = next((one for one in tokens if preposition and tokens[one.head] is preposition), None)
    return held.text.lower() if held else ""


# ---------------------------------------------------------------- whether a text holds the kind

_ROLE = re.compile(
    r"\b\w*(?:manager|director|officer|worker|head|chair|mayor|member|board|committee|panel|team|police|staff|partner"
    r"|councillor|carer|parent|mentor|visitor|advocate|commissioner|governor|consultant|psychologist|therapist|nurse"
    r"|doctor|trust|ordinator|leaders?|children|families|young people)s?\b",
    re.IGNORECASE,
)
_PROPER = re.compile(r"(?<=[\w,;(] )[A-Z][\w’'&-]+(?:\s+(?:of|for|and|the|&)?\s*[A-Z][\w’'&-]+)+")
_INITIALS = re.compile(r"\b[A-Z]{2,5}\b")
_ORGANISATION = re.compile(
    r"\b(?:[A-Z][\w’'&-]+\s+)+(?:Ltd|Limited|LLP|plc|CIC|Trust|University|College|Council|Foundation|Group|Consortium"
    r"|Association|Partnership|Institute|School|Hospital|Academy|Society|Agency|Project)\b"
    r"|(?:(?<=\bby )|(?<=\bwith ))(?:the )?[A-Z][a-z][\w’'&-]*(?:\s+[A-Z][\w’'&-]+)*"
)
_SITE = re.compile(
    r"\bat (?:the )?[A-Z][\w’'-]+|\b(?:[A-Z][\w’'-]+ )+(?:Building|Centre|Hall|House|Road|Street|Library|School|Hub"
    r"|Lane|Square|Park)\b|\b(?:building|centre|hall|office|base|room|online|venue|street|road|house|library|school|hub)s?\b"
)
_OFTEN = re.compile(
    r"\b(?:daily|weekly|fortnightly|monthly|quarterly|termly|annual(?:ly)?|yearly|bi-?\w+ly|six-?monthly|every|each"
    r"|per (?:day|week|month|quarter|term|year)|once|twice|times? (?:a|per)|regular(?:ly)?)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|half)[\s-]+(?:working\s+|school\s+)?"
    r"(?:day|week|month|quarter|term|year|hour|minute)s?\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\d\s?%|per\s?cent|\b(?:half|third|quarter|all|none|most)\b|\b\d+ (?:out )?of (?:the )?\d+", re.IGNORECASE
)
_TOLD = {
    Kind.SAID: re.compile(
        r"\b(?:said|told|felt|commented|expressed|described|thought|reported that|fed back)\b|[“\"]", re.I
    ),
    Kind.FOUND: re.compile(
        r"\b(?:found|showed|shown|shows|identified|concluded|revealed|highlighted|evidenced)\b", re.I
    ),
    Kind.DECIDED: re.compile(r"\b(?:decided|agreed|resolved|approved|endorsed)\b", re.I),
}


def _new(pattern: re.Pattern[str], text: str, asked: Asked) -> bool:
    """Whether the text names something of a kind that the question does not name itself."""
    known = asked.question.casefold()
    return any(found.group().casefold() not in known for found in pattern.finditer(text))


_HELD: dict[Kind, Callable[[str, Asked], bool]] = {
    Kind.PERSON: lambda text, asked: (
        names_somebody(text) or any(_new(one, text, asked) for one in (_ROLE, _PROPER, _INITIALS))
    ),
    Kind.NAME: lambda text, asked: (
        names_somebody(text) or (not _ROLE.search(asked.noun) and _new(_PROPER, text, asked))
    ),
    Kind.BODY: lambda text, asked: stem(asked.noun) in text.casefold() or _new(_ORGANISATION, text, asked),
    Kind.PLACE: lambda text, asked: _new(_SITE, text, asked),
    Kind.TIME: lambda text, _: has_date(text),
    Kind.FREQUENCY: lambda text, _: bool(_OFTEN.search(text)),
    Kind.DURATION: lambda text, _: bool(_SPAN.search(text)),
    Kind.MONEY: lambda text, _: has_money(text),
    Kind.SHARE: lambda text, _: bool(_PART.search(text)),
}


def holds(asked: Asked, text: str) -> bool:
    """Whether a text holds the kind of thing asked for; what is counted is looked at where numbers are."""
    if asked.kind in _TOLD:
        return bool(_TOLD[asked.kind].search(text))
    test = _HELD.get(asked.kind)
    return test is None or test(text, asked)
