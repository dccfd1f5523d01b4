"""The register of actions in SQL: see `Register`."""

from assistant.register.engine import FILE_NAME, database_place
from assistant.register.store import Register
from assistant.register.tables import FEW, rounded
from assistant.register.writing import Held, LoadChange

__all__ = ["FEW", "FILE_NAME", "Held", "LoadChange", "Register", "database_place", "rounded"]
