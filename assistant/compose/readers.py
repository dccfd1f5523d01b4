"""What is added for a kind of reader: words explained for members, what was searched for inspection teams."""

from __future__ import annotations

import re

from assistant.answer import Reader
from assistant.compose.draft import Draft
from assistant.compose.phrases import searched
from assistant.compose.telling import Telling
from assistant.compose.wording import joined, safe
from assistant.outcome import AnswerStatus
from assistant.query_plan import Intent
from assistant.records import KeyKind
from assistant.vocabulary import split_words

_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,6}|[A-Z][a-z]?[A-Z]{1,3})s?\b")
_EXPLAINED_AT_MOST = 6


def read_back(telling: Telling) -> list[str]:
    """How words were read where that could be otherwise: a correction, an abbreviation, one with two meanings."""
    lines = list(telling.plan.readings)
    said = " ".join(lines).casefold()
    for theme, members in zip(_themes(telling), telling.found.read, strict=False):
        if len(members.readings) > 1:
            both = joined([safe(reading) for reading in members.readings], "or")
            lines.append(f"“{safe(theme)}” can mean {both}: the rows of each are shown.")
        elif members.read_as and _is_telling(theme, members.read_as) and members.read_as.casefold() not in said:
            if telling.plan.intent is Intent.NARRATIVE:
                continue  # the prose is searched for the reader's own words
            lines.append(f"I read “{safe(theme)}” as {safe(members.read_as)}.")
    return lines


def _themes(telling: Telling) -> list[str]:
    return [one.words for theme in telling.plan.themes for one in (theme, *theme.alternatives)]


def _is_telling(theme: str, read_as: str) -> bool:
    """Whether a reading says more than the words themselves do: an abbreviation, lay words, a correction."""
    said = {word.stem for word in split_words(theme)}
    return any(word.stem not in said and word.plain != "and" for word in split_words(read_as))


def explained(telling: Telling, draft: Draft) -> list[str]:
    """Lines under the answer for this kind of reader."""
    if telling.reader is Reader.MEMBER:
        return _words(telling, draft)
    if telling.reader is Reader.INSPECTION and draft.status is AnswerStatus.ANSWERED and draft.total is not None:
        return [] if telling.plan.documents else [searched(telling)]
    return []


def _words(telling: Telling, draft: Draft) -> list[str]:
    """The abbreviations that the answer uses, explained: by the plans' own lists first, then by the glossary."""
    if telling.plan.intent is Intent.DEFINITION:
        return []
    own = {key.term.casefold(): key.meaning for key in telling.view.keys if key.kind is KeyKind.ABBREVIATION}
    found: list[str] = []
    for term in dict.fromkeys(match.rstrip("s") for match in _ABBREVIATION.findall(draft.text)):
        meaning = own.get(term.casefold()) or next(iter(telling.explain(term)), "")
        if meaning:
            found.append(f"{term}: {safe(meaning)}")
    return [f"Words explained: {'; '.join(found[:_EXPLAINED_AT_MOST])}."] if found else []
