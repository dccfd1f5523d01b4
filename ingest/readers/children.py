"""Lists of children are no plans: a file that holds one is set aside before anything of it is kept."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

from assistant.errors import QuarantinedError
from assistant.places import place_words
from assistant.records import Block, Document, Locator, Row, Table

_HEADER_ROWS = 8
"""How far down a table its header may stand."""
_LONGEST_HEADING = 45
_CHILD = r"(child|children|pupil|student|young person|young people|yp|baby|sibling|client|service user|patient)( s|s)?"


_SYSTEM = r"(?:mosaic|lcs|liquidlogic|eclipse|care ?first|case)"


class Detail(StrEnum):
    """What identifies a child."""

    UPN = "unique pupil number"
    NHS = "NHS number"
    BIRTH = "date of birth"
    NAME = "child's name"
    PERSON = "name"
    ONE = "a column about one child in each row"
    CASE = "case number"
    AGED = "name and age"
    HOME = "a family's address"
    BORN = "day or year of birth"
    AGE = "age"
    PLACE = "address, school or social worker"


_ANY_NAME = r"[^\W\d_][\w'’.-]*([ ,]+[^\W\d_][\w'’.-]*){0,4}"
_COLUMNS = {
    Detail.UPN: (r"upn|unique pupil (number|no|id|ref)", r"[A-Z]\d{11}[0-9A-Z]"),
    Detail.NHS: (r"nhs (number|no|num|id)", r"\d{3}[ -]?\d{3}[ -]?\d{4}"),
    Detail.BIRTH: (
        rf"({_CHILD} )?(d ?o ?b|d of b(irth)?|date of birth|birth ?date|date born|born)( dd mm yy(yy)?)?",
        r"\d{1,2}[ ./-](\d{1,2}|[A-Za-z]{3,9})[ ./-](19|20)?\d\d|(19|20)\d\d-\d\d-\d\d.*",
    ),
    Detail.BORN: (
        rf"({_CHILD} )?((d ?o ?b|date of birth|birth ?day) dd ?mm|year born|(year|yr) of birth|birth year)",
        r"\d{1,2}[ ./-](\d{1,2}|[A-Za-z]{3,9})([ ./-](19|20)?\d\d)?|(19|20)\d\d",
    ),
    Detail.NAME: (
        rf"{_CHILD} (full |first |last |given |family )?(name|names|surname|forename|initials)"
        rf"|(full )?name(s)? of (the )?{_CHILD}|{_CHILD} (surname|forename)",
        _ANY_NAME,
    ),
    Detail.PERSON: (rf"forename(s)?|surname|(first|last|given|family|full) name|name(s)?|initials|{_CHILD}", _ANY_NAME),
    Detail.CASE: (
        rf"({_SYSTEM}|system|person|client|ehm|{_CHILD})( \w+)? (id|no|number|ref|reference)",
        r"[A-Za-z]{1,4}[-/ ]?\d{3,12}|\d{5,12}",
    ),
    Detail.AGE: (
        r"age|ages|age (in )?(years|yrs)|current age",
        r"(1?\d|2[0-5])( ?(y|yrs?|years?|m|months?|mths?)( old)?)?(,? \d+ ?(m|months?|mths?))?",
    ),
    Detail.PLACE: (
        r"(home )?address|postcode|post code|(current |name of )?(school|nursery|placement)( name)?|"
        r"(allocated )?social worker|allocated worker|sw",
        r"(?=.*[^\W\d_]{2})[\s\S]{3,120}",
    ),
}
"""How the heading of a column reads that states a detail, and the values below it."""
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?[ ./-](?:of )?(?:\d{1,2}|[A-Za-z]{3,9})[ ./,-]{1,2}['’]?(?:19|20)?\d\d|"
    r"(?:19|20)\d\d-\d\d-\d\d|[A-Za-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d)"
)
_PERSON = r"[A-Z][\w'’-]+(?: [A-Z]\.?)?(?: [A-Z][\w'’-]+)+|[A-Z]{2,}(?:, [A-Z]\w+| [A-Z]{2,})"
_FULL = r"[A-Z][\w'’-]+ [A-Z][\w'’-]+"
_AGE = r"\(?(?:1?\d)(?! ?(?:[-–+/\d]|to\b|and (?:over|above|under|\d)|or (?:over|under|\d)|plus\b))"
_GROUP = (
    r"(?!(?:[Yy]oung|[Cc]are|[Tt]hose|[Uu]nder|[Nn]o|[Yy]ear|[Ll]ooked|[Aa]ny|[Aa]ll|[Ee]very|[Ss]ome|[Aa]ge|[Ww]omen|[Mm]en|[Cc]hild|[Pp]e(?:ople|rson)|[Bb]aby|[Bb]oy|[Gg]irl"
    r"|[Pp]upil|[Ss]tudent|[Tt]eenager|[Ii]nfant|[Ss]ibling|[Cc]ohort|[Cc]urrently|[Nn]ow|[Aa]re|[Ww]hen|[Oo]nce|[Ii]f)\w*)"
)
"""A word of which an age says whom it means, and that is no name."""
_INITIALS = r"\b[A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\.?)?"
_BETWEEN = r"[\s:|.(#=–—-]{0,6}"
_KIN = r"(?:mother|father|mum|dad|parent|carer|guardian|sister|brother|aunt|uncle|grand\w+|step\w+)"
_ADDRESS = (
    r"\d+[a-z]?,? (?:[A-Z][\w'’]+ ){1,3}?(?:Road|Rd|Street|St|Lane|Avenue|Ave|Close|Drive|Way"
    r"|Court|Gardens|Place|Terrace|Crescent|Hill|Row|Walk|Grove)\b"
    r"[^.;\n]{0,40}\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b"
)
_AS_WRITTEN = {Detail.NAME, Detail.AGED, Detail.HOME}
_SAID = tuple(
    (detail, re.compile(pattern, re.IGNORECASE if detail not in _AS_WRITTEN else 0))
    for detail, pattern in (
        (Detail.CASE, rf"\b{_SYSTEM} (?:id|no|number|ref|reference)\b{_BETWEEN}(?:[A-Z]{{1,4}}[-/ ]?)?\d{{5,12}}\b"),
        (Detail.AGED, rf"\b{_GROUP}[A-Z](?:[a-z'’-]*[a-rt-z]|\.?[A-Z]\.?)[ ,(]{{1,3}}age[d:]? {_AGE}"),
        (
            Detail.AGED,
            r"(?<![A-Z])[A-Z]\.?[A-Z]\.? ?\((?:[FM], ?1?\d|1?\d(?: ?yrs?)?(?:,? ?[FM]|, ?(?:female|male|girl|boy))"
            r"(?:,[^)\d]*)?|1?\d ?(?:yrs?|y/?o|years? old))\)",
        ),
        (
            Detail.HOME,
            rf"\b(?:family|household|child|mother|mum|father|siblings|baby)"
            rf"(?: \(?[A-Z]\w*\)?)?,? (?:(?:who )?liv\w+ )?at {_ADDRESS}",
        ),
        (
            Detail.NAME,
            rf"\b(?:Child|YP|Pupil|Baby|Young person) [A-Z]\w?(?:['’]s (?:\w+ )?{_KIN}[, (:]{{1,3}}| ?\(){_FULL}",
        ),
        (Detail.NAME, rf"\b{_KIN} of (?:Child|YP|Pupil|Baby) [A-Z]\b[, (:]{{1,3}}{_FULL}"),
        (Detail.BIRTH, rf"\b(?:d\.? ?o\.? ?b\b|date of birth|birth ?(?:date|day))(?: is| was)?{_BETWEEN}{_DAY}"),
        (Detail.UPN, rf"\b(?:upn|unique pupil (?:number|no|id|ref\w*))\b{_BETWEEN}[A-Z]\d{{11}}[0-9A-Z]\b"),
        (Detail.NHS, rf"\bnhs\b[\s:.(#]{{0,3}}(?:number|no|num|id)?\b{_BETWEEN}\d{{3}}[ -]?\d{{3}}[ -]?\d{{4}}\b"),
        (
            Detail.NAME,
            rf"(?:{_PERSON}|{_INITIALS}|\b[Cc]hild\b[^.\n]{{0,20}})[\s,(]{{1,3}}(?:was )?(?:born|b\.)(?: on)? {_DAY}",
        ),
    )
)
"""How the details stand in running words, in a cell or across the cells of a row."""
_BARE_UPN = re.compile(r"\b([A-HJ-NP-RT-Z])(\d{12}|\d{11}[A-HJ-NP-RT-Z])\b")
_BARE_NHS = re.compile(r"(?<![\d+(-])(\d{3}) (\d{3}) (\d{4})(?!\d)")
_WHOLE_NHS = re.compile(r"(?<![\w+(/=-])[4679]\d{9}(?!\w)")
_NUMBERED = re.compile(
    r"\b(?:po|orders?|purchase|invoice|account|acct|charity|company|contract|budget|cost)\b", re.IGNORECASE
)
"""What else ten digits may number."""
_PHONE = re.compile(r"\b(?:tel\w*|phone|fax|mobile|mob|call|ext\w*|ring|helpline)\b", re.IGNORECASE)
_MAYBE = re.compile(
    r"d\.? ?o\.? ?b|birth|born|\bb\.|upn|unique pupil|nhs|\d{10}|\d{3} \d{3} \d{4}|\bage|\(1?\d|\([fm],|\d[a-z]{2}\b"
    rf"|{_SYSTEM} |\b(?:child|yp|pupil|baby|young person) [a-z]\b",
    re.IGNORECASE,
)
"""One of these stands in every text that states a detail."""
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_TELLING = {Detail.UPN, Detail.NHS, Detail.BIRTH, Detail.NAME, Detail.ONE, Detail.CASE, Detail.AGED, Detail.HOME}
"""Each of these is enough by itself; a name only beside another of them."""
_TOGETHER = (frozenset({Detail.PERSON, Detail.BORN}), frozenset({Detail.PERSON, Detail.AGE, Detail.PLACE}))
"""None of these tells by itself; side by side they do."""
_ACTIONS = re.compile(
    r"(?:\w+ ){0,2}(?:actions?|tasks?|steps?|activit(?:y|ies)|recommendations?)(?: \w+){0,3}|what(?: \w+){0,5}"
)
_ONE_EACH = re.compile(
    r"(?P<subject>child(?: or young person| young person| yp)?)|(?P<one>young person|yp|pupil|student|baby)"
    r"|(?P<ref>(?:child|young person|yp|pupil|student)(?: s)? (?:ref|reference|initials|id|no|number|code))"
)
"""Headings of a column that says which child a row is about. Below a plain "Child" a word may be a subject."""
_MARK = (
    r"(?:[A-Z]\.? ?){2,3}|(?:[A-Z]{1,4}|Child|Pupil|Baby)[-/ #]?\d{1,12}|\d{4,12}"
    r"|(?:Child|YP|Pupil|Baby|C) [A-Z0-9]{1,3}|[A-Z][a-z]+ [A-Z](?:\.|[a-z'’-]+)?"
)
_MARKS = {
    "subject": re.compile(_MARK),
    "one": re.compile(rf"{_MARK}|[A-Z][a-z'’-]+"),
    "ref": re.compile(rf"{_MARK}|\d{{1,3}}|[A-Z]"),
}
_NOTHING = re.compile(
    r"\W*|yes|no|[yn]|tb[cd]|n/?a|all|both|red|amber|green|blue|done|open|closed|complete|ongoing|new", re.I
)
_LABELLED = re.compile(r"\s*([^:\n]{2,45}?)\s*[:–—-]\s*(\S[^\n]*)")


def refuse_children(document: Document) -> None:
    """Raises QuarantinedError where the document holds details of children: columns, or labels with values.

    What the file hides is looked through too.
    """
    document = replace(document, items=(*document.items, *document.unseen))
    for item in document.items:
        if isinstance(item, Table):
            _judge(document.name, _columns(item), item.locator)
            filled = [[cell.text for cell in row.cells if cell.text.strip()] for row in item.rows]
            pairs = (pair for texts in filled for pair in pairwise(texts)) if item.width <= 4 else ()
            _judge(document.name, _labels(pairs), item.locator, least=2)
    for place, text in _texts(document):
        _judge(document.name, _in_words(text), place)
    blocks = [item for item in document.items if isinstance(item, Block)]
    lines = (_LABELLED.match(line) for block in blocks for line in block.text.split("\n"))
    found = _labels((match[1], match[2]) for match in lines if match)
    _judge(document.name, found, blocks[0].locator if blocks else None, least=2)


def _texts(document: Document) -> Iterator[tuple[Locator, str]]:
    """Every row with its cells side by side, and every block with the one after it: a label may end a line."""
    before = ""
    for item in document.items:
        if isinstance(item, Table):
            before = ""
            for row in item.rows:
                told = " ".join(cell.text for cell in row.cells if cell.text.strip())
                yield row.locator, re.sub(r"\s*[|;\t]\s*", " ", told)  # cells that a reader joined again
        else:
            yield item.locator, f"{before}\n{item.text}"
            before = item.text[-60:]


def _in_words(text: str) -> set[Detail]:
    """The details that a text states beside what they are, or that no other number can be."""
    if not _MAYBE.search(text):
        return set()
    found = {detail for detail, pattern in _SAID if pattern.search(text)}
    if any(_is_upn(match[1], match[2]) for match in _BARE_UPN.finditer(text)):
        found.add(Detail.UPN)
    named = re.search(_PERSON, text) is not None and not _PHONE.search(text)
    if named and any(_is_nhs("".join(match.groups())) for match in _BARE_NHS.finditer(text)):
        found.add(Detail.NHS)
    if not _PHONE.search(text) and not _NUMBERED.search(text) and any(map(_is_nhs, _WHOLE_NHS.findall(text))):
        found.add(Detail.NHS)
    return found


def _is_upn(letter: str, rest: str) -> bool:
    """True where the first letter of a unique pupil number is the check of the twelve signs after it."""
    values = [int(sign) if sign.isdigit() else _UPN_LETTERS.index(sign) for sign in rest]
    return _UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, start=2)) % 23] == letter


def _is_nhs(digits: str) -> bool:
    """True where the last digit is the check of the nine before it, as in every NHS number."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == int(digits[-1])


