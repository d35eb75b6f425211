"""The several places of one incident: what happened at each, and the figures that stand of it alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from generator.model import Field, Figure, Item, Value
from generator.render.sheet import Sheet
from generator.render.views.blocks import Rest, rest
from generator.render.views.figures import headline

OWN = ("gist",)  # shown as the text of the place


class Place(NamedTuple):
    """One place: its other fields, by measure the figure that stands of it and why it was chosen, if it was, and the
    figures it shares with others.
    """

    item: Item
    rest: list[Rest]
    figures: tuple[tuple[str, Markup, Markup], ...]
    shared: tuple[Figure, ...]


def places(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The places in the order of the file."""
    assert sheet.entry
    return {"places": [_place(sheet, item) for item in sheet.entry.incident.block(field.name)]}


def _place(sheet: Sheet, item: Item) -> Place:
    text = {item.block.by_name[name].title for name in OWN if name in item.block.by_name}
    others = [each for each in rest(sheet, item) if each.title not in text]
    return Place(item, others, tuple(_figures(sheet, item)), tuple(_shared(sheet, item)))


def _figures(sheet: Sheet, item: Item) -> Iterator[tuple[str, Markup, Markup]]:
    assert sheet.entry
    for series in sheet.entry.series:
        if series.places == (item,) and series.group is None and series.headline:
            reason = sheet.prose(series.headline_reason) if series.headline_reason else Markup()
            yield series.measure.label, headline(sheet, series, leading=True), reason


def _shared(sheet: Sheet, item: Item) -> Iterator[Figure]:
    assert sheet.entry
    for series in sheet.entry.series:
        if item in series.places and len(series.places) > 1:
            yield from series.live
