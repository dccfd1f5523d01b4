"""What a page shows: the little of CSS that decides it, and the words as lines, white space closed up.

Only styles in the page itself count; style sheets elsewhere are links, and links are not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import cssselect2
import tinycss2
from lxml.etree import _Element

from assistant.records import Rag
from ingest.readers.building import as_text, only
from ingest.readers.docx.styles import written
from ingest.readers.job import Job
from ingest.readers.looks import Rgb, named, parse, raised, whole

_COLOUR = re.compile(r"(?:rgb|hsl)a?\([^)]*\)|#[0-9a-fA-F]{3,8}|[a-zA-Z]+")
_GROUNDS = {"background", "background-color", "background-image"}
_LONGEST = 500_000
_RAG_WORDS = {rag.value: rag for rag in Rag}


@dataclass(slots=True)
class Shown:
    """What of a page is shown and how, by the rules in its own style elements; what is not is told. Rules that begin
    with @ are for print, small screens and the like, and are passed over."""

    root: _Element
    job: Job
    around: set[_Element] = field(default_factory=set)
    """What stands around the text: menus, banners, what is outside the main part of a page that has one. There hidden
    words are no part of a plan, and not reported."""
    _rules: cssselect2.Matcher = field(default_factory=cssselect2.Matcher)
    _known: dict[_Element, cssselect2.ElementWrapper] = field(default_factory=dict)
    _done: dict[_Element, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text = "\n".join(style.text or "" for style in self.root.iter("style"))[:_LONGEST]
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            for selector in (each for each in selectors if each.pseudo_element is None):
                self._rules.add_selector(selector, declarations(tinycss2.serialize(rule.content)))
        main = next((part for part in self.root.iter() if part.tag == "main" or part.get("role") == "main"), None)
        headed = main is None or main.find(".//h1") is not None
        for part in self.root.iter():
            inside = part.getparent() in self.around if part.tag != "body" else main is not None
            # the page's own heading may stand above its main part
            heads = part is main or (part.tag == "header" and not headed and part.find(".//h1") is not None)
            if (inside and not heads) or part.tag in _ASIDE or (part.get("role") or "").lower() in _ROLES:
                self.around.add(part)
        if text.strip():
            whole = cssselect2.ElementWrapper.from_html_root(self.root)
            self._known = {wrapped.etree_element: wrapped for wrapped in whole.iter_subtree()}

    def declared(self, element: _Element) -> dict[str, str]:
        """Property to value, from the rules and then from the element's own style."""
        if element not in self._done:
            wrapped = self._known.get(element)
            found: dict[str, str] = {}
            for *_, declared in self._rules.match(wrapped) if wrapped is not None else ():
                found |= declared
            self._done[element] = found | declarations(element.get("style") or "")
        return self._done[element]

    def hides(self, element: _Element) -> bool:
        """Whether the element is not shown at all."""
        if element.get("hidden") is not None:
            return True
        style = self.declared(element)
        unseen = style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse")
        tiny = re.fullmatch(r"[01](?:\.\d+)?(?:px|pt)?", style.get("font-size", ""))
        clear = style.get("opacity") in ("0", "0.0", "0%")
        if unseen or tiny or clear or "mso-hide" in style:
            return True
        if _first_colour(style.get("color", "")) != (1.0, 1.0, 1.0):
            return False
        around = (element, *element.iterancestors())  # white letters are unseen on bare paper only
        return not any(self.declared(each).keys() & _GROUNDS or each.get("bgcolor") for each in around)

    def is_block(self, element: _Element) -> bool:
        return self.declared(element).get("display", "") in ("block", "list-item", "flex", "grid", "table")

    def ground(self, element: _Element) -> Rgb | None:
        """The colour behind the element's words, by its own style or attribute."""
        style = self.declared(element)
        for name in ("background-color", "background"):
            if name in style and (rgb := _first_colour(style[name])):
                return rgb
        return parse(element.get("bgcolor"))

    def ink(self, element: _Element) -> Rgb | None:
        """The colour of the element's words, by its own style or attribute; a link's colour says nothing."""
        if element.tag == "a":
            return None
        return _first_colour(self.declared(element).get("color", "")) or parse(element.get("color"))

    def colour(self, element: _Element) -> Rag | None:
        """The colour that an officer sees: of the ground, the letters, or named by a class."""
        return named(self.ground(element)) or named(self.ink(element)) or colour_by_class(element)

    def strikes(self, element: _Element) -> bool:
        """Whether the element's words are crossed out."""
        if element.tag in ("s", "strike", "del"):
            return True
        style = self.declared(element)
        return any("line-through" in style.get(name, "") for name in ("text-decoration", "text-decoration-line"))

    def skips(self, element: _Element) -> bool:
        """Whether the element is passed over."""
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            return True
        if element.tag in EMBEDDED:
            self.job.note("The page embeds other files or pages. They were not followed.")
            return True
        if not self.hides(element):
            return bool(_UNSEEN.search(element.get("class") or ""))
        parts = (part.text for part in element.iter() if isinstance(part.tag, str) and part.tag not in SKIPPED)
        words = " ".join(text.strip() for text in parts if text and text.strip())
        if (
            words
            and element not in self.around
            and not _MACHINERY.search(f"{element.get('id')} {element.get('class')}")
        ):
            self.job.hide("hidden text", line_of(element), [words])
        return True


def colour_by_class(element: _Element) -> Rag | None:
    """The colour that a class names in one of its words, for pages whose style sheet stands elsewhere."""
    return only(_RAG_WORDS[word] for word in _parts(element) if word in _RAG_WORDS)


