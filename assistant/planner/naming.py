"""Which words of a question name things, by its grammar; words about asking and about plans in general name none."""

from __future__ import annotations

import re

from assistant.grammar import Token, below, parsed
from assistant.planner.wording import FUNCTION_WORDS, TAKEN, plain, word_list

EMPTY_WORDS = frozenset(
    word_list("""
    action actions task tasks item items row rows thing things job jobs commitment commitments promise promises promised entry entries
    milestone milestones step steps bit bits ambers reds greens
    everything anything something nothing all every any each both none everyone anyone belong belongs belonging sorry oops mean means meant exclude excluded excluding remove removed drop dropped include leave leaving ignore add added narrow filter limit restrict widen sort sorted order ordered group draft write prepare waht wich whcih teh hte taht adn thier morning afternoon evening stuff top ta guys folks pls plz thx r u ur abt sub-item sub-items subitems sub-action sub-actions sub-point sub-points wot wots probably likely maybe perhaps possibly sorted set column columns page pages cell cells box
    plan plans planned planning-to document documents report reports register tracker log source sources council councils authority
    authorities borough service's list lists listed listing show shows showing showed shown give gives giving given tell tells find
    finds found look looks looking see seen get gets got getting make makes making made take takes taking taken put puts putting
    do doing done did does work works working need needs needed needing want wants wanted wanting say says said saying state states
    stated mention mentions mentioned mentioning mentions relate relates related relating relation concern concerns concerned
    concerning regarding regard regards cover covers covered covering involve involves involved involving include includes included
    including deal deals dealing dealt refer refers referring reference talk talks talking address addresses addressing about around
    commit commits committing committed commitment committing-to promise promising plan planning intend intends intended tackle
    tackling going go goes gone come comes coming came happen happens happening happened run running due date dates dated deadline
    deadlines target targets timescale timescales owner owners owned owns owning own lead leads leading led sponsor sponsors sponsored
    sponsoring responsible responsibility accountable charge assigned allocated status statuses progress update updates updated
    position situation picture rating ratings rated rag brag colour colours coloured marked mark overall currently current present
    latest recent recently exactly actual actually really total totals number numbers count counts many much full fully complete-list
    whole entire various different specific specifically particular particularly certain sort kind type types supposed meant expected
    asked ask asks asking focus focused focussing falls fall falling fell whats what's theres there's lets let's know known anybody
    everybody someone somebody please could would should shall table spreadsheet excel csv export word pdf together
    compare comparison compared versus vs difference differences between agree agrees consistent inconsistent match matches entry
    entries two twice three times same similar literally detail details describe explain wording text says reads question questions
    ones one's plate desk remit portfolio part parts under area areas section sections heading headings theme themes topic topics subject
    priority recommendation recommendations because reason reasons reported far long last next first second final new newest old alone jointly joint
    start starts starting started begin begins beginning finish finishes ends worked working changed since version versions finished completed differ differs differed differing break breakdown deliver delivers delivering delivered deliverable deliverables ready yet already still now today tomorrow yesterday time times moment soon later earlier ever never again back on-track
    evidence name names named called stand stands standing exist exists existing appear appears appearing hold holds held keep
    council's plan's main key important sum summary summarise brief place places use using used down up off out over against through
    per cent percent share proportion percentage rest others other else remaining left anything's everything's expect follow following
    statement statements schedule overview piece pieces line lines month months year years week weeks day days quarter quarters column
    whatever wise kindly
    incl inc end ended ending v vs versus hey dear sir madam cheers thankyou ta kindly quick quickly urgently urgent
    """)
)
"""Words that are about asking, or about plans in general, and name no subject when they stand at an edge."""


def is_empty(word: str) -> bool:
    """True for a word that names nothing, and for the possessive of one."""
    bare = plain(word).strip(".,'\"!?-").removesuffix("'s")
    if bare == "s":
        return True
    return (
        not re.search(r"[a-z0-9]", bare)
        or bare in FUNCTION_WORDS
        or bare in EMPTY_WORDS
        or bool(re.fullmatch(r"\d{1,2}", bare))
    )


def naming_spans(raw: str, rest: str) -> tuple[tuple[int, int], ...]:
    """The characters of every word of `raw` that names a thing or belongs to the description of one.

    "Identify every action that helps children who run away" names children who run away; "identify" and "helps" are
    about asking. Args: rest, as long as `raw`, with what is understood taken out: it names nothing any more.
    """
    tokens = parsed(raw)
    heads = frozenset(
        index
        for index, token in enumerate(tokens)
        if TAKEN not in rest[token.start : token.end]
        and _names(tokens, index)
        and not is_empty(token.text)
        and not _holds_rows(tokens, index)
        and not _says_of_nothing(tokens, index)
    )
    return tuple((tokens[at].start, tokens[at].end) for at in sorted(below(tokens, heads)))


def modifies_a_name(raw: str, rest: str, start: int) -> bool:
    """True where the word at `start` is part of a compound with a word that names something: "line management"."""
    tokens = parsed(raw)
    return any(
        token.start == start
        and token.role == "compound"
        and not is_empty(tokens[token.head].text)
        and TAKEN not in rest[tokens[token.head].start : tokens[token.head].end]
        and not _RELATES.fullmatch(token.text)
        for token in tokens
    )


_RELATES = re.compile(
    r"(?:concern|cover|mention|address|involve|include|regard|relate|touch|need|say|show|list|give|name|count|state|stand|fall|get|see)s?",
    re.IGNORECASE,
)
"""Verbs between rows and their subject, which a parser may take for nouns: "actions in the plan concern housing"."""


_CONTAINER = re.compile(
    r"(?:schedules?|lists?|tables?|sets?|summar(?:y|ies)|breakdowns?|counts?|overviews?|cop(?:y|ies)|exports?|pieces?|logs?|range|series"
    r"|numbers?|lots?|collections?|selections?|catalogues?|inventor(?:y|ies))",
    re.IGNORECASE,
)


def _holds_rows(tokens: tuple[Token, ...], index: int) -> bool:
    """True for the schedule of "a schedule of all actions": what it holds is what is asked for."""
    holds = any(token.text.lower() == "of" and token.head == index for token in tokens)
    return holds and bool(_CONTAINER.fullmatch(tokens[index].text))


def _says_of_nothing(tokens: tuple[Token, ...], index: int) -> bool:
    """True for the system of "both names are the same system": said of words that name nothing themselves."""
    token = tokens[index]
    if token.role != "attr" or not _COPULA.fullmatch(tokens[token.head].text):
        return False
    subjects = [other for other in tokens if other.role == "nsubj" and other.head == token.head]
    return any(other.kind == "NOUN" and is_empty(other.text) for other in subjects)


_AS_NOUN = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "conj", "attr", "ROOT", "compound"})
_COPULA = re.compile(r"(?:'s|'re|'m|is|are|was|were|be|been|being|am)", re.IGNORECASE)


def _names(tokens: tuple[Token, ...], index: int) -> bool:
    """True for nouns, and for an adjective or a gerund that stands where a noun would."""
    token = tokens[index]
    if token.kind in ("NOUN", "PROPN", "X"):
        return True
    if token.kind == "ADJ":
        governor = tokens[token.head]
        return token.role in _AS_NOUN or (token.role == "acomp" and not _COPULA.fullmatch(governor.text))
    has_object = any(other.head == index and other.role == "dobj" for other in tokens)
    return token.gerund and token.role in (*_AS_NOUN, "pcomp", "amod") and not has_object


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
