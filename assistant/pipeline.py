"""The way from a question to an answer: a list of steps, any of which may end it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer, OtherReading
from assistant.change_question import change_asked, version_asked
from assistant.citation import cite, tokens_lost
from assistant.compose import compose, compose_decline, compose_with_decline
from assistant.compose.holdings import told_of_table
from assistant.compose.prose import come_near
from assistant.compose.telling import Draft, Telling
from assistant.compose.whether import accounted, followed_by, left_open, unheard
from assistant.compose.wording import joined, safe
from assistant.conditions import EVERYTHING, Condition, Field, Operator
from assistant.desk import Desk
from assistant.invisible import told_to
from assistant.other_tables import ask_tables
from assistant.outcome import AnswerStatus, Decline, Outcome, Reading, Reason
from assistant.planner import plan_question
from assistant.query import Found, find
from assistant.query_plan import Intent, Theme, Wanted
from assistant.query_plan_json import plan_to_data
from assistant.records import Action
from assistant.retriever.facing import OF_ROWS, asks_fact, faced, may_be_all, not_quoted, search_of
from assistant.themes.finder import QUESTION_AT_MOST
from assistant.themes.reading import telling
from assistant.versions import version_notes
from assistant.work import Request, Work

Step = Callable[[Work, Desk], Work]
_NOTHING_HELD = (
    "I hold no plans that you may see, so nothing can be said of any action. "
    "Plans are loaded with: plan-assistant ingest FOLDER"
)
_A_NAME, _LIKE = 3, "close in meaning, and not on the subject by its words"
"""Of no more telling words than this a question names its subject, and no more can be heard in the whole of it."""
_OF_FEW = {Intent.PROGRESS: Intent.STATUS, Intent.NARRATIVE: Intent.DATE}
"""What a few rows tell of what was asked: how they stand, and of prose asked for a day, when they are due or done."""
_NOT_GIVEN = (AnswerStatus.NO_MATCH, AnswerStatus.CANNOT_ANSWER)
_SUGGESTED = 3
"""So many of the questions that the rows in hand show to have an answer."""


def answer(request: Request, desk: Desk, corpus_version: str) -> Answer:
    """The answer to a request, from what the desk's audience may see."""
    work, one, hidden = _worked(request, desk, STEPS)
    notes = version_notes(desk.series, hidden, {citation.document for citation in work.citations}) if hidden else ()
    return _answer(work, corpus_version, one, notes)


def _worked(request: Request, desk: Desk, steps: Sequence[Step]) -> tuple[Work, Desk, frozenset[str]]:
    """A request after some steps, with the desk that they had, and the documents hidden from it."""
    work = Work(request, read(request, desk))
    hidden = desk.left_out(work.plan) if work.outcome.plan else frozenset()
    one = desk.less(hidden)
    return _run(work, one, steps), one, hidden


def _run(work: Work, desk: Desk, steps: Sequence[Step]) -> Work:
    """The work after these steps: what looks something up is left out once there is a draft or where there is no plan,
    what adds to an answer where it is declined."""
    for step in steps:
        ended = step in _LOOKING and work.draft
        if not (ended or (step in _LOOKING + _ADDING and not work.outcome.plan)):
            work = work if step in _ADDING and work.outcome.decline else step(work, desk)
    return work


def _shown(request: Request, desk: Desk, number: int) -> tuple[Action, ...]:
    """The rows that the answer to one question of the conversation showed, in its order; where it showed none, those
    that stood in the answer before it."""
    if number not in request.shown:
        before = request.conversation[:number]
        asked = replace(request, question=request.conversation[number], conversation=before, plan=None)
        work, one, _ = _worked(asked, desk, _TO_MARK)
        told = () if work.evidence or work.found.groups or work.found.sides else work.found.rows
        cited = tuple(citation.id for citation in work.citations)
        told = told or tuple(one.view.select(Condition(Field.ID, Operator.IS, cited)) if cited else ())
        request.shown[number] = told or (_shown(request, desk, number - 1) if number and not cited else ())
    return request.shown[number]


def read(request: Request, desk: Desk) -> Outcome:
    """The question, with its conversation, to a query plan over one version of each plan, or a reason to decline."""
    if request.plan is not None:
        return Outcome(request.plan.without(desk.left_out(request.plan)))
    if not any(char.isalnum() for char in safe(request.question)):
        unclear = Decline(AnswerStatus.NEEDS_CLARIFICATION, Reason.UNCLEAR)
        return Outcome(None, unclear, not_understood=request.held_back)
    today = request.as_of or request.today
    changed = change_asked(request.question, desk.series, desk.view.of, today)
    version = None if changed else version_asked(request.question, desk.series, today)
    rest = version.rest if version else (changed.rest or "Which actions are there?") if changed else request.question
    outcome = plan_question(
        rest,
        desk.holdings,
        desk.vocabulary,
        today=request.today,
        as_of=version.day if version and version.stood else request.as_of or (version.day if version else None),
        conversation=request.conversation if changed is None else (),
        trial=desk,
        earlier=lambda number: _shown(request, desk, number),
        encoder=lambda: desk.embedder,
    )
    plan = outcome.plan
    if version and plan:
        day = version.day if version.stood or not request.as_of else request.as_of
        plan = replace(plan, documents=(version.document,), as_of=day, as_of_given=True)
    if changed:
        plan, outcome = changed.plan(plan, today), Outcome(None)
    if not plan:
        return outcome
    also = (*plan.also, *outcome.also)
    if request.documents:
        plan, also = plan.within(request.documents), tuple(one.within(request.documents) for one in also)
    plan, left = replace(plan, also=also), (*outcome.not_understood, *request.held_back)
    return replace(outcome, plan=plan.without(desk.left_out(plan)), not_understood=left)


