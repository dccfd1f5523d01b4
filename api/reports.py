"""What readers report as wrong, a line of JSON each, in one file of the data folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assistant.errors import StoreError
from assistant.locks import hold

FILE_NAME = "reports.jsonl"
WORDS_AT_MOST = 1_000
REPORTS_AN_HOUR = 10
_BYTES_AT_MOST = 5_000_000
_WAIT_SECONDS = 5.0


class Problem(StrEnum):
    """What may be wrong with an answer or a row; the value is what a reader chooses."""

    STATUS = "Wrong status or colour"
    OWNER = "Wrong owner"
    DATE = "Wrong date"
    MISSING = "A row is missing"
    EXTRA = "A row should not be there"
    MISREAD = "The question was misunderstood"
    OTHER = "Something else"


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `row` is an action's id, `question` the words that were asked; either may be empty."""

    problem: Problem
    words: str = ""
    row: str = ""
    question: str = ""


def kept(data_dir: Path) -> list[dict[str, str]]:
    """What readers reported, the latest first; a line that cannot be read is left out."""
    try:
        written = (data_dir / FILE_NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f'"{FILE_NAME}" cannot be read: {error.strerror}.') from error
    found = []
    for line in reversed(written):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        found.append({name: str(said.get(name, "")) for name in ("at", "problem", "words", "row", "question")})
    return found


def keep(report: Report, data_dir: Path) -> None:
    """Add a report to the file, with the time in UTC. Nothing of the reader is kept.

    Raises: StoreError where the file is full or cannot be written.
    """
    place = data_dir / FILE_NAME
    line = json.dumps({"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", **asdict(report)}, ensure_ascii=False)
    with hold(data_dir / "reports.lock", _WAIT_SECONDS):
        try:
            if place.exists() and place.stat().st_size > _BYTES_AT_MOST:
                raise StoreError("No more reports can be taken just now. Tell the owner of the plan directly.")
            with place.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            raise StoreError(f'The report could not be kept in "{FILE_NAME}": {error.strerror or error}.') from error
