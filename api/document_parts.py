"""A document cut into parts that a page can hold: a PDF by its pages, any other by so many lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.document_items import Item
from api.document_view import DocumentView
from assistant.places import place_words

_LINES = 150


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts are shown, from 1, of how many; `kind` is "Page" or "Part"."""

    kind: str
    of: int
    shown: tuple[int, ...]
    numbers: frozenset[int]
    """The numbers of the items that are shown."""
    words: str = ""
    """From where to where they reach."""

    @property
    def before(self) -> int | None:
        return self.shown[0] - 1 if self.shown[0] > 1 else None

    @property
    def after(self) -> int | None:
        return self.shown[-1] + 1 if self.shown[-1] < self.of else None


def parts_of(document: DocumentView, wanted: int | None, opened: Sequence[int] = (), pages: int = 0) -> Parts:
    """The part that is wanted, else those that hold a marked place, else the first.

    Args: opened, pages of a PDF at which it is opened; pages, how many the file has, where that is known.
    """
    items = document.items
    by_page = bool(items) and items[0].locator.page is not None
    places = [_page(item) if by_page else number // _LINES + 1 for number, item in enumerate(items)]
    count = max([*places, pages, 1])
    marked = {places[number] for number in document.marked()} or set(opened if by_page else ())
    chosen = [wanted] if wanted else sorted(marked) or [1]
    shown = tuple(min(number, count) for number in dict.fromkeys(chosen))
    numbers = frozenset(number for number, place in enumerate(places) if place in shown)
    return Parts("Page" if by_page else "Part", count, shown, numbers, "" if by_page else _reach(items, numbers))


def _page(item: Item) -> int:
    return item.locator.page or 1


def _reach(items: Sequence[Item], numbers: frozenset[int]) -> str:
    if not numbers:
        return "nothing"
    return f"{place_words(items[min(numbers)].locator)} to {place_words(items[max(numbers)].locator)}"
