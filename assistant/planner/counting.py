"""Whether a number is asked of actions or of something else, and whether a reached or an intended one."""

from __future__ import annotations

import re

from assistant.planner.states import ROW_NOUN
from assistant.planner.wording import FUNCTION_WORDS, TAKEN
from assistant.query_plan import Wanted

ROWS = re.compile(rf"\b{ROW_NOUN}\b")
PLURAL_ROWS = re.compile(
    r"\b(?:actions|tasks|items|rows|ones|jobs|commitments|promises|recommendations|entries|things|milestones|ambers|reds|greens)\b"
)

_MEANT = re.compile(
    r"\b(?:should|must|ought|target(?:s|ed)?|aim\w*|meant|supposed|expect\w*|hope[ds]?|intend\w*|required|want\w*)\b"
)


def figure_wanted(low: str) -> Wanted:
    """A figure that is reported, or one that is meant to be reached: "what share should ..."."""
    return Wanted.TARGET if _MEANT.search(low) else Wanted.NUMBER


_SHARED_THINGS = re.compile(
    r"^\W*(?:(?:of|all|the|our|their)\s+)*(?P<things>(?:(?!(?:are|is|was|were|has|have|had|do|did|will|in|at|on|by|for"
    r"|should|must)\b)[\w'-]+\s*)+)"
)


def shares_rows(after: str, names_rows: bool) -> bool:
    """True where a share of the actions is asked for, not one of visits, children or assessments.

    Args: after, what follows "what share of"; names_rows, whether a state, a colour or an owner is named.
    """
    if counts_rows(after):
        return (
            not re.match(r"\W*(?:the|our|their)\s", after)
            or counts_rows(re.sub(r"^\W*(?:the|our|their)\s+", "", after))
            or names_rows
        )
    things = _SHARED_THINGS.match(after)
    words = [word for word in things.group("things").split() if word not in FUNCTION_WORDS] if things else []
    several = bool(words) and bool(re.fullmatch(r"\w+[^s]s|children|people|staff|young", words[-1]))
    return (names_rows or re.search(r"\bplans?\b", after) is not None) and not several


_COUNTABLE = re.compile(
    rf"^(?:(?:of|are|is|have|has|do|does|did|were|was|will|there|still|remain|left|more|in|on|at|the|a|those|these|them|that|such|different|other|in total|total|we|due|fall|falls|marked|show|shows|say|says)\b|[{TAKEN}?]|$)"
)


def counts_rows(after: str) -> bool:
    """True where actions are counted; children, visits and the like are not in the register."""
    if _COUNTABLE.match(after.strip()):
        return True
    if ROWS.search(after.split(TAKEN)[0]) or PLURAL_ROWS.search(after):
        return True
    words = [word for word in re.findall(r"[a-z'-]+", after.split(TAKEN)[0]) if word not in FUNCTION_WORDS]
    return not words