def beside(work: Work, desk: Desk) -> Work:
    """Rows of a table beside the actions, where they explain every word of the question and the actions do not."""
    outcome, plan, unread = work.outcome, work.outcome.plan, (Reason.UNCLEAR, Reason.NOT_ABOUT_PLANS)
    if work.request.plan or (outcome.decline and outcome.decline.reason not in unread):
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
    if outcome.plan and not desk.view.sources:
        return replace(work, draft=Draft(AnswerStatus.NO_MATCH, _NOTHING_HELD))
    if outcome.decline and not outcome.plan:
        draft = compose_decline(outcome.decline, desk.view)
        if desk.helpers.contact and outcome.decline.reason in (Reason.A_CHILD, Reason.A_CASE):
            turn_to = f"To tell somebody of a worry about a child: {desk.helpers.contact}."
            draft = replace(draft, text=f"{draft.text} {turn_to}")
        return replace(work, draft=draft)
    return work


def face(work: Work, desk: Desk) -> Work:
    """A question is put to what holds the kind of thing asked for, however many rows are on its subject."""
    plan, outcome = work.plan, work.outcome
    if outcome.decline or work.request.plan:
        return work
    before = work.request.conversation[-1:] if plan.intent is Intent.COUNT else ()
    turned = faced(plan, desk.retriever.asked(work.question, *before))
    return replace(work, outcome=replace(outcome, plan=turned, not_understood=())) if turned else work


def query(work: Work, desk: Desk) -> Work:
    """The plan to rows."""
    found = find(work.plan, desk.view, desk.theme)
    if work.plan.intent is Intent.QUALITY and work.plan.themes and not found.subject:
        subject = " or ".join(f"“{theme.words}”" for theme in work.plan.themes)
        told = f"No action is on {subject}, so these are all of this kind."
        plan = replace(work.plan, themes=(), readings=(*work.plan.readings, told))
        return replace(work.planned(plan), found=find(plan, desk.view, desk.theme))
    return replace(work, found=found)


def retrieve(work: Work, desk: Desk) -> Work:
    """Words of the documents, where the question asks for what no field of a row holds."""
    if work.request.held_back and not work.plan.themes:  # what was held back was the subject
        return work
    asked = search_of(work.plan, work.found, desk.view, work.request.question, work.outcome.not_understood)
    if not asked or not (found := desk.retriever.evidence(asked, work.question)):
        return work
    return replace(work.planned(asked.plan) if asked.plan.intent is Intent.NARRATIVE else work, evidence=found)


def reread(work: Work, desk: Desk) -> Work:
    """The subject as a language model reads it, where one is set and neither a row nor the prose speaks of it."""
    request, planning = work.request, desk.helpers.planning
    if not planning or request.plan or work.plan.premises or not _finds_no_subject(work):
        return work
    plan = planning.reread(work.plan, request.question, request.conversation, desk.holdings)
    found = find(plan, desk.view, desk.theme) if plan else Found()
    return replace(work.planned(plan), found=found, by_model=True) if plan and found.rows else work


def seem(work: Work, desk: Desk) -> Work:
    """The rows that seem to be about a subject of which neither a row nor the prose speaks outright, or else the few
    that come closest to the whole question, unless its subject is a term, of which no row speaks for sure; the latter
    too where no word that chose rows tells of what is asked, and where they are clearly closer than the few rows that
    words cut out of it found."""
    plan, found = work.plan, work.found
    nothing, terms = _finds_no_subject(work), all(desk.is_term(theme) for theme in plan.themes if not theme.whole)
    heard = not unheard(_telling(work, desk))
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
        work = replace(work.planned(one), found=nearer, evidence=())
    return work


def tell(work: Work, desk: Desk) -> Work:
    """Rows and words to text with tokens."""
    decline, telling = work.outcome.decline, _telling(work, desk)
    made = compose_with_decline(decline, telling) if decline else compose(telling)
    if work.by_model and made.status is AnswerStatus.ANSWERED:
        made = replace(made, status=AnswerStatus.PARTLY_ANSWERED)
    return replace(work, draft=made)


def _telling(work: Work, desk: Desk) -> Telling:
    asked, more = work.request, (work.outcome.notices, work.evidence, desk.explain, desk.series, desk.retriever.asked)
    return Telling(work.plan, work.found, desk.view, asked.reader, asked.question, *more)