def _parts(element: _Element) -> frozenset[str]:
    """The words that the names of an element's classes are made of."""
    return frozenset(re.split(r"[-_\s]+", (element.get("class") or "").lower()))


@lru_cache(maxsize=4096)
def declarations(text: str) -> dict[str, str]:
    """Property to value, in small letters, of a style attribute or of a rule's body."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in pairs if value}


def _first_colour(text: str) -> Rgb | None:
    return next((rgb for word in _COLOUR.findall(text) if (rgb := parse(word))), None)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SKIPPED = _words(
    "script style template noscript head svg math canvas audio video map datalist select option textarea button"
    " meta link col colgroup param source track"
)
EMBEDDED = _words("iframe object embed applet frame")
BLOCKS = _words(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead"
    " tr ul"
)
_ASIDE = frozenset(("nav", "footer"))
_ROLES = frozenset(("navigation", "contentinfo", "banner", "search", "dialog", "alertdialog"))
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MACHINERY = re.compile(r"cookie|menu|nav|modal|dialog|banner|popup|overlay|toast|tooltip|skip|alert", re.IGNORECASE)
"""Names of the parts of a page that scripts show and hide: no part of what it says."""
_UNSEEN = re.compile(r"(visually-?hidden|sr-only|screen-?reader)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def line_of(element: _Element) -> str:
    """The words for where an element stands in its file."""
    return f"line {element.sourceline}" if element.sourceline else ""


@dataclass(slots=True)
class Lines:
    """Gathers the lines of an element, and the colours that its words stand in."""

    shown: Shown
    lines: list[str] = field(default_factory=lambda: [""])
    runs: list[tuple[str, Rag | None]] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)
    """Words that are crossed out, left out of the lines."""
    _struck: int = 0

    def read(self, element: _Element) -> Lines:
        """Read all inside the element."""
        self.inside(element, None)
        return self

    @property
    def text(self) -> str:
        closed = (_SPACES.sub(" ", line.replace("\xa0", " ")).strip() for line in self.lines)
        return "\n".join(line for line in closed if line and line != "-")

    @property
    def colour(self) -> Rag | None:
        """The one colour in which all the words stand."""
        return only(colour for text, colour in self.runs if text.strip())

    def add(self, text: str | None, colour: Rag | None = None) -> None:
        if text and self._struck:
            self.crossed += [text] if text.strip() else []
        elif text:
            self.lines[-1] += text
            self.runs.append((text, colour))

    def line(self, start: str = "") -> None:
        """Begin a new line, unless the one begun is still empty or only a bullet."""
        begun = self.lines[-1].strip()
        if begun and not (start == "" and re.fullmatch(r"-|\w{1,5}\.", begun)):
            self.lines.append(start)
        elif start:
            self.lines[-1] = start

    def inside(self, element: _Element, colour: Rag | None) -> None:
        self.add(element.text, colour)
        for child in element:
            if not self.shown.skips(child):
                struck = self.shown.strikes(child)
                self._struck += struck
                self.told(child, self.shown.colour(child) or colour)
                self._struck -= struck
            self.add(child.tail, colour)

    def told(self, child: _Element, own: Rag | None) -> None:
        """Gather what a child says, whose words have this colour."""
        if child.tag == "br":
            self.line()
        elif child.tag == "sup" and self.lines[-1][-1:].strip():
            self.add(raised("".join(child.itertext())), own)
        elif child.tag == "img":
            self.add(f" {child.get('alt') or ''} ", own)
        elif child.tag == "input":
            if (child.get("type") or "").lower() in ("checkbox", "radio"):
                self.add("☑" if child.get("checked") is not None else "☐", own)
            elif (child.get("type") or "text").lower() != "hidden":
                self.add(child.get("value"), own)
        elif child.tag == "li":
            self.line(f"{label_of(child)} ")
            self.inside(child, own)
            self.line()
        elif child.tag == "table":
            rows = ([Lines(self.shown).read(cell).text for cell in cells_of(row)] for row in rows_of(child))
            for text in as_text(rows).split("\n"):
                self.line()
                self.add(text, own)
            self.line()
        elif child.tag in BLOCKS or self.shown.is_block(child):
            self.line()
            self.inside(child, own)
            self.line()
        else:
            named = "mention" in (child.get("class") or "")  # somebody whom a wiki tells of the task
            self.add("@" if named and not (child.text or "@").startswith("@") else "")
            self.inside(child, own)


def rows_of(table: _Element) -> Iterator[_Element]:
    """The rows of a table itself, not of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def cells_of(row: _Element) -> list[_Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


_TASK = {"task", "tasks", "todo", "checklist"}
_DONE = {"checked", "done", "complete", "completed"}


def label_of(item: _Element) -> str:
    """The bullet, number or box that the page shows before a list item."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        own, around = (_parts(each) if each is not None else frozenset() for each in (item, parent))
        boxed = bool(_TASK & (own | around)) and next(item.iter("input"), None) is None
        return f"- [{'x' if _DONE & own else ' '}]" if boxed else "-"
    number = whole(parent.get("start"), 1)
    for other in parent.iterchildren("li"):
        number = whole(other.get("value"), number)
        if other is item:
            break
        number += 1
    return written(number, _FORMS.get(parent.get("type") or "", "decimal")) + "."


def depth_of(item: _Element) -> int:
    """How many lists the item stands in."""
    return sum(1 for above in item.iterancestors("ul", "ol"))
