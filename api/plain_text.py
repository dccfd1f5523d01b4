"""An answer as text to paste: what was asked, the answer, and every citation with its place and quote."""

from __future__ import annotations

from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from api.filter_words import day_words
from assistant.answer import Answer, Citation
from assistant.places import place_words
from assistant.records import Source

_markdown = MarkdownIt("commonmark")


def answer_text(answer: Answer, sources: Mapping[str, Source]) -> str:
    """The text of an answer with its numbered citations."""
    lines = [f"Question: {answer.question}"]
    if answer.understood_as:
        lines.append(f"Understood as: {answer.understood_as}")
    lines += [f"As at: {day_words(answer.as_of)}", "", without_markup(answer.answer)]
    if answer.caveats:
        lines += ["", "What to know:", *(f"- {without_markup(words)}" for words in answer.caveats)]
    if answer.citations:
        lines += ["", "Sources:", *(_cited(one, sources) for one in answer.citations)]
    return "\n".join(lines)


def _cited(citation: Citation, sources: Mapping[str, Source]) -> str:
    source = sources.get(citation.document)
    named = [source.title, source.authority or ""] if source else [citation.document]
    dated = day_words(source.plan_date) if source and source.plan_date else "no date in the document"
    where = ", ".join(part for part in (*named, dated, place_words(citation.locator)) if part)
    return f"[{citation.marker}] {where}: “{' '.join(citation.quote.split())}”"


def without_markup(text: str) -> str:
    """Markdown as a reader would type it: paragraphs, and lists with dashes."""
    blocks: list[str] = []
    depth, in_item, tight = 0, False, False
    for token in _markdown.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            tight = depth > 0
        elif token.type == "list_item_open":
            in_item = True
        elif token.type in ("inline", "fence", "code_block"):
            start = f"{'  ' * (depth - 1)}{'- ' if in_item else '  '}" if depth else ""
            gap = "\n" if depth and (tight or not in_item) else "\n\n" if blocks else ""
            blocks.append(f"{gap}{start}{_words(token)}")
            in_item, tight = False, depth > 0
    return "".join(blocks).strip("\n")


def _words(token: Token) -> str:
    if not token.children:
        return token.content
    breaks = ("softbreak", "hardbreak")
    return "".join(" " if child.type in breaks else child.content for child in token.children)
