"""Figures over time as a drawing: a step line for official bodies, a dot for every report, marks for what is no number.

Pure geometry; the template `views/chart.html.j2` turns it into SVG. Time runs on a logarithmic scale from the start of
the incident, so that three hours and two years have room in one drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from math import ceil, floor, log1p, log10
from typing import NamedTuple

from generator.model import Figure, Moment, Quantity

_TICKS = (
    (timedelta(hours=6), "6 hours"),
    (timedelta(days=1), "1 day"),
    (timedelta(days=3), "3 days"),
    (timedelta(days=7), "1 week"),
    (timedelta(days=30), "1 month"),
    (timedelta(days=182), "6 months"),
    (timedelta(days=365), "1 year"),
    (timedelta(days=5 * 365), "5 years"),
    (timedelta(days=20 * 365), "20 years"),
)
_LINEAR = timedelta(hours=6)  # below this the scale is nearly linear, above it logarithmic


class Frame(NamedTuple):
    """The size of a drawing in its own units, the room around the plot, and how far apart two ticks stand at least."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    apart: int


FRAMES = (
    Frame("wide", 640, 250, left=44, right=20, top=26, bottom=30, apart=74),
    Frame("narrow", 350, 230, left=40, right=14, top=26, bottom=30, apart=62),
)


@dataclass(frozen=True)
class Dot:
    """One report: where it stands, how it is drawn, and what it says. `low` and `high` are the ends of a range."""

    id: str
    text: str
    x: float
    y: float
    official: bool
    superseded: bool
    arrow: str = ""  # "up" for «more than», «at least»; "down" for «up to», «fewer than»
    low: float | None = None
    high: float | None = None


class Tick(NamedTuple):
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """One drawing of one series."""

    frame: Frame
    dots: tuple[Dot, ...]
    official: str  # the path of the step line
    others: tuple[str, ...]  # a path for every other voice that spoke twice
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    newest: Tick  # the label of the figure that stands, and its height

    @property
    def floor(self) -> float:
        """The height of the zero line."""
        return self.frame.height - self.frame.bottom


def draw(figures: Sequence[Figure], headline: Figure | None, start: Moment, zone: tzinfo) -> tuple[Drawing, ...]:
    """The wide and the narrow drawing of a series; none where fewer than two dated figures give a number."""
    dated = [each for each in figures if each.as_of.known and each.quantity.qualifier != "unknown"]
    if len(dated) < 2:
        return ()
    origin = min(start.bounds(zone)[0], *(each.as_of.bounds(zone)[0] for each in dated))
    return tuple(_drawing(frame, dated, headline, origin, zone) for frame in FRAMES)


def _drawing(
    frame: Frame, figures: Sequence[Figure], headline: Figure | None, origin: datetime, zone: tzinfo
) -> Drawing:
    moments = list(_moments(figures, zone))
    span = max(moments[-1] - origin, timedelta(hours=1))
    top, step = _scale(max(level(each.quantity, each.quantity.high) for each in figures))
    plot_width = frame.width - frame.left - frame.right
    plot_height = frame.height - frame.top - frame.bottom

    def x(after: timedelta) -> float:
        return round(frame.left + plot_width * squeeze(after) / squeeze(span))

    def y(value: float) -> float:
        return round(frame.height - frame.bottom - plot_height * value / top)

    dots = tuple(_dot(each, x(at - origin), y) for each, at in zip(figures, moments, strict=True))
    official = [dot for dot in dots if dot.official]
    voices: dict[str, list[Dot]] = {}
    for figure, dot in zip(figures, dots, strict=True):
        if figure.said_by and not figure.official:
            voices.setdefault(figure.said_by, []).append(dot)
    end = frame.width - frame.right
    shown = headline or figures[-1]
    return Drawing(
        frame=frame,
        dots=dots,
        official=_steps(official, end),
        others=tuple(_steps(each, each[-1].x) for each in voices.values() if len(each) > 1),
        x_ticks=tuple(_apart([Tick(frame.left, "start"), *_time_ticks(span, x)], frame.apart)),
        y_ticks=tuple(Tick(y(value), f"{value:,}") for value in range(0, top + 1, step)),
        newest=Tick(y(level(shown.quantity)), shown.quantity.text),
    )


def _moments(figures: Sequence[Figure], zone: tzinfo) -> Iterator[datetime]:
    """When each figure is drawn: the middle of what its date can mean, and never before the one before it."""
    latest = None
    for each in figures:
        first, last = each.as_of.bounds(zone)
        middle = first + (last - first) / 2
        latest = middle if latest is None else max(latest, middle)
        yield latest


def level(quantity: Quantity, bound: int | None = None) -> float:
    """The number that a quantity names, as it is printed: 60 of «more than 60»; the middle of a range."""
    if bound is not None and quantity.qualifier == "range":
        return bound
    low, high = quantity.low, quantity.high
    if quantity.qualifier == "more than" and low is not None:
        return low - 1
    if quantity.qualifier == "fewer than" and high is not None:
        return high + 1
    if quantity.qualifier == "range" and low is not None and high is not None:
        return (low + high) / 2
    return (high if quantity.qualifier == "up to" else low) or 0


def _dot(figure: Figure, x: float, y: Callable[[float], float]) -> Dot:
    quantity = figure.quantity
    arrow = {"more than": "up", "at least": "up", "up to": "down", "fewer than": "down"}.get(quantity.qualifier, "")
    low = high = None
    if quantity.qualifier == "range" and quantity.low is not None and quantity.high is not None:
        low, high = y(quantity.low), y(quantity.high)
    height = y(level(quantity))
    return Dot(figure.item.id, quantity.text, x, height, figure.official, bool(figure.superseded_by), arrow, low, high)


def squeeze(after: timedelta) -> float:
    """Where a time after the start lies on the scale: nearly even below some hours, logarithmic above."""
    return log1p(max(after, timedelta()) / _LINEAR)


def _scale(most: float) -> tuple[int, int]:
    """The top of the value axis and the step of its ticks: 1, 2 or 5 times a power of ten, three to six steps."""
    power = 10 ** floor(log10(max(most, 1)))
    step = next(power * part / 10 for part in (2, 5, 10, 20, 50) if most / (power * part / 10) <= 5)
    whole = max(1, round(step))
    return whole * max(1, ceil(most / whole)), whole


def _time_ticks(span: timedelta, x: Callable[[timedelta], float]) -> list[Tick]:
    return [Tick(x(after), label) for after, label in _TICKS if after <= span]


def _apart(ticks: Sequence[Tick], least: float) -> Iterator[Tick]:
    """The ticks that stand at least so far from the one before."""
    last = None
    for tick in ticks:
        if last is None or tick.at - last >= least:
            last = tick.at
            yield tick


def _steps(dots: Sequence[Dot], end: float) -> str:
    """The path of a line that keeps each value until the next, and the last one until `end`."""
    if not dots:
        return ""
    moves = [f"M{dots[0].x} {dots[0].y}"]
    moves += [f"H{after.x}V{after.y}" for _, after in pairwise(dots)]
    return "".join(moves) + f"H{end}"
