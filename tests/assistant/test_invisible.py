from __future__ import annotations

import pytest

from assistant.invisible import has_invisible, strip_invisible


@pytest.mark.parametrize(
    ("text", "seen", "hiding"),
    [
        ("plain words, £5 – “quoted”", "plain words, £5 – “quoted”", False),
        ("two\tcells\nnext line", "two\tcells\nnext line", False),
        ("safe\u200bguarding", "safeguarding", True),
        ("due \u202e0202 yaM\u202c", "due 0202 yaM", True),
        ("Note\U000e0041\U000e0042 this", "Note this", True),
        ("isolated \u2066text\u2069", "isolated text", True),
        ("multi\u00adagency", "multiagency", False),
        ("\ufeffRef", "Ref", False),
        ("nul\x00l", "null", True),
    ],
)
def test_what_cannot_be_seen_is_taken_out_and_told(text: str, seen: str, hiding: bool) -> None:
    assert strip_invisible(text) == seen
    assert has_invisible(text) is hiding
