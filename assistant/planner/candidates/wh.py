"""Asking who, when, why, how, and how far."""

import re
from collections.abc import Iterator

from assistant.conditions import Field
from assistant.lexicon import small
from assistant.planner.candidates.ways import (
    FIELDS,
    LIKELY,
    SURE,
    WEAK,
    WHILE,
    Asking,
    Named,
    also,
    heads,
    is_particular,
    opens,
    rows_named,
    words_after,
)
from assistant.planner.spots import Kind
from assistant.planner.text import Text, longest
from assistant.planner.wording import word_list
from assistant.query_plan import Intent, Wanted


def why_(text: Text, named: Named) -> Iterator[Asking]:
    hits = heads(text, "why", named)
    if not hits or any(hit.concept == "who" for hit in text.of("ask", "who")):
        return
    first = hits[0].first
    if first > 3 and re.match(
        r"\W*(?:what|which|list|show)\b.*\band\s+(?:say\s+)?(?:why|what's the hold up|the reason)\b", text.low
    ):
        return
    rows = named.refs or named.has(Kind.STATE, Kind.LATE, Kind.OWNER, Kind.SECTION)
    intent = Intent.LOOKUP if rows else Intent.NARRATIVE
    yield Asking(intent, wanted=Wanted.REASON, claim=True, particular=True, score=SURE - first / 100)


def result_(text: Text, _: Named) -> Iterator[Asking]:
    if text.says("wanted", "result", sure=True) and not rows_named(text, plural=True):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.RESULT, score=LIKELY + 0.5)


_OBLIGED = frozenset(word_list("has have need needs is are supposed meant"))


def _owns(text: Text, at: int) -> bool:
    """Whether the words after "who" are of holding work or of having to do it; "who attended" asks the prose."""
    passing = small("wh_small")
    if any(at <= hit.first <= at + 4 for hit in text.of("order", "most", "fewest")):
        return True
    for number in range(at, min(at + 7, len(text.words))):
        word = text.words[number].low
        if word == "must" or (word in _OBLIGED and text.low.startswith("to ", text.words[number].end + 1)):
            return True
        if any(hit.first == number for hit in text.of("verb", "own")) and word not in passing:
            return True
        if word not in passing:
            return False
    return True


def who_(text: Text, named: Named) -> Iterator[Asking]:
    asked, one = (Field.OWNER, *also(text, Field.OWNER)), is_particular(text, named) or named.refs
    for hit in longest(h for h in text.hits if h.role == "ask" and h.concept == "who"):
        word = text.words[hit.first].low
        of_plan = word == "whose" and re.match(r"\s+(?:plan|council|document|report)\b", text.low[text.span(hit)[1] :])
        if not opens(text, hit.first, named) or of_plan or (word == "whose" and hit.first):
            continue
        if word in ("who", "who's", "whos", "whom") and not _owns(text, hit.last):
            yield Asking(Intent.NARRATIVE, score=LIKELY)
            return
        why, score = text.says("ask", "why", sure=True), SURE - 0.2 - hit.first / 100
        asked += (Field.STATUS,) if why and Field.DUE not in asked else ()
        yield Asking(Intent.OWNER, asked, Wanted.REASON if why else None, claim=why, particular=one, score=score)
        return


_HOW_LATE = re.compile(
    r"\bhow\s+(?:(?:many\s+(?:days|weeks|months)|long)\b.*|(?:far\s+|much\s+)?(?:\w+\s+){0,3}?)\b(?:overdue|late|behind|past|until|left)\b"
)


def _dated(text: Text, named: Named) -> Iterator[Asking]:
    """A field of dates by its name: "timescale for R2.4"."""
    hit = next((h for h in text.of("field", "due", "start", "completed_on", sure=True)), None)
    if not hit or len(text.words) > 8 or named.has(Kind.GAP) or text.says("doubt") or rows_named(text, plural=True):
        return
    near = hit.first <= 4 or hit.last == len(text.words)
    if hit.first <= 1 or (near and _NAMES_DATE.match(text.low)):
        one = named.refs or is_particular(text, named)
        yield Asking(Intent.DATE, (FIELDS[hit.concept],), particular=one, score=LIKELY)


_NAMES_DATE = re.compile(r"\W*(?:what|whats|what's|the|start|completion)\b|[\w. ]+\b(?:deadline|date|timescale)s?\W*$")


