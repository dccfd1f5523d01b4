"""Documents to drafts of actions: tables, lists and labelled blocks, recognised by what they are; and what became of
each table and list and of each of their lines, for the report and for the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from assistant.flags import FlagCode
from assistant.records import Block, BlockKind, Document, KeptLine, Locator, ReadAs, Table, TableRead
from ingest.layout.context import Context, contents_of, named, repeated_lines, themed
from ingest.layout.drafts import Draft, Layout, LineRoles, Piece, Role, Tally
from ingest.layout.endings import lists_endings
from ingest.layout.grid import realigned
from ingest.layout.kinds import is_no_plan
from ingest.layout.prose import ProseWalk
from ingest.layout.records import records_of
from ingest.layout.regions import Marked, regions_of
from ingest.layout.tables import TableWalk
from ingest.layout.words import ERRORS, one_line, unstruck

__all__ = ["Draft", "Layout", "Piece", "Role", "rows"]


def rows(document: Document, terms: frozenset[str] = frozenset()) -> Layout:
    """All actions that the document states, as drafts in reading order, and what became of every table line.

    Args: terms, the words that the plan's own key explains.
    """
    blocks = (item for item in document.items if isinstance(item, Block))
    context = Context(repeated=repeated_lines(blocks), terms=terms, endings=lists_endings(document.items))
    tally = Tally()
    prose, walk = ProseWalk(context), TableWalk(context, tally)
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
            if isinstance(item, Table):
                tally.counts["rows"] += min(len(found), len(item.rows))
                tally.counts["continued"] += max(0, len(item.rows) - len(found))
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
    in_order = sorted([*drafts, *walk.drafts, *prose.drafts], key=attrgetter("order"))
    ordered = list(map(_told, themed([named(draft, titles) for draft in in_order], document.items)))
    return Layout(
        drafts=tuple(ordered),
        tally=tally,
        flags=tuple(prose.flags),
        lines=_line_roles(regions),
        tables=_tables_read(document.items, dict(zip(tables, regions, strict=True)), ordered),
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


def _tables_read(
    items: Sequence[Block | Table], regions: Mapping[int, Sequence[Marked]], drafts: Sequence[Draft]
) -> tuple[TableRead, ...]:
    """Every table and every list of actions in reading order.

    Args: regions, the marked lines of the tables by item; a table that is not among them is one of labelled blocks.
    """
    found: list[tuple[int, TableRead]] = []
    by_item = {at: list(group) for at, group in groupby(drafts, key=attrgetter("order"))}
    title = ""
    for at, item in enumerate(items):
        if isinstance(item, Table):
            found += [(at, read) for read in _of_table(item, regions.get(at), by_item.get(at, []), title)]
        elif item.kind is BlockKind.HEADING:
            title = one_line(item.text).lstrip("# ")
    listed = [draft for at, group in by_item.items() if isinstance(items[at], Block) for draft in group]
    for section, group in groupby(listed, key=lambda draft: draft.section):
        actions = list(group)
        name = section.line if section is not None else ""
        found.append((actions[0].order, TableRead(actions[0].locator, ReadAs.ACTIONS, name, (), len(actions))))
    return tuple(read for _, read in sorted(found, key=lambda pair: pair[0]))


def _of_table(table: Table, marks: Sequence[Marked] | None, drafts: Sequence[Draft], title: str) -> Iterator[TableRead]:
    if marks is None:
        yield TableRead(table.locator, ReadAs.ACTIONS if drafts else ReadAs.OTHER, title, (), len(drafts))
        return
    for region, group in groupby(marks, key=lambda mark: mark.region):
        lines = list(group)
        if region is None:
            over = (mark.line for mark in lines if len(mark.line.filled) == 1)
            title = next((one_line(line.text(line.filled[0])) for line in over), title)
            continue
        body = [mark for mark in lines if mark.kind == "line"]
        width = range(len(region.headings))
        kept = tuple(KeptLine(mark.line.locator, tuple(map(mark.line.text, width))) for mark in body)
        kept = () if region.states_actions else kept
        if body:
            yield TableRead(body[0].line.locator, region.read_as, title, region.headings, len(body), kept)


def _line_roles(tables: Sequence[Sequence[Marked]]) -> dict[Locator, LineRoles]:
    """Every line of the tables by its place. Only the lines of a table that states actions have roles."""
    found = {}
    for mark in (mark for lines in tables for mark in lines):
        roles: dict[int, Role | None] = {}
        if mark.kind == "line" and mark.region is not None and mark.region.states_actions:
            columns = mark.region.columns
            places = realigned(mark.line, columns).places  # also where the cells have slipped out of their columns
            roles = {id(place): role for place, role in zip(places, columns.roles, strict=False)}
        line = tuple(roles.get(id(place)) for place in mark.line.places) if roles else ()
        found[mark.line.locator] = (mark.kind, line)
    return found
