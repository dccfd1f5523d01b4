"""Which suspected errors a question is about, as codes of flags."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.flags import FlagCode as F
from assistant.planner.wording import overlaps, phrases

_DATES = (
    F.DUE_BEFORE_PLAN,
    F.DUE_AFTER_PLAN,
    F.DUE_BEFORE_START,
    F.DATE_SLIP,
    F.COMPLETION_AFTER_PLAN,
    F.DATE_IMPOSSIBLE,
)
_WRONG = r"(?:wrong|odd|strange|suspicious|suspect|off|funny|weird|unlikely|implausible|impossible|incorrect|mistyped|mistaken|like (?:an? )?(?:typos?|errors?|mistakes?|slips?)|doubtful|dubious|inconsistent|out of (?:order|line|sequence|range)|unreliable)"
_ERROR = r"(?:typos?|errors?|mistakes?|slips?|misprints?|typing errors?|anomal(?:y|ies))"
_DATE = (
    r"(?:dates?|deadlines?|due dates?|targets?|target dates?|years?|months?|start dates?|completion dates?|timings?)"
)

_TOPICS: tuple[tuple[re.Pattern[str], tuple[F, ...]], ...] = (
    (
        phrases(rf"""
            (?:an? )?(?:end |due |start )?{_DATE}(?: (?:that|which))? (?:can't|cannot|couldn't|do(?:es)? not|doesn't|don't) exist
            (?:no such|not a real|non-?existent) (?:day|date)s?
        """),
        (F.DATE_IMPOSSIBLE,),
    ),
    (
        phrases(rf"""
            (?:due |target )?{_DATE}?(?: \w+){{0,3}} ?(?:before|earlier than|prior to|predat\w+|precede[sd]?) (?:the |this |that |their |its )?(?:plan|document|programme|report|plan year|plan period|start of the plan|beginning of the plan|plan's start|period)(?:'s)?(?: (?:itself )?(?:starts?|started|began|begins?|was (?:written|published|agreed|started)|period|year|starting|came in))?
        """),
        (F.DUE_BEFORE_PLAN,),
    ),
    (
        phrases(r"""
            (?:complet\w+|finish\w*|done|closed)(?: [\w'-]+){0,8} (?:after|later than|beyond|in the future of)(?: \w+){0,5} (?:plans?|report|document|published|written|date of the plan|plan date)(?:'s)?(?: (?!ends?\b|period|year)\w+)?
            (?:complet\w+|finish\w*|done|closed)(?: \w+){0,4} (?:in the future|date(?:s|d)? in the future|not yet happened|before it happened)
            (?:future|impossible) complet\w+(?: dates?)?
        """),
        (F.COMPLETION_AFTER_PLAN,),
    ),
    (
        phrases(r"""
            (?:complet\w+|finish\w*|done|closed)(?: \w+){0,4} (?:before|earlier than|prior to)(?: \w+){0,4} (?:starts?|started|start dates?|began|begins?|beginning|starting)
        """),
        (F.DUE_BEFORE_START, F.COMPLETION_AFTER_PLAN),
    ),
    (
        phrases(rf"""
            {_DATE}?(?: \w+){{0,3}} ?(?:after|later than|beyond|past) (?:the |this |that |their |its )?(?:plan|plan year|plan period|end of the plan|plan's end|period)(?:'s)?(?: (?:itself )?(?:ends?|ended|finish\w*|period|year|expires?|runs out))?
        """),
        (F.DUE_AFTER_PLAN,),
    ),
    (
        phrases(rf"""
            {_DATE}?(?: \w+){{0,3}} ?outside (?:the |this |that |their |its )?(?:plan|plan year|plan period|end of the plan|plan's end|period)(?:'s)?(?: (?:itself )?(?:ends?|ended|finish\w*|period|year|expires?|runs out))?
        """),
        (F.DUE_AFTER_PLAN, F.DUE_BEFORE_PLAN),
    ),
    (
        phrases(r"""
            (?:start|starts|begin|begins|started|starting|start dates?)(?: \w+){0,3} (?:after|later than)(?: \w+){0,4} (?:due|deadlines?|end|ends|finish\w*|target\w*|due dates?)
            (?:due|end|ends|finish\w*|targets?|deadlines?|due dates?)(?: \w+){0,4} (?:before|earlier than|prior to)(?: \w+){0,4} (?:starts?|begins?|started|start dates?|beginning|starting)
        """),
        (F.DUE_BEFORE_START,),
    ),
    (
        phrases(rf"""
            contradict\w*(?: \w+){{0,5}} {_DATE}
            {_DATE}(?: \w+){{0,4}} (?:contradict\w*|conflict\w*|disagree|not agree|do(?:n't|es not|esn't) (?:agree|match)|differ)(?: \w+){{0,5}}
            (?:different|conflicting|contradictory|inconsistent|two|differing) {_DATE}
            {_DATE} in (?:the )?(?:text|words|wording|action)(?: \w+){{0,5}} (?:differs?|different|not match|don't match|doesn't match|disagree\w*)
        """),
        (F.DATE_IN_TEXT_DIFFERS,),
    ),
    (
        phrases(rf"""
            {_DATE}(?: \w+){{0,4}} (?:look|looks|seem|seems|appear|appears|is|are|be|sound|sounds)(?: \w+){{0,2}} {_WRONG}
            {_WRONG} (?:\w+ )?{_DATE}
            {_ERROR} in (?:the )?(?:\w+ )?{_DATE}
            (?:date|year|month) {_ERROR}
            {_DATE}(?: \w+){{0,4}} {_ERROR}
            {_DATE}\b[^?.]{{0,70}}\b(?:impossible|implausible|wrong|odd|mistaken|incorrect|(?:probably|likely|perhaps|maybe|a) {_ERROR})
            {_DATE} (?:that )?(?:don't|do not|doesn't|does not|can't|cannot|couldn't) (?:make sense|add up|exist|be right|be correct|be true)
        """),
        _DATES,
    ),
    (
        phrases(r"""
            (?:progress|status|updates?|notes?|comments?)\b[^?]{0,60}\b(?:word for word|identical(?:ly)?|copied|the same|repeated|verbatim|pasted)\b[^?]{0,30}\b(?:two|different|several|more than one|another|other|both)(?: \w+)? (?:actions?|rows?|items?)
            (?:same|identical|copied|pasted) (?:progress|status)(?: (?:text|words|note|notes|update))?(?: \w+){0,6} (?:two|different|several|more than one|another|other|both)(?: \w+)? (?:actions?|rows?|items?)
            (?:two|several|some|which|both)(?: \w+)? (?:actions?|rows?|items?|entries)\b[^?]{0,60}\b(?:record|have|has|give|share|show|carry|hold|use|repeat)(?: \w+){0,3} (?:same|identical) (?:progress|status)(?: (?:text|words|notes?|update))?
        """),
        (F.PASTED_PROGRESS,),
    ),
    (
        phrases(r"""
            contradict\w*
            conflict(?:ing|s)? (?:status|rating|colour|information|entries|rows|actions|with)\w*
            inconsisten\w+
            (?:same|identical) (?:action|task|thing|row)s?(?: \w+){0,6} (?:different|conflicting|differing) (?:status|rating|colour|rag|date|owner)\w*
            (?:disagree|at odds|clash)(?:es|s)?(?: with each other| with one another)?
        """),
        (F.CONTRADICTING_DUPLICATE, F.COLOUR_CONTRADICTS_WORDS, F.DATE_IN_TEXT_DIFFERS),
    ),
    (
        phrases(r"""
            duplicat\w+
            (?:appear|appears|listed|listed|repeated|entered|included|recorded|stands?|there|say|says|in|occur|occurs)(?: \w+){0,3} (?:twice|more than once|two times|several times|three times)
            (?:the )?same (?:action|task|thing|row|work)s? (?:twice|more than once|again|in two places|repeated)
            repeat(?:ed|s)? (?:actions?|tasks?|rows?|entries|items?)
            overlap(?:s|ping)?(?: (?:actions?|tasks?|rows?|entries))?
            near[- ](?:identical|duplicates?)
            double[- ](?:count\w*|entr\w+)
        """),
        (F.DUPLICATE_TEXT, F.CONTRADICTING_DUPLICATE, F.PASTED_PROGRESS),
    ),
    (
        phrases(r"""
            (?:mis-?|wrongly |badly |properly |correctly |oddly |incorrectly |rightly |well |consistently |in)?number(?:ed|ing)(?: (?:properly|correctly|right|wrong|wrongly|twice|ok))?
            numbers? (?:repeated|missing|skipped|wrong|out of (?:order|sequence))
            (?:missing|skipped|repeated|duplicate|same|wrong|gaps? in the) (?:numbers?|refs?|references?|numbering)
            (?:refs?|references?)(?: \w+){0,3} (?:wrong|repeated|twice|skipped|missing|out of (?:order|sequence)|more than once|used)
        """),
        (F.NUMBERING_REPEATED, F.NUMBERING_GAP),
    ),
    (
        phrases(r"""
            (?:in|under|to) the wrong (?:place|column|cell|row|section|heading|box|page)
            (?:misplaced|mis-?filed)(?: \w+)?
            wrong (?:heading|title|section|page|column)s?
            heading(?:s)? (?:that )?(?:\w+ )?(?:wrong|contradict|differ|not match|don't match|doesn't match)\w*
        """),
        (F.TEXT_IN_WRONG_PLACE, F.HEADING_CONTRADICTS_CONTENTS, F.DATE_IN_STATUS_CELL),
    ),
    (
        phrases(r"""
            (?:ref(?:erence)?s?|ref(?:erence)? numbers?|numbers?|numbering|ids?)(?: \w+){0,3} (?:repeated|duplicated?|used twice|twice|the same|wrong|look wrong|not unique|reused)
            (?:repeated|duplicated?|same|reused) (?:ref(?:erence)?s?|ref(?:erence)? numbers?|numbers?|numbering)
            numbered (?:properly|correctly|wrongly|twice|in order)
        """),
        (F.NUMBERING_REPEATED, F.NUMBERING_GAP),
    ),
    (
        phrases(r"""
            (?:owners?|sponsors?|leads?|names?)\b(?: \w+){0,4} (?:corrupt\w*|garbled|scrambled|damaged|mangled|jumbled|nonsense|gibberish|broken)
            (?:corrupt\w*|garbled|scrambled|damaged|mangled|jumbled|broken) (?:owners?|sponsors?|leads?|names?)(?: names?)?
        """),
        (F.OWNER_CORRUPTED,),
    ),
    (
        phrases(r"""
            corrupt\w*
            garbled
            find[- ]and[- ]replace
            (?:scrambled|damaged|mangled|broken|jumbled|nonsense|gibberish)(?: (?:text|words|names?|owners?|titles?))?
        """),
        (F.OWNER_CORRUPTED, F.TEXT_CORRUPTED, F.SPLIT_ROW),
    ),
    (
        phrases(r"""
            (?:refer|refers|referring|point|points|pointing) (?:back )?to (?:another|other|the row|different|the one) (?:rows?|actions?|above|below|cells?)?
            (?:only |just )?(?:say|says|saying|read|reads|put|written)(?: \w+){0,2} "?(?:as above|see above|ditto|as below)"?
            as above
        """),
        (F.REFERS_TO_OTHER_ROW,),
    ),
    (
        phrases(r"""
            (?:deferred|postponed|put off|put back|delayed|pushed back)(?: \w+){0,3} (?:without|with no|but no|no) (?:a )?(?:new |revised |fresh )?(?:date|deadline)s?
        """),
        (F.DEFERRED_WITHOUT_DATE,),
    ),
    (
        phrases(r"""
            (?:revised|changed|moved|new|amended) (?:due )?(?:dates?|deadlines?)
            (?:dates?|deadlines?)(?: \w+){0,3} (?:revised|changed|moved|amended|reprogrammed|re-?scheduled)
            reprogrammed
        """),
        (F.DUE_REVISED,),
    ),
    (
        phrases(r"""
            (?:overdue|late|past due|already past)(?: \w+){0,4} (?:when|before|at the time|by the time|the day)(?: \w+){0,4} (?:published|written|issued|publication|agreed|signed off|came out)
        """),
        (F.OVERDUE_WHEN_PUBLISHED,),
    ),
    (
        phrases(r"""
            (?:undefined|unexplained|unexpanded) (?:abbreviations?|acronyms?|initials|terms?)
            (?:abbreviations?|acronyms?|initials|terms?)(?: \w+){0,4} (?:not|never|n't|undefined|unexplained|without)(?: \w+){0,4}
        """),
        (F.ABBREVIATION_UNDEFINED,),
    ),
    (
        phrases(r"""
            (?:lost|missing) colours?
            colours?(?: \w+){0,3} (?:lost|missing|gone|not (?:there|shown|survive))
            colours?\b[^?]{0,40}\b(?:readable|legible|unreadable|lost|visible)
            (?:b?rag|colour|status)(?: (?:column|cells?|ratings?))+(?: \w+){0,3} (?:empty|blank|missing|lost|unreadable|not readable)
        """),
        (F.COLOUR_LOST, F.KEY_WITHOUT_COLOURS),
    ),
    (
        phrases(r"""
            (?:two|several|more than one|multiple) actions? (?:in|run together|rolled into|under|as) (?:one|a single|the same|together)(?: \w+)?
            (?:run|rolled|merged) together
        """),
        (F.MULTIPLE_ACTIONS,),
    ),
    (
        phrases(rf"""
            (?:what(?:'s|s| is)|anything|something) wrong (?:with|in)(?: the (?:data|text|rows?|table|entries|figures))?
            data[- ]quality(?: (?:problems?|issues?|errors?|concerns?|checks?))?
            (?:problems?|issues?|errors?|mistakes?|faults?|anomal(?:y|ies)|oddities|gaps) (?:with|in|of) (?:the )?(?:data|plan|plans|source|document|documents|text|table|rows?|register|entries|records?)
            (?:look|looks|seem|seems|appear|appears|is|are) (?:to be )?{_WRONG}
            {_ERROR}
            (?:doesn't|don't|does not|do not) (?:add up|make sense|look right)
            flagged
            (?:need|needs|worth|should be|to be)(?: \w+)? (?:checking|correcting|fixing|checked|corrected)
            {_WRONG} (?:entries|entry|rows?|actions?|data|things?)
        """),
        (),
    ),
)
"""Topics from the most to the least particular. The last is about anything that looks wrong."""

_TOTAL = phrases(r"""
    (?:does|do|is|are)(?: \w+){0,4} (?:match|matches|agree|agrees|tally|tallies|square|consistent|the same|add up|right|correct)(?: \w+){0,6} (?:plan|claims?|claimed|says|stated|states|report|rows?|document|total|totals|table)(?: \w+){0,2}
    (?:match|matches|agree with|tally with|square with|same as) what (?:the )?(?:plan|report|document|it|they)(?: \w+)? (?:claims?|says?|states?|reports?)
    (?:numbers?|totals?|figures?|counts?|sums?)(?: [\w/'-]+){0,10} (?:match|agree|tally|add up|right|correct|true|square)(?: \w+){0,6}
    (?:claim|claims|claimed|stated|says there are|said to be) (?:total|number|count|figure)s?
    (?:as|what) (?:the )?(?:plan|report|document) (?:claims|states|says)
""")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the question suspects: the codes of flags (none: any), and the characters that say so."""

    codes: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def spot_doubt(low: str) -> Doubt | None:
    """The suspected errors that the question asks about; None where it asks about none."""
    found: list[tuple[tuple[int, int], tuple[F, ...]]] = []
    for regex, codes in _TOPICS:
        match = regex.search(low)
        if match and not overlaps(match.span(), [span for span, _ in found]) and (codes or not found):
            found.append((match.span(), codes))
    if len(found) > 1 and not _OR.search(low):
        found = found[:1]
    every = dict.fromkeys(code.value for _, own in found for code in own)
    return Doubt(tuple(every), tuple(span for span, _ in found)) if found else None


_OR = re.compile(r"\bor\b|,|\band\b")
"""Between doubts of several kinds."""


def asks_about_total(low: str) -> tuple[int, int] | None:
    """The characters that ask whether a stated total agrees with the rows."""
    match = _TOTAL.search(low)
    return match.span() if match else None
