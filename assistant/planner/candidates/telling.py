"""Asking for rows, for what a row or the prose says, for what to worry about."""

import re
from collections.abc import Iterator

from assistant.lexicon import Hit
from assistant.planner.candidates.ways import (
    LIKELY,
    SURE,
    WEAK,
    Asking,
    Named,
    fields_asked,
    heads,
    is_particular,
    rows_named,
)
from assistant.planner.spots import Kind
from assistant.planner.text import Text, longest
from assistant.query_plan import Intent, Wanted


def say_(text: Text, named: Named) -> Iterator[Asking]:
    hits = longest(h for h in text.hits if h.role == "ask" and h.concept == "say")
    if any(s.kind is Kind.REF and getattr(s.condition, "operator", "") == "contains" for s in named.spots):
        return
    if hits and named.refs:
        yield Asking(Intent.LOOKUP, score=LIKELY + 0.3)
    elif re.search(
        r"\b(?:supposed|meant|expected|intended)\s+to\s+(?:cover|include|involve|say|do|deliver|achieve|contain|look\s+at|address)\b",
        text.low,
    ):
        yield Asking(Intent.LOOKUP, particular=True, score=LIKELY)
    elif named.refs and _SHOW.match(text.low) and not rows_named(text, plural=True):
        yield Asking(Intent.LOOKUP, score=WEAK + 0.5)


_SHOW = re.compile(r"\W*(?:what|whats|what's|tell|describe|explain|quote|read|show)\b")
_RECALLED = re.compile(
    r"\bwhat\s+(?:have|has|did)\s+(?:we|they|the\s+council|\w+)\s+(?:said|promised|agreed|committed|planned)\b|\bwhat\s+(?:do|does)\b.*\b(?:say|says)\s+(?:about|on|regarding|concerning|for)\b"
)


def prose_(text: Text, named: Named) -> Iterator[Asking]:
    """What the prose says, where no word is for rows."""
    if rows_named(text) or named.refs or _RECALLED.search(text.low):
        return
    asks = re.search(r"\b(?:what|which|describe|explain|tell me|whats|list|name|summari[sz]e|where|how)\b", text.low)
    noun = any(not _of_work(text, hit) and not named.holds(*text.span(hit)) for hit in text.of("prose"))
    filtered = named.has(Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.OWNER, Kind.GAP)
    says = any(hit.first > 1 for hit in text.of("verb", "say"))
    told = says and not filtered and re.match(r"\W*(?:and\s+)?(?:what|which|where)\b", text.low)
    if (asks and (noun or told)) or _HAPPENED.search(text.low):
        yield Asking(Intent.NARRATIVE, score=LIKELY)


_HAPPENED = re.compile(r"\bwhat happened\b|\bbeen (?:asked|told|heard|consulted|listened)\b")
_WORK = re.compile(r"(?:discussion|meeting|group|board|panel|officer|training|policy|policie|register|assessment)s?")


def _of_work(text: Text, hit: Hit) -> bool:
    """The noun is part of the name of some work: "strategy discussions", "risk assessments"."""
    return hit.last < len(text.words) and bool(_WORK.fullmatch(text.words[hit.last].low))


def list_(text: Text, named: Named) -> Iterator[Asking]:
    asks = ("what", "which", "what's", "whats")
    hits = [h for h in heads(text, "list", named) if text.words[h.first].low not in asks]
    hits = [h for h in hits if text.shouted or not text.raw[text.span(h)[0] :].split()[0].isupper()]
    if hits:
        yield Asking(Intent.LIST, tuple(fields_asked(text)), score=WEAK + 0.2)
    elif rows_named(text, plural=True) or named.has(Kind.STATE, Kind.LATE, Kind.COLOUR, Kind.GAP):
        yield Asking(Intent.LIST, tuple(fields_asked(text)), score=WEAK - 0.3)


_PLANNED = re.compile(
    r"\bwhat\s+happens\b|\b(?:planned|proposed|promised|in\s+place|there|happening|going\s+on|scheduled|offered|available|on\s+offer|intended|doing|being done|left|next)\b"
)


_MENTIONED = re.compile(
    r"\bwhere\b[^?.;]*\b(?:(?:comes?|crops?|pops?|turns?|shows?)\s+up|mention\w*|appears?|features?)\b"
)


def what_(text: Text, named: Named) -> Iterator[Asking]:
    match = re.search(r"\b(?:what|what's|whats|which|where|explain|describe)\b", text.low)
    rows = bool(rows_named(text, plural=True)) or (named.rows and not named.refs)
    several = rows or (match and match[0] == "which") or _PLANNED.search(text.low) or _MENTIONED.search(text.low)
    if match and (several or not is_particular(text, named)):
        yield Asking(Intent.LIST, tuple(fields_asked(text)), score=WEAK - 0.2)
    elif match:
        yield Asking(Intent.LOOKUP, particular=True, score=WEAK - 0.2)


_BEARS_ON = re.compile(
    r"concern(?:s|ing)?\s+(?!(?:about|over|with|on|around|regarding|are|is|was|were|do|does|did|should|have|has|and|or|at|in|for|to|that|there|i|we)\b)\w"
)
"""A verb with its object, "actions that concern neglect": what rows are about, and nobody's worry."""


def concerns_(text: Text, named: Named) -> Iterator[Asking]:
    asks = max((at for at, mark in text.stops if mark == "." and at < len(text.low.rstrip(" .?!"))), default=0)
    hits = [hit for hit in text.of("ask", "concerns", sure=True) if text.span(hit)[0] >= asks]
    hits = [hit for hit in hits if not _BEARS_ON.match(text.low, text.span(hit)[0])]
    if hits and not named.refs:
        yield Asking(Intent.PROGRESS, (), Wanted.CONCERNS, score=SURE + 0.3)
