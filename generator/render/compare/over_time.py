"""A small drawing for the comparison: the figure that stood, from the start of the incident on.

All drawings share one scale of time, so that they can be laid side by side; the scale of numbers is that of the
`viewBox`, which whoever lays them side by side sets to the highest of them. Heights are numbers of people, upside down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from generator.model import whole
from generator.render.chart import level, squeeze
from generator.render.sheet import Sheet
from generator.render.text import inert

WIDTH = 100
SPAN = timedelta(days=30 * 365)
_TOP = re.compile(r' data-top="(\d+)"')
_SCALE = re.compile(r"0 to [\d,]+<")
_BOX = re.compile(r'viewBox="[-\d ]+" data-top')
TICKS = (timedelta(days=1), timedelta(days=30), timedelta(days=365))


class Small(NamedTuple):
    """The drawing, and the highest number in it."""

    svg: Markup
    top: int


class Step(NamedTuple):
    """From `x` on the figure was `number`, in the words `text`."""

    x: float
    number: int
    text: str


def over_time(sheet: Sheet, measure: str) -> Small | None:
    """The drawing of a measure; None where fewer than two numbers stood one after the other."""
    steps = list(_steps(sheet, measure))
    if len(steps) < 2:
        return None
    top = max(each.number for each in steps)
    path = f"M{steps[0].x:g} {-steps[0].number}"
    path += "".join(f"H{after.x:g}V{-after.number}" for _, after in pairwise(steps)) + f"H{WIDTH}"
    said = ", then ".join([steps[0].text, *(each.text for each in steps[1:-1][-3:]), steps[-1].text])
    title = f"{sheet.term('measures', measure).label}: {said}"
    return Small(_drawn(path, top, title), top)


def view_box(top: int) -> str:
    """The `viewBox` in which numbers up to `top` are drawn, with a little room above and below."""
    room = max(1, round(top * 0.06))
    return f"0 {-top - room} {WIDTH} {top + 2 * room}"


def on_one_scale(values: Sequence[Markup | None]) -> tuple[Markup | None, ...]:
    """The same cells with all drawings in them on the scale of the highest."""
    tops = [int(top) for value in values if value for top in _TOP.findall(value)]
    box = f'viewBox="{view_box(max(tops))}" data-top' if tops else ""
    scale = f"0 to {max(tops):,}<" if tops else ""
    return tuple(
        Markup(_SCALE.sub(scale, _BOX.sub(box, value))) if value and _TOP.search(value) else value for value in values
    )


def _drawn(path: str, top: int, title: str) -> Markup:
    grid = "".join(f"M{_x(each):g} 0V{-top}" for each in TICKS)
    return Markup(
        '<svg class="over-time" role="img" viewBox="{}" data-top="{}" preserveAspectRatio="none"><title>{}</title>'
        '<path class="grid" d="{}"/><path class="line" d="{}"/></svg>'
        '<small class="scale">0 to {:,}</small>'
    ).format(view_box(top), top, inert(title), Markup(grid), Markup(path), top)


def _x(after: timedelta) -> float:
    return round(min(1.0, squeeze(after) / squeeze(SPAN)) * WIDTH, 1)


def _steps(sheet: Sheet, measure: str) -> Iterator[Step]:
    """The figure that stood, at every moment at which it became another one."""
    assert sheet.entry
    start = sheet.entry.incident.start
    if not start.known:
        return
    begin = start.bounds(sheet.entry.incident.zone)[0]
    last = None
    for stood in sheet.entry.stood:
        series = whole(stood.series, measure)
        quantity = series.headline.quantity if series and series.headline else None
        if quantity and quantity.text != last:
            last = quantity.text
            yield Step(_x(stood.at - begin), round(level(quantity)), last)
