"""Who owns an action: the cell cut into its owners, each under one name."""

from __future__ import annotations

import pytest

from ingest.fields.owners import OwnerBook

ABBREVIATIONS = {
    "VH": "Virtual Head",
    "SM": "Service Manager",
    "TM": "Team Manager, Children's Social Care",
    "LADO": "Designated Officer",
}
CELLS = ("VH", "V.H", "Virtual Head", "AD People", "ad People", "LADO", "SM", "HFS", "EDCYP", "ADCSC")
BOOK = OwnerBook.of(CELLS, ABBREVIATIONS)


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("VH", ("Virtual Head",)),
        ("V.H", ("Virtual Head",)),
        ("Virtual Head, SM", ("Virtual Head", "Service Manager")),
        ("ad People", ("AD People",)),
        ("AD People & SM", ("AD People", "Service Manager")),
        ("AD People LADO", ("AD People", "LADO")),
        ("SM- LADO", ("Service Manager", "LADO")),
        ("EDCYP/HFS ADCSC", ("EDCYP", "HFS", "ADCSC")),
        ("CSC & EH Management Team", ("CSC & EH Management Team",)),
        ("Head of Safeguarding and Quality Assurance", ("Head of Safeguarding and Quality Assurance",)),
        ("Assistant Director & Service Manager", ("Assistant Director", "Service Manager")),
        ("Team Manager, Children's Social Care", ("Team Manager, Children's Social Care",)),
        ("SM'S CSC & ASC", ("CSC Service Manager", "ASC Service Manager")),
        ("SWs/Managers", ("Social Workers", "Managers")),
        ("Lead: Head of HR; Support: Finance Officer", ("Head of HR", "Finance Officer")),
        ("Jane Smith / Head of Service", ("Jane Smith", "Head of Service")),
        ("TBC", ()),
        ("", ()),
    ],
)
def test_owners_of_a_cell(cell: str, owners: tuple[str, ...]) -> None:
    assert BOOK.owners(cell) == owners


def test_shouting_is_not_kept_where_another_spelling_is_at_hand() -> None:
    assert OwnerBook.of(("MANAGERS", "MANAGERS", "Managers"), {}).owners("MANAGERS") == ("Managers",)
