"""Which owner a question names, and whether it names one as an owner at all.

"The team managers' actions" is about an owner; "the deputy team manager pilot" is about a thing. A name counts as an
owner only where the words beside it give it something to do.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from assistant.conditions import Condition, Field, Operator
from assistant.lexicon import any_of, choice, find, plain, small, words_of
from assistant.planner.candidates.subject import is_empty
from assistant.planner.holdings import Held
from assistant.planner.owner_roles import (
    DUTIES,
    SHORT_ROLES,
    cut_short,
    describes_people,
    is_topic,
    stands_as_owner,
    written_out,
)
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import FUNCTION_WORDS, TAKEN, initials, naming, overlaps, pattern
from assistant.vocabulary import Vocabulary, Word, split_words, stems

_ROLE_NOUN = any_of("posts", "bodies")
_ROLE_LAST = re.compile(rf"\b{_ROLE_NOUN}$")
_THINGS = choice("owner_things")
_AFTER_POSSESSIVE = re.compile(rf"(?:'s|s'|')\s+(?:own\s+)?(?:[\w'-]+\s+){{0,3}}?{_THINGS}\b|(?:'s|s')\W*$")
_ROWS_NEXT = re.compile(rf"s?'?\s+{_THINGS}\b")
_AFTER_AS = re.compile(
    r"\s+(?:(?:down|listed|named|shown|recorded)\s+)?as\s+(?:the|an?|its|their|his|her)?\s*(?:only\s+|sole\s+|joint\s+|lead\s+|named\s+)?(?:sponsor|owner|lead|lead officer|responsible)s?\b"
)

_WHO = r"(?:owners?|leads?|sponsors?|people|persons?|officers?|names?|bod(?:y|ies))"
_WHOEVER = rf"{_WHO}(?:,? (?:or|and) (?:(?:one|an?) )?(?:{_WHO}|(?:team|service|post|role|agency|department|group|partner|organi[sz]ation)s?))*"
_ALONE = (
    rf"(?:by an? single|(?:by|has|have|with) (?:just|only) (?:one|an?)(?: single)?) {_WHOEVER}",
    rf"an? single {_WHOEVER} (?:own|lead|sponsor|hold)s?",
    r"(?:no|without (?:a|any)) (?:co-?|other |joint )(?:owners?|sponsors?|leads?)",
    r"(?:alone|sole(?:ly)?|singly|single-?handed(?:ly)?)",
    r"(?:just|only) (?:by|for|them|him|her)",
    r"(?:on (?:their|his|her|its) own|by (?:him|her|them|it)sel(?:f|ves))",
    r"not shared(?! with)",
    r"(?:the |its |their )?only (?:sponsor|owner|lead|one responsible|name)",
)
_JOINT = (
    r"joint(?:ly)? (?:owned|led|actions?|ones?)",
    r"jointly",
    r"shared (?:by|between|with|among|ownership|owners?|actions?)",
    r"shares? (?:\w+ )?with (?:others|(?:some|any)(?:one|body)(?: else)?)",
    rf"(?:more than one|several|two|multiple|joint|two or more) {_WHOEVER}(?: (?:\w+ ){{0,3}}(?:lead|owner|sponsor)s? (?:column|cell|box|field))?",
)
_WITH = r"with (?:(?:some|any)(?:one|body)(?: else)?|an?other\w*(?: \w+)?|others)"
_TOGETHER = rf"(?:joint(?:ly)?|shared|together|{_WITH})(?: ones| {_WITH})?"
"""Several owners, where one alone, or all, are named beside them: it tells of other things too."""
_NOT_HAVE = re.compile(r"(?:\bnot|n't|\bnever|\bwithout|\bno)\s+(?:(?:have|has|having|got|a|any)\s+)*$")
_NOT_SHARED = re.compile(r"\b(?:not|was|were|be|been)\s+$")
_EITHER_WAY = pattern(
    rf"(?:(?:whether|either) )?(?:{'|'.join(_ALONE)}),? (?:or|and|as well as) (?:held |owned |led )?{_TOGETHER}",
    rf"(?:(?:whether|either) )?{_TOGETHER},? (?:or|and|as well as) (?:held |owned |led )?(?:{'|'.join(_ALONE)})",
    rf"inc(?:l|luding)?\.? (?:(?:the|those|any|ones?) )*{_TOGETHER}",
)
_SHARING = ((_EITHER_WAY, None), (pattern(*_ALONE), False), (pattern(*_JOINT), True))


def spot_owners(
    raw: str, low: str, sources: Sequence[Held], vocabulary: Vocabulary, said: Collection[str] = ()
) -> tuple[list[Spot], bool | None, tuple[tuple[int, int], ...]]:
    """The owners that the question names as owners, out of the names that rows of these sources use, or of nobody's;
    True where rows with several owners are asked for, False where one alone, and the words that say so."""
    found = possible_owners(raw, low, sources, vocabulary)
    kept = _in_context(raw, low, found)
    shared, told = _sharing(raw, low)
    spots = [*kept, *_other_roles(raw, low, kept, sources, vocabulary, said)]
    spots = [s for s in spots if not any(start <= s.start and s.end <= end for start, end in told)]
    return sorted(spots, key=lambda spot: spot.start), shared, told


def _sharing(raw: str, low: str) -> tuple[bool | None, tuple[tuple[int, int], ...]]:
    for regex, value in _SHARING:
        told = (match.span() for match in regex.finditer(low) if not _NOT_SHARED.search(low[: match.start()]))
        spans = [span for span in told if not describes_people(raw, *span)]
        if spans:
            before = low[: spans[0][0]]
            lacked, words = _NOT_HAVE.search(before), words_of(before)
            denied = [lacked.span()] if lacked else []
            for hit in find(words, {"except"}):  # "apart from those that are", before "jointly owned"
                if not denied and {word.low for word in words[hit.last :]} <= small("scope_passes"):
                    denied = [(words[hit.first].start, len(before))]
            return (value is False if denied else value), (*spans, *denied)
    return None, ()


_Index = dict[tuple[str, ...], dict[str, None]]


@lru_cache(maxsize=16)
def _index(sources: tuple[Held, ...], vocabulary: Vocabulary) -> _Index:
    """Owners by what their names come down to, by the initials of longer names, and by the parts of a person's name."""
    found: _Index = {}
    for source in sources:
        for owner in source.owners:
            for key in _keys(owner, source.document, vocabulary):
                if len(key) == 1 and key[0] in plain(source.authority or "").split() and len(stems(owner)) > 1:
                    continue  # a word of the council's name is no person's
                found.setdefault(key, {})[owner] = None
    return found


