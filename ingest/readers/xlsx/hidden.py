"""Which rows and columns of a sheet an officer does not see, and which rows a filter only leaves out of a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ingest.readers.sheets.rules import Area, areas_of

Shown = Callable[[int, int], str]
"""The text shown at (row, column), from 1."""

_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows and columns from 1. `filtered` rows are hidden by a filter, so they are read all the same."""

    rows: frozenset[int]
    columns: frozenset[int]
    filtered: frozenset[int]


def hidden_parts(sheet: Any, used_rows: set[int], used_columns: set[int], shown: Shown) -> Hidden:
    """What is hidden among the rows and columns that hold something."""
    rows = {row for row in used_rows if _row_is_hidden(sheet, row)}
    filtered = {row for row in rows if any(_left_out(filter_, area, row, shown) for filter_, area in _filters(sheet))}
    return Hidden(frozenset(rows - filtered), frozenset(_hidden_columns(sheet) & used_columns), frozenset(filtered))


def _row_is_hidden(sheet: Any, row: int) -> bool:
    if row not in sheet.row_dimensions:
        return bool(sheet.sheet_format.zeroHeight)
    dimension = sheet.row_dimensions[row]
    return bool(dimension.hidden) or dimension.height == 0


def _hidden_columns(sheet: Any) -> set[int]:
    """A group of columns is stored under its first letter only, with the numbers of its first and last."""
    columns: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            columns.update(range(dimension.min or 0, min(dimension.max or 0, _LAST_COLUMN) + 1))
    return columns


def _filters(sheet: Any) -> list[tuple[Any, Area]]:
    """The filters of the sheet and of its tables that leave something out."""
    filters = [sheet.auto_filter, *(table.autoFilter for table in sheet.tables.values())]
    active = (filter_ for filter_ in filters if filter_ is not None and filter_.ref and filter_.filterColumn)
    return [(filter_, area) for filter_ in active for area in areas_of(filter_.ref)]


def _left_out(filter_: Any, area: Area, row: int, shown: Shown) -> bool:
    """Whether the filter leaves the row out. A condition that is not a list of values is taken to do so."""
    top, left, low, _ = area
    if not top < row <= low:
        return False
    for column in filter_.filterColumn:
        values = column.filters
        if values is None or values.dateGroupItem:
            return True
        text = shown(row, left + int(column.colId or 0)).strip().lower()
        wanted = {str(value).strip().lower() for value in values.filter}
        if text not in wanted and not (values.blank and not text):
            return True
    return False
