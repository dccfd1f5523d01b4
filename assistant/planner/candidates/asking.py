"""Ways in which a question may be asking, each with a score: what it wants, and whether what it says is a claim."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.conditions import Field
from assistant.lexicon import Hit, any_of, one_of, small
from assistant.planner.candidates.ways import (
    AUX,
    DEFINITE,
    LIKELY,
    SURE,
    WEAK,
    WHETHER_EACH,
    WHILE,
    Asking,
    Named,
    also,
    asks_somebody,
    fields_asked,
    goes_on,
    heads,
    is_particular,
    of_things,
    opens,
    rows_named,
)
from assistant.planner.spots import Kind
from assistant.planner.text import Text
from assistant.query_plan import Intent, Wanted

_STATUS = (Field.STATUS,)


# ---------------------------------------------------------------- a number, a share, what has changed


def change_(text: Text, named: Named) -> Iterator[Asking]:
    hits = [hit for hit in text.of("wanted") if hit.concept == "change"]
    if any(of_things(text, hit, named) for hit in hits):  # "what has changed on supervision"
        yield Asking(Intent.NARRATIVE, wanted=Wanted.RESULT, score=SURE + 1)
    elif hits:
        fields = (("due", Field.DUE), ("owner", Field.OWNER))
        asked = next((f for n, f in fields if text.says("field", n, sure=True)), Field.STATUS)
        yield Asking(Intent.SOURCES, (asked,), Wanted.CHANGE, score=SURE + 1)


def count_(text: Text, named: Named) -> Iterator[Asking]:
    if named.refs and text.of("field", "days_late"):
        yield Asking(Intent.DATE, (Field.DAYS_LATE,), claim=True, score=SURE + 1)
        return
    for hit in text.of("ask", "share"):
        if "how much of" not in text.low[text.span(hit)[0] :][:12] or named.documents or named.rows:
            yield Asking(Intent.COUNT, share=True, score=SURE)
            return
    for hit in text.of("ask", "count"):
        if text.word(hit.last) not in ("days", "weeks", "months", "long"):
            yield Asking(Intent.COUNT, score=SURE if opens(text, hit.first, named) else LIKELY)
            return


# ---------------------------------------------------------------- rows, what a row or the prose says, what to worry about


def say_(text: Text, named: Named) -> Iterator[Asking]:
    if not named.refs or any(getattr(s.condition, "operator", "") == "contains" for s in named.of(Kind.REF)):
        return
    if text.of("ask", "say"):
        yield Asking(Intent.LOOKUP, score=LIKELY + 0.3)
    elif text.begins("say_opens") and not rows_named(text, plural=True):
        yield Asking(Intent.LOOKUP, score=WEAK + 0.5)


def prose_(text: Text, named: Named) -> Iterator[Asking]:
    """What the prose says, where no word is for rows."""
    if rows_named(text) or named.refs:
        return
    prose = (hit for hit in text.of("prose") if not named.holds(*text.span(hit)))
    noun = any(not re.fullmatch(any_of("prose_work"), text.word(hit.last)) for hit in prose)
    filtered = named.has(Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.OWNER, Kind.GAP)
    says = any(hit.first > 1 for hit in text.of("verb", "say")) and not filtered
    told = says and re.match(r"\W*(?:and\s+)?(?:what|which|where)\b", text.low)
    asks = one_of("prose_asks").search(text.low) and (noun or told)
    if asks or named.prose_alone or one_of("prose_happened").search(text.low):
        yield Asking(Intent.NARRATIVE, score=SURE if named.prose_alone else LIKELY)


def list_(text: Text, named: Named) -> Iterator[Asking]:
    hits = [h for h in heads(text, "list", named) if text.word(h.first) not in ("what", "which", "what's", "whats")]
    hits = [h for h in hits if text.shouted or not text.raw[text.span(h)[0] :].split()[0].isupper()]
    if hits or rows_named(text, plural=True) or named.has(Kind.STATE, Kind.LATE, Kind.COLOUR, Kind.GAP):
        yield Asking(Intent.LIST, tuple(fields_asked(text)), score=WEAK + 0.2 if hits else WEAK - 0.3)


_MENTIONED = re.compile(
    r"\bwhere(?:'?s)?\b[^?.;]*\b(?:(?:comes?|crops?|pops?|turns?|shows?)\s+up|mention\w*|appears?|features?)\b"
)


def what_(text: Text, named: Named) -> Iterator[Asking]:
    match, mentioned = one_of("what_asks").search(text.low), _MENTIONED.search(text.low)
    rows = bool(rows_named(text, plural=True)) or (named.rows and not named.refs)
    several = rows or mentioned or (match and match[0] == "which")
    if match and (several or not is_particular(text, named)):
        yield Asking(Intent.LIST, tuple(fields_asked(text)), score=SURE if mentioned else WEAK - 0.2)
    elif match:
        yield Asking(Intent.LOOKUP, particular=True, score=WEAK - 0.2)


_BEARS_ON = re.compile(
    r"concern(?:s|ing)?\s+(?!(?:about|over|with|on|around|regarding|are|is|was|were|do|does|did|should|have|has|and|or|at|in|for|to|that|there|i|we)\b)\w"
)
"""A verb with its object, "actions that concern neglect": what rows are about, and nobody's worry."""


