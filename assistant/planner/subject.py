"""The subject of a question: what is left once everything else is understood, as one theme or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.planner.naming import is_empty, modifies_a_name, naming_spans
from assistant.planner.wording import FUNCTION_WORDS, TAKEN, overlaps, plain
from assistant.query_plan import Theme

_CUT = "\x01"
"""Stands in place of words after which a subject is left out."""
_CUTS = re.compile(f"{_CUT}+")
_SPLIT = re.compile(rf"[{TAKEN}]+|[?!;:()]+|(?<!\w\.\w)\.(?=\s|$)|\s-\s")
_WORD = re.compile(r"[^\s,]+")
_OR = re.compile(r"\s*(?:,\s*(?:and|or)?|\band/or\b|\bor\b|\band\b|\bplus\b|&)\s+", re.I)
_NOT = (
    r"(?:not|never|nothing|none|isn't|aren't|isnt|arent|wasn't|weren't|don't|doesn't|dont|doesnt|didn't|cannot|can't)"
)
_TOUCHES = (
    r"(?:about|on|to do with|(?:being )?(?:related|relating|linked|connected|relevant) to|relat(?:e|ed) to|around|regarding|covering"
    r"|including|mention(?:ing)?|cover|concern(?:ing|ed with)?|involv(?:e|ing)|deal(?:ing)? with|touch(?:ing)? on|includ(?:e|ing)"
    r"|refer(?:ring)? to|affect(?:ing)?|address(?:ing)?|under|part of|those about|the ones about|the ones on|those on)"
)
_WITHOUT = re.compile(
    rf"\b(?:but not|{_NOT}(?: (?:really|directly|actually|specifically|be|being|just|only|anything|in any way))* {_TOUCHES}"
    r"|except(?:ing)?(?: for)?|excluding|other than|apart from|aside from|besides|leaving out|leaving aside|setting aside|ignoring"
    r"|minus|without (?:counting|including)|nothing to do with|unrelated to|unconnected (?:to|with))"
    r"(?: (?:the|those|any|anything|ones|actions|items|rows|stuff|things|that are|which are|about|on|for|to do with|relating to|related to|all))*\s+",
    re.I,
)
_RELATION = re.compile(
    r"\b(?:to do with|in relation to|in respect of|with regard to|when it comes to|in terms of|on the subject of|as well as"
    r"|that (?:are|is|mention|relate to|cover|concern|deal with|involve|affect|help|support|refer to)"
    r"|which (?:are|is|mention|relate to|cover|concern|deal with|involve|affect|help|support|refer to))\b"
)


Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Words:
    """A question as typed and as it is left; the terms that the vocabulary knows, and the words that name things."""

    raw: str
    rest: str
    named: Spans
    naming: Spans | None
    """None where nothing else is said: then every word may be the subject."""
    known: bool = False
    """Whether the vocabulary knows every word that is left: there is nothing to parse then."""


_KINDS_OF_WORK = re.compile(
    r"\b(?:social|direct|group|case|story|joint|court|youth|outreach|street|school|duty|team|remote|hybrid|preventative|partnership)$"
)


def subjects(raw: str, rest: str, named: Spans, particular: bool) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
    """The themes that the question names, and those that it leaves out.

    Args: rest, the question in plain form with what is understood taken out; named, characters of terms that
    the vocabulary knows, which are neither parted nor stripped; particular, True where one thing is described rather than a subject named.
    """
    words_left, known = _left(raw, rest, named)
    if not words_left:
        return (), ()
    naming = () if known else naming_spans(raw, rest)
    left = _WITHOUT.sub(lambda match: _CUT * len(match.group()), rest)
    left = _RELATION.sub(lambda match: _related(left, match), left)
    words = _Words(raw, left, named, naming if known or naming or TAKEN in rest else None, known)
    wanted: list[Theme] = []
    unwanted: list[Theme] = []
    for start, end in _pieces(left):
        cut = _CUTS.search(left, start, end)
        if cut:
            unwanted += [theme for theme, _ in _themes(words, (cut.end(), end), False)]
        found = _themes(words, (start, cut.start() if cut else end), particular)
        unwanted += [replace(theme, specific=False) for theme, denied in found if denied]
        if kept := [theme for theme, denied in found if not denied]:
            wanted.append(replace(kept[0], alternatives=tuple(kept[1:])))
    return _distinct(wanted), _distinct(unwanted)


def _related(rest: str, match: re.Match[str]) -> str:
    """Words between rows and their subject, taken out; those within the description of a thing stay."""
    before = rest[: match.start()].split()
    within = (
        match.group().startswith(("that", "which")) and before and not is_empty(before[-1]) and TAKEN not in before[-1]
    )
    return match.group() if within else TAKEN * len(match.group())


def _left(raw: str, rest: str, named: Spans) -> tuple[list[tuple[int, int]], bool]:
    """The words that are left and are not about asking, and whether the vocabulary knows all of them."""
    spans = [match.span() for match in _WORD.finditer(rest) if TAKEN not in match.group()]
    capitals = _capitals(raw, spans)
    words = [span for span in spans if not is_empty(rest[slice(*span)]) or span in capitals]
    terms = [span for span in named if not is_empty(rest[slice(*span)])]
    return [*words, *terms], all(overlaps(span, terms) for span in words)


def _pieces(rest: str) -> list[tuple[int, int]]:
    pieces, start = [], 0
    for match in _SPLIT.finditer(rest):
        pieces.append((start, match.start()))
        start = match.end()
    return [(start, end) for start, end in [*pieces, (start, len(rest))] if rest[start:end].strip()]


_CLAUSE = re.compile(r"\b(?:when|who|whose|where|because|while|so that|if|whether)\b")


_NOT_BEFORE = re.compile(r"\bnot\s+(?:the\s+|any\s+)?$")


def _themes(words: _Words, piece: tuple[int, int], particular: bool) -> list[tuple[Theme, bool]]:
    """The themes of a piece, each with whether it is denied: "neglect or private fostering" has two."""
    start, end = piece
    parts, at = [], start
    for match in _OR.finditer(words.rest, start, end):
        if _CLAUSE.search(words.rest, start, match.start()) and match.group().strip().lower() != "or":
            continue
        if not any(s < match.end() and match.start() < e for s, e in words.named):
            parts.append((at, match.start()))
            at = match.end()
    found = [(part, span) for part in [*parts, (at, end)] if (span := _stripped(words, *part))]
    if particular and len(found) > 1:
        whole = _stripped(words, start, end)
        found = [(piece, whole)] if whole else []
    return [
        (Theme(words.raw[s:e].strip(" ,.'\""), specific=particular), bool(_NOT_BEFORE.search(words.rest[first:s])))
        for (first, _), (s, e) in found
    ]


def _stripped(words: _Words, start: int, end: int) -> tuple[int, int] | None:
    """The piece without words at its edges that name nothing; None when nothing is left. Words of a known term stay."""
    spans = [match.span() for match in _WORD.finditer(words.rest, start, end)]
    kept = [span for span in words.named if not is_empty(words.rest[slice(*span)])]
    kept += _capitals(words.raw, spans)

    def names(span: tuple[int, int]) -> bool:
        if overlaps(span, kept):
            return True
        if is_empty(words.rest[slice(*span)]):
            return not words.known and modifies_a_name(words.raw, words.rest, span[0])
        return words.naming is None or overlaps(span, words.naming)

    while spans and (not names(spans[0]) or _only_joins(words.raw[slice(*spans[0])])):
        spans.pop(0)
    while spans and not names(spans[-1]):
        if (
            words.rest[slice(*spans[-1])].startswith("work")
            and len(spans) > 1
            and _KINDS_OF_WORK.search(words.rest[: spans[-2][1]])
        ):
            break
        spans.pop()
    return (spans[0][0], spans[-1][1]) if spans else None


def _capitals(raw: str, words: Spans) -> list[tuple[int, int]]:
    """Words in capitals, such as IT, where not all is in capitals."""
    if raw.isupper():
        return []
    bare = [(s, e, raw[s:e].strip(".,?!")) for s, e in words if e - s > 1]
    return [(s, e) for s, e, word in bare if word.isupper() and word not in _STRESSED]


_STRESSED = frozenset({"NOT", "AND", "OR", "ALL", "ANY", "NO", "ONLY", "ARE", "IS", "BUT", "EVERY", "NEVER", "BOTH"})
"""Small words that are typed in capitals to stress them."""


def _only_joins(word: str) -> bool:
    return not word.isupper() and plain(word).strip(".,'\"!?-") in FUNCTION_WORDS


def _distinct(themes: list[Theme]) -> tuple[Theme, ...]:
    seen: dict[str, Theme] = {}
    for theme in themes:
        seen.setdefault(theme.words.lower(), theme)
    return tuple(seen.values())