def tells_of_children(texts: Iterable[str]) -> bool:
    """True where one of the texts states a detail of a child beside what it is."""
    return any(_in_words(text) for text in texts)


def _judge(name: str, found: set[Detail], place: Locator | None, least: int = 1) -> None:
    telling = found & _TELLING
    if (telling and len(found) >= least) or any(together <= found for together in _TOGETHER):
        words = " and ".join(sorted(detail.value for detail in found))
        where = f" ({words_of})" if place is not None and (words_of := place_words(place)) else ""
        raise QuarantinedError(
            f"{name}: set aside and shown to nobody, because it seems to hold details of children: {words}{where}. "
            "Plans never need them: load a copy without them. If a person has looked and it holds none: "
            "plan-assistant release FILE"
        )


def _columns(table: Table) -> set[Detail]:
    """The details that a table's headings name and that stand below them."""
    best: set[Detail] = set()
    for at, row in enumerate(table.rows[:_HEADER_ROWS]):
        named = {cell.column: detail for cell in row.cells if (detail := _detail(cell.text)) is not None}
        if len([cell for cell in row.cells if cell.text.strip()]) < 2:
            continue
        found = {
            named[cell.column]
            for later in table.rows[at + 1 :]
            for cell in later.cells
            if cell.column in named and re.fullmatch(_COLUMNS[named[cell.column]][1], cell.text.strip())
        }
        if _is_of_one_each(table, at, row):
            found.add(Detail.ONE)
        best = max(best, found, key=lambda details: (len(details & _TELLING), len(details)))
    return best


def _is_of_one_each(table: Table, at: int, heads: Row) -> bool:
    """Whether the table states what is done, beside a column of children by their initials, references or names."""
    if not any(_ACTIONS.fullmatch(_plain(cell.text)) for cell in heads.cells):
        return False
    for head in heads.cells:
        if of := _ONE_EACH.fullmatch(_plain(head.text)):
            below = [c.text.strip() for row in table.rows[at + 1 :] for c in row.cells if c.column == head.column]
            values = [value for value in below if not _NOTHING.fullmatch(value)]
            marks = [value for value in values if _MARKS[str(of.lastgroup)].fullmatch(value)]
            if len(marks) * 2 > len(values):
                return True
    return False


def _labels(pairs: Iterable[tuple[str, str]]) -> set[Detail]:
    found = ((_detail(label), value.strip()) for label, value in pairs)
    return {detail for detail, value in found if detail is not None and re.fullmatch(_COLUMNS[detail][1], value)}


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", heading.lower()).split())


def _detail(heading: str) -> Detail | None:
    if not 1 < len(heading) <= _LONGEST_HEADING:
        return None
    plain = _plain(heading)
    return next((detail for detail, (heading, _) in _COLUMNS.items() if re.fullmatch(heading, plain)), None)
