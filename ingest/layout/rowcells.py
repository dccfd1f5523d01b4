"""Cells that hold more than one thing: an owner and a date, several dated parts, fields in words, older reviews."""

import re
from dataclasses import replace

from ingest.layout.columns import DATED, Columns
from ingest.layout.drafts import Draft, Fields, Piece, Role
from ingest.layout.endings import BY, ending_of
from ingest.layout.headings import best_role
from ingest.layout.inline import due_in, owner_in
from ingest.layout.shapes import is_date, is_fixed_date
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.units import whole_dates
from ingest.layout.words import plain, without_bullet


def from_words(fields: Fields, columns: Columns) -> None:
    """What the words of the action say that no column does: who, by when, how far."""
    for piece in fields.get(Role.ACTION, ())[:1]:
        said = ending_of(piece) if ":" in piece.text else None
        if said is not None and said.labelled and not said.fields.keys() & set(columns.roles):
            fields[Role.ACTION] = (said.action, *fields[Role.ACTION][1:])
            for role, pieces in said.fields.items():
                fields.setdefault(role, pieces)
        owner = owner_in(piece) if columns.first(Role.OWNER) is None else None
        due = due_in(piece) if not set(DATED) & set(columns.roles) else None
        for role, found in ((Role.OWNER, owner), (Role.DUE, due)):
            if found is not None:
                fields.setdefault(role, (found,))


def older(role: Role | None, piece: Piece, heading: str) -> tuple[Role | None, Piece]:
    """What a column says beside a newer one of its kind: earlier progress, an earlier state under its own heading, or
    prose beside the state proper."""
    if role is Role.PROGRESS:
        return Role.EARLIER, piece
    stated = colour_of(piece.text) or short_status(piece.text) is not None or len(piece.line) == 1
    if stated or not piece.words or role in {Role.RAG, Role.REVISED}:
        return Role.EARLIER if piece.words else None, replace(piece, text=f"{heading}: {piece.text}", colour=None)
    return Role.PROGRESS, piece


_CUTS = re.compile(r"\n|;|,\s|\s[-–—/|]\s|\(|\)|\s(?=by\s)|:\s")
_WRITTEN = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{2}|\d{4})")
"""A date in figures, also one that does not exist."""
_NUMBER = re.compile(r"\s*\(?(?P<number>\d{1,2}(?:\.\d{1,2})?)[.):]?\s+(?P<words>\S.*)")
_ENUMERATED = re.compile(r"\s*(?:[-*•●▪‣◦·–—]\s*)?(?:\(?(?:[a-z]|[ivx]{1,5})[.)]|\d{1,2}[.)])\s+|\s*[-*•●▪‣◦·–—]\s+")


def mixed_columns(columns: Columns) -> frozenset[int]:
    """The columns whose heading promises an owner and a date together: "Who / When", "Lead and timescale"."""
    found = set()
    for column, heading in enumerate(columns.headings):
        parts = re.split(r"\s*(?:/|&|\band\b|\+|,)\s*", heading, flags=re.IGNORECASE)
        named = {role for role, score in map(best_role, parts) if score >= 0.69}
        if len(parts) == 2 and named == {Role.OWNER, Role.DUE} and columns.roles[column] in named:
            found.add(column)
    return frozenset(found)


def parted(piece: Piece) -> Fields:
    """An owner and a date out of one cell, each as a piece at its place; a numbered list is parted later."""
    if len(_by_number(piece.text)) > 1:
        return {Role.OWNER: (piece,)}
    lines = [line for line in plain(piece.text).split("\n") if line]
    by_line = len(lines) > 1 and any(is_date(BY.sub("", line)) for line in lines)
    pieces = lines if by_line else [part.strip() for part in _CUTS.split(plain(piece.text)) if part.strip()]
    dates = [part for part in pieces if is_date(BY.sub("", part)) or _WRITTEN.fullmatch(BY.sub("", part))]
    owners = [part for part in pieces if part not in dates]
    texts = {Role.DUE: BY.sub("", " ".join(dates)), Role.OWNER: ", ".join(owners)}
    return {role: (replace(piece, text=text),) for role, text in texts.items() if text}


