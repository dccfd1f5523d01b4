"""A plan's own legend: what its colours, words, letters and signs mean as states, and what its ratings rate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.records import (
    Block,
    BlockKind,
    Cell,
    Document,
    KeyKind,
    Label,
    Locator,
    PlanKey,
    Rag,
    Row,
    Status,
    Table,
)
from ingest.layout.drafts import Draft, Role
from ingest.layout.shapes import is_date, owner_likeness
from ingest.layout.statuswords import colour_of, is_colour, meaning_of, short_status, spelt
from ingest.layout.words import normal, one_line, plain, without_bullet
from ingest.terms import NAMES, NO_COLOUR, abbreviations, entry, spells, totals

_SAYS = (
    r"\b['\"’”*]*\s*(?:[=:–—-]|means?\b|meaning\b|indicates?\b|denotes?\b|represents?\b|"
    r"(?:is |are )?(?:only )?used (?:only )?(?:for|when|where|if)\b)\s*(?:that\s+)?"
)
_MEANS = re.compile(
    rf"(?:^|[\s(,;.•*'\"-])(?P<term>{NAMES}){_SAYS}(?P<meaning>[^;|\n]{{3,160}}?)"
    rf"(?=\s*(?:[;|\n]|$|[,.\s]\s*(?:and\s+)?(?:{NAMES}){_SAYS}))",
    re.IGNORECASE,
)
_KEY_HEAD = re.compile(r"\s*(?:key|legend|b?rag(?: key| rating| status)?|ratings?|colours?)\s*:\s*", re.IGNORECASE)
_HEADS_KEY = re.compile(r"(?:(?:colour|b?rag|status) )?(?:key|legend)\W*", re.IGNORECASE)
_ENTRY = re.compile(rf"(?P<term>{NAMES}|[BRAGYC])\b\s*(?:[=:–—-]\s*)?(?P<meaning>\S.{{1,100}})", re.IGNORECASE)
_RUN = re.compile(
    rf"\b(?P<term>{NAMES})\b\s*(?:[=:–—-]\s*)?(?P<meaning>[^\s,;].*?)(?=\s*[,;.]?\s*(?:and\s+)?\b(?:{NAMES})\b|\s*$)",
    re.IGNORECASE,
)
_LETTER_MEANS = re.compile(
    r"(?:^|[\s,;(])(?P<term>[BRAGYC])\s*[=:]\s*(?P<meaning>[^=:\n]{2,80}?)(?=\s*(?:[,;]?\s+[BRAGYC]\s*[=:]|[,;)]?\s*$))"
)
_SENTENCE_MEANS = re.compile(
    rf"\b(?:the|an?|actions?|items?|tasks?|cells?|rows?|lines?|boxes|those|ones)\s+"
    rf"(?:(?:that |which )?(?:are |is )?(?:shown |shaded |marked |coloured |filled |rated |in )*)"
    rf"['\"‘“]?(?P<term>{NAMES})['\"’”]?(?:[- ]rated)?\s+"
    r"(?:(?:actions?|ones|items?|ratings?|milestones?|tasks?|cells?|rows?|lines?|box|boxes|fill|shading|bars?)\s+)?"
    r"(?:is|are|has|have|means?|indicates?|shows?)\s+(?:that\s+)?"
    r"(?P<meaning>[^,.;\n]{5,140})",
    re.IGNORECASE,
)
_BLANK = re.compile(NO_COLOUR, re.IGNORECASE)
_LEVELS = frozenset(
    {"high", "medium", "low", "h", "m", "l", "none", "very high", "significant", "moderate", "minor", "no impact"}
)
_COLOUR_LETTERS = {"b": "Blue", "r": "Red", "a": "Amber", "g": "Green", "y": "Yellow", "c": "Complete"}


@dataclass(frozen=True, slots=True)
class Legend:
    """A plan's keys with what follows from them: the meaning of each colour, and whether ratings are progress."""

    keys: tuple[PlanKey, ...]
    scope: PlanKey | None = None
    codes: tuple[PlanKey, ...] = ()
    label: Label = Label.INTERNAL

    def colour(self, rag: Rag | None) -> PlanKey | None:
        """The entry for a colour, None where the plan does not define it."""
        if rag is None:
            return None
        return next((key for key in self.keys if key.kind is KeyKind.COLOUR and colour_of(key.term) is rag), None)

    @property
    def blank(self) -> PlanKey | None:
        """The entry for a cell without a colour, None where the plan does not define it, or defines several."""
        colours = [key for key in self.keys if key.kind is KeyKind.COLOUR]
        grey = any(
            is_colour(key.term) and colour_of(key.term) is None and not _BLANK.fullmatch(key.term) for key in colours
        )
        return next((key for key in colours if _BLANK.fullmatch(key.term) and not grey), None)

    @property
    def rates(self) -> bool:
        """True where the letters that the plan uses as states are those of a traffic light."""
        return {"r", "g"} <= {key.term.lower() for key in self.codes}

    def code(self, text: str | None) -> PlanKey | None:
        """The entry for a word that the plan uses as a state."""
        term = code_of(text or "")
        known = (*self.codes, *(key for key in self.keys if key.kind is KeyKind.COLOUR))
        return next((key for key in known if term and code_of(key.term) == term), None)

    def with_codes(self, codes: tuple[PlanKey, ...]) -> Legend:
        """The legend with these words that the plan uses as states, marked as everything else in it."""
        known = {code_of(key.term) for key in self.keys if key.kind is KeyKind.COLOUR}
        new = tuple(replace(code, label=self.label) for code in codes if code_of(code.term) not in known)
        return replace(self, keys=(*self.keys, *new), codes=tuple(replace(code, label=self.label) for code in codes))

    @property
    def abbreviations(self) -> dict[str, str]:
        """The meanings by abbreviation, as written."""
        return {key.term: key.meaning for key in reversed(self.keys) if key.kind is KeyKind.ABBREVIATION}


