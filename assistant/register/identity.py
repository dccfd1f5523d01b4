"""Which row of a document's new reading is which row of the one before: identity is place, change is content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from assistant.records import Action
from assistant.register.folding import plain_ref, word_run

_SAME_WORDS = 60
"""Of 100, the likeness of two actions' words from which they may be one row that was reworded."""
_SAME_PLACE = 50
"""The likeness that is enough where the rows around are the same."""
_SAME_REF = 20
"""The likeness that is enough where the rows around are the same and a reference that no other row has."""
_PAIRS = 4_000_000
"""Comparisons of words that one document is worth; beyond it only rows in the same place are compared."""


def same_rows(old: Sequence[Action], new: Sequence[Action]) -> dict[int, int]:
    """Positions of `new` mapped to the positions of `old` that they continue; rows that are new are left out.

    Rows are paired by all that they say, then by the words of the action, in order; what is left by likeness, with a
    bonus for the same reference and the same place. So a row that is put in between shifts nobody else.
    """
    pairing = _Pairing(old, new)
    pairing.align(lambda row: row.digest)
    pairing.align(_words)
    pairing.pair_likely()
    return pairing.found


def _words(row: Action) -> str:
    return word_run(f"{row.action_parent or ''} {row.action}")


@dataclass(slots=True)
class _Pairing:
    old: Sequence[Action]
    new: Sequence[Action]
    found: dict[int, int] = field(default_factory=dict)

    def _left(self) -> tuple[list[int], list[int]]:
        taken = set(self.found.values())
        return (
            [at for at in range(len(self.old)) if at not in taken],
            [at for at in range(len(self.new)) if at not in self.found],
        )

    def align(self, key: Callable[[Action], Hashable]) -> None:
        """Pair the rows left that have equal keys: first those in the same order, then those that were moved."""
        old, new = self._left()
        old_keys, new_keys = [key(self.old[at]) for at in old], [key(self.new[at]) for at in new]
        start = 0
        while start < min(len(old), len(new)) and old_keys[start] == new_keys[start]:
            self.found[new[start]] = old[start]
            start += 1
        matcher = SequenceMatcher(None, old_keys[start:], new_keys[start:], autojunk=False)
        for block in matcher.get_matching_blocks():
            for step in range(block.size):
                self.found[new[start + block.b + step]] = old[start + block.a + step]
        waiting: dict[Hashable, list[int]] = {}
        old, new = self._left()
        for at in old:
            waiting.setdefault(key(self.old[at]), []).append(at)
        for at in new:
            if places := waiting.get(key(self.new[at])):
                self.found[at] = places.pop(0)

    def pair_likely(self) -> None:
        """Pair what is left by likeness, best first."""
        old, new = self._left()
        scored = sorted(self._scores(old, new), key=lambda pair: (-pair[0], pair[1], pair[2]))
        taken_old: set[int] = set()
        for _, at_old, at_new in scored:
            if at_old not in taken_old and at_new not in self.found:
                taken_old.add(at_old)
                self.found[at_new] = at_old

    def _scores(self, old: list[int], new: list[int]) -> list[tuple[float, int, int]]:
        from rapidfuzz.fuzz import ratio

        own_ref_old, own_ref_new = _refs_used_once(self.old), _refs_used_once(self.new)
        gap_old, gap_new = self._gaps()
        everywhere = len(old) * len(new) <= _PAIRS
        scores = []
        for at_old in old:
            before, words = self.old[at_old], _words(self.old[at_old])
            for at_new in new:
                after = self.new[at_new]
                same_gap = gap_old[at_old] == gap_new[at_new]
                if not (everywhere or same_gap):
                    continue
                ref = plain_ref(before.ref or "")
                same_ref = bool(ref) and ref == plain_ref(after.ref or "") and ref in own_ref_old & own_ref_new
                needed = _SAME_WORDS
                if same_gap and (same_ref or not ref):
                    needed = _SAME_REF if same_ref else _SAME_PLACE
                likeness = ratio(words, _words(after), score_cutoff=needed)
                if likeness:
                    scores.append((likeness + 30 * same_ref + 20 * same_gap, at_old, at_new))
        return scores

    def _gaps(self) -> tuple[list[int], list[int]]:
        """For each row, the old position of the nearest paired row before it: equal where both stand in one place."""
        back = {at_old: at_new for at_new, at_old in self.found.items()}
        gap_old, last = [], -1
        for at in range(len(self.old)):
            last = at if at in back else last
            gap_old.append(last)
        gap_new, last = [], -1
        for at in range(len(self.new)):
            last = self.found.get(at, last)
            gap_new.append(last)
        return gap_old, gap_new


def _refs_used_once(rows: Sequence[Action]) -> set[str]:
    counts = Counter(plain_ref(row.ref) for row in rows if row.ref)
    return {ref for ref, count in counts.items() if count == 1}
