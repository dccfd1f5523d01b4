"""Questions about one child, family or household, or about the asker: by what singles somebody out, or by a name."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from rapidfuzz import fuzz, process

from assistant.grammar import is_english, parsed
from assistant.lexicon import any_of, choice, plain
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.planner.holdings import Holdings
from assistant.planner.text import FUNCTION_WORDS, MARKS, QUESTION_WORDS, phrase, phrases

_NAMED, _MAYBE, _THE, _BOY, _THEM, _MINE, _HIS, _ANY, _LAD, _MANY = MARKS.values()
"""Stand in a question for the name of a person that no plan holds; for one of somebody or something else; for "the
child", "the boy" and "the children"; for "my child", "his child"; for "child", "boy" and "children" of no such word."""
_PERSON = re.compile(
    rf"(?<![\w-])(?:(?P<child>{choice('one_child')})|(?P<young>{choice('one_youngster')})|(?P<close>{choice('close_family')})"
    rf"|(?P<many>{choice('several_children')})|(?P<kin>{choice('one_of_kin')}))(?![\w-])(?! in need\b)"
)
_MARKS = {
    "my": _MINE * 5, "his": _HIS * 5, "our": f"{_MINE * 2}{_MANY * 2}{_MINE}",
    "the": f"{_THE}{_BOY}{_THE}{_THEM}", "a": f"{_ANY}{_LAD}{_MANY * 2}",
}  # fmt: skip
"""For each word before, the marks of the kinds of people in the order of `_PERSON`."""
_BEFORE = re.compile(
    r"\b(?:(?P<my>my|(?:our|his|her|their|an?|the)(?: [\w-]+)? (?:neighbour|friend|sister|brother|partner|ex|colleague|next door)s?'s?)"
    r"|(?P<our>our)|(?P<his>his|her|their)|(?P<the>the|this|that|those|these)|(?P<a>an?|one|some|any|which|what|whose|two|three|each|every))"
    rf"(?: (?!(?:{'|'.join(FUNCTION_WORDS)})\b)[\w'-]+){{0,3}} $"
)
_GOES_ON = re.compile(r"[ -](?!(?:one|two|three|four)\b|\w+s (?:up|out|me|us|him|her|them|his|their|our|my|an?)\b)\w")
_DEAD = re.compile(r"\b(?:dead|deceased|murdered|drowned|stabbed|raped|trafficked)\b")


@lru_cache(maxsize=512)
def with_people(low: str) -> str:
    """A question in plain form with a mark in place of each child, family or relative that it speaks of, with the words
    that say whose or which. What is a part of a longer name is no child: "child protection"."""
    ends = {token.end: token for token in parsed(low)} if _PERSON.search(low) else {}
    for match in reversed([*_PERSON.finditer(low)]):
        token, before = ends.get(match.end()), _BEFORE.search(low[: match.start()])
        word, kind = (before.lastgroup if before else "") or "a", list(_PERSON.groupindex).index(match.lastgroup or "")
        longer = token and token.role in ("compound", "nmod", "amod", "npadvmod") and _GOES_ON.match(low, match.end())
        if not longer and (mark := _MARKS[word][kind : kind + 1]):
            start = match.start() if before is None else before.end("a") + 1 if word == "a" else before.start()
            mark = _BOY if mark == _THE and _DEAD.search(low[start : match.start()]) else mark
            low = f"{low[:start]}{mark}{low[match.end() :]}"
    return low


SINGLED_OUT = phrases("singled_out")
_HURTS = phrase("hurts")
HURTS = re.compile(rf"\b{_HURTS}\b")
HARM = phrases("harm")
_GROWN = re.compile(rf"\b{any_of('adults', 'grown')} (?:told|tells)\b(?![^?.;:]*\b{_HURTS}\b)")


def tells_of_harm(low: str) -> bool:
    """Whether a question in plain form tells that a child is harmed; what an adult tells of something else is no harm."""
    return bool(HARM.search(with_people(_GROWN.sub("somebody said to", low))))