def legend_of(document: Document, label: Label = Label.INTERNAL) -> Legend:
    """Everything that the document says of its own signs, in reading order."""
    first: dict[tuple[KeyKind, str, str], PlanKey] = {}
    for item in document.items:
        rows = item.rows if isinstance(item, Table) else ()
        found = (key for row in rows for key in _of_row(row)) if isinstance(item, Table) else _of_block(item)
        for key in found:
            same_term = "" if key.kind is KeyKind.COLOUR and key.term else normal(key.meaning)
            said = replace(key, document=document.name, label=label)
            first.setdefault((key.kind, normal(key.term), same_term), said)
    keys = list(first.values())
    scope = _scope(document, keys, label)
    if scope is not None:
        keys = [replace(key, status=None) if key.kind is KeyKind.COLOUR else key for key in keys]
        keys.append(scope)
    return Legend(tuple(keys), scope, label=label)


def _entry(term: str, meaning: str, place: Locator, quote: str = "") -> PlanKey:
    """What a colour, a word or a sign means, with the state of delivery that it says."""
    return replace(entry(KeyKind.COLOUR, term, meaning, place, quote or meaning), status=status_of(meaning))


def _of_block(block: Block) -> Iterator[PlanKey]:
    if block.kind is BlockKind.FURNITURE:
        return
    for number, raw in enumerate(block.text.split("\n")):
        place = _line_of(block, number)
        line = without_bullet(plain(raw).replace("\n", " "))
        yield from _colours(line, place)
        yield from abbreviations(line, raw, place)
        if block.kind is not BlockKind.HEADING:
            yield from totals(line, place)


def _line_of(block: Block, line: int) -> Locator:
    """The place of a line of a block, from 0; that of the block in formats without lines."""
    start = block.locator.line_start
    return block.locator if start is None else replace(block.locator, line_start=start + line, line_end=start + line)


