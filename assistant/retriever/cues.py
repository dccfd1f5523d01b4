"""What kind of words would answer: cues in a question, and the shapes that money, names, numbers and dates have."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.query_plan import Wanted
from assistant.vocabulary import stem

_CUES = (
    ("oversee oversight govern governance monitor accountable charge scrutinise scrutiny supervise",
     "board chair chaired governance oversee overseen committee monitor accountable scrutiny panel"),
    ("achieve achievement success proud accomplish delivered",
     "achieve achievement progress success strength already"),
    ("ambition ambitious vision aspiration aspire aim goal purpose hope want",
     "ambition aspiration vision aim aspire purpose priority outstanding good committed"),
    ("measure know judge tell evidence test check success",
     "measure report audit rate data evidence reduction increase survey feedback"),
    ("risk challenge worry concern pressure difficult difficulty wrong",
     "risk challenge pressure concern delay late unable behind"),
    ("consult involve voice view contribute input feedback shape develop",
     "view workshop feedback consult involve input contribute listen wrote"),
    ("report update publish tell public progress often",
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

CUES: dict[str, frozenset[str]] = {}
for _asked, _said in _CUES:
    _stems = frozenset(stem(word) for word in _said.split())
    for _word in _asked.split():
        CUES[stem(_word)] = CUES.get(stem(_word), frozenset()) | _stems

_MONEY = re.compile(
    r"[£€$]\s?\d|\b\d[\d,.]*\s?(?:k|m|million|thousand)?\s*(?:pounds|GBP)\b|\b\d[\d,.]*\s?(?:million|thousand)\b"
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = re.compile(rf"\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b|\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\.?,?[\s-]*(?:20)?\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b|\b(?:19|20)\d\d\b", re.I)  # fmt: skip
_NUMBER = re.compile(r"\b\d[\d,.]*\s?%?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|third|quarter|all)\b", re.I)  # fmt: skip
_REASON = re.compile(r"\b(?:because|due to|as a result|so that|in order to|owing to|since|the purpose|to (?:reflect|ensure|make|help|take)|given|following|reason|led to|until|fell|could not|cannot)\b", re.I)  # fmt: skip
_ROLE_OR_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:of|and|for|the|[A-Z][\w’'-]+))*")
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Mayor|Sir|Dame|Professor|Prof)\b\.?\s+[A-Z]"
    r"|\b[A-Z][a-z’'-]+\s+[A-Z][a-z’'-]+,\s+(?:[A-Z][\w’'-]+\s+){0,4}(?:Manager|Director|Head|Officer|Lead|Chair|Member|Worker|Executive|Social)"
)


def has_money(text: str) -> bool:
    return bool(_MONEY.search(text))


def has_date(text: str) -> bool:
    return bool(_DATE.search(text))


def has_number(text: str) -> bool:
    return bool(_NUMBER.search(_DATE.sub(" ", text)))


def names_somebody(text: str) -> bool:
    return bool(_PERSON.search(text))


def gives_reason(text: str) -> bool:
    return bool(_REASON.search(text))


NEEDS: dict[Wanted, Callable[[str], bool]] = {
    Wanted.MONEY: has_money,
    Wanted.DATE: has_date,
    Wanted.NUMBER: has_number,
}
"""Shapes without which a text cannot be the answer."""

PREFERS: dict[Wanted, Callable[[str], bool]] = {
    Wanted.REASON: gives_reason,
    Wanted.PERSON: lambda text: names_somebody(text) or bool(_ROLE_OR_NAME.search(text[1:])),
}
"""Shapes that make a text a likelier answer."""
