"""The assistant: a register opened for questions."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self

from assistant.answer import Answer, Reader
from assistant.changes import Change, changes
from assistant.conditions import EVERYTHING, Filter
from assistant.desk import Desk, Helpers, OpenEmbedder
from assistant.embedding import Embedder, open_embedder
from assistant.errors import AssistantError, QuestionError
from assistant.index import Index
from assistant.invisible import unreachable
from assistant.model import open_model
from assistant.model_planner import ModelPlanner
from assistant.model_wording import ModelWording
from assistant.outcome import AnswerStatus
from assistant.pipeline import answer
from assistant.query_plan_json import plan_from_data
from assistant.records import OWNER, Audience
from assistant.register import Register, database_place
from assistant.settings import Settings, read_settings
from assistant.versions import FallingDue, SaidAgain, falling_due, left_out, said_again, to_compare
from assistant.work import Request

_DESKS_AT_MOST, _ANSWERS_AT_MOST = 8, 64
WORDS_AT_MOST = 250
"""Words of a question: what a reader writes in one breath, and what can be read in the time of a few ordinary ones."""
_TRIPPED = (
    "I could not work out an answer to this question: it met a fault of mine, which the log describes. "
    "Please ask it another way."
)


class Assistant:
    """Answers questions about the plans of one register. Safe to share between threads."""

    def __init__(
        self,
        register: Register,
        open_embedder: OpenEmbedder,
        today: Callable[[], date] = date.today,
        question_chars: int = 2_000,
        wording: ModelWording | None = None,
        planning: ModelPlanner | None = None,
        contact: str = "",
    ) -> None:
        self.register, self._today, self._question_chars = register, today, question_chars
        self._helpers = Helpers(open_embedder, wording, planning, contact)
        self._desks: dict[tuple[str, Audience], Desk] = {}
        self._given: dict[tuple[str, Audience, Request], Answer] = {}
        self._lock = threading.Lock()

    @classmethod
    def open(cls, data_dir: str | Path | None = None, settings: Settings | None = None) -> Self:
        """The assistant over the register of a data folder, by default the one that the settings name.

        Raises: StoreError where there is no register or it cannot be read."""
        chosen = settings or read_settings(data_dir=Path(data_dir) if data_dir else None)
        folder = Path(data_dir) if data_dir else chosen.data_dir
        register = Register.open(database_place(folder, chosen.database_url), create=False)

        @cache
        def encoder() -> Embedder:
            from assistant.vectors import IndexedEmbedder

            model = open_embedder(chosen.embedding_model, chosen.embedding_threads or 1)
            return IndexedEmbedder(Index(folder, model.model, model.dimension), model)

        model = open_model(chosen)
        wording, planning = (ModelWording(model), ModelPlanner(model)) if model else (None, None)
        given = (chosen.question_chars, wording, planning, chosen.safeguarding_contact)
        return cls(register, encoder, date.today, *given)

    def ask(
        self,
        question: str,
        as_of: date | None = None,
        conversation: Sequence[str] = (),
        reader: Reader | str = Reader.STAFF,
        audience: Audience = OWNER,
        query: Mapping[str, Any] | None = None,
        qid: str | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        """One answer, from what the audience may see.

        Args: conversation, the earlier questions of this reader, oldest first; query, a query plan as data that is
        answered in place of the question's own reading; documents, the plans that the reader chose to ask, all when
        empty.
        Raises: QuestionError for a question that is empty or too long; QueryPlanError for a plan that is not one."""
        if reader not in tuple(Reader):
            raise QuestionError(f'Unknown reader "{reader}". Known: {", ".join(Reader)}.')
        asked, held_back = unreachable(self._checked(question))
        request = Request(
            question=asked,
            today=self._today(),
            as_of=as_of,
            conversation=self._recent(conversation),
            reader=Reader(reader),
            qid=qid,
            plan=plan_from_data(query) if query is not None else None,
            documents=tuple(documents),
            held_back=held_back,
        )
        try:
            with self.register.one_state():
                given = self._answer(request, audience)
                return replace(given, question=question) if held_back else given
        except AssistantError:
            raise
        except Exception:  # one question that trips over a defect must not take others of its batch with it
            logging.getLogger(__name__).exception("A question could not be worked out")
            return Answer(question, AnswerStatus.ERROR, _TRIPPED, as_of or request.today, qid, request.reader)

    def _answer(self, request: Request, audience: Audience) -> Answer:
        """The answer in the state that is held; kept where rules alone word it, because a page is loaded again, its
        answer exported, and many readers ask the same."""
        key = (self.register.stamp, audience, request)
        given = self._given.get(key)
        if given is None:
            given = answer(request, self.desk(audience), self.register.corpus_version(audience))
            if not (self._helpers.wording or self._helpers.planning):
                with self._lock:
                    self._given = {**dict(list(self._given.items())[1 - _ANSWERS_AT_MOST :]), key: given}
        return given

    def changes(self, old: str | None = None, new: str | None = None, audience: Audience = OWNER) -> list[Change]:
        """What differs between two versions of a plan, by default the newest two of each series.

        Args: old, new, documents; with one alone, the version beside it is the other.
        Raises: RecordNotFound for a document that is not held, or of whose plan there is no other version."""
        with self.register.one_state():
            desk = self.desk(audience)
            return [
                change
                for before, after in to_compare(desk.series, list(desk.view.sources.values()), old, new)
                for change in changes(desk.view.of(before.document), desk.view.of(after.document))
            ]

    def said_again(self, audience: Audience = OWNER) -> list[SaidAgain]:
        """The recommendations of one plan that stand in another that is no version of it, the earlier first."""
        with self.register.one_state():
            desk = self.desk(audience)
            return said_again(list(desk.view.sources.values()), desk.view.rows, desk.series)

    def due(
        self,
        where: Filter = EVERYTHING,
        within: int | None = None,
        as_of: date | None = None,
        audience: Audience = OWNER,
    ) -> FallingDue:
        """What of the newest version of each plan is late, and what falls due `within` so many days, of the rows that
        a filter names."""
        with self.register.one_state():
            desk = self.desk(audience)
            newest = desk.less(left_out(desk.series, (), None))
            return falling_due(newest.view.select(where), as_of or self._today(), within)

    def desk(self, audience: Audience) -> Desk:
        """What is prepared for an audience, for the register as it stands now, or in the state that is held."""
        state = (self.register.stamp, audience)
        with self._lock:
            if state not in self._desks:
                current = {key: desk for key, desk in self._desks.items() if key[0] == state[0]}
                self._desks = dict(list(current.items())[-_DESKS_AT_MOST + 1 :])
                self._desks[state] = Desk(self.register, audience, self._helpers)
            return self._desks[state]

    def _recent(self, conversation: Sequence[str]) -> tuple[str, ...]:
        """The newest of the earlier questions, all together no longer than two questions may be; one that could not be
        asked had no answer, and is left out."""
        kept, words = list[str](), 0
        for turn in reversed(conversation):
            number = len(turn.split()) if len(turn) <= self._question_chars else WORDS_AT_MOST + 1
            if number <= WORDS_AT_MOST and (asked := unreachable(turn)[0].strip()):
                words += number
                if words > 2 * WORDS_AT_MOST:
                    break
                kept.append(asked)
        return tuple(reversed(kept))

    def _checked(self, question: str) -> str:
        if not question.strip():
            raise QuestionError("The question is empty. Ask about the plans, such as: which actions are overdue?")
        if any("\ud800" <= char <= "\udfff" for char in question):
            raise QuestionError("The question holds half a character, so it cannot be read. Write it again.")
        chars, words = (len(question), self._question_chars), (len(question.split()), WORDS_AT_MOST)
        for (number, most), noun in ((chars, "characters"), (words, "words")):
            if number > most:
                told = f"The question has {number:,} {noun}; at most {most:,} are taken."
                raise QuestionError(f"{told} Ask one thing at a time.")
        return question
