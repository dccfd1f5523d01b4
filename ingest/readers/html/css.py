"""The little of CSS that decides what an officer sees: what is hidden, what stands on a line of its own, and colours.

Only styles in the page itself count; style sheets elsewhere are links, and links are not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.records import Rag
from ingest.readers.colour import Rgb, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

_PART = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)$", re.IGNORECASE)
_COLOUR = re.compile(r"(?:rgb|hsl)a?\([^)]*\)|#[0-9a-fA-F]{3,8}|[a-zA-Z]+")
_LINK = "a"
_LONGEST = 500_000
_RAG_WORDS = {rag.value: rag for rag in Rag}


@dataclass(frozen=True, slots=True)
class Compound:
    """One step of a selector: a tag, classes and an id, each "" or empty where any will do."""

    tag: str
    classes: frozenset[str]
    name: str

    def matches(self, element: _Element) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        return (not self.name or element.get("id") == self.name) and self.classes <= classes_of(element)


@dataclass(frozen=True, slots=True)
class Rule:
    steps: tuple[Compound, ...]
    declarations: dict[str, str]
    weight: tuple[int, int, int]


@dataclass(slots=True)
class Styles:
    """The rules of a page, and what they make of an element."""

    rules: list[Rule] = field(default_factory=list)
    _done: dict[tuple[str, str, str], list[Rule]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: _Element) -> Styles:
        """The rules in the page's own style elements, weakest first."""
        text = "\n".join(style.text or "" for style in root.iter("style"))[:_LONGEST]
        rules = [rule for selectors, body in _written(text) for rule in _rules(selectors, body)]
        return cls(sorted(rules, key=lambda rule: rule.weight))

    def declared(self, element: _Element) -> dict[str, str]:
        """Property to value, from the rules and then from the element's own style."""
        found: dict[str, str] = {}
        for rule in self._candidates(element):
            if _matches(rule.steps, element):
                found.update(rule.declarations)
        found.update(declarations(element.get("style") or ""))
        return found

    def hides(self, element: _Element) -> bool:
        """Whether the element is not shown at all."""
        if element.get("hidden") is not None:
            return True
        style = self.declared(element)
        return (
            style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse") or "mso-hide" in style
        )

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

    def _candidates(self, element: _Element) -> list[Rule]:
        key = (str(element.tag), element.get("class") or "", element.get("id") or "")
        if key not in self._done:
            self._done[key] = [rule for rule in self.rules if rule.steps[-1].matches(element)]
        return self._done[key]


def colour_by_class(element: _Element) -> Rag | None:
    """The colour that a class names in one of its words, for pages whose style sheet stands elsewhere."""
    words = (word for name in classes_of(element) for word in re.split(r"[-_]+", name.lower()))
    found = {_RAG_WORDS[word] for word in words if word in _RAG_WORDS}
    return found.pop() if len(found) == 1 else None


def classes_of(element: _Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def declarations(text: str) -> dict[str, str]:
    """Property to value, in small letters, of a style attribute or of a rule's body."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in pairs if value}


def _written(text: str) -> Iterator[tuple[str, str]]:
    """The selectors and the body of each rule, without remarks and without what stands in a block that begins with @:
    those are for print, for small screens and the like."""
    parts = re.split(r"([{}])", "".join(_outside_remarks(text)))
    depth, skipped, selectors = 0, 0, ""
    for before, sign in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if sign == "{":
            depth += 1
            selectors = before.rpartition(";")[2].strip()
            skipped = depth if selectors.startswith("@") and not skipped else skipped
        elif sign == "}" and depth:
            if not skipped:
                yield selectors, before
            skipped = 0 if skipped == depth else skipped
            depth -= 1


def _outside_remarks(text: str) -> Iterator[str]:
    while text:
        said, _, text = text.partition("/*")
        yield said
        text = text.partition("*/")[2]


def _rules(selectors: str, body: str) -> Iterator[Rule]:
    declared = declarations(body)
    for selector in selectors.split(","):
        steps = []
        for part in re.split(r"[\s>]+", selector.strip()):
            match = _PART.match(part)
            if not part or not match:
                break
            names = re.findall(r"([.#])([\w-]+)", match[2] or "")
            tag = (match[1] or "").lower().replace("*", "")
            name = next((name for sign, name in names if sign == "#"), "")
            steps.append(Compound(tag, frozenset(name for sign, name in names if sign == "."), name))
        else:
            weight = (sum(bool(step.name) for step in steps), sum(len(step.classes) for step in steps), len(steps))
            yield Rule(tuple(steps), declared, weight)


def _matches(steps: tuple[Compound, ...], element: _Element) -> bool:
    """Whether the steps before the last hold for ancestors, in their order."""
    above = element.getparent()
    for step in reversed(steps[:-1]):
        while above is not None and not step.matches(above):
            above = above.getparent()
        if above is None:
            return False
        above = above.getparent()
    return True


def _first_colour(text: str) -> Rgb | None:
    return next((rgb for word in _COLOUR.findall(text) if (rgb := parse(word))), None)
