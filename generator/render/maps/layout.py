"""What finds room in a drawing: markers that may be moved a little, and labels. Whatever comes first chooses first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model import Spot
from generator.render.maps.frame import Frame

SIZE = 12  # of letters, in pixels of the drawing
_LETTER = 0.6  # of their size: how wide letters are on the average in wide fonts
_RINGS = 2  # how far a marker may be moved, in widths of its own


class Box(NamedTuple):
    """A part of the drawing that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether both have some room in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def around(spot: Spot, radius: float) -> Box:
    """The box around a circle."""
    return Box(spot[0] - radius, spot[1] - radius, spot[0] + radius, spot[1] + radius)


class Label(NamedTuple):
    """A text in the drawing: the point of its base line, and whether it starts, ends or is centred there."""

    text: str
    x: int
    y: int
    anchor: str

    @property
    def box(self) -> Box:
        """The room that it needs."""
        wide = len(self.text) * SIZE * _LETTER
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - SIZE, left + wide, self.y + SIZE / 4)


def label(text: str, spot: Spot, radius: float, taken: Iterable[Box], frame: Frame) -> Label | None:
    """The text beside a dot, where nothing else is: right, left, above or below; None where there is no room."""
    x, y = round(spot[0]), round(spot[1])
    far, half = round(radius) + 4, SIZE // 3
    taken = list(taken)
    for each in (
        Label(text, x + far, y + half, "start"),
        Label(text, x - far, y + half, "end"),
        Label(text, x, y - far, "middle"),
        Label(text, x, y + far + 2 * half, "middle"),
    ):
        box = each.box
        inside = frame.holds((box.left, box.top), 1) and frame.holds((box.right, box.bottom), 1)
        if inside and not any(box.overlaps(other) for other in taken):
            return each
    return None


def spread(spots: Sequence[Spot], apart: float, frame: Frame) -> list[Spot | None]:
    """Each place, or the nearest one beside it that is `apart` from those before it; None where there is no room."""
    placed: dict[tuple[int, int], list[Spot]] = {}  # by fields as wide as `apart`, so that only near ones are compared
    found: list[Spot | None] = []
    for spot in spots:
        free = next((each for each in _beside(spot, apart) if _free(each, placed, apart, frame)), None)
        found.append(free)
        if free:
            placed.setdefault(_field(free, apart), []).append(free)
    return found


def _field(spot: Spot, size: float) -> tuple[int, int]:
    return math.floor(spot[0] / size), math.floor(spot[1] / size)


def _free(spot: Spot, placed: Mapping[tuple[int, int], list[Spot]], apart: float, frame: Frame) -> bool:
    column, row = _field(spot, apart)
    near = (placed.get((column + x, row + y), ()) for x in (-1, 0, 1) for y in (-1, 0, 1))
    return frame.holds(spot, apart / 2) and all(math.dist(spot, other) >= apart for each in near for other in each)


def _beside(spot: Spot, apart: float) -> Iterator[Spot]:
    """The place itself, then places around it in widening rings."""
    yield spot
    for ring in range(1, _RINGS + 1):
        for step in range(6 * ring):
            turn = 2 * math.pi * (step / (6 * ring) - 0.25)
            yield spot[0] + ring * 1.01 * apart * math.cos(turn), spot[1] + ring * 1.01 * apart * math.sin(turn)
