"""Records to the values of a table's row, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from assistant.conditions import Field
from assistant.records import (
    Action,
    DuePrecision,
    Flag,
    KeptLine,
    KeyKind,
    Label,
    Locator,
    Passage,
    PlanKey,
    Rag,
    ReadAs,
    Source,
    SourceCell,
    SourceRow,
    Status,
    TableRead,
)
from assistant.register.folding import folded, plain_ref, refs_above, word_run, words_of
from assistant.register.tables import OWNER_WRITTEN, REF_ABOVE

_SAID = (
    *("section", "recommendation", "ref", "action", "action_parent", "owner", "owners", "start", "start_text", "due"),
    *("due_text", "due_precision", "due_probable", "status", "status_text", "rag", "rag_meaning", "completed_on"),
    *("success_measure", "outcome"),
)
"""What a row says, as against where it stands."""

_SOURCE_FIELDS = tuple(field.name for field in fields(Source))


def digest_of(value: Any) -> str:
    """A short hash of plain data: equal for equal content, in any run and on any machine."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def action_digest(action: Action) -> str:
    """Stands for all that a row says, wherever it stands."""
    return digest_of({name: getattr(action, name) for name in _SAID})


def action_values(action: Action) -> dict[str, Any]:
    """The columns of `actions` for one action that has its digest, without its source and position."""
    said = {name: getattr(action, name) for name in _SAID}
    return {
        **said,
        "id": action.id,
        "owners": list(action.owners),
        "due_precision": action.due_precision.value,
        "status": action.status.value,
        "rag": action.rag.value if action.rag else None,
        "digest": action.digest,
        "locator": action.locator.as_dict(),
        "quote": action.quote,
        "field_locators": [[name, locator.as_dict()] for name, locator in action.field_locators],
        "flags": flags_values(action.flags),
        "length": float(len(words_of(" ".join(action_texts(action))))),
    }


def action_of(row: Mapping[Any, Any]) -> Action:
    """The action of a row of `actions` joined to its source's title, authority, plan_date and label."""
    said = {name: row[name] for name in _SAID}
    return Action(
        **{
            **said,
            "owners": tuple(row["owners"]),
            "due_precision": DuePrecision(row["due_precision"]),
            "status": Status(row["status"]),
            "rag": Rag(row["rag"]) if row["rag"] else None,
        },
        id=row["id"],
        document=row["document"],
        plan=row["title"],
        authority=row["authority"],
        plan_date=row["plan_date"],
        locator=Locator.from_dict(row["locator"]),
        quote=row["quote"],
        field_locators=tuple((name, Locator.from_dict(place)) for name, place in row["field_locators"]),
        flags=flags_of(row["flags"]),
        label=Label(row["label"]),
        digest=row["digest"],
    )


def action_texts(action: Action) -> tuple[str, str, str]:
    """What keyword search reads of an action: what it stands under, what it does, and everything else it says."""
    joined = (
        (action.section, action.recommendation),
        (action.action_parent, action.action),
        (
            action.ref,
            action.owner,
            action.due_text,
            action.status_text,
            action.success_measure,
            action.outcome,
            *([action.progress] if action.progress != action.status_text else []),
        ),
    )
    above, does, rest = (" \n".join(text for text in texts if text) for texts in joined)
    return above, does, rest


def action_terms(action: Action) -> Iterator[dict[str, str]]:
    """The rows of `action_terms` for one action, without its number."""
    written = (
        (Field.SECTION, [action.section]),
        (Field.RECOMMENDATION, [action.recommendation]),
        (Field.OWNER, action.owners or [action.owner]),
        (OWNER_WRITTEN, [action.owner]),
        (Field.STATUS_TEXT, [action.status_text]),
        (Field.FLAG, [flag.code for flag in action.flags]),
    )
    for name, texts in written:
        for text in dict.fromkeys(text for text in texts if text):
            yield {"field": name, "folded": folded(text), "words": word_run(text)}
    if action.ref:
        yield {"field": Field.REF, "folded": plain_ref(action.ref), "words": word_run(action.ref)}
        for above in refs_above(action.ref):
            yield {"field": REF_ABOVE, "folded": above, "words": ""}


