"""Learns the ways of asking from labelled questions, and says how well they are told on questions held back.

    python -m tests.evaluation.ways --readings FILE --data-dir DIR [LINES ...] [--keep]

`LINES` are files of JSON lines, each with `question`, `way` (intent, kind of fact, field) and `of`, the question that
it is another wording of: wordings of one question are never parted between learning and trial. The data folder holds
the register whose names are put aside. `--keep` writes the weights that the planner reads.
"""

import argparse
import json
import re
import zlib
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np

from assistant.planner import learnt as opinion
from assistant.planner.pieces import Before, Setting, pieces_of
from assistant.planner.text import Text, written_out
from assistant.records import OWNER
from assistant.service import Assistant

Way = tuple[str, str, str]
_MARKS = {"O": "the manager", "P": "the plan", "D": "May", "R": "1.2", "H": "the section", "T": "this term"}
_FIELDS = {"done": "completed_on", "measure": "success_measure", "notes": "status_text"}
_OF_INTENT = {"owner": "owner", "date": "due", "status": "status", "progress": "status"}
_SELDOM, _FOLDS, _ROUNDS = 4, 5, 400
_KEEP_SMALL = 3e-5


def labelled(line: str) -> tuple[str, Way] | None:
    """A question of the readings with a word in place of each marked name, and its way; None for a later turn."""
    labels, _, question = line.strip().partition(" :: ")
    intent = labels.split("/")[0].split()[0] if question else "declined"
    if intent == "declined" or ">>" in question:
        return None
    said = dict(re.findall(r"(\w+)=([\w]+)", labels))
    asked = _FIELDS.get(said.get("a", ""), said.get("a", "")) or _OF_INTENT.get(intent, "")
    plain = re.sub(r"\[-?([A-Za-z]) [^\]]*\]", lambda mark: _MARKS.get(mark[1], "this subject"), question)
    return plain, (intent, said.get("w", ""), asked if intent in (*_OF_INTENT, "lookup") else "")


def learn(rows: np.ndarray, ways: np.ndarray, count: int) -> np.ndarray:
    """The weights of a softmax over the ways, by descent with momentum."""
    weights = np.zeros((rows.shape[1], count), dtype=np.float32)
    speed, wanted = np.zeros_like(weights), np.eye(count, dtype=np.float32)[ways]
    for _ in range(_ROUNDS):
        scores = rows @ weights
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        speed = 0.9 * speed - 2.0 * (rows.T @ (shares - wanted) / len(rows) + _KEEP_SMALL * weights)
        weights += speed
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", nargs="*", type=Path)
    parser.add_argument("--readings", type=Path, required=True)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    desk = Assistant.open(given.data_dir).desk(OWNER)
    setting = Setting(desk.holdings, desk.vocabulary, date.today())
    known = [(*one, one[0]) for line in given.readings.read_text().splitlines() if (one := labelled(line))]
    for line in (line for path in given.lines for line in path.read_text().splitlines()):
        told = json.loads(line)
        text = Text(setting.vocabulary.correct(written_out(told["question"])).text)
        question = opinion.nameless(pieces_of(text, setting, Before(), ()), setting)
        known.append((question, tuple(told["way"]), told["of"]))
    seen = Counter(way for _, way, _ in known)
    known = [(asked, way if seen[way] >= _SELDOM else (way[0], "", ""), of) for asked, way, of in known]
    ways = sorted({way for _, way, _ in known})
    questions, number = [asked for asked, _, _ in known], np.array([ways.index(way) for _, way, _ in known])
    rows = np.hstack([desk.embedder.embed(questions), np.ones((len(questions), 1), dtype=np.float32)])
    fold = np.array([zlib.crc32(of.encode()) % _FOLDS for _, _, of in known])
    right = 0
    for one in range(_FOLDS):
        weights = learn(rows[fold != one], number[fold != one], len(ways))
        right += int(((rows[fold == one] @ weights).argmax(axis=1) == number[fold == one]).sum())
    print(f"{len(known)} questions, {len(ways)} ways; {right / len(known):.3f} told right when held back")
    if given.keep:
        weights = learn(rows, number, len(ways)).astype(np.float16)
        np.savez_compressed(opinion.WEIGHTS, model=desk.embedder.model, ways=np.array(ways), weights=weights)


if __name__ == "__main__":
    main()
