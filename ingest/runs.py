"""Things in a row cut into runs: lines, words, columns, rules of a page."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")


def runs(items: Iterable[Item], begins: Callable[[list[Item], Item], bool]) -> list[list[Item]]:
    """The items in runs, in order: a new one where an item begins something else than the run above it."""
    found: list[list[Item]] = []
    for item in items:
        if found and not begins(found[-1], item):
            found[-1].append(item)
        else:
            found.append([item])
    return found
