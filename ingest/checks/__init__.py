"""Data-quality flags: what an inspection team would want to check, beside the value and never instead of it."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, islice

from assistant.flags import FlagCode
from assistant.records import Action, Flag, KeyKind, Source, Status
from ingest.checks.timing import document_flags, flag_dates
from ingest.keys import Legend
from ingest.layout.drafts import Draft, Layout, Role
from ingest.layout.shapes import leading_ref, starts_with_verb
from ingest.layout.statuswords import is_reference
from ingest.layout.words import normal

_MOST_SHARED = 60
"""A word in more actions than this says nothing of any two of them."""
_COMMON_WORDS = (
    "the a an and or of to for in on with by from at is are be been will that this their our we all any as it its into "
    "have has not who which through within across young people children child"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_ENDING = re.compile(r"(ations?|ments?|ings?|ed|es|s|ly|e)$")
_NEW_START = re.compile(r"\b[a-z]{3,} (?P<verb>[A-Z][a-z]+)(?= (?:on|the|a|an|all|and|our|their|to|of)\b)")
_ENUMERATOR = re.compile(r"^\W*\(?([ivx]{1,5}|[a-z])\)")


def flag_texts(actions: Sequence[Action], found: Layout, legend: Legend) -> tuple[Action, ...]:
    """The actions with flags on their words."""
    flags: dict[str, list[Flag]] = defaultdict(list)
    _duplicates(actions, flags)
    _pasted(actions, flags)
    _numbering(actions, found.drafts, flags)
    _corrupted(actions, legend, flags)
    for action in actions:
        cells = (("owner", action.owner), ("success measure", action.success_measure), ("outcome", action.outcome))
        for name, text in cells:
            if text and (is_reference(text) or re.match(r"(as|same as|see) (above|below|for)\b", normal(text))):
                flags[action.id].append(FlagCode.REFERS_TO_OTHER_ROW.flag(f'The {name} says only "{text[:80]}".'))
        # a new instruction begins in the middle of a sentence, with its capital and without a stop before it
        starts = (
            match.start("verb") for match in _NEW_START.finditer(action.action) if starts_with_verb(match["verb"])
        )
        for begin in islice(starts, 1):
            words = f'A second action seems to begin at "{action.action[begin : begin + 40]}".'
            flags[action.id].append(FlagCode.MULTIPLE_ACTIONS.flag(words))
    return tuple(replace(action, flags=(*action.flags, *flags[action.id])) for action in actions)


def name_of(action: Action) -> str:
    """How a flag speaks of another row: by its reference, else by its first words."""
    words = action.action or action.recommendation or ""
    short = words if len(words) <= 60 else words[:57].rsplit(" ", 1)[0] + " ..."
    return f'{action.ref} "{short}"' if action.ref else f'"{short}"'


# ---------------------------------------------------------------- the same action twice


def _duplicates(actions: Sequence[Action], flags: dict[str, list[Flag]]) -> None:
    shown: Counter[str] = Counter()
    for one, other in _alike(actions):
        for action, twin in ((one, other), (other, one)):
            shown[action.id] += 1
            if shown[action.id] > 3:
                continue
            differs = ""
            if action.rag and twin.rag and action.rag is not twin.rag:
                differs = f"is {action.rag.value} there {twin.rag.value}"
            elif action.status is not twin.status and Status.NOT_RECORDED not in {action.status, twin.status}:
                differs = f"is {action.status.value} there {twin.status.value}".replace("_", " ")
            code = FlagCode.CONTRADICTING_DUPLICATE if differs else FlagCode.DUPLICATE_TEXT
            words = f"Says nearly the same as {name_of(twin)}" + (f", but {differs}." if differs else ".")
            flags[action.id].append(code.flag(words, twin.locator))


def _alike(actions: Sequence[Action]) -> list[tuple[Action, Action]]:
    """Pairs of actions whose weighty words are mostly the same; rare words of the document weigh more."""
    texts = (normal(f"{action.action_parent or ''} {action.action}") for action in actions[:3000])
    weighty = ([word for word in text.split() if word not in _COMMON and len(word) > 2] for text in texts)
    bags = [frozenset(_ENDING.sub("", word) or word for word in words) for words in weighty]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, bag in enumerate(bags):
        for stem in bag:
            holders[stem].append(at)
    weight = {stem: math.log(1 + len(bags) / len(where)) for stem, where in holders.items()}
    size = [math.sqrt(sum(weight[stem] ** 2 for stem in bag)) for bag in bags]
    common: dict[tuple[int, int], float] = defaultdict(float)
    for stem, where in holders.items():
        if len(where) <= max(4, min(len(bags) // 6, _MOST_SHARED)):
            for pair in combinations(where, 2):
                common[pair] += weight[stem] ** 2
    pairs = []
    for (left, right), shared in sorted(common.items()):
        one, other = actions[left], actions[right]
        near = one.due == other.due and bool(set(one.owners) & set(other.owners))
        least = 0.42 if near else 0.52
        if min(len(bags[left]), len(bags[right])) >= 3 and shared / (size[left] * size[right]) >= least:
            pairs.append((one, other))
    return pairs


def _pasted(actions: Sequence[Action], flags: dict[str, list[Flag]]) -> None:
    by_text: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        text = normal(action.status_text or "")
        if len(text.split()) >= 5 and not is_reference(action.status_text or ""):
            by_text[text].append(action)
    for group in by_text.values():
        for action in group if len(group) > 1 else ():
            twin = next(other for other in group if other is not action)
            words = f"The progress text is word for word that of {name_of(twin)}."
            flags[action.id].append(FlagCode.PASTED_PROGRESS.flag(words, twin.locator))


# ---------------------------------------------------------------- numbers


def _numbering(actions: Sequence[Action], drafts: Sequence[Draft], flags: dict[str, list[Flag]]) -> None:
    """References that belong to the action and stand at two actions; sub-items of one stem with the same letter."""
    own: dict[str, list[Action]] = defaultdict(list)
    letters: dict[tuple[str, str], list[Action]] = defaultdict(list)
    for action, draft in zip(actions, drafts, strict=True):
        led = leading_ref(draft.line(Role.ACTION)) if draft.kept_refs else None
        if led and action.action_parent is None:
            own[f"{action.section}|{led[0]}" if led[0].isdigit() else led[0]].append(action)
        letter = _ENUMERATOR.match(action.action)
        if action.action_parent and letter:
            letters[action.action_parent, letter[1]].append(action)
    said = [(f'"{letter})"', group, "parts of this action") for (_, letter), group in letters.items()]
    said += [("The number {}", group, "actions") for group in own.values()]
    for name, group, what in said:
        for action in group if len(group) > 1 else ():
            words = f"{name.format(action.ref)} stands at {len(group)} {what}."
            flags[action.id].append(FlagCode.NUMBERING_REPEATED.flag(words))


# ---------------------------------------------------------------- damaged words


def _corrupted(actions: Sequence[Action], legend: Legend, flags: dict[str, list[Flag]]) -> None:
    """A role or its initials inside another word: what a find-and-replace leaves behind."""
    known = {key.term for key in legend.keys if key.kind is KeyKind.ABBREVIATION and len(key.term) >= 4}
    owners = Counter(owner.upper() for action in actions for owner in action.owners)
    known |= {owner for owner, times in owners.items() if times >= 2 and len(owner) >= 4}
    if not known:
        return
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    inside = re.compile(rf"(?<![^\W_])[A-Z]{{1,4}}(?:{names})")
    for action in actions:
        for text, code in ((action.owner, FlagCode.OWNER_CORRUPTED), (action.action, FlagCode.TEXT_CORRUPTED)):
            match = inside.search((text or "").replace("’", "'"))
            if match and owners[match[0]] < 3:
                words = f'"{match[0]}" looks like the work of a find-and-replace.'
                flags[action.id].append(code.flag(words))


def checked(
    actions: tuple[Action, ...], found: Layout, source: Source, legend: Legend
) -> tuple[tuple[Action, ...], tuple[Flag, ...]]:
    """The actions with their flags, and the flags of the document as a whole. Dates and texts stay as they are."""
    flagged = flag_texts(flag_dates(actions, source), found, legend)
    once = tuple(replace(action, flags=_once(action.flags)) for action in flagged)
    return once, _once((*found.flags, *document_flags(once, found, source, legend)))


def _once(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """Each flag once, in order; the same code with other words counts as another."""
    return tuple({(flag.code, flag.words): flag for flag in reversed(flags)}.values())[::-1]
