"""A question and its conversation to a query plan, by rules."""

from assistant.planner.holdings import Held, Holdings, holdings_of
from assistant.planner.plan import plan_question

__all__ = ["Held", "Holdings", "holdings_of", "plan_question"]
