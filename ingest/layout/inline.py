"""Who, when and how far inside a line of text: labels such as "Lead:", brackets, and who is told to do it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.records import Status
from ingest.layout.drafts import Fields, Piece, Role
from ingest.layout.labels import numbered_role
from ingest.layout.shapes import is_date, is_fixed_date, leading_ref, owner_likeness, starts_with_verb
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.whowhen import who_and_when
from ingest.layout.words import without_bullet

_SURE = 0.8
_OWNED = 0.8
_CORE = frozenset(
    {
        Role.OWNER,
        Role.DUE,
        Role.STATUS,
        Role.START,
        Role.COMPLETED,
        Role.REVISED,
        Role.PROGRESS,
        Role.MEASURE,
        Role.OUTCOME,
    }
)
_KEY_FIELDS = frozenset({Role.OWNER, Role.DUE, Role.STATUS})
_DASH = re.compile(r"\s+[-–—|]\s+")
_BRACKET = re.compile(r"[\[(](?P<inside>(?:[^()\[\]]|\([^()]{1,60}\)){2,160})[\])]")
_PARTS = re.compile(r"\s*[;,|]\s*|\s+[-–—]\s+")
_BY = re.compile(r"^(?:by|due|due by|before|until|deadline|target|from|end of)\b\s*", re.IGNORECASE)
_TOLD = re.compile(r"^(?P<who>[A-Z].{0,60}?)\s+(?:is |are |will )?to\s+(?P<what>[a-z].*)", re.DOTALL)
_INITIALS_ONLY = re.compile(r"[A-Z]\.?[A-Z]{1,2}\.?(?:\s*(?:[/&,+]|and)\s*[A-Z]\.?[A-Z]{1,2}\.?)*")
_BEFORE = re.compile(
    r"^(?:[(\[](?P<inside>[^)\]]{2,40})[)\]]|(?P<before>[A-Z]{2,3}(?:\s?[/&]\s?[A-Z]{2,3})*)\s*[:–—-])\s+"
)
_TICK = re.compile(r"^\s*[-*+]\s+\[(?P<tick>[ xX~/])\]\s+")
_TAIL = re.compile(r"\s+(?:[-–—]+|\()\s*(?P<state>[^-–—()]{3,40}?)[\s.)]*$")
_DEADLINE = re.compile(
    r"\b(?:by|before|no later than|deadline(?: of| is)?:?|due(?: by| on)?:?)\s+(?:the\s+)?"
    r"(?P<due>(?:(?:end|start|middle) of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Z][a-z]{2,8}\s+20\d\d|"
    r"\d{1,2}/\d{1,2}/\d{2,4})"
)
_BY_DATE = re.compile(r"\b(?P<due>(?:by|before|no later than)\s+(?:the\s+)?(?:end of\s+)?[^,.;]{3,30}?\d{2,4})\b")


def annotated(piece: Piece) -> tuple[Piece, Fields, bool]:
    """The piece without what it says of owner, date and status, that as fields, and whether a label said so."""
    fields: Fields = {}
    rest, labelled = piece.text, False
    for match in reversed(list(_BRACKET.finditer(piece.text))):
        inside, named = _inside(match["inside"])
        if inside and not set(inside) & set(fields):
            fields |= {role: (replace(piece, text=text),) for role, text in inside.items()}
            rest = f"{rest[: match.start()].rstrip()}{rest[match.end() :].rstrip()}"
            labelled = labelled or named
    if not fields:
        bare, parted = _dashed(piece)
        return (bare, parted, True) if parted else _trailing(piece)
    bare, after = _labels(replace(piece, text=rest))
    bare, state = stated_at_end(bare)
    return bare, {**state, **after, **fields}, labelled


def _dashed(piece: Piece) -> tuple[Piece, Fields]:
    """What stands after dashes at the end, by its shape: "... - Head of QA - 30 April 2025 - Complete"."""
    parts = [part.strip() for part in _DASH.split(piece.text)]
    found: Fields = {}
    while len(parts) > 1:
        role, value, _ = _part(parts[-1].rstrip(" ."))
        if role is None or role in found:
            break
        found[role] = (replace(piece, text=value),)
        parts.pop()
    if len(found) < 2 or Role.DUE not in found:
        return piece, {}
    end = piece.text.rfind(parts[-1]) + len(parts[-1])
    return replace(piece, text=piece.text[:end]), found


def _trailing(piece: Piece) -> tuple[Piece, Fields, bool]:
    """Labels in running text that say who or by when: "... . Lead: Service Manager. Due: June 2025"."""
    bare, found = _labels(piece)
    return (bare, found, True) if _KEY_FIELDS & set(found) else (piece, {}, False)


def _labels(piece: Piece) -> tuple[Piece, Fields]:
    """The piece without the labelled values that it ends with, and those as fields."""
    found: list[tuple[int, int, Role]] = []
    for match in re.finditer(
        r"(?:[.;,|(\[–—\n-]\s*|\s{2,}|\*\*|\s)(?P<label>[A-Z][A-Za-z /]{1,30}?)\**\s*:\**\s", piece.text
    ):
        role, _ = numbered_role(match["label"])
        whose = re.split(r"[.;]\s", piece.text[match.end() :], maxsplit=1)[0].strip(" .;")
        if role is Role.ACTION and owner_likeness(whose) >= _OWNED:
            role = Role.OWNER
        if role in _CORE:
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


def marked(piece: Piece, terms: frozenset[str]) -> tuple[Piece, Fields]:
    """The piece without a sign at its beginning that the plan explains, and that sign as its status."""
    text = piece.text.lstrip()
    if not terms or text[:1] not in terms or text[1:2].isalnum():
        return piece, {}
    return replace(piece, text=text[1:].lstrip()), {Role.STATUS: (replace(piece, text=text[0]),)}


def _inside(text: str) -> tuple[dict[Role, str], bool]:
    """The fields that a bracket names, by labels or by shape alone; empty where any part of it is something else."""
    if ":" not in text or not numbered_role(text.partition(":")[0].strip())[0]:
        both = who_and_when(text)
        if both:
            return both, False
    found: dict[Role, str] = {}
    labelled = False
    for part in (part for part in _PARTS.split(text) if part.strip()):
        role, value, named = _part(part.strip(" ."))
        labelled = labelled or named
        if Role.OWNER in found and (role is Role.OWNER or role is None) and owner_likeness(value) >= 0.4:
            found[Role.OWNER] = f"{found[Role.OWNER]}, {value}"
        elif role is None or role in found:
            return {}, False
        else:
            found[role] = value
    return (found, labelled) if _KEY_FIELDS & set(found) else ({}, False)


def _part(part: str) -> tuple[Role | None, str, bool]:
    label, _, value = part.partition(":")
    role, _ = numbered_role(label) if value else (None, None)
    if role in _CORE:
        return role, value.strip(), True
    words = part.split()
    if not words:
        return None, part, False
    if words[0].lower() in {"lead", "owner", "leads"} and len(words) > 1:
        return Role.OWNER, " ".join(words[1:]), True
    bare = _BY.sub("", part)
    if is_fixed_date(bare) or (bare != part and is_date(bare)):
        return (Role.START if part.lower().startswith("from") else Role.DUE), bare, bare != part
    if re.fullmatch(r"on ?going|asap|tbc", bare, re.IGNORECASE):
        return Role.DUE, bare, False
    if colour_of(part) or short_status(re.sub(r"\s*\(.*\)$", "", part)):
        return Role.STATUS, part, False
    if owner_likeness(part) >= 0.8:
        return Role.OWNER, part, False
    return None, part, False


def owner_in(piece: Piece) -> Piece | None:
    """Who is told to do it, where no column says so: "(KB) Review ...", "KB: review ...", "KB to review ...".

    Initials or the name of a role only; "to be done" tells nobody.
    """
    words = without_bullet(piece.line)
    led = leading_ref(words)
    words = led[1] if led else words
    before = _BEFORE.match(words)
    named = (before["inside"] or before["before"]).strip() if before else ""
    if named and (_INITIALS_ONLY.fullmatch(named) or owner_likeness(named) >= 0.8):
        return replace(piece, text=named)
    who = _TOLD.match(words)
    named = who["who"].strip() if who and not who["what"].startswith("be ") else ""
    short = len(named.split()) <= 5 and not starts_with_verb(named)
    if named and short and (_INITIALS_ONLY.fullmatch(named) or owner_likeness(named) >= 0.6):
        return replace(piece, text=named)
    return None


def due_in(piece: Piece) -> Piece | None:
    """By when, in the words of an action, where no column says so: "by the end of March 2025", "deadline 21 May"."""
    found = [match for match in _DEADLINE.finditer(piece.words) if is_fixed_date(match["due"])]
    return replace(piece, text=found[-1]["due"]) if len(found) == 1 else None


def ticked(piece: Piece) -> tuple[Piece, Fields] | None:
    """A line of a list of tasks with its box, ticked or not; None where there is no box."""
    match = _TICK.match(piece.text)
    if not match:
        return None
    marked = match["tick"] != " "
    fields: Fields = {Role.STATUS: (replace(piece, text=f"[{match['tick']}]"),)} if marked else {}
    return replace(piece, text=piece.text[match.end() :]), fields


def stated_at_end(piece: Piece) -> tuple[Piece, Fields]:
    """The state that a line ends with, apart from its words: "... - carried forward"."""
    match = _TAIL.search(piece.text)
    head, _, when = match["state"].partition(",") if match else ("", "", "")
    known = short_status(head) not in {None, Status.NOT_RECORDED} and (not when.strip() or is_fixed_date(when))
    if not match or not known:
        return piece, {}
    return replace(piece, text=piece.text[: match.start()]), {Role.STATUS: (replace(piece, text=match["state"]),)}


def told(piece: Piece) -> Fields:
    """Who is told to do it and by when, from the words of minutes: "SK to bring the figures by 30 July 2025"."""
    words = without_bullet(piece.line)
    fields: Fields = {Role.ACTION: (piece,)}
    who = _TOLD.match(words)
    named = who["who"] if who else ""
    if who and len(named.split()) <= 8 and owner_likeness(named) >= 0.4 and not starts_with_verb(named):
        fields[Role.OWNER] = (replace(piece, text=who["who"].strip(" ,")),)
    by = _BY_DATE.search(words)
    if by and is_fixed_date(_BY.sub("", by["due"])):
        fields[Role.DUE] = (replace(piece, text=by["due"]),)
    return fields
