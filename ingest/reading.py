"""One document from its bytes to records: readers, layout, fields, keys, passages and checks, in that order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from assistant.flags import FlagCode
from assistant.invisible import has_invisible
from assistant.records import (
    Action,
    Block,
    Document,
    Flag,
    Locator,
    ReadAs,
    Reading,
    ReadWarning,
    Source,
    SourceDetails,
    TableRead,
)
from ingest import checks, layout
from ingest.codes import code_of, codes_of, used
from ingest.facts import Facts, facts_of
from ingest.fields import actions_of
from ingest.keys import legend_of
from ingest.layout.outline import outlined
from ingest.layout.unstacked import unstacked
from ingest.leftover import left_over
from ingest.passages import passages_of
from ingest.quotes import Standing
from ingest.readers import Limits, Progress, read_document
from ingest.readers.children import refuse_children
from ingest.source_rows import source_rows


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
    facts = facts_of(document, details)
    slug = slug_of(document.name)
    codes = codes_of(document.items, document.name)
    found = layout.rows(document, frozenset(code_of(code.term) for code in codes))
    legend = legend_of(document, facts.label).with_codes(used(codes, found.drafts))
    tables = tuple(_explained(read, frozenset(key.locator for key in legend.keys)) for read in found.tables)
    lines = tuple(_lines(document))
    actions = actions_of(found, document, facts, legend, slug)
    standing = Standing.of(lines)
    actions = tuple(replace(action, quote=standing.quote(action.quote, action.locator)) for action in actions)
    actions, flags = checks.checked(actions, found, facts, legend)
    return Reading(
        source=_source(document, facts, slug, sha256, path),
        lines=lines,
        rows=tuple(source_rows(document, found.lines)),
        actions=actions,
        passages=passages_of(
            document,
            slug,
            facts.label,
            [*found.tally.headers, *(place for action in actions for place in _places(action))],
        ),
        keys=tuple(replace(key, quote=standing.quote(key.quote, key.locator)) for key in legend.keys),
        flags=(*flags, *_invisible(document, lines)),
        set_aside=tuple(found.tally.set_aside),
        warnings=(*document.warnings, *left_over(document, tables, len(actions))),
        tables=tables,
        continued=found.tally.counts.get("continued", 0),
        counts=dict(found.tally.counts),
    )


def _explained(read: TableRead, keys: frozenset[Locator]) -> TableRead:
    """A table whose lines explain signs or words of the plan is understood."""
    is_key = read.read_as is ReadAs.NOT_UNDERSTOOD and any(line.locator in keys for line in read.lines)
    return replace(read, read_as=ReadAs.OTHER) if is_key else read


def slug_of(name: str) -> str:
    """A document's name made safe for an address."""
    return re.sub(r"[^a-z0-9]+", "-", PurePath(name).stem.lower()).strip("-")[:60] or "document"


def _source(document: Document, facts: Facts, slug: str, sha256: str, path: str) -> Source:
    first, last = facts.period or (None, None)
    return Source(
        id=slug,
        document=document.name,
        title=facts.title,
        authority=facts.authority,
        plan_date=facts.plan_date,
        label=facts.label,
        sha256=sha256,
        path=path,
        period_start=first,
        period_end=last,
    )


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


def _places(action: Action) -> list[Locator]:
    return [action.locator, *(place for name, place in action.field_locators if name in {"due", "status", "owner"})]


def _invisible(document: Document, lines: tuple[tuple[Locator, str], ...]) -> tuple[Flag, ...]:
    hidden = [place for place, text in lines if has_invisible(text)] or list(document.invisible)
    return (
        (FlagCode.INVISIBLE_CHARACTERS.flag(f"{len(hidden)} line(s) hold characters that cannot be seen.", hidden[0]),)
        if hidden
        else ()
    )


__all__ = ["read", "reading_of", "slug_of"]
