"""One committed state for as many reads as an answer takes, on either database, whoever writes meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine

_HELD: ContextVar[tuple[OneState, ...]] = ContextVar("states", default=())


def reading(engine: Engine) -> Connection:
    """A new connection whose transaction only reads, and sees one state from its first read on."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.connect()


class OneState:
    """A transaction that is opened by the first read and closed by whoever holds the state."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.notes: dict[str, str] = {}
        """What the register says of this state, once it was asked."""
        self._connection: Connection | None = None
        self._using = threading.RLock()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """The connection, for one thread at a time."""
        with self._using:
            if self._connection is None:
                self._connection = reading(self.engine)
            yield self._connection

    def let_go(self) -> None:
        """End the transaction; the next read begins another, of the state of that moment."""
        with self._using:
            self.notes = {}
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def held_of(engine: Engine) -> OneState | None:
    """The state that this thread, or the request that it works for, holds of a database."""
    return next((one for one in _HELD.get() if one.engine is engine), None)


@contextmanager
def one_state(engine: Engine) -> Iterator[OneState]:
    """Hold one state of a database: every read inside sees it. Inside another holding of it, the outer one counts."""
    if outer := held_of(engine):
        yield outer
        return
    own = OneState(engine)
    token = _HELD.set((*_HELD.get(), own))
    try:
        yield own
    finally:
        _HELD.reset(token)
        own.let_go()
