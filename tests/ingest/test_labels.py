"""A label is never wider than the strictest of what was said, whatever is loaded, mistyped or cut short in between."""

from __future__ import annotations

import itertools
from contextlib import suppress
from pathlib import Path

import pytest

from api.uploads import FOLDER, take_in
from assistant.labels import PUBLIC, Label, strictest
from assistant.records import OWNER, SourceDetails
from assistant.register import Register, database_place
from assistant.settings import Settings
from ingest.load import load
from ingest.report import DocumentReport
from tests.fakes import LetterEmbedder

PLAN = "Ref,Action,Owner,Due\n1,Audit case files,Service Manager,June 2026\n"
LABELS = tuple(Label)


class Shelf:
    """A folder of plans and its register."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings, self.folder = settings, folder
        folder.mkdir(exist_ok=True)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def say(self, label: str | None, folder: str = ".", file: str = "plan.csv") -> None:
        said = f'label = "{label}"\n' if label else ""
        self.write(f"{folder}/manifest.toml", f'[[source]]\nfile = "{file}"\n{said}')

    def load(self) -> tuple[DocumentReport, ...]:
        return load([self.folder], self.settings, embedder=LetterEmbedder()).documents

    def send(self, label: Label, text: str = PLAN) -> tuple[DocumentReport, ...]:
        file = self.folder.parent / "sent"
        file.write_text(text, encoding="utf-8")
        with file.open("rb") as opened:
            return take_in(opened, "plan.csv", SourceDetails(label=label), self.settings, LetterEmbedder()).documents

    def seen(self, *labels: Label) -> dict[str, Label]:
        register = Register.open(database_place(self.settings.data_dir, None))
        try:
            return {one.document: one.label for one in register.sources(frozenset(labels or OWNER))}
        finally:
            register.close()


@pytest.fixture
def shelf(settings: Settings, tmp_path: Path) -> Shelf:
    made = Shelf(settings, tmp_path / "plans")
    made.write("plan.csv", PLAN)
    return made


@pytest.mark.parametrize(("first", "then"), list(itertools.product([*LABELS, None], repeat=2)))
def test_a_changed_label_takes_effect_for_bytes_that_are_held_and_never_widens(
    shelf: Shelf, first: Label | None, then: Label | None
) -> None:
    shelf.say(first)
    shelf.load()
    shelf.say(then)
    [report] = shelf.load()
    expected = strictest(first, then or Label.INTERNAL) if first else then or Label.INTERNAL
    assert shelf.seen() == {"plan.csv": expected}
    told = " ".join(one.words for one in report.warnings)
    assert ("is internal now" in told or "is restricted now" in told) is (expected.rank > strictest(first).rank)
    assert ("plan-assistant label" in told) is (then is not None and then is not expected)


@pytest.mark.parametrize(("first", "then"), list(itertools.product(LABELS, repeat=2)))
def test_a_plan_that_is_sent_again_has_the_stricter_label(shelf: Shelf, first: Label, then: Label) -> None:
    shelf.send(first)
    [report] = shelf.send(then)
    expected = strictest(first, then)
    assert shelf.seen() == {"plan.csv": expected}
    assert any(f"stays {first.value}" in one.words for one in report.warnings) is (then.rank < first.rank)
    load([shelf.settings.data_dir / FOLDER], shelf.settings, embedder=LetterEmbedder())
    assert shelf.seen() == {"plan.csv": expected}


def test_the_bytes_of_a_public_plan_that_are_sent_as_restricted_are_public_no_longer(shelf: Shelf) -> None:
    shelf.say("public")
    shelf.load()
    [report] = shelf.send(Label.RESTRICTED)
    assert shelf.seen(Label.PUBLIC) == {}
    assert "is restricted now; it was public" in " ".join(one.words for one in report.warnings)
    shelf.load()
    assert shelf.seen(Label.PUBLIC) == {}


@pytest.mark.parametrize("wrong", ['lable = "restricted"', 'label = "resticted"', "label = ", 'label = ["public"]'])
def test_a_label_that_cannot_be_read_hides_until_it_can(shelf: Shelf, wrong: str) -> None:
    shelf.say("public")
    shelf.load()
    shelf.write("manifest.toml", f'[[source]]\nfile = "plan.csv"\n{wrong}\n')
    [report] = shelf.load()
    assert "is hidden until its label can be read" in (report.reason or "")
    assert shelf.seen(Label.PUBLIC, Label.INTERNAL) == {}
    assert shelf.seen() == {"plan.csv": Label.PUBLIC}
    shelf.say("public")
    [report] = shelf.load()
    assert "can be seen again" in " ".join(one.words for one in report.warnings)
    assert shelf.seen(Label.PUBLIC) == {"plan.csv": Label.PUBLIC}


def test_a_narrower_label_takes_effect_for_a_file_that_can_be_read_no_longer(shelf: Shelf) -> None:
    shelf.say("public")
    shelf.load()
    shelf.write("plan.csv", "")
    shelf.say("restricted")
    [report] = shelf.load()
    assert report.status.value == "rejected"
    assert shelf.seen() == {"plan.csv": Label.RESTRICTED}


class _CutShort(BaseException):
    """The moment at which the process ends."""


@pytest.mark.parametrize("step", range(12))
@pytest.mark.parametrize(("first", "then"), [(Label.PUBLIC, Label.RESTRICTED), (Label.RESTRICTED, Label.PUBLIC)])
def test_an_upload_that_is_cut_short_is_never_wider(
    shelf: Shelf, first: Label, then: Label, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends before its next change of the folder, and what it would put back is not put back."""
    shelf.send(first)
    moves = itertools.count()

    def until(change: object) -> object:
        def made(*given: object, **named: object) -> object:
            if next(moves) >= step:
                raise _CutShort
            return change(*given, **named)  # type: ignore[operator]

        return made

    with monkeypatch.context() as patched:
        for name in ("replace", "unlink", "write_text"):
            patched.setattr(Path, name, until(getattr(Path, name)))
        with suppress(_CutShort):
            shelf.send(then, PLAN + "2,Train carers,Clerk,July 2026\n")
    load([shelf.settings.data_dir / FOLDER], shelf.settings, embedder=LetterEmbedder())
    assert shelf.seen() == {"plan.csv": Label.RESTRICTED} or (
        shelf.seen() == {"plan.csv": first} and rows_of(shelf) == ["Audit case files"]
    )


