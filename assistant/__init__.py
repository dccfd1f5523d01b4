"""The core: records, register, understanding, answering. Imports no other room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.service import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> object:
    """`Assistant`, imported when it is first used: the records alone must stay quick to import."""
    if name == "Assistant":
        from assistant.service import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
