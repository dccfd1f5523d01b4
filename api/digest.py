"""Digests by mail of what falls due: who gets what stands in `digests.toml` in the data folder; nobody by default.

```toml
[[digest]]
to = ["a.clerk@fenbridge.example"]
owner = "Service Manager"   # whose actions; all where nothing is said
within = 14                 # days ahead
role = "officer"            # what the digest may show; public where nothing is said
```
"""

from __future__ import annotations

import hashlib
import json
import smtplib
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.filter_words import counted, day_words
from api.filters import RowFilters, condition_of
from api.private import write_private
from api.roles import How, Person, Role
from assistant import Assistant
from assistant.due import FallingDue
from assistant.errors import SettingsError, StoreError
from assistant.locks import hold
from assistant.records import Action
from assistant.settings import Settings

FILE_NAME, SENT = "digests.toml", "digests-sent.json"
_SECONDS, _HERE = 30, "http://127.0.0.1:8000"


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


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one address; its `id` is the same for the same digest in the same week."""

    id: str
    to: str
    message: EmailMessage


def digests_of(data_dir: Path) -> list[Digest]:
    """Who gets what; nobody where there is no file. Raises: SettingsError, which says what is wrong in the file."""
    path = data_dir / FILE_NAME
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).digest
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}. Mend it; nothing was sent.") from error
    except ValidationError as error:
        faults = "; ".join(f"{' '.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise SettingsError(f"{path}: {faults}. Mend it; nothing was sent.") from error


def letters(assistant: Assistant, settings: Settings, as_of: date) -> list[Letter]:
    """The messages of this week, one an address; none where a digest has nothing that is late or falls due."""
    made: list[Letter] = []
    for digest in digests_of(settings.data_dir):
        audience = Person("digest", digest.role, How.KEY).audience
        filters = RowFilters(owner=digest.owner, section=digest.section)
        where = condition_of(filters, assistant.register.sources(audience), as_of)
        found = assistant.due(where, digest.within, as_of, audience)
        if not found.dated:
            continue
        for to in digest.to:
            week = "-".join(map(str, as_of.isocalendar()[:2]))
            key = hashlib.sha256(json.dumps([week, to, digest.model_dump(mode="json")]).encode()).hexdigest()[:32]
            made.append(Letter(key, to, _message(key, to, digest, found, settings)))
    return made


def _message(key: str, to: str, digest: Digest, found: FallingDue, settings: Settings) -> EmailMessage:
    whose = digest.owner or digest.section or "all plans"
    message = EmailMessage()
    message["From"], message["To"] = settings.mail_from, to
    message["Subject"] = f"Plan actions for {whose}: {len(found.late)} late, {len(found.coming)} due"
    message["Message-ID"] = f"<{key}@plan-assistant>"
    message["Date"] = datetime.now(UTC)
    message["Auto-Submitted"] = "auto-generated"
    parts = [
        (f"Late on {day_words(found.as_of)}", found.late),
        (f"Due in the next {counted(digest.within, 'day')}", found.coming),
    ]
    undated = f"{counted(len(found.undated), 'open action')} without a date left out." if found.undated else ""
    text = [f"{head}\n" + "\n".join(f"- {_line(row, settings)}" for row in rows) for head, rows in parts if rows]
    message.set_content("\n\n".join([*text, *([undated] if undated else [])]))
    html = [
        f"<h2>{escape(head)}</h2><ul>{''.join(f'<li>{_marked(row, settings)}</li>' for row in rows)}</ul>"
        for head, rows in parts
        if rows
    ]
    message.add_alternative(f"<html><body>{''.join(html)}<p>{escape(undated)}</p></body></html>", subtype="html")
    return message


def _line(row: Action, settings: Settings) -> str:
    words = f"{row.ref or ''} {' '.join(row.action.split())}".strip()
    return f"{words} – due {row.due_text or row.due} ({row.plan})\n  {settings.public_url or _HERE}/row/{row.id}"


def _marked(row: Action, settings: Settings) -> str:
    words = f"{row.ref or ''} {' '.join(row.action.split())}".strip()
    link = f"{settings.public_url or _HERE}/row/{row.id}"
    due = escape(row.due_text or str(row.due))
    return f'<a href="{escape(link)}">{escape(words)}</a> – due {due} ({escape(row.plan)})'


def send(found: list[Letter], settings: Settings) -> list[str]:
    """Send what was not sent yet; what became of each message, in words. No message is ever sent twice: one of which
    it is not known whether it arrived is not sent again.

    Raises: SettingsError without a server; StoreError where the record of what was sent cannot be kept.
    """
    if settings.smtp_url is None:
        raise SettingsError("PLAN_ASSISTANT_SMTP_URL names no server, so nothing was sent. Set it, or use --dry-run.")
    told: list[str] = []
    with hold(settings.data_dir / "digests.lock", _SECONDS):
        sent = _sent(settings.data_dir)
        for letter in found:
            told.append(f"{letter.to}: {_one(letter, sent, settings)}")
    return told


def _one(letter: Letter, sent: dict[str, str], settings: Settings) -> str:
    known = sent.get(letter.id)
    if known:
        doubt = "it may have been sent" if known.startswith("sending") else "sent already"
        return f"{doubt} on {known.split()[-1]}; not sent again"
    try:
        server = _server(settings)
    except (OSError, smtplib.SMTPException) as error:
        return f"not sent, because the mail server cannot be used ({error}); it will be tried again by the next run"
    with server:
        sent[letter.id] = f"sending {datetime.now(UTC).isoformat(timespec='seconds')}"
        _keep(settings.data_dir, sent)
        try:
            server.send_message(letter.message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            del sent[letter.id]
            _keep(settings.data_dir, sent)
            return f"not sent, because the mail server refused it ({error})"
        except (OSError, smtplib.SMTPException) as error:
            return f"the connection broke ({error}); it may have arrived, and is not sent again this week"
        sent[letter.id] = sent[letter.id].removeprefix("sending ")
        _keep(settings.data_dir, sent)
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


def _sent(data_dir: Path) -> dict[str, str]:
    try:
        held = json.loads((data_dir / SENT).read_text(encoding="utf-8"))
        return {str(key): str(value) for key, value in held.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise StoreError(f"{data_dir / SENT} cannot be read: {error}. Nothing was sent; mend it first.") from error


def _keep(data_dir: Path, sent: dict[str, str]) -> None:
    write_private(data_dir / SENT, json.dumps(sent, indent=1).encode())
