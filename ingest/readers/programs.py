"""Programs that may be installed beside this one: LibreOffice and antiword for old files, Tesseract for scans.

They are given a folder of their own, no way out to a network, and an end to their time and memory.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ingest.readers.limits import Limits
from ingest.readers.sniff import Format

_NEWER = {Format.DOC: "docx", Format.RTF: "docx", Format.XLS: "xlsx"}
_OFFICE_MEMORY = 4_000_000_000
"""LibreOffice asks for much more address space than it uses."""
_NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "ANTIWORDHOME", "SYSTEMROOT")
_NO_MACROS = """<?xml version="1.0" encoding="UTF-8"?>
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
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is not None and kind in _NEWER:
        made = _by_office(office, data, kind, limits)
        if made is not None:
            return made
    antiword = shutil.which("antiword")
    return _by_antiword(antiword, data, limits) if antiword is not None and kind is Format.DOC else None


def can_convert(kind: Format) -> bool:
    """Whether a program that converts files of this kind is installed."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    return (office is not None and kind in _NEWER) or (kind is Format.DOC and shutil.which("antiword") is not None)


def recognised(picture: bytes, dots_per_inch: int, limits: Limits) -> bytes | None:
    """A PDF of one page with the words that Tesseract sees in a picture (PNM); None where it cannot."""
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.pnm").write_bytes(picture)
        command = [tesseract, "page.pnm", "page", "--dpi", str(dots_per_inch), "-l", "eng", "pdf"]
        done = _run(command, Path(folder), limits, limits.memory_bytes)
        return _made(Path(folder) / "page.pdf", limits) if done else None


def can_recognise() -> bool:
    """Whether scans can be read here."""
    return shutil.which("tesseract") is not None


def _by_office(program: str, data: bytes, kind: Format, limits: Limits) -> bytes | None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_NO_MACROS, encoding="utf-8")
        (folder / f"old.{kind.value}").write_bytes(data)
        command = [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={profile.parent.as_uri()}",
            "--convert-to",
            _NEWER[kind],
            f"old.{kind.value}",
        ]
        done = _run(command, folder, limits, max(_OFFICE_MEMORY, limits.memory_bytes))
        return _made(folder / f"old.{_NEWER[kind]}", limits) if done else None


def _by_antiword(program: str, data: bytes, limits: Limits) -> bytes | None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "old.doc").write_bytes(data)
        command = [program, "-m", "UTF-8.txt", "-x", "db", "old.doc"]
        done = _run(command, folder, limits, limits.memory_bytes, folder / "new.xml")
        return _made(folder / "new.xml", limits) if done else None


def _made(path: Path, limits: Limits) -> bytes | None:
    if not path.is_file() or not 0 < path.stat().st_size <= limits.file_bytes:
        return None
    return path.read_bytes()


def _run(command: Sequence[str], folder: Path, limits: Limits, memory: int, output: Path | None = None) -> bool:
    """Whether the program came to a good end within its limits."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1", **_NOWHERE}
    limited = ["/bin/sh", "-c", 'ulimit -v "$0" && exec "$@"', str(memory // 1024), *command]
    with (output or folder / "said").open("wb") as sink:
        try:
            child = subprocess.Popen(
                limited if os.name == "posix" else command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return False
        try:
            return child.wait(limits.seconds) == 0
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return False
