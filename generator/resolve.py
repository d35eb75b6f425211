"""Documents in, incidents out: short forms expanded, every reference bound, every relation seen from both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from generator.model import (
    Document,
    Field,
    Incident,
    Item,
    Mention,
    Moment,
    Path,
    Relation,
    Schema,
    Source,
    Value,
    expand,
    marks,
    normal_address,
    references,
)


def resolve(documents: Sequence[Document], schema: Schema) -> tuple[Incident, ...]:
    """The incidents of sound documents, in the order given. What `check` finds is not looked for again here."""
    return tuple(_incident(document, schema) for document in documents)


def relations(incidents: Iterable[Incident], schema: Schema) -> Mapping[str, tuple[Relation, ...]]:
    """Every relation by the id of the incident at either end: the end that typed it, and the inverse at the other."""
    both: dict[str, list[Relation]] = {}
    for incident in incidents:
        for item in incident.items.values():
            for relation in _both_ends(item, schema) if item.block.view == "relations" else ():
                both.setdefault(relation.incident, []).append(relation)
    return {id: tuple(each) for id, each in both.items()}


def _both_ends(item: Item, schema: Schema) -> Iterator[Relation]:
    """A relation from the end that typed it and from the other, by the field that points at incidents."""
    kind, target = item.block.by_name[item.block.label or ""], _field(item.block, "incidents")
    term, other = schema.vocabularies[kind.vocabulary or ""].terms[item.values[kind.name]], item.values[target.name]
    yield Relation(item.incident, other, term.label, item)
    yield Relation(other, item.incident, str(term.more.get("inverse", term.label)), item)


def _field(block: Field, refers_to: str) -> Field:
    return next(each for each in block.fields if each.refers_to == refers_to)


def _incident(document: Document, schema: Schema) -> Incident:
    values = expand(schema, document.values)
    id = str(values["id"])
    items = {item.id: item for item in _items(id, values, schema)}
    sources = {
        source.id: source
        for source in (_source(id, number, each, schema) for number, each in enumerate(values["sources"], 1))
    }
    mentions = tuple(_mentions(id, values, schema, sources))
    return Incident(id, document.path, values, items, sources, mentions, _zone(values))


def _zone(values: Mapping[str, Value]) -> tzinfo:
    name = values["when"].get("timezone")
    return ZoneInfo(name) if name else UTC


def _items(incident: str, values: Mapping[str, Value], schema: Schema) -> Iterator[Item]:
    for block in schema.blocks:
        for each in values.get(block.name, ()):
            text = each.get(block.date) if block.date else None
            yield Item(incident, block, each["id"], each, Moment.parse(text) if text else None)


def _source(incident: str, number: int, values: Mapping[str, Value], schema: Schema) -> Source:
    csl = values["csl"]
    address = normal_address(csl["URL"]) if "URL" in csl else None
    name = values.get("derived_from") or csl.get("publisher") or csl.get("container-title") or address or ""
    vocabulary = schema.vocabularies.get("publishers")
    known = vocabulary.by_name.get(name.casefold()) if vocabulary else None
    publisher = known.label if known else name
    return Source(incident, values["id"], number, values, address, publisher.casefold(), publisher)


def _mentions(
    incident: str, values: Mapping[str, Value], schema: Schema, sources: Mapping[str, Source]
) -> Iterator[Mention]:
    for field, path, value in schema.leaves(values):
        item = _item_at(path, values)
        kind = field.refers_to or field.vocabulary
        if kind and isinstance(value, str):
            yield Mention(incident, item, field, path, kind, value)
        if field.format == "prose":
            for mark in marks(value):
                if mark in sources:
                    yield Mention(incident, item, field, path, "sources", mark)
            for link in references(value):
                yield Mention(incident, item, field, path, link.kind, link.target)


def _item_at(path: Path, values: Mapping[str, Value]) -> str | None:
    """The id of the item that a path leads into, if it leads into one."""
    block = values[path[0]] if isinstance(path[0], str) else ()
    if len(path) > 1 and isinstance(path[1], int) and isinstance(block[path[1]], Mapping):
        return block[path[1]].get("id") if path[0] != "sources" else None
    return None
