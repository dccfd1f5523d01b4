"""Items that end with who and when, labelled or not: "1. Ring each family (Team Manager; 30 June)", "... – May"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.records import Block, BlockKind, Status
from ingest.layout.drafts import Fields, Piece, Role
from ingest.layout.headings import role_scores
from ingest.layout.inline import due_in, told
from ingest.layout.labels import labels_of, numbered_role, role_of
from ingest.layout.shapes import (
    instructs,
    is_coded,
    is_date,
    is_fixed_date,
    is_person,
    leading_ref,
    owner_likeness,
    starts_with_verb,
)
from ingest.layout.statuswords import claim_of, colour_of, short_status
from ingest.layout.words import one_line, plain, unstruck, without_bullet
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
PERSON = re.compile(
    r"\b(?:managers?|leads?|leaders?|heads?|directors?|officers?|nurses?|co-?ordinators?|workers?|chairs?|advis[eo]rs?|"
    r"commissioners?|principals?|deputy|dcs|psw|iro)\b",
    re.IGNORECASE,
)
LONGEST_ITEM = 1200


_SPLIT = re.compile(r"(\s*[;|]\s*|\s+[-–—/]\s+|,\s+|\n\s*)")
BY = re.compile(r"^(?:all )?(?:by|due|due by|before|until|deadline|target|in)\b[:\s]*", re.IGNORECASE)
_OVER = re.compile(r"(?P<what>.+?)\s+(?:by|before|until|due)\s+(?:the end of\s+)?(?P<when>.+)$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:by|due|before|until|deadline)\b", re.IGNORECASE)
_FROM = re.compile(r"(?:from|starting|starts)\b[:\s]*", re.IGNORECASE)
_LED = re.compile(r"^(?:lead|leads|owner|owned by|led by)\b[:\s]*", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:no (?:lead|owner|officer|one)|nobody|(?:lead|owner) (?:tb[cda]|vacant|unknown|not|to be))\b[\w ]{0,24}",
    re.IGNORECASE,
)
"""That nobody leads it yet."""
TIMED = frozenset({Role.DUE, Role.START})
_LABELLED = 0.8
_LONGEST_DATE = 10
"""More parts of a sentence than these, with the signs between them, are no date."""
_LONGEST_OWNER = 12
_OF_TIME = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter|easter|christmas|term|"
    r"quarterly|monthly|weekly|yearly)",
    re.IGNORECASE,
)
LIKELY, SURE = 0.3, 0.6


_CORE = frozenset(
    {*Role} - {Role.SECTION, Role.RECOMMENDATION, Role.REF, Role.ACTION, Role.OTHER, Role.RAG, Role.EARLIER}
)
"""What a label in running text may say of an action."""
_STATE_LAST = re.compile(r"\s+(?:[-–—]+|\()\s*(?P<state>[^-–—()]{3,40}?)[\s.)]*$")


@dataclass(frozen=True, slots=True)
class Ending:
    """An item taken apart: its words, what its end and its signs say, and the lines below that have labels."""

    action: Piece
    fields: Fields
    labelled: bool = False

    @property
    def ends(self) -> bool:
        """True where it says who does it or when."""
        return not self.fields.keys().isdisjoint({Role.OWNER, *TIMED})


def lists_endings(items: Sequence[object]) -> bool:
    """True where a document has several items that end with who and when, or with what a line over them leaves open."""
    found, over = 0, Fields()
    blocks = (item for item in items if isinstance(item, Block) and item.kind is not BlockKind.FURNITURE)
    for block in (replace(each, text=unstruck(each.text) or each.text) for each in blocks):
        lines = block.text.split("\n")
        begins = [at for at, line in enumerate(lines) if is_coded((leading_ref(line) or ("",))[0])]
        parts = [block.text] if is_numbered_item(block) else []
        if block.kind is BlockKind.PARAGRAPH and len(begins) > 1:
            parts = ["\n".join(lines[start:end]) for start, end in pairwise((*begins, len(lines)))]
        over = over if parts else heads_of(block)
        for part in parts:
            ending = ending_of(Piece(part, block.locator), bool(over)) if len(part) < LONGEST_ITEM else None
            fields = over.keys() | ending.fields.keys() if ending is not None else set()
            timed = not TIMED.isdisjoint(fields) or (ending is not None and due_in(ending.action) is not None)
            found += Role.OWNER in fields and timed
            if found >= _LEAST:
                return True
    return False


def heads_of(block: Block) -> Fields:
    """What a line over a list says for all its items: "By 30 June 2026", "Head of Service", "Lead: Head of Service – by
    May"; empty for any other."""
    piece = Piece(block.text.strip().lstrip("# "), block.locator)
    line = piece.line.rstrip(" :")
    if "\n" in piece.words or not 0 < len(line.split()) <= _LONGEST_OWNER:
        return {}
    said = who_and_when(line)
    if Role.OWNER in said and said.keys() <= {Role.OWNER, *TIMED} and _UNTIL.search(line):
        return {role: (replace(piece, text=value),) for role, value in said.items()}
    if len(line.split()) > 8:
        return {}
    if block.kind is BlockKind.HEADING and short_status(line) not in {None, Status.NOT_RECORDED}:
        return {Role.STATUS: (replace(piece, text=line),)}
    over = _OVER.match(line)  # "Actions to be completed by 30 June 2026"
    when = over["when"] if over and Role.ACTION in dict(role_scores(over["what"])) else BY.sub("", line)
    if is_fixed_date(when):
        return {Role.DUE: (replace(piece, text=when),)}
    return {Role.OWNER: (replace(piece, text=line),)} if names_person(line) else {}


