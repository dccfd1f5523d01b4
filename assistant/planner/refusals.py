"""Questions that this assistant does not answer: about a child, an officer's worth, a grade, a case, or something else."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from assistant.lexicon import any_of
from assistant.outcome import AnswerStatus, Decline, Reason
from assistant.planner.holdings import Held, Holdings
from assistant.planner.wording import phrases, plain

_CHILD = r"(?:boy|girl|child|young person|young man|young woman|teenager|teen|kid|baby|infant|toddler|pupil|student|youngster|lad|sibling|mother|father|mum|dad|parent|family|carer)"
_ABOUT_A_CHILD = phrases(rf"""
    who(?:'s| is| was| were| are)? (?:the |this |that |these |those )?(?:[\w-]+ )?{_CHILD}s?(?=\W*$| (?:who|that|in|from|mentioned|described|with|called|referred|at|on|was|is|were)\b)
    who(?:'s| is| was| were| are)? (?:the |this |that |these |those )?(?:[\w-]+ )?{_CHILD}(?:s|ren)?\b[^?]{{0,60}}\b(?:is|was|were|are)\W*$
    who(?:'s| is| was| were| are)? (?:the |this |that |these |those )(?:children|young people|kids|babies|families|parents|carers)(?=\W*$| (?:who|that|in|from|mentioned|described|with|called|referred|at|on|was|were)\b)
    who(?:'s| is| was| were| are) (?:the |this |that )(?:[\w-]+ )?(?:boy|girl|young person|young man|young woman|teenager|teen|kid|baby|infant|toddler|youngster|lad)\b(?!'s? (?:\w+ )?(?:support|workers?|leads?|officers?|champions?|ambassadors?|advocates?|panels?|boards?|groups?|coordinators?))(?:.*)
    (?:the|this|that|an?(?=(?: [\w-]+)? \w+ (?:who|that|called|named)\b)) (?:[\w-]+ )?(?:boy|girl|lad|teenager|toddler|infant|youngster)\b(?!'?s? (?:\w+ )?(?:support|work\w*|leads?|officers?|groups?|clubs?|homes?|services?|projects?|panels?))(?:.*)
    (?:boys?|girls?|children'?s?|kids?)\b(?: [\w-]+){{0,3}} names?(?=\W*$)
    (?<!\w\s)who (?:kept|keeps|went|goes|ran|runs) (?:going )?(?:missing|away)
    (?:which|what) (?:[\w-]+ )?{_CHILD} (?:is|was|went|ran|kept|has|had|made|died|did|keeps?|goes|runs|gets|lives|needs|told|said|left|moved|lived|came|complained)
    {_CHILD}\b[^?]{{0,80}}\b(?:who|which one) (?:it|he|she|they|that) (?:is|are|was|were)\W*$
    (?:names?|initials|identit(?:y|ies)|address(?:es)?|date of birth|dob|age|school|whereabouts|home|details) of (?:the|this|that|those|these|any|each|all|every)?(?: [\w-]+){{0,2}} {_CHILD}(?:s|ren)?
    (?:name|identify|unmask|point out|trace|find|locate|describe)(?: me)? (?:the|this|that|those|these|any|each|every)(?: [\w-]+){{0,2}} {_CHILD}(?:s|ren)?
    (?:the|that|this) {_CHILD}'s (?:name|address|age|school|identity|case|story|family|background|history|nhs number|upn|date of birth|dob)
    where (?:does|do|did|is) (?:the|this|that) {_CHILD} (?:live|go|attend|now|placed).*
    (?:(?:whether|if) (?:he|she) (?:is|was|has been)|(?:check|tell me|find out|look up|see) (?:whether|if) they are|(?:is|was|has) (?:he|she)(?: been)?)(?: \w+)? (?:known to|open to|on a (?:plan|register)|in care|looked after)\b.*
    (?:tell me|more) (?:more )?about the {_CHILD} (?:who|that|in)\b.*
    how old (?:is|was) (?:the|this|that) {_CHILD}
    what happened to the {_CHILD} (?:who|that|in|at|on|from|with)\b.*
    (?:what are|list|give me|tell me) the names of (?:the )?(?:children|young people|kids|families|care leavers)
    (?:children|young people|kids|families|care leavers)'?s? (?:names|addresses|case files|records by name)
""")
_OWN = (
    r"(?:son|daughter|child|kid|boy|girl|lad|grandson|granddaughter|grandchild|nephew|niece|brother|sister|family|mum|dad|mother|father|stepson"
    r"|stepdaughter|godson|goddaughter|baby|little one|teenager|ex|husband|wife|partner|foster child|cousin)"
)
_NEARBY = r"(?:next door|(?:placed|living|staying) with (?:me|us)|(?:on|in|at|from) one of (?:my|our) \w+|down (?:the|my|our) (?:road|street)|(?:on|in|at|from) (?:my|our) (?:street|road|school|block|class|estate|ward|church|club)\b|at number \d+|upstairs|over the road|across the road|i know)"
_OF_THE_ASKER = phrases(rf"""
    (?:my|our)(?: (?:own|eldest|youngest|little|disabled|adopted|autistic|teenage|foster))? {_OWN}(?!'?s? (?:services?|centres?|hubs?|social care|ward|protection|safeguarding|poverty|neglect))
    (?:my|our|their|his|her|a|the) (?:neighbours?'?s?|friend'?s?|sister'?s|brother'?s|partner'?s|ex'?s|colleague'?s)(?: \w+)? (?:{_OWN}|{_CHILD}|children|kids)
    (?:a|the|this|that|some|one)(?: \w+){{0,2}} (?:{_CHILD}|children|kids|family|families)(?: \w+){{0,2}} {_NEARBY}
""")
_NO_CHILD = (
    r"(?!'s|s?'|[ -](?:\w+ )?(?:protection|neglect|abuse|services?|social|in need|support|hubs?|plans?|poverty|health|care|voice|survey"
    r"|board|panel|forum|homes?|centres?|targets?|budgets?|teams?|workers?|leads?|actions?|work|safety|safeguarding|partnerships?|practices?"
    r"|audits?|files?|records?|recording|conferences?|loads?|stud(?:y|ies)|management)\b)"
)
"""What is said of a child is said of no child where one of these words stands behind it."""
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
_HARM = phrases(rf"""
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
_AGED = r"\d{1,2}[ -](?:year|yr|month|week)s?[ -]olds?"
_HOME = r"(?:famil(?:y|ies)|child(?:ren)?|boys?|girls?|kids?|baby|mother|father|mum|dad|parents?|siblings?|who|someone|anyone|people|liv(?:es?|ed|ing)|happen\w*)"
_STREET = r"(?:street|road|avenue|lane|crescent|terrace|gardens|grove|close|court|drive|square|estate|house|way|walk|hill)(?=\W*$|[?.,]| (?:known|is|are|was|has|have|open|on|in|and|who)\b)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?[ ./-](?:of )?(?:\d{1,2}|[a-z]{3,9})[ ./-](?:19|20)?\d\d"
_NUMBER = r"(?:nhs (?:number|no|num|id)|upn|unique pupil (?:number|no|id)|date of birth|d\.?o\.?b|birth ?(?:date|day))"
_ASKS_FOR = r"(?:what|whats|what's|give|tell|find|look up|show|get|need)\b[^?]{0,30}\b"
_IDENTIFIES = phrases(rf"""
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
    (?:case|child|client|pupil) (?:no\.? |number |id |ref(?:erence)? )?\d{{4,}}
""")
"""What is, or stands for, one child and no other."""
_STAFF = rf"(?:(?:social |service |team )?{any_of('posts')}|teams?|owners?|staff|people|person|employees?|individuals?)"
_JUDGES_STAFF = phrases(rf"""
    (?:who|whom|which|what)(?: \w+){{0,4}} (?:is|are|was|were|should be|to be)?(?: \w+)? ?(?:to )?blamed?(?: for\b.*)?
    (?:who|which|what)(?:se|'s)?(?: [\w-]+){{0,3}} (?:at )?fault
    whose fault.*
    (?:to blame|blame (?:the|for|on)|at fault|culprit|guilty|culpable|scapegoat)
    (?:is|are|was|were|how)(?: [\w'-]+){{0,8}} (?:any good|good enough|competent|incompetent|useless|lazy|hopeless|capable|up to (?:the|their|his|her) job|fit for|trustworthy|doing (?:a|an|their|his|her) (?:good|bad|poor|decent|proper)?\s?job|good at (?:their|his|her) job)
    how (?:good|bad|competent|effective|capable)(?: (?:is|are|was|were))(?: [\w'-]+){{0,4}} {_STAFF}
    (?:rate|score|grade|judge|assess|appraise|evaluate) (?:them|him|her|(?:the|our|my|each|these|those|every|all)(?: [\w'-]+){{0,3}}? {_STAFF})\b(?: [\w'-]+){{0,4}}
    (?:out of|from (?:one|1|0|zero) to) (?:ten|10|five|5|100)
    marks out of.*
    (?:rank|league table|order|sort)(?: (?:of|for))?(?: [\w'-]+){{0,4}} (?:by performance|from best|worst|{_STAFF} (?:by|from|in order of))(?:.*)
    (?:rank|ranking of|league table of|name and shame)(?: [\w'-]+){{0,3}} {_STAFF}(?:.*)
    (?:who|(?:which|what)(?: [\w'-]+){{0,2}} {_STAFF})(?: [\w'-]+){{0,3}}? (?:is|are|was|were)(?: the)?(?: \w+)? (?:best|worst|weakest|poorest|slowest|laziest|strongest|least competent|most incompetent|failing|underperforming|useless|letting \w+ down|performing (?:best|worst|badly|poorly|well))(?:.*)
    (?:best|worst|weakest|poorest|slowest|laziest|strongest|underperforming|failing|incompetent|lazy)(?:[- ]performing)? {_STAFF}
    (?:who|which {_STAFF})(?: \w+)? (?:should|ought to|must|needs to)(?: \w+)? (?:be )?(?:sacked|fired|dismissed|disciplined|resign|go|removed|promoted|praised|suspended|held to account)
    (?:should|must|is|are|was|were|has|have|does|do|did)(?: [\w'-]+){{0,6}} (?:resign(?:ed)?|sacked|fired|dismissed|disciplined|corrupt|to be trusted|(?:a )?(?:bully|racist|sexist|liar)|deserves?(?: \w+)? (?:promotion|bonus|pay rise))
    (?:sack|fire|dismiss|discipline)(?: [\w'-]+){{0,3}} {_STAFF}
    performance of (?:the )?(?:individual|each|our)(?: [\w'-]+)? {_STAFF}
    (?:who|which {_STAFF}) (?:is|are|has been|have been) (?:failing|underperforming|incompetent|negligent|not pulling).*
""")
_PREDICTS_GRADE = phrases(r"""
    (?:predict|forecast|guess|estimate|bet|what are the (?:odds|chances))(?: [\w',-]+){0,12} (?:ofsted|grades?|judge?ments?|inspections?|ratings?|outstanding|inadequate|requires improvement)(?:.*)
    (?:ofsted|inspectors?|hmi|the next inspection)(?: \w+){0,3} (?:will|would|going to|likely to|might|could|be likely|probably)(?:.*)
    (?:will|would|could|might|can|are|is)(?: [\w',-]+){0,8} (?:get|be (?:rated|judged|graded|given)|achieve|be|pass|fail|going to (?:get|be|pass))(?: \w+){0,3} (?:good|outstanding|inadequate|requires improvement|ri|inspection|ofsted)\b(?:.*)
    (?:what|which)(?: \w+){0,2} (?:grade|judge?ment|rating|result|outcome)(?: [\w',-]+){0,8} (?:ofsted|inspection|inspectors)(?:.*)
    (?:what|which) (?:overall )?(?:grades?|judge?ments?|ratings?) (?:will|would|might|could|shall|are|is|do)(?: (?:we|they|you|it|the council|our council|the service|likely|going to|to|expect|probably))* (?:get|be given|receive|achieve|earn|expect)(?:.*)
    (?:how|what)(?: \w+)? (?:would|will|might|could|is|are)(?: \w+)? (?:ofsted|inspectors?)(?: \w+){0,2} (?:rate|grade|judge|score|say|think|give|make|find)(?:.*)
    (?:are|is)(?: [\w',-]+){0,5} (?:ready for|going to pass|going to fail|likely to pass|likely to fail)(?: \w+){0,3} (?:ofsted|inspection|inspectors)(?:.*)
""")
_PAST = re.compile(
    r"\b(?:did|was|were|judged|found|said|previous|last|in 20\d\d|reported|hopes?|aims?|ambitions?|targets?)\b"
)
_CASE = phrases(rf"""
    (?:(?:should|shall|must|ought) (?:i|we|you|they|the social worker)|(?:can|could|may|do) i(?! become\b))(?: to)?(?: [\w'-]+){{0,8}} (?:a|the|my|this|that|our|him|her|them|his|their) ?(?:[\w-]+ )?(?:{_CHILD}s?|case|client|children|baby|home|care order|proceedings|police|siblings?)\b{_NO_CHILD}(?:.*)
    (?:i have|i've got|i've|there is|there's|i am working with|i'm working with|we have|dealing with)(?: got)? (?:a|an|this) (?:[\w-]+ )?(?:{_CHILD}|case|client|referral|disclosure)\b(?:.*)
    what (?:(?:should|would|can|shall) (?:i|we|you)|do i) (?:do|say|advise)(?: [\w'-]+){{0,3}} (?:about|with|if|when|for|to) (?:a|the|my|this|that|our) (?:[\w-]+ )?(?:{_CHILD}|case|client)(?:.*)
    (?:my|this|our) (?:case|client|child on my caseload)(?:.*)
    is it safe (?:to|for)(?: [\w'-]+){{0,12}} (?:{_CHILD}|children|home)(?:.*)
    (?:advice|advise(?: me)?|guidance|help)(?: me)? (?:on|about|with) (?:a|my|this|the) (?:[\w-]+ )?(?:case|{_CHILD}|client)(?:.*)
    (?:remove|take|return) (?:a|the|this|that|my|her|his|their) (?:[\w-]+ )?(?:child|baby|children|kids?|son|daughter)(?: [\w'-]+){{0,5}} (?:from|into|to|home)(?:.*)
    (?:does|do|would|is) (?:this|that|the|my) (?:[\w-]+ )?(?:{_CHILD}|case|referral) (?:meet|reach|need|qualify|count)(?:.*)
""")
_OPINION = phrases(r"""
    (?:do|don't|would|did) you (?:think|believe|feel|reckon|agree|recommend|suggest|like|trust|prefer)(?:.*)
    in your (?:opinion|view|judge?ment)(?:.*)
    what(?:'s| is| do)? (?:your|you) (?:opinion|view|verdict|judge?ment|think)(?:.*)
    (?:is|are|was)(?: [\w'-]+){0,6} (?:any good|good enough|a good plan|a bad plan|fit for purpose|a failure|a success|a shambles|rubbish|failing children|trustworthy|realistic|ambitious enough|value for money)
    (?:which|what) (?:council|authority|plan|borough|service|department) (?:is|has|does)(?: \w+){0,2} (?:better|best|worst|worse|the best|the worst|doing better|safest|failing|stronger|weaker)(?:.*)
    (?:is|are|does) (?!it\b|that\b)[\w ']+ (?:better|worse|safer) than\b.*
    should (?:we|the council|members|i) (?:trust|believe|vote|support|reject|approve)(?:.*)
    should i vote.*
""")
_WRITES = (
    r"(?:witness statements?|statements?|letters?|e-?mails?|polic(?:y|ies)|speech(?:es)?|poems?|songs?|stor(?:y|ies)|scripts?|code|programs?|programmes?"
    r"|functions?|essays?|assessments?|court (?:report|application|statement|bundle)s?|applications?|press releases?|tweets?|posts?|job (?:advert|description)s?"
    r"|cvs?|minutes|procedures?|referrals?|jokes?|contracts?|presentations?|slides?|articles?|blogs?|chronolog(?:y|ies)|care plans?|risk assessments?|haikus?|rhymes?"
    r"|invitations?|complaints?|formulas?|macros?|quer(?:y|ies)|spreadsheets? macro|adverts?|certificates?|agenda|dissertations?|thesis|homework|assignments?|coursework|novels?|books?)"
)
_DESK = (
    r"(?:reset|unlock|install|reinstall|restart|reboot|repair|fix|renew|approve|cancel|submit|send|order|print|connect|set up|change|update|book|sort|open|authori[sz]e)"
    r"(?: me| out| up)? (?:my|our|a new|the new|his|her)(?: [\w-]+){0,2} (?:passwords?|passcodes?|pin|log-?ins?|accounts?|laptops?|phones?|mobiles?|printers?|vpn|wi-?fi|e-?mails?|inbox"
    r"|calendars?|(?:annual |sick )?leave|expenses|timesheets?|payslips?|badges?|parking|software|permissions?)"
)
"""What people ask of those who look after their computers, their leave and their desks."""
_OTHER_TASK = phrases(rf"""
    (?:draft|write|compose|prepare|create|generate|produce|make up|pen|type up|help me (?:write|draft))(?: me| us| up)?(?: [\w'-]+){{0,4}} {_WRITES}(?:\b.*)
    (?:python|javascript|java|sql|html|css|bash|powershell|vba|excel formula|regex|api key)(?:\b.*)
    (?:scrape|hack|crack|download)(?: [\w'-]+){{0,4}} (?:website|site|password|account|system|page|data)(?:.*)
    (?:locked out of|cannot log ?(?:in|on)|can't log ?(?:in|on)|cant log ?(?:in|on)|forgot(?:ten)? my)(?:\b.*)
    {_DESK}
    translate(?: [\w'-]+){{1,12}} (?:into|to) (?:\w+)
    (?:what's|whats|what is|how is|how's|will)(?: the)? weather(?:.*)
    (?:will|is) it (?:going to )?(?:rain|snow|be sunny|be hot|be cold)(?:.*)
    (?:who won|who will win|football|cricket|rugby|premier league|world cup|olympics?|lottery|horoscope|star sign)(?:\b.*)
    (?:recipe for|how (?:do|to) (?:i )?(?:cook|bake|make a cake|fix my|reset my|repair|lose weight|get to))(?:.*)
    (?:tell|give|know)(?: me| us)?(?: \w+)? (?:joke|story|poem|riddle|fun fact)s?(?:.*)
    (?:capital|population|currency|president|king|queen|prime minister|chancellor|pope) of (?:the )?\w+(?:.*)
    (?:what time is it|what day is (?:it|today)|what's the (?:time|date)|what is the time)(?:.*)
    (?:my|our|a|another) (?:constituents?|residents?|tenants?|voters?|ward members?)(?:'s?)? [^?]*\b(?:broken|leak\w*|damp|mould|boilers?|heating|repairs?|noise|nois\w+|rubbish|bins?|parking|potholes?|council tax|planning application|passports?|visas?)\b.*
    who (?:do|can|should|would|must) (?:i|we|they) (?:chase|ring|call|phone|contact|e-?mail|speak to|talk to|complain to|see)(?: [\w']+){{0,3}} (?:in|at|about|for|over) (?:the )?(?:repairs?|boilers?|council tax|refuse|bins?|parking|highways|potholes?|noise)\b.*
    (?:how do i|how can i|where do i|can i) (?:apply for|claim|book|pay|register for|get a|report a|renew|become)(?:.*)
    (?:book|order|buy|reserve) (?:me )?(?:a|an|some|the) (?:table|flight|taxi|room|ticket|pizza|coffee|meeting room)(?:.*)
    (?:solve|calculate|compute|integrate|differentiate)(?: [\w'+*/^=-]+){{1,10}}
    what(?:'s| is) \d+ ?(?:[-+*/x]|plus|minus|times|divided by|% of|percent of) ?\d+(?:.*)
    (?:convert|how many (?:miles|kilometres|grams|pounds|inches|feet))(?:\b.*)
    (?:recommend|suggest)(?: me)?(?: a| an| some)(?: \w+){{0,2}} (?:book|film|movie|restaurant|hotel|holiday|song|laptop|phone)s?(?:.*)
    (?:who are you|are you (?:human|a robot|sentient|chatgpt)|what model are you|how are you|what's your name|what is your name)(?:.*)
""")
_FROM_PLAN = re.compile(
    r"\b(?:using|from|based on|with|out of|of|in) (?:only )?(?:the|our|these|this|all)?\s?(?:\w+ )?(?:plans?|actions?|register|refs?|references|sources|citations)\b"
)


_ASKS_MEANING = re.compile(r"\bwhat (?:do|does|did|is|are)\b[^?]*\b(?:mean|means|meant|stand for)\b")


_THEN_ASKS = re.compile(
    r"(?:[.!;:]|\s-|\bso\b[^.?]*[:,])\s+(?=(?:and\s+|so\s+)?(?:what|which|who|how|when|where|is|are|has|have|do|does|did|list|show)\b(?P<rest>.*))"
)
_THAT_ONE = re.compile(r"\b(?:he|him|his|she|hers?|it|this|that|i|me|my|we|us|our)\b")


def _asked(low: str) -> str:
    """The clause that asks, where what is told before it is of the asker alone and the clause does not point back."""
    last = next(reversed(list(_THEN_ASKS.finditer(low))), None)
    return low[last.end() :] if last and not _THAT_ONE.search(last["rest"]) else low


def declined(text: str) -> Decline | None:
    """Why the question is not answered; None for one about the plans."""
    low = plain(text)
    aged = _SAID_BY_AGE.sub("child", low)  # "my 14 year old was hit" tells of a child
    if _IDENTIFIES.search(low) or _HARM.search(low) or _HARM.search(aged):
        return Decline(AnswerStatus.REFUSED, Reason.A_CHILD)
    low = _asked(aged)
    checks = (
        (_OF_THE_ASKER, AnswerStatus.REFUSED, Reason.A_CHILD),
        (_CASE, AnswerStatus.REFUSED, Reason.A_CASE),
        (_ABOUT_A_CHILD, AnswerStatus.REFUSED, Reason.A_CHILD),
        (_JUDGES_STAFF, AnswerStatus.REFUSED, Reason.AN_OFFICER),
    )
    for regex, status, reason in checks:
        if match := regex.search(low):
            return Decline(status, reason, match.group())
    if (match := _PREDICTS_GRADE.search(low)) and not _PAST.search(low):
        return Decline(AnswerStatus.REFUSED, Reason.A_GRADE, match.group())
    if (match := _OPINION.search(low)) and not _ASKS_MEANING.search(low):
        return Decline(AnswerStatus.REFUSED, Reason.AN_OPINION, match.group())
    if (match := _OTHER_TASK.search(low)) and not _FROM_PLAN.search(low):
        return Decline(AnswerStatus.OUT_OF_SCOPE, Reason.NOT_ABOUT_PLANS, match.group())
    return None


_SAID_BY_AGE = re.compile(rf"\b{_AGED}")
_COMMON_NAMES = Path(__file__).parents[1] / "data" / "common-names.txt"
_NAME = r"(?P<name>[A-Z][a-z]+(?:[-'][A-Z][a-z]+)?(?: [A-Z][a-z]+(?:-[A-Z][a-z]+)?)?|[a-z]+)"
_OF_ONE_CHILD = (
    r"(?:placements?|foster (?:carers?|home|family)|social worker|whereabouts|care plan|pathway plan|mum|dad|mother|father|parents?|siblings?"
    r"|brothers?|sisters?|sons?|daughters?|injur(?:y|ies)|bruis\w+|birthday)"
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
    {_ABOUT} (?P<name>[A-Z]?[a-z]+)(?=\W*$|[?.!]| (?:known|been|doing|getting|living|live|lives|placed|safe|go|going|still|in care|on a|looked|seen|now)\b)
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
    return None


_THAT_CHILD = re.compile(
    rf"\b(?:he|him|his|she|hers?|himself|herself|they|them|their|the (?:{_CHILD}|children|kids))\b{_NO_CHILD}|\bit (?:is|was) an? {_CHILD}\b"
)


def refused(text: str, conversation: Sequence[str], holdings: Holdings) -> Decline | None:
    """Why the question is not answered, alone or after the ones before it: what goes on from a refused question about a
    child or a family is still about them."""
    found = declined(text) or named(text, holdings)
    if found or not conversation or not _THAT_CHILD.search(plain(text)):
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
