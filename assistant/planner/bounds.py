"""A stated bound, "no", "fewer than half of", "exactly 37": the question asks of any row, and their number is judged."""

import re

from assistant.planner.wording import NUMBERS
from assistant.query_plan import Bound, Relation

_SHARES = {"half": (1, 2), "a third": (1, 3), "two thirds": (2, 3), "a quarter": (1, 4), "three quarters": (3, 4)}
_RELATIONS = {
    Relation.FEWER: r"(?:fewer|less) than|under|below",
    Relation.MORE: "more than|over|above",
    Relation.AT_MOST: "at most|no more than|not more than|up to",
    Relation.AT_LEAST: "at least|no fewer than|no less than|not fewer than|not less than",
    Relation.ALL_BUT: "all but|all except",
    Relation.EXACTLY: "exactly|precisely|just|only",
}
_AMOUNT = rf"(?P<amount>most(?= of\b| [\w' ]*?actions\b)|\d+(?:\s?%| percent| per cent)?|{'|'.join(sorted([*_SHARES, *NUMBERS], key=len, reverse=True))})"
_HEAD = (
    r"(?P<head>^\W*(?:(?:and|so|but|then)\s+)?(?:is it (?:true|right|correct|the case)(?: that)?\s+(?:there\s+)?)?"
    r"(?:(?:is|are|was|were|do|does|did|has|have)\s+)?(?:there\s+)?(?:been\s+)?)"
)
_BOUND = re.compile(
    rf"{_HEAD}(?P<said>(?:(?P<relation>{'|'.join(_RELATIONS.values())})\s+)?{_AMOUNT})"
    r"(?P<of>\s+of\b)?(?!\s+(?:days?|weeks?|months?|years?|times?)\b)(?=\s)",
    re.IGNORECASE,
)
_LACKS = (
    r"(?!\s+(?:owners?|leads?|sponsors?|due|dates?|status|deadlines?|colours?|rag|rating|completion|longer|more)\b)"
)
_NONE = re.compile(rf"{_HEAD}(?P<said>no|none|not any|not a single|not one|zero)(?P<of>\s+of\b)?(?=\s){_LACKS}", re.I)
_NOBODY = re.compile(
    r"(?P<head>^\W*(?:is it (?:true|right|correct|the case)(?: that)?|is|are|was|were|do|does|did|has|have)\b[^?,;]{0,60}?)"
    r"\b(?P<said>nobody|no[ -]one|nothing|no(?=\s+(?:actions?|tasks?|rows?|items?)\b))\b(?!\s+(?:recorded|written|said|wrong|to|else)\b)",
    re.I,
)
_ANY = {"nobody": "anybody", "nothing": "anything", "no": "any"}
_TAG = re.compile(r",\s*(?:correct|right|true|yes|is that (?:so|right|correct|true))\W*$", re.I)
"""After a statement that is to be confirmed: "there are 30 overdue actions, correct?"."""
_POLAR = re.compile(r"^\W*(?:(?:and|so|but|then)\s+)?(?:is|are|was|were|do|does|did|has|have)\b", re.I)


def bounded(text: str) -> tuple[str, Bound | None]:
    """The question as it is asked of any row, and the bound that it sets to their number; itself where it sets none."""
    asked = f"is it true that {text[: tag.start()].strip()}?" if (tag := _TAG.search(text)) else text
    if not _POLAR.match(asked):
        return text, None
    if asked is not text:
        found_in = bounded(asked)
        return found_in if found_in[1] else (text, None)
    none = _NOBODY.match(text) or _NONE.match(text)
    if none:
        word = _ANY.get(none["said"].lower(), "anybody" if none.re is _NOBODY else "any")
        return _asked(text, none, word), Bound(Relation.AT_MOST, 0)
    found = _BOUND.match(text)
    if not found or not (found["relation"] or found["of"] or re.match(r"\s+[\w ]*?actions\b", text[found.end() :])):
        return text, None
    said, amount = (found["relation"] or "").lower(), found["amount"].lower()
    relation = next((one for one, words in _RELATIONS.items() if re.fullmatch(words, said)), Relation.EXACTLY)
    part, parts = _SHARES.get("half" if amount == "most" else amount, (0, 0))
    if amount == "most":
        relation = Relation.MORE
    elif not parts:
        digits = re.match(r"\d+", amount)
        part, parts = int(digits[0]) if digits else NUMBERS[amount], 100 if digits and digits[0] != amount else 0
    elif not said and not re.search(r"\bit\b", found["head"]):  # "is it true that there are 30" states the number
        relation = Relation.AT_LEAST
    return _asked(text, found, "any"), Bound(relation, part, parts)


def _asked(text: str, found: re.Match[str], word: str) -> str:
    return f"{text[: found.start('said')]}{word}{text[found.end('said') :]}"
