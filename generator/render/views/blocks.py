"""The other blocks: time and place, items, roles, timeline, relations, the state of the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from generator.model import Entry, Field, Item, Moment, Relation, Value
from generator.render.maps.locator import locator
from generator.render.sheet import Sheet
from generator.render.views.view import Row, at_home, own_marks

PLACE_NAMES = ("venue", "settlement", "region")  # of a place, from the narrow to the wide


def span(sheet: Sheet, field: Field, value: Value) -> Iterator[Row]:
    """Start, and where it is known, end and duration, as one line."""
    start = Moment.parse(value["start"])
    text = sheet.date(start)
    end = Moment.parse(value["end"]) if "end" in value else None
    if end and not (end.precision == "day" and end.text[:10] == start.text[:10]):  # the day is told already
        text += Markup(" to ") + sheet.date(end, after=start)
    if duration := sheet.duration():
        text += f" ({duration})"
    begins = f"{start.bounds(sheet.entry.incident.zone)[0]:%Y-%m-%dT%H:%M}" if sheet.entry and start.known else ""
    hint = sheet.known(field.name)
    yield Row(field.title, text + own_marks(sheet, value), field.name, hint, key=field.name, sort=begins)


def place(sheet: Sheet, field: Field, value: Value) -> Iterator[Row]:
    """Venue, town, region and country as one line, and on the page of the incident the map."""
    map = locator(sheet.catalogue, sheet.entry) if sheet.entry and at_home(sheet) else None
    names = [name for name in PLACE_NAMES if name in value]
    if value.get("settlement") == value.get("region"):  # a city that is a region of its own is named once
        names = [name for name in names if name != "region"]
    parts = [sheet.show(field.by_name[name], value[name]) for name in names]
    parts.append(sheet.word("countries", value["country"]))
    text = Markup(", ").join(parts) + own_marks(sheet, value)
    yield Row(field.title, text, field.name, sheet.known(field.name), map, key=field.name)


def more_than_span(entry: Entry) -> bool:
    """Whether there is more to say of the time than the fact box does, such as a competing clock."""
    return bool(set(entry.incident.values["when"]) - {"start", "end", "timezone", "sources"})


def more_than_place(entry: Entry) -> bool:
    """Whether there is more to say of the place than the fact box does, such as its coordinates."""
    return bool(set(entry.incident.values["where"]) - {*PLACE_NAMES, "country", "sources"})


def items(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The items of a block, and for each the fields that its heading does not show."""
    assert sheet.entry
    return {"items": sheet.entry.incident.block(field.name), "rest": lambda item: rest(sheet, item)}


class Rest(NamedTuple):
    """A field of an item under its title, with one value or several, and for each from when on it could be known."""

    title: str
    values: tuple[Markup, ...]
    known: tuple[Markup, ...]


def rest(sheet: Sheet, item: Item) -> list[Rest]:
    """The fields of an item that its heading and text do not show yet, by their titles."""
    block = item.block
    shown = {"id", "sources", "speaker", "quote", block.date, block.label, block.voice, block.text}
    found = [each for each in block.fields if each.name in item.values and each.name not in shown]
    listed = [(each, tuple(_listed(sheet, each, item.values[each.name]))) for each in found]
    return [Rest(each.title, values, _known(sheet, item, each, len(values))) for each, values in listed]


def _known(sheet: Sheet, item: Item, field: Field, number: int) -> tuple[Markup, ...]:
    if field.known == "said":
        return tuple(sheet.known(f"{item.id}.{field.name}.{index}") for index in range(number))
    return (Markup(' class="now"' if field.known == "now" else ""),) * number


def _listed(sheet: Sheet, field: Field, value: Value) -> Iterator[Markup]:
    """Maps of a list one by one; everything else in one."""
    if field.many and field.kind == "map":
        yield from (sheet.show(field, each) for each in value)
    else:
        yield sheet.show(field, value)


def roles(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The actors by their role, in the order in which the roles first appear."""
    assert sheet.entry
    by_role: dict[str, list[Item]] = {}
    for item in sheet.entry.incident.block(field.name):
        by_role.setdefault(sheet.label(item), []).append(item)
    return {"roles": by_role}


def timeline(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """Every dated item of the incident."""
    assert sheet.entry
    return {"items": sheet.entry.timeline}


def relations(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The relations by their label, both those typed here and those typed at the other end."""
    assert sheet.entry
    groups: dict[str, list[Relation]] = {}
    for each in sheet.entry.relations:
        groups.setdefault(each.label, []).append(each)
    return {"groups": groups}


def record(sheet: Sheet, field: Field, value: Value) -> Iterator[Row]:
    """Status and stage of the record and when it was last changed."""
    status = field.by_name["status"]
    yield Row(field.title, sheet.show(status, value["status"]), hint=sheet.known(field.name), key=status.name)
