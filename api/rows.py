"""Actions and sources as data, with the field names of the public contract."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.records import Action, Flag, Passage, Source
from assistant.register import Held

_PLAIN = (
    "id", "document", "plan", "authority", "section", "recommendation", "ref", "action", "action_parent", "owner",
    "start_text", "due_text", "status_text", "rag_meaning", "success_measure", "outcome", "quote",
)  # fmt: skip
_DATES = ("plan_date", "start", "due", "due_probable", "completed_on")
_CLOSED = ("due_precision", "status", "rag", "label")


def action_data(action: Action) -> dict[str, Any]:
    """One action, ready for JSON; a date is ISO or null."""
    data: dict[str, Any] = {name: getattr(action, name) for name in _PLAIN}
    data |= {name: day.isoformat() if (day := getattr(action, name)) else None for name in _DATES}
    data |= {name: value.value if (value := getattr(action, name)) else None for name in _CLOSED}
    return data | {
        "owners": list(action.owners),
        "locator": action.locator.as_dict(),
        "field_locators": {name: locator.as_dict() for name, locator in action.field_locators},
        "flags": [flag_data(flag) for flag in action.flags],
    }


def due_data(action: Action, as_of: date) -> dict[str, Any]:
    """One dated action with the days until it is due; below nothing where it is late."""
    days = (action.due - as_of).days if action.due else 0
    return {"timing": "late" if days < 0 else "due", "days": days, **action_data(action)}


def flag_data(flag: Flag) -> dict[str, Any]:
    """One data-quality flag."""
    return {"code": flag.code, "words": flag.words, "locator": flag.locator.as_dict() if flag.locator else None}


def passage_data(passage: Passage, source: Source) -> dict[str, Any]:
    """One passage with what is known of its document."""
    return {
        "id": passage.id,
        "document": passage.document,
        "source": source.id,
        "plan": source.title,
        "authority": source.authority,
        "plan_date": source.plan_date.isoformat() if source.plan_date else None,
        "heading_path": list(passage.heading_path),
        "text": passage.text,
        "locator": passage.locator.as_dict(),
        "label": passage.label.value,
    }


def source_data(held: Held) -> dict[str, Any]:
    """One document with what its last load said."""
    source = held.source
    return {
        "id": source.id,
        "document": source.document,
        "title": source.title,
        "authority": source.authority,
        "plan_date": source.plan_date.isoformat() if source.plan_date else None,
        "label": source.label.value,
        "loaded_at": source.loaded_at,
        "sha256": source.sha256,
        "actions": held.actions,
        "passages": held.passages,
        "warnings": [
            {"words": one.words, "locator": one.locator.as_dict() if one.locator else None} for one in held.warnings
        ],
        "set_aside": [{"locator": place.as_dict(), "reason": reason} for place, reason in held.set_aside],
        "flags": [flag_data(flag) for flag in held.flags],
    }
