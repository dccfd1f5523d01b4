"""Words of delivery: which state a status cell or a progress text claims, by the phrases of the trade."""

import re
from functools import lru_cache

from assistant.lexicon import concept_of
from assistant.records import Rag, Status
from ingest.layout.reversals import REVERSED, takes_back
from ingest.layout.words import one_line

_COLOURS = {**{rag.value: rag for rag in Rag}, "orange": Rag.AMBER}
_OTHER_COLOURS = frozenset({"grey", "gray", "purple", "white", "black"})
_SIGNS = {
    sign: word
    for word, signs in {
        "green": "🟢🟩💚",
        "amber": "🟠🟧",
        "red": "🔴🟥",
        "blue": "🔵🟦",
        "yellow": "🟡🟨",
        "complete": "✅☑✔✓🗹☒",
        "not done": "✗✘❌✖❎",
        "in progress": "⏳⌛🔄🚧",
        "at risk": "⚠",
        "on hold": "⏸⛔",
        " ": "☐⬜▢\ufe0f",
    }.items()
    for sign in signs
}
"""What a sign says beside or instead of words. A crossed box is a ticked one; an empty one says nothing."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_TICKED = re.compile(r"\[\s*[xX✓✔]\s*\]")
_HALF_TICKED = re.compile(r"\[\s*[~/]\s*\]")
_LETTERS = {rag.value[0]: rag for rag in Rag}
_COLOUR = re.compile(r"\b(green|amber|red|blue|yellow|orange)\b")

_OPEN = {
    Status.NOT_RECORDED: r"(?:tbc|tbd|to be (?:confirmed|advised|agreed)|no update)\b .*|"
    r"(?:this |the )?(?:action|task|item|work) (?:is |was )?not (?:required|needed|necessary)",
    Status.WITHDRAWN: r"(?:action )?(?:superseded|withdrawn|cancelled|canceled|discontinued|abandoned|rejected|merged|"
    r"removed|deleted|dropped|de-?scoped|combined|amalgamated|transferred|no longer (?:required|needed|applicable|"
    r"relevant)|not (?:proceeding|being pursued|pursued|agreed)) .+",
    Status.COMPLETE: r"(?:completed?|closed|done|signed off) \d.*|(?:now |fully |all )*completed?|finished|fulfilled|"
    r"discharged|complete (?:and|&) ongoing",
    Status.ON_TRACK: r"on[ -]?(?:track|target|schedule|course|plan)(?: .*)?|"
    r"(?:(?:is |are )?(?:going|moving|running|progressing|proceeding)(?: along| ahead| forward)? )?"
    r"(?:as planned|to plan|to time|to schedule|according to plan|in line with (?:the )?plan)",
    Status.AT_RISK: r"at risk(?: .*)?|(?:behind|off)[ -](?:schedule|target|track|course)(?: .*)?",
    Status.NOT_STARTED: r"not(?: yet)?(?: due to)? (?:start|begin|commence|begun)(?:ed|d)?(?: yet)?|"
    r"(?:work )?yet to (?:start|begin|commence)|0 ?%(?: (?:complete|done))?",
    Status.IN_PROGRESS: r"(?:in progress|ongoing|underway) \w.*|\d{1,2} ?%(?: complete)?|"
    r"part(?:ially|ly)?[ -]?(?:complete|completed|met|achieved|done|implemented)",
}
"""Short words with an open end; whole ones stand in the lexicon."""
_OPEN_PATTERNS = tuple((status, re.compile(pattern)) for status, pattern in _OPEN.items())


def spelt(text: str) -> str:
    """The text with coloured dots, ticks, crosses and boxes as words; a sign beside its own word is left out."""
    text = _HALF_TICKED.sub(" in progress ", _TICKED.sub(" complete ", text))
    for sign, word in _SIGNS.items():
        if sign in text:
            text = text.replace(sign, "" if word in text.lower() else f" {word} ").strip()
    return text


@lru_cache(maxsize=20_000)
def colour_of(text: str) -> Rag | None:
    """The colour that the text states, when it is a colour word or letter and says nothing else."""
    line = spelt(one_line(text)).lower()
    words = re.findall(r"[a-z]+", line) if not any(letter.isdigit() for letter in line) else []
    useful = [] if "?" in line else [word for word in words if word not in {"rag", "brag", "status", "rating", "rated"}]
    if len(useful) == 1:
        return _COLOURS.get(useful[0]) or (_LETTERS.get(useful[0]) if len(one_line(text)) <= 3 else None)
    named = {word for word in useful if word in _COLOURS}
    return _COLOURS[useful[0]] if useful and len(named) == 1 and set(useful) == named else None


def is_colour(text: str) -> bool:
    """True where the text names a colour, be it one of a traffic light or grey, purple, white or black."""
    return colour_of(text) is not None or one_line(text).lower().strip(" .") in _OTHER_COLOURS


def colour_in(text: str) -> Rag | None:
    """The one colour that a short text begins or ends with: "Green - on track"."""
    line = REVERSED.sub(" ", spelt(one_line(text)).lower())
    found = _COLOUR.findall(line[:40])
    starts = re.match(r"\W*(green|amber|red|blue|yellow|orange)\b\s*([-–—:,(.]|$)", line)
    if starts:
        return _COLOURS[starts[1]]
    return _COLOURS[found[0]] if len(found) == 1 and len(line.split()) <= 4 and "flag" not in line else None


@lru_cache(maxsize=8192)
def short_status(text: str) -> Status | None:
    """The state that a short status cell names: None where it is longer or names none."""
    spelt_out = _HUMP.sub(" ", spelt(one_line(text))).lower().replace("’", "'").replace("_", " ")
    line = re.sub(r"[\s.!;:,*-]+$", "", spelt_out).strip(" -–—:.*")
    line = re.sub(r"\s*[-–—]+\s*", " - ", line) if " - " in line or "–" in line else line
    if not line or len(line.split()) > 8:
        return None
    named = concept_of(line, "cell")
    if named is not None:
        return Status(named[0])
    return next((status for status, pattern in _OPEN_PATTERNS if pattern.fullmatch(line)), None)


_FUTURE = re.compile(
    r"\b(?:will|to|must|should|shall|can|could|may|would|needs? to|need|yet to|not|once|when|until|before|"
    r"due to|cannot|if|expected to|planned to|aim to|hope to)\s+(?:be\s+|have\s+|been\s+|yet\s+|fully\s+|now\s+)*"
    r"(?:\w+ly\s+)?(?:complete|completed|done|closed|finished|achieved|delivered|implemented|in place|"
    r"signed off|finalised|"
    r"launched|published|embedded|established|agreed|shared|held|issued|appointed|recruited|rolled out|approved|"
    r"live)\b|\b(?:expected|planned|due|scheduled|anticipated) (?:for )?(?:completion|delivery)\b|"
    r"\b(?:completion|delivery)(?: date)?(?: is| now)? (?:expected|planned|due|scheduled|anticipated)\b"
)
_BLOCKED = re.compile(
    r"\b(suspended|on hold|paused|postponed|deferred|halted|stalled|stuck|blocked|put back|(?:has|"
    r"have) not been possible|unable to|(?:cannot|can't) (?:proceed|progress|start|be|go on|go ahead|continue|move)|"
    r"(?:completed?|resume[ds]?|restart(?:ed)?|start(?:ed)?|happen|done) (?:after|once|when) )"
)
_AT_RISK = re.compile(
    r"\b(at risk|behind schedule|behind target|^behind|is behind|are behind|running behind|"
    r"slipp(?:ed|age|ing)|(?:may|might|could|will) (?:slip|miss|be late)|"
    r"delay(?:s|ed)?|overdue|off[ -](?:track|course)|(?:not|no longer) on[ -]?track|"
    r"missed (?:the )?(?:deadline|target|date)|significant (?:concern|barrier|risk)s?)\b"
)
_NO_RISK = re.compile(r"\b(no|without|not) (?:\w+ )?(delays?|slippage|barriers?|risks?)\b")
_ON_TRACK = re.compile(
    r"(?<!keep them )(?<!keeping them )(?<!back )(?<!stay )\bon[ -](?:track|schedule|target|course)\b|"
    r"\bto plan\b|\bwithin timescales?\b|\b(?:going|moving|running|progressing|proceeding)(?: \w+)? "
    r"(?:as planned|to time|to schedule|according to)\b"
)
_NOT_STARTED = re.compile(
    r"\b((?:has |have )?not (?:yet )?(?:been )?(?:started|begun|commenced|actioned|progressed)|"
    r"yet to (?:start|begin|commence|be started)|"
    r"not (?:yet )?(?:due|expected|planned|scheduled|meant) to (?:start|begin|commence)|"
    r"(?:has|have|had|is|are|does|do)n't (?:yet )?(?:started|begun|commenced|begin|start)|"
    r"(?:nothing|no work|no action) (?:has |is )?(?:yet |been )*(?:done|begun|started|taken)|no (?:work|action) yet|"
    r"(?:never|neither) (?:been )?(?:started|begun|commenced)|"
    r"has not started|no progress|not yet due|work has not)\b|^(?:planned |scheduled |due )?(?:for )?later\b"
)
_FINISHED = re.compile(
    r"\b(complete|completed|done|finished|in place|signed (?:it )?off|finalised|delivered|implemented|"
    r"achieved|closed|embedded|launched|"
    r"published|(?:has|have|had) taken place|took place|went live|now live|established|has been (?:agreed|"
    r"approved|adopted)|"
    r"received|sent|shared|held|issued|circulated|appointed|recruited|rolled out|concluded|fulfilled|met in full|"
    r"up and running|has been to|have been (?:trained|briefed))\b"
)
_NOT_ALL = re.compile(
    r"\b(?:no|none|nothing|never|neither|nobody|half|most|mostly|largely|partly|partially|some|few|only|majority|"
    r"nearly|almost|interim|draft|(?:phase|stage|part|step|week|year) (?:\d+|one|two|three)|"
    r"first (?:\w+ )?(?:phase|stage|part|step|draft|workshop|session|meeting)|"
    r"(?!100)\d{1,3} ?%|(?P<some>\d+) (?:out )?of (?:the )?(?!(?P=some)\b)\d+|"
    r"(?:one|two|three|four|five|six|seven|eight|nine) (?:out )?of (?:the )?\w+)(?!\w)[^.;]*$"
)
_EXCEPT = re.compile(
    r"[^.;]{0,40}\b(?:apart from|except|excluding|other than|all but|but not|subject to)\b|"
    r"\W+by (?:the )?(?:(?:end|start|beginning|mid|middle)\b|q\d|\d|spring|summer|autumn|winter|next|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_GOING_ON = re.compile(
    r"\b(underway|under way|in progress|ongoing|on-going|continu(?:e|es|ing)|being \w+ed|is being|are being|being|"
    r"will (?:be|then|now|go|take|start|begin|continue|also|next)|still|needs? to|needs? (?:further|more)|"
    r"awaiting|awaited|waiting|"
    r"further|remain(?:s|ing)|to be \w+|in draft|drafted|drafting|draft|in development|developing|progressing|"
    r"started|begun|commenced|working (?:on|with|direct)|next steps?|planned|scheduled|is going to|are going to|"
    r"carried forward|c/f|partial(?:ly)?|"
    r"to follow|pending|outstanding|in train|in hand|began|has begun|not yet|nearly|almost|due (?:in|to|by)|"
    r"next (?:month|meeting|quarter))\b"
)
_MEANS_ON_TRACK = re.compile(
    r"\b(?:will|should|expected to|going to|likely to) (?:be )?(?:\w+ )?(?:by|on|within|in|meet)\b.{0,20}"
    r"\b(?:dates?|deadlines?|targets?|time|timescales?|plan)\b|\bno (?:concerns|issues|problems|risks)\b|"
    r"\bas (?:planned|expected|intended)\b|\bexpected (?:by|on|within) (?:its|the|their)\b|\bgoing well\b"
)
_NUMBERS = r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half)"
_PARTLY = re.compile(
    rf"\b(?P<part>{_NUMBERS}) (?:out )?of (?:the |our )?(?!(?P=part)\b){_NUMBERS}\b|"
    rf"\b{_NUMBERS} in (?:every )?(?:\d+|three|four|five|six|seven|eight|nine|ten)\b(?! \d)|\b(?:so far|to date)\b"
)
_BEGUN = (_FINISHED, _GOING_ON, _PARTLY, re.compile(r"[.;]\s+\w"))
"""What says, beside words of an end that is denied or to come, that there is something done already, or says more."""
_COUNTED = re.compile(
    rf"\W*{_NUMBERS} (?:[\w-]+ ){{0,3}}"
    r"(?:held|taken place|took place|sent|shared|received|issued|launched|recruited|appointed)"
)
"""Steps that are counted: beside a status of its own they claim nothing, as how many there are to be is not said."""
_ONLY_WAITS = re.compile(r"\W*(?:still |we are |currently )?(?:a?waiting)(?: for| on)? [^.;,]{3,60}[.\s]*")
_PERCENT = re.compile(
    r"(?:under|over|up to|less than|more than|below|above|between)? ?"
    r"\d[\d\s%–-]*(?: ?(?:to|and) ?\d+ ?)?%(?: complete)?"
)
_MEANS_AT_RISK = re.compile(
    r"^late\b|\bwill (?:not|miss|be (?:late|missed))\b|"
    r"\bneeds?\b.{0,24}\b(?:help|attention|decision|intervention|escalation)\b|"
    r"\b(?:likely|unlikely) to (?:miss|meet|be late|slip|be met)\b|"
    r"\b(?:some|minor|major|serious|significant) (?:issues?|concerns?|delays?|problems?|slippage|risks?)\b|"
    r"\b(?:deadline|target|date) (?:has been |was )?(?:missed|passed)\b|\bneeds attention\b|"
    r"\bpast (?:its|the) (?:date|deadline)\b"
)
_NO_NEWS = re.compile(
    r"\bno (?:update|report|information|news|return|response|data|rating)\b|"
    r"\bnot (?:yet )?(?:been )?(?:reported|rated|updated)\b"
)
_NOT_OF_WORK = re.compile(
    r"\b(?:money|funds?|funding|funded|budgets?|costs?|overspen[dt]|underspen[dt]|spen[dt]|savings?|finances?|financial|"
    r"impact|effect|affected|risk|likelihood|confidence|priority|severity|quality|evidence)\b"
)
_OF_WORK = re.compile(
    r"\b(?:work|actions?|tasks?|deliver\w*|begun|begin\w*|started?|starting|complet\w+|progress\w*|finish\w*|done|"
    r"implement\w*|in place|on track|off track|late|overdue|delay\w*|behind|on hold|schedule|milestones?|plan|"
    r"(?:at|no|some|significant|high|low|medium) risk|closed|embedded|achieved|stalled|paused|underway|under way)\b"
)
_DROPPED = re.compile(
    r"\W*(?:action )?(?:superseded|withdrawn|cancelled|canceled|discontinued|abandoned|rejected|merged|removed|deleted|"
    r"dropped|de-?scoped|no longer (?:required|needed|applicable|relevant)|not (?:proceeding|being pursued|pursued))\b"
)
_REFERENCE = re.compile(
    r"(?:please )?(?:see|as|same as|refer to|ref)\b.{0,60}\b(?:above|below|previous|action|row|item|section|"
    r"appendix)\b.*|ditto|as above"
)


def is_reversed(text: str) -> bool:
    """True where the text takes a word of state back and states none beside it: "Done - no", "On track?"."""
    line = one_line(text).lower().replace("’", "'")
    return REVERSED.search(line) is not None and claim_of(line, silent=None) in {None, Status.NOT_RECORDED}


def unless_reversed(claimed: Status | None, text: str) -> Status | None:
    """The claimed state, where the text does not take its word back; else what the rest says, or not recorded."""
    line = one_line(text).lower().replace("’", "'")
    rest = REVERSED.sub(" ", line).strip(" -–—:,;.()?")
    if claimed is Status.IN_PROGRESS and line and not rest and short_status(line) is None:
        return Status.NOT_RECORDED
    if claimed is None or not takes_back(line, claimed):
        return claimed
    return short_status(rest) or _claimed(rest, None) or Status.NOT_RECORDED


@lru_cache(maxsize=8192)
def claim_of(text: str, silent: Status | None = Status.IN_PROGRESS) -> Status | None:
    """The state that a progress text claims; None where it is empty or only refers to another place.

    What stops an action outweighs what has been done, and what is still open makes a finished part a step on the way.
    A text that reports something and claims nothing is `silent`: by default work in progress.
    """
    return unless_reversed(_claimed(text, silent), text)


def _claimed(text: str, silent: Status | None) -> Status | None:
    line = one_line(text).lower().replace("’", "'")
    short = short_status(line)
    if short is not None:
        return short
    if len(line.split()) < 2 or is_reference(line):
        return None
    past, rest = _FUTURE.sub(" to come ", line), _FUTURE.sub(" ", line)
    stopping = (
        (Status.BLOCKED, _BLOCKED.search(line)),
        (Status.AT_RISK, _AT_RISK.search(line) and not _NO_RISK.search(line)),
        (Status.NOT_STARTED, _NOT_STARTED.search(line)),
        (Status.BLOCKED, _ONLY_WAITS.fullmatch(line)),
    )
    stopped = next((status for status, words in stopping if words), None)
    on_track = Status.ON_TRACK if _ON_TRACK.search(line) else None
    if stopped is not None:
        return stopped
    if rest != line and not any(words.search(rest) for words in _BEGUN):
        return on_track or Status.NOT_RECORDED
    finished = _FINISHED.search(past)
    if not finished:
        return on_track or (Status.IN_PROGRESS if _GOING_ON.search(line) or _PARTLY.search(line) else silent)
    if silent is None and _COUNTED.fullmatch(past[: finished.end()]):
        return None
    after = past[finished.end() :]  # a part of it, nothing, all but something, or meant for a day
    partly = _NOT_ALL.search(past[: finished.start()]) or _EXCEPT.match(after)
    if past != line or partly or _PARTLY.search(re.split(r"[.;]", after, maxsplit=1)[0]):
        return Status.IN_PROGRESS
    if re.match(r"\W*(fully |now |all |action )?(complete|completed|closed|done|in place)\b", past):
        return Status.IN_PROGRESS if _GOING_ON.search(after) and "." in past else Status.COMPLETE
    opens = short_status(re.split(r"\s+[-–—]|[:;,.]\s", line, maxsplit=1)[0])  # "Open – letter sent"
    step = opens in {Status.IN_PROGRESS, Status.NOT_STARTED} and not _WHOLE.search(past)
    going = _GOING_ON.search(past) or step
    return (on_track or Status.IN_PROGRESS) if going else Status.COMPLETE


def is_to_come(text: str) -> bool:
    """True where the text denies the end of the work or says that it is to come."""
    return _FUTURE.search(one_line(text).lower().replace("’", "'")) is not None


def meaning_of(text: str) -> Status | None:
    """The state that an entry of a colour key names, by what it says of the date where it names no state.

    What speaks of money, risk or effect and not of the work says nothing of delivery.
    """
    line = one_line(text).lower().replace("’", "'")
    short = short_status(line)
    if short is not None:
        return short
    if _PERCENT.fullmatch(line):
        return Status.COMPLETE if re.fullmatch(r"100 ?%.*", line) else Status.IN_PROGRESS
    if _NO_NEWS.search(line) or (_NOT_OF_WORK.search(line) and not _OF_WORK.search(line)):
        return None
    if _MEANS_AT_RISK.search(line):
        return Status.AT_RISK
    return Status.ON_TRACK if _MEANS_ON_TRACK.search(line) else claim_of(line, silent=None)


_STEP = re.compile(r"\b(?:issued|sent|held|shared|received|circulated|in place|appointed|recruited|agreed|drafted)\b")
_WHOLE = re.compile(
    r"\b(?:complet\w+|done|finished|closed|achieved|delivered|implemented|embedded|signed off|published|launched|"
    r"discharged|fulfilled|live|concluded)\b"
)


_PAPER = re.compile(
    r"\b(?:papers?|letters?|e-?mails?|requests?|invitations?|reminders?|adverts?|instructions?|quotes?|drafts?|forms?|"
    r"surveys?|questionnaires?|referrals?|notes?|agendas?|proposals?)\b[^.;]{0,30}\b(?:sent|issued|shared|circulated|received)\b"
)


def is_step(text: str, paper: bool = False) -> bool:
    """True where words tell of a step that was taken and no word says that the whole is done: "Instructions issued".

    Args: paper, whether only what was written and sent counts as such a step.
    """
    line = one_line(text).lower()
    return bool((_PAPER if paper else _STEP).search(line)) and not _WHOLE.search(line) and short_status(line) is None


def is_dropped(text: str) -> bool:
    """True where a status says that the action is no longer one of the plan: "Withdrawn", "Merged with 4"."""
    dropped = _DROPPED.match(one_line(text).lower()) is not None
    return dropped and unless_reversed(Status.WITHDRAWN, text) is Status.WITHDRAWN


def is_reference(text: str) -> bool:
    """True where the text only points at another row: "as above", "see action 4"."""
    line = one_line(text).lower().strip(" .")
    return bool(_REFERENCE.fullmatch(line)) and len(line.split()) <= 10