def concerns_(text: Text, named: Named) -> Iterator[Asking]:
    asks = max((at for at, mark in text.stops if mark == "." and at < len(text.low.rstrip(" .?!"))), default=0)
    said = [hit for hit in text.of("ask", "concerns", sure=True) if not asks_somebody(text, hit)]
    begins = (text.span(hit)[0] for hit in said)
    if not named.refs and any(at >= asks and not _BEARS_ON.match(text.low, at) for at in begins):
        yield Asking(Intent.PROGRESS, (), Wanted.CONCERNS, score=SURE + 0.3)


# ---------------------------------------------------------------- who, when, why, how, and how far

_WHY_TOO = re.compile(r"\W*(?:what|which|list|show)\b.*\band\s+(?:say\s+)?(?:why|what's the hold up|the reason)\b")


def why_(text: Text, named: Named) -> Iterator[Asking]:
    hits = heads(text, "why", named)
    if hits and not text.says("ask", "who") and not (hits[0].first > 3 and _WHY_TOO.match(text.low)):
        rows = named.has(Kind.REF, Kind.STATE, Kind.LATE, Kind.OWNER, Kind.SECTION)
        intent, score = Intent.LOOKUP if rows else Intent.NARRATIVE, SURE - hits[0].first / 100
        yield Asking(intent, wanted=Wanted.REASON, claim=True, particular=True, score=score)


def result_(text: Text, _: Named) -> Iterator[Asking]:
    if text.says("wanted", "result", sure=True) and not rows_named(text, plural=True):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.RESULT, score=LIKELY + 0.5)


def _owns(text: Text, at: int) -> bool:
    """Whether the words after "who" are of holding work or of having to do it; "who attended" asks the prose."""
    passing, owning = small("wh_small"), {hit.first for hit in text.of("verb", "own")}
    if any(at <= hit.first <= at + 4 for hit in text.of("order", "most", "fewest")):
        return True
    for number in range(at, min(at + 7, len(text.words))):
        word, to = text.word(number), text.low.startswith("to ", text.words[number].end + 1)
        if (
            (number == at and word in small("wh_also"))
            or word == "must"
            or (to and word in small("wh_obliged"))
            or (number in owning and word not in passing)
        ):
            return True
        if word not in passing:
            return False
    return True


def who_(text: Text, named: Named) -> Iterator[Asking]:
    asked, one = (Field.OWNER, *also(text, Field.OWNER)), is_particular(text, named) or named.refs
    for hit in text.of("ask", "who"):
        word = text.word(hit.first)
        of_plan = text.word(hit.last) in ("plan", "council", "document", "report")
        if not opens(text, hit.first, named) or (word == "whose" and (of_plan or goes_on(text, hit.first))):
            continue
        if word in ("who", "who's", "whos", "whom") and not _owns(text, hit.last):
            yield Asking(Intent.NARRATIVE, score=LIKELY)
            return
        why, score = text.says("ask", "why", sure=True), SURE - 0.2 - hit.first / 100
        asked += _STATUS if why and Field.DUE not in asked else ()
        yield Asking(Intent.OWNER, asked, Wanted.REASON if why else None, claim=why, particular=one, score=score)
        return


