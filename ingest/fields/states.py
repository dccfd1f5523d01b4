"""Status, colour and progress of an action: what is written, by words (yes and no under a question, shares and
diaries, too) or by the plan's own key, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.dates import read_due
from assistant.flags import FlagCode
from assistant.records import Flag, Locator, PlanKey, Rag, Status
from ingest.fields.dues import Dates
from ingest.keys import NO_MARK, Legend
from ingest.layout.drafts import Draft, Piece, Role
from ingest.layout.shapes import is_bare_date
from ingest.layout.statuswords import (
    claim_of,
    colour_in,
    colour_of,
    is_colour,
    is_dropped,
    is_reference,
    is_reversed,
    is_step,
    is_to_come,
    short_status,
    unless_reversed,
)
from ingest.layout.words import normal

_RAG_HEADING = re.compile(r"\bb?rag|\bcolour|traffic|^ratings?$", re.IGNORECASE)
_RATED = re.compile(r"\W*b?rag(?: (?:rating|status|rated))?\s*[:=–—-]\s*(?P<colour>[a-z]+)\b", re.IGNORECASE)
"""A colour with the name of its rating before it: "BRAG: Green - on track"."""
_YES_NO = re.compile(r"(?P<yes>y|yes|true|x|[✓✔☑✅☒🗹]\ufe0f?)|n|no|false|[✗✘❌✖]\ufe0f?", re.IGNORECASE)
_SHARE = re.compile(r"(?P<share>\d{1,3}(?:\.\d+)?)\s*%?")
_COLOUR_WORD = re.compile(r"\b(green|amber|red|blue|yellow)\b\W*", re.IGNORECASE)
_OF_ALL = re.compile(r"%|\bper ?cent", re.IGNORECASE)
_ASKED = (  # what a heading asks, and what yes and no then say
    (r"\bon[ -]?(?:track|target|schedule)", Status.ON_TRACK, Status.AT_RISK),
    (r"\b(?:started|begun|commenced)", Status.IN_PROGRESS, Status.NOT_STARTED),
    (
        r"\b(?:completed?|done|closed|achieved|delivered|implemented|finished|met)\b",
        Status.COMPLETE,
        Status.IN_PROGRESS,
    ),
)
_DIARY = re.compile(
    r"(?:^|(?<=[.;\n] )|(?<=\n)|(?<=\s))"
    r"(?P<when>\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:\d{1,2} )?[A-Z][a-z]{2,8} '?\d{2,4})\s*[:–—-]\s+"
)
_FULLY = re.compile(
    r"\W*(?:fully |now |all |action )*(?:complete|completed|closed|done|finished|signed off)\b", re.IGNORECASE
)
_TIMING = re.compile(r"\b(timing|date|timescale|tbc|tbd)\b", re.IGNORECASE)
_CLOSED_SECTION = re.compile(
    r"(?:actions? |items? )?(?:closed|completed?|discharged)(?: (?:actions?|items?|tasks?))?"
    r"(?: (?:since|from|at|in) .{3,40})?\W*",
    re.IGNORECASE,
)
_NOT_DONE = frozenset({Rag.AMBER, Rag.RED})
"""Beside these a step that was taken ("meeting held in January") is no end of the action; only plain words are."""
_PLAIN = frozenset({Status.COMPLETE, Status.BLOCKED, Status.NOT_STARTED})
"""States that leave no room for another one beside them."""
_ACTION_GONE = re.compile(
    r"\W*(?:(?:this |the )?action (?:has been |was |is |now )*(?:superseded|withdrawn|cancelled|discontinued|abandoned|"
    r"merged|removed|deleted|dropped|no longer)|(?:superseded|withdrawn|cancelled|discontinued|no longer (?:required|"
    r"needed|applicable|relevant))\b|merged (?:with|into))",
    re.IGNORECASE,
)
_GONE_ASIDE = re.compile(r"[(\[](?P<said>[^()\[\]]{4,80})[)\]]\W*$")
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


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row holds that may tell its state."""

    draft: Draft
    dates: Dates
    legend: Legend
    above: State | None
    words: str | None
    """The words of the status cells; of the colour's, where these say nothing."""
    progress: str | None
    rag: Rag | None
    filled: bool
    """True where the colour is a fill, and no word names it."""
    code: PlanKey | None
    key: PlanKey | None
    """What the plan's own key says of the words, and of the colour."""

    @property
    def unread(self) -> list[Locator]:
        """The cells whose colour a rule sets that is not read."""
        pieces = (*self.draft.pieces(Role.STATUS), *self.draft.pieces(Role.RAG))
        return [piece.locator for piece in pieces if piece.unread_rule and self.rag is None]

    @property
    def no_colour(self) -> bool:
        """True where the row says nothing of its state at all."""
        return not (self.rag or self.words or self.progress or self.unread)


