"""A folder that is watched: after any turmoil the register holds what a fresh load would."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from assistant.errors import SourceError, StoreBusy
from assistant.records import OWNER
from assistant.register import Register
from assistant.settings import Settings, read_settings
from ingest.load import load
from ingest.report import LoadReport
from ingest.watch import watching
from tests.fakes import LetterEmbedder
from tests.readings import read_lines


def load_lines(paths: Sequence[Path], settings: Settings) -> LoadReport:
    return load(paths, settings, read=read_lines, embedder=LetterEmbedder())


class Watcher:
    """A watch in a thread of its own, with the reports that it gave."""

    def __init__(
        self, folders: Sequence[Path], settings: Settings, load_paths: Callable[..., LoadReport] = load_lines
    ) -> None:
        self.stop, self.reports = threading.Event(), list[LoadReport]()
        self.thread = threading.Thread(
            target=lambda: self.reports.extend(
                watching(folders, settings, settle_seconds=0.15, stop=self.stop, load_paths=load_paths)
            )
        )
        self.settings = settings
        self.thread.start()

    def rows(self) -> list[tuple[str, str]]:
        try:
            register = Register.open(self.settings.data_dir, create=False)
        except Exception:
            return []
        try:
            return sorted((row.document, row.action) for row in register.select(OWNER))
        finally:
            register.close()

    def until(self, wanted: list[tuple[str, str]]) -> None:
        end = time.monotonic() + 60
        while self.rows() != wanted and time.monotonic() < end:
            time.sleep(0.1)
        assert self.rows() == wanted

    def end(self) -> None:
        self.stop.set()
        self.thread.join(timeout=30)
        assert not self.thread.is_alive()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    (made / "a.txt").write_text("Open the hub\n")
    return made


@pytest.fixture
def watcher(folder: Path, settings: Settings) -> Iterator[Watcher]:
    made = Watcher([folder], settings)
    yield made
    made.end()


def fresh(folder: Path, place: Path) -> list[tuple[str, str]]:
    settings = read_settings(data_dir=place)
    load_lines([folder], settings)
    register = Register.open(place, create=False)
    try:
        return sorted((row.document, row.action) for row in register.select(OWNER))
    finally:
        register.close()


def test_two_hundred_writes_renames_and_half_written_files(watcher: Watcher, folder: Path, tmp_path: Path) -> None:
    chance = Random(5)
    names = [f"plan-{number}.txt" for number in range(8)]
    for turn in range(200):
        path = folder / chance.choice(names)
        match chance.randint(0, 4):
            case 0:
                path.write_text(f"Visit home {turn}\nPaint room {turn}\n")
            case 1 if path.exists():
                path.rename(folder / chance.choice(names))
            case 2 if path.exists():
                path.unlink()
            case 3:
                half = path.with_suffix(".txt.part")
                half.write_text("Half a li")
                half.write_text(f"Write line {turn}\n")
                half.replace(path)
            case _:
                (folder / f"~${path.name}").write_text("lock")
                with path.open("w") as file:
                    file.write(f"Count swans {turn}\n")
                    file.flush()
                    time.sleep(0.005)
                    file.write(f"Count geese {turn}\n")
    watcher.until(fresh(folder, tmp_path / "fresh"))
    assert not any(report.failed for report in watcher.reports)
    assert all("~$" not in each.document for report in watcher.reports for each in report.documents)


def test_a_folder_that_vanishes_keeps_its_plans_until_it_is_back(watcher: Watcher, folder: Path) -> None:
    watcher.until([("a.txt", "Open the hub")])
    folder.rename(folder.with_name("away"))
    time.sleep(1)
    assert watcher.rows() == [("a.txt", "Open the hub")]
    folder.mkdir()
    time.sleep(1)
    assert watcher.rows() == [("a.txt", "Open the hub")]
    (folder / "a.txt").write_text("Close the hub\n")
    watcher.until([("a.txt", "Close the hub")])


def test_a_file_that_changes_while_it_is_read_is_read_again(folder: Path, settings: Settings) -> None:
    changed = []

    def load_and_change(paths: Sequence[Path], given: Settings) -> LoadReport:
        report = load_lines(paths, given)
        if not changed:
            changed.append(True)
            (folder / "a.txt").write_text("Open two hubs\n")
        return report

    watcher = Watcher([folder], settings, load_and_change)
    try:
        watcher.until([("a.txt", "Open two hubs")])
    finally:
        watcher.end()
    assert len(watcher.reports) == 2


def test_a_load_that_is_under_way_elsewhere_is_waited_for(folder: Path, settings: Settings) -> None:
    refused = []

    def busy_once(paths: Sequence[Path], given: Settings) -> LoadReport:
        if not refused:
            refused.append(True)
            raise StoreBusy("Another load is writing.")
        return load_lines(paths, given)

    watcher = Watcher([folder], settings, busy_once)
    try:
        watcher.until([("a.txt", "Open the hub")])
    finally:
        watcher.end()


def test_a_folder_that_is_not_there_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        next(watching([tmp_path / "nowhere"], settings))
