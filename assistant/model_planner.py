"""A language model reads a subject that no row has words for; the rest of the query plan stays with the rules."""

import json
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel, StrictStr
from pydantic import Field as Length

from assistant.conditions import Condition, Every, Field, Operator
from assistant.errors import ModelError, QueryPlanError
from assistant.model import ChatModel, read_prompt
from assistant.planner import Held, Holdings
from assistant.query_plan import QueryPlan, Theme

_log = logging.getLogger(__name__)
_HELD: dict[Field, str] = {
    Field.OWNER: "owners",
    Field.SECTION: "sections",
    Field.RECOMMENDATION: "recommendations",
    Field.AUTHORITY: "authority",
}
"""The fields that a model may test, and where `Held` has their values."""
_NAMES_AT_MOST, _THEME_CHARACTERS = 60, 80


class _Test(BaseModel, extra="forbid"):
    field: Literal[Field.OWNER, Field.SECTION, Field.RECOMMENDATION, Field.AUTHORITY]
    operator: Literal[Operator.IS, Operator.CONTAINS]
    values: list[StrictStr] = Length(min_length=1)


class _Subject(BaseModel, extra="forbid", title="Subject"):
    """What the question is about, as a search over actions"""

    themes: list[StrictStr] = Length(max_length=3)
    without_themes: list[StrictStr] = Length(max_length=3)
    where: list[_Test]


SCHEMA = _Subject.model_json_schema()
"""What the model fills in, as JSON schema: the parts of a query plan that say what it is about."""


class ModelPlanner:
    """Reads subjects with a model. Dates, lateness, states, plans and what is wanted are never the model's."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._prompt = read_prompt("read-subject")

    def reread(
        self, plan: QueryPlan, question: str, conversation: Sequence[str], holdings: Holdings
    ) -> QueryPlan | None:
        """The plan with the model's subject in place of its own; None where it gave none that may be used."""
        subject = ", ".join(one.words for theme in plan.themes for one in (theme, *theme.alternatives))
        held = holdings.within(plan.documents)
        prompt = self._prompt.filled(
            question=_quoted(question),
            conversation=_quoted(list(conversation)),
            subject=_quoted(subject),
            held=_quoted({field.value: _values(field, held)[:_NAMES_AT_MOST] for field in _HELD}),
        )
        try:
            read = _checked(self._model.fill(prompt, SCHEMA), plan, question, held)
        except (ModelError, QueryPlanError, ValueError) as error:
            _log.info("The model's reading was not used: %s", error)
            return None
        return replace(read, readings=(*plan.readings, _told(subject, read, plan)))


def _quoted(data: object) -> str:
    """Data on one line, so that it cannot pass for a line of the prompt."""
    return json.dumps(data, ensure_ascii=False)


def _checked(said: Mapping[str, Any], plan: QueryPlan, question: str, held: Sequence[Held]) -> QueryPlan:
    """The plan with the subject that was said. Raises: ValueError or QueryPlanError where it may not be used."""
    form = _Subject.model_validate(said)
    if not form.themes and not form.where:
        raise QueryPlanError("The model named no subject.")
    for words in (*form.themes, *form.without_themes):  # a phrase, in which a figure must be the reader's own
        strange = set(re.findall(r"\d+", words)) - set(re.findall(r"\d+", question))
        if strange or not re.search(r"[^\W\d_]{2}", words) or len(words) > _THEME_CHARACTERS or "\n" in words:
            told = f'"{words[:_THEME_CHARACTERS]}", which is not a plain phrase'
            raise QueryPlanError(f"The model gave the subject {told}.")
    for test in form.where:  # something that is held, word for word
        known = {value.casefold() for value in _values(test.field, held)}
        if unknown := [value for value in test.values if value.casefold() not in known]:
            raise QueryPlanError(f'The model named the {test.field} "{unknown[0]}", which no plan asked about has.')
    added = tuple(Condition(test.field, test.operator, tuple(test.values)) for test in form.where)
    without = (*plan.without_themes, *map(Theme, form.without_themes))
    where = Every((plan.where, *added)) if added else plan.where
    return replace(plan, themes=tuple(map(Theme, form.themes)), without_themes=without, where=where)


def _values(field: Field, held: Iterable[Held]) -> list[str]:
    found: dict[str, None] = {}
    for source in held:
        values = getattr(source, _HELD[field])
        found |= dict.fromkeys([values] if isinstance(values, str) else values or ())
    return list(found)


def _told(subject: str, read: QueryPlan, plan: QueryPlan) -> str:
    names = [f"“{theme.words}”" for theme in read.themes]
    if isinstance(read.where, Every) and read.where != plan.where:
        parts = (part for part in read.where.parts[1:] if isinstance(part, Condition))
        names += [f"the {part.field} “{value}”" for part in parts for value in part.values]
    known = f"No action has “{subject}” in words that I know"
    return f"{known}; a language model read it as {' and '.join(names)}. Check that this is what you mean."
