"""Which settlements the records name, and what happened in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from generator.model import Incident, Item, Scene, Settlement, settled, slug

Begins = tuple[tuple[datetime, datetime], str]  # and between those that began at one time, the id


def settlements(incidents: Iterable[Incident]) -> Mapping[str, Mapping[str, Settlement]]:
    """By country and slug, every settlement that a record names; those that give no slug are left out."""
    names: dict[tuple[str, str], Counter[str]] = {}
    scenes: dict[tuple[str, str], list[tuple[Begins, Scene]]] = {}
    for incident in incidents:
        named = _named(incident)
        for at, here in named.items():
            key = incident.values["where"]["country"], at
            names.setdefault(key, Counter()).update(list(here))
            scene = _scene(incident, [item for items in here.values() for item in items], alone=len(named) == 1)
            scenes.setdefault(key, []).append(((scene.moment.sort_key(incident.zone), incident.id), scene))
    found: dict[str, dict[str, Settlement]] = {}
    for (country, at), every in scenes.items():
        if at:
            usual = tuple(name for name, _ in names[country, at].most_common())
            in_time = tuple(scene for _, scene in sorted(every, key=lambda each: each[0]))
            found.setdefault(country, {})[at] = Settlement(country, at, usual, in_time)
    return found


def _named(incident: Incident) -> Mapping[str, Mapping[str, list[Item | None]]]:
    """By slug and name, what of an incident was in a settlement: some of its several places, or None: all of it."""
    found: dict[str, dict[str, list[Item | None]]] = {}
    for name, item in settled(incident):
        found.setdefault(slug(name), {}).setdefault(name, []).append(item)
    return found


def _scene(incident: Incident, items: Sequence[Item | None], *, alone: bool) -> Scene:
    """`alone` says that the record names no other settlement."""
    parts = tuple(item for item in items if item)
    whole = alone and (None in items or len(parts) == len(incident.block("places")))
    dated = [each.moment for each in parts if each.moment and each.moment.known]
    first = min(dated, key=lambda each: each.sort_key(incident.zone), default=incident.start)
    points = [incident.points[each.id] for each in parts if each.id in incident.points]
    point = points[0] if points else incident.point_of_all if None in items else None
    placed = [item.values if item else incident.values["where"] for item in items]
    regions = tuple(dict.fromkeys(each["region"] for each in placed if "region" in each))
    return Scene(incident.id, whole, parts, incident.start if whole else first, point, regions)
