"""Whether words tell something of people and not of rows, by their grammar."""

from __future__ import annotations

import re

from assistant.grammar import Token, parsed

_PEOPLE = re.compile(
    r"(?:famil(?:y|ies)|child(?:ren)?|kids?|people|persons?|parents?|carers?|teen\w*|adolescents?|girls?|boys?|bab(?:y|ies)"
    r"|mothers?|fathers?|mums?|dads?|leavers?|pupils?|students?|learners?|adults?|youths?|siblings?|those who)",
    re.IGNORECASE,
)


def describes_people(raw: str, start: int, end: int) -> bool:
    """True where the words tell something of people and not of rows: "families who are stuck"."""
    if not _PEOPLE.search(raw):
        return False
    tokens = parsed(raw)
    said = [at for at, token in enumerate(tokens) if start <= token.start < end]
    return any(_told_of_people(tokens, at) for at in said)


def _told_of_people(tokens: tuple[Token, ...], at: int) -> bool:
    """True where the way up from the word, through clauses and prepositions, comes to people first."""
    while tokens[at].role in ("relcl", "acl", "amod", "prep", "pobj", "acomp", "advmod") and tokens[at].head != at:
        at = tokens[at].head
        if tokens[at].kind in ("NOUN", "PROPN"):
            return bool(_PEOPLE.fullmatch(tokens[at].text))
    return False
