"""Tables beside a plan that state no actions: none becomes one, in any words, and each is accounted for by its kind."""

from __future__ import annotations

import pytest

from assistant.records import ReadAs
from tests.ingest.books import word, workbook
from tests.ingest.understood import understood

PLAN = """# Fenbridge Council Harbour Plan 2026

## Our actions

| No | Action | Owner | Deadline | Status |
|---|---|---|---|---|
| 1 | Recruit two pilots | Head of Harbour | 30 June 2026 | In progress |
| 2 | Publish the tide table | Comms Lead | 31 July 2026 | Not started |
"""
OTHERS: dict[str, tuple[ReadAs | None, tuple[str, ...]]] = {
    "money": (ReadAs.BUDGET, ("Item / Lead / 2026/27 / 2027/28", "Pilots / Head of Harbour / £240,000 / £250,000")),
    "spend": (ReadAs.BUDGET, ("Service / Budget / Forecast / Variance", "Lights / £4.2m / £4.35m / £0.15m")),
    "targets": (
        ReadAs.MEASURES,
        ("KPI / Lead / Target / Due / Actual", "Boats on time / Mate / 60% / March 2027 / 41%"),
    ),
    "rated": (ReadAs.MEASURES, ("Indicator / Target / Actual / RAG / Lead", "Boats on time / 60% / 41% / Red / Mate")),
    "years": (ReadAs.MEASURES, ("Measure / 2024 / 2025 / England", "Boats on time / 40% / 41% / 50%")),
    "risks": (
        ReadAs.RISKS,
        ("Risk / Owner / RAG / Mitigation / Review date", "Fog / Mate / Red / Horn / 30 June 2026"),
    ),
    "meetings": (ReadAs.MEETINGS, ("Meeting / Date / Venue / Chair", "Harbour Board / 14 May 2026 / Room 1 / Mate")),
    "agenda": (ReadAs.MEETINGS, ("Item / Lead / Time", "Minutes of last meeting / Chair / 10:00")),
    "people": (ReadAs.PEOPLE, ("Name / Job title / Email", "Asha Bell / Harbour Master / a.bell@fenbridge.example")),
    "changes": (
        ReadAs.CHANGES,
        ("Version / Date / Author / Summary of changes", "0.1 / 1 May 2026 / Mate / First draft"),
    ),
    "decisions": (ReadAs.OTHER, ("Decision / Date / Agreed by", "Fund two posts / 3 May 2026 / Harbour Board")),
    "assumptions": (ReadAs.OTHER, ("No / Assumption / Owner / Status", "1 / Grant goes on / Director / Open")),
    "history": (None, ("Inspection / Date / Judgement", "Lights / March 2024 / Good")),
    "courses": (None, ("Course / Date / Places / Attended", "Knots / 12 May 2026 / 30 / 28")),
    "contracts": (None, ("Service / Provider / Contract end / Value", "Buoys / Float Ltd / 31 May 2027 / £80,000")),
    "policies": (None, ("Policy / Owner / Last reviewed / Next review", "Mooring / Mate / May 2024 / May 2027")),
    "visits": (None, ("Visit / Date / Member / What was seen", "North pier / 12 May 2026 / Cllr Webb / Calm sea")),
    "messages": (None, ("Audience / Message / Channel / When", "Skippers / Plan is published / Radio / June 2026")),
    "replies": (
        ReadAs.OTHER,
        ("Question / What they said / Our response / Who", "Is it safe? / Add a rail / We agree / Mate"),
    ),
    "comments": (None, ("Respondent / Date / Comment / Response", "Skippers / 3 May 2026 / Add a rail / Noted")),
    "parts": (ReadAs.OTHER, ("Part / Owner / Page", "Keep boats safe / Harbour Master / 4")),
    "groups": (ReadAs.OTHER, ("Group / Likely effect / What we will look at / Lead", "Anglers / None / Counts / Mate")),
    "words": (ReadAs.OTHER, ("Word / What it means / Who uses it", "Berth / Tie up a boat / Pilots")),
    "held": (
        ReadAs.RISKS,
        ("Description of risk / Who holds it / Rating / What we do about it", "Fog / Mate / High / Horn"),
    ),
    "threats": (
        ReadAs.RISKS,
        ("Threat / Chance / Effect / Response / Lead / Due", "Fog / High / High / Add a horn / Mate / May 2026"),
    ),
    "cuts": (
        ReadAs.BUDGET,
        ("Ref / Proposal / Owner / Amount £000 / By when", "S1 / Share a crane / Mate / 45 / May 2027"),
    ),
    "lessons": (ReadAs.OTHER, ("Course title / For / When / Status", "Tie with care / Mates / June 2026 / Booked")),
    "offers": (
        None,
        ("Programme / Audience / Delivered by / Dates", "Lead with courage / Mates / Pilot Lead / May 2026"),
    ),
    "issues": (None, ("Issue / Date / Changed by / Summary", "1 / 1 March 2026 / Mate / Add dates")),
    "events": (None, ("Event / Date / Who attends", "Launch the boat / 4 May 2026 / All staff")),
    "held papers": (
        None,
        ("Title / Version / Approved / Review due / Owner", "Mooring rules / 3 / May 2025 / May 2027 / Mate"),
    ),
    "steps": (None, ("Date / Milestone / Status", "March 2025 / Survey / Complete")),
    "planned": (None, ("Date / Item / Presenter / Purpose", "4 May 2026 / Review of moorings / Mate / Decision")),
    "spends": (
        ReadAs.BUDGET,
        (
            "What we invest in / 2025/26 £k / 2026/27 £k / Lead / When it starts",
            "Mend the pier / 12 / 24 / Mate / May 2026",
        ),
    ),
    "revisions": (ReadAs.CHANGES, ("Revision / When / What / Who", "2 / 3 May 2026 / Review the lights / Mate")),
    "editions": (
        ReadAs.CHANGES,
        ("Edition / Date / What changed / Who / Status", "2 / 3 May 2026 / Add a pier / Mate / Approved"),
    ),
    "copies": (ReadAs.PEOPLE, ("Copy to / For / By", "Harbour Board / Approve the plan / 3 May 2026")),
    "contacts": (
        ReadAs.PEOPLE,
        ("Who to contact / About what / How / When", "Harbour Master / Report a leak / By phone / Any time"),
    ),
    "present": (
        None,
        ("Attendee / From / Attended / Notes", "Asha Bell / Harbour Trust / Yes / Ask a deputy next time"),
    ),
    "terms": (ReadAs.OTHER, ("Phrase / Explanation / Owner", "Piloting / Guide a boat in / Mate")),
    "audits": (None, ("Month / Theme of audit / Cases / Good", "June 2026 / Ropes / 20 / 11")),
}


