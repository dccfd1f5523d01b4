"""What a file is made of: rows or an answer, with all that a reader needs to check them; as JSON lines and as CSV."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fastapi import Response

from api.audit import Act
from api.filters import RowFilters, condition_of, named_filters
from api.here import Reading
from api.schemas import ActionData, action_data
from assistant.answer import Answer, Citation, CitationKind
from assistant.conditions import Condition, Field, Operator
from assistant.records import Action, KeyKind, PlanKey, Source

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = frozenset("=+-@|%\N{MINUS SIGN}")
_BREAKS = ("\t", "\r", "\n")
FileFormat = Literal["jsonl", "csv", "xlsx", "docx"]
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: dict[FileFormat, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
}
DOCUMENTED: dict[str, Any] = {kind.split(";")[0]: {"schema": {"type": "string"}} for kind in MEDIA_TYPES.values()}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows of a file, the documents and the plans' own keys behind them, and the answer where they are of one."""

    asked: str
    """The question, or the filters in words."""
    as_of: date
    corpus_version: str
    rows: tuple[Action, ...]
    sources: tuple[Source, ...]
    keys: tuple[PlanKey, ...]
    answer: Answer | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.answer.citations if self.answer else ()

    def markers(self, row: Action) -> tuple[int, ...]:
        """The numbers by which the answer cites a row."""
        return tuple(one.marker for one in self.citations if one.id == row.id and one.kind is CitationKind.ACTION)

    def colours(self, source: Source) -> str:
        """What colours mean in one plan, in its own words."""
        told = [key for key in self.keys if key.document == source.document]
        meanings = [
            f"{key.term or 'a colour that cannot be seen'}: {key.meaning}" for key in told if key.kind is KeyKind.COLOUR
        ]
        scope = [f"they rate {key.meaning}" for key in told if key.kind is KeyKind.RAG_SCOPE]
        return "; ".join([*meanings, *scope]) or "this plan does not define its colours"


def of_register(here: Reading, filters: RowFilters, order: Field | None = None, descending: bool = False) -> Evidence:
    """Every row that the filters leave."""
    rows = here.register.select(here.audience, condition_of(filters, here.sources, date.today()), order, descending)
    words = "; ".join(words for _, words in named_filters(filters, here.sources)) or "Every action of the register"
    return _evidence(here, words, filters.as_of or date.today(), rows, {row.document for row in rows})


def of_answer(here: Reading, answer: Answer) -> Evidence:
    """Every row and quote of an answer, rows in the order in which it cites them."""
    ids = dict.fromkeys(one.id for one in answer.citations if one.kind is CitationKind.ACTION)
    found = here.register.select(here.audience, Condition(Field.ID, Operator.IS, tuple(ids))) if ids else []
    rows = {row.id: row for row in found}
    documents = {one.document for one in answer.citations}
    cited = [rows[one] for one in ids]
    return _evidence(here, answer.question, answer.as_of, cited, documents, answer)


def _evidence(
    here: Reading, asked: str, as_of: date, rows: Sequence[Action], documents: Collection[str],
    answer: Answer | None = None,
) -> Evidence:  # fmt: skip
    """The evidence with the documents, and the keys of these, that belong to it; all of one state of the register."""
    sources = tuple(source for source in here.sources if source.document in documents)
    keys = tuple(key for key in here.register.keys(here.audience) if key.document in documents)
    version = here.register.corpus_version(here.audience)
    return Evidence(asked, as_of, version, tuple(rows), sources, keys, answer)


def plain(text: str) -> str:
    """Text without the characters that no office file can hold."""
    return _UNWRITABLE.sub(" ", text)


def inert(value: Any) -> str:
    """A value as the text of a cell that no program takes for a formula.

    An apostrophe goes in front of what begins with a sign of formulas, its full-width and small forms included, also
    behind spaces and characters that cannot be seen, and of what begins with a tab or a line break."""
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    first = next((sign for sign in text if unicodedata.category(sign)[0] not in "ZC"), "")
    begins = unicodedata.normalize("NFKC", first)[:1]
    return f"'{text}" if begins in _FORMULA or text.startswith(_BREAKS) else text


def lines_of(evidence: Evidence) -> Iterator[dict[str, Any]]:
    """Each row as data; of an answer with `kind` and `markers` in front, and after the rows the passages it cites."""
    if evidence.answer is None:
        yield from map(action_data, evidence.rows)
        return
    for row in evidence.rows:
        yield {"kind": "action", "markers": list(evidence.markers(row)), **action_data(row)}
    plans = {source.document: source.title for source in evidence.sources}
    for one in evidence.citations:
        if one.kind is CitationKind.PASSAGE:
            yield {
                "kind": "passage", "markers": [one.marker], "id": one.id, "document": one.document,
                "plan": plans.get(one.document), "quote": one.quote, "locator": one.locator.as_dict(),
            }  # fmt: skip


def json_lines(evidence: Evidence) -> bytes:
    """One JSON object a line. Its text is as it stands: no program takes JSON for formulas."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines_of(evidence)).encode()


def comma_separated(evidence: Evidence) -> bytes:
    """CSV with a byte order mark, which workbooks need to read it as UTF-8."""
    data = list(lines_of(evidence))
    columns = list(dict.fromkeys(name for line in data for name in line)) or list(ActionData.model_fields)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([inert(line.get(name)) for name in columns] for line in data)
    return ("\ufeff" + text.getvalue()).encode()


def as_file(here: Reading, evidence: Evidence, kind: FileFormat, name: str) -> Response:
    """The evidence as a file that a browser keeps under this name; the account says that it was taken away."""
    from api.exports.office import evidence_pack, workbook

    makers = {"jsonl": json_lines, "csv": comma_separated, "xlsx": workbook, "docx": evidence_pack}
    return taken_away(here, makers[kind](evidence), kind, name, [row.id for row in evidence.rows])


def taken_away(here: Reading, content: bytes, kind: FileFormat, name: str, rows: Sequence[str]) -> Response:
    """A file that a browser keeps under this name, noted in the account."""
    here.note(Act.EXPORTED, file=f"{name}.{kind}", rows=list(rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, media_type=MEDIA_TYPES[kind], headers=headers)
