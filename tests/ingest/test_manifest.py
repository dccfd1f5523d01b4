from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import SourceError
from assistant.records import Label, SourceDetails
from ingest.manifest import Manifest, read_manifest

CORPUS = Path(__file__).parents[2] / "corpus"


def _manifest(folder: Path, text: str) -> Path:
    (folder / "manifest.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_one_says_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path).details("plan.txt") == SourceDetails()


def test_what_is_said_of_a_file_is_found_by_its_name(tmp_path: Path) -> None:
    _manifest(
        tmp_path,
        '[[source]]\nfile = "a.txt"\ntitle = "Plan A"\nauthority = "Fenbridge"\ndate = 2026-02-27\nlabel = "public"\n'
        '[[source]]\nfile = "b.txt"\n',
    )
    manifest = read_manifest(tmp_path)
    assert manifest.details("a.txt") == SourceDetails("Plan A", "Fenbridge", date(2026, 2, 27), Label.PUBLIC)
    assert manifest.details("b.txt") == manifest.details("unknown.txt") == SourceDetails()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[[source]]\nfile = "a.txt"\nlable = "public"',
            r'"source entry 1 lable" is not a known key.*Known keys.*label',
        ),
        ('[[source]]\nfile = "a.txt"\nlabel = "secret"', r"label: .*'public', 'internal' or 'restricted'"),
        ('[[source]]\nfile = "a.txt"\ndate = "27/02/2026"', r"date: .*valid date"),
        ('[[source]]\ntitle = "A"', r"file: Field required"),
        ('[[sources]]\nfile = "a.txt"', r'"sources" is not a known key'),
        ('[[source]]\nfile = "a.txt"\n[[source]]\nfile = "a.txt"', r'"a.txt" has two entries'),
        ("[[source\n", r"cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=rf"manifest\.toml: .*{message}"):
        read_manifest(_manifest(tmp_path, text))


def test_the_sample_corpus_has_an_entry_for_every_file() -> None:
    named = {entry.file for entry in read_manifest(CORPUS).source}
    files = {path.name for path in CORPUS.iterdir() if path.is_file() and path.suffix != ".toml"}
    assert named == files - {"README.md"}


@pytest.mark.parametrize(
    "words",
    ['The "new" plan', "back\\slash", "tab\tand\nline", "\x00\x1f\x7f", "Plän für 😀", "'''", "=1 # no comment"],
)
def test_what_is_written_of_a_file_is_read_again(tmp_path: Path, words: str) -> None:
    details = SourceDetails(title=words, authority=words, plan_date=date(2026, 2, 27), label=Label.RESTRICTED)
    manifest = Manifest().saying("a.txt", SourceDetails(label=Label.PUBLIC)).saying("b.txt", details)
    manifest = manifest.saying("a.txt", SourceDetails(title=words))
    read = read_manifest(_manifest(tmp_path, manifest.as_toml()))
    assert read.details("b.txt") == details
    assert read.details("a.txt") == SourceDetails(title=words)
    assert len(read.source) == 2
