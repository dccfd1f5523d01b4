"""A register, an index and its file of vectors, each damaged in forty-five ways:
`python -m tests.battery.damage [every how many]`.

Told are those that were not noticed: an answer that is none of the sound store's and does not say that something is
wrong, an error in other words than ours or without the remedy, an index that the next load did not mend.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from assistant import Assistant
from assistant.errors import AssistantError, StoreError
from assistant.index import FOLDER, Index
from assistant.labels import OWNER
from assistant.outcome import AnswerStatus
from assistant.register import FILE_NAME, Register
from assistant.settings import Settings, read_settings
from assistant.vectors import IndexedEmbedder
from ingest.load import load
from tests.fakes import LetterEmbedder

Change = Callable[[bytes], bytes]
_PAGE, _NEAR = 4_096, 0.05
_ROWS = "".join(
    f"{number},Audit the case files of team {number},Manager {number},June 2026\n" for number in range(1, 60)
)
_ASKED = ("who has to audit the case files of team 7?", "which actions are overdue?", "what is said of case files?")


def _zeroed(page: int) -> Change:
    return lambda data: data[: page * _PAGE] + bytes(_PAGE) + data[(page + 1) * _PAGE :]


def _noise(seed: int, count: int, first: int = 0, last: int = sys.maxsize) -> Change:
    def change(data: bytes) -> bytes:
        dice, made = random.Random(seed), bytearray(data)
        for _ in range(count):
            made[dice.randrange(first % len(made), min(last, len(made)))] = dice.randrange(256)
        return bytes(made)

    return change


def _pages(order: Callable[[list[bytes]], list[bytes]]) -> Change:
    return lambda data: b"".join(order([data[at : at + _PAGE] for at in range(0, len(data), _PAGE)]))


def _set(at: int, value: bytes) -> Change:
    return lambda data: data[:at] + value + data[at + len(value) :]


WAYS: dict[str, Change] = {
    "empty": lambda _data: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "cut by a byte": lambda data: data[:-1],
    "cut to a page": lambda data: data[:_PAGE],
    "cut in its head": lambda data: data[:60],
    "its head is text": _set(0, b"this is no database"),
    "another file": lambda _data: b"PK\x03\x04" + bytes(5_000),
    "turned round": lambda data: data[::-1],
    "all zero": lambda data: bytes(len(data)),
    "pages turned round": _pages(lambda pages: [pages[0], *reversed(pages[1:])]),
    "a page lost": _pages(lambda pages: [*pages[:4], *pages[5:]]),
    "a page twice": _pages(lambda pages: [*pages[:5], *pages[4:]]),
    "another size of pages": _set(16, b"\x20\x00"),
    "another form of files": _set(18, b"\x09\x09"),
    "another way of letters": _set(56, b"\x00\x00\x00\x02"),
    "a list of free pages": _set(32, b"\x00\x00\x00\x05\x00\x00\x00\x09"),
    **{f"page {page} is zero": _zeroed(page) for page in (0, 1, 2, 3, 5, 8, 13, 21, 30)},
    **{f"noise {seed}": _noise(seed, count) for seed, count in ((1, 5), (2, 50), (3, 500), (4, 5_000), (5, 20_000))},
    **{f"noise {seed} in the schema": _noise(seed, 3 * seed, 100, _PAGE) for seed in range(6, 14)},
    **{f"noise {seed} in a page": _noise(seed, 40, seed * _PAGE, (seed + 1) * _PAGE) for seed in range(14, 21)},
}  # fmt: skip


def made(folder: Path) -> tuple[Path, Settings]:
    """A folder of plans, and the settings of a data folder that holds them."""
    plans, settings = folder / "plans", read_settings(data_dir=folder / "data")
    plans.mkdir(parents=True)
    (plans / "one.csv").write_text(f"Ref,Action,Owner,Due\n{_ROWS}", encoding="utf-8")
    load([plans], settings, embedder=LetterEmbedder())
    return plans, settings


def answers(settings: Settings) -> list[Any]:
    """What a store says: its answers, its rows, and what is held."""
    with closing(Register.open(settings.data_dir, create=False)) as register:
        assistant = Assistant(register, LetterEmbedder, lambda: date(2026, 11, 24))
        return [*(assistant.ask(one) for one in _ASKED), register.select(OWNER), register.held(OWNER)]


def of_register(plans: Path, settings: Settings, way: str) -> Iterator[str]:
    """What is wrong with how a damaged register is met."""
    sound, file = answers(settings), settings.data_dir / FILE_NAME
    file.write_bytes(WAYS[way](file.read_bytes()))
    told = []
    try:
        given = answers(settings)
        if any(one.status is AnswerStatus.ERROR for one in given[: len(_ASKED)]):
            yield "it is called a fault of the program"
        elif given != sound:
            yield "another answer is given"
    except AssistantError as error:
        told.append(str(error))
    try:
        load([plans], settings, embedder=LetterEmbedder())
    except StoreError as error:
        told.append(str(error))
    for words in told:
        if FILE_NAME not in words or "plan-assistant ingest" not in words:
            yield f"it says: {words}"


def of_index(plans: Path, settings: Settings, way: str) -> Iterator[str]:
    """What is wrong with how a damaged index is met: an answer is given all the same, whoever opens it says what is
    wrong, and the load that is named then mends it."""
    yield from _mended(plans, settings, way, "chroma.sqlite3")


def of_vectors(plans: Path, settings: Settings, way: str) -> Iterator[str]:
    """The same of the file of vectors beside it."""
    yield from _mended(plans, settings, way, "vectors-*.f32")


def _mended(plans: Path, settings: Settings, way: str, name: str) -> Iterator[str]:
    [file], embedder = (settings.data_dir / FOLDER).glob(name), LetterEmbedder()
    file.write_bytes(WAYS[way](file.read_bytes()))
    rows = [row.action for row in answers(settings)[len(_ASKED)]]

    def index() -> Index:
        return Index(settings.data_dir, embedder.model, embedder.dimension)

    if not np.allclose(IndexedEmbedder(index(), embedder).embed(rows), embedder.embed(rows), atol=_NEAR):
        yield "other vectors are found"
    try:
        index().digests()
    except StoreError as error:
        if FOLDER not in str(error) or "plan-assistant ingest" not in str(error):
            yield f"it says: {error}"
    if load([plans], settings, embedder=embedder).failed:
        yield "the load fails"
    if len(index().digests()) < len(rows) or index().size < len(rows) or not index().exists or index().is_damaged:
        yield "the load does not mend it"


def run(every: int = 1) -> Iterator[str]:
    """A line for each damage that was not met as it should be."""
    with tempfile.TemporaryDirectory() as place:
        made(Path(place, "sound"))
        for met in (of_register, of_index, of_vectors):
            for way in list(WAYS)[::every]:
                folder = Path(place, "damaged")
                shutil.copytree(Path(place, "sound"), folder)
                try:
                    for words in met(folder / "plans", read_settings(data_dir=folder / "data"), way):
                        yield f"{met.__name__}, {way}: {words}"
                except Exception as error:
                    yield f"{met.__name__}, {way}: {type(error).__name__} {error}"
                shutil.rmtree(folder)


if __name__ == "__main__":
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    found = list(run(step))
    sys.stdout.write("\n".join([*found, f"{3 * len(list(WAYS)[::step])} damages, {len(found)} faults", ""]))
    sys.exit(bool(found))
