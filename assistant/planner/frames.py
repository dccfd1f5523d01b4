"""The words around what is asked, by the grammar of the sentence: "could somebody tell me", "I'd like to know"."""

from collections.abc import Iterator
from functools import lru_cache

from assistant.grammar import Token, below, parsed

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
    while asked is None and (further := [*_hanging(tokens, verb, "xcomp", "ccomp")]):
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
