"""The plain chunk pipeline, to compare with: LangChain's splitter, the same embeddings, the best few chunks, and a
perfect reader, who finds every row that stands in what it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.embedding import Embedder

CHARACTERS, OVERLAP = 1_000, 200
"""The splitter's usual size; the packaged encoder reads some 1,000 characters of a text."""
ENOUGH_OF_A_LINE = 0.5
"""A line counts as read when the chunks hold this share of its characters: kinder than a whole line."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters `start` to `end` of a document."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LinesOf:
    """Some lines of a document, from 0."""

    document: str
    lines: tuple[int, ...]


class ChunkPipeline:
    """Documents cut into chunks, and the best of them for a question."""

    def __init__(self, documents: Mapping[str, Sequence[str]], embedder: Embedder) -> None:
        """Args: documents, the lines of each by name."""
        self._lines = {name: tuple(lines) for name, lines in documents.items()}
        self._starts = {
            name: tuple(accumulate((len(line) + 1 for line in lines), initial=0)) for name, lines in self._lines.items()
        }
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHARACTERS, chunk_overlap=OVERLAP, add_start_index=True, strip_whitespace=False
        )
        self._chunks: list[Chunk] = []
        texts: list[str] = []
        for name, lines in self._lines.items():
            for part in splitter.create_documents(["\n".join(lines)]):
                start = part.metadata["start_index"]
                self._chunks.append(Chunk(name, start, start + len(part.page_content)))
                texts.append(part.page_content)
        self._embedder = embedder
        self._vectors = embedder.embed(texts)

    def __len__(self) -> int:
        return len(self._chunks)

    def best(self, question: str, k: int) -> list[Chunk]:
        """The k chunks nearest to a question, best first."""
        scores = self._vectors @ self._embedder.embed([question])[0]
        return [self._chunks[at] for at in sorted(range(len(self._chunks)), key=lambda at: -scores[at])[:k]]

    def hold(self, chunks: Iterable[Chunk], wanted: LinesOf) -> bool:
        """Whether the chunks hold all of these lines; a row without any line is not held."""
        own = [chunk for chunk in chunks if chunk.document == wanted.document]
        return bool(wanted.lines) and all(self._holds(own, wanted.document, line) for line in wanted.lines)

    def _holds(self, chunks: Sequence[Chunk], document: str, line: int) -> bool:
        start = self._starts[document][line]
        end = start + len(self._lines[document][line])
        read = {at for chunk in chunks for at in range(max(start, chunk.start), min(end, chunk.end))}
        return len(read) >= ENOUGH_OF_A_LINE * max(1, end - start)
