"""Who may see what: the labels of sources, and what one reader may see of them."""

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """Who may see a source; a source without a label is internal."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"

    @property
    def rank(self) -> int:
        """How narrow the label is: 0 where everybody may see."""
        return list(Label).index(self)


def strictest(*labels: Label | None) -> Label:
    """The narrowest of the labels that are given; internal where none is."""
    return max((label for label in labels if label), key=lambda label: label.rank, default=Label.INTERNAL)


@dataclass(frozen=True, slots=True)
class Only:
    """Of what the labels let a reader see, only the plans whose file names match one of these; `*` is any run."""

    plans: tuple[str, ...]


class Care(StrEnum):
    """How a reader is told what may be seen."""

    FEW_ROUNDED = "few_rounded"
    """A number below five of children is told as "a small number"."""


Audience = frozenset[Label | Only | Care]
"""The labels that one reader may see, and what narrows that. Every read of the register takes one."""

OWNER: Audience = frozenset(Label)
"""The audience of the person who runs the command line: sees all."""

PUBLIC: Audience = frozenset({Label.PUBLIC})
"""The audience of a reader of whom nothing is known."""
