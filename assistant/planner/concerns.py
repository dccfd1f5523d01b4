"""Questions of somebody who will sit in a meeting: what to worry about, what to ask."""

from __future__ import annotations

from assistant.planner.wording import phrases, plain

_CONCERNS = phrases(r"""
    (?:should|do|would|need|ought)(?: \w+){0,3} (?:worr(?:y|ied)|be concerned|look out for|watch(?: out for)?|raise|flag up|challenge|probe)
    (?:worr(?:y|ies|ied|ying)|concern(?:s|ed|ing)?|red flags?|weak spots?|hot spots?)(?: \w+){0,4} (?:about|before|for|here|in)
    (?:what|which|any)(?: \w+){0,3} (?:worr(?:y|ies|ying)|concerns?|red flags?|weak spots?)
    (?:questions?|things?|something|what)(?: \w+){0,4} (?:to|should|could|can|might|shall|i) (?:\w+ )?ask
    (?:suggest|give me|propose|draft|write)(?: \w+){0,4} questions?
""")


def asks_for_concerns(text: str) -> bool:
    """Whether a question asks what may be worth asking about."""
    return bool(_CONCERNS.search(plain(text)))
