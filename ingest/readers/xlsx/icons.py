"""Icon sets: which light a conditional format shows beside a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.records import Rag
from ingest.readers.sheets.rules import areas_of

_THREE = (Rag.RED, Rag.AMBER, Rag.GREEN)
_LIGHTS: dict[str, tuple[Rag | None, ...]] = {
    "3TrafficLights1": _THREE, "3TrafficLights2": _THREE, "3Signs": _THREE, "3Symbols": _THREE, "3Symbols2": _THREE,
    "3Flags": _THREE, "4TrafficLights": (None, *_THREE),
}  # fmt: skip
"""From the lowest number up. Arrows, bars and stars are left out: they show a direction or a size, no rating."""

Icons = dict[tuple[int, int], tuple[Rag | None, bool]]
"""By row and column, from 1: the light, and whether the number stands beside it."""


def is_read(rule: Any) -> bool:
    """True for a rule whose icons `icons_of` tells."""
    return rule.type == "iconSet" and rule.iconSet is not None and rule.iconSet.iconSet in _LIGHTS


def icons_of(sheet: Any) -> Icons:
    """The lights of a sheet."""
    found: Icons = {}
    for formatting in sheet.conditional_formatting:
        areas = areas_of(str(formatting.sqref))
        for rule in filter(is_read, formatting.rules):
            numbers = {
                place: float(cell.value)
                for place, cell in sheet._cells.items()
                if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
                and any(top <= place[0] <= low and left <= place[1] <= right for top, left, low, right in areas)
            }  # fmt: skip
            limits = _limits(rule.iconSet.cfvo, sorted(numbers.values()))
            lights = _LIGHTS[rule.iconSet.iconSet]
            lights = lights[::-1] if rule.iconSet.reverse else lights
            for place, number in numbers.items() if len(limits) == len(lights) else ():
                at = max(
                    (at for at, (least, equal) in enumerate(limits) if number > least or (equal and number == least)),
                    default=0,
                )
                found[place] = lights[at], rule.iconSet.showValue is not False
    return found


def _limits(marks: Sequence[Any], numbers: Sequence[float]) -> list[tuple[float, bool]]:
    """From which number on each light shows, and whether that number itself has it; nothing where it is a formula."""
    limits = []
    for mark in marks if numbers else ():
        try:
            value = float(mark.val or 0)
        except ValueError:
            return []
        if mark.type == "percent":
            value = numbers[0] + (numbers[-1] - numbers[0]) * value / 100
        elif mark.type == "percentile":
            value = numbers[round((len(numbers) - 1) * value / 100)]
        elif mark.type != "num":
            return []
        limits.append((value, mark.gte is not False))
    return limits
