"""The figures of a draft, read once: which belong to one series, and which still stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from generator.check.draft import Draft, Item, moment
from generator.model import Moment, Path, Quantity, QuantityError, Reported, Value, order, superseded


class Series(NamedTuple):
    """Who is counted: figures of one series describe the same people at different times or by different voices."""

    measure: str
    group: str | None
    places: tuple[str, ...]
    victims: str
    attackers: str
    responders: str


@dataclass(frozen=True)
class Figure:
    """One figure; `superseded` when another one names it, or its voice has a newer one in the series."""

    item: Item
    value: Quantity
    as_of: Moment
    series: Series
    superseded: bool = False

    @property
    def id(self) -> str:
        """Its address on the page."""
        return self.item.id

    @property
    def path(self) -> Path:
        """Where it stands."""
        return self.item.path

    @property
    def voice(self) -> str | None:
        """Who said it; None where the source names nobody."""
        said_by = self.item.values.get("said_by")
        return None if said_by is None else str(said_by)

    @property
    def least(self) -> int:
        """The least that its words can mean."""
        return self.value.low or 0

    @property
    def most(self) -> float:
        """The most that its words can mean."""
        return float("inf") if self.value.high is None else self.value.high

    def named(self, field: str) -> tuple[str, ...]:
        """The ids of other figures that it names in `field`."""
        return tuple(self.item.values.get(field, ()))


def quantity(value: Value) -> Quantity | None:
    """The quantity that the schema has let pass; None for a negative number, which rule 26 speaks of."""
    try:
        return Quantity.parse(value)
    except QuantityError:
        return None


@lru_cache(maxsize=1)  # a dozen rules ask in turn about one draft
def figures(draft: Draft) -> tuple[Figure, ...]:
    """All figures with a value of zero or more, in the order in which they became known."""
    plain = list(_plain(draft))
    reported = [Reported(each.id, each.series, each.voice, each.as_of, each.named("supersedes")) for each in plain]
    keys, gone = order(reported, draft.zone), superseded(reported, draft.zone)
    return tuple(replace(each, superseded=each.id in gone) for each in sorted(plain, key=lambda each: keys[each.id]))


def live(draft: Draft) -> tuple[Figure, ...]:
    """The figures that nothing has replaced."""
    return tuple(each for each in figures(draft) if not each.superseded)


def _plain(draft: Draft) -> Iterator[Figure]:
    for item in draft.block("figures"):
        value, values = quantity(item.values["value"]), item.values
        if value:
            counts = values.get("counts", {})
            who = (counts.get(name, "unknown") for name in ("victims", "attackers", "responders"))
            about = values["measure"], values.get("group"), tuple(sorted(values.get("places", ())))
            yield Figure(item, value, moment(values["as_of"]), Series(*about, *who))
