"""Documents to drafts of actions: tables, lists and labelled blocks, recognised by what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.flags import FlagCode
from assistant.records import Block, BlockKind, Document, Table
from ingest.layout.account import tables_read
from ingest.layout.cards import Card, cards_of
from ingest.layout.contents import contents_of, named
from ingest.layout.context import Context, repeated_lines
from ingest.layout.drafts import Draft, Fields, Layout, Piece, Role, Tally
from ingest.layout.endings import lists_endings
from ingest.layout.forms import Form, drafts_of, forms_of, is_loose, roles_of, titles_of
from ingest.layout.places import joined
from ingest.layout.prose import ProseWalk, is_bracketed
from ingest.layout.regions import regions_of
from ingest.layout.roles import line_roles
from ingest.layout.tables import TableWalk
from ingest.layout.themes import themed
from ingest.layout.words import ERRORS

__all__ = ["Draft", "Layout", "Piece", "Role", "rows"]


def rows(document: Document, terms: frozenset[str] = frozenset()) -> Layout:
    """All actions that the document states, as drafts in reading order, and what became of every table line.

    Args: terms, the words that the plan's own key explains.
    """
    blocks = (item for item in document.items if isinstance(item, Block))
    context = Context(repeated=repeated_lines(blocks), terms=terms, bracketed=is_bracketed(document.items))
    tally = Tally()
    prose, walk = ProseWalk(context, lists_endings(document.items)), TableWalk(context, tally)
    cards, taken = _cards(document)
    forms = forms_of(document.items)
    roles = roles_of([form for of_table in forms.values() for form in of_table], terms) if forms else {}
    loose = is_loose(titles_of(forms, document.items))
    tables = {at: item for at, item in enumerate(document.items) if isinstance(item, Table) and at not in forms}
    regions = regions_of(list(tables.values()), terms, [_is_headed(document.items, at) for at in tables])
    marked = iter(regions)
    drafts: list[Draft] = []
    for at, item in enumerate(document.items):
        context.at = at
        for card in cards[at]:
            prose.close_group()
            drafts.append(_card(card, context))
        if at in taken:
            continue
        if isinstance(item, Table):
            prose.close_group()
            if at in forms:
                before = document.items[at - 1] if at else None
                found = drafts_of(forms[at], roles, context, before if isinstance(before, Block) else None, loose)
                _count_forms(item, forms[at], tally)
                drafts += found
            else:
                walk.take(next(marked))
        elif item.kind is not BlockKind.FURNITURE:
            section = context.section
            prose.take(item)
            if context.section is not section:
                walk.new_section(context.section)
    prose.close_section()
    titles = contents_of(document.items)
    ordered = named(sorted([*drafts, *walk.drafts, *prose.drafts], key=lambda draft: draft.order), titles)
    ordered = [_without_errors(draft) for draft in themed(ordered, document.items)]
    return Layout(
        drafts=tuple(ordered),
        tally=tally,
        flags=tuple(prose.flags),
        titles=tuple(titles.items()),
        lines=line_roles(regions),
        tables=tables_read(document.items, dict(zip(tables, regions, strict=True)), ordered),
    )


def _without_errors(draft: Draft) -> Draft:
    """The draft without cells that a workbook could not work out, each named by a flag."""
    broken = [(role, piece) for role, pieces in draft.fields.items() for piece in pieces if piece.line in ERRORS]
    if not broken:
        return draft
    fields = {role: tuple(p for p in pieces if p.line not in ERRORS) for role, pieces in draft.fields.items()}
    flags = (
        FlagCode.TEXT_CORRUPTED.flag(
            f'The {role.value} is lost: the cell shows the error "{piece.line}".', piece.locator
        )
        for role, piece in broken
    )
    return replace(draft, fields=fields, flags=(*draft.flags, *flags))


def _is_headed(items: Sequence[Block | Table], at: int) -> bool:
    """True where a heading stands between a table and the table before it."""
    for item in reversed(items[:at]):
        if isinstance(item, Table):
            return False
        if item.kind is BlockKind.HEADING:
            return True
    return False


def _cards(document: Document) -> tuple[dict[int, list[Card]], set[int]]:
    """The labelled blocks by the item that they begin in, and all items that belong to them."""
    by_item: dict[int, list[Card]] = defaultdict(list)
    taken: set[int] = set()
    for card in cards_of(document.items):
        by_item[card.first].append(card)
        taken |= card.taken
    return by_item, taken


def _card(card: Card, context: Context) -> Draft:
    fields: Fields = {role: pieces for role, pieces in card.fields.items() if pieces}
    if Role.RECOMMENDATION not in fields and context.recommendation is not None:
        fields[Role.RECOMMENDATION] = (context.recommendation,)
    place = card.pieces[0].locator
    for piece in card.pieces[1:]:
        place = joined(place, piece.locator)
    return Draft(fields, place, section=context.section, order=context.at, kept_refs=True)


def _count_forms(table: Table, forms: list[Form], tally: Tally) -> None:
    tally.count("rows", min(len(forms), len(table.rows)))
    tally.count("continued", max(0, len(table.rows) - len(forms)))
