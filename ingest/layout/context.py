"""Where in the document the walk is: the headings that an action stands under, and what the contents list says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.records import Block, BlockKind
from ingest.layout.drafts import Piece
from ingest.layout.headings import LIKELY, best_role
from ingest.layout.shapes import is_heading
from ingest.layout.words import plain

_LABEL = re.compile(
    r"(recommendation|priority|objective|theme|aim|goal|area|improvement|outcome|workstream|standard|finding|strand|pillar|"
    r"additional areas?|area for)s?\b",
    re.IGNORECASE,
)
_BARE_LABEL = re.compile(
    r"(recommendation|priority|objective|theme|aim|goal|area|workstream|standard|strand|pillar|part|section|chapter)"
    r"\s*(no\.?\s*)?([0-9]{1,2}[a-z]?|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten)\W*|"
    r"(additional |other )?(areas?|priorities|recommendations|objectives|themes)( for (development|improvement|action))?\W*",
    re.IGNORECASE,
)
_LETTER = re.compile(r"^\(?[a-z]\)?[.)]\s+(?=[A-Z])")


@dataclass(slots=True)
class Context:
    """The headings in force. `section` is what an action stands under; `recommendation` the theme that headings name."""

    section: Piece | None = None
    recommendation: Piece | None = None
    label: Piece | None = None
    at: int = 0
    """The number of the block or table being read."""

    def heading(self, block: Block) -> None:
        """A heading outside tables comes into force."""
        parts = [part for part in plain(block.text).split("\n") if part]
        piece = Piece(block.text, block.locator)
        if len(parts) > 1 and _BARE_LABEL.fullmatch(parts[0]):
            self.label = Piece(parts[0], block.locator)
            self.section = self.label
            self.recommendation = Piece(" ".join(parts[1:]), block.locator)
            return
        if self._names_label(piece):
            self.recommendation = Piece(_LETTER.sub("", piece.text.strip().lstrip("#").strip()), block.locator)
            self.label = None
            return
        if _BARE_LABEL.fullmatch(piece.line.lstrip("# ")):
            self.label, self.section, self.recommendation = piece, piece, None
            return
        self.label = None
        self.section = Piece(block.text.strip().lstrip("#").strip(), block.locator)
        self.recommendation = self.section if _LABEL.match(self.section.line) else None

    def _names_label(self, piece: Piece) -> bool:
        """True where a bare label such as "Recommendation 3" stands just above: this is what it is about."""
        return self.label is not None and self.recommendation is None and not _BARE_LABEL.fullmatch(piece.line)

    def row_heading(self, piece: Piece) -> None:
        """A heading inside a table comes into force; it names no theme by itself."""
        self.section, self.label = piece, None
        self.recommendation = piece if _LABEL.match(piece.line) else None


def acts_as_heading(block: Block) -> bool:
    """True where a block outside tables heads what follows: marked as a heading, or short and standing as one."""
    if block.kind is BlockKind.HEADING:
        return True
    return block.kind is BlockKind.PARAGRAPH and is_heading(block.text)


def role_heading(text: str) -> bool:
    """True where the words head a column or a block of one kind, such as a heading for actions."""
    return best_role(text)[1] >= LIKELY
