"""Words that rows are to have as they stand: a status or a due date as a plan writes it, or words of the action."""

import re
from collections.abc import Iterator, Sequence

from assistant.conditions import Condition, Field, Operator
from assistant.dates import MONTH
from assistant.lexicon import plain, small
from assistant.planner.candidates.states import BE, COLOURS
from assistant.planner.holdings import Held, names_in
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text
from assistant.planner.wording import TAKEN

_SAYS = small("states_says")
_STATUS = re.compile(r"[a-z' -]{3,}")
_QUOTED = r"[\"'](?P<quoted>[^\"']{2,80})[\"']"
_WORDS = r"(?:words?|phrase|term|text|letters|string)"
_VERB = r"(?:(?:which|that)\s+)?(?:contain(?:s|ing)?|us(?:e|es|ing)|hold(?:s|ing)?|includ(?:e|es|ing)|mention(?:s|ing)?|with|ha(?:s|ve|ving)|say(?:s|ing)?|show(?:s|ing)?)"
_COLUMN = r"\s+(?:in|under|as|for)\s+(?:the\s+|its\s+|their\s+)?(?:progress|status|rag|update)s?(?:\s+(?:column|cell|box|field))?"
_AS_WRITTEN = (
    re.compile(rf"\b{_VERB}\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}?{_WORDS}\s+(?:{_QUOTED}|(?P<bare>[\w&/-]{{2,40}}))"),
    re.compile(
        r"\b(?:literally\s+|explicitly\s+|actually\s+|to the letter\s+)?(?:says?|saying|marked|reads?|shows?|the words?)\s+"
        rf"[\"'](?P<quoted>[a-z]+(?: progress| started)?)[\"']?(?P<bare>)(?:{_COLUMN}|(?=\W*$))"
    ),
)
_OF_STATUS = ("status", "status_text", "rag")


def spot_as_written(text: Text, rest: str) -> Iterator[Spot]:
    """Words to the letter: of the status where one is told of, else of action, recommendation or section.

    Args: rest, the question with what is understood taken out.
    """
    for regex in _AS_WRITTEN:
        for match in regex.finditer(text.low):
            start, end = match.span("quoted" if match["quoted"] else "bare")
            told = (text.span(hit) for hit in text.of("field", *_OF_STATUS))
            status = regex is _AS_WRITTEN[1] or any(e <= start or s >= end for s, e in told)
            if TAKEN not in rest[start:end]:
                field = Field.STATUS_TEXT if status else Field.WORDS
                words = text.low[start:end] if status else text.raw[start:end]
                kind = Kind.STATE if status else Kind.WORDS
                yield Spot(*match.span(), kind, Condition(field, Operator.CONTAINS, (words,)))


def spot_own_words(text: Text, sources: Sequence[Held]) -> Iterator[Spot]:
    """Statuses as these plans write them, said of rows: "marked as delayed", "the paused ones", "literally say done"."""
    literal = any(word.low in ("literally", "explicitly", "word", "words", "saying") for word in text.words)
    whole = set(names_in(tuple(sources), "status_texts"))
    for own, (start, end) in _places(text, whole | set(names_in(tuple(sources), "status_starts"))):
        low = plain(own).strip(" .")
        short = len(low) < 5
        if (short and own not in whole) or not _STATUS.fullmatch(low) or low in COLOURS:
            continue
        before = text.word(text.at(start) - 1)
        known = any(begins <= start < ends for begins, ends in map(text.span, text.of("state")))
        said = (literal or not known) and before in _SAYS | {"as"}
        if said or (before in BE and not known) or (literal and before and _quoted(text, start, end)):
            operator = Operator.IS if short else Operator.CONTAINS
            yield Spot(start, end, Kind.STATE, Condition(Field.STATUS_TEXT, operator, (own if short else low,)))


def spot_due_words(text: Text, sources: Sequence[Held]) -> Iterator[Spot]:
    """A due date as these plans write it, where its words are meant: "that just say ASAP", "the autumn ones"."""
    held = set(names_in(tuple(sources), "due_words"))
    starts = {own.split()[0] for own in held if " " in own and not re.match(MONTH, own)}
    for own, (start, end) in _places(text, held | starts):
        before, ones = text.word(text.at(start) - 1), text.word(text.at(end)) in ("one", "ones")
        if before in _SAYS | {"just", "only"} or ones or _quoted(text, start, end):
            yield Spot(start, end, Kind.DUE, Condition(Field.DUE_TEXT, Operator.CONTAINS, (own,)))


def _places(text: Text, held: set[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where the question says words that these plans write, the longest first."""
    for own in sorted(held, key=lambda one: (-len(one), one)):
        if (low := plain(own).strip(" .")) in text.low:
            for match in re.finditer(rf"(?<![\w-]){re.escape(low)}(?![\w-])", text.low):
                yield own, match.span()


def _quoted(text: Text, start: int, end: int) -> bool:
    return text.low[max(0, start - 1)] in "\"'" and text.low[end : end + 1] in ('"', "'")
