"""The turns of phrase by which questions ask: who, when, why, how far, list, compare."""

from __future__ import annotations

import re

from assistant.planner.wording import TAKEN, phrases

WHO = phrases(rf"""
    who(?:'s|s)? (?:is |are |was |has |have |will be |should be )?(?:the |been )?(?:named |listed |recorded |shown |put |overall |actually |currently |ultimately )*(?:owners?|owns?|owning|leads?|leading|lead officer|sponsors?|sponsoring|responsible|accountable|answerable|in charge|doing|down|assigned|tasked|taking|carrying|dealing|handling|delivering|working|running|managing|looking after|meant to|supposed to|expected to|due to|going to|asked to|got|has|have|required to|charged with|given|to do|dealing with)(?: (?:for|of|on|with|as|to|against|up|out|forward|by))*(?: (?:do|be doing|lead|deliver|own|run|have|complete|manage|sort|handle))?(?: (?:on|with|out))?
    who (?:do|does|did|will|should|must|would|can|has to|have to|needs to|needed to|is to|are to)(?: i| we| you| the council)? (?:be doing|do|does|lead|deliver|own|have|run|manage|handle|complete|speak to|ask|contact|chase|talk to|go to|report|take|sort|carry out|look after|need to speak to)(?: (?:for|about|on|with|out|to|that|it))*
    who (?:does|do|did|will|deals with|runs|manages|handles|delivers|takes|carries|looks after|sorts|reports|leads on|heads)
    whose (?:job|responsibility|action|task|name|remit|work|desk|plate|actions|tasks|role|duty|problem)(?: (?:is|are|was|will be|would be))?(?: (?:it|this|against|on|next to|down))*(?: (?:to|for|with))?
    (?:which|what) (?:officers?|managers?|teams?|persons?|people|owners?|leads?|sponsors?|roles?|posts?|departments?|directors?|services?|job title)(?: (?:is|are|was|were|has|have|will|should|does|do|own|owns|lead|leads|sponsor|sponsors|named|down|been))+(?: (?:responsible|accountable|in charge|leading|named|given|assigned|down|down as|to do|owning|listed|the lead|the owner))?(?: (?:for|of|on|as|to|against))*
    (?:what|which|who)(?:'s|s| is| are| was)? (?:the )?(?:names? of the |name of )?(?:owners?|leads?|sponsors?|lead officers?|responsible officers?|action owners?|accountable officers?|lead persons?|responsible person)(?: (?:for|of|on|to|against|named|listed))*
    (?:name|give me|list|show|tell me)(?: me)? (?:the |their |its |all the )?(?:owners?|leads?|sponsors?|lead officers?)(?: (?:for|of|on))?
    by whom
    (?:with )?who does (?:this|that|it) (?:sit|lie|rest) with
    (?:owner|lead|sponsor) (?:for|of|on)
    under whose (?:name|remit)
    and (?:by )?who(?:m)?
    (?:do|does|have|has)(?: [\w'{TAKEN}-]+){{0,6}} (?:got |have )?(?:an |any )(?:owner|lead|sponsor|named (?:owner|lead|person))
    (?:is|are) there (?:an? |any )?(?:named |clear |single |responsible )*(?:owners?|leads?|sponsors?|lead officers?|person)(?: (?:for|of|on))?
    who
""")
GOVERNS = phrases(rf"""
    who(?:'s)? (?:is |are |will |would )?(?:the )?(?:oversees?|overseeing|keep(?:s|ing)? (?:an eye|track|tabs|watch)(?: on)?|mak(?:es?|ing) sure|checks?(?: on)?|tracks?|monitors?|monitoring|chairs?|chairing|chaired|scrutinis\w+|governs?|governing|signs? off|signed off|approv\w+|wrote|written|writes|author|authors|published|publishes|endors\w+|hold\w* .{{0,30}}to account|receiv\w+|on the board|sits on|review\w*|commissioned|contributed|consulted|attend\w*|attended|present\w*|introduc\w+|reports? to|champions?)
    (?:what|which) (?:boards?|groups?|committees?|panels?|bod(?:y|ies)|meetings?) (?:oversees?|monitors?|scrutinis\w+|is responsible for|are responsible for|govern\w*|will|review\w*|signs? off|tracks?|receives?|does)
    how (?:is|are|will)(?: [\w'{TAKEN}-]+){{0,6}} (?:governed|overseen|monitored|scrutinised|reported|tracked|reviewed|held to account)
    governance(?: arrangements?)?
""")
WHEN = phrases(r"""
    (?:by )?when(?:'s|s)?(?: (?:is|are|was|were|do|does|did|will|should|must|would|has|have|can|could))*(?: (?:we|it|they|this|that|these|those|i|there))?(?: (?:expect|be|expected|due|supposed|meant|going|to be|planned|scheduled))*
    (?:what|which|by what)(?:'s|s| is| are| was| were)? (?:the )?(?:due dates?|deadlines?|target dates?|dates?|timescales?|timelines?|time ?frames?|end dates?|start dates?|completion dates?|timings?)(?: (?:is|are|was|were|given|set|for|of|on|to|does|do|did|by))*
    (?:due dates?|deadlines?|target dates?|timescales?|timelines?) (?:for|of|on)
    (?:how|what) (?:long|much time)(?: (?:do|does|have|has|is|are|will|have we got|we|there|left|got|it|they|until))+
    how (?:many days|many weeks|many months|long|far|late|overdue|much)(?: (?:\w+)){0,3}? (?:overdue|late|behind|past)(?: (?:is|are))?
    how (?:late|overdue|far behind|far past)(?: (?:is|are))?
    until when
""")
WHEN_PAST = re.compile(r"\bwhen(?:'s)?\s+(?:was|were|did|had)\s+(?P<rest>[^?]*)")
HELD_EVENT = re.compile(
    r"\b(?:held|take place|took place|happen(?:ed)?|visit\w*|inspect\w*|meet|met|launch\w*|introduc\w*|publish\w*|report\w*|find|found|join\w*|appoint\w*|recruit\w*|begin|began|opened|open|issued?|written|agreed|adopted|carried out|undertaken|conducted)\b"
)
HOW_MANY = re.compile(
    r"\b(?:how\s+many|number\s+of|total\s+number\s+of|count(?:\s+of|\s+the|\s+all|\s+up)*(?=\s)|what\s+number\s+of|how\s+much)\s*(?P<after>[^?,.;]*)"
)
SHARE = phrases(r"""
    (?:what|which) (?:share|percentage|percent|per cent|proportion|fraction|part|%)(?: of)?
    (?:share|percentage|per cent|percent|proportion|fraction) of
    out of (?:the )?(?:total|how many|all|them all)(?: number)?
    (?:of|against) (?:the|how many) total
    how much of
""")
GOING = phrases(r"""
    how(?:'s|s)?(?: (?:is|are|far|well|much|goes))*
    (?:doing|going|progress(?:ing)?|getting on|coming (?:on|along)|shaping up|along|faring|performing|moving|looking|advanced)(?: (?:so far|overall|with|on|in|against|for|at|about|along|to date|really|generally))*
""")
PROGRESS = phrases(rf"""
    how(?:'s|s)?(?: (?:is|are|far|well|'s|much|good|goes))*(?: (?:we|the council|it|they|this|that|things?|everything|our|the|{TAKEN}+|[\w'-]+)){{0,3}}? (?:doing|going|progress\w*|getting on|coming (?:on|along)|shaping up|along|faring|performing|moving|looking|advanced)(?: (?:so far|overall|with|on|in|against|for|at|about|along|to date|really|generally))*
    (?:what|where|how|whats|what's)(?:'s|s| is| are| has been| have been)? (?:the |our |their )?(?:current |overall |latest |general )*(?:progress|position|situation|picture|state of play|state|update|latest|news|status)(?: (?:of play|has been|have we|have they|is there|been|made|so far|overall|today|being))*(?: (?:on|with|in|for|of|about|against|around|towards|regarding))?
    where (?:are|have) (?:we|things|they|you)(?: (?:got|up|stand|at|now|gone|currently))*(?: (?:to|on|with|in|at|about|for|regarding))*
    (?:any |an |some |a )?(?:progress|updates?|news|latest)(?: report)? (?:on|about|with|for|regarding|towards|against)
    (?:give|send|show|tell|provide)(?: me| us)? (?:an? |the )?(?:\w+ )?(?:update|progress|summary|overview|state of play|position|status|picture|briefing|rundown)(?: (?:report|statement))?(?: (?:on|of|for|about|with|from|regarding|around))*
    (?:an? )?(?:summary|overview|snapshot|rundown|state of play|briefing) (?:of|on|for)
    (?:are|is|have)(?: (?:we|they|things|it|{TAKEN}+))? (?:making|made|any|seeing)(?: \w+)? (?:progress|headway)(?: (?:on|with|in|against|towards))*
    (?:how|what) progress(?: (?:has|have|is|are|been|being|made|we|they))*(?: (?:on|with|in|against|towards|for))*
    summari[sz]e(?: the)?(?: (?:progress|position|plan))?(?: (?:on|of|for|with|in))?
    (?:update|brief) (?:me|us) on
    (?:current )?status(?=\W*$)
    (?:current |latest )?(?:status|position|state|progress|update)(?: (?:check|report|update))? (?:of|on|for|with|about)
    overall (?:progress|picture|position|state)
    (?:what's|whats|what is) the (?:craic|score|story|deal|crack|latest|news|sp|word)(?: (?:with|on|about|for))*
    how far (?:have|has|are|is)(?: (?:we|they|the council|it|{TAKEN}+))?(?: (?:got|gone|along|come))?(?: (?:with|on|in))?
    (?:what has|what's|whats|what have we|what have they|what) (?:been )?(?:done|achieved|accomplished)(?: so far)? (?:on|about|for|to|with|around|in)
    so what
""")
LIST = phrases(rf"""
    (?:list|show|give|get|find|see|pull up|pull out|bring up|display|provide|send|fetch|tell|name|print|export|download|put together)(?: (?:me|us|out|up|him|her|them))*(?: (?:all|every|each|any|everything|the|of|a|list|table|full|complete|rows?|set|spreadsheet|excel|csv|details?|file|copy|summary list))*(?: (?:of|about|on|for|with|to do with|regarding|relating to|that|which|in|from))*
    (?:i'd like|i would like|i want|i need|we need|can i (?:have|see|get)|could i (?:have|see|get)|may i (?:have|see)|looking for|can you (?:list|show|give|find|tell)|could you (?:list|show|give|find|tell))(?: (?:me|us|to|see|know|have|a|list|the|all|of|every|any))*
    (?:which|what)(?: (?:all|other|else|of|the|our|these|those|more|exactly|sort of|kind of|specific|further|if any))*(?: {TAKEN}+)*(?: (?:actions?|tasks?|rows?|items?|things?|commitments?|promises?|ones|entries|steps|measures|work|activity|activities|jobs))(?: (?:are|is|do|does|have|has|that|there|we|being|been|were|was))*
    (?:are|is) (?:there )?(?:any|anything|some|something|many|much)(?: (?:actions?|tasks?|things?|at all|being done|planned|in place|happening|going on|being|done))*(?: (?:on|about|for|to|in|with|around|regarding|concerning|relating to))*
    (?:are|is) (?:we|they|the council|{TAKEN}+|anyone|anybody) (?:doing|planning|taking|working on|tackling|addressing)(?: (?:any|anything|something|enough|action|actions|steps|to|do))*(?: (?:on|about|for|to|with|around|regarding))*
    what (?:are|is|do|does|will|have|has|did|would|can|should)(?: (?:we|they|you|the council|council|it|he|she|{TAKEN}+))* (?:doing|do|going to do|planning|planned|plan to do|plan|promis\w+|commit\w+|agreed|agree|propos\w+|intend\w*|got planned|got|said|say|working on|done|taking|putting in place|put in place|up to)(?: (?:being|doing|to|do|any|so far|be done))*(?: (?:on|about|for|to|with|around|regarding|in|to help|to improve|to support|when it comes to|in relation to|in terms of))*
    what (?:does|do|will|did) {TAKEN}+(?= (?:for|on|about|to)\b)
    what(?:'s|s| is| are)? (?:being|been|going to be|to be) (?:done|planned|promised|put in place|proposed|taken|delivered)(?: (?:on|about|for|to|with|around|regarding|in))*
    what(?:'s|s)? (?:is|are)? ?(?:the )?(?:plans?|actions?) (?:for|on|about|to|around)
    what(?:'s|s| is| are)? (?:there )?(?:on|about|for|in place)(?: (?:for|about|to))?
    (?:anything|something|everything|all|any)(?: (?:at all|else|more|there|we have|we've got))*(?: (?:on|about|for|to do with|regarding|concerning|relating to|related to|in|with|mentioning))
    (?:do|does|have|has|did)(?: (?:we|they|you|the council|it|i|anyone|{TAKEN}+|the|plans?|any))* (?:have|got|mention|mentions|include|includes|cover|contain|say|says|address|has|hold|make)(?: (?:any|anything|actions?|some|something|tasks?|mention|reference|plans?))*(?: (?:on|about|for|to|of|with|around|regarding))*
    (?:search|look|check|filter)(?: (?:for|up|by|through|out))*(?: (?:all|every|the|any))*
    what (?:falls|fall|is|are|comes|come|needs?|was|were|becomes|gets)
    what(?:'s|s)
    any(?: (?:of|more|other))*
    evidence (?:for|of|on|about|that)
    (?:draft|write|compose|prepare|produce)(?: (?:me|us|up|out))?(?: [\w'{TAKEN}-]+){{0,9}}? (?:for|on|about)
    using (?:only |just )?{TAKEN}+[^?]*
    with (?:their |the |all )?(?:refs|references|citations|sources|owners?|dates?|due dates?|deadlines?|status(?:es)?|details?)(?: (?:and|,) (?:their |the )?(?:refs|references|citations|sources|owners?|dates?|due dates?|deadlines?|status(?:es)?|details?))*
""")
SAYS = phrases(rf"""
    (?:what|how) (?:does|do|did|is|are)(?: (?:the|action|row|ref|item|{TAKEN}+|it|they|text|wording|full))* (?:say|says|said|read|reads|state|states|cover|involve|worded|entail|about|involves|contain|require|requires|ask for|commit to)(?: (?:in full|exactly|about it|us to|to))*
    (?:full|exact|complete|whole|precise) (?:text|wording|words|details?|entry|row)(?: (?:of|for))?
    (?:in full|word for word|verbatim|the wording of|the text of|the details? of|details? (?:of|on|about|for))
    (?:tell|show|give|read|remind)(?: me| us| out)?(?: (?:more|all|about|the details of|details of|what))*(?: (?:about|of|on))?
    what (?:is|are|was|were|'s)
    describe
    explain
    quote
""")
COMPARE = phrases(rf"""
    compar(?:e|ed|ing|ison|isons)(?: (?:of|between|the|with|to|and))*
    (?:versus|vs\.?|v\.?)
    (?:what|which|is there|are there)?(?:'s| is| are)? ?(?:the |a |any )?differences? (?:between|in)
    how (?:does|do|is|are|did)(?: [\w'{TAKEN}-]+){{0,8}} (?:differ|different|compare|compares|differs)(?: (?:from|to|with|in))*
    which(?: \w+){{0,2}} (?:has|have|is|are) (?:the )?(?:more|fewer|most|fewest|further ahead|furthest|ahead|better|worse)\b(?=[^?]*\bor\b)
    (?:is|are|was|were|does|do) [\w.]+ (?:due|later|earlier|sooner|start\w*|finish\w*|complet\w*)(?: \w+)? (?:before|after|than|sooner|later|earlier)(?: \w+)? [a-z]{{0,3}}\d[\w.]*
    (?:side by side|side-by-side|alongside each other|against each other)
    (?:do|does|are|is)(?: the| these| those| both| all)?(?: two| both)? ?(?:entries|rows?|actions?|versions?|places|they|dates|plans?|sections?|refs?|{TAKEN}+)?(?: [\w'.{TAKEN}-]+){{0,12}}? (?:agree|match|consistent|differ|contradict|the same(?! (?:system|team|person|service|place|idea|month|year|day|week|word|words|action|plan))|conflict|tally|disagree|in line|compatible|at odds|identical)(?: (?:with|on|about|as|each other|one another|with each other))*
    (?:more|fewer|less|further|better|worse)(?: [\w'{TAKEN}-]+){{0,6}} than(?! (?:one|two|three|four|five|six|twelve|once|twice|an?|\d+)\b)
""")
WHY = phrases(r"""
    why(?:'s)?(?: (?:is|are|was|were|has|have|hasn't|haven't|isn't|aren't|did|do|does|not|been|it|they|this|that|the))*
    (?:what(?:'s| is| was| are| were)? (?:the )?)?(?:reasons?|explanations?|causes?|excuses?|justifications?)(?: (?:given|for|of|why|behind|is|that))*
    how come
    what(?:'s| is| are)? (?:holding|stopping|blocking|delaying|preventing|causing)(?: (?:up|it|back|us|them|the delay))*
""")
HOW_OFTEN = phrases(r"""
    how (?:often|frequently|regularly)(?: (?:do|does|did|will|would|can|is|are|was|were|should|has|have))?
    (?:what|which) (?:levels?|frequency|standards?)(?: of)
""")
HOW = phrases(rf"""
    how (?:do|does|did|will|would|can|is|are|was|were|should|has|have)(?: [\w'{TAKEN}-]+){{0,3}}? (?:know|measured?|tell|work|works|made sure|be made|judged?|be judged|ensure|measuring|be measured|checked|demonstrate|monitor(?:ed)?|be different|look|use|used|plan|planned|evidence[d]?|show)
    how (?:do|does|did|will|would|can|is|are|was|were|should|has|have)
    in what way
    what(?:'s| is| does| do| are)? (?:the )?(?:success|measures? of success|success measures?|success criteria|evidence of success|good|done) (?:look like|looks like|for|of|criteria)?
""")
HOW_KNOWN = phrases(rf"""
    how (?:will|do|does|would|can|shall|are|is) (?:[\w'{TAKEN}-]+ ){{0,4}}?(?:know|tell|measure|judge|be sure|demonstrate|evidence|prove|show|check|be measured|be judged|measured|judged)(?: (?:that|if|whether|when))?
""")
RESULT_CUES = phrases(r"""
    (?:what|which|any|has|have|had) (?:is |the |was |much |kind of |sort of )*(?:difference|impact|effect|outcomes?|results?|improvement|benefit|change)s?(?: (?:has|have|did|does|is|are|been|was|were|there|evidence))*
    made(?: (?:to|for|a difference|any difference))*
    had(?: (?:on|for))?
    (?:do|have) we(?: have| got)?(?: (?:for|of|on))?
    (?:impact|outcome) evidence(?: do we have| have we)?(?: (?:for|of|on))?
    (?:for|to|on) (?:the )?(?:children|families|young people|kids)\W*$
    so what
""")
RESULT = phrases(rf"""
    (?:what|which|any|has|have|had)(?: [\w'{TAKEN}-]+){{0,4}} (?:difference|impact|effect|outcomes?|results?|improvement|benefit|change)(?: (?:has|have|did|does|is|are|been|was|were|there|it|we|made|seen))*(?: [\w'{TAKEN}-]+){{0,7}}?(?: (?:made|had|to|for|on|of|from|achieved|seen|shown|recorded))+
    (?:made|make|making|makes) (?:a |any |the |much )?difference
    (?:impact|outcome|result|effect)s? (?:evidence|of|on|for|from)
    evidence of (?:impact|improvement|change|outcomes?|effect)
    (?:impact|outcome) evidence(?: (?:for|of|on|do we have|have we))*
    (?:what|anything) (?:has |have )?(?:changed|improved|got better) (?:for|since|because|as a result)
    did(?: it|{TAKEN}+|this| the [\w-]+)? work
    so what
""")
CHANGED = phrases(r"""
    (?:which|what|any|has|have)(?: [\w'\x00-]+){0,6} (?:changed|moved|slipped|different|added|removed|dropped|new|disappeared|altered)(?: [\w'\x00-]+){0,3} (?:between|from)(?: [\w'\x00-]+){0,12}? (?:versions?|and|to)
    what(?:'s|s| is) new
    (?:removed|dropped|deleted|added|changed|moved|altered)(?: [\w'\x00-]+){0,5} since
    (?:between|across|in) (?:the )?(?:two|both|different) (?:versions?|editions?)
    (?:since|from|compared (?:to|with)|between|than) (?:the )?(?:last|previous|earlier|prior|first|older|old) (?:time|version|update|plan|report|meeting|review|month's|quarter's|one|edition|draft)(?:s)?
    (?:what|anything|which)(?: \w+){0,3} (?:changed|new|different|moved|been added|been removed|been dropped|slipped) since
    (?:previous|earlier|last|older) versions?
    original (?:date|deadline|target|due date)s?
""")
_OCCASION = r"(?:(?: (?:before|by|at|in|on|for|next|this|tomorrow|the|our|my|a))+(?: (?:\w+day|committee|meeting|scrutiny|council|board|panel|session|week|month|cabinet|hearing|then|it))+)?"
WORRIES = phrases(rf"""
    (?:what|which(?: \w+)?|anything|is there anything|any questions|what questions)(?: (?:things?|questions?|points?|issues?|else))?(?: (?:should|could|can|might|shall|must|do|would|that))*(?: (?:i|we|members?|councillors?|scrutiny|the committee|you))(?: (?:should|could|need to|ought to|to))*(?: be)? (?:worr(?:y|ied)|concerned|ask(?:ing)?|rais(?:e|ing)|challeng(?:e|ing)|scrutinis(?:e|ing)|prob(?:e|ing)|press|look out for|watch|know about|be told)(?: (?:about|on|for|over|at|of))*{_OCCASION}
    (?:give|suggest|list|write|draft|some|what are)(?: (?:me|us|some|a few|the|good|key|possible|\d+|two|three|four|five|six|seven|eight|nine|ten))* questions(?: (?:to|for|i|we|that|members?|should|can|could|ask|raise|the|at|committee|scrutiny|board|put))*{_OCCASION}
    (?:main|key|biggest|top|greatest) (?:concerns?|worries|issues|problems|red flags)(?: (?:for|in|with|on|about))?
""")
MONEY = phrases(r"""
    budgets?
    money
    costs?(?:ing|ed|s)?
    how much (?:money|funding|did|does|do|will|would|is (?:it|being)|was|has been|is spent|are we)
    fund(?:ing|ed|s)
    (?:price|spend|spending|expenditure|spent|savings?|finance[ds]?|grants?|salary|salaries|pay|pounds)
    £
""")
PERSON = phrases(r"""
    what(?:'s|s| is| are| was)? (?:the |our )?[\w\x00 ]{2,40}'s? (?:full |first |last |real )?names?(?=\W*$)
    (?:phone|telephone|e-?mail|contact|mobile)(?: (?:numbers?|address(?:es)?|details?))
    (?:what(?:'s|s| is| are| was)?|give me|tell me|know|do you know)(?: the)? (?:full |actual |real |first |last )?names? of
    (?:which|what) (?:person|individual|named (?:person|individual|officer)) (?:is|holds|has|fills)(?: the)? (?:role|post|position)?
    (?:contact details?|phone numbers?|e-?mail(?: address(?:es)?)?|telephone)(?: numbers?)? (?:of|for)
    who (?:currently )?(?:holds|fills|occupies) the (?:role|post|position|job)
""")
WHO_IS = re.compile(
    r"^\W*(?:and\s+)?who(?:'s|s|\s+is|\s+are|\s+was)\s+(?:the|our)\s+(?!(?:\w+\s+)?(?:owners?|leads?|sponsors?|person|one|officer)\b)[\w\x00&'-]+(?:\s+[\w\x00&'-]+){0,5}\s*\?*$"
)
