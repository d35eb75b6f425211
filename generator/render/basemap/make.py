"""Makes `land.json` from Natural Earth as TopoJSON; see README.md beside this file. A tool: nothing imports it.

Reads the topology on standard input and writes the base map on standard output.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

UNIT = 100  # points are whole hundredths of a degree
TOLERANCE = 2  # of those: how far a thinned line may be from the true one

Spot = tuple[int, int]
Line = list[Spot]


def decoded(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a topology, whose points are steps on a grid, in our unit."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((round((x * sx + tx) * UNIT), round((y * sy + ty) * UNIT)))
        arcs.append(line)
    return arcs


def thinned(line: Sequence[Spot]) -> Line:
    """The line with the points left out that it does not need (Douglas and Peucker 1973); its ends stay."""
    if len(line) < 3:
        return list(line)
    at = max(range(1, len(line) - 1), key=lambda i: away(line[i], line[0], line[-1]))
    if away(line[at], line[0], line[-1]) <= TOLERANCE:
        return [line[0], line[-1]]
    return [*thinned(line[: at + 1])[:-1], *thinned(line[at:])]


def away(spot: Spot, a: Spot, b: Spot) -> float:
    """How far a point lies from the line through two others, or from both where they are one."""
    (x, y), (ax, ay), (bx, by) = spot, a, b
    length = math.dist(a, b)
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else math.dist(spot, a)


def unwrapped(ring: Line) -> Line:
    """The ring without leaps at the 180th meridian: longitudes run on beyond it. One round the pole is closed there."""
    turn = 360 * UNIT
    out = ring[:1]
    for x, y in ring[1:]:
        out.append((x - turn * round((x - out[-1][0]) / turn), y))
    if out[-1][0] != out[0][0]:
        out += [(out[-1][0], -turn // 4), (out[0][0], -turn // 4), out[0]]
    return out


def steps(lines: Sequence[Line]) -> list[list[int]]:
    """Each line as its first point and the steps to the next ones, in a row: x, y, dx, dy, dx, dy."""
    return [[*line[0], *(d for (ax, ay), (bx, by) in pairwise(line) for d in (bx - ax, by - ay))] for line in lines]


def main() -> None:
    """Coasts are the rings of the land, borders the arcs that two countries share: no arc is both."""
    topology = json.load(sys.stdin)
    arcs = [thinned(line) for line in decoded(topology)]

    def ring(indexes: Sequence[int]) -> Line:
        parts = (arcs[i] if i >= 0 else arcs[~i][::-1] for i in indexes)
        return [spot for n, part in enumerate(parts) for spot in part[n > 0 :]]

    (land,) = topology["objects"]["land"]["geometries"]
    rings = [indexes for polygon in land["arcs"] for indexes in polygon]
    coasts = [each for each in (unwrapped(ring(indexes)) for indexes in rings) if len(each) > 3]
    coastal = {max(i, ~i) for indexes in rings for i in indexes}
    borders = [line for i, line in enumerate(arcs) if i not in coastal]
    json.dump({"unit": UNIT, "coasts": steps(coasts), "borders": steps(borders)}, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