def when_(text: Text, named: Named) -> Iterator[Asking]:
    one = named.refs or is_particular(text, named)
    if _HOW_LATE.search(text.low):
        yield Asking(Intent.DATE, (Field.DUE,), claim=named.refs, particular=one, score=SURE)
        return
    hits = [hit for hit in heads(text, "when", named) if hit.first or not WHILE.match(text.low)]
    hits = [h for h in hits if not re.match(r"how\s+long", text.low[text.span(h)[0] :])]
    if not hits:
        yield from _dated(text, named)
        return
    rest = words_after(text, hits[0])
    past = re.match(r"\s*(?:was|were|did|had)\b(?!.*\b(?:due|meant|supposed|to be|planned)\b)", rest)
    if past and any(text.span(h)[0] >= text.span(hits[0])[1] for h in text.of("verb", "event")):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.DATE, particular=True, score=SURE - hits[0].first / 100)
        return
    done = any(h.concept == "complete" for h in text.of("state")) and not re.search(
        r"\b(?:will|should|would|must|to be|due|meant|going to|expected)\b", rest
    )
    field = Field.COMPLETED_ON if done else Field.START if text.says("field", "start") else Field.DUE
    asked = (field, *[f for f in also(text, field) if f is not Field.DUE])
    yield Asking(Intent.DATE, asked, particular=one, score=SURE - 0.2 - hits[0].first / 100)


_GOES = re.compile(r"\b(?:doing|going|getting on|coming|shaping|faring|performing|moving|looking|progress\w*)\b")


def progress_(text: Text, named: Named) -> Iterator[Asking]:
    hits = longest(h for h in text.hits if h.role == "ask" and h.concept == "progress")
    hits = [hit for hit in hits if opens(text, hit.first, named) or hit.length > 1]
    bare = [hit for hit in hits if hit.length == 2 and text.words[hit.first].low in ("how", "hows", "how's")]
    if len(bare) == len(hits) and not (_GOES.search(text.low) if hits else _asks_status(text, named)):
        return
    if named.refs or (is_particular(text, named) and _asks_status(text, named)):
        yield Asking(Intent.STATUS, _state_asked(text), particular=not named.refs, score=SURE - 0.5)
    elif hits or named.documents:
        yield Asking(Intent.PROGRESS, (Field.STATUS,), score=LIKELY + 0.4)
    else:
        yield Asking(Intent.PROGRESS, (Field.STATUS,), score=WEAK)


def _state_asked(text: Text) -> tuple[Field, ...]:
    """The state, or the colour where that is named: "the RAG for R2.4"."""
    first = Field.RAG if re.search(r"\b(?:b?rag|colour|rating)\b", text.low) else Field.STATUS
    return (first, *also(text, first))


def _asks_status(text: Text, named: Named) -> bool:
    """ "Status of R2.4", "R2.4 status?", "where has 1.3 got to"."""
    if any(spot.kind is Kind.GAP for spot in named.spots) or (rows_named(text, plural=True) and not named.refs):
        return False
    for hit in text.of("field", "status", "status_text"):
        if hit.doubtful and not (named.refs or text.words[hit.first].low in ("position", "state", "update")):
            continue
        after = text.words[hit.last].low if hit.last < len(text.words) else ""
        if after in ("", "of", "on", "for", "with", "about", "and") or hit.last == len(text.words):
            return hit.first <= 5 or hit.last == len(text.words)
    return False


def how_(text: Text, named: Named) -> Iterator[Asking]:
    known = [
        h
        for h in text.of("field", "success_measure", sure=True)
        if text.words[h.first].low == "how" or not text.says("rows")
    ]
    if known and (named.refs or opens(text, known[0].first, named)):
        if named.refs:
            yield Asking(Intent.LOOKUP, (Field.MEASURE,), score=SURE)
        elif text.words[known[0].first].low in ("how", "what"):
            yield Asking(Intent.NARRATIVE, wanted=Wanted.MANNER, score=SURE)
        return
    hits = [
        h
        for h in heads(text, "how", named)
        if text.words[h.last - 1].low != "how"
        or (h.last < len(text.words) and text.words[h.last].low not in ("many", "much", "old", "late", "overdue"))
    ]
    if hits and not any(h.first == hits[0].first and h.length > 2 for h in text.of("ask", "progress")):
        yield Asking(
            Intent.LOOKUP if named.refs else Intent.NARRATIVE,
            wanted=None if named.refs else Wanted.MANNER,
            score=WEAK + 0.5,
        )