def led(heading: Piece) -> tuple[Piece, Piece | None]:
    """A heading without who leads what it heads, and who that is: "Priority 1: Schools | Lead: Head of Service"."""
    if names_person(heading.line):
        return replace(heading, text=""), heading
    first = next(iter(labels_of(heading.text)), None)
    if first is not None and first.role is Role.OWNER and first.value:
        return replace(heading, text=""), replace(heading, text=first.value)
    found = ending_of(heading)
    owner = next(iter(found.fields.get(Role.OWNER, ())), None)
    named = owner is not None and (found.labelled or names_person(owner.line))
    return (found.action, owner) if named and found.action.words else (heading, None)


def names_person(line: str) -> bool:
    """True where a line over a list is who does it: the name of a post."""
    return bool(PERSON.search(line)) and owner_likeness(line) >= 0.9 and not instructs(line) and ":" not in line


def is_numbered_item(block: Block) -> bool:
    """True where a block begins as an item does: with a number, a letter, a bullet or a sign."""
    if block.kind is BlockKind.HEADING:
        return False
    return block.kind is BlockKind.LIST_ITEM or leading_ref(_without_sign(block.text)[0]) is not None


def is_sub_item(text: str) -> bool:
    """True where an item is a lettered part of the one above it."""
    return bool(_SUB_ITEM.match(_without_sign(text)[0]))


def ending_of(piece: Piece, one: bool = False) -> Ending:
    """The item taken apart: what its end, its signs and its labels say, and the words that are left.

    Args: one, whether a date or an owner alone counts without a bracket, because a line over the list says the other.
    """
    text, sign = _without_sign(piece.text)
    text, below = _labelled_below(text)
    text, said, rest, labelled = _bracketed(text) or _trailing(text, one) or (text, {}, "", False)
    if rest.strip() and not _SIGN_LAST.fullmatch(rest) and claim_of(rest, silent=None) is None:
        text, rest = f"{text}{rest}", ""
    end = _SIGN_LAST.search(rest) or _SIGN_LAST.search(text)
    if end is not None:
        sign = sign or end["sign"]
        text, rest = _SIGN_LAST.sub("", text), _SIGN_LAST.sub("", rest)
    action, more = _labels(replace(piece, text=text))
    if said or not more.keys().isdisjoint({Role.OWNER, Role.DUE, Role.STATUS}):
        action, state = stated_at_end(action)
        more = {**state, **more}
    else:
        action, more = replace(piece, text=text.strip()), {}
        said = {} if below else _sentence(text)
    fields: Fields = {**more, **{role: (replace(piece, text=value),) for role, value in said.items()}}
    beside: Fields = {Role.STATUS: (replace(piece, text=sign),)} if sign and Role.STATUS not in fields else {}
    rest = rest.strip(" .;,–—-\n")
    if rest:
        role = Role.STATUS if short_status(rest) and Role.STATUS not in {*fields, *beside} else Role.PROGRESS
        beside[role] = (replace(piece, text=rest),)
    for role, value in below.items():
        beside[role] = (*beside.get(role, ()), replace(piece, text=value))
    is_labelled = labelled or bool(more) or (bool(below) and len(text.split()) >= _LEAST)
    return Ending(action, {**fields, **beside}, is_labelled)


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
                more = part.role in found and found[part.role] != part.value
                found[part.role] = f"{found[part.role]}\n{part.value}" if more else part.value
                last = part.role
        elif last is not None:
            found[last] = f"{found[last]}\n{line.strip()}"
    return "\n".join(lines[:first]), found