def go_on(work: Work, desk: Desk) -> Work:
    """The further questions of the same breath, answered under the first."""
    for plan in work.plan.also:
        part = replace(work, outcome=Outcome(replace(plan, also=())), draft=None, evidence=())
        part = _run(part, desk, (query, retrieve, seem, tell))
        if part.draft and work.draft:
            work = replace(work, draft=followed_by(work.draft, part.draft))
    return work


def account(work: Work, desk: Desk) -> Work:
    """What was not understood, and how else the question can be read, said in the answer."""
    plan, outcome, draft, found = work.plan, work.outcome, work.draft, work.found
    if not draft:
        return work
    read_as = desk.told(replace(plan, also=()))
    left = not_quoted(outcome.not_understood, work.evidence)
    several = [theme for theme in plan.themes if theme.alternatives]
    parts = {one for theme in several for one in (theme, *theme.alternatives)}
    asked = [one for theme in plan.themes for one in (theme, *theme.alternatives)]
    read = zip(asked, found.read, strict=False)  # of subjects side by side those that no row is on
    absent = [safe(one.words) for one, members in read if one in parts and not members.ids]
    if found.rows and absent:
        told = f"{draft.text}\n\nI found no action on {joined(absent, 'or')}."
        partly = AnswerStatus.PARTLY_ANSWERED if draft.status is AnswerStatus.ANSWERED else draft.status
        draft = replace(draft, text=told, status=partly)
    outcome = replace(outcome, not_understood=left)
    one = left and desk.view.sources and not plan.also and not work.evidence
    if one and may_be_all(plan, found, desk.view, work.request.question, left):
        outcome = replace(outcome, readings=(Reading(read_as, plan), *outcome.readings))
        return replace(work, outcome=outcome, draft=left_open(draft, left, read_as, found.rows))
    return replace(work, outcome=outcome, draft=accounted(draft, left, outcome.readings, read_as))


def near(work: Work, desk: Desk) -> Work:
    """The words of the documents that come nearest to a fact asked for, under an answer that does not give it."""
    plan, draft, found = work.plan, work.draft, work.found
    if not draft or not desk.view.sources or work.evidence or plan.also or plan.premises:
        return work
    given = found.rows or found.groups or found.sides or not plan.themes
    if draft.status not in _NOT_GIVEN and given and not any(theme.whole for theme in plan.themes):
        return work
    if not (plan.polar or asks_fact(work.question)) or not (words := desk.retriever.nearest(plan, work.question)):
        return work
    telling = _telling(replace(work, evidence=words), desk)
    return replace(work, draft=followed_by(draft, come_near(telling, draft.status)))


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
    if work.evidence and not citations:  # no quote stands: nothing was found
        return mark(tell(replace(work, evidence=()), desk), desk)
    return replace(work, draft=draft, citations=citations)


def check(work: Work, desk: Desk) -> Work:  # noqa: ARG001 -- the shape of a step
    """An answer whose rows cannot all be shown in the source does not leave as if they could."""
    draft = work.draft
    if draft and (lost := tokens_lost(draft, work.citations)):
        told = f"{lost} of the rows behind this answer could not be shown in their documents word for word"
        text = f"{told}, so I do not give it. Load the plans again: plan-assistant ingest FOLDER"
        return replace(work, draft=Draft(AnswerStatus.ERROR, text), citations=())
    return work


def has_answer(request: Request, desk: Desk) -> bool:
    """Whether a question, read and looked up but not worded, has something to show this reader."""
    outcome = read(request, desk)
    if not outcome.plan or outcome.decline:
        return False
    rows, intent = find(outcome.plan, desk.view, desk.theme).rows, outcome.plan.intent
    return intent is Intent.SOURCES or any(row.flags or intent is not Intent.QUALITY for row in rows)


_LOOKING: tuple[Step, ...] = (face, query, retrieve, reread, seem, tell)
_ADDING: tuple[Step, ...] = (go_on, account, near)
STEPS: tuple[Step, ...] = (beside, decline, *_LOOKING, *_ADDING, word, mark, check)

_TO_MARK = STEPS[: STEPS.index(mark) + 1]


def _finds_no_subject(work: Work) -> bool:
    """Whether rows on a subject were asked for, and nothing at all is held on it."""
    plan, found = work.plan, work.found
    if work.outcome.decline or work.outcome.notices:
        return False
    held = plan.sides or found.subject or found.rows or found.only_if or work.evidence
    dated = plan.intent is Intent.NARRATIVE and plan.wanted is Wanted.DATE
    return bool(plan.themes) and not held and (dated or (plan.intent in OF_ROWS and not plan.wanted))


def _answer(work: Work, corpus_version: str, desk: Desk, notes: tuple[str, ...]) -> Answer:
    request, draft, outcome, plan = work.request, work.draft, work.outcome, work.outcome.plan
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
        suggestions=() if outcome.not_understood else draft.suggestions[:_SUGGESTED],
        corpus_version=corpus_version,
        readings=tuple(OtherReading(one.words, plan_to_data(one.plan)) for one in outcome.readings),
        not_understood=outcome.not_understood,
        by_model=work.worded,
    )
