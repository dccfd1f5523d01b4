"""The label of a document: never wider than the strictest of what its manifest, its upload and the register say."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.labels import Label, strictest
from assistant.register import Held

NOT_KNOWN = "its label cannot be read"


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a document is labelled from now on. `hidden` says why only readers of what is restricted may see it."""

    label: Label
    said: str
    hidden: str
    note: str
    """What changed, or did not although it was asked for, in words; empty where there is nothing to say."""


def labelled(held: Held, said: Label | None, *, readable: bool = True, copy: bool = False) -> Labelled:
    """The label of a document that is held, when its folder says `said` of it, or nothing.

    Args: readable, False where what the folder says cannot be read: the document is then hidden until it can be; copy,
    True where another file of the same bytes speaks, whose silence means nothing.
    """
    was, name = held.source.label, held.source.document
    if not readable:
        note = "" if held.hidden else f"{name} is hidden until its label can be read"
        return Labelled(was, held.said, NOT_KNOWN, note)
    given = None if was is Label.INTERNAL and not held.said else was
    label = was if copy and not said else strictest(said or Label.INTERNAL, given)
    on_record = label.value if said or held.said else ""
    hidden = held.hidden if copy else ""
    if label is not was:
        return Labelled(label, on_record, hidden, f"{name} is {label.value} now; it was {was.value}")
    if said and said is not was:
        words = f'{name} is said to be {said.value} and stays {was.value}. To widen it: plan-assistant label "{name}" '
        return Labelled(label, on_record, hidden, f"{words}{said.value}")
    note = f"{name} can be seen again, by its label" if held.hidden and not hidden else ""
    return Labelled(label, on_record, hidden, note)
