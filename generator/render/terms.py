"""The page of each word that has one, as an actor has: what it is, and all that the incidents say of it.

A field with `x-links-back` gives the page a section under that heading; what no section tells stands below them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Catalogue, Field, Item, Mention, Page, Settlement, Term, Vocabulary
from generator.render.maps.overview import overview
from generator.render.mentions import Use, by_incident, link_text, told, uses, way
from generator.render.sheet import Sheet, head
from generator.render.text import inert
from generator.render.views import threads
from generator.render.views.figures import headline
from generator.render.views.sources import counted
from generator.render.vocabulary import used


class Named(NamedTuple):
    """What one incident says of a word: the items that sections tell, by the field that names it, and the rest."""

    sheet: Sheet
    items: Mapping[tuple[str, ...], list[Item]]
    rest: list[Mention]


class Line(NamedTuple):
    """One item: linked, when, who, what else the schema has words for, and in a sentence what was said."""

    link: Markup
    when: Markup | None = None
    voice: str | None = None
    more: tuple[tuple[str, Markup], ...] = ()
    gist: Markup | None = None
    guarded: bool = False


class Section(NamedTuple):
    """All items that name the word in one field, by incident; `spoken_of` where it is others who say so."""

    field: Field
    spoken_of: bool
    groups: list[tuple[Sheet, list[Line]]]


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """A page for every word that an incident names, of the vocabularies whose words have pages."""
    for vocabulary in catalogue.schema.vocabularies.values():
        terms = used(catalogue, vocabulary) if vocabulary.each else []
        parts: dict[str, list[Term]] = {}
        for term in terms:
            parts.setdefault(term.more.get("of", ""), []).append(term)
        for term in terms:
            yield _page(catalogue, vocabulary, term, parts.get(term.id, []), templates)


def _page(
    catalogue: Catalogue, vocabulary: Vocabulary, term: Term, parts: Sequence[Term], templates: Environment
) -> Page:
    here = f"{vocabulary.address}/{term.id.lower()}/index.md"
    newest_first = by_incident(catalogue.mentions[vocabulary.name, term.id])
    there = [catalogue.entries[id] for id, each in newest_first.items() if any(map(_is_country, each))]
    named = [_named(Sheet(catalogue, here, catalogue.entries[id]), each) for id, each in newest_first.items()]
    oldest_first = named[::-1]
    text = templates.get_template("term.md.j2").render(
        front=head(title=term.label, description=term.definition or f"{vocabulary.title}: {term.label}"),
        sheet=Sheet(catalogue, here),
        vocabulary=vocabulary,
        term=term,
        parts=parts,
        there=[Sheet(catalogue, here, entry) for entry in there],
        overview=overview(catalogue, there),
        places=_places(catalogue, term) if there else (),
        headline=headline,
        counted=counted,
        sections=list(_sections(catalogue, vocabulary, oldest_first)),
        named_in=[(each.sheet, list(_rest(each))) for each in oldest_first if each.rest],
    )
    return Page(here, text)


def _is_country(mention: Mention) -> bool:
    """Whether it says in which country an incident was: such incidents are on the map, and in the list beside it."""
    return mention.path == ("where", "country")


def _places(catalogue: Catalogue, country: Term) -> Sequence[Settlement]:
    return sorted(catalogue.settlements.get(country.id, {}).values(), key=lambda each: each.name.casefold())


def _named(sheet: Sheet, mentions: Sequence[Mention]) -> Named:
    """An item is told once, under the first field that the schema names the heading of."""
    assert sheet.entry
    at: dict[str, tuple[str, ...]] = {}
    for each in mentions:
        if each.item and each.field.links_back:
            at.setdefault(each.item, each.field.path)
    items: dict[tuple[str, ...], list[Item]] = {}
    for id, path in at.items():
        items.setdefault(path, []).append(sheet.entry.incident.items[id])
    return Named(sheet, items, [each for each in mentions if each.item not in at and not _is_country(each)])


def _sections(catalogue: Catalogue, vocabulary: Vocabulary, named: Sequence[Named]) -> Iterator[Section]:
    """In the order of the schema, but figures last: they are many."""
    fields = [each for each in catalogue.schema.every_field() if each.vocabulary == vocabulary.name and each.links_back]
    for field in sorted(fields, key=lambda each: catalogue.schema.by_name[each.path[0]].view == "figures"):
        block = catalogue.schema.by_name[field.path[0]]
        found = [(each.sheet, each.items[field.path]) for each in named if field.path in each.items]
        groups = [(sheet, _lines(sheet, field, items)) for sheet, items in found]
        if groups:
            yield Section(field, block.view == threads.VIEW and field.name != block.voice, groups)


def _lines(sheet: Sheet, field: Field, items: Sequence[Item]) -> list[Line]:
    """The items of one incident in order of time, or where they are figures, how many there are."""
    block = items[0].block
    if block.view == "figures":
        return [Line(sheet.link(counted(len(items), "figure"), f"incidents/{items[0].incident}", block.name))]
    incident = sheet.catalogue.entries[items[0].incident].incident
    return [_line(sheet, field, item) for item in sorted(items, key=lambda each: threads.begins(each, incident))]


def _line(sheet: Sheet, field: Field, item: Item) -> Line:
    if sheet.guarded(item):
        return Line(told(sheet, item), guarded=True)
    block, values = item.block, item.values
    said = {block.label, block.voice, field.name}
    more = [each for each in block.fields if each.vocabulary and each.name not in said and values.get(each.name)]
    return Line(
        link=sheet.item(item, link_text(sheet, item)),
        when=sheet.date(item.moment) if item.moment else None,
        voice=sheet.voice(item) if field.name != block.voice else values.get("speaker"),
        more=tuple((each.title.lower(), sheet.show(each, values[each.name])) for each in more),
        gist=sheet.plain(values[block.text]) if block.text and block.view == threads.VIEW else None,
    )


def _rest(named: Named) -> Iterator[Use]:
    """What no section tells, and after it the guarded items one by one."""
    assert named.sheet.entry
    sheet, items = named.sheet, named.sheet.entry.incident.items
    closed = {each.item for each in named.rest if each.item and sheet.guarded(items[each.item])}
    opened = [each for each in named.rest if each.item not in closed]
    yield from uses(sheet, opened)
    for each in named.rest:
        if each.item and each.item in closed:
            yield Use(inert(way(sheet.catalogue.schema, each.field)), told(sheet, items[each.item]), guarded=True)
