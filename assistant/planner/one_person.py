"""Questions about one child, family or household, or about the asker: by what singles somebody out, or by a name."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from rapidfuzz import fuzz, process

from assistant.grammar import is_english, parsed
from assistant.lexicon import any_of, choice, plain
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.planner.holdings import Holdings
from assistant.planner.wording import FUNCTION_WORDS, QUESTION_WORDS, phrases

_NAMED, _MAYBE, _THE, _BOY, _THEM, _MINE, _HIS, _ANY, _LAD, _MANY = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f"
"""Stand in a question for the name of a person that no plan holds; for one of somebody or something else; for "the
child", "the boy" and "the children"; for "my child", "his child"; for "child", "boy" and "children" of no such word."""
_PERSON = re.compile(
    rf"(?<![\w-])(?:(?P<child>{choice('one_child')})|(?P<young>{choice('one_youngster')})|(?P<close>{choice('close_family')})"
    rf"|(?P<many>{choice('several_children')})|(?P<kin>{choice('one_of_kin')}))(?![\w-])(?! in need\b)"
)
_ALL = f"{_THE}{_BOY}{_THEM}{_ANY}{_LAD}{_MANY}"
_NO_NOUN = rf"(?<![a-z\d{_ALL}]\s)"
_MARKS = {
    "my": _MINE * 5, "his": _HIS * 5, "our": f"{_MINE * 2}{_MANY * 2}{_MINE}",
    "the": f"{_THE}{_BOY}{_THE}{_THEM}", "a": f"{_ANY}{_LAD}{_MANY * 2}",
}  # fmt: skip
"""For each word before, the marks of the kinds of people in the order of `_PERSON`."""
_BEFORE = re.compile(
    r"\b(?:(?P<my>my|(?:our|his|her|their|an?|the)(?: [\w-]+)? (?:neighbour|friend|sister|brother|partner|ex|colleague|next door)s?'s?)"
    r"|(?P<our>our)|(?P<his>his|her|their)|(?P<the>the|this|that|those|these)|(?P<a>an?|one|some|any|which|what|whose|two|three|each|every))"
    rf"(?: (?!(?:{'|'.join(FUNCTION_WORDS)})\b)[\w'-]+){{0,3}} $"
)
_GOES_ON = re.compile(r"[ -](?!(?:one|two|three|four)\b|\w+s (?:up|out|me|us|him|her|them|his|their|our|my|an?)\b)\w")
_DEAD = re.compile(r"\b(?:dead|deceased|murdered|drowned|stabbed|raped|trafficked)\b")


@lru_cache(maxsize=512)
def with_people(low: str) -> str:
    """A question in plain form with a mark in place of each child, family or relative that it speaks of, with the words
    that say whose or which. What is a part of a longer name is no child: "child protection"."""
    ends = {token.end: token for token in parsed(low)} if _PERSON.search(low) else {}
    for match in reversed([*_PERSON.finditer(low)]):
        token, before = ends.get(match.end()), _BEFORE.search(low[: match.start()])
        word, kind = (before.lastgroup if before else "") or "a", list(_PERSON.groupindex).index(match.lastgroup or "")
        longer = token and token.role in ("compound", "nmod", "amod", "npadvmod") and _GOES_ON.match(low, match.end())
        if not longer and (mark := _MARKS[word][kind : kind + 1]):
            start = match.start() if before is None else before.end("a") + 1 if word == "a" else before.start()
            mark = _BOY if mark == _THE and _DEAD.search(low[start : match.start()]) else mark
            low = f"{low[:start]}{mark}{low[match.end() :]}"
    return low


