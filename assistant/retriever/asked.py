"""What kind of thing would answer a question, read from its grammar: a place, an amount, a number of the right noun."""

import re
from collections.abc import Collection, Sequence
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
    def beyond_rows(self) -> bool:
        """Whether no field of an action holds such a thing, so that rows alone are no answer."""
        if self.kind in (Kind.NUMBER, Kind.SHARE):
            return bool(self.noun) and stem(self.noun) not in OF_REGISTERS
        return self.kind not in (Kind.ANYTHING, Kind.PERSON, Kind.TIME)


_LOOKING = stems("review")
"""What a register counts and yet finds something."""
_PAYS = stems("cost pay spend charge")
_MINDS = stems("think feel")
_OF_DOCUMENTS = stems(
    "plan document page row action mention pick record cover say write note find state appear evidence"
)
_WH = frozenset({"who", "whom", "whose", "where", "when", "how", "what", "which"})
_ASKS_CONTACT = re.compile(
    r"\b(?:phone|telephone|tel|mobile|extension|contact|e-?mail|fax)\s*(?:no|num|number|address|details)\b"
    r"|\bextn?\b|\bpost ?code\b|\b(?:phone|telephone|e-?mail)\W*$",
    re.IGNORECASE,
)
_RUN_ON = re.compile(r"\b(what|who|where|when|how)s\b", re.IGNORECASE)
"""A question word typed in one with its verb: "whats the name"."""
_SHORT = re.compile(r"\bno\.? of\b", re.IGNORECASE)
_APART = re.compile(r"\s[-–—]\s|[:;,]\s")
_NOUNS, _VERBS = ("NOUN", "PROPN"), ("VERB", "AUX")
_SUBJECTS, _OBJECTS = ("nsubj", "nsubjpass", "expl"), ("dobj", "attr", "oprd", "pobj")
_BESIDE_ROOT = ("ROOT", "appos", "conj", "nsubj", "attr")


def read(question: str) -> tuple[Token, ...]:
    """The grammar of a question, its run-on and shortened words written out."""
    return parsed(_SHORT.sub("number of", _RUN_ON.sub(r"\1 is", question)))


def hanging(tokens: Sequence[Token], heads: Collection[int], roles: Collection[str] = ()) -> list[int]:
    """Where the words stand that hang from one of some heads, in one of some roles."""
    return [n for n, one in enumerate(tokens) if one.head in heads and (not roles or one.role in roles)]


def low(tokens: Sequence[Token], at: int) -> str:
    """The word at a place in small letters; empty beyond the end."""
    return tokens[at].text.lower() if at < len(tokens) else ""


def asking_word(tokens: Sequence[Token]) -> int | None:
    """Where the word stands that asks, in a sentence with a question mark where there is one: not one that joins a
    clause to a noun, or the next clause, unless it stands right before the noun it asks by: "which firm is it with"."""
    marked = {at for at, token in enumerate(tokens) if token.text == "?"}
    asked = sorted(below(tokens, frozenset(path(tokens, at)[-1] for at in marked)))
    for at in asked if any(tokens[n].kind in _NOUNS for n in asked) else range(len(tokens)):
        token = tokens[at]
        follows = tokens[at + 1 : at + 2] if low(tokens, at) in ("which", "what") else ()
        picks = any(one.kind in _NOUNS and one.text.islower() for one in follows)
        if low(tokens, at) in _WH and (picks or tokens[token.head].role not in ("relcl", "conj", "advcl")):
            return at
    return None


def requests(tokens: Sequence[Token]) -> list[tuple[int, set[int], bool]]:
    """Each sentence's root, the verbs that go on from it ("like to know"), and whether somebody asks by them."""
    found = []
    for root in (at for at, token in enumerate(tokens) if token.head == at):
        chain = {root}
        for at, token in enumerate(tokens):
            if token.head in chain and token.role in ("xcomp", "conj", "advcl") and token.kind in _VERBS:
                chain.add(at)
        subjects = {stem(low(tokens, at)) for at in hanging(tokens, chain, _SUBJECTS)}
        holds = subjects & _ASKED or {stem(low(tokens, at)) for at in chain} & _HOLDS
        told = tokens[root].past or hanging(tokens, {root}, ("nsubjpass", "auxpass"))
        found.append((root, chain, not subjects or bool(holds and not told and subjects <= _TELLERS)))
    return found


