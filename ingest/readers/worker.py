"""The process that parses: it reads requests from its input and answers on its output, within hard limits.

A frame is eight bytes of length and that many bytes. A request is a frame of JSON and a frame with the file; the
answers are frames of JSON: any number of `progress`, then one `document`, `picture` or `error`.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import struct
import sys
from typing import Any, BinaryIO

from assistant.errors import AssistantError
from ingest.readers.choose import parse
from ingest.readers.limits import Budget, Limits
from ingest.readers.wire import Answer, pack

LENGTH = struct.Struct(">Q")
_GRACE_SECONDS = 10.0
"""After this much more than its limit the process ends itself, should nobody be left to end it."""


def main() -> None:
    """Serve until the input ends."""
    source = sys.stdin.buffer
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())  # a library that prints must not end up between the answers
    limited = False
    while (head := read_frame(source)) is not None:
        request = json.loads(head)
        data = read_frame(source) or b""
        limits = Limits(**request["limits"])
        if not limited:
            _confine(limits)
            limited = True
        _alarm(limits.seconds + _GRACE_SECONDS)
        write_frame(sink, pack(_answer(request, data, limits, sink)))
        _alarm(0)


def _answer(request: dict[str, Any], data: bytes, limits: Limits, sink: BinaryIO) -> Answer:
    name, picture = str(request["name"]), request.get("picture")

    def tell(part: int, parts: int) -> None:
        write_frame(sink, pack(Answer(progress=(part, parts))))

    budget = Budget(name, limits, tell)
    try:
        if picture is not None:
            from ingest.readers.pdf.page import picture_of

            drawn = picture_of(data, int(picture[0]), int(picture[1]), budget)
            return Answer(picture=base64.b64encode(drawn).decode())
        return Answer(document=parse(data, name, budget))
    except AssistantError as error:
        return Answer(error=str(error))
    except MemoryError:
        most = f"more than {limits.memory_bytes // 1_000_000:,} MB of memory"
        return Answer(error=f"{name}: not read, because it needs {most}. Split the file.")
    except RecursionError:
        return Answer(error=str(budget.too_much("things inside things, too deep to be a plan")))
    except Exception as error:  # the edge of the process: a file that breaks a library must not end the load
        return Answer(error=str(budget.broken(f"its reader could not make sense of it ({type(error).__name__})")))


def _confine(limits: Limits) -> None:
    """Take away what a parser never needs: more memory, files to write, a memory dump."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system may refuse one of them
            resource.setrlimit(what, (most, most))


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def read_frame(source: BinaryIO) -> bytes | None:
    """The next frame; None at the end of the input."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return source.read(LENGTH.unpack(head)[0])


def write_frame(sink: BinaryIO, data: bytes) -> None:
    sink.write(LENGTH.pack(len(data)))
    sink.write(data)
    sink.flush()


if __name__ == "__main__":
    main()