def table(lines: tuple[str, ...]) -> str:
    cells = [line.split(" / ") for line in lines]
    cells.insert(1, ["---"] * len(cells[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (*cells, cells[-1]))


@pytest.mark.parametrize(("kind", "lines"), OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("heading", ["\n## What else\n\n", "\n\n\n"])
def test_other_tables_state_no_actions(kind: ReadAs | None, lines: tuple[str, ...], heading: str) -> None:
    found = understood(PLAN + heading + table(lines) + "\n")
    assert [action.ref for action in found.actions] == ["1", "2"]
    first, second = found.tables
    assert (first.read_as, second.rows) == (ReadAs.ACTIONS, 2)
    assert second.read_as is kind or (kind is None and second.read_as is not ReadAs.ACTIONS)
    assert second.header == tuple(lines[0].split(" / "))
    assert second.lines[0].cells == tuple(lines[1].split(" / "))


@pytest.mark.parametrize("lines", [lines for _, lines in OTHERS.values()], ids=OTHERS)
def test_other_tables_state_no_actions_in_workbooks_and_word_files(lines: tuple[str, ...]) -> None:
    plan = [row.strip("| ").split(" | ") for row in PLAN.splitlines() if row.startswith("| ")]
    other = [line.split(" / ") for line in (*lines, lines[-1])]
    for found in (
        workbook(Plan=plan, Other=other),
        word("Our actions", plan, "What else", other),
        workbook(Other=other),
    ):
        assert [action.ref for action in found.actions] in (["1", "2"], [])
        assert sum(read.read_as is ReadAs.ACTIONS for read in found.tables) == bool(found.actions)


def test_a_table_without_a_header_under_a_new_heading_goes_on_where_its_cells_are_of_the_same_kinds() -> None:
    more = "\n## More\n\n| 3 | Paint the crane | Mate | 31 August 2026 | Not started |\n"
    assert [action.ref for action in understood(PLAN + more).actions] == ["1", "2", "3"]
