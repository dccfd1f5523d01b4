"""What a heading means: the words that officers put above columns and blocks, scored against the roles."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz, process

from assistant.lexicon import table
from ingest.layout.drafts import Role
from ingest.layout.statuswords import short_status
from ingest.layout.words import one_line

SURE = 0.85
"""From here on a heading alone decides."""
LIKELY = 0.6
EXACT = 0.95
"""From here on a heading counts as one."""

THEMES = (
    r"recommendation|priority|priorities|objective|theme|aim|goal|area|improvement|outcome|workstream|"
    r"standard|finding|strand|pillar|ambition|commitment"
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
_OWNERS = "lead leads owner owners sponsor champion steward custodian"
_LAST_WORDS = dict.fromkeys(_OWNERS.split(), Role.OWNER) | dict.fromkeys(("update", "commentary"), Role.PROGRESS)
_LAST_WORDS |= {"deadline": Role.DUE, "status": Role.STATUS}
"""What the last word of a longer heading says."""
_DATED = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
    r"(?: ?['’]?(?:20)?\d\d)\b|\bq[1-4]\b(?: ?20)?(?:\d\d[/-]\d\d)?|\b20\d\d(?:[/-]\d{2,4})?\b|"
    r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:mid|end|half)[- ](?:of[- ])?(?:the[- ])?(?:year|term|quarter)\b",
    re.IGNORECASE,
)
"""The date of a review in a heading: "RAG May 2026", "mid-year position"."""
_AT_DATE = re.compile(r"\s+(?:as )?(?:at|of|in|for|on)\W*$", re.IGNORECASE)
"""What led to that date: "update at"."""
_TOLD = re.compile(
    r"^what (?:\w+ )?(?:they|people|parents|children|families|members|was|were|staff)\b.*\b(?:said|"
    r"told|thought|think|seen|found|heard|saw|learnt)\b"
)
_FOUND = re.compile(r"^what (?:the |our )?\w+(?: \w+)? (?:found|saw|concluded|identified|told us|tells us)$")
"""What an action answers, whoever has found it."""
_WATCHED = re.compile(
    r"^(?:how|who|where|when|by whom)\b.*\b(?:monitor|report|oversee|overs(?:een|ight)|scrutin|review)\w*"
)
_UNTIL = re.compile(r"\W*(?:all )?(?:due|before|until)?(?: ?by)?(?: ?the)?(?: ?end of)?\W*", re.IGNORECASE)
_WHICH = {Role.REVISED: r"revised|new|current|extended|amended|rescheduled|forecast|latest|updated|now"}
_WHICH |= {Role.DUE: "original|originally|initial|first|baseline|planned|agreed"}
"""Which of several dates a heading that names one means."""
_SAYS_WHICH = re.compile(rf"[(\[]\s*(?:{'|'.join(_WHICH.values())}|actual)\b[^)\]]{{0,20}}[)\]]?\s*$", re.IGNORECASE)
_STOP = frozenset({"the", "a", "an", "of", "for", "to", "and", "or", "our", "your", "this", "if", "please", "insert"})


def _key(text: str) -> str:
    """The words of a heading; those of a database, `due_date` or `DueDate`, are parted."""
    parted = _HUMP.sub(" ", text).replace("_", " ") if " " not in text.strip() else text
    return " ".join(re.findall(r"[a-z0-9#]+", parted.lower().replace("’", "").replace("'", "")))


OF_EACH = re.compile(r"(?<=\w) (?:for|of) (?:all|each|every|these|those|this)\b.*")
"""What a heading says of which rows it holds for: "Lead for all actions in this priority"."""
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
    undated = _DATED.sub(" ", line)
    if undated != line and _UNTIL.fullmatch(undated):
        return ()  # a date, and no name: "By 30 June 2026"
    undated = _AT_DATE.sub("", undated) if undated != line else line
    key = _key(_without_hint(undated if undated.strip(" -–:()/") else line))
    key = OF_EACH.sub("", key)
    key = key.replace("young person", "child") if len(heading) < 300 else ""  # a child, not the person who acts
    if not key or len(key) > 120:
        return ()
    scores: dict[Role, float] = dict(_LEXICON.get(key, {}))
    if not scores:
        for known, likeness in _offers(key, line):
            _raise(scores, known, likeness)
        if _WATCHED.match(key) or _TOLD.match(key):
            scores = {Role.OTHER: 1.0}
        elif _FOUND.match(key):
            scores = {Role.RECOMMENDATION: 1.0}
    if re.search(r"\b(b?rag|ragb?)\b", _key(line)) and "narrative" not in key and "comment" not in key:
        scores = {role: score * (1.0 if "rag" in key else 0.9) for role, score in scores.items()}
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


def _offers(key: str, line: str) -> Iterator[tuple[dict[Role, float], float]]:
    """The roles that a heading which is no phrase of the trade may name, with how much that counts."""
    words = key.split()
    content = [word for word in words if word not in _STOP]
    near = process.extract(key, _KEYS, scorer=fuzz.ratio, score_cutoff=88.0, limit=None) if len(key) > 4 else []
    for known, likeness, _ in near:  # misspelt headings, plurals and other endings
        if abs(len(known) - len(key)) <= 3 and (known[0] == key[0] or known[-1] == key[-1]):
            yield _LEXICON[known], 0.95 * likeness / 100
    # known phrases among other words; the end of a heading says more than its beginning
    spans = list(combinations(range(len(words) + 1), 2)) if content and len(words) <= 14 else []
    for start, end in spans:
        phrase = " ".join(words[start:end])
        if phrase in _LEXICON and len(phrase) > 2 and (phrase not in _ASKING or len(words) == 1):
            share = sum(word not in _STOP for word in words[start:end]) / len(content)
            yield _LEXICON[phrase], min(0.94, 0.35 + 0.55 * share + (0.05 if end == len(words) else 0.0))
    for role, which in _WHICH.items():
        rest = re.sub(rf"\b(?:{which})\b", " ", key).split()
        if Role.DUE in _LEXICON.get(" ".join(rest), {}) and rest not in (words, ["date"]):
            yield {role: 1.0}, 0.95
    # a question says by its first words what it asks: how will we know ..., what difference will ...
    if words[-1] in _LAST_WORDS and len(words) <= 4:
        yield {_LAST_WORDS[words[-1]]: 1.0}, 0.85
    if {"who", "whose", "whom"} & set(words):
        first = words[0] in {"who", "whose"}
        yield {Role.OTHER if _HELPS.search(key) else Role.OWNER: 1.0}, 0.8 if first else DOUBTFUL
    if words[0] == "when" or words[:2] == ["by", "when"] or _ENDS_BY.fullmatch(key):
        yield {Role.DUE: 1.0}, 0.8
    begins = (" ".join(words[:length]) for length in range(min(len(words), 9), 2, -1))
    yield next((_LEXICON[phrase] for phrase in begins if phrase in _LEXICON), {}), 0.9
    # two names for one column, parted by a stroke: the first says a little more
    parts = [part for part in map(_key, re.split(r"[/|]|\s[-–—]\s", line)) if part]
    for part, factor in zip(parts, (0.85, 0.8), strict=False) if len(parts) == 2 else ():
        for known in (part, " ".join(word for word in part.split() if word not in _STOP)):
            yield _LEXICON.get(known, {}), factor


def _raise(scores: dict[Role, float], roles: dict[Role, float], factor: float) -> None:
    for role, weight in roles.items():
        scores[role] = max(scores.get(role, 0.0), weight * factor)
