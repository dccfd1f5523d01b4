"""A figure of the bench, and times taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the bench: what, how much, and beside what it is to be read."""

    name: str
    value: str
    beside: str = ""


def timed(run: Callable[[], object]) -> float:
    """The seconds that one run takes."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def median_of(run: Callable[[], object], times: int) -> float:
    """The median of the seconds of several runs."""
    return statistics.median(timed(run) for _ in range(times))


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


def megabytes(size: float) -> str:
    return f"{size / 1e6:,.1f} MB"
