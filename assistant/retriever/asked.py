"""What kind of thing would answer a question, read from its grammar: a place, an amount, a number of the right noun."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from assistant.grammar import Token, below, parsed
from assistant.retriever.kinds import OF_REGISTERS, Kind, KindOf, listed, stems
from assistant.vocabulary import stem


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
            return bool(self.noun) and stem(self.noun) not in OF_REGISTERS
        return self.kind not in (Kind.ANYTHING, Kind.PERSON, Kind.TIME)


_REPORTS: dict[Kind, frozenset[str]] = {
    Kind.SAID: stems("say tell think feel comment"),
    Kind.FOUND: stems("find show conclude identify reveal highlight discover"),
    Kind.DECIDED: stems("decide agree resolve"),
}
_LOOKING = stems("review")
"""What a register counts and yet finds something."""
_PAYS = stems("cost pay spend charge")
_MINDS = stems("think feel")
_OF_DOCUMENTS = stems("plan document page row mention pick record cover say write note find state appear evidence")
_WH = frozenset({"who", "whom", "whose", "where", "when", "how", "what", "which"})
_ASKS_CONTACT = re.compile(
    r"\b(?:phone|telephone|tel|mobile|extension|contact|e-?mail|fax)\s*(?:no|num|number|address|details)\b"
    r"|\bextn?\b|\bpost ?code\b|\b(?:phone|telephone|e-?mail)\W*$",
    re.IGNORECASE,
)
_RUN_ON = re.compile(r"\b(what|who|where|when|how)s\b", re.IGNORECASE)
"""A question word typed in one with its verb: "whats the name"."""
_SHORT = re.compile(r"\bno\.? of\b", re.IGNORECASE)
_NOUNS = frozenset({"NOUN", "PROPN"})


def read(question: str) -> tuple[Token, ...]:
    """The grammar of a question, its run-on and shortened words written out."""
    return parsed(_SHORT.sub("number of", _RUN_ON.sub(r"\1 is", question)))


def _asking_word(tokens: Sequence[Token]) -> int | None:
    """Where the word stands that asks: not one that only joins a clause to a noun, or the next clause."""
    for at, token in enumerate(tokens):
        if token.text.lower() in _WH and (
            tokens[token.head].role not in ("relcl", "conj", "advcl") or _determines(tokens, at)
        ):
            return at
    return None


def _determines(tokens: Sequence[Token], at: int) -> bool:
    """Whether "which" or "what" stands right before the noun that it asks by: "the course, which firm is it with"."""
    follows = at + 1 < len(tokens) and tokens[at + 1].kind in _NOUNS and tokens[at + 1].text.islower()
    return tokens[at].text.lower() in ("which", "what") and follows


_TELLERS = stems("i we it they plan document report")
_HOLDS = stems(
    "give state tell show list name find send need want have hold know say record contain see get like ask look be let"
)
_APART = re.compile(r"\s[-–—]\s|[:;,]\s")


def _chains(tokens: Sequence[Token]) -> list[tuple[int, set[int], bool]]:
    """Each sentence's root, the verbs that go on from it ("like to know"), and whether somebody asks by them."""
    found = []
    for root in (at for at, token in enumerate(tokens) if token.head == at):
        chain = {root}
        for at, token in enumerate(tokens):
            if token.head in chain and token.role in ("xcomp", "ccomp", "conj", "advcl") and token.kind in _VERBS:
                chain.add(at)
        above = {at for at in chain if tokens[at].role != "ccomp"}
        subjects = {stem(one.text.lower()) for one in tokens if one.head in above and one.role in _SUBJECTS}
        verbs = {stem(tokens[at].text.lower()) for at in chain}
        passive = any(one.role in ("nsubjpass", "auxpass") for one in tokens if one.head == root)
        holds = bool(verbs & _HOLDS or subjects & _ASKED) and not (tokens[root].past or passive)
        found.append((root, above, not subjects or (holds and subjects <= _TELLERS | _ASKED)))
    return found


_ASKED = stems("you there somebody someone anyone anybody")


def _after(tokens: Sequence[Token]) -> list[int]:
    """The nouns that a sentence without a question word is after: what a request is for ("name the firm", "is there a
    date"), or what a fragment names ("vacancy rate", "the course, fee?", "target date for the hall being built")."""
    found = {at for at, one in enumerate(tokens) if one.kind in _NOUNS and _opens(tokens, at)}
    chains = _chains(tokens)
    marked = {root for root, *_ in chains if any(tokens[n].text == "?" for n in below(tokens, frozenset({root})))}
    for root, chain, asks in chains:
        if marked and root not in marked:
            continue
        if tokens[root].kind not in _VERBS:
            found |= {at for at, one in enumerate(tokens) if one.head == root and one.role in _BESIDE_ROOT}
        elif asks:
            links = {at for at, one in enumerate(tokens) if one.head in chain and one.text.lower() in ("for", "after")}
            asks_if = {one.head for one in tokens if one.role == "mark"}
            told = {n for n, one in enumerate(tokens) if one.head in chain and one.role == "ccomp"} - asks_if
            found |= {at for at, one in enumerate(tokens) if one.head in chain | links and one.role in _OBJECTS}
            found |= {at for at, one in enumerate(tokens) if one.head in told and one.role in _SUBJECTS}
    return [at for at in sorted(found) if tokens[at].kind in (*_NOUNS, "ADJ")]


