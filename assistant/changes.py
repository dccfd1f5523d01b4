"""What differs between two versions of a plan: dates, states, colours, owners and words, and rows that came or went.

Not a change: a date written another way, white space, a row or a section that moved, a column that one version lacks.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assistant.matching import Pair, match, same_owners, stems_of, words_said
from assistant.records import Action, Status

_LABEL_WORDS = 5
_WHY = re.compile(
    r"\b(?:because|due to|owing to|as a result|caused by|following|awaiting|await|waiting (?:for|on)|waits? for|"
    r"pending|delay\w*|depend\w*|until|postponed|deferred|lack of|shortage|capacity|vacanc\w+|subject to|in order to|"
    r"to (?:allow|align|fit|enable)|unable|could not|cannot|not yet)\b",
    re.IGNORECASE,
)


class ChangeKind(StrEnum):
    """What kind of difference it is; one pair of rows may have several."""

    DUE_SLIPPED = "due_slipped"
    DUE_BROUGHT_FORWARD = "due_brought_forward"
    DUE_CHANGED = "due_changed"
    """A date where there was none, none where there was one, or a slip of the pen put right."""
    STATUS_CHANGED = "status_changed"
    COLOUR_CHANGED = "colour_changed"
    OWNER_CHANGED = "owner_changed"
    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. Texts are as written, values as understood; `days` is positive for a date that moved back.

    `reason` is a sentence of the new version that says why a date moved; None where it gives none."""

    kind: ChangeKind
    field: str
    old: Action | None
    new: Action | None
    old_text: str | None
    new_text: str | None
    old_value: str | None
    new_value: str | None
    sure: float = 1.0
    days: int | None = None
    reason: str | None = None

    @property
    def row(self) -> Action:
        """The action as the newer version has it, or as the older had it."""
        row = self.new or self.old
        assert row is not None
        return row

    def as_dict(self) -> dict[str, Any]:
        """The change as the public contract names its fields, ready for JSON."""
        names = ("field", "old_text", "new_text", "old_value", "new_value", "days", "sure", "reason")
        places = {"old": _place(self.old, self.field), "new": _place(self.new, self.field)}
        return {"kind": self.kind.value, **places, **{name: getattr(self, name) for name in names}}


def _place(row: Action | None, field: str) -> dict[str, Any] | None:
    """Where the value stands: at the row, or at the place of its own that the value has."""
    if row is None:
        return None
    locator = dict(row.field_locators).get(field, row.locator)
    return {"document": row.document, "id": row.id, "locator": locator.as_dict()}


def changes(old: Sequence[Action], new: Sequence[Action]) -> list[Change]:
    """Every difference between the rows of two versions, in the order of the newer one, then what is gone."""
    matched, recorded = match(old, new), _recorded(old, new)
    found = [change for pair in matched.pairs for change in changes_of(pair, recorded)]
    found += [_whole(ChangeKind.ADDED, None, row) for row in matched.added]
    order = {row.id: at for at, row in enumerate(new)}
    found.sort(key=lambda one: order[one.row.id])
    return found + [_whole(ChangeKind.REMOVED, row, None) for row in matched.removed]


def _recorded(*versions: Sequence[Action]) -> frozenset[str]:
    """The fields that both versions record somewhere: a column that only one has says nothing of change."""
    looks: dict[str, Callable[[Action], object]] = {
        "due": lambda row: row.due or row.due_text,
        "status": lambda row: row.status is not Status.NOT_RECORDED or row.status_text,
        "rag": lambda row: row.rag,
        "owner": lambda row: row.owner,
    }
    return frozenset(name for name, look in looks.items() if all(any(map(look, rows)) for rows in versions))


def _whole(kind: ChangeKind, old: Action | None, new: Action | None) -> Change:
    texts = (old.action if old else None, new.action if new else None)
    return Change(kind, "action", old, new, *texts, *texts, sure=0.9)


