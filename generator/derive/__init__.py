"""Incidents in, catalogue out: what no one types is computed here, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import chain

from generator.derive.cite import citations
from generator.derive.corroboration import corroborations, publishers
from generator.derive.coverage import coverage
from generator.derive.figures import arranged, as_they_stood, reported
from generator.derive.history import edits
from generator.derive.known import days, known
from generator.derive.settlements import settlements
from generator.model import (
    OPEN_SEA,
    BaseMap,
    Catalogue,
    Entry,
    History,
    Incident,
    Item,
    Mention,
    Moment,
    Relation,
    Schema,
    Settings,
)

NAMED = "Named in"  # the label of the link back from what a text names


def derive(
    incidents: Sequence[Incident],
    relations: Mapping[str, tuple[Relation, ...]],
    schema: Schema,
    settings: Settings,
    base_map: BaseMap = OPEN_SEA,
    history: History | None = None,
) -> Catalogue:
    """The catalogue of all incidents, newest first, with every word's mentions."""
    newest_first = sorted(incidents, key=lambda each: (each.start.sort_key(each.zone), each.id), reverse=True)
    entries = {each.id: _entry(each, relations.get(each.id, ()), schema, settings, history) for each in newest_first}
    mentions = _by_target(chain.from_iterable(each.mentions for each in newest_first))
    places, towns = _places(newest_first), settlements(newest_first)
    return Catalogue(schema, settings, entries, mentions, base_map, places, towns)


def _entry(
    incident: Incident,
    relations: tuple[Relation, ...],
    schema: Schema,
    settings: Settings,
    history: History | None,
) -> Entry:
    figures, parts, backlinks = reported(incident, schema), known(incident, schema), _backlinks(incident)
    found, behind = arranged(figures, incident.zone, schema), publishers(incident)
    return Entry(
        incident=incident,
        series=found,
        timeline=_timeline(incident),
        duration=_duration(incident),
        backlinks=backlinks,
        supports=_supports(incident),
        relations=relations,
        publishers=behind,
        corroborations=corroborations(incident, found, backlinks, schema),
        citations=citations(incident, found, schema, settings),
        known=parts,
        days=days(incident, parts),
        stood=as_they_stood(figures, parts, incident.zone, schema),
        coverage=coverage(incident, behind, schema),
        edits=edits(incident, history, schema) if history else None,
    )


def _timeline(incident: Incident) -> tuple[Item, ...]:
    """Every dated item of whatever block, in order of time; last the timeline’s own whose date is not known."""
    items = incident.items.values()
    dated = [item for item in items if item.moment and item.moment.known]
    undated = [item for item in items if item.block.view == "timeline" and item.moment and not item.moment.known]
    return (*sorted(dated, key=lambda item: _place_in_time(item, incident)), *undated)


def _place_in_time(item: Item, incident: Incident) -> tuple[datetime, datetime, bool]:
    """By its earliest instant, what is known to the day only at the end of that day, and of these figures last.

    Nothing stands before the start for want of a day either, but at the end of its month or year, or of the first day
    of its stretch of time; only what must lie before the start, as a warning must, stays there.
    """
    assert item.moment
    first, last = item.moment.bounds(incident.zone)
    start = incident.start.bounds(incident.zone)[0].astimezone(incident.zone)
    dated = item.block.by_name.get(item.block.date or "")
    spans = first < start <= last
    if spans and dated and dated.time == "before-start":
        at = first
    elif spans and item.moment.precision in ("month", "year"):
        at = last
    elif spans and first.astimezone(incident.zone).date() == start.date():
        at = min(last, datetime.combine(start.date(), time(23, 59), incident.zone))
    else:
        at = last if item.moment.precision == "day" else first
    return at, last, item.block.view == "figures"


def _duration(incident: Incident) -> timedelta | None:
    """From start to end, where both are known to the minute."""
    end = incident.values["when"].get("end")
    if not end or incident.start.precision != "minute" or Moment.parse(end).precision != "minute":
        return None
    return Moment.parse(end).bounds(incident.zone)[1] - incident.start.bounds(incident.zone)[0]


def _backlinks(incident: Incident) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For every item that others point at: the label of the link back, and the items that point."""
    found: dict[str, list[tuple[str, str]]] = {}
    for mention in incident.mentions:
        label = mention.field.links_back or (NAMED if mention.field.format == "prose" else "")
        label = "" if mention.field.vocabulary else label  # a word may look like the id of an item
        if mention.item and mention.item != mention.target and label and mention.target in incident.items:
            found.setdefault(mention.target, []).append((label, mention.item))
    return {target: tuple(dict.fromkeys(each)) for target, each in found.items()}


def _supports(incident: Incident) -> Mapping[str, tuple[str, ...]]:
    """For every source: the anchors where the page cites it, in the order of the page."""
    found: dict[str, list[str]] = {}
    for mention in incident.mentions:
        if mention.kind == "sources":
            found.setdefault(mention.target, []).append(mention.item or str(mention.path[0]))
    return {source: tuple(dict.fromkeys(anchors)) for source, anchors in found.items()}


def _places(incidents: Iterable[Incident]) -> Mapping[tuple[int, int], tuple[str, ...]]:
    found: dict[tuple[int, int], list[str]] = {}
    for each in incidents:
        if each.point:
            found.setdefault(each.point.cell, []).append(each.id)
    return {cell: tuple(ids) for cell, ids in found.items()}


def _by_target(mentions: Iterable[Mention]) -> Mapping[tuple[str, str], tuple[Mention, ...]]:
    found: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        if mention.kind not in ("sources", "items"):
            found.setdefault((mention.kind, mention.target), []).append(mention)
    return {target: tuple(each) for target, each in found.items()}