def _frame(tokens: Sequence[Token]) -> set[int]:
    """The words of a request that are of the asking: "I'd like to understand", "could you talk me through", "name"."""
    found: set[int] = set()
    for root, chain, asks in _chains(tokens):
        if tokens[root].kind in _VERBS and asks:
            found |= chain | {at for at, one in enumerate(tokens) if one.head in chain and one.role in _FRAMES}
    return found


_FRAMES = frozenset({"nsubj", "aux", "dative", "prt", "expl", "intj"})


_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_OBJECTS = frozenset({"dobj", "attr", "oprd", "pobj"})
_BESIDE_ROOT = frozenset({"ROOT", "appos", "conj", "nsubj", "attr"})


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun with "of" or "for" after it opens what is no sentence, though the parser found a verb in it."""
    before = all(one.role in ("det", "compound", "amod") for one in tokens[:at])
    return before and at + 1 < len(tokens) and tokens[at + 1].text.lower() in ("of", "for")


@lru_cache(maxsize=256)
def focus(question: str) -> frozenset[str]:
    """The nouns that a question is after, in small letters: "milestones" in "which milestones are late", "member" in
    "is there a lay member"; of several sentences, those of the ones that ask."""
    tokens = read(question)
    asking = _asking_word(tokens)
    found = [at for at in _after(tokens) if asking is None or tokens[tokens[at].head].kind in _NOUNS]
    noun = None if asking is None else _noun_of(tokens, asking)
    return frozenset(tokens[at].text.lower() for at in (*found, *([] if noun is None else [noun])))


def _things(question: str) -> list[tuple[Sequence[Token], int]]:
    """The nouns that a question is after, each with the grammar that it was read in."""
    tokens = read(question)
    if (asking := _asking_word(tokens)) is not None:
        noun = _noun_of(tokens, asking)
        return [] if noun is None else [(tokens, noun)]
    parts = [read(part) for part in _APART.split(question)] if not {one.kind for one in tokens} & _VERBS else []
    return [(one, at) for one in (tokens, *parts) for at in _after(one)]


def _noun_of(tokens: Sequence[Token], at: int) -> int | None:
    """The noun that "what" or "which" goes with."""
    if tokens[at].text.lower() not in ("what", "which"):
        return None
    head = tokens[at].head
    follows = tokens[at + 1] if at + 1 < len(tokens) else tokens[at]
    if follows.text.lower() == "of":
        return next((n for n, one in enumerate(tokens) if tokens[one.head] is follows and one.kind in _NOUNS), None)
    if tokens[head].kind in _NOUNS:
        return head
    if follows.kind in _NOUNS:
        return at + 1
    after = range(at + 1, len(tokens)) if tokens[head].kind == "AUX" else ()
    return next((n for n in after if tokens[n].kind == "NOUN" and tokens[n].role in ("nsubj", "attr")), None)


def _by_noun(tokens: Sequence[Token], at: int, kind_of: KindOf) -> tuple[Kind, str]:
    """The kind that a noun names, with what a number, a share or a name is of; ANYTHING where that is not said."""
    noun, word = tokens[at], tokens[at].text.lower()
    kind, of = kind_of(word), _of(tokens, at)
    inner = tokens[of].text.lower() if of is not None else ""
    inside = [one.text.lower() for one in tokens if tokens[one.head] is noun and one.role in ("compound", "amod")]
    asked_by = (one for n, one in enumerate(tokens) if one.head == at or n == at - 1)
    which = any(one.text.lower() in ("what", "which") for one in asked_by)
    alone = which or (noun.role == "ROOT" and (kind is Kind.MONEY or not inside))
    one_of = alone or of is not None or any(one.head == at and one.role in _PICKS for one in tokens)
    if (noun.kind == "PROPN" and not noun.text.islower()) or (kind in _INNER and not one_of):
        return Kind.ANYTHING, ""  # "missing school" is a subject, and asks for no one school
    if kind is Kind.ANYTHING and kind_of(inner) in _INNER and stem(word) not in OF_REGISTERS:
        return kind_of(inner), inner  # "the size of the budget"
    if kind is Kind.TIME and word == "time" and which:
        return Kind.CLOCK, word
    named = word
    if kind is Kind.NUMBER:
        named = inner or (word if which or word not in _COUNTS else "")
    elif kind is Kind.SHARE:
        named = inside[-1] if inside else inner
    elif kind is Kind.NAME:
        named = _words(tokens, of) if of is not None else ""
    return (kind, named) if named else (Kind.ANYTHING, "")


_PICKS = ("det", "poss", "relcl")
_INNER = (Kind.MONEY, Kind.BODY, Kind.PLACE)
_COUNTS = ("number", "total", "count", "figure", "figures", "numbers")


def _of(tokens: Sequence[Token], at: int) -> int | None:
    """Where the noun stands that a number, a share or a name is of."""
    links = [n for n, one in enumerate(tokens) if one.head == at and one.text.lower() in ("of", "for")]
    inside = below(tokens, frozenset(links[:1])) if links else frozenset()
    held = [n for n in inside if tokens[n].head == links[0] and tokens[n].kind in _NOUNS]
    near = range(at + 2, at + 6) if "of" in (one.text.lower() for one in tokens[at + 1 : at + 2]) else ()
    return min(held or (n for n in near if tokens[n : n + 1] and tokens[n].kind in _NOUNS), default=None)


def _words(tokens: Sequence[Token], at: int) -> str:
    return " ".join(tokens[n].text.lower() for n in sorted(below(tokens, frozenset({at}))))


def _by_word(tokens: Sequence[Token], at: int, kind_of: KindOf) -> tuple[Kind, str]:
    """The kind by the question word, with the noun or the verb that it goes with."""
    match tokens[at].text.lower():
        case "who" | "whom" | "whose":
            named = any(one.kind in _NOUNS and listed(one.text.lower()) is Kind.NAME for one in tokens)
            return (Kind.NAME, "person") if named else (Kind.PERSON, "")
        case "when":
            return Kind.TIME, ""
        case "where":
            return _where(tokens, at), ""
        case "how":
            return _how(tokens, at, kind_of)
    if named := _called(tokens, at):
        return Kind.NAME, named
    root = next(one for n, one in enumerate(tokens) if one.head == n)
    follows = at + 1 < len(tokens) and tokens[at + 1].kind == "AUX"
    if stem(tokens[tokens[at].head].text.lower()) in _PAYS or (follows and stem(root.text.lower()) in _PAYS):
        return Kind.MONEY, ""
    noun, verb = _noun_of(tokens, at), tokens[tokens[at].head]
    shows = [one.head for one in tokens if one.role == "mark" and one.text.lower() in ("whether", "if")]
    if tokens[at].role == "nsubj" and any(tokens[tokens[one].head] is verb for one in shows):
        return Kind.SIGN, ""
    return _by_report(tokens, at) if noun is None else _by_noun(tokens, noun, kind_of)


def _called(tokens: Sequence[Token], asking: int) -> str:
    """Whose name is asked for by what it "is called"."""
    above = [asking]
    while tokens[above[-1]].head != above[-1]:
        above.append(tokens[above[-1]].head)
    call = next((n for n in above if tokens[n].text.lower() in ("called", "named")), None)
    held = [n for n, one in enumerate(tokens) if one.head == call and one.role in _SUBJECTS and one.kind in _NOUNS]
    return _words(tokens, held[0]) if held else ""


def _where(tokens: Sequence[Token], at: int) -> Kind:
    """A place, unless it is asked where something stands in a plan or how far it has come."""
    verb = tokens[tokens[at].head]
    does = verb.kind == "VERB" or next(one for one in reversed(tokens) if one.kind != "PUNCT").kind == "VERB"
    if not does or any(stem(token.text.lower()) in _OF_DOCUMENTS for token in tokens):
        return Kind.ANYTHING
    below_verb = [one for one in tokens if tokens[one.head] is verb]
    reached = any(one.text.lower() == "to" and not any(tokens[x.head] is one for x in tokens) for one in below_verb)
    of_us = any(one.kind == "PRON" for one in below_verb if one.role in _SUBJECTS)
    return Kind.ANYTHING if of_us or reached else Kind.PLACE


def _how(tokens: Sequence[Token], at: int, kind_of: KindOf) -> tuple[Kind, str]:
    following = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    plain = {token.text.lower() for token in tokens}
    if following == "many":
        return Kind.NUMBER, _counted(tokens, at + 1)
    if following == "much":
        money = any(kind_of(token.text.lower()) is Kind.MONEY for token in tokens if token.kind in (*_NOUNS, "VERB"))
        by = at > 0 and tokens[at - 1].text.lower() == "by"
        more = any(one.more and one.text.lower() != "later" for one in tokens[at + 2 : at + 3])
        return (
            (Kind.MONEY if money and not by else Kind.SHARE, "change") if money or by or more else (Kind.ANYTHING, "")
        )
    if following == "far" and plain & {"behind", "below", "above", "ahead"} and not plain & {"schedule", "time", "we"}:
        return Kind.SHARE, "change"
    if following == "come":
        return Kind.REASON, ""
    if following in ("often", "frequently", "regularly"):
        return Kind.FREQUENCY, ""
    if following == "long" and not plain & {"overdue", "late", "behind", "left", "until", "ago"}:
        return Kind.DURATION, ""
    if following in ("big", "large"):
        noun = next((one.text.lower() for one in tokens[at + 2 :] if one.kind in _NOUNS), "")
        return Kind.MONEY if kind_of(noun) is Kind.MONEY else Kind.NUMBER, noun
    return Kind.ANYTHING, ""


def _counted(tokens: Sequence[Token], at: int) -> str:
    """The noun that a number is asked of: "staff" in "how many Fenbridge staff"; of a run of nouns the one that a
    register counts, wherever it stands: "how many housing actions Fenbridge"."""
    run = takewhile(lambda one: one.kind in _OF_NOUNS or one.role in ("amod", "compound"), tokens[at + 1 :])
    if counted := next((one for one in run if stem(one.text.lower()) in OF_REGISTERS), None):
        return counted.text.lower()
    token, seen = tokens[at], 0
    while token.role in ("amod", "nmod", "compound", "det", "poss", "nummod", "quantmod", "advmod") and seen < 6:
        token, seen = tokens[token.head], seen + 1
    plain = next((one.text.lower() for one in tokens[at + 1 : at + 2] if one.kind not in _NO_THING), "")
    return token.text.lower() if token.kind in _NOUNS else plain


_NO_THING = frozenset({"VERB", "AUX", "ADP", "ADJ", "ADV", "DET", "PUNCT"})
_OF_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "X", "PART"})


def _by_report(tokens: Sequence[Token], at: int) -> tuple[Kind, str]:
    """By the verb of a report that "what" completes: "what did staff say"."""
    head = tokens[tokens[at].head]
    last = next((token.text.lower() for token in reversed(tokens) if token.text.isalpha()), "")
    if head.text.lower() == "did" and head.kind == "VERB" and stem(last) in _REPORTS[Kind.FOUND]:
        return Kind.FOUND, last  # a question that the parser misread has its verb last
    past = any(tokens[one.head] is head and one.text.lower() in ("did", "has", "have", "had") for one in tokens)
    subject = next((one for one in tokens if tokens[one.head] is head and one.role == "nsubj"), None)
    past = past or stem(head.text.lower()) in _MINDS
    if tokens[at].role == "dobj" and past and subject and subject.kind != "PRON":
        kind = next((kind for kind, verbs in _REPORTS.items() if stem(head.text.lower()) in verbs), Kind.ANYTHING)
        subjects = OF_REGISTERS - _LOOKING if kind is Kind.FOUND else OF_REGISTERS | _OF_DOCUMENTS
        return (Kind.ANYTHING if stem(subject.text.lower()) in subjects else kind), ""
    return Kind.ANYTHING, ""


@lru_cache(maxsize=256)
def asked_for(question: str, kind_of: KindOf = listed) -> Asked:
    """The kind of thing that a question asks for: by its question word and what goes with that, or else by the nouns
    that it is after."""
    if _ASKS_CONTACT.search(question):
        return Asked(Kind.CONTACT, "", question)
    tokens = read(question)
    asking = _asking_word(tokens)
    if asking is not None:
        kind, noun = _by_word(tokens, asking, kind_of)
        return Asked(kind, noun, question)
    for things, at in _things(question):
        kind, noun = _by_noun(things, at, kind_of)
        if kind is not Kind.ANYTHING:
            return Asked(kind, noun, question)
    return Asked(Kind.ANYTHING, "", question)


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
    noun = asked_for(question).noun  # "what reason was given" names nothing else, and so points back
    names = any(tokens[at].kind in _NOUNS and tokens[at].text.lower() != noun for at in asking or ())
    points = points or not names
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
    beside |= _around_asking(tokens) | _frame(tokens)
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
    tokens = read(question)
    of = {at: one.head for at, one in enumerate(tokens) if one.text.lower() == "of"}
    parts = {of[one.head] for one in tokens if one.head in of and one.kind == "NOUN"}  # "the bulk of the actions"
    things = {one.text.lower() for at, one in enumerate(tokens) if one.kind in _THINGS and at not in parts}
    return frozenset(token.text.lower() for token in tokens) - things
