"""Who, when and how far inside a line of text: labels such as "Lead:", and brackets at the end."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.layout.drafts import Fields, Piece, Role
from ingest.layout.headings import role_scores
from ingest.layout.shapes import is_date, is_fixed_date, owner_likeness
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.words import plain, without_bullet

_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z /&()'’?-]{1,40}?)\s*(?:[:=]|\s[-–—]\s)\s*")
_LINE_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z0-9 /&()'’?.#-]{0,40}?)\s*:\s*(?P<value>.*)", re.DOTALL)
_CORE = frozenset(
    {Role.OWNER, Role.DUE, Role.STATUS, Role.START, Role.COMPLETED, Role.REVISED, Role.PROGRESS, Role.MEASURE, Role.OUTCOME}
)
_CLOSE = re.compile(r"[\[(](?P<inside>[^()\[\]]{2,160})[\])][\s.*_]*$")
_PARTS = re.compile(r"\s*[;,|]\s*|\s+[-–—]\s+")
_BY = re.compile(r"^(?:by|due|due by|before|end of|until|deadline|target)\b\s*", re.IGNORECASE)


def label_of(line: str) -> tuple[Role, str, float] | None:
    """The role that the label at the beginning of a line names, the words after it, and how sure that is."""
    match = _LINE_LABEL.match(without_bullet(plain(line)))
    if not match or len(match["label"].split()) > 6:
        return None
    scores = role_scores(match["label"])
    if not scores or scores[0][1] < 0.8:
        return None
    return scores[0][0], match["value"].strip(), scores[0][1]


def annotated(piece: Piece) -> tuple[Piece, Fields]:
    """The piece without what its end says of owner, date and status, and that as fields; all at the piece's place."""
    match = _CLOSE.search(piece.text)
    inside = _inside(match["inside"]) if match else {}
    if match and inside:
        fields = {role: (replace(piece, text=text),) for role, text in inside.items()}
        return replace(piece, text=piece.text[: match.start()].rstrip()), fields
    return _trailing(piece)


def _trailing(piece: Piece) -> tuple[Piece, Fields]:
    """Labels in running text: "... . Lead: Service Manager. Due: June 2025"."""
    found: list[tuple[int, int, Role]] = []
    for match in re.finditer(r"(?:^|[.;,|(\[–—-]\s*|\s{2,}|\*\*)(?P<label>[A-Z][A-Za-z /]{2,30}?)\s*:\**\s", piece.text):
        scores = role_scores(match["label"])
        if scores and scores[0][1] >= 0.9 and scores[0][0] in _CORE:
            found.append((match.start(), match.end(), scores[0][0]))
    if not found or not piece.text[: found[0][0]].strip():
        return piece, {}
    fields: Fields = {}
    ends = [start for start, _, _ in found[1:]] + [len(piece.text)]
    for (_, begin, role), end in zip(found, ends, strict=True):
        value = piece.text[begin:end].strip(" .;,|()[]–—-*\t")
        if value:
            fields[role] = (replace(piece, text=value),)
    core = {Role.OWNER, Role.DUE, Role.STATUS} & set(fields)
    if not core:
        return piece, {}
    return replace(piece, text=piece.text[: found[0][0]].rstrip(" (*[–—-")), fields


def _inside(text: str) -> dict[Role, str]:
    """The fields that a bracket names, by labels or by shape alone; empty where any part of it is something else."""
    found: dict[Role, str] = {}
    for part in (part for part in _PARTS.split(text) if part.strip()):
        role, value = _part(part.strip(" ."))
        if role is None and Role.OWNER in found and owner_likeness(value) >= 0.4:
            found[Role.OWNER] = f"{found[Role.OWNER]}, {value}"
        elif role is None or role in found:
            return {}
        else:
            found[role] = value
    return found if {Role.OWNER, Role.DUE, Role.STATUS} & set(found) else {}


def _part(part: str) -> tuple[Role | None, str]:
    label = _LABEL.match(part)
    if label:
        scores = role_scores(label["label"])
        if scores and scores[0][1] >= 0.8 and scores[0][0] in _CORE:
            return scores[0][0], part[label.end() :].strip()
    words = part.split()
    if words and words[0].lower() in {"lead", "owner"} and len(words) > 1:
        return Role.OWNER, " ".join(words[1:])
    bare = _BY.sub("", part)
    if is_fixed_date(bare) or (bare != part and is_date(bare)):
        return Role.DUE, bare
    if colour_of(part) or short_status(part):
        return Role.STATUS, part
    if owner_likeness(part) >= 0.8:
        return Role.OWNER, part
    return None, part
