"""A line that asks several things: where one question ends and the next begins."""

import re

from assistant.planner.assemble import sketches
from assistant.planner.candidates.ways import AUX
from assistant.planner.compare import compares
from assistant.planner.followup_slots import points_back
from assistant.planner.pieces import Before, Setting, pieces_of
from assistant.planner.spots import Kind
from assistant.planner.text import ASKING, Text
from assistant.query_plan import Intent

OF_THOSE = re.compile(r"\b(?:of|among)\s+(?:those|these|them|which)\b|\bwhich\s+of\b")
_NEXT_BREATH = re.compile(
    r"(?:[,;.?]\s+(?:and\s+|n\s+|also\s+|(?:second|third|next|then|finally|lastly)(?:ly)?\s*[,:]\s*)?|\s+(?:and|plus|n|\+|&)\s+(?:also\s+)?)(?=(?:what|which|who|how|when|why|where|whats|what's|whos|who's|did|does|is|are|has|have|list)\b)",
    re.I,
)


def breaths(text: str, setting: Setting) -> list[str]:
    """The question, and what it asks besides that cannot stand in the same answer."""
    for match in list(_NEXT_BREATH.finditer(text))[: 2 if len(text) < 400 else 0]:
        first, second = text[: match.start()], text[match.end() :]
        long = min(len(first.split()), len(second.split())) > (1 if _is_end(match[0]) else 2)
        if long and _stands_alone(first, match[0], second, setting):
            first, then = _FIRST.sub("", first), breaths(_FIRST.sub("", second), setting)
            return [f"{first}{'' if _is_end(match[0]) else _of_both(first, then[0], setting)}", *then]
    return [text]


_STANDS = frozenset({Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.GAP})


def _of_both(first: str, second: str, setting: Setting) -> str:
    """What follows the state that a second count is of: the first shares it where it ends with a state and names no plan
    of its own, "how many amber and how many green in the tracker"."""
    texts = Text(first), Text(second)
    if not all(hit and hit[0].first == 0 for hit in (text.of("ask", "count") for text in texts)):
        return ""
    one, other = (pieces_of(text, setting, Before(), ()) for text in texts)
    ended, after = (max((s.end for s in p.spots if s.kind in _STANDS), default=None) for p in (one, other))
    if ended is None or after is None or first[ended:].strip() or (one.scope.documents and other.scope.documents):
        return ""
    own = next((s.end for s in other.spots if s.kind is Kind.DUE and s.start == after + 1), after)  # "late by 30 days"
    return second[own:]


_FIRST = re.compile(r"^\W*(?:first|second|third|next|then|last|final)(?:ly)?\s*[,:]\s*", re.I)
"""What numbers the questions of one line."""
_TWICE = re.compile(r"\W*(what|which|who|how|when|where)\b.*\band\s+\1\b", re.I)


def _stands_alone(first: str, cut: str, second: str, setting: Setting) -> bool:
    """Whether both parts ask, and the second names something of its own: what only asks for a further field, narrows, or
    completes a comparison belongs to the first. `cut` are the characters between them."""
    ended, whole = _is_end(cut), f"{first}{cut}{second}"
    told = any(hit.first == 0 for hit in Text(first).of("except")) or (not ended and _WITHIN.match(first))
    told = told or not (ended or re.search("[a-z+&]", cut) or re.match(rf"\W*{ASKING}", first.lower()))
    if told or compares(whole) or _of_each(first, second):
        return False
    one, other = (next(iter(sketches(part, setting, Before()))) for part in (first, second))
    begun, asks = (found.asking.by != "default" or found.meaning for found in (one, other))
    named, own = (
        found.parts or found.themes or found.lateness or found.meaning or found.order.group or found.shared is not None
        for found in (one, other)
    )
    listed = (one.parts or one.themes) and Text(first).says("rows")
    if not listed and not (begun and (named or ended or one.asking.intent is not Intent.LIST)):
        return False
    if ended and Kind.REF in one.kinds() ^ other.kinds():
        return True
    if one.asking.intent is other.asking.intent is Intent.COUNT:
        if other.documents and other.documents != one.documents:
            return True  # "... and how many of those are in Fenbridge?"
        both = next(iter(sketches(f"{first} and {second}", setting, Before())))
        return bool(own and not OF_THOSE.search(second.lower()) and not both.sides)
    if other.order.extreme or (other.order.group and not one.order.group):
        return not one.order.extreme or one.order.descending != other.order.descending
    if second.split()[0].lower() in AUX:
        if other.meaning:
            return ended
        if _is_whole_question(second) and own:
            return True
        return bool(other.themes) and other.asking.polar and (ended or not points_back(second))
    if other.asking.intent is Intent.NARRATIVE and other.asking.wanted is None and not own:
        return one.asking.intent is not Intent.NARRATIVE
    apart = (
        ended
        or _is_whole_question(second)
        or "," in cut
        or one.asking.intent is not Intent.LIST
        or OF_THOSE.search(second.lower())
    )
    return bool((own or _BESIDE.search(second.lower())) and asks and (apart or _TWICE.match(whole)))


def _is_whole_question(text: str) -> bool:
    """Whether a part asks as a question of its own does, of rows or of anything: "which actions are late", "what is due
    in May"; not "which are late"."""
    return stands_apart(text) or (text.lower().startswith("what") and not points_back(text))


def stands_apart(text: str) -> bool:
    """Whether a part names rows, or anything, for itself: it has nothing of the subject of the first."""
    said = Text(text)
    rows = any(said.words[hit.last - 1].low not in ("one", "ones") for hit in said.of("rows", sure=True))
    anything = re.match(r"\W*(?:is|are|was|were|has|have)\s+(?:anything|anyone|anybody)\b", said.low)
    return bool(rows or anything) and not points_back(text) and not OF_THOSE.search(said.low)


def _of_each(first: str, second: str) -> bool:
    """Whether the second asks how it will be known, of the rows of the first: a field that stands beside them."""
    text, rows = Text(second), Text(first).says("rows", sure=True)
    return rows and text.says("field", "success_measure", sure=True) and not (text.says("rows") or text.says("ref"))


_WITHIN = re.compile(r"\W*(?:of|in|for|from|among|under|on|within|across|about|regarding|with)\b", re.I)
_BESIDE = re.compile(r"\b(?:what|who|which|anything) else\b")


def _is_end(cut: str) -> bool:
    return bool({"?", ";"} & set(cut)) or bool(_FIRST.match(cut.lstrip(" .,")))
