"""Documents to drafts of actions: tables, lists and labelled blocks, recognised by what they are."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.flags import FlagCode
from assistant.records import Block, BlockKind, Document, Table
from ingest.layout.account import line_roles, tables_read
from ingest.layout.context import Context, repeated_lines
from ingest.layout.drafts import Draft, Layout, Piece, Role, Tally
from ingest.layout.endings import lists_endings
from ingest.layout.kinds import is_no_plan
from ingest.layout.prose import ProseWalk
from ingest.layout.records import records_of
from ingest.layout.regions import regions_of
from ingest.layout.tables import TableWalk
from ingest.layout.themes import contents_of, named, themed
from ingest.layout.words import ERRORS, unstruck

__all__ = ["Draft", "Layout", "Piece", "Role", "rows"]


def rows(document: Document, terms: frozenset[str] = frozenset()) -> Layout:
    """All actions that the document states, as drafts in reading order, and what became of every table line.

    Args: terms, the words that the plan's own key explains.
    """
    blocks = (item for item in document.items if isinstance(item, Block))
    endings = lists_endings(document.items)
    context = Context(repeated=repeated_lines(blocks), terms=terms, bracketed=endings)
    tally = Tally()
    prose, walk = ProseWalk(context, endings), TableWalk(context, tally)
    over = {at: _heading_over(document.items, at) for at, item in enumerate(document.items) if isinstance(item, Table)}
    no_plan = {at for at, heading in over.items() if heading is not None and is_no_plan(heading.text)}
    records = records_of(document.items, terms, no_plan)
    taken, beginning = records.taken, {record.first for record in records.records}
    tables = {at: item for at, item in enumerate(document.items) if isinstance(item, Table) and at not in taken}
    apart, others = [over[at] is not None for at in tables], [at in no_plan for at in tables]
    regions = regions_of(list(tables.values()), terms, apart, others)
    marked = iter(regions)
    drafts: list[Draft] = []
    for at, item in enumerate(document.items):
        context.at = at
        if at in beginning:
            prose.close_group()
            drafts += (found := records.drafts(at, context))
            tally.count_records(item, len(found))
        if at in taken:
            continue
        if isinstance(item, Table):
            prose.close_group()
            walk.take(next(marked))
        elif item.kind is not BlockKind.FURNITURE:
            section = context.section
            prose.take(item)
            if context.section is not section:
                walk.new_section(context.section)
    prose.close_section()
    titles = contents_of(document.items)
    in_order = sorted([*drafts, *walk.drafts, *prose.drafts], key=lambda draft: draft.order)
    in_order = themed([named(draft, titles) for draft in in_order], document.items)
    ordered = [_without_errors(_with_struck(draft)) for draft in in_order]
    return Layout(
        drafts=tuple(ordered),
        tally=tally,
        flags=tuple(prose.flags),
        titles=tuple(titles.items()),
        lines=line_roles(regions),
        tables=tables_read(document.items, dict(zip(tables, regions, strict=True)), ordered),
    )


def _with_struck(draft: Draft) -> Draft:
    """The draft with the words of its action where all of them are crossed out: what was given up is still named."""
    pieces = draft.pieces(Role.ACTION)
    if not pieces or any(piece.words for piece in pieces):
        return draft
    return draft.with_pieces(Role.ACTION, *(replace(p, text=unstruck(p.text), struck=True) for p in pieces))


def _without_errors(draft: Draft) -> Draft:
    """The draft without cells that a workbook could not work out, each named by a flag."""
    broken = [(role, piece) for role, pieces in draft.fields.items() for piece in pieces if piece.line in ERRORS]
    if not broken:
        return draft
    fields = {role: tuple(p for p in pieces if p.line not in ERRORS) for role, pieces in draft.fields.items()}
    flags = (
        FlagCode.TEXT_CORRUPTED.flag(
            f'The {role.value} is lost: the cell shows the error "{piece.line}".', piece.locator
        )
        for role, piece in broken
    )
    return replace(draft, fields=fields, flags=(*draft.flags, *flags))


def _heading_over(items: Sequence[Block | Table], at: int) -> Block | None:
    """The heading that stands right over a table; None where another table stands between or none is there."""
    above = (item for item in reversed(items[:at]) if isinstance(item, Table) or item.kind is BlockKind.HEADING)
    found = next(above, None)
    return found if isinstance(found, Block) else None
