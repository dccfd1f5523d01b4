"""One document from its bytes to records: readers, layout, fields, keys, passages and checks, in that order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path, PurePath

from assistant.dates import find_dates
from assistant.flags import FlagCode
from assistant.invisible import has_invisible
from assistant.places import place_words
from assistant.records import (
    Block,
    Document,
    Flag,
    Locator,
    ReadAs,
    Reading,
    ReadWarning,
    SourceCell,
    SourceDetails,
    SourceRow,
    Table,
    TableRead,
)
from ingest import checks, layout
from ingest.facts import source_of
from ingest.fields import actions_of
from ingest.keys import Legend, code_of, codes_of, legend_of
from ingest.layout.drafts import LineRoles
from ingest.layout.outline import outlined
from ingest.layout.unstacked import unstacked
from ingest.layout.words import one_line
from ingest.passages import passages_of
from ingest.readers import Limits, Progress, read_document
from ingest.readers.children import refuse_children

_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Standing:
    """The words of a document by place: its lines, or the rows and blocks of a format without lines."""

    lines: tuple[str, ...]
    places: dict[Locator, str]

    @classmethod
    def of(cls, lines: Sequence[tuple[Locator, str]]) -> Standing:
        """From the lines or places of a reading, in order."""
        numbered = bool(lines) and lines[0][0].line_start is not None
        return cls(tuple(text for _, text in lines) if numbered else (), {} if numbered else dict(lines))

    def at(self, place: Locator) -> str | None:
        """The words at a place; None where the place is not known."""
        if place.line_start is not None and self.lines:
            return "\n".join(self.lines[place.line_start - 1 : place.line_end or place.line_start])
        return self.places.get(place)

    def quote(self, wanted: str, place: Locator) -> str:
        """What of the wanted words stands unbroken at the place: all of them, else the longest run of whole words."""
        text = self.at(place)
        if text is None or (wanted and wanted in text):
            return wanted
        wanted, text = wanted[:_LONGEST], text[: 10 * _LONGEST]
        found = SequenceMatcher(None, wanted, text, autojunk=False).find_longest_match()
        begin, end = found.b, found.b + found.size
        while begin < end and begin and text[begin - 1].isalnum() and text[begin].isalnum():
            begin += 1
        while end > begin and end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end -= 1
        return text[begin:end].strip() or text.strip()[:80]


def source_rows(document: Document, known: Mapping[Locator, LineRoles]) -> Iterator[SourceRow]:
    """Every line of the tables with the cells that can be seen, each with what it says where that is known."""
    tables = (item for item in document.items if isinstance(item, Table))
    for number, table in enumerate(tables):
        for row in table.rows:
            kind, roles = known.get(row.locator, ("line", ()))
            cells = tuple(
                SourceCell(cell.text, cell.column, cell.row_span, cell.column_span, cell.colour, role and role.value)
                for cell in row.cells
                if not cell.hidden
                for told in [cell.column < len(roles) and (cell.text.strip() or cell.colour)]
                for role in [roles[cell.column] if told else None]
            )
            if cells and kind != "rule":
                yield SourceRow(number, row.locator, cells, kind == "header")


_WORDS = re.compile(r"\b(actions?|plans?|logs?|trackers?|milestones?|recommendations?)\b", re.IGNORECASE)
_ANY_DAY = date(2020, 1, 1)
_LONGEST_NAME = 30
_WHY = (
    "no table has columns that say what is done together with who, when or how far, and no list has items that end so"
)


def left_over(document: Document, tables: Sequence[TableRead], actions: int) -> Iterator[ReadWarning]:
    """A warning for each table that was not understood and, where no action was read, one of all that was seen."""
    for read in tables:
        if read.read_as is ReadAs.NOT_UNDERSTOOD and actions:
            named = f'"{read.title[:_LONGEST_NAME]}" ' if read.title else ""
            named += f"with the columns {_columns(read)} " if any(read.header) else ""
            yield ReadWarning(
                f"A table {named}was not understood: its {read.rows} rows are kept as they stand and are no actions",
                read.locator,
                unread=True,
            )
    seen = list(_seen(document, tables)) if not actions else []
    if seen:
        yield ReadWarning(
            f"No action was read. Seen: {'; '.join(seen)}. Why this is no plan: {_WHY}. If it is one, load a copy "
            "whose table has a row with the names of its columns.",
            unread=True,
        )
    elif not actions:
        yield ReadWarning("No action was read, and nothing in it looks like one.")


def _seen(document: Document, tables: Sequence[TableRead]) -> Iterator[str]:
    grids = [item for item in document.items if isinstance(item, Table) and len(item.rows) > 1 and item.width > 1]
    if grids:
        named = [f"{place_words(read.locator)}: {_columns(read)}" for read in tables if any(read.header)][:3]
        yield (f"{len(grids)} tables" if len(grids) > 1 else "a table") + (f" ({'; '.join(named)})" if named else "")
    lines = [one_line(line) for _, text in _lines(document) for line in text.split("\n")][:2_000]
    dates = [span.text for line in lines if any(map(str.isdigit, line)) for span in find_dates(line[:300], _ANY_DAY)]
    if dates:
        yield f"{len(dates)} dates, such as {dates[0]}" if len(dates) > 1 else f"the date {dates[0]}"
    words = sorted({word.lower() for line in [document.name, *lines] for word in _WORDS.findall(line)})
    if words:
        yield f"the word{'s' if len(words) > 1 else ''} {', '.join(words)}"


def _columns(read: TableRead) -> str:
    return ", ".join(one_line(name)[:_LONGEST_NAME] for name in read.header if name.strip())


def read(
    path: Path,
    details: SourceDetails | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Everything that one file says, as records; nothing is written. See `ingest.read`."""
    document = read_document(path, limits, progress)
    if details is None or not details.released:
        refuse_children(document)
    else:
        words = "A person released it; before that it was set aside, because it seemed to hold details of children."
        document = replace(document, restricted=True, warnings=(*document.warnings, ReadWarning(words)))
    data = path.read_bytes()
    return reading_of(document, hashlib.sha256(data).hexdigest(), details, str(path))


