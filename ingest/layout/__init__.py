"""Documents to drafts of actions: tables, lists and labelled blocks, recognised by what they are."""

from __future__ import annotations

from assistant.records import BlockKind, Document, Table
from ingest.layout.context import Context
from ingest.layout.contents import contents_of, named
from ingest.layout.drafts import Draft, Layout, Piece, Role, Tally
from ingest.layout.prose import ProseWalk
from ingest.layout.regions import regions_of
from ingest.layout.tables import TableWalk

__all__ = ["Draft", "Layout", "Piece", "Role", "rows"]


def rows(document: Document) -> Layout:
    """All actions that the document states, as drafts in reading order, and what became of every table line."""
    tally = Tally()
    context = Context()
    prose = ProseWalk(context)
    walk = TableWalk(context, tally)
    marked = iter(regions_of([item for item in document.items if isinstance(item, Table)]))
    for at, item in enumerate(document.items):
        context.at = at
        if isinstance(item, Table):
            prose.close_group()
            walk.take(next(marked))
        elif item.kind is not BlockKind.FURNITURE:
            section = context.section
            prose.take(item)
            if context.section is not section:
                walk.new_section()
    prose.close_section()
    titles = contents_of(document.items)
    found = named(sorted([*walk.drafts, *prose.drafts], key=lambda draft: draft.order), titles)
    return Layout(tuple(found), tally, tuple(prose.flags), tuple(titles.items()))