_HOW_LATE = re.compile(
    r"\bhow\s+(?:(?:many\s+(?:days|weeks|months)|long)\b.*|(?:far\s+|much\s+)?(?:\w+\s+){0,3}?)\b(?:overdue|late|behind|past|until|left)\b"
)
_HAPPENS = re.compile(
    r"\s*(?:was|were|did|had)\b(?!.*\b(?:due|meant|supposed|to be|planned)\b)|.*\bnext\s+(?:meets?|sits?)\b"
)


def when_(text: Text, named: Named) -> Iterator[Asking]:
    one = named.refs or is_particular(text, named)
    if _HOW_LATE.search(text.low):
        yield Asking(Intent.DATE, (Field.DUE,), claim=named.refs, particular=one, score=SURE)
        return
    hits = [hit for hit in heads(text, "when", named) if hit.first or not WHILE.match(text.low)]
    hits = [h for h in hits if (text.word(h.first), text.word(h.first + 1)) != ("how", "long")]
    if not hits:
        return
    end, first = text.span(hits[0])[1], hits[0].first
    if _HAPPENS.match(text.low[end:]) and any(text.span(h)[0] >= end for h in text.of("verb", "event")):
        yield Asking(Intent.NARRATIVE, wanted=Wanted.DATE, particular=True, score=SURE - first / 100)
        return
    done = any(h.concept == "complete" for h in text.of("state")) and not one_of("when_to_come").search(text.low, end)
    field = Field.COMPLETED_ON if done else Field.START if text.says("field", "start") else Field.DUE
    asked = (field, *[f for f in also(text, field) if f is not Field.DUE])
    yield Asking(Intent.DATE, asked, particular=one, score=SURE - 0.2 - first / 100)


def progress_(text: Text, named: Named) -> Iterator[Asking]:
    hits = [hit for hit in text.of("ask", "progress") if opens(text, hit.first, named) or hit.length > 1]
    bare = all(hit.length == 2 and text.word(hit.first) in ("how", "hows", "how's") for hit in hits)
    asks_status = _asks_status(text, named)
    if bare and not (one_of("how_it_goes").search(text.low) if hits else asks_status):
        return
    if named.refs or (asks_status and is_particular(text, named)):
        first = Field.RAG if one_of("rating_words").search(text.low) else Field.STATUS  # "the RAG for R2.4"
        asked = (first, *also(text, first))
        yield Asking(Intent.STATUS, asked, particular=not named.refs, score=SURE - 0.5)
    else:
        yield Asking(Intent.PROGRESS, _STATUS, score=LIKELY + 0.4 if hits or named.documents else WEAK)


def _asks_status(text: Text, named: Named) -> bool:
    """ "Status of R2.4", "R2.4 status?", "where has 1.3 got to"."""
    if named.has(Kind.GAP) or (rows_named(text, plural=True) and not named.refs):
        return False
    for hit in text.of("field", "status", "status_text"):
        known = named.refs or text.word(hit.first) in ("position", "state", "update")
        if (known or not hit.doubtful) and text.word(hit.last) in ("", "of", "on", "for", "with", "about", "and"):
            return hit.first <= 5 or hit.last == len(text.words)
    return False


def how_(text: Text, named: Named) -> Iterator[Asking]:
    known, hits = text.of("field", "success_measure", sure=True), heads(text, "how", named)
    if named.rows and text.says("ask", "compare", sure=True):
        return
    if known and rows_named(text, plural=True) and (others := also(text, Field.MEASURE)):
        yield Asking(Intent.LIST, (*others, Field.MEASURE), score=SURE)  # "what the actions are, when due, and how ..."
    elif known and named.refs:
        yield Asking(Intent.LOOKUP, (Field.MEASURE,), score=SURE)
    elif text.says("wanted", "frequency") or {hit.first for hit in hits} & {one.first for one in known}:
        yield Asking(Intent.NARRATIVE, wanted=Wanted.MANNER, score=SURE)
    elif hits and not any(h.first == hits[0].first and h.length > 1 for h in text.of("ask", "progress", "count")):
        intent, wanted = (Intent.LOOKUP, None) if named.refs else (Intent.NARRATIVE, Wanted.MANNER)
        yield Asking(intent, wanted=wanted, score=WEAK + 0.5)


