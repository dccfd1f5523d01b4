"""Whether a name stands as an owner, by its grammar: who does, who holds, whose list, and who is addressed first."""

import re
from collections.abc import Collection
from functools import lru_cache

from assistant.grammar import Token, parsed
from assistant.lexicon import any_of, choice, concept_of, plain, small
from assistant.planner.candidates.subject import is_empty
from assistant.planner.candidates.ways import WHILE
from assistant.planner.text import TAKEN
from assistant.planner.titles import PLAN_WORD
from assistant.vocabulary import stem

_TOPIC = re.compile(r"\s*(?:[-–:,;]\s|\s-)")
"""What follows a name that opens a question: "team manager - anything due?"."""
_OPENING = re.compile(
    r"\W*(?:(?:the|an?|our|for|re|and|so|ok|hi|hello|please|i'?m|i am|this is|as|speaking as|it's)\b\W*)*"
)
_HOLDS = re.compile(r"(?:for|against|under|with|to|by|as)\b", re.IGNORECASE)
_SAID_OF = re.compile(rf"{choice('said_of_people')}\w*", re.IGNORECASE)
"""Verbs of which a person is the subject matter: "how are social workers trained?"."""


DUTIES = small("owner_duties")
_OF_A_NOUN = re.compile(r"\b(?:the|our|an?|any|which|these|those)\s+$", re.IGNORECASE)
_RESTS = DUTIES | small("owner_rests")
_COMPLETES = ("xcomp", "ccomp", "acomp", "prep", "advmod", "prt", "dobj", "advcl")


def stands_as_owner(raw: str, rest: str, start: int, end: int, post: bool) -> bool:
    """True where the name at `start` to `end` of the question does or holds something that names no other thing.

    Args: rest, the question with what is understood taken out: only asking words and rows may stand around an owner;
    post, whether the words can hardly be a subject: else a word of owning must bear them out.
    """
    if is_topic(rest, start, end):
        return post
    aside = WHILE.match(plain(raw))
    if aside and start < aside.end():
        return False  # "when members got the report, which ..." tells when
    if raw[start:end].istitle() and re.match(r"\s[A-Z][a-z]", raw[end:]):
        return False  # the name goes on: somebody else of the same first name
    # plain words for the name, whose own would mislead the parser
    article = "" if _OF_A_NOUN.search(raw[:start]) else "the "
    word = article + ("managers" if raw[:end].endswith("s") else "manager")
    raw, rest = (f"{text[:start]}{word}{text[end:]}" for text in (raw, rest))
    start += len(article)
    tokens = parsed(raw)
    top = next((at for at, token in enumerate(tokens) if token.start == start), None)
    while top is not None and tokens[top].role == "conj":  # "anyone but the chair", "the chair or the panel"
        top = tokens[top].head
    if top is None or tokens[top].head == top:
        return False
    name, verb = tokens[top], tokens[top].head
    governor = tokens[verb]
    beside = [one for one in tokens if tokens[one.head] is governor and one is not name]
    # "is the panel complete" asks nothing of what the panel does
    states = [one for one in beside if any(concept_of(one.text.lower(), role) for role in ("state", "time"))]
    does = [one for one in beside if one.role in _COMPLETES and not (one.role == "acomp" and one in states)]
    owns = any(one.text.lower() in DUTIES for one in (governor, *does))
    if name.role in ("compound", "poss", "nmod"):
        return post and _says_nothing(governor, rest) and not PLAN_WORD.fullmatch(governor.text)
    if name.role in ("nsubj", "nsubjpass"):
        given = any(one.role == "dobj" and tokens[one.head] in (governor, *beside) for one in tokens)
        told = (name.role == "nsubj" or given) and (owns or (post and not _SAID_OF.match(governor.text)))
        return told and _in_main_clause(tokens, verb) and _asks_of_rows(tokens, verb, rest)
    if name.role == "attr":  # "which actions are the virtual head's"
        said = [one for one in beside if one.role == "nsubj" and _says_nothing(one, rest)]
        return post and any(one.kind == "NOUN" or one.text.lower() in ("i", "we") for one in said)
    if name.role in ("pobj", "dative") and _HOLDS.match(governor.text):
        holder = tokens[governor.head]
        if holder.text.lower() in _RESTS:  # "to do with early help" is about it
            return post or (holder.text.lower(), governor.text.lower()) != ("do", "with")
        agent = governor.role == "agent" or governor.text.lower() == "by"
        return post and (agent or (governor.head != name.head and _says_nothing(holder, rest)))
    return False


