"""How well themes are told apart: `python -m tests.evaluation.themes [--verbose] [--real-plans]`.

`themes.jsonl` holds themes with the rows of the invented corpus that belong to each (`members`), and those about which
readers may differ (`optional`); `themes_real_plans.jsonl` the same for the real plans, where they are at hand.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.embedding import open_embedder
from assistant.records import Action
from assistant.themes import Members, ThemeFinder
from assistant.vocabulary import Vocabulary
from tests.gold import GOLD, gold_actions, read_jsonl

HERE = Path(__file__).parent
CORPUS_GOLD = HERE.parent / "corpus"
DOCUMENTS = ("fap-", "fdt-", "fip-", "fhp-", "fil-")
"""The rows of the corpus that the labels were written over, by the beginning of their ids."""


@dataclass(frozen=True, slots=True)
class LabelledTheme:
    theme: str
    kind: str
    members: frozenset[str]
    optional: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One theme as it was answered: rows rightly named, missed, and named without belonging."""

    label: LabelledTheme
    result: Members
    right: frozenset[str]
    missed: frozenset[str]
    wrong: frozenset[str]

    @property
    def exact(self) -> bool:
        return not self.missed and not self.wrong


def labelled(path: Path) -> list[LabelledTheme]:
    """The themes of a file of labels."""
    return [
        LabelledTheme(line["theme"], line["kind"], frozenset(line["members"]), frozenset(line["optional"]))
        for line in read_jsonl(path)
    ]


def corpus_actions() -> list[Action]:
    """The rows of the invented corpus that the labels cover."""
    return [action for action in gold_actions(CORPUS_GOLD) if action.id.startswith(DOCUMENTS)]


def finder(actions: Sequence[Action]) -> ThemeFinder:
    """A finder over these rows, with the real model."""
    embedder = open_embedder()
    return ThemeFinder(actions, embedder.embed, embedder, Vocabulary.load(words=(action.action for action in actions)))


def judge(labels: Iterable[LabelledTheme], themes: ThemeFinder) -> list[Judged]:
    """Each theme answered and compared with its labels."""
    judged = []
    for label in labels:
        result = themes.find(label.theme)
        judged.append(
            Judged(
                label,
                result,
                result.ids & (label.members | label.optional),
                label.members - result.ids,
                result.ids - label.members - label.optional,
            )
        )
    return judged


def table(judged: Sequence[Judged]) -> str:
    """Precision, recall and the share of exact sets, by kind of phrasing and over all."""
    lines = [f"{'kind':12} {'themes':>6} {'exact':>6} {'precision':>9} {'recall':>6}"]
    kinds = [*dict.fromkeys(one.label.kind for one in judged), "all"]
    for kind in kinds:
        some = [one for one in judged if kind in ("all", one.label.kind)]
        named = sum(len(one.right) + len(one.wrong) for one in some)
        wanted = sum(len(one.label.members) for one in some)
        precision = sum(len(one.right) for one in some) / named if named else 1.0
        recall = 1 - sum(len(one.missed) for one in some) / wanted if wanted else 1.0
        exact = sum(one.exact for one in some) / len(some)
        lines.append(f"{kind:12} {len(some):6} {exact:6.2f} {precision:9.3f} {recall:6.3f}")
    return "\n".join(lines)


def _explain(one: Judged, actions: dict[str, Action]) -> str:
    lines = [f"\n{one.label.kind}: {one.label.theme!r}, read as {one.result.read_as!r}"]
    lines += [f"  missed {id} {actions[id].action[:80]!r}" for id in sorted(one.missed)]
    lines += [f"  wrong  {id} {actions[id].action[:80]!r}: {one.result.reasons[id]}" for id in sorted(one.wrong)]
    return "\n".join(lines)


def main() -> None:
    """Print the table, and with --verbose every theme that is not exact."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--verbose", action="store_true")
    arguments.add_argument("--real-plans", action="store_true")
    chosen = arguments.parse_args()
    sets = [("invented corpus", "themes.jsonl", corpus_actions())]
    if chosen.real_plans and GOLD.is_dir():
        sets = [("real plans", "themes_real_plans.jsonl", gold_actions())]
    for title, file, actions in sets:
        judged = judge(labelled(HERE / file), finder(actions))
        print(f"{title}: {len(actions)} rows\n{table(judged)}")
        if chosen.verbose:
            by_id = {action.id: action for action in actions}
            print("".join(_explain(one, by_id) for one in judged if not one.exact))


if __name__ == "__main__":
    main()
