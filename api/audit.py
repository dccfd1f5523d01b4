"""An account of who asked for what: lines that are only ever added, each holding the hash of the one before it.

A file a month in `audit/` of the data folder. A line that is changed, left out or put in breaks the chain from there
on, and `plan-assistant audit verify` says where. Whoever can write the folder can also write a whole new chain, so the
last hash is worth keeping elsewhere: `verify` prints it, and finds it again in a chain that has only grown."""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from api.roles import Person
from assistant.errors import StoreError
from assistant.locks import hold
from assistant.settings import Settings

FOLDER = "audit"
BEFORE_ALL = "0" * 64
_WAIT_SECONDS = 10.0
_LONGEST_LINE = 4_000_000


class Act(StrEnum):
    """What was done."""

    ASKED = "asked"
    EXPORTED = "exported"
    UPLOADED = "uploaded"
    SAID = "said of plans"
    """Which documents are versions of one plan, of no other, or were replaced."""
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    REFUSED = "refused"
    ERASED = "erased"
    """Lines older than the settings keep were taken away; `after` is the hash of the last of them."""


@dataclass(slots=True)
class Audit:
    """The account of one data folder. Safe to share between threads and processes."""

    settings: Settings
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _erased: str = ""

    @property
    def folder(self) -> Path:
        return self.settings.data_dir / FOLDER

    def note(self, act: Act, person: Person, **facts: Any) -> None:
        """Add a line. Where it cannot be written the log says so and the reader is served."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with hold(self.folder / "lock", _WAIT_SECONDS):
                self._erase_old()
                self._add(act, person.name, person.role.value, facts)
        except (OSError, StoreError) as error:
            logging.getLogger("plan_assistant").error("the account could not be written: %s", error)

    def _add(self, act: Act, name: str, role: str, facts: dict[str, Any]) -> None:
        at = self.now()
        path = self.folder / f"{at:%Y-%m}.jsonl"
        said = {"at": at.isoformat(timespec="seconds"), "who": name, "role": role, "act": act.value, **facts}
        whole = {**said, "before": _last_hash_of(files[-1]) if (files := _files(self.folder)) else BEFORE_ALL}
        line = {**whole, "hash": _hash(whole)}
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
            file.write(f"{json.dumps(line, ensure_ascii=False)}\n".encode())

    def _erase_old(self) -> None:
        """Take away months that ended before what the settings keep, once a month, unless they are held."""
        month = f"{self.now():%Y-%m}"
        if self._erased == month or self.settings.audit_hold:
            return
        self._erased = month
        oldest = f"{self.now() - timedelta(days=self.settings.audit_days):%Y-%m}"
        old = [path for path in _files(self.folder) if path.stem < oldest]
        if old:
            after = _last_hash_of(old[-1])
            for path in old:
                path.unlink()
            self._add(Act.ERASED, "the service", "owner", {"months": [path.stem for path in old], "after": after})


def _hash(line: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(line, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("????-??.jsonl"))


def _last_hash_of(path: Path) -> str:
    """The hash of the last line of a file. A line that was cut off while it was written is taken away first."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0, size - _LONGEST_LINE)
        file.seek(start)
        whole = file.read()
        end = whole.rfind(b"\n") + 1
        if end < len(whole):
            file.truncate(start + end)
        last = whole[:end].rstrip(b"\n").rpartition(b"\n")[2]
    try:
        return str(json.loads(last)["hash"])
    except (ValueError, KeyError, TypeError):
        return hashlib.sha256(last).hexdigest()


def lines(folder: Path, first: date | None = None, last: date | None = None) -> Iterator[dict[str, Any]]:
    """The lines between two days, in order. Raises: StoreError for one that is no line of an account."""
    for path in _files(folder):
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, start=1):
                try:
                    line = json.loads(text)
                    day = line["at"][:10]
                except (ValueError, KeyError, TypeError) as error:
                    raise StoreError(f"{path.name}, line {number}: this is no line of the account.") from error
                if (not first or day >= first.isoformat()) and (not last or day <= last.isoformat()):
                    yield line | {"place": f"{path.name}, line {number}"}


def verified(folder: Path, known: str = "") -> tuple[int, str]:
    """How many lines hold, and the hash of the last.

    Args: known, a hash that was the last one once, which must still be there.
    Raises: StoreError, which says which line is not as it was written, or what is missing."""
    before, count, begins, found, forgiven = BEFORE_ALL, 0, "", not known, {BEFORE_ALL}
    for line in lines(folder):
        place = line.pop("place")
        own = line.pop("hash", "")
        begins = begins or str(line.get("before"))
        if count and line.get("before") != before:
            raise StoreError(f"{place}: the line before it was changed, left out or put in.")
        if _hash(line) != own:
            raise StoreError(f"{place}: the line was changed after it was written.")
        if line.get("act") == Act.ERASED:
            forgiven.add(str(line.get("after")))
        before, count, found = own, count + 1, found or own == known
    if count and begins not in forgiven:
        raise StoreError("The beginning of the account is missing, and no line says that it was erased.")
    if not found:
        raise StoreError(f"No line has the hash {known}: lines at the end were taken away, or the account is another.")
    return count, before
