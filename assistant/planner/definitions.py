"""Questions about what a word, an abbreviation or a colour means, and about the plans themselves."""

import re
from dataclasses import dataclass

from assistant.planner.candidates.states import COLOURS
from assistant.planner.text import FUNCTION_WORDS, pattern, phrase, phrases
from assistant.planner.titles import PLAN_NOUN

_TERM = (
    r"[\"']?(?:an? |the )?(?:(?:term|words?|abbreviation|acronym|initials|letters|phrase) )?[\"']?"
    r"(?P<term>[\w&./'=,-]+(?: [\w&./'=,-]+){0,5}?)[\"']?"
)
_END = r"(?=\s*(?:\?|$|\.|,| (?:in|on|for|under|to|within|as used|here|by|at) \b))"
_MEANS = (
    pattern(
        rf"(?:what(?:'s|s)?|who|explain|(?:is|are)(?= \S+ short for))(?: (?:what|is|are|was|does|do|did))* {_TERM}(?: actually| really| is| are)?"
        r"(?<!\Wi) (?:stand(?:s|ing)? for|means?|meant|refers?|short for|signif(?:y|ies)|denotes?|represents?)\b(?! to (?:run|happen|be|do|start|deliver|have))"
    ),
    pattern(
        r"(?:(?:what(?:'s|s)?(?: is)?|give me)(?: the)? (?:meaning|definition|expansion|full (?:form|name|title|version)|long form) (?:of|for)|meant by|define"
        r"|spell out|expand|decode|de-?jargon|unpack|explain (?:the )?(?:term|word|abbreviation|acronym|initials|phrase|meaning of)|who or what (?:is|are))"
        rf" {_TERM}{_END}"
    ),
    pattern(rf"(?:know|tell me) what {_TERM} (?:is|are)(?=\W*$)"),
    pattern(rf"^\W*{_TERM} (?:stands? for|(?:is )?short for)(?=\W)"),
    pattern(
        rf"^\W*(?:what(?:'s|s)?(?: is| are)? |(?:is|are) )?{_TERM}(?:\s*[-–—,:]+\s*(?:(?:is|are) (?:this|that|it|they) )?| )"
        r"(?:an? [\w' ]{3,25}(?:,| or) ?)+(?:or )?what(?: exactly)?(?=\W*$)"
    ),
)
_ALONE = rf"(?=\s*(?:\?|$|\.|,| (?:in|on) (?:(?:the|this|that|our|your) (?:[\w'-]+ ){{0,4}}?{PLAN_NOUN}|\w+'s|[\d-]+)\b| here\b| (?:when|where|as|if) \b))"
_PAIR = pattern(
    r"(?:what(?:'s|s| is) the difference between|^\W*(?:is|are|does)) (?:an? |the )?(?P<one>[\w&' -]{2,40}?)"
    r" (?:and|the same(?: thing)? as|means?|different (?:from|to)) (?:an? |the )?(?P<two>[\w&' -]{2,40}?)(?=\W*$)"
)
_SHORT = re.compile(
    rf"^\W*(?:(?:and )?what(?:'s|s| is| are| was)?|who(?:'s|s| is| are)(?! the)) {_TERM}{_ALONE}".replace(" ", r"\s+")
)
_BARE = re.compile(r"^\W*(?P<term>[A-Za-z][\w&.-]{1,7})\s*(?:=\s*)?\?$")
_NAME = phrase("colour_names")
_COLOUR = phrase("colour_words")
_COLOUR_TERM = pattern(
    rf"(?:{_COLOUR}|colou?r (?:key|code|coding|scheme)|key|legend|status (?:key|colours?)|b?rag (?:key|scale|scheme|system))"
    rf"(?:[ -](?:rated|rating|rag|status|key))?(?:(?:,| and| or|,? and) (?:{_NAME}))*"
)
_INITIALS = re.compile(r"[bragy](?:(?:,|/|\s|and|or|&)+[bragy]){1,4}")
_ABOUT_COLOURS = phrases("about_colours")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question about meanings: the terms asked about, whether they are colours, and the characters that ask."""

    terms: tuple[str, ...]
    colours: bool
    span: tuple[int, int]


def spot_meaning(raw: str, low: str, known: frozenset[str]) -> Meaning | None:
    """The terms whose meaning is asked; None for another question.

    Args: known, abbreviations and terms that a glossary or a plan's key explains, in lower case.
    """
    if match := _ABOUT_COLOURS.search(low):
        return Meaning(_colours_in(match.group()), True, match.span())
    pair = _PAIR.search(low)
    if pair and {pair["one"].strip(), pair["two"].strip()} <= known:
        return Meaning((raw[slice(*pair.span("one"))], raw[slice(*pair.span("two"))]), False, pair.span())
    if of_these := _OF_THESE.search(low):  # "DLT and CEB in the 2014 plan - what do they stand for?"
        found = tuple(dict.fromkeys(_LETTERS.findall("" if raw.isupper() else raw[: of_these.start()])))
        one = {"that", "this", "it"} & set(of_these.group().split())
        if found:
            return Meaning(found[-1:] if one else found, False, of_these.span())
    if match := next(filter(None, (regex.search(low) for regex in _MEANS)), None):
        return _meaning(raw, match)
    match = _SHORT.search(low) or _BARE.search(raw)
    if match and _COLOUR_TERM.fullmatch(match.group("term").lower()) and match.end("term") < len(low.rstrip(" ?.")):
        return None  # "what is red in the plan?" asks for rows
    term = raw[match.start("term") : match.end("term")].strip(" '\"?.") if match else ""
    explained = term.lower() in known or re.fullmatch(r"[A-Z][A-Za-z]*[A-Z&][A-Za-z&/.0-9-]*|[A-Z]{2,8}s?", term)
    return _meaning(raw, match) if match and explained else None


_CLAUSE = re.compile(r"^(?:in|on|of|for|from|at|under|within)\b|\b(?:is|are|was|were|has|have)\b")
"""What no term holds: "what in the plan is still meant to start"."""


def _meaning(raw: str, match: re.Match[str]) -> Meaning | None:
    term = raw[match.start("term") : match.end("term")].strip(" '\"?.")
    low = term.lower()
    if not term or all(word in FUNCTION_WORDS for word in low.split()) or _CLAUSE.search(low):
        return None
    if _COLOUR_TERM.fullmatch(low.removeprefix("the ")) or _INITIALS.fullmatch(low) or low in tuple("bragy"):
        return Meaning(_colours_in(low), True, match.span())
    terms = tuple(part.strip() for part in re.split(r",\s*|\s+(?:and|or)\s+", term))
    listed = all(re.fullmatch(r"[A-Za-z&/.]{2,8}", part) for part in terms)
    return Meaning(terms if listed else (term,), False, match.span())


def _colours_in(low: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(COLOURS[word] for word in re.findall(rf"\b({'|'.join(COLOURS)})s?\b", low)))


_OF_THESE = phrases("of_these")
_LETTERS = re.compile(r"\b[A-Z][A-Za-z&]*[A-Z]\b")


_HELD = phrases("held")
_CLAUSE_START = re.compile(r"(?:^|[,.;:?!\x00-]|\b(?:and|or|but|so|me|us|know|see|say|exactly))\W*$")
_ABOUT_PLAN = phrases("about_plan")


def asks_for_sources(low: str, plan_named: bool, rest: str) -> str:
    """What is asked of the plans themselves: "held", which there are; "dated", the date of one; else nothing. `rest` is
    `low` with what is understood taken out."""
    if _HELD.search(low):
        return "held"
    match = _ABOUT_PLAN.search(rest) if plan_named else None
    if not match or not _CLAUSE_START.search(rest[: match.start()]):
        return ""
    dated = r"(?:when|(?:on |in )?what (?:date|year)|(?:what is|what's|whats) the|how (?:old|recent))\b"
    return "dated" if re.match(dated, match.group()) else "held"
