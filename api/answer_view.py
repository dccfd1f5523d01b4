"""An answer as its page shows it, by reader: the verdict and a few rows at once, the whole one action away; chips that
open their source, words explained, the text to paste."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from api.here import address, as_text, place_address, plan_names
from api.query_form import ChangeForm, query_parts, spelt
from api.words import due_words, source_line
from assistant.answer import Answer, AnswerTable, Citation, CitationKind, Reader, TableRow
from assistant.desk import Desk
from assistant.flags import notable
from assistant.places import place_words
from assistant.query_plan_json import plan_from_data
from assistant.records import Action, KeyKind, Source

markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "autolink"])
"""How the text of an answer is read: what looks like a tag, a link or a picture is text."""
_MARKS = re.compile(r"\s*\[\d{1,5}\]")
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?:\s*\[\d{1,5}\])*\s+(?=[A-Z“\"*\d])")
_BLOCK = re.compile(r"\n(?=\s*\n|\s*- )")
_FIRST_LIST = re.compile(r"^(?:- |\*\*)", re.MULTILINE)
_NOTHING = re.compile(r"^no ([\w ]+) recorded$")
_NAMED = frozenset({"Plan", "Ref", "Days late"})
"""What the source and the tag of a line say already, where each line is one action."""
_SHORT, _LONG = 12, 20
_SOURCE, _LEAST = 6, 8
"""Words that the source and the state of a line take, and the least that are left of a cell."""
_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,6}|[A-Z][a-z]?[A-Z]{1,3})(?=s?\b)")
_MOST = 12
_MARKER = re.compile(r"\[(\d{1,5})\]")
_FEW_WORDS = 6
_NUMBER = re.compile(r"[\d,]+%?")


@dataclass(frozen=True, slots=True)
class Room:
    """What fits at once for a kind of reader: words in all, words of the lead beside a table, rows, columns beside the
    source, the most words of a cell, and notes."""

    words: int
    lead: int
    rows: int
    columns: int
    cell: int
    notes: int


ROOM: Mapping[Reader, Room] = {
    Reader.MEMBER: Room(86, 40, 5, 2, 14, 1),
    Reader.STAFF: Room(235, 60, 10, 4, 20, 2),
    Reader.INSPECTION: Room(315, 90, 10, 4, 30, 2),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the short table: its cells, cut around the words that matched, and the citation of its action."""

    cells: tuple[Markup, ...]
    marker: int | None
    row: Action | None


@dataclass(frozen=True, slots=True)
class Brief:
    """The short form. `lead` is Markdown; `same` says each value that every row has; `more` opens the whole answer and
    is empty where this is all of it; `left` are the notes that did not fit."""

    lead: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    same: tuple[str, ...]
    more: str
    notes: tuple[str, ...]
    left: tuple[str, ...]


def brief_of(answer: Answer, rows: Mapping[int, Action], subject: Sequence[str]) -> Brief:
    """The short form of an answer.

    Args: rows, the action of each marker; subject, the words that rows were found by."""
    room, table, text, notes = ROOM[answer.reader], answer.table, answer.answer, tuple(dict.fromkeys(answer.caveats))
    beside = _FIRST_LIST.search(text) if table else None
    said = (text[: beside.start()] if beside and beside.start() else text).strip()
    lead = cut(said, room.lead if table else room.words)
    used = _count(lead)
    columns, lines, same, clipped = _short(table, rows, subject, room, used) if table else ((), (), (), False)
    used += _count(" ".join(same)) + sum(_taken(line) for line in lines)
    told: list[str] = []
    for note in notes:
        if len(told) < room.notes and used + _count(note) <= room.words:
            told.append(note)
            used += _count(note)
    whole = not clipped and lead == text.strip()
    more = "" if whole else "Show in full" if table else "Show the whole answer"
    if table and len(lines) < len(table.rows):
        noun = "action" if answer.total == len(table.rows) else "line"
        more = f"Show all {len(table.rows):,} {noun}s"
    left = tuple(note for note in notes if note not in told)
    return Brief(lead, columns, lines, same, more, tuple(told), left)


