"""What cells of a row say beyond their column: fields inside the action's words, and columns of earlier reviews."""

from __future__ import annotations

from dataclasses import replace

from ingest.layout.columns import DATED, Columns
from ingest.layout.drafts import Fields, Piece, Role
from ingest.layout.endings import ending_of
from ingest.layout.inline import due_in, owner_in
from ingest.layout.statuswords import colour_of, short_status


def from_words(fields: Fields, columns: Columns) -> None:
    """What the words of the action say that no column does: who, by when, how far."""
    for piece in fields.get(Role.ACTION, ())[:1]:
        said = ending_of(piece) if ":" in piece.text else None
        if said is not None and said.labelled and not said.fields.keys() & set(columns.roles):
            fields[Role.ACTION] = (said.action, *fields[Role.ACTION][1:])
            for role, pieces in said.fields.items():
                fields.setdefault(role, pieces)
        owner = owner_in(piece) if columns.first(Role.OWNER) is None else None
        due = due_in(piece) if not set(DATED) & set(columns.roles) else None
        for role, found in ((Role.OWNER, owner), (Role.DUE, due)):
            if found is not None:
                fields.setdefault(role, (found,))


def older(role: Role | None, piece: Piece, heading: str) -> tuple[Role | None, Piece]:
    """What a column says beside a newer one of its kind: earlier progress, an earlier state under its own heading, or
    prose beside the state proper."""
    if role is Role.PROGRESS:
        return Role.EARLIER, piece
    stated = colour_of(piece.text) or short_status(piece.text) is not None or len(piece.line) == 1
    if stated or not piece.words or role is Role.RAG:
        return Role.EARLIER if piece.words else None, replace(piece, text=f"{heading}: {piece.text}", colour=None)
    return Role.PROGRESS, piece


def status_heading(columns: Columns) -> str:
    column = columns.first(Role.STATUS)
    return "" if column is None else columns.headings[column]
