"""Towns and villages by the names that records give them, and what happened in each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.basemap import Point
from generator.model.incident import Incident, Item
from generator.model.moment import Moment

SETTLEMENT = "settlement"  # the field, of a record's place and of each of its several places, that holds the name
_LONGEST = 80  # as for the id of a record: it becomes the name of a folder


def slug(name: str) -> str:
    """A name as the end of an address: `Saint-Étienne` gives `saint-etienne`.

    Empty where no letter or figure of it is Latin, or where it is too long.
    """
    bare = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    made = re.sub(r"[^a-z0-9]+", "-", bare.casefold()).strip("-")
    return made if len(made) <= _LONGEST else ""


def settled(incident: Incident) -> Iterator[tuple[str, Item | None]]:
    """The settlements that a record names, each with the one of its several places that is there; None: all of it."""
    for item in (None, *incident.block("places")):
        values = item.values if item else incident.values["where"]
        if SETTLEMENT in values:
            yield values[SETTLEMENT], item


@dataclass(frozen=True)
class Scene:
    """What of one incident was in a settlement: those `parts` of it that are told apart, from when on, and where.

    `whole` says that the record places nothing of it elsewhere, so that its figures are those of the settlement.
    """

    incident: str
    whole: bool
    parts: tuple[Item, ...]
    moment: Moment
    point: Point | None
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Settlement:
    """All that records call by one name, or by names that differ in marks and capitals alone, in one country.

    `names` are the ways it is written, the most usual first; `scenes` stand in order of time.
    """

    country: str
    slug: str
    names: tuple[str, ...]
    scenes: tuple[Scene, ...]

    @property
    def name(self) -> str:
        """The name as most records write it."""
        return self.names[0]
