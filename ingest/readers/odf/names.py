"""The namespaces of OpenDocument."""

from __future__ import annotations

_ROOT = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_ROOT}office:1.0}}"
TEXT = f"{{{_ROOT}text:1.0}}"
TABLE = f"{{{_ROOT}table:1.0}}"
STYLE = f"{{{_ROOT}style:1.0}}"
DRAW = f"{{{_ROOT}drawing:1.0}}"
NUMBER = f"{{{_ROOT}datastyle:1.0}}"
FO = f"{{{_ROOT}xsl-fo-compatible:1.0}}"
MANIFEST = f"{{{_ROOT}manifest:1.0}}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
