"""The base map that comes with the generator."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path

from generator.model import BaseMap, shape

LAND = Path(__file__).parents[1] / "render" / "basemap" / "land.json"


def read_basemap(path: Path = LAND) -> BaseMap:
    """Coasts and borders from a file as `render/basemap/README.md` describes it."""
    said = json.loads(path.read_text(encoding="utf-8"))
    unit = said["unit"]
    return BaseMap(*(tuple(shape(_points(each, unit)) for each in said[name]) for name in ("coasts", "borders")))


def _points(steps: Sequence[int], unit: int) -> tuple[tuple[float, float], ...]:
    return tuple(zip(_degrees(steps[::2], unit), _degrees(steps[1::2], unit), strict=True))


def _degrees(steps: Iterable[int], unit: int) -> Iterable[float]:
    return (number / unit for number in accumulate(steps))
