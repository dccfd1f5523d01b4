"""A page through the library: its words letter by letter, what is drawn, what is filled in, and its picture."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, raw

from assistant.records import Box
from ingest.readers.limits import Budget
from ingest.readers.looks import Rgb, from_bytes
from ingest.readers.pdf.lines import IDENTITY, Edge, Fill, Frame, Matrix, Word, apply, multiply

_SPACES = frozenset((0, 9, 10, 11, 12, 13, 32, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000, 0xFFFE, 0xFFFF))
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibd", "demi")
_UNSEEN_MODE = 3
_SHOWN = {2: "-", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
"""What stands for letters: a hyphen at the end of a line is 2 to the library, and ligatures are taken apart."""
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
        text = "".join(map(chr, run.codes)).translate(_SHOWN)
        look = self._look(run.index)
        angle = look.angle % 90
        if not text.strip() or min(angle, 90 - angle) > 5:
            return None
        upright = min(look.angle % 180, 180 - look.angle % 180) < 5
        box = (run.x0, run.top, run.x1, run.bottom)
        return Word(text, *box, look.size, look.bold, look.ink, upright, look.unseen, run.index)

    def _look(self, index: int) -> _Look:
        piece = raw.FPDFText_GetTextObject(self.text_page, index)
        key = ctypes.cast(piece, ctypes.c_void_p).value if piece else None
        if key is None:
            return self._look_of(index, None)
        if key not in self._looks:
            self._looks[key] = self._look_of(index, piece)
        return self._looks[key]

    def _look_of(self, index: int, piece: Any) -> _Look:
        page, buffer, flags = self.text_page, ctypes.create_string_buffer(128), ctypes.c_int()
        raw.FPDFText_GetFontInfo(page, index, buffer, 128, flags)
        name = buffer.value.decode("utf-8", "ignore").lower()
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        inked = raw.FPDFText_GetFillColor(page, index, red, green, blue, alpha)
        return _Look(
            float(raw.FPDFText_GetFontSize(page, index)) * _scale(page, index),
            raw.FPDFText_GetFontWeight(page, index) >= _BOLD_WEIGHT or any(part in name for part in _BOLD_NAMES),
            from_bytes((red.value, green.value, blue.value)) if inked else None,
            piece is not None and raw.FPDFTextObj_GetTextRenderMode(piece) == _UNSEEN_MODE,
            math.degrees(raw.FPDFText_GetCharAngle(page, index)) + self.frame.turned,
        )


def _scale(text_page: Any, index: int) -> float:
    """How much larger a letter is shown than its font size says."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text_page, index, matrix):
        return 1.0
    scale = math.hypot(matrix.c, matrix.d)
    return scale if 0.01 < scale < 1000 else 1.0


THIN = 2.6
"""A filled shape no thicker than this is a rule, in points."""
_STRAIGHT = 1.0
_SHORTEST = 2.0
_MOST_OBJECTS = 30_000
_MOST_FILLS = 6_000
_MOST_SEGMENTS = 4_000
_DEEPEST = 8

Point = tuple[float, float]


