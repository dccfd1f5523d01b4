"""Ways in which a question may be asking, each with a score: what it wants, and whether what it says is a claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.conditions import Field
from assistant.lexicon import Hit
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text, longest
from assistant.query_plan import Intent, Wanted

SURE, LIKELY, WEAK, DEFAULT = 4.0, 3.0, 2.0, 0.5


@dataclass(frozen=True, slots=True)
class Asking:
    """What is wanted. `intent` is None where the question does not say ("and for the other plan?")."""

    intent: Intent | None = None
    asked: tuple[Field, ...] = ()
    wanted: Wanted | None = None
    share: bool = False
    """A count beside its total: "how many out of", "what share"."""
    claim: bool = False
    """States, colours and dates in the question are to be confirmed, not filtered on."""
    particular: bool = False
    """The question is about one particular thing, not about every row on a subject."""
    polar: bool = False
    """Whether it is asked if something is so."""
    score: float = DEFAULT
    by: str = "default"
    """Which recogniser read it so."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the question names, as far as its way of asking depends on it."""

    spots: Sequence[Spot]
    documents: bool
    plans: Sequence[tuple[int, int]] = ()
    """The characters that name plans."""

    def plan_at(self, place: int) -> bool:
        return any(start <= place < end for start, end in self.plans)

    def has(self, *kinds: Kind) -> bool:
        return any(spot.kind in kinds for spot in self.spots)

    @property
    def refs(self) -> bool:
        return self.has(Kind.REF)

    @property
    def rows(self) -> bool:
        return any(spot.kind not in (Kind.SUBJECT, Kind.PLAN) for spot in self.spots)

    def holds(self, start: int, end: int) -> bool:
        return any(s.start <= start and end <= s.end for s in self.spots) or any(
            s <= start and end <= e for s, e in self.plans
        )


_LEADS = frozenset(
    [
        "and",
        "or",
        "but",
        "so",
        "then",
        "me",
        "us",
        "know",
        "see",
        "show",
        "say",
        "says",
        "out",
        "of",
        "on",
        "exactly",
        "also",
        "check",
        "please",
        "pls",
        "you",
        "just",
        "to",
        "tell",
        "about",
        "with",
        "by",
        "is",
        "list",
        "clear",
        "hi",
        "hello",
        "ok",
        "okay",
        "wondering",
        "ask",
        "if",
        "not",
        "plus",
    ]
)
_AUX = frozenset(
    [
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "do",
        "will",
        "hasn't",
        "haven't",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "didn't",
        "hasnt",
        "isnt",
        "havent",
        "arent",
        "doesn't",
        "can",
        "could",
        "should",
        "would",
    ]
)
_PRONOUNS = frozenset(["it", "this", "that"])
_MANY = frozenset(["they", "those", "these", "them"])
_SINGULAR_ROWS = frozenset(
    [
        "action",
        "task",
        "item",
        "row",
        "job",
        "entry",
        "one",
        "step",
        "thing",
        "piece",
        "milestone",
        "commitment",
        "promise",
    ]
)


def opens(text: Text, at: int, named: Named) -> bool:
    """Whether a word begins a clause: the "who" of "children who are in care" asks for nobody."""
    if at == 0:
        return True
    before, word = text.words[at - 1], text.words[at]
    if text.stopped(before.end, word.start) or before.low in _LEADS or named.holds(before.start, before.end):
        return True
    return any(hit.last == at for hit in text.of("courtesy"))


def rows_named(text: Text, plural: bool = False) -> list[Hit]:
    """Words for rows; with `plural`, only where several are meant."""
    found = text.of("rows", sure=True)
    return (
        [
            hit
            for hit in found
            if not plural
            or (text.words[hit.last - 1].low.endswith("s") and text.words[hit.last - 1].low not in _SINGULAR_ROWS)
        ]
        if plural
        else found
    )


_DEFINITE = re.compile(
    r"\b(?:the|our|its|their|this|that|a|an)\s+(?!plan\b|council\b|same\b|other\b|most\b|whole\b|number\b|date\b|status\b|owner\b|lead\b)[\w-]+"
)
_ON = re.compile(r"\b(?:on|about|regarding|concerning|around)\s+(?!the\b)[\w-]")


def is_particular(text: Text) -> bool:
    """True where a singular thing is named ("the neglect training"), not a subject ("neglect") or rows ("actions")."""
    return not rows_named(text, plural=True) and not _ON.search(text.low) and bool(_DEFINITE.search(text.low))


def _heads(text: Text, concept: str, named: Named) -> list[Hit]:
    hits = longest(h for h in text.hits if h.role == "ask" and h.concept == concept)
    return [hit for hit in hits if opens(text, hit.first, named)]


def _after(text: Text, hit: Hit) -> str:
    return text.low[text.words[hit.last - 1].end :]


Recogniser = Callable[[Text, Named], Iterator[Asking]]


def _change(text: Text, _: Named) -> Iterator[Asking]:
    if text.says("wanted", "change") and not re.search(r"\bmean\b|\bdifference between\b", text.low):
        fields = (("due", Field.DUE), ("owner", Field.OWNER))
        asked = next(
            (f for n, f in fields if text.says("field", n, sure=True) or (n == "due" and "slip" in text.low)),
            Field.STATUS,
        )
        yield Asking(Intent.SOURCES, (asked,), Wanted.CHANGE, score=SURE + 1)


_MEANT = re.compile(
    r"\b(?:should|must|ought|target(?:s|ed)?|aim\w*|meant|supposed|expect\w*|hope[ds]?|intend\w*|required|want\w*|will|to be)\b"
)
_ASKS_AFTER = re.compile(
    r"\b(?:what|what's|whats|which|is|are|how much|there|any|the|does|was|our|we|in)\s+(?:the\s+|is\s+the\s+|our\s+|any\s+|much\s+)?$"
)


def _money(text: Text, _: Named) -> Iterator[Asking]:
    for hit in text.of("wanted", "money"):
        start, _ = text.span(hit)
        direct = (
            bool(_ASKS_AFTER.search(text.low[:start]))
            or "how much" in text.low
            or (hit.last == len(text.words) and not hit.doubtful)
        )
        if direct and not rows_named(text) and not re.match(r"\W*(?:which|who|when)\b", text.low):
            yield Asking(Intent.NARRATIVE, wanted=Wanted.MONEY, particular=True, score=SURE)
            return


_TALLY = re.compile(r"\b(?:mentioned|mention|appear|times)\b")
_SAID_OF_ROWS = frozenset(
    [
        "are",
        "is",
        "have",
        "has",
        "do",
        "does",
        "did",
        "was",
        "were",
        "will",
        "still",
        "remain",
        "remains",
        "left",
        "on",
        "in",
        "at",
        "about",
        "there",
        "more",
        "need",
        "needs",
        "should",
        "must",
        "mention",
        "mentions",
        "got",
        "fall",
        "falls",
        "due",
        "not",
        "say",
        "says",
        "show",
        "shows",
        "been",
        "relate",
        "relates",
        "concern",
        "involve",
        "cover",
        "remain",
    ]
)
_SMALL = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "our",
        "their",
        "its",
        "all",
        "those",
        "these",
        "them",
        "that",
        "such",
        "different",
        "other",
        "total",
        "we",
        "altogether",
        "in",
        "now",
        "currently",
        "actually",
    ]
)


def counts_rows(text: Text, hit: Hit, named: Named) -> bool:
    """Whether rows are counted: a word for them, something said of them, or nothing at all follows; no other thing."""
    rows = {n for row in rows_named(text) for n in range(row.first, row.last)}
    groups = {n for group in text.of("group") for n in range(group.first, group.last)}
    for number in range(hit.last, len(text.words)):
        word = text.words[number]
        plural_group = (
            number in groups
            and word.low.endswith("s")
            and word.low not in ("staff", "people", "services", "teams", "managers", "officers")
        )
        if number in rows or (plural_group and not any(text.words[n].low == "of" for n in range(hit.last, number))):
            return True
        if any(s.start <= word.start < s.end and s.kind is not Kind.SUBJECT for s in named.spots):
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