def rows_of(shelf: Shelf) -> list[str]:
    register = Register.open(database_place(shelf.settings.data_dir, None))
    try:
        return [row.action for row in register.select(OWNER)]
    finally:
        register.close()


# ---------------------------------------------------------------- what a hidden plan of the same name changes


def _public(settings: Settings, folder: Path) -> tuple[object, ...]:
    load([folder], settings, embedder=LetterEmbedder())
    register = Register.open(database_place(settings.data_dir, None))
    try:
        names = [(one.id, one.document) for one in register.sources(PUBLIC)]
        return names, [row.id for row in register.select(PUBLIC)], register.corpus_version(PUBLIC)
    finally:
        register.close()


@pytest.mark.parametrize("hidden", ["a", "z"])
@pytest.mark.parametrize("label", ["restricted", None])
def test_a_hidden_plan_of_the_same_name_changes_nothing_that_others_see(
    settings: Settings, tmp_path: Path, hidden: str, label: str | None
) -> None:
    alone, both = Shelf(settings, tmp_path / "alone"), Shelf(settings, tmp_path / "both")
    for shelf in (alone, both):
        shelf.write("m/plan.csv", PLAN)
        shelf.say("public", "m")
    both.write(f"{hidden}/plan.csv", "Ref,Action,Owner,Due\n1,Move the safe house,Clerk,May 2026\n")
    both.say(label, hidden)
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    assert _public(settings, both.folder) == _public(other, alone.folder)
    assert _public(settings, both.folder) == _public(other, alone.folder), "and again"
