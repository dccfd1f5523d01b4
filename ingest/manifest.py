"""`manifest.toml` in a folder: what the officer who keeps the folder says of each file in it.

```toml
[[source]]
file = "children-plan-2026.docx"
title = "Children's Plan 2026"
authority = "Fenbridge Council"
date = 2026-02-27
label = "public"        # public, internal or restricted; internal where nothing is said
series = "children"     # documents that share it are versions of one plan; one of its own parts a document from all
```
"""

from __future__ import annotations

import datetime
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import RecordNotFound, SourceError
from assistant.records import Label, Source, SourceDetails

FILE_NAME = "manifest.toml"


class ManifestEntry(BaseModel):
    """What is said of one file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    file: str = Field(min_length=1)
    title: str | None = Field(default=None, min_length=1)
    authority: str | None = Field(default=None, min_length=1)
    date: datetime.date | None = None
    label: Label | None = Field(default=None, strict=False)
    series: str | None = Field(default=None, min_length=1)
    released: bool = False

    @property
    def details(self) -> SourceDetails:
        return SourceDetails(self.title, self.authority, self.date, self.label, self.series, self.released)


class Manifest(BaseModel):
    """What is said of the files of one folder, each by its name in it."""

    model_config = ConfigDict(extra="forbid")

    source: list[ManifestEntry] = []

    @model_validator(mode="after")
    def _each_file_once(self) -> Manifest:
        for name, times in Counter(entry.file for entry in self.source).items():
            if times > 1:
                raise ValueError(f'the file "{name}" has two entries')
        return self

    def saying(self, name: str, details: SourceDetails) -> Manifest:
        """The manifest with this said of the file of this name, in place of what was."""
        entry = ManifestEntry(
            file=name, title=details.title, authority=details.authority, date=details.plan_date, label=details.label,
            series=details.series, released=details.released,
        )  # fmt: skip
        return Manifest(source=[*(one for one in self.source if one.file != name), entry])

    def as_toml(self) -> str:
        """The text of a file that `read_manifest` reads as this manifest."""
        return "\n".join(_entry_text(entry) for entry in self.source)

    def details(self, name: str) -> SourceDetails:
        """What is said of the file with this name; nothing is set where nothing is said."""
        return next((entry.details for entry in self.source if entry.file == name), SourceDetails())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; an empty one where the folder has none.

    Raises: SourceError, which names the file, the key and what it may be.
    """
    path = folder / FILE_NAME
    try:
        if not path.is_file():
            return Manifest()
        return Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path}: the manifest cannot be read: {error}. Mend it; see ingest/README.md.") from error
    except ValidationError as error:
        faults = "; ".join(_words(fault) for fault in error.errors())
        raise SourceError(
            f"{path}: {faults}. Known keys of a [[source]]: {', '.join(ManifestEntry.model_fields)}. Mend the manifest."
        ) from error


def release(path: Path) -> None:
    """Say in the manifest of its folder that a person has looked at a file, so that it is read all the same.

    Raises: SourceError where the manifest cannot be read or written.
    """
    _say(path, released=True)


def _say(path: Path, **said: Any) -> Path:
    """Say something of a file in the manifest of its folder, which is whole at any moment; the path of the file."""
    manifest = read_manifest(path.parent)
    target = path.parent / FILE_NAME
    beside = target.with_suffix(".new")
    try:
        text = manifest.saying(path.name, replace(manifest.details(path.name), **said)).as_toml()
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        raise SourceError(f"{target}: the manifest cannot be written ({error.strerror}). Check its rights.") from error
    return path


def _entry_text(entry: ManifestEntry) -> str:
    """The entry as TOML. Texts are as JSON writes them, but for one character that JSON leaves bare."""
    said = entry.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    values = {
        key: json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        if isinstance(value, str) and key != "date"
        else str(value).lower()
        for key, value in said.items()
    }
    return "\n".join(["[[source]]", *(f"{key} = {value}" for key, value in values.items()), ""])


def _words(fault: Any) -> str:
    where = " ".join(f"entry {part + 1}" if isinstance(part, int) else str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f'"{where}" is not a known key'
    return f"{where}: {fault['msg']}".removeprefix(": ")


def say_joined(sources: Sequence[Source], documents: Iterable[str], name: str | None = None) -> list[Path]:
    """Say in the manifests that these documents are versions of one plan; the files to load again.

    Raises: RecordNotFound for a document that is not held; SourceError where its file or manifest cannot be used.
    """
    chosen = _chosen(sources, documents)
    said = name or next((one.series for one in chosen if one.series), None) or (chosen[0].title if chosen else "")
    return [_say(Path(source.path), series=said) for source in chosen]


def say_parted(sources: Sequence[Source], documents: Iterable[str]) -> list[Path]:
    """Say in the manifests that each of these is a version of no other document; the files to load again."""
    return [_say(Path(source.path), series=source.document) for source in _chosen(sources, documents)]


def _chosen(sources: Sequence[Source], documents: Iterable[str]) -> list[Source]:
    held = {source.document: source for source in sources}
    wanted = list(documents)
    for document in wanted:
        if document not in held:
            raise RecordNotFound(f'No document "{document}" is held. Those that are: plan-assistant sources')
        if not Path(path := held[document].path).is_file():
            raise SourceError(
                f"{path}: the file is not there any more, so nothing can be said of it. Load it again first."
            )
    return [held[document] for document in wanted]
