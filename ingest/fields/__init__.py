"""Cells to values: each action with its fields, and the reason where one cannot be read."""

import hashlib
import re
from collections.abc import Sequence

from assistant.flags import FlagCode
from assistant.records import Action, Document, Flag, Locator, Status
from ingest.facts import Facts
from ingest.fields.dues import Dates, dates_of
from ingest.fields.owners import OwnerBook
from ingest.fields.refs import ref_and_action
from ingest.fields.states import State, state_of
from ingest.keys import Legend
from ingest.layout.drafts import Draft, Layout, Piece, Role
from ingest.layout.shapes import is_date
from ingest.layout.statuswords import is_reference
from ingest.layout.words import normal, quotable, without_bullet

_SURE_ENOUGH = 0.8
"""Below this a reader is told that the parts of a row may not belong together."""


def actions_of(found: Layout, document: Document, facts: Facts, legend: Legend, slug: str) -> tuple[Action, ...]:
    """The actions of the drafts, in order, with provisional ids by place."""
    book = OwnerBook.of((draft.words(Role.OWNER) for draft in found.drafts), legend.abbreviations)
    actions: list[Action] = []
    above: tuple[Dates, State, tuple[str, ...]] | None = None
    for number, draft in enumerate(found.drafts, start=1):
        dates = _like_above(dates_of(draft, facts.period), above[0] if above else None)
        state = state_of(draft, dates, legend, above[1] if above else None)
        owners = _owners(draft, book, above[2] if above else ())
        action = _action(draft, dates, state, owners)
        above = (dates, state, owners)
        actions.append(_placed(action, draft, document, facts, f"{slug}-{number:03d}"))
    return tuple(actions)


def _like_above(dates: Dates, above: Dates | None) -> Dates:
    from dataclasses import replace

    if (
        above is None
        or not dates.due_text
        or not is_reference(dates.due_text)
        or not re.match(r"(as|same as) above|ditto|same", normal(dates.due_text))
    ):
        return dates
    flag = FlagCode.REFERS_TO_OTHER_ROW.flag(f'The date cell says only "{dates.due_text}".')
    return replace(dates, due=above.due, precision=above.precision, flags=(*dates.flags, flag))


def _owners(draft: Draft, book: OwnerBook, above: tuple[str, ...]) -> tuple[str, ...]:
    text = draft.line(Role.OWNER)
    if not text:
        return ()
    if normal(text) in {"", "as above", "ditto", "same as above", "same"}:
        return above
    return (
        ()
        if normal(text).startswith(("as above", "see above")) or is_date(text)
        else book.owners(draft.words(Role.OWNER))
    )


def _action(draft: Draft, dates: Dates, state: State, owners: tuple[str, ...]) -> Action:
    ref, words = ref_and_action(draft)
    parent = draft.parent.words if draft.parent else None
    return Action(
        id="",
        document="",
        plan="",
        authority=None,
        plan_date=None,
        action=words,
        locator=draft.locator,
        quote="",
        section=draft.section.line if draft.section else None,
        recommendation=_theme(draft),
        ref=ref,
        action_parent=parent,
        owner=draft.line(Role.OWNER) or None,
        owners=owners,
        start=dates.start,
        start_text=dates.start_text,
        due=dates.due,
        due_text=dates.due_text,
        due_precision=dates.precision,
        status=state.status,
        status_text=state.text,
        progress=state.progress,
        rag=state.rag,
        rag_meaning=state.rag_meaning,
        completed_on=dates.completed_on,
        success_measure=_prose(draft, Role.MEASURE),
        outcome=_prose(draft, Role.OUTCOME),
        flags=(*draft.flags, *dates.flags, *state.flags, *_doubts(draft)),
        field_locators=_elsewhere(draft, state),
    )


def _theme(draft: Draft) -> str | None:
    words = " ".join(piece.line for piece in draft.pieces(Role.RECOMMENDATION) if piece.line)
    return without_bullet(words) or None


def _prose(draft: Draft, role: Role) -> str | None:
    return draft.words(role) or None


def _doubts(draft: Draft) -> tuple[Flag, ...]:
    unsure = (FlagCode.UNSURE_ALIGNMENT.flag(locator=draft.locator),) if draft.sure < _SURE_ENOUGH else ()
    broken = (FlagCode.SPLIT_ROW.flag(locator=draft.locator),) if draft.locator.segments else ()
    return (*unsure, *broken)


def _elsewhere(draft: Draft, state: State) -> tuple[tuple[str, Locator], ...]:
    """The fields that do not stand in the row itself, with their places."""
    found: list[tuple[str, Locator]] = []
    for name, role in (("due", Role.DUE), ("start", Role.START), ("owner", Role.OWNER), ("status", Role.STATUS)):
        place = _outside(draft.pieces(role), draft.locator)
        if place is not None:
            found.append((name, place))
    if state.locator is not None and state.status is not Status.NOT_RECORDED and "status" not in dict(found):
        found.append(("status", state.locator))
    for name, role in (
        ("recommendation", Role.RECOMMENDATION),
        ("success_measure", Role.MEASURE),
        ("outcome", Role.OUTCOME),
    ):
        place = _outside(draft.pieces(role), draft.locator)
        if place is not None:
            found.append((name, place))
    return tuple(found)


def _outside(pieces: Sequence[Piece], row: Locator) -> Locator | None:
    from ingest.layout.drafts import joined

    places = [piece.locator for piece in pieces if not _within(piece.locator, row)]
    if not places:
        return None
    whole = places[0]
    for place in places[1:]:
        whole = joined(whole, place)
    return whole


def _within(place: Locator, row: Locator) -> bool:
    if place.line_start is not None and row.line_start is not None:
        return row.line_start <= place.line_start and (place.line_end or 0) <= (row.line_end or row.line_start)
    if place.sheet is not None:
        return (place.sheet, place.row) == (row.sheet, row.row)
    if place.table is not None:
        return (place.table, place.row) == (row.table, row.row)
    return place.page == row.page


def _placed(action: Action, draft: Draft, document: Document, facts: Facts, identity: str) -> Action:
    from dataclasses import replace

    pieces = draft.pieces(Role.ACTION) or draft.pieces(Role.RECOMMENDATION) or next(iter(draft.fields.values()))
    first = next((piece for piece in pieces if piece.words), pieces[0])
    placed = replace(
        action,
        id=identity,
        document=document.name,
        plan=facts.title,
        authority=facts.authority,
        plan_date=facts.plan_date,
        label=facts.label,
        quote=quotable(first.text, action.action) or quotable(first.text),
    )
    return replace(placed, digest=_digest(placed))


def _digest(action: Action) -> str:
    """A hash of what the row says, not of where it stands or of who may see it."""
    said = (
        action.section,
        action.recommendation,
        action.ref,
        action.action_parent,
        action.action,
        action.owner,
        action.start_text,
        action.due_text,
        action.due,
        action.status,
        action.status_text,
        action.progress,
        action.rag,
        action.completed_on,
        action.success_measure,
        action.outcome,
    )
    return hashlib.sha256("\x1f".join("" if value is None else str(value) for value in said).encode()).hexdigest()
