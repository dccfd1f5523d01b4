"""How well date expressions are read: python -m tests.evaluation.dates FILE [--wrong]

Each line of the file holds a text, the day it was said, the order of day and month, and the accepted first days and
days after the last. A reading is right when the span that covers the text is among them; no span is none; all else is
wrong. Of the wrong ones, those are counted apart that differ only in the last unit of a range or of "until": whether
"from March to May" holds May.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.dates import DateSpan, Precision, find_dates

_AROUND = " .?!"
_LONGEST_UNIT_DAYS = 366


@dataclass(slots=True)
class Score:
    """Counts of one source. `last_unit` is part of `wrong`; `misses` says each text that is not right."""

    right: int = 0
    wrong: int = 0
    none: int = 0
    last_unit: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.right + self.wrong + self.none


def score(path: Path) -> dict[str, Score]:
    """The score of every source in a file of expressions."""
    scores: dict[str, Score] = defaultdict(Score)
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        _count(scores[case["source"]], case)
    return dict(scores)


def _count(counts: Score, case: dict[str, Any]) -> None:
    spans = find_dates(case["text"], date.fromisoformat(case["today"]), case["order"] == "dmy")
    accepted = [tuple(day and date.fromisoformat(day) for day in pair) for pair in case["accepted"]]
    widest = max(spans, key=lambda span: len(span.text), default=None)
    if widest is None:
        counts.none += 1
    elif _covers(widest, case["text"]) and (widest.start, widest.end) in accepted:
        counts.right += 1
        return
    else:
        counts.wrong += 1
        counts.last_unit += any(_only_last_unit(widest, start, end) for start, end in accepted)
    read = ", ".join(f"{span.text!r} {span.start}..{span.end}" for span in spans) or "nothing"
    counts.misses.append(f"{case['source'][:5]} {case['today']} {case['text']!r}: {read}, not {case['accepted']}")


def _covers(span: DateSpan, text: str) -> bool:
    return len(span.text.strip(_AROUND)) == len(text.strip(_AROUND))


def _only_last_unit(span: DateSpan, start: date | None, end: date | None) -> bool:
    """True where the accepted end leaves out the last day, month or year that the words name."""
    if (
        span.start != start
        or span.end is None
        or end is None
        or span.precision not in (Precision.RANGE, Precision.OPEN)
    ):
        return False
    return 0 < (span.end - end).days <= _LONGEST_UNIT_DAYS


def main() -> None:
    scores = score(Path(sys.argv[1]))
    for source, counts in sorted(scores.items()):
        shares = Counter(right=counts.right, wrong=counts.wrong, none=counts.none)
        words = ", ".join(f"{name} {number} ({number / counts.total:.3f})" for name, number in shares.items())
        apart = f"{counts.last_unit} ({counts.last_unit / counts.total:.3f})"
        print(f"{source}: {counts.total} expressions: {words}; of the wrong, only by the last unit of a range: {apart}")
    if "--wrong" in sys.argv:
        print("\n".join(miss for counts in scores.values() for miss in counts.misses))


if __name__ == "__main__":
    main()
