"""A page through the library: its words letter by letter, what is drawn, what is filled in, and its picture."""

import ctypes
import itertools
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pypdfium2 import PdfDocument, PdfiumError, PdfMatrix, raw

from assistant.records import Box, Locator
from ingest.readers.job import Job
from ingest.readers.looks import Rgb, from_bytes
from ingest.readers.pdf.lines import Edge, Fill, Page, Word, area, around, overlap
from ingest.runs import runs

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
_OUTSIDE = 5.0, 40.0
"""How far words may stand out of the page, to the left and above, and to the right and below."""
_PICTURE_PAGE = 0.5
"""Share of a page that a picture covers where the page is a scan."""
_FEW_WORDS = 3
_TINY = 1.5
"""Letters of so many points or fewer are not there to be read."""


def read_page(file: Any, index: int, job: Job) -> Page:
    """The page at an index, from 0, with all that stands on it. Remarks that lie over it are told."""
    with closing(file[index]) as page, closing(page.get_textpage()) as text:
        left, bottom, right, top = page.get_cropbox()
        to_page = {
            0: PdfMatrix(1, 0, 0, -1, -left, top),
            90: PdfMatrix(0, 1, 1, 0, -bottom, -left),
            180: PdfMatrix(-1, 0, 0, 1, right, -bottom),
            270: PdfMatrix(0, -1, -1, 0, top, right),
        }[page.get_rotation()]
        _, _, width, height = to_page.on_rect(left, bottom, right, top)
        found = Page(index + 1, width, height, file.get_page_label(index) or None)
        _draw(page, to_page, found)
        before, after = _OUTSIDE
        found.words = [
            word
            for word in (*_Letters(text, to_page).words(), *_written_over(page, to_page, found.number, job))
            if min(word.x0, word.top) >= -before and word.x1 <= width + after and word.bottom <= height + after
        ]
        _take_unseen(found, job)
        return found


def _take_unseen(page: Page, job: Job) -> None:
    """Take out the words of a page that nobody sees; they, scans and crowded drawings are told."""
    place = Locator(page=page.number)
    whole = (0.0, 0.0, page.width, page.height)
    scanned = sum(overlap(picture, whole) for picture in page.pictures) >= _PICTURE_PAGE * area(whole)
    if page.crowded:
        job.note(f"Page {page.number}: a drawing with very many lines was left out.", place, True)
    if len(page.words) < _FEW_WORDS and (scanned or page.pictures):
        job.note(f"Page {page.number}: scanned, not read. It is a picture without text.", place, True)
    elif scanned and any(word.unseen for word in page.words):
        words = f"Page {page.number}: a scan; its words are those that a machine recognised and may be wrong."
        job.note(words, place)
    else:
        unseen = [word.unseen or word.size <= _TINY or _is_blank(word, page) for word in page.words]
        if any(unseen):
            job.hide("hidden text", place, [" ".join(word.text for word in itertools.compress(page.words, unseen))])
        page.words = [word for word, gone in zip(page.words, unseen, strict=True) if not gone]


def _is_blank(word: Word, page: Page) -> bool:
    """White letters on bare paper."""
    white = word.ink is not None and min(word.ink) >= 0.99
    if not white or any(overlap(picture, word.box) > 0 for picture in page.pictures):
        return False
    behind = page.ground(word.box)
    return behind is None or min(behind.rgb) >= 0.99


class _Letter(NamedTuple):
    number: int
    code: int
    box: Box
    after_space: bool