_ONE = rf"(?:[{_THE}{_BOY}{_MINE}{_HIS}]|(?:an?|one|some) [{_ANY}{_LAD}])(?!')"
_SOME = rf"(?:{_ONE}|[{_THEM}](?!'))"
_DID = r"(?:\w+ly )?(?:was|were|had|has|got|died|went|ran|runs|keeps|kept|fell|made|told|said|left|came|lost|broke|hurt|\w{3,}ed)"
_DOORS = (
    r"(?:next door|(?:placed|living|staying) with (?:me|us)|(?:(?:down|up) the|(?:down|up|on|in|at|from|of|off) (?:one of )?(?:my|our)) (?:street|road|stairs|landing|block|close|cul-de-sac)\b|on the (?:corner|landing)\b"
    r"|(?:at|in) (?:number|no\.?|flat|house) \d+|upstairs|downstairs|(?:over|across) the (?:road|street|hall)|\w+ doors (?:down|up|along|away)|i know|i (?:saw|met|teach|foster)"
    r"|(?:above|below|under|opposite|beside|behind|near|next to|across from) (?:me|us)\b|(?:by|near|behind|opposite|at) the (?:canal|river|park|church|station|shops?|railway|pub|bridge|corner|garage|bus stop|end of)\b)"
)
_WRITTEN = (
    r"(?:(?:in|from|of|behind) (?:the|this|that|your|our|an?) (?:[\w-]+ ){0,2}(?:case(?: stud(?:y|ies))?|review|report|story|news|audit|incident|inquiry|inquest|photo|picture|example|paper|letter)s?"
    r"\b(?! (?:meeting|conference|process|team|panel|file|record))|in (?:action|row|ref|recommendation|line|page|case|placement|home|room) [a-z]{0,2}\d[\w.]*|of (?:the|our|my) (?!year|month|week|day|past)\w+)"
)
_TOLD = r"(?:names?|initials|identit(?:y|ies)|address(?:es)?|date of birth|dob|age|school|whereabouts|home|details|injur(?:y|ies)|bruis\w+|death|murder|killing|case files?|story|family|background|history|nhs number|upn)"
_SERVICE = r"(?:[\w-]+ )?(?:support|work\w*|services?|hubs?|centres?|teams?|leads?|officers?|champions?|ambassadors?|advocates?|groups?|clubs?|homes?|projects?|panels?|boards?)\b"
SINGLED_OUT = phrases(rf"""
    {_BOY}
    {_MINE}
    an? {_LAD} (?:who|that|called|named)\b
    {_THE}(?: (?:mentioned|described|referred to|spoken of|talked about|named|placed|living|shown|lives?|lived|is|are))? (?:{_WRITTEN}|(?:who|that|which) {_DID}\b|whose|with (?:the|an?|his|her) (?:\w+ )?(?:arm|leg|skull|rib|eye|face|finger|wrist|hair|accent|scar|tattoo|mother|father|mum|dad|brother|sister)s?\b|the \w+ (?:\w+ )?(?:was|is) about)
    (?:[{_ALL}]|someone|somebody|people|(?:the|an?) (?:man|woman|couple|lady))(?: [\w'-]+){{0,3}} {_DOORS}
    (?:[{_THE}{_ANY}{_LAD}]|someone|somebody|an? (?:man|woman|couple|lady))(?: [\w'-]+){{0,3}} (?:{_DOORS}|(?:on|in|at|from) (?:one of )?(?:my|our) (?:school|class|estate|ward|church|club|group|team|home|caseload)\b)
    next door'?s?\b[^?]*(?:[{_ALL}]|\b(?:they|them)\b)
    (?:who|which one)(?:'s| is| was| were| are)? (?:[{_THE}{_THEM}{_ANY}{_LAD}](?=\W*$| (?:who|that|in|from|mentioned|described|with|called|referred|at|on|was|is|were)\b)|[{_ALL}][^?]{{0,60}} (?:is|was|were|are)\W*$)
    [{_ALL}][^?]{{0,80}}\b(?:who|which one) (?:it|he|she|they|that) (?:is|are|was|were)\W*$
    (?:which|what) (?:{_LAD}|{_ANY} (?:is|went|keeps?|goes|runs|gets|lives|needs|does|did|the|this|row|action|{_DID})\b|{_MANY}(?: [\w'-]+){{0,6}}? {_WRITTEN})
    (?:which|who)(?: one)? of {_THEM} {_DID}\b
    who(?:'s| is| was) (?:the|this|that) (?:[\w-]+ ){{0,2}}(?:offender|paedophile|attacker|rapist)
    who (?:(?:made|raised) (?:the|that|this|an?) (?:allegation|disclosure|complaint|accusation)|(?:lives?|lived|is living) (?:at|in|on) (?:the|that|this|number|flat|\d))
    {_NO_NOUN}who (?:kept|keeps|went|goes|ran|runs) (?:going )?(?:missing|away)
    {_NO_NOUN}who (?:reported|grassed|shopped|rang|phoned|referred|called|abused|hurt|hit|killed|murdered|raped|groomed|assaulted|attacked|neglected|injured|exploited|trafficked) (?:\w+ )?(?:(?:the|this|that|an?|those|these|her|him|them|me|us)\b|[{_THE}{_BOY}{_THEM}{_HIS}])
    {_NO_NOUN}whose [{_ANY}{_LAD}{_MANY}](?!')
    (?:{_TOLD} (?:of|to|on)|how old (?:is|was)|(?:name|identify|unmask|point out|trace|find|locate|describe)(?: me)?) (?:[{_THE}{_BOY}{_THEM}]|(?:any|each|all|every) [{_ANY}{_LAD}{_MANY}])(?!')
    (?<!how\sare\s)[{_THEM}{_MANY}{_LAD}](?:'s?)?(?: \w+)? (?:names?|addresses|case files|records by name)
    [{_ALL}][^?]* (?:by name|with (?:their|the) (?:names|addresses|dates of birth|initials|nhs numbers))
    [{_THE}{_BOY}]'s {_TOLD}
    (?:print|show|see|read|give|send|get|open)\b[^?]{{0,20}}\b(?:case|contact|visit|session) notes\b(?! audit)
    (?:do|does) (?:you|anyone|anybody|the plans?) know (?:of |about )?{_ONE}
    (?:is|was|has|had|did|does|are|were) (?:(?:he|she)\b[^?]*\b(?:care|foster \w+|placement|placed|adopted|custody|social worker)\b(?! plans?\b)|(?:he|she|they)\b[^?]*{_HIS})
    (?:(?:whether|if) (?:he|she) (?:is|was|has been)|(?:check|tell me|find out|look up|see) (?:whether|if) they are|(?:is|was|has) (?:he|she)(?: been)?)(?: \w+)? (?:known to|open to|on a (?:plan|register)|in care|looked after)\b
    (?:where|how|why|when) (?:does|do|did|is|was|were|had|has) {_THE} (?:live|go|attend|now|placed|die|get|run|end up|come|leave|lose|hurt|killed|injured|taken|removed|found|born)\b
    (?:tell me about|more about|what happened to) {_THE} (?:who|that|in|at|on|from|with)\b
    [{_ALL}] (?:stabbed|killed|found|murdered|shot|attacked|drowned) (?:in|at|on|near|by|last|outside)\b
    (?:am|was|were) i (?:still |ever )?(?:on|in|mentioned|named|listed|known)\b
    (?:anything|something|have|hold|held|written|said|know|file|notes|records?|plans?)\b[^?]{{0,30}}\b(?:about|on) me(?=\W*$)
    (?:(?:is|was) my name|my (?:neighbours?|file|records|court \w+|social worker|care (?:plan|order)|pathway plan|placement|birth \w+))
    i (?:was|grew up|am|have been|'ve been)(?: \w+)? (?:in (?:foster )?care|adopted|fostered|looked after)\b
    one of my (?:[\w-]+ )?(?:tenants|patients|players)
    (?:i|we)(?:(?:'m| am|'re| are) (?:an?|the) (?:[\w-]+ )?(?:guardian|childminder|teacher|tutor|nan|neighbour|{_ANY})|(?: am| are|'m|'re)? (?:foster|fostering|adopted|adopting|teach|teaching|care for|caring for|look after|looking after))[^?]*(?:\b(?:his|her|he|she|him|they|their|them)\b|{_HIS})
    (?:who|anyone|someone|an? [{_ANY}{_LAD}])[^?]{{0,20}} (?:in|from) (?:year|class|form) \d+
""")
"""Who is singled out, and the asker's own."""
_HURTS = (
    r"(?:hit|hurt|harm|beat|starv|abus|touch|rap|neglect|groom|slap|punch|kick|smack|burn|chok|shak|bit|threaten|assault|molest"
    r"|bull(?=y|ied)|exploit|lock|scream|shout|cut|kill|attack|traffick)(?:[bptm]?(?:e?s|ed|en|ing)|e|y|ied|ying)?"
)
HURTS = re.compile(rf"\b{_HURTS}\b")
_BEING = r"(?:is|are|was|were|being|been|gets?|getting|got)(?: being| been)?"
_ENDS = r"(?=\W*$|[.,;!?]| (?:and|but|so|because|what|who|when|where|every|all|again|with|at|on|in|out|up|from|to)\b)"
HARM = phrases(rf"""
    (?<!when\s)(?<!if\s)(?<!where\s)(?<!that\s)(?:(?:(?:my|our|his|her|their|the|that|this|(?<!like\s)a)(?: [\w'-]+){{0,2}} {any_of("adults")}|(?:[{_THE}{_BOY}{_THEM}{_MINE}{_HIS}]|(?<!like\s)\ba [{_ANY}{_LAD}])(?:'s)?)(?: [\w'-]+){{0,3}}|{_NO_NOUN}(?:{_ANY}|(?:step)?(?:mum|dad)|mummy|daddy)|some(?:one|body)(?: [\w'-]+){{0,4}}|he|she|they) (?:(?:is|was|are|were|has|have|been|keeps?|kept|always|often|just|sometimes|regularly|used to) ){{0,3}}{_HURTS}(?: (?:at|up|out|off|on))? (?:{_SOME}|(?:me|us|him|them)\b(?! (?:to|about))|her{_ENDS})
    (?:i|we) (?:\w+ )?(?:think|believe|suspect|fear|know|reckon|saw|see|heard|hear|noticed|found|witnessed)(?: [\w'-]+){{0,2}} {_ONE}(?: [\w'-]+){{0,4}} (?:{_BEING} {_HURTS}|{_BEING} (?:unsafe|not safe|in danger|at risk|alone|hungry))
    (?:(?:bruis\w+|marks?|burns|cuts|injur\w+)(?: \w+)? on|(?:i'm|i am|im|we're|we are) (?:\w+ )?(?:worried|concerned|scared|afraid|frightened) (?:about|for|that)) {_ONE}
    {_ONE}(?: [\w'-]+)? (?:(?:told|tells) me|disclosed(?: to)? (?:me|us))
    (?:i|i'm|i am|im|i've|i have)(?: [\w'-]+){{0,4}} (?:{_HURTS} myself|run(?:ning)? (?:away|off){_ENDS}|(?:end|ending|take|taking) my(?: own)? life|suicidal|to die)
    (?:i'm|i am|im|i was|i got|i get|i keep|i've|i have)(?: \w+)? (?:(?:being|been|getting) )?(?:abused|raped|hit|beaten|bullied|groomed|exploited|hurt|assaulted|molested|trafficked|neglected|threatened|touched)
    (?:i'm|i am|im) (?:too )?(?:scared|afraid|frightened) (?:to go|of (?:my|him|her|them)|at|in)\b
    i (?:don't|do not|dont|never) feel safe
    (?:how|who|where) (?:do|can|should|would) i (?:report|tell|raise|refer)(?: [\w'-]+){{0,3}} (?:(?:abuse|neglect|harm)(?=\W*$| (?:of|by|to)\b)|(?:concern|worry|worries|concerns) (?:about|for) {_ONE})
    (?:i'm|i am|im|as)(?: only| just)? (?:a [{_ANY}{_LAD}](?: in (?:foster )?care)?|(?:[5-9]|1[0-7])(?: (?:years?|yrs?)(?: old)?| yo)?)(?=\W*$|,? (?:and|but|so|who|can|where|how) )
    (?:a|one|some) {_LAD}(?:,? (?:of|aged))? \d+ (?!who|that)[^?]*\b(?:his|her|him|she|he)\b
""")
"""Somebody tells that a child is harmed, or of themselves as a child."""
_GROWN = re.compile(rf"\b{any_of('adults', 'grown')} (?:told|tells)\b(?![^?.;:]*\b{_HURTS}\b)")


