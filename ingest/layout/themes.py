"""The theme of an action: by the contents list of the document, or by the headings that part its actions."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.flags import FlagCode
from assistant.records import Block, Table
from ingest.layout.drafts import Draft, Piece, Role
from ingest.layout.shapes import is_coded, leading_ref, whole_ref
from ingest.layout.words import normal, one_line

_LOG = re.compile(r"\b(?:minutes|action log|notes of (?:the |a )?meeting|matters arising)\b", re.IGNORECASE)
_NO_THEME = re.compile(
    r"(?:open|closed|completed?|outstanding|new|ongoing|carried forward|discharged|archived?)"
    r"(?: (?:actions?|items?))?\b.*|"
    r"actions? (?:closed|completed?|discharged|carried)\b.*|(?:the )?(?:action|delivery|improvement) plan\b.*|"
    r"(?:actions?|tracker|appendix|annex|updated|position|notes?|key)\b.*",
    re.IGNORECASE,
)


def themed(drafts: Sequence[Draft], items: Sequence[Block | Table]) -> list[Draft]:
    """The drafts, those of a table or of a whole document without any theme with the heading above them as theme.

    Only where there are several headings, so that they part the actions: a single one is the title of all. Minutes are
    left alone, as the items of an agenda are no themes.
    """
    front = " ".join(one_line(item.text) for item in items[:4] if isinstance(item, Block))
    if _LOG.search(front):
        return list(drafts)
    by_table: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_table[draft.order].append(draft)
    whole = _parted(drafts)
    return [
        draft.with_pieces(Role.RECOMMENDATION, theme)
        if (theme := _heading(draft)) is not None and (whole or _parted(by_table[draft.order]))
        else draft
        for draft in drafts
    ]


def _parted(drafts: Sequence[Draft]) -> bool:
    """True where none has a theme and several headings stand over them."""
    headings = {normal(section.line) for draft in drafts if (section := _heading(draft)) is not None}
    return len(headings) > 1 and not any(draft.pieces(Role.RECOMMENDATION) for draft in drafts)


def _heading(draft: Draft) -> Piece | None:
    """The heading that an action stands under, where it can be a theme."""
    return draft.section if draft.section is not None and not _NO_THEME.fullmatch(draft.section.line) else None


Titles = dict[str, Piece]
_PAGE = re.compile(r"\s*(?:[.…_\s]{2,}|\t+)\s*\d{1,3}\s*$")


def contents_of(items: Sequence[Block | Table]) -> Titles:
    """The titles by reference, from lines of reference, title and page number; empty without such a list."""
    found: Titles = {}
    for item in items:
        if isinstance(item, Table):
            for row in item.rows:
                texts = [one_line(cell.text) for cell in row.cells if cell.text.strip()]
                coded = len(texts) == 3 and whole_ref(texts[0]) and is_coded(texts[0])
                if coded and re.fullmatch(r"\d{1,3}", texts[2]):
                    found.setdefault(texts[0].upper(), Piece(row.cells[1].text, row.locator))
        elif _PAGE.search(item.text) and "\n" not in item.text.strip():
            led = leading_ref(_PAGE.sub("", item.text))
            if led and is_coded(led[0]):
                found.setdefault(led[0].upper(), Piece(led[1], item.locator))
    return found if len(found) > 1 else {}


def named(draft: Draft, titles: Titles) -> Draft:
    """The draft with its theme as the contents list names it; a heading that says something else is flagged."""
    led = leading_ref(draft.line(Role.ACTION)) or leading_ref(draft.parent.line if draft.parent else "")
    stem = led[0].split(".")[0].upper() if led and "." in led[0] else ""
    title = titles.get(stem) or titles.get(stem.rstrip("ABCDEFGH"))
    heading = draft.line(Role.RECOMMENDATION)
    same = [other for other in titles.values() if fuzz.ratio(normal(heading), normal(other.line)) >= 82 and heading]
    if title is None or title in same:
        return draft
    words = f'The heading above says "{heading[:120]}", the contents list names {stem} "{title.line[:120]}".'
    flags = (FlagCode.HEADING_CONTRADICTS_CONTENTS.flag(words, title.locator),) if same else ()
    return replace(draft.with_pieces(Role.RECOMMENDATION, title), flags=(*draft.flags, *flags))
