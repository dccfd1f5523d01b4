"""PowerPoint: the titles, lists and tables of the slides that are shown, in the order in which a reader sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx import Presentation

from assistant.records import Block, BlockKind, Cell, Document, Locator
from ingest.readers.archive import Archive
from ingest.readers.building import table_of
from ingest.readers.job import Job
from ingest.readers.looks import Rgb, drawn_colour, named
from ingest.readers.textlines import is_item

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEEPEST = 20


def read(data: bytes, job: Job) -> Document:
    """The document in a presentation. Tables and paragraphs are numbered from 0, through all slides.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    archive = Archive(data, job)
    for part in sorted(archive.names):
        if part.endswith((".xml", ".rels")):
            archive.xml(part)
    deck = archive.opened(Presentation, "slides")
    slides = archive.opened(lambda _: list(deck.slides), "slides")
    reader = _Reader(job, archive.theme())
    for number, slide in enumerate(slides, start=1):
        job.progress(number, len(slides))
        reader.slide(slide, number)
    archive.tell()
    title = (deck.core_properties.title or "").strip()
    title = "" if title.lower() in ("powerpoint presentation", "presentation") else title
    return job.document("pptx", title)


@dataclass(slots=True)
class _Reader:
    """One walk over the slides."""

    job: Job
    theme: dict[str, Rgb]

    def slide(self, slide: Any, number: int) -> None:
        """Add what a slide shows; its notes and hidden slides are told."""
        if slide._element.get("show") == "0":
            said = [[shape.text_frame.text] for shape in _shapes(slide.shapes) if shape.has_text_frame]
            grids = (shape.table for shape in slide.shapes if shape.has_table)
            rows = [[cell.text for cell in row.cells] for grid in grids for row in grid.rows]
            self.job.hide("hidden slides", f"slide {number}", *said, *rows)
            return
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        if notes is not None and notes.text.strip():
            self.job.hide("notes below the slides", f"slide {number}", [notes.text])
        title = slide.shapes.title
        if title is not None and title.has_text_frame and title.text_frame.text.strip():
            self._add(BlockKind.HEADING, " ".join(title.text_frame.text.split()), 1 if number == 1 else 2)
        for shape in sorted(_shapes(slide.shapes), key=lambda shape: (shape.top or 0, shape.left or 0)):
            if title is not None and shape.shape_id == title.shape_id:
                continue
            if getattr(shape, "has_table", False):
                self._table(shape.table)
            elif shape.has_text_frame:
                parts = [(part, part.text.replace("\v", "\n").strip()) for part in shape.text_frame.paragraphs]
                parts = [(part, text) for part, text in parts if text]
                bold = [bool(part.runs) and all(run.font.bold for run in part.runs) for part, _ in parts]
                signed = any(is_item(text) for _, text in parts)
                for (part, text), heads in zip(parts, bold, strict=True):
                    if heads and not all(bold):
                        self._add(BlockKind.HEADING, text, 3)
                    elif len(parts) == 1 or (signed and not is_item(text)):
                        self._add(BlockKind.PARAGRAPH, text, 0)
                    else:
                        self._add(BlockKind.LIST_ITEM, text if is_item(text) else f"- {text}", part.level + 1)
            elif shape.shape_type is not None and "PICTURE" in str(shape.shape_type):
                self.job.note(f"Slide {number} holds a picture: words in pictures are not read.")
            elif shape.shape_type is not None and any(kind in str(shape.shape_type) for kind in ("CHART", "OLE")):
                self.job.note(f"Slide {number} holds a chart or an embedded file, which is not read.", unread=True)

    def _add(self, kind: BlockKind, text: str, level: int) -> None:
        self.job.flow.items.append(Block(kind, text, self.job.flow.place(), level))

    def _table(self, table: Any) -> None:
        number = self.job.flow.table_number()
        rows = (
            (Locator(table=number, row=index), [each for each in enumerate(row.cells) if not each[1].is_spanned])
            for index, row in enumerate(table.rows)
        )
        self.job.flow.items += table_of(Locator(table=number), rows, self._cell)

    def _cell(self, start: tuple[int, Any], row: int, place: Locator) -> Cell:
        column, cell = start
        self.job.take_cells()
        down, across = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
        fill = drawn_colour(cell._tc.find(f"{_DRAWING}tcPr/{_DRAWING}solidFill"), self.theme)
        return Cell(cell.text_frame.text.replace("\v", "\n").strip(), row, column, place, down, across, named(fill))


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