def _colours(line: str, place: Locator) -> Iterator[PlanKey]:
    line = spelt(line)
    matches = [*_MEANS.finditer(line)] if len(line) < 700 else []
    if not matches and len([*_LETTER_MEANS.finditer(line)]) > 1:
        matches = [*_LETTER_MEANS.finditer(line)]
    if not matches:
        matches = _listed(line)
    for match in (*matches, *_SENTENCE_MEANS.finditer(line)):
        term = _COLOUR_LETTERS.get(match["term"].lower(), match["term"])
        meaning = match["meaning"].strip(" .,'\"‘’“”*")
        if (is_colour(term) or _BLANK.fullmatch(term)) and meaning:
            yield _entry(term, meaning, place, match["meaning"].strip())


def _listed(line: str) -> list[re.Match[str]]:
    """The entries of a key in one line, each a colour or its letter and what it means: "Key: B finished; G in hand"."""
    head = _KEY_HEAD.match(line)
    if not head:
        return []
    run = [*_RUN.finditer(line, head.end())]
    if len(run) > 1 and not re.search(r"[;|]", line[head.end() :]):
        return run
    parts = [_ENTRY.fullmatch(part.strip(" .")) for part in re.split(r"[;|]|,\s(?=[A-Z])", line[head.end() :])]
    entries = [part for part in parts if part]
    return entries if len(entries) > 1 and len(entries) >= len(parts) - 1 else []


def status_of(meaning: str) -> Status | None:
    """The delivery state that the meaning of a colour says, None where it says none."""
    if normal(meaning) in _LEVELS:
        return None
    status = meaning_of(meaning)
    return None if status is Status.NOT_RECORDED else status


def _of_row(row: Row) -> Iterator[PlanKey]:
    cells = [cell for cell in row.cells if not cell.hidden]
    texts = [one_line(cell.text) for cell in cells]
    filled = [number for number, text in enumerate(texts) if text]
    for number in filled:
        yield from abbreviations(texts[number], texts[number], cells[number].locator)
    if 1 <= len(filled) <= 3:
        yield from _key_row(row, texts, filled)
    elif filled:
        yield from _filled_key(cells, texts, filled)
    if len(filled) > 2 and _HEADS_KEY.fullmatch(texts[filled[0]]):
        filled = filled[1:]
    defined = [number for number in filled if len(texts[number].split()) <= 14 and _MEANS.search(texts[number])]
    if len(filled) <= 2 or len(defined) == len(filled):
        for number in filled:
            yield from _colours(without_bullet(texts[number]), cells[number].locator)
            yield from totals(texts[number], cells[number].locator)
    if (
        len(filled) == 2
        and re.fullmatch(r"[A-Z][A-Za-z&]{1,8}", texts[filled[0]])
        and spells(texts[filled[0]], texts[filled[1]])
    ):
        yield entry(KeyKind.ABBREVIATION, texts[filled[0]], texts[filled[1]], row.locator, texts[filled[1]])


def _key_row(row: Row, texts: Sequence[str], filled: Sequence[int]) -> Iterator[PlanKey]:
    """A row of a legend: a colour as word or fill, and its meaning beside it or on it."""
    first = filled[0]
    named = colour_of(texts[first]) is not None or bool(re.fullmatch(NAMES, texts[first], re.IGNORECASE))
    fills = [cell.colour for cell in row.cells if cell.colour is not None]
    if named and len(filled) > 1:
        yield _entry(_COLOUR_LETTERS.get(texts[first].lower(), texts[first]), texts[filled[1]], row.locator)
    elif len(fills) == 1 and not named and len(texts[first].split()) <= 14 and not _MEANS.search(texts[first]):
        meaning = texts[first]
        if status_of(meaning) is not None or (row.cells[0].colour is not None and not texts[0]):
            yield _entry(fills[0].value.capitalize(), meaning, row.locator)
    elif first == 1 and not texts[0] and not fills and short_status(texts[1]):
        yield _entry("", texts[1], row.locator)


