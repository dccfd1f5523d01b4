"""What a person says of versions, written into the manifests of their folders: joined under a name, or parted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.errors import RecordNotFound, SourceError
from assistant.records import Source
from ingest.manifest import FILE_NAME, read_manifest


def say_joined(sources: Sequence[Source], documents: Iterable[str], name: str | None = None) -> list[Path]:
    """Say in the manifests that these documents are versions of one plan; the files to load again.

    Raises: RecordNotFound for a document that is not held; SourceError where its file or manifest cannot be used.
    """
    chosen = _chosen(sources, documents)
    said = name or next((one.series for one in chosen if one.series), None) or (chosen[0].title if chosen else "")
    return [_say(source, said) for source in chosen]


def say_parted(sources: Sequence[Source], documents: Iterable[str]) -> list[Path]:
    """Say in the manifests that each of these is a version of no other document; the files to load again."""
    return [_say(source, source.document) for source in _chosen(sources, documents)]


def _chosen(sources: Sequence[Source], documents: Iterable[str]) -> list[Source]:
    held = {source.document: source for source in sources}
    wanted = list(documents)
    for document in wanted:
        if document not in held:
            raise RecordNotFound(f'No document "{document}" is held. Those that are: plan-assistant sources')
    return [held[document] for document in wanted]


def _say(source: Source, series: str) -> Path:
    path = Path(source.path)
    if not path.is_file():
        raise SourceError(f"{path}: the file is not there any more, so nothing can be said of it. Load it again first.")
    manifest = read_manifest(path.parent)
    said = manifest.saying(path.name, replace(manifest.details(path.name), series=series))
    target = path.parent / FILE_NAME
    beside = target.with_suffix(".new")
    try:
        beside.write_text(said.as_toml(), encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        raise SourceError(f"{target}: the manifest cannot be written ({error.strerror}). Check its rights.") from error
    return path
