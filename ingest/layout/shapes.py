"""What a piece of text looks like: a date, a reference, an owner, an action, a heading."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from assistant.dates import read_due
from ingest.layout.words import one_line, plain, without_bullet

if TYPE_CHECKING:
    from assistant.dates import DueDate

_CODED = r"[A-Za-z]{1,5}[-/. ]?\d{1,3}[a-z]?(?:[./-]\d{1,3}[a-z]?)*"
_DECIMAL = r"\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?"
_NAMED = (
    r"(?:action|rec|recommendation|priority|objective|item|task|ref|"
    r"no)\.?\s*(?:no\.?\s*)?[A-Z]?\d{1,3}(?:\.\d{1,3})*[a-z]?"
)
_PLAIN = r"\d{1,3}[a-z]?"
_LEADING = re.compile(
    rf"(?:(?P<coded>(?![Ss]\d|[Qq]\d)[A-Z]{{1,5}}[-/.]?\d{{1,3}}[a-z]?(?:[./-]\d{{1,3}}[a-z]?)*)(?:[.):]|\s*[-–—:])?"
    rf"|(?P<decimal>{_DECIMAL})[.):]?"
    r"|(?P<slashed>\d{2,4}/\d{1,3})[.):]"
    rf"|(?P<named>{_NAMED})(?:\s*(?:[.):]|[-–—])|(?=\s+[A-Z]))"
    rf"|[(\[]?(?P<plain>{_PLAIN})[\])]?(?:[.):]|(?<=[\])])|\s+[-–—](?=\s)))\s*(?:[-–—:]\s+)?(?=[\"'“‘(\[]?[A-Za-z])",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"(?P<ref>\d{1,3}[a-z]?|\d{2,4}/\d{1,3}[a-z]?)\s+(?P<rest>[A-Z\"'“‘].*)")
_WHOLE = re.compile(
    rf"[(\[#]*\s*(?:{_CODED}|{_DECIMAL}|{_NAMED}|\d{{1,3}}(?:[/-]\d{{1,3}}){{1,2}}|\d{{1,4}}[a-z]?|[A-Z]|[ivx]{{1,5}})\s*[\])]?[.:)]?",
    re.IGNORECASE,
)
_OPEN_DATE = re.compile(
    r"(no (fixed |firm |end |due )?(date|deadline|timescale)( yet)?( (set|agreed|fixed|given))?( yet)?|"
    r"(date|deadline|timescale) (tbc|tbd|to be \w+|not (yet )?(set|agreed|fixed|known))|"
    r"asap|as soon as possible|on[ -]?going|tbc|tbd|to be (confirmed|agreed|determined)|n/?a|immediate(ly)?|continuous|"
    r"monthly|weekly|quarterly|annual(ly)?|daily|as above|ditto|rolling|in place|now|with immediate effect|underway|"
    r"(every )?(month|week|quarter|term|year)|termly|bi-?annual(ly)?|bi-?monthly|fortnightly|as required|"
    r"(by |before |until |from |in )?(the )?((end|start|beginning|middle) of )?(the )?(next |this )?"
    r"((spring|summer|autumn|winter|school) )?((october|february|may|christmas|easter|summer) )?"
    r"(half[- ])?(term|holidays?|break)|(by |before |after |until )(easter|christmas|summer|spring|autumn)|"
    r"complete(d)?|closed|done|business as usual|bau|year end|end of (the )?year|\d+ (days|weeks|months)( .*)?)\W*",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?:by\s+)?(?:[0-3]?\d)[/.-](?:0?[1-9]|1[0-2])[/.-](?:20)?\d{2}", re.IGNORECASE)
"""A date in figures, though the day may not exist: 31/09/2025."""
_PARENT_WORDS = (
    r"half|terms?|half-terms?|school|year|easter|christmas|autumn|spring|summer|by|end|of|to|from|mid|early|late|"
    r"complete[d]?|until|before|start|the|for|review[s]?|and|revised|was|now|due"
)
_DATE_REST = re.compile(rf"\b({_PARENT_WORDS})\b|[^a-z0-9]+", re.IGNORECASE)

POSTS = (
    r"managers?|leads?|heads?|directors?|officers?|teams?|boards?|services?|workers?|co-?ordinators?|chairs?|chairperson|"
    r"executives?|consultants?|partners?|principals?|commissioners?|leaders?|members?|councillors?|headteachers?|"
    r"teachers?|schools?|police|trust|partnership|supervisors?|practitioners?|administrators?|analysts?|advis[eo]rs?|all|"
    r"staff|agency|agencies|department|group|council|smt|slt|panel|nurse|doctor|coach|champion|specialist|clerk|"
    r"guardian|unit|office|psychotherapist|psychologist|therapist"
)
"""The posts and bodies that a name of an owner ends with."""
_ROLE_WORDS = re.compile(
    rf"\b(?:{POSTS}|commissioning|leadership|cllr|health|nhs|icb|ccg|reviewing|dcs|ad|sm|tm|sw|hos|housing|education|"
    r"legal|finance|hr|(?-i:IT)|ict|sub-?group|deputy|assistant|virtual|designated|gp|social|everyone|mentor)\b",
    re.IGNORECASE,
)
_FIRST_NAMES = frozenset(resources.files("assistant").joinpath("data/common-names.txt").read_text("utf-8").split())
_INITIALS = re.compile(r"[A-Z][A-Z.&']{0,6}(\s?[-/&,+]\s?[A-Z][A-Z.']{0,6})*\.?")
_NAME = re.compile(r"([A-Z][a-zA-Z'’-]+|[A-Z]\.?)(\s+([A-Z][a-zA-Z'’-]+|[A-Z]\.?|and|&|/|,|of|the|for|in)){0,6}")

OPEN_END = re.compile(r"(?:[/,&:(–—-]|\b(?:and|or|of|to|the|with|from|for|in|by|a|an|at|on))$", re.IGNORECASE)
"""How words end that go on in the next line."""
_STATES = frozenset({"is", "are", "was", "were", "has", "have", "had", "will"})
"""After these the first word is what is spoken of, no instruction: "Plan is published"."""
_VERBS = frozenset(resources.files("ingest").joinpath("data/verbs.txt").read_text(encoding="utf-8").splitlines()[1:])


@lru_cache(maxsize=20_000)
def due_of(text: str) -> DueDate:
    """What the words of a date cell say."""
    return read_due(text)


@lru_cache(maxsize=20_000)
def is_date(text: str) -> bool:
    """True where the text is a date, a period, or an open word such as ongoing, and hardly anything else."""
    line = one_line(text)
    if not line or len(line) > 90 or len(line.split()) > 14:
        return False
    return bool(_OPEN_DATE.fullmatch(line)) or is_fixed_date(text)


@lru_cache(maxsize=20_000)
def is_fixed_date(text: str) -> bool:
    """True where the text is one or more dates, perhaps with the word complete, and hardly anything else."""
    line = one_line(text)
    if not line or len(line) > 120 or not any(letter.isdigit() for letter in line) or len(line.split()) > 16:
        return False
    if _FIGURES.fullmatch(line):
        return True
    read = due_of(line)
    if not (read.due or read.completed_on or read.start or read.milestones):
        return False
    rest = _DATE_REST.sub(" ", read.rest).split()
    return len(rest) <= max(1, len(line.split()) // 4)


def is_bare_date(text: str) -> bool:
    """True where the text is a date and nothing else: a heading may hold one among its words."""
    return is_fixed_date(text) and not re.search(r"[A-Za-z]{4,}", _DATE_REST.sub(" ", due_of(one_line(text)).rest))


@lru_cache(maxsize=20_000)
def leading_ref(text: str) -> tuple[str, str] | None:
    """The reference at the beginning of the text and the words after it; None where there is none.

    Codes (R1.1, AP-12), decimals (2.00, 1.1.3), names (Action 4:) and plain numbers with a stop (27.) count.
    """
    words = without_bullet(one_line(text)).lstrip("*_ ")
    match = _LEADING.match(words)
    if not match:
        return None
    ref = match["coded"] or match["decimal"] or match["slashed"] or match["named"] or match["plain"]
    if match["named"]:
        ref = ref.split()[-1]
    return ref.rstrip(".:) "), words[match.end() :].lstrip("-–—*: ").strip()


def loose_ref(text: str) -> tuple[str, str] | None:
    """A plain number at the beginning of a title and the words after it: a reference where all titles have one."""
    match = _LOOSE.match(one_line(text))
    return (match["ref"], match["rest"]) if match else leading_ref(text)


def is_coded(ref: str) -> bool:
    """True where a reference is more than a plain number, so that it can stand in running text."""
    return bool(re.search(r"[A-Za-z].*\d|\d\.\d", ref))


def whole_ref(text: str) -> str | None:
    """The reference that the whole text is, as written but for a stop at its end."""
    line = one_line(text)
    return line.strip("#()[] ").rstrip(".:)") if 0 < len(line) <= 18 and _WHOLE.fullmatch(line) else None


@lru_cache(maxsize=20_000)
def owner_likeness(text: str) -> float:
    """How much the text looks like who is responsible, in [0, 1]."""
    line = one_line(text)
    words = line.split()
    if not words or len(words) > 16 or len(line) > 110 or is_date(text):
        return 0.0
    if _INITIALS.fullmatch(line) and len(line) <= 24:
        return 0.9
    score = 0.0
    if _ROLE_WORDS.search(line):
        score += 0.6
    if _NAME.fullmatch(re.sub(r"\s*[/&,+;]\s*|\s+-\s+", " & ", line)):
        score += 0.4
    if instructs(line) or (line.endswith((".", ":")) and len(words) > 6):
        score -= 0.5
    return max(0.0, min(1.0, score * (1.0 if len(words) <= 7 else 0.6)))


def is_person(text: str) -> bool:
    """True where the text is a first name that is common and one or two further names."""
    first, *more = one_line(text).split() or [""]
    return first.lower() in _FIRST_NAMES and 0 < len(more) < 3 and all(word[0].isupper() for word in (first, *more))


@lru_cache(maxsize=20_000)
def starts_with_verb(text: str) -> bool:
    """True where the text begins as an instruction does: "Review ...", "To agree ...", "We will ..."."""
    words = re.findall(r"[a-z-]+", without_bullet(one_line(text)).lower())[:4]
    if words[:2] == ["we", "will"] or words[:1] == ["to"]:
        words = words[2:] if words[0] == "we" else words[1:]
    if words and words[0].endswith("ly"):
        words = words[1:]
    if words[1:2] and words[1] in _STATES:
        return False
    return bool(words) and (words[0] in _VERBS or (words[0].startswith("re-") and words[0][3:] in _VERBS))


def instructs(text: str) -> bool:
    """True for the words of an action; a title such as "Contact Service Manager" has capitals throughout."""
    return starts_with_verb(text) and any(word.islower() and len(word) > 3 for word in text.split())


def is_heading(text: str) -> bool:
    """True where a line stands as a heading does: short, not a sentence, not a date, not a list item."""
    text = plain(text)
    if "\n" in text or not text or (text[0], text[-1]) in {("(", ")"), ("[", "]")}:
        return False
    if len(text.split()) > 22 or len(text) > 170 or text[-1] in ".,;" or text[0].islower() or is_bare_date(text):
        return False
    return bool(re.search(r"[A-Za-z]{2}", text)) and without_bullet(text) == text


def is_shouted(text: str) -> bool:
    """True where all the letters are capitals."""
    return text.upper() == text and any(letter.isalpha() for letter in text)


def is_continuation(text: str, before: str) -> bool:
    """True where the text goes on from the words before it: a small letter, the next letter of a list, an open end."""
    line, end = one_line(text), one_line(before)
    if not line or not end:
        return False
    listed = re.match(r"\(?([a-z]|[ivx]{1,5})[.)]\s", line)
    small = line[0].islower() and not re.match(r"[a-z]\s*[.)]", line)
    return bool(listed or small or (end[-1] not in ".!?;" and OPEN_END.search(end)))
