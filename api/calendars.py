"""Calendars of what falls due, each at a private address that can be withdrawn. Only a hash of an address is kept."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar as ICalendar
from icalendar import Event

from api.filters import RowFilters, condition_of
from api.private import write_private
from api.roles import How, Person, Role
from assistant import Assistant
from assistant.errors import RecordNotFound, SettingsError, StoreError
from assistant.locks import hold
from assistant.records import Action, DuePrecision

FILE_NAME = "calendars.json"
_LOCK, _WAIT_SECONDS = "calendars.lock", 10.0


@dataclass(frozen=True, slots=True)
class Calendar:
    """One calendar: whose actions it holds, and what it may show. Moments are ISO, in UTC; `ended` where withdrawn."""

    name: str
    role: Role
    hash: str
    owner: str | None
    section: str | None
    plan: str | None
    made: str
    ended: str = ""


def calendars_of(data_dir: Path) -> list[Calendar]:
    """Every calendar, withdrawn ones too. Raises: StoreError where the file cannot be read."""
    try:
        held = json.loads((data_dir / FILE_NAME).read_text(encoding="utf-8"))
        return [Calendar(**{**one, "role": Role(one["role"])}) for one in held]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"{data_dir / FILE_NAME} cannot be read: {error}. No calendar holds until it is mended."
        ) from error


def make_calendar(data_dir: Path, name: str, role: Role, filters: RowFilters) -> str:
    """Make a calendar and give the path of its address, which is told this once.

    Raises: SettingsError where the name is in use.
    """
    secret = secrets.token_urlsafe(32)
    with hold(data_dir / _LOCK, _WAIT_SECONDS):
        held = calendars_of(data_dir)
        if any(one.name == name and not one.ended for one in held):
            raise SettingsError(f'There is a calendar "{name}" already. Withdraw it first, or choose another name.')
        made = Calendar(name, role, _hash(secret), filters.owner, filters.section, filters.plan, _now())
        _write(data_dir, [*held, made])
    return f"/calendar/{secret}.ics"


def withdraw_calendar(data_dir: Path, name: str) -> None:
    """Make a calendar's address hold no longer, at once. Raises: SettingsError where no calendar of this name holds."""
    with hold(data_dir / _LOCK, _WAIT_SECONDS):
        held = calendars_of(data_dir)
        if not any(one.name == name and not one.ended for one in held):
            raise SettingsError(f'No calendar "{name}" holds. List them: plan-assistant calendar')
        _write(data_dir, [replace(one, ended=_now()) if one.name == name and not one.ended else one for one in held])


def calendar_at(data_dir: Path, secret: str) -> Calendar:
    """The calendar at an address. Raises: RecordNotFound where there is none, or it was withdrawn."""
    given = _hash(secret)
    found = next((one for one in calendars_of(data_dir) if secrets.compare_digest(one.hash, given)), None)
    if found is None or found.ended:
        raise RecordNotFound("There is no calendar at this address, or it was withdrawn. Ask whoever gave it to you.")
    return found


def as_ics(calendar: Calendar, assistant: Assistant, public_url: str) -> bytes:
    """The open, dated actions of a calendar as RFC 5545 writes them: all-day events with a UID that stays."""
    audience = Person(calendar.name, calendar.role, How.KEY).audience
    filters = RowFilters(owner=calendar.owner, section=calendar.section, plan=calendar.plan)
    sources = assistant.register.sources(audience)
    found = assistant.due(condition_of(filters, sources, datetime.now(UTC).date()), audience=audience)
    desk = assistant.desk(audience)
    loaded = {source.document: source.loaded_at for source in sources}
    made = ICalendar()
    made.add("prodid", "-//plan-assistant//due//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Plan actions due: {calendar.name}")
    made.add("x-wr-caldesc", f"{len(found.undated)} open actions without a date are left out.")
    for row in found.dated:
        made.add_component(
            _event(row, desk.first_ids.get(row.id, row.id), loaded[row.document], lambda path: f"{public_url}{path}")
        )
    return bytes(made.to_ical())


def _event(row: Action, uid: str, loaded_at: str, link: Callable[[str], str]) -> Event:
    event = Event()
    assert row.due is not None
    event.add("uid", f"{uid}@plan-assistant")
    event.add("dtstamp", datetime.fromisoformat(loaded_at).astimezone(UTC) if loaded_at else datetime.now(UTC))
    event.add("dtstart", row.due)
    event.add("dtend", row.due + timedelta(days=1))
    month = "" if row.due_precision is DuePrecision.DAY else f" (by the end of {row.due:%B %Y})"
    event.add("summary", f"{f'{row.ref}: ' if row.ref else ''}{' '.join(row.action.split())}{month}")
    told = [row.plan, f"Owner: {row.owner or 'not recorded'}", f"Due as written: {row.due_text or row.due.isoformat()}"]
    told.append(f"State: {row.status_text or row.status.value.replace('_', ' ')}")
    event.add("description", "\n".join(told))
    event.add("url", link(f"/row/{row.id}"))
    event.add("transp", "TRANSPARENT")
    return event


def _write(data_dir: Path, calendars: list[Calendar]) -> None:
    write_private(data_dir / FILE_NAME, json.dumps([asdict(one) for one in calendars], indent=1).encode())


def _hash(secret: str) -> str:
    """An address holds 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
