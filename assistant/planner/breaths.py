"""A line that asks several things: where one question ends and the next begins."""

import re

from assistant.planner.assemble import sketches
from assistant.planner.compare import compares
from assistant.planner.followup_words import points_back
from assistant.planner.pieces import Before, Setting
from assistant.planner.spots import Kind
from assistant.planner.text import Text
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
        ended = bool({"?", ";"} & set(match[0])) or bool(_FIRST.match(match[0].lstrip(" .,")))
        long = min(len(first.split()), len(second.split())) > (1 if ended else 2)
        if long and _stands_alone(first, second, ended, setting):
            return [_FIRST.sub("", first), *breaths(_FIRST.sub("", second), setting)]
    return [text]


_FIRST = re.compile(r"^\W*(?:first|second|third|next|then|last|final)(?:ly)?\s*[,:]\s*", re.I)
"""What numbers the questions of one line."""
_ONE_FACT = frozenset({Intent.NARRATIVE, Intent.OWNER, Intent.DATE, Intent.LOOKUP})


def _stands_alone(first: str, second: str, ended: bool, setting: Setting) -> bool:
    """Whether the second part asks something of its own, and both are questions. `ended`: by a question mark or
    a semicolon."""
    if any(hit.first == 0 for hit in Text(first).of("except")):
        return False
    one, other = (next(iter(sketches(part, setting, Before()))) for part in (first, second))
    asked = all(found.asking.by != "default" or found.meaning for found in (one, other))
    if ended and asked and not other.order.extreme and not points_back(second):
        named = [found.parts or found.themes or found.lateness or found.meaning for found in (one, other)]
        return all(named) and not compares(f"{first} {second}")
    if (
        (one.asking.by == "default" and one.meaning is None)
        or one.meaning
        or other.meaning
        or compares(f"{first} {second}")
    ):
        return False
    if ended and Kind.REF in one.kinds() ^ other.kinds():
        return True
    if one.asking.intent is other.asking.intent is Intent.COUNT and not OF_THOSE.search(second.lower()):
        whole = next(iter(sketches(f"{first} and {second}", setting, Before())))
        return bool(other.parts or other.themes or other.lateness) and not whole.sides
    if other.order.extreme or (other.order.group and not one.order.group):
        return not one.order.extreme or one.order.descending != other.order.descending
    if one.asking.intent in _ONE_FACT and other.asking.intent in (Intent.LIST, Intent.COUNT):
        return bool(other.parts or other.themes or other.lateness) and other.asking.by != "default"
    return (
        other.asking.intent is Intent.NARRATIVE
        and other.asking.wanted is None
        and one.asking.intent is not Intent.NARRATIVE
    )
