"""The words around what is asked, by the grammar: "could somebody tell me", "I'd like to know", and what is told beside it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.grammar import Token, below, parsed
from assistant.lexicon import any_of, choice, phrases, plain, small

ASKING_WORDS = frozenset(
    ["what", "which", "who", "whom", "whose", "when", "where", "why", "how", "whether", "if", "what's", "who's"]
)
_ASKED = frozenset(["you", "somebody", "someone", "anybody", "anyone"])
_MODAL = frozenset(["can", "could", "would", "will", "may", "might", "'d", "d"])
_SMALL = ("PRON", "ADP", "PART")


@lru_cache(maxsize=512)
def request_frames(text: str) -> tuple[tuple[int, int], ...]:
    """The characters of each request around a question of its own, or around the thing that it wants: a verb whose
    subject is the reader, whoever is asked, or nobody, up to the clause or the noun that hangs from it."""
    tokens = parsed(text)
    return tuple(
        frame
        for root, token in enumerate(tokens)
        if token.head == root and token.kind in ("VERB", "AUX") and (frame := _frame(tokens, root))
    )


def _frame(tokens: tuple[Token, ...], root: int) -> tuple[int, int] | None:
    subject = next((tokens[n].text.lower() for n in _hanging(tokens, root, "nsubj")), "")
    helping = {tokens[n].text.lower() for n in _hanging(tokens, root, "aux")}
    ours = subject in ("i", "we")
    if not (ours or subject in _ASKED or not subject) or (ours and tokens[root].past):
        return None
    if (subject in _ASKED) > bool(helping & _MODAL) or (not subject and (helping or tokens[root].kind == "AUX")):
        return None
    first = min([root, *_hanging(tokens, root, "nsubj", "aux", "intj")])
    if any(tokens[n].text.lower() in ASKING_WORDS for n in range(root) if tokens[n].head == root):
        return None  # "how would anyone know whether"
    verb, asked = root, _question(tokens, root)
    while asked is None and (further := [*_hanging(tokens, verb, "xcomp", "ccomp", "acomp")]):
        verb = further[0]
        asked = _question(tokens, verb)
    if asked is None and helping & _MODAL:
        asked = _thing(tokens, verb, ours or subject != "you")
    return (tokens[first].start, tokens[asked].start) if asked is not None else None


def _hanging(tokens: tuple[Token, ...], head: int, *roles: str) -> Iterator[int]:
    return (n for n, token in enumerate(tokens) if token.head == head != n and token.role in roles)


def _begins(tokens: tuple[Token, ...], head: int) -> int:
    return min(below(tokens, frozenset({head})))


def _question(tokens: tuple[Token, ...], verb: int) -> int | None:
    """Where the question begins that hangs from a verb."""
    told = [n for n in range(verb + 1, min(verb + 4, len(tokens))) if tokens[n].kind == "PRON"]  # "to me who ..."
    for role, heads in (("ccomp", [verb]), ("advcl", [verb]), ("relcl", told)):
        begins = (_begins(tokens, n) for head in heads for n in _hanging(tokens, head, role))
        found = [n for n in begins if n > verb and tokens[n].text.lower() in ASKING_WORDS]
        if found and (role == "ccomp" or all(tokens[n].kind in _SMALL for n in range(verb + 1, found[0]))):
            return found[0]
    return None


def _thing(tokens: tuple[Token, ...], verb: int, bare: bool) -> int | None:
    """Where the thing begins that a verb is to give to the reader; `bare`: whether it need not say to whom."""
    objects = [n for n in _hanging(tokens, verb, "dobj", "dative") if n > verb]
    to_us = any(tokens[n].text.lower() in ("me", "us") for n in objects)
    things = [n for n in objects if tokens[n].kind in ("NOUN", "PROPN")]
    if to_us and not things:
        things = [n for at in _hanging(tokens, verb, "prep") for n in _hanging(tokens, at, "pobj")]
    if not things or not (to_us or bare):
        return None
    begins = _begins(tokens, things[0])
    return begins if begins > verb else None


_FORMS, _READERS = small("forms_of_answers"), small("readers_of_answers") | small("bodies")
_WITHIN_NAME = ("det", "compound", "poss", "amod", "nummod", "case", "nmod")


def asides(text: str) -> tuple[list[tuple[int, int]], bool]:
    """The characters that say in which form an answer is to be made and, where it is to be written or sent, for whom:
    "in three bullet points", "a slide on X for the board", "email X to the director"; and whether it is to be sent."""
    tokens = parsed(text)
    low = [token.text.lower() for token in tokens]
    roots = {n for n, token in enumerate(tokens) if token.head == n}
    roots = {n for n in roots if not any(low[k] not in _US for k in _hanging(tokens, n, "nsubj", "nsubjpass"))}
    verbs = roots | {n for n, token in enumerate(tokens) if token.head in roots and token.role in ("xcomp", "conj")}
    sends = any(low[n] in phrases("ask", "send") for n in verbs)
    written = [n for n in range(len(low) - 1) if _to_write(tokens, low, n, verbs)]
    makes = sends or written or any(low[n] in phrases("ask", "draft") for n in verbs)
    found = [(tokens[_begins_name(tokens, n)].start, tokens[n].end) for n in written]
    for n, token in enumerate(tokens):
        first = _begins_name(tokens, n)
        before = low[first - 1] if first else ""
        form = (
            low[n] in _FORMS
            and _is_new(tokens, low, first)
            and (before == "as" or (before in ("in", "into") and n > first))
        )
        makes = makes or form
        reader = makes and before in ("for", "to") and low[n] in _READERS and token.role in _NAMED
        if form or reader or (sends and before == "to" and token.role in _NAMED):
            found.append((tokens[first - 1].start, token.end))
    return sorted(found), sends and any(text[start:end].lower().startswith("to ") for start, end in found)


_US, _NAMED = ("you", "i", "we"), ("pobj", "npadvmod")


def _to_write(tokens: tuple[Token, ...], low: list[str], at: int, verbs: set[int]) -> bool:
    """Whether a noun is what is to be written: "a paragraph on X"."""
    wanted = (tokens[at].role == "dobj" and tokens[at].head in verbs) or tokens[at].head == at
    new = _is_new(tokens, low, _begins_name(tokens, at))
    return wanted and new and low[at] in _FORMS and low[at + 1] in ("on", "about", "for", "of")


def _is_new(tokens: tuple[Token, ...], low: list[str], first: int) -> bool:
    """Whether a thing that begins at a word is one to be made: "a slide", "three lines", not "the first line"."""
    return low[first] in ("a", "an", "plain") or tokens[first].kind in ("NUM", "NOUN")


def _begins_name(tokens: tuple[Token, ...], noun: int) -> int:
    """The index of the first word of a noun with what stands before it."""
    first = noun
    while first and tokens[first - 1].role in _WITHIN_NAME and first - 1 in below(tokens, frozenset({noun})):
        first -= 1
    return first


# ---------------------------------------------------------------- what a statement beside a question tells of

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
