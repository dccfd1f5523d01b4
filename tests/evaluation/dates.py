"""How well date expressions are read: python -m tests.evaluation.dates ../shared/dates/expressions.jsonl [--wrong]

Each line of the file holds a text, the day it was said, the order of day and month, and the accepted first days and
days after the last. A reading is right when the one span that covers the text is among them; no span is none; anything
else is wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from assistant.dates import DateSpan, find_dates

RIGHT, WRONG, NONE = "right", "wrong", "none"


def score(path: Path, wrong: list[str] | None = None) -> dict[str, Counter[str]]:
    """The count of right, wrong and none for every source; texts that are not right are added to `wrong`."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        spans = find_dates(case["text"], date.fromisoformat(case["today"]), case["order"] == "dmy")
        outcome = _outcome(case, spans)
        counts[case["source"]][outcome] += 1
        if outcome is not RIGHT and wrong is not None:
            wrong.append(
                f"{outcome:5} {case['source'][:4]} {case['today']} {case['text']!r}: {_read(spans)} not {case['accepted']}"
            )
    return counts


def _outcome(case: dict[str, Any], spans: Iterable[DateSpan]) -> str:
    read = [(span, [day and day.isoformat() for day in (span.start, span.end)]) for span in spans]
    if not read:
        return NONE
    widest = max(read, key=lambda pair: len(pair[0].text))
    covers = len(widest[0].text.strip()) == len(case["text"].strip(" ."))
    return RIGHT if covers and widest[1] in case["accepted"] else WRONG


def _read(spans: Iterable[DateSpan]) -> str:
    return ", ".join(f"{span.text!r} {span.start}..{span.end}" for span in spans) or "nothing"


def main() -> None:
    wrong: list[str] = []
    for source, counts in sorted(score(Path(sys.argv[1]), wrong).items()):
        total = counts.total()
        shares = ", ".join(
            f"{outcome} {counts[outcome]} ({counts[outcome] / total:.3f})" for outcome in (RIGHT, WRONG, NONE)
        )
        print(f"{source}: {total} expressions: {shares}")
    if "--wrong" in sys.argv:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