def _count(text: Text, named: Named) -> Iterator[Asking]:
    figure = Wanted.TARGET if _MEANT.search(text.low) else Wanted.NUMBER
    for hit in longest(h for h in text.hits if h.role == "ask" and h.concept == "share"):
        if "how much of" in text.low[text.span(hit)[0] :][:12] and not (named.documents or named.rows):
            continue
        rows = counts_rows(text, hit, named)
        yield (
            Asking(Intent.COUNT, share=True, score=SURE)
            if rows or (named.has(Kind.STATE, Kind.LATE) and not text.says("people"))
            else Asking(Intent.NARRATIVE, wanted=figure, particular=True, score=SURE)
        )
        return
    for hit in text.of("ask", "count"):
        after = text.words[hit.last].low if hit.last < len(text.words) else ""
        if after in ("days", "weeks", "months", "long") or (hit.doubtful and text.says("ask", "count", sure=True)):
            continue
        if counts_rows(text, hit, named) or _TALLY.search(_after(text, hit)[:30]):
            yield Asking(Intent.COUNT, score=SURE if opens(text, hit.first, named) else LIKELY)
        elif not hit.doubtful:
            yield Asking(Intent.NARRATIVE, wanted=figure, particular=True, score=SURE)
        return


def _person(text: Text, named: Named) -> Iterator[Asking]:
    if text.says("wanted", "person", sure=True) and not rows_named(text):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.PERSON, particular=True, score=SURE + 0.5)
    match = re.match(
        r"\W*(?:and\s+)?who(?:'s|s|\s+is|\s+are|\s+was)\s+(?:the|our)\s+(?P<post>[\w&' -]+?)\s*\?*$", text.low
    )
    if (
        match
        and not text.says("field", "owner", sure=True)
        and not re.search(r"\b(?:for|on|of)\b", match["post"])
        and not named.refs
    ):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.PERSON, particular=True, score=SURE)


def _why(text: Text, named: Named) -> Iterator[Asking]:
    hits = _heads(text, "why", named)
    if not hits or any(hit.concept == "who" for hit in text.of("ask", "who")):
        return
    first = hits[0].first
    if first > 3 and re.match(
        r"\W*(?:what|which|list|show)\b.*\band\s+(?:say\s+)?(?:why|what's the hold up|the reason)\b", text.low
    ):
        return
    rows = named.refs or named.has(Kind.STATE, Kind.LATE, Kind.OWNER, Kind.SECTION)
    yield Asking(
        Intent.LOOKUP if rows else Intent.NARRATIVE, wanted=Wanted.REASON, claim=True, particular=True, score=SURE
    )


def _result(text: Text, named: Named) -> Iterator[Asking]:
    if text.says("wanted", "result", sure=True) and not rows_named(text, plural=True) and not named.has(Kind.GAP):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.RESULT, score=LIKELY + 0.5)


def _owns(text: Text, at: int) -> bool:
    """Whether the verb after "who" is one of holding or doing work; "who attended" and "who oversees" ask the prose."""
    small = frozenset(
        [
            "in",
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "had",
            "will",
            "would",
            "should",
            "must",
            "can",
            "the",
            "been",
            "being",
            "to",
            "does",
            "do",
            "did",
            "currently",
            "actually",
            "that",
            "i",
            "we",
            "you",
        ]
    )
    for number in range(at, min(at + 7, len(text.words))):
        word = text.words[number].low
        if any(hit.first == number for hit in text.of("verb", "own")) and word not in small:
            return True
        if word not in small:
            return False
    return True