_ASKED = stems("you there somebody someone anyone anybody")
_TELLERS = _ASKED | stems("i we it they plan document report")
_HOLDS = stems(
    "give state tell show list name find send need want have hold know say record contain see get like ask look be let"
)


def _after(tokens: Sequence[Token]) -> list[int]:
    """The nouns that a sentence without a question word is after: what a request is for ("name the firm", "is there a
    date"), or what a fragment names ("vacancy rate", "target date for the hall being built")."""
    found = [n for n in range(len(tokens)) if low(tokens, n + 1) in ("of", "for")]
    found = [n for n in found if all(one.role in ("det", "compound", "amod") for one in tokens[:n])]
    sentences = requests(tokens)
    marked = [root for root, *_ in sentences if any(low(tokens, n) == "?" for n in below(tokens, frozenset({root})))]
    for root, chain, asks in sentences:
        if marked and root not in marked:
            continue
        if tokens[root].kind not in _VERBS:
            found += hanging(tokens, {root}, _BESIDE_ROOT)
        elif asks:
            links = {n for n in hanging(tokens, chain) if low(tokens, n) in ("for", "after")}
            told = {n for n in hanging(tokens, chain, ("ccomp",)) if not hanging(tokens, {n}, ("mark",))}
            found += [*hanging(tokens, chain | links, _OBJECTS), *hanging(tokens, told, _SUBJECTS)]
    return [n for n in sorted({*found}) if tokens[n].kind in (*_NOUNS, "ADJ")]


@lru_cache(maxsize=256)
def focus(question: str) -> frozenset[str]:
    """The nouns that a question is after, in small letters: "milestones" in "which milestones are late", "member" in
    "is there a lay member"; of several sentences, those of the ones that ask."""
    tokens = read(question)
    asking = asking_word(tokens)
    found = [n for n in _after(tokens) if asking is None or tokens[tokens[n].head].kind in _NOUNS]
    found += [] if asking is None or (noun := _noun_of(tokens, asking)) is None else [noun]
    return frozenset(low(tokens, n) for n in found)


def _noun_of(tokens: Sequence[Token], at: int) -> int | None:
    """The noun that "what" or "which" goes with."""
    head = tokens[at].head
    if low(tokens, at) not in ("what", "which"):
        return None
    if low(tokens, at + 1) == "of":
        return next(iter(hanging(tokens, {at + 1}, ("pobj",))), None)
    if tokens[head].kind in _NOUNS:
        return head
    if tokens[at + 1 : at + 2] and tokens[at + 1].kind in _NOUNS:
        return at + 1
    after = range(at + 1, len(tokens)) if tokens[head].kind == "AUX" else ()
    return next((n for n in after if tokens[n].kind == "NOUN" and tokens[n].role in ("nsubj", "attr")), None)


def _by_noun(tokens: Sequence[Token], at: int, kind_of: KindOf) -> tuple[Kind, str]:
    """The kind that a noun names, with what a number, a share or a name is of; ANYTHING where that is not said."""
    word, of = low(tokens, at), _of(tokens, at)
    kind, inner = kind_of(word), low(tokens, of) if of is not None else ""
    inside = [low(tokens, n) for n in hanging(tokens, {at}, ("compound", "amod"))]
    which = any(low(tokens, n) in ("what", "which") for n in (at - 1, *hanging(tokens, {at})) if n >= 0)
    alone = tokens[at].role == "ROOT" and (kind is Kind.MONEY or not inside)
    one_of = which or alone or of is not None or hanging(tokens, {at}, ("det", "poss", "relcl"))
    proper = tokens[at].kind == "PROPN" and not tokens[at].text.islower()
    if proper or (kind in _INNER and not one_of):
        return Kind.ANYTHING, ""  # "missing school" is a subject, and asks for no one school
    if kind in (Kind.ANYTHING, Kind.NAME) and kind_of(inner) in _INNER and stem(word) not in OF_REGISTERS:
        return kind_of(inner), inner  # "the size of the budget", "the name of the firm"
    if word == "time" and which:
        return Kind.CLOCK, word
    named = word
    if kind is Kind.NUMBER:
        named = inner or (word if which or stem(word) not in _COUNTS else "")
    elif kind is Kind.SHARE:
        named = inside[-1] if inside else inner
    elif kind is Kind.NAME:
        named = _words(tokens, of) if of is not None else ""
    return (kind, named) if named else (Kind.ANYTHING, "")


