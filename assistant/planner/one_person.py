"""Questions about one child, family or household, or about the asker: by what singles somebody out, or by a name."""

import re
from functools import cache, lru_cache
from pathlib import Path

from assistant.lexicon import plain, small
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.planner.holdings import Held, Holdings
from assistant.planner.wording import phrases

_CHILD = r"(?:boy|girl|child|young person|young man|young woman|teenager|teen|kid|baby|infant|toddler|pupil|student|youngster|lad|sibling|mother|father|mum|dad|parent|family|household|carer|victim|perpetrator|abuser)"
_OWN = (
    r"(?:son|daughter|child|kid|boy|girl|lad|grandson|granddaughter|grandchild|grandchildren|grandkids|nephew|niece|brother|sister|twins|family|mum|dad|mother|father|step[- ]?son|nan"
    r"|step[- ]?daughter|godson|goddaughter|baby|little one|teenager|ex|husband|wife|partner|foster (?:child|son|daughter)|cousin|(?:youngest|eldest)(?! (?:children|residents|people|citizens)))"
)
_NO_CHILD = (
    r"(?!'s|s?'|[ -](?:(?!(?:in|from|of|on|with|at) )\w+ )?(?:protection|neglect|abuse|services?|social|in need|support|hubs?|plans?|poverty|health|care|voice|survey"
    r"|board|panel|forum|homes?|centres?|targets?|budgets?|teams?|workers?|leads?|actions?|work|safety|safeguarding|partnerships?|practices?"
    r"|audits?|files?|records?|recording|conferences?|loads?|stud(?:y|ies)|management)\b)"
)
"""What is said of a child is said of no child where one of these words stands behind it."""
_GROUP = r"(?:children|kids|babies|families|siblings|twins|brothers|sisters|boys|girls|parents|little ones|young people|care leavers|carers)"
_HOLDER = r"(?!'?s? (?:\w+ )?(?:support|work\w*|leads?|officers?|champions?|ambassadors?|advocates?|coordinators?|groups?|clubs?|homes?|services?|projects?|panels?|boards?))"
_THE = r"(?:the|this|that|those|these)(?: [\w-]+){0,3}?"
_DID = r"(?:\w+ly )?(?:was|were|had|has|got|died|went|ran|runs|keeps|kept|fell|made|told|said|left|came|lost|broke|hurt|\w{3,}ed)"
_DOORS = (
    r"(?:next door|(?:placed|living|staying) with (?:me|us)|(?:(?:down|up) the|(?:down|up|on|in|at|from|of|off) (?:one of )?(?:my|our)) (?:street|road|stairs|landing|block|close|cul-de-sac)\b|on the (?:corner|landing)\b"
    r"|(?:at|in) (?:number|no\.?|flat|house) \d+|upstairs|downstairs|(?:over|across) the (?:road|street|hall)|\w+ doors (?:down|up|along|away)|i know|i (?:saw|met|teach|foster)"
    r"|(?:above|below|under|opposite|beside|behind|near|next to|across from) (?:me|us)\b|(?:by|near|behind|opposite|at) the (?:canal|river|park|church|station|shops?|railway|pub|bridge|corner|garage|bus stop|end of)\b)"
)
_MINE = rf"(?:{_DOORS}|(?:on|in|at|from) (?:one of )?(?:my|our) (?:school|class|estate|ward|church|club|group|team|home|caseload)\b)"
_WRITTEN = (
    r"(?:(?:in|from|of|behind) (?:the|this|that|your|our|an?) (?:[\w-]+ ){0,2}(?:case(?: stud(?:y|ies))?|review|report|story|news|audit|incident|inquiry|inquest|photo|picture|example|paper|letter)s?"
    r"\b(?! (?:meeting|conference|process|team|panel|file|record))|in (?:action|row|ref|recommendation|line|page|case|placement|home|room) [a-z]{0,2}\d[\w.]*|of (?:the|our|my) (?!year|month|week|day|past)\w+)"
)
_SPOKEN_OF = (
    r"(?: (?:mentioned|described|referred to|spoken of|talked about|named|placed|living|shown|lives?|lived|is|are))?"
)
ABOUT_A_CHILD = phrases(rf"""
    {_THE} (?:{_CHILD}|siblings|twins|brothers|sisters|parents)\b{_NO_CHILD}{_SPOKEN_OF} (?:{_WRITTEN}|(?:who|that|which) {_DID}\b|whose \w+|with (?:the|an?|his|her) (?:\w+ )?(?:arm|leg|skull|rib|eye|face|finger|wrist|hair|accent|scar|tattoo|mother|father|mum|dad|brother|sister)s?\b|the \w+ (?:\w+ )?(?:was|is) about)
    (?:the|this|that|an?(?=(?: [\w-]+)? \w+ (?:who|that|called|named)\b)) (?:[\w-]+ )?(?:boy|girl|lad|teenager|toddler|infant|youngster)\b{_HOLDER}(?:.*)
    (?:the|this|that|an?|some|one|any|two|three)(?: [\w-]+){{0,3}}? (?:{_CHILD}\b{_NO_CHILD}(?: [\w'-]+){{0,3}} {_MINE}|{_GROUP}{_NO_CHILD}(?: [\w'-]+){{0,3}} {_DOORS})
    who(?:'s| is| was| were| are)? (?:the |this |that |these |those )?(?:[\w-]+ )?{_CHILD}s?(?=\W*$| (?:who|that|in|from|mentioned|described|with|called|referred|at|on|was|is|were)\b)
    who(?:'s| is| was| were| are)? (?:the |this |that |these |those )?(?:[\w-]+ )?{_CHILD}(?:s|ren)?\b[^?]{{0,60}}\b(?:is|was|were|are)\W*$
    who(?:'s| is| was| were| are)? (?:the |this |that |these |those ){_GROUP}(?=\W*$| (?:who|that|in|from|mentioned|described|with|called|referred|at|on|was|were)\b)
    who(?:'s| is| was| were| are) (?:the |this |that )(?:[\w-]+ )?(?:boy|girl|young person|young man|young woman|teenager|teen|kid|baby|infant|toddler|youngster|lad)\b{_HOLDER}(?:.*)
    (?<!how\sare\s)(?:boys?|girls?|children'?s?|kids?)\b(?: [\w-]+){{0,3}} names?(?=\W*$)
    (?<!\w\s)who (?:kept|keeps|went|goes|ran|runs) (?:going )?(?:missing|away)
    (?:which|what) (?:[\w-]+ )?(?:boy|girl|lad|teenager|toddler|infant|youngster)\b{_HOLDER}
    (?:which|what) (?:[\w-]+ )?{_GROUP}{_NO_CHILD}(?: [\w'-]+){{0,6}}? {_WRITTEN}
    (?:which|what) (?:[\w-]+ )?{_CHILD} (?:is|went|keeps?|goes|runs|gets|lives|needs|does|did|the|this|row|action|{_DID})\b
    (?:which|who)(?: one)? of (?:the|these|those) (?:[\w-]+ )?{_GROUP} {_DID}\b
    who(?:'s| is| was) (?:the|this|that) (?:[\w-]+ ){{0,2}}(?:offender|paedophile|attacker|rapist)\b{_NO_CHILD}
    the twins\b
    {_GROUP}\b[^?]* (?:by name|with (?:their|the) (?:names|addresses|dates of birth|initials|nhs numbers))
    (?:print|show|see|read|give|send|get|open)\b[^?]{{0,20}}\b(?:case|contact|visit|session) notes\b(?! audit)
    (?<![a-z]\s)whose (?:[\w-]+ )?(?:{_OWN}|{_CHILD}|children|kids)\b{_NO_CHILD}
    who (?:(?:made|raised) (?:the|that|this|an?) (?:allegation|disclosure|complaint|accusation)\b{_NO_CHILD}|(?:lives?|lived|is living) (?:at|in|on) (?:the|that|this|number|flat|\d))
    (?:do|does) (?:you|anyone|anybody|the plans?) know (?:of |about )?(?:an?|the|this|that) (?:[\w-]+ )?{_CHILD}\b{_NO_CHILD}
    (?:is|was|has|had|did|does|are|were) (?:(?:he|she)\b[^?]*\b(?:care|foster \w+|mum|dad|placement|placed|adopted|custody|social worker)|they\b[^?]*\b(?:his|her|their) (?:mum|dad|foster \w+))\b(?! plans?\b)
    (?:who (?:the|this|that)|which one) (?:[\w-]+ )?{_CHILD} (?:is|was)\b
    {_CHILD}\b[^?]{{0,80}}\b(?:who|which one) (?:it|he|she|they|that) (?:is|are|was|were)\W*$
    (?:names?|initials|identit(?:y|ies)|address(?:es)?|date of birth|dob|age|school|whereabouts|home|details|injur(?:y|ies)|bruis\w+|death|murder|killing) (?:of|to|on) (?:the|this|that|those|these|any|each|all|every)?(?: [\w-]+){{0,2}} (?:{_CHILD}s?|{_GROUP})\b{_NO_CHILD}
    (?:name|identify|unmask|point out|trace|find|locate|describe)(?: me)? (?:the|this|that|those|these|any|each|every)(?: [\w-]+){{0,2}} {_CHILD}(?:s|ren)?
    (?:the|that|this) {_CHILD}'s (?:name|address|age|school|identity|case|story|family|background|history|nhs number|upn|date of birth|dob)
    where (?:does|do|did|is) (?:the|this|that) {_CHILD} (?:live|go|attend|now|placed).*
    (?:how|why|when|where) (?:did|was|were|had|has) (?:the|this|that) (?:[\w-]+ )?{_CHILD} (?:die|get|go|run|end up|come|leave|lose|hurt|killed|injured|taken|removed|found|born)\b
    {_THE} (?:dead|deceased|murdered|drowned|stabbed|raped|trafficked) (?:[\w-]+ )?{_CHILD}\b{_NO_CHILD}
    {_CHILD} (?:stabbed|killed|found|murdered|shot|attacked|drowned) (?:in|at|on|near|by|last|outside)\b
    (?:(?:whether|if) (?:he|she) (?:is|was|has been)|(?:check|tell me|find out|look up|see) (?:whether|if) they are|(?:is|was|has) (?:he|she)(?: been)?)(?: \w+)? (?:known to|open to|on a (?:plan|register)|in care|looked after)\b.*
    how old (?:is|was) (?:the|this|that) {_CHILD}
    (?:tell me about|more about|what happened to) the {_CHILD} (?:who|that|in|at|on|from|with)\b.*
    (?<!how\sare\s){_GROUP}'?s? (?:names|addresses|case files|records by name)
""")
OF_THE_ASKER = phrases(rf"""
    (?:my|our)(?: (?:own|eldest|youngest|little|disabled|adopted|autistic|teenage|foster|two|three))? (?:{_OWN}|neighbour)s?(?!'?s? (?:services?|centres?|hubs?|social care|ward|protection|safeguarding|poverty|neglect))
    my (?:[\w-]+ )?(?:children|kids|babies|parents|foster carers?){_NO_CHILD}
    (?:my|our|their|his|her|a|the) (?:neighbours?'?s?|friend'?s?|sister'?s|brother'?s|partner'?s|ex'?s|colleague'?s)(?: \w+)? (?:{_OWN}|{_CHILD}|children|kids)
    next door'?s?\b[^?]*\b(?:{_CHILD}|{_GROUP}|they|them)
    (?:someone|somebody|an? (?:man|woman|couple|lady))(?: \w+){{0,2}} {_MINE}
    (?:people|the (?:couple|man|woman|lady))(?: \w+){{0,2}} {_DOORS}
    (?:am|was|were) i (?:still |ever )?(?:on|in|mentioned|named|listed|known)\b
    (?:anything|something|have|hold|held|written|said|know|file|notes|records?|plans?)\b[^?]{{0,30}}\b(?:about|on) me(?=\W*$)
    (?:(?:is|was) my name|my (?:file|records|court \w+|social worker|care (?:plan|order)|pathway plan|placement|birth \w+))\b{_NO_CHILD}
    i (?:was|grew up|am|have been|'ve been)(?: \w+)? (?:in (?:foster )?care|adopted|fostered|looked after)\b
    who (?:reported|grassed|shopped|rang|phoned|referred|called|abused|hurt|hit|killed|murdered|raped|groomed|assaulted|attacked|neglected|injured|exploited|trafficked) (?:\w+ )?(?:the|this|that|an?|those|these|her|him|them|me|us)\b
    one of my (?:[\w-]+ )?(?:pupils|students|tenants|patients|players|{_GROUP}){_NO_CHILD}
    (?:i|we)(?:(?:'m| am|'re| are) (?:an?|the) (?:[\w-]+ )?(?:carer|guardian|childminder|teacher|tutor|nan|neighbour)|(?: am| are|'m|'re)? (?:foster|fostering|adopted|adopting|teach|teaching|care for|caring for|look after|looking after))\b[^?]*\b(?:his|her|he|she|him|they|their|them)\b
    (?:who|anyone|someone|an? (?:child|pupil|boy|girl|lad))\b[^?]{{0,20}}\b(?:in|from) (?:year|class|form) \d+
""")
_ONE = rf"(?:an?|the|this|that|one|some|my|our|his|her|their)(?: [\w-]+)? (?:{_OWN}|{_CHILD}|lass)\b{_NO_CHILD}"
_SOME = (
    rf"(?:an?|the|this|that|my|our|his|her|their)(?: [\w-]+)? (?:{_OWN}|{_CHILD}s?|children|kids|babies)\b{_NO_CHILD}"
)
_ADULT = (
    rf"(?:{_OWN}|{_CHILD}|step(?:dad|mum|father|mother)|(?:boy|girl)?friend|neighbours?|man|men|woman|women|bloke|guy|lady|couple|people"
    r"|uncle|aunt(?:ie)?|nan|gran(?:ny|dad)?|teacher|tutor|coach|landlord|boss|colleague|worker|stranger|lodger|vicar|babysitter|childminder)"
)
_HURTS = (
    r"(?:hit|hurt|harm|beat|starv|abus|touch|rap|neglect|groom|slap|punch|kick|smack|burn|chok|shak|bit|threaten|assault|molest"
    r"|bull(?=y|ied)|exploit|lock|scream|shout|cut|kill|attack|traffick)(?:[bptm]?(?:e?s|ed|en|ing)|e|y|ied|ying)?"
)
_BEING = r"(?:is|are|was|were|being|been|gets?|getting|got)(?: being| been)?"
_ENDS = r"(?=\W*$|[.,;!?]| (?:and|but|so|because|what|who|when|where|every|all|again|with|at|on|in|out|up|from|to)\b)"
HARM = phrases(rf"""
    (?<!when\s)(?<!if\s)(?<!where\s)(?<!that\s)(?:(?:my|our|his|her|their|the|that|this|(?<!like\s)a)(?: [\w'-]+){{0,2}} {_ADULT}(?: [\w'-]+){{0,3}}|(?<![a-z]\s)(?:step)?(?:mum|dad|mummy|daddy)|some(?:one|body)(?: [\w'-]+){{0,4}}|he|she|they) (?:(?:is|was|are|were|has|have|been|keeps?|kept|always|often|just|sometimes|regularly|used to) ){{0,3}}{_HURTS}(?: (?:at|up|out|off|on))? (?:{_SOME}|(?:me|us|him|them)\b(?! (?:to|about))|her{_ENDS})
    (?:i|we) (?:\w+ )?(?:think|believe|suspect|fear|know|reckon|saw|see|heard|hear|noticed|found|witnessed)(?: [\w'-]+){{0,2}} {_ONE}(?: [\w'-]+){{0,4}} (?:{_BEING} {_HURTS}|{_BEING} (?:unsafe|not safe|in danger|at risk|alone|hungry))
    (?:bruis\w+|marks?|burns|cuts|injur\w+)(?: \w+)? on {_ONE}
    (?:i'm|i am|im|we're|we are) (?:\w+ )?(?:worried|concerned|scared|afraid|frightened) (?:about|for|that) {_ONE}
    {_ONE}(?: [\w'-]+)? (?:(?:told|tells) me|disclosed(?: to)? (?:me|us))
    (?:i|i'm|i am|im|i've|i have)(?: [\w'-]+){{0,4}} (?:{_HURTS} myself|run(?:ning)? (?:away|off){_ENDS}|(?:end|ending|take|taking) my(?: own)? life|suicidal|to die)
    (?:i'm|i am|im|i was|i got|i get|i keep|i've|i have)(?: \w+)? (?:(?:being|been|getting) )?(?:abused|raped|hit|beaten|bullied|groomed|exploited|hurt|assaulted|molested|trafficked|neglected|threatened|touched)
    (?:i'm|i am|im) (?:too )?(?:scared|afraid|frightened) (?:to go|of (?:my|him|her|them)|at|in)\b
    i (?:don't|do not|dont|never) feel safe
    (?:i'm|i am|im|as) a (?:child|kid|girl|boy|teenager|looked after child)(?: in (?:foster )?care)?(?=\W*$|,? (?:and|but|so|who|can|where|how) )
    (?:how|who|where) (?:do|can|should|would) i (?:report|tell|raise|refer)(?: [\w'-]+){{0,3}} (?:(?:abuse|neglect|harm)(?=\W*$| (?:of|by|to)\b)|(?:concern|worry|worries|concerns) (?:about|for) {_ONE})
    (?:i'm|i am|im)(?: only| just)? (?:[5-9]|1[0-7])(?: (?:years?|yrs?)(?: old)?| yo)?(?=\W*$|,? (?:and|but|so|who|can|where|how) )
    (?:a|one|some)(?: [\w-]+)? (?:boy|girl|lad|lass)(?:,? (?:of|aged))? \d+ (?!who|that)[^?]*\b(?:his|her|him|she|he)\b
""")
"""Somebody tells that a child is harmed, or of themselves as a child."""
_AGED = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven)teen)[ -](?:year|yr|month|week)s?[ -]olds?"
_HOME = r"(?:famil(?:y|ies)|child(?:ren)?|boys?|girls?|kids?|baby|mother|father|mum|dad|parents?|siblings?|who|someone|anyone|people|liv(?:es?|ed|ing)|happen\w*)"
_STREET = r"(?:street|road|avenue|lane|crescent|terrace|gardens|grove|close|court|drive|square|estate|house|way|walk|hill)(?=\W*$|[?.,]| (?:known|is|are|was|has|have|open|on|in|and|who)\b)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?[ ./-](?:of )?(?:\d{1,2}|[a-z]{3,9})[ ./-](?:19|20)?\d\d"
_NUMBER = r"(?:nhs (?:number|no|num|id)|upn|unique pupil (?:number|no|id)|date of birth|d\.?o\.?b|birth ?(?:date|day))"
_ASKS_FOR = r"(?:what|whats|what's|give|tell|find|look up|show|get|need)\b[^?]{0,30}\b"
IDENTIFIES = phrases(rf"""
    (?:{_NUMBER}|born)\b[^?\d]{{0,20}}{_DAY}
    \d{{3}}[ -]?\d{{3}}[ -]?\d{{4}}
    [a-z]\d{{11}}[a-z\d]
    {_ASKS_FOR}{_NUMBER} (?:of|for) (?!(?:all|each|every|any|children|pupils)\b)(?:the|this|that|my|his|her|him|\w+ \w+(?<!s)\W*$)
    {_ASKS_FOR}(?:(?!child|pupil|person|people|parent)\w+'s|his|her) {_NUMBER}
    (?<!review\sof\s)(?<!review\sinto\s)(?<!review\son\s)(?:child|baby|boy|girl|family|young person) (?:[b-hj-rt-vx-z]|s(?=\W*$))(?![-&/]|(?:'s)? (?:review|case|report|lcspr|scr|recommendation|learning))
    (?:about|who is|who's|where is|happened to|of|for|by|is|has|did|with) child a(?=\W*$|'s|,| and\b| late\b)
    {_CHILD} (?:called|named|known as|by the name of) (?!for\b|in\b|to\b|out\b|on\b|up\b|back\b|off\b|by\b|at\b|an?\b|the\b|as\b)\w+
    (?:an?|the|this|that|one|our) (?:[\w-]+ )?{_AGED}[ -](?:[\w-]+ )?(?:boy|girl|lad|lass|son|daughter|brother|sister)\b{_NO_CHILD}
    {_HOME}\b[^?]{{0,40}}\b(?:at|in|on) (?:number |no\.? )?\d{{1,3}}[a-z]?,? (?:[\w']+ ){{1,3}}{_STREET}
    (?:the|this|that) (?:[\w-]+ )?{_AGED}(?! (?:children|boys|girls|group|cohort|pupils|assessment|check|review|health))\b
    an? (?:[\w-]+ )?{_AGED} (?:who |that )?(?:found|was|had|went|ran|died|\w{{4,}}ed)\b
    (?:going on|happen\w*|visited|wrong|live[sd]?|living)(?: (?:at|in))? (?:(?:number|no\.?|flat) \d+|\d{{1,3}}[a-z]? (?:[\w']+ ){{1,3}}{_STREET})
    (?:case|child|client|pupil) (?:no\.? |number |id |ref(?:erence)? )?\d{{4,}}
    (?:about|who is|who's|is|was|with|did|happened to) (?:child|baby|pupil|sibling) \d{{1,3}}(?=\W*$| (?:in|of the|from|who|known|on)\b)
    {_THE} (?:{_CHILD}|twins|siblings)\b{_NO_CHILD} (?:at|in|on|from|of|off) (?:[\w']+ ){{1,2}}(?:street|road|avenue|lane|crescent|terrace|gardens|grove|close|drive|square)\b
""")
"""What is, or stands for, one child and no other."""
CASE = phrases(rf"""
    (?:(?:should|shall|must|ought) (?:i|we|you|they|the social worker)|(?:can|could|may|do) i(?! become\b))(?: to)?(?: [\w'-]+){{0,8}} (?:a|the|my|this|that|our|him|her|them|his|their) ?(?:[\w-]+ )?(?:{_CHILD}s?|case|client|children|baby|home|care order|proceedings|police|siblings?)\b{_NO_CHILD}(?:.*)
    (?:i have|i've got|i've|there is|there's|i am working with|i'm working with|we have|dealing with)(?: got)? (?:a|an|this) (?:[\w-]+ )?(?:{_CHILD}|case|client|referral|disclosure)\b(?:.*)
    what (?:(?:should|would|can|shall) (?:i|we|you)|do i) (?:do|say|advise)(?: [\w'-]+){{0,3}} (?:about|with|if|when|for|to) (?:a|the|my|this|that|our) (?:[\w-]+ )?(?:{_CHILD}|case|client)(?:.*)
    (?:my|this|our) (?:case|client|child on my caseload)(?:.*)
    is it safe (?:to|for)(?: [\w'-]+){{0,12}} (?:{_CHILD}|children|home)(?:.*)
    (?:advice|advise(?: me)?|guidance|help)(?: me)? (?:on|about|with) (?:a|my|this|the) (?:[\w-]+ )?(?:case|{_CHILD}|client)(?:.*)
    (?:remove|take|return) (?:a|the|this|that|my|her|his|their) (?:[\w-]+ )?(?:child|baby|children|kids?|son|daughter)(?: [\w'-]+){{0,5}} (?:from|into|to|home)(?:.*)
    (?:does|do|would|is) (?:this|that|the|my) (?:[\w-]+ )?(?:{_CHILD}|case|referral) (?:meet|reach|need|qualify|count)(?:.*)
""")
SAID_BY_AGE = re.compile(rf"\b{_AGED}")
_COMMON_NAMES = Path(__file__).parents[1] / "data" / "common-names.txt"
_NAME = r"(?P<name>[A-Z][a-z]+(?:[-'][A-Z][a-z]+)?(?: [A-Z][a-z]+(?:-[A-Z][a-z]+)?)?|[a-z]+)"
_OF_ONE_CHILD = (
    r"(?:placements?|foster (?:carers?|home|family)|social worker|whereabouts|care plan|pathway plan|mum|dad|mother|father|parents?|siblings?"
    r"|brothers?|sisters?|sons?|daughters?|injur(?:y|ies)|bruis\w+|birthday|EHCP?|ehcp?|medication|diagnosis)"
)
_IS = r"(?:,? who)?,?(?: (?:is|was|turned|aged?|now|only|just|nearly))+"
_ABOUT = (
    r"(?:about|happen(?:ed|s|ing) (?:to|with)|how(?:'s| is)|where(?:'s| is| does| did)|is|has|was|did|does|help|for)"
)


