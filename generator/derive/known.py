"""From which moment on each part of a record could be known. The method page says the rule in words (#as-it-stood)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo

from generator.model import Field, Incident, Moment, Schema, Value

Parts = Iterator[tuple[str, datetime | None]]


def known(incident: Incident, schema: Schema) -> Mapping[str, datetime]:
    """The first instant at which each part could be known: from then on, never before. What is absent belongs to now.

    Parts are named by their address on the page (`k7`, a source `s-ap`), one of several in an item by its place
    (`q1.positions.0`), and what only the fact box shows by the path of its field (`where`).
    """
    zone = incident.zone
    issued = {id: _end(source.values["csl"].get("issued"), zone) for id, source in incident.sources.items()}
    dated = {id: at for id, at in issued.items() if at}
    found: dict[str, datetime | None] = {f"s-{id}": at for id, at in dated.items()}
    for item in incident.items.values():
        found.update(_with_parts(item.block, item.id, item.values, dated, zone))
    for field in schema.fields:
        if not field.anchor and field.name in incident.values:
            parts = _with_parts(field, field.name, incident.values[field.name], dated, zone)
            found.update((name, at) for name, at in parts if "box" in schema.by_path[name].show)
    return {name: at for name, at in found.items() if at}


def days(incident: Incident, parts: Mapping[str, datetime]) -> tuple[date, ...]:
    """The days, at the place, on which something became known, from the day of the start on, which is always one."""
    start = incident.start
    first = start.bounds(incident.zone)[1] if start.known else datetime.min.replace(tzinfo=UTC)
    news = {at for name, at in parts.items() if not name.startswith("s-") and at > first}
    return tuple(sorted({at.astimezone(incident.zone).date() for at in news | ({first} if start.known else set())}))


def _with_parts(field: Field, name: str, value: Value, issued: Mapping[str, datetime], zone: tzinfo) -> Parts:
    """A part and the parts within it. One that has no date of its own could be known with the first of its parts.

    Several values that are shown as one (a list that holds no dates) could be known with the last of them.
    """
    if isinstance(value, Mapping):
        inner = [
            pair
            for each in field.fields
            if each.kind == "map" and each.name in value
            for pair in _with_parts(each, f"{name}.{each.name}", value[each.name], issued, zone)
        ]
        own = _since(field, value, issued, zone)
        yield name, own or (min((at for _, at in inner if at), default=None) if field.anchor else None)
        yield from inner
    elif isinstance(value, tuple) and field.kind == "map":
        every = [_since(field, each, issued, zone) for each in value]
        if field.known:
            yield from ((f"{name}.{index}", at) for index, at in enumerate(every))
        else:
            yield name, None if None in every else max((at for at in every if at), default=None)


def _since(field: Field, values: Mapping[str, Value], issued: Mapping[str, datetime], zone: tzinfo) -> datetime | None:
    """A map of values by its own dates, else by the first of its sources, but not before it happened."""
    public = field.known == "said" or any(each.known == "said" and values.get(each.name) for each in _flags(field))
    disclosed = [values.get(each.name) for each in field.fields if each.known == "from"]
    own = values.get(field.date) if field.date else None
    for text in (*disclosed, *([own] if public else [])):
        if at := _end(text, zone):
            return at
    sources = [issued[id] for id in values.get("sources", ()) if id in issued]
    if not sources:
        return None
    moment = Moment.parse(own) if own else None
    return max(min(sources), moment.bounds(zone)[0]) if moment and moment.known else min(sources)


def _flags(field: Field) -> Sequence[Field]:
    return [each for each in field.fields if each.kind == "flag"]


def _end(text: Value, zone: tzinfo) -> datetime | None:
    """The end of what a date can mean: of a day its last minute. None without a date, or where it never ends."""
    if not text or not Moment.parse(text).known:
        return None
    last = Moment.parse(text).bounds(zone)[1]
    return None if last == datetime.max.replace(tzinfo=UTC) else last
