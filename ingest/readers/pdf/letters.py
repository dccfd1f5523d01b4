"""The words of a page with their places, letter by letter from the library."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.records import Box
from ingest.readers.colour import Rgb, from_bytes
from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.shapes import Word

_HYPHEN = 2
"""What the library writes for a hyphen at the end of a line."""
_SPACES = frozenset((0, 9, 10, 11, 12, 13, 32, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000, 0xFFFE, 0xFFFF))
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibd", "demi")
_UNSEEN_MODE = 3
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
_MOST_LETTERS = 400_000
_APART = 0.35
"""Gap between letters, in sizes, that parts two words even where the file has no space."""


@dataclass(slots=True)
class _Letter:
    code: int
    box: Box
    index: int


def read_words(text_page: Any, frame: Frame) -> list[Word]:
    """The words of a page in the order of the file."""
    words = []
    for letters in _runs(text_page, frame):
        word = _word(text_page, letters, frame.turned)
        if word is not None:
            words.append(word)
    return words


def _runs(text_page: Any, frame: Frame) -> Iterator[list[_Letter]]:
    """The letters of each word."""
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    run: list[_Letter] = []
    for index in range(min(raw.FPDFText_CountChars(text_page), _MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in _SPACES or 0xD800 <= code <= 0xDFFF:
            if run:
                yield run
            run = []
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, index, rect):
            continue
        box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        if not all(map(math.isfinite, box)):
            continue
        letter = _Letter(code, box, index)
        if run and _breaks(run[-1].box, box):
            yield run
            run = []
        run.append(letter)
    if run:
        yield run


def _breaks(before: Box, box: Box) -> bool:
    """Whether a letter stands apart from the one before: on another line, or beyond a gap."""
    height = max(before[3] - before[1], 1.0)
    if box[1] >= before[3] or box[3] <= before[1]:
        return box[0] > before[2] + height or box[2] < before[0]
    return box[0] - before[2] > _APART * height or before[0] - box[2] > height


def _word(text_page: Any, letters: list[_Letter], turned: int) -> Word | None:
    from pypdfium2 import raw

    text = "".join(_shown(letter.code) for letter in letters)
    if not text.strip():
        return None
    boxes = [letter.box for letter in letters]
    first = letters[len(letters) // 2].index
    angle = math.degrees(raw.FPDFText_GetCharAngle(text_page, first)) + turned
    if min(angle % 90, 90 - angle % 90) > 5:
        return None  # a mark written across the page, such as DRAFT
    return Word(
        text,
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
        float(raw.FPDFText_GetFontSize(text_page, first)) * _scale(text_page, first),
        _is_bold(text_page, first),
        _ink(text_page, first),
        min(angle % 180, 180 - angle % 180) < 5,
        _is_unseen(text_page, first),
        letters[0].index,
    )


def _shown(code: int) -> str:
    return "-" if code == _HYPHEN else _LIGATURES.get(code) or chr(code)


def _scale(text_page: Any, index: int) -> float:
    """How much larger a letter is shown than its font size says."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text_page, index, matrix):
        return 1.0
    scale = math.hypot(matrix.c, matrix.d)
    return scale if 0.01 < scale < 1000 else 1.0


def _is_bold(text_page: Any, index: int) -> bool:
    from pypdfium2 import raw

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "ignore").lower()
    return raw.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT or any(part in name for part in _BOLD_NAMES)


def _ink(text_page: Any, index: int) -> Rgb | None:
    from pypdfium2 import raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(text_page, index, red, green, blue, alpha):
        return None
    return from_bytes((red.value, green.value, blue.value))


def _is_unseen(text_page: Any, index: int) -> bool:
    from pypdfium2 import raw

    found = raw.FPDFText_GetTextObject(text_page, index)
    return bool(found) and raw.FPDFTextObj_GetTextRenderMode(found) == _UNSEEN_MODE