@dataclass(frozen=True, slots=True)
class _Found:
    """A state with the place that says it, where that is outside the status cell, and a flag."""

    status: Status
    locator: Locator | None = None
    flag: Flag | None = None
    by_key: bool = False


def state_of(draft: Draft, dates: Dates, legend: Legend, above: State | None = None) -> State:
    """The state that the row claims: the first of `_evidence` that says one, weighed against the colour beside it.

    Args: above, the state of the row before it, for a cell that says "as above".
    """
    row = _row(draft, dates, legend, above)
    found = next((told for told in _evidence(row) if told is not None), _Found(Status.NOT_RECORDED))
    status, against = _weighed(row, found)
    locator = found.locator
    pieces = draft.pieces(Role.STATUS)
    if status is not Status.NOT_RECORDED and locator is None:
        locator = next((piece.locator for piece in pieces if piece.locator != draft.locator), None)
    key = row.key or (legend.blank if row.no_colour else None)
    return State(
        status=status,
        text=_text(row),
        progress="\n".join(part for part in (row.progress, draft.words(Role.EARLIER)) if part) or None,
        rag=row.rag,
        rag_meaning=key.meaning if key else None,
        locator=locator,
        flags=(*_flags(row, found), *against),
    )


def _row(draft: Draft, dates: Dates, legend: Legend, above: State | None) -> _Row:
    pieces, colours = draft.pieces(Role.STATUS), draft.pieces(Role.RAG)
    rag, filled = _colour(colours, "RAG") if colours else _colour(pieces, draft.heading)
    words = _status_words(pieces, draft.heading) or _status_words(colours, "RAG")
    code = legend.code(draft.line(Role.STATUS) or draft.line(Role.RAG) or NO_MARK)
    own = code in legend.codes and pieces and not filled and any(map(str.isalnum, code.term if code else ""))
    rates = {"r", "g"} <= {key.term.lower() for key in legend.codes}  # its letters are those of a traffic light
    if own and not colours and not rates:  # a coloured sign stays the colour that it shows
        named = re.split(r"[:;,(–—-]", code.meaning, maxsplit=1)[0] if code else ""  # "G = Green: on track"
        rag, words = colour_of(named) if len(named) > 1 else None, draft.line(Role.STATUS)
    if not pieces and not colours:
        fills = (piece.colour for role in (Role.ACTION, Role.REF, Role.PROGRESS) for piece in draft.pieces(role))
        rag = next((fill for fill in fills if legend.colour(fill) is not None), None)
        filled = rag is not None
    progress = draft.line(Role.PROGRESS) or None
    rated = _RATED.match(progress or "") if rag is None else None
    rag = colour_of(rated["colour"]) if rated else rag
    return _Row(draft, dates, legend, above, words, progress, rag, filled, code, legend.colour(rag))


def _colour(pieces: tuple[Piece, ...], heading: str) -> tuple[Rag | None, bool]:
    """The colour as stated by a word, else by a fill; and whether a fill stated it."""
    asked = _asked(heading) or re.search(r"\?\s*$|y\s*/\s*n|yes", heading, re.IGNORECASE)
    yes_no = asked and not _RAG_HEADING.search(heading)
    for piece in pieces:
        named = _named_in(piece)
        if named and not (yes_no and _YES_NO.fullmatch(piece.line)):
            return named, False
    return next(((piece.colour, True) for piece in pieces if piece.colour), (None, False))


def _named_in(piece: Piece) -> Rag | None:
    return colour_of(piece.text) or colour_in(piece.text)


def _status_words(pieces: tuple[Piece, ...], heading: str) -> str | None:
    """The words of the status cells. A bare colour under a heading for colours is the colour, not words."""
    found = []
    for piece in pieces:
        only_colour = is_colour(piece.text) and not (_asked(heading) and _YES_NO.fullmatch(piece.line))
        if piece.line and not (only_colour and (_RAG_HEADING.search(heading) or len(piece.line) == 1)):
            found.append(piece.line)
    return " ".join(found) or None


def _asked(heading: str) -> tuple[Status, Status] | None:
    """What yes and no say under a heading that asks for it: "Complete?", "On track (Y/N)"."""
    return next(((yes, no) for words, yes, no in _ASKED if re.search(words, heading, re.IGNORECASE)), None)


# ---------------------------------------------------------------- evidence, the strongest first


