"""Who said what, as threads: a statement, and below it what answers it, whichever block that stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from generator.model import Field, Incident, Item, Value
from generator.render.sheet import Sheet
from generator.render.views.blocks import Rest, rest

VIEW = "threads"


class Thread(NamedTuple):
    """An item, its remaining fields, and the threads of the items that answer it."""

    item: Item
    rest: list[Rest]
    replies: tuple[Thread, ...]

    @property
    def below(self) -> tuple[str, ...]:
        """The ids of the items that answer it and stand right below."""
        return tuple(each.item.id for each in self.replies)


def threads(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The threads that begin in a block. Every item of all such blocks stands in one thread only."""
    assert sheet.entry
    incident = sheet.entry.incident
    above = _above(sheet, incident)
    below: dict[str, list[Item]] = {}
    for id, parent in above.items():
        below.setdefault(parent, []).append(incident.items[id])
    beginnings = [item for item in incident.block(field.name) if item.id not in above]
    return {"threads": [_thread(sheet, item, below, "") for item in _in_time(beginnings, incident)]}


def _above(sheet: Sheet, incident: Incident) -> dict[str, str]:
    """For every item that answers another of these blocks, that one; of several the first that is not guarded."""
    above: dict[str, str] = {}
    for item in incident.items.values():
        targets = [incident.items[each] for each in _answered(item) if each in incident.items]
        open_first = sorted(
            (each for each in targets if each.block.view == VIEW and each.id != item.id), key=sheet.guarded
        )
        if item.block.view == VIEW and open_first and not _leads_to(open_first[0].id, item.id, above):
            above[item.id] = open_first[0].id
    return above


def _answered(item: Item) -> tuple[str, ...]:
    field = _answering(item)
    return tuple(item.values.get(field.name, ())) if field else ()


def _answering(item: Item) -> Field | None:
    """The field with which an item of such a block replies: the one that points at items of any block."""
    return next((each for each in item.block.fields if each.refers_to == "items"), None)


def _leads_to(id: str, goal: str, above: Mapping[str, str]) -> bool:
    """Whether the way up from an item comes by another: two statements may answer each other."""
    while id in above:
        id = above[id]
        if id == goal:
            return True
    return False


def _in_time(items: list[Item], incident: Incident) -> Iterator[Item]:
    """Dated items in order of time, then those without a date in the order of the file."""
    return iter(sorted(items, key=lambda item: begins(item, incident)))


def begins(item: Item, incident: Incident) -> datetime:
    """When an item was said or happened at the earliest; after all others where no date is known."""
    dated = item.moment and item.moment.known
    return item.moment.bounds(incident.zone)[0] if item.moment and dated else datetime.max.replace(tzinfo=UTC)


def _thread(sheet: Sheet, item: Item, below: Mapping[str, list[Item]], parent: str) -> Thread:
    assert sheet.entry
    field = _answering(item)
    alone = field and tuple(item.values.get(field.name, ())) == (parent,)
    fields = [each for each in rest(sheet, item) if not (alone and field and each.title == field.title)]
    replies = _in_time(below.get(item.id, []), sheet.entry.incident)
    return Thread(item, fields, tuple(_thread(sheet, each, below, item.id) for each in replies))