def _filled_key(cells: Sequence[Cell], texts: Sequence[str], filled: Sequence[int]) -> Iterator[PlanKey]:
    """A key in one row: each meaning stands on its colour."""
    filled = filled[1:] if _HEADS_KEY.fullmatch(texts[filled[0]]) else filled
    coloured = [at for at in filled if cells[at].colour is not None]
    said = [at for at in coloured if status_of(texts[at]) is not None and short_status(texts[at]) is not None]
    alike = len({cells[at].colour for at in coloured}) < len(coloured)
    if len(said) < 2 or alike or len(coloured) < len(filled) - 2:
        return
    for at in coloured:
        colour = cells[at].colour
        if colour is not None:
            yield _entry(colour.value.capitalize(), texts[at], cells[at].locator)


_RATES = re.compile(r"\b(rated|rating|ratings|rates|level of|scale of|measure of|score)\b", re.IGNORECASE)
_NOT_PROGRESS = re.compile(
    r"\b(impact|risk|priority|confidence|effect|severity|importance|urgency|likelihood|quality)\b", re.IGNORECASE
)


def _scope(document: Document, keys: Sequence[PlanKey], label: Label) -> PlanKey | None:
    """What the ratings rate when their key has levels (high, medium, low) instead of states of delivery."""
    colours = [key for key in keys if key.kind is KeyKind.COLOUR and key.term]
    levels = [key for key in colours if normal(key.meaning) in _LEVELS]
    if len(levels) < 2 or len(levels) < len(colours):
        return None
    for item in document.items:
        if isinstance(item, Table):
            continue
        for number, raw in enumerate(item.text.split("\n")):
            line = one_line(raw)
            if len(line.split()) <= 25 and _RATES.search(line) and _NOT_PROGRESS.search(line):
                place = _line_of(item, number)
                return PlanKey(document.name, KeyKind.RAG_SCOPE, "RAG", line, place, raw.strip(), label=label)
    first = levels[0]
    return replace(first, kind=KeyKind.RAG_SCOPE, term="RAG", meaning="levels (high, medium, low), not progress")


# ---------------------------------------------------------------- words, letters and signs that are used as states


_LONGEST_TERM = 4
_LEAST = 2
NO_MARK = "no mark"
_SIGNS = r"✓-➿←-⇿☀-✒▀-◿⬀-⯿†‡★☆"
_MARK = re.compile(
    rf"(?:(?:an?|the) )?(?:[\w -]{{2,20}} )?(?:\(?['\"‘“]?(?P<mark>[{_SIGNS}*#!])['\"’”]?\)?|"
    r"(?:no (?:mark|sign|symbol)|unmarked(?: items?)?))"
    r"[^.]{0,40}?(?:=|:|\bmeans?\b|\bshows?\b|\bindicates?\b|\bmarks\b)\s*(?:that\s+)?(?P<meaning>[^.]{4,140})\W*",
    re.IGNORECASE,
)
_MEANING = re.compile(r"(?:meaning|means|what (?:it|this) means|definition|explanation|description)")
_SIGNED = re.compile(rf"(?P<mark>[{_SIGNS}])\ufe0f?\s*[=:–-]?\s*(?P<meaning>[A-Za-z][^{_SIGNS}]{{2,80}})")
_SENTENCE = re.compile(r"(?<=[.;|])\s+|\n|\s{2,}(?=\w{1,12}\s*[=:–—-]\s)|,\s+(?=[A-Z0-9]\s?[=:])")
_EXPLAINED = re.compile(
    r"(?i:(?:key|legend|b?rag|ratings?|colours?|status(?: key)?|stages?|codes?)\s*:\s*)?"
    r"(?P<term>['\"‘“]?[A-Z0-9][\w’' -]{0,28}?['\"’”]?)\s*"
    r"(?::|=|\s[–—-]|\bmeans?(?: that)?\b|\bindicates\b)\s+(?P<meaning>\S.{2,150}?)\W*",
)


