"""The locator: a small map around the place or the places of one incident, with the other incidents that lie on it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from generator.model import CELL, Catalogue, Entry, Point, cell
from generator.render.maps import layout
from generator.render.maps.frame import Frame, centred, fitted, kilometres
from generator.render.maps.land import Land, draw, land, share, view
from generator.render.text import plain

WIDTH, HEIGHT = 300, 200
WORLD = Frame(0, 0, 0.25, 90, 39)  # the inset: the inhabited world
WORLD_PATH = "assets/map/world.svg"
MOST = 6_000  # bytes of land: the page has more to carry
DOT, MARKER, TARGET = 4, 6, 15  # radii: a neighbour, the incident, and what a finger can hit
_HALF = 4.0  # degrees from the point to the upper edge, at least
_WIDER = (1.0, 1.5, 2.25)  # times that, until there is both land and sea to recognise
_ENOUGH = 0.06  # of the drawing
_ROUND = 3  # how many radii of its ring reach from the point to the upper edge
_LISTED = 5
_LENGTHS = (1000, 500, 200, 100, 50, 20, 10)  # km: of these the scale bar is the longest that fits
_LABEL = 26  # letters
_MARGIN = 36  # pixels around several places


class Neighbour(NamedTuple):
    """Another incident in the frame: how far it is, and its dot with or without a label."""

    entry: Entry
    km: int
    spot: tuple[int, int]
    label: layout.Label | None = None


class Mark(NamedTuple):
    """One place of the incident in the drawing."""

    name: str
    spot: tuple[int, int]


@dataclass(frozen=True)
class Locator:
    """The drawing. `dots` are the neighbours that are drawn, `near` those too near for that, `more` yet others.

    `marks` are the places of the incident with their names, which stay empty where the point is that of the whole;
    `unplaced` are those without a point. `ring` is the radius
    of the circle that says how exact a single point is, 0 for none; `inset` where the map of the world
    stands, and `here` the point in it.
    """

    point: Point
    frame: Frame
    land: Land
    marks: tuple[Mark, ...]
    unplaced: tuple[str, ...]
    ring: int
    dots: tuple[Neighbour, ...]
    near: tuple[Neighbour, ...]
    more: int
    inset: tuple[int, int]
    here: Markup  # `54.3 5.5`
    bar: tuple[int, int]  # length in km and in pixels
    world: str = WORLD_PATH
    marker: int = MARKER
    dot: int = DOT
    target: int = TARGET


def locator(catalogue: Catalogue, entry: Entry) -> Locator | None:
    """The map of an incident, or None where its record has no point."""
    point = entry.incident.point
    if point is None:
        return None
    several = entry.incident.points
    radius = 0 if len(several) > 1 else catalogue.term("precisions", point.precision).more.get("radius", 0)
    if len(several) > 1:
        frame = fitted(list(several.values()), _HALF, WIDTH, HEIGHT, _MARGIN)
        drawn = land(catalogue.base_map, frame, MOST)
    else:
        frame, drawn = _fitting(catalogue, point, radius)
    marks = tuple(_marks(entry, frame))
    bar = _bar(frame)
    inset = (WIDTH - WORLD.width - 4, HEIGHT - WORLD.height - 4)
    taken = [
        *(layout.around(mark.spot, MARKER + 2) for mark in marks),
        layout.Box(*inset, WIDTH, HEIGHT),
        layout.Box(0, HEIGHT - 28, max(bar[1], 5 * layout.SIZE) + 12, HEIGHT),
    ]
    dots, rest = _dots(list(_neighbours(catalogue, entry, point, frame)), marks, taken, frame)
    return Locator(
        point=point,
        frame=frame,
        land=drawn,
        marks=marks,
        unplaced=tuple(str(item.values["name"]) for item in entry.incident.block("places") if item.id not in several),
        ring=max(MARKER + 4, round(frame.pixels(radius))) if radius else 0,
        dots=tuple(_labelled(dots, taken, frame)),
        near=tuple(rest[:_LISTED]),
        more=len(rest[_LISTED:]),
        inset=inset,
        here=Markup("{:.1f} {:.1f}").format(*WORLD.spot(point.lon, point.lat)),
        bar=bar,
    )


def _marks(entry: Entry, frame: Frame) -> Iterator[Mark]:
    """The places of the incident that have a point; of one the middle of the drawing."""
    several = entry.incident.points
    if len(several) < 2:
        name = "" if entry.incident.point_of_all else str(entry.incident.items[next(iter(several))].values["name"])
        yield Mark(name, (frame.width // 2, frame.height // 2))
        return
    for id, point in several.items():
        x, y = frame.spot(point.lon, point.lat)
        yield Mark(str(entry.incident.items[id].values["name"]), (round(x), round(y)))


def _fitting(catalogue: Catalogue, point: Point, radius: float) -> tuple[Frame, Land]:
    """The narrowest frame with room for the ring in which a coast can be seen, or else the widest."""
    half = max(_HALF, _ROUND * radius / 111.2)
    for times in _WIDER:
        frame = centred(point, half * times, WIDTH, HEIGHT)
        seen = view(catalogue.base_map, frame)
        if _ENOUGH <= share(seen, frame) <= 1 - _ENOUGH:
            break
    return frame, draw(seen, frame, MOST)


def _bar(frame: Frame) -> tuple[int, int]:
    km = next((each for each in _LENGTHS if frame.pixels(each) <= WIDTH / 4), _LENGTHS[-1])
    return km, round(frame.pixels(km))


def _neighbours(catalogue: Catalogue, entry: Entry, point: Point, frame: Frame) -> Iterator[Neighbour]:
    """The other incidents in the frame, the nearest first."""
    found = []
    for each in _cells(frame):
        for id in catalogue.places.get(each, ()):
            other = catalogue.entries[id]
            if id != entry.incident.id and (there := other.incident.point):
                x, y = frame.spot(there.lon, there.lat)
                if frame.holds((x, y), DOT):
                    found.append(Neighbour(other, round(kilometres(point, there)), (round(x), round(y))))
    yield from sorted(found, key=lambda each: (each.km, each.entry.incident.id))


def _cells(frame: Frame) -> list[tuple[int, int]]:
    west, south, east, north = frame.window()
    lons = [west + CELL * n for n in range(math.ceil((min(east, west + 360) - west) / CELL))] + [east]
    lats = [south + CELL * n for n in range(math.ceil((north - south) / CELL))] + [north]
    return list(dict.fromkeys(cell(lon, lat) for lat in lats for lon in lons))


def _dots(
    neighbours: list[Neighbour], marks: Sequence[Mark], taken: list[layout.Box], frame: Frame
) -> tuple[list[Neighbour], list[Neighbour]]:
    """The neighbours that can be told from the incident and from one another by a finger, and the others."""
    spots = [mark.spot for mark in marks]
    dots: list[Neighbour] = []
    rest: list[Neighbour] = []
    for each in neighbours:
        clear = all(math.dist(each.spot, spot) >= 2 * TARGET for spot in spots)
        hidden = any(box.overlaps(layout.around(each.spot, DOT)) for box in taken)
        free = clear and not hidden and frame.holds(each.spot, TARGET)
        (dots if free else rest).append(each)
        spots += [each.spot] if free else []
    return dots, rest


def _labelled(dots: list[Neighbour], taken: list[layout.Box], frame: Frame) -> Iterator[Neighbour]:
    taken = [*taken, *(layout.around(each.spot, DOT) for each in dots)]
    for each in dots:
        label = layout.label(plain(each.entry.incident.title, _LABEL), each.spot, DOT, taken, frame)
        taken += [label.box] if label else []
        yield each._replace(label=label)
