"""How much of an answer stands open on its page, by reader: `python -m tests.bench.visible DATA_DIR QUESTIONS.jsonl`.

Counted are the words of the newest turn that are seen without opening anything, its heading left out; and its controls.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from urllib.parse import urlencode

from lxml import html
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from assistant import Assistant
from assistant.answer import Reader
from assistant.settings import read_settings

TOKEN = "the token of the bench"
_SHUT = (
    ".//details/*[not(self::summary)] | .//*[@hidden] | .//script | .//h2 | .//textarea"
    "| .//*[contains(concat(' ', @class, ' '), ' govuk-visually-hidden ')]"
)


def visible(page: str) -> tuple[int, int]:
    """How many words and controls of the newest turn are seen."""
    newest = html.fromstring(page).get_element_by_id("newest")
    for shut in newest.xpath(_SHUT):
        shut.drop_tree()
    controls = newest.xpath(".//button | .//summary | .//a[not(contains(@class, 'chip'))]")
    return len(" ".join(newest.itertext()).split()), len(controls)


def run(data_dir: Path, questions: Path) -> list[str]:
    """A line for each kind of reader."""
    settings = read_settings(data_dir=data_dir).model_copy(update={"token": SecretStr(TOKEN)})
    app = create_app(Assistant.open(data_dir), settings)
    told = []
    with TestClient(app, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        for reader in Reader:
            found = []
            for line in questions.read_text(encoding="utf-8").splitlines():
                asked = json.loads(line)
                given = {"q": asked["question"], "reader": reader.value, "as_of": asked.get("as_of") or ""}
                found.append((*visible(client.get(f"/?{urlencode(given)}").text), asked["question"]))
            words, controls = ([one[at] for one in found] for at in (0, 1))
            high = statistics.quantiles(words, n=10)[-1]
            longest = max(found)
            told.append(
                f"{reader.value}: median {statistics.median(words):.0f} words, 90 % {high:.0f}, most {longest[0]} "
                f"({longest[2][:60]}); controls median {statistics.median(controls):.0f}, most {max(controls)}"
            )
    return told


if __name__ == "__main__":
    for line in run(Path(sys.argv[1]), Path(sys.argv[2])):
        sys.stdout.write(f"{line}\n")
