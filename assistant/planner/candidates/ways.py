"""A way of asking, and what the recognisers of ways of asking share: where clauses begin, which fields are named."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conditions import Field
from assistant.lexicon import Hit, small
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text
from assistant.query_plan import Intent, Wanted

Way = tuple[str, str, str]
"""An intent, the kind of fact that is wanted, and the field that is asked for; the latter two may be empty."""
SURE, LIKELY, WEAK, DEFAULT = 4.0, 3.0, 2.0, 0.5


@dataclass(frozen=True, slots=True)
class Asking:
    """What is wanted. `intent` is None where the question does not say ("and for the other plan?")."""

    intent: Intent | None = None
    asked: tuple[Field, ...] = ()
    wanted: Wanted | None = None
    share: bool = False
    """A count beside its total: "how many out of", "what share"."""
    claim: bool = False
    """States, colours and dates in the question are to be confirmed, not filtered on."""
    particular: bool = False
    """The question is about one particular thing, not about every row on a subject."""
    polar: bool = False
    """Whether it is asked if something is so."""
    score: float = DEFAULT
    by: str = "default"
    """Which recogniser read it so."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the question names, as far as its way of asking depends on it."""

    spots: Sequence[Spot]
    documents: bool
    plans: Sequence[tuple[int, int]] = ()
    """The characters that name plans."""
    prose_alone: bool = False
    """Whether no action was read from any of them."""

    def plan_at(self, place: int) -> bool:
        return any(start <= place < end for start, end in self.plans)

    def of(self, *kinds: Kind) -> list[Spot]:
        return [spot for spot in self.spots if spot.kind in kinds]

    def has(self, *kinds: Kind) -> bool:
        return bool(self.of(*kinds))

    @property
    def refs(self) -> bool:
        return self.has(Kind.REF)

    @property
    def rows(self) -> bool:
        return any(spot.kind is not Kind.SUBJECT for spot in self.spots)

    def holds(self, start: int, end: int) -> bool:
        return any(s.start <= start and end <= s.end for s in self.spots) or any(
            s <= start and end <= e for s, e in self.plans
        )


_LEADS = small("ways_leads")
AUX = small("ways_aux")
WHILE = re.compile(r"\W*(?:when|once)\b[^,?]*,\s+(?=(?:do|does|did|is|are|has|have|what|who|which|how)\b)")
"""A clause of circumstance before the question itself: "when a plan slips, does anybody tell the board?"."""
WHETHER_EACH = re.compile(
    r"\b(?:whether|if)\s+(?:(?:each|they|it|these|those|any|all)(?:'ve|'re|'s|\s)\s*)?(?:\w+\s+)?(?:(?:is|are|it's|has|have)\s+)?(?:been\s+)?$"
)
"""What asks a state of each row: "the actions on X, and whether they are" done."""


def opens(text: Text, at: int, named: Named) -> bool:
    """Whether a word begins a clause: the "who" of "children who are in care" asks for nobody."""
    if at == 0:
        return True
    before, word = text.words[at - 1], text.words[at]
    if text.stopped(before.end, word.start) or before.low in _LEADS or named.holds(before.start, before.end):
        return True
    return any(hit.last == at for hit in text.of("courtesy"))


def goes_on(text: Text, at: int) -> bool:
    """Whether a word goes on with the sentence before it: the "whose" of "families whose plans ended"."""
    return at > 0 and not text.stopped(text.words[at - 1].end, text.words[at].start, hard=True)


def rows_named(text: Text, plural: bool = False) -> list[Hit]:
    """Words for rows; with `plural`, only where several are meant."""
    found = text.of("rows", sure=True)
    if not plural:
        return found
    last = [text.word(hit.last - 1) for hit in found]
    singular = small("ways_singular_rows")
    return [hit for hit, word in zip(found, last, strict=True) if word.endswith("s") and word not in singular]


