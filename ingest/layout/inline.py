"""Who, by when and how far inside the words of an action: who is told to do it, boxes, signs, a date in a sentence."""

import re
from dataclasses import replace

from ingest.layout.drafts import Fields, Piece, Role
from ingest.layout.shapes import is_fixed_date, leading_ref, owner_likeness, starts_with_verb
from ingest.layout.words import one_line, without_bullet

_TOLD = re.compile(
    r"^(?:[Tt]he )?(?P<who>[A-Z].{0,60}?)\s+(?:(?:is |are |will )?to|will)\s+(?P<what>[a-z].*)", re.DOTALL
)
_NOBODY = frozenset({"we", "it", "they", "this", "these", "there", "our"})
_INITIALS_ONLY = re.compile(r"[A-Z]\.?[A-Z]{1,2}\.?(?:\s*(?:[/&,+]|and)\s*[A-Z]\.?[A-Z]{1,2}\.?)*")
_BEFORE = re.compile(
    r"^(?:[(\[](?P<inside>[^)\]]{2,40})[)\]]|(?P<before>[A-Z]{2,3}(?:\s?[/&]\s?[A-Z]{2,3})*)\s*[:–—-])\s+"
)
_TICK = re.compile(r"^\s*[-*+]\s+\[(?P<tick>[ xX~/])\]\s+")
_DAY_LAST = re.compile(
    r"(?<!\bby)(?<!\bon)(?<!\bbefore)(?<!\buntil)(?<!\bfrom)(?<!\bof)[ \n]+"
    r"(?P<due>\d{1,2} [A-Z][a-z]{2,8} 20\d\d|\d{1,2}/\d{1,2}/20\d\d|20\d\d-\d\d-\d\d)\s*$"
)
"""The day that a task ends with."""
_DEADLINE = re.compile(
    r"\b(?:by|before|no later than|deadline(?: of| is)?:?|due(?: by| on)?:?)\s+(?:the\s+)?"
    r"(?P<due>(?:(?:end|start|middle) of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Z][a-z]{2,8}\s+20\d\d|"
    r"\d{1,2}/\d{1,2}/\d{2,4})"
)
_BY_DATE = re.compile(
    r"\b(?P<by>[Bb]y|[Bb]efore|[Nn]o later than)\s+(?P<due>(?:the\s+)?(?:end of\s+)?[^,.;]{3,30}?\d{2,4})\b,?"
)


def marked(piece: Piece, terms: frozenset[str]) -> tuple[Piece, Fields]:
    """The piece without a sign at its beginning that the plan explains, and that sign as its status."""
    text = piece.text.lstrip()
    if not terms or text[:1] not in terms or text[1:2].isalnum():
        return piece, {}
    return replace(piece, text=text[1:].lstrip()), {Role.STATUS: (replace(piece, text=text[0]),)}


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
    named = told(words).get(Role.OWNER, "") if who and not who["what"].startswith("be ") else ""
    sure = len(named.split()) <= 5 and (_INITIALS_ONLY.fullmatch(named) or owner_likeness(named) >= 0.6)
    return replace(piece, text=named) if named and sure else None


def due_in(piece: Piece) -> Piece | None:
    """By when, in the words of an action, where no column says so: "by the end of March 2025", "deadline 21 May"."""
    found = [match for match in _DEADLINE.finditer(piece.words) if is_fixed_date(match["due"])]
    return replace(piece, text=found[-1]["due"]) if len(found) == 1 else None


def ticked(piece: Piece) -> tuple[Piece, Fields] | None:
    """A line of a list of tasks: its words, and what its box, a name after @ at its beginning and a day at its end say;
    None where there is no box."""
    match = _TICK.match(piece.text)
    if not match:
        return None
    words = piece.text[match.end() :].split(" ")
    said = {Role.STATUS: f"[{match['tick']}]"} if match["tick"] != " " else {}
    if words[0].startswith("@"):  # the name goes on until an instruction begins, with a capital or after "to"
        small = next((at for at in range(1, len(words)) if not words[at][:1].isupper()), len(words))
        ends = (at for at in range(1, small) if starts_with_verb(" ".join(words[at:])))
        end = next(ends, small if words[small : small + 1] == ["to"] else max(1, min(small - 1, 2)))
        said[Role.OWNER], words = " ".join(words[:end]).strip("@:,"), words[end:]
    text = " ".join(words)
    last = _DAY_LAST.search(text)
    if last is not None:
        said[Role.DUE], text = last["due"], text[: last.start()]
    return replace(piece, text=text), {role: (replace(piece, text=value),) for role, value in said.items()}


def told(text: str) -> dict[Role, str]:
    """Who is told to do it and by when, from the words of minutes: "SK to bring the figures by 30 July 2025", or with
    the day before them."""
    words = without_bullet(one_line(text))
    found: dict[Role, str] = {}
    by = _BY_DATE.search(words)
    who = _TOLD.match(words[by.end() :].lstrip() if by and by.start() == 0 else words)
    named = who["who"] if who else ""
    if (
        who
        and named.lower() not in _NOBODY
        and len(named.split()) <= 8
        and owner_likeness(named) >= 0.4
        and not starts_with_verb(named)
    ):
        found[Role.OWNER] = who["who"].strip(" ,")
    if by and is_fixed_date(by["due"]):
        found[Role.DUE] = by[0].rstrip(",")
    return found
