"""Cells to values: each action with its fields, and the reason where one cannot be read."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.flags import FlagCode
from assistant.records import Action, Locator, Source, Status
from ingest.fields.dues import Dates, dates_of
from ingest.fields.owners import OwnerBook
from ingest.fields.states import State, state_of
from ingest.keys import Legend
from ingest.layout.drafts import Draft, Layout, Role, covering
from ingest.layout.shapes import is_coded, is_date, leading_ref, whole_ref
from ingest.layout.statuswords import is_reference
from ingest.layout.words import normal, plain, quotable, without_bullet

_SURE_ENOUGH = 0.8
"""Below this a reader is told that the parts of a row may not belong together."""
_ABOVE = re.compile(r"(as|same as) above|ditto|same")


def actions_of(found: Layout, source: Source, legend: Legend) -> tuple[Action, ...]:
    """The actions of the drafts, in order, with provisional ids by place."""
    book = OwnerBook.of((draft.words(Role.OWNER) for draft in found.drafts), legend.abbreviations)
    first, last = source.period_start, source.period_end
    period = (first, last) if first and last else None
    actions: list[Action] = []
    above: tuple[Dates, State, tuple[str, ...]] | None = None
    for number, draft in enumerate(found.drafts, start=1):
        dates = dates_of(draft, period)
        if above is not None and is_reference(dates.due_text or "") and _ABOVE.match(normal(dates.due_text or "")):
            flag = FlagCode.REFERS_TO_OTHER_ROW.flag(f'The date cell says only "{dates.due_text}".')
            dates = replace(dates, due=above[0].due, precision=above[0].precision, flags=(*dates.flags, flag))
        state = state_of(draft, dates, legend, above[1] if above else None)
        owners = _owners(draft, book, above[2] if above else ())
        action = _action(draft, dates, state, owners, source)
        above = (dates, state, owners)
        values = (getattr(action, name) for name in _SAID)
        told = "\x1f".join("" if value is None else str(value) for value in values)
        digest = hashlib.sha256(told.encode()).hexdigest()
        actions.append(replace(action, id=f"{source.id}-{number:03d}", digest=digest))
    return tuple(actions)


def _owners(draft: Draft, book: OwnerBook, above: tuple[str, ...]) -> tuple[str, ...]:
    text = draft.line(Role.OWNER)
    said = normal(text)
    if text and said in {"", "as above", "ditto", "same as above", "same"}:
        return above
    nobody = not text or said.startswith(("as above", "see above")) or is_date(text)
    return () if nobody else book.owners(draft.words(Role.OWNER))


def _action(draft: Draft, dates: Dates, state: State, owners: tuple[str, ...], source: Source) -> Action:
    ref, words = _ref_and_action(draft)
    pieces = draft.pieces(Role.ACTION) or draft.pieces(Role.RECOMMENDATION) or next(iter(draft.fields.values()))
    first = next((piece for piece in pieces if piece.words), pieces[0])
    theme = " ".join(piece.line for piece in draft.pieces(Role.RECOMMENDATION) if piece.line)
    unsure = (FlagCode.UNSURE_ALIGNMENT.flag(locator=draft.locator),) if draft.sure < _SURE_ENOUGH else ()
    broken = (FlagCode.SPLIT_ROW.flag(locator=draft.locator),) if draft.locator.segments else ()
    return Action(
        id="",
        document=source.document,
        plan=source.title,
        authority=source.authority,
        plan_date=source.plan_date,
        label=source.label,
        action=words,
        locator=draft.locator,
        quote=quotable(first.text, words) or quotable(first.text),
        section=draft.section.line if draft.section else None,
        recommendation=without_bullet(theme) or None,
        ref=ref,
        action_parent=draft.parent.words if draft.parent else None,
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
        success_measure=draft.words(Role.MEASURE) or None,
        outcome=draft.words(Role.OUTCOME) or None,
        flags=(*draft.flags, *dates.flags, *state.flags, *unsure, *broken),
        field_locators=tuple(_elsewhere(draft, state)),
    )


def _ref_and_action(draft: Draft) -> tuple[str | None, str]:
    """The plan's own reference as text, and the words of the action without it.

    The reference is that of its own column, else the one that the action begins with, else the one that its stem or
    its theme begins with. It stays text: "1.10" is not "1.1".
    """
    words = draft.words(Role.ACTION)
    first, _, rest = words.partition("\n")
    led = leading_ref(first) if draft.kept_refs else None
    own = whole_ref(draft.line(Role.REF)) or (draft.line(Role.REF) or None)
    if led and (own is None or re.sub(r"\W", "", own).lower() == re.sub(r"\W", "", led[0]).lower()):
        words = "\n".join(part for part in (led[1], rest) if part)
    action = without_bullet(plain(words)).lstrip("–—: ").strip()
    if own or led:
        return own or (led[0] if led else None), action
    above = leading_ref(draft.parent.line if draft.parent is not None else draft.line(Role.RECOMMENDATION))
    return (above[0] if above and (draft.parent is not None or is_coded(above[0])) else None), action


_PLACED = {
    "due": Role.DUE, "start": Role.START, "owner": Role.OWNER, "status": Role.STATUS,
    "recommendation": Role.RECOMMENDATION, "success_measure": Role.MEASURE, "outcome": Role.OUTCOME,
}  # fmt: skip


def _elsewhere(draft: Draft, state: State) -> Iterator[tuple[str, Locator]]:
    """The fields that do not stand in the row itself, with their places."""
    for name, role in _PLACED.items():
        away = [piece.locator for piece in draft.pieces(role) if not _within(piece.locator, draft.locator)]
        if away:
            yield name, covering(away)
        elif role is Role.STATUS and state.locator is not None and state.status is not Status.NOT_RECORDED:
            yield name, state.locator


def _within(place: Locator, row: Locator) -> bool:
    if place.line_start is not None and row.line_start is not None:
        return row.line_start <= place.line_start and (place.line_end or 0) <= (row.line_end or row.line_start)
    if place.sheet is not None:
        return (place.sheet, place.row) == (row.sheet, row.row)
    if place.table is not None:
        return (place.table, place.row) == (row.table, row.row)
    return place.page == row.page


_SAID = (
    "section", "recommendation", "ref", "action_parent", "action", "owner", "start_text", "due_text", "due", "status",
    "status_text", "progress", "rag", "completed_on", "success_measure", "outcome",
)  # fmt: skip
"""What the row says, and not where it stands or who may see it."""
