"""Which files a load takes in: those named, and those in the folders named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest import manifest

_ABOUT_THE_FOLDER = ("readme", "readme.md", "readme.txt", manifest.FILE_NAME)
_LITTER = ("~$", ".~lock", "thumbs.db", "desktop.ini")
_PARTIAL = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", "~")
"""How names begin of what programs leave beside documents, and how they end of copies that are not whole."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a load, each once, in order; the folders that were walked; what could not be read, and why."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    absent: tuple[tuple[Path, str], ...]
    passed_over: tuple[Path, ...] = ()
    """Files that describe their folder and are not plans: read only where they are named themselves."""


def find_files(paths: Iterable[Path], leave_out: Path | None = None) -> Found:
    """The files at these paths and below these folders. Hidden files are left out, and the folder `leave_out`."""
    files: dict[Path, None] = {}
    folders: list[Path] = []
    absent: list[tuple[Path, str]] = []
    passed: list[Path] = []
    for path in paths:
        if _is(path.is_dir, path, absent):
            folders.append(path.resolve())
            for found in _below(path.resolve(), leave_out.resolve() if leave_out else None, absent):
                if found.name.lower() in _ABOUT_THE_FOLDER:
                    passed.append(found)
                else:
                    files.setdefault(found)
        elif _is(path.exists, path, absent):
            files.setdefault(path.parent.resolve() / path.name)
        elif not absent or absent[-1][0] != path:
            absent.append((path, f"{path}: there is no such file or folder. Check the name."))
    about = tuple(path for path in passed if path.name != manifest.FILE_NAME and path not in files)
    return Found(tuple(files), tuple(folders), tuple(absent), about)


def _is(question: Callable[[], bool], path: Path, shut: list[tuple[Path, str]]) -> bool:
    """The answer of a path to a question; False where the folder that it stands in may not be looked at."""
    try:
        return question()
    except OSError as error:
        if not shut or shut[-1][0] != path:
            shut.append((path, f"{path}: it cannot be looked at ({error.strerror}). Check that you may read it."))
        return False


def _below(folder: Path, leave_out: Path | None, shut: list[tuple[Path, str]]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        shut.append((Path(error.filename), f"{error.filename}: the folder cannot be opened ({error.strerror})."))

    for place, names, files in os.walk(folder, onerror=note):
        names[:] = sorted(name for name in names if not name.startswith(".") and Path(place) / name != leave_out)
        for name in sorted(files):
            low = name.lower()
            if not low.startswith((".", *_LITTER)) and not low.endswith(_PARTIAL):
                yield Path(place) / name
