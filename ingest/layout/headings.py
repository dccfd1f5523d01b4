"""What a heading means: the words that officers put above columns and blocks, scored against the roles."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from ingest.layout.drafts import Role
from ingest.layout.statuswords import short_status
from ingest.layout.words import one_line

SURE = 0.85
"""From here on a heading alone decides."""
LIKELY = 0.6
"""From here on a heading counts as one."""

_FUZZY = 88.0

_PHRASES: dict[Role, str] = {
    Role.REF: """
        minute~; item~; minute ref; log no; log ref; ap no; ref; ref no; reference; reference no; reference
        number; no; no.; number; nr; num; action no; action number; action ref; action reference; id; action
        id; item no; item number; rec no; recommendation no; unique id; serial; serial no; sn; line no; row;
        code; task no; task id; objective no; action code
    """,
    Role.ACTION: """
        task name; we did; our response; action name; action; actions; action required; actions required;
        required action; key action; key actions; agreed action; agreed actions; improvement action;
        improvement actions; action to be taken; actions to be taken; what will we do; what we will do; what
        we are going to do; what are we going to do; what do we need to do; what needs to be done; what needs
        to happen; what we need to do; what must we do; how will we do this; how we will do this; how will we
        do it; how we will do it; how will we get there; how we will get there; how will we achieve this; how
        we will achieve this; how will this be achieved; does what; do what; what; task; tasks; activity;
        activities; milestone~; milestones~; deliverable; deliverables; steps; steps to be taken;
        intervention; interventions; action description; description of action; description~; key tasks; key
        task; key activities; key activity; commitment; commitments; we will; work required; proposed action;
        proposed actions; action point; action points; action agreed; actions agreed; key milestone~; key
        milestones~; details of action; specific action; specific actions; action plan; planned action;
        planned actions; planned activity; details~; next steps~; actions we will take; action we will take;
        action to take; what is the action; the action; what we said we would do; management response~;
        response~; key actions and milestones; actions and milestones; smart action; smart actions; work to be
        done; initiative
    """,
    Role.OWNER: """
        resource name; resource names; by~; action by; completed by~; when and who~; owner; owners; action
        owner; task owner; lead; leads; lead officer; lead officers; officer lead; lead person; lead agency;
        lead organisation; lead agencies; action lead; named lead; who; by who; by whom; who by; whom; who is
        responsible; who is leading; who is the lead; who will do this; who will lead; who will lead this; who
        leads; whose job is it; responsible; responsible officer; responsible officers; responsible person;
        person responsible; persons responsible; responsible lead; responsible owner; responsible agency;
        responsible party; responsibility; responsibility of; officer; officers; officer responsible;
        accountable; accountable officer; accountable lead; accountable person; sponsor; assigned to;
        allocated to; delegated to; assignee; sro; senior responsible officer; strategic lead; operational
        lead; lead and partners; lead service; service lead; action by~; named officer; named person;
        initials; lead member~; lead role; lead name; lead manager; manager responsible; responsible manager;
        lead director; key contact; contact~; board sponsor; accountable owner; lead responsibility; owned by;
        led by; lead partner; action holder; holder; name~
    """,
    Role.DUE: """
        baseline date; baseline deadline; planned date; due; due date; date due; due by; deadline; by when;
        when; when by; timescale; timescales; time scale; time scales; timeframe; time frame; timeline; target
        date; target~; target completion date; target completion; completion date~; expected completion;
        expected completion date; estimated completion date; planned completion date; planned completion; date
        for completion; complete by; completed by; to be completed by; end date; planned end date; finish
        date; finish; end; delivery date; timescale for delivery; implementation date; date~; action due;
        required by; date by; by; due for completion; milestone date; target end date; deadline date;
        completion due; when will it be done; when will we do it; when will this be done; when will this be
        done by; by what date; date to be completed; finish by; finished by; done by;
        end by; ends; due original; due date original; due date for completion; original due date; original
        target date; original deadline; original date; review date~; date required; target finish; target
        delivery date; timing; due when
    """,
    Role.REVISED: """
        current date~; current deadline; current target; current target date; revised date; revised due date;
        revised target date; new date; new due date; new target date; extended date; revised timescale;
        revised deadline; forecast date; forecast completion; forecast completion date; extension date;
        revised completion date; updated due date; extended to; current due date; revised date if applicable;
        revised end date; revised delivery date; due revised; due date revised; revised due; new deadline; date revised
    """,
    Role.START: """
        start; start date; date started; planned start; planned start date; commencement; commencement date;
        commence; commences; begin; begins; begin date; starting; starts; start by; starting date; from;
        actual start
    """,
    Role.COMPLETED: """
        actual~; actual end; date completed; completed~; completed on; completed date; actual completion date;
        actual completion; date closed; closed date; date achieved; actual end date; date of completion;
        actual date; achieved on; closed on; completion date~; date done; done on; date signed off; signed off
        on; closure date; date delivered; actual finish
    """,
    Role.STATUS: """
        status; rag; rag status; rag rating; rag rate; rag rated; brag; brag status; brag rating; current
        status; action status; state; progress status; progress rag; delivery status; rating; progress rating;
        complete y n; completed y n; complete yes no; open closed; open or closed; current rag; colour; rag
        colour; brag colour; status rag; rag progress; progress rag rating; rag update; current rag status;
        overall rag; rag rating progress; done; done y n; complete~; on track; is it on track; delivery
        confidence; traffic light; delivery rag; status open closed; current rag rating; latest rag; rags;
        bragg; ragb; ragg; status of action; rating rag
    """,
    Role.PROGRESS: """
        latest; latest news;
        how it is going; how is it going; how are we doing; how we are doing;
        where we are; where are we; where we are now; where things stand; how far we are; what is happening;
        progress; progress update; progress to date; progress so far; update; updates; latest update; latest
        position; current position; position; position statement; comments; comment; commentary; notes; note;
        status update; status comment; status comments; narrative; progress notes; progress comments; progress
        made; action taken; actions taken; action to date; actions to date; progress against action; current
        progress; what have we done; what we have done; what we have done so far; what has been done; where
        are we now; outcome of action; progress and impact; remarks; feedback; update progress; progress
        report; progress summary; quarterly update; monthly update; q1 update; q2 update; q3 update; q4
        update; current update; delivery update; progress in period; progress this period; rag narrative; rag
        commentary; latest progress; you said we did; progress evidence~; progress commentary; discussion~;
        summary of progress; progress since last meeting; update and next steps; current status update;
        officer update; what has happened; what happened
    """,
    Role.MEASURE: """
        success measure; success measures; measure of success; measures of success; success criteria; how will
        we know; how will we know it has been done; how will we know it is done; how we will know; how will we
        know it is working; how will we know we have succeeded; how will we know we have made a difference;
        how do we know; how will we know if it has worked; how will we measure success; how will it be
        measured; how will this be measured; how we will measure success; how success will be measured; kpi;
        kpis; key performance indicator; key performance indicators; performance indicator; performance
        indicators; performance measure; performance measures; measure; measures; evidence; evidence of
        completion; evidence of success; evidence of impact; evidence required; evidence needed; source of
        evidence; evidence base; monitoring; monitoring arrangements; indicator; indicators; success
        indicator; success indicators; assurance; what will we see; how evidenced; how will it be evidenced;
        evidenced by; verification; means of verification; quality assurance; target and measure; targets;
        measurable; output; outputs; test of success; proof
    """,
    Role.OUTCOME: """
        outcome; outcomes; intended outcome; intended outcomes; expected outcome; expected outcomes; desired
        outcome; desired outcomes; outcomes for children; outcome for children; outcomes for children and
        families; outcomes for children and young people; impact; intended impact; expected impact; impact on
        children; impact for children; impact on children and families; what difference will it make; what
        difference will this make; what difference will we make; what difference has it made; what will
        success look like; what success looks like; what success will look like; success looks like; what good
        looks like; what does good look like; benefit; benefits; expected benefit; expected benefits; what
        will be different; difference made; so what; outcome sought; planned outcome; planned impact;
        anticipated outcome; anticipated impact; impact we want;
        outcome we want; difference we want; expected result; expected results; result; results; impact
        outcome; how will children benefit; what it means for children; impact and outcome; outcome impact
    """,
    Role.RECOMMENDATION: """
        what ofsted said; what inspectors said; what the inspectors said; what inspectors found; you said; you
        told us; what you said; what we found; pledge; promise; our promise; recommendation; recommendations;
        priority; priorities; priority area; priority areas; objective; objectives; our objectives; key
        objective; area; areas; area for improvement; areas for improvement; area of improvement; area of
        focus; focus area; area for development; areas for development; theme; themes; aim; aims; issue;
        issues; finding; findings; ofsted finding; ofsted findings; inspection finding; inspection findings;
        ofsted recommendation; ofsted recommendations; inspection recommendation; goal; goals; strategic
        objective; strategic priority; workstream; work stream; improvement area; improvement theme;
        improvement priority; standard; key area; key areas; topic; what we want to achieve; what do we want
        to achieve; what needs to improve; what needs to change; what needs to be different; change needed;
        what needs improving; requirement; learning point; learning; key line of enquiry; agenda item;
        subject; concern; gap; gaps identified; need; need identified; category; programme; strand; project;
        key theme; our priority; our priorities; our aim; what we will improve; identified issue; issue
        identified; area of practice; item~; recommendation from review; audit recommendation; why; context~;
        source recommendation; key priority; improvement
    """,
    Role.SECTION: """
        section; domain; chapter; pillar; part; heading; plan area
    """,
    Role.OTHER: """
        resource; resources; resources required; resource implications; cost; costs; budget; funding; risk;
        risks; source; partners; key partners; support; supported by; support needed; links; links to;
        dependencies; dependency; level of risk; risk level; priority level; date raised; date agreed; date
        set; meeting date; date of meeting; date added; date opened; raised; raised by; date logged; date
        identified; identified by; logged; barriers; barriers and risks; mitigation; mitigations; frequency;
        reporting to; reports to; governance; board; reported to; group; last updated; date updated; date of
        update; last reviewed; page; week; review; agency; team; service; minute; minute no; minute ref;
        meeting; date of action; days open; days overdue; days left; approved by; sign off; signed off by; who helps;
        who else; who will help; who supports; who is helping; who is involved; who else is involved; helped by;
        working with; with help from; supporting officer; support officer; supporting lead; involved; consultees;
        version; version no; author; change; changes; change made; changes made;
        amendment; amendments; likelihood; probability; risk owner; risk score; risk rating; risk description;
        inherent score; residual score; mitigating controls; controls; email; telephone; phone; organisation
    """,
}

_LAST_WORDS = {
    "lead": Role.OWNER,
    "leads": Role.OWNER,
    "owner": Role.OWNER,
    "owners": Role.OWNER,
    "sponsor": Role.OWNER,
    "deadline": Role.DUE,
    "status": Role.STATUS,
    "update": Role.PROGRESS,
    "commentary": Role.PROGRESS,
}
"""What the last word of a longer heading says."""
_SAYS_WHICH = re.compile(
    r"[(\[]\s*(?:original|revised|new|current|forecast|actual|planned|baseline|extended|updated)[^)\]]{0,20}[)\]]?\s*$",
    re.IGNORECASE,
)
_STOP = frozenset({"the", "a", "an", "of", "for", "to", "and", "or", "our", "your", "this", "if", "please", "insert"})


def _key(text: str) -> str:
    words = re.findall(r"[a-z0-9#]+", text.lower().replace("’", "").replace("'", ""))
    return " ".join(words)


def _lexicon() -> dict[str, dict[Role, float]]:
    found: dict[str, dict[Role, float]] = {}
    for role, phrases in _PHRASES.items():
        for phrase in phrases.split(";"):
            weight = 0.7 if phrase.rstrip().endswith("~") else 1.0
            found.setdefault(_key(phrase), {})[role] = weight
    found["#"] = {Role.REF: 1.0}
    return found


_HELPS = re.compile(r"\b(?:helps?|helping|else|supports?|supporting|involved?|assists?|consulted|informed|with)\b")
_ENDS_BY = re.compile(r"(?:(?:to be|will be|we will) )?(?:finish|complet|deliver|achiev|implement|conclud|clos)\w* by")
_LEXICON = _lexicon()
_KEYS = tuple(_LEXICON)


@lru_cache(maxsize=32_768)
def role_scores(heading: str) -> tuple[tuple[Role, float], ...]:
    """How well the heading names each role, in [0, 1], best first; roles without a match are left out.

    Exact words of the trade score 1, their misspellings a little less, and a heading that holds them among other
    words by their share of it.
    """
    key = _key(_without_hint(one_line(heading))) if len(heading) < 300 else ""
    if not key or len(key) > 120:
        return ()
    scores: dict[Role, float] = dict(_LEXICON.get(key, {}))
    if not scores:
        _near(key, scores)
        _inside(key, scores)
        _at_start(key, scores)
        _alternatives(heading, scores)
    whole = _key(one_line(heading))
    if re.search(r"\b(b?rag|ragb?)\b", whole) and "narrative" not in key and "comment" not in key:
        beside = "rag" not in key
        scores = {role: score * (0.9 if beside else 1.0) for role, score in scores.items()}
        _raise(scores, {Role.STATUS: 1.0}, 0.95)
    return tuple(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def best_role(heading: str) -> tuple[Role | None, float]:
    """The role that the heading names best, and how well."""
    scores = role_scores(heading)
    return scores[0] if scores else (None, 0.0)


def names_state(text: str) -> bool:
    """True where words that name a column also name a state, so that they may be the value of one: "On track"."""
    return best_role(text)[0] is not Role.REF and short_status(text) is not None


def _without_hint(heading: str) -> str:
    """Headings explain themselves in brackets: "Status (RAG)", "Owner (initials)"."""
    if _SAYS_WHICH.search(heading):
        return re.sub(r"[()\[\]]", " ", heading)
    short = re.sub(r"\s*[(\[][^)\]]*[)\]]?\s*$", "", heading)
    return short if re.search(r"[A-Za-z#]", short) else heading


def _near(key: str, scores: dict[Role, float]) -> None:
    """Misspelt headings, plurals and other endings."""
    if len(key) < 5:
        return
    for known in _KEYS:
        if abs(len(known) - len(key)) > 3 or (known[0] != key[0] and known[-1] != key[-1]):
            continue
        likeness = fuzz.ratio(key, known)
        if likeness >= _FUZZY:
            _raise(scores, _LEXICON[known], 0.95 * likeness / 100)


def _inside(key: str, scores: dict[Role, float]) -> None:
    """Known phrases among other words; the end of a heading says more than its beginning."""
    words = key.split()
    content = [word for word in words if word not in _STOP]
    if len(words) > 14 or not content:
        return
    for length in range(min(len(words), 9), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            if phrase not in _LEXICON or len(phrase) < 3:
                continue
            share = sum(1 for word in words[start : start + length] if word not in _STOP) / len(content)
            last = 0.05 if start + length == len(words) else 0.0
            _raise(scores, _LEXICON[phrase], min(0.94, 0.35 + 0.55 * share + last))


def _at_start(key: str, scores: dict[Role, float]) -> None:
    """A question says by its first words what it asks: how will we know ..., what difference will ..."""
    words = key.split()
    last = _LAST_WORDS.get(words[-1])
    if last is not None and len(words) <= 4:
        _raise(scores, {last: 1.0}, 0.85)
    if words[0] in {"who", "whose"}:
        _raise(scores, {Role.OTHER if _HELPS.search(key) else Role.OWNER: 1.0}, 0.8)
    if words[0] == "when" or words[:2] == ["by", "when"] or _ENDS_BY.fullmatch(key):
        _raise(scores, {Role.DUE: 1.0}, 0.8)
    for length in range(min(len(words), 9), 2, -1):
        phrase = " ".join(words[:length])
        if phrase in _LEXICON:
            _raise(scores, _LEXICON[phrase], 0.9)
            return


def _alternatives(heading: str, scores: dict[Role, float]) -> None:
    """Two names for one column, parted by a stroke: the first says a little more."""
    parts = [_key(part) for part in re.split(r"[/|]|\s[-–—]\s", one_line(heading)) if _key(part)]
    if len(parts) != 2:
        return
    for part, factor in zip(parts, (0.85, 0.8), strict=True):
        words = part.split()
        for known in (part, " ".join(word for word in words if word not in _STOP)):
            _raise(scores, _LEXICON.get(known, {}), factor)


def _raise(scores: dict[Role, float], roles: dict[Role, float], factor: float) -> None:
    for role, weight in roles.items():
        scores[role] = max(scores.get(role, 0.0), weight * factor)
