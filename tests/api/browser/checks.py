"""What is looked for on every page."""

from __future__ import annotations

from typing import Any

from api.look import FOLDER

AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
RULES = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
"""By how many pixels a page is wider than its window."""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
"""The text spacing that WCAG 1.4.12 lets a reader set."""


def violations(page: Any) -> list[str]:
    """The rules of axe that the page breaks, each with the first piece of it that does.

    Looked at from its end, where the question box that stays in sight covers nothing: further up it lies over some
    line of the page, which a reader scrolls free, and which axe takes for a target that is too small.
    """
    page.evaluate("window.scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RULES)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
