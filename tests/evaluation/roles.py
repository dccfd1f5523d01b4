"""Learns what each word of a question does from questions marked by hand, and says how well it is told on questions
held back.

    python -m tests.evaluation.roles MARKED [MARKED ...] [--keep]

`MARKED` are files of questions, one a line, with marks in brackets: `[S subject]`, `[O owner]`, `[X state]`,
`[T time]`, `[P plan]`, `[R reference]`, `[A what is asked for]`; what has none is the frame. A line may begin with a
key and a tab: questions of one key, wordings of one question, are never parted between learning and trial. `--keep`
writes the weights that the planner reads.
"""

import argparse
import re
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from assistant.embedding import Embedder, open_embedder
from assistant.lexicon import words_of
from assistant.planner.roles import WEIGHTS, Role, word_states

_MARK = re.compile(r"\[([A-Z]) ([^\[\]]+)\]")
_HIDDEN, _ROUNDS, _BATCH, _FOLDS, _DROPPED = 96, 25, 256, 4, 0.3


class Marked(NamedTuple):
    """A question's words as the model sees them, shape (n, 3d), their roles as numbers, and its key."""

    states: np.ndarray
    roles: np.ndarray
    key: str


def read(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A marked question without its marks, and the characters of each mark."""
    plain, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        plain += line[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[2]), mark[1]))
        plain, at = plain + mark[2], mark.end()
    return plain + line[at:], spans


def marked(line: str, embedder: Embedder) -> Marked:
    """A line of a file of marked questions."""
    key, _, question = line.rpartition("\t")
    text, spans = read(question.rstrip("\n"))
    words, order = words_of(text), list(Role)
    told = (next((mark for start, end, mark in spans if start <= word.start < end), Role.FRAME) for word in words)
    states = word_states(words, text, embedder)
    return Marked(states, np.array([order.index(Role(mark)) for mark in told], dtype=np.int64), key or text)


def learn(known: list[Marked]) -> torch.nn.Sequential:
    """A layer of hidden units and a softmax over the roles."""
    torch.manual_seed(0)
    rows = torch.tensor(np.concatenate([one.states for one in known]))
    roles = torch.tensor(np.concatenate([one.roles for one in known]))
    net = torch.nn.Sequential(
        torch.nn.Dropout(_DROPPED), torch.nn.Linear(rows.shape[1], _HIDDEN), torch.nn.ReLU(),
        torch.nn.Dropout(_DROPPED), torch.nn.Linear(_HIDDEN, len(Role)),
    )  # fmt: skip
    steps = torch.optim.AdamW(net.parameters(), 1e-3, weight_decay=1e-3)
    for _ in range(_ROUNDS):
        for batch in torch.randperm(len(rows)).split(_BATCH):
            loss = torch.nn.functional.cross_entropy(net(rows[batch]), roles[batch])
            steps.zero_grad()
            loss.backward()
            steps.step()
    return net.eval()


def _tried(known: list[Marked]) -> str:
    fold = [zlib.crc32(one.key.encode()) % _FOLDS for one in known]
    told: list[np.ndarray] = [np.zeros(0)] * len(known)
    for one in range(_FOLDS):
        net = learn([question for question, own in zip(known, fold, strict=True) if own != one])
        for n, question in enumerate(known):
            if fold[n] == one and len(question.roles):
                told[n] = net(torch.tensor(question.states)).argmax(1).numpy()
    found, right = np.concatenate(told), np.concatenate([one.roles for one in known])
    both = [(role, found == n, right == n) for n, role in enumerate(Role)]
    scores = [f"{role.name} {2 * (a & b).sum() / max(1, a.sum() + b.sum()):.3f}" for role, a, b in both]
    return f"{len(known)} questions; held back, F1 by word: {', '.join(scores)}; right {(found == right).mean():.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", nargs="+", type=Path)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    torch.set_num_threads(1)
    embedder = open_embedder()
    lines = [line for path in given.marked for line in path.read_text().splitlines() if line.strip()]
    known = [one for line in lines if len((one := marked(line, embedder)).roles)]
    print(_tried(known))
    if given.keep:
        net = learn(known)
        kept = {"first": net[1].weight.T, "bias": net[1].bias, "second": net[4].weight.T, "last": net[4].bias}
        weights = {name: one.detach().numpy().astype(np.float16) for name, one in kept.items()}
        np.savez_compressed(WEIGHTS, model=embedder.model, **weights)


if __name__ == "__main__":
    main()