_INNER = (Kind.MONEY, Kind.BODY, Kind.PLACE)
_COUNTS = stems("number total count figure")


def _of(tokens: Sequence[Token], at: int) -> int | None:
    """Where the noun stands that a number, a share or a name is of ("the firm's name"); the next one, where the parser
    misread it."""
    links = [n for n in hanging(tokens, {at}) if low(tokens, n) in ("of", "for")][:1]
    near = range(at + 2, min(at + 6, len(tokens))) if low(tokens, at + 1) == "of" else ()
    whose = [n for n in hanging(tokens, {at}, ("poss",)) if tokens[n].kind == "NOUN"]
    return next((n for n in (*hanging(tokens, links), *near, *whose) if tokens[n].kind in _NOUNS), None)


def _words(tokens: Sequence[Token], at: int) -> str:
    own = (n for n in sorted(below(tokens, frozenset({at}))) if tokens[n].role != "case")
    return " ".join(low(tokens, n) for n in own)


def _by_word(tokens: Sequence[Token], at: int, kind_of: KindOf) -> tuple[Kind, str]:
    """The kind by the question word, with the noun or the verb that it goes with."""
    match low(tokens, at):
        case "who" | "whom" | "whose":
            named = any(one.kind in _NOUNS and listed(one.text.lower()) is Kind.NAME for one in tokens)
            is_one = low(tokens, at + 1) in ("is", "'s", "was") and low(tokens, at + 2) in ("the", "our")
            whose = hanging(tokens, {tokens[at].head}, ("attr", "nsubj")) if is_one else []
            who_is = [low(tokens, n) for n in whose if tokens[n].kind in _NOUNS]
            named |= any(kind_of(noun) is not Kind.PERSON for noun in who_is)  # "who is the Head of IT"
            return (Kind.NAME, "person") if named else (Kind.PERSON, "")
        case "when":
            return Kind.TIME, ""
        case "where":
            return _where(tokens, at), ""
        case "how":
            return _how(tokens, at, kind_of)
    above = path(tokens, at)
    call = {n for n in above if low(tokens, n) in ("called", "named")}
    if whose := [n for n in hanging(tokens, call, _SUBJECTS) if tokens[n].kind in _NOUNS]:
        return Kind.NAME, _words(tokens, whose[0])  # "what is the trainer called"
    if {stem(low(tokens, n)) for n in (above[1], above[-1])} & _PAYS:
        return Kind.MONEY, ""
    shows = ("ccomp", "advcl") if stem(low(tokens, above[1])) in _SHOWS else ("ccomp",)
    shown = hanging(tokens, hanging(tokens, above[1:2], shows), ("mark",))
    if tokens[at].role == "nsubj" and any(low(tokens, n) in ("whether", "if") for n in shown):
        return Kind.SIGN, ""
    noun = _noun_of(tokens, at)
    return _by_report(tokens, at) if noun is None else _by_noun(tokens, noun, kind_of)


def path(tokens: Sequence[Token], at: int) -> list[int]:
    """A word, what it hangs from and so on, up to the root; a root twice where it stands alone."""
    found = [at, tokens[at].head]
    while tokens[found[-1]].head != found[-1]:
        found.append(tokens[found[-1]].head)
    return found


