"""How well a folder of questions is answered over the loaded register, beside the plain chunk pipeline.

    python -m tests.evaluation.answers FOLDER [--data-dir DIR | --load PLANS] [--verbose]

FOLDER holds `questions.jsonl` and, if it has names of its own for rows, `rows.jsonl` (README.md beside this file). With
`--load` the documents of PLANS are read into a register of their own, which is thrown away afterwards.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant import Assistant
from assistant.embedding import Embedder, open_embedder
from assistant.errors import AssistantError, SourceError
from assistant.records import OWNER, Action, Locator
from assistant.settings import read_settings
from ingest.load import load
from tests.evaluation.chunks import ChunkPipeline, LinesOf
from tests.evaluation.gold import Gold, GoldQuestion
from tests.evaluation.matching import ReadRow
from tests.evaluation.scores import DECLINED, MUST_DECLINE, AnswerScore, matched_rows, score_answer

BEST = (4, 10, 20)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The answers judged, and for each number of chunks the ids of the questions whose rows all stand in them."""

    scores: tuple[AnswerScore, ...]
    chunks: int
    in_chunks: Mapping[int, frozenset[str]]


def evaluate(assistant: Assistant, gold: Gold, embedder: Embedder) -> Evaluated:
    """Ask every question of the gold. Without rows in the gold, its ids are the register's own."""
    actions = assistant.register.select(OWNER)
    rows = [ReadRow.from_action(action) for action in actions]
    matched = matched_rows(rows, gold) if gold.rows else {row.id: row.id for row in rows}
    passages = {passage.id: passage for passage in gold.passages}
    scores = []
    for question in gold.questions:
        as_of = date.fromisoformat(question.as_of) if question.as_of else None
        answer = assistant.ask(question.question, as_of, question.conversation).as_dict()
        scores.append(score_answer(question, answer, matched, passages))
    places = {matched[action.id]: action for action in actions if action.id in matched}
    return Evaluated(tuple(scores), *_by_chunks(assistant, gold, embedder, places))


def _by_chunks(
    assistant: Assistant, gold: Gold, embedder: Embedder, actions: Mapping[str, Action]
) -> tuple[int, Mapping[int, frozenset[str]]]:
    """How many chunks there are, and the questions that a perfect reader of the best of them could list the rows of."""
    lines = {
        source.document: assistant.register.lines(OWNER, source.document)
        for source in assistant.register.sources(OWNER)
    }
    pipeline = ChunkPipeline({name: [text for _, text in own] for name, own in lines.items()}, embedder)
    written = {row.id: tuple(place for place in row.places if place.line_start) for row in gold.rows}
    rows = {name: _lines_of(action, written.get(name, ()), lines[action.document]) for name, action in actions.items()}
    found: dict[int, set[str]] = {k: set() for k in BEST}
    for question in gold.questions:
        ranked = pipeline.best(" ".join([*question.conversation, question.question]), max(BEST))
        for k in BEST:
            if all(name in rows and pipeline.hold(ranked[:k], rows[name]) for name in question.required):
                found[k].add(question.id)
    return len(pipeline), {k: frozenset(ids) for k, ids in found.items()}


def _lines_of(action: Action, written: Sequence[Locator], lines: Sequence[tuple[Locator, str]]) -> LinesOf:
    """The lines of a row: those that the gold says its words stand in, else those at the row's own place."""
    wanted = {place.line_start for place in written}
    if not wanted and action.locator.line_start is not None:
        wanted = set(range(action.locator.line_start, (action.locator.line_end or action.locator.line_start) + 1))
    if wanted:
        return LinesOf(action.document, tuple(at for at, (place, _) in enumerate(lines) if place.line_start in wanted))
    quote = " ".join(action.quote.split())
    there = [at for at, (place, _) in enumerate(lines) if _same_place(place, action.locator)]
    exact = [at for at in there if quote in " ".join(lines[at][1].split())]
    return LinesOf(action.document, tuple(exact or there))


def _same_place(one: Locator, other: Locator) -> bool:
    names = ("page", "sheet", "table", "paragraph") + (() if one.page is not None else ("row",))
    return all(getattr(one, name) == getattr(other, name) for name in names)


