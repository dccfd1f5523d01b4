"""Where in the document the walk is: the headings that an action stands under, and its theme, as they name it or as
the contents list of the document does."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from assistant.flags import FlagCode
from assistant.records import Block, BlockKind, Table
from ingest.layout.drafts import Draft, Piece, Role
from ingest.layout.headings import LIKELY, THEMES, best_role
from ingest.layout.labels import labels_of
from ingest.layout.shapes import is_bare_date, is_coded, is_heading, leading_ref, whole_ref
from ingest.layout.words import normal, one_line, plain, without_bullet

_LABEL = re.compile(rf"(?:{THEMES})s?\b|(?:additional |other )?areas? for\b", re.IGNORECASE)
_BARE_LABEL = re.compile(
    rf"(?:{THEMES}|part|section|chapter)s?\s*(?:no\.?\s*)?(?:[0-9]{{1,2}}[a-z]?|[a-z]|one|two|three|four|five|"
    rf"six|seven|eight|nine|ten)\W*|"
    r"(?:additional |other )?(?:areas?|priorities|recommendations|objectives|themes)(?: for (?:development|"
    r"improvement|action))?\W*",
    re.IGNORECASE,
)
_HASHES = re.compile(r"^#+\s*|\s#+$")
_LETTER = re.compile(r"^\(?[a-z]\)?[.)]\s+(?=[A-Z])")
_PART = re.compile(
    r"(?:foreword|introduction|summary|executive summary|background|conclusions?|append(?:ix|ices)\b.*|contents|"
    r"purpose|governance|main report|next steps|abbreviations.*|glossary|risks?)\W*",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(
    r"\b(updated|version|draft|as at|as of|position (?:as )?at|page \d|contents|published|dated|reviewed on|"
    r"last reviewed|refreshed)\b",
    re.IGNORECASE,
)
_NAMES_PLAN = re.compile(r"\b(?:plan|strategy|programme|tracker|log|report)\b", re.IGNORECASE)
_EXPLAINS = re.compile(r"(rated|rating|key|legend|note|notes|source|nb|please note)\b", re.IGNORECASE)
_TITLE_WITHIN = 2
"""The title stands among the first blocks of a document, if it stands anywhere."""
_HEADED = frozenset({Role.RECOMMENDATION, Role.SECTION, Role.ACTION, Role.OTHER})
_THEME_LEVEL = 6
_ROW_LEVEL = 8


@dataclass(slots=True)
class Context:
    """The headings in force: `section` is what an action stands under, `recommendation` the theme that they name."""

    at: int = 0
    """The number of the block or table being read."""
    title: str = ""
    started: bool = False
    """True once a table of the plan has begun: what follows is no title."""
    repeated: frozenset[str] = frozenset()
    """Lines that the document writes again and again, such as the heading of a column: they head no part of it."""
    terms: frozenset[str] = frozenset()
    """The words and signs that the plan's own key explains."""
    endings: bool = False
    """True where items of the document end with who and when, so that such ends are what they look like."""
    label: Piece | None = None
    path: list[tuple[int, Piece, Piece | None]] = field(default_factory=list)
    """Level, heading, and the theme that it names, from the outermost in."""

    @property
    def section(self) -> Piece | None:
        return self.path[-1][1] if self.path else None

    def leave(self, words: str) -> None:
        """The heading with these words headed one card only: it stands over nothing below."""
        while self.path and normal(self.path[-1][1].line) == normal(words):
            self.path.pop()

    @property
    def recommendation(self) -> Piece | None:
        return next((theme for _, _, theme in reversed(self.path) if theme is not None), None)

    def heading(self, block: Block) -> None:
        """A heading outside tables comes into force; the title of the document and its dates are none."""
        piece = Piece(without_bullet(_HASHES.sub("", block.text.strip())), block.locator)
        level = block.level if block.kind is BlockKind.HEADING else 0
        parts = [part for part in piece.words.split("\n") if part]
        if not self._counts(piece, level):
            return
        if len(parts) > 1 and _BARE_LABEL.fullmatch(parts[0]):
            label = Piece(parts[0], block.locator)
            self._enter(level or _THEME_LEVEL, label, Piece(" ".join(parts[1:]), block.locator))
        elif _BARE_LABEL.fullmatch(piece.line):
            self._enter(level or _THEME_LEVEL, piece, None)
            self.label = piece
        elif self.label is not None and not (level and self.path and level <= self.path[-1][0]):
            above, label, _ = self.path.pop()
            self._enter(above, label, Piece(_LETTER.sub("", piece.text), block.locator))
        else:
            theme = piece if _LABEL.match(piece.line) else None
            top = theme is not None or bool(_PART.fullmatch(piece.line))
            self._enter(level or (_THEME_LEVEL if top else 7), piece, theme)

    def is_heading(self, block: Block) -> bool:
        """True where the block heads what follows, or says what a bare label just above it is about."""
        words = plain(block.text)
        if block.kind is BlockKind.HEADING or _stands_as_heading(block, words):
            return True
        about = self.label is not None and (block.kind is BlockKind.PARAGRAPH or bool(_LETTER.match(words)))
        if not about or "\n" in words or not 2 < len(words.split()) <= 40 or words.endswith(":"):
            self.label = None
            return False
        return True

    def leave_rows(self) -> None:
        """What a line of a table heads ends with the table."""
        self.path = [entry for entry in self.path if entry[0] < _ROW_LEVEL]

    def theme(self, piece: Piece) -> None:
        """A theme that a label names comes into force: "What inspectors found: ..."."""
        self._enter(_THEME_LEVEL, piece, piece)

    def row_heading(self, piece: Piece, above: bool = False, names_theme: bool = False) -> None:
        """A heading inside a table comes into force below those outside; `above` its header it may be the title."""
        counts = self._counts(piece, 0) if above else not is_bare_date(piece.line)
        if counts:
            self._enter(_ROW_LEVEL, piece, piece if names_theme or _LABEL.match(piece.line) else None)

    def _counts(self, piece: Piece, level: int) -> bool:
        if not self.title and not self.path and level <= 1 and self.at <= _TITLE_WITHIN and not self.started:
            self.title = piece.line
            return bool(_LABEL.match(piece.line)) and not _NAMES_PLAN.search(piece.line)
        words = normal(piece.line)
        again = words in self.repeated and not _BARE_LABEL.fullmatch(piece.line)
        aside = again or words == normal(self.title) or bool(_EXPLAINS.match(piece.line))
        dated = is_bare_date(_FRONT_MATTER.sub("", piece.line).strip(" :,-–—"))
        return not (aside or dated or (_FRONT_MATTER.search(piece.line) and not self.path))

    def beside(self, block: Block) -> None:
        """A heading over actions, such as "What we will do", ends a part beside it, such as "Meetings"."""
        others = bool(self.path) and 0 < block.level <= self.path[0][0]
        if others and normal(block.text) not in self.repeated:
            self._enter(block.level, Piece(_HASHES.sub("", block.text.strip()), block.locator), None)

    def _enter(self, level: int, piece: Piece, theme: Piece | None) -> None:
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        self.path.append((level, piece, theme))
        self.label = None


def repeated_lines(blocks: Iterable[Block]) -> frozenset[str]:
    """The short lines outside tables that stand three times or more."""
    lines = Counter(normal(plain(block.text)) for block in blocks if len(block.text) < 170)
    return frozenset(line for line, times in lines.items() if times > 2)


def _stands_as_heading(block: Block, text: str) -> bool:
    """True where a block outside tables is short and stands as a heading does."""
    label, colon, _ = text.partition(":")
    role, score = best_role(label) if colon else (None, 0.0)
    names_field = score >= LIKELY and role not in _HEADED  # "Impact we want: ..."
    if names_field or any(part.role not in _HEADED for part in labels_of(text)):
        return False
    return block.kind is BlockKind.PARAGRAPH and is_heading(text) and "=" not in text and not _EXPLAINS.match(text)


# ---------------------------------------------------------------- themes of actions


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
