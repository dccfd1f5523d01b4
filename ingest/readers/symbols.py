"""Signs of the symbol fonts, which are letters to a program, as the signs that an officer sees."""

from __future__ import annotations

_BOXES = "✓✗☑☒☐■●"
_FONTS = {
    "wingdings": dict(zip(b"\xfc\xfb\xfe\xfd\xa8nl", _BOXES, strict=True))
    | dict(zip(b"xoq\xa7\xe0\xe8\xabJKL\xb7\xa1", "☒☐☐▪→→★☺😐☹•○", strict=True)),
    "wingdings 2": dict(zip(b"POR\x51\xa3\xa2\x97", _BOXES, strict=True)) | dict(zip(b"ST\x98", "☒☒●", strict=True)),
    "webdings": dict(zip(b"arXYcgn", _BOXES, strict=True)),
    "symbol": dict(zip(b"\xb7\xae\xd6", "•→✓", strict=True)),
    "wingdings 3": dict(zip(b"pq", "▲▼", strict=True)),
}


def sign_of(code: int, font: str | None) -> str | None:
    """The sign that a letter shows in a symbol font; "" for one that is not known, None in any other font."""
    signs = _FONTS.get((font or "").strip("'\" ").lower())
    return None if signs is None else signs.get(code & 0xFF, "")


def as_shown(text: str, font: str | None) -> str:
    """The text as it looks in a font; as it is in all but the symbol fonts, and where none of its letters is a sign."""
    if (font or "").strip("'\" ").lower() not in _FONTS or font is None or font.lower() == "symbol":
        return text
    return "".join(letter if letter.isspace() else sign_of(ord(letter), font) or "" for letter in text)
