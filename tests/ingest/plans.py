"""One invented plan, and the ways in which officers would have typed it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One action as it was meant, and what must be read from it."""

    theme: str
    ref: str
    action: str
    owner: str
    due: str
    due_iso: str | None
    status: str
    status_is: str
    update: str = ""


ENTRIES = (
    Entry(
        "Front door",
        "1.1",
        "Answer each referral within one working day",
        "MASH Manager",
        "30/06/2025",
        "2025-06-30",
        "Complete",
        "complete",
    ),
    Entry(
        "Front door",
        "1.2",
        "Put the threshold guide on the schools' bulletin",
        "Head of Inclusion",
        "Sept 2025",
        "2025-09-30",
        "On track",
        "on_track",
        "Proof agreed",
    ),
    Entry(
        "Front door",
        "1.3",
        "Review the out of hours rota",
        "SM Front Door",
        "01/12/2025",
        "2025-12-01",
        "Not started",
        "not_started",
    ),
    Entry(
        "Neglect",
        "2.1",
        "Train every health visitor in the home conditions tool",
        "Named Nurse",
        "31 October 2025",
        "2025-10-31",
        "In progress",
        "in_progress",
        "38 of 60 trained",
    ),
    Entry(
        "Neglect",
        "2.2",
        "Hold a panel each month for cases open over nine months",
        "PSW",
        "May-25",
        "2025-05-31",
        "Complete",
        "complete",
        "First panel met on 6 May",
    ),
    Entry(
        "Neglect",
        "2.10",
        "Ask parents what helped, and publish what they say",
        "Participation Officer",
        "Ongoing",
        None,
        "In progress",
        "in_progress",
    ),
    Entry(
        "Children in care",
        "3.1",
        "Visit each child placed out of the district within five days of a move",
        "TM Children in Care",
        "31/01/2026",
        "2026-01-31",
        "At risk",
        "at_risk",
        "Two posts vacant",
    ),
    Entry(
        "Children in care",
        "3.2",
        "Dental check booked on the day a child comes into care",
        "Designated Nurse",
        "Autumn 2025",
        "2025-11-30",
        "On track",
        "on_track",
    ),
    Entry(
        "Children in care",
        "3.3",
        "Agree a savings policy with the bank, and tell carers about it",
        "Head of Finance",
        "TBC",
        None,
        "On hold",
        "blocked",
        "Bank has not replied",
    ),
    Entry(
        "Leaving care",
        "4.1",
        "Keep ten council apprenticeships for care leavers",
        "HR",
        "March 2026",
        "2026-03-31",
        "Not started",
        "not_started",
    ),
    Entry(
        "Leaving care",
        "4.2",
        "Pathway plan form rewritten with young people",
        "TM Leaving Care",
        "14/07/2025",
        "2025-07-14",
        "Complete",
        "complete",
    ),
)

HEADINGS = {
    "theme": (
        "Priority",
        "Theme",
        "Area for improvement",
        "Objective",
        "What needs to change",
        "Recommendation",
        "Workstream",
    ),
    "ref": ("Ref", "No.", "Action no", "Ref no.", "#"),
    "action": (
        "Action",
        "What will we do?",
        "Actions required",
        "Key action",
        "Task",
        "Milestone",
        "What we will do",
        "Activity",
    ),
    "owner": (
        "Owner",
        "Lead",
        "Who?",
        "Responsible officer",
        "By whom",
        "Lead officer",
        "Person responsible",
        "Accountable lead",
    ),
    "due": ("Due", "By when?", "Deadline", "Target date", "Timescale", "Due date", "Completion date", "Date due"),
    "status": ("Status", "Current status", "Progress status", "Delivery status", "State"),
    "update": ("Update", "Progress update", "Comments", "Latest position", "Commentary", "Progress to date"),
}
FIELDS = tuple(HEADINGS)


def table(random_: random.Random, fields: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """A header and rows of the plan in these columns; the theme stands once, above its rows."""
    header = [random_.choice(HEADINGS[field]) for field in fields]
    rows, before = [], ""
    for entry in ENTRIES:
        values = [getattr(entry, field) for field in fields]
        if "theme" in fields and entry.theme == before:
            values[list(fields).index("theme")] = ""
        before = entry.theme
        rows.append(values)
    return header, rows
