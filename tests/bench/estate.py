"""A council's estate of any size, made from a seed: plans, rows and prose of councils that do not exist."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.records import Action, DuePrecision, Label, Locator, Passage, Rag, Reading, Source, Status

COUNCILS = ("Fenbridge", "Marlow Vale", "Ashcombe", "Thornhithe", "Oxmere", "Calder Reach")
SUBJECTS = (
    "neglect", "recruitment of social workers", "fostering", "leaving care", "supervision", "housing",
    "school attendance", "health assessments", "missing children", "exploitation", "kinship care", "early help",
    "short breaks", "audit", "the virtual school", "private fostering", "care proceedings", "life story work",
    "domestic abuse", "youth justice",
)  # fmt: skip
DOES = ("Review", "Publish", "Agree", "Train the teams on", "Audit", "Report to the board on", "Commission", "Redesign")
WHAT = ("the pathway for", "the guidance on", "the offer of", "the figures on", "the strategy for", "the panel for")
WITH = ("with partners", "with the schools", "with health visitors", "with carers", "by locality", "after each quarter")
OWNERS = (
    "Head of Service",
    "Team Manager",
    "Virtual School Head",
    "Principal Social Worker",
    "Service Director",
    "Clerk",
)
STATUSES = (
    (Status.COMPLETE, Rag.GREEN),
    (Status.ON_TRACK, Rag.GREEN),
    (Status.AT_RISK, Rag.AMBER),
    (Status.BLOCKED, Rag.RED),
)
MONTHS = ("May", "June", "July")
FIRST_DAY = date(2024, 1, 1)


def estate(rows: int, seed: int = 1, passages: int = 0, each: int = 250) -> Iterator[Reading]:
    """Readings of plans, of some `each` rows, with so many rows and passages in all."""
    rng = random.Random(seed)
    plans = max(1, rows // each)
    for number in range(plans):
        own = rows // plans + (number < rows % plans)
        yield _plan(rng, number, own, passages // plans)


def _plan(rng: random.Random, number: int, rows: int, passages: int) -> Reading:
    council, subject = COUNCILS[number % len(COUNCILS)], SUBJECTS[number % len(SUBJECTS)]
    document = f"{council.lower().replace(' ', '-')}-{number:05d}.csv"
    title = f"{council} {subject} plan {number}"
    source = Source(
        id=f"plan-{number:05d}",
        document=document,
        title=title,
        authority=council,
        plan_date=FIRST_DAY + timedelta(days=number % 700),
        label=Label.PUBLIC,
        sha256=f"{number:064d}",
        path=f"/plans/{document}",
    )
    sections = [f"Priority {place}: {rng.choice(SUBJECTS)}" for place in range(1, 9)]
    actions = [_row(rng, source, line, sections[line * 8 // (rows + 1)]) for line in range(1, rows + 1)]
    prose = [_passage(rng, source, rows + line, subject) for line in range(1, passages + 1)]
    lines = tuple((one.locator, one.quote if isinstance(one, Action) else one.text) for one in (*actions, *prose))
    return Reading(source, lines, tuple(actions), tuple(prose))


def _row(rng: random.Random, source: Source, line: int, section: str) -> Action:
    status, rag = rng.choice(STATUSES)
    due = FIRST_DAY + timedelta(days=rng.randrange(1_400)) if rng.random() < 0.95 else None
    words = (
        f"{rng.choice(DOES)} {rng.choice(WHAT)} {rng.choice(SUBJECTS)} {rng.choice(WITH)}, step {rng.randrange(400)}"
    )
    owner = rng.choice(OWNERS) if rng.random() < 0.9 else None
    ref = f"{line // 10 + 1}.{line % 10 + 1}"
    at = Locator(line_start=line, line_end=line)
    quote = ",".join((ref, words, owner or "", due.isoformat() if due else "", status.value))
    return Action(
        id="", document=source.document, plan=source.title, authority=source.authority, plan_date=source.plan_date,
        section=section, ref=ref, action=words, owner=owner, owners=(owner,) if owner else (), due=due,
        due_text=due.isoformat() if due else None, due_precision=DuePrecision.DAY if due else DuePrecision.NONE,
        status=status, status_text=status.value.replace("_", " "), rag=rag, locator=at, quote=quote, label=source.label,
    )  # fmt: skip


def _passage(rng: random.Random, source: Source, line: int, subject: str) -> Passage:
    words = [
        f"{rng.choice(OWNERS)}s will {rng.choice(DOES).lower()} {rng.choice(WHAT)} {rng.choice((subject, *SUBJECTS))} "
        f"{rng.choice(WITH)}, and {rng.randrange(3, 90)} families were told of it in {rng.choice(MONTHS)}."
        for _ in range(4)
    ]
    at = Locator(line_start=line, line_end=line)
    return Passage(
        id="", document=source.document, heading_path=("What we do", subject), text=" ".join(words), locator=at
    )
