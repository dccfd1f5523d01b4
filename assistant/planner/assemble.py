"""Pieces put together: several whole readings of one question, each with what it leaves unexplained."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.conditions import COMPLETE, Condition, Either, Every, Field, Filter, Operator, Without
from assistant.lexicon import words_of
from assistant.locks import WAY
from assistant.planner import definitions
from assistant.planner.candidates.asking import askings
from assistant.planner.candidates.dated import to_come
from assistant.planner.candidates.groups import Order
from assistant.planner.candidates.subject import Segment, is_empty, segments, subject_choices
from assistant.planner.candidates.ways import WHETHER_EACH, Asking, Named, is_particular, said_of_share
from assistant.planner.holdings import lowered
from assistant.planner.learnt import as_learnt, heard, left_out, misread, opinion, proposals, unheld_plan
from assistant.planner.owner_roles import describes_things, told_of_thing
from assistant.planner.owners import holds
from assistant.planner.periods import completed_then
from assistant.planner.pieces import Before, Pieces, Setting, Span, ends, is_term, pieces_of
from assistant.planner.plans import spot_plans
from assistant.planner.roles import Role, roles_of
from assistant.planner.scope import LEFT_OUT, all_of, at_once, can_leave_out, combined, with_scope
from assistant.planner.sketch import STATED_TOTAL, Left, Part, Sketch
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import EITHER_WAY, EXAMPLES, NUMBERS, Text, overlaps, take_all, written_out
from assistant.query_plan import Intent, Lateness, Premise, Theme, Wanted
from assistant.query_plan_words import filter_words

_NO_OWNER = 0.9
"""From this likelihood on that a name is a subject, it is also tried as that alone."""


def sketches(question: str, setting: Setting, before: Before) -> list[Sketch]:
    """Whole readings of a question on its own, the likeliest first; `before` only helps to read names and bare dates."""
    corrected = setting.vocabulary.correct(written_out(question))
    told = EXAMPLES.sub(_blank, EITHER_WAY.sub(_blank, corrected.text))
    text = Text(told)
    if not (before.asked and len(text.words) == 1) and (meaning := _meaning(text, setting)):
        return [replace(meaning, readings=(*corrected.notes, *meaning.readings))]
    pieces = pieces_of(text, setting, before, corrected.notes)
    rest = take_all(text.low, pieces.scope.spans)
    if about := definitions.asks_for_sources(text.low, bool(pieces.scope.documents), rest):
        asking = Asking(Intent.SOURCES, wanted=Wanted.DATE if about == "dated" else None, score=9.0)
        return [replace(_bare(pieces, Intent.SOURCES), asking=asking)]
    found: list[Sketch] = []
    documents = pieces.scope.documents
    prose = bool(documents) and not any(one.rows for one in setting.holdings.within(documents))
    named = Named(pieces.spots, bool(documents), (*pieces.scope.spans, *pieces.shared_spans), prose)
    ways = askings(text, named)[:4]
    pieces = replace(pieces, roles=roles_of(text, setting.encoder()) if setting.encoder else None)
    views = (
        {} if before.asked else opinion(pieces, setting)
    )  # after the roles: what names nothing is embedded with them
    ways += proposals(views, ways, named, is_particular(text, named))
    likely = heard(pieces)
    variants = dict.fromkeys((pieces.spots, likely))
    who = text.of("ask", "who") or [hit for hit in text.of("verb", "own") if hit.length > 1]
    if pieces.roles and not (before.asked or who):
        shares = [pieces.roles.share(s.start, s.end, (Role.SUBJECT,)) * (s.kind is Kind.OWNER) for s in likely]
        variants[tuple(s for s, share in zip(likely, shares, strict=True) if share < _NO_OWNER)] = None
    for asking in ways:
        for own in (replace(pieces, spots=spots) for spots in variants):
            found += list(_readings(own, asking, setting, alone=not before.asked))
    return [replace(one, views=views) for one in found]


def _blank(idle: re.Match[str]) -> str:
    return " " * len(idle.group())


def _meaning(text: Text, setting: Setting) -> Sketch | None:
    """The sketch of a question about what a word or a colour means."""
    terms = setting.vocabulary.terms | lowered(setting.holdings.sources, "terms")
    found = definitions.spot_meaning(text.raw, text.low, terms)
    if not found or any(term.lower() in lowered(setting.holdings.sources, "refs") for term in found.terms):
        return None
    rest = text.low if found.colours else take_all(text.low, [found.span])
    scope = spot_plans(text, rest, setting.holdings, setting.day, is_term(setting))
    pieces = Pieces(
        text, scope, Order(), (), None, (), setting.day, setting.as_of is not None, False, (), None, None, "", ()
    )
    return _bare(pieces, Intent.COLOURS if found.colours else Intent.DEFINITION, found.terms)


def _bare(pieces: Pieces, intent: Intent | None, terms: tuple[str, ...] = ()) -> Sketch:
    scope = pieces.scope
    return Sketch(
        text=pieces.text.raw,
        asking=Asking(intent, score=9.0 if intent else 0.5),
        order=pieces.order,
        shared=pieces.shared,
        as_of=pieces.as_of,
        as_of_given=pieces.as_of_given,
        as_of_told=pieces.as_of_told,
        documents=scope.documents,
        mentions=scope.mentions,
        every_plan=scope.everything,
        meaning=intent,
        terms=terms,
        readings=pieces.notes,
        unknown_plan=scope.unknown,
    )


# ---------------------------------------------------------------- readings


ELSEWHERE = 0.5
"""What the reading loses that looks for words outside the action itself."""
OWNS = 0.6
"""What the reading gains in which a name that does or holds something is an owner and no subject."""
_CLAIMED = frozenset({Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.COMPLETED, Kind.DUE, Kind.START})
_OR_NOT = re.compile(
    r"\s+or\s+(?:not|isn't|isnt)(?=\W*$|\s*[?,;.]|\s+(?:for|in|by|on|of|under|from|with|and)\b)|\s*,?\s*(?:(?:and|from|or)\s+)?(?:what|which)(?:'s|s)?\s*(?:isn't|isnt|aren't|arent|hasn't|hasnt|haven't|(?:is\s+|are\s+|has\s+|have\s+)?not)\b\s*(?:[?.]|$)"
)
_IT_TOO = re.compile(
    r"(?<=\w)\W*(?:\band|,|-)\s+(?:(?:has|have|is|are|was|were)\s+(?:it|they|that|this|these|those|either(?:\s+one)?|both|any\s+of\s+(?:it|them|those))|whether\s+(?:it|they)\s+(?:is|are))"
    r"(?:\s+(?:been|running|now|all|already|still))*\s+$"
)


_STANDING = (Kind.STATE, Kind.LATE, Kind.COLOUR)


def _readings(pieces: Pieces, asking: Asking, setting: Setting, alone: bool) -> Iterator[Sketch]:
    WAY.get()()
    text = pieces.text
    asked_states = [s for s in pieces.spots if s.kind in _STANDING and _is_asked_state(text, s, asking)]
    kept = [s for s in pieces.spots if s not in asked_states and not _names_asked(s, asking)]
    figure = asking.wanted in (Wanted.NUMBER, Wanted.TARGET)  # "visits on time" is one subject
    told = [s for s in pieces.spots if s in kept or not (figure and s.kind is Kind.LATE)]
    covered = [*_explained(pieces, told), *_asking_spans(text, asking)]
    found = segments(text, covered, setting.vocabulary, setting.holdings)
    if not (kept or found or asked_states or pieces.doubt or pieces.total or pieces.order != Order()):
        kept = list(pieces.loose)  # "the overdue list"
    state = bool(asked_states)
    unsaid = _unsaid(text, [*covered, *((one.start, one.end) for one in found)]) if alone else ()
    if asking.intent is Intent.LIST and len(found) == 1 and found[0].marked and not pieces.doubt:
        yield _said_elsewhere(_sketch(pieces, asking, kept, [], [], state, setting), found[0])
    for chosen, left in [*subject_choices(text, found), *as_learnt(pieces, found, covered, setting)]:
        if left and at_once(text, found):
            continue  # neither of "both X and Y" is left out
        yield _named_whole(_sketch(pieces, asking, kept, chosen, left, state, setting), unsaid)
    owners = [s for s in pieces.possible if any(overlaps((s.start, s.end), [(one.start, one.end)]) for one in found)]
    if owners:
        others = segments(text, [*covered, *ends(owners)], setting.vocabulary, setting.holdings)
        rest = take_all(text.low, covered)
        stands = all(holds(text.raw, rest, [one]) for one in owners)
        surer = replace(asking, score=asking.score + (OWNS if stands else 0))
        for chosen, left in subject_choices(text, others):
            yield _sketch(pieces, surer, [*kept, *owners], chosen, left, state, setting)


def _explained(pieces: Pieces, told: Sequence[Spot]) -> list[Span]:
    """The characters of a question that are no subject, whatever it asks."""
    text = pieces.text
    covered = [*pieces.scope.spans, *ends(told), *pieces.spans, *pieces.shared_spans]
    covered += [*(pieces.doubt.spans if pieces.doubt else ()), *([pieces.total] if pieces.total else ())]
    covered += [text.span(hit) for hit in text.of("courtesy") if hit.length > 1]
    covered += [text.span(hit) for hit in text.of("state") if hit.length > 1 and to_come(text, hit) is not None]
    covered += [said.span() for said in _ANY_COUNCIL.finditer(text.low)]
    covered += [text.span(hit) for hit in text.of("rows", sure=True) if text.low.startswith(" on ", text.span(hit)[1])]
    covered += [text.span(hit) for hit in text.of("except") if not hit.doubtful and can_leave_out(text, hit)]
    covered += [after.span() for spot in pieces.spots if (after := LEFT_OUT.match(text.low, spot.end))]
    owners = [spot for spot in pieces.spots if spot.kind is Kind.OWNER]
    for start, end in map(text.span, text.of("verb", "own")):  # "does the manager own", "on the hook for"
        near = [text.between(o.end, start) if start >= o.end else text.between(end, o.start) for o in owners]
        beside = any(len(words) <= 2 and all(is_empty(word.low) for word in words) for words in near)
        covered += [(start, end)] if beside else []
    return covered


_ANY_COUNCIL = re.compile(
    r"\b(?:the|our|your|this|any|each|every)\s+(?:council|authority|borough)\b(?!\s+(?:of|tax|hous))"
)
_NONE = frozenset({"without", "nothing", "nobody", *NUMBERS}) - {"one"}


def _unsaid(text: Text, covered: Sequence[Span]) -> tuple[Left, ...]:
    """Words that no piece explains and that are no words of asking: numbers, denials, verbs that nothing knows."""
    idle = {text.span(hit) for hit in text.of("except")}
    known = [text.span(hit) for hit in text.hits if hit.role not in ("filler", "gap", "not", "except")]
    known += [span for span in covered if span not in idle]
    loose = (word for word in text.words if not overlaps((word.start, word.end), known))
    said = (w for w in loose if w.low in _NONE or w.low.isdigit() or not is_empty(w.low))
    return tuple(Left(text.raw[word.start : word.end], strong=True) for word in said)


def _named_whole(sketch: Sketch, unsaid: tuple[Left, ...]) -> Sketch:
    """The sketch, which names what it does not explain where it would take every row of the plans."""
    order, asking = sketch.order, sketch.asking
    named = (sketch.parts, sketch.themes, sketch.without, sketch.lateness, sketch.meaning, sketch.left, asking.wanted)
    narrows = any(named) or sketch.shared is not None or order != Order()
    rows = asking.intent in (None, Intent.LIST, Intent.COUNT, Intent.PROGRESS)
    return sketch if narrows or not rows else replace(sketch, left=unsaid)


_OF_GROUPS = (Intent.OWNER, Intent.LIST, Intent.PROGRESS, Intent.STATUS, None)
"""Where these are asked of rows in groups, what is asked is what the rows are grouped by."""
_NOTES = (Field.MEASURE, Field.OUTCOME, Field.STATUS_TEXT)


def _said_elsewhere(sketch: Sketch, segment: Segment) -> Sketch:
    """The reading in which rows are to say the words in their measure, their outcome or their progress: it only answers
    where no row is on the subject."""
    says = Either(tuple(Condition(field, Operator.CONTAINS, (segment.words,)) for field in _NOTES))
    part = Part(frozenset({Kind.WORDS}), says)
    asking = replace(sketch.asking, score=sketch.asking.score - ELSEWHERE)
    return replace(sketch, asking=asking, parts=(*sketch.parts, part), elsewhere=True)


def _asking_spans(text: Text, asking: Asking) -> list[Span]:
    own = {"count": ("count", "share"), "list": ("list", "table", "draft"), "money": ()}
    wanted = own.get(asking.by, (asking.by,))
    long = {"table", "list", "sources", "say", "progress"}
    asks = [hit for hit in text.hits if hit.role == "ask"]
    hits = [h for h in asks if h.concept in {*wanted, "whether", "compare"} or (h.length > 1 and h.concept in long)]
    hits += [hit for hit in text.hits if hit.role == "field" and hit.length > 1 and not hit.doubtful]
    if asking.by == "prose":
        hits += [hit for hit in text.hits if hit.role == "prose" or (hit.role, hit.concept) == ("verb", "say")]
    if asking.wanted in (Wanted.MONEY, Wanted.PERSON, Wanted.RESULT, Wanted.CHANGE, Wanted.MANNER):
        hits += [hit for hit in text.hits if hit.role == "wanted"]
    if asking.by == "who":
        hits += [hit for hit in text.of("verb", "own") if hit.length > 1]
    spans = [text.span(hit) for hit in hits]
    spans = [one for one in spans if not describes_things(text.raw, *one)]
    return [one for one in spans if text.shouted or not text.raw[slice(*one)].isupper() or one[1] - one[0] < 2]


def _is_asked_state(text: Text, spot: Spot, asking: Asking) -> bool:
    """ "Done or not", "what's done, what isn't", "whether each is complete": the state is asked for, as it is where
    something is to show that a thing is so."""
    return (not asking.claim and told_of_thing(text.raw, spot.start, spot.end)) or bool(
        _OR_NOT.match(text.low[spot.end :])
        or _IT_TOO.search(text.low[: spot.start])
        or WHETHER_EACH.search(text.low[: spot.start])
    )


def _names_asked(spot: Spot, asking: Asking) -> bool:
    """True where a state or a date in the words is not a filter: the prose is asked, or the date of a completion."""
    if asking.wanted is Wanted.CHANGE:
        return spot.kind is not Kind.OWNER
    if asking.wanted is Wanted.CONCERNS:
        return spot.kind in _CLAIMED
    if asking.intent is Intent.NARRATIVE:
        return spot.kind not in (Kind.REF, Kind.SECTION, Kind.OWNER)
    return Field.COMPLETED_ON in asking.asked and asking.particular and spot.kind is Kind.STATE


def _filtered(filters: Sequence[Spot], pieces: Pieces) -> tuple[tuple[Part, ...], Lateness | None]:
    """The filters joined, and lateness apart from them where it stands alone."""
    text = pieces.text
    late = [s for s in filters if s.kind is Kind.LATE]
    parts = combined(filters, text)
    lateness = Lateness.OVERDUE if pieces.order.late and not late else None
    alone = [part for part in parts if part.kinds == {Kind.LATE}]
    if len(alone) == 1 and not isinstance(alone[0].condition, Either):
        lateness = Lateness.NOT_OVERDUE if late[0].negated else Lateness.OVERDUE
        parts = tuple(part for part in parts if part is not alone[0])
    return parts, lateness


def _sketch(
    pieces: Pieces,
    asking: Asking,
    spots: Sequence[Spot],
    chosen: Sequence[Segment],
    left: Sequence[Segment],
    asks_state: bool,
    setting: Setting,
) -> Sketch:
    text = pieces.text
    scoped = with_scope(
        text, [*spots, *(Spot(s.start, s.end, Kind.SUBJECT, Every()) for s in chosen)], pieces.order.spans
    )
    named = asking.intent is Intent.STATUS and any(spot.kind is Kind.REF for spot in scoped)  # their owner is claimed
    claimed = [s for s in scoped if asking.claim and (s.kind in _CLAIMED or (named and s.kind is Kind.OWNER))]
    if asking.claim and asking.intent is Intent.PROGRESS and not claimed:  # "do all of them have an owner"
        claimed = [s for s in scoped if s.kind is Kind.GAP and isinstance(s.condition, Without)]
    asking = _asked_of_claims(asking, claimed)
    filters = [s for s in scoped if s not in claimed and s.kind is not Kind.SUBJECT]
    filters, extra = _second_count(filters, asking, text)
    parts, lateness = _filtered(filters, pieces)
    themes, without = _themes(text, chosen, [s.start for s in scoped if s.kind is Kind.SUBJECT and s.negated], asking)
    if any(s.kind is Kind.REF for s in filters) and (
        pieces.doubt or asking.intent in (Intent.LOOKUP, Intent.STATUS, Intent.DATE, Intent.OWNER)
    ):
        left, themes = [*left, *(s for s in chosen if not s.known)], ()
    quality = pieces.doubt is not None
    terms = (STATED_TOTAL,) if pieces.total else pieces.doubt.codes if pieces.doubt and quality else ()
    in_groups = pieces.order.group and asking.intent in _OF_GROUPS
    asked = () if in_groups else (*asking.asked, *([Field.STATUS] if asks_state else []))
    bare = replace(
        _bare(pieces, None, terms),
        asking=replace(asking, asked=tuple(dict.fromkeys(asked))),
        themes=themes,
        without=without,
        meaning=Intent.QUALITY if quality else None,
        parts=parts,
        sides=tuple((part,) for part in combined(extra, text)),
        premises=_premises(claimed, asking, text),
        lateness=lateness,
        misread=misread(pieces, spots, chosen, left),
        unknown_ref=pieces.unknown_ref,
        unknown_plan=pieces.scope.unknown or unheld_plan(pieces, spots, setting),
        left=left_out(pieces, chosen, left, bool(parts or lateness)),
    )
    return _doubt_or_gap(bare, text)


def _themes(
    text: Text, chosen: Sequence[Segment], denied: Sequence[int], asking: Asking
) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
    wanted: list[Theme] = []
    unwanted: list[Theme] = []
    clause: int | None = None
    several = len(chosen) > 1 and all(s.clause == chosen[0].clause for s in chosen)
    apart = all(len(words_of(s.words)) > 1 and s.joined for s in chosen[1:])  # two things, and no name of one
    rows = [text.span(hit)[0] for hit in text.of("rows")]
    for one, two in pairwise(chosen):  # "the council have any actions on X" is no name
        parted = text.stopped(one.end, two.start) or any(one.end <= at < two.start for at in rows)
        apart = apart or (parted and not two.joined)
    each = several and at_once(text, chosen)
    if asking.particular and several and not denied and not apart:
        return (Theme(text.raw[chosen[0].start : chosen[-1].end].strip(" ,.'\""), specific=True),), ()
    for segment in chosen:
        theme = Theme(segment.words, specific=asking.particular)
        if segment.start in denied:
            unwanted.append(replace(theme, specific=False))
        elif segment.joined and clause == segment.clause and wanted and not each:
            wanted[-1] = replace(wanted[-1], alternatives=(*wanted[-1].alternatives, theme))
        else:
            wanted.append(theme)
            clause = segment.clause
    return _distinct(wanted), _distinct(unwanted)


def _distinct(themes: list[Theme]) -> tuple[Theme, ...]:
    return tuple({theme.words.lower(): theme for theme in reversed(themes)}.values())[::-1]


def _asked_of_claims(asking: Asking, claimed: Sequence[Spot]) -> Asking:
    """The field that a claim is about: an owner, a date, a colour, or else the state."""
    kinds = {spot.kind for spot in claimed}
    if asking.intent is Intent.STATUS and kinds == {Kind.OWNER}:
        return replace(asking, intent=Intent.OWNER, asked=(Field.OWNER,))
    if asking.intent is Intent.STATUS and kinds and kinds <= {Kind.LATE, Kind.DUE, Kind.START}:
        return replace(asking, intent=Intent.DATE, asked=(Field.START if kinds == {Kind.START} else Field.DUE,))
    return replace(asking, asked=(Field.RAG,)) if kinds == {Kind.COLOUR} else asking


def _second_count(spots: Sequence[Spot], asking: Asking, text: Text) -> tuple[list[Spot], list[Spot]]:
    """Spots of a further count, "... and how many are green?", apart from those of the question itself; for a share,
    the states counted apart from the whole that they are a share of."""
    states = {Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.GAP}
    if asking.share:
        counted = [s for s in spots if s.kind in states] or said_of_share(spots, text)
        return [s for s in spots if s not in counted], counted
    again = re.search(r"(?:\band|&|\+)\s+(?:how\s+many|of\s+(?:those|these|them)|which\s+of)\b", text.low)
    if asking.intent is not Intent.COUNT or not again:
        return list(spots), []
    first = [s for s in spots if s.start < again.start()]
    done = any(s.kind is Kind.COMPLETED for s in first)
    second = [s for s in spots if s.start >= again.start()]
    return first, [completed_then(s) if done and s.kind is Kind.DUE else s for s in second]


_DENIED = re.compile(r"\bwhy\b.{0,20}\b(?:not\b|\w+n't\b|hasnt\b|isnt\b|havent\b|arent\b|wasnt\b)")


def _premises(claimed: Sequence[Spot], asking: Asking, text: Text) -> tuple[Premise, ...]:
    """What is taken for granted, as the end of "the plan says that ..."."""
    if not claimed:
        return ()
    if _DENIED.search(text.low):
        claimed = [replace(spot, negated=spot.condition == COMPLETE) for spot in claimed]
    claim: Filter = all_of([part.condition for part in combined(claimed, text)])
    late = {spot.kind for spot in claimed} == {Kind.LATE}
    words = ("not overdue" if claimed[0].negated else "overdue") if late else filter_words(claim)
    return (Premise(f"{'they are' if asking.intent is Intent.PROGRESS else 'it is'} {words}", claim),)


def _doubt_or_gap(bare: Sketch, text: Text) -> Sketch:
    """Rows that look wrong or lack something, "a date that cannot be right, or no lead": either suffices."""
    gaps = [part for part in bare.parts if part.kinds <= {Kind.GAP, Kind.STATE}]
    if bare.meaning is not Intent.QUALITY or not bare.terms or not gaps or not re.search(r"\bor\b", text.low):
        return bare
    wrong = Condition(Field.FLAG, Operator.IS, bare.terms)
    either = Part(frozenset({Kind.GAP, Kind.FLAG}), Either((wrong, *(part.condition for part in gaps))))
    rest = tuple(part for part in bare.parts if part not in gaps)
    return replace(bare, meaning=None, terms=(), asking=replace(bare.asking, intent=Intent.LIST), parts=(*rest, either))
