"""Where in the document the walk is: the headings that an action stands under, and the theme that they name."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.records import Block, BlockKind
from ingest.layout.drafts import Piece, Role
from ingest.layout.headings import LIKELY, THEMES, best_role
from ingest.layout.labels import labels_of
from ingest.layout.shapes import is_bare_date, is_heading
from ingest.layout.words import normal, plain, without_bullet

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
    bracketed: bool = False
    """True where items end with who and when in brackets, again and again."""
    label: Piece | None = None
    path: list[tuple[int, Piece, Piece | None]] = field(default_factory=list)
    """Level, heading, and the theme that it names, from the outermost in."""

    @property
    def section(self) -> Piece | None:
        return self.path[-1][1] if self.path else None

    def above(self, words: str) -> Piece | None:
        """The heading in force, or the one over it where the innermost says only these words."""
        path = [piece for _, piece, _ in self.path]
        while path and normal(path[-1].line) == normal(words):
            path.pop()
        return path[-1] if path else None

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
