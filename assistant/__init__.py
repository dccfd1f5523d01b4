"""The core: records, register, understanding, answering. Imports no other room."""

import gc
import os
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Before numpy is imported: threads for one product of a matrix and a vector cost seven times what they save."""
gc.set_threshold(50_000, 20, 50)
"""Rows live as long as their register, and hardly anything here stands in a circle: looking for circles every 700 new
things takes a quarter of a start and of a load."""

if TYPE_CHECKING:
    from assistant.service import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> object:
    """`Assistant`, imported when it is first used: the records alone must stay quick to import."""
    if name == "Assistant":
        from assistant.service import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
