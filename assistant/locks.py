"""Locks on files: one writer in a data folder, and short exclusive openings of the index."""

import errno
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from pathlib import Path

from assistant.errors import StoreBusy, StoreError

_WRITE_LOCK = "write.lock"
WAY: ContextVar[Callable[[], None]] = ContextVar("WAY", default=lambda: None)
"""What work that may take long calls between its steps, so that what is short may go first."""


def write_lock(data_dir: Path, wait_seconds: float) -> AbstractContextManager[None]:
    """Hold the one right to write in a data folder, as `hold` does."""
    return hold(data_dir / _WRITE_LOCK, wait_seconds)


@contextmanager
def hold(lock: Path, wait_seconds: float) -> Iterator[None]:
    """Hold a lock, whose folder is made where there is none; it is let go when the process ends, however it ends. Not
    to be taken twice in one thread.

    Raises: StoreBusy when it is held for longer than `wait_seconds`; StoreError where the folder cannot be written."""
    from filelock import FileLock, Timeout

    held, folder = FileLock(lock), lock.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise busy(folder, wait_seconds) from error
    except OSError as error:
        told = (
            f"cannot be written: {error.strerror or error}. Check its permissions, or choose another with --data-dir."
        )
        full = f'The disk of "{folder}" is full. Make room and try again. Nothing was changed.'
        raise StoreError(full if is_full(error) else f'The data folder "{folder}" {told}.') from error
    try:
        yield
    finally:
        held.release()


def busy(place: object, waited: float) -> StoreBusy:
    """That another load holds a place, in words."""
    told = f'Another load is writing to "{place}"; waited {waited:g} seconds for it. Try again when it has ended'
    return StoreBusy(f"{told}; PLAN_ASSISTANT_LOCK_WAIT_SECONDS says how long to wait.")


def is_full(error: BaseException) -> bool:
    """Whether something failed because there is no room left on a disk."""
    told = "disk is full" in str(error) or "No space left" in str(error)
    if told or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return True
    return error.__cause__ is not None and is_full(error.__cause__)
