"""The settings of the program: each from an environment variable `PLAN_ASSISTANT_<NAME>`, with a default."""

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from assistant.errors import SettingsError

PREFIX = "PLAN_ASSISTANT_"
_NEEDED = {
    "local": (),
    "proxy": ("proxy_addresses", "proxy_secret"),
    "oidc": ("oidc_issuer", "oidc_client_id", "public_url"),
}
"""The settings that each way of signing in cannot do without."""


class Settings(BaseModel):
    """Every setting, checked when it is read. An unknown one is refused, so that a slip of the pen is not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data_dir: Path = Path("data")
    """Folder of the register and of the index."""
    database_url: str | None = None
    """Where the register is, when it is not the SQLite file in the data folder: a SQLAlchemy URL."""
    lock_wait_seconds: float = Field(default=20.0, ge=0)
    """How long a load waits for another load to end before it is refused."""

    embedding_model: Path | None = None
    """Folder of a sentence-transformers model; by default the one that is installed as a package."""
    embedding_threads: int = Field(default=0, ge=0)
    """Threads of one embedding; 0 is one for a question and all processors for a load."""

    model: str | None = None
    """A language model as LangChain names it, "provider:model"; without one, answers are worded by rules alone."""
    model_base_url: str | None = None
    """Where the model is served, when that is not its provider's own place: a local server."""
    model_api_key: SecretStr | None = None
    model_timeout_seconds: float = Field(default=30.0, gt=0)

    question_chars: int = Field(default=2_000, ge=1)
    """The longest question that is taken."""

    host: str = "127.0.0.1"
    """The address that the server listens on; `serve --host` wins over it."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes of the server; each opens the one register."""
    requests_per_minute: int = Field(default=3_000, ge=1)
    """What one client may ask of one worker before it is told to wait."""
    request_bytes: int = Field(default=1_000_000, ge=1)
    """The longest body of a request, save of an upload, which `file_bytes` limits."""
    uploads: Literal["owner", "nobody"] = "owner"
    """Who may send plans to the server: readers in the role of owner, or nobody."""
    answers_at_once: int = Field(default=3, ge=1)
    """How many requests one worker works on at once; the others wait their turn."""
    log_questions: bool = False
    """Whether the log of requests holds what was asked."""
    frame_ancestors: str = Field(default="'self'", pattern=r"^[\w:/.*' -]+$")
    """The sites that may show the pages in a frame, as Content-Security-Policy writes them."""

    audit_questions: Literal["off", "counts", "full"] = "counts"
    """What the account holds of questions: nothing, their length with the ids of rows, or their words."""
    audit_days: int = Field(default=730, ge=31)
    """How long the account is kept; whole months that ended before that are erased."""
    audit_hold: bool = False
    """Whether nothing of the account is erased, because the law says so just now."""
    sign_in: Literal["local", "proxy", "oidc"] = "local"
    """How readers are known: by the token that `serve` prints, by headers of one proxy, or by OpenID Connect."""
    token: SecretStr | None = None
    """The token that makes its holder the owner, with `local`; made anew at each start where none is set."""
    public_url: str | None = Field(default=None, pattern=r"^https?://[^/?#\s]+$")
    """Where readers open the pages, such as https://plans.example.gov.uk; needed by `oidc`."""
    session_idle_minutes: int = Field(default=60, ge=1)
    session_hours: int = Field(default=12, ge=1)
    """When a sign-in ends: after so long without a request, and after so long in all."""
    proxy_addresses: str = ""
    """With `proxy`: the addresses or networks from which its headers are believed, with commas between."""
    proxy_secret: SecretStr | None = None
    """With `proxy`: what its header X-Plan-Assistant-Secret must hold."""
    proxy_user_header: str = Field(default="X-Forwarded-User", pattern=r"^[A-Za-z0-9-]+$")
    proxy_groups_header: str = Field(default="X-Forwarded-Groups", pattern=r"^[A-Za-z0-9-]+$")
    oidc_issuer: str | None = Field(default=None, pattern=r"^https?://")
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name_claim: str = "email"
    """The claim that is a person's name in access.toml; an e-mail address counts only where it is verified."""
    oidc_groups_claim: str = "groups"

    smtp_url: SecretStr | None = None
    """Where digests are sent: smtp://user:password@host:587, or smtps:// for TLS from the first byte."""
    mail_from: str = "plan-assistant@localhost"
    """The address that digests come from."""
    mcp: bool = False
    """Whether other programs' models may ask at /mcp, with the rights of their keys."""
    chat_api: bool = False
    """Whether other programs may ask at /v1/chat/completions, with the rights of their keys."""

    safeguarding_contact: str = Field(default="", max_length=300)
    """Whom a reader tells who is worried about a child, such as "Fenbridge MASH, 01632 960001": said in refusals."""

    transparency_record: str | None = Field(default=None, pattern=r"^https://")
    """Where the organisation published its algorithmic transparency record of this service."""

    file_bytes: int = Field(default=100_000_000, ge=1)
    archive_entries: int = Field(default=5_000, ge=1)
    unpacked_bytes: int = Field(default=400_000_000, ge=1)
    archive_ratio: int = Field(default=250, ge=1)
    nesting: int = Field(default=200, ge=1)
    pages: int = Field(default=2_000, ge=1)
    cells: int = Field(default=1_000_000, ge=1)
    read_seconds: float = Field(default=180.0, gt=0)
    read_memory_bytes: int = Field(default=2_500_000_000, ge=1)
    """The most that one file may hold or cost; see ingest/readers/job.py."""

    @field_validator("proxy_addresses")
    @classmethod
    def _networks(cls, given: str) -> str:
        for one in given.split(","):
            if one.strip():
                ip_network(one.strip())
        return given

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed = _NEEDED[self.sign_in]
        missing = [PREFIX + name.upper() for name in needed if not getattr(self, name)]
        if missing:
            raise ValueError(f"{PREFIX}SIGN_IN={self.sign_in} needs {' and '.join(missing)}")
        return self


def read_settings(**given: Any) -> Settings:
    """The settings of this environment; a value given by name, unless it is None, wins over its variable.

    Raises: SettingsError, which names the setting."""
    known = {PREFIX + name.upper(): name for name in Settings.model_fields}
    named = {name: value for name, value in os.environ.items() if name.upper().startswith(PREFIX)}
    if unknown := sorted(name for name in named if name.upper() not in known):
        raise SettingsError(f"Unknown setting {unknown[0]}. Known settings: {', '.join(sorted(known))}.")
    set_here = {known[name.upper()]: value for name, value in named.items() if value}
    try:
        return Settings(**(set_here | {name: value for name, value in given.items() if value is not None}))
    except ValidationError as error:
        raise SettingsError("; ".join(_words(fault) for fault in error.errors())) from error


def _words(fault: Any) -> str:
    if not fault["loc"]:
        return str(fault["msg"]).removeprefix("Value error, ") + "."
    told = f'{PREFIX}{str(fault["loc"][0]).upper()} is "{fault["input"]}", which cannot be used: {fault["msg"]}'
    return f"{told}. Change it, or unset it for the default."
