"""The closed set of things in a plan that a reader should check, each with its words."""

from collections.abc import Sequence
from enum import StrEnum, auto
from typing import Self

from assistant.records import Flag, Locator


class FlagCode(StrEnum):
    """What a flag is about; `meaning` says it to whoever has not seen the row, a flag's own words name the values."""

    # A date against another date
    DUE_BEFORE_PLAN = auto(), "The due date is before the plan begins."
    DUE_AFTER_PLAN = auto(), "The due date is after the plan ends."
    DUE_BEFORE_START = auto(), "The due date is before the start date."
    DATE_SLIP = auto(), "The due date is probably a slip of the pen."
    COMPLETION_AFTER_PLAN = auto(), "The row is said to be complete at a date after the plan was written."
    DATE_IN_TEXT_DIFFERS = auto(), "The words of the action name another date than the due date."
    MEASURE_DATE_PASSED = auto(), "The measure names a date that had passed when the plan was written, with no result."
    OVERDUE_WHEN_PUBLISHED = auto(), "The due date had passed when the plan was written, and the row is not complete."
    DATE_IMPOSSIBLE = auto(), "The date does not exist."
    DATE_ORDER = auto(), "The figures of the date are not day first, or it cannot be told which is the month."
    DUE_REVISED = auto(), "The plan gives an original and a revised date; the revised one is used."
    DEFERRED_WITHOUT_DATE = auto(), "The action is put off without a new date."
    COMPLETION_IN_DATE_CELL = auto(), "The date cell says that the action is complete, so its due date is lost."
    DATE_IN_STATUS_CELL = auto(), "The status cell speaks of timing instead of a status."
    # Something that is not there
    NO_OWNER = auto(), "No owner is recorded."
    NO_DUE = auto(), "No due date is recorded."
    NO_STATUS = auto(), "No status is recorded."
    NO_ACTION = auto(), "The row has no action, only a heading or an owner."
    EMPTY_ACTION_BLOCK = auto(), "A heading for actions has no action under it."
    # Words that stand in the wrong place, twice, or damaged
    TEXT_IN_WRONG_PLACE = auto(), "Words seem to stand in the wrong column."
    REFERS_TO_OTHER_ROW = auto(), "A cell only refers to another row."
    DUPLICATE_TEXT = auto(), "The same action, or nearly the same, stands in another row."
    CONTRADICTING_DUPLICATE = auto(), "Another row has nearly the same action with a different status, colour or date."
    PASTED_PROGRESS = auto(), "Another action has word for word the same progress text."
    OWNER_CORRUPTED = auto(), "The owner seems damaged by a find-and-replace."
    TEXT_CORRUPTED = auto(), "The words seem damaged by a find-and-replace."
    INVISIBLE_CHARACTERS = auto(), "The source holds characters that cannot be seen; they were left out."
    STRUCK_OUT = auto(), "The action is struck through in the source: it no longer applies."
    SPLIT_ROW = auto(), "The row is broken over several lines or pages and was joined."
    UNSURE_ALIGNMENT = auto(), "It is not sure that the parts of this row belong together."
    # Numbers, headings and keys of the document
    NUMBERING_REPEATED = auto(), "The same reference or number stands at several actions."
    NUMBERING_GAP = auto(), "The numbering of the actions skips a number."
    STATED_TOTAL_DIFFERS = auto(), "A total that the document states is not what its rows add up to."
    HEADING_CONTRADICTS_CONTENTS = auto(), "A heading is not the one that the contents page gives for it."
    COLOUR_NOT_DEFINED = auto(), "The plan does not say what this colour means."
    COLOUR_LOST = auto(), "A column for status or colour is empty: the colours were probably lost."
    COLOUR_RULE_UNREAD = auto(), "The cell is coloured by a rule of the workbook that is not read."
    COLOUR_CONTRADICTS_WORDS = auto(), "The colour and the words of the status say different things."
    KEY_WITHOUT_COLOURS = auto(), "The plan's key gives meanings but its colours are lost."
    RATING_IS_NOT_PROGRESS = auto(), "The plan's ratings rate something other than progress."
    ABBREVIATION_UNDEFINED = auto(), "The document uses an abbreviation that it does not explain."
    NO_PLAN_DATE = auto(), "The document carries no date."
    MULTIPLE_ACTIONS = auto(), "The row seems to hold more than one action."

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        code = str.__new__(cls, value)
        code._value_, code.meaning = value, meaning
        return code

    def flag(self, words: str = "", locator: Locator | None = None) -> Flag:
        """A flag of this kind; without words of its own it carries the meaning."""
        return Flag(self.value, words or self.meaning, locator)


def notable(flags: Sequence[Flag]) -> list[Flag]:
    """The flags that the values of a row do not show by themselves, as "no owner recorded" does."""
    return [flag for flag in flags if flag.code not in {FlagCode.NO_OWNER, FlagCode.NO_DUE, FlagCode.NO_STATUS}]
