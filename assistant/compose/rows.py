"""Rows as a reader sees them: a list under the name of each plan, a table, or one row in full."""

from collections.abc import Callable, Sequence
from itertools import groupby

from assistant.answer import AnswerTable, Reader, TableRow
from assistant.compose.caveats import caveats
from assistant.compose.numbers import count, figure
from assistant.compose.pieces import (
    bold_ref,
    completed_of,
    doubt_of,
    due_of,
    due_phrase,
    late_words,
    owner_of,
    ref_of,
    says,
    state_of,
)
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import british, capital, joined, plan_name, safe, short, without_bullets
from assistant.conditions import Field
from assistant.flags import notable
from assistant.outcome import AnswerStatus
from assistant.places import place_words
from assistant.query_plan import Lateness
from assistant.records import Action, Status

LISTED_AT_MOST = 500
"""A longer list is left to the register's own page: its rows are neither shown nor cited."""

_IN_TEXT = {Reader.STAFF: 150, Reader.INSPECTION: 300, Reader.MEMBER: 5}
"""How many rows the text itself names; the table holds all of them for every kind of reader."""

_WORDS = {Reader.STAFF: 170, Reader.INSPECTION: 320, Reader.MEMBER: 90}
"""How many characters of an action's words a list gives."""
_FEW, _WHOLE = 2, 1_500
"""Of so few rows the words are given whole, up to so many characters."""
_ALWAYS = frozenset(
    {Field.OWNER, Field.DUE, Field.STATUS, Field.RAG, Field.REF, Field.ACTION, Field.DAYS_LATE, Field.DOCUMENT}
)
_DONE = frozenset({"", "complete", "completed", "done", "finished"})


def listed(rows: Sequence[Action], telling: Telling, pen: Pen) -> list[str]:
    """The lines of a list: the name of each plan, what all its rows share, and a line a row."""
    room = _IN_TEXT[telling.reader]
    left = len(rows) - room
    lines: list[str] = []
    for document, group in groupby(rows, key=lambda row: row.document):
        own = list(group)
        shared = _shared(own)
        if room > 0:
            said = "; ".join([count(len(own), "action"), *shared.values()])
            lines += ["", f"**{plan_name(telling.source(document))}** – {said}", ""]
            lines += [row_line(row, telling, pen, frozenset(shared), len(rows) <= _FEW) for row in own[:room]]
        room -= len(own)
    if left > 0:
        rest = "The last row stands" if left == 1 else f"The other {figure(left)} rows stand"
        lines += ["", f"{rest} in the table, which has all {len(rows)}."]
    return lines


def row_line(row: Action, telling: Telling, pen: Pen, shared: frozenset[str] = frozenset(), whole: bool = False) -> str:
    """One row: reference, words, due date and how late, owner, state, and its citation. Args: whole, all its words."""
    words = says(row, _WHOLE if whole else _WORDS[telling.reader])
    told = "; ".join(row_facts(row, telling, shared))
    return f"- {bold_ref(row)}{words}{' – ' if words else ''}{told} {pen.action(row)}"


def row_facts(row: Action, telling: Telling, shared: frozenset[str] = frozenset()) -> list[str]:
    """What a list says of a row beside its words: its date, owner and state, and what else was asked of it."""
    facts = [due_phrase(row)] if "due" not in shared else []
    if _tells_late(telling) and (late := late_words(row, telling.plan.as_of)):
        facts.append(late)
    if "owner" not in shared and not (telling.member and not row.owner):
        facts.append(f"owner: {owner_of(row)}" if row.owner else owner_of(row))
    if "state" not in shared and not _told_by_date(row):
        state = state_of(row, 90 if telling.member else 160)
        facts.append(state if state.startswith("no status") else f"plan says: {state}")
    wanted = further_fields(telling)
    wanted += [Field.MEASURE] if telling.reader is Reader.INSPECTION and row.success_measure else []
    told = {Field.COMPLETED_ON} if due_phrase(row).startswith("completed") else set()
    for field in (one for one in dict.fromkeys(wanted) if one not in told):
        label, value = field_value(row, field, telling)
        none = f"no {label.lower().split(' (')[0]} given"
        facts.append(f"{label[:1].lower()}{label[1:]}: {short(value, 200)}" if value else none)
    return facts


def _tells_late(telling: Telling) -> bool:
    plan = telling.plan
    asked = {plan.asked_of, *plan.also_asked, plan.order}
    return plan.lateness is Lateness.OVERDUE or Field.DAYS_LATE in asked or {Field.DUE, Field.STATUS} <= asked


def further_fields(telling: Telling) -> list[Field]:
    """The fields that were asked about beyond those that every list gives."""
    asked = dict.fromkeys((telling.plan.asked_of, *telling.plan.also_asked))
    return [field for field in asked if field and field not in _ALWAYS]


def field_value(row: Action, field: Field, telling: Telling) -> tuple[str, str]:
    """The name of a field and what it holds for a row, in words; empty where it holds nothing."""
    match field:
        case Field.MEASURE:
            return "Success measure (a target)", safe(row.success_measure or "")
        case Field.OUTCOME:
            return "Hoped-for outcome (an intention)", safe(row.outcome or "")
        case Field.STATUS_TEXT:
            return "Progress noted", safe(row.progress or row.status_text or "")
        case Field.PLACE:
            return "Stands at", place_words(row.locator)
        case Field.START:
            return "Start", safe(row.start_text or "") or (british(row.start) if row.start else "")
        case Field.COMPLETED_ON:
            return "Completed", completed_of(row)
        case Field.FLAG:
            return "To check", " ".join(safe(flag.words) for flag in row.flags)
        case Field.AUTHORITY | Field.DOCUMENT:
            return "Plan", plan_name(telling.source(row.document))
        case _:
            return capital(field.value.replace("_", " ")), safe(str(getattr(row, field.value, None) or ""))