def changes_of(pair: Pair, recorded: frozenset[str]) -> Iterator[Change]:
    """The differences of one pair of rows in the fields that are recorded, and in its words."""
    tests = (("due", _due), ("status", _status), ("rag", _colour), ("owner", _owner))
    for field, test in tests:
        if field in recorded and (found := test(pair.old, pair.new)):
            yield replace(found, sure=pair.sure)
    if words_said(pair.old) != words_said(pair.new):
        texts = (pair.old.action, pair.new.action)
        yield Change(ChangeKind.REWORDED, "action", pair.old, pair.new, *texts, *texts, pair.sure)


def _due(old: Action, new: Action) -> Change | None:
    """Another date. A cell that says that the action is done, in place of its date, moves nothing."""
    if old.due == new.due and (old.due or _plain(old.due_text) == _plain(new.due_text)):
        return None
    if any(row.due is None and row.status is Status.COMPLETE for row in (old, new)):
        return None
    texts = (old.due_text, new.due_text)
    values = (old.due.isoformat() if old.due else None, new.due.isoformat() if new.due else None)
    if not (old.due and new.due) or new.due == old.due_probable or old.due == new.due_probable:
        return Change(ChangeKind.DUE_CHANGED, "due", old, new, *texts, *values)
    days = (new.due - old.due).days
    kind = ChangeKind.DUE_SLIPPED if days > 0 else ChangeKind.DUE_BROUGHT_FORWARD
    return Change(kind, "due", old, new, *texts, *values, days=days, reason=reason_given(old, new))


def _status(old: Action, new: Action) -> Change | None:
    """Another state; of one kind of state, another word: "carried forward" for "initial stages"."""
    if _by_colour(old) and _by_colour(new):
        return None
    if old.status is new.status:
        if old.status is Status.COMPLETE or not (_is_label(old) and _is_label(new)):
            return None
        if stems_of(old.status_text or "") == stems_of(new.status_text or ""):
            return None
    texts, values = (old.status_text, new.status_text), (old.status.value, new.status.value)
    return Change(ChangeKind.STATUS_CHANGED, "status", old, new, *texts, *values)


def _is_label(row: Action) -> bool:
    """Whether the words of a state are a label and not a note on progress."""
    words = row.status_text or ""
    return bool(words) and words != row.progress and len(words.split()) <= _LABEL_WORDS and not words.endswith(".")


def _by_colour(row: Action) -> bool:
    """Whether a row's state is said by its colour alone."""
    words = _plain(row.status_text)
    return row.rag is not None and (not words or words == row.rag.value or row.status_text == row.progress)


def _colour(old: Action, new: Action) -> Change | None:
    """Another colour, each with the meaning that its own version gives, or one colour that says another state by its
    version's key; the same meaning is no change."""
    before, after = _plain(old.rag_meaning), _plain(new.rag_meaning)
    told = before and after and _by_colour(old) and _by_colour(new)
    if (before and before == after) or (old.rag is new.rag and (not told or old.status is new.status)):
        return None
    texts, values = (_colour_words(old), _colour_words(new)), (old.rag and old.rag.value, new.rag and new.rag.value)
    return Change(ChangeKind.COLOUR_CHANGED, "rag", old, new, *texts, *values)


def _colour_words(row: Action) -> str | None:
    return f"{row.rag.value} ({row.rag_meaning})" if row.rag and row.rag_meaning else row.rag and row.rag.value


def _owner(old: Action, new: Action) -> Change | None:
    if same_owners(old, new):
        return None
    values = (", ".join(old.owners) or None, ", ".join(new.owners) or None)
    return Change(ChangeKind.OWNER_CHANGED, "owner", old, new, old.owner, new.owner, *values)


def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", text or "").casefold()


def reason_given(old: Action, new: Action) -> str | None:
    """The sentence of the newer row that says why a date moved, word for word; None where none does."""
    before = old.progress or old.status_text or ""
    for text in (new.progress, new.status_text, new.due_text):
        for sentence in re.split(r"(?<=[.;!?])\s+|\n+", text or ""):
            if _WHY.search(sentence) and sentence not in before:
                return sentence.strip()
    return None