def first_sentence(text: str) -> str:
    """How an answer begins, as plain words without citations."""
    plain = _MARKS.sub("", without_markup(text)).strip()
    return _SENTENCE.split(plain.split("\n", 1)[0], 1)[0]


def opened(text: str) -> str:
    """An answer whose first sentence is a paragraph of its own where the first paragraph is long."""
    end = _SENTENCE.search(text)
    return f"{text[: end.end()]}\n\n{text[end.end() :]}" if end and _count(text.split("\n")[0]) > _LONG else text


def cut(text: str, words: int) -> str:
    """The beginning of a Markdown text that has at most so many words: whole blocks, else whole sentences.

    The first sentence stays whole, unless it alone is longer."""
    if _count(text) <= words:
        return text
    kept = ""
    for block in _BLOCK.split(text):
        if _count(kept + block) > words:
            break
        kept += ("\n" if kept else "") + block
    if kept.strip():
        whole, _, last = kept.rstrip().rpartition("\n")
        if last.endswith((":", "**")):  # a last line that only opens a list which was cut
            return whole.rstrip() or last.rstrip(": ") + "."
        return kept.rstrip()
    first = text.strip().split("\n", 1)[0]
    for end in (*(found.end() for found in _SENTENCE.finditer(first)), len(first)):
        if kept and _count(first[:end]) > words:
            break
        kept = first[:end]
    return kept.rstrip() if _count(kept) <= words else f"{' '.join(kept.split()[:words])} …"


def clip(text: str, words: int, subject: Sequence[str]) -> Markup:
    """So many words of a text, around the first that matches the subject, which is marked."""
    every = text.split()
    stems = {word[:6].casefold() for words_ in subject for word in words_.split() if len(word) > 3}
    hits = [n for n, word in enumerate(every) if word.casefold().lstrip("“\"'(*").startswith(tuple(stems))]
    first = max(0, min(hits[0] - 2, len(every) - words)) if hits and hits[0] >= words else 0
    shown = [
        Markup("<mark>{}</mark>").format(word) if first + n in hits else escape(word)
        for n, word in enumerate(every[first : first + words])
    ]
    before, after = "…\N{NO-BREAK SPACE}" if first else "", "\N{NO-BREAK SPACE}…" if first + words < len(every) else ""
    return escape(before) + Markup(" ").join(shown) + escape(after)


def _short(
    table: AnswerTable, rows: Mapping[int, Action], subject: Sequence[str], room: Room, used: int
) -> tuple[tuple[str, ...], tuple[Line, ...], tuple[str, ...], bool]:
    """Columns, lines, what every row shares, and whether anything of the table was left out."""
    single = all(line.marker in rows for line in table.rows)
    kept = [n for n, name in enumerate(table.columns) if not (single and name in _NAMED)]
    shared = [n for n in kept[1:] if len(table.rows) > 2 and len({line.cells[n] for line in table.rows}) == 1]
    shared = [n for n in shared if _count(table.rows[0].cells[n]) < _SHORT and table.columns[n] != "Due"]
    same = _of_all([(table.columns[n], table.rows[0].cells[n]) for n in shared])
    kept = [n for n in kept if n not in shared]
    if len(kept) > room.columns and single:
        kept = sorted(kept, key=lambda n: table.columns[n] not in ("Action", "Due"))
    kept = sorted(kept[: room.columns if single else room.columns + 1])
    used += _count(" ".join(same))
    each = (room.words - used) // min(room.rows, len(table.rows) or 1) - _SOURCE * single
    words = max(_LEAST, min(room.cell, each - 2 * (len(kept) - 1) - 1))
    lines: list[Line] = []
    for line in table.rows[: room.rows]:
        made = _line(table, line, kept, rows, subject, words)
        used += _taken(made)
        if lines and used > room.words:
            break
        lines.append(made)
    whole = sum(len(line.cells[n].split()) for line in table.rows for n in kept)
    shown = sum(_count(cell.striptags()) for line in lines for cell in line.cells)
    named = sum(name in _NAMED for name in table.columns) if single else 0
    left = len(lines) < len(table.rows) or shown < whole or len(kept) + len(shared) + named < len(table.columns)
    left = left or any(line.row and notable(line.row.flags) for line in lines)
    return tuple(table.columns[n] for n in kept), tuple(lines), same, left


