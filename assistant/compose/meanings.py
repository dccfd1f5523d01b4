"""What an abbreviation, a term or a colour means: by the plan's own list first, never by guesswork."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.caveats import without_rows
from assistant.compose.numbers import count
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import capital, joined, plan_name, safe, short, without_bullet
from assistant.outcome import AnswerStatus
from assistant.records import Action, KeyKind, Locator, PlanKey, Rag, Source

_PLACES = {False: 5, True: 2}
"""How many places where an undefined term stands are quoted, by whether the reader is a member."""
_COURTEOUS = frozenset({"please", "pls", "thanks", "thank you"})
_REACH, _LONGEST = 4, 25


@dataclass(frozen=True, slots=True)
class _Use:
    document: str
    locator: Locator
    text: str
    row: Action | None


def compose_definition(telling: Telling, pen: Pen) -> Draft:
    """What each term means in the plans asked about; that no source says so, where none does."""
    lines: list[str] = []
    known = 0
    terms = tuple(term for term in telling.plan.terms if term.casefold() not in _COURTEOUS)
    several = any(len(set(telling.explain(term))) > 1 for term in terms)
    for term in terms:
        said, defined = _term(term, telling, pen)
        lines += [*said, ""]
        known += defined
    if not terms:
        return without_rows(telling, pen, ["Which word or abbreviation do you mean?"], AnswerStatus.NEEDS_CLARIFICATION)
    unsure = AnswerStatus.NEEDS_CLARIFICATION if several else AnswerStatus.CANNOT_ANSWER
    statuses = {0: unsure, len(terms): AnswerStatus.ANSWERED}
    return without_rows(telling, pen, lines, statuses.get(known, AnswerStatus.PARTLY_ANSWERED))


def _term(term: str, telling: Telling, pen: Pen) -> tuple[list[str], bool]:
    asked = {source.document for source in telling.searched}
    kinds = (KeyKind.ABBREVIATION, KeyKind.COLOUR)
    keys = [key for key in telling.view.keys if key.kind in kinds and _folded(key.term) == _folded(term)]
    own, lines = [key for key in keys if key.document in asked], []
    for key in {(key.document, key.meaning.casefold()): key for key in own or keys}.values():
        name = plan_name(telling.source(key.document))
        elsewhere = f"the plan asked about does not explain it, but the {name} does"
        where = f"by the {name}’s own list" if own else elsewhere
        inner = [word for word in re.findall(r"\b[A-Z]{2,}\b", key.meaning) if word != key.term]
        told = "; ".join(f"{word}: {known[0]}" for word in inner if (known := telling.explain(word)))
        meaning = safe(f"{key.meaning} [{told}]" if told else key.meaning)
        lines.append(f"{safe(key.term)} means {meaning} ({where}) {pen.key(key)}.")
    if not lines and (spelt := _spelt_out(term, telling)):
        use, meaning = spelt
        place, name = pen.passage(use.document, use.locator, meaning), plan_name(telling.source(use.document))
        lines = [f"{safe(term)}: the {name} writes it out as “{safe(meaning)}” {place}."]
    return (lines, True) if lines else _undefined(term, telling, pen)


def _folded(text: str) -> str:
    plain = re.sub(r"[\W_]+", "", text).casefold()
    return plain[:-1] if len(plain) > 2 and plain.endswith("s") and not text.isupper() else plain


def _spelt_out(term: str, telling: Telling) -> tuple[_Use, str] | None:
    """A place where the words stand beside the abbreviation in brackets, with initials that fit."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z&]{1,7}", term):
        return None
    pattern = re.compile(rf"((?:[\w’'&/-]+\s+){{1,{len(term) + 2}}})\(\s*{re.escape(term)}s?\s*\)", re.IGNORECASE)
    for use in _uses(term, telling):
        for match in pattern.finditer(use.text):
            words = _fitting(match.group(1).split(), term)
            if words:
                start = use.text.rfind(words[0], match.start(), match.end())
                return use, use.text[start : match.end()]
    return None


def _fitting(words: Sequence[str], term: str) -> list[str]:
    """The last words whose initials spell the term, small words passed over."""
    for start in range(len(words) - 1, -1, -1):
        letters = "".join(part[0] for word in words[start:] for part in re.split(r"[-/]", word) if part)
        strong = "".join(word[0] for word in words[start:] if word.casefold() not in ("and", "of", "the", "in", "for"))
        if term.casefold() in (letters.casefold(), strong.casefold()):
            return list(words[start:])
    return []


def _uses(term: str, telling: Telling) -> list[_Use]:
    """Every place of the documents asked about that holds the term as a word, with the row that it stands in."""
    word = re.compile(rf"(?<![\w]){re.escape(term)}(?:s|'s|’s)?(?![\w])", 0 if term.isupper() else re.IGNORECASE)
    found = []
    for source in telling.searched:
        rows = telling.view.of(source.document)
        lines = [(locator, text) for locator, text in telling.view.lines(source.document) if word.search(text)]
        found += [_Use(source.document, place, text, _row_at(place, rows)) for place, text in lines]
    return found


def _row_at(locator: Locator, rows: Sequence[Action]) -> Action | None:
    def holds(place: Locator) -> bool:
        if locator.line_start and place.line_start:
            return place.line_start <= locator.line_start <= (place.line_end or place.line_start)
        kept = ("page", "box", "sheet", "row", "table", "paragraph")
        return not locator.line_start and all(getattr(place, name) == getattr(locator, name) for name in kept)

    return next((row for row in rows if holds(row.locator)), None)


