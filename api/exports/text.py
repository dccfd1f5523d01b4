"""Rows as JSON lines and as CSV."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from api.exports.evidence import Evidence
from api.rows import action_data
from api.schemas import ActionData
from assistant.answer import CitationKind

_FORMULA = frozenset("=+-@|%\N{MINUS SIGN}")
_BREAKS = ("\t", "\r", "\n")


def inert(value: Any) -> str:
    """A value as the text of a cell that no program takes for a formula.

    An apostrophe goes in front of what begins with a sign of formulas, its full-width and small forms included, also
    behind spaces and characters that cannot be seen, and of what begins with a tab or a line break.
    """
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    first = next((sign for sign in text if unicodedata.category(sign)[0] not in "ZC"), "")
    begins = unicodedata.normalize("NFKC", first)[:1]
    return f"'{text}" if begins in _FORMULA or text.startswith(_BREAKS) else text


def lines_of(evidence: Evidence) -> Iterator[dict[str, Any]]:
    """Each row as data; of an answer with `kind` and `markers` in front, and after the rows the passages it cites."""
    if evidence.answer is None:
        yield from map(action_data, evidence.rows)
        return
    for row in evidence.rows:
        yield {"kind": "action", "markers": list(evidence.markers(row)), **action_data(row)}
    plans = {source.document: source.title for source in evidence.sources}
    for one in evidence.citations:
        if one.kind is CitationKind.PASSAGE:
            yield {
                "kind": "passage", "markers": [one.marker], "id": one.id, "document": one.document,
                "plan": plans.get(one.document), "quote": one.quote, "locator": one.locator.as_dict(),
            }  # fmt: skip


def json_lines(evidence: Evidence) -> bytes:
    """One JSON object a line. Its text is as it stands: no program takes JSON for formulas."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines_of(evidence)).encode()


def comma_separated(evidence: Evidence) -> bytes:
    """CSV with a byte order mark, which workbooks need to read it as UTF-8."""
    data = list(lines_of(evidence))
    columns = list(dict.fromkeys(name for line in data for name in line)) or list(ActionData.model_fields)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([inert(line.get(name)) for name in columns] for line in data)
    return ("\ufeff" + text.getvalue()).encode()