def passage_values(passage: Passage) -> dict[str, Any]:
    """The columns of `passages` for one passage, without its source and position."""
    return {
        "id": passage.id,
        "digest": passage.digest,
        "heading_path": list(passage.heading_path),
        "text": passage.text,
        "locator": passage.locator.as_dict(),
        "length": float(len(words_of(" ".join((*passage.heading_path, passage.text))))),
    }


def passage_of(row: Mapping[Any, Any]) -> Passage:
    """The passage of a row of `passages` joined to its source's document and label."""
    return Passage(
        id=row["id"],
        document=row["document"],
        heading_path=tuple(row["heading_path"]),
        text=row["text"],
        locator=Locator.from_dict(row["locator"]),
        label=Label(row["label"]),
        digest=row["digest"],
    )


def key_values(key: PlanKey) -> dict[str, Any]:
    """The columns of `plan_keys` for one entry, without its source and position."""
    return {
        "kind": key.kind.value,
        "term": key.term,
        "meaning": key.meaning,
        "locator": key.locator.as_dict(),
        "quote": key.quote,
        "status": key.status.value if key.status else None,
    }


def key_of(row: Mapping[Any, Any]) -> PlanKey:
    """The entry of a row of `plan_keys` joined to its source's document and label."""
    return PlanKey(
        document=row["document"],
        kind=KeyKind(row["kind"]),
        term=row["term"],
        meaning=row["meaning"],
        locator=Locator.from_dict(row["locator"]),
        quote=row["quote"],
        status=Status(row["status"]) if row["status"] else None,
        label=Label(row["label"]),
    )


def row_values(row: SourceRow) -> dict[str, Any]:
    """The columns of `source_rows` for one line of a table, without its source and position."""
    cells = [
        [cell.text, cell.column, cell.row_span, cell.column_span, cell.colour.value if cell.colour else None, cell.says]
        for cell in row.cells
    ]
    return {"table_number": row.table, "locator": row.locator.as_dict(), "header": row.header, "cells": cells}


def row_of(row: Mapping[Any, Any]) -> SourceRow:
    """The line of a table of a row of `source_rows`."""
    cells = tuple(
        SourceCell(text, column, down, across, Rag(colour) if colour else None, says)
        for text, column, down, across, colour, says in row["cells"]
    )
    return SourceRow(row["table_number"], Locator.from_dict(row["locator"]), cells, row["header"])


def table_values(read: TableRead) -> dict[str, Any]:
    """The columns of `kept_tables` for one table, without its source and position."""
    return {
        "read_as": read.read_as.value,
        "locator": read.locator.as_dict(),
        "heading": read.title,
        "header": list(read.header),
        "rows": read.rows,
        "lines": [[line.locator.as_dict(), list(line.cells)] for line in read.lines],
    }


def table_of(row: Mapping[Any, Any]) -> TableRead:
    """The table of a row of `kept_tables`."""
    lines = tuple(KeptLine(Locator.from_dict(place), tuple(cells)) for place, cells in row["lines"])
    place, kind = Locator.from_dict(row["locator"]), ReadAs(row["read_as"])
    return TableRead(place, kind, row["heading"], tuple(row["header"]), row["rows"], lines)


def source_values(source: Source) -> dict[str, Any]:
    """The columns of `sources` that the source itself says, with their folded forms."""
    said = {name: getattr(source, name) for name in _SOURCE_FIELDS}
    return {
        **said,
        "label": source.label.value,
        "document_folded": folded(source.document),
        "document_words": word_run(source.document),
        "authority_folded": folded(source.authority) if source.authority else None,
        "authority_words": word_run(source.authority) if source.authority else None,
    }


def source_of(row: Mapping[Any, Any]) -> Source:
    """The source of a row of `sources`."""
    return Source(**{**{name: row[name] for name in _SOURCE_FIELDS}, "label": Label(row["label"])})


def flags_values(flags: tuple[Flag, ...]) -> list[dict[str, Any]]:
    """Flags as plain data."""
    return [
        {"code": flag.code, "words": flag.words, "locator": flag.locator.as_dict() if flag.locator else None}
        for flag in flags
    ]


def flags_of(values: list[dict[str, Any]]) -> tuple[Flag, ...]:
    """The flags that `flags_values` wrote."""
    return tuple(
        Flag(value["code"], value["words"], Locator.from_dict(value["locator"]) if value["locator"] else None)
        for value in values
    )