def _who(text: Text, named: Named) -> Iterator[Asking]:
    for hit in longest(h for h in text.hits if h.role == "ask" and h.concept == "who"):
        if not opens(text, hit.first, named):
            continue
        bare = text.words[hit.first].low in ("who", "who's", "whos", "whom")
        if bare and not _owns(text, hit.last):
            yield Asking(Intent.NARRATIVE, score=LIKELY)
            return
        asked = [Field.OWNER, *_also(text, Field.OWNER)]
        why = text.says("ask", "why", sure=True) and "why" in text.low
        if why and Field.STATUS not in asked:
            asked.append(Field.STATUS) if Field.DUE not in asked else None
        yield Asking(
            Intent.OWNER,
            tuple(asked),
            Wanted.REASON if why else None,
            claim=why,
            particular=is_particular(text) or named.refs,
            score=SURE - 0.2,
        )
        return
    bare = re.search(r"\b(?:lead officer|lead|owner|sponsor)s?\s*\??$|^\W*(?:lead officer|owner|sponsor)\b", text.low)
    if bare and not named.has(Kind.GAP) and not rows_named(text, plural=True):
        asked = [Field.OWNER, *_also(text, Field.OWNER)]
        yield Asking(Intent.OWNER, tuple(asked), particular=is_particular(text), score=WEAK)


def _also(text: Text, first: Field) -> list[Field]:
    """Further fields that are asked about in the same breath, by their names."""
    found: list[Field] = []
    joined = re.search(r"\b(?:and|,|-|plus|with)\b", text.low)
    for hit in text.of("ask", "who", "when"):
        field = Field.OWNER if hit.concept == "who" else Field.DUE
        if field is not first and joined:
            found.append(field)
    for hit in fields_asked(text):
        found.append(hit)
    return [field for field in dict.fromkeys(found) if field is not first]


_FIELDS = {
    "owner": Field.OWNER,
    "due": Field.DUE,
    "start": Field.START,
    "completed_on": Field.COMPLETED_ON,
    "status": Field.STATUS,
    "status_text": Field.STATUS_TEXT,
    "success_measure": Field.MEASURE,
    "outcome": Field.OUTCOME,
    "ref": Field.REF,
    "rag": Field.RAG,
    "place": Field.PLACE,
    "days_late": Field.DAYS_LATE,
}
_ASKING_FIELD = re.compile(
    r"(?:\bwith|\band|,|\bplus|\bincluding|\binc|\bshow(?:ing)?|[-:])\s*(?:the\s+|their\s+|its\s+|all\s+|any\s+|each\s+|an?\s+|who\s+the\s+|what\s+the\s+|how\s+)?$"
)


def fields_asked(text: Text) -> list[Field]:
    """Fields named as columns of the answer: "with owner", "- actions, dates, complete or not, and how they will know"."""
    found: list[Field] = []
    for hit in longest(h for h in text.hits if h.role == "field" and h.concept in _FIELDS):
        start, end = text.span(hit)
        after = text.words[hit.last].low if hit.last < len(text.words) else ""
        ends = (
            not after
            or text.stopped(end, text.words[hit.last].start)
            or after in ("and", "or", "please", "pls", "plus", "too", "for", "each", "in", "is", "of", "against")
        )
        if (
            ends
            and _ASKING_FIELD.search(text.low[:start])
            and text.words[hit.first].low not in ("who", "when", "which", "what")
        ):
            found.append(_FIELDS[hit.concept])
    return list(dict.fromkeys(found))


_HOW_LATE = re.compile(
    r"\bhow\s+(?:(?:many\s+(?:days|weeks|months)|long)\b.*|(?:far\s+|much\s+)?(?:\w+\s+){0,3}?)\b(?:overdue|late|behind|past|until|left)\b"
)
_DUE_WORDS = re.compile(
    r"\b(?:due|to be|meant|supposed|planned|expected|scheduled|deadline|target|by when|should|will|start\w*|begin|began|finish\w*|complet\w+|done|run)\b"
)


