"""Plans and other tables made up at random: invented words, headings out of the lexicon, columns in any order."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from assistant.lexicon import table

Cells = list[list[str]]
_VERBS = ["Paint", "Repair", "Audit", "Publish", "Train", "Recruit", "Review", "Launch", "Open", "Write"]
_POSTS = ["Manager", "Officer", "Lead", "Director", "Co-ordinator"]
_STATES = {"Complete": "complete", "In progress": "in_progress", "Not started": "not_started", "On hold": "blocked"}
_MONTHS = ["March", "April", "May", "June", "July", "August", "September", "October"]
FIELDS = ("action", "owner", "due", "status")
_KNOWN = {
    "action": ("Action", "Task", "What we will do", "Improvement action", "Activity"),
    "owner": ("Lead", "Owner", "Responsible officer", "Who", "Accountable lead"),
    "due": ("Due date", "Deadline", "By when", "Target date", "Timescale"),
    "status": ("Status", "Progress status", "Current status"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of a plan by field."""

    rows: tuple[tuple[str, str, str, str], ...]

    @property
    def said(self) -> list[tuple[str, ...]]:
        """What must be read: words, owner, date as written, state."""
        return [(*row[:3], _STATES[row[3]]) for row in self.rows]


def invented(chance: Random) -> str:
    """A word that no list holds."""
    return "".join(chance.choice("bdfgklmnprtvz") + chance.choice("aeiou") for _ in range(3)).capitalize()


def plan_of(chance: Random, rows: int = 4) -> Plan:
    """A plan about invented things."""
    return Plan(
        tuple(
            (
                f"{chance.choice(_VERBS)} the {invented(chance).lower()} {invented(chance).lower()} room {at}",
                f"{invented(chance)} {chance.choice(_POSTS)}",
                f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} 2027",
                chance.choice(list(_STATES)),
            )
            for at in range(rows)
        )
    )


def headings_of(chance: Random) -> dict[str, str]:
    """A usual heading for each field."""
    return {name: chance.choice(known) for name, known in _KNOWN.items()}


def sure_headings(field: str) -> list[str]:
    """All headings of that field in the lexicon that mean nothing else."""
    return [phrase for phrase in table().get(("heading", field), ()) if not phrase.endswith("~")]


def grid_of(plan: Plan, headings: dict[str, str], order: tuple[str, ...] = FIELDS) -> Cells:
    """The plan as a table with its columns in that order."""
    rows = [dict(zip(FIELDS, row, strict=True)) for row in plan.rows]
    return [[headings[name] for name in order], *([row[name] for name in order] for row in rows)]


def other_table(chance: Random) -> Cells:
    """A table that states no action, one of many kinds, in invented words and its columns in any order."""

    def post() -> str:
        return f"{invented(chance)} {chance.choice(_POSTS)}"

    def day() -> str:
        return f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} 2027"

    def thing() -> str:
        return f"{invented(chance)} {invented(chance).lower()}"

    kinds = {
        "Budget line": {
            "Budget holder": post,
            "2026/27": lambda: f"£{chance.randint(2, 90)},000",
            "Variance": lambda: "£0",
        },
        "Risk": {"Likelihood": lambda: "High", "Impact": lambda: "Low", "Risk owner": post, "Review date": day},
        "Measure": {"Target": lambda: f"{chance.randint(50, 99)}%", "Actual": lambda: "40%", "Owner": post},
        "Meeting": {"Date": day, "Venue": thing, "Chair": post},
        "Name": {"Role": post, "Email": lambda: f"{invented(chance).lower()}@fenbridge.example"},
        "Decision": {"Agreed by": post, "Date": day},
        "Version": {"Date": day, "Author": post, "Change": lambda: "First draft"},
        "Course": {"Audience": thing, "Trainer": post, "Date": day, "Places": lambda: str(chance.randint(9, 30))},
        "Group consulted": {"Date": day, "What they said": lambda: f"More {thing().lower()} please"},
    }
    first = chance.choice(list(kinds))
    others = list(kinds[first].items())
    chance.shuffle(others)
    body = [[thing(), *(make() for _, make in others)] for _ in range(chance.randint(1, 4))]
    return [[first, *(name for name, _ in others)], *body]


def markdown(*parts: str | Cells) -> str:
    """Headings and tables as a text."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines += [part, ""]
        else:
            rows = [f"| {' | '.join(row)} |" for row in part]
            lines += [rows[0], f"|{'---|' * len(part[0])}", *rows[1:], ""]
    return "\n".join(lines)


def cards(plan: Plan, headings: dict[str, str], form: str, titled: bool) -> str:
    """The plan as labelled records, each under its action as title, or with all its fields labelled."""
    found = []
    for number, row in enumerate(plan.rows, start=1):
        pairs = [
            form.format(name=headings[name], value=value)
            for name, value in zip(FIELDS, row, strict=True)
            if name != "action" or not titled
        ]
        head = [f"### {row[0]}\n" if "|" in form else row[0]] if titled else [f"### Card {number}\n"] * ("|" in form)
        found.append("\n".join([*head, *pairs]))
    return "\n\n".join(found)
