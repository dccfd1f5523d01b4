"""The reference of an action, and its words without it."""

import re

from ingest.layout.drafts import Draft, Role
from ingest.layout.shapes import is_coded, leading_ref, whole_ref
from ingest.layout.words import plain, without_bullet


def ref_and_action(draft: Draft) -> tuple[str | None, str]:
    """The plan's own reference as text, and the words of the action without it.

    The reference is that of its own column, else the one that the action begins with, else the one that its stem or
    its theme begins with. It stays text: "1.10" is not "1.1".
    """
    words = draft.words(Role.ACTION)
    first, _, rest = words.partition("\n")
    led = leading_ref(first) if draft.kept_refs else None
    own = whole_ref(draft.line(Role.REF)) or (draft.line(Role.REF) or None)
    if led and (own is None or _same(own, led[0])):
        words = "\n".join(part for part in (led[1], rest) if part)
    action = _tidy(words)
    if own or led:
        return own or (led[0] if led else None), action
    if draft.parent is not None:
        stem = leading_ref(draft.parent.line)
        return (stem[0] if stem else None), action
    theme = leading_ref(draft.line(Role.RECOMMENDATION))
    return (theme[0] if theme and is_coded(theme[0]) else None), action


def _same(own: str, led: str) -> bool:
    return re.sub(r"\W", "", own).lower() == re.sub(r"\W", "", led).lower()


def _tidy(words: str) -> str:
    """The words without bullets or a separator that a reference leaves behind at their beginning."""
    return without_bullet(plain(words)).lstrip("–—: ").strip()
