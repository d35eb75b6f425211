"""Rules 40 to 42: the point is in its country, and no finer than it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.check.draft import Draft
from generator.check.register import Register
from generator.check.rule import Finding, rule
from generator.model import Path, Value


@rule(40)
def point_outside_the_country(draft: Draft, register: Register) -> Iterator[Finding]:
    """The point lies within the bounds of its country.

    The bounds are the box around all of the country’s land, a little widened. Most often latitude and longitude were
    exchanged, or a minus sign was lost.
    """
    country = draft.schema.vocabularies["countries"].terms[draft.values["where"]["country"]]
    box = country.more.get("box", (-180, -90, 180, 90))
    for path, point, _ in _points(draft):
        if inside(point["lat"], point["lon"], box):
            continue
        remedy = "correct the point or the country"
        if inside(point["lon"], point["lat"], box):
            remedy = f"exchanged they would fit: write lat: {point['lon']}, lon: {point['lat']}"
        message = f"latitude {point['lat']}, longitude {point['lon']} is outside {country.label}"
        yield Finding(path, message, remedy)


def inside(lat: float, lon: float, box: Sequence[float]) -> bool:
    """Whether a point lies in the box [west, south, east, north], which may cross the 180th meridian."""
    west, south, east, north = box
    across = lon >= west or lon <= east
    return south <= lat <= north and (across if west > east else west <= lon <= east)


@rule(41, "warning")
def decimals_beyond_the_precision(draft: Draft, register: Register) -> Iterator[Finding]:
    """Coordinates have no more decimals than their precision can bear.

    One decimal is about eleven kilometres, two one kilometre, four eleven metres. A town given to a metre looks like
    a building.
    """
    for path, point, _ in _points(draft):
        precision = draft.schema.vocabularies["precisions"].terms[point["precision"]]
        most = precision.more.get("decimals")
        for name in ("lat", "lon"):
            places = -min(0, int(Decimal(str(point[name])).normalize().as_tuple().exponent))
            if most is not None and places > most:
                message = f"{point[name]} has {places} decimals; for the precision “{precision.id}” {most} are enough"
                remedy = f"write {round(point[name], most) if most else round(point[name])}"
                yield Finding((*path, name), message, remedy)


@rule(42)
def building_without_a_name(draft: Draft, register: Register) -> Iterator[Finding]:
    """A point that stands for a building has a named place.

    Without the name nobody can check that the point is right; with a town alone the precision is that of the town.
    """
    for path, point, named in _points(draft):
        if point["precision"] == "building" and not named:
            message = "the point stands for a building that has no name"
            remedy = "name the place under “venue”, or write a coarser precision"
            yield Finding((*path, "precision"), message, remedy)


def _points(draft: Draft) -> Iterator[tuple[Path, Mapping[str, Value], bool]]:
    """Every point, of the whole and of each part: where it stands, and whether its place has a name."""
    where = draft.values["where"]
    if "point" in where:
        yield ("where", "point"), where["point"], "venue" in where
    for item in draft.block("places"):
        if "point" in item.values:
            yield (*item.path, "point"), item.values["point"], True
