"""The process that parses, and the side that asks it: started when needed, used for a whole load, ended when stuck.

A request is a line of JSON, which says how long the file is, and the file. The answers are lines of JSON: any number of
`progress`, then one `document`, `picture` or `error`. JSON, because the process is not trusted: what it sends can be
wrong, but it cannot run anything here.
"""

import atexit
import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from assistant.errors import AssistantError, DocumentReadError
from assistant.records import Document
from ingest.readers.job import Job, Limits, Progress

_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")
_LARGEST_ANSWER = 1 << 31
_NONSENSE = "its reader gave an answer that makes no sense"
_GRACE_SECONDS = 10.0
"""After this much more than its limit the process ends itself, should nobody be left to end it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One line: how far a reading is (part and parts), or how it ended."""

    progress: tuple[int, int] | None = None
    document: Document | None = None
    picture: str | None = None
    """A page of a PDF, in base 64."""
    error: str | None = None


@cache
def _form() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def pack(answer: Answer) -> bytes:
    return _form().dump_json(answer, exclude_defaults=True)


def unpack(data: bytes) -> Answer:
    """The answer that `pack` packed. Raises ValueError for other data."""
    return _form().validate_json(data)


# ---------------------------------------------------------------- the side that asks


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
            raise DocumentReadError(f"{name}: not read, because {_NONSENSE}.")
        return document

    def picture(self, data: bytes, name: str, page: int, dots_per_inch: int) -> bytes:
        """A page of a PDF, from 1, as a grey picture (PNM). Raises DocumentReadError where it cannot be drawn."""
        answer = self._answer({"name": name, "picture": [page, dots_per_inch]}, data, None)
        try:
            return base64.b64decode(answer.picture or "", validate=True)
        except ValueError as error:
            raise DocumentReadError(f"{name}: page {page} not drawn, because {_NONSENSE}.") from error

    def close(self) -> None:
        """End the process; a later file starts a new one."""
        with self._lock:
            self._stop()

    def _answer(self, request: dict[str, Any], data: bytes, progress: Progress | None) -> Answer:
        """What the process says; its errors raised as ours."""
        with self._lock:
            child, until = self._started(), time.monotonic() + self.limits.seconds
            assert child.stdin is not None
            assert child.stdout is not None
            ends = threading.Timer(self.limits.seconds, child.kill)
            ends.start()
            try:
                head = json.dumps({**request, "limits": asdict(self.limits), "length": len(data)}).encode()
                child.stdin.write(head + b"\n" + data)
                child.stdin.flush()
                while line := child.stdout.readline(_LARGEST_ANSWER):
                    answer = unpack(line)
                    if answer.progress is None:
                        break
                    if progress is not None:
                        progress(*answer.progress)
                else:
                    raise BrokenPipeError
            except (OSError, ValueError) as error:
                broken = isinstance(error, OSError)
                why = "it makes its reader break down, as a damaged or hostile file does" if broken else _NONSENSE
                if time.monotonic() >= until:
                    why = f"it takes longer than {self.limits.seconds:g} seconds"
                self._stop()
                words = f"{request['name']}: not read, because {why}. Check where the file comes from."
                raise DocumentReadError(words) from error
            finally:
                ends.cancel()
        if answer.error is not None:
            raise DocumentReadError(answer.error)
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
            self._child = subprocess.Popen(
                [sys.executable, "-m", "ingest.readers.process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**environment, "PYTHONPATH": str(_ROOT)},
            )
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            with contextlib.suppress(OSError):  # what was not yet sent to it
                child.communicate()


_shared: dict[Limits, ParsingProcess] = {}
_sharing = threading.Lock()


def shared(limits: Limits) -> ParsingProcess:
    """The process of this program for these limits; it ends with the program."""
    with _sharing:
        if limits not in _shared:
            _shared[limits] = ParsingProcess(limits)
            atexit.register(_shared[limits].close)
        return _shared[limits]


# ---------------------------------------------------------------- the process itself, within hard limits


def main() -> None:
    """Serve until the input ends."""
    source = sys.stdin.buffer
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # a library that prints must not spoil the answers
    limited = False
    while head := source.readline():
        request = json.loads(head)
        data, limits = source.read(request["length"]), Limits(**request["limits"])
        if not limited:
            _confine(limits)
            limited = True
        _alarm(limits.seconds + _GRACE_SECONDS)
        _say(sink, _parsed(request, data, limits, sink))
        _alarm(0)


def _say(sink: BinaryIO, answer: Answer) -> None:
    sink.write(pack(answer) + b"\n")
    sink.flush()


def _parsed(request: dict[str, Any], data: bytes, limits: Limits, sink: BinaryIO) -> Answer:
    from ingest.readers.choose import parse

    name, picture = str(request["name"]), request.get("picture")
    job = Job(name, limits, lambda part, parts: _say(sink, Answer(progress=(part, parts))))
    try:
        if picture is not None:
            from ingest.readers.pdf.page import picture_of

            drawn = picture_of(data, int(picture[0]), int(picture[1]), job)
            return Answer(picture=base64.b64encode(drawn).decode())
        return Answer(document=parse(data, job))
    except AssistantError as error:
        return Answer(error=str(error))
    except MemoryError:
        most = f"more than {limits.memory_bytes // 1_000_000:,} MB of memory"
        return Answer(error=f"{name}: not read, because it needs {most}. Split the file.")
    except RecursionError:
        return Answer(error=str(job.too_much("things inside things, too deep to be a plan")))
    except Exception as error:  # the edge of the process: a file that breaks a library must not end the load
        return Answer(error=str(job.broken(f"its reader could not make sense of it ({type(error).__name__})")))


def _confine(limits: Limits) -> None:
    """Take away what a parser never needs: more memory, files to write, a memory dump."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    wanted = {resource.RLIMIT_AS: limits.memory_bytes, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    for what, most in wanted.items():
        with contextlib.suppress(ValueError, OSError):  # a system may refuse one of them
            resource.setrlimit(what, (most, most))


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