_Taken = tuple[str, dict[Role, str], str, bool]
"""The words before what an end says, what it says, the words after it, and whether its form alone tells what it is."""


def _bracketed(text: str) -> _Taken | None:
    """The last bracket that says who or when."""
    for match in reversed(list(_BRACKET.finditer(text))):
        said = who_and_when(match["inside"])
        if said and len(text[: match.start()].split()) >= 2:
            return text[: match.start()].rstrip(" ,;–—-"), said, text[match.end() :], ":" in match[0]
    return None


def _trailing(text: str, one: bool) -> _Taken | None:
    """Who and when after dashes, strokes or stops at the end: "... – Head of Service – May 2026", in either order."""
    line = " ".join(plain(text).split())
    parts = _TAIL_SPLIT.split(line.rstrip(" ."))
    found: dict[Role, str] = {}
    end = len(parts)
    while end > 1:
        near = range(max(2, end - _LONGEST_DATE), end)
        start = next((at for at in near if at % 2 == 0 and date_run(parts[:end], at) == end), 0)
        role, value = timed("".join(parts[start:end])) if start else said(parts[end - 1])
        start = start or end - 1
        least = LIKELY if starts_with_verb(value) else SURE
        person = is_person(value) and not _WEAK.fullmatch(parts[start - 1])
        named = len(value.split()) <= 8 and (owned(value) >= least or person) and not instructs(value)
        if role in found or (role is Role.OWNER and not named):
            break
        found[role] = value
        end = start - 1
    both = Role.OWNER in found and not TIMED.isdisjoint(found)
    alone = one and not found.keys().isdisjoint({Role.OWNER, *TIMED}) and not _WEAK.fullmatch(parts[end])
    if end < 1 or not (both or alone):
        return None
    words = "".join(parts[:end]).strip(" ,;–—-").split()
    match = re.search(r"\s+".join(map(re.escape, words)), text)  # with its line breaks
    return (text[: match.end()] if match else " ".join(words), found, "", True) if len(words) >= 3 else None


def _sentence(text: str) -> dict[Role, str]:
    """What a sentence says that ends or begins with the day: "The Head of Care will write to all by 30 May 2026."."""
    line = without_bullet(one_line(text).rstrip(" ."))
    line = (leading_ref(line) or ("", line))[1]
    said = told(line)
    ends = said.get(Role.DUE, "\n")
    if Role.OWNER not in said or not (line.endswith(ends) or line.startswith(ends)):
        return {}
    return {**said, Role.DUE: BY.sub("", ends)}