def _names(text: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w'’])(?:{line.strip()})") for line in text.strip().splitlines())


_HOUSEHOLD, *_NAMED = _names(rf"""
    (?:[Tt]he|[Tt]his|[Tt]hat) {_NAME} (?:family|household){_NO_CHILD}
    {_NAME}(?:['’]s|s['’]) (?:[a-z]+ )?{_OF_ONE_CHILD}\b{_NO_CHILD}
    {_NAME}{_IS} (?:1?\d|2[0-5])(?=\W*$|[,;.?!]| (?:and|years?|yrs?|or|who|in|living|from|but)\b)
""")
"""Of whom is told as of a child or a family: whose household, placement or parents, how old."""
_NAMED_COMMONLY = _names(rf"""
    (?:[Tt]he|[Tt]hose) {_NAME} (?:children|kids|siblings|twins|brothers|sisters|boys?|girls?|baby){_NO_CHILD}
    {_NAME}(?:['’]s|s['’]) (?:[a-z]+ )?(?:case|file|child|children|kids|baby|family|school|home|adoption)\b{_NO_CHILD}
    [Tt]he {_NAME} case{_NO_CHILD}(?=\W*$|[?.,])
    (?:[Ll]ittle|[Bb]aby|[Yy]oung) {_NAME}\b
    {_NAME} (?:(?:from|in) (?:year|class|form) \d|(?:gets?|got|has|have|had|lose|lost|need|see|live with) (?:his|her)\b)
    {_ABOUT} (?P<name>[A-Z]?[a-z]+(?: [A-Z][a-z]+)?)(?=\W*$|[?.!]| (?:known|been|doing|getting|living|live|lives|placed|safe|go|going|still|in care|on a|looked|seen|now)\b)
""")
"""What may be said of a council or a group as well, so that the name has to be a common one."""


@cache
def _common_names() -> frozenset[str]:
    """First names and surnames, but those that are words as well."""
    return frozenset(_COMMON_NAMES.read_text(encoding="utf-8").split())


@lru_cache(maxsize=16)
def _public(sources: tuple[Held, ...]) -> frozenset[str]:
    """Words of the names of councils, plans, headings and owners, which are no child's."""
    names = (name for one in sources for name in (one.authority or "", one.title, *one.owners, *one.sections))
    return frozenset(word for name in names for word in re.findall(r"[a-z]+", plain(name)))


def named(text: str, holdings: Holdings) -> Decline | None:
    """Why a question about a child or a family by name is not answered, whether a plan holds the name or not; None where
    it names none. What the plans name as a council, a plan, a heading or an owner is public."""
    for regex in (_HOUSEHOLD, *_NAMED, *_NAMED_COMMONLY):
        for match in regex.finditer(text):
            words = plain(match["name"]).split()
            written = regex not in _NAMED_COMMONLY and match["name"][0].isupper() and match.start("name") > 0
            strange = written and (regex is _HOUSEHOLD or holdings.said.isdisjoint(words))
            if (strange or not _common_names().isdisjoint(words)) and _public(holdings.sources).isdisjoint(words):
                return Decline(AnswerStatus.REFUSED, Reason.A_CHILD, match["name"])
    for match in () if _AS_AN_OWNER.search(text) else _PERSON.finditer(text):
        parts = frozenset(re.split("[ '-]", plain(match["name"])))
        names = parts & _common_names() - _public(holdings.sources)
        if names and (match["asked"] or holdings.said.isdisjoint(names)) and _CALLED_AFTER.isdisjoint(parts):
            return Decline(AnswerStatus.REFUSED, Reason.A_CHILD, match["name"])
    return None


_AS_AN_OWNER = re.compile(
    r"\b(?:own(?:s|ed|ers?)?|leads?|leading|led|responsible|accountable|actions?|tasks?|assigned|late|overdue|due|complete[ds]?|finish(?:ed)?|deliver(?:ed)?|working)\b",
    re.I,
)
"""Words of one who is asked of as somebody who works on a plan, held or not."""
_CALLED_AFTER = small("called_after")
_PERSON = re.compile(
    r"\b(?P<asked>(?:[Ii]s|[Ww]as|[Hh]as|[Hh]ad|[Dd]id|[Dd]oes|[Ww]ill|[Ff]ind|about) )?(?P<name>[A-Z][a-z]*(?:[ '’-][A-Z][a-z]+)*+)\b"
    rf"(?!(?:['’]s)? (?:{'|'.join(_CALLED_AFTER)})\b)"
)
"""A name as it is written, of whatever it is asked; what is called after a person has its kind behind the name."""


THAT_CHILD = re.compile(
    rf"\b(?:he|him|his|she|hers?|himself|herself|they|them|their|the (?:{_CHILD}|children|kids))\b{_NO_CHILD}|\bit (?:is|was) an? {_CHILD}\b"
)
