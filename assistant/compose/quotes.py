"""Words of a document in an answer: each line quoted with its citation, under the name of its plan."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.compose.caveats import caveats
from assistant.compose.draft import Draft, Pen
from assistant.compose.telling import Telling
from assistant.compose.wording import capital, plan_name, ref_of, safe, without_bullet
from assistant.evidence import Evidence
from assistant.outcome import AnswerStatus


def quoted(telling: Telling, pen: Pen) -> list[str]:
    """The evidence as lines, document by document."""
    lines: list[str] = []
    for document, group in groupby(telling.evidence, key=lambda piece: piece.document):
        lines += ["", f"The {plan_name(telling.source(document))} says:", ""]
        lines += [quote_line(piece, pen) for piece in group]
    return lines


def quote_line(piece: Evidence, pen: Pen) -> str:
    """One quote, with the row that it stands in and what it is there."""
    words = safe(without_bullet(piece.quote))
    if piece.lead:
        return f"- {words} {_token(piece, pen)}"
    ref = ref_of(piece.row) if piece.row else None
    beside = f"{capital(ref)}: " if ref else ""
    kind = f" ({piece.kind})" if piece.kind else ""
    return f"- {beside}“{words}”{kind} {_token(piece, pen)}"


def _token(piece: Evidence, pen: Pen) -> str:
    if piece.row:
        return pen.words_of(piece.row, piece.locator, piece.quote)
    return pen.passage(piece.document, piece.locator, piece.quote)


def without_rows(telling: Telling, pen: Pen, lines: Sequence[str], status: AnswerStatus) -> Draft:
    """A draft that rests on no row: on the prose, the keys or the sources alone."""
    documents = {place.document for place in pen.places.values()}
    sources = [source for source in telling.searched if source.document in documents]
    return Draft(status, "\n".join(lines).strip(), pen.places, caveats=caveats(telling, (), sources))