def _labels(piece: Piece) -> tuple[Piece, Fields]:
    """The piece without the labelled values that it ends with, and those as fields."""
    found: list[tuple[int, int, Role]] = []
    for match in re.finditer(
        r"(?:[.;,|(\[–—\n-]\s*|\s{2,}|\*\*|\s)(?P<label>[A-Z][A-Za-z /]{1,30}?)\**\s*:\**\s", piece.text
    ):
        role, _ = numbered_role(match["label"])
        whose = re.split(r"[.;]\s", piece.text[match.end() :], maxsplit=1)[0].strip(" .;")
        if role is Role.ACTION and owner_likeness(whose) >= _LABELLED:
            role = Role.OWNER
        if role is not None and role in _CORE:
            found.append((match.start(), match.end(), role))
    if not found or len(piece.text[: found[0][0]].split()) < 3:
        return piece, {}
    found_fields: Fields = {}
    ends = [start for start, _, _ in found[1:]] + [len(piece.text)]
    for (_, begin, role), end in zip(found, ends, strict=True):
        value = piece.text[begin:end].strip(" .;,|()[]–—-*\t\n")
        if value:
            found_fields[role] = (replace(piece, text=value),)
    return replace(piece, text=piece.text[: found[0][0] + 1].rstrip(" (*[–—-|;,\n")), found_fields


def stated_at_end(piece: Piece) -> tuple[Piece, Fields]:
    """The state that a line ends with, apart from its words: "... - carried forward"."""
    match = _STATE_LAST.search(piece.text)
    head, _, when = match["state"].partition(",") if match else ("", "", "")
    known = short_status(head) not in {None, Status.NOT_RECORDED} and (not when.strip() or is_fixed_date(when))
    if not match or not known:
        return piece, {}
    return replace(piece, text=piece.text[: match.start()]), {Role.STATUS: (replace(piece, text=match["state"]),)}


def who_and_when(text: str) -> dict[Role, str]:
    """The fields that a bracket says, by shape; empty where any part of it is something else."""
    parts = _SPLIT.split(" ".join(plain(text).split()))
    found: dict[Role, str] = {}
    at = 0
    while at < len(parts):
        end = date_run(parts, at)
        if _NOBODY.fullmatch(parts[at].strip()):
            at += 2
            continue
        if _NAMED_FIELD.match(parts[at]):  # "Start: May 2026" is no due date, and "Review: May 2026" neither
            label, _, value = parts[at].partition(":")
            named = role_of(label, _LABELLED)
            end, role, value = at + 1, named or Role.OWNER, value.strip() if named else ""
        elif end:
            role, value = timed("".join(parts[at:end]))
        else:
            end, role, value = at + 1, *said(parts[at])
        if role is Role.OWNER and Role.OWNER in found and at and TIMED.isdisjoint(found):
            found[role] += parts[at - 1] + value
        elif role in found or not value:
            return {}
        else:
            found[role] = value
        at = end + 1
    owner = found.get(Role.OWNER)
    if owner is None:
        return {} if TIMED.isdisjoint(found) else found
    if len(owner.split()) > _LONGEST_OWNER or instructs(owner) or not owner[:1].isalnum() or owner[:1].islower():
        return {}
    whole = max(owned(part) for part in re.split(r"\s+(?:with|and|&)\s+(?:the\s+)?|[;,/|]\s*", owner) if part)
    return found if whole >= (SURE if TIMED.isdisjoint(found) else LIKELY) else {}


_NAMED_FIELD = re.compile(r"\s*[A-Za-z][A-Za-z /-]*:\s")


def said(part: str) -> tuple[Role, str]:
    if colour_of(part) or short_status(re.sub(r"\s*\(.*\)$", "", part)):
        return Role.STATUS, part
    return Role.OWNER, _LED.sub("", part)


def timed(value: str) -> tuple[Role, str]:
    """When it is due, or from when it is done."""
    begins = _FROM.match(value)
    return (Role.START, value[begins.end() :]) if begins else (Role.DUE, BY.sub("", value))


def date_run(parts: Sequence[str], at: int) -> int:
    """Where the longest date that begins at a part ends; 0 where none does."""
    for end in range(len(parts), at, -2):
        run = parts[at:end:2]
        states = [short_status(part) for part in run]
        if Status.COMPLETE in states or (len(run) > 1 and any(states)):
            continue
        alone = all(is_date(BY.sub("", part)) or (_OF_TIME.search(part) and owned(part) < SURE) for part in run)
        if alone and is_date(BY.sub("", "".join(parts[at:end]))):
            return end
    return 0


def owned(part: str) -> float:
    return owner_likeness(_LED.sub("", part))
