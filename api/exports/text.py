"""Rows as JSON lines and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from api.rows import action_data
from assistant.records import Action

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def inert(value: Any) -> str:
    """A value as the text of a cell that no program takes for a formula."""
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(FORMULA) else text


def json_lines(rows: Sequence[Action]) -> bytes:
    """One JSON object a line."""
    return "".join(json.dumps(action_data(row), ensure_ascii=False) + "\n" for row in rows).encode()


def comma_separated(rows: Sequence[Action]) -> bytes:
    """CSV with a byte order mark, which workbooks need to read it as UTF-8."""
    data = [action_data(row) for row in rows]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(list(data[0]) if data else ["id", "document", "action"])
    writer.writerows([inert(value) for value in row.values()] for row in data)
    return ("\ufeff" + text.getvalue()).encode()