def is_topic(rest: str, start: int, end: int) -> bool:
    """Whether words open the question, the name of a plan at most before them: "Fenbridge team manager - any late?"."""
    return bool(_OPENING.fullmatch(rest[:start].replace(TAKEN, " ")) and _TOPIC.match(rest[end:]))


def _says_nothing(token: Token, rest: str) -> bool:
    return TAKEN in rest[token.start : token.end] or is_empty(token.text)


def _in_main_clause(tokens: tuple[Token, ...], verb: int) -> bool:
    """False within "when social workers step back", which tells of what they do and asks for nothing of theirs."""
    while tokens[verb].role == "conj" and tokens[verb].head != verb:
        verb = tokens[verb].head
    return tokens[verb].role not in ("advcl", "acl", "pcomp", "csubj")


def _asks_of_rows(tokens: tuple[Token, ...], verb: int, rest: str) -> bool:
    """True where the verb has no object that names a thing: "what does the panel keep?", not "does the panel approve
    placements?"."""
    objects = [one for one in tokens if one.role in ("dobj", "attr", "acomp") and tokens[one.head] is tokens[verb]]
    return all(_says_nothing(one, rest) or one.text.lower() in DUTIES for one in objects)


SHORT_ROLES = dict(one.split(" = ") for one in small("short_posts"))


@lru_cache(maxsize=20_000)
def written_out(name: str) -> str:
    """The name with the usual short forms of posts written out: "MASH Mgr" is the MASH manager."""
    return re.sub(r"[A-Za-z]+\b\.?", lambda m: SHORT_ROLES.get(m.group().lower().strip("."), m.group()), name)


def cut_short(said: Collection[str], words: Collection[str]) -> bool:
    """Whether each word said is one of a name's words, or its beginning and some of its other letters in their order,
    and one is said whole: "hd of learning", "exec director"."""
    whole = set(map(stem, said)) & set(map(stem, words))

    def is_short_for(short: str, word: str) -> bool:
        letters = iter(word)
        begins = len(short) >= 3 and short[:3] == word[:3]
        return stem(short) == stem(word) or (begins and all(one in letters for one in short.removesuffix("s")))

    return bool(whole) and all(any(is_short_for(short, word) for word in words) for short in said)


_PEOPLE = re.compile(rf"(?:{any_of('people')}|teen\w*)", re.IGNORECASE)


def describes_people(raw: str, start: int, end: int) -> bool:
    """True where the words tell something of people and not of rows: "families who are stuck"."""
    if not _PEOPLE.search(raw):
        return False
    tokens = parsed(raw)

    def told(at: int) -> bool:  # the way up, through clauses and prepositions, comes to people first
        above = tokens[at].head
        if (
            above == at
            or start <= tokens[above].start < end
            or tokens[at].role not in ("relcl", "acl", "amod", "prep", "pobj", "acomp", "advmod")
        ):
            return False
        return bool(_PEOPLE.fullmatch(tokens[above].text)) if tokens[above].kind in ("NOUN", "PROPN") else told(above)

    return any(told(at) for at, token in enumerate(tokens) if start <= token.start < end)


def describes_things(raw: str, start: int, end: int) -> bool:
    """True where the words stand in a clause that tells which things are meant: "children who run off"."""
    tokens, clauses = _clauses(raw, start, end, "relcl", "acl")
    nouns = [tokens[tokens[at].head] for at in clauses]
    return any(noun.kind in ("NOUN", "PROPN") and not is_empty(noun.text) for noun in nouns)


def told_of_thing(raw: str, start: int, end: int) -> bool:
    """True where the words say, in a clause that completes another, how a thing is: "that shows visits are going on"; not
    "which rows say it is done"."""
    tokens, clauses = _clauses(raw, start, end, "ccomp")
    said = [one for one in tokens if one.role in ("nsubj", "nsubjpass") and one.kind in ("NOUN", "PROPN")]
    rows = any(one.head == tokens[at].head and is_empty(one.text) for at in clauses for one in said)
    return not rows and any(one.head == at and not is_empty(one.text) for at in clauses for one in said)


def _clauses(raw: str, start: int, end: int, *roles: str) -> tuple[tuple[Token, ...], list[int]]:
    """The tokens of a text, and of the clauses of these roles the innermost around each word between the characters."""
    tokens, found = parsed(raw), []
    for inside in (at for at, token in enumerate(tokens) if start <= token.start < end):
        at = inside
        while tokens[at].role not in roles and tokens[at].head != at:
            at = tokens[at].head
        found += [at] if tokens[at].role in roles else []
    return tokens, found