def _undefined(term: str, telling: Telling, pen: Pen) -> tuple[list[str], bool]:
    """A term that no source explains: what the common glossary has, told as such, and where the plans use it."""
    general = tuple(dict.fromkeys(telling.explain(term)))
    uses = _uses(term, telling)
    searched = telling.searched
    where = f"The {plan_name(searched[0])} does" if len(searched) == 1 else f"The {len(searched)} documents searched do"
    if not uses and not general:
        return [f"{where} not use or explain “{safe(term)}”, and it is not in the glossary."], False
    lines = [f"{where} not say what {safe(term)} stands for: it is not defined there."]
    if general:
        meant = joined([safe(expansion) for expansion in general], "or")
        several = " It has several meanings: the plan decides which." if len(general) > 1 else ""
        none = "The plans do" if len(searched) > 1 else where
        lines = [f"{none} not define {safe(term)}. By the general glossary it usually means {meant}.{several}"]
    if uses:
        shown = uses[: _PLACES[telling.member]]
        among = ", among them" if len(uses) > len(shown) else ""
        lines += ["", f"It stands in {count(len(uses), 'place')}{among}:", ""]
    for use in uses[: _PLACES[telling.member]]:
        quote = around(use.text, term)
        place = pen.action(use.row) if use.row else pen.passage(use.document, use.locator, quote)
        lines.append(f"- “{safe(without_bullet(quote))}” – {safe(telling.source(use.document).title)} {place}")
    return lines, len(general) == 1


def around(text: str, term: str, reach: int = 90) -> str:
    """A piece of the text with the term in it, cut at words or at the edge of its cell."""
    cell = next((part for part in re.split(r"\t|\s\|\s", text) if term.casefold() in part.casefold()), text)
    at = cell.casefold().find(term.casefold())
    start = max(0, at - reach)
    end = min(len(cell), at + len(term) + reach)
    start = cell.rfind(" ", 0, start) + 1 if start else 0
    end = cell.find(" ", end) if cell.find(" ", end) != -1 else len(cell)
    return cell[start:end].strip()


# ---------------------------------------------------------------- colours


def compose_colours(telling: Telling, pen: Pen) -> Draft:
    """What the colours mean, plan by plan; that a plan does not say, where it does not."""
    wanted = {term.casefold() for term in telling.plan.terms} & {rag.value for rag in Rag}
    told = [(source, _plan_colours(source, wanted, telling, pen)) for source in telling.searched]
    with_words = [(source, lines) for source, lines in told if lines]
    which, verb = capital(joined(sorted(wanted))) or "The colours", "depends" if len(wanted) == 1 else "depend"
    lines = [f"{which}: no plan searched uses or explains colours."]
    if with_words:
        lines = [f"{which} in the {plan_name(with_words[0][0])}:"]
    if len(with_words) > 1:
        lines = [f"{which} {verb} on the plan: each gives its own meaning, and they are not the same."]
    for source, said in with_words:
        lines += ["", *([f"**{plan_name(source)}**", ""] if len(with_words) > 1 else []), *said]
    status = AnswerStatus.ANSWERED if any(pen.places) else AnswerStatus.CANNOT_ANSWER
    return without_rows(telling, pen, lines, status)


def _plan_colours(source: Source, wanted: set[str], telling: Telling, pen: Pen) -> list[str]:
    keys = telling.keys(source.document, KeyKind.COLOUR)
    rows = telling.view.of(source.document)
    used = {row.rag.value for row in rows if row.rag}
    lines = [
        f"- {capital(safe(key.term))}: {safe(key.meaning)} {pen.key(key)}"
        for key in keys
        if not _names_no_colour(key) and (not wanted or _folded(key.term) in wanted)
    ]
    bare = [f"{safe(key.meaning)} {pen.key(key)}" for key in keys if _names_no_colour(key)]
    lines += [f"- Its key has meanings, but their colours are lost: {'; '.join(bare)}"] if bare else []
    scopes = telling.keys(source.document, KeyKind.RAG_SCOPE)
    lines += _introduced(keys, telling, pen) if lines and not scopes else []
    for key in scopes:
        lines.append(f"- The ratings are not about progress: “{safe(key.quote)}” {pen.key(key)}")
    defined = {_folded(key.term) for key in keys}
    for colour in sorted((used - defined) & (wanted or used)):
        number = sum(1 for row in rows if row.rag and row.rag.value == colour)
        lines.append(f"- {capital(colour)}: used for {count(number, 'action')}, but this plan does not define it")
    return [short(line, 600) for line in lines]


def _introduced(keys: Sequence[PlanKey], telling: Telling, pen: Pen) -> list[str]:
    """The line that a plan's key stands under, which says what its ratings rate."""
    first = min((key.locator.line_start for key in keys if key.locator.line_start), default=None)
    if first is None:
        return []
    document = keys[0].document
    taken = {key.locator.line_start for key in keys}
    for locator, text in reversed(telling.view.lines(document)):
        line = locator.line_start or 0
        if first - _REACH <= line < first and text.strip() and line not in taken:
            if len(text.split()) > _LONGEST or text.rstrip().endswith(".") or "\t" in text or "|" in text:
                return []
            return [
                f"- The key stands under these words: “{safe(text)}” {pen.passage(document, locator, text.strip())}"
            ]
    return []


def _names_no_colour(key: PlanKey) -> bool:
    """An entry of a key whose colours are lost: only its meanings are left."""
    return not any(rag.value in key.term.casefold() for rag in Rag)
