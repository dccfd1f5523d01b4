"""Whether a text holds the kind of thing that a question asks for: shapes of places, names, shares and the like."""

import re
from collections.abc import Callable

from assistant.lexicon import table
from assistant.retriever.asked import Asked
from assistant.retriever.kinds import Kind
from assistant.vocabulary import stem


def inflected(words: str) -> frozenset[str]:
    """The stems of words and of their plainest endings."""
    return frozenset(stem(f"{word}{ending}") for word in words.split() for ending in ("", "s", "d", "ed", "ing"))


CUES: dict[str, frozenset[str]] = {}
"""Stems of questions beside stems of answers, for questions that plans of this field answer in their prose."""
for (_role, _asked), _said in table().items():
    for _stem in inflected(_asked) if _role == "answered" else ():
        CUES[_stem] = CUES.get(_stem, frozenset()) | inflected(" ".join(_said))

_NUMERALS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|dozen|half"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"

MONEY = re.compile(
    r"[£€$]\s?\d|\b\d[\d,.]*\s?(?:k|m|million|thousand)?\s*(?:pounds|GBP)\b|\b\d[\d,.]*\s?(?:million|thousand)\b"
)
DATE = re.compile(
    r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:19|20)\d\d\b"
    rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\.?,?[\s-]*(?:20)?\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    rf"(?<![\w.£])(?:(?!(?:19|20)\d\d\b)\d[\d,]*(?:\.\d+)?(?:\s?%|\s?per\s?cent)?(?![\w.]*\d)|(?:{_NUMERALS})\b)",
    re.IGNORECASE,
)
"""A number that may count something; not a part of a reference such as R3.1."""
NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Mayor|Sir|Dame|Professor|Prof)\b\.?\s+[A-Z]"
    r"|\b[A-Z][a-z’'-]+\s+[A-Z][a-z’'-]+,\s+(?:[A-Z][\w’'-]+\s+){0,4}"
    r"(?:Manager|Director|Head|Officer|Lead|Chair|Member|Worker|Executive|Social)"
)
"""Somebody named: by a title, or by a name before a post."""

MEASURING = inflected("know measure tell judge check success succeed difference effect impact evaluate")
"""Stems by which a question asks how something will be measured; what is to be measured stands in its other words."""

ABOUT_MEASURES = re.compile(
    r"\bhow (?:will|do|would|can) (?:we|you|they) (?:know|check|tell|measure|judge)|\bhow we(?:’|')?(?: wi)?ll know"
    r"|\bsuccess (?:measures?|criteria)|\bmeasures? of success|\bhow success\b|\bevidence of\b",
    re.IGNORECASE,
)
"""Words of headings that announce measures."""


_ROLE = re.compile(
    r"\b\w*(?:manager|director|officer|worker|head|chair|mayor|member|board|committee|panel|team|police|staff|partner"
    r"|councillor|carer|parent|mentor|visitor|advocate|commissioner|governor|consultant|psychologist|therapist|nurse"
    r"|doctor|trust|ordinator|leaders?|children|families|young people)s?\b",
    re.IGNORECASE,
)
_PROPER = re.compile(r"(?<=[\w,;(] )[A-Z][\w’'&-]+(?:\s+(?:of|for|and|the|&)?\s*[A-Z][\w’'&-]+)+")
_INITIALS = re.compile(r"\b[A-Z]{2,5}\b")
_ORGANISATION = re.compile(
    r"\b(?:[A-Z][\w’'&-]+\s+)+(?:Ltd|Limited|LLP|plc|CIC|Trust|University|College|Council|Foundation|Group|Consortium"
    r"|Association|Partnership|Institute|School|Hospital|Academy|Society|Agency|Project)\b"
    r"|(?:(?<=\bby )|(?<=\bwith ))(?:the )?[A-Z][a-z][\w’'&-]*(?:\s+[A-Z][\w’'&-]+)*"
)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Winter"
_SITE = re.compile(
    rf"\b(?:at|to|in|near|outside) (?:the )?(?!(?:{_MONTHS})[a-z]*\b)[A-Z][a-z][\w’'-]+\b(?! (?:Week|Month|Term|Day)\b)"
    r"|\b(?:[A-Z][\w’'-]+ )+(?:Building|Centre|Hall|House|Road|Street|Library|School|Hub|Lane|Square"
    r"|Park)\b|\b(?:building|centre|hall|office|base|room|online|venue|street|road|house|library|school|hub)s?\b"
)
_OFTEN = re.compile(
    r"\b(?:daily|weekly|fortnightly|monthly|quarterly|termly|annual(?:ly)?|yearly|bi-?\w+ly|six-?monthly|every|each"
    r"|per (?:day|week|month|quarter|term|year)|once|twice|times? (?:a|per)|regular(?:ly)?)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|half)[\s-]+(?:working\s+|school\s+)?"
    r"(?:day|week|month|quarter|term|year|hour|minute)s?\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\d\s?%|per\s?cent|\b(?:half|third|(?<!last )(?<!this )quarter|most)\b|\b(?:all|none) of\b"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) "
    r"(?:in|out of|of)(?: every| the)? (?:\d+|two|three|four|five|ten)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(r"\b0\d{2,4}[\s-]?\d{3}|\w@\w|\bext(?:n|ension)?\b\.?\s*\d", re.IGNORECASE)
_OCLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)\b|\b\d{1,2}:\d\d\b|o.clock|\bmidday\b|\bnoon\b", re.IGNORECASE
)
_JUDGED = re.compile(
    r"\b(?:was|were|been|is|are) (?:\w+ )?(?:judged|rated|graded)|\bjudge?ment (?:of|was|is)\b|Requires Improvement"
    r"|\bInadequate\b"
)
_SHAPES = {
    Kind.SAID: re.compile(
        r"\b(?:said|told|felt|commented|expressed|described|thought|reported that|fed back)\b|[“\"]", re.I
    ),
    Kind.FOUND: re.compile(
        r"\b(?:found|showed|shown|shows|identified|concluded|revealed|highlighted|evidenced)\b", re.I
    ),
    Kind.DECIDED: re.compile(r"\b(?:decided|agreed|resolved|approved|endorsed)\b", re.I),
    Kind.REASON: re.compile(
        r"\b(?:because|due to|owing to|given|since|so that|in order|reasons?|following|therefore|after|as an? result"
        r"|to (?:ensure|enable|allow|avoid|prevent|reduce|improve|help|support))\b"
        r"|\bas [^.]*\b(?:is|are|was|were|has|have)\b",
        re.I,
    ),
    Kind.TIME: DATE,
    Kind.FREQUENCY: _OFTEN,
    Kind.DURATION: _SPAN,
    Kind.MONEY: MONEY,
    Kind.CONTACT: _REACHED,
    Kind.JUDGEMENT: _JUDGED,
    Kind.CLOCK: _OCLOCK,
}
"""Kinds that a text holds where a shape stands in it, whatever the question."""


def _new(pattern: re.Pattern[str], text: str, asked: Asked) -> bool:
    """Whether the text names something of a kind that the question does not name itself."""
    known = asked.question.casefold()
    return any(found.group().casefold() not in known for found in pattern.finditer(text))


def _of_rate(text: str, asked: Asked) -> bool:
    """Whether a text speaks of the rate that is asked for, where it has a name: "response rate"."""
    named = re.search(rf"\b{re.escape(asked.noun)} rate\b", asked.question, re.IGNORECASE) if asked.noun else None
    return not named or any(word in text.casefold() for word in (stem(asked.noun), "rate"))


_SOMEBODY = re.compile(r"\b(?:person|people|individual|somebody|someone|one)\b")
_HELD: dict[Kind, Callable[[str, Asked], bool]] = {
    Kind.PERSON: lambda text, asked: any(_new(one, text, asked) for one in (NAMED, _ROLE, _PROPER, _INITIALS)),
    Kind.NAME: lambda text, asked: (
        bool(NAMED.search(text))
        or (not _SOMEBODY.search(asked.noun) and not _ROLE.search(asked.noun) and _new(_PROPER, text, asked))
    ),
    Kind.BODY: lambda text, asked: stem(asked.noun) in text.casefold() or _new(_ORGANISATION, text, asked),
    Kind.PLACE: lambda text, asked: _new(_SITE, text, asked),
    Kind.SHARE: lambda text, asked: bool(_PART.search(text)) and _of_rate(text, asked),
}


def holds(asked: Asked, text: str) -> bool:
    """Whether a text holds the kind of thing asked for; what is counted is looked at where numbers are."""
    if shape := _SHAPES.get(asked.kind):
        return bool(shape.search(text))
    test = _HELD.get(asked.kind)
    return test is None or test(text, asked)