def _where(tokens: Sequence[Token], at: int) -> Kind:
    """A place, unless it is asked where something stands in a plan or how far it has come."""
    verb = tokens[at].head
    last = next(one for one in reversed(tokens) if one.kind != "PUNCT")
    if "VERB" not in (tokens[verb].kind, last.kind) or any(stem(one.text.lower()) in _OF_DOCUMENTS for one in tokens):
        return Kind.ANYTHING
    reached = any(low(tokens, n) == "to" and not hanging(tokens, {n}) for n in hanging(tokens, {verb}))
    of_us = any(tokens[n].kind == "PRON" for n in hanging(tokens, {verb}, _SUBJECTS))
    return Kind.ANYTHING if of_us or reached else Kind.PLACE


def _how(tokens: Sequence[Token], at: int, kind_of: KindOf) -> tuple[Kind, str]:
    plain = {token.text.lower() for token in tokens}
    nouns = [one.text.lower() for one in tokens[at + 2 :] if one.kind in _NOUNS]
    match low(tokens, at + 1):
        case "many":
            return Kind.NUMBER, _counted(tokens, at + 1)
        case "much" if low(tokens, at + 2) == "of" and nouns:
            heads = (one.text.lower() for one in tokens[at + 3 :] if one.kind in _NOUNS and one.role not in _OF_A_NOUN)
            return Kind.SHARE, next(heads, nouns[0])
        case "much":
            money = any(kind_of(one.text.lower()) is Kind.MONEY for one in tokens if one.kind in (*_NOUNS, "VERB"))
            money |= low(tokens, at + 2) in ("is", "was") and low(tokens, at + 3) in ("the", "our", "a")  # "worth"
            by = at > 0 and low(tokens, at - 1) == "by"
            more = any(one.more and one.text.lower() != "later" for one in tokens[at + 2 : at + 3])
            kind = Kind.MONEY if money and not by else Kind.SHARE
            return (kind, "change") if money or by or more else (Kind.ANYTHING, "")
        case "big" | "large" if nouns:
            return Kind.MONEY if kind_of(nouns[0]) is Kind.MONEY else Kind.NUMBER, nouns[0]
        case "far" if plain & {"behind", "below", "above", "ahead"} and not plain & {"schedule", "time", "we"}:
            return Kind.SHARE, "change"
        case "come":
            return Kind.REASON, ""
        case "often" | "frequently" | "regularly":
            return Kind.FREQUENCY, ""
        case "long" if not plain & {"overdue", "late", "behind", "left", "until", "ago"}:
            return Kind.DURATION, ""
    shows = {stem(one.text.lower()) for one in tokens if one.kind == "VERB"} & _SHOWS
    return (Kind.SIGN if shows and {"will", "would", "can", "do", "we", "going"} & plain else Kind.ANYTHING), ""


_SHOWS = stems("know tell measure judge monitor show")


def _counted(tokens: Sequence[Token], at: int) -> str:
    """The noun that a number is asked of: "staff" in "how many Fenbridge staff"; of a run of nouns the one that a
    register counts, wherever it stands: "how many housing actions Fenbridge"."""
    of = next(n for n in path(tokens, at) if tokens[n].role not in _OF_A_NOUN)
    if tokens[of].kind == "NOUN":
        return low(tokens, of)
    run = takewhile(lambda one: one.kind in _OF_NOUNS or one.role in ("amod", "compound"), tokens[at + 1 :])
    if counted := next((one for one in run if stem(one.text.lower()) in OF_REGISTERS), None):
        return counted.text.lower()
    plain = tokens[at + 1 : at + 2] and tokens[at + 1].kind not in _NO_THING
    return low(tokens, of) if tokens[of].kind in _NOUNS else low(tokens, at + 1) if plain else ""


_OF_A_NOUN = ("amod", "nmod", "compound", "det", "poss", "nummod", "quantmod", "advmod")
_OF_NOUNS = ("NOUN", "PROPN", "ADJ", "DET", "NUM", "X", "PART")
_NO_THING = ("VERB", "AUX", "ADP", "ADJ", "ADV", "DET", "PUNCT")


