"""Programs that may be installed beside this one: LibreOffice and antiword for old files, Tesseract for scans.

They are given a folder of their own, no way out to a network, and an end to their time and memory.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.errors import DocumentReadError
from assistant.records import Block, Document, Table
from ingest.readers.choose import Format
from ingest.readers.job import Limits
from ingest.readers.process import ParsingProcess

_NEWER = {Format.DOC: "docx", Format.RTF: "docx", Format.XLS: "xlsx"}
_OFFICE_MEMORY = 4_000_000_000
"""LibreOffice asks for much more address space than it uses."""
_NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "ANTIWORDHOME", "SYSTEMROOT")
_SAID = "said"
"""The file of what a program says."""
_FOLDER = "FOLDER"
_PROFILE = "profile/user/registrymodifications.xcu"
_NO_MACROS = b"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def converted(data: bytes, kind: Format, limits: Limits) -> bytes | None:
    """An old file in a newer format; None where no program that can do it is installed, or it could not.

    LibreOffice gives Word or Excel files; antiword, which cannot see colours, gives DocBook.
    """
    made = (_made(*way, {f"old.{kind.value}": data, _PROFILE: _NO_MACROS}, limits) for way in _ways(kind, limits))
    return next((new for new in made if new is not None), None)


def can_convert(kind: Format) -> bool:
    """Whether a program that converts files of this kind is installed."""
    return any(_ways(kind, Limits()))


def _ways(kind: Format, limits: Limits) -> Iterator[tuple[list[str], str, int]]:
    """The commands of the installed programs that convert such a file, each with what it writes and its memory."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is not None and kind in _NEWER:
        profile = f"-env:UserInstallation={_FOLDER}/profile"
        command = [office, "--headless", "--norestore", profile, "--convert-to", _NEWER[kind], f"old.{kind.value}"]
        yield command, f"old.{_NEWER[kind]}", max(_OFFICE_MEMORY, limits.memory_bytes)
    if shutil.which("antiword") is not None and kind is Format.DOC:
        yield ["antiword", "-m", "UTF-8.txt", "-x", "db", "old.doc"], _SAID, limits.memory_bytes


def _made(command: Sequence[str], output: str, memory: int, given: dict[str, bytes], limits: Limits) -> bytes | None:
    """What a program writes in a folder of its own that holds these files; None where it comes to no good end within
    its limits."""
    program = shutil.which(command[0])
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in given.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(data)
        told = [program, *(part.replace(_FOLDER, folder.as_uri()) for part in command[1:])]
        limited = ["/bin/sh", "-c", 'ulimit -v "$0" && exec "$@"', str(memory // 1024), *told]
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {"HOME": str(folder), "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1", **_NOWHERE}
        with (folder / _SAID).open("wb") as sink:
            try:
                child = subprocess.Popen(
                    limited if os.name == "posix" else told,
                    cwd=folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=sink,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
                done = child.wait(limits.seconds) == 0
            except OSError:
                return None
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
                return None
        made = folder / output
        whole = done and made.is_file() and 0 < made.stat().st_size <= limits.file_bytes
        return made.read_bytes() if whole else None


_SCANNED = "scanned, not read"
"""What a reader says of a page that is a picture."""
_DOTS_PER_INCH = 200
_SURE = 0.5
"""How sure the rows of a scan are at most: its words are recognised, but not the rules and colours of its tables."""


def with_scans(document: Document, data: bytes, process: ParsingProcess, limits: Limits) -> Document:
    """The document with the words of its scanned pages, each page marked as recognised by a machine; as it is where no
    program for it is installed. Pages for which the time is not enough stay reported as not read."""
    pages = [warning for warning in document.warnings if _SCANNED in warning.words and warning.locator is not None]
    if not pages or shutil.which("tesseract") is None:
        return document
    until = time.monotonic() + limits.seconds
    for warning in pages:
        number = warning.locator.page if warning.locator is not None else None
        if number is None or time.monotonic() > until:
            continue
        page = _page(data, document.name, number, process, limits)
        if page is not None:
            # the document with a page's items in their place, and the warning about it changed
            new = [_moved(item, number) for item in page.items]
            at = next(
                (n for n, item in enumerate(document.items) if (item.locator.page or 0) > number), len(document.items)
            )
            words = f"Page {number}: scanned; its words were recognised by a machine (Tesseract) and may be wrong."
            warnings = tuple(replace(old, words=words) if old is warning else old for old in document.warnings)
            document = replace(document, items=(*document.items[:at], *new, *document.items[at:]), warnings=warnings)
    return document


def _page(data: bytes, name: str, number: int, process: ParsingProcess, limits: Limits) -> Document | None:
    """The page with the words that Tesseract sees in it; None where it cannot."""
    try:
        drawn = {"page.pnm": process.picture(data, name, number, _DOTS_PER_INCH)}
        command = ["tesseract", "page.pnm", "page", "--dpi", str(_DOTS_PER_INCH), "-l", "eng", "pdf"]
        made = _made(command, "page.pdf", limits.memory_bytes, drawn, limits)
        return process.parse(made, name) if made is not None else None
    except DocumentReadError:
        return None


def _moved(item: Block | Table, number: int) -> Block | Table:
    there = replace(item.locator, page=number)
    if isinstance(item, Block):
        return replace(item, locator=there)
    rows = []
    for row in item.rows:
        cells = tuple(replace(cell, locator=replace(cell.locator, page=number)) for cell in row.cells)
        rows.append(replace(row, sure=min(row.sure, _SURE), locator=replace(row.locator, page=number), cells=cells))
    return replace(item, locator=there, rows=tuple(rows))
