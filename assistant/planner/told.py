"""What is told around a question: who asks and why, before, beside and after it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.dates import find_dates
from assistant.grammar import Token, below, parsed
from assistant.lexicon import choice, plain
from assistant.planner.assemble import sketches
from assistant.planner.bounds import CONFIRMS, bounded
from assistant.planner.candidates.subject import is_empty, is_light
from assistant.planner.frames import ASKING_WORDS, MANY, asides, told_of, told_subject
from assistant.planner.learnt import SUBJECT
from assistant.planner.pieces import Before, Setting, is_term
from assistant.planner.plans import spot_plans
from assistant.planner.roles import Role, roles_of
from assistant.planner.spots import Kind
from assistant.planner.text import ASKING, Text, overlaps

_ENDS = re.compile(r"[.!?;:](?=\s)|\s[-–—](?=\s)|\s\((?=(?:[\w'-]+[^\w()]+){3,})")
_SHORT = re.compile(rf"\b(?:{choice('titles')}|[a-z]|no|st|vs|approx|e\.g|i\.e)$")
"""What a full stop does not end."""
_SO_IS = r"(?!\W*(?:and\s+)?so\s+(?:is|are|am|was|were|do|does|did|has|have|had|will|would|can)\s+(?:i|we|my|our|the|they|every\w+|all)\b[^?]*$)"
"""What is true of somebody as well asks nothing: "the auditors wait, and so is my chief"."""
_SOFT = re.compile(
    rf"{_SO_IS}(?:(?:,\s*|\s)(?:(?:and|so|but)\s+)+(?={ASKING})|,\s*(?={ASKING})|,\s*so\s+)"
    rf"|\b(?:ask(?:s|ed|ing)?(?:\s+(?:me|us))?|(?:to|i'd)\s+(?:know|learn|understand|find\s+out|check|see)|wonder\w*)\s+(?!(?:and|so|but)\b)(?={ASKING})"
    rf"|\b(?:wants?|needs?|wishes|like)\s+to\s+(?=(?:see|have)\s+(?!{ASKING}))"
    r"|\s(?=(?:(?:i|we)\s+(?:need|want|must|would)|i'd\s+like|please|pls|kindly|can\s+you|could\s+you)\b)"
)
"""Where a question may begin within a sentence: after a pause, or after what says that somebody asks."""
_BEGINS = re.compile(rf"{_SO_IS}\W*(?:(?:and|so|but|also|then|ok|now)\s+)*{ASKING}")
_SETS = re.compile(
    r"\W*(?:in|within|under|among|across|at|on|if|unless|as|assum\w+|using|imagine|suppose|only|just|not|leaving|apart|except"
    r"|of|for|from|before|after|since|once|until|by|taking)\b(?!\s+(?:a|my|our)\b)"
)
"""What begins with these holds for the request."""
_PURPOSE = re.compile(
    rf"\W*(?:{choice('purposes')}|(?:for|before|after|following)\s+(?:my|our)|to\s+(?:help|inform|prepare|assist))\b"
)
"""What a request is made for: "as part of our checks, identify any ..."."""
_OURSELVES = re.compile(r"\b(?:i|i'm|i've|i'd|me|my|we|we're|we've|our|us)\b")
_GREETS = re.compile(rf"\W*{choice('greets')}\b")
_FOR_WHAT = re.compile(
    r"\W*(?:i|we)(?:'d)?\s+\w+(?:\s+to\s+(?!know|see|have|hear|get|find|understand|ask|look)\w+\b|(?:\s+to\s+\w+)?\s+(?:it|this|that|these|those|them|one)(?=\W*$|\s+(?:for|by|before|at|on|to|in|as|because|so|today|tomorrow)\b))"
)
"""What the reader needs the answer for: "I need it for the board"."""
_AFTER = re.compile(r"\W*(?:i|we)\b(?!\s+mean)")
"""How it goes on after the question where somebody says what it is for."""
_SAYS = re.compile(r"\b(?:asks?|asked|asking|wants?|says?|said|writes?|wrote)\W*$")
_ROWS = re.compile(r"\b(?:action|row|task|item)s?\b")
_NEEDS = frozenset(["need", "got", "must", "want", "have", "had", "am"])
_IF = frozenset(["if", "unless", "assuming", "supposing", "whether"])
_WHO = re.compile(rf"\W*{choice('who_asks')}\s+(?:the|an?)\s+(?:[\w'&-]+\s*){{1,5}}\W*$")
_TO_US_FIRST = re.compile(r"\W*(?!let|trust|believe|tells?\b)[a-z]+\s+(?:me|us)\b")
"""A request of the reader: "take me through R2"."""
_MINE = re.compile(r"\b(?:i|i'm|i've|my|mine|for me)\b")
_WANTS = frozenset(["want", "need", "require", "mean", "meant", "like", "prefer"])


@dataclass(frozen=True, slots=True)
class Line:
    """A line as typed: the question itself, and what is told around it."""

    asked: str
    told: str = ""


@lru_cache(maxsize=512)
def parted(text: str) -> Line:
    """The question apart from what is told around it; all of the line where nothing in it asks, or where all does."""
    low, units, leads, rests = plain(text), [], set(), set()
    for start, end in _sentences(low):
        cut = _cut(text, start, end)
        units += [(start, cut), (cut, end)] if cut > start else [(start, end)]
        leads |= {(start, cut)}
        rests |= {(cut, end)} if cut > start else set()
    asks = " ".join(low[slice(*unit)] for unit in units if unit in rests or _asks(low[slice(*unit)]))
    asks = asks if Text(asks).words and not CONFIRMS.fullmatch(asks) else ""
    leads |= {
        one
        for one in units
        if "?" in low[: one[0]]
        and (_AFTER.match(low, *one) or _unsaid_self(low[slice(*one)]))
        and not _requests(low[slice(*one)])
    }
    told = [one for one in units if asks and one not in rests and _is_told(text[slice(*one)], asks, one in leads)]
    kept = " ".join(text[slice(*unit)].strip() for unit in units if unit not in told)
    says = [text[slice(*unit)].strip() for unit in told if not _PURPOSE.match(low, *unit)]
    return Line(kept.strip(" ,-"), " ".join(says))


def _sentences(low: str) -> Iterator[tuple[int, int]]:
    begins = 0
    for match in _ENDS.finditer(low):
        if match.group() != "." or not _SHORT.search(low, 0, match.start()):
            end = match.start() if match.group().endswith("(") else match.end()
            if low[begins:end].strip():
                yield begins, end
            begins = end
    if low[begins:].strip():
        yield begins, len(low)


def _cut(text: str, start: int, end: int) -> int:
    """Where a sentence begins to ask whose beginning tells something; else where it begins."""
    low = plain(text)
    for match in _SOFT.finditer(low, start, end) if not _BEGINS.match(low, start, end) else ():
        said = match.group().split()
        turned, head, rest = (
            said[-1:] in (["but"], ["so"]),
            text[start : match.end()].strip(" ,"),
            low[match.end() : end],
        )
        stands = said and (match.group()[0] not in " ," or turned or not _SETS.match(plain(head)))
        told = _PURPOSE.match(plain(head)) or (stands and _tells(head, turned))
        goes_on = _asks(rest) or (said[-1:] == ["so"] and not _tells(text[match.end() : end]))
        if told and not _ROWS.search(plain(head)) and len(rest.split()) > 1 and goes_on:
            return match.end()
    return start


def _is_told(unit: str, asked: str, cut: bool) -> bool:
    text = Text(unit)
    mine = text.says("self") and _MINE.search(asked)
    if (
        _TO_US_FIRST.match(text.low)
        or (_asks(text.low) and not cut)
        or text.says("except")
        or _WHO.match(text.low)
        or mine
    ):
        return False
    if cut or _GREETS.match(text.low) or _PURPOSE.match(text.low):
        return True
    if _OURSELVES.search(text.low) and not (_SETS.match(text.low) or _ROWS.search(text.low) or _requests(unit)):
        return True
    whole = unit.endswith(".") or len(text.words) > 3 or bool(_SAYS.search(text.low))
    return whole and _tells(unit)


def _asks(low: str) -> bool:
    return low.rstrip().endswith("?") or bool(_BEGINS.match(low) and not _FOR_WHAT.match(low))


def _tells(clause: str, turned: bool = False) -> bool:
    """Whether a clause states something: somebody does or is something, and nothing is asked or wanted of the reader;
    `turned`, whether it goes on with "but"."""
    clause = _with_self(clause)
    return not _requests(clause) and any(True for _ in _statements(parsed(clause), anywhere=turned))


def _with_self(clause: str) -> str:
    """A clause with the "I" that a hurried reader leaves out: "need to chase", "trying to pin down"."""
    clause = clause.strip()
    greets = _GREETS.match(plain(clause))
    begun = clause[greets.end() :].lstrip(" ,") if greets and "," in clause else clause
    tokens = [token for token in parsed(begun)[:1] if not Text(clause).says("except")]
    if tokens and tokens[0].gerund and tokens[0].kind == "VERB" and len(begun.split()) > 2:
        return f"I am {begun}"
    return f"I {begun}" if tokens and tokens[0].text.lower() in _NEEDS else clause


def _unsaid_self(clause: str) -> bool:
    return _with_self(clause) != clause.strip()


def _requests(clause: str) -> bool:
    """ "I need the reds", "I don't want the tracker"."""
    tokens = parsed(clause)
    for subject, verb in _statements(tokens):
        things = [one for one in tokens if one.role == "dobj" and tokens[one.head] is tokens[verb]]
        wants = tokens[subject].text.lower() in ("i", "we") and tokens[verb].text in _WANTS
        if wants and any(one.kind in ("NOUN", "PROPN") for one in things):
            return True
    return False


def _statements(tokens: tuple[Token, ...], anywhere: bool = False) -> Iterator[tuple[int, int]]:
    """The subject and the verb of each main clause that states, or of any clause."""
    if not tokens or tokens[0].text.lower() in ASKING_WORDS:
        return
    ended = tokens[-1].text == "."
    for n, token in enumerate(tokens):
        verb = tokens[token.head]
        main = verb.role in ("ROOT", "conj", "parataxis") or (verb.role == "ccomp" and tokens[verb.head].past)
        main = (
            main
            and (ended or verb.kind in ("VERB", "AUX"))
            and not any(one.text.lower() in _IF and tokens[one.head] is verb for one in tokens)
        )
        subject = token.role in ("nsubj", "nsubjpass", "expl") and n < token.head and token.text.lower() != "you"
        if subject and (main or anywhere):
            yield n, token.head


POINTS = re.compile(
    r"\b(?:it|its|them|they|their|this(?!\s+(?:\w+\s+)?(?:day|week|fortnight|month|quarter|term|year|spring|summer|autumn|winter)\b)|these|those|such|there|each|he|him|his|she|her|both|the two)\b|(?<!\w\s)\bthat\b|\bthat(?=\W*$|\s(?!is|are|was|were|has|have|had|will|still))"
)
_BARE_ASK = re.compile(
    r"\W*(?:which|what|who|how many|list|show)(?:\s+(?:of\s+)?(?:them|those|these|they|rows?|actions?|ones?|are|is|me|please))*\W*$"
    r"|\W*(?:which|what|who|when|where|why|how\s+come)(?:\s*[,?]|\s+and\b|\W*$)"
)
"""A request that names nothing: what it asks for was told before it."""


ONE = re.compile(r"\b(?:he|him|his|she|hers?)\b")


_NAMING, _SINGULAR = ("NOUN", "PROPN"), ("it", "its", "this", "that", "he", "him", "his", "she", "her")


def points_out(asked: str, at: re.Pattern[str] = POINTS) -> bool:
    """Whether a question points at something, or somebody, that it does not name itself."""
    tokens = parsed(asked)
    for match in at.finditer(plain(asked)):
        itself = next((token for token in tokens if token.start == match.start()), None)
        if asked[match.start() :].startswith("IT") and not asked.isupper():
            continue  # a team
        if itself and (itself.role == "expl" or (itself.role == "det" and match.group() in ("each", "both"))):
            continue  # "were there any", "each plan"
        before = [token for token in tokens if token.end <= match.start()]
        one = match.group() in _SINGULAR  # which stands for no rows, and for nothing else in the plural
        at_itself = next((n for n, token in enumerate(tokens) if token is itself), -1)
        over = _heads_of(tokens, at_itself)  # "the actions that are on them" are no actions on themselves
        nouns = ((n, t) for n, t in enumerate(before) if t.kind in _NAMING and t.role != "compound" and n not in over)
        named = next((n for n, token in nouns if not (one and MANY.search(token.text))), None)
        if named is None or not any(token.kind in ("VERB", "AUX") for token in before[named:-1]):
            return True
    return False


def _heads_of(tokens: tuple[Token, ...], at: int) -> set[int]:
    """The words of whose relative clause a word is part."""
    found: set[int] = set()
    while at >= 0 and tokens[at].head != at:
        if tokens[at].role == "relcl":
            found.add(tokens[at].head)
        at = tokens[at].head
    return found


_NAMES = frozenset([Kind.OWNER, Kind.REF, Kind.SECTION, Kind.WORDS])


def question_of(text: str, setting: Setting, following_up: bool) -> tuple[str, str]:
    """A line as the question alone: without what is told around it, but with the subject and the plan that were told
    where the question has none of its own, or points at them; and a subject told that no plan holds."""
    text = " ".join(take_out(text, asides(text)[0]).split())
    alone = without_speaker(text, setting)
    text = alone if bounded(alone)[1] or not parted(text).told else text
    line = parted(text)
    back = bool(line.told and (points_out(line.asked) or _BARE_ASK.match(plain(line.asked))))
    if not line.told or following_up or (back and bounded(text)[1]):
        return text if back else line.asked, ""
    bare = next(iter(sketches(line.asked, setting, Before())))
    if _unsaid_self(line.told):
        of_rows = next(iter(sketches(line.told, setting, Before())))
        if of_rows.parts or of_rows.as_of_told:
            return text, ""  # "looking only at the reds", "judging it at 31 October"
    own = (
        any(_is_held(one.words, setting) for one in bare.themes)
        or bare.kinds() & _NAMES
        or bare.meaning
        or bare.asking.wanted
    )
    back = back or not (own or bare.parts or bare.lateness or bare.asking.by != "default")  # "please expand"
    told = Text(line.told)
    scope = spot_plans(told, told.low, setting.holdings, setting.day, is_term(setting))
    takes = not (back or own) or _taken_up(line.asked, "") != line.asked
    subject = told_subject(line.told) or (_term_told(line.told, setting) if takes else "")
    on_it = back and _taken_up(line.asked, "") != line.asked  # "list the actions on them"
    subject = subject or (told_of(line.told) if on_it else "")
    subject = "" if any(subject in line.told[slice(*span)] for span in scope.spans) else subject
    heard = roles_of(told, setting.encoder()) if setting.encoder and not (subject or back or own) else None
    runs = [run for run in heard.runs(Role.SUBJECT) if heard.share(*run, (Role.SUBJECT,)) >= SUBJECT] if heard else []
    here = back or _THERE.search(plain(line.asked)) or not _is_past(line.told)
    closer = scope.documents and (not bare.documents or set(scope.documents) < set(bare.documents))
    plans = [line.told[slice(*span)] for span in scope.spans] if closer and here else []
    if back and not subject:
        days = [(day.offset, day.offset + len(day.text)) for day in find_dates(told.low, setting.day)]
        days = [day for day in days if scope.documents and not overlaps(day, scope.spans)]
        return text.replace(line.told, take_out(line.told, days)), ""
    heard_of = " and ".join(line.told[slice(*run)] for run in runs)
    subject = "" if own and not back else subject or heard_of
    only_heard = subject == heard_of and (bare.parts or bare.lateness)
    unread = subject if not back and (only_heard or not _is_held(subject, setting)) else ""
    subject = "" if unread else subject
    asked = _taken_up(line.asked, subject) if subject and not own else line.asked
    before = [f"on {subject}"] * bool(subject and asked == line.asked) + [f"in {' and '.join(plans)}"] * bool(plans)
    return f"{' '.join(before)}, {asked}" if before else asked, unread


def _taken_up(asked: str, subject: str) -> str:
    """A question with the subject told in place of a pronoun that stands after "with", "for" or the like."""
    tokens = parsed(asked)
    for token in tokens:
        stands = token.role == "pobj" and tokens[token.head].text.lower() != "of"
        if stands and token.text.lower() in ("it", "this", "that", "them", "those", "these"):
            return f"{asked[: token.start]}{subject}{asked[token.end :]}"
    return asked


def _term_told(told: str, setting: Setting) -> str:
    """The longest term of the glossary that is told of, and not who tells: "they are sorting out neglect"."""
    told = _with_self(told)
    tokens = parsed(told)
    beside = [(token.head, token.role) for token in tokens]
    who = {head for head, role in beside if role in ("det", "poss") and tokens[head].role == "nsubj"}
    who |= {head for head, role in beside if role == "nsubj"}  # the verb of a statement
    who |= {n for n, token in enumerate(tokens) if token.role in ("attr", "appos", "advmod")}
    joined = {n for n, (head, role) in enumerate(beside) if head in who and role == "compound"}
    of = [token for n, token in enumerate(tokens) if n not in who | joined]
    spans = [one.span for one in setting.vocabulary.concepts_in(told) if not one.term.weak or " " in one.text]
    named = [span for span in spans if any(span[0] <= token.start < span[1] for token in of)]
    named = [span for span in named if not is_light(told[slice(*span)])]
    if not named:
        return ""
    start, end = max(named, key=lambda span: span[1] - span[0])
    inside = {n for n, token in enumerate(tokens) if start <= token.start < end}
    whole = [token.start for token in tokens if token.head in inside and token.role in ("compound", "amod")]
    return told[min([start, *whole]) : end]  # "speech therapy", where "therapy" is the term


_THERE = re.compile(r"\bthere\W*$")
_OF_PLANS = re.compile(r"\b(?:plan|programme|strateg|register|tracker|action)")


def _is_past(told: str) -> bool:
    """Whether somebody tells where they, or theirs, once were, and of no plan: "I used to be a teacher in Hackney"."""
    tokens = parsed(told)
    roots = [n for n, token in enumerate(tokens) if token.role == "ROOT" and (token.past or token.text == "used")]
    who = [token for token in tokens if token.role == "nsubj" and token.head in roots]
    mine = [tokens[token.head] for token in tokens if token.text.lower() in ("my", "our")]
    return any(one.text.lower() in ("i", "we") or one in mine for one in who) and not _OF_PLANS.search(plain(told))


_TELLS = re.compile(r"(?:says?|said|tells?|told|claim|reckon|insist|assure)(?:s|d|ed)?", re.IGNORECASE)
_OWN = ("i", "he", "she", "they", "we", "it")
_STOPS = tuple(".?!;:")
_TO_US = ("me", "us", "that")


def without_speaker(text: str, setting: Setting) -> str:
    """A text without who is said to state what it asks about: "the chair says nothing is late", "..., says the chair"."""
    tokens, spans = parsed(text), list[tuple[int, int]]()
    for n, verb in enumerate(tokens):
        beside = [k for k, one in enumerate(tokens) if one.head == n != k]
        heads = frozenset(k for k in beside if tokens[k].role in ("nsubj", "nsubjpass", "agent"))
        claim = frozenset(k for k in beside if tokens[k].role == "ccomp")
        asked = any(tokens[k].text.lower() in ("you", "u") for k in heads)  # "can you tell me"
        if asked or not (_TELLS.fullmatch(verb.text) and heads and claim and verb.role in ("ROOT", "parataxis")):
            continue
        said, own = below(tokens, claim), sorted({n} | below(tokens, heads))
        first, last = own[0], own[-1]
        while last + 1 < len(tokens) and tokens[last + 1].text.lower() in _TO_US:
            last += 1
        who = Text(text[tokens[first].start : tokens[last].end])
        plan = spot_plans(who, who.low, setting.holdings, setting.day, is_term(setting)).spans
        begins = next((k + 1 for k in range(min(first, *said), 0, -1) if tokens[k].text in _STOPS), 0)
        asks = tokens[begins].kind == "AUX" or tokens[begins].text.lower() in ASKING_WORDS
        himself = any(tokens[k].text.lower() in _OWN and tokens[k].role == "nsubj" for k in said)
        if not (plan or asks or himself or who.says("prose") or who.says("docs")):
            comma = first and tokens[first - 1].text == ","
            spans.append((tokens[first - bool(comma)].start, tokens[last].end))
    return take_out(text, spans).strip(" ,")


def take_out(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text without some of its characters."""
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text


def _is_held(words: str, setting: Setting) -> bool:
    known = setting.holdings.words
    return all(
        is_empty(word.low) or word.low in known or word.low.removesuffix("s") in known for word in Text(words).words
    )
