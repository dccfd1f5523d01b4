"""The smallest parts of a document that can answer: a line, a list item, a cell of a row."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from assistant.locators import same_place
from assistant.records import Action, Locator, Passage
from assistant.retriever.holding import DATE, NAMED
from assistant.view import View

BULLET = re.compile(r"^\s*(?:[-•●▪◦*–]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])\s+(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'‘])")
_LONG = 420
"""A longer line is cut into its sentences."""

MEASURE, OUTCOME, PROGRESS, ACTION = "success measure", "hoped-for outcome", "progress noted", ""


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` is verbatim at `locator`; `above` is what it stands under: headings, the line that leads in to its list.

    `group` is the id of the passage or row that it is a part of.
    """

    document: str
    locator: Locator
    text: str
    above: str
    group: str
    kind: str = ""
    headings: tuple[str, ...] = ()
    """The headings that prose stands under, the highest first."""
    row: Action | None = None
    leads: str = ""
    """The name of the list that this line leads in to."""
    under: str = ""
    """The name of the list that it is an item of."""
    around: str = ""
    """The whole of the passage that it is a line of."""


def pieces_of(passages: Sequence[Passage], rows: Sequence[Action], view: View) -> Iterator[Piece]:
    """The pieces of passages, then of rows."""
    lead: Lead | None = None
    before: Passage | None = None
    for passage in passages:
        if before is None or (before.document, before.heading_path) != (passage.document, passage.heading_path):
            lead = None
        lead = yield from _of_passage(passage, view, lead)
        before = passage
    for row in rows:
        yield from _of_row(row)


Lead = tuple[str, str]
"""The name and the words of a line that leads in to a list."""


def _of_passage(passage: Passage, view: View, lead: Lead | None) -> Generator[Piece, None, Lead | None]:
    """The pieces of a passage; gives back the lead of a list that may go on in the next one."""
    heading = " – ".join(part for part in passage.heading_path if part)
    for number, (locator, text) in enumerate(_lines(passage, view)):
        words = text.strip()
        if not words:
            continue
        shape = _shape(text)
        if lead and (not shape or shape == _shape(lead[1])):
            lead = None
        opens = (f"{passage.id}.{number}", words) if words.endswith(":") and "\t" not in words else None
        under = lead if not opens else None
        above = " – ".join(part for part in (heading, under[1] if under else "") if part)
        lists = opens[0] if opens else "", under[0] if under else ""
        for said in sentences(words):
            if opens or _says_something(said, passage):
                place, path = (passage.document, locator, said, above, passage.id), passage.heading_path
                yield Piece(*place, "", path, None, *lists, around=passage.text)
        lead = opens or lead
    return lead


def _shape(text: str) -> str:
    """What kind of bullet a line has: "-", "1", "a"; empty for none."""
    match = BULLET.match(text)
    if not match:
        return ""
    mark = match.group().strip().strip("().")
    return "1" if mark.isdigit() else "a" if mark.isalpha() else "-"


def _says_something(text: str, passage: Passage) -> bool:
    """Whether a line can be an answer: a name, or words that are no heading, nor the headings of a table."""
    if NAMED.search(text) or (DATE.search(text) and len(text.split()) > 2):
        return True
    words = text.split()
    if len(words) < 4 or not any(word[:1].islower() for word in words):
        return False
    cells = [cell for cell in text.split("\t") if cell.strip()]
    if text.lstrip("# ") in passage.heading_path:
        return False
    return not (len(cells) > 2 and all(len(cell.split()) < 7 for cell in cells))


def _lines(passage: Passage, view: View) -> Sequence[tuple[Locator, str]]:
    """The passage's lines with their places: in a document without lines, the places from its first on that hold them
    in order."""
    at = passage.locator
    if at.line_start is not None:
        return view.numbered(passage.document, at.line_start, at.line_end or at.line_start)
    places = view.lines(passage.document)
    held = next((number for number, (place, _) in enumerate(places) if same_place(at, place)), 0)
    found: list[tuple[Locator, str]] = []
    for line in passage.text.split("\n"):
        words = " ".join(line.split())
        within = range(held, min(held + _FAR, len(places)))
        held = next((n for n in within if words in " ".join(places[n][1].split())), held)
        found.append((at if at.page is not None or not places else places[held][0], line))
    return found


_FAR = 200
"""So many places on, a line of a passage is looked for: no passage is longer."""


def sentences(text: str) -> list[str]:
    """A long text cut into its sentences; a short one as it is."""
    return [text] if len(text) <= _LONG else [part for part in _SENTENCE.split(text) if part.strip()]


_ASKED_AS = {
    MEASURE: "how we will know, how success is measured",
    OUTCOME: "what difference is hoped for, impact on children",
    PROGRESS: "progress so far, what has happened",
}
"""In what words people ask for what these cells hold."""


def _of_row(row: Action) -> Iterator[Piece]:
    places = dict(row.field_locators)
    above = " – ".join(part for part in (row.section, row.recommendation) if part)
    cells = (
        ("action", row.action, ACTION),
        ("success_measure", row.success_measure, MEASURE),
        ("outcome", row.outcome, OUTCOME),
        ("progress", row.progress, PROGRESS),
        ("status_text", row.status_text if row.status_text != row.progress else None, PROGRESS),
    )
    for name, text, kind in cells:
        own = above if name == "action" else f"{above} – {row.action[:200]} – {_ASKED_AS.get(kind, '')}"
        lead = ""
        for number, line in enumerate((text or "").split("\n")):
            opens = f"{row.id}.{name}.{number}" if line.strip().endswith(":") else ""
            for words in sentences(line.strip()) if line.strip() else ():
                at = places.get(name, row.locator)
                yield Piece(row.document, at, words, own, row.id, kind, (), row, opens, "" if opens else lead)
            lead = opens or lead
