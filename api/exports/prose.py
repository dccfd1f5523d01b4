"""The text of an answer, which is Markdown, as paragraphs, lists and tables of a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link", "autolink"])
_STYLES = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number", "blockquote_open": "Quote"}


def put_markdown(document: Any, text: str) -> None:
    """Add the text to a document. What is no paragraph, list, quote, heading or table is written as a paragraph."""
    styles: list[str] = []
    cells: list[list[Sequence[Token]]] | None = None
    for token in _markdown.parse(text):
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type in ("bullet_list_close", "ordered_list_close", "blockquote_close"):
            styles.pop()
        elif token.type == "table_open":
            cells = []
        elif token.type == "tr_open" and cells is not None:
            cells.append([])
        elif token.type == "table_close" and cells is not None:
            _put_table(document, cells)
            cells = None
        elif token.type == "inline" and cells is not None:
            cells[-1].append(token.children or ())
        elif token.type == "inline":
            _put_runs(document.add_paragraph(style=styles[-1] if styles else None), token.children or ())
        elif token.content:
            document.add_paragraph(token.content)


def _put_table(document: Any, lines: Sequence[Sequence[Sequence[Token]]]) -> None:
    table = document.add_table(rows=0, cols=max(len(line) for line in lines), style="Table Grid")
    for line in lines:
        for cell, parts in zip(table.add_row().cells, line, strict=False):
            _put_runs(cell.paragraphs[0], parts)


def _put_runs(paragraph: Any, parts: Sequence[Token]) -> None:
    bold = italic = False
    for part in parts:
        if part.type in ("strong_open", "strong_close"):
            bold = part.type == "strong_open"
        elif part.type in ("em_open", "em_close"):
            italic = part.type == "em_open"
        else:
            run = paragraph.add_run("\n" if part.type in ("softbreak", "hardbreak") else part.content)
            run.bold, run.italic = bold or None, italic or None