_AGED = phrase("aged")
IDENTIFIES = phrases("identifies")
CASE = phrases("case")
AT_WORK = re.compile(
    rf"(?i)\b(?:my|our|his|her|their) (?:[\w-]+ )?(?:{choice('one_of_kin', 'close_family')}|mother|father|mum|dad) "
    rf"(?:(?:is|was|used to be|has been|became) (?:an?|the) (?:(?!(?:an?|the|with|without|of|and|who|whose|for|in|to|by|under)\b)[\w-]+ ){{0,3}}?{any_of('posts')}\b(?!['’])"
    r"|(?:works?|worked|used to work|is working|has worked|used to teach|teaches|taught) (?=(?:in|for|at|as)\b))"
)
"""A relative with a job is no child: "my daughter is a social worker"."""
OF_SOMEBODY = re.compile(rf"[{_BOY}{_MINE}{_HIS}](?!')")
SAID_BY_AGE = re.compile(rf"\b{_AGED}")
_COMMON_NAMES = frozenset((Path(__file__).parents[1] / "data/common-names.txt").read_text(encoding="utf-8").split())
"""First names and surnames, but those that are words as well."""
_CALLED_AFTER = re.compile(
    rf"(?:['’]?s? (?i:law|rule|act|principles?|inquiry|inquest)|(?: [A-Z]\w+)? (?:Trust|Award|Fund|Day|(?i:{any_of('named_after')})))\b"
)
"""What is named after a person has its kind behind the name."""
_AS_OF_A_CHILD = phrases("as_of_a_child")
_TITLE = phrase("titles_held")
_AS_AN_OWNER = phrases("as_an_owner")
_IN_A_CHAIN = re.compile(rf"{_NAMED}(?:(?:,? (?:and|or|&)|,|/) ?{_NAMED})+")


@lru_cache(maxsize=16)
def _public(holdings: Holdings) -> frozenset[str]:
    """Words of the names of councils, plans, headings and owners, which are no child's."""
    names = (name for one in holdings.sources for name in (one.authority or "", one.title, *one.owners, *one.sections))
    return frozenset(word for name in names for word in _parts(name))


def _parts(name: str) -> list[str]:
    """The words of a name in lower case and without accents."""
    bare = "".join(char for char in normalize("NFKD", plain(name)) if not combining(char))
    return re.findall(r"[^\W\d_]+(?:'(?!s?(?!\w))[^\W\d_]+)?", bare)


_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s?(?!\w))[^\W\d_]+)?")
_JOINED = re.compile(r"[ -]|\. |(?: (?:al|bin|binti|ibn|de|la|da|del|dos|van|von|ul|el|ap|ó))+[ -]", re.I)
_NO_NAME = re.compile(rf"{any_of('named_after')}|{_TITLE}|{choice('strange_places')}|(?-i:Trust|Award|Fund|Day)", re.I)


def _sort(word: str, holdings: Holdings) -> str:
    """A mark for what a word may be in a name: of a person; strange, that is neither English nor said by a plan in small
    letters; or a word of English written as a name, which is `_ENGLISH`. Nothing for what is no name."""
    parts, written = frozenset(_parts(word)), word[:1].isupper() and not word.isupper()
    bare = parts | {one.removesuffix("s") for one in parts if not is_english(one)}  # "jaydens"
    if parts & FUNCTION_WORDS or not _public(holdings).isdisjoint(parts) or _NO_NAME.fullmatch(word):
        return ""
    if not _COMMON_NAMES.isdisjoint(bare) and holdings.said.isdisjoint(parts):
        return _NAMED
    known = not holdings.said.isdisjoint(parts) or not QUESTION_WORDS.isdisjoint(parts) or any(map(is_english, parts))
    return (_ENGLISH if known else _MAYBE) if written else ""


