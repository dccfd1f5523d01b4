"""Asking for a number, a share, an amount of money, what has changed."""

import re
from collections.abc import Iterator, Sequence

from assistant.conditions import Field
from assistant.lexicon import Hit, small
from assistant.planner.candidates.ways import LIKELY, SURE, Asking, Named, opens
from assistant.planner.spots import Spot
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


def _of_things(text: Text, hit: Hit, named: Named) -> bool:
    """Whether "on" or the like follows, and a thing that is neither rows nor a plan."""
    following = text.words[hit.last : hit.last + 4]
    after = [word.start for word in following[1:] if word.low not in _SMALL]
    if not after or following[0].low not in _ON or named.plan_at(after[0]):
        return False
    known = (text.words[one.first].start <= after[0] < text.words[one.last - 1].end for one in text.of("docs"))
    return not any(known) and not any(spot.start <= after[0] < spot.end for spot in named.spots)


_ON = frozenset(["on", "in", "with", "about", "around", "for"])


_SMALL = small("counting_small")


def count_(text: Text, named: Named) -> Iterator[Asking]:
    if named.refs and text.of("field", "days_late"):
        yield Asking(Intent.DATE, (Field.DAYS_LATE,), claim=True, score=SURE + 1)
        return
    for hit in longest(h for h in text.hits if h.role == "ask" and h.concept == "share"):
        if "how much of" not in text.low[text.span(hit)[0] :][:12] or named.documents or named.rows:
            yield Asking(Intent.COUNT, share=True, score=SURE)
            return
    for hit in text.of("ask", "count"):
        after = text.words[hit.last].low if hit.last < len(text.words) else ""
        if after not in ("days", "weeks", "months", "long"):
            yield Asking(Intent.COUNT, score=SURE if opens(text, hit.first, named) else LIKELY)
            return


_SHARE_OF = re.compile(
    r"(?<!that )(?<!which )(?<!who )\b(?:is|are|was|were|has|have|had|does|do|did|belongs?|sits?|falls?|lies)\b"
)


def said_of_share(spots: Sequence[Spot], text: Text) -> list[Spot]:
    """What is said of the share where no state is: "what percentage of the plan has the panel as its lead"."""
    share = next(iter(text.of("ask", "share")), None)
    verb = _SHARE_OF.search(text.low, text.span(share)[1]) if share else None
    return [s for s in spots if verb and s.start >= verb.end()]
