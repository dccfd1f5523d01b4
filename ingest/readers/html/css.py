"""The little of CSS that decides what an officer sees: what is hidden, what stands on a line of its own, and colours.

Only styles in the page itself count; style sheets elsewhere are links, and links are not followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import cssselect2
import tinycss2

from assistant.records import Rag
from ingest.readers.looks import Rgb, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLOUR = re.compile(r"(?:rgb|hsl)a?\([^)]*\)|#[0-9a-fA-F]{3,8}|[a-zA-Z]+")
_GROUNDS = {"background", "background-color", "background-image"}
_LINK = "a"
_LONGEST = 500_000
_RAG_WORDS = {rag.value: rag for rag in Rag}


@dataclass(slots=True)
class Styles:
    """The rules of a page, and what they make of an element."""

    _rules: cssselect2.Matcher = field(default_factory=cssselect2.Matcher)
    _known: dict[_Element, cssselect2.ElementWrapper] = field(default_factory=dict)
    _done: dict[_Element, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: _Element) -> Styles:
        """The rules in the page's own style elements. Blocks that begin with @ are for print, small screens and the
        like, and are passed over."""
        text = "\n".join(style.text or "" for style in root.iter("style"))[:_LONGEST]
        styles = cls()
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            declared = declarations(tinycss2.serialize(rule.content))
            for selector in selectors:
                if selector.pseudo_element is None:
                    styles._rules.add_selector(selector, declared)
        if text.strip():
            whole = cssselect2.ElementWrapper.from_html_root(root)
            styles._known = {wrapped.etree_element: wrapped for wrapped in whole.iter_subtree()}
        return styles

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
        return unseen or bool(tiny) or clear or "mso-hide" in style or self._is_white(element, style)

    def _is_white(self, element: _Element, style: dict[str, str]) -> bool:
        """White letters on bare paper."""
        if _first_colour(style.get("color", "")) != (1.0, 1.0, 1.0):
            return False
        return not any(self.declared(each).keys() & _GROUNDS or each.get("bgcolor")
                       for each in (element, *element.iterancestors()))  # fmt: skip

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
        if element.tag == _LINK:
            return None
        return _first_colour(self.declared(element).get("color", "")) or parse(element.get("color"))

    def strikes(self, element: _Element) -> bool:
        """Whether the element's words are crossed out."""
        if element.tag in ("s", "strike", "del"):
            return True
        style = self.declared(element)
        return any("line-through" in style.get(name, "") for name in ("text-decoration", "text-decoration-line"))


def colour_by_class(element: _Element) -> Rag | None:
    """The colour that a class names in one of its words, for pages whose style sheet stands elsewhere."""
    words = (word for name in classes_of(element) for word in re.split(r"[-_]+", name.lower()))
    found = {_RAG_WORDS[word] for word in words if word in _RAG_WORDS}
    return found.pop() if len(found) == 1 else None


def classes_of(element: _Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


@lru_cache(maxsize=4096)
def declarations(text: str) -> dict[str, str]:
    """Property to value, in small letters, of a style attribute or of a rule's body."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in pairs if value}


def _first_colour(text: str) -> Rgb | None:
    return next((rgb for word in _COLOUR.findall(text) if (rgb := parse(word))), None)
