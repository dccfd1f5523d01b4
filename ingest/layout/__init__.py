"""Documents to drafts of actions: tables, lists and labelled blocks, recognised by what they are."""

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
    over = _headings_over(document)
    no_plan = {at for at, title in over.items() if title is not None and is_no_plan(title.text)}
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
    ordered = list(map(_told, in_order))
    return Layout(
        drafts=tuple(ordered),
        tally=tally,
        flags=tuple(prose.flags),
        titles=tuple(titles.items()),
        lines=line_roles(regions),
        tables=tables_read(document.items, dict(zip(tables, regions, strict=True)), ordered),
    )


def _headings_over(document: Document) -> dict[int, Block | None]:
    """The heading right over each table, without another table between."""
    over: dict[int, Block | None] = {}
    heading: Block | None = None
    for at, item in enumerate(document.items):
        if isinstance(item, Table):
            over[at], heading = heading, None
        elif item.kind is BlockKind.HEADING:
            heading = item
    return over


def _told(draft: Draft) -> Draft:
    """The draft with the words of an action that is crossed out whole, as what was given up is still named, and without
    cells that a workbook could not work out, each named by a flag."""
    action = draft.pieces(Role.ACTION)
    if action and not any(piece.words for piece in action):
        draft = draft.with_pieces(Role.ACTION, *(replace(p, text=unstruck(p.text), struck=True) for p in action))
    broken = [(role, piece) for role, pieces in draft.fields.items() for piece in pieces if piece.line in ERRORS]
    for role, piece in broken:
        words = f'The {role.value} is lost: the cell shows the error "{piece.line}".'
        flag = FlagCode.TEXT_CORRUPTED.flag(words, piece.locator)
        draft = replace(draft, flags=(*draft.flags, flag))
        draft = draft.with_pieces(role, *(other for other in draft.pieces(role) if other.line not in ERRORS))
    return draft
