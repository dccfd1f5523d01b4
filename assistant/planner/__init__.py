"""A question and its conversation to a query plan, by rules."""

from assistant.planner.holdings import Held, Holdings, holdings_of
from assistant.planner.judge import Trial, Tried
from assistant.planner.plan import plan_question
from assistant.planner.text import QUESTION_WORDS, ordinary_words

__all__ = ["QUESTION_WORDS", "Held", "Holdings", "Trial", "Tried", "holdings_of", "ordinary_words", "plan_question"]
