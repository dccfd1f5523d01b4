"""The subject of a question: what is left once everything else is understood, as one theme or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.planner.wording import FUNCTION_WORDS, TAKEN, overlaps, plain, word_list
from assistant.query_plan import Theme

EMPTY_WORDS = frozenset(
    word_list("""
    action actions task tasks item items row rows thing things job jobs commitment commitments promise promises promised entry entries
    milestone milestones step steps bit bits ambers reds greens
    everything anything something nothing all every any each both none everyone anyone belong belongs belonging sorry oops mean means meant exclude excluded excluding remove removed drop dropped include leave leaving ignore add added narrow filter limit restrict widen sort sorted order ordered group draft write prepare waht wich whcih teh hte taht adn thier morning afternoon evening stuff top ta guys folks pls plz thx r u ur abt sub-item sub-items subitems sub-action sub-actions sub-point sub-points wot wots probably likely maybe perhaps possibly sorted set column columns page pages cell cells box
    plan plans planned planning-to document documents report reports register tracker log source sources council councils authority
    authorities borough service's list lists listed listing show shows showing showed shown give gives giving given tell tells find
    finds found look looks looking see seen get gets got getting make makes making made take takes taking taken put puts putting
    do doing done did does work works working need needs needed needing want wants wanted wanting say says said saying state states
    stated mention mentions mentioned mentioning mentions relate relates related relating relation concern concerns concerned
    concerning regarding regard regards cover covers covered covering involve involves involved involving include includes included
    including deal deals dealing dealt refer refers referring reference talk talks talking address addresses addressing about around
    commit commits committing committed commitment committing-to promise promising plan planning intend intends intended tackle
    tackling going go goes gone come comes coming came happen happens happening happened run running due date dates dated deadline
    deadlines target targets timescale timescales owner owners owned owns owning own lead leads leading led sponsor sponsors sponsored
    sponsoring responsible responsibility accountable charge assigned allocated status statuses progress update updates updated
    position situation picture rating ratings rated rag brag colour colours coloured marked mark overall currently current present
    latest recent recently exactly actual actually really total totals number numbers count counts many much full fully complete-list
    whole entire various different specific specifically particular particularly certain sort kind type types supposed meant expected
    asked ask asks asking focus focused focussing falls fall falling fell whats what's theres there's lets let's know known anybody
    everybody someone somebody please could would should shall table spreadsheet excel csv export word pdf together
    compare comparison compared versus vs difference differences between agree agrees consistent inconsistent match matches entry
    entries two twice three times same similar literally detail details describe explain wording text says reads question questions
    ones one's plate desk remit portfolio part parts under area areas section sections heading headings theme themes topic topics subject
    priority recommendation recommendations because reason reasons reported far long last next first second final new newest old alone jointly joint
    start starts starting started begin begins beginning finish finishes ends worked working changed since version versions finished completed differ differs differed differing break breakdown deliver delivers delivering delivered deliverable deliverables ready yet already still now today tomorrow yesterday time times moment soon later earlier ever never again back on-track
    evidence name names named called stand stands standing exist exists existing appear appears appearing hold holds held keep
    council's plan's main key important sum summary summarise brief place places use using used down up off out over against through
    per cent percent share proportion percentage rest others other else remaining left anything's everything's expect follow following
    hey dear sir madam cheers thankyou ta kindly quick quickly urgently urgent
    """)
)
"""Words that are about asking, or about plans in general, and name no subject when they stand at an edge."""

_CUT = "\x01"
"""Stands in place of words after which a subject is left out."""
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
_KINDS_OF_WORK = re.compile(
    r"\b(?:social|direct|group|case|story|joint|court|youth|outreach|street|school|duty|team|remote|hybrid|preventative|partnership)$"
)


def subjects(raw: str, rest: str, named: Spans, particular: bool) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
    """The themes that the question names, and those that it leaves out.

    Args: rest, the question in plain form with what is understood taken out; named, characters of terms that
    the vocabulary knows, which are neither parted nor stripped; particular, True where one thing is described rather than a subject named.
    """
    rest = _WITHOUT.sub(lambda match: _CUT * len(match.group()), rest)
    rest = _RELATION.sub(lambda match: TAKEN * len(match.group()), rest)
    wanted: list[Theme] = []
    unwanted: list[Theme] = []
    for start, end in _pieces(rest):
        cut = re.compile(f"{_CUT}+").search(rest, start, end)
        if cut:
            unwanted += [theme for theme, _ in _themes(raw, rest, (cut.end(), end), named, False)]
        found = _themes(raw, rest, (start, cut.start() if cut else end), named, particular)
        unwanted += [replace(theme, specific=False) for theme, denied in found if denied]
        if kept := [theme for theme, denied in found if not denied]:
            wanted.append(replace(kept[0], alternatives=tuple(kept[1:])))
    return _distinct(wanted), _distinct(unwanted)


def _pieces(rest: str) -> list[tuple[int, int]]:
    pieces, start = [], 0
    for match in _SPLIT.finditer(rest):
        pieces.append((start, match.start()))
        start = match.end()
    return [(start, end) for start, end in [*pieces, (start, len(rest))] if rest[start:end].strip()]


_CLAUSE = re.compile(r"\b(?:when|who|whose|where|because|while|so that|if|whether)\b")


_NOT_BEFORE = re.compile(r"\bnot\s+(?:the\s+|any\s+)?$")


def _themes(raw: str, rest: str, piece: tuple[int, int], named: Spans, particular: bool) -> list[tuple[Theme, bool]]:
    """The themes of a piece, each with whether it is denied: "neglect or private fostering" has two."""
    start, end = piece
    parts, at = [], start
    for match in _OR.finditer(rest, start, end):
        if _CLAUSE.search(rest, start, match.start()) and match.group().strip().lower() != "or":
            continue
        if not any(s < match.end() and match.start() < e for s, e in named):
            parts.append((at, match.start()))
            at = match.end()
    found = [(part, span) for part in [*parts, (at, end)] if (span := _stripped(raw, rest, *part, named))]
    if particular and len(found) > 1:
        whole = _stripped(raw, rest, start, end, named)
        found = [(piece, whole)] if whole else []
    return [
        (Theme(raw[s:e].strip(" ,.'\""), specific=particular), bool(_NOT_BEFORE.search(rest[first:s])))
        for (first, _), (s, e) in found
    ]


def _stripped(raw: str, rest: str, start: int, end: int, named: Spans) -> tuple[int, int] | None:
    """The piece without empty words at its edges; None when nothing is left. Words of a known term stay."""
    words = [match.span() for match in _WORD.finditer(rest, start, end)]
    kept = [span for span in named if not _is_empty(rest[slice(*span)])]
    kept += _capitals(raw, words)
    while (
        words
        and not (overlaps(words[0], kept) and not _only_joins(raw[slice(*words[0])]))
        and _is_empty(rest[slice(*words[0])])
    ):
        words.pop(0)
    while words and not overlaps(words[-1], kept) and _is_empty(rest[slice(*words[-1])]):
        if (
            rest[slice(*words[-1])].startswith("work")
            and len(words) > 1
            and _KINDS_OF_WORK.search(rest[: words[-2][1]])
        ):
            break
        words.pop()
    return (words[0][0], words[-1][1]) if words else None


def _capitals(raw: str, words: Spans) -> list[tuple[int, int]]:
    """Words in capitals, such as IT, where not all is in capitals."""
    return [] if raw.isupper() else [(s, e) for s, e in words if e - s > 1 and raw[s:e].strip(".,?!").isupper()]


def _only_joins(word: str) -> bool:
    return not word.isupper() and plain(word).strip(".,'\"!?-") in FUNCTION_WORDS


def _is_empty(word: str) -> bool:
    bare = plain(word).strip(".,'\"!?-").removesuffix("'s")
    if bare == "s":
        return True
    return (
        not re.search(r"[a-z0-9]", bare)
        or bare in FUNCTION_WORDS
        or bare in EMPTY_WORDS
        or bool(re.fullmatch(r"\d{1,2}", bare))
    )


def _distinct(themes: list[Theme]) -> tuple[Theme, ...]:
    seen: dict[str, Theme] = {}
    for theme in themes:
        seen.setdefault(theme.words.lower(), theme)
    return tuple(seen.values())
