"""Groups: "for each recommendation", "by owner and status", "list the owners", "which month has most"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conditions import Field
from assistant.lexicon import Hit, one_of, small
from assistant.planner.candidates.dated import field_near
from assistant.planner.text import Text
from assistant.planner.wording import NUMBERS
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
_OF_DATES = (" than", " overdue", " recent", " urgent", " late", " of the ", " behind", " delayed", " distant")
_TABLE = re.compile(
    r"\bcross[- ]?tab\w*(?:\s+of)?\b|\btwo[- ]way\s+(?:table|split|breakdown)\b|\bmatrix\b|\bdown\s+the\s+(?:side|left|page)\b|\b(?:across|along)\s+the\s+top\b"
)
_THRESHOLD = re.compile(
    rf"\b(?:more|fewer|less)\s+than\s+(?:a\s+)?(?:\d+|dozen|handful|{'|'.join(NUMBERS)})\b|\b(?:at\s+least|at\s+most)\s+(?:a\s+)?(?:\d+|dozen|{'|'.join(NUMBERS)})\b"
)
_NOT_ONE = re.compile(r"(?:\bnot|\w+n'?t)\s+(?:a\s+single|even\s+one|one)\b|\b(?:no|none|nothing|zero)\b")


def crossed(text: Text, groups: Groups) -> Order | None:
    """Two kinds of groups side by side: "priorities down the side, rating across the top"."""
    marks, named = list(_TABLE.finditer(text.low)), {group.concept: group for group in reversed(groups)}
    one, two, *_ = (*sorted(named.values(), key=lambda group: group.first), None, None)
    if not (marks and one and two):
        return None
    return Order(one.concept, then=two.concept, spans=(*(m.span() for m in marks), text.span(one), text.span(two)))


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
        between = {word.low for word in text.between(start, match.start())} if match else set()
        several = text.word(group.last - 1).endswith("s") or _asked_for(text, group)
        verb = between & small("groups_told") or (match and match[0].startswith("ha"))
        if match and verb and several:
            after = text.at(match.end())  # "not a single thing has been ticked off"
            said = (hit.first - after for role in ("state", "colour", "time") for hit in text.of(role))
            if any(0 <= words <= 7 for words in said):
                return Order(group.concept, extreme=True, first=1, spans=(text.span(group), match.span()))
    return None


def most(text: Text, groups: Groups, first: int | None) -> Order | None:
    """ "Which month has most due", "who has the fewest", "the busiest month"."""
    for hit in text.of("order", "most", "fewest", "longest_late"):
        if text.word(hit.first) in ("more", "fewer") and not _COMPARES.search(text.low[: text.span(hit)[0]]):
            continue  # "to find more people" ranks nothing
        group, who = _ranked(text, hit, groups), _who(text, hit)
        late = hit.concept == "longest_late" and text.word(hit.first) == "most"
        has = who and any(word.low in small("groups_having") for word in text.words[who.last : hit.first])
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
    """The group of which most is asked: "which month has most"; "of the eight priorities, which one had the most"."""
    start = text.span(hit)[0]
    for group in reversed([g for g in groups if g.first < hit.first]):
        begins, ends = text.span(group)
        picked = _OUT_OF.search(text.low[:begins]) and _WHICH_ONE.search(text.low, ends, start)
        if (picked or _asked_for(text, group)) and not text.stopped(ends, start, hard=True):
            return group
    biggest = text.word(hit.first) in small("groups_biggest")
    return next((g for g in groups if g.first == hit.last and biggest), None)


_OUT_OF = re.compile(
    r"\b(?:of|among|amongst|out of|from|between)\s+(?:all\s+)?(?:the|our|its|their|these)?\s*(?:[\w-]+\s+)?$"
)
_WHICH_ONE = re.compile(
    r"\bwhich(?:\s+(?:one|of (?:them|these|those)))?\s+(?:has|had|have|holds|held|shows?|got|is|was|contains?)\b"
)


_REACH = 5
"""So many words may stand between "who" and the word for most."""


def _who(text: Text, hit: Hit) -> Hit | None:
    for who in (one for one in text.of("ask", "who") if 0 <= hit.first - one.last <= _REACH):
        before, word = text.words[who.first - 1], text.words[who.first]
        opens = who.first == 0 or before.low in ("and", "or", "so") or text.stopped(before.end, word.start)
        if opens or text.word(who.last) in small("groups_having"):
            return who
    return None


def _asked_for(text: Text, group: Hit) -> bool:
    """ "Which month ...", "what rating": the group is asked for."""
    before = [word.low for word in text.words[max(0, group.first - 4) : group.first]]
    named = all(word in small("before_group") or len(word) > 3 for word in before[-2:])
    return (
        not {"which", "what", "whats", "what's"}.isdisjoint(before)
        and named
        and before[-1:] not in (["has"], ["have"], ["are"], ["due"])
    )


def grouped(text: Text, groups: Groups, first: int | None) -> Order | None:
    """ "For each recommendation", "by owner", "split by status and plan", "table of status by plan"."""
    pairs = [(by, group) for group in groups if (by := _joins(text, group))]
    if not pairs:
        if own := next((g for g in groups if text.word(g.last) == "breakdown"), None):
            return Order(own.concept, first=first, spans=((text.span(own)[0], text.words[own.last].end),))
        each = re.search(r"\b(?:how many|number|counts?|totals?|tally)\b.*\b(?:of each|per) colou?r\b", text.low)
        return Order("rag") if each else None
    by, group = pairs[0]
    others = [g for g in groups if g.concept != group.concept]
    before = [g for g in others if g.last == by.first and text.word(by.first) == "by"]
    joined = [g for g in others if 1 <= g.first - group.last <= 2 and text.word(group.last) in ("and", "then")]
    second = next(iter([*before, *(g for _, g in pairs[1:] if g in others), *joined]), None)
    span = text.span((before or [by])[0])[0], text.span(group)[1]
    return Order(group.concept, then=second.concept if second else None, first=first, spans=(span,))


def _joins(text: Text, group: Hit) -> Hit | None:
    """The word that makes groups of a word for a kind of group."""
    for by in text.of("groupby"):
        between = text.words[by.last : group.first]
        idle = all(word.low in _SMALL or text.raw[word.start].isupper() for word in between)
        if 0 <= len(between) <= 4 and group.first >= by.last and idle and _groups_rows(text, by, group):
            return by
    return None


def _groups_rows(text: Text, by: Hit, group: Hit) -> bool:
    """ "By the manager" names a doer, "by owner" a kind of group; "across all plans" is no group."""
    word, noun, after = text.word(by.first), text.word(group.last - 1), text.word(group.last)
    between = {w.low for w in text.words[by.last : group.first]}
    ends = after in ("", "please", "pls", "and")
    if word == "by" and by.length == 1:
        if text.word(by.first - 1) in small("groups_owned"):
            return False
        if {"the", "our", "a"} & between:
            return ends and group.concept != "owner"
        if group.concept == "owner" and noun in _DOERS:
            return ends
        sorts = one_of("sorting").search(text.low)
        return after not in ("of", "to") and not (sorts and text.word(group.first) in ("due", "date"))
    over = word in ("across", "every", "with", "on", "from") and group.concept in ("document", "authority", "owner")
    if over and "each" not in text.low and "per " not in text.low:
        return word == "every" and bool(one_of("number_words").search(text.low))
    if word in ("each", "every") and by.length == 1:
        return group.first <= 2 or bool(one_of("number_words", "each_asks").search(text.low))
    if word == "breakdown" and group.concept == "document" and not between:
        return False
    plural = noun.endswith("s") and group.concept != "status"
    return not (plural and word in ("split", "breakdown") and not {"by", "of"} & between and by.length == 1)


_WANTS = re.compile(
    r"^\W*(?:and\s+|so\s+|please\s+|can you\s+|could you\s+)*(?:list|show|name|who (?:are|is)|what (?:are|is)|give|which are|what's|whats"
    r"|how many|what)\b"
)


def listed(text: Text, groups: Groups, first: int | None) -> Order | None:
    """ "List the owners", "what are the recommendations in the plan", "how many sections does it have"."""
    match = _WANTS.match(text.low)
    for group in groups if match else ():
        noun, after = text.word(group.last - 1), text.word(group.last)
        heading = group.concept in ("owner", "recommendation", "priority", "section") and noun.endswith("s")
        between = [word.low for word in text.between(match.end() if match else 0, text.span(group)[0])]
        asked = all(word in _SMALL or word in NUMBERS or word.isdigit() for word in between)
        if heading and asked and noun not in _NO_GROUPS and (not after or after in small("groups_ends")):
            return Order(group.concept, listing=True, first=first, spans=((0, text.span(group)[1]),))
    return None


def group_fields(kind: str, sections: Sequence[str], recommendations: Sequence[str]) -> Field:
    """The field that a kind of group is in these plans: priorities may be headings of sections or recommendations."""
    if kind not in ("recommendation", "priority", "section"):
        return Field(kind)
    for field, names in ((Field.SECTION, sections), (Field.RECOMMENDATION, recommendations)):
        if kind != "recommendation" and any(name.lower().startswith(kind) for name in names):
            return field
    if kind == "recommendation" or len(sections) < 2:
        return Field.RECOMMENDATION if recommendations or not sections else Field.SECTION
    return Field.SECTION
