"""Question and conversation to a query plan, or to the reason why there is none."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from assistant.conditions import (
    EVERYTHING,
    FIRST_DAY,
    LAST_DAY,
    Condition,
    Field,
    Operator,
    Without,
    conditions_of,
    parts_of,
)
from assistant.dates import no_date
from assistant.embedding import Embedder
from assistant.lexicon import any_of, choice, one_of
from assistant.outcome import AnswerStatus, Decline, Outcome, Reading, Reason
from assistant.planner.assemble import sketches
from assistant.planner.bounds import bounded
from assistant.planner.breaths import OF_THOSE, breaths, stands_apart
from assistant.planner.candidates.groups import Order, group_fields
from assistant.planner.candidates.ways import rows_named
from assistant.planner.compare import against, compared, weighed
from assistant.planner.followup import Shown, Turn, turn_of
from assistant.planner.followup_slots import DATES, Cue, points_back, worded
from assistant.planner.frames import asides
from assistant.planner.holdings import Holdings, names_in
from assistant.planner.judge import Judged, Trial, close_seconds, judged, lost
from assistant.planner.one_person import unsigned
from assistant.planner.periods import AGES
from assistant.planner.pieces import Before, Setting
from assistant.planner.refusals import change_requested, clean, refused, seen
from assistant.planner.scope import all_of
from assistant.planner.sketch import STATED_TOTAL, Part, Sketch
from assistant.planner.spots import Kind
from assistant.planner.text import Text, search_words
from assistant.planner.told import parted, question_of
from assistant.query_plan import Intent, QueryPlan, Wanted
from assistant.query_plan_words import plan_words
from assistant.records import Action
from assistant.vocabulary import Vocabulary

Earlier = Callable[[int], Sequence[Action]]
"""The rows that the answer to an earlier question showed, by its place in the conversation."""


_UNCLEAR = Decline(AnswerStatus.NEEDS_CLARIFICATION, Reason.UNCLEAR)


def plan_question(
    question: str,
    holdings: Holdings,
    vocabulary: Vocabulary,
    *,
    today: date,
    as_of: date | None = None,
    conversation: Sequence[str] = (),
    trial: Trial | None = None,
    earlier: Earlier = lambda _: (),
    encoder: Callable[[], Embedder] | None = None,
) -> Outcome:
    """How the question is read: a plan, a reason to decline, or both where some facts can still be given.

    Args: today, the day that counts where none is given; as_of, the day given with the question; conversation, the
    earlier questions, oldest first; earlier, the rows that they showed; encoder, opens what hears words of no list.
    Raises: QuestionError if the question is empty or too long.
    """
    setting, cleaned = Setting(holdings, vocabulary, today, as_of, encoder), clean(question)
    notices, text = cleaned.notices, unsigned(cleaned.text, holdings)
    if not text:
        return Outcome(None, (*notices, replace(_UNCLEAR, words=question))[0], notices)
    before = _before(conversation, setting, trial, earlier)
    rest, change = change_requested(text, bool(conversation))
    if refusal := refused(text, conversation, holdings) or _not_read(rest, before, setting):
        return Outcome(None, refusal, notices)
    if change:
        notices, text = (*notices, Decline(AnswerStatus.REFUSED, Reason.READ_ONLY, change)), rest
    notices = (*notices, *_beside(text))
    asked, untold = question_of(text, setting, bool(conversation))
    text, *others = breaths(asked, setting)
    found = _read(text, before, setting, trial, partial(earlier, len(conversation) - 1))
    turn, plan = found[0].reading, found[0].plan
    held = bool(turn.sketch.themes and trial and trial.try_plan(plan).subject)
    decline = _decline(turn.sketch, setting, text, bool(before), held)
    if decline and decline.reason is not Reason.UNKNOWN_REF:
        return Outcome(None, notices[-1] if change and decline.reason is Reason.UNCLEAR else decline, notices)
    denied = {part.condition.part for part in turn.sketch.parts if isinstance(part.condition, Without)}
    if decline:  # no row has the reference, and none is to be shown in its place
        refs = tuple(re.findall(r"[A-Za-z]{0,3}\d[\w.]*", decline.words)) or (decline.words,)
        plan = replace(plan, where=all_of([plan.where, Condition(Field.REF, Operator.IS, refs)]))
    elif denied & {part.condition for part in turn.sketch.parts}:  # "complete actions that are not complete"
        return Outcome(None, replace(_UNCLEAR, words=text), notices)
    readings = () if decline else tuple(_offered(found, holdings))
    also = tuple(_read_beside(other, turn, plan, setting, trial) for other in others)
    plan = _counted(plan) if change else plan
    vanished = () if before or decline else lost(turn.sketch.text, replace(plan, also=also), holdings)
    left = tuple(dict.fromkeys((*_not_understood(turn, decline, untold), *vanished)))
    return Outcome(plan, decline, notices, readings, left, also, turn.sketch.text)


def _offered(found: list[Judged], holdings: Holdings) -> Iterator[Reading]:
    """The readings that come close to the best, in words."""
    titles = {source.document: source.title for source in holdings.sources}
    return (Reading(plan_words(one.plan, titles), one.plan) for one in close_seconds(found))


def _beside(text: str) -> Iterator[Decline]:
    """What must be said beside the answer: that nothing is sent, and no opinion held."""
    if asides(text)[1]:
        yield Decline(AnswerStatus.ANSWERED, Reason.NOT_SENT, text)
    if _ENOUGH.search(text.lower()):
        yield Decline(AnswerStatus.REFUSED, Reason.AN_OPINION, text)


def _not_understood(turn: Turn, decline: Decline | None, untold: str) -> tuple[str, ...]:
    """What the reading leaves out, with references of a list that no row has, and ages that no subject holds: they are
    no filter."""
    sketch = turn.sketch
    unknown = sketch.unknown_ref if Kind.REF in sketch.kinds() and not decline else ""
    held = f"{search_words(sketch.text)} " if _intent(sketch) is Intent.NARRATIVE else ""
    held += " ".join(one.words for theme in sketch.themes for one in (theme, *theme.alternatives))
    ages = [one.group() for one in AGES.finditer(sketch.text) if not set(one.group().split()) & set(held.split())]
    left = (one.words for one in sketch.left if not any(one.words in age for age in ages))
    return tuple(dict.fromkeys(filter(None, [*turn.doubts, *left, *ages, unknown, untold])))


_ENOUGH = re.compile(r"^\W*(?:and |so )?(?:are|is|do|does|have|has)\b[^?]*\b(?:enough|sufficient(?:ly)?|good job)\b")


def _not_read(text: str, before: Turn | None, setting: Setting) -> Decline | None:
    """Why a question cannot be read as it stands: "my actions" of somebody who has not said who it is, or a day that is
    none."""
    read = Text(text)
    mine = Text(parted(text).asked).says("ask", "mine", sure=True) and before is None and not read.says("self", "i'm")
    if mine and (rows_named(read) or len(read.words) < 9):
        return Decline(AnswerStatus.NEEDS_CLARIFICATION, Reason.WHOSE, text)
    wrong = "" if read.says("doubt") else no_date(text, setting.day)
    return Decline(AnswerStatus.NEEDS_CLARIFICATION, Reason.NO_DATE, wrong) if wrong else None


def _before(conversation: Sequence[str], setting: Setting, trial: Trial | None, earlier: Earlier) -> Turn | None:
    """The questions asked before, read one after the other; what was refused is left out."""
    last: Turn | None = None
    for number, asked in enumerate(conversation):
        if not seen(asked):
            continue
        text = unsigned(clean(asked).text, setting.holdings)
        if text and not refused(text, conversation[:number], setting.holdings):
            text, _ = question_of(text, setting, bool(last))
            best = _read(text, last, setting, trial, partial(earlier, number - 1))[0]
            of_rows = trial and not best.plan.wanted and best.plan.intent is not Intent.NARRATIVE
            last = replace(best.reading, empty=bool(of_rows and trial and not trial.try_plan(best.plan).rows))
    return last


def _read(text: str, before: Turn | None, setting: Setting, trial: Trial | None, shown: Shown) -> list[Judged]:
    """The readings of a question after those before it, the best first."""
    if weighs := _weighed(text, setting, trial, shown):
        return [weighs]
    asked, bound = bounded(text)
    if bound:
        found = _read(asked, before, setting, trial, shown)
        if found[0].plan.polar:
            return [replace(one, plan=replace(one.plan, bound=bound)) for one in found]
    air, cues = Before(), frozenset[Cue]()
    if before:
        text, cues = worded(text)
        slots = before.by_slots
        if Cue.CORRECTS in cues and slots.kinds() & DATES and re.fullmatch(r"\W*(?:19|20)\d\d\W*", text):
            text = f"in {text}"  # a year and not the plan of that year
        if Cue.CORRECTS in cues and Kind.SECTION in slots.kinds() and len(text.split()) < 6:
            text = f"under {text}"  # a heading in place of a heading
        refs = bool({Kind.REF, Kind.SECTION} & slots.kinds())
        # a day of the filters on dates, but for those that stand for an open end
        dated = (part.condition for part in slots.parts if part.kinds <= DATES)
        plain_parts = (one for part in dated for one in parts_of(part.part if isinstance(part, Without) else part))
        days = (day for one in plain_parts if isinstance(one, Condition) for day in one.values)
        day = next((day for day in days if isinstance(day, date) and FIRST_DAY < day < LAST_DAY), None)
        air = Before(slots.documents, True, refs, slots.lateness is not None, day)
    turns = (turn_of(current, before, cues, shown) for current in sketches(text, setting, air))

    def loses(turn: Turn, plan: QueryPlan) -> int:
        return 0 if before else len(lost(turn.sketch.text, plan, setting.holdings))

    return judged(turns, lambda turn: _plan(turn, setting), trial, loses)


def _weighed(text: str, setting: Setting, trial: Trial | None, shown: Shown) -> Judged | None:
    """The reading of a question that weighs two things, each read as rows of its own; None where it weighs none."""
    if not (found := weighed(text)):
        return None

    def read(part: str) -> Judged:
        return _read(part, None, setting, trial, shown)[0]

    for first, second in ((found.one, found.other), (found.owned, f"owned by {found.other}")):
        one, other = read(first), read(second)
        if other.plan.documents and not (other.plan.themes or other.reading.sketch.kinds()):
            both = read(f"{first} and {second}").plan  # a heading as each of the two plans calls it
            one = replace(one, plan=replace(both, documents=one.plan.documents))
        owned = first != found.one or found.owned == found.one
        plan = against(found, one.plan, other.plan)
        if plan and (owned or other.plan.documents):
            left = tuple(left.words for left in other.reading.sketch.left)
            sketch = replace(one.reading.sketch, text=text)
            return Judged(replace(one.reading, sketch=sketch, doubts=left), plan, one.score)
    return None


def _read_beside(text: str, turn: Turn, plan: QueryPlan, setting: Setting, trial: Trial | None) -> QueryPlan:
    """A further question of the same line: of the same plans and subject, unless it names others; of the rows that the
    first finds only where it points at them."""
    first = turn.by_slots
    kept = tuple(part for part in first.parts if part.kinds <= _NAMES_ROWS)
    stem = replace(first, parts=kept, lateness=None, shared=None, order=Order(), sides=(), premises=())
    own = next(iter(sketches(text, setting, Before())))
    names = bool(own.parts or own.themes or own.lateness)
    before = None if names and stands_apart(text) else turn if points_back(text) or not names else Turn(stem)
    found = _read(text, before, setting, trial, lambda: trial.rows_of(plan) if trial else ())[0]
    named = found.reading.sketch
    if found.plan.documents or named.every_plan or named.unknown_plan:
        return found.plan
    beside = replace(found.plan, documents=plan.documents)
    both = replace(beside, themes=(*plan.themes, *beside.themes))
    return both if beside.polar and trial and beside.themes and trial.try_plan(both).rows else beside


def _decline(found: Sketch, setting: Setting, text: str, has_before: bool, known: bool) -> Decline | None:
    if found.unknown_plan and (not found.documents or re.search(r"\b20\d\d", found.unknown_plan)):
        return Decline(AnswerStatus.NO_MATCH, Reason.UNKNOWN_PLAN, found.unknown_plan)
    numbered = re.search(r"[A-Za-z.]\d", found.unknown_ref) and not found.kinds() & {Kind.REF, Kind.SECTION, Kind.OWNER}
    if found.unknown_ref and not found.themes and (numbered or not found.parts):
        return Decline(AnswerStatus.CANNOT_ANSWER, Reason.UNKNOWN_REF, found.unknown_ref)
    wanted = found.asking.wanted or Text(text).says("wanted")
    named = found.themes or found.documents or found.parts or found.meaning or wanted or found.order.group
    apart = bool(found.lateness) and (Text(text).says("except") or " but those " in text)
    if (not has_before and not (named or apart) and points_back(text)) or _says_nothing(found, text):
        return replace(_UNCLEAR, words=text)
    if not known and _is_elsewhere(found, setting):
        return Decline(AnswerStatus.OUT_OF_SCOPE, Reason.NOT_ABOUT_PLANS, text)
    return None


_ABOUT_PLANS = re.compile(rf"\b{any_of('about_plans')}\b")


def _says_nothing(found: Sketch, text: str) -> bool:
    """True for "help" and "hello": no subject, no filter and no word for rows or plans."""
    names = found.themes or found.parts or found.documents or found.every_plan or found.lateness or found.unknown_ref
    order, asking, low = found.order, found.asking, text.strip().lower()
    wanted = asking.wanted or Text(text).says("wanted")
    asks = found.meaning or order.group or order.extreme or wanted or asking.intent is Intent.PROGRESS
    greeting = re.fullmatch(rf"{choice('greetings')}\W*(?:me|there|please)?\W*", low)
    return bool(greeting) or not (names or asks or _ABOUT_PLANS.search(low))


def _is_elsewhere(found: Sketch, setting: Setting) -> bool:
    """True where no word of the subject stands in any plan, nor is explained by the glossary."""
    if found.documents or found.parts or found.lateness or found.meaning or not found.themes:
        return False
    if found.asking.wanted is Wanted.CONCERNS or found.asking.by in ("who", "when", "progress"):
        return False
    if _ABOUT_PLANS.search(found.text.lower()) or Text(found.text).says("wanted", "person", sure=True):
        return False
    if len(found.text.split()) < 4 or re.search(r"[A-Z]{2,}", " ".join(theme.words for theme in found.themes)):
        return False  # bare words and abbreviations are looked for in the plans
    words = [word for theme in found.themes for word in re.findall(r"[a-z]{3,}", theme.words.lower())]
    known = setting.holdings.words
    held = any(word in known or word.rstrip("s") in known for word in words)
    return bool(words) and not held and not any(setting.vocabulary.concepts_in(one.words) for one in found.themes)


def _plan(turn: Turn, setting: Setting) -> QueryPlan:
    found = turn.sketch
    kinds = list(Kind)  # filters stand in one order, whatever the order of the words
    parts = sorted(found.parts, key=lambda part: min(kinds.index(kind) for kind in part.kinds))
    plan = QueryPlan(
        intent=_intent(found),
        as_of=found.as_of,
        documents=found.documents if len(found.documents) < len(setting.holdings.sources) else (),
        themes=found.themes,
        without_themes=found.without,
        where=all_of([part.condition for part in parts]) if parts else EVERYTHING,
        lateness=found.lateness,
        asked_of=found.asking.asked[0] if found.asking.asked else None,
        also_asked=found.asking.asked[1:],
        wanted=None if found.meaning is Intent.QUALITY else found.asking.wanted,
        shared_ownership=found.shared,
        terms=found.terms,
        text=search_words(found.text),
        premises=found.premises,
        readings=found.readings,
        kept=turn.kept,
        dropped=turn.dropped,
        as_of_given=found.as_of_given,
        polar=found.asking.polar,
    )
    if turn.less:
        plan = replace(plan, less=_plan(turn.less, setting))
    plan = _ordered(plan, found, setting)
    if found.sides:
        return replace(plan, sides=tuple(_counted_beside(plan, found, side) for side in found.sides))
    return compared(plan, found, setting.holdings)


_ONE_ROW = (Intent.LIST, Intent.LOOKUP, Intent.DATE, Intent.NARRATIVE, Intent.STATUS)


def _intent(found: Sketch) -> Intent:
    if found.meaning:
        return found.meaning
    figure = found.asking.intent is Intent.NARRATIVE and found.asking.by in ("number", "money")
    if found.order.group and not figure and not _names_more(found) and found.kinds() != {Kind.REF}:
        return Intent.EXTREME if found.order.extreme else Intent.GROUP
    if found.order.extreme and found.asking.intent in (*_ONE_ROW, None):
        return Intent.EXTREME
    intent = found.asking.intent
    if _names_more(found):
        return Intent.NARRATIVE
    if STATED_TOTAL in found.terms and intent not in (Intent.COUNT, Intent.GROUP):
        return Intent.COUNT
    if found.order.nth and intent in (None, Intent.LIST, Intent.NARRATIVE):
        return Intent.LOOKUP
    if intent is Intent.OWNER and not (found.themes or found.parts or found.lateness):
        return Intent.OWNER if not found.documents else Intent.NARRATIVE
    if intent is Intent.STATUS and found.documents and not (found.themes or found.parts):
        return Intent.PROGRESS
    low = found.text.lower()
    if intent in (None, Intent.LIST) and found.kinds() == {Kind.REF} and not one_of("several_rows").search(low):
        return Intent.LOOKUP
    narrowed = found.parts or found.themes or found.lateness or not found.documents
    if intent in (Intent.LIST, Intent.LOOKUP) and not narrowed and one_of("about_all").search(low):
        return Intent.PROGRESS
    return intent or Intent.LIST


def _names_more(found: Sketch) -> bool:
    """True where "what are the priorities of ..." goes on to a subject: the prose is asked, not the headings."""
    return found.order.listing and bool(found.themes)


def _ordered(plan: QueryPlan, found: Sketch, setting: Setting) -> QueryPlan:
    """The plan with its groups and its order."""
    order = found.order
    plan = replace(plan, descending=order.descending, first=order.first, nth=order.nth, order=order.order)
    if order.ahead and not plan.lateness and not any(one.field is Field.DUE for one in conditions_of(plan.where)):
        coming = Condition(Field.DUE, Operator.BETWEEN, (plan.as_of, LAST_DAY))
        plan = replace(plan, where=all_of([plan.where, coming]))
    if not order.group or _names_more(found) or found.kinds() == {Kind.REF}:
        return plan
    sources = setting.holdings.within(plan.documents)
    sections, recommendations = names_in(sources, "sections"), names_in(sources, "recommendations")
    named = any(one.lower().startswith("priorit") for one in (*sections, *recommendations))
    if order.listing and order.group == "priority" and not named:
        return replace(plan, intent=Intent.NARRATIVE)
    then = group_fields(order.then, sections, recommendations) if order.then else None
    group = group_fields(order.group, sections, recommendations)
    plan = replace(plan, group_by=group, then_by=then, measures=order.measures)
    return replace(plan, bound=order.bound, polar=plan.polar and not order.bound)


def _counted_beside(plan: QueryPlan, found: Sketch, side: Sequence[Part]) -> QueryPlan:
    """A further count: of the rows counted already ("and how many of those?"), or of all that the question is about."""
    own = [part.condition for part in side]
    bare = replace(plan, readings=(), kept=(), dropped=(), text="")
    if found.asking.share or OF_THOSE.search(found.text.lower()):
        return replace(bare, where=all_of([plan.where, *own]))
    beside = frozenset(kind for part in side for kind in part.kinds)
    kept = [part.condition for part in found.parts if part.kinds <= _NAMES_ROWS - beside]
    return replace(bare, where=all_of([*kept, *own]), lateness=None)


_NAMES_ROWS = frozenset({Kind.REF, Kind.SECTION, Kind.OWNER})
"""What rows are, not how they stand."""


def _counted(plan: QueryPlan) -> QueryPlan:
    """After a request to change rows: how many there are and how they stand, not all of them."""
    fields = {part.field for part in parts_of(plan.where) if isinstance(part, Condition)}
    if Field.REF in fields or plan.intent not in (Intent.LIST, Intent.COUNT):
        return plan
    if fields == {Field.RAG}:
        return replace(plan, intent=Intent.GROUP, group_by=Field.RAG, where=EVERYTHING)
    return replace(plan, intent=Intent.COUNT)
