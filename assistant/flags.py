"""The closed set of things in a plan that a reader should check, each with its words."""

from enum import StrEnum

from assistant.records import Flag, Locator


class FlagCode(StrEnum):
    """What a flag is about. `meaning` says it for a reader; a flag's own words name the values."""

    # A date against another date
    DUE_BEFORE_PLAN = "due_before_plan"
    DUE_AFTER_PLAN = "due_after_plan"
    DUE_BEFORE_START = "due_before_start"
    DATE_SLIP = "date_slip"
    COMPLETION_AFTER_PLAN = "completion_after_plan"
    DATE_IN_TEXT_DIFFERS = "date_in_text_differs"
    MEASURE_DATE_PASSED = "measure_date_passed"
    OVERDUE_WHEN_PUBLISHED = "overdue_when_published"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_ORDER = "date_order"
    DUE_REVISED = "due_revised"
    DEFERRED_WITHOUT_DATE = "deferred_without_date"
    COMPLETION_IN_DATE_CELL = "completion_in_date_cell"
    DATE_IN_STATUS_CELL = "date_in_status_cell"
    # Something that is not there
    NO_OWNER = "no_owner"
    NO_DUE = "no_due"
    NO_STATUS = "no_status"
    NO_ACTION = "no_action"
    EMPTY_ACTION_BLOCK = "empty_action_block"
    # Words that stand in the wrong place, twice, or damaged
    TEXT_IN_WRONG_PLACE = "text_in_wrong_place"
    REFERS_TO_OTHER_ROW = "refers_to_other_row"
    DUPLICATE_TEXT = "duplicate_text"
    CONTRADICTING_DUPLICATE = "contradicting_duplicate"
    PASTED_PROGRESS = "pasted_progress"
    OWNER_CORRUPTED = "owner_corrupted"
    TEXT_CORRUPTED = "text_corrupted"
    INVISIBLE_CHARACTERS = "invisible_characters"
    STRUCK_OUT = "struck_out"
    SPLIT_ROW = "split_row"
    UNSURE_ALIGNMENT = "unsure_alignment"
    # Numbers, headings and keys of the document
    NUMBERING_REPEATED = "numbering_repeated"
    NUMBERING_GAP = "numbering_gap"
    STATED_TOTAL_DIFFERS = "stated_total_differs"
    HEADING_CONTRADICTS_CONTENTS = "heading_contradicts_contents"
    COLOUR_NOT_DEFINED = "colour_not_defined"
    COLOUR_LOST = "colour_lost"
    COLOUR_RULE_UNREAD = "colour_rule_unread"
    COLOUR_CONTRADICTS_WORDS = "colour_contradicts_words"
    KEY_WITHOUT_COLOURS = "key_without_colours"
    RATING_IS_NOT_PROGRESS = "rating_is_not_progress"
    ABBREVIATION_UNDEFINED = "abbreviation_undefined"
    NO_PLAN_DATE = "no_plan_date"
    MULTIPLE_ACTIONS = "multiple_actions"

    @property
    def meaning(self) -> str:
        """One sentence for a reader who has not seen the row."""
        return _MEANINGS[self]

    def flag(self, words: str = "", locator: Locator | None = None) -> Flag:
        """A flag of this kind; without words of its own it carries the meaning."""
        return Flag(self.value, words or self.meaning, locator)


_MEANINGS: dict[FlagCode, str] = {
    FlagCode.DUE_BEFORE_PLAN: "The due date is before the plan begins.",
    FlagCode.DUE_AFTER_PLAN: "The due date is after the plan ends.",
    FlagCode.DUE_BEFORE_START: "The due date is before the start date.",
    FlagCode.DATE_SLIP: "The due date is probably a slip of the pen.",
    FlagCode.COMPLETION_AFTER_PLAN: "The row is said to be complete at a date after the plan was written.",
    FlagCode.DATE_IN_TEXT_DIFFERS: "The words of the action name another date than the due date.",
    FlagCode.MEASURE_DATE_PASSED: "The measure names a date that had passed when the plan was written, with no result.",
    FlagCode.OVERDUE_WHEN_PUBLISHED: "The due date had passed when the plan was written, and the row is not complete.",
    FlagCode.DATE_IMPOSSIBLE: "The date does not exist.",
    FlagCode.DATE_ORDER: "The figures of the date are not day first, or it cannot be told which is the month.",
    FlagCode.DUE_REVISED: "The plan gives an original and a revised date; the revised one is used.",
    FlagCode.DEFERRED_WITHOUT_DATE: "The action is put off without a new date.",
    FlagCode.COMPLETION_IN_DATE_CELL: "The date cell says that the action is complete, so its due date is lost.",
    FlagCode.DATE_IN_STATUS_CELL: "The status cell speaks of timing instead of a status.",
    FlagCode.NO_OWNER: "No owner is recorded.",
    FlagCode.NO_DUE: "No due date is recorded.",
    FlagCode.NO_STATUS: "No status is recorded.",
    FlagCode.NO_ACTION: "The row has no action, only a heading or an owner.",
    FlagCode.EMPTY_ACTION_BLOCK: "A heading for actions has no action under it.",
    FlagCode.TEXT_IN_WRONG_PLACE: "Words seem to stand in the wrong column.",
    FlagCode.REFERS_TO_OTHER_ROW: "A cell only refers to another row.",
    FlagCode.DUPLICATE_TEXT: "The same action, or nearly the same, stands in another row.",
    FlagCode.CONTRADICTING_DUPLICATE: "Another row has nearly the same action with a different status, colour or date.",
    FlagCode.PASTED_PROGRESS: "Another action has word for word the same progress text.",
    FlagCode.OWNER_CORRUPTED: "The owner seems damaged by a find-and-replace.",
    FlagCode.TEXT_CORRUPTED: "The words seem damaged by a find-and-replace.",
    FlagCode.INVISIBLE_CHARACTERS: "The source holds characters that cannot be seen; they were left out.",
    FlagCode.STRUCK_OUT: "The action is struck through in the source: it no longer applies.",
    FlagCode.SPLIT_ROW: "The row is broken over several lines or pages and was joined.",
    FlagCode.UNSURE_ALIGNMENT: "It is not sure that the parts of this row belong together.",
    FlagCode.NUMBERING_REPEATED: "The same reference or number stands at several actions.",
    FlagCode.NUMBERING_GAP: "The numbering of the actions skips a number.",
    FlagCode.STATED_TOTAL_DIFFERS: "A total that the document states is not what its rows add up to.",
    FlagCode.HEADING_CONTRADICTS_CONTENTS: "A heading is not the one that the contents page gives for it.",
    FlagCode.COLOUR_NOT_DEFINED: "The plan does not say what this colour means.",
    FlagCode.COLOUR_LOST: "A column for status or colour is empty: the colours were probably lost.",
    FlagCode.COLOUR_RULE_UNREAD: "The cell is coloured by a rule of the workbook that is not read.",
    FlagCode.COLOUR_CONTRADICTS_WORDS: "The colour and the words of the status say different things.",
    FlagCode.KEY_WITHOUT_COLOURS: "The plan's key gives meanings but its colours are lost.",
    FlagCode.RATING_IS_NOT_PROGRESS: "The plan's ratings rate something other than progress.",
    FlagCode.ABBREVIATION_UNDEFINED: "The document uses an abbreviation that it does not explain.",
    FlagCode.NO_PLAN_DATE: "The document carries no date.",
    FlagCode.MULTIPLE_ACTIONS: "The row seems to hold more than one action.",
}
