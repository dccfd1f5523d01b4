"""The door to language models: any that LangChain's `init_chat_model` knows, or a local server. Off by default.

A prompt is one file a call, with a header that names its variables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import ModelError, ModelTimeout, PromptError, SettingsError
from assistant.settings import Settings

FOLDER = Path(__file__).resolve().parents[1] / "prompts"
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's text and what its header says of it; `version` rises whenever the text changes what is asked."""

    name: str
    purpose: str
    version: int
    variables: tuple[str, ...]
    text: str

    def filled(self, **values: str) -> str:
        """The text with each variable in place of its name; values are put in as they are, never read again.

        Raises: PromptError where a variable is missing or unknown."""
        if set(values) != set(self.variables):
            given, wanted = ", ".join(sorted(values)), ", ".join(sorted(self.variables))
            raise PromptError(f'prompts/{self.name}.md was given "{given}" and takes "{wanted}". Give exactly those.')
        return _VARIABLE.sub(lambda match: values[match.group(1)], self.text)


def read_prompt(name: str, folder: Path = FOLDER) -> Prompt:
    """The prompt in a file. Raises: PromptError where there is none, or its header and its text do not agree."""
    path = folder / f"{name}.md"
    try:
        head, _, text = path.read_text(encoding="utf-8").partition("\n---\n")
    except OSError as error:
        raise PromptError(f"{path}: the prompt cannot be read ({error}). Restore it from the repository.") from error
    header = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    variables = tuple(part.strip() for part in header.get("variables", "").split(",") if part.strip())
    used = set(_VARIABLE.findall(text))
    if header.get("name") != name or used != set(variables) or not text.strip():
        raise PromptError(
            f"{path}: the header names {', '.join(variables) or 'no variable'}, the text uses "
            f"{', '.join(sorted(used)) or 'none'}. Make them agree, and let the name be {name}."
        )
    purpose, version = header.get("purpose", ""), header.get("version", "")
    if not purpose or not version.isdigit():
        raise PromptError(f"{path}: the header needs a purpose and a version, a whole number. Add them.")
    return Prompt(name, purpose, int(version), variables, text.strip())


class ChatModel:
    """A chat model of LangChain: it answers one prompt with one text, or by filling in a form."""

    def __init__(self, chat: Any, name: str) -> None:
        self._chat = chat
        self.name = name

    def complete(self, prompt: str) -> str:
        """The model's text. Raises: ModelError, of which ModelTimeout is one."""
        said = self._asked(self._chat, prompt).text
        text = said if isinstance(said, str) else str(said())
        if not text.strip():
            raise ModelError(f'The model "{self.name}" gave an empty answer. Answers go on without it.')
        return text

    def fill(self, prompt: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the model gave for a JSON schema; the caller checks it. Raises: ModelError."""
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


def open_model(settings: Settings) -> ChatModel | None:
    """The language model that the settings name; None where they name none.

    A name without a provider, at an address of its own, is a server that speaks the OpenAI protocol.
    Raises: SettingsError for a model that LangChain does not know, or that lacks its package or its key."""
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
