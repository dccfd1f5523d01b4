"""Asking whether something is so, or putting it forward as true."""

import re
from collections.abc import Iterator

from assistant.conditions import Field
from assistant.lexicon import Hit
from assistant.planner.candidates.ways import (
    AUX,
    DEFINITE,
    LIKELY,
    MANY,
    PRONOUNS,
    SURE,
    WEAK,
    WHETHER_EACH,
    WHILE,
    Asking,
    Named,
    rows_named,
)
from assistant.planner.spots import Kind
from assistant.planner.text import Text, preamble
from assistant.query_plan import Intent

_TAG = re.compile(
    r"[,\s]+(?:right|correct|yes|true|(?:does|is|has|are|do|have|did|was|were)n't (?:it|they|that|he|she)|is that right)\s*\?$"
)


def polar_(text: Text, named: Named) -> Iterator[Asking]:
    start = _main(text, named)
    first = text.words[start].low if start < len(text.words) else ""
    truth = _asks_truth(text, named)
    if first not in AUX and not truth:
        yield from _bare_state(text, named)
        return
    low = text.low[text.words[start].start :]
    second = text.words[start + 1].low if start + 1 < len(text.words) else ""
    several = second in MANY
    if (second in PRONOUNS and not truth) or (several and not truth):
        intent = Intent.PROGRESS if several else Intent.STATUS
        yield Asking(intent, (Field.STATUS,), claim=True, particular=not several, polar=True, score=LIKELY)
        return
    if _WHETHER_OWNED.search(low):
        one = not rows_named(text, plural=True)
        yield Asking(Intent.OWNER, (Field.OWNER,), particular=one, polar=True, score=LIKELY + 0.4)
        return
    if _THERE.match(low) or (not truth and _ANY.search(low)):
        yield Asking(Intent.LIST, polar=True, score=LIKELY + 0.2)
        return
    if first in ("can", "could", "would", "should", "will") and second in ("i", "you", "we") and not truth:
        return
    if _PLANNING.match(low) or (_SPEAKING.match(low) and not truth):
        yield Asking(Intent.LIST, polar=True, score=LIKELY)
        return
    yield from _claimed(text, named, start, truth)


_THERE = re.compile(r"(?:is|are|was|were)\s+there\b")
_ANY = re.compile(r"\b(?:any|anything|something|anyone|anybody)\b")
_PLANNING = re.compile(
    r"(?:is|are)\s+(?:the\s+)?\w+\s+(?:doing|planning|taking|working|tackling|addressing|committing|going to)\b"
)
_SPEAKING = re.compile(
    r"(?:do|does|did|has|have)\b[^?]{0,40}?"
    r"\b(?:mention|include|cover|contain|say|address|deal|talk|refer|commit|plan|promise|propose)s?\b"
)
_WHETHER_OWNED = re.compile(
    r"^(?:is|are)\s+there\s+(?:an?|any)\s+(?:named\s+|clear\s+|single\s+)?(?:owner|lead|sponsor|lead officer|person)\b"
    r"|\b(?:any|some)(?:one|body)\b[^?]{0,20}?\b(?:own|lead|leading|responsible|accountable|assigned|in charge)\b"
)
_WH = frozenset(["how", "who", "what", "when", "which", "where", "why"])


def _asks_truth(text: Text, named: Named) -> bool:
    """Whether something is put forward as true; "confirm how many ..." asks how many."""
    hits = [hit for hit in text.of("ask", "whether") if not named.holds(*text.span(hit))]
    hits = [hit for hit in hits if not any(word.low in _WH for word in text.words[hit.last : hit.last + 1])]
    rows = rows_named(text)
    hits = [hit for hit in hits if not any(row.last == hit.first - 1 for row in rows)]  # "the action to confirm ..."
    states = [s.start for s in named.spots if s.kind in (Kind.STATE, Kind.LATE, Kind.COMPLETED)]

    def of_each(hit: Hit) -> bool:  # "the actions on X, stating whether each is done"
        ends = [start for start in states if WHETHER_EACH.search(text.low[text.span(hit)[0] : start])]
        return bool(ends) and any(row.last <= hit.first for row in rows)

    return not all(map(of_each, hits)) or bool(_TAG.search(text.low))


