"""Everything that the project raises on purpose. A message says what was wrong, where, and what to do."""


class AssistantError(Exception):
    """The root of all errors that are raised on purpose."""


class SettingsError(AssistantError):
    """A setting is missing or has a value that cannot be used."""


class SourceError(AssistantError):
    """A file or folder cannot be taken in."""


class DocumentReadError(SourceError):
    """Its bytes cannot be read as the format that they claim to be."""


class QuarantinedError(SourceError):
    """It can be read, but nobody may see it until someone says so."""


class ExtractionError(AssistantError):
    """A document was read, but no register can be made of it."""


class StoreError(AssistantError):
    """The register or the index cannot be opened, read or written."""


class RecordNotFound(StoreError):
    """Nothing has that id, for this reader."""


class PlaceLost(StoreError):
    """The row that a page was to go on from is gone."""


class StoreBusy(StoreError):
    """Another process is writing."""


class QueryPlanError(AssistantError):
    """A query plan names an unknown field, operator or value."""


class QuestionError(AssistantError):
    """A question that cannot be taken: empty, or too long."""


class PromptError(AssistantError):
    """A prompt file and its caller do not agree."""


class ModelError(AssistantError):
    """The language model failed or broke its contract."""


class ModelTimeout(ModelError):
    """It gave no answer in time."""
