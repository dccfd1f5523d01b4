"""What the invented council's Word, Excel, PDF and HTML plans say; the makers beside this module say how they look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Fill(StrEnum):
    """Shades as officers pick them: not one of them is a pure colour."""

    BLUE = "5B9BD5"
    GREEN = "92D050"
    AMBER = "FFC000"
    RED = "FF5050"
    YELLOW = "FFFF66"
    NONE = ""


@dataclass(frozen=True, slots=True)
class DateCell:
    """A real date with the format that a workbook shows it in."""

    value: date
    number_format: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a plan. `fill` is its colour where the rating is one, `rating` its word or letter where not."""

    ref: str
    action: str
    owner: str
    due: str | DateCell
    fill: Fill = Fill.NONE
    note: str = ""
    start: str | DateCell = ""
    rating: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]


def month(year: int, number: int) -> DateCell:
    """A month, typed as its first day and shown without one."""
    return DateCell(date(year, number, 1), "mmm-yy")


def day(year: int, number: int, of_month: int) -> DateCell:
    return DateCell(date(year, number, of_month), "dd/mm/yyyy")


KEY_OF_THE_TRACKER = (
    (Fill.BLUE, "Complete"),
    (Fill.GREEN, "On track"),
    (Fill.AMBER, "May slip"),
    (Fill.RED, "Overdue or stuck"),
    (Fill.NONE, "No colour: not due to start"),
)

INCLUSION = (
    Group(
        "EDUCATION, HEALTH AND CARE PLANS",
        (
            Line(
                "1.1",
                "Finish new EHC needs assessments within 20 weeks in nine cases of ten",
                "SEND Manager",
                month(2026, 8),
                Fill.RED,
                "64% in September",
                month(2026, 1),
            ),
            Line(
                "1.2",
                "Phase transfer reviews finished for pupils moving to secondary school",
                "SEND Manager",
                day(2026, 2, 15),
                Fill.BLUE,
                "143 of 143",
                month(2025, 10),
            ),
            Line(
                "1.3",
                "Plain guide to the draft plan, written with parents",
                "Parent Carer Forum & SEND Manager",
                month(2026, 11),
                Fill.GREEN,
                "At the printer",
            ),
            Line(
                "1.10",
                "Clear the backlog of annual reviews",
                "SEND Mgr",
                month(2026, 12),
                Fill.AMBER,
                "212 left of 540",
                month(2026, 4),
            ),
        ),
    ),
    Group(
        "HEALTH",
        (
            Line(
                "2.1",
                "Nobody waits longer than 26 weeks for an autism or ADHD assessment",
                "DCO",
                month(2027, 3),
                Fill.RED,
                "Average is 61 weeks",
            ),
            Line(
                "2.2",
                "A speech and language therapist for each cluster of primary schools",
                "ICB / Head of Inclusion",
                month(2026, 9),
                Fill.AMBER,
                "Four of six in post",
                month(2025, 9),
            ),
            Line(
                "2.3",
                "Write therapy into plans in hours and not as 'regular input'",
                "DCO",
                month(2026, 7),
                Fill.BLUE,
                "",
            ),
        ),
    ),
    Group(
        "Inclusion in school",
        (
            Line(
                "3.1",
                "Halve suspensions of pupils who have a plan",
                "Head of Inclusion",
                month(2026, 7),
                Fill.AMBER,
                "Down by a third",
            ),
            Line(
                "3.2",
                "Directory of alternative provision, with our own visit notes",
                "AP Lead",
                "END OCT 2026",
                Fill.GREEN,
                "38 of 40 visited",
            ),
            Line(
                "3.3",
                "Buddy schools for SENCOs who are new to the job",
                "Head of Inclusion",
                month(2027, 7),
                Fill.NONE,
                "",
                month(2027, 1),
            ),
        ),
    ),
    Group(
        "PREPARING FOR ADULTHOOD",
        (
            Line("4.1", "Supported internships: 20 places", "Skills Manager", month(2026, 9), Fill.BLUE, "22 started"),
            Line(
                "4.2",
                "Transition worker from the age of 14 for those who will need adult social care",
                "Head of Adult Services / SEND Manager",
                "TBC",
                Fill.NONE,
                "",
            ),
            Line(
                "4.3",
                "Travel training for 30 young people a year",
                "Transport Mgr",
                day(2026, 10, 30),
                Fill.RED,
                "Trainer left in June",
                month(2026, 4),
            ),
        ),
    ),
    Group(
        "Places and transport",
        (
            Line("5.1", "60 more places in resource bases", "Head of Places", month(2027, 9), Fill.GREEN, "24 open"),
            Line("5.2", "Let the transport routes again", "Transport Mgr", month(2026, 7), Fill.BLUE, "9% cheaper"),
            Line(
                "5.3",
                "Agree the transport statement for over-16s with parents and colleges",
                "Transport Mgr",
                "ASAP",
                Fill.AMBER,
                "",
            ),
        ),
    ),
)