@lru_cache(maxsize=20_000)
def _keys(owner: str, document: str | None, vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """The keys of one owner's name; the same for as long as the vocabulary is, and each takes a while to work out."""
    written = written_out(owner)
    keys = [vocabulary.owner_key(owner, document), stems(owner)]
    keys += [stems(written), vocabulary.owner_key(written, document)] if written != owner else []
    words = naming(owner)
    keys += [(initials(words),)] if len(words) > 1 else []
    first = re.fullmatch(r"((?:[A-Z]\.?\s?){1,2}) ?[A-Z][a-z'-]{2,}", owner)  # J. Marsh; AD People is a post
    if first and vocabulary.owner_key(first[1], document) == stems(first[1]):
        keys.append((stems(owner)[-1],))
    person = len(words) == 2 and re.fullmatch(r"[A-Z][a-z]\w* [A-Z][a-z]\w*", owner)
    if person and not _ROLE_LAST.search(plain(owner)):
        keys += [(word,) for word in stems(owner)]
    return tuple(keys)


_POSTS = frozenset(stem for word in small("posts") for stem in stems(word))
"""The stems of posts, one of which initials must hold to stand for an owner: SEND is nobody's post."""
_LONG_TEXT, _NAME_IN_LONG_TEXT = 80, 3
"""In a text of more words than the first, names of so many words at most are looked for, so that no text costs much."""


def possible_owners(raw: str, low: str, sources: Sequence[Held], vocabulary: Vocabulary) -> list[Spot]:
    """Every place where an owner's name stands in any spelling, whatever it may mean there; the longest name of a
    place."""
    index = _index(tuple(sources), vocabulary)
    words = [word for word in split_words(raw) if TAKEN not in low[word.start : word.end]]
    longest = max((len(key) for key in index), default=0) + 3
    if len(words) > _LONG_TEXT:
        longest = min(longest, _NAME_IN_LONG_TEXT)
    known = {one for key in index for one in key}
    telling = [  # may be a word of an owner's name, in any spelling; a run without such a word names nobody
        word.stem in known
        or word.text != word.text.lower()
        or word.plain in SHORT_ROLES
        or _owner_key(word.text, vocabulary) not in ((), (word.stem,))
        for word in words
    ]
    named = lru_cache(maxsize=None)(lambda text: _named(text, index, vocabulary))
    found: list[Spot] = []
    for length in range(min(longest, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            start, end = words[at].start, words[at + length - 1].end
            if not any(telling[at : at + length]) or TAKEN in low[start:end]:
                continue
            if any(start < other.end and other.start < end for other in found):
                continue
            outer = (words[at], words[at + length - 1])
            if any(map(_joins, outer)) if length > 1 else _is_part_of_a_post(words, at, low):
                continue
            # the name without its possessive, which tells whether it stands as an owner
            bare = start + owned.start() if (owned := re.search(r"'s?$", low[start:end])) else end
            names = named(raw[start:bare])
            if names and (end - start > 3 or _is_written_as_initials(raw, low, start, end)):
                found.append(Spot(start, bare, Kind.OWNER, Condition(Field.OWNER, Operator.IS, names)))
    return sorted(found, key=lambda spot: spot.start)


def _is_part_of_a_post(words: Sequence[Word], at: int, low: str) -> bool:
    """Whether a word for people at work has a word before it that says which: "comms managers" are not all managers."""
    word, before = words[at], words[at - 1] if at else None
    if before is None or not _ROLE_LAST.match(word.plain) or low[before.end : word.start].strip():
        return False
    return TAKEN not in low[before.start : before.end] and not is_empty(before.plain)


_owner_key = lru_cache(maxsize=20_000)(lambda name, vocabulary: vocabulary.owner_key(name))


def _joins(word: Word) -> bool:
    """A small word, not written as an abbreviation, or a year: no name begins or ends with it."""
    small = word.plain in FUNCTION_WORDS or plain(word.text).removesuffix("'s") in FUNCTION_WORDS
    return (small and not (word.text.isupper() and len(word.text) > 1)) or (len(word.text) == 4 and word.text.isdigit())


def _named(text: str, index: _Index, vocabulary: Vocabulary) -> tuple[str, ...]:
    said = stems(text)
    written = written_out(text)
    found = dict.fromkeys(
        name for key in (said, vocabulary.owner_key(text), stems(written)) if key for name in index.get(key, ())
    )
    if re.fullmatch(r"[A-Z]{2,4}\s?[-–]\s?[A-Z]{2,3}", text):  # a post and a person's initials
        said = stems(written)
        return tuple(dict.fromkeys(name for key, names in index.items() if key[: len(said)] == said for name in names))
    if not found and re.fullmatch(r"[A-Z]{2,5}", text):
        # owners whose post an abbreviation begins: AD is the Assistant Director for People, where there is one
        begun = set(vocabulary.owner_key(text))
        held = (name for key, names in index.items() if begun <= set(key) for name in names)
        return tuple(dict.fromkeys(held)) if len(begun) > 1 and begun & _POSTS else ()
    if not found and len(said) > 1:
        cut, letters = naming(written), initials(naming(written))
        whole = {name: naming(written_out(name)) for names in index.values() for name in names}
        alike = {name: own for name, own in whole.items() if initials(own) == letters and cut_short(cut, own)}
        return tuple(alike) if len(set(alike.values())) == 1 else ()
    if len(said) < 2 or not _ROLE_LAST.search(plain(text)):
        return tuple(found)
    return tuple(name for name in found if said[-1] in {*stems(written_out(name)), *vocabulary.owner_key(name)})


def _is_written_as_initials(raw: str, low: str, start: int, end: int) -> bool:
    whole = re.sub(r"[^A-Za-z]", "", raw[start:end])
    letters = whole.removesuffix("s")
    if letters.isupper() or is_empty(plain(whole)) or plain(letters) in FUNCTION_WORDS:
        return letters.isupper()
    return bool(_ROWS_NEXT.match(low[end:])) or stands_as_owner(raw, low, start, end, post=True)


_CHAINED = re.compile(
    r"(?:\s*(?:,|/|&|\band\b|\bor\b|\bwith\b|\bvs\b\.?|\bversus\b|\bnot\b|\bbut\b|\bthe\b|\bboth\b|\bat\b|\bof\b|\bfrom\b|\bshares?\b)\s*)+"
)


def _in_context(raw: str, low: str, mentions: Sequence[Spot]) -> list[Spot]:
    """The mentions that stand as owners; of names joined by "and", "or" or a comma, all do when one does."""
    chains: list[list[Spot]] = []
    for mention in mentions:
        last = chains[-1][-1] if chains else None
        between = low[last.end : mention.start] if last else ""
        again = last and last.condition == mention.condition and between.split() == ["for"]  # one name in two parts
        if not last or not (again or _CHAINED.fullmatch(between)):
            chains.append([])
        chains[-1].append(mention)
    parts = [(chain, [part for n in range(len(chain)) for part in (chain[: n + 1], chain[n:])]) for chain in chains]
    return [mention for chain, own in parts if any(holds(raw, low, part) for part in own) for mention in chain]


def holds(raw: str, rest: str, chain: Sequence[Spot]) -> bool:
    """Whether names side by side stand where they do or hold something. `rest` as `stands_as_owner`."""
    start, end = chain[0].start, chain[-1].end
    names = [str(name) for spot in chain if isinstance(spot.condition, Condition) for name in spot.condition.values]
    post = is_a_role(raw[start:end], names)
    after, short = rest[end:], re.fullmatch(r"\S{1,6}", rest[start:end])
    if _AFTER_POSSESSIVE.match(after) or _AFTER_AS.match(after) or ((post or short) and _ROWS_NEXT.match(after)):
        return True
    return stands_as_owner(raw, rest, start, end, post)


def is_a_role(said: str, names: Sequence[str]) -> bool:
    """True for words that can hardly be a subject: initials, a word for people at work, an owner's name to the letter."""
    if re.search(r"\b[A-Z]{2,}", said) or re.search(rf"\b{_ROLE_NOUN}\b", plain(said)):
        return True
    return any(stems(said) == stems(name) for name in names if " " in name)


_ROLE_PHRASE = re.compile(
    r"(?<![\w\x00])(?:the\s+|our\s+)?"
    r"(?P<role>(?:(?!(?:i|we|you|they|it|who|when|where|why|how|if|once|whose|not|never|nor|the|our|for|of|by|to|does|do|is|are|what|which|on|with|have|has|had|any|all|a|an|and|or|no|several|each|every|per|named|same|actions?|tasks?|rows?)\b)[\w&.-]+\s+){0,3}?"
    rf"{_ROLE_NOUN}(?:\s+(?:of|for)\s+[\w&'-]+(?:\s+(?!the\b|a\b|an\b|sponsor|lead|owner)[\w&'-]+)?)?)(?![\w\x00])"
)
_ON_THEIR_LIST = re.compile(r"(?:'s|s')\s+(?:plate|list|actions?|tasks?|desk|jobs?|to-?do)\b")
PERSON = re.compile(
    r"(?!North|South|East|West|Upper|Lower|Great|Isle|City|London|Royal)(?:\b[A-Z][a-z'-]+ ){1,2}"
    r"(?!Hamlets|Borough|City|County|Council|District|Forest|Island|Valley)[A-Z](?:[A-Za-z-]|'(?!s\b))*[a-z](?!\w)"
)
"""A first name and a surname, and no place."""


def _other_roles(
    raw: str,
    low: str,
    known: Sequence[Spot],
    sources: Sequence[Held],
    vocabulary: Vocabulary,
    said: Collection[str],
) -> list[Spot]:
    """Roles and people in an owner's place that rows name by a longer name, or not at all: "assigned to the housing
    manager", "Ann Lee's actions". `said`: words of plans that are no names."""
    spots = []
    people = [match.span() for match in PERSON.finditer(raw) if plain(match.group().split()[0]) not in said]
    people = [(start, end) for start, end in people if TAKEN not in low[start:end]]
    roles = [match.span("role") for match in _ROLE_PHRASE.finditer(low) if not re.search(r"[.!?]\s", match["role"])]
    for start, end in [*roles, *people]:
        after, person = low[end:], (start, end) in people
        possessed = (_AFTER_POSSESSIVE if person else _ON_THEIR_LIST).match(after)
        before = next(iter(re.findall(r"\b(\w+)\s+$", low[:start])), "")
        follows = next(iter(re.findall(r"^\s+([\w'-]+)", after)), "")
        does = person and before in small("asked_of") and follows in DUTIES
        goes_on = before in ("which", "what", "whose", "any") or not (
            not follows or follows in DUTIES or is_empty(follows)
        )
        placed = possessed or does or is_topic(low, start, end)
        words = raw[start:end].removesuffix("'s")
        named = overlaps((start, end), [(one.start, one.end) for one in known])
        bare = re.fullmatch(r"(?:lead|sponsor|owner)s?", plain(words))
        if named or bare or not (placed or (not goes_on and stands_as_owner(raw, low, start, end, post=False))):
            continue
        names = _wider_names(words, sources, vocabulary) or (words,)
        spots.append(Spot(start, end, Kind.OWNER, Condition(Field.OWNER, Operator.IS, names)))
    return spots


def roles_in_names(raw: str, low: str, sources: Sequence[Held], vocabulary: Vocabulary) -> list[Spot]:
    """Roles that are a part of an owner's name, whatever they may mean where they stand."""
    spans = [match.span("role") for match in _ROLE_PHRASE.finditer(low)]
    named = [(start, end, _wider_names(raw[start:end], sources, vocabulary)) for start, end in spans]
    return [Spot(s, e, Kind.OWNER, Condition(Field.OWNER, Operator.IS, names)) for s, e, names in named if names]


def _wider_names(words: str, sources: Sequence[Held], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Owners whose name holds all the words: "head of homes" is the head of children's homes."""
    said = naming(written_out(words))
    if len(said) < 2:
        return ()
    keys = ((owner, {*naming(owner), *vocabulary.owner_key(owner, s.document)}) for s in sources for owner in s.owners)
    return tuple(dict.fromkeys(owner for owner, key in keys if cut_short(said, key)))
