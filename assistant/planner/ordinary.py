"""Words that are never typing errors, and words of questions that a typing error may have meant."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.planner.naming import EMPTY_WORDS
from assistant.planner.wording import FUNCTION_WORDS, NUMBERS, word_list

QUESTION_WORDS = frozenset(
    word_list("""
    action actions overdue outstanding complete completed incomplete finished unfinished delivered achieved closed started progress
    status deadline deadlines target quarter month year week january february march april june july august september october
    november december spring summer autumn winter owner owners owned responsible responsibility accountable sponsor sponsored
    assigned manager managers director officer coordinator recommendation recommendations priority priorities section sections
    amber green yellow colour colours rating ratings rated slipped slipping behind schedule delayed missed undated duplicate
    duplicates duplicated contradict contradicts contradictory inconsistent consistent compare comparison difference between
    breakdown grouped latest earliest previous current update summary achievement achievements governance measure measures success
    anything everything nothing something which where there their about should would could because before after between
    outcome outcomes impact evidence meaning draft summary spreadsheet abbreviation definition stands question children families council
    """)
)
"""Words that the rules of the planner look for."""


@cache
def ordinary_words(word_file: Path | None = None) -> frozenset[str]:
    """Words that are never taken for typing errors: those of the planner, and those of a file with one a line."""
    own = QUESTION_WORDS | FUNCTION_WORDS | EMPTY_WORDS | frozenset(NUMBERS)
    if word_file is None or not word_file.is_file():
        return own
    return own | {word for word in word_file.read_text(encoding="utf-8").split() if word.isalpha()}
