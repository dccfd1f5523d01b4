"""The closed set of things in a plan that a reader should check, each with its words."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Self

from assistant.records import Flag, Locator


class FlagCode(StrEnum):
    """What a flag is about; `meaning` says it to whoever has not seen the row, a flag's own words name the values."""

    # A date against another date
    DUE_BEFORE_PLAN = "due_before_plan", "The due date is before the plan begins."
    DUE_AFTER_PLAN = "due_after_plan", "The due date is after the plan ends."
    DUE_BEFORE_START = "due_before_start", "The due date is before the start date."
    DATE_SLIP = "date_slip", "The due date is probably a slip of the pen."
    COMPLETION_AFTER_PLAN = (
        "completion_after_plan",
        "The row is said to be complete at a date after the plan was written.",
    )
    DATE_IN_TEXT_DIFFERS = "date_in_text_differs", "The words of the action name another date than the due date."
    MEASURE_DATE_PASSED = (
        "measure_date_passed",
        "The measure names a date that had passed when the plan was written, with no result.",
    )
    OVERDUE_WHEN_PUBLISHED = (
        "overdue_when_published",
        "The due date had passed when the plan was written, and the row is not complete.",
    )
    DATE_IMPOSSIBLE = "date_impossible", "The date does not exist."
    DATE_ORDER = "date_order", "The figures of the date are not day first, or it cannot be told which is the month."
    DUE_REVISED = "due_revised", "The plan gives an original and a revised date; the revised one is used."
    DEFERRED_WITHOUT_DATE = "deferred_without_date", "The action is put off without a new date."
    COMPLETION_IN_DATE_CELL = (
        "completion_in_date_cell",
        "The date cell says that the action is complete, so its due date is lost.",
    )
    DATE_IN_STATUS_CELL = "date_in_status_cell", "The status cell speaks of timing instead of a status."
    # Something that is not there
    NO_OWNER = "no_owner", "No owner is recorded."
    NO_DUE = "no_due", "No due date is recorded."
    NO_STATUS = "no_status", "No status is recorded."
    NO_ACTION = "no_action", "The row has no action, only a heading or an owner."
    EMPTY_ACTION_BLOCK = "empty_action_block", "A heading for actions has no action under it."
    # Words that stand in the wrong place, twice, or damaged
    TEXT_IN_WRONG_PLACE = "text_in_wrong_place", "Words seem to stand in the wrong column."
    REFERS_TO_OTHER_ROW = "refers_to_other_row", "A cell only refers to another row."
    DUPLICATE_TEXT = "duplicate_text", "The same action, or nearly the same, stands in another row."
    CONTRADICTING_DUPLICATE = (
        "contradicting_duplicate",
        "Another row has nearly the same action with a different status, colour or date.",
    )
    PASTED_PROGRESS = "pasted_progress", "Another action has word for word the same progress text."
    OWNER_CORRUPTED = "owner_corrupted", "The owner seems damaged by a find-and-replace."
    TEXT_CORRUPTED = "text_corrupted", "The words seem damaged by a find-and-replace."
    INVISIBLE_CHARACTERS = (
        "invisible_characters",
        "The source holds characters that cannot be seen; they were left out.",
    )
    STRUCK_OUT = "struck_out", "The action is struck through in the source: it no longer applies."
    SPLIT_ROW = "split_row", "The row is broken over several lines or pages and was joined."
    UNSURE_ALIGNMENT = "unsure_alignment", "It is not sure that the parts of this row belong together."
    # Numbers, headings and keys of the document
    NUMBERING_REPEATED = "numbering_repeated", "The same reference or number stands at several actions."
    NUMBERING_GAP = "numbering_gap", "The numbering of the actions skips a number."
    STATED_TOTAL_DIFFERS = "stated_total_differs", "A total that the document states is not what its rows add up to."
    HEADING_CONTRADICTS_CONTENTS = (
        "heading_contradicts_contents",
        "A heading is not the one that the contents page gives for it.",
    )
    COLOUR_NOT_DEFINED = "colour_not_defined", "The plan does not say what this colour means."
    COLOUR_LOST = "colour_lost", "A column for status or colour is empty: the colours were probably lost."
    COLOUR_RULE_UNREAD = "colour_rule_unread", "The cell is coloured by a rule of the workbook that is not read."
    COLOUR_CONTRADICTS_WORDS = (
        "colour_contradicts_words",
        "The colour and the words of the status say different things.",
    )
    KEY_WITHOUT_COLOURS = "key_without_colours", "The plan's key gives meanings but its colours are lost."
    RATING_IS_NOT_PROGRESS = "rating_is_not_progress", "The plan's ratings rate something other than progress."
    ABBREVIATION_UNDEFINED = "abbreviation_undefined", "The document uses an abbreviation that it does not explain."
    NO_PLAN_DATE = "no_plan_date", "The document carries no date."
    MULTIPLE_ACTIONS = "multiple_actions", "The row seems to hold more than one action."

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
