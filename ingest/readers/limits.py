"""How much of a file is taken in before it is turned away: a plan is small, and a file that is not may be an attack."""

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.errors import DocumentReadError

Progress = Callable[[int, int], None]
"""Told the part being read and how many there are: pages of a PDF, sheets of a workbook, else 1 of 1."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may hold or cost. Each is a setting."""

    file_bytes: int = 100_000_000
    archive_entries: int = 5_000
    unpacked_bytes: int = 400_000_000
    archive_ratio: int = 250
    """Unpacked to packed size of one entry above a megabyte; real XML reaches about 60."""
    nesting: int = 200
    """Elements inside elements, in XML and HTML."""
    pages: int = 2_000
    cells: int = 1_000_000
    seconds: float = 180.0
    memory_bytes: int = 2_500_000_000


@dataclass(slots=True)
class Budget:
    """What one reading has left of its limits, and whom to tell how far it is."""

    name: str
    limits: Limits = field(default_factory=Limits)
    progress: Progress | None = None
    cells_read: int = 0

    def take_cells(self, count: int = 1) -> None:
        """Count cells. Raises DocumentReadError when they are more than the limit."""
        self.cells_read += count
        if self.cells_read > self.limits.cells:
            raise self.too_much(f"more than {self.limits.cells:,} cells", "Split the file, or raise the limit of cells")

    def begin(self, part: int, parts: int) -> None:
        """Tell that part `part` (from 1) of `parts` begins."""
        if self.progress is not None:
            self.progress(part, parts)

    def too_much(self, what: str, do: str = "Check where the file comes from") -> DocumentReadError:
        """The error that turns the file away: it holds `what`."""
        return DocumentReadError(f"{self.name}: not read, because it holds {what}. {do}.")

    def broken(
        self, what: str, do: str = "Open it in its program, save it again and load that copy"
    ) -> DocumentReadError:
        """The error for a file that cannot be understood: `what` is a clause such as "its text cannot be unpacked"."""
        return DocumentReadError(f"{self.name}: not read, because {what}. {do}.")
