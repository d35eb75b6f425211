"""The base map within a frame: cut at its edge, thinned to what can be seen, written as paths."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from markupsafe import Markup

from generator.model import BaseMap, Shape, Spot, shape
from generator.render.maps.frame import Frame

MARGIN = 3  # pixels beyond the frame, so that the edge at which land is cut is out of sight
TOLERANCES = (0.4, 0.7, 1.0, 1.5)  # pixels between a line and its thinned form: the first that is light enough
MOST = 9_000  # bytes of both paths, unless a map asks for less
LEAST = 1.0  # pixels; what is smaller on both sides is not drawn

_TILE = 15  # degrees: the world is first cut to whole tiles, once for all maps on them

Window = tuple[float, float, float, float]  # west, south, east, north
Side = tuple[int, float, int]  # axis (0 is x), bound, and the direction in which the inside lies


class Land(NamedTuple):
    """What is drawn of the base map, as data of two paths."""

    coasts: Markup
    borders: Markup


def land(base: BaseMap, frame: Frame, most: int = MOST) -> Land:
    """Coasts and borders as a frame shows them, in `most` bytes or so."""
    return draw(view(base, frame), frame, most)


def view(base: BaseMap, frame: Frame) -> BaseMap:
    """What a frame shows of the base map, and a little beyond its edge."""
    west, south, east, north = frame.window(MARGIN)
    return cut(_tiles(base, _down(west), _down(south), -_down(-east), -_down(-north)), (west, south, east, north))


def share(seen: BaseMap, frame: Frame) -> float:
    """Which part of the frame is land, from 0 to 1."""
    west, south, east, north = frame.window(MARGIN)
    return abs(sum(_area(each.points) for each in seen.coasts)) / (east - west) / (north - south)


def draw(seen: BaseMap, frame: Frame, most: int = MOST) -> Land:
    """The paths of what is seen, the finer ones where a page has room for them."""
    rings, lines = ([[frame.drawn(*spot) for spot in each.points] for each in of] for of in (seen.coasts, seen.borders))
    rings = [each for each in rings if _large(each)]
    for tolerance in TOLERANCES:
        coasts = Markup("").join(path(thinned(ring, tolerance), closed=True) for ring in rings)
        borders = Markup("").join(path(thinned(line, tolerance)) for line in lines)
        if len(coasts) + len(borders) <= most:
            break
    return Land(coasts, borders)


def _down(degrees: float) -> int:
    return math.floor(degrees / _TILE) * _TILE


@lru_cache(maxsize=128)
def _tiles(base: BaseMap, west: int, south: int, east: int, north: int) -> BaseMap:
    return cut(base, (west, south, east, north))


def cut(base: BaseMap, window: Window) -> BaseMap:
    """The base map within a window, whose longitudes may run on beyond 180; coasts stay closed, along its edge."""
    west, south, east, north = window
    sides = ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1))
    rings = [clip_ring(each, sides) for each in _touching(base.coasts, window)]
    lines = [line for each in _touching(base.borders, window) for line in clip_line(each, sides)]
    return BaseMap(
        tuple(shape((*ring, ring[0])) for ring in rings if len(ring) > 2), tuple(map(shape, map(tuple, lines)))
    )


def _touching(shapes: Sequence[Shape], window: Window) -> Iterator[Sequence[Spot]]:
    """The shapes whose bounds touch the window; also as they come round the world from the other side."""
    west, south, east, north = window
    for each in shapes:
        if each.north >= south and each.south <= north:
            for turn in (-360, 0, 360):
                if each.east + turn >= west and each.west + turn <= east:
                    yield [(lon + turn, lat) for lon, lat in each.points] if turn else each.points


def _large(ring: Sequence[Spot]) -> bool:
    return any(max(along) - min(along) >= LEAST for along in zip(*ring, strict=True))


def clip_ring(ring: Sequence[Spot], sides: Sequence[Side]) -> list[Spot]:
    """The ring without what lies beyond the sides (Sutherland and Hodgman 1974)."""
    points = list(ring)
    for side in sides:
        points = [spot for piece in _cut(points[-1:] + points, side) for spot in piece]
    return points


def clip_line(line: Sequence[Spot], sides: Sequence[Side]) -> list[list[Spot]]:
    """The pieces of a line that lie within the sides."""
    lines = [list(line)]
    for side in sides:
        lines = [piece for each in lines for piece in _cut(each, side)]
    return [each for each in lines if len(each) > 1]


def _cut(line: Sequence[Spot], side: Side) -> Iterator[list[Spot]]:
    """The pieces of a line on the inner side of a bound, ending on it."""
    axis, bound, inward = side
    piece: list[Spot] = []
    before: Spot | None = None
    for spot in line:
        inside = (spot[axis] - bound) * inward >= 0
        if before is not None and inside != ((before[axis] - bound) * inward >= 0):
            part = (bound - before[axis]) / (spot[axis] - before[axis])
            piece.append((before[0] + part * (spot[0] - before[0]), before[1] + part * (spot[1] - before[1])))
            if not inside:
                yield piece
                piece = []
        if inside:
            piece.append(spot)
        before = spot
    if piece:
        yield piece


def thinned(line: Sequence[Spot], tolerance: float = TOLERANCES[0]) -> list[Spot]:
    """The line without the points that it does not need; its ends stay (Douglas and Peucker 1973)."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        away, at = _farthest(line, first, last)
        if away > tolerance:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def _farthest(line: Sequence[Spot], first: int, last: int) -> tuple[float, int]:
    """The point between two others that lies farthest from the line through them, or from both where they are one."""
    (ax, ay), (bx, by) = line[first], line[last]
    dx, dy, length = bx - ax, by - ay, math.dist(line[first], line[last])
    between = range(first + 1, last)
    if not length:
        return max(((math.dist(line[i], line[first]), i) for i in between), default=(0, first))
    away, at = max(((abs(dx * (ay - line[i][1]) - (ax - line[i][0]) * dy), i) for i in between), default=(0, first))
    return away / length, at


def _area(ring: Sequence[Spot]) -> float:
    """With a sign: of land and of a lake in it they differ, so that a sum of both is the land."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def path(line: Sequence[Spot], *, closed: bool = False) -> Markup:
    """The line as path data in steps of tenths of a pixel, which add up without drifting; nothing for a mere dot."""
    rounded = ((round(x * 10), round(y * 10)) for x, y in line)
    spots = [spot for spot, _ in groupby(rounded)]  # each once in a row
    spots = spots[:-1] if closed and spots[0] == spots[-1] else spots
    if len(spots) < (3 if closed else 2):
        return Markup("")
    steps = "".join(_glued(_tenths(to - at)) for a, b in pairwise(spots) for at, to in zip(a, b, strict=True))
    (x, y), end = spots[0], "z" if closed else ""
    return Markup(f"M{_tenths(x)}{_glued(_tenths(y))}l{steps.lstrip()}{end}")


def _tenths(number: int) -> str:
    """`-12` as `-1.2`, `-5` as `-.5`, `40` as `4`: the shortest way to write it."""
    text = f"{number / 10:g}"
    return text.replace("0.", ".", 1) if abs(number) < 10 and number else text


def _glued(number: str) -> str:
    """A minus sign parts two numbers as well as a blank does."""
    return number if number.startswith("-") else f" {number}"
