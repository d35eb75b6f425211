"""How well a record is sourced, in a few numbers. The method page says what they are."""

from __future__ import annotations

from collections.abc import Mapping

from generator.derive.figures import official
from generator.model import Coverage, Incident, Item, Schema

Publishers = Mapping[str, frozenset[str]]


def coverage(incident: Incident, publishers: Publishers, schema: Schema) -> Coverage:
    """The numbers of one record; `publishers` are those behind each item that names sources."""
    items = [incident.items[id] for id in publishers]
    return Coverage(
        items=len(items),
        sources=len(incident.sources),
        publishers=len({each.publisher for each in incident.sources.values()}),
        citations=sum(len(each.values["sources"]) for each in items),
        single=sum(len(each) == 1 for each in publishers.values()),
        official=sum(_official(each, incident, schema) for each in items),
        excerpt=sum(_excerpt(each, incident) for each in items),
    )


def _official(item: Item, incident: Incident, schema: Schema) -> bool:
    """Whether an official body or a court says it, or published one of its sources."""
    kinds = schema.vocabularies.get("publisher_kinds")
    published = (incident.sources[each].values.get("publisher_kind", "") for each in item.values["sources"])
    by_a_body = any(kinds.terms[each].more.get("official") for each in published if each) if kinds else False
    return by_a_body or official(item.values.get(item.block.voice or ""), schema)


def _excerpt(item: Item, incident: Incident) -> bool:
    """Whether none of its sources was seen in full."""
    return all(incident.sources[each].values.get("seen") == "excerpt" for each in item.values["sources"])