@dataclass(slots=True)
class _Letters:
    """Reads the words of one page. Pieces of text with one look are looked at once."""

    text_page: Any
    to_page: PdfMatrix
    _looks: dict[int, tuple[float, bool, Rgb | None, bool, float]] = field(default_factory=dict)
    """By the address of a piece: the size of its letters, whether they are bold, their ink, whether they are drawn
    without ink, and how far they are turned."""

    def words(self) -> Iterator[Word]:
        """The words of the page in the order of the file, without marks that are written across it, such as DRAFT."""
        for letters in runs(self._letters(), _begins):
            size, bold, ink, unseen, angle = self._look(letters[0].number)
            text = "".join(chr(letter.code) for letter in letters).translate(_SHOWN)
            if text.strip() and abs((angle + 45) % 90 - 45) <= 5:
                box, upright = around(letter.box for letter in letters), abs((angle + 90) % 180 - 90) < 5
                yield Word(text, box, letters[0].number, size, bold, ink, unseen, upright)

    def _letters(self) -> Iterator[_Letter]:
        rect, page, on_point, after_space = raw.FS_RECTF(), self.text_page, self.to_page.on_point, False
        for index in range(min(raw.FPDFText_CountChars(page), _MOST_LETTERS)):
            code = raw.FPDFText_GetUnicode(page, index)
            if code in _SPACES or 0xD800 <= code <= 0xDFFF:
                after_space = True
            elif raw.FPDFText_GetLooseCharBox(page, index, rect):
                (x0, y0), (x1, y1) = on_point(rect.left, rect.top), on_point(rect.right, rect.bottom)
                box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                if -_FURTHEST < box[0] <= box[2] < _FURTHEST and -_FURTHEST < box[1] <= box[3] < _FURTHEST:
                    yield _Letter(index, code, box, after_space)
                    after_space = False

    def _look(self, index: int) -> tuple[float, bool, Rgb | None, bool, float]:
        page, piece = self.text_page, raw.FPDFText_GetTextObject(self.text_page, index)
        key = (ctypes.cast(piece, ctypes.c_void_p).value if piece else None) or -index
        if key not in self._looks:
            font, flags, matrix = ctypes.create_string_buffer(128), ctypes.c_int(), raw.FS_MATRIX()
            raw.FPDFText_GetFontInfo(page, index, font, 128, flags)
            name = font.value.decode("utf-8", "ignore").lower()
            raw.FPDFText_GetMatrix(page, index, matrix)
            scale = math.hypot(matrix.c, matrix.d)
            self._looks[key] = (
                float(raw.FPDFText_GetFontSize(page, index)) * (scale if 0.01 < scale < 1000 else 1.0),
                raw.FPDFText_GetFontWeight(page, index) >= _BOLD_WEIGHT or any(part in name for part in _BOLD_NAMES),
                _colour(raw.FPDFText_GetFillColor, page, index),
                bool(piece) and raw.FPDFTextObj_GetTextRenderMode(piece) == _UNSEEN_MODE,
                math.degrees(raw.FPDFText_GetCharAngle(page, index)) + (90 if self.to_page.a == 0 else 0),
            )
        return self._looks[key]


def _begins(run: list[_Letter], letter: _Letter) -> bool:
    """Whether a letter begins a word: after white space, on another line, or beyond a gap."""
    (left, above, right, below), (x0, top, x1, bottom) = run[-1].box, letter.box
    height = max(below - above, 1.0)
    if letter.after_space or top >= below or bottom <= above:
        return letter.after_space or x0 > right + height or x1 < left
    return x0 - right > _APART * height or left - x1 > height


_THIN = 2.6
"""A filled shape no thicker than this is a rule, in points."""
_STRAIGHT = 1.0
_SHORTEST = 2.0
_MOST_OBJECTS = 30_000
_MOST_FILLS = 6_000
_MOST_SEGMENTS = 4_000
_DEEPEST = 9

Point = tuple[float, float]


def _draw(page: Any, to_page: PdfMatrix, found: Page) -> None:
    """Gather what is drawn on a page; it is crowded where there is too much to be rules of a table."""
    for number, drawn in enumerate(page.get_objects(max_depth=_DEEPEST)):
        if number >= _MOST_OBJECTS or len(found.fills) > _MOST_FILLS:
            found.crowded, found.flat, found.standing = True, [], []
            return
        if drawn.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            matrix, around_it = drawn.get_matrix(), drawn.container
            while around_it is not None:
                matrix, around_it = matrix.multiply(around_it.get_matrix()), around_it.container
            if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
                found.pictures.append(matrix.multiply(to_page).on_rect(0, 0, 1, 1))
            else:
                _take_path(drawn, matrix.multiply(to_page), found)


def _take_path(path: Any, matrix: PdfMatrix, found: Page) -> None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroke)
    fill = _colour(raw.FPDFPageObj_GetFillColor, path) if mode.value else None
    stroked = stroke.value and _colour(raw.FPDFPageObj_GetStrokeColor, path) is not None
    for points, curved in _outlines(path, matrix) if fill or stroked else ():
        xs, ys = zip(*points, strict=True)
        x0, top, x1, bottom = box = (min(xs), min(ys), max(xs), max(ys))
        if fill is not None and min(x1 - x0, bottom - top) > _THIN:
            found.fills.append(Fill(box, fill))
        elif fill is not None and not curved:
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            _take_rule(*(((x0, y), (x1, y)) if x1 - x0 > bottom - top else ((x, top), (x, bottom))), found)
        for one, other in itertools.pairwise(points) if stroked and not curved else ():
            _take_rule(one, other, found)


