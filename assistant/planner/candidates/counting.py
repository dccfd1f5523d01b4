"""Asking for a number, a share, an amount of money, what has changed."""

import re
from collections.abc import Iterator, Sequence

from assistant.conditions import Field
from assistant.lexicon import Hit, small
from assistant.planner.candidates.ways import AUX, LIKELY, SURE, Asking, Named, opens, rows_named
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text, longest
from assistant.query_plan import Intent, Wanted


def change_(text: Text, named: Named) -> Iterator[Asking]:
    hits = [hit for hit in text.of("wanted") if hit.concept == "change"]
    if any(_of_things(text, hit, named) for hit in hits):  # "what has changed on supervision"
        yield Asking(Intent.NARRATIVE, wanted=Wanted.RESULT, score=SURE + 1)
    elif hits:
        fields = (("due", Field.DUE), ("owner", Field.OWNER))
        asked = next((f for n, f in fields if text.says("field", n, sure=True)), Field.STATUS)
        yield Asking(Intent.SOURCES, (asked,), Wanted.CHANGE, score=SURE + 1)


_MEANT = re.compile(
    r"\b(?:should|must|ought|target(?:s|ed)?|aim\w*|meant|supposed|expect\w*|hope[ds]?|intend\w*|required|want\w*|will|to be)\b"
)
_ASKS_AFTER = re.compile(
    r"\b(?:what|what's|whats|which|is|are|how much|there|any|the|does|was|our|we|in)\s+(?:the\s+|is\s+the\s+|our\s+|any\s+|much\s+)?$"
)


def number_(text: Text, named: Named) -> Iterator[Asking]:
    """A figure that no field holds: "what is the vacancy rate", "state the percentage of visits made in time"."""
    hits = text.of("wanted", "number")
    rows = rows_named(text) or named.refs or named.has(Kind.LATE, Kind.OWNER, Kind.SECTION)
    rows = rows or any(s.kind is Kind.STATE and not re.search(r"\w", text.low[s.end :]) for s in named.spots)
    if hits and not rows:
        figure = Wanted.TARGET if _MEANT.search(text.low) else Wanted.NUMBER
        yield Asking(Intent.NARRATIVE, wanted=figure, particular=True, score=SURE)


def _of_things(text: Text, hit: Hit, named: Named) -> bool:
    """Whether "on" or its like follows, and a thing that is neither rows nor a plan."""
    following = text.words[hit.last : hit.last + 4]
    after = [word.start for word in following[1:] if word.low not in _SMALL]
    if not after or following[0].low not in _ON or named.plan_at(after[0]):
        return False
    known = (text.words[one.first].start <= after[0] < text.words[one.last - 1].end for one in text.of("docs"))
    return not any(known) and not any(spot.start <= after[0] < spot.end for spot in named.spots)


_ON = frozenset(["on", "in", "with", "about", "around", "for"])


def money_(text: Text, _: Named) -> Iterator[Asking]:
    for hit in text.of("wanted", "money"):
        start = text.span(hit)[0]
        ends = hit.last == len(text.words) and not hit.doubtful and text.words[0].low not in AUX
        direct = _ASKS_AFTER.search(text.low[:start]) or "how much" in text.low or ends
        if direct and not rows_named(text) and not re.match(r"\W*(?:which|who|when)\b", text.low):
            yield Asking(Intent.NARRATIVE, wanted=Wanted.MONEY, particular=True, score=SURE)
            return


_TALLY = re.compile(r"\b(?:mentioned|mention|appear|times)\b")
_SAID_OF_ROWS = small("counting_said_of_rows")
_SMALL = small("counting_small")


def counts_rows(text: Text, hit: Hit, named: Named) -> bool:
    """Whether rows are counted: a word for them, something said of them, or nothing at all follows; no other thing."""
    rows = {n for row in rows_named(text) for n in range(row.first, row.last)}
    groups = {n for group in text.of("group") for n in range(group.first, group.last)}
    for number in range(hit.last, len(text.words)):
        word = text.words[number]
        plural_group = number in groups and word.low.endswith("s")
        if number in rows or plural_group:
            return True
        if any(s.start <= word.start < s.end and not s.negated for s in named.spots):
            return True
        if named.plan_at(word.start) or (word.low in _SMALL and number < len(text.words) - 1):
            continue
        if word.low in _SAID_OF_ROWS:
            return True
        return any(n in rows for n in range(number, min(number + 4, len(text.words))) if not _parted(text, number, n))
    return True


def _parted(text: Text, first: int, last: int) -> bool:
    return any(
        text.words[n].low in _SAID_OF_ROWS | {"by", "for", "to", "with", "of", "from", "and", "who"}
        for n in range(first, last)
    )


def count_(text: Text, named: Named) -> Iterator[Asking]:
    if named.refs and text.of("field", "days_late"):
        yield Asking(Intent.DATE, (Field.DAYS_LATE,), claim=True, score=SURE + 1)
        return
    figure = Wanted.TARGET if _MEANT.search(text.low) else Wanted.NUMBER
    for hit in longest(h for h in text.hits if h.role == "ask" and h.concept == "share"):
        if "how much of" in text.low[text.span(hit)[0] :][:12] and not (named.documents or named.rows):
            continue
        rows = counts_rows(text, hit, named) or named.has(Kind.STATE)
        rows = rows or any(s.kind is Kind.LATE and not s.negated for s in named.spots)
        counted = Asking(Intent.COUNT, share=True, score=SURE)
        yield counted if rows else Asking(Intent.NARRATIVE, wanted=figure, particular=True, score=SURE)
        return
    for hit in text.of("ask", "count"):
        after = text.words[hit.last].low if hit.last < len(text.words) else ""
        if after in ("days", "weeks", "months", "long"):
            continue
        if counts_rows(text, hit, named) or _TALLY.search(text.low[text.span(hit)[1] :][:30]):
            yield Asking(Intent.COUNT, score=SURE if opens(text, hit.first, named) else LIKELY)
        elif not hit.doubtful:
            yield Asking(Intent.NARRATIVE, wanted=figure, particular=True, score=SURE)
        return


_SHARE_OF = re.compile(
    r"(?<!that )(?<!which )(?<!who )\b(?:is|are|was|were|has|have|had|does|do|did|belongs?|sits?|falls?|lies)\b"
)


def said_of_share(spots: Sequence[Spot], text: Text) -> list[Spot]:
    """What is said of the share where no state is: "what percentage of the plan has the panel as its lead"."""
    share = next(iter(text.of("ask", "share")), None)
    verb = _SHARE_OF.search(text.low, text.span(share)[1]) if share else None
    return [s for s in spots if verb and s.start >= verb.end()]
