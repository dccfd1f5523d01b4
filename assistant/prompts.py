"""Prompts: one file a call, with a header that names its variables."""

import re
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import PromptError

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

        Raises: PromptError where a variable is missing or unknown.
        """
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
