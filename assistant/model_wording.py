"""A language model words an answer that is already complete; a text that says anything else is not used."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from assistant.answer import Reader
from assistant.compose.telling import CLOSE, OPEN, Draft
from assistant.errors import ModelError
from assistant.lexicon import small
from assistant.model import ChatModel, read_prompt
from assistant.outcome import AnswerStatus
from assistant.vocabulary import split_words

MARKER = re.compile(r"\[\[(\d+)\]\]")


def _plain_words(text: str) -> frozenset[str]:
    return frozenset(word.plain for word in split_words(text))


_WEIGHTY = _plain_words(" ".join(small("wording_weighty")))
"""Words that a reader would act upon: each must stand in our own text beside the same source."""
_DENIALS = _plain_words(" ".join(small("wording_denials")))
_KEPT = _plain_words(" ".join(small("wording_kept")))
"""Words of doubt and of state, which must not be lost."""
_FIGURE = re.compile(r"\w*\d[\w.,/%-]*\w|\d")
_QUOTED = re.compile(r"[“\"]([^”\"]{3,})[”\"]")
_NAME = re.compile(r"(?<=[a-z,;)] )[A-Z][\w’'&-]+")
_LINK = re.compile(r"https?://|www\.|<[a-z!/]|!\[", re.IGNORECASE)


def faults(text: str, own: str) -> list[str]:
    """What is wrong with a text, measured against our own; nothing where it may be used.

    The sources must be the same, in the same order, and a line must not mix those of two lines of ours. Each figure,
    numeral, name, quotation and weighty word must stand in our lines of the same source; no figure, denial or doubt of
    ours may be lost."""
    wanted, given = MARKER.findall(own), MARKER.findall(text)
    if list(dict.fromkeys(wanted)) != list(dict.fromkeys(given)):
        return [f"the sources {', '.join(wanted)} became {', '.join(given)}"]
    found = list(_of_form(text, own))
    for markers in dict.fromkeys(_markers(line) for line in own.splitlines()):
        found += _of_source(_about(text, markers), _about(own, markers))
    found += _of_source(_about(text, frozenset()), _about(own, frozenset()))
    return found


def _of_form(text: str, own: str) -> Iterator[str]:
    if _LINK.search(text) and not _LINK.search(own):
        yield "a link or markup was added"
    if len(text) > 1.5 * len(own) + 200:
        yield "it is much longer"
    together = [_markers(line) for line in own.splitlines()]
    for line in text.splitlines():
        markers = _markers(line)
        if markers and not any(markers <= ours for ours in together):
            yield f"sources {', '.join(sorted(markers))} were put together"


def _markers(line: str) -> frozenset[str]:
    return frozenset(MARKER.findall(line))


def _about(text: str, markers: frozenset[str]) -> str:
    """The lines of a text that speak of these sources; without any, those that speak of none."""
    lines = [line for line in text.splitlines() if bool(markers) == bool(_markers(line))]
    return "\n".join(line for line in lines if not markers or markers & _markers(line))


def _of_source(text: str, own: str) -> Iterator[str]:
    said, ours = MARKER.sub(" ", text), MARKER.sub(" ", own)
    words, known = (Counter(word.plain for word in split_words(one)) for one in (said, ours))
    figures, held = ({one.strip(".,").casefold() for one in _FIGURE.findall(each)} for each in (said, ours))
    names = _plain_words(" ".join(_NAME.findall(said)))
    if strange := (figures - held) | ((_WEIGHTY & words.keys() | names) - known.keys()):
        yield f"not in our own words: {', '.join(sorted(strange)[:5])}"
    if lost := (held - figures) | ((_KEPT & known.keys()) - words.keys()):
        yield f"left out: {', '.join(sorted(lost)[:5])}"
    if len({sum(one[word] for word in _DENIALS) for one in (words, known)}) > 1:
        yield "a denial was added or lost"
    for quote in _QUOTED.findall(said):
        if _plain(quote) not in _plain(ours):
            yield f"a quotation that is not ours: {quote[:60]}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


_log = logging.getLogger(__name__)
_TOKEN = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_TOKENS_AT_MOST = 12
_CHARACTERS_AT_MOST = 4_000
"""A longer answer keeps our own words: the longer a text, the more a model loses of it."""

_WORDED = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED})

_READERS = {
    Reader.STAFF: "a member of staff, brisk and exact",
    Reader.INSPECTION: "an inspection team that checks each statement against its source",
    Reader.MEMBER: "an elected member: plain words, about 120 of them, no jargon",
}


class ModelWording:
    """Words drafts with a model. The facts of an answer stay those of the draft: only its text may change."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._prompt = read_prompt("word-answer")

    def worded(self, draft: Draft, question: str, reader: Reader) -> Draft:
        """The draft in the model's words where they are sound, else the draft as it was."""
        names = list(dict.fromkeys(_TOKEN.findall(draft.text)))
        if draft.status not in _WORDED or len(names) > _TOKENS_AT_MOST or len(draft.text) > _CHARACTERS_AT_MOST:
            return draft
        own = _TOKEN.sub(lambda match: f"[[{names.index(match[1]) + 1}]]", draft.text)
        try:
            text = self._model.complete(self._prompt.filled(reader=_READERS[reader], question=question, answer=own))
        except ModelError as error:
            _log.warning("%s", error)
            return draft
        if wrong := faults(text, own):
            _log.info("The model's words were not used: %s", "; ".join(wrong[:3]))
            return draft
        back = MARKER.sub(lambda match: f"{OPEN}{names[int(match[1]) - 1]}{CLOSE}", text.strip())
        return replace(draft, text=back)
