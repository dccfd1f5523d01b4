"""Questions to the tables beside a plan's actions: measures, risks, budgets, meetings, people. Every word of a question
must be found in such a table, or the table is no answer to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from assistant.lexicon import Word, small, stem, words_of
from assistant.records import KeptLine, ReadAs, Source, TableRead
from assistant.view import View

_KINDS = {kind: frozenset(map(stem, small(f"table_{kind.value}"))) for kind in ReadAs}
_ACTIONS = frozenset(map(stem, ["action", "task", "step", "milestone", "activity", "commitment"]))
_SMALL = frozenset(map(stem, small("table_filler")))
_TARGET = re.compile(r"\btargets?\b(?! date)", re.IGNORECASE)
_ACTUAL = re.compile(r"\b(?:actual|current|latest|result|performance|outturn|now|q[1-4]|to date)\b", re.IGNORECASE)
_OWNER = re.compile(r"\b(?:owner|lead|responsible|who|officer|contact|manager)\b", re.IGNORECASE)
_WHO = re.compile(r"\bwho(?:se)?\b|\bwhich (?:officer|team|person)\b", re.IGNORECASE)
_OWNING = frozenset(map(stem, ["own", "owner", "owned", "lead", "leads", "led", "held", "responsible", "belong"]))
_NUMBER = re.compile(
    r"[^\w(-]*(?P<minus>[-(])?\s*£?\s*(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|k|m|bn|million|thousand)?\)?\W*",
    re.IGNORECASE,
)
_UNITS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9}


class Work(StrEnum):
    """What is worked out over the rows."""

    BELOW = "below target"
    MET = "at or above target"
    LEAST = "the lowest"
    MOST = "the highest"
    SUM = "the total"
    COUNT = "the number"


_AIM = r"(?:(?:the|their|its|our) )?targets?\b"
_SAID = {
    Work.BELOW: rf"(?:below|under|short of|behind|miss\w*|off|not (?:meeting|met|at|on|reach\w*)) {_AIM}",
    Work.MET: rf"(?:above|over|at|on|exceed\w*|beat\w*|meet(?:ing)?|met|reach\w*|hit\w*) (?:or above )?{_AIM}",
    Work.SUM: r"(?:total|sum|altogether|in all|add up to|overall)\b",
    Work.COUNT: r"(?:how many|number of|count of)\b",
    Work.MOST: r"(?:highest|most|largest|biggest|greatest|top)\b",
    Work.LEAST: r"(?:lowest|least|smallest|fewest)\b",
}
_ASKED = tuple((work, re.compile(rf"\b{words}")) for work, words in _SAID.items())


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """Rows of one table that answer a question. `columns` are those asked for, all where none is; `result` is what was
    worked out over `over`, where something was; `left` are words of the question that nothing here explains."""

    document: str
    table: TableRead
    lines: tuple[KeptLine, ...]
    columns: tuple[int, ...]
    score: float
    names_kind: bool
    left: tuple[str, ...] = ()
    work: Work | None = None
    over: int | None = None
    result: float | None = None


def ask_tables(question: str, view: View, documents: Sequence[str] = ()) -> TableAnswer | None:
    """The best answer that the tables beside the actions have, None where none explains most of the question.

    Args: documents, the plans that are asked; all that the reader may see where empty.
    """
    words = [word for word in words_of(question) if word.stem not in _SMALL]
    if not words or any(word.stem in _ACTIONS for word in words):
        return None
    tables = ((name, read) for name, read in view.tables if read.lines and (not documents or name in documents))
    asked = (_Asked(question, words, view.sources[name], read).answer() for name, read in tables)
    return max((found for found in asked if found), key=lambda found: found.score, default=None)


def number_of(cell: str) -> float | None:
    """The number that a cell is, with its unit: "£4.2m" is 4200000, "85%" is 85; None where it says anything else."""
    match = _NUMBER.fullmatch(cell.strip())
    if not match:
        return None
    value = float(match["digits"].replace(",", "")) * _UNITS.get((match["unit"] or "").lower(), 1)
    return -value if match["minus"] else value


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question put to one table."""

    question: str
    words: Sequence[Word]
    source: Source
    table: TableRead

    def answer(self) -> TableAnswer | None:
        kind, low = _KINDS.get(self.table.read_as, frozenset()), self.question.lower()
        columns, named = self._columns()
        work, said = next(((work, match[0]) for work, each in _ASKED if (match := each.search(low))), (None, ""))
        known = kind | _stems(self.table.title) | named | _stems(said)
        of_plan = _stems(f"{self.source.title} {self.source.authority}")
        held = frozenset().union(*(_stems(cell) for line in self.table.lines for cell in line.cells))
        wanted = [word for word in self.words if word.stem not in known]
        lines, left = self._filtered([word for word in wanted if word.stem not in of_plan or word.stem in held])
        by_kind = any(word.stem in kind for word in self.words)
        if not (columns or named or by_kind) or not lines or len(left) > len(self.words) / 4:
            return None
        score = 1 - len(left) / len(self.words) + 0.1 * by_kind + 0.05 * len(columns)
        base = TableAnswer(self.source.document, self.table, lines, columns, score, by_kind, tuple(left))
        return self._worked(base, work) if work else base

    def _columns(self) -> tuple[tuple[int, ...], frozenset[str]]:
        """The columns that the question names, and the words that name them."""
        said = {word.stem for word in self.words}
        found: list[int] = []
        named: frozenset[str] = frozenset()
        for at, heading in enumerate(self.table.header):
            stems = _stems(heading)
            plain = frozenset(each for each in stems if not each[:1].isdigit())
            asks_who = bool(_WHO.search(self.question)) and bool(_OWNER.search(heading))
            if (plain and plain <= said) or asks_who:
                found += [at] if at else []
                named |= stems | (_OWNING if asks_who else frozenset())
        return tuple(found), named

    def _filtered(self, wanted: Sequence[Word]) -> tuple[tuple[KeptLine, ...], list[str]]:
        """The lines with most of the wanted words, those about an owner in the owner's column, and the words left."""
        owner = [at for at, heading in enumerate(self.table.header) if _OWNER.search(heading)]
        by_owner = owner and not _WHO.search(self.question) and any(word.stem in _OWNING for word in wanted)
        sought = [word for word in wanted if not (by_owner and word.stem in _OWNING)]
        found: list[tuple[frozenset[str], KeptLine]] = []
        for line in self.table.lines:
            cells = [line.cells[at] for at in owner if at < len(line.cells)] if by_owner else line.cells
            said = frozenset().union(*(_stems(cell) for cell in cells))
            found.append((said.intersection(word.stem for word in sought), line))
        most = max((len(has) for has, _ in found), default=0)
        if sought and not most:
            return (), [word.low for word in sought]
        kept = [(has, line) for has, line in found if len(has) == most]
        return tuple(line for _, line in kept), [word.low for word in sought if word.stem not in kept[0][0]]

    def _worked(self, base: TableAnswer, work: Work) -> TableAnswer | None:
        if work is Work.COUNT:
            return replace(base, work=work, result=float(len(base.lines)))
        if work in (Work.BELOW, Work.MET):
            return self._against_target(base, work)
        columns = (*base.columns, *range(len(self.table.header)))
        if (over := next((at for at in columns if self._numeric(at, base.lines)), None)) is None:
            return None
        values = [(value, line) for line in base.lines if (value := number_of(line.cells[over])) is not None]
        numbers = [value for value, _ in values]
        result = sum(numbers) if work is Work.SUM else max(numbers) if work is Work.MOST else min(numbers)
        lines = base.lines if work is Work.SUM else tuple(line for value, line in values if value == result)
        return replace(base, work=work, over=over, columns=tuple(dict.fromkeys((0, over))), lines=lines, result=result)

    def _against_target(self, base: TableAnswer, work: Work) -> TableAnswer | None:
        """The lines whose latest figure is below, or not below, the target beside it."""
        headings = self.table.header
        target = next((at for at, heading in enumerate(headings) if _TARGET.search(heading)), None)
        actual = [at for at, heading in enumerate(headings) if at != target and _ACTUAL.search(heading)]
        actual = [at for at in actual if self._numeric(at, base.lines)]
        if target is None or not actual:
            return None
        pairs = [(number_of(line.cells[target]), number_of(line.cells[actual[-1]]), line) for line in base.lines]
        below = [(got < wanted, line) for wanted, got, line in pairs if wanted is not None and got is not None]
        lines = tuple(line for is_below, line in below if is_below == (work is Work.BELOW))
        return replace(base, work=work, lines=lines, columns=(0, target, actual[-1]))

    def _numeric(self, column: int, lines: Sequence[KeptLine]) -> bool:
        """True where every cell of a column that holds something is a number."""
        cells = [line.cells[column] for line in lines if column < len(line.cells) and line.cells[column].strip()]
        return bool(cells) and all(number_of(cell) is not None for cell in cells)


@lru_cache(maxsize=50_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words_of(text)) - _SMALL