_ONE_EACH = frozenset({Role.OWNER, Role.DUE, Role.START, Role.COMPLETED, Role.STATUS})


def opened(draft: Draft) -> list[Draft]:
    """The draft as one for each part of the list in its action, where other cells say something to each: numbers by
    their numbers, else owners, dates and states by their order. Parts without numbers need a date each."""
    if len(draft.pieces(Role.ACTION)) != 1:
        return [draft]
    whole = draft.pieces(Role.ACTION)[0]
    numbers = _by_number(whole.text)
    stem, parts = _parts(whole) if len(numbers) < 2 else (None, [f"{n}. {words}" for n, words in numbers.items()])
    shares: dict[Role, list[Piece]] = {}
    for role, pieces in draft.fields.items():
        said = _dealt(pieces[0], role, numbers, len(parts)) if role is not Role.ACTION and len(pieces) == 1 else []
        shares |= {role: said} if said else {}
    dated = all(is_fixed_date(piece.text) for piece in shares.get(Role.DUE, ()))
    if len(parts) < 2 or not shares or (len(numbers) < 2 and not (Role.DUE in shares and dated)):
        return [draft]
    found = []
    for at, part in enumerate(parts):
        own: Fields = {role: (pieces[at],) for role, pieces in shares.items()}
        both = parted(own[Role.OWNER][0]) if Role.OWNER in own and Role.DUE not in draft.fields else {}
        own |= both if Role.DUE in both else {}
        fields = {**draft.fields, Role.ACTION: (replace(whole, text=part),), **own}
        kept = draft.kept_refs or len(numbers) > 1
        found.append(replace(draft, fields=fields, parent=stem or draft.parent, kept_refs=kept))
    return found


def _dealt(piece: Piece, role: Role, numbers: dict[str, str], parts: int) -> list[Piece]:
    """What a cell says to each part of a list; empty where it says one thing to all."""
    listed = _by_number(piece.text)
    if len(numbers) > 1 and numbers.keys() <= listed.keys():
        texts = [listed[number] for number in numbers]
        texts[-1] = "\n".join([texts[-1], *(words for number, words in listed.items() if number not in numbers)])
    else:
        lines = [replace(piece, text=line, locator=piece.locator) for line in piece.words.split("\n")]
        texts = [line.text for line in (whole_dates(lines) if role in DATED else lines)]
        texts = texts if role in _ONE_EACH and not listed and len(texts) == parts > 1 else []
    return [replace(piece, text=text, value=None) for text in texts]


def _by_number(text: str) -> dict[str, str]:
    """The items of a numbered list in a cell by their numbers; empty where it is none or a number comes back."""
    items: dict[str, str] = {}
    last = ""
    for line in filter(None, plain(text).split("\n")):
        match = _NUMBER.match(line)
        if match is not None and match["number"] not in items:
            last = match["number"]
            items[last] = match["words"]
        elif match is not None or not last:
            return {}
        else:
            items[last] = f"{items[last]}\n{line}"
    return items


def _parts(piece: Piece) -> tuple[Piece | None, list[str]]:
    """The words before a list in a cell, and the items of the list."""
    lines = [line for line in plain(piece.text).split("\n") if line]
    first = next((at for at, line in enumerate(lines) if _ENUMERATED.match(line)), len(lines))
    items = [line for line in lines[first:] if _ENUMERATED.match(line)]
    if not items and len(lines) > 1 and all(line[:1].isupper() and len(line.split()) > 2 for line in lines):
        return None, lines
    if first > 1 or len(items) != len(lines) - first:
        return None, []
    stem = replace(piece, text=lines[0]) if first else None
    return stem, list(map(without_bullet, items))
