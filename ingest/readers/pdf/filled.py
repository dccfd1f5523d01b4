"""What is filled into the form fields of a page or typed over it, as words at their places."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.shapes import Word

_FIRST_INDEX = 10_000_000
"""Words of fields come after all that is written on the page."""
_SIZE = 10.0
_LETTER = 0.5
"""Width of a letter in heights."""


def filled_words(page: Any, frame: Frame, notes: range) -> Iterator[Word]:
    """The words in the fields; a box to tick as ☑ or ☐."""
    from pypdfium2 import raw

    for index in notes:
        note, rect = raw.FPDFPage_GetAnnot(page, index), raw.FS_RECTF()
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT) and raw.FPDFAnnot_GetRect(note, rect):
            box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
            text = _text(raw.FPDFAnnot_GetStringValue, note, b"Contents") if kind == raw.FPDF_ANNOT_FREETEXT else ""
            value = _value(page.formenv, note) if kind == raw.FPDF_ANNOT_WIDGET and page.formenv else text
            yield from _placed(value, box, _FIRST_INDEX + 1000 * index)
        raw.FPDFPage_CloseAnnot(note)


def _value(form: Any, note: Any) -> str:
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return "☑" if raw.FPDFAnnot_IsChecked(form, note) else "☐"
    if kind not in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return ""
    return _text(raw.FPDFAnnot_GetFormFieldValue, form, note)


def _text(getter: Any, *of: Any) -> str:
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
