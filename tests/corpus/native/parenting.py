"""The corporate parenting plan in two versions, nine months apart, whose colours do not mean the same."""

from __future__ import annotations

from tests.corpus.native.content import Fill, Group, Line

KEY_OF_THE_FIRST_VERSION = ((Fill.GREEN, "Done"), (Fill.AMBER, "Under way"), (Fill.RED, "Not begun, or stuck"))
KEY_OF_THE_SECOND_VERSION = (
    (Fill.BLUE, "Done"),
    (Fill.GREEN, "Will be done by the date"),
    (Fill.AMBER, "Late, but moving"),
    (Fill.RED, "Stuck"),
)

PARENTING_FIRST = (
    Group(
        "A home that feels like home",
        (
            Line(
                "P1.1",
                "Inspect every supported lodging before a young person moves in",
                "TM Leaving Care",
                "Dec 2025",
                Fill.AMBER,
                "Checklist agreed; four of nine seen",
            ),
            Line(
                "P1.2",
                "Sign a housing protocol with the two housing associations",
                "Head of Housing",
                "January 2026",
                Fill.RED,
                "No meeting yet",
            ),
            Line(
                "P1.3",
                "Pay the setting-up-home grant within a week of a tenancy starting",
                "TM Leaving Care",
                "Sept 2025",
                Fill.GREEN,
                "Paid within five days since August",
            ),
            Line(
                "P1.4",
                "Council tax relief for care leavers under 25, wherever in the county they live",
                "Finance",
                "April 2026",
                Fill.AMBER,
                "Two of the five other districts have said yes",
            ),
        ),
    ),
    Group(
        "School, college and work",
        (
            Line(
                "P2.1",
                "Hold PEP meetings outside lessons",
                "VSH",
                "Feb 2026",
                Fill.AMBER,
                "Agreed with 31 of 44 schools",
            ),
            Line(
                "P2.2",
                "A laptop for each young person on the day they start sixth form or college",
                "VSH & ICT",
                "Sept 2025",
                Fill.GREEN,
                "26 given out",
            ),
            Line(
                "P2.3",
                "Work experience in the council for every care leaver who asks",
                "HR",
                "March 2026",
                Fill.RED,
                "",
            ),
        ),
    ),
    Group(
        "Being well",
        (
            Line(
                "P3.1",
                "Dental check in the last twelve months for every child in care",
                "Designated Nurse",
                "Jan 2026",
                Fill.AMBER,
                "82% at the end of September",
            ),
            Line("P3.2", "Leisure card, free, with a friend", "Leisure Manager", "Oct 2025", Fill.GREEN, "Live"),
            Line(
                "P3.3",
                "Counselling without a waiting list for care leavers aged 18 to 21",
                "ICB",
                "TBC",
                Fill.RED,
                "Money not found",
            ),
        ),
    ),
    Group(
        "Being heard",
        (
            Line(
                "P4.1",
                "Children in Care Council to meet the Chief Executive twice a year",
                "Participation Officer",
                "Ongoing",
                Fill.GREEN,
                "Met on 2 July",
            ),
            Line(
                "P4.2",
                "Rewrite the pledge in words that a ten-year-old would use",
                "Participation Officer & CiCC",
                "Dec 2025",
                Fill.AMBER,
                "Third draft",
            ),
        ),
    ),
)

PARENTING_SECOND = (
    Group(
        "A home that feels like home",
        (
            Line(
                "P1.1",
                "Inspect every supported lodging before a young person moves in",
                "TM Leaving Care",
                "Dec 2025",
                Fill.BLUE,
                "All nine seen; one closed",
            ),
            Line(
                "P1.2",
                "Sign a housing protocol with the two housing associations",
                "Head of Housing",
                "September 2026 (was January 2026)",
                Fill.RED,
                "Drafted. One association has not replied since March and the other will not sign alone. The Head of "
                "Housing has asked the Chief Executive to write.",
            ),
            Line(
                "P1.3",
                "Pay the setting-up-home grant within a week of a tenancy starting",
                "TM Leaving Care",
                "Sept 2025",
                Fill.BLUE,
                "Average four days",
            ),
            Line(
                "P1.4",
                "Council tax relief for care leavers under 25, wherever in the county they live",
                "Finance",
                "April 2027",
                Fill.AMBER,
                "Missed the budget round of two districts",
            ),
            Line(
                "P1.5",
                "An emergency bed for a care leaver who has nowhere to sleep tonight",
                "TM Leaving Care / Housing",
                "Oct 2026",
                Fill.GREEN,
                "Two rooms found above the Lode Street hub",
            ),
        ),
    ),
    Group(
        "School, college and work",
        (
            Line("P2.1", "Hold PEP meetings outside lessons", "VSH", "Feb 2026", Fill.AMBER, "41 of 44 schools"),
            Line(
                "P2.2",
                "A laptop for each young person on the day they start sixth form or college",
                "VSH & ICT",
                "Sept 2025",
                Fill.BLUE,
                "To be done again in September 2026",
            ),
            Line(
                "P2.3",
                "Work experience in the council for every care leaver who asks",
                "HR",
                "Dec 2026",
                Fill.GREEN,
                "Eleven services have offered a place. Young people will choose in the autumn from short films that "
                "the services are making about what a day there is like, after the Children in Care Council said that "
                "nobody reads a job description. A buddy, not a manager, will meet each young person on the first "
                "day, show them where to eat, and ring them that evening.",
            ),
            Line("P2.4", "Driving lessons for those who live off a bus route", "VSH", "Spring 2027", Fill.RED, ""),
        ),
    ),
    Group(
        "Being well",
        (
            Line(
                "P3.1",
                "Dental check in the last twelve months for every child in care",
                "Designated Nurse",
                "Jan 2026",
                Fill.AMBER,
                "91% at the end of May",
            ),
            Line("P3.2", "Leisure card, free, with a friend", "Leisure Manager", "Oct 2025", Fill.BLUE, "212 visits"),
            Line(
                "P3.3",
                "Counselling without a waiting list for care leavers aged 18 to 21",
                "ICB",
                "Autumn 2026",
                Fill.GREEN,
                "Money found for one year",
            ),
        ),
    ),
    Group(
        "Being heard",
        (
            Line(
                "P4.2",
                "Rewrite the pledge in words that a ten-year-old would use",
                "Participation Officer & CiCC",
                "Dec 2025",
                Fill.BLUE,
                "Printed in March",
            ),
            Line(
                "P4.3",
                "Young inspectors to visit each children's home",
                "Participation Officer",
                "March 2027",
                Fill.GREEN,
                "Six young people trained",
            ),
        ),
    ),
)
