"""What kind of words would answer: cues in a question, and the shapes that money, names, numbers and dates have."""

import re

from assistant.vocabulary import stem

_CUES = (
    ("oversee oversight govern governance monitor accountable charge scrutinise scrutiny supervise eye watch",
     "board chair chaired governance oversee overseen committee monitor accountable scrutiny panel"),
    ("achieve achievement success proud accomplish delivered well",
     "achieve achievement progress success strength already"),
    ("ambition ambitious vision aspiration aspire aim goal purpose hope want",
     "ambition aspiration vision aim aspire purpose priority outstanding good committed"),
    ("measure know judge tell evidence test check success difference impact effect",
     "measure report audit rate data evidence reduction increase survey feedback"),
    ("risk challenge worry concern pressure difficult difficulty wrong",
     "risk challenge pressure concern delay late unable behind"),
    ("consult involve voice view contribute input feedback shape develop ask think opinion listen heard",
     "view workshop feedback consult involve input contribute listen heard wrote"),
    ("report update publish tell public progress often inform informed",
     "report update quarterly monthly annual brief briefing public publish committee scrutiny"),
    ("develop development improve improvement next future area",
     "develop development improve improvement area need"),
    ("write wrote written author sign signed produce",
     "author report by foreword councillor director mayor written produced"),
    ("cost money budget fund spend price afford",
     "cost budget fund spent spend grant pounds"),
    ("source origin based come base include feed",
     "recommendation inspection review include created based ofsted"),
    ("date covid pandemic flood change revise move",
     "date review timescale timeframe impact original revised"),
)  # fmt: skip
"""Words of questions beside words of answers, for questions that plans of this field answer in their prose."""


def inflected(words: str) -> frozenset[str]:
    """The stems of words and of their plainest endings."""
    return frozenset(stem(f"{word}{ending}") for word in words.split() for ending in ("", "s", "d", "ed", "ing"))


CUES: dict[str, frozenset[str]] = {}
for _asked, _said in _CUES:
    _stems = inflected(_said)
    for _stem in inflected(_asked):
        CUES[_stem] = CUES.get(_stem, frozenset()) | _stems

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
