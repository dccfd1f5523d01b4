"""Makes what free words are compared with, at set-up: `python -m assistant.themes`. Nothing is downloaded."""

import sys

from assistant.embedding import open_embedder
from assistant.settings import read_settings
from assistant.themes.likeness import keep_phrase_vectors, phrase_texts
from assistant.vocabulary import Vocabulary


def main() -> None:
    """Make the vectors of the glossary's phrases with the model in force, and say where they are."""
    embedder = open_embedder(read_settings().embedding_model, threads=0)
    path = keep_phrase_vectors(phrase_texts(Vocabulary.load()), embedder)
    sys.stderr.write(f"Vectors of the glossary's phrases: {path}\n")


if __name__ == "__main__":
    main()
