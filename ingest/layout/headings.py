"""What a heading means: the words that officers put above columns and blocks, scored against the roles."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from assistant.lexicon import table
from ingest.layout.drafts import Role
from ingest.layout.statuswords import short_status
from ingest.layout.words import one_line

SURE = 0.85
"""From here on a heading alone decides."""
LIKELY = 0.6
"""From here on a heading counts as one."""

THEMES = (
    r"recommendation|priority|priorities|objective|theme|aim|goal|area|improvement|outcome|workstream|"
    r"standard|finding|strand|"
    r"pillar|ambition|commitment"
)
"""What a heading that parts the actions of a plan calls its part."""
_NUMBERED_THEME = re.compile(
    rf"(?:{THEMES})(?:\s+(?:area|theme|aim))?\s+(?:no\.?\s*)?"
    rf"(?:\d{{1,2}}[a-z]?|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten)\b\s*[:.–—-]",
    re.IGNORECASE,
)
DOUBTFUL = 0.7
"""What a phrase is worth that often means something else."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")

_ASKING = frozenset({"where", "how", "for", "name", "title", "part", "row"})
"""Names of columns that among other words say nothing."""
_LAST_WORDS = {
    "lead": Role.OWNER,
    "leads": Role.OWNER,
    "owner": Role.OWNER,
    "owners": Role.OWNER,
    "sponsor": Role.OWNER,
    "champion": Role.OWNER,
    "steward": Role.OWNER,
    "custodian": Role.OWNER,
    "deadline": Role.DUE,
    "status": Role.STATUS,
    "update": Role.PROGRESS,
    "commentary": Role.PROGRESS,
}
"""What the last word of a longer heading says."""
_DATED = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
    r"(?: ?['’]?(?:20)?\d\d)\b|\bq[1-4]\b(?: ?20)?(?:\d\d[/-]\d\d)?|\b20\d\d(?:[/-]\d{2,4})?\b|"
    r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b",
    re.IGNORECASE,
)
"""The date of a review in a heading: "RAG May 2026"."""
_TOLD = re.compile(
    r"^what (?:\w+ )?(?:they|people|parents|children|families|members|was|were|staff)\b.*\b(?:said|"
    r"told|thought|think|seen|found|heard|saw|learnt)\b"
)
_FOUND = re.compile(r"^what (?:the |our )?\w+(?: \w+)? (?:found|saw|concluded|identified|told us|tells us)$")
"""What an action answers, whoever has found it."""
_WATCHED = re.compile(
    r"^(?:how|who|where|when|by whom)\b.*\b(?:monitor|report|oversee|overs(?:een|ight)|scrutin|review)\w*"
)
_SAYS_WHICH = re.compile(
    r"[(\[]\s*(?:original|revised|new|current|forecast|actual|planned|baseline|extended|updated)[^)\]]{0,20}[)\]]?\s*$",
    re.IGNORECASE,
)
_STOP = frozenset({"the", "a", "an", "of", "for", "to", "and", "or", "our", "your", "this", "if", "please", "insert"})


def _key(text: str) -> str:
    """The words of a heading; those of a database, `due_date` or `DueDate`, are parted."""
    parted = _HUMP.sub(" ", text).replace("_", " ") if " " not in text.strip() else text
    return " ".join(re.findall(r"[a-z0-9#]+", parted.lower().replace("’", "").replace("'", "")))


_HELPS = re.compile(r"\b(?:helps?|helping|else|supports?|supporting|involved?|assists?|consulted|informed|with)\b")
_ENDS_BY = re.compile(r"(?:(?:to be|will be|we will) )?(?:finish|complet|deliver|achiev|implement|conclud|clos)\w* by")
_LEXICON: dict[str, dict[Role, float]] = {"#": {Role.REF: 1.0}}
for (_kind, _name), _phrases in table().items():
    for _phrase in _phrases if _kind == "heading" else ():
        _LEXICON.setdefault(_key(_phrase), {})[Role(_name)] = DOUBTFUL if _phrase.endswith("~") else 1.0
_KEYS = tuple(_LEXICON)


