"""Numbers in words: "twenty five", "twenty-seventh", "two thousand and twenty", "nineteen eighty six"."""

from __future__ import annotations

from assistant.dates.tokens import Token

_HUNDRED, _THOUSAND = 100, 1000
_CENTURIES = range(15, 22)


def numerals(found: list[Token]) -> list[Token]:
    """The tokens with every run of number words made one number (n), ordinal (o) or year (Y)."""
    made: list[Token] = []
    place = 0
    while place < len(found):
        if found[place].kind != "w":
            made.append(found[place])
            place += 1
            continue
        token, size = _numeral(found, place)
        last = found[place + size - 1]
        made.append(token._replace(start=found[place].start, end=last.end, text=found[place].text))
        place += size
    return made


def _numeral(found: list[Token], place: int) -> tuple[Token, int]:
    value, size = _below_hundred(found, place)
    following = found[place + size].number if _is(found, place + size) else 0
    if following == _THOUSAND and value in (1, 2):
        more, extra = _rest(found, place + size + 1)
        year = value * _THOUSAND + more
        return Token("Y" if year >= _CENTURIES[0] * _HUNDRED else "n", number=year), size + 1 + extra
    if following == _HUNDRED and value in _CENTURIES:
        more, extra = _rest(found, place + size + 1)
        return Token("Y", number=value * _HUNDRED + more), size + 1 + extra
    if following == _HUNDRED:
        return Token("n", number=value * _HUNDRED), size + 1
    if value in _CENTURIES and _is(found, place + size):
        more, extra = _below_hundred(found, place + size)
        if 10 <= more < _HUNDRED:
            return Token("Y", number=value * _HUNDRED + more), size + extra
    following_place = place + size + (place + size < len(found) and found[place + size].kind == "-")
    if value >= 20 and value % 10 == 0 and following_place < len(found):
        unit = found[following_place]
        if unit.kind == "o" and 1 <= unit.number <= 9 and not unit.text[:1].isdigit():
            return Token("o", number=value + unit.number), following_place + 1 - place
    return Token("n", number=value), size


def _below_hundred(found: list[Token], place: int) -> tuple[int, int]:
    """The number from 0 to 99 at a place, and how many words it takes."""
    value = found[place].number
    if 20 <= value < _HUNDRED and value % 10 == 0:
        hyphen = place + 1 < len(found) and found[place + 1].kind == "-"
        unit = place + 1 + hyphen
        if _is(found, unit) and 1 <= found[unit].number <= 9:
            return value + found[unit].number, 2 + hyphen
    return value, 1


def _rest(found: list[Token], place: int) -> tuple[int, int]:
    """What follows hundred or thousand: "and twenty", "ninety three", or nothing."""
    joined = place < len(found) and found[place].kind == "&"
    if not _is(found, place + joined):
        return 0, 0
    value, size = _below_hundred(found, place + joined)
    return (value, size + joined) if value < _HUNDRED else (0, 0)


def _is(found: list[Token], place: int) -> bool:
    return place < len(found) and found[place].kind == "w"
