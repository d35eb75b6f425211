"""Coasts and borders of the world as the maps draw them, and points on it. All in degrees: (longitude, latitude)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

Spot = tuple[float, float]
CELL = 5  # degrees


class Point(NamedTuple):
    """Where something was, and what that stands for: a word of the vocabulary `precisions`."""

    lon: float
    lat: float
    precision: str

    @property
    def coordinates(self) -> str:
        """`55.8258° N, 37.3903° E`, with the decimals of the record."""
        north, east = "S" if self.lat < 0 else "N", "W" if self.lon < 0 else "E"
        return f"{abs(self.lat)}° {north}, {abs(self.lon)}° {east}"

    @property
    def cell(self) -> tuple[int, int]:
        """The field of the world, five degrees by five, in which it lies."""
        return cell(self.lon, self.lat)


def cell(lon: float, lat: float) -> tuple[int, int]:
    """The field of a place. Longitudes beyond the 180th meridian are those on its other side."""
    return math.floor((lon + 180) % 360 / CELL), math.floor(lat / CELL)


class Shape(NamedTuple):
    """A line, or the ring around some land or a lake, with the bounds of its points."""

    points: tuple[Spot, ...]
    west: float
    south: float
    east: float
    north: float


def shape(points: tuple[Spot, ...]) -> Shape:
    """The shape of these points."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return Shape(points, min(lons), min(lats), max(lons), max(lats))


@dataclass(frozen=True, eq=False)  # compared by identity: to compare all its points would take longer than to draw it
class BaseMap:
    """The world. Coasts are closed rings, land on one side of them all; their longitudes may run on beyond 180."""

    coasts: tuple[Shape, ...] = ()
    borders: tuple[Shape, ...] = ()


OPEN_SEA = BaseMap()  # a world without land, for where none is read