def tells_of_harm(low: str) -> bool:
    """Whether a question in plain form tells that a child is harmed; what an adult tells of something else is no harm."""
    return bool(HARM.search(with_people(_GROWN.sub("somebody said to", low))))


_A_CHILD = choice("one_child", "one_youngster")
_AGED = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven)teen)[ -](?:year|yr|month|week)s?[ -]olds?"
_STREET = r"(?:street|road|avenue|lane|crescent|terrace|gardens|grove|close|court|drive|square|estate|house|way|walk|hill)(?=\W*$|[?.,]| (?:known|is|are|was|has|have|open|on|in|and|who)\b)"
_NUMBER = r"(?:nhs (?:number|no|num|id)|upn|unique pupil (?:number|no|id)|date of birth|d\.?o\.?b|birth ?(?:date|day))"
IDENTIFIES = phrases(rf"""
    (?:{_NUMBER}|born)\b[^?\d]{{0,20}}\d{{1,2}}(?:st|nd|rd|th)?[ ./-](?:of )?(?:\d{{1,2}}|[a-z]{{3,9}})[ ./-](?:19|20)?\d\d
    \d{{3}}[ -]?\d{{3}}[ -]?\d{{4}}
    [a-z]\d{{11}}[a-z\d]
    (?:what|whats|what's|give|tell|find|look up|show|get|need)\b[^?]{{0,30}}\b(?:{_NUMBER} (?:of|for) (?!(?:all|each|every|any|children|pupils)\b)(?:the|this|that|my|his|her|him|\w+ \w+(?<!s)\W*$)|(?:(?!child|pupil|person|people|parent)\w+'s|his|her) {_NUMBER})
    (?<!review\sof\s)(?<!review\sinto\s)(?<!review\son\s)(?:child|baby|boy|girl|family|young person) (?:[b-hj-rt-vx-z]|s(?=\W*$))(?![-&/]|(?:'s)? (?:review|case|report|lcspr|scr|recommendation|learning))
    (?:about|who is|who's|where is|happened to|of|for|by|is|has|did|was|with) (?:child a(?=\W*$|'s|,| and\b| late\b)|(?:child|baby|pupil|sibling) \d{{1,3}}(?=\W*$| (?:in|of the|from|who|known|on)\b))
    {_A_CHILD} (?:called|named|known as|by the name of) (?!for\b|in\b|to\b|out\b|on\b|up\b|back\b|off\b|by\b|at\b|an?\b|the\b|as\b)\w+
    (?:an?|the|this|that|one|our) (?:[\w-]+ )?{_AGED}(?:[ -](?:[\w-]+ )?(?:boy|girl|lad|lass|son|daughter|brother|sister)\b| (?:who |that )?(?:found|was|had|went|ran|died|\w{{4,}}ed)\b)
    (?:famil(?:y|ies)|child(?:ren)?|boys?|girls?|kids?|baby|mother|father|mum|dad|parents?|siblings?|who|someone|anyone|people|liv(?:es?|ed|ing)|happen\w*)\b[^?]{{0,40}}\b(?:at|in|on) (?:number |no\.? )?\d{{1,3}}[a-z]?,? (?:[\w']+ ){{1,3}}{_STREET}
    (?:the|this|that) (?:[\w-]+ )?{_AGED}(?! (?:children|boys|girls|group|cohort|pupils|assessment|check|review|health))\b
    (?:going on|happen\w*|visited|wrong|live[sd]?|living)(?: (?:at|in))? (?:(?:number|no\.?|flat) \d+|\d{{1,3}}[a-z]? (?:[\w']+ ){{1,3}}{_STREET})
    (?:case|child|client|pupil) (?:no\.? |number |id |ref(?:erence)? )?\d{{4,}}
    (?:the|this|that|those|these)(?: [\w-]+){{0,3}}? (?:{_A_CHILD}|siblings) (?:at|in|on|from|of|off) (?:[\w']+ ){{1,2}}(?:street|road|avenue|lane|crescent|terrace|gardens|grove|close|drive|square)\b
""")
"""What is, or stands for, one child and no other."""
_CLIENT = rf"(?:{_SOME}|(?:an?|the|my|this|that|our|his|her|their) (?:[\w-]+ )?(?:case|client|referral|disclosure)\b(?! (?:audits?|files?|records?|stud(?:y|ies)|loads?|conferences?|actions?|plans?|work\w*|notes)))"
CASE = phrases(rf"""
    (?:(?:should|shall|must|ought) (?:i|we|you|they|the social worker)|(?:can|could|may|do) i(?! become\b))(?: [^\s?]+){{0,9}} (?:{_CLIENT}|(?:a|the|my|this|that|our|him|her|them|his|their) (?:home|care order|proceedings|police)\b(?! \w+ actions))
    (?:(?:i have|i've got|i've|there is|there's|i am working with|i'm working with|we have|dealing with)(?: got)?|what (?:(?:should|would|can|shall) (?:i|we|you)|do i) (?:do|say|advise)(?: [\w'-]+){{0,3}} (?:about|with|if|when|for|to)|(?:advice|advise(?: me)?|guidance|help)(?: me)? (?:on|about|with)) {_CLIENT}
    (?:my|this|our) (?:case|client)s?
    is it safe (?:to|for)(?: [^\s?]+){{0,12}} (?:[{_ALL}{_MINE}{_HIS}]|home)
    (?:remove|take|return) {_SOME}(?: [\w'-]+){{0,5}} (?:from|into|to|home)
    (?:does|do|would|is) {_CLIENT} (?:meet|reach|need|qualify|count)
""")
AT_WORK = re.compile(
    rf"(?i)\b(?:my|our|his|her|their) (?:[\w-]+ )?(?:{choice('one_of_kin', 'close_family')}|mother|father|mum|dad) "
    rf"(?:(?:is|was|used to be|has been|became) (?:an?|the) (?:(?!(?:an?|the|with|without|of|and|who|whose|for|in|to|by|under)\b)[\w-]+ ){{0,3}}?{any_of('posts')}\b(?!['’])"
    r"|(?:works?|worked|used to work|is working|has worked|used to teach|teaches|taught) (?=(?:in|for|at|as)\b))"
)
"""A relative with a job is no child: "my daughter is a social worker"."""
OF_SOMEBODY = re.compile(rf"[{_BOY}{_MINE}{_HIS}](?!')")
SAID_BY_AGE = re.compile(rf"\b{_AGED}")
_COMMON_NAMES = frozenset((Path(__file__).parents[1] / "data/common-names.txt").read_text(encoding="utf-8").split())
"""First names and surnames, but those that are words as well."""
_CALLED_AFTER = re.compile(
    rf"(?:['’]?s? (?i:law|rule|act|principles?|inquiry|inquest)|(?: [A-Z]\w+)? (?:Trust|Award|Fund|Day|(?i:{any_of('named_after')})))\b"
)
"""What is named after a person has its kind behind the name."""
_AS_OF_A_CHILD = phrases(rf"""
    (?:the|this|that) [{_NAMED}{_MAYBE}] (?:family|household)(?! {_SERVICE})
    (?:little|baby|young) {_NAMED}
    [{_NAMED}{_MAYBE}](?:'s|s'|') (?:[a-z]+ )?{any_of("of_one_child")}\b(?! {_SERVICE})
    [{_NAMED}{_MAYBE}](?:,? who)?[,(]?(?: ?\b(?:is|was|turned|aged?|now|only|just|nearly))* ?\(?(?:1?\d|2[0-5])(?=\W*$|[,;.?!)]| (?:and|years?|yrs?|or|who|in|living|from|but)\b)
    [{_NAMED}{_MAYBE}],? who(?:'s| is| was| has| had| went| keeps?| lives?)\b
""")
"""Of whom is told as of a child or a family: whose household, placement or parents, how old."""
_TITLE = r"(?:cllr|councillor|mayor|dr|prof|professor|sir|dame|lord|lady|baroness|judge|justice|saint|st|king|queen|prince|princess|minister|rev)"
_WORKS = (
    r"(?:own|lead|led|responsible|accountable|deliver|finish|complet|work|late|overdue|behind|due|chair|sign|wr[oi]te|written"
    r"|miss(?:ed)? (?:a|any|the|her|his|their)\b)"
)
_AS_AN_OWNER = phrases(rf"""
    (?:(?:owned|led|run|done|delivered|held|written|signed(?: off)?|chaired|sponsored|approved|presented|set|made|reported)(?: \w+ly)?|reviews?|reports?|inquiry|foreword|book) (?:by|of) {_NAMED}
    (?:assigned|given|allocated|belong(?:s|ing)?|answer(?:s|ing)?|accountable|down|fall(?:s|ing)?) (?:to|with) {_NAMED}
    (?:with|has|have|as|like|name|names|naming|list|lists) {_NAMED} (?:as|for|in)(?: (?:an?|the|its|their))? (?:\w+ )?(?:owner|lead|sponsor|responsible)\w*
    (?:owners?|author|leads?|(?:{any_of("posts")}))(?: (?:is|are|called|named|of|be))?[,:=]? {_NAMED}
    (?:responsible|accountable|in charge|overdue|late|behind)(?:,|:| is) {_NAMED}
    (?:i'm|i am|this is|speaking as|for me,) {_NAMED}
    {_TITLE}\.? {_NAMED}
    {_NAMED}(?:'s|s'|')(?: (?:own|overdue|late|open|current|red|amber|green|complete[d]?|outstanding|remaining))* (?:actions?|tasks?|work|list|deadlines?|due dates?|rows?|plate|duties|jobs?|responsibilit\w+)
    {_NAMED}(?: (?:is|are|was|were|be|has|have|had|been|to|still|also|ever|not|actually|currently|now))* {_WORKS}\w*
    {_NAMED},? (?:the|our|an?)? ?(?:\w+ ){{0,3}}?(?:{any_of("posts")})
""")
"""Where a name stands as somebody's who works on the plans, wrote them or holds an office."""
_IN_A_CHAIN = re.compile(rf"{_NAMED}(?:(?:,? (?:and|or|&)|,|/) ?{_NAMED})+")