# ---------------------------------------------------------------- whether something is so, or put forward as true

_TAG = re.compile(
    r"[,\s]+(?:right|correct|yes|true|(?:does|is|has|are|do|have|did|was|were)n't (?:it|they|that|he|she)|is that right)\s*\?$"
)
_ANY = Asking(Intent.LIST, polar=True, score=LIKELY + 0.2)
_SO: tuple[tuple[str, bool, Asking | None], ...] = (
    (
        r"^(?:is|are)\s+there\s+(?:an?|any)\s+(?:named\s+|clear\s+|single\s+)?(?:owner|lead|sponsor|lead officer|person)\b"
        r"|\b(?:any|some)(?:one|body)\b[^?]{0,20}?\b(?:own|lead|leading|responsible|accountable|assigned|in charge)\b",
        True,
        Asking(Intent.OWNER, (Field.OWNER,), polar=True, score=LIKELY + 0.4),
    ),
    (r"^(?:is|are|was|were)\s+there\b", True, _ANY),
    (r"\b(?:any|anything|something|anyone|anybody)\b", False, _ANY),
    (r"^(?:can|could|would|should|will)\s+(?:i|you|we)\b", False, None),
    (
        r"^(?:is|are)\s+(?:the\s+)?\w+\s+(?:doing|planning|taking|working|tackling|addressing|committing|going to)\b",
        True,
        replace(_ANY, score=LIKELY),
    ),
    (
        r"^(?:do|does|did|has|have)\b[^?]{0,40}?"
        r"\b(?:mention|include|cover|contain|say|address|deal|talk|refer|commit|plan|promise|propose)s?\b",
        False,
        replace(_ANY, score=LIKELY),
    ),
)
"""How what asks whether something is so begins; whether it is read so too where put forward as true; what it asks."""


def polar_(text: Text, named: Named) -> Iterator[Asking]:
    start = _main(text, named)
    first, second = text.word(start), text.word(start + 1)
    asks_if = first == "whether" or (first == "if" and start > 0)
    truth = not asks_if and _asks_truth(text, named)
    if first not in AUX and not truth and not asks_if:
        yield from _bare_state(text, named)
        return
    low = text.low[text.words[start].start :]
    several = second in ("they", "those", "these", "them")
    if (several or second in ("it", "this", "that")) and not truth:
        intent = Intent.PROGRESS if several else Intent.STATUS
        yield Asking(intent, _STATUS, claim=True, particular=not several, polar=True, score=LIKELY)
        return
    for said, even, asking in () if _EVERY.search(low) and not _OF_PLANS.match(low) else _SO:
        if (even or not truth) and re.search(said, low):
            if asking:
                yield replace(asking, particular=bool(asking.asked) and not rows_named(text, plural=True))
            return
    yield _claimed(text, named, first, low, truth)


def _asks_truth(text: Text, named: Named) -> bool:
    """Whether something is put forward as true; "confirm how many ..." asks how many."""
    hits = [hit for hit in text.of("ask", "whether") if not named.holds(*text.span(hit))]
    hits = [hit for hit in hits if text.word(hit.first) != "whether"]  # it opens no question of its own
    hits = [hit for hit in hits if text.word(hit.last) not in small("question_words")]
    rows = [row.last for row in rows_named(text)]
    hits = [hit for hit in hits if hit.first - 1 not in rows]  # "the action to confirm ..."
    states = [s.start for s in named.of(Kind.STATE, Kind.LATE, Kind.COMPLETED)]

    def of_each(hit: Hit) -> bool:  # "the actions on X, stating whether each is done"
        ends = any(WHETHER_EACH.search(text.low[text.span(hit)[0] : start]) for start in states)
        return ends and any(row <= hit.first for row in rows)

    return not all(map(of_each, hits)) or bool(_TAG.search(text.low))


_EVERY = re.compile(
    r"^(?:and\s+|so\s+)?\w+(?:n't)?\s+(?:all|every|everything|both|each|half|most|they all|those all)\b"
    r"|\b(?:all|every) (?:of )?(?:the|our|these|those)\b|\ball\s+(?:have|has|had)\b"
)
_OF_PLANS = re.compile(
    r"\w+\s+(?:both|all|each)\s+(?:of\s+)?(?:(?:the|our|these)\s+)?(?:plan|report|document|council)s?\b"
)
_GOT = re.compile(
    r"(?:have|has|do|does|did)\s+(?:we|they|you|the council)\s+(?:got|had|appointed|recruited|set up|have)\b"
)


