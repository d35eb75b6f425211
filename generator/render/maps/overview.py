"""The overview: a map fitted to many incidents, each with the number that it has in the list beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.model import Catalogue, Entry, Point, Spot
from generator.render.maps import layout
from generator.render.maps.frame import Frame, fitted
from generator.render.maps.land import Land, land

WIDTH, HEIGHT = 340, 240
TARGET = 13  # radius of what a finger can hit
_HALF = 5.0  # degrees from the middle to the upper edge, at least
_MARGIN = 30


class Marker(NamedTuple):
    """One incident on the map: its number in the list, where it was, where the marker found room, and who shares it."""

    number: int
    entry: Entry
    at: tuple[int, int]
    spot: tuple[int, int]
    sharing: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Overview:
    """The drawing; `radius` is that of a marker with room for the highest number."""

    frame: Frame
    land: Land
    markers: tuple[Marker, ...]
    radius: int
    target: int


def overview(
    catalogue: Catalogue, entries: Sequence[Entry], points: Sequence[Point | None] | None = None
) -> Overview | None:
    """The map of these incidents in the order of their list; None where none of them has a point.

    `points` are those to be marked where they are others than the incidents' own.
    """
    marked = [entry.incident.point for entry in entries] if points is None else points
    placed = [(n, entry, at) for n, (entry, at) in enumerate(zip(entries, marked, strict=True), 1) if at]
    if not placed:
        return None
    frame = fitted([point for *_, point in placed], _HALF, WIDTH, HEIGHT, _MARGIN)
    spots = [frame.spot(point.lon, point.lat) for *_, point in placed]
    digits = len(str(len(entries)))
    for letters in (digits, digits + 1):  # a shared marker has a plus sign behind its number
        radius = 5 + 3 * letters
        target = max(radius + 1, TARGET)
        room = layout.spread(spots, 2 * target, frame)
        if all(room):
            break
    return Overview(
        frame=frame,
        land=land(catalogue.base_map, frame),
        markers=tuple(_markers([(n, entry) for n, entry, _ in placed], spots, room)),
        radius=radius,
        target=target,
    )


def _markers(numbered: Sequence[tuple[int, Entry]], spots: Sequence[Spot], room: Sequence[Spot | None]) -> list[Marker]:
    """A marker for each that found room; one that found none shares the nearest marker."""
    markers = [
        Marker(n, entry, _whole(at), _whole(spot))
        for (n, entry), at, spot in zip(numbered, spots, room, strict=True)
        if spot
    ]
    for (_, entry), at, spot in zip(numbered, spots, room, strict=True):
        if not spot:
            nearest = min(range(len(markers)), key=lambda i: math.dist(markers[i].at, at))
            markers[nearest] = markers[nearest]._replace(sharing=(*markers[nearest].sharing, entry))
    return markers


def _whole(spot: Spot) -> tuple[int, int]:
    return round(spot[0]), round(spot[1])
