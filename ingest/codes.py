"""Words that a plan explains itself and then uses as states: medals, stages, letters, numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.records import Block, BlockKind, KeyKind, Locator, PlanKey, Status, Table
from ingest.layout.drafts import Draft, Role
from ingest.layout.shapes import is_date, owner_likeness
from ingest.layout.statuswords import colour_of, is_colour, meaning_of
from ingest.layout.words import normal, one_line, without_bullet

_LONGEST_TERM = 4
_LEAST = 2
NO_MARK = "no mark"
MARKS = "✔✓✅☑✗✘✖▲△▼▽◆◇■□●○★☆†‡*#!"
_MARK = re.compile(
    rf"(?:(?:an?|the) )?(?:[\w -]{{2,20}} )?(?:\(?['\"‘“]?(?P<mark>[{re.escape(MARKS)}])['\"’”]?\)?|"
    r"(?:no (?:mark|sign|symbol)|unmarked(?: items?)?))"
    r"[^.]{0,40}?(?:=|:|\bmeans?\b|\bshows?\b|\bindicates?\b|\bmarks\b)\s*(?:that\s+)?(?P<meaning>[^.]{4,140})\W*",
    re.IGNORECASE,
)
_SIGN = r"[✓-➿←-⇿☀-✒▀-◿⬀-⯿†‡★☆]"
_SIGNED = re.compile(rf"(?P<mark>{_SIGN})\ufe0f?\s*[=:–-]?\s*(?P<meaning>[A-Za-z][^✓-➿←-⇿☀-✒▀-◿⬀-⯿†‡★☆]{{2,80}})")
_SENTENCE = re.compile(r"(?<=[.;|])\s+|\n|\s{2,}(?=\w{1,12}\s*[=:–—-]\s)|,\s+(?=[A-Z0-9]\s?[=:])")
_ENTRY = re.compile(
    r"(?i:(?:key|legend|b?rag|ratings?|colours?|status(?: key)?|stages?|codes?)\s*:\s*)?"
    r"(?P<term>['\"‘“]?[A-Z0-9][\w’' -]{0,28}?['\"’”]?)\s*"
    r"(?::|=|\s[–—-]|\bmeans?(?: that)?\b|\bindicates\b)\s+(?P<meaning>\S.{2,150}?)\W*",
)


def code_of(text: str) -> str:
    """What is compared of a code: its words, or the sign itself."""
    return normal(text) or text.strip()


def codes_of(items: Sequence[Block | Table], document: str) -> tuple[PlanKey, ...]:
    """What may be codes: terms explained one under or after the other, most of them with a state of delivery."""
    found: dict[str, PlanKey] = {key.term: key for key in _marks(items, document)}
    for group in _groups(items):
        if all(colour_of(term) and len(term) > 1 for term, _, _ in group):
            continue
        keys = [
            PlanKey(document, KeyKind.COLOUR, term, meaning, place, meaning, meaning_of(meaning))
            for term, meaning, place in group
        ]
        stating = [key for key in keys if key.status not in {None, Status.NOT_RECORDED}]
        if len(keys) >= _LEAST and len(stating) >= max(_LEAST, 0.5 * len(keys)):
            for key in keys:
                found.setdefault(normal(key.term), key)
    return tuple(found.values())


def _marks(items: Sequence[Block | Table], document: str) -> list[PlanKey]:
    """Signs before an item that a sentence explains: "A tick (✔) means that it is finished. No mark means ..."."""
    found = []
    for item in items:
        for line in item.text.split("\n") if isinstance(item, Block) else ():
            entries = list(_SIGNED.finditer(one_line(line)))
            if len(entries) > 1 and len(entries) == len({entry["mark"] for entry in entries}):
                for entry in entries:
                    meaning = entry["meaning"].strip(" .,;")
                    status = meaning_of(meaning)
                    found.append(
                        PlanKey(document, KeyKind.COLOUR, entry["mark"], meaning, item.locator, meaning, status)
                    )
        for sentence, place in _placed(item) if isinstance(item, Block) else ():
            match = _MARK.fullmatch(sentence)
            if match is not None:
                term, meaning = match["mark"] or NO_MARK, match["meaning"].strip()
                found.append(PlanKey(document, KeyKind.COLOUR, term, meaning, place, meaning, meaning_of(meaning)))
    return found if any(key.term != NO_MARK for key in found) else []


def used(codes: Iterable[PlanKey], drafts: Sequence[Draft]) -> tuple[PlanKey, ...]:
    """The codes that stand alone in the status of an action: the others explain something else."""
    stated = {code_of(piece.line) for draft in drafts for piece in draft.pieces(Role.STATUS) if piece.words}
    found = [code for code in codes if code_of(code.term) in stated]
    return tuple(codes) if len({code.status for code in found}) > 1 else tuple(found)


def _groups(items: Sequence[Block | Table]) -> Iterator[list[tuple[str, str, Locator]]]:
    lines: list[tuple[str, str, Locator]] = []
    for item in items:
        if isinstance(item, Table):
            yield lines
            lines = []
            yield [entry for row in item.rows for entry in _of_row([cell.text for cell in row.cells], row.locator)]
        elif item.kind is not BlockKind.FURNITURE:
            here = [entry for entry in map(_of_sentence, _placed(item)) if entry]
            if not here:
                yield lines
            lines = [*lines, *here] if here else []
    yield lines


def _of_row(cells: Sequence[str], place: Locator) -> Iterator[tuple[str, str, Locator]]:
    texts = [one_line(text) for text in cells if text.strip()]
    if len(texts) == 2 and _is_term(texts[0]):
        yield texts[0].rstrip(" :="), texts[1], place
    elif len(texts) == 1:
        said = [(without_bullet(one_line(sentence)), place) for sentence in _SENTENCE.split(texts[0])]
        yield from (entry for entry in map(_of_sentence, said) if entry)
    elif len(texts) > 2:
        entries = [entry for text in texts if (entry := _of_sentence((text, place)))]
        yield from entries if len(entries) >= len(texts) - 1 else ()


def _placed(block: Block) -> Iterator[tuple[str, Locator]]:
    for sentence in _SENTENCE.split(block.text):
        yield without_bullet(one_line(sentence)), block.locator


def _of_sentence(sentence: tuple[str, Locator]) -> tuple[str, str, Locator] | None:
    match = _ENTRY.fullmatch(sentence[0])
    if match is None or not _is_term(match["term"]):
        return None
    return match["term"].strip("'\"‘’“” "), match["meaning"], sentence[1]


def _is_term(text: str) -> bool:
    short = 0 < len(text.split()) <= _LONGEST_TERM and not is_date(text)
    return short and (not is_colour(text) or len(text) == 1) and owner_likeness(text) < 1.0