def _when(text: Text, named: Named) -> Iterator[Asking]:
    one = named.refs or is_particular(text)
    if _HOW_LATE.search(text.low) and not text.says("order", "longest_late"):
        yield Asking(Intent.DATE, (Field.DUE,), claim=named.refs, particular=one, score=SURE)
        return
    hits = _heads(text, "when", named)
    hits = [h for h in hits if not re.match(r"how\s+long", text.low[text.span(h)[0] :])] or [
        h for h in hits if named.refs
    ]
    if not hits:
        named_field = next((h for h in text.of("field", "due", "start", "completed_on", sure=True)), None)
        short = (
            len(text.words) <= 8
            and named_field
            and not named.has(Kind.GAP)
            and not text.says("doubt")
            and not rows_named(text, plural=True)
        )
        if (
            short
            and named_field
            and (named_field.first <= 4 or named_field.last == len(text.words))
            and re.match(
                r"\W*(?:what|whats|what's|the|date|deadline|due|target|start|completion|[\w. ]+\b(?:deadline|date|timescale)s?\W*$)",
                text.low,
            )
        ):
            yield Asking(
                Intent.DATE, (_FIELDS[named_field.concept],), particular=named.refs or is_particular(text), score=LIKELY
            )
        return
    rest = _after(text, hits[0])
    past = re.match(r"\s*(?:was|were|did|had)\b", rest)
    if (
        past
        and any(text.span(h)[0] >= text.span(hits[0])[1] for h in text.of("verb", "event"))
        and not re.search(r"\b(?:due|meant|supposed|to be|planned)\b", rest)
        and not rows_named(text)
    ):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.DATE, particular=True, score=SURE)
        return
    done = text.says("field", "completed_on", sure=True) or (
        any(h.concept == "complete" for h in text.of("state"))
        and not re.search(r"\b(?:will|should|would|must|to be|due|meant|going to|expected)\b", rest)
    )
    begun = text.says("field", "start")
    field = Field.COMPLETED_ON if done else Field.START if begun and not re.search(r"\bdue\b", rest) else Field.DUE
    yield Asking(
        Intent.DATE,
        (field, *[f for f in _also(text, field) if f is not Field.DUE]),
        particular=named.refs or is_particular(text),
        score=SURE - 0.1,
    )


def _progress(text: Text, named: Named) -> Iterator[Asking]:
    hits = longest(h for h in text.hits if h.role == "ask" and h.concept == "progress")
    hits = [hit for hit in hits if opens(text, hit.first, named) or hit.length > 1]
    bare = [hit for hit in hits if hit.length == 2 and text.words[hit.first].low in ("how", "hows", "how's")]
    if not hits and not _asks_status(text, named):
        return
    if (
        hits
        and len(bare) == len(hits)
        and not re.search(
            r"\b(?:doing|going|getting on|coming|shaping|faring|performing|moving|looking|progress\w*)\b", text.low
        )
    ):
        return
    if named.refs or (is_particular(text) and _asks_status(text, named)):
        yield Asking(
            Intent.STATUS, (Field.STATUS, *_also(text, Field.STATUS)), particular=not named.refs, score=SURE - 0.5
        )
    elif hits or named.documents or is_particular(text):
        yield Asking(Intent.PROGRESS, (Field.STATUS,), score=LIKELY + 0.4)
    else:
        yield Asking(Intent.PROGRESS, (Field.STATUS,), score=WEAK)


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


def _how(text: Text, named: Named) -> Iterator[Asking]:
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
    if text.says("wanted", "frequency"):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.MANNER, score=SURE)
        return
    if (
        re.search(
            r"\bhow\s+(?:will|do|does|would|can|shall|are|is)\s+(?:[\w'-]+\s+){1,5}?(?:know|tell|measure[d]?|judge[d]?|be sure|evidence|monitored)\b",
            text.low,
        )
        and not named.refs
    ):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.MANNER, score=SURE)
        return
    if re.match(r"\W*(?:and\s+)?by how much\b", text.low):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.NUMBER, particular=True, score=SURE)
    hits = [
        h
        for h in _heads(text, "how", named)
        if text.words[h.last - 1].low != "how"
        or (h.last < len(text.words) and text.words[h.last].low not in ("many", "much", "old", "late", "overdue"))
    ]
    if hits and not any(h.first == hits[0].first and h.length > 2 for h in text.of("ask", "progress")):
        yield Asking(
            Intent.LOOKUP if named.refs else Intent.NARRATIVE,
            wanted=None if named.refs else Wanted.MANNER,
            score=WEAK + 0.5,
        )


