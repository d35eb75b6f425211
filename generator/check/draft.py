"""One file under the eyes of the rules: its long form, its items, its sources and its time zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta, tzinfo
from functools import cached_property, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.model import Document, Field, Leaf, Moment, Path, Schema, Value, expand


class Item(NamedTuple):
    """An entry of a block, such as a figure or a claim, and where it stands."""

    block: Field
    path: Path
    values: Mapping[str, Value]

    @property
    def id(self) -> str:
        """Its address on the page."""
        return str(self.values["id"])


class Cited(NamedTuple):
    """A source and where it is written out: in the list of sources or in place."""

    path: Path
    values: Mapping[str, Value]

    @property
    def id(self) -> str:
        """Its short name in the file."""
        return str(self.values["id"])


@dataclass(frozen=True, eq=False)
class Draft:
    """A document that fits the schema, in long form; `Document.place` finds the paths of that form too."""

    document: Document
    schema: Schema

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """What the file says, in long form."""
        return expand(self.schema, self.document.values)

    @cached_property
    def id(self) -> str:
        """The id that the file gives itself."""
        return str(self.values["id"])

    @cached_property
    def zone(self) -> tzinfo:
        """The time zone of the place; UTC where the file names none."""
        name = self.values["when"].get("timezone")
        return ZoneInfo(name) if name else UTC

    @cached_property
    def start(self) -> Moment:
        """When it began, by the clock that the record follows."""
        return moment(self.values["when"]["start"])

    @cached_property
    def starts(self) -> tuple[Moment, ...]:
        """When it began, by every clock that the file gives."""
        others = (clock["start"] for clock in self.values["when"].get("clocks", ()) if "start" in clock)
        return self.start, *(moment(each) for each in others)

    @property
    def status(self) -> str:
        """How far the record has come."""
        return str(self.values["record"]["status"])

    @property
    def finished(self) -> bool:
        """Whether its author has let go of it: what a draft may still lack, it may not."""
        return self.status in ("review", "published")

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every single value of the long form with its field and path."""
        return tuple(self.schema.leaves(self.values))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The entries of all blocks, in the order of the schema and of the file."""
        return tuple(
            Item(block, (block.name, index), each)
            for block in self.schema.blocks
            for index, each in enumerate(self.values.get(block.name, ()))
        )

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by their ids; of two with one id, the first."""
        return {item.id: item for item in reversed(self.items)}

    def block(self, name: str) -> tuple[Item, ...]:
        """The items of one block."""
        return tuple(item for item in self.items if item.block.name == name)

    @cached_property
    def sources(self) -> tuple[Cited, ...]:
        """Every source of the file, those written out in place among them."""
        listed = enumerate(self.document.values.get("sources", ()))
        return *(Cited(("sources", index), each) for index, each in listed), *_in_place(self.document.values, ())

    @cached_property
    def source_ids(self) -> frozenset[str]:
        """The ids of all sources."""
        return frozenset(source.id for source in self.sources)

    def line(self, path: Path) -> int:
        """The line of the value at `path`."""
        return self.document.place(path).line

    def at(self, path: Path) -> str:
        """File and line of the value at `path`, for a finding that stands elsewhere."""
        return f"{self.document.path}:{self.line(path)}"


def _in_place(value: Value, path: Path) -> Iterator[Cited]:
    """The sources that are written out where they are cited, below `path`."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name != "sources":
                yield from _in_place(each, (*path, name))
            elif path:
                yield from (Cited((*path, name, i), one) for i, one in enumerate(each) if isinstance(one, Mapping))
    elif isinstance(value, tuple | list):
        for index, each in enumerate(value):
            yield from _in_place(each, (*path, index))


@lru_cache(maxsize=4096)
def moment(text: str) -> Moment:
    """The moment of a text that the schema has let pass."""
    return Moment.parse(text)


def certainly_before(one: Moment, other: Moment, zone: tzinfo, slack: timedelta = timedelta()) -> bool:
    """Whether `one` is earlier than `other` by more than `slack`, however either is read; «about» is never certain."""
    vague = any(each.approximate or each.uncertain or not each.known for each in (one, other))
    return not vague and other.bounds(zone)[0] - one.bounds(zone)[1] > slack
