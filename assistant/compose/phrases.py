"""A question's filters as words within a sentence: "4 of the 7 housing actions in Fenbridge 2026 are complete"."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.caveats import COLOURS_LOST
from assistant.compose.numbers import agreed, count, counted, figure, part_of, verb_of
from assistant.compose.telling import Telling
from assistant.compose.wording import british, capital, joined, plan_name, safe
from assistant.conditions import (
    COMPLETE,
    EVERYTHING,
    Condition,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    conditions_of,
    parts_of,
)
from assistant.query import STATES, Found, whatever_state
from assistant.query_plan import Lateness, QueryPlan, Theme
from assistant.query_plan_words import filter_words
from assistant.records import Action, Status
from assistant.themes import Members
from assistant.vocabulary import split_words


def about(plan: QueryPlan) -> str:
    """The subject as " on neglect", or empty."""
    themes = [joined([theme_words(part) for part in (theme, *theme.alternatives)], "or") for theme in plan.themes]
    return f" on {joined(themes)}" if themes else ""


def left_out(plan: QueryPlan) -> str:
    """The subjects that were to be left out, as " (leaving out supervision)", or empty."""
    without = [theme_words(theme) for theme in plan.without_themes]
    return f" (leaving out {joined(without)})" if without else ""


def theme_words(theme: Theme) -> str:
    """The theme as it is called, else in the reader's own words."""
    return safe(theme.read_as or theme.words)


def in_our_terms(plan: QueryPlan, found: Found) -> QueryPlan:
    """The plan with each subject as an answer calls it: by the glossary's term where the reader's words are other words
    for it, within quotation marks where no term says them whole."""
    members = iter(found.read)

    def called(theme: Theme) -> Theme:
        one, name = next(members, None), None
        if one and len(one.readings) < 2 and is_telling(theme.words, one):
            name = one.read_as if one.term else f"“{theme.words}”"
        return replace(theme, read_as=name, alternatives=tuple(map(called, theme.alternatives)))

    sides = tuple(in_our_terms(side, own) for side, own in zip(plan.sides, found.sides, strict=True))
    return replace(plan, themes=tuple(map(called, plan.themes)), sides=sides)


def is_telling(theme: str, members: Members) -> bool:
    """Whether a reading says more than the words themselves do: an abbreviation, lay words, a correction."""
    said = {word.stem for word in split_words(theme)}
    return any(word.stem not in said and word.plain != "and" for word in split_words(members.read_as or ""))


def conditions(plan: QueryPlan) -> str:
    """The filters as " led by VH and rated amber", or empty."""
    words = "" if plan.where == EVERYTHING else filter_words(plan.where)
    if plan.shared_ownership is not None:
        shared = "with several owners" if plan.shared_ownership else "with one owner"
        words = f"{words} and {shared}" if words else shared
    return f" {words}" if words else ""


def place(telling: Telling) -> str:
    """The plans asked about as " in Fenbridge 2026", or empty where it is every plan."""
    if not telling.plan.documents:
        return ""
    with_rows = telling.view.by_document
    sources = [source for source in telling.searched if source.document in with_rows] or telling.searched
    names = [telling.name(source.document) for source in sources]
    return f" in {joined(names)}" if 0 < len(names) <= 3 else f" in {count(len(names), 'plan')}" if names else ""


def sources_line(telling: Telling, rows: Sequence[Action]) -> str:
    """The plans of the rows with authority and date."""
    names = [plan_name(source) for source in telling.sources_of(rows)]
    return f"From: {'; '.join(names)}." if names else ""


def asked(telling: Telling, where: Filter | None = None) -> str:
    """Everything that the question filters by: " on neglect led by VH in the ... plan (leaving out training)". Args:
    where, what is said in place of its filters."""
    plan = telling.plan if where is None else replace(telling.plan, where=where)
    return f"{about(plan)}{conditions(plan)}{place(telling)}{left_out(plan)}"


def searched(telling: Telling) -> str:
    """What was searched: how many documents and actions, and which documents where they are few."""
    sources = telling.searched
    rows = sum(len(telling.view.of(source.document)) for source in telling.searched)
    names = f": {'; '.join(map(plan_name, sources))}" if len(sources) <= _FEW_PLANS else ""
    return f"I searched {count(len(sources), 'document')} with {count(rows, 'action')}{names}."


_FEW_PLANS = 3


# ---------------------------------------------------------------- the first sentence


def whole_of(telling: Telling) -> list[Action]:
    """The rows that the question is about in any state, of which its state or lateness chooses some."""
    loose = whatever_state(telling.plan.where)
    ids = None if loose == Every() else {row.id for row in telling.view.select(loose)}
    shared = telling.plan.shared_ownership
    rows = (row for row in telling.found.subject if shared is None or shared == (len(row.owners) > 1))
    return [row for row in rows if ids is None or row.id in ids]


def is_doubtful(telling: Telling) -> bool:
    """Whether the rows only seem to be about the subject."""
    return any(members.doubtful for members in telling.found.read)


def number_sentence(telling: Telling, number: int | None = None) -> str:
    """How many rows match, of how many where a state or lateness chose them; that they only seem to, where they do."""
    plan = telling.plan
    number = len(telling.found.rows) if number is None else number
    if is_doubtful(telling) and any(theme.whole for theme in plan.themes):
        these = "This one comes" if number == 1 else f"These {figure(number)} come"
        return f"No action{place(telling)} speaks of it in the words of your question. {these} closest:"
    if is_doubtful(telling):
        seem = agreed("seem to be about it", number)
        return (
            f"No action{place(telling)} speaks of {about(plan).removeprefix(' on ')} outright. "
            f"{capital(count(number, 'action'))} {seem}."
        )
    parts = list(parts_of(plan.where))
    if any(test.field is Field.COMPLETED_ON and test.values for test in conditions_of(plan.where)):
        parts = [part for part in parts if part != COMPLETE]  # what was completed in May is complete
    states = [part for part in parts if _is_state(part)]
    shown = [part for part in parts if isinstance(part, Condition) and part.field is Field.ID]  # of the last answer
    rest = sorted((part for part in parts if not _is_state(part)), key=lambda part: part in shown, reverse=True)
    if states or plan.lateness:
        verb = _state_verb(plan, states)
        whole = 0 if plan.nth else len(whole_of(telling))
        nouns = (_noun(telling, rest, 1), _noun(telling, rest, 2))
        unsure = unread(telling)
        verb = verb.replace("are overdue", "are past the due date") if unsure else verb
        told = part_of(number, whole, nouns, verb) if whole >= number and (number or whole) else ""
        return (told or counted(number, nouns[number != 1], verb)) + unsure
    first = rest[0] if rest else None
    if isinstance(first, Condition) and first.field is Field.REF and first.operator is Operator.CONTAINS:
        # references whose rows are asked for are the subject: "R6b has 6 actions"
        family, has = joined([safe(str(value)) for value in first.values]), "has" if len(first.values) == 1 else "have"
        return f"{family} {has} {count(number, 'action')}{asked(telling, Every(tuple(rest[1:])))}."
    if rest and rest[-1] not in shown:
        last = rest.pop()
        tests = list(conditions_of(last)) if isinstance(last, Without) else []
        times = bool(tests) and all(t.field is Field.DUE and t.operator is Operator.BETWEEN for t in tests)
        said = "due in other months" if times else filter_words(last)
        return counted(number, _noun(telling, rest, number), verb_of(said))
    if plan.themes:
        bare = replace(plan, themes=())
        themes = about(plan).removeprefix(" on ")
        return counted(number, f"{_noun(replace(telling, plan=bare), [], number)}", f"are on {themes}{left_out(plan)}")
    there = "is" if number == 1 else "are"
    return f"There {there} {count(number, _noun(telling, rest, 1), _noun(telling, rest, 2))}."


def unread(telling: Telling) -> str:
    """That of rows past their date it cannot be read whether they are done, where their colours are lost."""
    lost = {document for document, flag in telling.view.document_flags if flag.code in COLOURS_LOST}
    rows = telling.found.rows if telling.plan.lateness is Lateness.OVERDUE else ()
    number = sum(row.document in lost and not row.rag and row.status is Status.NOT_RECORDED for row in rows)
    if not number:
        return ""
    which = "it is" if len(rows) == 1 else "they are" if number == len(rows) else ""
    which = which or f"{figure(number)} of them {'is' if number == 1 else 'are'}"
    colours = "its colour is" if number == 1 else "their colours are"
    return f" Whether {which} done cannot be read: {colours} lost."


def unseen(telling: Telling) -> str:
    """That of some plans the colours cannot be read, where no row of a colour that was asked for is found."""
    tests = [test for test in conditions_of(telling.plan.where) if test.field is Field.RAG and test.values]
    lost = {document for document, flag in telling.view.document_flags if flag.code in COLOURS_LOST}
    names = [telling.name(source.document) for source in telling.searched if source.document in lost]
    return f" The colours of {joined(names)} could not all be read." if tests and names else ""


def _state_verb(plan: QueryPlan, states: Sequence[Filter]) -> str:
    late = {Lateness.OVERDUE: "are overdue", Lateness.NOT_OVERDUE: "are not overdue"}
    verbs = [verb_of(filter_words(part)) for part in states]
    if plan.lateness:
        verbs = [f"{late[plan.lateness]} at {british(plan.as_of)}", *verbs]
    firsts = {verb.partition(" ")[0] for verb in verbs}
    if len(firsts) == 1:
        verbs = [verbs[0], *(verb.partition(" ")[2] for verb in verbs[1:])]
    return joined(verbs)


def _is_state(part: Filter) -> bool:
    fields = {test.field for test in conditions_of(part)}
    return bool(fields) and fields <= STATES


def _noun(telling: Telling, rest: Sequence[Filter], number: int) -> str:
    """ "actions on housing owned by VH in Fenbridge 2026", for one or for several."""
    return f"{'action' if number == 1 else 'actions'}{asked(telling, Every(tuple(rest)))}"