_TAG = re.compile(
    r"[,\s]+(?:right|correct|yes|true|(?:does|is|has|are|do|have|did|was|were)n't (?:it|they|that|he|she)|is that right)\s*\?$"
)


def _polar(text: Text, named: Named) -> Iterator[Asking]:
    start = _main(text)
    first = text.words[start].low if start < len(text.words) else ""
    truth = text.says("ask", "whether") or bool(_TAG.search(text.low))
    if first not in _AUX and not truth:
        yield from _bare_state(text, named)
        return
    low = text.low[text.words[start].start :]
    second = text.words[start + 1].low if start + 1 < len(text.words) else ""
    several = second in _MANY
    every = re.match(
        r"(?:and\s+|so\s+)?\w+(?:n't)?\s+(?:all|every|everything|both|each|half|most|they all|those all)\b", low
    ) or re.search(r"\b(?:all|every) (?:of )?(?:the|our|these|those)\b", low)
    if (second in _PRONOUNS and not truth) or (several and not truth):
        yield Asking(
            Intent.PROGRESS if several else Intent.STATUS,
            (Field.STATUS,),
            claim=True,
            particular=not several,
            polar=True,
            score=LIKELY,
        )
        return
    if re.match(r"(?:is|are|was|were)\s+there\b", low) or (
        re.search(r"\b(?:any|anything|something|anyone|anybody)\b", low) and not truth
    ):
        yield Asking(Intent.LIST, polar=True, score=LIKELY + 0.2)
        return
    if first in ("can", "could", "would", "should", "will") and second in ("i", "you", "we") and not truth:
        return
    if re.match(
        r"(?:is|are)\s+(?:we|they|the council|the plan|it|\w+)\s+(?:doing|planning|taking|working|tackling|addressing|committing|going to)\b",
        low,
    ):
        yield Asking(Intent.LIST, polar=True, score=LIKELY)
        return
    if (
        re.match(
            r"(?:do|does|did|has|have)\b[^?]{0,40}?\b(?:mention|include|cover|contain|say|address|deal|talk|refer|commit|plan|promise|propose)s?\b",
            low,
        )
        and not truth
    ):
        yield Asking(Intent.LIST, polar=True, score=LIKELY)
        return
    if (
        every
        or (truth and (rows_named(text, plural=True) or text.says("not")))
        or (rows_named(text, plural=True) and not named.refs)
    ):
        yield Asking(
            Intent.PROGRESS, (Field.STATUS,), claim=True, polar=True, score=SURE + 0.3 if truth else LIKELY + 0.1
        )
        return
    if re.match(
        r"(?:have|has|do|does|did)\s+(?:we|they|you|the council)\s+(?:got|had|appointed|recruited|set up|have)\b", low
    ):
        yield Asking(Intent.STATUS, (Field.STATUS,), particular=True, polar=True, score=LIKELY)
        return
    claimed = named.has(Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.COMPLETED, Kind.DUE, Kind.START)
    if not (named.refs or _DEFINITE.search(low) or re.search(r"\s[A-Z]\w+", text.raw) or truth) and first in (
        "is",
        "are",
        "has",
        "have",
        "was",
        "were",
    ):
        yield Asking(Intent.LIST if claimed else Intent.PROGRESS, (Field.STATUS,), polar=True, score=WEAK + 0.3)
        return
    yield Asking(
        Intent.STATUS,
        (Field.STATUS,),
        claim=True,
        particular=True,
        polar=True,
        score=SURE + 0.3 if truth else WEAK + 0.8,
    )


