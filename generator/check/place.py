"""Rules 40 to 42: the point is in its country, and no finer than it is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.draft import Draft
from generator.check.register import Register
from generator.check.rule import Finding, rule


@rule(40)
def point_outside_the_country(draft: Draft, register: Register) -> Iterator[Finding]:
    """The point lies within the bounds of its country.

    The bounds are the box around all of the country’s land, a little widened. Most often latitude and longitude were
    exchanged, or a minus sign was lost.
    """
    where = draft.values["where"]
    country = draft.schema.vocabularies["countries"].terms[where["country"]]
    box, point = country.more.get("box"), where.get("point")
    if not box or not point or inside(point["lat"], point["lon"], box):
        return
    remedy = "correct the point or the country"
    if inside(point["lon"], point["lat"], box):
        remedy = f"exchanged they would fit: write lat: {point['lon']}, lon: {point['lat']}"
    message = f"latitude {point['lat']}, longitude {point['lon']} is outside {country.label}"
    yield Finding(("where", "point"), message, remedy)


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
    point = draft.values["where"].get("point")
    if not point:
        return
    precision = draft.schema.vocabularies["precisions"].terms[point["precision"]]
    most = precision.more.get("decimals")
    for name in ("lat", "lon"):
        places = -min(0, int(Decimal(str(point[name])).normalize().as_tuple().exponent))
        if most is not None and places > most:
            message = f"{point[name]} has {places} decimals; for the precision “{precision.id}” {most} are enough"
            yield Finding(
                ("where", "point", name), message, f"write {round(point[name], most) if most else round(point[name])}"
            )


@rule(42)
def building_without_a_name(draft: Draft, register: Register) -> Iterator[Finding]:
    """A point that stands for a building has a named place.

    Without the name nobody can check that the point is right; with a town alone the precision is that of the town.
    """
    where = draft.values["where"]
    if where.get("point", {}).get("precision") == "building" and "venue" not in where:
        message = "the point stands for a building that has no name"
        yield Finding(
            ("where", "point", "precision"), message, "name the place under “venue”, or write a coarser precision"
        )