_EVERY = re.compile(
    r"^(?:and\s+|so\s+)?\w+(?:n't)?\s+(?:all|every|everything|both|each|half|most|they all|those all)\b"
    r"|\b(?:all|every) (?:of )?(?:the|our|these|those)\b"
)
_GOT = re.compile(
    r"(?:have|has|do|does|did)\s+(?:we|they|you|the council)\s+(?:got|had|appointed|recruited|set up|have)\b"
)


def _claimed(text: Text, named: Named, start: int, truth: bool) -> Iterator[Asking]:
    """Whether what is said of rows is so."""
    first, low = text.words[start].low, text.low[text.words[start].start :]
    rows = bool(rows_named(text, plural=True))
    if _EVERY.search(low) or (truth and (rows or text.says("not"))) or (rows and not named.refs):
        score = SURE + 0.3 if truth else LIKELY + 0.1
        yield Asking(Intent.PROGRESS, (Field.STATUS,), claim=True, polar=True, score=score)
        return
    if _GOT.match(low):
        yield Asking(Intent.STATUS, (Field.STATUS,), particular=True, polar=True, score=LIKELY)
        return
    claimed = named.has(Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.COMPLETED, Kind.DUE, Kind.START)
    one = named.refs or DEFINITE.search(low) or re.search(r"\s[A-Z]\w+", text.raw) or truth
    if not one and first in ("is", "are", "has", "have", "was", "were"):
        yield Asking(Intent.LIST if claimed else Intent.PROGRESS, (Field.STATUS,), polar=True, score=WEAK + 0.3)
        return
    score = SURE + 0.3 if truth else WEAK + 0.8
    yield Asking(Intent.STATUS, (Field.STATUS,), claim=True, particular=True, polar=True, score=score)


_BARE = re.compile(r"(?:\s+(?:yet|now|already|or not))?\s*\?*\s*$")


def _bare_state(text: Text, named: Named) -> Iterator[Asking]:
    """ "R2.4 done?"."""
    ends = [s for s in named.spots if s.kind in (Kind.STATE, Kind.LATE) and _BARE.match(text.low[s.end :])]
    heads = any(text.says("ask", c) for c in ("who", "when", "why", "how", "count")) or re.search(
        r"^\W*(?:all|any)\b|\b(?:which|what|list|show)\b", text.low
    )
    if named.refs and ends and not heads:
        several = sum(len(getattr(s.condition, "values", ())) for s in named.spots if s.kind is Kind.REF) > 1
        intent = Intent.PROGRESS if several else Intent.STATUS
        yield Asking(intent, (Field.STATUS,), claim=True, polar=True, score=LIKELY)


_SAYS_WHO = re.compile(
    r"\W*(?:good|hello|hi|hey|dear|evening|morning|afternoon|sorry|i|i'm|i've|we|we're|we've|my|our)\b"
)


_OPENS = "|".join(sorted({*AUX, "how", "who", "what", "when", "which", "where", "why", "list", "show"}))
_NAMES_FIRST = re.compile(rf"(?:(?!\b(?:{_OPENS})\b)[^?.!,;:])+?(?:[,;:]|\s[-–])\s+(?=(?:{'|'.join(AUX)})\b)")
"""What the question is about, named before it begins: "on neglect, did we ...", "the audit - has it ..."."""
_WITHIN = frozenset(["in", "for", "on", "under", "within"])


def _main(text: Text, named: Named) -> int:
    """The index of the word with which the question itself begins, after greetings and openings."""
    while_ = WHILE.match(text.low) or _NAMES_FIRST.match(text.low)
    at = text.at(while_.end() if while_ else preamble(text)) if while_ or _SAYS_WHO.match(text.low) else 0
    while at < len(text.words):
        polite = [hit for hit in text.of("courtesy") if hit.first == at and hit.last < len(text.words)]
        hit, word = max(polite, key=lambda hit: hit.last, default=None), text.words[at].low
        if word in AUX and not (hit and hit.length > 1):
            return at
        after = text.words[at + 1].start if at + 1 < len(text.words) else 0
        plan = named.plan_at(text.words[at].start) or (word in _WITHIN and named.plan_at(after))
        if hit:
            at = hit.last
        elif plan or word in ("and", "but", "or", "so"):
            at += 1
        else:
            return at
    return 0
