"""Example questions for each kind of reader, made from the rows that this reader may see and tried before they show."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from assistant.answer import Reader
from assistant.desk import Desk
from assistant.pipeline import Request, has_answer
from assistant.records import Action, Audience
from assistant.vocabulary import GENERAL, Kind

if TYPE_CHECKING:
    from assistant import Assistant

_SHOWN = 4
_LONGEST_NAME = 40
_Key = tuple[str, Audience, Reader, date]


class Examples:
    """Made once for a state of the register, an audience, a reader and a day. Safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._made: dict[_Key, tuple[str, ...]] = {}
        self._lock = threading.Lock()

    def of(self, audience: Audience, reader: Reader) -> tuple[str, ...]:
        """Up to four questions, each of which has an answer for this reader today."""
        key = (self._assistant.register.stamp, audience, reader, date.today())
        with self._lock:
            if key not in self._made:
                self._made = {old: found for old, found in self._made.items() if (old[0], old[3]) == (key[0], key[3])}
                desk = self._assistant.desk(audience)
                tried = (words for words in _CANDIDATES[reader](desk) if has_answer(Request(words, key[3]), desk))
                self._made[key] = tuple(islice(tried, _SHOWN)) if desk.view.sources else ()
            return self._made[key]


def _for_staff(desk: Desk) -> Iterator[str]:
    yield "Which actions are overdue?"
    waiting = [row for row in desk.view.rows if row.open]
    owners = Counter(row.owner for row in waiting if row.owner and len(row.owner) <= _LONGEST_NAME)
    yield from (f"Which actions are owned by {owner}?" for owner, _ in owners.most_common(1))
    yield "Which actions are due in the next three months?"
    yield "Which actions have no owner?"
    yield "How many actions are complete in each plan?"
    yield "Which plans do you hold?"


def _for_inspection(desk: Desk) -> Iterator[str]:
    themes = _themes(desk)
    yield from (f"Show everything on {name}" for name in themes[:1])
    yield from (f"What impact evidence is there for {name}?" for name in themes[1:2])
    titles = Counter(row.plan for row in desk.view.rows if row.flags)
    yield from (f"What looks wrong in the {title}?" for title, _ in titles.most_common(1))
    yield "How many actions are complete in each plan?"
    yield "Which complete actions have no outcome recorded?"
    yield "Which actions have no due date?"
    yield "Which plans do you hold?"


def _for_members(desk: Desk) -> Iterator[str]:
    themes = _themes(desk)
    yield from (f"Are we doing anything about {name}?" for name in themes[:1])
    yield "What should I ask about before the committee?"
    colours = Counter(row.rag for row in desk.view.rows if row.rag)
    yield from (f"What does {colour.value} mean?" for colour, _ in colours.most_common(1))
    yield from (f"How are we doing on {name}?" for name in themes[1:2])
    yield "How many actions are complete?"
    yield "Which plans do you hold?"


_CANDIDATES = {Reader.STAFF: _for_staff, Reader.INSPECTION: _for_inspection, Reader.MEMBER: _for_members}


def _themes(desk: Desk) -> list[str]:
    """The ideas that most plans name and people outside the field have words for, then those that most rows name."""
    plans: dict[str, set[str]] = {}
    rows: Counter[str] = Counter()
    for (document, text), number in Counter(_heading(row) for row in desk.view.rows).items():
        ideas = {found.concept for found in desk.vocabulary.concepts_in(text) if found.term.kind is not Kind.SHORT}
        for name in ideas - GENERAL:
            plans.setdefault(name, set()).add(document)
            rows[name] += number
    known = [concept for name in plans if (concept := desk.vocabulary.concept(name))]
    told = [concept.key for concept in known if any(term.kind is Kind.LAY for term in concept.terms)]
    return sorted(told, key=lambda name: (-len(plans[name]), -rows[name], name))


def _heading(row: Action) -> tuple[str, str]:
    return row.document, row.recommendation or row.section or row.action
