"""What a plan says in words of its own terms: the abbreviations that it spells out, the totals that it states."""

import re
from collections.abc import Iterator

from assistant.records import KeyKind, Locator, PlanKey
from ingest.layout.headings import best_role

NO_COLOUR = r"no colour|no fill|no shading|no rating|not coloured|uncoloured|unshaded|white|clear|blank"
NAMES = rf"blue|green|amber|red|yellow|orange|grey|gray|purple|black|{NO_COLOUR}"
"""The colours that a plan may speak of, and words for none."""
_ABBREVIATION = re.compile(
    r"(?P<term>[A-Z][A-Za-z&/]{1,8})\s*(?:[-–—=:]|\bmeans\b|\bstands for\b)\s*(?P<meaning>[A-Z‘'\"][^\n|]{3,110})"
)
_BRACKETED = re.compile(r"\((?P<term>[A-Z][A-Za-z&]{1,8})\)")
_TOTAL = re.compile(
    rf"\b(?P<number>\d{{1,4}}|no|none|all|zero)\s+(?:of\s+(?:the|these|those|"
    rf"our)\s+(?:\d+\s+)?)?(?P<what>(?:currently\s+|now\s+)?(?:(?:{NAMES})\s+)?actions?|"
    rf"(?:are|is|were)\s+(?:currently\s+|now\s+)?(?:{NAMES}|completed?|overdue|on track|in progress|"
    rf"not started|closed|open))\b"
    rf"(?:\s+(?:are|is|were)\s+(?:currently\s+|now\s+)?(?P<state>{NAMES}|completed?|overdue|on track|"
    rf"in progress|not started|closed|open)\b)?",
    re.IGNORECASE,
)
_SMALL = frozenset({"of", "and", "for", "the", "in", "to", "a", "on", "with", "&"})


def entry(kind: KeyKind, term: str, meaning: str, place: Locator, quote: str) -> PlanKey:
    """An entry of a plan's own key."""
    return PlanKey("", kind, term.strip(), meaning.strip(" .'\"‘’“”*"), place, quote)


def abbreviations(line: str, raw: str, place: Locator) -> Iterator[PlanKey]:
    """The abbreviations that a line explains: alone with their meaning, or in a bracket behind it."""
    match = _ABBREVIATION.fullmatch(line)
    if match and best_role(match["term"])[1] < 0.9 and spells(match["term"], match["meaning"]):
        yield entry(KeyKind.ABBREVIATION, match["term"], match["meaning"], place, raw.strip())
    for found in _BRACKETED.finditer(line):
        phrase = _spelled_before(line[: found.start()], found["term"])
        if phrase:
            yield entry(KeyKind.ABBREVIATION, found["term"], phrase, place, f"{phrase} ({found['term']})")


def spells(term: str, meaning: str) -> bool:
    """True where the letters of an abbreviation begin the words of the meaning, or most of them in order."""
    letters = [letter.lower() for letter in term if letter.isupper()] or [letter.lower() for letter in term]
    if len(letters) < 2 or len(meaning.split()) > 14:
        return False
    words = [word.lower() for word in re.findall(r"[A-Za-z]+", meaning)]
    at, hits = 0, 0
    for letter in letters:
        following = next((n for n in range(at, len(words)) if words[n].startswith(letter)), None)
        if following is not None:
            hits, at = hits + 1, following + 1
        elif at and letter in words[at - 1] and len(words[at - 1]) <= 6:
            hits += 1
    return hits >= 0.7 * len(letters)


def _spelled_before(before: str, term: str) -> str | None:
    """The words just before a bracketed abbreviation that it stands for."""
    words = before.split()
    letters = [letter.lower() for letter in term.rstrip("s") if letter.isalpha()]
    for count in range(len(letters), min(len(words), len(letters) + 4) + 1):
        candidate = words[-count:] if count else []
        initials = [word[0].lower() for word in candidate if word.lower() not in _SMALL]
        every = [word[0].lower() for word in candidate]
        if candidate and (initials == letters or every == letters):
            return " ".join(candidate).strip("'\"‘’“”,(")
    return None


def totals(line: str, place: Locator) -> Iterator[PlanKey]:
    """The totals that a line states: how many actions, or how many of a colour or state."""
    if "action" not in line.lower() or len(line) > 1500:
        return
    for match in _TOTAL.finditer(line):
        what = match["state"] or re.sub(
            r"^(are|is|were)\s+|currently\s+|now\s+", "", match["what"], flags=re.IGNORECASE
        )
        if re.search(r"\b(in|per|each|every|the next|these)\s*$", line[: match.start()].lower()):
            continue
        number = "0" if match["number"].lower() in {"no", "none", "zero"} else match["number"]
        if number == "0" and _counted(what) in {"actions", "action"}:
            continue
        if number.isdigit():
            yield entry(KeyKind.STATED_TOTAL, _counted(what), number, place, match[0])


def _counted(what: str) -> str:
    """What is counted: a colour, a state, or all actions."""
    words = what.lower().split()
    return next((word for word in words if re.fullmatch(NAMES, word)), None) or " ".join(words).replace(
        "action ", "actions "
    )
