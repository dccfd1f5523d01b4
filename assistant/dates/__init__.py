"""Words to dates: one grammar for the cells of plans and for questions. Day first, British English."""

from assistant.dates.days import add_months
from assistant.dates.find import DueDate, find_dates, no_date, read_due
from assistant.dates.periods import DateSpan, Precision
from assistant.dates.tokens import MONTH, WORDS

__all__ = ["MONTH", "WORDS", "DateSpan", "DueDate", "Precision", "add_months", "find_dates", "no_date", "read_due"]
