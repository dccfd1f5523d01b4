"""The fostering plan as a page of the council's website: menu, tables with a spanning cell, key in words, notes."""

from __future__ import annotations

from html import escape

from tests.corpus.native.content import FOSTER_HOMES, Group, Line

KEY = (
    ("Complete", "done, and seen to work"),
    ("On track", "will be done by the deadline"),
    ("Delayed", "will miss, or has missed, the deadline"),
    ("Not started", "planned for later"),
)
HEAD = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Fostering and Sufficiency Plan 2026-28 - Fenbridge Council</title>
<style>
body { font-family: Arial, sans-serif; max-width: 60em; margin: 1em auto; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5em; }
th, td { border: 1px solid #767676; padding: 0.4em; text-align: left; vertical-align: top; }
.done { background: #cce2d8; } .ok { background: #d9f0c8; } .late { background: #f6c9c4; }
</style>
</head>
<body>
<nav><a href="/">Home</a> | <a href="/children">Children and families</a> | <a href="/contact">Contact us</a></nav>
<main>
<h1>Fostering and Sufficiency Plan 2026-28</h1>
<p>Fenbridge Council. Page last updated 3 September 2026.</p>
<p>Of the 214 children in our care, 71 live more than 20 miles from the town hall. We want that to be 40 by March 2028.
This page shows what we have said that we will do about it.</p>
<h2>What the words in the status column mean</h2>
"""
FOOT = """<h2>Questions</h2>
<p>Write to <a href="mailto:fostering@fenbridge.example">fostering@fenbridge.example</a>.</p>
</main>
<footer><p>Accessibility | Privacy | Cookies</p></footer>
</body>
</html>
"""
SHADES = {"Complete": "done", "On track": "ok", "Delayed": "late"}


def fostering_plan() -> bytes:
    """The bytes of the page."""
    key = "".join(f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>\n" for term, meaning in KEY)
    tables = "".join(_table(group) for group in FOSTER_HOMES)
    return f"{HEAD}<dl>\n{key}</dl>\n{tables}{FOOT}".encode()


def _table(group: Group) -> str:
    heading = "<tr><th>Ref</th><th>What we will do</th><th>Deadline</th><th>Lead</th><th>Status</th></tr>\n"
    rows = "".join(_row(line) for line in group.lines)
    return f"<h2>{escape(group.title)}</h2>\n<table>\n<thead>\n{heading}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _row(line: Line) -> str:
    status = escape(line.rating) + (f"<br>{escape(line.note)}" if line.note else "")
    shade = f' class="{SHADES[line.rating]}"' if line.rating in SHADES else ""
    cells = "".join(f"<td>{escape(str(text))}</td>" for text in (line.ref, line.action, line.due, line.owner))
    return f"<tr>{cells}<td{shade}>{status}</td></tr>\n"
