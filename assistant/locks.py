"""Locks on files: one writer in a data folder, and short exclusive openings of the index."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from assistant.errors import StoreBusy, StoreError

_WRITE_LOCK = "write.lock"
WAY: ContextVar[Callable[[], None]] = ContextVar("WAY", default=lambda: None)
"""What work that may take long calls between its steps, so that what is short may go first."""


@contextmanager
def write_lock(data_dir: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the one right to write in a data folder, which is made where there is none.

    Raises: StoreBusy when another process holds it for longer than `wait_seconds`; StoreError where the folder
    cannot be written.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(data_dir, error) from error
    with hold(data_dir / _WRITE_LOCK, wait_seconds):
        yield


@contextmanager
def hold(lock: Path, wait_seconds: float) -> Iterator[None]:
    """Hold a lock. It is let go when the process ends, however it ends. Not to be taken twice in one thread.

    Raises: StoreBusy, StoreError as `write_lock`.
    """
    from filelock import FileLock, Timeout

    held = FileLock(lock)
    try:
        held.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise StoreBusy(
            f'Another load is writing to "{lock.parent}"; waited {wait_seconds:g} seconds for it. Try again when it '
            "has ended; PLAN_ASSISTANT_LOCK_WAIT_SECONDS says how long to wait."
        ) from error
    except OSError as error:
        raise _unwritable(lock.parent, error) from error
    try:
        yield
    finally:
        held.release()


def is_full(error: BaseException) -> bool:
    """Whether something failed because there is no room left on a disk."""
    told = "disk is full" in str(error) or "No space left" in str(error)
    if told or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return True
    return error.__cause__ is not None and is_full(error.__cause__)


def _unwritable(data_dir: Path, error: OSError) -> StoreError:
    if is_full(error):
        return StoreError(f'The disk of "{data_dir}" is full. Make room and try again. Nothing was changed.')
    return StoreError(
        f'The data folder "{data_dir}" cannot be written: {error.strerror or error}. Check its permissions, or choose '
        "another with --data-dir."
    )
