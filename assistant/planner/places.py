"""References and headings that a question names: "R2.4", "action 26", "Priority Five", "the care leavers section"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from assistant.conditions import Condition, Either, Field, Filter, Operator
from assistant.lexicon import any_of, choice, plain
from assistant.planner.candidates.subject import is_empty
from assistant.planner.holdings import Held, names_in
from assistant.planner.scope import either
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import (
    FUNCTION_WORDS,
    NAMING_WORD,
    NUMBERS,
    literal,
    overlaps,
    pattern,
    singular,
    take_all,
)

_ROW_NOUN = rf"(?:{any_of('place_rows')}|nos?\.?(?!\s+one\b)|id|numbered)"
_PART_NOUN = any_of("place_parts")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_FIGURES = {word: str(number) for word, number in (*_ROMAN.items(), *NUMBERS.items())}
_NUMBER = rf"(?:\d{{1,3}}[a-z]?|{'|'.join(NUMBERS)})"
_DOTTED = r"(?:[a-z]{0,3}\d{1,3}[a-z]?(?:\.\d{1,3}[a-z]?)+|[a-z]{1,3}[-.]?\d{1,3}[a-z]?)"
_ONE = rf"(?:{_DOTTED}|{_NUMBER})"
_LIST = (
    rf"{_ONE}(?:\s*(?:,|and|or|&|to|-|vs\.?|versus|against|with)\s*(?:{_ROW_NOUN}\s*|{_PART_NOUN}\s*)?{_ONE}(?!\w))*"
)
_AFTER_NOUN = re.compile(
    rf"(?<![\w\x00])({_ROW_NOUN}|{_PART_NOUN})\s*(?:#|:|no\.?|number|ref\.?)?\s*({_LIST})(?![\w\x00]|\.\d)"
)
_ASKED_NUMBERS = re.compile(
    r"(?:^\W*|\b)(?:are|is|do|does|compare|between|has|have|did)\s+(\d{1,3}(?:\s*(?:,|and|or|&|vs\.?|with|to)\s*\d{1,3})+)(?![\w.])"
)
_ASKED_NUMBER = re.compile(
    r"\b(?:is|has|was|for|of|on|with|about|against|did|does|why is|when is)\s+(\d{1,3}[a-z]?)"
    r"(?=\s+(?:been|done|due|late|overdue|complete\w*|finished|started|say|on track|going|red|amber|green)\b|\W*$)"
)
_BARE_NUMBER = re.compile(
    r"(?:^\W*|\x00\s*|\b(?:and|or|about|for)\s+)(\d{1,3}[a-z]?)(?:[\s,]+(?:too|please|then))?\s*\W*$"
)
_ONE_CODE = rf"(?:{_DOTTED}|(?:(?<=#)|(?<=#\s))\d{{1,3}}|\d{{1,2}}[a-z])"
_CODE = re.compile(
    rf"(?<![\w\x00.£/-])(?:#\s?)?(?P<first>{_ONE_CODE})(?:\s*(?:-|to|through|up to|thru)\s*(?P<last>{_ONE_CODE}|\d{{1,2}}))?"
    r"(?![\w\x00]|\.\d|\s?%)"
)
"""A reference or what references begin with, "R2.4", "R6", "6a"; or the first and the last of several, "R1 to R6b"."""


def spot_places(
    low: str, sources: tuple[Held, ...], bare_numbers: bool = False
) -> tuple[list[Spot], list[tuple[int, int]]]:
    """The references and numbered headings that the question names, among the rows of these sources; and the
    references that no row has, as written.

    Args: bare_numbers, True where the question before named a reference: "and 27?" then names another.
    """
    refs = _refs(sources)
    spots: list[Spot] = []
    unknown: list[tuple[int, int]] = []
    for ref, written in refs.items() if _SLASHED.search(low) else ():  # 5/1 could be taken for a date or a fraction
        for match in re.finditer(rf"(?<![\w./-]){re.escape(ref)}(?![\w/-]|\.\d)", low) if _SLASHED.search(ref) else ():
            if not _DATE_BEFORE.search(low[: match.start()]):
                spots.append(Spot(*match.span(), Kind.REF, Condition(Field.REF, Operator.IS, (written,))))
    low = take_all(low, [(spot.start, spot.end) for spot in spots])
    for match in _AFTER_NOUN.finditer(low):
        condition = _numbered(match.group(1), match.group(2), sources, refs)
        if condition is not None:
            of_refs = isinstance(condition, Condition) and condition.field is Field.REF
            kind = Kind.REF if of_refs else Kind.SECTION
            spots.append(Spot(*match.span(), kind, condition))
        elif re.fullmatch(_ROW_NOUN, match.group(1)) or re.search(r"[.]|[a-z]\d", match.group(2)):
            unknown.append(match.span())
    bare_numbers = bare_numbers or re.fullmatch(r"[\W\x00]*\d{1,3}[\W\x00]*", low) is not None
    for regex in (*_NUMBERS_ASKED, _CODE, *((_BARE_NUMBER,) if bare_numbers else ())):
        for place, names in (one for match in regex.finditer(low) for one in _named(match, refs)):
            if overlaps(place, [*((spot.start, spot.end) for spot in spots), *unknown]):
                continue
            found = _of_refs(names, refs)
            if found is None and regex is _BARE_NUMBER:
                found = _heading("recommendation", names[0], sources, refs)
            before = [low[spot.end : place[0]] for spot in spots if spot.kind is Kind.REF and spot.end <= place[0]]
            if found is not None:
                spots.append(Spot(*place, Kind.REF, found))
            elif regex not in _NUMBERS_ASKED and (_could_be_ref(names[0], refs) or any(map(_LISTED.fullmatch, before))):
                unknown.append(place)
    return sorted(spots, key=lambda spot: spot.start), sorted(unknown)


_SLASHED = re.compile(r"\d[/-]\d")
_DATE_BEFORE = re.compile(r"\b(?:on|by|due|before|after|until|since|from)\s+$")
_LISTED = re.compile(r"\s*(?:,|and|or|&)\s*")
"""Between a number and a reference before it in one list: "8.4 and 8.9"."""
_NUMBERS_ASKED = (_ASKED_NUMBERS, _ASKED_NUMBER)


def _named(match: re.Match[str], refs: dict[str, str]) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """The names that numbers or codes say, and where: all of a list or a range, else each of its two ends."""
    if match.re is not _CODE:
        yield match.span(match.re in _NUMBERS_ASKED), _expanded(match[1], refs)
    elif match["last"] and (names := _range(match["first"], match["last"], refs)):
        yield match.span(), names
    else:
        yield (match.start(), match.end("first")), [match["first"]]
        if match["last"] and not match["last"].isdigit():
            yield match.span("last"), [match["last"]]


_JOINER = re.compile(
    rf"\s*(,|\band\b|\bor\b|&|\bto\b|-(?=\s*\w)|\bvs\b\.?|\bversus\b|\bagainst\b|\bwith\b)\s*(?:{_ROW_NOUN}\s+|{_PART_NOUN}\s+)?"
)
_HEAD = re.compile(r"([a-z]{1,3})(\d{1,2})([a-z]?)(?=$|[.(])")


def _range(first: str, last: str, refs: dict[str, str]) -> list[str]:
    """The names from the first to the last, as rows have them: 81 to 85, R2.1 to R2.4, R1 to R6b; none where they are
    the ends of nothing."""
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first), int(last) + 1)]
    lettered = f"{''.join(takewhile(str.isalpha, first))}{last}"  # "R2.1 to 2.4", "R1 to 6"
    last = lettered if lettered in refs or last[0].isdigit() else last
    if first in refs and last in refs:
        held = list(refs)
        return held[held.index(first) : held.index(last) + 1]
    one, other = _HEAD.fullmatch(first), _HEAD.fullmatch(last)
    if not (one and other and one[1] == other[1]):
        return []
    heads = {head.group(): (head[1], int(head[2]), head[3]) for ref in refs if (head := _HEAD.match(ref))}
    low, high = (one[1], int(one[2]), one[3]), (one[1], int(other[2]), other[3] or "z")
    return [name for name, head in heads.items() if low <= head <= high]


@lru_cache(maxsize=16)
def _refs(sources: tuple[Held, ...]) -> dict[str, str]:
    """References in plain form, each with its form as written."""
    return {plain(ref).strip(" ."): ref for ref in names_in(sources, "refs")}


def _numbered(noun: str, text: str, sources: tuple[Held, ...], refs: dict[str, str]) -> Filter | None:
    names = _expanded(text, refs)
    if re.fullmatch(_PART_NOUN, noun):
        headings = [condition for name in names if (condition := _heading(noun, name, sources, refs)) is not None]
        if len(headings) == len(names):
            return headings[0] if len(headings) == 1 else either(headings)
        return None
    return _of_refs([str(NUMBERS.get(name, name)) for name in names], refs)


def _expanded(text: str, refs: dict[str, str]) -> list[str]:
    """The single names in a list; "81 to 85" names every whole number between."""
    if text in refs:
        return [text]
    names: list[str] = []
    parts = _JOINER.split(text)
    for joiner, name in zip(["", *parts[1::2]], parts[0::2], strict=True):
        between = _range(names[-1], name, refs)[1:] if joiner in ("to", "-") and names and name else []
        names += between or ([name] if name else [])
    return names


def _of_refs(names: Sequence[str], refs: dict[str, str]) -> Filter | None:
    exact, above = [], []
    for name in names:
        key = plain(name).strip(" .")
        for form in (key, re.sub(r"[-.\s](?=\d)", "", key, count=1) if key[:1].isalpha() else _lettered(key, refs)):
            if form in refs:
                exact.append(refs[form])
                break
            if any(_is_below(ref, form) for ref in refs):
                above.append(_as_written(form, refs))
                break
    if len(exact) + len(above) != len(names):
        return None
    found = ((Operator.IS, exact), (Operator.CONTAINS, above))
    return _any([Condition(Field.REF, how, tuple(dict.fromkeys(own))) for how, own in found if own])


def _any(parts: list[Condition]) -> Filter | None:
    return Either(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def _lettered(name: str, refs: dict[str, str]) -> str:
    """A limb with the letters that its number has in these rows, where they are the same in all: R6a for 6a."""
    heads = (_HEAD.match(ref) for ref in refs if re.fullmatch(r"\d{1,2}[a-z]", name))
    prefixes = {head[1] for head in heads if head and f"{head[2]}{head[3]}" == name}
    return f"{next(iter(prefixes))}{name}" if len(prefixes) == 1 else name


def _is_below(ref: str, name: str) -> bool:
    """R2.4 is below R2, and A3b.1 below A3; 5.10 is not below 5.1, nor 26 below 2."""
    if not ref.startswith(name) or ref == name:
        return False
    rest = ref[len(name) :]
    return rest[0] in ".(" or (rest[0].isalpha() and name[-1].isdigit() and name[0].isalpha())


def _as_written(name: str, refs: dict[str, str]) -> str:
    return next(written[: len(name)] for ref, written in refs.items() if _is_below(ref, name))


def _could_be_ref(name: str, refs: dict[str, str]) -> bool:
    """True where the name is built as the held references are: the same letters before a number, or dotted numbers."""
    shape = "".join(takewhile(str.isalpha, name))
    alike = (ref for ref in refs if ref.startswith(shape) and ref[len(shape) : len(shape) + 1].isdigit())
    return bool(shape) and ("." in name or any(alike))


def _headings(sources: tuple[Held, ...]) -> tuple[tuple[Field, tuple[str, ...]], ...]:
    sections, recommendations = names_in(sources, "sections"), names_in(sources, "recommendations")
    return (Field.SECTION, sections), (Field.RECOMMENDATION, recommendations)


def _heading(noun: str, name: str, sources: tuple[Held, ...], refs: dict[str, str]) -> Filter | None:
    """A numbered heading: "priority five" finds "Priority Five: leadership"; "recommendation 2" finds R2.1 to R2.4
    where no heading says it."""
    number = _FIGURES.get(name, name)
    stem = {"priorities": "priority", "rec": "recommendation", "recs": "recommendation"}.get(
        noun, noun.removesuffix("s")
    )
    begins = re.compile(rf"{stem}s?\s+(?:no\.?\s*)?([\w]+)\b")
    for field, values in _headings(sources):
        said = [(value, match[1]) for value in values if (match := begins.match(plain(value)))]
        if found := tuple(value for value, one in said if _FIGURES.get(one, one) == number):
            return Condition(field, Operator.IS, found)
    if stem in ("section", "part", "chapter", "standard"):  # of a statute: "a Section 47 enquiry" is no row
        return None
    below = (_of_refs([form], refs) for form in (number, f"{stem[0]}{number}"))
    return next((one for one in below if isinstance(one, Condition)), None)


# ---------------------------------------------------------------- headings by their words

_SECTION_NOUN = choice("place_sections")
_SECTION_BEFORE = pattern(
    rf"(?:the )?{_SECTION_NOUN}s?(?: of the plan)? (?:on|about|for|called|named|headed|titled|regarding|concerning)(?: the)?",
    rf"{_SECTION_NOUN}\s*[:=]",
    r"under(?: the)?(?: heading)?",
)
_HEADING = re.compile(
    r"(?:,?\s*[\w&/'-]+){1,12}?(?=\s*(?:$|[?.;,\x00])|\s+(?:in|are|is|that|which|what|due|has|have|within)\b|\s+(?:of|from)\s+\x00)"
)
"""Words that may be a heading, as far as what may follow one."""
_SECTION_AFTER = re.compile(
    rf"(?P<name>(?:[\w&/'-]+\s+){{1,7}})(?P<noun>{_SECTION_NOUN}s?|bit(?=\s+(?:of|in)\s))\b(?!\s+\d)"
)


def spot_named_headings(low: str, sources: tuple[Held, ...]) -> list[Spot]:
    """Headings that the question names by their words: "the care leavers section", "under commissioning"."""
    spots: list[Spot] = []
    for match in _SECTION_BEFORE.finditer(low):
        if spots and match.start() < spots[-1].end:
            continue
        end, found = match.end(), None
        while more := _HEADING.match(low, end):  # the longest words that a heading holds
            end = more.end()
            if condition := _by_words(low[match.end() : end], sources):
                found = Spot(match.start(), end, Kind.SECTION, condition)
        spots += [found] if found else []
    for match in _SECTION_AFTER.finditer(low):
        words = match.group("name").split()
        several = match.group("noun").endswith("s")
        for skip in (skip for skip in range(len(words)) if words[skip] not in FUNCTION_WORDS):
            name = " ".join(words[skip:])
            condition = _by_words(f"{name} {match.group('noun')}", sources) or _by_words(name, sources, several)
            if condition and not overlaps(match.span(), [(spot.start, spot.end) for spot in spots]):
                start = match.end("name") - len(match.group("name").split(None, skip)[-1])
                spots.append(Spot(start, match.end(), Kind.SECTION, condition))
                break
    return spots


def spot_titled_headings(low: str, sources: tuple[Held, ...]) -> Iterator[Spot]:
    """Headings that hold a number or a word for a plan, such as those of meetings, where the question holds all their
    words; they would be taken for dates and plans."""
    for heading in sorted(names_in(sources, "sections"), key=len, reverse=True):
        if len(heading.split()) > 2 and re.search(r"\d|\b(?:plan|tracker|log)\b", plain(heading)):
            for match in pattern(literal(plain(heading))).finditer(low):
                yield Spot(*match.span(), Kind.SECTION, Condition(Field.SECTION, Operator.IS, (heading,)))


def _by_words(name: str, sources: tuple[Held, ...], several: bool = False) -> Filter | None:
    """The headings that hold all the words; where one heading is meant, those that say nothing else come first."""
    wanted = _stems(name)
    if not wanted or all(is_empty(word) for word in wanted):
        return None
    for exact in (False,) if several else (True, False):
        parts = []
        for field, values in _headings(sources):
            found = tuple(v for v in values if (wanted == _stems(v) if exact else wanted <= _stems(v)))
            parts += [Condition(field, Operator.IS, found)] if found else []
        if parts:
            return _any(parts)
    return None


def _stems(text: str) -> frozenset[str]:
    words = (word.removesuffix("'s").strip("'") for word in NAMING_WORD.findall(plain(text)))
    return frozenset(singular(word) for word in words if word not in FUNCTION_WORDS)
