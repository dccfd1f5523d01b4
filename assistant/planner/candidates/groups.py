"""Groups: "for each recommendation", "by owner and status", "list the owners", "which month has most"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conditions import Field
from assistant.lexicon import Hit, small
from assistant.planner.candidates.dated import field_near
from assistant.planner.text import Text
from assistant.planner.wording import NUMBERS, word_list
from assistant.query_plan import Measure


@dataclass(frozen=True, slots=True)
class Order:
    """How rows or groups are to be grouped and ordered; `extreme` where only the first of them are wanted."""

    group: str | None = None
    """The kind of group: recommendation, priority, section, owner, status, rag, document, authority, or the months of
    due, start or completed_on."""
    then: str | None = None
    listing: bool = False
    """The groups themselves are asked for: "list the owners"."""
    extreme: bool = False
    order: Field | None = None
    descending: bool = False
    first: int | None = None
    nth: int | None = None
    late: bool = False
    """Only overdue rows: "the longest overdue"."""
    ahead: bool = False
    """Only dates from the day to judge by on: "the next deadline"."""
    measures: tuple[Measure, ...] = ()
    """What is told of each group, in columns."""
    spans: tuple[tuple[int, int], ...] = ()


Groups = Sequence[Hit]
_SMALL = small("groups_small")
_NO_GROUPS = small("groups_no_groups")
_DOERS = (small("posts") | small("bodies") | {"staff", "people"}) - {"lead", "sponsor"}
_ENDS = frozenset(["", *word_list("in of for named and are is listed covered does do has have please pls")])
_BIGGEST = frozenset(word_list("busiest quietest biggest largest commonest"))
_OF_DATES = (" than", " overdue", " recent", " urgent", " late", " of the ", " behind", " delayed", " distant")


_TABLE = re.compile(
    r"\bcross[- ]?tab\w*(?:\s+of)?\b|\btwo[- ]way\s+(?:table|split|breakdown)\b|\bmatrix\b|\bdown\s+the\s+(?:side|left|page)\b|\b(?:across|along)\s+the\s+top\b"
)
_THRESHOLD = re.compile(
    rf"\b(?:more|fewer|less)\s+than\s+(?:a\s+)?(?:\d+|dozen|handful|{'|'.join(NUMBERS)})\b|\b(?:at\s+least|at\s+most)\s+(?:a\s+)?(?:\d+|dozen|{'|'.join(NUMBERS)})\b"
)
_NOT_ONE = re.compile(r"(?:\bnot|\w+n'?t)\s+(?:a\s+single|even\s+one|one)\b|\b(?:no|none|nothing|zero)\b")
_OF_GROUP = re.compile(r"\b(?:where|that|which|with|have|has|having|contains?|containing)\b")


def crossed(text: Text, groups: Groups) -> Order | None:
    """Two kinds of groups side by side: "priorities down the side, rating across the top"."""
    marks = list(_TABLE.finditer(text.low))
    kinds = list(dict.fromkeys(group.concept for group in groups))
    if not marks or len(kinds) < 2:
        return None
    named = [next(group for group in groups if group.concept == kind) for kind in kinds[:2]]
    return Order(kinds[0], then=kinds[1], spans=(*(m.span() for m in marks), *(text.span(g) for g in named)))


def counted(text: Text, groups: Groups) -> Order | None:
    """Groups by how many rows they have: "who leads more than ten actions", "parts where not a single one is done"."""
    if match := _THRESHOLD.search(text.low):
        if who := next((hit for hit in text.of("ask", "who") if text.span(hit)[1] <= match.start()), None):
            return Order("owner", descending=True, spans=(text.span(who), match.span()))
        if named := next((g for g in groups if text.span(g)[1] <= match.start() and _asked_for(text, g)), None):
            return Order(named.concept, descending=True, spans=(text.span(named), match.span()))
    for group in groups:
        start = text.span(group)[1]
        match = _NOT_ONE.search(text.low, start)
        between = text.low[start : match.start()] if match else ""
        several = text.words[group.last - 1].low.endswith("s") or _asked_for(text, group)
        verb = _OF_GROUP.search(between) or (match and match[0].startswith("ha"))
        if match and verb and several and _rows_done(text, match):
            return Order(group.concept, extreme=True, first=1, spans=(text.span(group), match.span()))
    return None


def _rows_done(text: Text, match: re.Match[str]) -> bool:
    """Whether a state or a colour is denied of every row: "not a single thing has been ticked off"."""
    after = text.at(match.end())
    said = [hit for hit in (*text.of("state"), *text.of("colour"), *text.of("time")) if hit.first >= after]
    return any(hit.first - after <= 7 for hit in said)


def most(text: Text, groups: Groups, first: int | None) -> Order | None:
    """ "Which month has most due", "who has the fewest", "the busiest month"."""
    for hit in text.of("order", "most", "fewest", "longest_late"):
        if text.words[hit.first].low in ("more", "fewer") and not _COMPARES.search(text.low[: text.span(hit)[0]]):
            continue  # "to find more people" ranks nothing
        group = _ranked(text, hit, groups)
        late = hit.concept == "longest_late" and text.words[hit.first].low == "most"
        who = _who(text, hit)
        has = who and any(word.low in _HAVING for word in text.words[who.last : hit.first])
        dated = hit.concept == "longest_late" or text.low[text.span(hit)[1] :].startswith(_OF_DATES)
        if dated and not ((group or has) and late):
            continue
        found = Order(extreme=True, descending=hit.concept != "fewest", first=first or 1, spans=(text.span(hit),))
        found = replace(found, spans=((found.spans[0][0], found.spans[0][0] + 4),)) if late else found
        if group:
            own = field_near(text, hit.first, hit.last) if group.concept == "due" else None
            return replace(found, group=own or group.concept, spans=(text.span(group), *found.spans))
        if who:
            return replace(found, group="owner", spans=(text.span(who), *found.spans))
        by = grouped(text, groups, first)
        if by and not by.listing:
            return replace(found, group=by.group, spans=(*by.spans, *found.spans))
    return None


_COMPARES = re.compile(r"\b(?:wh(?:o|ich|at)\b(?!.*\bor\b).*|has|have|had|with)\s+$")


def _ranked(text: Text, hit: Hit, groups: Groups) -> Hit | None:
    before = [g for g in groups if g.first < hit.first and (_asked_for(text, g) or _picked(text, g, hit))]
    before = [g for g in before if not text.stopped(text.span(g)[1], text.span(hit)[0], hard=True)]
    after = next((g for g in groups if g.first == hit.last and text.words[hit.first].low in _BIGGEST), None)
    return before[-1] if before else after


_HAVING = frozenset(word_list("has have had got holds owns leads"))
_OUT_OF = re.compile(
    r"\b(?:of|among|amongst|out of|from|between)\s+(?:all\s+)?(?:the|our|its|their|these)?\s*(?:[\w-]+\s+)?$"
)
_WHICH_ONE = re.compile(
    r"\bwhich(?:\s+(?:one|of (?:them|these|those)))?\s+(?:has|had|have|holds|held|shows?|got|is|was|contains?)\b"
)


def _picked(text: Text, group: Hit, hit: Hit) -> bool:
    """ "Of the eight priorities, which one had the most": one of the groups is asked for."""
    start, end = text.span(group)
    return bool(_OUT_OF.search(text.low[:start]) and _WHICH_ONE.search(text.low, end, text.span(hit)[0]))


def _who(text: Text, hit: Hit) -> Hit | None:
    for who in text.of("ask", "who"):
        if not 0 <= hit.first - who.last <= _REACH:
            continue
        before, word = text.words[who.first - 1], text.words[who.first]
        opens = who.first == 0 or before.low in ("and", "or", "so") or text.stopped(before.end, word.start)
        if opens or text.words[who.last].low in _HAVING:
            return who
    return None


_REACH = 5
"""So many words may stand between "who" and the word for most."""


_WHICH = frozenset(word_list("which what whats what's"))
_BEFORE_GROUP = _WHICH | frozenset(word_list("of the our their is one and single in on by at"))


def _asked_for(text: Text, group: Hit) -> bool:
    """ "Which month ...", "what rating": the group is asked for."""
    before = [word.low for word in text.words[max(0, group.first - 4) : group.first]]
    named = all(word in _BEFORE_GROUP or len(word) > 3 for word in before[-2:])
    return bool(_WHICH & set(before)) and named and before[-1:] not in (["has"], ["have"], ["are"], ["due"])


def grouped(text: Text, groups: Groups, first: int | None) -> Order | None:
    """ "For each recommendation", "by owner", "split by status and plan", "table of status by plan"."""
    pairs = [(by, group) for group in groups if (by := _joins(text, group))]
    if not pairs:
        heads = [g for g in groups if g.last < len(text.words) and text.words[g.last].low == "breakdown"]
        if own := next(iter(heads), None):
            return Order(own.concept, first=first, spans=((text.span(own)[0], text.words[own.last].end),))
        each = re.search(r"\b(?:how many|number|counts?|totals?|tally)\b.*\b(?:of each|per) colou?r\b", text.low)
        return Order("rag") if each else None
    by, group = pairs[0]
    others = [g for g in groups if g.concept != group.concept]
    before = next((g for g in others if g.last == by.first and text.words[by.first].low == "by"), None)
    joined = [g for g in others if g.first in (group.last + 1, group.last + 2)]
    joined = [g for g in joined if text.words[group.last].low in ("and", "then")]
    second = before or next((g for _, g in pairs[1:] if g in others), None) or next(iter(joined), None)
    start = text.span(before)[0] if before else text.span(by)[0]
    return Order(
        group.concept, then=second.concept if second else None, first=first, spans=((start, text.span(group)[1]),)
    )


def _joins(text: Text, group: Hit) -> Hit | None:
    """The word that makes groups of a word for a kind of group."""
    for by in text.of("groupby"):
        between = text.words[by.last : group.first]
        small = all(word.low in _SMALL or text.raw[word.start].isupper() for word in between)
        if 0 <= len(between) <= 4 and group.first >= by.last and small and _groups_rows(text, by, group):
            return by
    return None


_OWNED = frozenset(word_list("owned led run held managed sponsored delivered overseen"))
_OVER = frozenset(["across", "every", "with", "on", "from"])
_COUNTS = re.compile(r"\b(?:how many|number|count|total|overdue|what is|tell|show|list|complete)\b")


def _groups_rows(text: Text, by: Hit, group: Hit) -> bool:
    """ "By the manager" names a doer, "by owner" a kind of group; "across all plans" is no group."""
    word, noun = text.words[by.first].low, text.words[group.last - 1].low
    between = [w.low for w in text.words[by.last : group.first]]
    after = text.words[group.last].low if group.last < len(text.words) else ""
    ends = after in ("", "please", "pls", "and")
    if word == "by" and by.length == 1:
        if by.first and text.words[by.first - 1].low in _OWNED:
            return False
        if {"the", "our", "a"} & set(between):
            return ends and group.concept != "owner"
        if group.concept == "owner" and noun in _DOERS:
            return ends
        sorts = re.search(r"\b(?:sort|order|arrange|rank)\w*\b", text.low)
        return after not in ("of", "to") and not (sorts and text.words[group.first].low in ("due", "date"))
    apart = "each" not in text.low and "per " not in text.low
    if apart and word in _OVER and group.concept in ("document", "authority", "owner"):
        return word == "every" and bool(re.search(r"\b(?:how many|number|count|total)\b", text.low))
    if word in ("each", "every") and by.length == 1:
        return group.first <= 2 or bool(_COUNTS.search(text.low))
    if word == "breakdown" and group.concept == "document" and not between:
        return False
    plural = noun.endswith("s") and group.concept != "status"
    return not (plural and word in ("split", "breakdown") and not {"by", "of"} & set(between) and by.length == 1)


_WANTS = re.compile(
    r"^\W*(?:and\s+|so\s+|please\s+|can you\s+|could you\s+)*(?:list|show|name|who (?:are|is)|what (?:are|is)|give|which are|what's|whats"
    r"|how many|what)\b"
)


def listed(text: Text, groups: Groups, first: int | None) -> Order | None:
    """ "List the owners", "what are the recommendations in the plan", "how many sections does it have"."""
    match = _WANTS.match(text.low)
    for group in groups if match else ():
        noun = text.words[group.last - 1].low
        heading = group.concept in ("owner", "recommendation", "priority", "section")
        if not heading or not noun.endswith("s") or noun in _NO_GROUPS:
            continue
        assert match
        between = [word.low for word in text.between(match.end(), text.span(group)[0])]
        after = text.words[group.last].low if group.last < len(text.words) else ""
        if after in _ENDS and all(word in _SMALL or word in NUMBERS or word.isdigit() for word in between):
            return Order(group.concept, listing=True, first=first, spans=((match.start(), text.span(group)[1]),))
    return None


def group_fields(kind: str, sections: Sequence[str], recommendations: Sequence[str]) -> Field:
    """The field that a kind of group is in these plans: priorities may be headings of sections or recommendations."""
    if kind in ("owner", "status", "rag", "due", "start", "completed_on", "document", "authority"):
        return Field(kind)
    if kind != "recommendation":
        for field, names in ((Field.SECTION, sections), (Field.RECOMMENDATION, recommendations)):
            if any(name.lower().startswith(kind) for name in names):
                return field
    if kind == "recommendation" or len(sections) < 2:
        return Field.RECOMMENDATION if recommendations or not sections else Field.SECTION
    return Field.SECTION
