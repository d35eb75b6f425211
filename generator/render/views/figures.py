"""Figures: the headline for box and table, and the series for the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from generator.model import Field, Figure, Schema, Series, Value
from generator.render.sheet import Sheet
from generator.render.text import inert
from generator.render.views.view import Row, at_home


def headlines(sheet: Sheet, field: Field, value: Value) -> Iterator[Row]:
    """The headline figure of every measure that is shown in box or table."""
    assert sheet.entry
    for series in sheet.entry.headlines:
        if "box" in series.measure.more.get("show", ()) and series.headline:
            yield Row(series.measure.label, headline(sheet, series))


def headline(sheet: Sheet, series: Series) -> Markup:
    """The headline figure with its qualifier, the range of what stands, its date, its voice and who is counted."""
    figure = series.headline
    assert figure
    spread = Markup('<span class="range">{}</span> ').format(inert(words)) if (words := _range(series)) else Markup("")
    number = Markup(f'<strong class="number">{sheet.quantity(figure.item.values["value"])}</strong>')
    marks = sheet.marks(figure.item.values["sources"]) if at_home(sheet) else Markup("")
    reason = f"; chosen by the editors: {series.headline_reason}" if series.headline_reason else ""
    provenance = Markup('<small class="provenance">as of {}, {}{}</small>').format(
        sheet.date(figure.as_of), sheet.voice(figure.item), inert(f"; {sheet.counted(figure)}{reason}")
    )
    return number + marks + " " + spread + provenance


def _range(series: Series) -> str:
    """`range 130–174`, `range at least 800 to 916`; empty where all figures that stand say the same."""
    if series.range is None:
        return ""
    low, high = series.range
    between = "–" if low.exact and high.exact else " to "
    return f"range {low.text}{between}{high.text}" if low != high else ""


class Voices(NamedTuple):
    """Figures of one series, parted by who speaks."""

    title: str
    figures: tuple[Figure, ...]


def parted(series: Series) -> list[Voices]:
    """The figures that official bodies state, and apart from them those of all other voices; no empty parts."""
    official = tuple(each for each in series.figures if each.official)
    other = tuple(each for each in series.figures if not each.official)
    parts = [Voices("Stated by official bodies", official), Voices("Other voices", other)]
    return [each for each in parts if each.figures]


def measures(schema: Schema) -> list[str]:
    """The measures that are columns of the comparison table."""
    terms = schema.vocabularies["measures"].terms.values()
    return [term.label for term in terms if "table" in term.more.get("show", ())]


def figures_by_measure(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The series of the page by their measure, the whole before its groups."""
    assert sheet.entry
    measures: dict[str, list[Series]] = {}
    for series in sheet.entry.series:
        measures.setdefault(series.measure.id, []).append(series)
    return {"measures": list(measures.values()), "parted": parted, "headline": headline}