def _of_all(values: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """What every row has, as sentences: one for all that no row records."""
    bare = [found[1] for _, value in values if (found := _NOTHING.match(value))]
    told = [f"{name}, for all of them: {value or 'nothing'}." for name, value in values if not _NOTHING.match(value)]
    return (*[f"No {' or '.join(bare)} is recorded for any of them."][: len(bare)], *told)


def _line(
    table: AnswerTable, line: TableRow, kept: Sequence[int], rows: Mapping[int, Action], subject: Sequence[str],
    words: int,
) -> Line:  # fmt: skip
    row = rows.get(line.marker) if line.marker is not None else None
    done = row and not row.due and row.completed_on
    due = escape(f"{done:%B %Y}" if done else due_words(row)) if row else Markup()
    told = [_NOTHING.sub("not recorded", line.cells[n]) for n in kept]
    columns = [table.columns[n] for n in kept]
    cells = (
        due if row and name == "Due" else clip(cell, words, subject) for name, cell in zip(columns, told, strict=True)
    )
    return Line(tuple(cells), line.marker, row)


def _taken(line: Line) -> int:
    return sum(_count(cell.striptags()) for cell in line.cells) + _SOURCE * (line.row is not None)


def _count(text: str) -> int:
    return len(text.split())


def blocks_of(text: str) -> Iterator[tuple[int, str, Sequence[Token]]]:
    """The paragraphs of Markdown: how deep in lists, the mark of one that begins an item ("-" or "2."), its parts."""
    depth, mark = 0, ""
    for token in markdown.parse(text):
        depth += token.nesting if token.type.startswith(("bullet_list", "ordered_list")) else 0
        if token.type == "list_item_open":
            mark = f"{token.info}." if token.info else "-"
        elif token.type in ("inline", "fence", "code_block"):
            yield depth, mark, token.children or [token]
            mark = ""


def without_markup(text: str) -> str:
    """Markdown as a reader would type it: paragraphs, and lists with their numbers or dashes."""
    told, before = "", 0
    for depth, mark, parts in blocks_of(text):
        told += "\n" if depth and (before or not mark) else "\n\n"
        told += f"{'  ' * (depth - 1)}{f'{mark} ' if mark else '  '}" if depth else ""
        told += "".join(" " if one.type in ("softbreak", "hardbreak") else one.content for one in parts)
        before = depth
    return told.strip("\n")


# ---------------------------------------------------------------- the page


def answer_text(answer: Answer, sources: Mapping[str, Source]) -> str:
    """The text of an answer with its numbered citations."""
    lines = [source_line(one, sources.get(one.document)) for one in answer.citations]
    return as_text("ask/answer.txt", answer=answer, plain=without_markup, lines=lines)


@dataclass(frozen=True, slots=True)
class Explained:
    """A term, what it means, who says so, and where that stands; no address for the glossary of the service."""

    term: str
    meaning: str
    by: str
    address: str = ""


def words_explained(answer: Answer, desk: Desk) -> list[Explained]:
    """Each abbreviation of the answer that a plan's own list or the glossary defines, in the order of the text."""
    cells = [cell for row in (answer.table.rows if answer.table else ()) for cell in row.cells]
    text = " ".join([answer.answer, *cells])
    cited = {one.document for one in answer.citations}
    keys = [key for key in desk.view.keys if key.kind is KeyKind.ABBREVIATION]
    found: list[Explained] = []
    for term in dict.fromkeys(_ABBREVIATION.findall(text)):
        named = [key for key in keys if key.term.casefold() == term.casefold()]
        own = [key for key in named if key.document in cited] or named
        distinct = {key.meaning.casefold(): key for key in reversed(own)}
        for key in reversed(distinct.values()):
            source = desk.view.sources[key.document]
            found.append(Explained(key.term, key.meaning, source.title, place_address(source.id, key.locator)))
        if not own and (meanings := desk.explain(term)):
            whose = "the glossary of this service; the plans of this answer do not say"
            found.append(Explained(term, " or ".join(meanings), whose))
    return found[:_MOST]


def view_of(answer: Answer, desk: Desk) -> dict[str, Any]:
    """What the page shows of an answer, for its reader: `lead` and `rest`, the direct answer and, where that is not all
    of it, the whole, as HTML; `text`, the answer to paste; `chips`, each citation as visible words that open its place;
    `single`, where every line of the table is one cited action; `numeric`, its columns of numbers alone."""
    sources, table = desk.view.sources, answer.table
    ids = {one.id for one in answer.citations if one.kind is CitationKind.ACTION}
    rows = {row.id: row for row in desk.view.rows if row.id in ids}
    names = plan_names(sources.values())
    chips = {one.marker: _chip(one, answer, rows.get(one.id), sources, names) for one in answer.citations}
    words = words_explained(answer, desk)
    plan = plan_from_data(answer.query) if answer.query else None
    subject = [spelt(theme) for theme in plan.themes] if plan else []
    brief = brief_of(answer, {one.marker: rows[one.id] for one in answer.citations if one.id in rows}, subject)
    lead = opened(brief.lead)
    for one in words if answer.reader is Reader.MEMBER else ():  # explained where it first stands, in a few words
        found = re.search(rf"\b{re.escape(one.term)}\b", lead)
        if found and len(one.meaning.split()) <= _FEW_WORDS and one.meaning.casefold() not in lead.casefold():
            lead = f"{lead[: found.end()]} ({one.meaning}){lead[found.end() :]}"
    return {
        "answer": answer,
        "plan": plan,
        "lead": _html(lead, chips),
        "rest": _html(answer.answer, chips) if brief.more else "",
        "brief": brief,
        "text": answer_text(answer, sources),
        "chips": chips,
        "parts": query_parts(plan, sources) if plan else [],
        "form": ChangeForm(plan, desk.view.rows) if plan else None,
        "rows": rows,
        "single": table is not None and all(line.marker in chips for line in table.rows),
        "numeric": {
            name
            for number, name in enumerate(table.columns if table else ())
            if table and all(_NUMBER.fullmatch(row.cells[number]) for row in table.rows)
        },
        "words": words,
    }


def _chip(
    citation: Citation, answer: Answer, row: Action | None, sources: Mapping[str, Source], names: Mapping[str, str]
) -> dict[str, Any]:
    source = sources.get(citation.document)
    kept = {"as_of": answer.as_of.isoformat(), "reader": "member" if answer.reader is Reader.MEMBER else ""}
    where = row.ref if row and row.ref else place_words(citation.locator)
    words = f"{names.get(citation.document, citation.document)}, {where}"
    to = place_address(source.id, citation.locator, **kept) if source else "#"
    to = address(f"/row/{citation.id}", **kept) if row else to
    return {"words": words, "address": to, "citation": citation, "source": source}


def _html(text: str, chips: Mapping[int, dict[str, Any]]) -> str:
    def put(found: re.Match[str]) -> str:
        chip = chips.get(int(found[1]))
        return f'<a class="chip" href="{escape(chip["address"])}">{escape(chip["words"])}</a>' if chip else found[0]

    return _MARKER.sub(put, markdown.render(text)) if text else ""
