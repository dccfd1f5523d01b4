"""Status, colour and progress of an action: what is written, by words or by the plan's own key, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.dates import read_due
from assistant.flags import FlagCode
from assistant.records import Flag, Locator, PlanKey, Rag, Status
from ingest.codes import NO_MARK
from ingest.fields.dues import Dates
from ingest.keys import Legend
from ingest.layout.drafts import Draft, Piece, Role
from ingest.layout.statuswords import claim_of, colour_in, colour_of, is_colour, is_dropped, is_reference, short_status
from ingest.layout.words import normal

_RAG_HEADING = re.compile(r"\bb?rag|\bcolour|traffic|^ratings?$", re.IGNORECASE)
_YES_NO = re.compile(r"(?P<yes>y|yes)|n|no", re.IGNORECASE)
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
_FULLY = re.compile(
    r"\W*(?:fully |now |all |action )*(?:complete|completed|closed|done|finished|signed off)\b", re.IGNORECASE
)
_ENTRY = re.compile(
    r"(?:^|(?<=[.;\n] )|(?<=\n)|(?<=\s))"
    r"(?P<when>\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:\d{1,2} )?[A-Z][a-z]{2,8} '?\d{2,4})\s*[:–—-]\s+"
)
_TIMING = re.compile(r"\b(timing|date|timescale|tbc|tbd)\b", re.IGNORECASE)
_CLOSED_SECTION = re.compile(
    r"(?:actions? |items? )?(?:closed|completed?|discharged)(?: (?:actions?|items?|tasks?))?"
    r"(?: (?:since|from|at|in) .{3,40})?\W*",
    re.IGNORECASE,
)


_NOT_DONE = frozenset({Rag.AMBER, Rag.RED, Rag.YELLOW})
"""Beside these a step that was taken ("meeting held in January") is no end of the action; only plain words are."""
_SAYS_DONE = re.compile(r"\b(?:completed?|done|finished|closed|achieved|signed off|discharged)\b")


@dataclass(frozen=True, slots=True)
class State:
    """The state of an action and where it stands when that is not in the row."""

    status: Status = Status.NOT_RECORDED
    text: str | None = None
    progress: str | None = None
    rag: Rag | None = None
    rag_meaning: str | None = None
    locator: Locator | None = None
    flags: tuple[Flag, ...] = ()


def state_of(draft: Draft, dates: Dates, legend: Legend, above: State | None = None) -> State:
    """The state that the row claims. `above` is the state of the row before it, for a cell that says "as above"."""
    pieces = draft.pieces(Role.STATUS)
    rag, coloured = _colour(pieces, draft.heading)
    words = _status_words(pieces, draft.heading)
    progress = draft.line(Role.PROGRESS) or None
    code = legend.code(draft.line(Role.STATUS) or NO_MARK)
    if code in legend.codes and not coloured and pieces:
        rag, words = None, draft.line(Role.STATUS)
    key = legend.colour(rag)
    unread = [piece.locator for piece in pieces if piece.unread_rule and rag is None]
    flags: list[Flag] = [FlagCode.COLOUR_RULE_UNREAD.flag(locator=place) for place in unread]
    flags += _against(pieces)
    status, locator = _status(draft, dates, words, flags)
    if (
        code is not None
        and code.status is not None
        and not (code.status is Status.IN_PROGRESS and short_status(code.term))
    ):
        status = code.status
    status = _by_key(status, words, progress, key, legend, flags, coloured)
    if status is Status.NOT_RECORDED and not is_dropped(words or ""):
        status, locator = _by_prose(draft, dates, progress, flags)
    if status is Status.NOT_RECORDED and not (rag or words or progress or unread) and legend.blank is not None:
        status, key = legend.blank.status or status, legend.blank
    if status is Status.COMPLETE and rag in (Rag.AMBER, Rag.RED) and not (key and key.status):
        status = _unless_said(words or progress or "", dates)
        if status is Status.COMPLETE and rag in _NOT_DONE and not _SAYS_DONE.search(normal(progress or "")):
            status = Status.IN_PROGRESS
    if above is not None and status is Status.NOT_RECORDED and is_reference(words or progress or ""):
        flags.append(FlagCode.REFERS_TO_OTHER_ROW.flag(f'The status says only "{words or progress}".'))
        if re.match(r"(as|same as) above|ditto", normal(words or progress or "")):
            status = above.status
    if status is Status.NOT_RECORDED and draft.section and _CLOSED_SECTION.fullmatch(draft.section.line):
        status, locator = Status.COMPLETE, draft.section.locator
    if status is not Status.NOT_RECORDED and locator is None:
        locator = next((piece.locator for piece in pieces if piece.locator != draft.locator), None)
    return State(
        status=status,
        text=_text(words, progress, dates, coded=code in legend.codes),
        progress="\n".join(part for part in (progress, draft.words(Role.EARLIER)) if part) or None,
        rag=rag,
        rag_meaning=key.meaning if key else None,
        locator=locator,
        flags=tuple(flags),
    )


def _colour(pieces: tuple[Piece, ...], heading: str) -> tuple[Rag | None, bool]:
    """The colour as stated by a word, else by a fill; and whether a fill stated it."""
    yes_no = bool(_asked(heading) or re.search(r"\?\s*$|y\s*/\s*n|yes", heading, re.IGNORECASE))
    yes_no = yes_no and not _RAG_HEADING.search(heading)
    for piece in pieces:
        named = colour_of(piece.text) or colour_in(piece.text)
        if named and not (yes_no and _YES_NO.fullmatch(piece.line)):
            return named, False
    return next(((piece.colour, True) for piece in pieces if piece.colour), (None, False))


def _against(pieces: tuple[Piece, ...]) -> list[Flag]:
    """A flag for each cell that names one colour and is filled with another; amber and yellow are the same to many."""
    flags = []
    for piece in pieces:
        named = colour_of(piece.text) or colour_in(piece.text)
        if named and piece.colour and named is not piece.colour and {named, piece.colour} != {Rag.AMBER, Rag.YELLOW}:
            words = f'The cell says "{piece.line[:40]}" and is coloured {piece.colour.value}.'
            flags.append(FlagCode.COLOUR_CONTRADICTS_WORDS.flag(words, piece.locator))
    return flags


def _status_words(pieces: tuple[Piece, ...], heading: str) -> str | None:
    """The words of the status cells. A bare colour under a heading for colours is the colour, not words."""
    found = []
    for piece in pieces:
        only_colour = is_colour(piece.text) and not (_asked(heading) and _YES_NO.fullmatch(piece.line))
        if piece.line and not (only_colour and (_RAG_HEADING.search(heading) or len(piece.line) == 1)):
            found.append(piece.line)
    return " ".join(found) or None


def _status(draft: Draft, dates: Dates, words: str | None, flags: list[Flag]) -> tuple[Status, Locator | None]:
    """The state that the status cell says in words, or the date cell by the word complete."""
    due = draft.pieces(Role.DUE)
    if words and (_YES_NO.fullmatch(words) or colour_of(words) is None):
        claimed = _claimed(words, draft.heading)
        strayed = _strayed(draft, flags) if claim_of(words, silent=None) is None else None
        if strayed is not None:
            return strayed
        if claimed is not None and claimed is not Status.NOT_RECORDED:
            return _if_ongoing(claimed, words, dates), None
        if _TIMING.search(words):
            flags.append(FlagCode.DATE_IN_STATUS_CELL.flag(f'The status cell says "{words}", not a status.'))
    if dates.says_complete or (due and short_status(dates.rest) is Status.COMPLETE):
        if dates.completed_on is None:
            flags.append(FlagCode.COMPLETION_IN_DATE_CELL.flag(f'The date cell says "{dates.due_text}".'))
        return Status.COMPLETE, due[0].locator if due and due[0].locator != draft.locator else None
    return Status.NOT_RECORDED, None


def _by_prose(draft: Draft, dates: Dates, progress: str | None, flags: list[Flag]) -> tuple[Status, Locator | None]:
    """The state that the progress text claims, or a word of completion that strayed into another column.

    Beside a status column of its own, progress that claims nothing leaves the state unrecorded.
    """
    if progress:
        newest = _newest(progress)
        claimed = None
        if not _YES_NO.fullmatch(newest):
            claimed = claim_of(newest, silent=None if draft.heading else Status.IN_PROGRESS)
        if claimed is not None and claimed is not Status.NOT_RECORDED:
            return _if_ongoing(claimed, progress, dates), None
    return _strayed(draft, flags) or (Status.NOT_RECORDED, None)


def _strayed(draft: Draft, flags: list[Flag]) -> tuple[Status, Locator | None] | None:
    """A plain word of completion that stands alone in the column for measures or outcomes."""
    for role in (Role.MEASURE, Role.OUTCOME):
        if len(draft.pieces(role)) == 1 and _FULLY.fullmatch(draft.line(role).rstrip(" .")):
            where = draft.pieces(role)[0].locator
            flags.append(
                FlagCode.TEXT_IN_WRONG_PLACE.flag(f'"{draft.line(role)}" stands in the column for the {role}.', where)
            )
            return Status.COMPLETE, where if where != draft.locator else None
    return None


def _unless_said(text: str, dates: Dates) -> Status:
    """Beside amber or red, "Meeting held" is a step on the way: only a word for the end of the whole is its end."""
    return Status.COMPLETE if dates.says_complete or _FULLY.match(text) else Status.IN_PROGRESS


def _newest(text: str) -> str:
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


def _if_ongoing(claimed: Status, text: str, dates: Dates) -> Status:
    """What has been done so far on something whose date cell says "ongoing" is not its end."""
    open_ended = re.match(r"(on ?going|continuous|rolling)\b", normal(dates.due_text or ""))
    return Status.IN_PROGRESS if claimed is Status.COMPLETE and open_ended and short_status(text) is None else claimed


def _asked(heading: str) -> tuple[Status, Status] | None:
    """What yes and no say under a heading that asks for it: "Complete?", "On track (Y/N)"."""
    return next(((yes, no) for words, yes, no in _ASKED if words.search(heading)), None)


def _claimed(words: str, heading: str) -> Status | None:
    """What status words say: a short cell by its name, prose by its phrases; other short words say nothing known."""
    if answer := _YES_NO.fullmatch(words):
        asked = _asked(heading)
        return asked[0 if answer["yes"] else 1] if asked else None
    rest = (
        re.sub(r"\b(green|amber|red|blue|yellow)\b\W*", "", words, count=1, flags=re.IGNORECASE)
        if colour_in(words)
        else words
    )
    short = short_status(rest or words)
    if short is not None or len(rest.split()) < 3:
        return short if short is not None else claim_of(rest, silent=None)
    return claim_of(rest)


def _by_key(
    status: Status,
    words: str | None,
    progress: str | None,
    key: PlanKey | None,
    legend: Legend,
    flags: list[Flag],
    coloured: bool,
) -> Status:
    """The state by the plan's own key where words do not say one; a fill that the key defines outweighs prose."""
    if key is None or key.status is None or legend.scope is not None:
        return status
    if status is Status.NOT_RECORDED:
        return key.status
    if status is not key.status and {status, key.status} & {Status.COMPLETE, Status.BLOCKED, Status.NOT_STARTED}:
        said = (words or progress or status.value)[:80]
        flags.append(
            FlagCode.COLOUR_CONTRADICTS_WORDS.flag(f'The colour means "{key.meaning}", the words say "{said}".')
        )
    prose = short_status(words or "") is None and bool(words)
    return key.status if coloured and prose else status


def _text(words: str | None, progress: str | None, dates: Dates, coded: bool) -> str | None:
    """The status as written: of its own column, else the progress, else the word of completion in the date cell.

    Args: coded, whether the plan's own key explains the words, so that they are more than a colour.
    """
    only_sign = words is None or not normal(words) or (colour_of(words) is not None and not coded)
    if progress and only_sign:
        return progress
    if words:
        return words
    if dates.says_complete and dates.completed_on is not None and dates.due_text:
        return dates.due_text.split()[0]
    return None