_NEAR: dict[str, Any] = {"scorer": fuzz.ratio, "score_cutoff": 75}
_SHORT = re.compile("[b-df-hj-np-tv-xz]+")
_ENGLISH = " "
_AT_A_PLACE = re.compile(r"\b(?:in|at|near|across|around|within) $")
_OF_A_HOME = re.compile(r" (?:family|household)\b")


_SIGNED = re.compile(
    r"(?:^|[\s,.;!?–—-]+)(?i:(?P<formal>(?:(?:kind|best|warm)(?:est)? )?(?:regards|wishes)|yours(?: \w+)?|all the best)|(?:(?:many|with) )?thanks|thank you|cheers|ta)"
    rf"[\s,.!;–—-]+(?P<name>(?P<title>(?i:{_TITLE}|mrs?|ms|miss)\.? )?[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){{0,3}})(?:,? (?:[A-Z][\w'’-]*|of|the|for|and|&)){{0,6}}\W*$"
)


def unsigned(text: str, holdings: Holdings) -> str:
    """A question without the name that signs it after a closing courtesy: "kind regards, Ben"."""
    if not (match := _SIGNED.search(text)):
        return text
    said = QUESTION_WORDS | FUNCTION_WORDS | holdings.said | _public(holdings)
    if not (match["formal"] or match["title"] or said.isdisjoint(_parts(match["name"]))):
        return text
    mark = re.match(r"\s*[?.!]?", text[match.start() :])
    return text[: match.start()] + mark.group().strip() if mark and match.start() else text


def _marked(text: str, holdings: Holdings) -> str:
    """The question in lower case with a mark in place of each name that is of no owner, plan or council."""
    runs: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(text):
        if sort := _sort(match.group(), holdings):
            if runs and _JOINED.fullmatch(text, runs[-1][1], match.start()):
                start, _, sorts = runs.pop()
                runs.append((start, match.end(), sorts + sort))
            else:
                runs.append((*match.span(), sort))
    said, held = plain(text), holdings.said | _public(holdings)
    for start, end, sorts in reversed(runs):
        words, after = _parts(text[start:end]), text[end:]
        strange = len(words) > 1 and {*sorts} == {_MAYBE} and not any(map(_SHORT.fullmatch, words))
        strange = strange and not all(process.extractOne(one, held, **_NEAR) for one in words)  # wrongly typed
        public = any(plain(name) == said[start:end][-len(name) :] for name in holdings.public)
        person = not public and (_NAMED in sorts or (strange and not _AT_A_PLACE.search(said[:start])))
        if ({*sorts} != {_ENGLISH} or _OF_A_HOME.match(after)) and not _CALLED_AFTER.match(after):
            said = f"{said[:start]}{_NAMED if person else _MAYBE}{said[end:]}"
    return said


_TOLD_OF = re.compile(rf"\b(?:about|regarding|concerning|behalf of) (?:[\w'-]+ )?[{_NAMED}]")


def named(text: str, holdings: Holdings, told: str = "") -> Decline | None:
    """Why a question about a child or a family by name is not answered, whether a plan holds the name or not; None where
    it names none, nor tells of one before. What the plans name as a council, a plan, a heading, an owner or an officer is public."""
    said = _IN_A_CHAIN.sub(_NAMED, _marked(text, holdings))
    around = _marked(told, holdings)
    if (
        _TOLD_OF.search(around)
        or any(map(_AS_OF_A_CHILD.search, (said, around)))
        or _NAMED in _AS_AN_OWNER.sub(" ", said)
    ):
        return Decline(AnswerStatus.REFUSED, Reason.A_CHILD)
    return None


THAT_CHILD = re.compile(
    rf"\b(?:he|him|his|she|hers?|himself|herself|they|them|their)\b|[{_THE}{_BOY}{_THEM}{_MINE}{_HIS}](?!')|\bit (?:is|was) an? [{_ANY}{_LAD}]"
)
