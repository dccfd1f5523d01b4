"""Which row of a document's new reading is which row of the one before: identity is place, change is content."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate, product

from assistant.records import Action
from assistant.register.words import plain_ref, word_run

_SAME_WORDS = 60
"""Of 100, the likeness of two actions' words from which they may be one row that was reworded."""
_SAME_PLACE = 50
"""The likeness that is enough where the rows around are the same."""
_PAIRS = 250_000
"""Comparisons of words that one document is worth; beyond it only rows of one reference or of nearly one place."""
_NEAR = 3


def same_rows(old: Sequence[Action], new: Sequence[Action]) -> dict[int, int]:
    """Positions of `new` mapped to the positions of `old` that they continue; rows that are new are left out.

    Rows are paired by all that they say, then by the words of the action, in order; then by a reference that no other
    row has between the same rows; what is left by likeness. So a row that is put in between shifts nobody else."""
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
        old = [at for at in range(len(self.old)) if at not in taken]
        return old, [at for at in range(len(self.new)) if at not in self.found]

    def align(self, key: Callable[[Action], Hashable]) -> None:
        """Pair the rows left that have equal keys: first those in the same order, then those that were moved."""
        old, new = self._left()
        old_keys, new_keys = [key(self.old[at]) for at in old], [key(self.new[at]) for at in new]
        same = [one == other for one, other in zip(old_keys, new_keys, strict=False)]
        start = same.index(False) if False in same else len(same)
        self.found |= dict(zip(new[:start], old[:start], strict=True))
        matcher = SequenceMatcher(None, old_keys[start:], new_keys[start:], autojunk=False)
        for block in matcher.get_matching_blocks():
            for step in range(start, start + block.size):
                self.found[new[block.b + step]] = old[block.a + step]
        waiting: dict[Hashable, list[int]] = {}
        old, new = self._left()
        for at in old:
            waiting.setdefault(key(self.old[at]), []).append(at)
        for at in new:
            if places := waiting.get(key(self.new[at])):
                self.found[at] = places.pop(0)

    def pair_likely(self) -> None:
        """Pair what is left by likeness, best first."""
        taken_old: set[int] = set()
        for _, at_old, at_new in sorted(self._scores(*self._left())):
            if at_old not in taken_old and at_new not in self.found:
                taken_old.add(at_old)
                self.found[at_new] = at_old

    def _scores(self, old: list[int], new: list[int]) -> Iterator[tuple[float, int, int]]:
        """How alike each pair is that may be one row, below 0, with its places."""
        from rapidfuzz.fuzz import ratio

        refs_old, refs_new = _refs_used_once(self.old), _refs_used_once(self.new)
        gap_old, gap_new = self._gaps()
        words_old, words_new = {at: _words(self.old[at]) for at in old}, {at: _words(self.new[at]) for at in new}
        for at_old, at_new in self._candidates(old, new, refs_old, refs_new):
            same_gap = gap_old[at_old] == gap_new[at_new]
            same_ref = at_old in refs_old and refs_old[at_old] == refs_new.get(at_new)
            needed = _SAME_PLACE if same_gap and not self.old[at_old].ref else _SAME_WORDS
            needed = 0 if same_ref and same_gap else needed
            likeness = ratio(words_old[at_old], words_new[at_new], score_cutoff=needed)
            if likeness or not needed:
                yield -(likeness + 30 * same_ref + 20 * same_gap), at_old, at_new

    def _candidates(
        self, old: list[int], new: list[int], refs_old: dict[int, str], refs_new: dict[int, str]
    ) -> Iterable[tuple[int, int]]:
        """The pairs worth comparing: all of them, unless they are too many."""
        if len(old) * len(new) <= _PAIRS:
            return product(old, new)
        by_ref = {refs_new[at]: at for at in new if at in refs_new}
        pairs = {(at, by_ref[refs_old[at]]) for at in old if refs_old.get(at) in by_ref}
        for place, at_old in enumerate(old):
            pairs.update((at_old, at_new) for at_new in new[max(0, place - _NEAR) : place + _NEAR + 1])
        return pairs

    def _gaps(self) -> tuple[list[int], list[int]]:
        """For each row, the old position of the nearest paired row before it: equal where both stand in one place."""
        paired = set(self.found.values())
        gap_old = accumulate((at if at in paired else -1 for at in range(len(self.old))), max)
        gap_new = accumulate(range(len(self.new)), lambda last, at: self.found.get(at, last), initial=-1)
        return list(gap_old), list(gap_new)[1:]


def _refs_used_once(rows: Sequence[Action]) -> dict[int, str]:
    """The references, by their rows' positions, that no other row has."""
    refs = {at: plain_ref(row.ref) for at, row in enumerate(rows) if row.ref}
    counts = Counter(refs.values())
    return {at: ref for at, ref in refs.items() if counts[ref] == 1}