DEFINITE = re.compile(
    r"\b(?:the|our|its|their|this|that|a|an)\s+(?!plans?\b|councils?\b|same\b|other\b|most\b|whole\b|number\b|date\b|status\b|owner\b|lead\b)[\w-]+"
)
_ON = re.compile(r"\b(?:on|about|regarding|concerning|around)\s+(?!the\b)[\w-]")


def is_particular(text: Text, named: Named) -> bool:
    """True where a singular thing is named ("the neglect training"), not a subject ("neglect"), rows ("actions") or a
    plan."""
    definite = any(not named.plan_at(match.end() - 1) for match in DEFINITE.finditer(text.low))
    return not rows_named(text, plural=True) and not _ON.search(text.low) and definite


def heads(text: Text, concept: str, named: Named) -> list[Hit]:
    return [hit for hit in text.of("ask", concept) if opens(text, hit.first, named)]


def also(text: Text, first: Field) -> list[Field]:
    """Further fields that are asked about in the same breath, by their names."""
    asks = text.of("ask", "who", "when") if re.search(r"\b(?:and|,|-|plus|with)\b", text.low) else ()
    found = [*(Field.OWNER if hit.concept == "who" else Field.DUE for hit in asks), *fields_asked(text)]
    return [field for field in dict.fromkeys(found) if field is not first]


_NAMED = "owner due start completed_on status status_text success_measure outcome ref rag place days_late"
FIELDS = {name: Field(name) for name in _NAMED.split()}
"""The fields that a question may name, by their names in the lexicon."""
_ASKING_FIELD = re.compile(
    r"(?:\bwith|\band|,|\bplus|\bincluding|\binc|\bshow(?:ing)?|[-:+])\s*(?:the\s+|their\s+|its\s+|all\s+|any\s+|each\s+|an?\s+|who\s+the\s+|what\s+the\s+|how\s+)?$"
)


def fields_asked(text: Text) -> list[Field]:
    """Fields named as columns of the answer: "with owner", "- actions, dates, complete or not, and how they will know"."""
    found: list[Field] = []
    for hit in text.of("field", *FIELDS):
        start, end = text.span(hit)
        after = text.word(hit.last)
        asked = _ASKING_FIELD.search(text.low[:start]) or (hit.first == 0 and after in ("for", "of"))
        ends = not after or after in small("after_field") or text.stopped(end, text.words[hit.last].start)
        if ends and asked and text.word(hit.first) not in ("who", "when", "which", "what"):
            found.append(FIELDS[hit.concept])
    return list(dict.fromkeys(found))


_SHARE_OF = re.compile(
    r"(?<!that )(?<!which )(?<!who )\b(?:is|are|was|were|has|have|had|does|do|did|belongs?|sits?|falls?|lies)\b"
)


def said_of_share(spots: Sequence[Spot], text: Text) -> list[Spot]:
    """What is said of the share where no state is: "what percentage of the plan has the panel as its lead"."""
    share = next(iter(text.of("ask", "share")), None)
    verb = _SHARE_OF.search(text.low, text.span(share)[1]) if share else None
    return [s for s in spots if verb and s.start >= verb.end()]


def asks_somebody(text: Text, hit: Hit) -> bool:
    """ "Did anyone bother to ask them": somebody is asked, and nothing is to be."""
    last, after = text.word(hit.last - 1), text.word(hit.last)
    return last == "ask" and (
        after in ("them", "him", "her", "us") or any(one.first == hit.last for one in text.of("people"))
    )


def of_things(text: Text, hit: Hit, named: Named) -> bool:
    """Whether "on" or the like follows, and a thing that is neither rows nor a plan."""
    after = [word.start for word in text.words[hit.last + 1 : hit.last + 4] if word.low not in small("counting_small")]
    if not after or text.word(hit.last) not in small("change_on") or named.plan_at(after[0]):
        return False
    known = (text.words[one.first].start <= after[0] < text.words[one.last - 1].end for one in text.of("docs"))
    return not any(known) and not any(spot.start <= after[0] < spot.end for spot in named.spots)
