"""Requests to change the register: recognised, refused, and the facts asked in the same breath kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.planner.wording import plain

_START = r"(?:^|[.;:!?]\s*|,\s*|\b(?:and|then|please|can you|could you|would you|will you|i want you to|i'd like you to|go ahead and|now|just|to)\s+)"
_ORDERED = re.compile(
    r"(?i)\b(?:as (?:the|an?|your) [\w' -]{2,40}?,?\s+)?i (?:hereby )?(?:instruct|order|direct|authori[sz]e|command|ask|require|need|request|tell|want) you to(?=\s)"
)
_CHANGE = re.compile(
    rf"{_START}(?P<verb>(?:re-?(?=mark|assign|rate|set|open|name))?(?:mark|set|change|update|edit|delete|amend|correct|assign|rename|reopen|close|approve|cancel|extend|postpone|move|overwrite"
    r"|replace|reset|record|log|tick off|sign off|push back|insert|add|remove|turn|switch|make|fix|flag|save|archive|re-?rate|upload))\s+"
    r"(?P<object>(?:up\s+)?(?:all|every|the|this|that|these|those|its|their|action|actions|row|rows|ref|[a-z]{0,3}\d[\w.]*|an?|my|due|owner|status|\w+ (?:actions?|rows?|plan))\b(?:[^?.!;]|\.(?=\d))*)"
)
_TARGET = re.compile(
    r"\s+(?:as|to|into|from|with|on|out of)\s+(?!the\s+(?:plan|register)|all\b)[^.?!;,]*?(?=\s+(?:and|then|,)\s+(?:then\s+)?(?:give|tell|show|list|what|how|which|report|count|send)\b|[.?!;]|$)"
)
_NOT_A_CHANGE = re.compile(
    r"^(?:add up|update (?:me|us)|make (?:a )?(?:list|table|sense)|move on|make sure|set out|record of|log of|flag up|fix on)\b"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A request to change the register: the question without it, and its words."""

    text: str
    words: str


def change_requested(text: str, following_up: bool) -> Change | None:
    """The request to change something that the question makes, if it makes one.

    Args: following_up, True after an earlier question: "add the ambers" then widens that question and changes nothing.
    """
    text = _ORDERED.sub("please", text)
    low = plain(text)
    match = _CHANGE.search(low)
    if not match or _NOT_A_CHANGE.match(low[match.start("verb") :]):
        return None
    verb = match.group("verb")
    if (
        following_up
        and verb in ("add", "remove", "move", "switch", "change", "replace", "make")
        and not re.search(r"\b(?:as|to|from the (?:plan|register))\b", match.group("object"))
    ):
        return None
    start, end = match.start("verb"), match.end()
    tail = re.search(
        r"\s+(?:and|then)\s+(?:then\s+)?(?=(?:give|tell|show|list|what|how|which|report|count|send)\b)", low[start:end]
    )
    clause_end = start + tail.start() if tail else end
    clause = text[match.start("object") : clause_end]
    target = _TARGET.search(plain(clause))
    kept = clause[: target.start()] + clause[target.end() :] if target else clause
    asked = f"{text[:start]} {text[start + tail.end() :] if tail else text[end:]}".strip(" ,.;")
    asked = re.sub(
        r"(?i)^(?:please|can you|could you|would you|will you|i want you to|go ahead and|and|then|now|just)(?:\s+(?:please|now|just))*$",
        "",
        asked,
    ).strip()
    return Change(f"{kept.strip()}. {asked}".strip(" .") if asked else kept.strip(), text[start:clause_end])
