"""Things in a row cut into runs, things that touch joined: lines, words, columns, rules of a page."""

import itertools
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


def clusters(items: Iterable[Item], touch: Callable[[Item, Item], bool]) -> list[list[Item]]:
    """The items in groups: those that touch each other, be it through others."""
    groups: list[list[Item]] = []
    for item in items:
        near = [any(touch(item, other) for other in group) for group in groups]
        met = itertools.chain(*itertools.compress(groups, near))
        groups = [*itertools.compress(groups, (not each for each in near)), [*met, item]]
    return groups
