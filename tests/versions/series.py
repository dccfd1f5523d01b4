# ruff: noqa: E501 -- rows of invented plans stand one a line
"""Invented series of plans and logs: two versions with every change that was made between them, and look-alikes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

Expected = set[tuple[str, str]]
"""Kinds of change, each with the words of the action in the newer version, or in the older where it is gone."""


@dataclass(frozen=True)
class Line:
    """A row of an invented plan, as it is written."""

    action: str
    ref: str = ""
    owner: str = ""
    due: str = ""
    status: str = ""
    rag: str = ""
    under: str = ""


@dataclass
class Two:
    """Two versions and what changed between them."""

    old: list[Line] = field(default_factory=list)
    new: list[Line] = field(default_factory=list)
    expected: Expected = field(default_factory=set)
    alike: int = 0

    def same(self, line: Line, **values: str) -> None:
        """A row that a careful reader calls unchanged, however it is written now."""
        self.old.append(line)
        self.new.append(replace(line, **values))
        self.alike += bool(values)

    def changed(self, line: Line, *kinds: str, **values: str) -> None:
        after = replace(line, **values)
        self.old.append(line)
        self.new.append(after)
        self.expected |= {(kind, after.action) for kind in kinds}

    def replaced(self, gone: Line, come: Line) -> None:
        """A row that went and one like it that came, about another thing."""
        self.old.append(gone)
        self.new.append(come)
        self.expected |= {("removed", gone.action), ("added", come.action)}
        self.alike += 1


_SLIPPED = [
    (
        "1.1",
        "Train every duty worker to record the wishes of children",
        "Head of Practice",
        "31 March 2031",
        "30 June 2031",
    ),
    ("1.2", "Open a drop-in for parents at Quay Street", "Early Help Manager", "April 2031", "September 2031"),
    ("1.3", "Agree a single assessment with health visitors", "Early Help Manager", "30/04/2031", "31/07/2031"),
    ("1.4", "Publish the thresholds guide for schools", "Board Manager", "Summer 2031", "Autumn 2031"),
    ("2.1", "Recruit foster carers for brothers and sisters", "Fostering Manager", "31 May 2031", "31 August 2031"),
    ("2.2", "Refurbish the assessment flat", "Property Lead", "May 2031", "July 2031"),
    ("2.3", "Sign the regional framework for placements", "Commissioner", "1 June 2031", "8 June 2031"),
    ("2.4", "Review contact arrangements for babies", "Court Team Manager", "30 June 2031", "30 November 2031"),
]

_BROUGHT_FORWARD = [
    ("1.5", "Test the call-back line with young carers", "30 September 2031", "31 July 2031"),
    ("2.5", "Move records of adopters to the new system", "December 2031", "October 2031"),
    ("2.6", "Set a standard for life story books", "31 October 2031", "30 September 2031"),
]

_STATES = [
    ("1.6", "Map services for fathers", "In progress", "Complete"),
    ("1.7", "Survey pupils on kindness", "Not started", "In progress"),
    ("1.8", "Write a guide to consent", "Complete", "In progress"),
    ("2.7", "Audit of twenty pathway plans", "In progress", "Complete"),
    ("2.8", "Tell carers of the new allowances", "Not started", "Complete"),
    ("2.9", "Visit homes that are out of area", "In progress", "On hold"),
]

_COLOURS = [
    ("1.9", "Bring down the waiting list for play therapy", "Amber", "Red"),
    ("1.10", "Share attendance data each week", "Red", "Green"),
    ("2.10", "Match mentors with care leavers", "Amber", "Green"),
]

_OWNERS = [
    ("1.11", "Chair the panel on exploitation", "Head of Practice", "Head of Safeguarding"),
    ("1.12", "Keep the list of advocates", "Board Manager", "Participation Officer"),
    ("2.11", "Run the carers' conference", "Fostering Manager", "Placements Manager"),
]

_REWORDED = [
    (
        "1.13",
        "Offer supervision to school leads",
        "Offer monthly group supervision to the safeguarding leads of schools",
    ),
    ("1.14", "Look at repeat referrals", "Review all families that were referred again within a year"),
    ("2.12", "Support for kinship carers", "Set up a support offer for kinship carers, with a named worker"),
    ("2.13", "Work with housing on tenancies", "Agree with housing how care leavers keep their tenancies"),
]


def numbered_plan() -> Two:
    """A plan with references, recommendations and colours."""
    two = Two()
    one, ten = "1. Children are heard early", "2. Homes are near and good"

    def line(ref: str, action: str, owner: str, due: str, status: str = "In progress", rag: str = "Amber") -> Line:
        return Line(action, ref, owner, due, status, rag, one if ref.startswith("1") else ten)

    for ref, action, owner, before, after in _SLIPPED:
        two.changed(line(ref, action, owner, before), "due_slipped", due=after)
    for ref, action, before, after in _BROUGHT_FORWARD:
        two.changed(line(ref, action, "Service Manager", before), "due_brought_forward", due=after)
    for ref, action, before, after in _STATES:
        two.changed(line(ref, action, "Service Manager", "31 August 2031", before), "status_changed", status=after)
    for ref, action, before, after in _COLOURS:
        two.changed(line(ref, action, "Team Manager", "31 December 2031", rag=before), "colour_changed", rag=after)
    for ref, action, before, after in _OWNERS:
        two.changed(line(ref, action, before, "30 November 2031"), "owner_changed", owner=after)
    for ref, before, after in _REWORDED:
        two.changed(line(ref, before, "Service Manager", "31 January 2032"), "reworded", action=after)
    two.new.append(line("1.15", "Begin a reading scheme in family hubs", "Libraries Lead", "March 2032", "Not started"))
    two.expected.add(("added", two.new[-1].action))
    two.old.append(line("1.16", "Hold a launch event in the town hall", "Board Manager", "January 2031"))
    two.expected.add(("removed", two.old[-1].action))
    two.changed(line("2.14", "Buy laptops for those who study", "Virtual School Head", "31 March 2031"),
                "due_slipped", "status_changed", due="31 May 2031", status="Complete")  # fmt: skip
    _numbered_look_alikes(two, line)
    return two


def _numbered_look_alikes(two: Two, line: object) -> None:
    make = line if callable(line) else Line
    two.same(
        make("1.20", "Check the quality of plans each month", "Head of Practice", "31 March 2032"), due="31/03/2032"
    )
    two.same(
        make("1.21", "Check the quality of reviews each month", "Head of Practice", "March 2032"), due="31 March 2032"
    )
    two.same(make("1.22", "Brief governors on attendance", "Head of Practice", "1 February 2032"), due="01-Feb-32")
    two.same(make("1.23", "Brief governors on exclusions", "Head of Practice", "12 February 2032"), due="12th Feb 2032")
    two.same(
        make("2.20", "Meet each new carer within a week", "Fostering Manager", "1 May 2032"),
        action="Meet  each new carer within a week ",
    )
    two.same(
        make("2.21", "Meet each new adopter within a week", "Fostering Manager", "1 May 2032"),
        action="Meet each new adopter within a week.",
    )
    two.same(make("2.22", "Print the welcome book", "Placements Manager", "2 May 2032"), under="2. Good homes close by")
    two.same(make("2.23", "Print the savings leaflet", "Placements Manager", "2 May 2032"), under="3. Money")
    two.same(make("2.24", "Ask children about their placement", "Team Manager", "3 May 2032"), status="in progress")
    two.same(
        make("2.25", "Thank carers in person", "Service Manager & Team Manager", "4 May 2032"),
        owner="Team Manager and Service Manager",
    )
    two.replaced(
        make("1.30", "Recruit two family workers for the north hub", "Early Help Manager", "1 June 2031"),
        make("1.40", "Recruit two family workers for the south hub", "Early Help Manager", "1 June 2032"),
    )
    two.replaced(
        make("1.31", "Audit of cases in quarter 1", "Head of Practice", "30 June 2031"),
        make("1.41", "Audit of cases in quarter 2", "Head of Practice", "30 September 2031"),
    )
    two.replaced(
        make("2.30", "Publish a leaflet on private fostering", "Fostering Manager", "7 July 2031"),
        make("2.40", "Publish a leaflet on short breaks", "Fostering Manager", "7 July 2032"),
    )
    two.replaced(
        make("2.31", "Consult boys in secure homes", "Participation Officer", "8 July 2031"),
        make("2.41", "Consult girls in secure homes", "Participation Officer", "8 July 2032"),
    )
    two.same(make("2.32", "Report to the board", "Board Manager", "9 July 2032"))
    two.same(make("2.33", "Report to the scrutiny panel", "Board Manager", "9 July 2032"), due="9.7.2032")


_LOG_SLIPPED = [
    ("Ask the dental network for dates", "EP", "30 April 2031", "31 May 2031"),
    ("Draw up visits to residential homes", "DL", "31 May 2031", "31 July 2031"),
    ("Bring figures on apprenticeships to the panel", "HS", "12 May 2031", "9 June 2031"),
    ("Find a room for the drop-in", "TJ", "1 May 2031", "1 June 2031"),
    ("Invite the police to talk about missing episodes", "EP", "May 2031", "June 2031"),
    ("Cost the offer of free swimming", "MB", "14 May 2031", "14 August 2031"),
    ("Set out the options for a savings policy", "PL", "June 2031", "September 2031"),
    ("Circulate the report on health assessments", "HS", "2 May 2031", "16 May 2031"),
    ("Write a protocol for school moves", "DL", "30 June 2031", "31 July 2031"),
]

_LOG_STATES = [
    ("Thank the choir", "Carried forward", "Completed"),
    ("Order the new banners", "New", "Completed"),
    ("Send the survey to young people", "New", "Carried forward"),
    ("Check who holds passports", "Carried forward", "On hold"),
    ("Book the summer picnic", "Completed", "Carried forward"),
    ("Share the film with members", "Carried forward", "Completed"),
    ("Ask for a figure on driving lessons", "New", "Completed"),
]

_LOG_OWNERS = [
    ("Plan the awards evening", "EP", "HS"),
    ("Read the draft strategy and comment", "PL", "DL/EP"),
    ("Meet the head of the college", "TJ", "MB"),
]

_LOG_REWORDED = [
    (
        "Write to Housing about starter flats",
        "Write to Housing about starter flats for care leavers",
        "HS",
        "5 June 2031",
    ),
    (
        "Report back on mental health waiting times",
        "Report on how long children wait for mental health help",
        "EP",
        "6 June 2031",
    ),
    ("Look into bus passes", "Look into free bus passes for foster carers and children", "MB", "8 June 2031"),
]


def bare_log() -> Two:
    """A log without references whose rows are written in no fixed order."""
    two = Two()

    def line(action: str, owner: str, due: str, status: str = "Carried forward") -> Line:
        return Line(action, "", owner, due, status)

    for at, (action, owner, before, after) in enumerate(_LOG_SLIPPED):  # fmt: skip
        kinds = ("due_slipped", "status_changed") if at < 2 else ("due_slipped",)
        given = {"status": "Initial stages"} if at < 2 else {}
        two.changed(line(action, owner, before), *kinds, due=after, **given)
    two.changed(line("Name a champion for pets", "TJ", "30 June 2031"), "due_brought_forward", due="31 May 2031")
    two.changed(line("Set up a WhatsApp group for carers", "MB", "July 2031"), "due_brought_forward", due="June 2031")
    for action, before, after in _LOG_STATES:  # fmt: skip
        two.changed(line(action, "JW", "30 May 2031", before), "status_changed", status=after)
    for action, before, after in _LOG_OWNERS:  # fmt: skip
        two.changed(line(action, before, "20 June 2031"), "owner_changed", owner=after)
    for before, after, owner, due in _LOG_REWORDED:  # fmt: skip
        two.changed(line(before, owner, due), "reworded", action=after)
    for action in (
        "Bring a paper on council tax relief",
        "Hear from the youth council on tattoos",
        "Tour the new nursery",
    ):
        two.new.append(line(action, "KR", "31 July 2031", "New"))
        two.expected.add(("added", action))
    two.old.append(line("Draft the reply to the consultation", "HS", "21 March 2031", "Completed"))
    two.expected.add(("removed", two.old[-1].action))
    _bare_look_alikes(two, line)
    Random(3).shuffle(two.new)
    return two


def _bare_look_alikes(two: Two, line: object) -> None:
    make = line if callable(line) else Line
    two.same(make("Note the minutes of the health group", "AC", "1 July 2031"), due="01/07/2031")
    two.same(make("Note the minutes of the housing group", "AC", "July 2031"), due="31 July 2031")
    two.same(make("List the holiday clubs by ward", "AC", "1 August 2031"), action="List the holiday clubs, by ward")
    two.same(make("List the youth clubs by ward", "AC", "1 August 2031"), action="list the youth clubs by ward")
    two.same(make("Keep places at the fair", "AC / BD", "2 August 2031"), owner="BD/AC")
    two.same(make("Keep places at the show", "BD", "2 August 2031"), status="carried  forward")
    two.same(
        make("Ask for news of the review", "Head of Service", "3 August 2031"), action="Ask for news of the review…"
    )
    two.same(make("Ask for news of the inquiry", "Head of Service", "4 August 2031"), due="4th August 2031")
    two.same(make("Ask for news of the appeal", "Head of Service", "ASAP"), due="asap")
    two.same(make("Ask for news of the bid", "Head of Service", "Ongoing"), due="On-going")
    for gone, come, due in [
        ("Present the annual report on fostering", "Present the annual report on adoption", "1 September 2031"),
        ("Train new members in the north area", "Train new members in the south area", "2 September 2031"),
        ("Survey pupils in year 6", "Survey pupils in year 9", "3 September 2031"),
        ("Meet the carers of Elm House", "Meet the carers of Oak House", "4 September 2031"),
        ("Report quarter 1 figures on placements", "Report quarter 2 figures on placements", "5 September 2031"),
    ]:
        two.replaced(make(gone, "AC", due), make(come, "AC", due))


def as_csv(lines: list[Line], extra: str = "") -> str:
    """A version as a file of values; `extra` names a column that only this version has."""
    text = io.StringIO()
    refs, colours = any(line.ref for line in lines), any(line.rag for line in lines)
    heads = [
        *(("Recommendation", "Ref") if refs else ()),
        "Action",
        "Lead",
        "Deadline",
        *(("RAG",) if colours else ()),
        "Status",
    ]
    writer = csv.writer(text)
    writer.writerow([*heads, *([extra] if extra else [])])
    for line in lines:
        first = (line.under, line.ref) if refs else ()
        cells = [*first, line.action, line.owner, line.due, *((line.rag,) if colours else ()), line.status]
        writer.writerow([*cells, *(["Yes"] if extra else [])])
    return text.getvalue()


# ---------------------------------------------------------------- a year of monthly logs

_DO = ("Arrange", "Circulate", "Review", "Confirm", "Prepare", "Agree", "Present", "Update", "Collate", "Publish")
_WHAT = (
    "the offer for care leavers", "figures on school moves", "the rota of visits", "dates for training", "a paper on savings",
    "the list of carers", "the contract for advocacy", "terms of reference", "the map of youth clubs", "a plan for half term",
    "the letter to housing", "a guide to bus passes", "the survey of pupils", "costs of laptops", "the health passport",
)  # fmt: skip
_FOR = (
    "for the north area",
    "for the south area",
    "with the college",
    "with health",
    "for the next panel",
    "for members",
)


@dataclass(frozen=True)
class Item:
    """One action through the months: its true identity beside how it is written."""

    key: int
    line: Line


def monthly_logs(months: int = 12, seed: int = 11, keep_refs: bool = True) -> list[list[Item]]:
    """Logs of a panel: open actions carried forward, finished ones dropped a month later, some reworded or put off.

    Without `keep_refs` each log numbers its rows anew.
    """
    chance = Random(seed)
    fresh = [Line(f"{do} {what} {whom}") for do in _DO for what in _WHAT for whom in _FOR]
    chance.shuffle(fresh)
    held: list[Item] = []
    logs: list[list[Item]] = []
    for month in range(months):
        day = date(2031, 1, 10) + timedelta(days=30 * month)
        held = [Item(item.key, _carried(item.line, day, chance)) for item in held if item.line.status != "Completed"]
        for _ in range(chance.randint(4, 7)):
            key = 600 - len(fresh)
            owner = chance.choice(("EP", "DL", "HS", "TJ", "MB", "PL"))
            due = f"{day + timedelta(days=chance.randint(20, 120)):%d %B %Y}"
            held.append(Item(key, replace(fresh.pop(), ref=str(key), owner=owner, due=due, status="New")))
        logs.append(
            [Item(one.key, one.line if keep_refs else replace(one.line, ref=str(at))) for at, one in enumerate(held, 1)]
        )
    return logs


def _carried(line: Line, day: date, chance: Random) -> Line:
    line = replace(line, status=chance.choice(("Carried forward", "Carried forward", "Completed")))
    draw = chance.random()
    if draw < 0.15:
        return replace(line, due=f"{day + timedelta(days=chance.randint(30, 150)):%d/%m/%Y}")
    if draw < 0.22:
        return replace(line, action=f"{line.action}, and bring it to the panel")
    return replace(line, owner=chance.choice(("EP", "DL", "HS"))) if draw < 0.28 else line
