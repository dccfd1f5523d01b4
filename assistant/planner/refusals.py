"""Questions that this assistant does not answer: about a child, an officer's worth, a grade, a case, or something else."""

import re
from collections.abc import Sequence

from assistant.lexicon import any_of, choice, plain
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.planner import one_person
from assistant.planner.holdings import Holdings
from assistant.planner.told import ONE, POINTS, parted, points_out
from assistant.planner.told_of import PEOPLE, speaks_of_things
from assistant.planner.wording import phrases

_STAFF = rf"(?:(?:social |service |team )?{any_of('posts')}|teams?|owners?|staff|people|person|employees?|individuals?)"
_JUDGES_STAFF = phrases(rf"""
    (?:who|whom|which|what|whose)\b[^?]{{0,40}}\b(?:blamed?|fault)(?! culture)
    (?:to blame|blame (?:the|for|on)|at fault|culprit|guilty|culpable|scapegoat)
    (?:is|are|was|were|how)(?: [\w'-]+){{0,8}} (?:any good|good enough|competent|incompetent|useless|lazy|hopeless|capable|up to (?:the|their|his|her) job|fit for|trustworthy|doing (?:a|an|their|his|her) (?:good|bad|poor|decent|proper)?\s?job|good at (?:their|his|her) job)
    how (?:good|bad|competent|effective|capable)(?: (?:is|are|was|were))(?: [\w'-]+){{0,4}} {_STAFF}
    (?:rate|score|grade|judge|assess|appraise|evaluate) (?:them|him|her|(?:the|our|my|each|these|those|every|all)(?: [\w'-]+){{0,3}}? {_STAFF})\b(?: [\w'-]+){{0,4}}
    (?:(?:out of|from (?:one|1|0|zero) to) (?:ten|10|five|5|100)|marks out of)
    (?:rank|league table|order|sort)(?: (?:of|for))?(?: [\w'-]+){{0,4}} (?:by performance|from best|worst|{_STAFF} (?:by|from|in order of))
    (?:rank|ranking of|league table of|name and shame)(?: [\w'-]+){{0,3}} {_STAFF}
    (?:who|(?:which|what)(?: [\w'-]+){{0,2}} {_STAFF})(?: [\w'-]+){{0,3}}? (?:is|are|was|were|has been|have been)(?: the)?(?: \w+)? (?:best|worst|weakest|poorest|slowest|laziest|strongest|least competent|most incompetent|failing|underperforming|incompetent|negligent|not pulling|useless|letting \w+ down|performing (?:best|worst|badly|poorly|well))
    (?:best|worst|weakest|poorest|slowest|laziest|strongest|underperforming|failing|incompetent|lazy)(?:[- ]performing)? {_STAFF}
    (?:who|which {_STAFF})(?: \w+)? (?:should|ought to|must|needs to)(?: \w+)? (?:be )?(?:sacked|fired|dismissed|disciplined|resign|go|removed|promoted|praised|suspended|held to account)
    (?:should|must|is|are|was|were|has|have|does|do|did)(?: [\w'-]+){{0,6}} (?:resign(?:ed)?|sacked|fired|dismissed|disciplined|corrupt|to be trusted|(?:a )?(?:bully|racist|sexist|liar)|deserves?(?: \w+)? (?:promotion|bonus|pay rise))
    (?:sack|fire|dismiss|discipline)(?: [\w'-]+){{0,3}} {_STAFF}
    performance of (?:the )?(?:individual|each|our)(?: [\w'-]+)? {_STAFF}
""")
_PREDICTS_GRADE = phrases(r"""
    (?:predict|forecast|guess|estimate|bet|what are the (?:odds|chances))(?: [\w',-]+){0,12} (?:ofsted|grades?|judge?ments?|inspections?|ratings?|outstanding|inadequate|requires improvement)
    (?:ofsted|inspectors?|hmi|the next inspection)(?: \w+){0,3} (?:will|would|going to|likely to|might|could|be likely|probably)
    (?:will|would|could|might|can|are|is)(?: [\w',-]+){0,8} (?:get|be (?:rated|judged|graded|given)|achieve|be|pass|fail|ready for|(?:going|likely) to (?:get|be|pass|fail))(?: \w+){0,3} (?:good|outstanding|inadequate|requires improvement|ri|inspection|inspectors|ofsted)\b
    (?:what|which)(?: \w+){0,2} (?:grade|judge?ment|rating|result|outcome)s?(?:(?: [\w',-]+){0,8} (?:ofsted|inspection|inspectors)| (?:will|would|might|could|shall|are|is|do)(?: [\w',-]+){0,6} (?:get|be given|receive|achieve|earn|expect))
    (?:how|what)(?: \w+)? (?:would|will|might|could|is|are)(?: \w+)? (?:ofsted|inspectors?)(?: \w+){0,2} (?:rate|grade|judge|score|say|think|give|make|find)
""")
_PAST = re.compile(
    r"\b(?:did|was|were|judged|found|said|previous|last|in 20\d\d|reported|hopes?|aims?|ambitions?|targets?)\b"
)
_OPINION = phrases(r"""
    (?:do|don't|would|did) you (?:think|believe|feel|reckon|agree|recommend|suggest|like|trust|prefer)
    (?:in|what(?:'s| is| do)?) (?:your|you) (?:opinion|view|verdict|judge?ment|think)
    (?:is|are|was)(?: [\w'-]+){0,6} (?:any good|good enough|a good plan|a bad plan|fit for purpose|a failure|a success|a shambles|rubbish|failing children|trustworthy|realistic|ambitious enough|value for money)
    (?:which|what) (?:council|authority|plan|borough|service|department) (?:is|has|does)(?: \w+){0,2} (?:better|best|worst|worse|the best|the worst|doing better|safest|failing|stronger|weaker)
    (?:is|are|does) (?!it\b|that\b)[\w ']+ (?:better|worse|safer) than\b
    should (?:we|the council|members|i) (?:trust|believe|vote|support|reject|approve)
""")
_OTHER_TASK = phrases(rf"""
    (?:draft|write|compose|prepare|create|generate|produce|make up|pen|type up|help me (?:write|draft))(?: me| us| up)?(?: [\w'-]+){{0,4}} {any_of("other_writings")}\b
    (?:python|javascript|java|sql|html|css|bash|powershell|vba|excel formula|regex|api key)\b
    (?:scrape|hack|crack|download)(?: [\w'-]+){{0,4}} (?:website|site|password|account|system|page|data)
    (?:locked out of|cannot log ?(?:in|on)|can't log ?(?:in|on)|cant log ?(?:in|on)|forgot(?:ten)? my)\b
    {choice("desk_verbs")}(?: me| out| up)? (?:my|our|a new|the new|his|her)(?: [\w-]+){{0,2}} {any_of("desk_things")}
    translate(?: [\w'-]+){{1,12}} (?:into|to) (?:\w+)
    (?:(?:what's|whats|what is|how is|how's|will)(?: the)? weather|(?:will|is) it (?:going to )?(?:rain|snow|be sunny|be hot|be cold))
    (?:who won|who will win|football|cricket|rugby|premier league|world cup|olympics?|lottery|horoscope|star sign)\b
    (?:recipe for|how (?:do|to) (?:i )?(?:cook|bake|make a cake|fix my|reset my|repair|lose weight|get to))
    (?:tell|give|know)(?: me| us)?(?: \w+)? (?:joke|story|poem|riddle|fun fact)s?
    (?:capital|population|currency|president|king|queen|prime minister|chancellor|pope) of (?:the )?\w+
    (?:what time is it|what day is (?:it|today)|what's the (?:time|date)|what is the time)
    (?:my|our|a|another) (?:constituents?|residents?|tenants?|voters?|ward members?)(?:'s?)? [^?]*\b(?:broken|leak\w*|damp|mould|boilers?|heating|repairs?|noise|nois\w+|rubbish|bins?|parking|potholes?|council tax|planning application|passports?|visas?)\b
    who (?:do|can|should|would|must) (?:i|we|they) (?:chase|ring|call|phone|contact|e-?mail|speak to|talk to|complain to|see)(?: [\w']+){{0,3}} (?:in|at|about|for|over) (?:the )?(?:repairs?|boilers?|council tax|refuse|bins?|parking|highways|potholes?|noise)\b
    (?:how do i|how can i|where do i|can i) (?:apply for|claim|book|pay|register for|get a|report a|renew|become)
    (?:book|order|buy|reserve) (?:me )?(?:a|an|some|the) (?:table|flight|taxi|room|ticket|pizza|coffee|meeting room)
    (?:solve|calculate|compute|integrate|differentiate)(?: [\w'+*/^=-]+){{1,10}}
    what(?:'s| is) \d+ ?(?:[-+*/x]|plus|minus|times|divided by|% of|percent of) ?\d+
    (?:convert|how many (?:miles|kilometres|grams|pounds|inches|feet))\b
    (?:recommend|suggest)(?: me)?(?: a| an| some)(?: \w+){{0,2}} (?:book|film|movie|restaurant|hotel|holiday|song|laptop|phone)s?
    (?:who are you|are you (?:human|a robot|sentient|chatgpt)|what model are you|how are you|what's your name|what is your name)
""")
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