def _claimed(text: Text, named: Named, first: str, low: str, truth: bool) -> Asking:
    """Whether what is said of rows is so."""
    so = Asking(Intent.STATUS, _STATUS, particular=True, polar=True, score=LIKELY)
    rows = bool(rows_named(text, plural=True))
    if _EVERY.search(low) or (truth and (rows or text.says("not"))) or (rows and not named.refs):
        score = SURE + 0.3 if truth else LIKELY + 0.1
        return replace(so, intent=Intent.PROGRESS, claim=True, particular=False, score=score)
    if _GOT.match(low):
        return so
    one = named.refs or DEFINITE.search(low) or re.search(r"\s[A-Z]\w+", text.raw) or truth
    if not one and first in ("is", "are", "has", "have", "was", "were"):
        claimed = named.has(Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.COMPLETED, Kind.DUE, Kind.START)
        intent = Intent.LIST if claimed else Intent.PROGRESS
        return replace(so, intent=intent, particular=False, score=WEAK + 0.3)
    return replace(so, claim=True, score=SURE + 0.3 if truth else WEAK + 0.8)


_BARE = re.compile(r"(?:\s+(?:yet|now|already|or not))?\s*\?*\s*$")
_ASKS = re.compile(r"^\W*(?:all|any)\b|\b(?:which|what|list|show)\b")


def _bare_state(text: Text, named: Named) -> Iterator[Asking]:
    """ "R2.4 done?"."""
    ends = any(_BARE.match(text.low[s.end :]) for s in named.of(Kind.STATE, Kind.LATE))
    if named.refs and ends and not (text.says("ask", "who", "when", "why", "how", "count") or _ASKS.search(text.low)):
        several = sum(len(getattr(s.condition, "values", ())) for s in named.of(Kind.REF)) > 1
        intent = Intent.PROGRESS if several else Intent.STATUS
        yield Asking(intent, _STATUS, claim=True, polar=True, score=LIKELY)


_OPENS = "|".join(sorted(AUX | small("question_words") | {"list", "show"}))
_NAMES_FIRST = re.compile(rf"(?:(?!\b(?:{_OPENS})\b)[^?.!,;:])+?(?:[,;:]|\s[-–])\s+(?=(?:{'|'.join(AUX)})\b)")
"""What the question is about, named before it begins: "on neglect, did we ...", "the audit - has it ..."."""


def _main(text: Text, named: Named) -> int:
    """The index of the word with which the question itself begins, after greetings and openings."""
    while_ = WHILE.match(text.low) or _NAMES_FIRST.match(text.low)
    at = text.at(while_.end()) if while_ else 0
    while at < len(text.words):
        polite = [hit for hit in text.of("courtesy") if hit.first == at and hit.last < len(text.words)]
        hit, word = max(polite, key=lambda hit: hit.last, default=None), text.word(at)
        if word in AUX and not (hit and hit.length > 1):
            return at
        after = text.words[at + 1].start if at + 1 < len(text.words) else 0
        within = word in ("in", "for", "on", "under", "within") and named.plan_at(after)
        if hit:
            at = hit.last
        elif within or named.plan_at(text.words[at].start) or word in ("and", "but", "or", "so"):
            at += 1
        else:
            return at
    return 0


RECOGNISERS: tuple[Callable[[Text, Named], Iterator[Asking]], ...] = (
    concerns_, change_, count_, why_, result_, who_, when_, progress_, how_, polar_,
    say_, prose_, list_, what_,
)  # fmt: skip


def askings(text: Text, named: Named) -> list[Asking]:
    """Every way in which the question may be asking, the best first; a default last, which says that it is one."""
    found = [
        replace(one, by=recogniser.__name__.strip("_")) for recogniser in RECOGNISERS for one in recogniser(text, named)
    ]
    polar = any(one.polar for one in found)
    found = [replace(one, polar=one.polar or (polar and one.by in ("who", "when"))) for one in found]
    return [*sorted(found, key=lambda one: -one.score), Asking()]
