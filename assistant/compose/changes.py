"""What differs between two versions of a plan: dates, states, owners and words changed, rows come and gone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from assistant.answer import AnswerTable, TableRow
from assistant.changes import Change, ChangeKind, changes
from assistant.compose.numbers import agreed, count, figure
from assistant.compose.pieces import bold_ref, due_of, owner_of, says, state_of
from assistant.compose.rows import resting
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import british, capital, joined, safe
from assistant.conditions import Condition, Filter, Without
from assistant.flags import FlagCode
from assistant.matching import match
from assistant.outcome import AnswerStatus
from assistant.query_plan import EACH_VERSION, REPEATEDLY, SAID_AGAIN, Intent, Wanted
from assistant.query_plan_words import STATUS_WORDS
from assistant.records import Action, Rag, Source
from assistant.told import several, told_of
from assistant.versions import first_ids, said_again, series_with, when

_HEADS = {kind: several(words) for kind, words in told_of("change", ChangeKind).items()}
"""For each kind: one change, several, and a heading over them."""
_NAMED_AT_MOST = 20
Versions = Sequence[tuple[Source, Source]]
_POLAR = re.compile(r"\W*(?:is|are|was|were|has|have|had|did|do|does)\b", re.IGNORECASE)
_NOTHING_AGAIN = "No recommendation of one plan is said again in another, as far as I can tell by its words."
_DOUBTFUL = 0.75


def compose_changes(telling: Telling, pen: Pen) -> Draft | None:
    """The changes between the versions asked about; None where none are, or no plan that is asked about has two."""
    revised = telling.plan.intent is Intent.QUALITY and FlagCode.DUE_REVISED.value in telling.plan.terms
    if telling.plan.wanted is not Wanted.CHANGE and not revised:
        return None
    if SAID_AGAIN in telling.plan.terms:
        return _said_again(telling, pen)
    versions = _versions(telling)
    if not versions:
        return None
    if telling.plan.themes and not telling.found.subject:
        about = joined([f"“{safe(theme.words)}”" for theme in telling.plan.themes])
        return Draft(AnswerStatus.NO_MATCH, f"I found no action on {about}, so I cannot tell what changed there.")
    kept = {row.id for row in telling.found.rows or telling.found.subject}
    narrowed = len(kept) < sum(len(telling.view.of(one.document)) for one in telling.searched)
    kinds = [kind for kind in ChangeKind if kind.value in telling.plan.terms] or list(ChangeKind)
    if telling.plan.intent is Intent.QUALITY:
        kinds = [ChangeKind.DUE_SLIPPED, ChangeKind.DUE_BROUGHT_FORWARD]
    if telling.plan.sides:
        return _went_over(telling, pen, versions)
    found = [
        one
        for old, new in versions
        for one in changes(telling.view.of(old.document), telling.view.of(new.document))
        if one.kind in kinds and (not narrowed or {row.id for row in (one.old, one.new) if row} & kept)
    ]
    if REPEATEDLY in telling.plan.terms:
        first = first_ids(telling.series, telling.view.of)
        actions = [first.get(one.row.id, one.row.id) for one in found]
        found = [one for one, action in zip(found, actions, strict=True) if actions.count(action) > 1]
    lines = [f"{_verdict(telling, found)}{_lead(found, kinds, versions)}", ""]
    for kind in kinds:
        group = [one for one in found if one.kind is kind]
        if group:
            lines += [f"**{_HEADS[kind][2]}**", "", *(_told(one, pen) for one in group[:_NAMED_AT_MOST])]
            more = len(group) - _NAMED_AT_MOST
            lines += [*([f"- and {more} more, in the table"] if more > 0 else []), ""]
    table, tokens = _table(found, pen)
    rows = list({one.row.id: one.row for one in found}.values())
    draft = resting(telling, pen, lines, rows, table, tokens, _of(versions, telling))
    return replace(draft, linked=tuple(token for token in tokens if token))


def _verdict(telling: Telling, found: Sequence[object]) -> str:
    """What a question of whether, how often or why is told first; empty for any other."""
    if re.search(r"\bhow (?:often|many times)\b", telling.question, re.IGNORECASE) and found:
        return {1: "Once. ", 2: "Twice. "}.get(len(found), f"{len(found)} times. ")
    reasons = [one.reason for one in found if isinstance(one, Change) and one.reason]
    if re.match(r"\W*why\b", telling.question, re.IGNORECASE) and found:
        told = [f"The plan notes: “{safe(reason)}”" for reason in reasons]
        return f"{' '.join(told) or 'The plan gives no reason.'} "
    return ("Yes. " if found else "No. ") if _POLAR.match(telling.question) else ""


def _said_again(telling: Telling, pen: Pen) -> Draft:
    """The recommendations of the plans asked about that another plan says again, each pair with both its places."""
    asked, kept = set(telling.plan.documents), {row.id for row in telling.found.rows or telling.found.subject}
    pairs = [
        one
        for one in said_again(list(telling.view.sources.values()), telling.view.rows, telling.series)
        if not asked or {one.first.document, one.again.document} <= asked or len(asked) == 1
        if not telling.plan.themes or {one.first.id, one.again.id} & kept
    ]
    noun = "recommendation is" if len(pairs) == 1 else "recommendations are"
    many = f"{capital(figure(len(pairs)))} {noun} said again in another plan." if pairs else _NOTHING_AGAIN
    lines = [f"{_verdict(telling, pairs)}{many}", ""]
    cells, rows = [], [row for one in pairs for row in (one.first, one.again)]
    for one in pairs:
        both = (one.first, one.again)
        told = [f"“{safe(row.recommendation or '')}” ({safe(row.plan)}) {pen.action(row)}" for row in both]
        lines.append(f"- {f' – {one.words}: '.join(told)}")
        told = [one.first.recommendation or "", one.first.plan, one.again.plan, one.words]
        cells.append(TableRow(tuple(told), (one.first.id, one.again.id)))
    table = AnswerTable(f"{len(cells)} said again", ("Recommendation", "First", "Again", "When"), tuple(cells))
    return resting(telling, pen, lines, rows, table, pen.names([one.again for one in pairs]), telling.view.rows)


def _of(versions: Versions, telling: Telling) -> list[Action]:
    """All rows of the versions compared."""
    documents = dict.fromkeys(one.document for pair in versions for one in pair)
    return [row for document in documents for row in telling.view.of(document)]


def _versions(telling: Telling) -> Versions:
    """The pairs of versions to compare, the older first: those named, else the newest two of each series asked of."""
    found: list[tuple[Source, Source]] = []
    asked = (series_with(telling.series, one.document) for one in telling.searched)
    for series in dict.fromkeys(one for one in asked if one):
        named = [one for one in series.sources if one.document in telling.plan.documents]
        if len(named) == 1:
            named = [named[0], series.newest] if named[0] != series.newest else list(series.sources[-2:])
        chosen = named or list(series.sources if EACH_VERSION in telling.plan.terms else series.sources[-2:])
        found += pairwise(chosen) if EACH_VERSION in telling.plan.terms else [(chosen[0], chosen[-1])]
    return found


def _lead(found: Sequence[Change], kinds: Sequence[ChangeKind], versions: Versions) -> str:
    numbers = [(kind, sum(one.kind is kind for one in found)) for kind in kinds]
    told = [f"{figure(number)} {_HEADS[kind][0 if number == 1 else 1]}" for kind, number in numbers if number]
    if not told:
        told = [f"no {_HEADS[kinds[0]][1]}" if len(kinds) == 1 else "nothing that I compare changed"]
    chains: list[tuple[Source, Source]] = []  # the first and the last version of each chain
    for old, new in versions:
        chains[-1:] = [(chains[-1][0], new)] if chains and chains[-1][1] == old else [*chains[-1:], (old, new)]
    spans = []
    for old, new in chains:
        days = " and ".join(british(day) if (day := when(one)) else safe(one.document) for one in (old, new))
        title = safe(new.title)
        spans.append(f"the versions of {days} of {title}" if old.title == new.title else f"{days} ({title})")
    return f"{capital(joined(told))} between {' and between '.join(spans)}."


def _told(one: Change, pen: Pen) -> str:
    old, new, row = one.old, one.new, one.row
    head = f"- {bold_ref(row)}{says(row, 160)} – "
    if not old or not new:
        return f"{head}due {due_of(row)}; {state_of(row, 120)} {pen.action(row)}"
    tellers: dict[str, Callable[[Action], str]] = {
        "due": due_of,
        "owner": owner_of,
        "action": lambda row: f"“{says(row, 160)}”",
    }
    tell = tellers.get(one.field) or partial(state_of, limit=120)
    days = f" ({count(abs(one.days), 'day')} {'later' if one.days > 0 else 'earlier'})" if one.days else ""
    reason = ""
    if one.kind in (ChangeKind.DUE_SLIPPED, ChangeKind.DUE_BROUGHT_FORWARD):
        reason = f"; the plan notes: “{safe(one.reason)}”" if one.reason else "; no reason given"
    again = "; opened again" if one.kind is ChangeKind.STATUS_CHANGED and not old.open and new.open else ""
    unsure = f"; paired with {round(one.sure * 100)}% certainty" if one.sure < _DOUBTFUL else ""
    before = pen.action(old)
    return f"{head}{tell(old)} before, {tell(new)} now{days}{reason}{again}{unsure} {pen.action(row)}{before}"


def _went_over(telling: Telling, pen: Pen, versions: Versions) -> Draft:
    """The actions that were of one kind in the older version, and which of them are of another in the newer."""
    before, after = [{row.id for row in side.rows} for side in telling.found.sides]
    pairs = [
        pair
        for old, new in versions
        for pair in match(telling.view.of(old.document), telling.view.of(new.document)).pairs
    ]
    whole = [pair for pair in pairs if pair.old.id in before]
    over = [pair for pair in whole if pair.new.id in after]
    gone = len(before) - len({pair.old.id for pair in whole})
    was, now = (_state_words(side.where) for side in telling.plan.sides)
    days = [british(day) if (day := when(one)) else safe(one.document) for one in (versions[0][0], versions[-1][1])]
    every = f"{'both' if len(before) == 2 else f'all {len(before)}'} actions that were"
    many = f"{figure(len(over))} of the {len(before)} actions that were" if len(over) < len(before) else every
    which = ("the one action that was" if over else "no action that was") if len(before) == 1 else many
    lead = f"{capital(which)} {was} on {days[0]} {'was' if len(over) < 2 else 'were'} {now} on {days[1]}."
    left = f" {capital(count(gone, 'other'))} {agreed('are', gone)} no longer in the newer version." if gone else ""
    lead = f"{_verdict(telling, over)}{lead}"
    lines, cells, rows = [], [], [pair.new for pair in over]
    for row, old in ((pair.new, pair.old) for pair in over):
        states = f"{state_of(old, 120)} before, {state_of(row, 120)} now"
        lines.append(f"- {bold_ref(row)}{says(row, 160)} – {states} {pen.action(row)}{pen.action(old)}")
        cells.append(TableRow((row.ref or "", says(row), state_of(old), state_of(row)), (old.id, row.id)))
    table = AnswerTable(
        capital(count(len(over), "action")), ("Ref", "Action", "State before", "State now"), tuple(cells)
    )
    return resting(telling, pen, [f"{lead}{left}", "", *lines], rows, table, pen.names(rows), _of(versions, telling))


def _state_words(where: Filter) -> str:
    """A state after "was": "complete", "not complete", "“Carried forward”"."""
    if isinstance(where, Without):
        return f"not {_state_words(where.part)}"
    values = where.values if isinstance(where, Condition) else ()
    known = {status.value: words for status, words in STATUS_WORDS.items()} | {
        colour.value: colour.value for colour in Rag
    }
    return joined([known.get(str(value), f"“{safe(str(value))}”") for value in values], "or")


def _table(found: Sequence[Change], pen: Pen) -> tuple[AnswerTable, tuple[str | None, ...]]:
    lines, tokens = [], []
    for one in found:
        before, now = (safe(text or "not there") for text in (one.old_text, one.new_text))
        days = f"{one.days:+d}" if one.days else ""
        cells = (one.row.ref or "", says(one.row), one.kind.value.replace("_", " "), before, now, days)
        lines.append(TableRow(cells, tuple(row.id for row in (one.old, one.new) if row)))
        tokens.append(pen.action(one.row)[1:-1])
    columns = ("Ref", "Action", "What changed", "Before", "Now", "Days")
    return AnswerTable(capital(count(len(lines), "change")), columns, tuple(lines)), tuple(tokens)
