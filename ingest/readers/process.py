"""The asking side of the parsing process: started when first needed, used for a whole load, ended when stuck."""

from __future__ import annotations

import atexit
import base64
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import DocumentReadError
from assistant.records import Document
from ingest.readers.limits import Limits, Progress
from ingest.readers.wire import Answer, unpack
from ingest.readers.worker import LENGTH

_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")
_CHUNK = 1 << 20
_LARGEST_ANSWER = 1 << 31
_NONSENSE = "an answer that makes no sense"


@dataclass(slots=True)
class ParsingProcess:
    """One process that parses, one file at a time. After a crash or a timeout the next file gets a new one."""

    limits: Limits = field(default_factory=Limits)
    _child: subprocess.Popen[bytes] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def parse(self, data: bytes, name: str, progress: Progress | None = None) -> Document:
        """The document in the bytes.

        Raises: DocumentReadError where it cannot be read within the limits.
        """
        document = self._answer({"name": name}, data, progress).document
        if document is None:
            raise DocumentReadError(f"{name}: not read, because its reader gave {_NONSENSE}.")
        return document

    def picture(self, data: bytes, name: str, page: int, dots_per_inch: int) -> bytes:
        """A page of a PDF, from 1, as a grey picture (PNM). Raises DocumentReadError where it cannot be drawn."""
        answer = self._answer({"name": name, "picture": [page, dots_per_inch]}, data, None)
        try:
            return base64.b64decode(answer.picture or "", validate=True)
        except ValueError as error:
            raise DocumentReadError(f"{name}: page {page} not drawn, because its reader gave {_NONSENSE}.") from error

    def _answer(self, request: dict[str, Any], data: bytes, progress: Progress | None) -> Answer:
        """What the process says; its errors raised as ours."""
        with self._lock:
            child = self._started()
            try:
                answer = self._ask(child, request, data, progress)
            except _Ended as ended:
                self._stop()
                words = f"{request['name']}: not read, because {ended}. Check where the file comes from."
                raise DocumentReadError(words) from ended
        if answer.error is not None:
            raise DocumentReadError(answer.error)
        return answer

    def close(self) -> None:
        """End the process; a later file starts a new one."""
        with self._lock:
            self._stop()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
            self._child = subprocess.Popen(
                [sys.executable, "-m", "ingest.readers.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**environment, "PYTHONPATH": str(_ROOT)},
            )
        return self._child

    def _ask(
        self, child: subprocess.Popen[bytes], request: dict[str, Any], data: bytes, progress: Progress | None
    ) -> Answer:
        until = time.monotonic() + self.limits.seconds
        head = json.dumps({**request, "limits": asdict(self.limits)}).encode()
        if child.stdin is None or child.stdout is None:
            raise _Ended("its reader could not be started")
        try:
            for frame in (head, data):
                child.stdin.write(LENGTH.pack(len(frame)) + frame)
            child.stdin.flush()
        except OSError as error:
            raise _Ended("its reader stopped working") from error
        while True:
            answer = _answer(child.stdout.fileno(), until, self.limits.seconds)
            if answer.progress is None:
                return answer
            if progress is not None:
                progress(*answer.progress)

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()


class _Ended(Exception):
    """The process gave no answer: the words say why, as a clause."""


def _answer(source: int, until: float, seconds: float) -> Answer:
    size = LENGTH.unpack(_read(source, LENGTH.size, until, seconds))[0]
    if size > _LARGEST_ANSWER:
        raise _Ended(f"its reader gave {_NONSENSE}")
    try:
        return unpack(_read(source, size, until, seconds))
    except ValueError as error:
        raise _Ended(f"its reader gave {_NONSENSE}") from error


def _read(source: int, size: int, until: float, seconds: float) -> bytes:
    parts, left = [], size
    while left:
        ready, _, _ = select.select([source], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise _Ended(f"it takes longer than {seconds:g} seconds")
        part = os.read(source, min(left, _CHUNK))
        if not part:
            raise _Ended("it makes its reader break down, as a damaged or hostile file does")
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


_shared: dict[Limits, ParsingProcess] = {}
_sharing = threading.Lock()


def shared(limits: Limits) -> ParsingProcess:
    """The process of this program for these limits; it ends with the program."""
    with _sharing:
        if limits not in _shared:
            _shared[limits] = ParsingProcess(limits)
            atexit.register(_shared[limits].close)
        return _shared[limits]