_BARE = re.compile(r"(?:\s+(?:yet|now|already|or not))?\s*\?*\s*$")


def _bare_state(text: Text, named: Named) -> Iterator[Asking]:
    """ "R2.4 done?"."""
    ends = [s for s in named.spots if s.kind in (Kind.STATE, Kind.LATE) and _BARE.match(text.low[s.end :])]
    heads = any(text.says("ask", c) for c in ("who", "when", "why", "how", "count")) or re.match(
        r"\W*(?:which|what|list|show|all|any)\b", text.low
    )
    if named.refs and ends and not heads:
        yield Asking(Intent.STATUS, (Field.STATUS,), claim=True, polar=True, score=LIKELY)


def _main(text: Text) -> int:
    """The index of the word with which the question itself begins, after greetings and openings."""
    at = 0
    while at < len(text.words):
        hit = next(
            (
                h
                for h in sorted(text.of("courtesy"), key=lambda h: -h.last)
                if h.first == at and h.last < len(text.words)
            ),
            None,
        )
        word = text.words[at].low
        if word in _AUX and not (hit and hit.length > 1):
            return at
        if hit:
            at = hit.last
        elif word in ("and", "but", "or", "so"):
            at += 1
        else:
            return at
    return 0


def _say(text: Text, named: Named) -> Iterator[Asking]:
    hits = longest(h for h in text.hits if h.role == "ask" and h.concept == "say")
    if hits and named.refs and not (rows_named(text, plural=True) and re.search(r"\b(?:list|all)\b", text.low)):
        yield Asking(Intent.LOOKUP, score=LIKELY + 0.3)
    elif re.search(
        r"\b(?:supposed|meant|expected|intended)\s+to\s+(?:cover|include|involve|say|do|deliver|achieve|contain|look\s+at|address)\b",
        text.low,
    ):
        yield Asking(Intent.LOOKUP, particular=True, score=LIKELY)
    elif (
        named.refs
        and re.match(r"\W*(?:what|whats|what's|tell|describe|explain|quote|read|show)\b", text.low)
        and not rows_named(text, plural=True)
    ):
        yield Asking(Intent.LOOKUP, score=WEAK + 0.5)


_RECALLED = re.compile(
    r"\bwhat\s+(?:have|has|did)\s+(?:we|they|the\s+council|\w+)\s+(?:said|promised|agreed|committed|planned)\b|\bwhat\s+(?:do|does)\b.*\b(?:say|says)\s+(?:about|on|regarding|concerning|for)\b"
)


def _prose(text: Text, named: Named) -> Iterator[Asking]:
    """What the prose says, where no word is for rows."""
    if rows_named(text) or named.refs or _RECALLED.search(text.low):
        return
    asks = re.search(
        r"\b(?:what|which|describe|explain|tell me(?: about)?|whats|what's|list|name|summari[sz]e|where|how)\b",
        text.low,
    )
    noun = any(not _of_work(text, hit) for hit in text.of("prose"))
    verb = [hit for hit in text.of("verb", "say") if hit.first > 1]
    if (
        (asks and noun)
        or (
            asks
            and verb
            and not named.has(Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.OWNER, Kind.GAP)
            and re.match(r"\W*(?:and\s+)?(?:what|which|where)\b", text.low)
        )
        or re.search(r"\b(?:happened at|what happened|consulted|been asked|say about us)\b", text.low)
    ):
        yield Asking(Intent.NARRATIVE, score=LIKELY)


def _of_work(text: Text, hit: Hit) -> bool:
    """The noun is part of the name of some work: "strategy discussions", "risk assessments"."""
    after = text.words[hit.last].low if hit.last < len(text.words) else ""
    return bool(
        re.fullmatch(
            r"discussions?|meetings?|groups?|boards?|panels?|officers?|training|polic(?:y|ies)|registers?|assessments?|training",
            after,
        )
    )


