"""Questions that this assistant does not answer: about a child, an officer's worth, a grade, a case, or something else."""

import re
from collections.abc import Sequence

from assistant.lexicon import plain
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.planner import one_person
from assistant.planner.holdings import Holdings
from assistant.planner.told import ONE, POINTS, parted, points_out
from assistant.planner.told_of import PEOPLE, speaks_of_things
from assistant.planner.wording import phrases

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