def _take_rule(one: Point, other: Point, found: Page) -> None:
    """Add a rule of the page, where it lies flat or stands upright."""
    for along, rules in ((0, found.flat), (1, found.standing)):
        start, end = sorted((one[along], other[along]))
        at, beside = one[1 - along], other[1 - along]
        if abs(at - beside) <= _STRAIGHT and end - start >= _SHORTEST:
            rules.append(Edge((at + beside) / 2, start, end))


def _outlines(path: Any, matrix: PdfMatrix) -> Iterator[tuple[list[Point], bool]]:
    """The outlines of a path as points on the page, each with whether it has curves."""
    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(raw.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        point = matrix.on_point(x.value, y.value)
        if not all(map(math.isfinite, point)):
            return
        points.append(point)
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _colour(get: Any, *of: Any) -> Rgb | None:
    """The colour, None where it cannot be told or lets everything through."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(*of, red, green, blue, alpha) or alpha.value == 0:
        return None
    share = alpha.value / 255
    shown = [value * share + 255 * (1 - share) for value in (red.value, green.value, blue.value)]
    return from_bytes([round(value) for value in shown])


_FIRST_INDEX = 10_000_000
"""Words of fields come after all that is written on the page."""
_SIZE = 10.0
_LETTER = 0.5
"""Width of a letter in heights."""
_MOST_NOTES = 5_000
_REMARKS = {
    getattr(raw, f"FPDF_ANNOT_{name}")
    for name in ("TEXT", "POPUP", "HIGHLIGHT", "UNDERLINE", "STRIKEOUT", "SQUIGGLY", "CARET", "INK", "STAMP")
}


def _written_over(page: Any, to_page: PdfMatrix, number: int, job: Job) -> Iterator[Word]:
    """The words in the fields and typed notes that lie over a page, a box to tick as ☑ or ☐. Remarks are told."""
    place = Locator(page=number)
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note, rect = raw.FPDFPage_GetAnnot(page, index), raw.FS_RECTF()
        if not note:
            continue
        kind, shown = raw.FPDFAnnot_GetSubtype(note), ""
        said = _text_of(raw.FPDFAnnot_GetStringValue, note, b"Contents")
        if kind == raw.FPDF_ANNOT_FREETEXT:
            job.note("Words are typed over the page as notes. They were read with it.", place)
            shown = said
        elif kind == raw.FPDF_ANNOT_WIDGET:
            job.note("The file has form fields. What is filled in there was read.")
            shown = _value(page.formenv, note) if page.formenv else ""
        elif kind == raw.FPDF_ANNOT_FILEATTACHMENT:
            job.hide("embedded files", place)
        elif kind in _REMARKS and said:
            job.hide("comments", place, [said])
        if shown and raw.FPDFAnnot_GetRect(note, rect):
            box = to_page.on_rect(rect.left, rect.bottom, rect.right, rect.top)
            yield from _placed(shown, box, _FIRST_INDEX + 1000 * index)
        raw.FPDFPage_CloseAnnot(note)


def _value(form: Any, note: Any) -> str:
    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return "☑" if raw.FPDFAnnot_IsChecked(form, note) else "☐"
    if kind not in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return ""
    return _text_of(raw.FPDFAnnot_GetFormFieldValue, form, note)


def _text_of(getter: Any, *of: Any) -> str:
    """What one of the library's functions writes, which is asked for its size first."""
    size = getter(*of, None, 0)
    if not 2 < size < 100_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    getter(*of, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "ignore")


def _placed(value: str, box: Box, index: int) -> Iterator[Word]:
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
            yield Word(word, (x, middle - height / 2, end, middle + height / 2), index, height)
            x, index = end + letter, index + 1


_MOST_POINTS = 3_000.0
"""Pages larger than this, in points, are no paper."""


def picture_of(data: bytes, number: int, dots_per_inch: int, job: Job) -> bytes:
    """The page, from 1, in greys, as PNM. Raises DocumentReadError where it cannot be drawn."""
    try:
        with closing(PdfDocument(data)) as file:
            page = file[number - 1]
            if max(page.get_size()) > _MOST_POINTS:
                raise job.too_much("a page larger than any paper")
            drawn = page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy()
    except (PdfiumError, IndexError, ValueError) as error:
        raise job.broken("one of its pages cannot be drawn") from error
    height, width = drawn.shape[:2]
    return b"P5 %d %d 255\n" % (width, height) + bytes(drawn.reshape(height, -1)[:, :width].tobytes())
