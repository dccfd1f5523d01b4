"""Questions to the tables beside a plan's actions: measures, risks, budgets, meetings, people. Every word of a question
must be found in such a table, or the table is no answer to it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from operator import ge, gt, le, lt
from statistics import fmean
from typing import Any, Self

from assistant.lexicon import Word, small, stem, words_of
from assistant.records import KeptLine, ReadAs, Source, TableRead
from assistant.view import View

_KINDS = {kind: frozenset(map(stem, small(f"table_{kind.value}"))) for kind in ReadAs}
_ACTIONS = frozenset(map(stem, ["action", "task", "step", "milestone", "activity", "commitment"]))
_SMALL = frozenset(map(stem, small("table_filler")))
_TARGET = re.compile(r"\btargets?\b(?! date)", re.IGNORECASE)
_BUDGET = re.compile(r"\b(?:budget|allocation|allocated|planned)\b", re.IGNORECASE)
_ACTUAL = re.compile(
    r"\b(?:actual|current|latest|result|performance|outturn|now|q[1-4]|20\d\d(?:[/-]\d\d)?|to date|spen[dt]|forecast|"
    r"projected)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\b(?:owner|lead|responsible|who|officer|contact|manager)\b", re.IGNORECASE)
_WHO = re.compile(r"\bwho(?:se)?\b|\bwhich (?:officer|team|person)\b", re.IGNORECASE)
_OWNING = frozenset(map(stem, ["own", "owner", "owned", "lead", "leads", "led", "held", "responsible", "belong"]))
_NUMBER = re.compile(
    r"[^\w(-]*(?P<minus>[-(])?\s*£?\s*(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|k|m|bn|million|thousand)?\)?\W*",
    re.IGNORECASE,
)
_UNITS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9}


_AIM, _PURSE = (rf"(?:(?:the|their|its|our) )?{noun}s?\b" for noun in ("target", "budget"))
_FIGURE = r"£?\d[\d,]*(?:\.\d+)?\s?(?:%|(?:k|m|bn|million|thousand)\b)?(?! ?(?:days?|weeks?|months?|years?)\b)"


class Work(StrEnum):
    """What is worked out over the rows: how an answer calls it, the words that ask for it, the first of them before the
    later ones, and how the figure of a row stands to the reader's or to that of the column beside it, or what is made
    of the figures of several rows."""

    BELOW = (
        "below target",
        rf"(?:below|under|short of|behind|miss\w*|off|not (?:meeting|met|at|on|reach\w*)) {_AIM}",
        lt,
    )
    MET = (
        "at or above target",
        rf"(?:above|over|at|on|exceed\w*|beat\w*|meet(?:ing)?|met|reach\w*|hit\w*) (?:or above )?{_AIM}",
        ge,
    )
    ABOVE_BUDGET = "above budget", rf"overspen\w+|(?:over|above|exceed\w*) {_PURSE}", gt
    WITHIN_BUDGET = "within budget", rf"underspen\w+|(?:within|under|below|inside) {_PURSE}", le
    AT_LEAST = (
        "at least",
        rf"(?:at least|not? (?:less|fewer) than) {_FIGURE}|{_FIGURE} (?:or|and) (?:more|above|over|higher)",
        ge,
    )
    AT_MOST = (
        "at most",
        rf"(?:at most|not? more than|up to) {_FIGURE}|{_FIGURE} (?:or|and) (?:less|below|under|lower)",
        le,
    )
    MORE = "more than", rf"(?:(?:more|higher|greater|larger) than|over|above|exceed\w*) {_FIGURE}", gt
    LESS = "less than", rf"(?:(?:less|lower|smaller|fewer) than|under|below) {_FIGURE}", lt
    ORDER = "in order", r"in order of|(?:sort|rank|order)(?:ed)?\b(?: \w+){0,4} by|by (?=\w+$)"
    MEAN = "the average", "average|mean", fmean
    SUM = "the total", "total|sum|altogether|in all|add up to|overall", sum
    COUNT = "the number", "how many|number of|count of"
    MOST = "the highest", "highest|most|largest|biggest|greatest|top", max
    LEAST = "the lowest", "lowest|least|smallest|fewest", min

    asked: re.Pattern[str]
    made: Callable[..., Any]

    def __new__(cls, value: str, asked: str, made: Callable[..., Any] = len) -> Self:
        work = str.__new__(cls, value)
        work._value_, work.asked, work.made = value, re.compile(rf"\b(?:{asked})(?!\w)"), made
        return work


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

    Args: documents, the plans that are asked; all that the reader may see where empty."""
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
        work, said = next(((one, match[0]) for one in Work if (match := one.asked.search(low))), (None, ""))
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
        return self._worked(base, work, said) if work else base

    def _columns(self) -> tuple[tuple[int, ...], frozenset[str]]:
        """The columns that the question names, and the words that name them."""
        said = {word.stem for word in self.words}
        found: list[int] = []
        named: frozenset[str] = frozenset()
        for at, heading in enumerate(self.table.header):
            stems = _stems(heading)
            plain = frozenset(each for each in stems if not any(map(str.isdigit, each)))
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

    def _worked(self, base: TableAnswer, work: Work, said: str) -> TableAnswer | None:
        if work is Work.COUNT:
            return replace(base, work=work, result=float(len(base.lines)))
        if work in (Work.BELOW, Work.MET):
            return self._beside(base, work, _TARGET)
        if work in (Work.ABOVE_BUDGET, Work.WITHIN_BUDGET):
            return self._beside(base, work, _BUDGET)
        figure = re.search(_FIGURE, said)
        columns = [*base.columns, *range(len(self.table.header))]
        columns = [at for at in columns if self._numeric(at, base.lines, _sign(figure[0]) if figure else "")]
        if not columns:
            return None
        over = columns[0]
        values = [(value, line) for line in base.lines if (value := number_of(line.cells[over])) is not None]
        shown = base.columns or tuple(range(len(self.table.header)))
        if figure:
            bound = number_of(figure[0]) or 0.0
            lines = tuple(line for value, line in values if work.made(value, bound))
            return replace(base, work=work, over=over, columns=shown, lines=lines, result=bound)
        if work is Work.ORDER:
            lines = tuple(line for _, line in sorted(values, key=lambda one: -one[0]))
            return replace(base, work=work, over=over, columns=shown, lines=lines)
        result = work.made([value for value, _ in values])
        picks = work in (Work.MOST, Work.LEAST)
        lines = tuple(line for value, line in values if value == result) if picks else base.lines
        return replace(base, work=work, over=over, columns=tuple(dict.fromkeys((0, over))), lines=lines, result=result)

    def _beside(self, base: TableAnswer, work: Work, aim: re.Pattern[str]) -> TableAnswer | None:
        """The lines whose latest figure stands so to the target or the budget beside it."""
        headings = self.table.header
        target = next((at for at, heading in enumerate(headings) if aim.search(heading)), None)
        actual = [at for at, heading in enumerate(headings) if _ACTUAL.search(heading) and not aim.search(heading)]
        actual = [at for at in actual if self._numeric(at, base.lines)]
        if target is None or not actual:
            return None
        pairs = [(number_of(line.cells[target]), number_of(line.cells[actual[-1]]), line) for line in base.lines]
        told = [(got, wanted, line) for wanted, got, line in pairs if wanted is not None and got is not None]
        lines = tuple(line for got, wanted, line in told if work.made(got, wanted))
        return replace(base, work=work, lines=lines, columns=(0, target, actual[-1]))

    def _numeric(self, column: int, lines: Sequence[KeptLine], sign: str = "") -> bool:
        """True where every cell of a column that holds something is a number, with the sign given."""
        cells = [line.cells[column] for line in lines if column < len(line.cells) and line.cells[column].strip()]
        return bool(cells) and all(number_of(cell) is not None and sign in cell for cell in cells)


def _sign(figure: str) -> str:
    """What the figures of a column must bear to be set against one: pounds or a share; anything for a bare number."""
    return next((sign for sign in "£%" if sign in figure), "")


@lru_cache(maxsize=50_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words_of(text)) - _SMALL