@lru_cache(maxsize=16)
def _public(holdings: Holdings) -> frozenset[str]:
    """Words of the names of councils, plans, headings and owners, which are no child's."""
    names = (name for one in holdings.sources for name in (one.authority or "", one.title, *one.owners, *one.sections))
    return frozenset(word for name in names for word in _parts(name))


def _parts(name: str) -> list[str]:
    """The words of a name in lower case and without accents."""
    bare = "".join(char for char in normalize("NFKD", plain(name)) if not combining(char))
    return re.findall(r"[^\W\d_]+(?:'(?!s?(?!\w))[^\W\d_]+)?", bare)


_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s?(?!\w))[^\W\d_]+)?")
_JOINED = re.compile(r"[ -]|\. |(?: (?:al|bin|binti|ibn|de|la|da|del|dos|van|von|ul|el|ap|ó))+[ -]", re.I)
_NO_NAME = re.compile(rf"{any_of('named_after')}|{_TITLE}|{choice('strange_places')}|(?-i:Trust|Award|Fund|Day)", re.I)


def _sort(word: str, holdings: Holdings) -> str:
    """A mark for what a word may be in a name: of a person; strange, that is neither English nor said by a plan in small
    letters; or a word of English written as a name, which is `_ENGLISH`. Nothing for what is no name."""
    parts, written = frozenset(_parts(word)), word[:1].isupper() and not word.isupper()
    bare = parts | {one.removesuffix("s") for one in parts if not is_english(one)}  # "jaydens"
    if parts & FUNCTION_WORDS or not _public(holdings).isdisjoint(parts) or _NO_NAME.fullmatch(word):
        return ""
    if not _COMMON_NAMES.isdisjoint(bare) and holdings.said.isdisjoint(parts):
        return _NAMED
    known = not holdings.said.isdisjoint(parts) or not QUESTION_WORDS.isdisjoint(parts) or any(map(is_english, parts))
    return (_ENGLISH if known else _MAYBE) if written else ""