def _evidence(row: _Row) -> Iterator[_Found | None]:
    """What each part of the row says of its state, the strongest first; None where a part says nothing."""
    draft, pieces, blank, above = row.draft, row.draft.pieces(Role.ACTION), row.legend.blank, row.above
    gone = _GONE_ASIDE.search(draft.line(Role.ACTION))  # a bracket says that it was given up
    if pieces and all(piece.struck for piece in pieces):
        yield _Found(Status.WITHDRAWN, None, FlagCode.STRUCK_OUT.flag(locator=pieces[0].locator))
    yield _Found(Status.WITHDRAWN) if gone and is_dropped(gone["said"]) else None
    coded = row.code.status if row.code else None  # the plan's own key explains the words
    own = row.code and any(map(str.isalpha, row.code.term)) and short_status(row.code.term)
    yield _found(None if coded is Status.IN_PROGRESS and own else coded)
    yield _worded(row)
    completed = draft.line(Role.COMPLETED)
    yield _found(_stated(completed, "Complete?") if completed and not is_bare_date(completed) else None)
    yield _dated(row)
    yield _Found(row.key.status, by_key=True) if row.key and row.key.status and row.legend.scope is None else None
    yield _reported(row)
    yield _strayed(row)
    if row.no_colour and blank is not None and blank.status:  # the key says what no colour means
        yield _Found(blank.status, by_key=True)
    said = row.words or row.progress or ""
    if above is not None and is_reference(said) and re.match(r"(as|same as) above|ditto", normal(said)):
        yield _Found(above.status)
    section = draft.section
    if section is not None and _CLOSED_SECTION.fullmatch(section.line) and not is_to_come(said):
        yield _Found(Status.COMPLETE, section.locator)


def _found(status: Status | None) -> _Found | None:
    return None if status in {None, Status.NOT_RECORDED} else _Found(status)


def _stated(words: str, heading: str) -> Status | None:
    """What status words say: a short cell by its name, prose by its phrases; other short words say nothing known."""
    answer, asked = _YES_NO.fullmatch(words), _asked(heading)
    if answer and (asked or words.isascii()):
        return asked[0 if answer["yes"] else 1] if asked else None
    share = _SHARE.fullmatch(words)
    if share and _OF_ALL.search(heading):  # 1 may be all of it or one per cent of it
        known = {0.0: Status.NOT_STARTED, 1.0: None, 100.0: Status.COMPLETE}
        return known.get(float(share["share"]), Status.IN_PROGRESS)
    rest = _COLOUR_WORD.sub("", words, count=1) if colour_in(words) else words
    short = short_status(rest or words)
    if short is not None or len(rest.split()) < 3:
        return unless_reversed(short, rest) if short is not None else claim_of(rest, silent=None)
    return claim_of(rest)


def _newest(text: str) -> str:
    """The newest entry of a text that is a diary: "12/05/25: started. 03/06/25: complete". Else the text itself."""
    entries = list(_DIARY.finditer(text))
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


def _worded(row: _Row) -> _Found | None:
    """The status cell says it."""
    words = row.words
    if not words or (colour_of(words) is not None and not _YES_NO.fullmatch(words)):
        return None
    if is_dropped(words):
        return _Found(Status.WITHDRAWN)
    if is_reversed(words):
        return _Found(Status.NOT_RECORDED)
    strayed = _strayed(row) if claim_of(words, silent=None) is None else None
    share = next((piece.reads_as for piece in row.draft.pieces(Role.STATUS) if piece.reads_as), None)
    claimed = _stated(share or words, row.draft.heading)
    if strayed is not None or claimed is None or claimed is Status.NOT_RECORDED:
        return strayed
    if claimed is Status.COMPLETE and is_step(words) and len(words.split()) <= 4:
        claimed = Status.IN_PROGRESS
    return _Found(_if_ongoing(claimed, words, row.dates))


def _dated(row: _Row) -> _Found | None:
    """The date cell says that it is complete."""
    due = row.draft.pieces(Role.DUE)
    if not row.dates.says_complete and not (due and short_status(row.dates.rest) is Status.COMPLETE):
        return None
    place = due[0].locator if due and due[0].locator != row.draft.locator else None
    lost = row.dates.completed_on is None
    flag = FlagCode.COMPLETION_IN_DATE_CELL.flag(f'The date cell says "{row.dates.due_text}".') if lost else None
    return _Found(Status.COMPLETE, place, flag)


