"""A folder of plans of Fenbridge with a data folder beside it, for tests of loading."""

from __future__ import annotations

from pathlib import Path

from assistant.index import Index
from assistant.records import OWNER
from assistant.register import Register
from assistant.settings import Settings
from assistant.vectors import wanted_texts
from ingest.load import Read, load
from ingest.report import DocumentReport, LoadReport
from tests.fakes import LetterEmbedder
from tests.readings import read_lines


class Folder:
    """A folder of plans and the data folder beside it."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root, self.settings = root, settings
        self.embedder = LetterEmbedder()
        root.mkdir()

    def write(self, name: str, *lines: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    def load(self, *paths: Path, read: Read = read_lines, remove_all: bool = False) -> LoadReport:
        self.embedder = LetterEmbedder()
        given = paths or [self.root]
        return load(given, self.settings, read=read, embedder=self.embedder, remove_all=remove_all)

    @property
    def register(self) -> Register:
        return Register.open(self.settings.data_dir, create=False)

    def rows(self) -> list[tuple[str, str]]:
        return [(row.document, row.action) for row in self.register.select(OWNER)]

    def ids(self) -> dict[str, str]:
        return {row.action: row.id for row in self.register.select(OWNER)}

    def wanted(self) -> list[str]:
        """The digests of all texts that the index should hold."""
        register = self.register
        return list(wanted_texts(register.select(OWNER), register.passages(OWNER)))

    def index(self) -> Index:
        model = LetterEmbedder()
        return Index(self.settings.data_dir, model.model, model.dimension)


def only(report: LoadReport) -> DocumentReport:
    """The one document of a report."""
    [document] = report.documents
    return document
