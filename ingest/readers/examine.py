"""What every document goes through after its reader: what nobody can see is taken out, what is odd is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.invisible import has_invisible, strip_invisible
from assistant.places import place_words
from assistant.records import Block, Cell, Document, Locator, ReadWarning
from ingest.readers.findings import Findings

LONGEST = 50_000
"""So many letters of a line, a paragraph or a cell are read: no plan has longer ones."""
_LONGEST_PROMPT = 90
_PROMPT = re.compile(
    r"\W*(?:(?:please )?(?:click|tap)(?: or tap| or click)?(?: here)? to (?:enter|add|insert|select|choose|type)\b"
    r".{0,40}|(?:choose|select) an? (?:item|date|option|building block)|"
    r"(?:enter|type|insert) (?:text|name|date|your \w+)(?: here)?)\W*",
    re.IGNORECASE,
)
"""What a field of a form says until somebody fills it in."""
_FORMULA = re.compile(r"\s*(?:=\s*[\w\"'+(@-]|[+@-][A-Za-z][\w.]*\s*[(!|]|[+-]?\d+[+*/-]?cmd\|)")
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|these|your)\b"
    r"[^.\n]{0,30}\b(?:instructions?|prompts?|rules|guidance)\b|"
    r"\byou are (?:now )?(?:an? )?(?:ai|helpful assistant|chatgpt|language model)\b|"
    r"\b(?:note|message|instructions?|attention|dear)\b[^.\n]{0,12}\b(?:ai|chatbots?|language models?|llms?|copilot)\b|"
    r"\b(?:ai|digital|virtual) assistants?\b[^.\n]{0,30}\b(?:must|should|please|ignore|answer|say|reply|report)\b|"
    r"\bsystem prompt\b|\bas an ai\b|<\|?(?:im_start|system|assistant)\|?>",
    re.IGNORECASE,
)

_KEYS = (
    "instruction",
    "prompt",
    "rules",
    "guidance",
    "assistant",
    "chatgpt",
    "language model",
    " ai",
    "llm",
    "copilot",
    "chatbot",
    "<",
)
"""One of these stands in every text that speaks to a program."""


def examined(document: Document) -> Document:
    """The document with invisible characters taken out, except from text files, whose lines are quoted as they stand;
    unfilled prompts of forms blanked; texts without end cut; and a warning of each thing that a plan has no need of."""
    findings = Findings()
    places: dict[Locator, None] = {}
    lines = bool(document.lines)

    def seen(text: str, place: Locator, in_cell: bool) -> str:
        if has_invisible(text):
            places[place] = None
        text = text if lines else strip_invisible(text)
        if in_cell and _FORMULA.match(text):
            findings.gather(
                "Cells begin as a formula does. They were read as words and are never run", place_words(place), place
            )
        low = text.lower()
        if any(key in low for key in _KEYS) and _ORDER.search(text):
            findings.gather(
                "Words that speak to a program and not to a reader. They were read as words only",
                place_words(place),
                place,
            )
        if len(text) > LONGEST:
            findings.unread(f"A text of {len(text):,} letters: only the first {LONGEST:,} were read.", place)
            text = text[:LONGEST]
        if len(text) < _LONGEST_PROMPT and _PROMPT.fullmatch(text):
            findings.gather("Fields of a form that nobody filled in are read as empty", place_words(place), place)
            return ""
        return text

    items = tuple(
        replace(item, text=seen(item.text, item.locator, False)) if isinstance(item, Block)
        else replace(item, rows=tuple(replace(row, cells=_cells(row.cells, seen)) for row in item.rows))
        for item in document.items
    )  # fmt: skip
    for place in places:
        findings.gather("Characters that nobody can see stand in the text", place_words(place), place)
    warnings: tuple[ReadWarning, ...] = (*document.warnings, *findings.warnings)
    return replace(document, items=items, invisible=() if lines else tuple(places), warnings=warnings)


def _cells(cells: tuple[Cell, ...], seen: Callable[[str, Locator, bool], str]) -> tuple[Cell, ...]:
    texts = [seen(cell.text, cell.locator, True) if cell.text else "" for cell in cells]
    if all(text == cell.text for text, cell in zip(texts, cells, strict=True)):
        return cells
    return tuple(replace(cell, text=text) for text, cell in zip(texts, cells, strict=True))
