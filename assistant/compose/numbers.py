"""Numbers in a sentence: how many there are, of how many, and the verb that goes with it."""

import re

from assistant.compose.wording import capital


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "4 actions", "one action", "no actions"."""
    return f"{figure(number)} {noun if number == 1 else plural or noun + 's'}"


def figure(number: int) -> str:
    """A number in figures; one is in words, and none is "no"."""
    return ("no", "one")[number] if number in (0, 1) else f"{number:,}"


def share(part: int, whole: int) -> str:
    """ "35%", rounded to a whole number."""
    return f"{round(100 * part / whole)}%" if whole else "0%"


def counted(number: int, noun: str, verb: str) -> str:
    """ "6 actions are due in June 2026.": a number of things and what they are or have."""
    return f"{capital(figure(number))} {noun} {agreed(verb, number)}."


def part_of(number: int, whole: int, nouns: tuple[str, str], verb: str) -> str:
    """ "4 of the 7 housing actions are complete.": how many of a known whole. Args: nouns, for one and for several."""
    one, several = nouns
    if whole == 1:
        told = agreed(verb, 1) if number else denied(agreed(verb, 1))
        return f"The one {one} {told}."
    if number == whole:
        return f"{'Both' if whole == 2 else f'All {whole:,}'} {several} {verb}."
    if number == 0:
        return f"{'Neither' if whole == 2 else 'None'} of the {whole:,} {several} {agreed(verb, 1)}."
    return f"{capital(figure(number))} of the {whole:,} {several} {agreed(verb, number)}."


_SINGULAR = {"are": "is", "have": "has", "were": "was", "say": "says", "mention": "mentions", "seem": "seems"}
_SINGULAR |= {"fall": "falls"}


def agreed(verb: str, number: int) -> str:
    """A verb phrase in the plural as it follows this number: "are late", "have no owner" and "is late", "has none"."""
    if number != 1:
        return verb
    before, quote, after = verb.partition("“")
    return _SEVERAL.sub(lambda found: _SINGULAR[found[0]], before) + quote + after


_SEVERAL = re.compile(rf"(?:^|(?<= and ))(?:{'|'.join(_SINGULAR)})\b")


def denied(verb: str) -> str:
    """The contrary of a verb phrase: "is not late"; what denies already is affirmed."""
    first, _, rest = verb.partition(" ")
    if rest.startswith(("not ", "no ")):
        word, _, after = rest.partition(" ")
        return f"{first} {after}" if word == "not" else f"{first} {'an' if after[:1] in 'aeiou' else 'a'} {after}"
    if first in ("has", "have"):
        return f"{first} no {rest.removeprefix('a ').removeprefix('an ')}"
    return f"{first} not {rest}" if first in ("is", "are", "was", "were") else f"do not {verb}"


def verb_of(words: str) -> str:
    """A filter in words, as it follows "actions", as a verb phrase: "with no owner" becomes "have no owner"."""
    words = words.removeprefix("rated ")
    if words.startswith("not rated "):
        return f"are not {words.removeprefix('not rated ')}"
    if words.startswith("with "):
        return f"have {words.removeprefix('with ')}"
    if words.startswith("whose status says "):
        return f"say {words.removeprefix('whose status says ')}"
    return f"were {words}" if words.startswith("completed ") else f"are {words}"
