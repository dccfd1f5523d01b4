"""What a statement beside a question tells of: its subject, and whether its last thing in the plural is somebody."""

import re
from functools import lru_cache

from assistant.grammar import below, parsed
from assistant.lexicon import any_of, choice, plain

PEOPLE = re.compile(r"\b(?:they|them|their)\b")
MANY = re.compile(r"(?:[^s]s|people|children)$", re.IGNORECASE)
_ABOUT = frozenset(["about", "regarding", "concerning"])
_WORRY = re.compile(r"(?:worr|concern|problem|issue|priorit|risk|interest)\w*", re.IGNORECASE)
_TELLERS = re.compile(r"(?:plan|council|report|board|inspector|member|ofsted|director|parent|partner)s?", re.IGNORECASE)


def told_of(told: str) -> str:
    """What a statement is of, where it is neither somebody nor who tells: "chronologies keep coming up in audits"."""
    tokens = parsed(told)
    for n, token in enumerate(tokens):
        verb = tokens[token.head]
        who = token.kind == "PRON" or _TELLERS.fullmatch(token.text) or _SOMEBODY.fullmatch(token.text.lower())
        if token.role == "nsubj" and verb.role == "ROOT" and verb.kind == "VERB" and not who:
            own = below(tokens, frozenset({n}))
            return told[tokens[min(own)].start : tokens[max(own)].end].strip(" .,")
    return ""


_SOMEBODY = re.compile(rf"{any_of('posts', 'bodies', 'people', 'one_of_kin')}|{choice('titles')}")
_MUCH = re.compile(
    r"(?:rise|increase|growth|spike|problem|trouble|issue|lot|number|case|complaint|interested|worried)s?"
)
_RAISES = re.compile(r"(?:rais|mention|flag)")


@lru_cache(maxsize=512)
def told_subject(told: str) -> str:
    """What somebody says or worries about in a statement: "members asked about X", "X is a worry", "the council promised
    X"; empty where it tells of nothing."""
    tokens = parsed(told)
    for n, token in enumerate(tokens):
        head = tokens[token.head]
        beside = [one for one in tokens if tokens[one.head] is head]
        above = tokens[head.head].text
        about = head.text.lower() in _ABOUT or _MUCH.fullmatch(above) or _WORRY.fullmatch(above)  # "a concern over X"
        marked = token.role == "pobj" and token.kind != "PRON" and about
        worry = token.role == "nsubj" and any(one.role == "attr" and _WORRY.fullmatch(one.text) for one in beside)
        teller = _RAISES.match(head.text) or any(one.role == "nsubj" and _TELLERS.fullmatch(one.text) for one in beside)
        if marked or worry or (token.role == "dobj" and teller and not _TELLERS.fullmatch(token.text)):
            own = below(tokens, frozenset({n}))
            return told[tokens[min(own)].start : tokens[max(own)].end].strip(" .,")
    return ""


def speaks_of_things(told: str) -> bool:
    """Whether the last thing in the plural that is told of, at which "they" points, is nobody."""
    before = [match.start() for match in PEOPLE.finditer(plain(told))][-1:] or [len(told)]
    many = [token for token in parsed(told[: before[0]]) if token.kind == "NOUN" and MANY.search(token.text)]
    return bool(many) and not _SOMEBODY.fullmatch(many[-1].text.lower())
