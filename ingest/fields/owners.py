"""Owners: the list that a cell names, each under one name for all its spellings in the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.layout.shapes import POSTS, is_shouted
from ingest.layout.words import normal, one_line

_STRONG = re.compile(
    r"\s*(?:[;\n|]|(?<!\b[Nn])/(?!\s*[Aa]\b)|\+)\s*|\s+(?=(?:lead|support|owner|sponsor|delegate|sro)\s*[:=])",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\s*(?:,|&|\band\b|\bwith\b)\s*", re.IGNORECASE)
_ROLE_END = re.compile(rf"\b(?:{POSTS})\b\.?$", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z][A-Za-z]?[A-Z.]{1,6}s?\.?|[A-Z]{2,6}s?")
_PERSON = re.compile(r"[A-Z][a-z'’]+(?:[- ][A-Z][a-z'’]+){1,2}")
_ROLE_START = re.compile(
    r"^(head|director|deputy director|assistant director|chair|member|lead|manager) (of|for)\b", re.IGNORECASE
)
_NOBODY = re.compile(
    r"(tbc|tbd|n/?a|none|not assigned|to be (confirmed|agreed|appointed|decided)|vacant|unknown|-+|–|\?+)\W*",
    re.IGNORECASE,
)
_LABELS = re.compile(r"^(?:lead|leads|support|supported by|owner|sponsor|with|delegate|sro)\s*[:=]\s*", re.IGNORECASE)
_HINT = re.compile(r"\s*\((lead|leads|support|sponsor|chair|interim|acting|tbc|with support)\)\s*$", re.IGNORECASE)

GENERAL = {
    "SM": "Service Manager",
    "TM": "Team Manager",
    "DTM": "Deputy Team Manager",
    "ATM": "Assistant Team Manager",
    "SSW": "Senior Social Worker",
    "SW": "Social Worker",
    "PSW": "Principal Social Worker",
    "VH": "Virtual Head",
    "VSH": "Virtual School Head",
    "AD": "Assistant Director",
    "DCS": "Director of Children's Services",
    "HOS": "Head of Service",
    "IRO": "Independent Reviewing Officer",
    "LADO": "LADO",
}
"""What the initials of roles mean in children's services where a document does not say."""

_EXPANDED = frozenset({"SM", "TM", "DTM", "ATM", "SSW", "SW", "PSW", "VH", "VSH", "HOS"})
_PERSONAL = re.compile(r"[A-Z]\.?[A-Z]\.?")
_ROLE_AND_PERSON = re.compile(r"^(?P<who>[A-Z]{2,4}\s*[-–—]\s*[A-Z]{2,3})\s+(?P<rest>[A-Z][a-z]+\s+\S.*)$")
"""A role with a person's initials says who it is; what follows is somebody else."""
_PEOPLE = re.compile(r"\b(manager|head|worker|director|officer|lead|teacher|chair)s?\b", re.IGNORECASE)


