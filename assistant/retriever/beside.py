"""The words of a question that stand beside what it asks, or only say how it is put."""

from collections.abc import Sequence
from functools import lru_cache

from assistant.grammar import Token, below
from assistant.retriever.asked import asked_for, hanging, low, path, read, requests

_WH = frozenset({"who", "whom", "whose", "where", "when", "how", "what", "which"})
_SPEAKERS = frozenset({"i", "we", "you"})
_POINTING = frozenset({"it", "its", "they", "them", "their", "this", "these", "those", "that"})
_TELLING = frozenset({"tell", "told", "inform", "remind", "show", "report"})


@lru_cache(maxsize=256)
def beside_asking(question: str) -> frozenset[str]:
    """The words, in small letters, that stand beside what a question asks: those of sentences that ask nothing and that
    none of the others points at, of whoever asks or was told, and of the asking itself."""
    tokens = read(question)
    spans = [below(tokens, frozenset({root})) for root, *_ in requests(tokens)]
    asking = next((span for span in spans if any(low(tokens, at) in _WH for at in span)), None)
    asking = asking or next((span for span in spans if any(low(tokens, at) == "?" for at in span)), None)
    noun = asked_for(question).noun  # "what reason was given" names nothing else, and so points back
    names = any(tokens[at].kind in ("NOUN", "PROPN") and low(tokens, at) != noun for at in asking or ())
    points = not names or any(low(tokens, at) in _POINTING for at in asking or ())
    beside: set[int] = set()
    for span in spans if asking else ():
        bare = not any(tokens[at].kind in ("VERB", "AUX") for at in span)
        of_self = names and any(low(tokens, at) in ("i", "we", "my", "our") for at in span)
        if span is not asking and (not points or bare or of_self):
            beside |= span
    beside |= _told(tokens) | _around_asking(tokens) | _frame(tokens)
    kept = {low(tokens, at) for at in range(len(tokens)) if at not in beside}
    return frozenset(low(tokens, at) for at in beside) - kept


def _told(tokens: Sequence[Token]) -> frozenset[int]:
    """Whoever was told: "councillors" in "what did the report tell councillors of damp"."""
    asked = {tokens[at].head for at, one in enumerate(tokens) if one.text.lower() in _WH}
    verbs = {at for at, one in enumerate(tokens) if one.text.lower() in _TELLING}
    verbs &= asked | {tokens[at].head for at in asked if tokens[at].kind == "ADP"}
    return below(tokens, frozenset(hanging(tokens, verbs, ("dobj", "dative"))))


def _frame(tokens: Sequence[Token]) -> set[int]:
    """The words of a request that are of the asking: "I'd like to understand", "could you talk me through", "name"."""
    chains = [chain for root, chain, asks in requests(tokens) if tokens[root].kind in ("VERB", "AUX") and asks]
    roles = ("nsubj", "aux", "dative", "prt", "expl", "intj")
    return {n for chain in chains for n in (*chain, *hanging(tokens, chain, roles))}


def _around_asking(tokens: Sequence[Token]) -> frozenset[int]:
    """The words around a question that somebody puts as one wondering or asking: "I have just joined and wondered, if
    I may, how often ...", "could you tell me whether ..."."""
    for at in (n for n in range(len(tokens)) if low(tokens, n) in _WH | {"whether", "if"}):
        above = path(tokens, at)
        clause = next((n for n in above if tokens[n].role == "ccomp"), above[-1])
        over = [] if clause == above[-1] else above[above.index(clause) + 1 :]
        if any(low(tokens, n) in _SPEAKERS for n in hanging(tokens, over, ("nsubj",))):
            asked = below(tokens, frozenset(above[: above.index(clause) + 1]))
            # "if it is no trouble", "if I may"
            mild = (n for n in hanging(tokens, {clause}, ("advcl",)) if hanging(tokens, {n}, ("mark",)))
            mild = (n for n in mild if {low(tokens, m) for m in hanging(tokens, {n}, ("nsubj",))} & _MILD)
            return below(tokens, frozenset(over[-1:])) - (asked - below(tokens, frozenset(mild)))
    return frozenset()


_MILD = _SPEAKERS | {"it"}
_THINGS = frozenset({"NOUN", "PROPN", "NUM", "X", "SYM"})


@lru_cache(maxsize=256)
def only_worded(question: str) -> frozenset[str]:
    """The words, in small letters, that say how a thing is put and name no thing themselves: a plan that answers may
    say the same in others, while a name, a noun or a number that stands nowhere is a thing that the plans lack."""
    tokens = read(question)
    of = {at: one.head for at, one in enumerate(tokens) if one.text.lower() == "of"}
    parts = {of[one.head] for one in tokens if one.head in of and one.kind == "NOUN"}  # "the bulk of the actions"
    things = {one.text.lower() for at, one in enumerate(tokens) if one.kind in _THINGS and at not in parts}
    return frozenset(token.text.lower() for token in tokens) - things