@dataclass(slots=True)
class Drawing:
    """Gathers what is drawn on one page. `crowded` when there was too much to be rules of a table."""

    frame: Frame
    fills: list[Fill] = field(default_factory=list)
    flat: list[Edge] = field(default_factory=list)
    standing: list[Edge] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    crowded: bool = False
    _seen: int = 0

    def read(self, page: Any) -> Drawing:
        """Gather from a page of the library."""
        found = (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))
        self._take(found, IDENTITY, 0)
        return self

    def _take(self, objects: Iterator[Any], matrix: Matrix, depth: int) -> None:
        for found in objects:
            self._seen += 1
            if self._seen > _MOST_OBJECTS or len(self.fills) > _MOST_FILLS:
                self.crowded = True
                return
            kind = raw.FPDFPageObj_GetType(found)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(found, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                whole = multiply(_matrix(found), matrix)
                corners = [self.frame.point(*apply(whole, x, y)) for x, y in ((0, 0), (0, 1), (1, 0), (1, 1))]
                self.pictures.append(_bounds(corners))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = (raw.FPDFFormObj_GetObject(found, n) for n in range(raw.FPDFFormObj_CountObjects(found)))
                self._take(inner, multiply(_matrix(found), matrix), depth + 1)

    def _path(self, path: Any, matrix: Matrix) -> None:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(path, mode, stroke) or not (mode.value or stroke.value):
            return
        fill = _colour(raw.FPDFPageObj_GetFillColor, path) if mode.value else None
        for points, curved in _outlines(path, multiply(_matrix(path), matrix), self.frame):
            if fill is not None:
                self._fill(points, curved, fill)
            if stroke.value and not curved and _colour(raw.FPDFPageObj_GetStrokeColor, path) is not None:
                for one, other in itertools.pairwise(points):
                    self._line(one, other)

    def _fill(self, points: list[Point], curved: bool, rgb: Rgb) -> None:
        box = _bounds(points)
        width, height = box[2] - box[0], box[3] - box[1]
        if not curved and (width <= THIN or height <= THIN):
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            if width > height:
                self._line((box[0], middle[1]), (box[2], middle[1]))
            else:
                self._line((middle[0], box[1]), (middle[0], box[3]))
        elif width > THIN and height > THIN:
            self.fills.append(Fill(box, rgb, len(self.fills)))

    def _line(self, one: Point, other: Point) -> None:
        across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
        if down <= _STRAIGHT and across >= _SHORTEST:
            self.flat.append(Edge((one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
        elif across <= _STRAIGHT and down >= _SHORTEST:
            self.standing.append(Edge((one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))


def _outlines(path: Any, matrix: Matrix, frame: Frame) -> Iterator[tuple[list[Point], bool]]:
    """The outlines of a path as points on the page, each with whether it has curves."""
    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(raw.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        point = frame.point(*apply(matrix, x.value, y.value))
        if not all(map(math.isfinite, point)):
            return
        points.append(point)
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _matrix(found: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(found, matrix):
        return IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _colour(get: Any, found: Any) -> Rgb | None:
    """The colour, None where it cannot be told or lets everything through."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(found, red, green, blue, alpha) or alpha.value == 0:
        return None
    share = alpha.value / 255
    shown = [value * share + 255 * (1 - share) for value in (red.value, green.value, blue.value)]
    return from_bytes([round(value) for value in shown])


def _bounds(points: list[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


_FIRST_INDEX = 10_000_000
"""Words of fields come after all that is written on the page."""
_SIZE = 10.0
_LETTER = 0.5
"""Width of a letter in heights."""


def filled_words(page: Any, frame: Frame, notes: range) -> Iterator[Word]:
    """The words in the fields; a box to tick as ☑ or ☐."""
    for index in notes:
        note, rect = raw.FPDFPage_GetAnnot(page, index), raw.FS_RECTF()
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT) and raw.FPDFAnnot_GetRect(note, rect):
            box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
            text = text_of(raw.FPDFAnnot_GetStringValue, note, b"Contents") if kind == raw.FPDF_ANNOT_FREETEXT else ""
            value = _value(page.formenv, note) if kind == raw.FPDF_ANNOT_WIDGET and page.formenv else text
            yield from _placed(value, box, _FIRST_INDEX + 1000 * index)
        raw.FPDFPage_CloseAnnot(note)


def _value(form: Any, note: Any) -> str:
    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return "☑" if raw.FPDFAnnot_IsChecked(form, note) else "☐"
    if kind not in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return ""
    return text_of(raw.FPDFAnnot_GetFormFieldValue, form, note)


def text_of(getter: Any, *of: Any) -> str:
    """What one of the library's functions writes, which is asked for its size first."""
    size = getter(*of, None, 0)
    if not 2 < size < 100_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    getter(*of, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "ignore")


def _placed(value: str, box: tuple[float, float, float, float], index: int) -> Iterator[Word]:
    """The words of a value, line by line from the top of the box, squeezed into its width."""
    left, top, right, bottom = box
    lines = [line.split() for line in value.replace("\r", "\n").split("\n") if line.strip()]
    for row, words in enumerate(lines):
        height = min(_SIZE, (bottom - top) / len(lines))
        middle = (top + bottom) / 2 if len(lines) == 1 else top + height * (row + 0.5)
        letter = min(_LETTER * height, (right - left) / max(1, len(" ".join(words)) + 1))
        x = left + letter / 2
        for word in words:
            end = x + letter * len(word)
            yield Word(word, x, middle - height / 2, end, middle + height / 2, height, False, None, True, False, index)
            x, index = end + letter, index + 1


_MOST_POINTS = 3_000.0
"""Pages larger than this, in points, are no paper."""


def picture_of(data: bytes, number: int, dots_per_inch: int, budget: Budget) -> bytes:
    """The page, from 1, in greys, as PNM. Raises DocumentReadError where it cannot be drawn."""
    try:
        file = PdfDocument(data)
        try:
            page = file[number - 1]
            if max(page.get_size()) > _MOST_POINTS:
                raise budget.too_much("a page larger than any paper")
            drawn = page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy()
        finally:
            file.close()
    except (PdfiumError, IndexError, ValueError) as error:
        raise budget.broken("one of its pages cannot be drawn") from error
    height, width = drawn.shape[:2]
    return b"P5 %d %d 255\n" % (width, height) + bytes(drawn.reshape(height, -1)[:, :width].tobytes())