_NEAR: dict[str, Any] = {"scorer": fuzz.ratio, "score_cutoff": 75}
_SHORT = re.compile("[b-df-hj-np-tv-xz]+")
_ENGLISH = " "
_AT_A_PLACE = re.compile(r"\b(?:in|at|near|across|around|within) $")
_OF_A_HOME = re.compile(r" (?:family|household)\b")


_SIGNED = re.compile(
    r"(?:^|[\s,.;!?–—-]+)(?i:(?P<formal>(?:(?:kind|best|warm)(?:est)? )?(?:regards|wishes)|yours(?: \w+)?|all the best)|(?:(?:many|with) )?thanks|thank you|cheers|ta)"
    rf"[\s,.!;–—-]+(?P<name>(?P<title>(?i:{_TITLE}|mrs?|ms|miss)\.? )?[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){{0,3}})(?:,? (?:[A-Z][\w'’-]*|of|the|for|and|&)){{0,6}}\W*$"
)


def unsigned(text: str, holdings: Holdings) -> str:
    """A question without the name that signs it after a closing courtesy: "kind regards, Ben"."""
    if not (match := _SIGNED.search(text)):
        return text
    said = QUESTION_WORDS | FUNCTION_WORDS | holdings.said | _public(holdings)
    if not (match["formal"] or match["title"] or said.isdisjoint(_parts(match["name"]))):
        return text
    mark = re.match(r"\s*[?.!]?", text[match.start() :])
    return text[: match.start()] + mark.group().strip() if mark and match.start() else text


