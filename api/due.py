"""What falls due for readers of other programs: calendars at private addresses, and digests by mail.

Who gets which digest stands in `digests.toml` in the data folder, nobody by default; README.md of this folder shows its
form."""

import hashlib
import json
import smtplib
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from icalendar import Calendar as ICalendar
from icalendar import Event
from pydantic import BaseModel, ConfigDict, Field

from api.filters import RowFilters, due_of
from api.here import as_text
from api.roles import CALENDARS, How, Person, Role, read_toml, write_private
from api.words import counted
from assistant import Assistant
from assistant.errors import RecordNotFound, SettingsError, StoreError
from assistant.locks import hold
from assistant.query_plan_words import british
from assistant.records import Action, DuePrecision
from assistant.settings import Settings

FILE_NAME, SENT = "digests.toml", "digests-sent.json"
_SECONDS = 30


def as_ics(secret: str, data_dir: Path, assistant: Assistant, public_url: str) -> bytes:
    """The open, dated actions of the calendar at an address as RFC 5545 writes them: all-day events with a UID that
    stays. Raises: RecordNotFound where there is none, or it was withdrawn."""
    calendar = CALENDARS.held_by(data_dir, secret)
    if calendar is None:
        raise RecordNotFound("There is no calendar at this address, or it was withdrawn. Ask whoever gave it to you.")
    audience = Person(calendar.name, calendar.role, How.KEY).audience
    filters = RowFilters(owner=calendar.owner, section=calendar.section, plan=calendar.plan)
    found, desk = due_of(assistant, audience, filters), assistant.desk(audience)
    loaded = {source.document: source.loaded_at for source in assistant.register.sources(audience)}
    left_out = f"{len(found.undated)} open actions without a date are left out."
    made, name = ICalendar(), f"Plan actions due: {calendar.name}"
    said = {"prodid": "-//plan-assistant//due//EN", "version": "2.0", "method": "PUBLISH"}
    for key, value in {**said, "x-wr-calname": name, "x-wr-caldesc": left_out}.items():
        made.add(key, value)
    for row in found.dated:
        made.add_component(_event(row, desk.first_ids.get(row.id, row.id), loaded[row.document], public_url))
    return bytes(made.to_ical())


def _event(row: Action, uid: str, loaded_at: str, public_url: str) -> Event:
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
    event.add("url", f"{public_url}/row/{row.id}")
    event.add("transp", "TRANSPARENT")
    return event


# ---------------------------------------------------------------- digests


class Digest(BaseModel):
    """Who gets which actions."""

    model_config = ConfigDict(extra="forbid")

    to: list[str] = Field(min_length=1)
    owner: str | None = None
    section: str | None = None
    within: int = Field(default=14, ge=0, le=3650)
    role: Role = Role.PUBLIC


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    digest: list[Digest] = []


def id_of(letter: EmailMessage) -> str:
    """What is the same for the same digest to the same address in the same week."""
    return str(letter["Message-ID"]).strip("<>").partition("@")[0]


def letters(assistant: Assistant, settings: Settings, as_of: date) -> list[EmailMessage]:
    """The messages of this week, each to one address; none where a digest has nothing that is late or falls due.

    Raises: SettingsError, which says what is wrong in the file."""
    made: list[EmailMessage] = []
    for digest in read_toml(settings.data_dir / FILE_NAME, _File, "nothing was sent").digest:
        audience = Person("digest", digest.role, How.KEY).audience
        filters = RowFilters(owner=digest.owner, section=digest.section, as_of=as_of)
        found = due_of(assistant, audience, filters, digest.within)
        parts = [
            (f"Late on {british(found.as_of)}", found.late),
            (f"Due in the next {counted(digest.within, 'day')}", found.coming),
        ]
        undated = f"{counted(len(found.undated), 'open action')} without a date left out." if found.undated else ""
        said = {"parts": parts, "undated": undated, "base": settings.public_url or "http://127.0.0.1:8000"}
        about = f"{digest.owner or digest.section or 'all plans'}: {len(found.late)} late, {len(found.coming)} due"
        for to in digest.to if found.dated else ():
            week = "-".join(map(str, as_of.isocalendar()[:2]))
            key = hashlib.sha256(json.dumps([week, to, digest.model_dump(mode="json")]).encode()).hexdigest()[:32]
            message = EmailMessage()
            message["From"], message["To"] = settings.mail_from, to
            message["Subject"] = f"Plan actions for {about}"
            message["Message-ID"] = f"<{key}@plan-assistant>"
            message["Date"] = datetime.now(UTC)
            message["Auto-Submitted"] = "auto-generated"
            message.set_content(as_text("digest.txt", **said))
            message.add_alternative(as_text("digest.html", **said), subtype="html")
            made.append(message)
    return made


def send(found: list[EmailMessage], settings: Settings) -> list[str]:
    """Send what was not sent yet; what became of each message, in words. No message is ever sent twice: one of which
    it is not known whether it arrived is not sent again.

    Raises: SettingsError without a server; StoreError where the record of what was sent cannot be kept."""
    if settings.smtp_url is None:
        raise SettingsError("PLAN_ASSISTANT_SMTP_URL names no server, so nothing was sent. Set it, or use --dry-run.")
    place = settings.data_dir / SENT
    with hold(settings.data_dir / "digests.lock", _SECONDS):
        try:
            held = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
            sent = {str(key): str(value) for key, value in held.items()}
        except (OSError, ValueError, AttributeError) as error:
            raise StoreError(f"{place} cannot be read: {error}. Nothing was sent; mend it first.") from error
        return [f"{letter['To']}: {_one(letter, sent, settings)}" for letter in found]


def _one(letter: EmailMessage, sent: dict[str, str], settings: Settings) -> str:
    def keep() -> None:
        write_private(settings.data_dir / SENT, json.dumps(sent, indent=1).encode())

    key = id_of(letter)
    known = sent.get(key)
    if known:
        doubt = "it may have been sent" if known.startswith("sending") else "sent already"
        return f"{doubt} on {known.split()[-1]}; not sent again"
    try:
        server = _server(settings)
    except (OSError, smtplib.SMTPException) as error:
        return f"not sent, because the mail server cannot be used ({error}); it will be tried again by the next run"
    with server:
        sent[key] = f"sending {datetime.now(UTC).isoformat(timespec='seconds')}"
        keep()
        try:
            server.send_message(letter)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            del sent[key]
            keep()
            return f"not sent, because the mail server refused it ({error})"
        except (OSError, smtplib.SMTPException) as error:
            return f"the connection broke ({error}); it may have arrived, and is not sent again this week"
        sent[key] = sent[key].removeprefix("sending ")
        keep()
    return "sent"


def _server(settings: Settings) -> smtplib.SMTP:
    assert settings.smtp_url is not None
    parts = urlsplit(settings.smtp_url.get_secret_value())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsError(
            "PLAN_ASSISTANT_SMTP_URL is no address of a mail server. Write smtp://user:password@host:587."
        )
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    server = kind(parts.hostname, parts.port or 0, timeout=_SECONDS)
    if parts.username:
        if parts.scheme == "smtp":
            server.starttls()
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