# ---------------------------------------------------------------- what is printed


def report(found: Evaluated) -> Iterator[str]:
    """The figures, a line each."""
    scores = found.scores
    yield f"{'kind':16s} questions  right  rows exact"
    kinds = Counter(score.question.kind for score in scores)
    for kind, number in sorted(kinds.items()):
        own = [score for score in scores if score.question.kind == kind]
        yield f"{kind:16s} {number:9d}  {_share([s.right for s in own])}  {_share([_exact(s) for s in own])}"
    yield f"{'all':16s} {len(scores):9d}  {_share([s.right for s in scores])}  {_share([_exact(s) for s in scores])}"
    must = [score.declined for score in scores if score.question.kind in MUST_DECLINE]
    free = [score.declined for score in scores if score.question.kind not in MUST_DECLINE | {"adversarial"}]
    yield f"declined rightly {_share(must)}, wrongly {_share(free)}  ({', '.join(sorted(DECLINED))})"
    yield ""
    heads = "  ".join(f"best {k:2d}" for k in BEST)
    yield f"{'all required rows given':42s}  {'ours':>6s}   {heads}  of {found.chunks} chunks, with a perfect reader"
    for name, kinds_of in (("list questions", frozenset({"list"})), ("every question with rows", frozenset(kinds))):
        own = [score for score in scores if score.question.kind in kinds_of and score.question.required]
        theirs = "  ".join(f"{_share([s.question.id in found.in_chunks[k] for s in own]):>7s}" for k in BEST)
        yield f"  {name:25s} {len(own):4d} questions  {_share([not s.missing for s in own]):>7s}   {theirs}"


def wrong(scores: Sequence[AnswerScore]) -> Iterator[str]:
    """Each answer that is not right, and what is wrong with it."""
    for score in scores:
        if score.right:
            continue
        faults = [f"missing {', '.join(score.missing)}"] if score.missing else []
        faults += [f"extra {', '.join(score.extra)}"] if score.extra else []
        faults += [] if score.said else ["the text does not say what it must"]
        faults += [f"{score.passages:.0%} of the passages"] if score.passages < 1 else []
        must = score.question.kind in MUST_DECLINE
        faults += ["declined" if score.declined else "not declined"] if must != score.declined else []
        yield f"{score.question.id} [{score.question.kind}] {score.question.question}: {'; '.join(faults)}"


def _exact(score: AnswerScore) -> bool:
    return not score.missing and not score.extra


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):5.2f}" if right else "    -"


# ---------------------------------------------------------------- the command


def checked(folder: Path) -> Gold:
    """The gold of a folder. Raises: SourceError where it has no question, or one names a row that it has not."""
    gold = Gold.read(folder)
    if not gold.questions:
        raise SourceError(f"{folder}: no questions.jsonl with questions. tests/evaluation/README.md describes it.")
    known = {row.id for row in gold.rows}
    for question in gold.questions:
        if gold.rows and (unknown := _named(question) - known):
            raise SourceError(f"{folder}/questions.jsonl, {question.id}: rows.jsonl has no row {sorted(unknown)[0]}.")
    return gold


def _named(question: GoldQuestion) -> frozenset[str]:
    return question.required | question.optional | question.counted


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the report; exit with 1 and a sentence where the folder or the register cannot be used."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--load", type=Path, metavar="PLANS")
    parser.add_argument("--verbose", action="store_true", help="name each answer that is not right")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as temporary:
            data_dir = Path(temporary) if options.load else options.data_dir
            settings = read_settings(data_dir=data_dir)
            gold = checked(options.folder)
            embedder = open_embedder(settings.embedding_model)
            if options.load:
                load([options.load], settings, embedder=embedder)
            assistant = Assistant.open(settings.data_dir, settings)
            found = evaluate(assistant, gold, embedder)
            assistant.register.close()
    except AssistantError as error:
        sys.exit(str(error))
    for line in (*report(found), *(wrong(found.scores) if options.verbose else ())):
        print(line)


if __name__ == "__main__":
    main()
