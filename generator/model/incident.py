"""Incidents with every reference bound, as `resolve` hands them on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from generator.model.basemap import Point
from generator.model.document import Path, Value
from generator.model.moment import Moment
from generator.model.schema import Field


@dataclass(frozen=True)
class Item:
    """One entry of a block, such as a figure or a warning; its id is its address on the page."""

    incident: str
    block: Field
    id: str
    values: Mapping[str, Value]
    moment: Moment | None = None  # by the field that `x-date` of the block names


@dataclass(frozen=True)
class Source:
    """One source of one incident. `number` is its mark on the page, by the order of the file.

    `publisher` is the one whose text it is, so that copies of an agency's text, and the several names of one publisher,
    count once; `publisher_name` is how it is shown.
    """

    incident: str
    id: str
    number: int
    values: Mapping[str, Value]
    address: str | None
    publisher: str
    publisher_name: str


@dataclass(frozen=True)
class Mention:
    """A place where one incident names something: a word of a vocabulary, a source, an item or another incident.

    `kind` is the vocabulary or block of the target; `item` the item that names it, if it stands in one.
    """

    incident: str
    item: str | None
    field: Field
    path: Path
    kind: str
    target: str


@dataclass(frozen=True)
class Relation:
    """One relation as seen from one of its ends: `incident` is … `label` … `other`. `item` is where it is typed."""

    incident: str
    other: str
    label: str
    item: Item


@dataclass(frozen=True)
class Incident:
    """One incident in long form: `values` as in the schema, `items` and `sources` by id in the order of the file."""

    id: str
    path: str
    values: Mapping[str, Value]
    items: Mapping[str, Item]
    sources: Mapping[str, Source]
    mentions: tuple[Mention, ...] = ()
    zone: tzinfo = field(default=UTC)

    @property
    def title(self) -> str:
        """The title as it is typed."""
        return str(self.values["title"])

    @property
    def start(self) -> Moment:
        """When it began, as precisely as is known."""
        return Moment.parse(self.values["when"]["start"])

    @property
    def point(self) -> Point | None:
        """Where it was, if the record says; where it had several places and no point for all, the first of them."""
        return self.point_of_all or next(iter(self.points.values()), None)

    @property
    def point_of_all(self) -> Point | None:
        """The one point that the record gives for all of it, if it does."""
        return _point(self.values["where"])

    @property
    def points(self) -> Mapping[str, Point]:
        """The points of its several places by their ids, of those that have one."""
        found = ((item.id, _point(item.values)) for item in self.block("places"))
        return {id: point for id, point in found if point}

    def block(self, name: str) -> tuple[Item, ...]:
        """The items of one block, in the order of the file."""
        return tuple(item for item in self.items.values() if item.block.name == name)


def _point(values: Mapping[str, Value]) -> Point | None:
    said = values.get("point")
    return Point(said["lon"], said["lat"], said["precision"]) if said else None
