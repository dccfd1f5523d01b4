"""What a load says when it has ended: every document with its numbers, as data and in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from assistant.places import place_words
from assistant.records import Locator, ReadAs, Reading, ReadWarning, TableRead
from assistant.register import LoadChange
from assistant.versions import Series


class LoadStatus(StrEnum):
    """How the load of one document ended."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    """Something was set aside or not read; the report says what and where."""
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document. `actions` and `passages` are those now held; of a rejected one, those of its last good load."""

    document: str
    status: LoadStatus
    change: LoadChange = field(default_factory=LoadChange)
    set_aside: tuple[tuple[Locator, str], ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    tables: tuple[TableRead, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    """Table lines by what became of them: together, all lines of all tables."""
    embedded: int = 0
    reason: str | None = None
    seconds: float = 0.0

    def warned(self, *words: str) -> DocumentReport:
        """The report with more warnings; empty words are none."""
        return replace(self, warnings=(*self.warnings, *(ReadWarning(each) for each in words if each)))

    def as_dict(self) -> dict[str, Any]:
        """The form of `ingest --json`."""
        return {
            "document": self.document,
            "status": self.status.value,
            "actions": self.change.actions,
            **asdict(self.change),
            "tables": [
                {"locator": read.locator.as_dict(), "read_as": read.read_as, "title": read.title, "rows": read.rows}
                for read in self.tables
            ],
            "set_aside": [{"locator": place.as_dict(), "reason": reason} for place, reason in self.set_aside],
            "warnings": [warning_words(warning) for warning in self.warnings],
            "lines": dict(self.counts),
            "embedded": self.embedded,
            "reason": self.reason,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class LoadReport:
    """One load. `removed` are documents whose files are gone, with the number of their actions."""

    documents: tuple[DocumentReport, ...]
    corpus_version: str
    removed: tuple[tuple[str, int], ...] = ()
    warnings: tuple[str, ...] = ()
    mended: int = 0
    """Vectors that an earlier load had left out."""
    series: tuple[Series, ...] = ()
    """The versions of one plan among all that is held."""

    @property
    def failed(self) -> bool:
        """True where a document was rejected or quarantined."""
        return any(each.status in (LoadStatus.REJECTED, LoadStatus.QUARANTINED) for each in self.documents)

    def as_dict(self) -> dict[str, Any]:
        """The form of `ingest --json`."""
        return {
            "documents": [each.as_dict() for each in self.documents],
            "corpus_version": self.corpus_version,
            "removed": [{"document": document, "actions": actions} for document, actions in self.removed],
            "warnings": list(self.warnings),
            "series": [one.as_dict() for one in self.series],
        }

    def as_text(self) -> str:
        """The form for a person at a terminal."""
        parts = [line for each in self.documents for line in _lines(each)]
        parts += [f"removed      {gone}: its file is gone ({actions} actions)" for gone, actions in self.removed]
        parts += [f"note: {words}" for words in self.warnings]
        parts += [f"versions: {one.as_text()}" for one in self.series]
        held = sum(each.change.actions for each in self.documents)
        parts.append(f"{len(self.documents)} documents, {held} actions. Register {self.corpus_version}.")
        return "\n".join(parts)


def report_of(reading: Reading, change: LoadChange, embedded: int) -> DocumentReport:
    """The report of a document that was read and written; partial where it says more than was read. A table that is
    kept under its own header is read."""
    kept = {line.locator for read in reading.tables for line in read.lines if read.read_as is not ReadAs.NOT_UNDERSTOOD}
    aside = any(place not in kept for place, _ in reading.set_aside)
    left = aside or any(warning.unread for warning in reading.warnings)
    return DocumentReport(
        document=reading.source.document,
        status=LoadStatus.PARTIAL if left else LoadStatus.COMPLETE,
        change=change,
        set_aside=reading.set_aside,
        warnings=reading.warnings,
        tables=reading.tables,
        counts=tuple(reading.counts.items()),
        embedded=embedded,
    )


def warning_words(warning: ReadWarning) -> str:
    """A warning with its place."""
    return f"{place_words(warning.locator)}: {warning.words}" if warning.locator else warning.words


def _lines(report: DocumentReport) -> list[str]:
    change = report.change
    first = f"{report.status.value:12} {report.document}"
    if report.status in (LoadStatus.REJECTED, LoadStatus.QUARANTINED):
        return [f"{first}: {report.reason}"]
    moves = [("new", change.new), ("changed", change.changed), ("removed", change.removed)]
    said = ", ".join(f"{count} {name}" for name, count in moves if count)
    lines = [f"{first}: {change.actions} actions{f' ({said})' if said else ''}, {change.passages} passages"]
    for read in (read for read in report.tables if read.lines):
        place, title = place_words(read.locator), f'"{read.title}", ' if read.title else ""
        kind = read.read_as.replace("_", " ")
        lines.append(f"{'':13}kept: {place}: {title}{read.rows} rows as {kind}, under their own header")
    kept = {line.locator for read in report.tables for line in read.lines}
    aside = [(place, reason) for place, reason in report.set_aside if place not in kept]
    lines += [f"{'':13}set aside: {place_words(place)}: {reason}" for place, reason in aside]
    lines += [f"{'':13}note: {warning_words(warning)}" for warning in report.warnings]
    return lines