def _reported(row: _Row) -> _Found | None:
    """The progress text claims it. Beside a status column, progress that claims nothing leaves the state unrecorded."""
    newest = _newest(row.progress) if row.progress else ""
    if not newest or _YES_NO.fullmatch(newest):
        return None
    if _ACTION_GONE.match(newest) and unless_reversed(Status.WITHDRAWN, newest) is Status.WITHDRAWN:
        return _Found(Status.WITHDRAWN)
    beside = bool(row.draft.heading or row.draft.pieces(Role.RAG))
    claimed = claim_of(newest, silent=None if beside else Status.IN_PROGRESS)
    if claimed is Status.COMPLETE and beside and is_step(newest, paper=True):
        claimed = Status.IN_PROGRESS
    return _found(_if_ongoing(claimed, row.progress or "", row.dates) if claimed else None)


def _strayed(row: _Row) -> _Found | None:
    """A plain word of completion stands alone in the column for measures or outcomes."""
    for role in (Role.MEASURE, Role.OUTCOME):
        pieces = row.draft.pieces(role)
        if len(pieces) == 1 and _FULLY.fullmatch(row.draft.line(role).rstrip(" .")):
            where = pieces[0].locator
            words = f'"{row.draft.line(role)}" stands in the column for the {role}.'
            flag = FlagCode.TEXT_IN_WRONG_PLACE.flag(words, where)
            return _Found(Status.COMPLETE, where if where != row.draft.locator else None, flag)
    return None


def _weighed(row: _Row, found: _Found) -> tuple[Status, list[Flag]]:
    """The state beside the colour: a fill that the key defines outweighs prose, and what disagrees is flagged."""
    status, key = found.status, row.key
    said = row.words or row.progress or status.value
    if found.by_key or status in {Status.NOT_RECORDED, Status.WITHDRAWN}:
        return status, []
    if key is not None and key.status is not None and row.legend.scope is None:
        apart = status is not key.status and {status, key.status} & _PLAIN
        words = f'The colour means "{key.meaning}", the words say "{said[:80]}".'
        prose = bool(row.words) and short_status(row.words or "") is None
        flags = [FlagCode.COLOUR_CONTRADICTS_WORDS.flag(words)] if apart else []
        return (key.status if row.filled and prose and not row.draft.pieces(Role.RAG) else status), flags
    if status is not Status.COMPLETE or row.rag is None or row.rag not in _NOT_DONE:
        return status, []
    if row.words and _FULLY.match(row.words):
        words = f'The status says "{said[:80]}", the colour is {row.rag.value}.'
        return status, [FlagCode.COLOUR_CONTRADICTS_WORDS.flag(words)]
    done = _FULLY.match(said) and _SAYS_DONE.search(normal(row.progress or ""))
    return (status if row.dates.says_complete or done else Status.IN_PROGRESS), []


def _flags(row: _Row, found: _Found) -> list[Flag]:
    """What a reader should check of the state, besides what disagrees with its colour."""
    flags = [FlagCode.COLOUR_RULE_UNREAD.flag(locator=place) for place in row.unread]
    for piece in (*row.draft.pieces(Role.STATUS), *row.draft.pieces(Role.RAG)):
        named = _named_in(piece)  # amber and yellow are the same to many
        if named and piece.colour and named is not piece.colour and {named, piece.colour} != {Rag.AMBER, Rag.YELLOW}:
            words = f'The cell says "{piece.line[:40]}" and is coloured {piece.colour.value}.'
            flags.append(FlagCode.COLOUR_CONTRADICTS_WORDS.flag(words, piece.locator))
    flags += [flag for flag in dict.fromkeys((found.flag, (_dated(row) or found).flag)) if flag is not None]
    words = row.words or ""
    if _TIMING.search(words) and colour_of(words) is None and _worded(row) is None:
        flags.append(FlagCode.DATE_IN_STATUS_CELL.flag(f'The status cell says "{words}", not a status.'))
    said = row.words or row.progress or ""
    if row.above is not None and is_reference(said) and found.status in {Status.NOT_RECORDED, row.above.status}:
        flags.append(FlagCode.REFERS_TO_OTHER_ROW.flag(f'The status says only "{said}".'))
    return flags


def _text(row: _Row) -> str | None:
    """The status as written: of its own column, else the progress, else the word of completion in the date cell."""
    words, progress, dates, coded = row.words, row.progress, row.dates, row.code in row.legend.codes
    only_sign = words is None or not normal(words) or (colour_of(words) is not None and not coded)
    if progress and only_sign:
        return progress
    if words:
        return words
    first = (dates.due_text or "").split()[:1]
    return first[0] if first and dates.says_complete and dates.completed_on and short_status(first[0]) else None
