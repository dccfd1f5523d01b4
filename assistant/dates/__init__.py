"""Words to dates: one grammar for the cells of plans and for questions. Day first, British English."""

from assistant.dates.find import DueDate, find_dates, no_date, read_due
from assistant.dates.periods import DateSpan, Precision

__all__ = ["DateSpan", "DueDate", "Precision", "find_dates", "no_date", "read_due"]
