"""Words about a word of state that take it back: denied, asked, answered with no, undone or still awaited."""

import re

from assistant.records import Status

_WORDS = {
    Status.COMPLETE: r"complet(?:ed?|ion)|done|closed|closure|finished|achieved|delivered|implemented|signed off|"
    r"discharged|fulfilled|met|in place",
    Status.ON_TRACK: r"on[ -](?:track|target|schedule|course)",
    Status.AT_RISK: r"at risk|overdue|delay(?:ed|s)?|late|behind(?: schedule)?|off[ -](?:track|target|schedule)|"
    r"slipp(?:ed|ing)",
    Status.BLOCKED: r"on hold|hold|pause[ds]?|suspended|suspension|deferred|postponed|halted|blocked|stalled|stuck",
    Status.WITHDRAWN: r"withdrawn|cancel(?:led|ed)|superseded|abandoned|discontinued|rejected|merged|removed|"
    r"deleted|dropped",
    Status.IN_PROGRESS: r"started|begun|commenced|in progress|ongoing|underway|under way|planned",
}
_STATE_WORD = rf"(?:{'|'.join(_WORDS.values())}|green|amber|red|blue|yellow|orange)\b"
_SO = (
    r"(?:(?:yet|been|be|being|fully|quite|currently|now|at all|really|actually|formally|considered|classed as|rated|"
    r"reported as|marked as|marked|recorded as|as|a|an|the|any) )*"
)
_LINK = (
    r"(?:then|now|and|but|since|later|subsequently|been|was|has|is|have|in error|by mistake|too (?:early|soon)|"
    r"again|it|action|in|on|from|of|the|\d[\d/.]*(?:st|nd|rd|th)?|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)"
)
REVERSED = re.compile(
    rf"\b(?:not|never|no longer|neither|nor|\w+n't|nowhere near|far from|anything but) {_SO}{_STATE_WORD}|"
    rf"^\W*\?+\W*{_STATE_WORD}|\b{_STATE_WORD}[^\w?]{{0,3}}\?\W*(?:(?:no|n|not \w+|unsure|unclear|unknown)\b\W*)?|"
    rf"\b{_STATE_WORD}(?: y ?/ ?n)?\W+(?:no|n|nope|false|never|not yet|not (?:really|quite|so|sure))\b"
    r"(?!\.? of\b)(?=\W*$|[,;.]|\s*[-–—(])|"
    rf"^no\s*[,;.:–—-]\s*{_STATE_WORD}|"
    rf"\b{_STATE_WORD}(?:\W+{_LINK}\b)*\W+(?:re-?opened|re-?instated|re-?activated|revived|re-?started|resumed|lifted|"
    r"reversed|rescinded|revoked|overturned|undone|in error|by mistake|prematurely)\b|"
    rf"\b(?:wrongly|incorrectly|mistakenly|prematurely) {_SO}{_STATE_WORD}|"
    rf"\b(?:was|were|had been|previously|formerly) {_SO}{_STATE_WORD}(?=[^.;]{{0,30}}\bnow\b)|"
    r"\b(?:complete|completed|done|closed|finished)\W+(?:but |and )?(?:still )?(?:awaiting|pending|subject to)\b|"
    rf"^\W*(?:a?waiting(?: for)?|pending) (?:\w+ )?{_STATE_WORD}(?=\W*$)"
)
"""A word of state that the words about it take back: denied, asked, answered with no, undone or still awaited."""


def takes_back(text: str, status: Status) -> bool:
    """True where a word of this state stands in the text and what stands about it takes it back."""
    taken = " ".join(match[0] for match in REVERSED.finditer(text))
    waited = status is Status.BLOCKED and re.match(r"\W*a?waiting\b", taken)
    words = _WORDS.get(status)
    return bool(waited or (words and re.search(rf"\b(?:{words})\b", taken)))
