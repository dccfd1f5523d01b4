"""What is embedded of a record, and the digest under which its vector is kept."""

import hashlib

from assistant.records import Action, Passage

FORM = 1
"""Raised when other texts are embedded, so that every index is brought up to date."""


def text_digest(text: str) -> str:
    """The key of a text's vector: equal texts share one."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def action_texts(action: Action) -> tuple[str, ...]:
    """The texts of a row that carry its meaning, each embedded by itself: the action with its stem, then the
    recommendation and the section that it stands under, where there are any."""
    own = " ".join(text for text in (action.action_parent, action.action) if text)
    texts = (own, action.recommendation, action.section)
    return tuple(dict.fromkeys(text for text in texts if text and text.strip()))


def passage_text(passage: Passage) -> str:
    """The text of a passage with the headings that it stands under."""
    return "\n".join((*passage.heading_path, passage.text))