def _marked(text: str, holdings: Holdings) -> str:
    """The question in lower case with a mark in place of each name that is of no owner, plan or council."""
    runs: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(text):
        if sort := _sort(match.group(), holdings):
            if runs and _JOINED.fullmatch(text, runs[-1][1], match.start()):
                start, _, sorts = runs.pop()
                runs.append((start, match.end(), sorts + sort))
            else:
                runs.append((*match.span(), sort))
    said, held = plain(text), holdings.said | _public(holdings)
    for start, end, sorts in reversed(runs):
        words, after = _parts(text[start:end]), text[end:]
        strange = len(words) > 1 and {*sorts} == {_MAYBE} and not any(map(_SHORT.fullmatch, words))
        strange = strange and not all(process.extractOne(one, held, **_NEAR) for one in words)  # wrongly typed
        public = any(plain(name) == said[start:end][-len(name) :] for name in holdings.public)
        person = not public and (_NAMED in sorts or (strange and not _AT_A_PLACE.search(said[:start])))
        if ({*sorts} != {_ENGLISH} or _OF_A_HOME.match(after)) and not _CALLED_AFTER.match(after):
            said = f"{said[:start]}{_NAMED if person else _MAYBE}{said[end:]}"
    return said


_TOLD_OF = re.compile(rf"\b(?:about|regarding|concerning|behalf of) (?:[\w'-]+ )?[{_NAMED}]")


def named(text: str, holdings: Holdings, told: str = "") -> Decline | None:
    """Why a question about a child or a family by name is not answered, whether a plan holds the name or not; None where
    it names none, nor tells of one before. What the plans name as a council, a plan, a heading, an owner or an officer is public."""
    said = _IN_A_CHAIN.sub(_NAMED, _marked(text, holdings))
    around = _marked(told, holdings)
    if (
        _TOLD_OF.search(around)
        or any(map(_AS_OF_A_CHILD.search, (said, around)))
        or _NAMED in _AS_AN_OWNER.sub(" ", said)
    ):
        return Decline(AnswerStatus.REFUSED, Reason.A_CHILD)
    return None


THAT_CHILD = re.compile(
    rf"\b(?:he|him|his|she|hers?|himself|herself|they|them|their)\b|[{_THE}{_BOY}{_THEM}{_MINE}{_HIS}](?!')|\bit (?:is|was) an? [{_ANY}{_LAD}]"
)
