"""What antiword makes of an old Word file, DocBook without colours: read as the page that says the same."""

import re
from dataclasses import replace

from assistant.records import Document, ReadWarning
from ingest.readers import html
from ingest.readers.job import Job

_TAGS = {
    "para": "p", "title": "h2", "informaltable": "table", "row": "tr", "entry": "td", "itemizedlist": "ul",
    "listitem": "li", "bookinfo": "template", "articleinfo": "template",
}  # fmt: skip
_BOLD = re.compile(r"<para>\s*<emphasis role=['\"]bold['\"]>([^<]*)</emphasis>\s*</para>")
_AROUND = re.compile(r"<[?!][^>]*>|</?(?:tgroup|colspec)\b[^>]*>")
_COLOURS = "Converted from an old Word file by antiword: colours, comments and hidden text cannot be told."


def read(data: bytes, job: Job) -> Document:
    """The document in a DocBook text. Tables and paragraphs are numbered from 0, as in the Word file.

    Raises: DocumentReadError where nothing can be made of the text.
    """
    text = _BOLD.sub(r"<title>\1</title>", _AROUND.sub("", data.decode("utf-8", "replace")))
    text = re.sub(r"<entry>.*?</entry>", lambda cell: cell[0].replace("\n", "<br>"), text, flags=re.DOTALL)
    text = re.sub(r"(?<=<)(/?)(\w+)", lambda tag: tag[1] + _TAGS.get(tag[2], tag[2]), text)
    page = html.read(text.encode(), job)
    return replace(page, format="doc", warnings=(*page.warnings, ReadWarning(_COLOURS)))
