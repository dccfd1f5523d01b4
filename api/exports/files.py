"""The formats in which evidence can be taken away."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import Request, Response

from api.audience import person_of
from api.audit import Act
from api.exports.evidence import Evidence

FileFormat = Literal["jsonl", "csv", "xlsx", "docx"]
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: dict[FileFormat, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
}
DOCUMENTED: dict[str, Any] = {kind.split(";")[0]: {"schema": {"type": "string"}} for kind in MEDIA_TYPES.values()}


def as_file(request: Request, evidence: Evidence, kind: FileFormat, name: str) -> Response:
    """The evidence as a file that a browser keeps under this name; the account says that it was taken away."""
    rows = [row.id for row in evidence.rows]
    request.app.state.audit.note(Act.EXPORTED, person_of(request), file=f"{name}.{kind}", rows=rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(_bytes(evidence, kind), media_type=MEDIA_TYPES[kind], headers=headers)


def _bytes(evidence: Evidence, kind: FileFormat) -> bytes:
    """The bytes of a format; its library is imported by the first file that needs it."""
    if kind == "jsonl":
        from api.exports.text import json_lines

        return json_lines(evidence)
    if kind == "csv":
        from api.exports.text import comma_separated

        return comma_separated(evidence)
    if kind == "xlsx":
        from api.exports.sheet import workbook

        return workbook(evidence)
    from api.exports.pack import evidence_pack

    return evidence_pack(evidence)
