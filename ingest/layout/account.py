"""What became of each table and list of a document and of each of their lines, for the report and for the page."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from assistant.records import Block, BlockKind, KeptLine, Locator, ReadAs, Table, TableRead
from ingest.layout.drafts import Draft, LineRoles, Role
from ingest.layout.grid import realigned
from ingest.layout.regions import Marked, Region
from ingest.layout.words import one_line


def tables_read(
    items: Sequence[Block | Table], regions: Mapping[int, Sequence[Marked]], drafts: Sequence[Draft]
) -> tuple[TableRead, ...]:
    """Every table and every list of actions in reading order.

    Args: regions, the marked lines of the tables by item; a table that is not among them is one of labelled blocks.
    """
    found: list[tuple[int, TableRead]] = []
    order = attrgetter("order")
    by_item = {at: list(group) for at, group in groupby(sorted(drafts, key=order), key=order)}
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
        if body:
            yield _of_region(region, body, title)


def _of_region(region: Region, body: Sequence[Marked], title: str) -> TableRead:
    place = body[0].line.locator
    if region.states_actions:
        return TableRead(place, ReadAs.ACTIONS, title, region.headings, len(body))
    kept = tuple(
        KeptLine(mark.line.locator, tuple(mark.line.text(column) for column in range(len(region.headings))))
        for mark in body
    )
    return TableRead(place, region.read_as, title, region.headings, len(body), kept)


def line_roles(tables: Sequence[Sequence[Marked]]) -> dict[Locator, LineRoles]:
    """Every line of the tables by its place. Only the lines of a table that states actions have roles."""
    found = {}
    for mark in (mark for lines in tables for mark in lines):
        roles: dict[int, Role | None] = {}
        if mark.kind == "line" and mark.region is not None and mark.region.states_actions:
            columns = mark.region.columns
            places = realigned(mark.line, columns).places  # also where the cells have slipped out of their columns
            roles = {id(place): role for place, role in zip(places, columns.roles, strict=False)}
        line = tuple(roles.get(id(place)) for place in mark.line.places) if roles else ()
        found[mark.line.locator] = LineRoles(mark.kind, line)
    return found
