"""The door to language models: any that LangChain's `init_chat_model` knows, or a local server. Off by default."""

from collections.abc import Mapping
from typing import Any, Protocol

from assistant.errors import ModelError, ModelTimeout, SettingsError
from assistant.settings import Settings


class LanguageModel(Protocol):
    """Something that answers one prompt with one text, or by filling in a form."""

    @property
    def name(self) -> str:
        """What the model is called where it runs."""

    def complete(self, prompt: str) -> str:
        """The model's text. Raises: ModelError, of which ModelTimeout is one."""

    def fill(self, prompt: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the model gave for a JSON schema; the caller checks it. Raises: ModelError."""


class ChatModel:
    """A chat model of LangChain."""

    def __init__(self, chat: Any, name: str) -> None:
        self._chat = chat
        self.name = name

    def complete(self, prompt: str) -> str:
        """See `LanguageModel.complete`."""
        said = self._asked(self._chat, prompt).text
        text = said if isinstance(said, str) else str(said())
        if not text.strip():
            raise ModelError(f'The model "{self.name}" gave an empty answer. Answers go on without it.')
        return text

    def fill(self, prompt: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """See `LanguageModel.fill`."""
        said = self._asked(self._chat.with_structured_output(dict(schema)), prompt)
        if not isinstance(said, Mapping):
            raise ModelError(f'The model "{self.name}" did not fill in the form. Answers go on without it.')
        return said

    def _asked(self, chat: Any, prompt: str) -> Any:
        try:
            return chat.invoke(prompt)
        except Exception as error:
            kind = ModelTimeout if "timeout" in type(error).__name__.casefold() else ModelError
            raise kind(f'The model "{self.name}" gave no answer: {error}. Answers go on without it.') from error


def open_model(settings: Settings) -> LanguageModel | None:
    """The language model that the settings name; None where they name none.

    A name without a provider, at an address of its own, is a server that speaks the OpenAI protocol.
    Raises: SettingsError for a model that LangChain does not know, or that lacks its package or its key.
    """
    if not settings.model:
        return None
    options: dict[str, Any] = {"timeout": settings.model_timeout_seconds, "max_retries": 1, "temperature": 0}
    if settings.model_base_url:
        options |= {"base_url": settings.model_base_url, "api_key": "none"}
    if settings.model_api_key:
        options["api_key"] = settings.model_api_key.get_secret_value()
    from langchain.chat_models import init_chat_model

    try:
        try:
            chat = init_chat_model(settings.model, **options)
        except ValueError:
            if not settings.model_base_url:
                raise
            chat = init_chat_model(f"openai:{settings.model}", **options)
        return ChatModel(chat, settings.model)
    except Exception as error:
        raise SettingsError(
            f'PLAN_ASSISTANT_MODEL is "{settings.model}", which cannot be used: {error}. Name a model as '
            '"provider:model", such as "openai:gpt-4o-mini", with its key, or unset it to answer without one.'
        ) from error