def reading_of(document: Document, sha256: str = "", details: SourceDetails | None = None, path: str = "") -> Reading:
    """The records of a document that a reader has made."""
    document = replace(document, items=outlined(unstacked(document.items)))
    source = source_of(document, details, slug_of(document.name), sha256, path)
    codes = codes_of(document.items)
    found = layout.rows(document, frozenset(code_of(code.term) for code in codes))
    legend = legend_of(document).with_codes(codes, found.drafts)
    explained = {key.locator for key in legend.keys}
    tables = tuple(  # one whose lines explain signs or words of the plan is understood
        replace(read, read_as=ReadAs.OTHER)
        if read.read_as is ReadAs.NOT_UNDERSTOOD and any(line.locator in explained for line in read.lines)
        else read
        for read in found.tables
    )
    lines = tuple(_lines(document))
    standing = Standing.of(lines)
    actions = actions_of(found, source, legend)
    actions = tuple(replace(action, quote=standing.quote(action.quote, action.locator)) for action in actions)
    places = [
        place
        for action in actions
        for place in (action.locator, *(at for name, at in action.field_locators if name in {"due", "status", "owner"}))
    ]
    actions, flags = checks.checked(actions, found, source, legend)
    return Reading(
        source=source,
        lines=lines,
        rows=tuple(source_rows(document, found.lines)),
        actions=actions,
        passages=passages_of(document, source.id, source.label, [*found.tally.headers, *places]),
        keys=tuple(
            replace(key, document=document.name, label=source.label, quote=standing.quote(key.quote, key.locator))
            for key in legend.keys
        ),
        flags=(*flags, *_invisible(document, lines)),
        set_aside=tuple(found.tally.set_aside),
        warnings=(*document.warnings, *_unread_colours(document, legend), *left_over(document, tables, len(actions))),
        tables=tables,
        continued=found.tally.counts.get("continued", 0),
        counts=dict(found.tally.counts),
    )


def _unread_colours(document: Document, legend: Legend) -> Iterator[ReadWarning]:
    """A note on each colour that the plan's own key explains and no reader tells by its fill: purple, grey, black."""
    rows = (row for item in document.items if isinstance(item, Table) for row in item.rows)
    filled = any(cell.colour for row in rows for cell in row.cells)
    for key in legend.colours if filled else ():
        if key.term.lower() in {"purple", "grey", "gray", "black"}:
            words = f'The key says that {key.term.lower()} means "{key.meaning}": cells filled so are not read as that.'
            yield ReadWarning(words, key.locator)


def slug_of(name: str) -> str:
    """A document's name made safe for an address."""
    return re.sub(r"[^a-z0-9]+", "-", PurePath(name).stem.lower()).strip("-")[:60] or "document"


def _lines(document: Document) -> Iterator[tuple[Locator, str]]:
    """Every place of the document with its words as they stand: lines of text, else blocks and rows."""
    if document.lines:
        yield from document.lines
        return
    for item in document.items:
        if isinstance(item, Block):
            yield item.locator, item.text
        else:
            for row in item.rows:
                yield row.locator, " \t".join(cell.text for cell in row.cells if cell.text)


def _invisible(document: Document, lines: tuple[tuple[Locator, str], ...]) -> tuple[Flag, ...]:
    hidden = [place for place, text in lines if has_invisible(text)] or list(document.invisible)
    words = f"{len(hidden)} line(s) hold characters that cannot be seen."
    return (FlagCode.INVISIBLE_CHARACTERS.flag(words, hidden[0]),) if hidden else ()


__all__ = ["read", "reading_of", "slug_of"]
