"""How fast a load is beside the raw encoder, and that the same files again cost nothing."""

from __future__ import annotations

from pathlib import Path

from assistant.embedding import open_embedder
from assistant.index import FOLDER
from assistant.records import OWNER
from assistant.register import FILE_NAME, Register
from assistant.settings import read_settings
from assistant.vectors import wanted_texts
from ingest.load import load
from ingest.report import LoadStatus
from tests.bench.figures import Figure, megabytes, timed


def load_figures(folder: Path, data_dir: Path) -> list[Figure]:
    """Load a folder into an empty data folder, then again, and time the encoder over the same texts."""
    settings = read_settings(data_dir=data_dir)
    first_seconds = timed(lambda: load([folder], settings))
    report = []
    again_seconds = timed(lambda: report.append(load([folder], settings)))
    register = Register.open(data_dir, create=False)
    texts = list(wanted_texts(register.select(OWNER), register.passages(OWNER)).values())
    encoder = open_embedder(settings.embedding_model, settings.embedding_threads)
    encoder.embed(texts[:1])
    raw_seconds = timed(lambda: encoder.embed(texts))
    actions = register.count(OWNER)
    register.close()
    [again] = report
    unchanged = sum(each.status is LoadStatus.UNCHANGED for each in again.documents)
    rewritten = sum(each.change.rewritten for each in again.documents)
    embedded = sum(each.embedded for each in again.documents)
    index_size = sum(file.stat().st_size for file in (data_dir / FOLDER).rglob("*") if file.is_file())
    return [
        Figure(
            "texts embedded in a first load", f"{len(texts)}", f"{actions} actions, {len(again.documents)} documents"
        ),
        Figure(
            "load, texts a second", f"{len(texts) / first_seconds:,.0f}", f"raw encoder {len(texts) / raw_seconds:,.0f}"
        ),
        Figure(
            "load beside the raw encoder", f"{first_seconds / raw_seconds:.2f} times", f"{first_seconds:.2f} s in all"
        ),
        Figure(
            "same files again", f"{again_seconds * 1000:,.0f} ms", f"{unchanged} of {len(again.documents)} unchanged"
        ),
        Figure("same files again, rows rewritten", f"{rewritten}", "0 expected"),
        Figure("same files again, texts embedded", f"{embedded}", "0 expected"),
        Figure("register on disk", megabytes((data_dir / FILE_NAME).stat().st_size), f"{actions} actions"),
        Figure("index on disk", megabytes(index_size), f"{len(texts)} vectors of 384 float32"),
    ]