def _told_by_date(row: Action) -> bool:
    """Whether the date cell has said already all that the plan says of the state."""
    said = (row.status_text or "").strip().casefold().rstrip(".")
    in_date_cell = row.status is Status.COMPLETE and not row.due and bool(row.due_text)
    return in_date_cell and (said in _DONE or said == (row.due_text or "").casefold())


def _shared(rows: Sequence[Action]) -> dict[str, str]:
    """What is the same for all rows of a plan, each with the words that say it once."""
    first, state = rows[0], state_of(rows[0])
    owned = f"all owned by {owner_of(first)}" if first.owner else "no owner is recorded for any of them"
    none = "no status is recorded for any of them"
    told: dict[str, tuple[Callable[[Action], str], str]] = {
        "due": (due_phrase, f"all {due_phrase(first)}" if first.due or first.due_text else "none has a date"),
        "owner": (owner_of, owned),
        "state": (state_of, none if state.startswith("no status") else f"all: {short(state, 160)}"),
    }
    same = {name for name, (value, _) in told.items() if len({value(row) for row in rows}) == 1}
    return {name: words for name, (_, words) in told.items() if name in same and len(rows) > 1}


def resting(
    telling: Telling,
    pen: Pen,
    lines: Sequence[str],
    rows: Sequence[Action],
    table: AnswerTable | None = None,
    tokens: tuple[str | None, ...] = (),
    of: Sequence[Action] | None = None,
) -> Draft:
    """A draft that says these lines and rests on these rows, with the rows as its table where none is given.

    Args: tokens, for each line of the table the row that it alone shows; of, the rows whose plans have their caveats
    told, where they are more than the rows."""
    if table is None and rows:
        table, tokens = table_of(rows, telling, pen)
    linked = pen.names(rows) if not tokens and len(rows) <= LISTED_AT_MOST else ()
    notes = caveats(telling, rows, telling.sources_of(rows if of is None else of))
    text = "\n".join(lines).strip()
    return Draft(AnswerStatus.ANSWERED, text, pen.places, len(rows), table, tokens, linked, caveats=notes)


def table_of(rows: Sequence[Action], telling: Telling, pen: Pen) -> tuple[AnswerTable, tuple[str | None, ...]]:
    """All rows as a table, the same for every kind of reader, and the token of each row."""
    fields = further_fields(telling)
    columns = ["Plan"] if len({row.document for row in rows}) > 1 else []
    columns += ["Ref", "Action", "Owner", "Due", "The plan says", *(["Days late"] if _tells_late(telling) else [])]
    columns += [field_value(rows[0], field, telling)[0] for field in fields] if rows else []
    lines = [TableRow(_cells(row, telling, columns, fields), (row.id,)) for row in rows]
    names = "; ".join(plan_name(source) for source in telling.sources_of(rows))
    caption = f"{capital(count(len(rows), 'action'))}: {names}" if rows else "No actions"
    return AnswerTable(caption, tuple(columns), tuple(lines)), pen.names(rows)


def _cells(row: Action, telling: Telling, columns: Sequence[str], fields: Sequence[Field]) -> tuple[str, ...]:
    cells = [capital(telling.name(row.document))] if columns[0] == "Plan" else []
    cells += [row.ref or "", says(row), owner_of(row), due_in_full(row), state_of(row)]
    cells += [str(row.days_late(telling.plan.as_of))] if "Days late" in columns else []
    return (*cells, *(field_value(row, field, telling)[1] for field in fields))


def in_full(rows: Sequence[Action], telling: Telling, pen: Pen) -> list[str]:
    """The rows one by one."""
    names = joined([f"the {plan_name(source)}" for source in telling.sources_of(rows)])
    shared = rows[0].recommendation if len({row.recommendation for row in rows}) == 1 else None
    under = f", under “{safe(shared)}”" if shared else ""
    several = f"{capital(figure(len(rows)))} actions in {names}{under}:"
    first = several if len(rows) > 1 else f"{name_of(rows[0])} in {names}:"
    return [first, *(line for row in rows for line in _in_full(row, telling, pen))]


def name_of(row: Action) -> str:
    """The reference at the beginning of a sentence; "The action" where it has none."""
    return capital(ref_of(row) or "the action")


def _in_full(row: Action, telling: Telling, pen: Pen) -> list[str]:
    """Every value of a row with its name; what was meant, what is measured and what is reported are told apart."""
    head = f"**{name_of(row)}**: {says(row) if not telling.member else short(says(row), 400)} {pen.action(row)}"
    facts = [
        ("Under", safe(row.recommendation or row.section or "")),
        ("Owner", owner_of(row)),
        ("Starts", safe(row.start_text or (british(row.start) if row.start else ""))),
        ("Due", due_in_full(row)),
        ("The plan says", state_of(row)),
        ("Progress noted", safe(row.progress or "") if row.progress != row.status_text else ""),
        ("How it is to be measured (a target, not a result)", safe(without_bullets(row.success_measure or ""))),
        ("What it is hoped to change (an intention, not a result)", safe(without_bullets(row.outcome or ""))),
        ("Stands at", place_words(row.locator)),
    ]
    checks = [("To check", safe(flag.words)) for flag in notable(row.flags)]
    wanted = facts if telling.member else [*facts, *checks]
    return ["", head, "", *(f"- {name}: {value}" for name, value in wanted if value)]


def due_in_full(row: Action) -> str:
    """The due date with what is doubtful about it."""
    doubt = doubt_of(row)
    return f"{due_of(row)}; {doubt}" if doubt else due_of(row)
