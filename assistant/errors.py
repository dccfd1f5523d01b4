"""Everything that the project raises on purpose.

AssistantError
  SettingsError                       a setting is missing or has a value that cannot be used
  SourceError                         a file or folder cannot be taken in
    DocumentReadError                 its bytes cannot be read as the format that they claim to be
    QuarantinedError                  it can be read, but nobody may see it until someone says so
  ExtractionError                     a document was read, but no register can be made of it
  StoreError                          the register or the index cannot be opened, read or written
    RecordNotFound                    nothing has that id, for this reader
    PlaceLost                         the row that a page was to go on from is gone
    StoreBusy                         another process is writing
  IndexMismatch                       vectors of another model or another length
  QueryPlanError                      a query plan names an unknown field, operator or value
  QuestionError                       a question that cannot be taken: empty, or too long
  PromptError                         a prompt file and its caller do not agree
  ModelError                          the language model failed or broke its contract
    ModelTimeout

A message says what was wrong, where, and what to do.
"""


class AssistantError(Exception):
    """The root of all errors that are raised on purpose."""


class SettingsError(AssistantError):
    pass


class SourceError(AssistantError):
    pass


class DocumentReadError(SourceError):
    pass


class QuarantinedError(SourceError):
    pass


class ExtractionError(AssistantError):
    pass


class StoreError(AssistantError):
    pass


class RecordNotFound(StoreError):
    pass


class PlaceLost(StoreError):
    pass


class StoreBusy(StoreError):
    pass


class IndexMismatch(AssistantError):
    pass


class QueryPlanError(AssistantError):
    pass


class QuestionError(AssistantError):
    pass


class PromptError(AssistantError):
    pass


class ModelError(AssistantError):
    pass


class ModelTimeout(ModelError):
    pass
