"""A frame: the part of the world that a map shows, and where in the drawing a place of it lies.

The projection is the equirectangular one, with the middle parallel true to scale (Snyder, Map Projections: A Working
Manual, 1987, p. 90): within a frame of some degrees it distorts little, and the frame is a rectangle in degrees too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from generator.model import Point, Spot

KM_PER_DEGREE = 111.2  # of latitude
EARTH = 6371.0  # radius in km
_LEAST_SQUEEZE = 0.15  # near the poles meridians converge; a map there is not drawn wider than this


@dataclass(frozen=True)
class Frame:
    """The middle of a map in degrees, its pixels per degree of latitude, and its size in pixels."""

    lon: float
    lat: float
    scale: float
    width: int
    height: int

    @cached_property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return max(_LEAST_SQUEEZE, math.cos(math.radians(self.lat)))

    @cached_property
    def across(self) -> float:
        """Pixels per degree of longitude."""
        return self.scale * self.squeeze

    def spot(self, lon: float, lat: float) -> Spot:
        """Where a place lies in the drawing, taken round the world by the shorter way from the middle."""
        return self.drawn(self.lon + (lon - self.lon + 180) % 360 - 180, lat)

    def drawn(self, lon: float, lat: float) -> Spot:
        """Where longitude and latitude lie in the drawing, as they are counted."""
        return self.width / 2 + (lon - self.lon) * self.across, self.height / 2 + (self.lat - lat) * self.scale

    def window(self, margin: float = 0) -> tuple[float, float, float, float]:
        """West, south, east and north of the drawing, with a margin in pixels around it."""
        aside, above = (self.width / 2 + margin) / self.across, (self.height / 2 + margin) / self.scale
        return self.lon - aside, self.lat - above, self.lon + aside, self.lat + above

    def holds(self, spot: Spot, margin: float = 0) -> bool:
        """Whether a point of the drawing is inside it, and as far from its edge."""
        x, y = spot
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin

    def pixels(self, km: float) -> float:
        """How long a distance is in the drawing."""
        return km / KM_PER_DEGREE * self.scale


def centred(point: Point, half: float, width: int, height: int) -> Frame:
    """The frame around a point that reaches `half` degrees to its north and south."""
    return Frame(point.lon, point.lat, height / 2 / half, width, height)


def fitted(points: Sequence[Point], half: float, width: int, height: int, margin: int) -> Frame:
    """The frame around all points with a margin in pixels; it reaches at least `half` degrees to north and south.

    The world is cut where the widest gap between two longitudes is. `height` is the most; a map of the whole world is
    flatter.
    """
    lons = sorted({point.lon for point in points})
    gaps = [(after - before, after) for before, after in pairwise(lons)]
    widest, west = max([*gaps, (lons[0] + 360 - lons[-1], lons[0])])
    span = 360 - widest
    south, north = min(point.lat for point in points), max(point.lat for point in points)
    lon, lat = (west + span / 2 + 180) % 360 - 180, (south + north) / 2
    squeeze = max(_LEAST_SQUEEZE, math.cos(math.radians(lat)))
    scales = [height / 2 / half]
    if span:
        scales.append((width - 2 * margin) / span / squeeze)
    if north > south:
        scales.append((height - 2 * margin) / (north - south))
    scale = max(min(scales), width / 360 / squeeze)  # never more than once round the world
    return Frame(lon, lat, scale, width, min(height, round(180 * scale)))


def kilometres(a: Point, b: Point) -> float:
    """The way between two points along the earth (the haversine formula; Sinnott, Sky and Telescope 68, 1984)."""
    lat, other = math.radians(a.lat), math.radians(b.lat)
    turn = math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    h = math.sin((other - lat) / 2) ** 2 + math.cos(lat) * math.cos(other) * turn
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(h)))
