"""What is said before the question itself: who is in a hurry, what is coming up, whose ward it is."""

from __future__ import annotations

import re

from assistant.planner.text import Text

_TURNS = re.compile(
    r"(?:[,;.:]|\s-|\band\b|\bso\b)\s+(?=(?:(?:and|so|but|pls|please|can you|could you)\s+)*(?:i\s+(?:need|want|must)|i'd\s+like|pls|please|can|could|show|list"
    r"|send|give|find|pull|get|tell|what|which|who|how|when|where|is|are|has|have|do|does|did|any|everything|all)\b)|[,;]\s*so\s+"
)
_TELLS = re.compile(
    r"^\W*(?!(?:what|which|who|how|when|where|why|is|are|has|have|do|does|did|can|could|any|list|show|give|find|tell|in|within|under|among|across|from|for|at|on|if|as|assum\w+|imagine|suppose)\b)"
    r"(?:[\w']+[.,!]?\s+){0,5}?(?:[\w]+'(?:ve|m|re)|have|has|is|are|am|was|were|been|coming|need|in\s+at|got|meeting|visiting|arriv\w+|work|chair|represent|told)\b"
)


def preamble(text: Text) -> int:
    """Where the question begins after a clause that tells something; 0 where all of it asks."""
    for match in _TURNS.finditer(text.low):
        if _TELLS.search(text.low[: match.start()]) and not text.says("ask", "whether"):
            return match.end()
    return 0
