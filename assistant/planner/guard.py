"""Before a question is read: hidden characters, markup and instructions to the assistant are taken out of it."""

import html
import re
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.invisible import strip_invisible
from assistant.lexicon import plain
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.planner.wording import phrases


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The question itself, and what was taken out of it."""

    text: str
    notices: tuple[Decline, ...] = ()


def seen(question: str) -> str:
    """What a reader sees of a question, on one line."""
    return re.sub(r"\s+", " ", html.unescape(strip_invisible(question))).strip()


def clean(question: str) -> Cleaned:
    """The question without invisible characters, markup and instructions to the assistant.

    Raises: QuestionError if it is empty.
    """
    text = seen(question)
    if not text:
        raise QuestionError("The question is empty. Ask about the plans, such as: which actions are overdue?")
    bare = re.sub(r"<[^<>]{0,80}>|\[/?(?:INST|SYS)\]|```+|\{\{.*?\}\}|[*_#]{2,}", " ", text)
    kept: list[str] = []
    removed: list[str] = []
    after_mark = False
    for sentence in filter(None, map(str.strip, re.split(r"(?<=[.!?])\s+(?=\S)|\s*\n\s*", bare))):
        question_part, instruction = _split(sentence)
        if after_mark and question_part and not _asks(plain(question_part)):
            question_part, instruction = "", sentence
        after_mark = bool(_ROLE_MARK.match(sentence)) or (after_mark and not question_part)
        kept += [question_part] if question_part else []
        removed += [instruction] if instruction else []
    notices = (Decline(AnswerStatus.REFUSED, Reason.INSTRUCTION, " ".join(removed)),) if removed else ()
    joined = _OCCASION.sub(r"\1", _PARTED.sub(r"leaving out \1", " ".join(kept)))
    return Cleaned(re.sub(r"\s+", " ", joined).strip(), notices)


_PARTED = re.compile(
    r"\b(?:leav(?:e|ing)|set(?:ting)?|put(?:ting)?|tak(?:e|ing))\s+(?!out\b|aside\b|as\b|as\W)((?:[\w'’-]+\s+){0,4}?[\w'’-]+)"
    r"\s+(?:aside|out(?:\s+of\s+(?:it|this|that|account|the\s+(?:list|count|answer)))?)(?=\s*(?:[,:;.?!–-]|$))",
    re.I,
)
"""A verb and its particle on either side of what is left out: "leaving the greens aside,", "take legal out"."""
_OCCASION = re.compile(
    r"(\b(?:ask(?:ing)?|raise|raising|press|challenge|questions?|worried|worry)\b[^.?!]{0,30}?)\s+(?:at|before|ahead\s+of)\s+"
    r"(?:(?:the|our|my|this|next|a|\w+day's)\s+)*(?:[\w-]+\s+){0,2}?(?:committee|cabinet|panel|board|scrutiny|council|meeting)"
    r"(?:\s+meeting)?(?=\s*(?:[,:;.?!–-]|$|(?:on|this|next|tomorrow|today|in)\b))",
    re.I,
)
"""What the reader will ask, and where: the place is no subject, "what should I ask at committee on Thursday"."""
_ROLE_MARK = re.compile(
    r"^\W*(?:system|assistant|user|developer|human|admin(?:istrator)?|instructions?|prompt)\s*(?:prompt|message|note|override)?\s*:\s*",
    re.I,
)
_INSTRUCTION = phrases("instruction")
_IMPERATIVE = re.compile(r"(?:^|[,;:.!?\-]|\b(?:and|then|please|now|instead|to|must|should|also|just))\s*\W*$")
_ASKS = re.compile(
    r"\W*(?:which|what|whats|what's|who|whose|how|when|where|why|list|show|tell|give|is|are|does|do|has|have|any|did|can|count)\b"
)
_INTO_QUESTION = re.compile(
    r"(?:[,;:]|\.|\band\b|\bthen\b|\bnow\b|\bbut\b)\s*(?:and |then |now |also |please |instead |just |simply |only )*"
    r"(?P<rest>(?:tell me|confirm|check|verify|list|show|which|what|whats|what's|who|whose|how|when|where|why|give me|mark|set|delete|are|is|does|do|has|have|any)\b.*)$"
)


def _instruction(low: str) -> re.Match[str] | None:
    """The first instruction that begins a clause: "which rows say complete" instructs nobody."""
    return next((match for match in _INSTRUCTION.finditer(low) if _IMPERATIVE.search(low[: match.start()])), None)


def _split(sentence: str) -> tuple[str, str]:
    """A sentence as (question, instruction); most have no instruction."""
    low = plain(sentence)
    mark = _ROLE_MARK.match(sentence)
    found = _instruction(low)
    if mark and not found:
        rest = sentence[mark.end() :]
        return (rest, sentence[: mark.end()]) if _asks(plain(rest)) else ("", sentence)
    if not found:
        return sentence, ""
    if mark:
        return "", sentence
    after = _INTO_QUESTION.search(low, found.start())
    before = sentence[: found.start()].strip(" ,;:-")
    rest = sentence[after.start("rest") :] if after else ""
    if rest and _instruction(plain(rest)):
        rest = ""
    kept = " ".join(part for part in (before if _asks(plain(before)) else "", rest) if part)
    return kept, sentence if not kept else sentence[found.start() : after.start("rest") if after else None]


def _asks(low: str) -> bool:
    return bool(_ASKS.match(low))
