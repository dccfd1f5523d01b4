"""A language model words an answer that is already complete; a text that says anything else is not used."""

import logging
import re
from dataclasses import replace

from assistant.answer import Reader
from assistant.compose import Draft
from assistant.compose.telling import CLOSE, OPEN
from assistant.errors import ModelError
from assistant.model import LanguageModel
from assistant.outcome import AnswerStatus
from assistant.prompts import read_prompt
from assistant.wording_check import MARKER, faults

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

    def __init__(self, model: LanguageModel) -> None:
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
