"""PowerPoint: the titles, lists and tables of the slides that are shown, in the order in which a reader sees them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pptx import Presentation

from assistant.records import Block, BlockKind, Cell, Document, Locator
from ingest.readers.archive import Archive
from ingest.readers.building import Flow, build
from ingest.readers.findings import Findings
from ingest.readers.limits import Budget
from ingest.readers.looks import Rgb, drawn_colour, named, theme_colours

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEEPEST = 20


def read(data: bytes, name: str, budget: Budget | None = None) -> Document:
    """The document in a presentation. Tables and paragraphs are numbered from 0, through all slides.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    budget = budget or Budget(name)
    archive = Archive(data, budget)
    for part in sorted(archive.names):
        if part.endswith((".xml", ".rels")):
            archive.xml(part)
    try:
        deck = Presentation(io.BytesIO(data))
        slides = list(deck.slides)
    except Exception as error:  # the library raises whatever its parts raise: KeyError, ValueError and more
        raise budget.broken("it is damaged: its slides cannot be put together") from error
    theme = theme_colours(archive.xml_or_none(next((n for n in sorted(archive.names) if "/theme/theme" in n), None)))
    reader = _Reader(budget, theme)
    for number, slide in enumerate(slides, start=1):
        budget.begin(number, len(slides))
        reader.slide(slide, number)
    archive.tell(reader.findings)
    title = (deck.core_properties.title or "").strip()
    title = "" if title.lower() in ("powerpoint presentation", "presentation") else title
    return reader.findings.document(name, "pptx", reader.flow.settled(), title)


@dataclass(slots=True)
class _Reader:
    """One walk over the slides."""

    budget: Budget
    theme: dict[str, Rgb]
    findings: Findings = field(default_factory=Findings)
    flow: Flow = field(default_factory=Flow)

    def slide(self, slide: Any, number: int) -> None:
        """Add what a slide shows; its notes and hidden slides are told."""
        if slide._element.get("show") == "0":
            said = [[shape.text_frame.text] for shape in _shapes(slide.shapes) if shape.has_text_frame]
            grids = (shape.table for shape in slide.shapes if shape.has_table)
            rows = [[cell.text for cell in row.cells] for grid in grids for row in grid.rows]
            self.findings.hide("hidden slides", f"slide {number}", *said, *rows)
            return
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        if notes is not None and notes.text.strip():
            self.findings.hide("notes below the slides", f"slide {number}", [notes.text])
        title = slide.shapes.title
        if title is not None and title.has_text_frame and title.text_frame.text.strip():
            self._add(BlockKind.HEADING, " ".join(title.text_frame.text.split()), 1 if number == 1 else 2)
        for shape in sorted(_shapes(slide.shapes), key=lambda shape: (shape.top or 0, shape.left or 0)):
            if title is not None and shape.shape_id == title.shape_id:
                continue
            if getattr(shape, "has_table", False):
                self._table(shape.table)
            elif shape.has_text_frame:
                listed = len(shape.text_frame.paragraphs) > 1
                kind = BlockKind.LIST_ITEM if listed else BlockKind.PARAGRAPH
                for paragraph in shape.text_frame.paragraphs:
                    if text := paragraph.text.replace("\v", "\n").strip():
                        self._add(kind, f"- {text}" if listed else text, paragraph.level + 1 if listed else 0)
            elif shape.shape_type is not None and "PICTURE" in str(shape.shape_type):
                self.findings.note(f"Slide {number} holds a picture: words in pictures are not read.")
            elif shape.shape_type is not None and any(kind in str(shape.shape_type) for kind in ("CHART", "OLE")):
                self.findings.unread(f"Slide {number} holds a chart or an embedded file, which is not read.")

    def _add(self, kind: BlockKind, text: str, level: int) -> None:
        self.flow.items.append(Block(kind, text, self.flow.place(), level))

    def _table(self, table: Any) -> None:
        cells, places = [], []
        for number, row in enumerate(table.rows):
            places.append(Locator(table=self.flow.tables, row=number))
            for column, cell in enumerate(row.cells):
                self.budget.take_cells()
                if not cell.is_spanned:
                    down, across = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
                    text = cell.text_frame.text.replace("\v", "\n").strip()
                    fill = drawn_colour(cell._tc.find(f"{_DRAWING}tcPr/{_DRAWING}solidFill"), self.theme)
                    cells.append(Cell(text, number, column, places[-1], down, across, named(fill)))
        if cells:
            self.flow.items.append(build(cells, places, Locator(table=self.flow.table_number())))


def _shapes(shapes: Any, depth: int = 0) -> Iterator[Any]:
    """The shapes, those in groups too; hidden ones left out."""
    for shape in shapes:
        properties = next(iter(shape._element.xpath("./*/p:cNvPr")), None)
        if properties is not None and properties.get("hidden") in ("1", "true"):
            continue
        if shape.shape_type is not None and "GROUP" in str(shape.shape_type) and depth < _DEEPEST:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape
