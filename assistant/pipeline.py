"""The way from a question to an answer: a list of steps, any of which may end it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer, OtherReading
from assistant.change_question import change_asked, version_asked
from assistant.citation import cite, tokens_lost
from assistant.compose import (
    Draft,
    Telling,
    accounted,
    come_near,
    compose,
    compose_decline,
    compose_with_decline,
    followed_by,
    left_open,
    unheard,
)
from assistant.compose.holdings import told_of_table
from assistant.compose.wording import joined, safe
from assistant.conditions import EVERYTHING, Condition, Field, Operator
from assistant.desk import Desk
from assistant.invisible import told_to
from assistant.other_tables import ask_tables
from assistant.outcome import AnswerStatus, Decline, Outcome, Reading, Reason
from assistant.planner import plan_question
from assistant.query import Found, find
from assistant.query_plan import Intent, QueryPlan, Theme, Wanted
from assistant.query_plan_json import plan_to_data
from assistant.records import Action
from assistant.retriever.facing import OF_ROWS, asks_fact, faced, may_be_all, not_quoted, search_of
from assistant.scope import within, without
from assistant.themes.finder import QUESTION_AT_MOST
from assistant.themes.reading import telling
from assistant.versions import version_notes
from assistant.work import Request, Work

Step = Callable[[Work, Desk], Work]


def answer(request: Request, desk: Desk, corpus_version: str) -> Answer:
    """The answer to a request, from what the desk's audience may see."""
    work, one, hidden = _worked(request, desk, STEPS)
    notes = version_notes(desk.series, hidden, {citation.document for citation in work.citations}) if hidden else ()
    return _answer(work, corpus_version, one, notes)


def _worked(request: Request, desk: Desk, steps: Sequence[Step]) -> tuple[Work, Desk, frozenset[str]]:
    """A request after some steps, with the desk that they had, and the documents hidden from it."""
    work = read(Work(request), desk)
    hidden = desk.left_out(work.plan) if work.plan else frozenset()
    one = desk.less(hidden)
    for step in steps:
        work = step(work, one)
    return work, one, hidden


def _shown(request: Request, desk: Desk, number: int) -> tuple[Action, ...]:
    """The rows that the answer to one question of the conversation showed, in its order; where it showed none, those
    that stood in the answer before it."""
    if number not in request.shown:
        before = request.conversation[:number]
        asked = replace(request, question=request.conversation[number], conversation=before, plan=None)
        work, one, _ = _worked(asked, desk, _TO_MARK)
        found = work.found if work.plan else None
        told = found.rows if found and not (work.evidence or found.groups or found.sides) else ()
        cited = tuple(citation.id for citation in work.citations)
        told = told or tuple(one.view.select(Condition(Field.ID, Operator.IS, cited)) if cited else ())
        request.shown[number] = told or (_shown(request, desk, number - 1) if number and not cited else ())
    return request.shown[number]


def read(work: Work, desk: Desk) -> Work:
    """The question, with its conversation, to a query plan over one version of each plan, or a reason to decline."""
    request = work.request
    if request.plan is not None:
        return replace(work, outcome=Outcome(without(request.plan, desk.left_out(request.plan))))
    if not any(char.isalnum() for char in safe(request.question)):
        unclear = Decline(AnswerStatus.NEEDS_CLARIFICATION, Reason.UNCLEAR)
        return replace(work, outcome=Outcome(None, unclear, not_understood=request.held_back))
    today = request.as_of or request.today
    changed = change_asked(request.question, desk.series, desk.view.of, today)
    version = None if changed else version_asked(request.question, desk.series, today)
    outcome = plan_question(
        version.rest
        if version
        else request.question
        if changed is None
        else changed.rest or "Which actions are there?",
        desk.holdings,
        desk.vocabulary,
        today=request.today,
        as_of=version.day if version and version.stood else request.as_of or (version.day if version else None),
        conversation=request.conversation if changed is None else (),
        trial=desk,
        earlier=lambda number: _shown(request, desk, number),
        encoder=lambda: desk.embedder,
    )
    if version and outcome.plan:
        day = version.day if version.stood or not request.as_of else request.as_of
        outcome = replace(
            outcome, plan=replace(outcome.plan, documents=(version.document,), as_of=day, as_of_given=True)
        )
    if changed:
        outcome = Outcome(changed.plan(outcome.plan, request.as_of or request.today))
    if plan := outcome.plan:
        also = (*plan.also, *outcome.also)
        if request.documents:
            plan, also = within(plan, request.documents), tuple(within(one, request.documents) for one in also)
        plan, left = replace(plan, also=also), (*outcome.not_understood, *request.held_back)
        outcome = replace(outcome, plan=without(plan, desk.left_out(plan)), not_understood=left)
    return replace(work, outcome=outcome)


def beside(work: Work, desk: Desk) -> Work:
    """Rows of a table beside the actions, where they explain every word of the question and the actions do not."""
    outcome, plan, unread = work.outcome, work.plan, (Reason.UNCLEAR, Reason.NOT_ABOUT_PLANS)
    if not outcome or work.request.plan or (outcome.decline and outcome.decline.reason not in unread):
        return work
    found = ask_tables(work.request.question, desk.view, plan.documents if plan else ())
    if found is None or found.left:
        return work
    if not found.names_kind and plan and not outcome.not_understood and find(plan, desk.view, desk.theme).rows:
        return work
    return replace(work, outcome=Outcome(None), draft=told_of_table(found, desk.view))


def decline(work: Work, desk: Desk) -> Work:
    """A question that is declined outright, with no facts beside it, ends here; so does any when no plan is held."""
    outcome = work.outcome
    if outcome and outcome.plan and not desk.view.sources:
        return replace(work, draft=Draft(AnswerStatus.NO_MATCH, _NOTHING_HELD))
    if outcome and outcome.decline and not outcome.plan:
        draft = compose_decline(outcome.decline, desk.view)
        if desk.helpers.contact and outcome.decline.reason in (Reason.A_CHILD, Reason.A_CASE):
            draft = replace(
                draft, text=f"{draft.text} To tell somebody of a worry about a child: {desk.helpers.contact}."
            )
        return replace(work, draft=draft)
    return work


_NOTHING_HELD = (
    "I hold no plans that you may see, so nothing can be said of any action. "
    "Plans are loaded with: plan-assistant ingest FOLDER"
)


def face(work: Work, desk: Desk) -> Work:
    """A question is put to what holds the kind of thing asked for, however many rows are on its subject."""
    plan, outcome = work.plan, work.outcome
    if work.draft or not plan or not outcome or outcome.decline or work.request.plan:
        return work
    before = work.request.conversation[-1:] if plan.intent is Intent.COUNT else ()
    turned = faced(plan, desk.retriever.asked(work.question, *before))
    return replace(work, outcome=replace(outcome, plan=turned, not_understood=())) if turned else work


def query(work: Work, desk: Desk) -> Work:
    """The plan to rows."""
    if work.draft or not work.plan:
        return work
    found = find(work.plan, desk.view, desk.theme)
    if work.plan.intent is Intent.QUALITY and work.plan.themes and not found.subject and work.outcome:
        subject = " or ".join(f"“{theme.words}”" for theme in work.plan.themes)
        told = f"No action is on {subject}, so these are all of this kind."
        plan = replace(work.plan, themes=(), readings=(*work.plan.readings, told))
        return replace(work, outcome=replace(work.outcome, plan=plan), found=find(plan, desk.view, desk.theme))
    return replace(work, found=found)


def retrieve(work: Work, desk: Desk) -> Work:
    """Words of the documents, where the question asks for what no field of a row holds."""
    if work.draft or not work.plan or not work.found or not work.outcome:
        return work
    if work.request.held_back and not work.plan.themes:  # what was held back was the subject
        return work
    asked = search_of(work.plan, work.found, desk.view, work.request.question, work.outcome.not_understood)
    if not asked or not (found := desk.retriever.evidence(asked, work.question)):
        return work
    turned = asked.plan if asked.plan.intent is Intent.NARRATIVE else work.plan
    return replace(work, evidence=found, outcome=replace(work.outcome, plan=turned))


def reread(work: Work, desk: Desk) -> Work:
    """The subject as a language model reads it, where one is set and neither a row nor the prose speaks of it."""
    sent = work.request.plan
    lacking = work.plan and not (sent or work.draft or work.plan.premises) and _finds_no_subject(work)
    if not desk.helpers.planning or not work.outcome or not work.plan or not lacking:
        return work
    request = work.request
    plan = desk.helpers.planning.reread(work.plan, request.question, request.conversation, desk.holdings)
    found = find(plan, desk.view, desk.theme) if plan else None
    if not found or not found.rows:
        return work
    return replace(work, outcome=replace(work.outcome, plan=plan), found=found, by_model=True)


def seem(work: Work, desk: Desk) -> Work:
    """The rows that seem to be about a subject of which neither a row nor the prose speaks outright, or else the few
    that come closest to the whole question, unless its subject is a term, of which no row speaks for sure; the latter
    too where no word that chose rows tells of what is asked, and where they are clearly closer than the few rows that
    words cut out of it found."""
    plan, found = work.plan, work.found
    if work.draft or not plan or not work.outcome or not found:
        return work
    nothing, terms = _finds_no_subject(work), all(desk.is_term(theme) for theme in plan.themes if not theme.whole)
    heard = not unheard(_telling(work, work.outcome, plan, found, desk))
    few = 0 < len(found.rows) <= QUESTION_AT_MOST and plan.where == EVERYTHING and plan.intent in OF_ROWS
    if not nothing and (work.outcome.decline or (heard and (not few or terms or bool(work.evidence)))):
        return work
    plan = replace(plan, intent=_OF_FEW.get(plan.intent, plan.intent), wanted=None)
    closest = replace(plan, themes=(Theme(work.question, whole=True),))
    than = found.rows if heard else ()
    term = terms and not any(theme.specific for theme in plan.themes)
    name = nothing and not work.request.plan and (term or len(telling(work.question)) <= _A_NAME)
    alone = not ((nothing and terms) or plan.kept)  # what goes on from another question is not whole by itself
    for one in (*((plan,) if nothing else ()), *((closest,) if alone else ())):
        themes = desk.seeming(one, than)
        nearer = find(one, desk.view, themes) if themes else Found()
        new, old = set(nearer.rows), set(than)
        if not new or not (new < old if nothing and old else new.isdisjoint(old)):
            continue
        if name and (term or one is closest):  # a name that no row bears is not told of by its like
            known = {row.id for row, _ in found.near}
            apart = tuple((row, _LIKE) for row in nearer.rows if row.id not in known)
            return work if than else replace(work, found=replace(found, near=(*found.near, *apart)))
        than = nearer.rows
        work = replace(work, outcome=replace(work.outcome, plan=one), found=nearer, evidence=())
    return work


_A_NAME, _LIKE = 3, "close in meaning, and not on the subject by its words"
"""Of no more telling words than this a question names its subject, and no more can be heard in the whole of it."""
_OF_FEW = {Intent.PROGRESS: Intent.STATUS, Intent.NARRATIVE: Intent.DATE}
"""What a few rows tell of what was asked: how they stand, and of prose asked for a day, when they are due or done."""


def tell(work: Work, desk: Desk) -> Work:
    """Rows and words to text with tokens."""
    if work.draft or not work.plan or not work.found or not work.outcome:
        return work
    outcome = work.outcome
    telling = _telling(work, outcome, work.plan, work.found, desk)
    made = compose_with_decline(outcome.decline, telling) if outcome.decline else compose(telling)
    if work.by_model and made.status is AnswerStatus.ANSWERED:
        made = replace(made, status=AnswerStatus.PARTLY_ANSWERED)
    return replace(work, draft=made)


def _telling(work: Work, outcome: Outcome, plan: QueryPlan, found: Found, desk: Desk) -> Telling:
    asked, more = work.request, (desk.explain, desk.series, desk.retriever.asked)
    return Telling(plan, found, desk.view, asked.reader, asked.question, outcome.notices, work.evidence, *more)


def go_on(work: Work, desk: Desk) -> Work:
    """The further questions of the same breath, answered under the first."""
    if not work.draft or not work.plan or not work.outcome or work.outcome.decline:
        return work
    for plan in work.plan.also:
        part = replace(work, outcome=Outcome(replace(plan, also=())), draft=None, found=None, evidence=())
        for step in (query, retrieve, seem, tell):
            part = step(part, desk)
        if part.draft and work.draft:
            work = replace(work, draft=followed_by(work.draft, part.draft))
    return work


def account(work: Work, desk: Desk) -> Work:
    """What was not understood, and how else the question can be read, said in the answer."""
    plan, outcome, draft, found = work.plan, work.outcome, work.draft, work.found
    if not plan or not outcome or not draft or outcome.decline:
        return work
    read_as = desk.told(replace(plan, also=()))
    left = not_quoted(outcome.not_understood, work.evidence)
    if found and found.rows and (absent := _absent(plan, found)):
        told = f"{draft.text}\n\nI found no action on {joined(absent, 'or')}."
        partly = AnswerStatus.PARTLY_ANSWERED if draft.status is AnswerStatus.ANSWERED else draft.status
        draft = replace(draft, text=told, status=partly)
    outcome = replace(outcome, not_understood=left)
    one = left and found and not plan.also and not work.evidence
    if one and found and may_be_all(plan, found, desk.view, work.request.question, left):
        outcome = replace(outcome, readings=(Reading(read_as, plan), *outcome.readings))
        return replace(work, outcome=outcome, draft=left_open(draft, left, read_as, found.rows))
    return replace(work, outcome=outcome, draft=accounted(draft, left, outcome.readings, read_as))


def near(work: Work, desk: Desk) -> Work:
    """The words of the documents that come nearest to a fact asked for, under an answer that does not give it."""
    plan, outcome, draft, found = work.plan, work.outcome, work.draft, work.found
    if not plan or not outcome or not draft or not found or outcome.decline or work.evidence:
        return work
    if plan.also or plan.premises:
        return work
    given = found.rows or found.groups or found.sides or not plan.themes
    if draft.status not in _NOT_GIVEN and given and not any(theme.whole for theme in plan.themes):
        return work
    if not (plan.polar or asks_fact(work.question)) or not (words := desk.retriever.nearest(plan, work.question)):
        return work
    telling = replace(_telling(work, outcome, plan, found, desk), evidence=words)
    return replace(work, draft=followed_by(draft, come_near(telling, draft.status)))


_NOT_GIVEN = (AnswerStatus.NO_MATCH, AnswerStatus.CANNOT_ANSWER)


def _absent(plan: QueryPlan, found: Found) -> list[str]:
    """Those of several subjects side by side that no row is on, in the reader's words."""
    parts = [one for theme in plan.themes for one in (theme, *theme.alternatives)]
    of_several = {one for theme in plan.themes if theme.alternatives for one in (theme, *theme.alternatives)}
    read = zip(parts, found.read, strict=False)
    return [safe(one.words) for one, members in read if one in of_several and not members.ids]


def word(work: Work, desk: Desk) -> Work:
    """The text in the words of a language model, where one is set and says nothing else than ours."""
    if not work.draft or not desk.helpers.wording:
        return work
    draft = desk.helpers.wording.worded(work.draft, work.request.question, work.request.reader)
    return replace(work, draft=draft, worded=draft != work.draft)


def mark(work: Work, desk: Desk) -> Work:
    """Tokens to numbered citations, each quote checked against the register."""
    if not work.draft:
        return work
    draft, citations = cite(work.draft, desk.view)
    return replace(work, draft=draft, citations=citations)


def check(work: Work, desk: Desk) -> Work:  # noqa: ARG001 -- the shape of a step
    """An answer whose rows cannot all be shown in the source does not leave as if they could."""
    draft = work.draft
    if draft and (lost := tokens_lost(draft, work.citations)):
        text = (
            f"{lost} of the rows behind this answer could not be shown in their documents word for word, so I do not "
            "give it. Load the plans again: plan-assistant ingest FOLDER"
        )
        return replace(work, draft=Draft(AnswerStatus.ERROR, text), citations=())
    return work


def has_answer(request: Request, desk: Desk) -> bool:
    """Whether a question, read and looked up but not worded, has something to show this reader."""
    outcome = read(Work(request), desk).outcome
    if not outcome or not outcome.plan or outcome.decline:
        return False
    rows, intent = find(outcome.plan, desk.view, desk.theme).rows, outcome.plan.intent
    return intent is Intent.SOURCES or any(row.flags or intent is not Intent.QUALITY for row in rows)


STEPS: tuple[Step, ...] = (
    beside, decline, face, query, retrieve, reread, seem, tell, go_on, account, near, word, mark, check,
)  # fmt: skip


_TO_MARK = STEPS[: STEPS.index(mark) + 1]


def _finds_no_subject(work: Work) -> bool:
    """Whether rows on a subject were asked for, and nothing at all is held on it."""
    plan, found, outcome = work.plan, work.found, work.outcome
    if not plan or not found or not outcome or outcome.decline or outcome.notices:
        return False
    held = plan.sides or found.subject or found.rows or found.only_if or work.evidence
    dated = plan.intent is Intent.NARRATIVE and plan.wanted is Wanted.DATE
    return bool(plan.themes) and not held and (dated or (plan.intent in OF_ROWS and not plan.wanted))


_SUGGESTED = 3
"""So many of the questions that the rows in hand show to have an answer."""


def _answer(work: Work, corpus_version: str, desk: Desk, notes: tuple[str, ...]) -> Answer:
    request, draft, plan, outcome = work.request, work.draft, work.plan, work.outcome
    if draft is None:
        draft = Draft(AnswerStatus.ERROR, "I could not work out an answer to this question. Please ask it another way.")
    return Answer(
        question=request.question,
        qid=request.qid,
        status=draft.status,
        answer=draft.text if draft.status is AnswerStatus.REFUSED else told_to(request.question, draft.text),
        as_of=plan.as_of if plan else request.as_of or request.today,
        reader=request.reader,
        understood_as=desk.told(plan) if plan else "",
        query=plan_to_data(plan) if plan else None,
        total=draft.total,
        citations=work.citations,
        table=draft.table and draft.table.told(lambda cell: told_to(request.question, cell)),
        related=draft.related,
        caveats=(*draft.caveats, *notes),
        suggestions=() if outcome and outcome.not_understood else draft.suggestions[:_SUGGESTED],
        corpus_version=corpus_version,
        readings=tuple(OtherReading(one.words, plan_to_data(one.plan)) for one in outcome.readings) if outcome else (),
        not_understood=outcome.not_understood if outcome else (),
        by_model=work.worded,
    )
