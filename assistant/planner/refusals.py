"""Before a question is read: what is taken out of it, markup and instructions; and what is not answered: of a child, an officer's
worth, a grade, a case, or something else."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.invisible import strip_invisible
from assistant.lexicon import plain
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.planner import one_person
from assistant.planner.frames import PEOPLE, speaks_of_things
from assistant.planner.holdings import Holdings
from assistant.planner.text import phrases
from assistant.planner.told import ONE, POINTS, parted, points_out

_JUDGES_STAFF = phrases("judges_staff")
_PREDICTS_GRADE = phrases("predicts_grade")
_PAST = re.compile(
    r"\b(?:did|was|were|judged|found|said|previous|last|in 20\d\d|reported|hopes?|aims?|ambitions?|targets?)\b"
)
_OPINION = phrases("opinion")
_OTHER_TASK = phrases("other_task")
_FROM_PLAN = re.compile(
    r"\b(?:using|from|based on|with|out of|of|in) (?:only )?(?:the|our|these|this|all)?\s?(?:\w+ )?(?:plans?|actions?|register|refs?|references|sources|citations)\b"
)
_ASKS_MEANING = re.compile(r"\bwhat (?:do|does|did|is|are)\b[^?]*\b(?:mean|means|meant|stand for)\b")
_NEVER = re.compile(r"(?!)")
_CHECKS: tuple[tuple[re.Pattern[str], Reason, re.Pattern[str]], ...] = (
    (one_person.CASE, Reason.A_CASE, _NEVER),
    (one_person.SINGLED_OUT, Reason.A_CHILD, _NEVER),
    (_JUDGES_STAFF, Reason.AN_OFFICER, _NEVER),
    (_PREDICTS_GRADE, Reason.A_GRADE, _PAST),
    (_OPINION, Reason.AN_OPINION, _ASKS_MEANING),
    (_OTHER_TASK, Reason.NOT_ABOUT_PLANS, _FROM_PLAN),
)
"""What is declined, why, and the words that make it a question about the plans after all; the first that fits counts."""
_OF_ASKER = re.compile(r"(?<!tell )(?<!show )(?<!give )\b(?:i|me|my|mine|us)\b")
_ASKERS_OWN = re.compile(r"\b(?:my|i'm|i am|i was|i have|i've|i foster|i teach|we foster|our)\b")
_ADVISE = re.compile(
    r"\b(?:should|shall|must|ought|can|could|may|do)\s+(?:i|we|you)\b[^?]*\b(?:it|this|that|one|so|unsupervised)\b"
)


def _asked(text: str) -> str:
    """What is asked, apart from what is told around it; all of it where the question is for somebody told of."""
    line = parted(text)
    if not ONE.search(plain(line.asked)):
        text = one_person.AT_WORK.sub("a colleague", text)
        line = parted(text)
    low = plain(line.asked)
    harmed = one_person.HURTS.search(plain(line.told))
    if (
        PEOPLE.search(low)
        and not (harmed or _OF_ASKER.search(low) or ONE.search(low))
        and speaks_of_things(f"{line.told} {line.asked}")
    ):
        return line.asked  # "the plan talks of reviews: when are they?"
    own = (_OF_ASKER.search(low) or POINTS.search(low)) and _ASKERS_OWN.search(plain(line.told))
    theirs = ONE.search(low) or points_out(line.asked, PEOPLE)
    return text if own or theirs or _ADVISE.search(low) else line.asked


def declined(text: str) -> Decline | None:
    """Why the question is not answered; None for one about the plans."""
    low = plain(text)
    aged = one_person.SAID_BY_AGE.sub("child", low)  # "my 14 year old was hit" tells of a child
    line = parted(text)  # "her grandson was taken into care; which carers have him?"
    his = ONE.search(plain(line.asked)) and one_person.OF_SOMEBODY.search(one_person.with_people(plain(line.told)))
    if his or one_person.IDENTIFIES.search(low) or any(map(one_person.tells_of_harm, (low, aged))):
        return Decline(AnswerStatus.REFUSED, Reason.A_CHILD)
    aged = one_person.SAID_BY_AGE.sub("child", plain(_asked(text)))
    said = (aged, one_person.with_people(aged))
    reasons = (reason for regex, reason, unless in _CHECKS if any(map(regex.search, said)) and not unless.search(aged))
    if reason := next(reasons, None):
        outside = reason is Reason.NOT_ABOUT_PLANS
        return Decline(AnswerStatus.OUT_OF_SCOPE if outside else AnswerStatus.REFUSED, reason)
    return None


def refused(text: str, conversation: Sequence[str], holdings: Holdings) -> Decline | None:
    """Why the question is not answered, alone or after the ones before it: what goes on from a refused question about a
    child or a family is still about them."""
    text = one_person.unsigned(text, holdings)
    found = declined(text) or one_person.named(_asked(text), holdings, parted(text).told)
    if found or not conversation or not one_person.THAT_CHILD.search(one_person.with_people(plain(text))):
        return found
    before = refused(conversation[-1], conversation[:-1], holdings)
    return before if before and before.reason in (Reason.A_CHILD, Reason.A_CASE) else None


_START = r"(?:^|[.;:!?]\s*|,\s*|\b(?:and|then|please|can you|could you|would you|will you|i want you to|i'd like you to|go ahead and|now|just)\s+)"
_ORDERED = re.compile(
    r"(?i)\b(?:as (?:the|an?|your) [\w' -]{2,40}?,?\s+)?i (?:hereby )?(?:instruct|order|direct|authori[sz]e|command|ask|require|need|request|tell|want) you to(?=\s)"
)
_CHANGE = re.compile(
    rf"{_START}(?P<verb>(?:re-?(?=mark|assign|rate|set|open|name))?(?:mark|set|change|update|edit|delete|amend|correct|assign|rename|reopen|close|approve|cancel|extend|postpone|move|overwrite"
    r"|replace|reset|record|log|tick off|sign off|push back|insert|add|remove|turn|switch|make|fix|flag|save|archive|re-?rate|upload))\s+"
    r"(?P<object>(?:up\s+)?(?:all|every|the|this|that|these|those|its|their|it|them|both|everything|action|actions|row|rows|ref|[a-z]{0,3}\d[\w.]*|an?|my|due|owner|status|\w+ (?:actions?|rows?|plan))\b(?:[^?.!;]|\.(?=\d))*)"
)
_TARGET = re.compile(
    r"\s+(?:as|to|into|from|with|on|out of)\s+(?!the\s+(?:plan|register)|all\b)[^.?!;,]*?(?=\s+(?:and|then|,)\s+(?:then\s+)?(?:give|tell|show|list|what|how|which|report|count|send)\b|[.?!;]|$)"
)
_NOT_A_CHANGE = re.compile(
    r"^(?:add up|update (?:me|us)|make (?:a )?(?:list|table|sense)|move on|make sure|set out|record of|log of|flag up|fix on)\b"
)
_ASK_ON = re.compile(r"\s+(?:and|then)\s+(?:then\s+)?(?=(?:give|tell|show|list|what|how|which|report|count|send)\b)")
_ONLY_ASKING = re.compile(
    r"(?i)^(?:please|can you|could you|would you|will you|i want you to|go ahead and|and|then|now|just)(?:\s+(?:please|now|just))*$"
)
_WIDENING = frozenset({"add", "remove", "move", "switch", "change", "replace", "make"})
_SETTING = re.compile(r"\b(?:as|to|from the (?:plan|register))\b")


def change_requested(question: str, following_up: bool) -> tuple[str, str]:
    """The question without the request to change something that it makes, and the words of that; none where it makes
    none.

    Args: following_up, True after an earlier question: "add the ambers" then widens that question and changes nothing.
    """
    text = _ORDERED.sub("please", question)
    low = plain(text)
    match = _CHANGE.search(low)
    if not match or _NOT_A_CHANGE.match(low[match.start("verb") :]):
        return question, ""
    if following_up and match["verb"] in _WIDENING and not _SETTING.search(match["object"]):
        return question, ""
    start, end = match.start("verb"), match.end()
    tail = _ASK_ON.search(low, start, end)
    clause_end, rest = (tail.start(), tail.end()) if tail else (end, end)
    clause = text[match.start("object") : clause_end]
    target = _TARGET.search(plain(clause))
    kept = (clause[: target.start()] + clause[target.end() :] if target else clause).strip()
    asked = _ONLY_ASKING.sub("", f"{text[:start]} {text[rest:]}".strip(" ,.;")).strip()
    return f"{kept}. {asked}".strip(" .") if asked else kept, text[start:clause_end]


# ---------------------------------------------------------------- hidden characters, markup and instructions to the assistant


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