_OF_KIND = re.compile(
    r"^\W*(?:and\s+)?(?:which|what)\s+(?P<noun>[a-z-]+(?<!s)|(?:two|three|four|five|six|\d)\s+[a-z-]+)\s+(?:\w+\s+)?(?:is|are|was|were|will|would|does|do|did|has|have|[a-z]+(?:s|ed))\b"
)


def _kind(text: Text, named: Named) -> Iterator[Asking]:
    """One thing of a kind that no field holds: "which university provides the training"."""
    match = _OF_KIND.match(text.low)
    if not match or named.rows or named.refs or rows_named(text):
        return
    first = text.at(match.start("noun"))
    other = any(
        hit.first <= first < hit.last
        for hit in (
            *text.of("group"),
            *text.of("docs"),
            *text.of("field"),
            *text.of("rows"),
            *text.of("ask", "who", "when"),
            *text.of("colour"),
            *text.of("ask", "progress"),
        )
    )
    if not other and match["noun"] not in (
        "is",
        "are",
        "was",
        "of",
        "else",
        "about",
        "does",
        "do",
        "happen",
        "one",
        "work",
        "action",
        "has",
        "have",
        "will",
        "did",
        "to",
        "plan",
    ):
        yield Asking(Intent.NARRATIVE, particular=True, score=LIKELY)


def _list(text: Text, named: Named) -> Iterator[Asking]:
    hits = [
        h for h in _heads(text, "list", named) if text.words[h.first].low not in ("what", "which", "what's", "whats")
    ]
    hits = [h for h in hits if text.shouted or not text.raw[text.span(h)[0] :].split()[0].isupper()]
    if hits:
        yield Asking(Intent.LIST, score=WEAK + 0.2)
    elif rows_named(text, plural=True) or named.has(Kind.STATE, Kind.LATE, Kind.COLOUR, Kind.GAP):
        yield Asking(Intent.LIST, score=WEAK - 0.3)


_PLANNED = re.compile(
    r"\bwhat\s+happens\b|\b(?:planned|proposed|promised|in\s+place|there|happening|going\s+on|scheduled|offered|available|on\s+offer|intended|doing|being done|left|next)\b"
)


def _what(text: Text, named: Named) -> Iterator[Asking]:
    match = re.search(r"\b(?:what|what's|whats|which|where|explain|describe)\b", text.low)
    if not match:
        return
    if (
        match.group() == "which"
        or _PLANNED.search(text.low)
        or rows_named(text)
        or (named.rows and not named.refs)
        or not is_particular(text)
    ):
        yield Asking(Intent.LIST, score=WEAK - 0.2)
    else:
        yield Asking(Intent.LOOKUP, particular=True, score=WEAK - 0.2)


def _concerns(text: Text, named: Named) -> Iterator[Asking]:
    hits = text.of("ask", "concerns", sure=True)
    if (
        hits
        and not named.refs
        and not (
            rows_named(text, plural=True)
            and re.match(r"\W*(?:which|list|show)\b", text.low)
            and not re.search(r"\bthings?\b|\bquestions?\b", text.low)
        )
    ):
        yield Asking(Intent.PROGRESS, (), Wanted.CONCERNS, score=SURE + 0.3)


RECOGNISERS: tuple[Recogniser, ...] = (
    _concerns,
    _change,
    _money,
    _count,
    _person,
    _why,
    _result,
    _who,
    _when,
    _progress,
    _how,
    _polar,
    _say,
    _prose,
    _kind,
    _list,
    _what,
)


def askings(text: Text, named: Named) -> list[Asking]:
    """Every way in which the question may be asking, the best first; a default last, which says that it is one."""
    found = [
        replace(one, by=recogniser.__name__.strip("_")) for recogniser in RECOGNISERS for one in recogniser(text, named)
    ]
    polar = any(one.polar for one in found)
    found = [replace(one, polar=one.polar or (polar and one.by in ("who", "when"))) for one in found]
    return [*sorted(found, key=lambda one: -one.score), Asking()]
