"""Questions to a register that holds a plan which the reader may not see, and to one that never held it:
`python -m tests.battery.hidden [how many for each role] [seed]`.

The questions are made of the words of the plans, half of them of the hidden one's; each answer must be the same to the
letter.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from api.roles import Person, Role
from assistant import Assistant
from assistant.records import OWNER, Action
from assistant.register import Register, database_place
from assistant.settings import read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder

CORPUS, DAY = Path(__file__).parents[2] / "corpus", date(2026, 11, 24)
HIDDEN = "fenbridge-youth-justice-plan-2026.ods"
SHOWN = ("fenbridge-help-and-protection-delivery-plan.md", "fenbridge-improvement-board-action-log.csv")
ROLES = (Role.PUBLIC, Role.MEMBER, Role.OFFICER)
ASKED = (
    "which actions on {word} are overdue?", "how many actions are owned by {owner}?",
    "what is being done about {word}?",
    "is {word} complete?", "who owns action {ref}?", "what changed in the {plan}?", "when is {ref} due?",
    "what does {word} mean?", "which plans mention {word}?", "compare {plan} with the other plans",
    "wots up with {word}",
    "show every action due in {month}", "how many actions are complete in each plan?", "why was {ref} delayed?",
    "is there anything about {word} and {other}?", "what looks wrong in the {plan}?", "does {owner} have late actions?",
)  # fmt: skip


def opened(folder: Path, *names: str) -> Assistant:
    """An assistant over plans, the hidden one labelled so."""
    plans, data_dir = folder / "plans", folder / "data"
    plans.mkdir(parents=True)
    for name in names:
        shutil.copy(CORPUS / name, plans / name)
    entries = [
        f'[[source]]\nfile = "{one}"\nlabel = "{"restricted" if one == HIDDEN else "public"}"\n' for one in names
    ]
    (plans / "manifest.toml").write_text("\n".join(entries), encoding="utf-8")
    report = load([plans], read_settings(data_dir=data_dir), embedder=LetterEmbedder())
    assert not report.failed, report.as_text()
    return Assistant(Register.open(database_place(data_dir, None), create=False), LetterEmbedder, lambda: DAY)


def questions(dice: random.Random, rows: list[Action]) -> Iterator[str]:
    """Questions without end; half of them in the words of the hidden plan."""
    hidden = [row for row in rows if row.document == HIDDEN]
    while True:
        row, beside = dice.choice(dice.choice((hidden, rows))), dice.choice(rows)
        word, other = (dice.choice([one for one in each.action.split() if len(one) > 3]) for each in (row, beside))
        month = date(2026, dice.randint(1, 12), 1)
        yield dice.choice(ASKED).format(
            word=word.strip(".,;"), other=other.strip(".,;"), owner=row.owner or "the board", ref=row.ref or "3",
            plan=row.plan, month=f"{month:%B %Y}",
        )  # fmt: skip


def run(count: int, seed: int = 0) -> dict[Role, int]:
    """How many of so many questions were answered otherwise, for each role."""
    with tempfile.TemporaryDirectory() as place:
        both, alone = opened(Path(place, "both"), *SHOWN, HIDDEN), opened(Path(place, "alone"), *SHOWN)
        with closing(both.register), closing(alone.register):
            other = dict.fromkeys(ROLES, 0)
            for role in ROLES:
                audience = Person("", role).audience
                asked = questions(random.Random(f"{seed} {role}"), both.register.select(OWNER))
                for _, question in zip(range(count), asked, strict=False):
                    told = [one.ask(question, audience=audience).as_dict() for one in (both, alone)]
                    if told[0] != told[1]:
                        other[role] += 1
                        sys.stderr.write(f"{role}: {question}\n")
                sys.stderr.write(f"{role}: {count} asked, {other[role]} answered otherwise\n")
            return other


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    sys.exit(1 if sum(run(wanted, int(sys.argv[2]) if len(sys.argv) > 2 else 0).values()) else 0)
