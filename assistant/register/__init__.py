"""The register of actions in SQL: see `Register`."""

from assistant.register.changes import Held, LoadChange
from assistant.register.engine import FILE_NAME
from assistant.register.rights import FEW, rounded
from assistant.register.store import Register, database_place

__all__ = ["FEW", "FILE_NAME", "Held", "LoadChange", "Register", "database_place", "rounded"]