@lru_cache(maxsize=32_768)
def role_scores(heading: str) -> tuple[tuple[Role, float], ...]:
    """How well the heading names each role, in [0, 1], best first; roles without a match are left out.

    Exact words of the trade score 1, their misspellings a little less, and a heading that holds them among other
    words by their share of it.
    """
    line = one_line(heading)
    key = _key(_without_hint(_DATED.sub(" ", line) if _DATED.sub("", line).strip(" -–:()/") else line))
    key = key.replace("young person", "child") if len(heading) < 300 else ""  # a child, not the person who acts
    if not key or len(key) > 120:
        return ()
    scores: dict[Role, float] = dict(_LEXICON.get(key, {}))
    if not scores:
        _near(key, scores)
        _inside(key, scores)
        _at_start(key, scores)
        _alternatives(heading, scores)
    whole = _key(one_line(heading))
    if re.search(r"\b(b?rag|ragb?)\b", whole) and "narrative" not in key and "comment" not in key:
        beside = "rag" not in key
        scores = {role: score * (0.9 if beside else 1.0) for role, score in scores.items()}
        _raise(scores, {Role.STATUS: 1.0}, 0.95)
    return tuple(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def best_role(heading: str) -> tuple[Role | None, float]:
    """The role that the heading names best, and how well."""
    scores = role_scores(heading)
    return scores[0] if scores else (None, 0.0)


def names_state(text: str) -> bool:
    """True where words that name a column also name a state, so that they may be the value of one: "On track"."""
    return best_role(text)[0] is not Role.REF and short_status(text) is not None


def names_theme(text: str) -> bool:
    """True where a heading names what it heads: "Priority Two: ...", "Objective 3 - ..."."""
    return bool(_NUMBERED_THEME.match(text.strip()))


def _without_hint(heading: str) -> str:
    """Headings explain themselves in brackets: "Status (RAG)", "Owner (initials)"."""
    if _SAYS_WHICH.search(heading):
        return re.sub(r"[()\[\]]", " ", heading)
    short = re.sub(r"\s*[(\[][^)\]]*[)\]]?\s*$", "", heading)
    return short if re.search(r"[A-Za-z#]", short) else heading


def _near(key: str, scores: dict[Role, float]) -> None:
    """Misspelt headings, plurals and other endings."""
    if len(key) < 5:
        return
    near = process.extract(key, _KEYS, scorer=fuzz.ratio, score_cutoff=88.0, limit=None)
    for known, likeness, _ in near:
        if abs(len(known) - len(key)) <= 3 and (known[0] == key[0] or known[-1] == key[-1]):
            _raise(scores, _LEXICON[known], 0.95 * likeness / 100)


def _inside(key: str, scores: dict[Role, float]) -> None:
    """Known phrases among other words; the end of a heading says more than its beginning."""
    words = key.split()
    content = [word for word in words if word not in _STOP]
    if len(words) > 14 or not content:
        return
    for length in range(min(len(words), 9), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            if phrase not in _LEXICON or len(phrase) < 3 or (length == 1 and phrase in _ASKING and len(words) > 1):
                continue
            share = sum(1 for word in words[start : start + length] if word not in _STOP) / len(content)
            last = 0.05 if start + length == len(words) else 0.0
            _raise(scores, _LEXICON[phrase], min(0.94, 0.35 + 0.55 * share + last))


def _at_start(key: str, scores: dict[Role, float]) -> None:
    """A question says by its first words what it asks: how will we know ..., what difference will ..."""
    words = key.split()
    last = _LAST_WORDS.get(words[-1])
    if last is not None and len(words) <= 4:
        _raise(scores, {last: 1.0}, 0.85)
    if words[0] in {"who", "whose"}:
        _raise(scores, {Role.OTHER if _HELPS.search(key) else Role.OWNER: 1.0}, 0.8)
    if words[0] == "when" or words[:2] == ["by", "when"] or _ENDS_BY.fullmatch(key):
        _raise(scores, {Role.DUE: 1.0}, 0.8)
    if _WATCHED.match(key) or _TOLD.match(key):
        scores.clear()
        scores[Role.OTHER] = 1.0
        return
    if _FOUND.match(key):
        scores.clear()
        scores[Role.RECOMMENDATION] = 1.0
        return
    for length in range(min(len(words), 9), 2, -1):
        phrase = " ".join(words[:length])
        if phrase in _LEXICON:
            _raise(scores, _LEXICON[phrase], 0.9)
            return


def _alternatives(heading: str, scores: dict[Role, float]) -> None:
    """Two names for one column, parted by a stroke: the first says a little more."""
    parts = [_key(part) for part in re.split(r"[/|]|\s[-–—]\s", one_line(heading)) if _key(part)]
    if len(parts) != 2:
        return
    for part, factor in zip(parts, (0.85, 0.8), strict=True):
        words = part.split()
        for known in (part, " ".join(word for word in words if word not in _STOP)):
            _raise(scores, _LEXICON.get(known, {}), factor)


def _raise(scores: dict[Role, float], roles: dict[Role, float], factor: float) -> None:
    for role, weight in roles.items():
        scores[role] = max(scores.get(role, 0.0), weight * factor)