def code_of(text: str) -> str:
    """What is compared of a code: its words, or the sign itself."""
    return normal(text) or text.strip()


def codes_of(items: Sequence[Block | Table], document: str) -> tuple[PlanKey, ...]:
    """What may be codes: terms explained one under or after the other, most of them with a state of delivery."""
    marks = [entry for item in items if isinstance(item, Block) for entry in _marks(item)]
    groups = [marks] if any(key.term != NO_MARK for key in marks) else []
    for group in _groups(items):
        stating = sum(key.status is not None for key in group)
        own = not all(colour_of(key.term) and len(key.term) > 1 for key in group)
        groups += [group] if own and stating >= max(_LEAST, 0.5 * len(group)) else []
    found: dict[str, PlanKey] = {}
    for key in (key for group in groups for key in group):
        found.setdefault(code_of(key.term), replace(key, document=document))
    return tuple(found.values())


def _marks(block: Block) -> Iterator[PlanKey]:
    """Signs before an item that a line explains: "A tick (✔) means that it is finished. No mark means ..."."""
    for line in block.text.split("\n"):
        entries = list(_SIGNED.finditer(one_line(line)))
        if len(entries) > 1 and len(entries) == len({each["mark"] for each in entries}):
            yield from (_entry(each["mark"], each["meaning"].strip(" .,;"), block.locator) for each in entries)
    for sentence in _sentences(block.text):
        if (match := _MARK.fullmatch(sentence)) is not None:
            yield _entry(match["mark"] or NO_MARK, match["meaning"], block.locator)


def used(codes: Iterable[PlanKey], drafts: Sequence[Draft]) -> tuple[PlanKey, ...]:
    """The codes that stand alone in the status of an action: the others explain something else."""
    stated = {code_of(piece.line) for draft in drafts for piece in draft.pieces(Role.STATUS) if piece.words}
    found = [code for code in codes if code_of(code.term) in stated]
    return tuple(codes) if len({code.status for code in found}) > 1 else tuple(found)


def _groups(items: Sequence[Block | Table]) -> Iterator[list[PlanKey]]:
    lines: list[PlanKey] = []
    for item in items:
        if isinstance(item, Table):
            yield lines
            lines = []
            yield [entry for row in item.rows for entry in _explained([cell.text for cell in row.cells], row.locator)]
        elif item.kind is not BlockKind.FURNITURE:
            here = [entry for text in _sentences(item.text) for entry in _of_sentence(text, item.locator)]
            if not here:
                yield lines
            lines = [*lines, *here] if here else []
    yield lines


def _explained(cells: Sequence[str], place: Locator) -> list[PlanKey]:
    texts = [one_line(text) for text in cells if text.strip()]
    if len(texts) == 2:
        named = not _MEANING.fullmatch(normal(texts[1])) and _is_term(texts[0])
        return [_entry(texts[0].rstrip(" :="), texts[1], place)] if named else []
    parts = _sentences(texts[0]) if len(texts) == 1 else texts
    entries = [entry for text in parts for entry in _of_sentence(text, place)]
    return entries if len(texts) == 1 or len(entries) >= len(texts) - 1 else []


def _sentences(text: str) -> list[str]:
    return [without_bullet(one_line(sentence)) for sentence in _SENTENCE.split(text)]


def _of_sentence(sentence: str, place: Locator) -> Iterator[PlanKey]:
    match = _EXPLAINED.fullmatch(sentence)
    if match is not None and _is_term(match["term"]):
        yield _entry(match["term"].strip("'\"‘’“” "), match["meaning"], place)


def _is_term(text: str) -> bool:
    short = 0 < len(text.split()) <= _LONGEST_TERM and not is_date(text)
    return short and (not is_colour(text) or len(text) == 1) and owner_likeness(text) < 1.0