FOSTER_HOMES = (
    Group(
        "Priority 1: Finding more foster homes",
        (
            Line("F1", "Answer every enquiry on the day it comes", "Fostering TM", "May 2026", rating="Complete"),
            Line(
                "F2",
                "Open evenings in the four market towns",
                "Fostering TM / Communications",
                "Nov 2026",
                rating="On track",
            ),
            Line(
                "F3",
                "Fees for foster carers raised to the county average",
                "Head of Finance",
                "1 April 2026",
                rating="Delayed",
                note="Deferred to the 2027-28 budget.",
            ),
        ),
    ),
    Group(
        "Priority 2: Keeping the foster carers we have",
        (
            Line("F4", "A named mentor for each new foster carer", "Supervising SWs", "July 2026", rating="On track"),
            Line("F5", "Weekend phone line", "Fostering TM", "31/08/2026", rating="Complete"),
            Line("F6", "Foster carers' own sons and daughters: a group", "Participation Officer", "Autumn 2026"),
        ),
    ),
    Group(
        "Priority 3: Kinship",
        (
            Line(
                "F7",
                "Kinship local offer published",
                "Kinship Lead",
                "Sept 2026",
                rating="Delayed",
                note="With legal for comment.",
            ),
            Line("F8", "Training for kinship carers, with a crèche", "Kinship Lead", "Jan 2027", rating="Not started"),
        ),
    ),
)

YOUTH_JUSTICE = (
    Group(
        "Fewer children in the courts",
        (
            Line("Y1", "Turnaround offer to every child at first arrest", "YJS Manager", "Jun-26", Fill.GREEN),
            Line("Y2", "Review of 20 court disposals with magistrates", "YJS Manager", "Oct-26", Fill.RED),
        ),
    ),
    Group(
        "Children understand what is happening",
        (
            Line("Y3", "Speech and language screen before each court date", "SaLT & YJS", "Sep-26", Fill.AMBER),
            Line("Y4", "Reports with a page for the child", "YJS Officers", "Dec-26", Fill.GREEN),
        ),
    ),
    Group(
        "Coming home from custody",
        (
            Line("Y5", "Address settled four weeks before release", "Housing / YJS Manager", "Mar-27", Fill.AMBER),
            Line("Y6", "School place kept for the day of release", "Education Officer", "as Y5", Fill.RED),
        ),
    ),
)

KEY_OF_YOUTH_JUSTICE = (
    (Fill.GREEN, "Achieved"),
    (Fill.AMBER, "Started"),
    (Fill.RED, "Not started"),
)

WORKFORCE = (
    Group(
        "Recruitment",
        (
            Line("W1", "Stand at three university fairs", "HR", "Nov 2025", rating="B"),
            Line("W2", "Six apprentice social workers to begin", "HR / Academy Lead", "Sept 2026", rating="A"),
            Line("W3", "Relocation payment", "A.D.", "TBC", rating="R"),
        ),
    ),
    Group(
        "Retention",
        (
            Line("W4", "Sabbatical after seven years", "HR", "April 2026", rating="B"),
            Line("W5", "Laptops that start in under a minute", "ICT", "June 2026", rating="R"),
            Line("W6", "Parking near the hubs for visiting staff", "Facilities", "Dec 2026", rating="G"),
        ),
    ),
)

KEY_OF_WORKFORCE = (
    ("B", "finished"),
    ("G", "going to plan"),
    ("A", "behind, plan agreed"),
    ("R", "behind, no plan"),
)
