"""Groups and order: "for each recommendation", "by owner and status", "which month has most", "the latest deadline"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conditions import Field
from assistant.lexicon import Hit, one_of, small
from assistant.planner.bounds import ALL, quantities
from assistant.planner.candidates.dated import field_near
from assistant.planner.text import NUMBERS, Text, overlaps
from assistant.query_plan import Bound, Measure


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
    bound: Bound | None = None
    """How many of the rows of a group must pass for it to count."""
    spans: tuple[tuple[int, int], ...] = ()


Groups = Sequence[Hit]
_SMALL = small("groups_small")
_NO_GROUPS = small("groups_no_groups")
_DOERS = (small("posts") | small("bodies") | {"staff", "people"}) - {"lead", "sponsor"}
_OF_DATES = (" than", " overdue", " recent", " urgent", " late", " of the ", " behind", " delayed", " distant")
_TABLE = re.compile(
    r"\bcross[- ]?tab\w*(?:\s+of)?\b|\btwo[- ]way\s+(?:table|split|breakdown)\b|\bmatrix\b|\bdown\s+the\s+(?:side|left|page)\b|\b(?:across|along)\s+the\s+top\b"
)


def crossed(text: Text, groups: Groups) -> Order | None:
    """Two kinds of groups side by side: "priorities down the side, rating across the top"."""
    marks, named = list(_TABLE.finditer(text.low)), {group.concept: group for group in reversed(groups)}
    one, two, *_ = (*sorted(named.values(), key=lambda group: group.first), None, None)
    if not (marks and one and two):
        return None
    return Order(one.concept, then=two.concept, spans=(*(m.span() for m in marks), text.span(one), text.span(two)))


def counted(text: Text, groups: Groups) -> Order | None:
    """Groups of which so many rows are to be so: "who leads more than ten actions", "priorities that are entirely green",
    "owners with nothing overdue"."""
    who = [hit for hit in text.of("ask", "who") if text.word(hit.first) != "whose"]
    states = [hit for role in ("state", "colour", "time") for hit in text.of(role)]
    for (start, end), bound, bare in quantities(text.low):
        at, after, number = text.at(start), text.at(end), bound.number and not bound.parts
        counted_after = [hit for hit in [*states, *(text.of("rows") if number else ())] if hit.last > after]
        counts = any(hit.first - after <= (0 if bare else _TO_STATE) for hit in counted_after)
        counts = counts or (bound == ALL and any(hit.last == at for hit in states))
        ends = after == len(text.words) or text.word(after) in small("groups_ends")
        if not (counts or (number and ends and not bare)):
            continue
        for group in sorted([*groups, *who], key=lambda one: -one.first):
            between = text.words[group.last : at]
            verb = {word.low for word in between} & small("groups_told") or (group in who and between)
            several = group in who or text.word(group.last - 1).endswith("s") or _asked_for(text, group)
            stopped = text.stopped(text.span(group)[1], start, hard=True)
            has = verb or re.match(r"ha|\w+n'?t\b", text.word(at))
            if 0 <= at - group.last <= _TO_QUANTITY and several and has and not stopped:
                alike = [one for one in groups if one.concept == group.concept] or [group]
                concept, spans = "owner" if group in who else group.concept, map(text.span, alike)
                if any(hit.first <= at < hit.last for hit in states):  # "fully complete", "no complete actions": all so
                    return Order(concept, bound=bound if bound.number else ALL, spans=tuple(spans))
                return Order(concept, bound=bound, spans=(*spans, (start, end)))
    return None


_TO_STATE, _TO_QUANTITY = 7, 8
"""The most words from a quantity to the state that it counts, and from a group to the quantity."""


def most(text: Text, groups: Groups, first: int | None) -> Order | None:
    """ "Which month has most due", "who has the fewest", "the busiest month"."""
    for hit in text.of("order", "most", "fewest", "longest_late"):
        if text.word(hit.first) in ("more", "fewer") and not _COMPARES.search(text.low[: text.span(hit)[0]]):
            continue  # "to find more people" ranks nothing
        group, who = _ranked(text, hit, groups), _who(text, hit)
        has = who and any(word.low in small("groups_having") for word in text.words[who.last : hit.first])
        dated = hit.concept == "longest_late" or text.low[text.span(hit)[1] :].startswith(_OF_DATES)
        late = dated and text.word(hit.first) in ("most", "more")
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
        if by and text.word(hit.last) == "first":  # "each lead's actions, most first"
            span = text.span_of(hit.first, hit.last + 1)
            return replace(by, descending=found.descending, first=_ALL_GROUPS, spans=(*by.spans, span))
        if by and not by.listing:
            return replace(found, group=by.group, spans=(*by.spans, *found.spans))
    return None


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


_ALL_GROUPS = 999
_COMPARES = re.compile(r"\b(?:wh(?:o|ich|at)\b(?!.*\bor\b).*|has|have|had|with)\s+$")
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
    asks = not {"which", "what", "whats", "what's"}.isdisjoint(before)
    return asks and named and before[-1] not in ("has", "have", "are", "due")


def grouped(text: Text, groups: Groups, first: int | None) -> Order | None:
    """ "For each recommendation", "by owner", "split by status and plan", "table of status by plan"."""
    pairs = [(by, group) for group in groups if (by := _joins(text, group))]
    if not pairs:
        return None
    by, group = pairs[0]
    others = [g for g in groups if g.concept != group.concept]
    before = [g for g in others if g.last == by.first and text.word(by.first) == "by"]
    joined = [g for g in others if 1 <= g.first - group.last <= 2 and text.word(group.last) in ("and", "then")]
    second = next(iter([*before, *(g for _, g in pairs[1:] if g in others), *joined]), None)
    span = text.span((before or [by])[0])[0], text.span(group)[1]
    told = any(word.low in NUMBERS or word.low.isdigit() for word in text.words[by.last : group.first])
    first = None if told else first  # "each of the eight priorities" are all of them
    return Order(group.concept, then=second.concept if second else None, first=first, spans=(span,))


def _joins(text: Text, group: Hit) -> Hit | None:
    """The word that makes groups of a word for a kind of group."""
    for by in text.of("groupby"):
        between = text.words[by.last : group.first]
        idle = all(word.low in _SMALL or word.low in NUMBERS or text.raw[word.start].isupper() for word in between)
        if 0 <= len(between) <= 4 and group.first >= by.last and idle and _groups_rows(text, by, group):
            return by
    return None


def _groups_rows(text: Text, by: Hit, group: Hit) -> bool:
    """ "By the manager" names a doer, "by owner" a kind of group; "across all plans" is no group."""
    word, noun, after = text.word(by.first), text.word(group.last - 1), text.word(group.last)
    between = {w.low for w in text.words[by.last : group.first]}
    ends = after in ("", "please", "pls", "and")
    if word == "by" and by.length == 1:
        if {"the", "our", "a"} & between or (group.concept == "owner" and noun in _DOERS):
            return ends and not (between and group.concept == "owner")
        sorts = one_of("sorting").search(text.low)
        owned = text.word(by.first - 1) in small("groups_owned")
        return not owned and after not in ("of", "to") and not (sorts and text.word(group.first) in ("due", "date"))
    over = word in ("across", "every", "with", "on", "from") and group.concept in ("document", "authority", "owner")
    if over and "each" not in text.low and "per " not in text.low:
        return word == "every" and bool(one_of("number_words").search(text.low))
    if word in ("each", "every") and by.length == 1:
        return group.first <= 2 or bool(one_of("number_words", "each_asks").search(text.low))
    plural = noun.endswith("s") and group.concept != "status"
    return not (plural and word in ("split", "breakdown") and not {"by", "of"} & between and by.length == 1)


_WANTS = re.compile(
    r"^\W*(?:and\s+|so\s+|please\s+|can you\s+|could you\s+)*(?:list|show|name|who (?:are|is)|what (?:are|is)|give|which(?: are)?|what's|whats"
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


# ---------------------------------------------------------------- the order of rows

_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NTH |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "final": -1}
_AMOUNT = rf"\d{{1,2}}|{'|'.join(NUMBERS)}"
_NUMBER = re.compile(
    rf"\b(?:top|first|next|last|latest|earliest|biggest|largest|worst|the|which|longest|oldest|soonest)\s+(?P<n>{_AMOUNT})\s+"
    r"(?!of\b|weeks?\b|months?\b|days?\b|years?\b|quarters?\b)(?=(?:most\s+)?[\w-]+)"
    rf"|\b(?P<m>{_AMOUNT})\s+(?:most\s+overdue|longest|latest|earliest|soonest|next|oldest|busiest|largest|biggest)"
)
_NTH_ONE = re.compile(
    rf"\bthe\s+(?P<n>{'|'.join(_NTH)})\s+(?:one|row|of\s+(?:those|these|them))\b"
    r"|\b(?P<m>first|last)\s+(?:action|task|row|item|thing|entry)\b(?!\s+(?:due|to|on|for|[\w' ]*\b(?:expects?|plans|will|due|finish\w*|complet\w*)\b))"
)
_FIRST = re.compile(r"(?:\s+(?:(?:due\s+)?(?:dates?|deadlines?)|ones?|actions?|due))?\s+first\b")
_SHORT = 6
"""The words of a question that may point at rows told of before: "which is the latest"."""


def spot_order(text: Text, named: Sequence[tuple[int, int]], asked: bool = False) -> Order:
    """The groups and the order that a question asks for. `named`: characters that name something
    else; asked, whether there were questions before: "which is the latest" then is of their rows."""
    groups = [g for g in text.of("group") if not overlaps(text.span(g), named)]
    number = next((m for m in _NUMBER.finditer(text.low) if not overlaps(m.span(), named)), None)
    word = (number["n"] or number["m"]) if number else ""
    first = (NUMBERS.get(word) or int(word)) if number else None
    spans = (number.span(),) if number else ()
    found = crossed(text, groups) or counted(text, groups) or most(text, groups, first)
    if found := found or grouped(text, groups, first) or listed(text, groups, first):
        return with_columns(replace(found, spans=(*found.spans, *spans)), text.low)
    match = _NTH_ONE.search(text.low)
    if match and match["n"] in ("first", "last", "final") and " of " in match[0] and text.says("ask", "when"):
        return Order(extreme=True, order=Field.DUE, first=1, descending=match["n"] != "first", spans=(match.span(),))
    if match and not (match["m"] and field_near(text, text.at(match.start()), text.at(match.end()))):
        return Order(nth=_NTH[match["n"] or match["m"]], spans=(match.span(),))
    hits = [hit for hit in text.of("order", "first", "last", "longest_late") if not overlaps(text.span(hit), named)]
    for hit in sorted(hits, key=lambda hit: (hit.concept != "longest_late", -hit.length, hit.first)):
        if sorts := _FIRST.match(text.low, text.span(hit)[1]):  # "oldest due date first"
            span = (text.span(hit)[0], sorts.end())
            return Order(order=Field.DUE, descending=hit.concept == "last", spans=(span,))
        if found := _extreme(text, hit, first, asked and len(text.words) <= _SHORT):
            return replace(found, spans=(*found.spans, *spans))
    if sort := text.of("order", "by_order"):
        latest = re.search(r"\b(?:newest|latest)\s+first\b", text.low)
        return Order(order=Field.DUE, descending=bool(latest), spans=tuple(text.span(hit) for hit in sort))
    return Order(first=first, spans=spans) if spans and text.lows & {"top", "first"} else Order()


def _extreme(text: Text, hit: Hit, first: int | None, of_those: bool) -> Order | None:
    """The first or the last by a date; the first rows of a list; None where the words say neither."""
    start, end = text.span(hit)
    found = Order(extreme=True, order=Field.DUE, first=first or 1, spans=((start, end),))
    if hit.concept == "longest_late":
        return replace(found, late=True)
    after, then = text.word(hit.last), text.word(hit.last + 1)
    unit = then in small("order_periods") or then in ("months", "weeks", "days", "years")
    if after in small("order_periods") or (after.isdigit() and not first) or (after in NUMBERS and unit):
        return None  # "the next quarter", "the last three months"
    near, last = text.low[max(0, start - 25) : end + 40], hit.concept == "last"
    rows = any(0 <= row.first - hit.last <= 2 or 0 <= hit.first - row.last <= 4 for row in text.of("rows"))
    field = field_near(text, hit.first, hit.last)
    due = field is not None or of_those or bool(re.search(r"\b(?:date|end|run|comes? up|up next)\w*\b", near))
    if field is Field.COMPLETED_ON:
        return replace(found, order=field, descending=last)
    if not (due or hit.length > 1 or rows):
        return None
    if rows and not due:
        return replace(Order(), first=first, nth=None if first else -1 if last else 1, spans=found.spans)
    said = {word.low for word in text.words[hit.first : hit.last]}
    ahead = bool(said & {"next", "soonest", "most", "coming", "comes"})
    by = Field.START if field is Field.START else Field.DUE
    return replace(found, order=by, descending=last, ahead=ahead and not last)


_ITEMS = {
    Measure.TOTAL: r"(?:(?:number|count|total)s?\s+(?:of\s+)?)?(?:actions|rows|tasks)(?:\s+in\s+(?:all|total))?|(?:the\s+)?totals?(?:\s+number)?",
    Measure.NOT_COMPLETE: r"(?:not|un|in)[ -]?(?:complete|completed|finished|done)|still\s+open|open|outstanding",
    Measure.COMPLETE: r"complete[ds]?|done|finished|closed",
    Measure.OVERDUE: r"(?:over|past)[ -]?due(?:\s+date)?|past\s+(?:their|its)\s+due\s+date|late",
}
_ITEM = (
    r"(?:(?:how\s+many|the|number|of|that|which|are|is|were|have\s+been|there|them|those|its|their|a\s+count\s+of)\s+)*"
    rf"(?:{'|'.join(f'(?P<{measure}>{said})' for measure, said in _ITEMS.items())})"
    r"(?:\s+(?:ones|actions|rows|there\s+are|are\s+there))?"
)
_ANY_ITEM = re.sub(r"\?P<\w+>", "?:", _ITEM)
_JOIN = r"\s*(?:,\s*and\b|,|;|/|&|\band\b|\bplus\b|\bwith\b|:|-)\s*"
_COLUMNS = re.compile(rf"\b{_ANY_ITEM}(?:{_JOIN}{_ANY_ITEM})+(?!\w)")


def with_columns(order: Order, low: str) -> Order:
    """The order with what is told of each group, where the question lists the numbers that it wants side by side; a
    list of states alone, such as "late and not complete", says which rows are meant."""
    if order.listing or order.extreme or order.bound:
        return order
    for match in _COLUMNS.finditer(low):
        items = (one.lastgroup for one in re.finditer(_ITEM, match.group()))
        found = tuple(dict.fromkeys(Measure(one) for one in items if one))
        if len(found) > 1 and (Measure.TOTAL in found or {Measure.COMPLETE, Measure.OVERDUE} <= set(found)):
            columns = tuple(dict.fromkeys((Measure.TOTAL, *found)))
            return replace(order, measures=columns, spans=(*order.spans, match.span()))
    return order
