"""The words of a page with their places, letter by letter from the library."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.looks import Rgb, from_bytes
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
"""Gap between letters, in heights, that parts two words even where the file has no space."""
_FURTHEST = 1e6


@dataclass(frozen=True, slots=True)
class _Look:
    """What all letters of one piece of text have in common."""

    size: float
    bold: bool
    ink: Rgb | None
    unseen: bool
    angle: float


@dataclass(slots=True)
class _Run:
    """The letters of one word so far. The last four values are of its last letter."""

    index: int
    codes: list[int]
    x0: float
    top: float
    x1: float
    bottom: float
    left: float
    right: float
    above: float
    below: float

    def add(self, code: int, x0: float, top: float, x1: float, bottom: float) -> bool:
        """Add a letter; False where it stands apart from the one before, on another line or beyond a gap."""
        height = max(self.below - self.above, 1.0)
        if top >= self.below or bottom <= self.above:
            if x0 > self.right + height or x1 < self.left:
                return False
        elif x0 - self.right > _APART * height or self.left - x1 > height:
            return False
        self.codes.append(code)
        self.x0, self.top = min(self.x0, x0), min(self.top, top)
        self.x1, self.bottom = max(self.x1, x1), max(self.bottom, bottom)
        self.left, self.right, self.above, self.below = x0, x1, top, bottom
        return True


@dataclass(slots=True)
class Letters:
    """Reads the words of one page. Pieces of text with one look are looked at once."""

    text_page: Any
    frame: Frame
    _looks: dict[int, _Look] = field(default_factory=dict)

    def words(self) -> list[Word]:
        """The words of the page in the order of the file, without marks that are written across it, such as DRAFT."""
        return [word for run in self._runs() if (word := self._word(run)) is not None]

    def _runs(self) -> Iterator[_Run]:
        from pypdfium2 import raw

        rect, page, frame = raw.FS_RECTF(), self.text_page, self.frame
        code_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
        run: _Run | None = None
        for index in range(min(raw.FPDFText_CountChars(page), _MOST_LETTERS)):
            code = code_of(page, index)
            if code in _SPACES or 0xD800 <= code <= 0xDFFF:
                if run is not None:
                    yield run
                run = None
                continue
            if not box_of(page, index, rect):
                continue
            x0, top, x1, bottom = frame.box(rect.left, rect.bottom, rect.right, rect.top)
            if not (abs(x0) < _FURTHEST and abs(top) < _FURTHEST and x1 < _FURTHEST and bottom < _FURTHEST):
                continue
            if run is not None and run.add(code, x0, top, x1, bottom):
                continue
            if run is not None:
                yield run
            run = _Run(index, [code], x0, top, x1, bottom, x0, x1, top, bottom)
        if run is not None:
            yield run

    def _word(self, run: _Run) -> Word | None:
        text = "".join(map(_shown, run.codes))
        look = self._look(run.index)
        angle = look.angle % 90
        if not text.strip() or min(angle, 90 - angle) > 5:
            return None
        upright = min(look.angle % 180, 180 - look.angle % 180) < 5
        box = (run.x0, run.top, run.x1, run.bottom)
        return Word(text, *box, look.size, look.bold, look.ink, upright, look.unseen, run.index)

    def _look(self, index: int) -> _Look:
        from pypdfium2 import raw

        piece = raw.FPDFText_GetTextObject(self.text_page, index)
        key = ctypes.cast(piece, ctypes.c_void_p).value if piece else None
        if key is None:
            return self._look_of(index, None)
        if key not in self._looks:
            self._looks[key] = self._look_of(index, piece)
        return self._looks[key]

    def _look_of(self, index: int, piece: Any) -> _Look:
        from pypdfium2 import raw

        page = self.text_page
        return _Look(
            float(raw.FPDFText_GetFontSize(page, index)) * _scale(page, index),
            _is_bold(page, index),
            _ink(page, index),
            piece is not None and raw.FPDFTextObj_GetTextRenderMode(piece) == _UNSEEN_MODE,
            math.degrees(raw.FPDFText_GetCharAngle(page, index)) + self.frame.turned,
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
