"""Where and why incidents name a word: by the fields that lead to it, with a link to each item or part of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from generator.model import Field, Item, Mention, Schema
from generator.render.sheet import Sheet
from generator.render.text import inert


class Use(NamedTuple):
    """One way in which an incident names a word, such as `Figures, said by`, and where; without links, that is one."""

    title: Markup
    links: Markup
    guarded: bool = False


def by_incident(mentions: Iterable[Mention]) -> Mapping[str, list[Mention]]:
    """The mentions of a word by the incident that names it, in the order in which the incidents are given."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.incident, []).append(mention)
    return found


def uses(sheet: Sheet, mentions: Iterable[Mention], said: Field | None = None) -> Iterator[Use]:
    """How the sheet's incident names a word, by the fields that do; of the field `said` the reader knows the title."""
    assert sheet.entry
    found: dict[tuple[str, ...], tuple[Markup, list[Markup]]] = {}
    for each in mentions:
        title = inert(way(sheet.catalogue.schema, each.field))
        if each.item is None and each.path[0] != "sources":
            title = sheet.link(title, *place(sheet, each))
        _, links = found.setdefault(each.field.path, (title, []))
        if each.item:
            item = sheet.entry.incident.items[each.item]
            links.append(sheet.item(item, link_text(sheet, item, each.field)))
        elif each.path[0] == "sources":
            source = sheet.entry.incident.values["sources"][each.path[1]]["id"]
            links.append(sheet.link(sheet.entry.incident.sources[source].number, *place(sheet, each)))
    for path, (title, links) in found.items():
        known = said is not None and path == said.path
        if links or not known:
            yield Use(Markup() if known else title, Markup(", ").join(dict.fromkeys(links)))


def place(sheet: Sheet, mention: Mention) -> tuple[str, str]:
    """The page and the anchor at which something is named: the item, the source, or the part of the page."""
    assert sheet.entry
    incident = sheet.entry.incident
    part = str(mention.path[0])
    if part == "sources":
        part = f"s-{incident.values[part][mention.path[1]]['id']}"
    return f"incidents/{incident.id}", mention.item or part


def link_text(sheet: Sheet, item: Item, by: Field | None = None) -> Markup:
    """What a link to an item says: its kind, who speaks in it and its id, but for what the field `by` says already.

    Figures are many, so theirs say no voice; of a guarded item the id is all.
    """
    block = item.block
    voice = block.by_name.get(block.voice or "")
    if by is None:
        return sheet.headword(item) + " " + item.id
    if sheet.guarded(item):
        return inert(item.id)
    parts = [] if by.name == block.label else [sheet.headword(item)]
    if voice and voice.vocabulary and item.values.get(voice.name) and by.name != voice.name and block.view != "figures":
        parts.append(inert(sheet.term(voice.vocabulary, item.values[voice.name]).label))
    return Markup(" ").join([*([Markup(", ").join(parts)] if parts else []), inert(item.id)])


def told(sheet: Sheet, item: Item) -> Markup:
    """A guarded item in the words that may stand outside its page: kind, voice, verification and reply."""
    parts = [sheet.item(item, link_text(sheet, item)), sheet.voice(item)]
    if "verification" in item.values:
        parts.append(inert(sheet.term("verifications", item.values["verification"]).label.lower()))
    return Markup("; ").join([*parts, sheet.reply(item)])


def way(schema: Schema, field: Field) -> str:
    """The way to a field: `Claims and attributions, blames`. What a bare value stands for needs no name of its own."""
    titles: list[str] = []
    above: Field | None = None
    for depth in range(1, len(field.path) + 1):
        each = schema.by_path[".".join(field.path[:depth])]
        said = above is not None and (above.short == each.name or titles[-1].endswith(each.title.lower()))
        if not said:
            titles.append(each.title.lower() if titles else each.title)
        above = each
    return ", ".join(titles)