def _by_report(tokens: Sequence[Token], at: int) -> tuple[Kind, str]:
    """By the verb of a report that "what" completes: "what did staff say"."""
    head = tokens[at].head
    verb, last = stem(low(tokens, head)), next((one.text.lower() for one in reversed(tokens) if one.text.isalpha()), "")
    if low(tokens, head) == "did" and tokens[head].kind == "VERB" and listed(last) is Kind.FOUND:
        return Kind.FOUND, last  # a question that the parser misread has its verb last
    past = verb in _MINDS or any(low(tokens, n) in ("did", "has", "have", "had") for n in hanging(tokens, {head}))
    subject = next((n for n in hanging(tokens, {head}, ("nsubj",)) if tokens[n].kind != "PRON"), None)
    kind = listed(verb) if tokens[at].role == "dobj" and past and subject is not None else Kind.ANYTHING
    nobody = OF_REGISTERS - _LOOKING if kind is Kind.FOUND else OF_REGISTERS | _OF_DOCUMENTS
    reports = kind in (Kind.SAID, Kind.FOUND, Kind.DECIDED) and stem(low(tokens, subject or 0)) not in nobody
    return (kind if reports else Kind.ANYTHING), ""


@lru_cache(maxsize=256)
def asked_for(question: str, kind_of: KindOf = listed) -> Asked:
    """The kind of thing that a question asks for: by its question word and what goes with that, or else by the nouns
    that it is after."""
    if _ASKS_CONTACT.search(question):
        return Asked(Kind.CONTACT, "", question)
    tokens = read(question)
    if (asking := asking_word(tokens)) is not None:
        return Asked(*_by_word(tokens, _told_of(tokens, asking), kind_of), question)
    parts = [read(part) for part in _APART.split(question)] if not any(one.kind in _VERBS for one in tokens) else []
    found = (_by_noun(one, n, kind_of) for one in (tokens, *parts) for n in _after(one))
    kind, noun = next((one for one in found if one[0] is not Kind.ANYTHING), (Kind.ANYTHING, ""))
    return Asked(kind, noun, question)


def _told_of(tokens: Sequence[Token], at: int) -> int:
    """Where the word stands that asks what a document is to say: "how" in "what does the report say on how often"."""
    verb = tokens[at].head
    if low(tokens, at) != "what" or stem(low(tokens, verb)) not in _OF_DOCUMENTS | _TELLING:
        return at
    links = {verb, *hanging(tokens, {verb}, ("prep",))}
    return next((n for n in range(verb + 1, len(tokens)) if low(tokens, n) in _EMBEDDED and n - 1 in links), at)


_EMBEDDED = ("how", "when", "who", "why")
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
    asks = [chain for root, chain, asks in requests(tokens) if asks and tokens[root].kind in _VERBS]
    asking_by = {n for chain in asks for n in (*chain, *hanging(tokens, chain, _ASKING_BY))}
    beside |= _told(tokens) | _around_asking(tokens) | asking_by
    kept = {low(tokens, at) for at in range(len(tokens)) if at not in beside}
    return frozenset(low(tokens, at) for at in beside) - kept


def _told(tokens: Sequence[Token]) -> frozenset[int]:
    """Whoever was told: "councillors" in "what did the report tell councillors of damp"."""
    asked = {tokens[at].head for at, one in enumerate(tokens) if one.text.lower() in _WH}
    verbs = {at for at, one in enumerate(tokens) if one.text.lower() in _TELLING}
    verbs &= asked | {tokens[at].head for at in asked if tokens[at].kind == "ADP"}
    return below(tokens, frozenset(hanging(tokens, verbs, ("dobj", "dative"))))


_ASKING_BY = ("nsubj", "aux", "dative", "prt", "expl", "intj")
"""What goes with the verb of a request: "I'd like to understand", "could you talk me through"."""
_SPEAKERS = frozenset({"i", "we", "you"})


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
            mild = (n for n in mild if {low(tokens, m) for m in hanging(tokens, {n}, ("nsubj",))} & {*_SPEAKERS, "it"})
            return below(tokens, frozenset(over[-1:])) - (asked - below(tokens, frozenset(mild)))
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
