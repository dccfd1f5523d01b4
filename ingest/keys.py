"""A plan's own legend: what its colours mean, what its ratings rate, its abbreviations, the totals that it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
from ingest.codes import code_of
from ingest.layout.headings import best_role
from ingest.layout.statuswords import colour_of, is_colour, meaning_of, short_status, spelt
from ingest.layout.words import normal, one_line, plain, without_bullet

_NONE = r"no colour|no fill|no shading|no rating|not coloured|uncoloured|unshaded|white|clear|blank"
_NAMES = rf"blue|green|amber|red|yellow|orange|grey|gray|purple|black|{_NONE}"
_SAYS = (
    r"\b['\"’”*]*\s*(?:[=:–—-]|means?\b|meaning\b|indicates?\b|denotes?\b|represents?\b|"
    r"(?:is |are )?(?:only )?used (?:only )?(?:for|when|where|if)\b)\s*(?:that\s+)?"
)
_MEANS = re.compile(
    rf"(?:^|[\s(,;.•*'\"-])(?P<term>{_NAMES}){_SAYS}(?P<meaning>[^;|\n]{{3,160}}?)"
    rf"(?=\s*(?:[;|\n]|$|[,.\s]\s*(?:and\s+)?(?:{_NAMES}){_SAYS}))",
    re.IGNORECASE,
)
_KEY_HEAD = re.compile(r"\s*(?:key|legend|b?rag(?: key| rating| status)?|ratings?|colours?)\s*:\s*", re.IGNORECASE)
_HEADS_KEY = re.compile(r"(?:(?:colour|b?rag|status) )?(?:key|legend)\W*", re.IGNORECASE)
_ENTRY = re.compile(rf"(?P<term>{_NAMES}|[BRAGYC])\b\s*(?:[=:–—-]\s*)?(?P<meaning>\S.{{1,100}})", re.IGNORECASE)
_RUN = re.compile(
    rf"\b(?P<term>{_NAMES})\b\s*(?:[=:–—-]\s*)?(?P<meaning>[^\s,;].*?)(?=\s*[,;.]?\s*(?:and\s+)?\b(?:{_NAMES})\b|\s*$)",
    re.IGNORECASE,
)
_LETTER_MEANS = re.compile(
    r"(?:^|[\s,;(])(?P<term>[BRAGYC])\s*[=:]\s*(?P<meaning>[^=:\n]{2,80}?)(?=\s*(?:[,;]?\s+[BRAGYC]\s*[=:]|[,;)]?\s*$))"
)
_SENTENCE_MEANS = re.compile(
    rf"\b(?:the|an?|actions?|items?|tasks?|cells?|rows?|lines?|boxes|those|ones)\s+"
    rf"(?:(?:that |which )?(?:are |is )?(?:shown |shaded |marked |coloured |filled |rated |in )*)"
    rf"['\"‘“]?(?P<term>{_NAMES})['\"’”]?(?:[- ]rated)?\s+"
    r"(?:(?:actions?|ones|items?|ratings?|milestones?|tasks?|cells?|rows?|lines?|box|boxes|fill|shading|bars?)\s+)?"
    r"(?:is|are|has|have|means?|indicates?|shows?)\s+(?:that\s+)?"
    r"(?P<meaning>[^,.;\n]{5,140})",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?P<term>[A-Z][A-Za-z&/]{1,8})\s*(?:[-–—=:]|\bmeans\b|\bstands for\b)\s*(?P<meaning>[A-Z‘'\"][^\n|]{3,110})"
)
_BRACKETED = re.compile(r"\((?P<term>[A-Z][A-Za-z&]{1,8})\)")
_TOTAL = re.compile(
    rf"\b(?P<number>\d{{1,4}}|no|none|all|zero)\s+(?:of\s+(?:the|these|those|"
    rf"our)\s+(?:\d+\s+)?)?(?P<what>(?:currently\s+|now\s+)?(?:(?:{_NAMES})\s+)?actions?|"
    rf"(?:are|is|were)\s+(?:currently\s+|now\s+)?(?:{_NAMES}|completed?|overdue|on track|in progress|"
    rf"not started|closed|open))\b"
    rf"(?:\s+(?:are|is|were)\s+(?:currently\s+|now\s+)?(?P<state>{_NAMES}|completed?|overdue|on track|"
    rf"in progress|not started|closed|open)\b)?",
    re.IGNORECASE,
)
_BLANK = re.compile(_NONE, re.IGNORECASE)
_LEVELS = frozenset(
    {"high", "medium", "low", "h", "m", "l", "none", "very high", "significant", "moderate", "minor", "no impact"}
)
_COLOUR_LETTERS = {"b": "Blue", "r": "Red", "a": "Amber", "g": "Green", "y": "Yellow", "c": "Complete"}
_SMALL = frozenset({"of", "and", "for", "the", "in", "to", "a", "on", "with", "&"})


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


def _key(kind: KeyKind, term: str, meaning: str, locator: Locator, quote: str, status: Status | None = None) -> PlanKey:
    return PlanKey("", kind, term.strip(), meaning.strip(" .'\"‘’“”*"), locator, quote, status)


def _of_block(block: Block) -> Iterator[PlanKey]:
    if block.kind is BlockKind.FURNITURE:
        return
    yield from _below_each_other(block)
    for number, raw in enumerate(block.text.split("\n")):
        place = _line_of(block, number)
        line = without_bullet(plain(raw).replace("\n", " "))
        counts = block.kind is not BlockKind.HEADING
        yield from _colours(line, place)
        yield from _abbreviations(line, raw, place)
        if counts:
            yield from _totals(line, place)


def _below_each_other(block: Block) -> Iterator[PlanKey]:
    """A key with each meaning on the line below its colour."""
    lines = [one_line(line) for line in block.text.split("\n")]
    named = [at for at, line in enumerate(lines[:-1]) if re.fullmatch(_NAMES, line, re.IGNORECASE)]
    if len(named) < 2 or any(at + 1 in named or not lines[at + 1] for at in named):
        return
    for at in named:
        meaning = lines[at + 1]
        yield _key(KeyKind.COLOUR, lines[at], meaning, _line_of(block, at, at + 1), meaning, status_of(meaning))


def _line_of(block: Block, first: int, last: int | None = None) -> Locator:
    """The place of some lines of a block, from 0; that of the block in formats without lines."""
    start = block.locator.line_start
    if start is None:
        return block.locator
    return replace(block.locator, line_start=start + first, line_end=start + (first if last is None else last))


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
            yield _key(KeyKind.COLOUR, term, meaning, place, match["meaning"].strip(), status_of(meaning))


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


def _abbreviations(line: str, raw: str, place: Locator) -> Iterator[PlanKey]:
    match = _ABBREVIATION.fullmatch(line)
    if match and best_role(match["term"])[1] < 0.9 and spells(match["term"], match["meaning"]):
        yield _key(KeyKind.ABBREVIATION, match["term"], match["meaning"], place, raw.strip())
    for found in _BRACKETED.finditer(line):
        phrase = _spelled_before(line[: found.start()], found["term"])
        if phrase:
            yield _key(KeyKind.ABBREVIATION, found["term"], phrase, place, f"{phrase} ({found['term']})")


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


def _spelled_before(before: str, term: str) -> str | None:
    """The words just before a bracketed abbreviation that it stands for."""
    words = before.split()
    letters = [letter.lower() for letter in term.rstrip("s") if letter.isalpha()]
    for count in range(len(letters), min(len(words), len(letters) + 4) + 1):
        candidate = words[-count:] if count else []
        initials = [word[0].lower() for word in candidate if word.lower() not in _SMALL]
        every = [word[0].lower() for word in candidate]
        if candidate and (initials == letters or every == letters):
            return " ".join(candidate).strip("'\"‘’“”,(")
    return None


def _totals(line: str, place: Locator) -> Iterator[PlanKey]:
    if "action" not in line.lower() or len(line) > 1500:
        return
    for match in _TOTAL.finditer(line):
        what = match["state"] or re.sub(
            r"^(are|is|were)\s+|currently\s+|now\s+", "", match["what"], flags=re.IGNORECASE
        )
        if re.search(r"\b(in|per|each|every|the next|these)\s*$", line[: match.start()].lower()):
            continue
        number = "0" if match["number"].lower() in {"no", "none", "zero"} else match["number"]
        if number == "0" and _counted(what) in {"actions", "action"}:
            continue
        if number.isdigit():
            yield _key(KeyKind.STATED_TOTAL, _counted(what), number, place, match[0])


def _counted(what: str) -> str:
    """What is counted: a colour, a state, or all actions."""
    words = what.lower().split()
    return next((word for word in words if re.fullmatch(_NAMES, word)), None) or " ".join(words).replace(
        "action ", "actions "
    )


def _of_row(row: Row) -> Iterator[PlanKey]:
    cells = [cell for cell in row.cells if not cell.hidden]
    texts = [one_line(cell.text) for cell in cells]
    filled = [number for number, text in enumerate(texts) if text]
    for number in filled:
        yield from _abbreviations(texts[number], texts[number], cells[number].locator)
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
            yield from _totals(texts[number], cells[number].locator)
    if (
        len(filled) == 2
        and re.fullmatch(r"[A-Z][A-Za-z&]{1,8}", texts[filled[0]])
        and spells(texts[filled[0]], texts[filled[1]])
    ):
        yield _key(KeyKind.ABBREVIATION, texts[filled[0]], texts[filled[1]], row.locator, texts[filled[1]])


def _key_row(row: Row, texts: Sequence[str], filled: Sequence[int]) -> Iterator[PlanKey]:
    """A row of a legend: a colour as word or fill, and its meaning beside it or on it."""
    first = filled[0]
    named = colour_of(texts[first]) is not None or bool(re.fullmatch(_NAMES, texts[first], re.IGNORECASE))
    fills = [cell.colour for cell in row.cells if cell.colour is not None]
    if named and len(filled) > 1:
        meaning = texts[filled[1]]
        term = _COLOUR_LETTERS.get(texts[first].lower(), texts[first])
        yield _key(KeyKind.COLOUR, term, meaning, row.locator, meaning, status_of(meaning))
    elif len(fills) == 1 and not named and len(texts[first].split()) <= 14 and not _MEANS.search(texts[first]):
        meaning = texts[first]
        if status_of(meaning) is not None or (row.cells[0].colour is not None and not texts[0]):
            yield _key(KeyKind.COLOUR, fills[0].value.capitalize(), meaning, row.locator, meaning, status_of(meaning))
    elif first == 1 and not texts[0] and not fills and short_status(texts[1]):
        yield _key(KeyKind.COLOUR, "", texts[1], row.locator, texts[1], status_of(texts[1]))


def _filled_key(cells: Sequence[Cell], texts: Sequence[str], filled: Sequence[int]) -> Iterator[PlanKey]:
    """A key in one row: each meaning stands on its colour."""
    filled = filled[1:] if _HEADS_KEY.fullmatch(texts[filled[0]]) else filled
    coloured = [at for at in filled if cells[at].colour is not None]
    said = [at for at in coloured if status_of(texts[at]) is not None and short_status(texts[at]) is not None]
    alike = len({cells[at].colour for at in coloured}) < len(coloured)
    if len(said) < 2 or alike or len(coloured) < len(filled) - 2:
        return
    for at in coloured:
        colour, meaning = cells[at].colour, texts[at]
        if colour is not None:
            yield _key(
                KeyKind.COLOUR, colour.value.capitalize(), meaning, cells[at].locator, meaning, status_of(meaning)
            )


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
