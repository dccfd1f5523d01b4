"""Folders that are watched: what is new, changed or gone is loaded once its files are whole, one load at a time."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import watch

from assistant.errors import SourceError, StoreBusy
from assistant.settings import Settings
from ingest.files import find_files
from ingest.load import load
from ingest.manifest import FILE_NAME
from ingest.report import LoadReport

log = logging.getLogger(__name__)
_LOOK_SECONDS, _WAKE_MILLISECONDS = 0.5, 5_000

Stamps = dict[Path, tuple[int, int]]
"""Each file with its length in bytes and the moment of its last change."""

Load = Callable[[Sequence[Path], Settings], LoadReport]


def watching(
    folders: Sequence[Path],
    settings: Settings,
    settle_seconds: float = 3.0,
    poll: bool = False,
    stop: threading.Event | None = None,
    load_paths: Load = load,
) -> Iterator[LoadReport]:
    """Load the folders now and after each change, and give the report of each load, until `stop` is set.

    A load begins when nothing has changed for `settle_seconds`, so that half-written files are left alone; what
    changes while it runs is loaded by the next. A folder that is away, or of which everything is gone at once, as of
    a drive that was cut off, keeps its plans.
    Raises: SourceError where a folder is not there at the start.
    """
    roots = [folder.resolve() for folder in folders]
    for root in roots:
        if not root.is_dir():
            raise SourceError(f"{root}: there is no such folder to watch. Check the name.")
    stop = stop or threading.Event()
    loaded: Stamps = {}
    begun = False
    for _ in _wakes(roots, poll, stop):
        seen = _settled(roots, settle_seconds, stop)
        while seen is not None and (seen != loaded or not begun):
            there = [root for root in roots if _holds(root, seen) or not _holds(root, loaded)]
            for root in (root for root in roots if root not in there):
                log.warning("%s is away or empty. Its plans are kept; load it by name if they are to go.", root)
            try:
                report = load_paths([root for root in there if root.is_dir()], settings)
            except StoreBusy as error:
                log.warning("%s", error)
                break
            kept = {path: stamp for path, stamp in loaded.items() if not any(path.is_relative_to(one) for one in there)}
            loaded, begun = {**kept, **seen}, True
            yield report
            seen = {**kept, **found} if (found := _settled(roots, settle_seconds, stop)) is not None else None


def _holds(root: Path, stamps: Stamps) -> bool:
    return any(path.is_relative_to(root) for path in stamps)


def _wakes(roots: Sequence[Path], poll: bool, stop: threading.Event) -> Iterator[bool]:
    """Wakes at once, after each change below the folders, and every few seconds in any case."""
    while not stop.is_set():
        yield True
        there = [root for root in roots if root.is_dir()]
        if not there:
            stop.wait(_LOOK_SECONDS)
            continue
        try:
            for _ in watch(
                *there, stop_event=stop, force_polling=poll, yield_on_timeout=True, rust_timeout=_WAKE_MILLISECONDS,
                debounce=200, raise_interrupt=False,
            ):  # fmt: skip
                yield True
                if [root for root in roots if root.is_dir()] != there:
                    break
        except OSError as error:
            log.warning("A watched folder cannot be read just now: %s", error)
            stop.wait(_LOOK_SECONDS)


def _settled(roots: Sequence[Path], settle_seconds: float, stop: threading.Event) -> Stamps | None:
    """The files as they are once none has changed for a while; None where the watch ends first."""
    before, since = _stamps(roots), time.monotonic()
    while time.monotonic() - since < settle_seconds:
        if stop.wait(min(_LOOK_SECONDS, settle_seconds / 3)):
            return None
        now = _stamps(roots)
        if now != before:
            before, since = now, time.monotonic()
    return before


def _stamps(roots: Sequence[Path]) -> Stamps:
    stamps: Stamps = {}
    files = find_files([root for root in roots if root.is_dir()]).files
    for path in (*files, *{path.parent / FILE_NAME for path in files}):
        try:
            state = path.stat()
        except OSError:
            continue
        stamps[path] = (state.st_size, state.st_mtime_ns)
    return stamps
