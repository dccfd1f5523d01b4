"""What turns a text into a vector."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]
else:
    Matrix = object


class Embedder(Protocol):
    """One model of embeddings. Vectors of two embedders compare only where `model` is equal."""

    @property
    def model(self) -> str:
        """The model's name and the hash of its weights; kept beside its vectors."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return a vector for each text: shape (n, d), float32, rows of unit length, in the order of the texts.

        A text beyond the model's limit (256 tokens for the packaged one) counts by its beginning.
        """
