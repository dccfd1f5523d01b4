"""What the cells of a row say of its state: the words, the colour, yes and no under a question, shares, diaries."""

import re

from assistant.dates import read_due
from assistant.flags import FlagCode
from assistant.records import Flag, Rag, Status
from ingest.fields.dues import Dates
from ingest.layout.drafts import Piece
from ingest.layout.statuswords import claim_of, colour_in, colour_of, is_colour, short_status, unless_reversed
from ingest.layout.words import normal

RAG_HEADING = re.compile(r"\bb?rag|\bcolour|traffic|^ratings?$", re.IGNORECASE)
YES_NO = re.compile(r"(?P<yes>y|yes|true|x|[✓✔☑✅☒🗹]\ufe0f?)|n|no|false|[✗✘❌✖]\ufe0f?", re.IGNORECASE)
_SHARE = re.compile(r"(?P<share>\d{1,3}(?:\.\d+)?)\s*%?")
_OF_ALL = re.compile(r"%|\bper ?cent", re.IGNORECASE)
_ASKED = (  # what a heading asks, and what yes and no then say
    (re.compile(r"\bon[ -]?(?:track|target|schedule)", re.IGNORECASE), Status.ON_TRACK, Status.AT_RISK),
    (re.compile(r"\b(?:started|begun|commenced)", re.IGNORECASE), Status.IN_PROGRESS, Status.NOT_STARTED),
    (
        re.compile(
            r"\b(?:complete|completed|done|closed|achieved|delivered|implemented|finished|met)\b", re.IGNORECASE
        ),
        Status.COMPLETE,
        Status.IN_PROGRESS,
    ),
)
_ENTRY = re.compile(
    r"(?:^|(?<=[.;\n] )|(?<=\n)|(?<=\s))"
    r"(?P<when>\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:\d{1,2} )?[A-Z][a-z]{2,8} '?\d{2,4})\s*[:–—-]\s+"
)


def colour(pieces: tuple[Piece, ...], heading: str) -> tuple[Rag | None, bool]:
    """The colour as stated by a word, else by a fill; and whether a fill stated it."""
    yes_no = bool(_asked(heading) or re.search(r"\?\s*$|y\s*/\s*n|yes", heading, re.IGNORECASE))
    yes_no = yes_no and not RAG_HEADING.search(heading)
    for piece in pieces:
        named = colour_of(piece.text) or colour_in(piece.text)
        if named and not (yes_no and YES_NO.fullmatch(piece.line)):
            return named, False
    return next(((piece.colour, True) for piece in pieces if piece.colour), (None, False))


def against(pieces: tuple[Piece, ...]) -> list[Flag]:
    """A flag for each cell that names one colour and is filled with another; amber and yellow are the same to many."""
    flags = []
    for piece in pieces:
        named = colour_of(piece.text) or colour_in(piece.text)
        if named and piece.colour and named is not piece.colour and {named, piece.colour} != {Rag.AMBER, Rag.YELLOW}:
            words = f'The cell says "{piece.line[:40]}" and is coloured {piece.colour.value}.'
            flags.append(FlagCode.COLOUR_CONTRADICTS_WORDS.flag(words, piece.locator))
    return flags


def status_words(pieces: tuple[Piece, ...], heading: str) -> str | None:
    """The words of the status cells. A bare colour under a heading for colours is the colour, not words."""
    found = []
    for piece in pieces:
        only_colour = is_colour(piece.text) and not (_asked(heading) and YES_NO.fullmatch(piece.line))
        if piece.line and not (only_colour and (RAG_HEADING.search(heading) or len(piece.line) == 1)):
            found.append(piece.line)
    return " ".join(found) or None


def newest_entry(text: str) -> str:
    """The newest entry of a text that is a diary: "12/05/25: started. 03/06/25: complete". Else the text itself."""
    entries = list(_ENTRY.finditer(text))
    if len(entries) < 2 or text[: entries[0].start()].strip():
        return text
    ends = [entry.start() for entry in entries[1:]] + [len(text)]
    dated = [
        (read_due(entry["when"]).due, number, text[entry.end() : end].strip(" -–:."))
        for number, (entry, end) in enumerate(zip(entries, ends, strict=True))
    ]
    known = [(day, -number, words) for day, number, words in dated if day and words]
    return max(known)[2] if known else text


def if_ongoing(claimed: Status, text: str, dates: Dates) -> Status:
    """What has been done so far on something whose date cell says "ongoing" is not its end."""
    open_ended = re.match(r"(on ?going|continuous|rolling)\b", normal(dates.due_text or ""))
    return Status.IN_PROGRESS if claimed is Status.COMPLETE and open_ended and short_status(text) is None else claimed


def _asked(heading: str) -> tuple[Status, Status] | None:
    """What yes and no say under a heading that asks for it: "Complete?", "On track (Y/N)"."""
    return next(((yes, no) for words, yes, no in _ASKED if words.search(heading)), None)


def stated(words: str, heading: str) -> Status | None:
    """What status words say: a short cell by its name, prose by its phrases; other short words say nothing known."""
    answer, asked = YES_NO.fullmatch(words), _asked(heading)
    if answer and (asked or words.isascii()):
        return asked[0 if answer["yes"] else 1] if asked else None
    share = _SHARE.fullmatch(words)
    if share and _OF_ALL.search(heading):  # 1 may be all of it or one per cent of it
        known = {0.0: Status.NOT_STARTED, 1.0: None, 100.0: Status.COMPLETE}
        return known.get(float(share["share"]), Status.IN_PROGRESS)
    rest = (
        re.sub(r"\b(green|amber|red|blue|yellow)\b\W*", "", words, count=1, flags=re.IGNORECASE)
        if colour_in(words)
        else words
    )
    short = short_status(rest or words)
    if short is not None or len(rest.split()) < 3:
        return unless_reversed(short, rest) if short is not None else claim_of(rest, silent=None)
    return claim_of(rest)