@dataclass(slots=True)
class OwnerBook:
    """All owner cells of a document, read together: what stands alone in one cell can be split off in another."""

    abbreviations: dict[str, str] = field(default_factory=dict)
    alone: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, Counter[str]] = field(default_factory=dict)
    by_initials: bool = False
    """True where owners are people by their initials, so that SM is a person and no service manager."""

    @classmethod
    def of(cls, cells: Iterable[str], abbreviations: dict[str, str]) -> OwnerBook:
        """The book of these cells, with the document's own abbreviations."""
        book = cls({key.upper(): re.split(r"[,;(]", meaning)[0].strip() for key, meaning in abbreviations.items()})
        texts = [text for text in map(one_line, cells) if text]
        book.alone.update(map(_key, texts))
        short = {part for text in texts for part in book.parts(text) if _PERSONAL.fullmatch(part)}
        strangers = {part for part in short if part.upper() not in GENERAL and part.upper() not in book.abbreviations}
        book.by_initials = len(strangers) >= 3 and len(strangers) > len(short - strangers)
        for name in (book.named(part) for text in texts for part in book.parts(text)):
            book.spellings.setdefault(_key(name), Counter())[" ".join(name.split())] += 1
        return book

    def owners(self, cell: str) -> tuple[str, ...]:
        """The owners that a cell names, in order, each once."""
        found = []
        for name in map(self.named, self.parts(cell)):
            spelt = self.spellings.get(_key(name), Counter())  # the commonest, none in capitals if there is another
            usual = [(not is_shouted(text), times, sum(map(str.isupper, text)), text) for text, times in spelt.items()]
            found.append(max(usual)[3] if usual else name)
        return tuple(dict.fromkeys(name for name in found if name))

    def parts(self, cell: str) -> list[str]:
        """The cell cut where one owner ends and another begins; a shared name such as "X & Y Team" stays whole."""
        text = _HINT.sub("", one_line(cell)).strip(" .,;:*")
        if not text or _NOBODY.fullmatch(text):
            return []
        plural = re.fullmatch(
            r"(?P<role>[A-Z]{2,4})['’]?[Ss]\s+(?P<first>[A-Z]{2,6})\s*(?:&|and)\s*(?P<second>[A-Z]{2,6})", text
        )
        if plural and plural["role"] in {**GENERAL, **self.abbreviations}:
            return [f"{plural['first']} {plural['role']}", f"{plural['second']} {plural['role']}"]
        strong = []
        for piece in _STRONG.split(text):
            halves = re.split(r"\s*[-–—]\s+|\s+[-–—]\s*", piece)
            both = len(halves) == 2 and all(map(self._known, halves))
            strong += [_LABELS.sub("", part) for part in (halves if both else [piece])]
        return [whole for part in strong for weak in self._weak(part) for whole in self._run_together(weak) if whole]

    def _weak(self, text: str) -> list[str]:
        for match in _WEAK.finditer(text):
            left, right = text[: match.start()].strip(), text[match.end() :].strip()
            if left and right and self._parts_here(left, right, match[0].strip()):
                return [*self._weak(left), *self._weak(right)]
        return [text]

    def _parts_here(self, left: str, right: str, sign: str) -> bool:
        """True where a weak sign parts two owners: both can stand alone."""
        if self._known(left) and (self._known(right) or self._stands_alone(right) or right[0].islower() or sign != ","):
            return True
        if self._known(right) and (self._stands_alone(left) or len(left.split()) == 1):
            return True
        rest = _WEAK.split(right)[0]
        if _INITIALS.fullmatch(left) and re.match(r"[A-Z]{2,6}\s+\w", rest):
            return False
        if _PERSON.fullmatch(left) and _PERSON.fullmatch(rest) and not _ROLE_END.search(left):
            return True
        if sign == "," or _ROLE_START.match(left):
            return self._stands_alone(left) and self._stands_alone(rest)
        return self._stands_alone(left) and (self._stands_alone(rest) or bool(_ROLE_END.search(left)))

    def _known(self, text: str) -> bool:
        return _key(text) in self.alone or (
            text.upper() in self.abbreviations and bool(_PEOPLE.search(self.abbreviations[text.upper()]))
        )

    def _stands_alone(self, text: str) -> bool:
        return bool(_ROLE_END.search(text) or _INITIALS.fullmatch(text) or _ROLE_START.match(text))

    def _run_together(self, text: str) -> list[str]:
        """Two owners without a sign between them, when both stand alone elsewhere in the document."""
        if named := _ROLE_AND_PERSON.match(text):
            return [named["who"], *self._run_together(named["rest"])]
        words = text.split()
        if (_key(text) in self.alone and self.alone[_key(text)] > 1) or len(words) < 2:
            return [text]
        for cut in range(1, len(words)):
            left, right = " ".join(words[:cut]), " ".join(words[cut:])
            if self._known(left) and self._known(right):
                return [left, right]
        return [text]

    def named(self, part: str) -> str:
        """The part under its full name: initials of roles written out, stops and stray signs left off."""
        text = re.sub(r"\s*[-–—]\s*", "-", part) if re.match(r"^[A-Z]{2,4}\s*[-–—]\s*[A-Z]{1,3}\b", part) else part
        text = re.sub(r"\s*&\s*", " & ", text).strip(" .,;:")
        initials = re.match(r"^([A-Z]{2,4})-([A-Z]{1,3})$", text)
        if initials and self._meaning(initials[1]):
            return f"{self._meaning(initials[1])} {initials[2]}"
        words = (self._meaning(word.replace(".", "")) or word for word in text.split())
        return self._meaning(text.replace(".", "")) or " ".join(words)

    def _meaning(self, word: str) -> str | None:
        """The role that initials mean, by the document's own list or, for the commonest, the trade's; plurals too."""
        plural = word[-1:] in {"s", "S"} and word[:-1].upper() in _EXPANDED and len(word) > 2
        upper = (word[:-1] if plural else word).upper()
        if not word.isalpha() or not (word[:2].isupper()):
            return None
        own = self.abbreviations.get(upper)
        short = own and len(upper) <= 3 and len(own.split()) <= 3 and not re.search(r"\b[A-Z]{2,}\b", own)
        general = upper in _EXPANDED and upper not in self.abbreviations and not self.by_initials
        whole = own if own and short and _PEOPLE.search(own) else GENERAL[upper] if general else None
        return f"{whole}s" if whole and plural else whole


def _key(text: str) -> str:
    return normal(text.replace(".", "").replace("-", " ").replace("–", " ").replace("—", " ")).replace(" ", "")
