"""What each cell of a table says of its row's action, for a reader who looks at the source."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Locator
from ingest.layout.drafts import LineRoles, Role
from ingest.layout.lines import realigned
from ingest.layout.regions import Marked


def line_roles(tables: Sequence[Sequence[Marked]]) -> dict[Locator, LineRoles]:
    """Every line of the tables by its place. Only the lines of a table that states actions have roles."""
    return {mark.line.locator: LineRoles(mark.kind, _roles(mark)) for lines in tables for mark in lines}


def _roles(mark: Marked) -> tuple[Role | None, ...]:
    """A role for each column as it stands, also where the cells of the line have slipped out of their columns."""
    if mark.kind != "line" or mark.region is None or not mark.region.states_actions:
        return ()
    columns = mark.region.columns
    moved = {id(place): role for place, role in zip(realigned(mark.line, columns).places, columns.roles, strict=False)}
    return tuple(moved.get(id(place)) for place in mark.line.places)
