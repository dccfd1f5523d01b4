"""The fills, rules and pictures of a page, from its drawing instructions."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.records import Box
from ingest.readers.looks import Rgb, from_bytes
from ingest.readers.pdf.frame import IDENTITY, Frame, Matrix, apply, multiply
from ingest.readers.pdf.shapes import Edge, Fill

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
        from pypdfium2 import raw

        found = (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))
        self._take(found, IDENTITY, 0)
        return self

    def _take(self, objects: Iterator[Any], matrix: Matrix, depth: int) -> None:
        from pypdfium2 import raw

        for found in objects:
            self._seen += 1
            if self._seen > _MOST_OBJECTS or len(self.fills) > _MOST_FILLS:
                self.crowded = True
                return
            kind = raw.FPDFPageObj_GetType(found)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(found, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._picture(found, matrix)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = (raw.FPDFFormObj_GetObject(found, n) for n in range(raw.FPDFFormObj_CountObjects(found)))
                self._take(inner, multiply(_matrix(found), matrix), depth + 1)

    def _path(self, path: Any, matrix: Matrix) -> None:
        from pypdfium2 import raw

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

    def _picture(self, image: Any, matrix: Matrix) -> None:
        whole = multiply(_matrix(image), matrix)
        corners = [self.frame.point(*apply(whole, x, y)) for x, y in ((0, 0), (0, 1), (1, 0), (1, 1))]
        self.pictures.append(_bounds(corners))


def _outlines(path: Any, matrix: Matrix, frame: Frame) -> Iterator[tuple[list[Point], bool]]:
    """The outlines of a path as points on the page, each with whether it has curves."""
    from pypdfium2 import raw

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
    from pypdfium2 import raw

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
