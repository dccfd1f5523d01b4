"""Items that end with who and when, without labels: "1. Ring each family (Team Manager; 30 June)", "... – HS – May"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.records import Block, BlockKind
from ingest.layout.drafts import Fields, Piece, Role
from ingest.layout.inline import annotated
from ingest.layout.labels import labels_of
from ingest.layout.shapes import is_coded, is_fixed_date, leading_ref, owner_likeness, starts_with_verb
from ingest.layout.statuswords import claim_of, short_status
from ingest.layout.whowhen import BY, LIKELY, SURE, TIMED, date_run, instructs, owned, said, timed, who_and_when
from ingest.layout.words import plain
from ingest.readers.textlines import SIGNS

_LEAST = 3
"""So many items must name both who and when before such endings count as what they look like."""
_SIGN = re.compile(rf"(?P<before>\s*)(?P<sign>[{SIGNS}]|\b[xX](?=\s+(?:\d|\(?[a-z]\))))\ufe0f?[\s.:]*")
_SIGN_AFTER = re.compile(rf"(?P<number>\s*\(?(?:\d[\d.]*|[a-z])[.):]*\s+)(?P<sign>[{SIGNS}])\ufe0f?\s+")
_SIGN_LAST = re.compile(rf"\s*(?P<sign>[{SIGNS}])\ufe0f?\s*$")
_BRACKET = re.compile(r"[(\[](?P<inside>(?:[^()\[\]]|\([^()]*\)){2,220})[)\]]")
_TAIL_SPLIT = re.compile(r"(\s*(?:\.{3,}|…+|[;|])\s*|\s+[-–—]\s+|[.?!]\s+(?=[A-Z0-9])|,\s+|:\s+)")
_WEAK = re.compile(r"[,.?!:]\s+")
"""What parts a sentence as well as a date from it."""
_SUB_ITEM = re.compile(r"\s*\(?(?:[a-z]|[ivx]{1,5})[.)]\s+\S")
_NAMED = 0.9
_PERSON = re.compile(
    r"\b(?:managers?|leads?|leaders?|heads?|directors?|officers?|nurses?|co-?ordinators?|workers?|chairs?|advis[eo]rs?|"
    r"commissioners?|principals?|deputy|dcs|psw|iro)\b",
    re.IGNORECASE,
)
_LONGEST_HEAD = 8
LONGEST_ITEM = 1200


@dataclass(frozen=True, slots=True)
class Ending:
    """An item taken apart: its words, what its end and its signs say, and the lines below that have labels."""

    action: Piece
    fields: Fields


def lists_endings(items: Sequence[object]) -> bool:
    """True where a document has several items that end with who and when, or with what a line over them leaves open."""
    found, over = 0, Fields()
    for block in (item for item in items if isinstance(item, Block) and item.kind is not BlockKind.FURNITURE):
        parts = _items(block)
        over = over if parts else heads_of(block)
        for part in parts:
            ending = ending_of(Piece(part, block.locator), bool(over)) if len(part) < LONGEST_ITEM else None
            found += ending is not None and _both({**over, **ending.fields})
            if found >= _LEAST:
                return True
    return False


def heads_of(block: Block) -> Fields:
    """What a line over a list says for all its items: "By 30 June 2026", "Head of Service"; empty for any other."""
    piece = Piece(block.text.strip().lstrip("# "), block.locator)
    line = piece.line.rstrip(" :")
    if "\n" in piece.words or not 0 < len(line.split()) <= _LONGEST_HEAD:
        return {}
    if is_fixed_date(BY.sub("", line)):
        return {Role.DUE: (replace(piece, text=BY.sub("", line)),)}
    return {Role.OWNER: (replace(piece, text=line),)} if names_person(line) else {}


def led(heading: Piece) -> tuple[Piece, Piece | None]:
    """A heading without who leads what it heads, and who that is: "Priority 1: Schools | Lead: Head of Service"."""
    if names_person(heading.line):
        return replace(heading, text=""), heading
    first = next(iter(labels_of(heading.text)), None)
    if first is not None and first.role is Role.OWNER and first.value:
        return replace(heading, text=""), replace(heading, text=first.value)
    bare, fields, labelled = annotated(heading)
    owner = next(iter(fields.get(Role.OWNER, ())), None)
    named = owner is not None and (labelled or names_person(owner.line))
    return (bare, owner) if named and bare.words else (heading, None)


def names_person(line: str) -> bool:
    """True where a line over a list is who does it: the name of a post."""
    return bool(_PERSON.search(line)) and owner_likeness(line) >= _NAMED and not instructs(line) and ":" not in line


def _both(fields: Fields) -> bool:
    return Role.OWNER in fields and not TIMED.isdisjoint(fields)


def is_numbered_item(block: Block) -> bool:
    """True where a block begins as an item does: with a number, a letter, a bullet or a sign."""
    if block.kind is BlockKind.HEADING:
        return False
    return block.kind is BlockKind.LIST_ITEM or leading_ref(_without_sign(block.text)[0]) is not None


def is_sub_item(text: str) -> bool:
    """True where an item is a lettered part of the one above it."""
    return bool(_SUB_ITEM.match(_without_sign(text)[0]))


def _items(block: Block) -> list[str]:
    lines = block.text.split("\n")
    begins = [at for at, line in enumerate(lines) if is_coded((leading_ref(line) or ("",))[0])]
    if block.kind is BlockKind.PARAGRAPH and len(begins) > 1:
        return ["\n".join(lines[start:end]) for start, end in zip(begins, (*begins[1:], len(lines)), strict=True)]
    return [block.text] if is_numbered_item(block) else []


def ending_of(piece: Piece, one: bool = False) -> Ending | None:
    """The item with what its end says, None where its end says neither who nor when.

    Args: one, whether a date or an owner alone counts without a bracket, because a line over the list says the other.
    """
    text, sign = _without_sign(piece.text)
    text, below = _labelled_below(text)
    taken = _bracketed(text) or _trailing(text, one)
    if taken is None:
        return None
    words, said, rest = taken
    if rest.strip() and not _SIGN_LAST.fullmatch(rest) and claim_of(rest, silent=None) is None:
        words, rest = f"{words}{rest}", ""
    fields: Fields = {role: (replace(piece, text=value),) for role, value in said.items()}
    end = _SIGN_LAST.search(rest) or _SIGN_LAST.search(words)
    if end is not None:
        sign = sign or end["sign"]
        words, rest = _SIGN_LAST.sub("", words), _SIGN_LAST.sub("", rest)
    return Ending(replace(piece, text=words), {**fields, **_beside(piece, sign, rest, below, fields)})


def sign_and_notes(piece: Piece) -> Ending:
    """An item whose end says nothing, with its sign and its labelled lines taken off."""
    text, sign = _without_sign(piece.text)
    text, below = _labelled_below(text)
    return Ending(replace(piece, text=text.strip()), _beside(piece, sign, "", below, {}))


def _beside(piece: Piece, sign: str, rest: str, below: dict[Role, str], fields: Fields) -> Fields:
    found: Fields = {}
    if sign and Role.STATUS not in fields:
        found[Role.STATUS] = (replace(piece, text=sign),)
    rest = rest.strip(" .;,–—-\n")
    if rest:
        role = Role.STATUS if short_status(rest) and Role.STATUS not in {*fields, *found} else Role.PROGRESS
        found[role] = (replace(piece, text=rest),)
    for role, value in below.items():
        found[role] = (*found.get(role, ()), replace(piece, text=value))
    return found


def _without_sign(text: str) -> tuple[str, str]:
    """The text without a tick or another sign at its beginning or after its number, and the sign."""
    match = _SIGN.match(text)
    if match is not None:
        return match["before"] + text[match.end() :], match["sign"]
    match = _SIGN_AFTER.match(text)
    return (match["number"] + text[match.end() :], match["sign"]) if match else (text, "")


def _labelled_below(text: str) -> tuple[str, dict[Role, str]]:
    """The text down to its first labelled line, and what the labelled lines say: "Progress: two held"."""
    lines = text.split("\n")
    found: dict[Role, str] = {}
    last: Role | None = None
    first = len(lines)
    for at, line in enumerate(lines[1:], start=1):
        labels = [part for part in labels_of(line) if part.role is not Role.ACTION]
        if labels:
            first = min(first, at)
            for part in labels:
                found[part.role] = part.value
                last = part.role
        elif last is not None:
            found[last] = f"{found[last]}\n{line.strip()}"
    return "\n".join(lines[:first]), found


def _bracketed(text: str) -> tuple[str, dict[Role, str], str] | None:
    """The last bracket that says who or when, the words before it and those after it."""
    for match in reversed(list(_BRACKET.finditer(text))):
        said = who_and_when(match["inside"])
        if said and len(text[: match.start()].split()) >= 2:
            return text[: match.start()].rstrip(" ,;–—-"), said, text[match.end() :]
    return None


def _trailing(text: str, one: bool) -> tuple[str, dict[Role, str], str] | None:
    """Who and when after dashes, strokes or stops at the end: "... – Head of Service – May 2026", in either order."""
    line = " ".join(plain(text).split())
    parts = _TAIL_SPLIT.split(line.rstrip(" ."))
    found: dict[Role, str] = {}
    end = len(parts)
    while end > 1:
        start = next((at for at in range(1, end) if at % 2 == 0 and date_run(parts[:end], at) == end), 0)
        role, value = timed("".join(parts[start:end])) if start else said(parts[end - 1])
        start = start or end - 1
        if role in found or (role is Role.OWNER and not _names_owner(value)):
            break
        found[role] = value
        end = start - 1
    both = Role.OWNER in found and not TIMED.isdisjoint(found)
    alone = one and not found.keys().isdisjoint({Role.OWNER, *TIMED}) and not _WEAK.fullmatch(parts[end])
    if end < 1 or not (both or alone):
        return None
    words = "".join(parts[:end]).strip(" ,;–—-")
    return (_verbatim(text, words), found, "") if len(words.split()) >= 3 else None


def _names_owner(value: str) -> bool:
    likely = owned(value) >= (LIKELY if starts_with_verb(value) else SURE)
    return len(value.split()) <= 8 and likely and not instructs(value)


def _verbatim(text: str, words: str) -> str:
    """The beginning of the text that says these words, line breaks kept."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    match = re.search(pattern, text)
    return text[: match.end()] if match else words
