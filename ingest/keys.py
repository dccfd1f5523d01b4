"""A plan's own legend: what its colours, words, letters and signs mean as states, what its ratings rate, the
abbreviations that it spells out and the totals that it states."""

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
    Locator,
    PlanKey,
    Rag,
    Row,
    Status,
    Table,
)
from ingest.layout.drafts import Draft, Role
from ingest.layout.headings import best_role
from ingest.layout.shapes import is_date, owner_likeness
from ingest.layout.statuswords import colour_of, is_colour, meaning_of, short_status, spelt
from ingest.layout.words import normal, one_line, plain, without_bullet

NO_COLOUR = r"no colour|no fill|no shading|no rating|not coloured|uncoloured|unshaded|white|clear|blank"
NAMES = rf"blue|green|amber|red|yellow|orange|grey|gray|purple|black|{NO_COLOUR}"
"""The colours that a plan may speak of, and words for none."""
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
_RUN = re.compile(
    rf"\b(?P<term>{NAMES}|(?-i:[BRAGYC]))\b\s*(?:[=:–—-]\s*)?(?P<meaning>[^\s,;|].*?)"
    rf"(?=\s*[,;|.]?\s*(?:and\s+)?\b(?:{NAMES}|(?-i:[BRAGYC]))\b|\s*$)",
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
    r"(?:is|are|has|have|means?|indicates?|shows?)\s+(?:that\s+)?(?P<meaning>[^,.;\n]{5,140})",
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

    @property
    def colours(self) -> list[PlanKey]:
        """What it says of colours, and of words and signs used like them."""
        return [key for key in self.keys if key.kind is KeyKind.COLOUR]

    def colour(self, rag: Rag | None) -> PlanKey | None:
        """The entry for a colour, None where the plan does not define it."""
        return next((key for key in self.colours if rag is not None and colour_of(key.term) is rag), None)

    @property
    def blank(self) -> PlanKey | None:
        """The entry for a cell without a colour, None where the plan does not define it, or defines several."""
        none = [key for key in self.colours if _BLANK.fullmatch(key.term)]
        grey = any(is_colour(key.term) and colour_of(key.term) is None for key in self.colours if key not in none)
        return none[0] if none and not grey else None

    def code(self, text: str | None) -> PlanKey | None:
        """The entry for a word that the plan uses as a state."""
        term = code_of(text or "")
        return next((key for key in (*self.codes, *self.colours) if term and code_of(key.term) == term), None)

    def with_codes(self, codes: Sequence[PlanKey], drafts: Sequence[Draft]) -> Legend:
        """The legend with the words that stand alone in the status of an action, marked as everything else in it: the
        others explain something else."""
        stated = {code_of(piece.line) for draft in drafts for piece in draft.pieces(Role.STATUS) if piece.words}
        used = [code for code in codes if code_of(code.term) in stated]
        used = list(codes) if len({code.status for code in used}) > 1 else used
        known = {code_of(key.term) for key in self.colours}
        new = (code for code in used if code_of(code.term) not in known)
        return replace(self, keys=(*self.keys, *new), codes=tuple(used))

    @property
    def abbreviations(self) -> dict[str, str]:
        """The meanings by abbreviation, as written."""
        return {key.term: key.meaning for key in reversed(self.keys) if key.kind is KeyKind.ABBREVIATION}


def legend_of(document: Document) -> Legend:
    """Everything that the document says of its own signs, in reading order."""
    first: dict[tuple[KeyKind, str, str], PlanKey] = {}
    for item in document.items:
        found = (key for row in item.rows for key in _of_row(row)) if isinstance(item, Table) else _of_block(item)
        for key in found:
            same_term = "" if key.kind is KeyKind.COLOUR and key.term else normal(key.meaning)
            first.setdefault((key.kind, normal(key.term), same_term), key)
    keys = list(first.values())
    scope = _scope(document, keys)
    if scope is not None:
        keys = [replace(key, status=None) if key.kind is KeyKind.COLOUR else key for key in keys]
        keys.append(scope)
    return Legend(tuple(keys), scope)


def _entry(term: str, meaning: str, place: Locator, quote: str = "", kind: KeyKind = KeyKind.COLOUR) -> PlanKey:
    """What a plan says of a term; of a colour, a word or a sign with the state of delivery that it means."""
    said = meaning.strip(" .'\"‘’“”*")
    status = status_of(meaning) if kind is KeyKind.COLOUR else None
    return PlanKey("", kind, term.strip(), said, place, quote or meaning, status=status)


def _of_block(block: Block) -> Iterator[PlanKey]:
    for place, raw in _lines(block):
        line = without_bullet(plain(raw).replace("\n", " "))
        yield from _colours(line, place)
        yield from _abbreviations(line, raw, place)
        if block.kind is not BlockKind.HEADING:
            yield from _totals(line, place)


def _lines(block: Block) -> Iterator[tuple[Locator, str]]:
    """The lines of a block with their places; in formats without lines that of the block. Furniture says nothing."""
    start = block.locator.line_start
    for at, line in enumerate(block.text.split("\n") if block.kind is not BlockKind.FURNITURE else ()):
        here = block.locator if start is None else replace(block.locator, line_start=start + at, line_end=start + at)
        yield here, line


def _colours(line: str, place: Locator) -> Iterator[PlanKey]:
    line = spelt(line)
    head = _KEY_HEAD.match(line)
    matches = [*_MEANS.finditer(line)] if len(line) < 700 else []
    for pattern, start in ((_LETTER_MEANS, 0), (_RUN, head.end() if head else len(line))):
        found = [] if matches else [*pattern.finditer(line, start)]
        matches = found if len(found) > 1 else matches
    for match in (*matches, *_SENTENCE_MEANS.finditer(line)):
        term = _COLOUR_LETTERS.get(match["term"].lower(), match["term"])
        meaning = match["meaning"].strip(" .,'\"‘’“”*")
        if (is_colour(term) or _BLANK.fullmatch(term)) and meaning:
            yield _entry(term, meaning, place, match["meaning"].strip())


def status_of(meaning: str) -> Status | None:
    """The delivery state that the meaning of a colour says, None where it says none."""
    status = None if normal(meaning) in _LEVELS else meaning_of(meaning)
    return None if status is Status.NOT_RECORDED else status


def _of_row(row: Row) -> Iterator[PlanKey]:
    cells = [(one_line(cell.text), cell) for cell in row.cells if not cell.hidden]
    filled = [(text, cell) for text, cell in cells if text]
    texts = [text for text, _ in filled]
    for text, cell in filled:
        yield from _abbreviations(text, text, cell.locator)
    if 1 <= len(filled) <= 3:
        yield from _key_row(row, texts, next(at for at, (text, _) in enumerate(cells) if text))
    if len(filled) > 2 and _HEADS_KEY.fullmatch(texts[0]):
        filled = filled[1:]
    if len(texts) > 3:
        yield from _filled_key(filled)
    defined = (len(text.split()) <= 14 and _MEANS.search(text) for text, _ in filled)
    if len(filled) <= 2 or all(defined):
        for text, cell in filled:
            yield from _colours(without_bullet(text), cell.locator)
            yield from _totals(text, cell.locator)
    if len(texts) == 2 and re.fullmatch(r"[A-Z][A-Za-z&]{1,8}", texts[0]) and spells(*texts):
        yield _entry(texts[0], texts[1], row.locator, kind=KeyKind.ABBREVIATION)


def _key_row(row: Row, texts: Sequence[str], at: int) -> Iterator[PlanKey]:
    """A row of a legend: a colour as word or fill, and its meaning beside it or on it."""
    first = texts[0]
    fills = [cell.colour for cell in row.cells if cell.colour is not None]
    if colour_of(first) is not None or re.fullmatch(NAMES, first, re.IGNORECASE):
        meaning = next((text for text in texts[1:] if not is_colour(text)), None)  # "B | Blue | Finished"
        if meaning:
            yield _entry(_COLOUR_LETTERS.get(first.lower(), first), meaning, row.locator)
    elif len(fills) == 1 and len(first.split()) <= 14 and not _MEANS.search(first):
        if status_of(first) is not None or (row.cells[0].colour is not None and at):
            yield _entry(fills[0].value.capitalize(), first, row.locator)
    elif at == 1 and not fills and short_status(first):
        yield _entry("", first, row.locator)


def _filled_key(filled: Sequence[tuple[str, Cell]]) -> Iterator[PlanKey]:
    """A key in one row: each meaning stands on its colour."""
    found = [(cell.colour, text, cell.locator) for text, cell in filled if cell.colour is not None]
    said = [text for _, text, _ in found if status_of(text) is not None and short_status(text) is not None]
    if len(said) > 1 and len({colour for colour, _, _ in found}) == len(found) >= len(filled) - 2:
        for colour, text, place in found:
            yield _entry(colour.value.capitalize(), text, place)


_RATES = re.compile(r"\b(rated|rating|ratings|rates|level of|scale of|measure of|score)\b", re.IGNORECASE)
_NOT_PROGRESS = re.compile(
    r"\b(impact|risk|priority|confidence|effect|severity|importance|urgency|likelihood|quality)\b", re.IGNORECASE
)


def _scope(document: Document, keys: Sequence[PlanKey]) -> PlanKey | None:
    """What the ratings rate when their key has levels (high, medium, low) instead of states of delivery."""
    colours = [key for key in keys if key.kind is KeyKind.COLOUR and key.term]
    if len(colours) < 2 or any(normal(key.meaning) not in _LEVELS for key in colours):
        return None
    scope = replace(colours[0], kind=KeyKind.RAG_SCOPE, term="RAG", status=None)
    for place, raw in (line for item in document.items if isinstance(item, Block) for line in _lines(item)):
        line = one_line(raw)
        if len(line.split()) <= 25 and _RATES.search(line) and _NOT_PROGRESS.search(line):
            return replace(scope, meaning=line, locator=place, quote=raw.strip())
    return replace(scope, meaning="levels (high, medium, low), not progress")


# ---------------------------------------------------------------- words, letters and signs that are used as states


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


def codes_of(items: Sequence[Block | Table]) -> tuple[PlanKey, ...]:
    """What may be codes: terms explained one under or after the other, most of them with a state of delivery."""
    marks = [entry for item in items if isinstance(item, Block) for entry in _marks(item)]
    groups = [marks] if any(key.term != NO_MARK for key in marks) else []
    for group in _groups(items):
        stating = sum(key.status is not None for key in group)
        own = not all(colour_of(key.term) and len(key.term) > 1 for key in group)
        groups += [group] if own and stating >= max(2, 0.5 * len(group)) else []
    found: dict[str, PlanKey] = {}
    for key in (key for group in groups for key in group):
        found.setdefault(code_of(key.term), key)
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


def _groups(items: Sequence[Block | Table]) -> Iterator[list[PlanKey]]:
    lines: list[PlanKey] = []
    for item in items:
        if isinstance(item, Block) and item.kind is BlockKind.FURNITURE:
            continue
        here = [] if isinstance(item, Table) else _explained(_sentences(item.text), item.locator)
        if not here:
            yield lines
        lines = [*lines, *here] if here else []
        if isinstance(item, Table):
            yield [entry for row in item.rows for entry in _of_cells(row)]
    yield lines


def _of_cells(row: Row) -> list[PlanKey]:
    texts = [one_line(cell.text) for cell in row.cells if cell.text.strip()]
    if len(texts) == 2:
        named = not _MEANING.fullmatch(normal(texts[1])) and _is_term(texts[0])
        return [_entry(texts[0].rstrip(" :="), texts[1], row.locator)] if named else []
    entries = _explained(_sentences(texts[0]) if len(texts) == 1 else texts, row.locator)
    return entries if len(texts) == 1 or len(entries) >= len(texts) - 1 else []


_SPACED = re.compile(r"^\s*([A-Z])(?:\s{2,}|\t)(?=\S)", re.MULTILINE)
"""A letter that stands apart at the head of its line: "G   Delivered"."""


def _sentences(text: str) -> list[str]:
    text = _SPACED.sub(r"\1: ", text)
    return [without_bullet(one_line(sentence)) for sentence in _SENTENCE.split(text)]


def _explained(sentences: Iterable[str], place: Locator) -> list[PlanKey]:
    return [
        _entry(match["term"].strip("'\"‘’“” "), match["meaning"], place)
        for match in map(_EXPLAINED.fullmatch, sentences)
        if match is not None and _is_term(match["term"])
    ]


def _is_term(text: str) -> bool:
    short = 0 < len(text.split()) <= 4 and not is_date(text)
    return short and (not is_colour(text) or len(text) == 1) and owner_likeness(text) < 1.0


# ---------------------------------------------------------------- abbreviations and totals


_ABBREVIATION = re.compile(
    r"(?P<term>[A-Z][A-Za-z&/]{1,8})\s*(?:[-–—=:]|\bmeans\b|\bstands for\b)\s*(?P<meaning>[A-Z‘'\"][^\n|]{3,110})"
)
_BRACKETED = re.compile(r"\((?P<term>[A-Z][A-Za-z&]{1,8})\)")
_NOW = r"(?:currently\s+|now\s+)?"
_COUNTED = rf"{NAMES}|completed?|overdue|on track|in progress|not started|closed|open"
_TOTAL = re.compile(
    rf"(?P<before>\b(?:in|per|each|every|the next|these)\s*)?\b(?P<number>\d{{1,4}}|no|none|all|zero)\s+"
    rf"(?:of\s+(?:the|these|those|our)\s+(?:\d+\s+)?)?"
    rf"(?:{_NOW}(?P<what>(?:(?:{NAMES})\s+)?actions?)|(?:are|is|were)\s+{_NOW}(?P<are>{_COUNTED}))\b"
    rf"(?:\s+(?:are|is|were)\s+{_NOW}(?P<state>{_COUNTED})\b)?",
    re.IGNORECASE,
)
_SMALL = frozenset({"of", "and", "for", "the", "in", "to", "a", "on", "with", "&"})


def _abbreviations(line: str, raw: str, place: Locator) -> Iterator[PlanKey]:
    """The abbreviations that a line explains: alone with their meaning, or in a bracket behind it."""
    match = _ABBREVIATION.fullmatch(line)
    if match and best_role(match["term"])[1] < 0.9 and spells(match["term"], match["meaning"]):
        yield _entry(match["term"], match["meaning"], place, raw.strip(), KeyKind.ABBREVIATION)
    for found in _BRACKETED.finditer(line):
        words, term = line[: found.start()].split(), found["term"]
        letters = [letter.lower() for letter in term.rstrip("s") if letter.isalpha()]
        for count in range(len(letters), min(len(words), len(letters) + 4) + 1):
            every = [word.lower() for word in words[len(words) - count :]]
            if letters in ([word[0] for word in every if word not in _SMALL], [word[0] for word in every]) and every:
                phrase = " ".join(words[-count:]).strip("'\"‘’“”,(")
                yield _entry(term, phrase, place, f"{phrase} ({term})", KeyKind.ABBREVIATION)
                break


def spells(term: str, meaning: str) -> bool:
    """True where the letters of an abbreviation begin the words of the meaning, or most of them in order."""
    letters = [letter.lower() for letter in term if letter.isupper()] or [letter.lower() for letter in term]
    if len(letters) < 2 or len(meaning.split()) > 14:
        return False
    words = [word.lower() for word in re.findall(r"[A-Za-z]+", meaning)]
    at, hits = 0, 0
    for letter in letters:
        following = next((n for n in range(at, len(words)) if words[n].startswith(letter)), None)
        if following is not None:
            hits, at = hits + 1, following + 1
        elif at and letter in words[at - 1] and len(words[at - 1]) <= 6:
            hits += 1
    return hits >= 0.7 * len(letters)


def _totals(line: str, place: Locator) -> Iterator[PlanKey]:
    """The totals that a line states: how many actions, or how many of a colour or state."""
    for match in _TOTAL.finditer(line) if "action" in line.lower() and len(line) <= 1500 else ():
        words = (match["state"] or match["what"] or match["are"]).lower()
        counted = next((word for word in words.split() if re.fullmatch(NAMES, word)), " ".join(words.split()))
        number = "0" if match["number"].lower() in {"no", "none", "zero"} else match["number"]
        every = number == "0" and counted in {"actions", "action"}
        if number.isdigit() and not every and not match["before"]:
            yield _entry(counted, number, place, match[0], KeyKind.STATED_TOTAL)
