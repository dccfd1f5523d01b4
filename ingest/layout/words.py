"""Verbatim text to the words that it says: without markup, bullets and characters that cannot be seen."""

import html
import re
from functools import lru_cache
from itertools import groupby

from assistant.invisible import strip_invisible

_BREAK = re.compile(r"<\s*(br|/p|/li|/div|/tr|li)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(\s[^<>]*)?/?>")
_STRUCK = re.compile(r"~~[^~\n]+~~|<(s|del|strike)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_LOOKED_UP = re.compile(r"(?:^|;#)\d+;#")
"""The number that a list of SharePoint writes before what is looked up by it."""
_EMPHASIS = re.compile(r"(\*\*|__|~~|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))")
_BLANKS = re.compile(r"[^\S\n]+")
_BULLET = re.compile(r"^\s*(?:[-*+>•●▪‣◦·–—○■□➢✓✔→\uf0b7\uf0a7]\s*)+(?=\S)")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\*\*|__|~~|`|\n|\t|\\\||[⁰¹²³⁴-⁹]")
_NOTE = re.compile(r"(?<=[^\s⁰¹²³⁴-⁹])(?<!\b[mM])(?<!\b[kcKC][mM])(?<!\b10)[⁰¹²³⁴-⁹]+(?:, ?[⁰¹²³⁴-⁹]+)*")
"""The mark of a note behind a word; "m²" is a unit."""
_PROMPT = re.compile(
    r"[\[(<{]?\s*(?:(?:please )?(?:click|tap|type|enter|insert|add|select|choose|pick)(?: or (?:tap|click))?"
    r"(?: (?:here|an? |to |your |the |from |text|item|date|name|option|value|enter|select|drop.?down|list)"
    r"[\w ]*)?(?:item|text|date|here|name|option|value|list|menu|down)|"
    r"(?:dd|mm|xx)[/.-](?:mm|dd|xx)[/.-](?:yy|xx){1,2}|lorem ipsum.*)\s*[\])>}]?\W*",
    re.IGNORECASE,
)
"""What a template asks for where nobody has filled it in."""
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
"""What a workbook shows instead of a value that it cannot work out."""
NOTHING = re.compile(
    r"[-–—.]+|n/?a|nil|blank|\(blank\)|not applicable|"
    r"(?:none|nothing|no (?:further )?actions?)(?: (?:needed|required|identified|to report|at present|proposed))?\W*",
    re.IGNORECASE,
)
"""What a cell says to say nothing."""
_WORD = re.compile(r"[a-z0-9£%]+")


@lru_cache(maxsize=32_768)
def plain(text: str) -> str:
    """The words as a person reads them, one line for each line, paragraph or list item."""
    if "<" in text:
        text = _STRUCK.sub(" ", text)
        text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _STRUCK.sub(" ", text) if "~~" in text else text
    if "&" in text:
        text = html.unescape(text)
    if ";#" in text:
        text = _LOOKED_UP.sub(lambda found: "; " if found.start() else "", text)
    text = _LINK.sub(r"\1", text) if "](" in text else text
    text = _EMPHASIS.sub("", text) if ("*" in text or "_" in text or "~~" in text) else text
    text = strip_invisible(text if text.isascii() else _NOTE.sub("", text)).replace("\\|", "|").replace("`", "")
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def is_prompt(text: str) -> bool:
    """True for the words of a template that nobody has filled in: "Choose an item."."""
    return len(text) < 60 and _PROMPT.fullmatch(text.strip()) is not None


def unstruck(text: str) -> str:
    """A text whose words, but for its number, are all crossed out by signs or tags, without these; else nothing."""
    gone = ("~~" in text or "<" in text) and not re.search(r"[^\W\d]{2}", plain(text))
    return re.sub(r"~~|<[^<>]*>", "", text) if gone else ""


def one_line(text: str) -> str:
    """The plain words in one line."""
    return plain(text).replace("\n", " ")


def without_bullet(text: str) -> str:
    """The text without the bullet at its beginning."""
    return _BULLET.sub("", text)


@lru_cache(maxsize=32_768)
def normal(text: str) -> str:
    """Lower-case words only, for comparing; punctuation and white space do not count."""
    return " ".join(_WORD.findall(plain(text).lower().replace("’", "").replace("'", "")))


def quotable(text: str, wanted: str = "") -> str:
    """The longest unbroken verbatim piece of the text; where `wanted` is given, the longest that is part of it."""
    runs = [run.strip() for part in _MARKUP.split(text) for run in _visible(part)]
    inside = [run for run in runs if wanted and normal(run) and normal(run) in normal(wanted)]
    return max(inside or runs, key=len, default="").strip()


def _visible(run: str) -> list[str]:
    """The parts of the run between characters that cannot be seen."""
    if strip_invisible(run) == run:
        return [run]
    return [
        "".join(letters) for seen, letters in groupby(run, key=lambda letter: bool(strip_invisible(letter))) if seen
    ]
