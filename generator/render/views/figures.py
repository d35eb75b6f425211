"""Figures: the headline for box and table, and the series for the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from generator.model import Field, Figure, Schema, Series, Value
from generator.render import chart, dates
from generator.render.sheet import Sheet
from generator.render.text import inert
from generator.render.views import asof
from generator.render.views.view import Row, at_home


def headlines(sheet: Sheet, field: Field, value: Value) -> Iterator[Row]:
    """The headline figure of every measure that is shown in box or table."""
    assert sheet.entry
    for series in sheet.entry.headlines:
        if "box" in series.measure.more.get("show", ()) and series.headline:
            hint = asof.over_time(sheet, series.measure.id)
            low = series.headline.quantity.low
            number = "" if low is None else str(low)
            yield Row(series.measure.label, headline(sheet, series), hint=hint, key=series.measure.id, sort=number)


def headline(sheet: Sheet, series: Series, *, leading: bool = False) -> Markup:
    """The headline figure with its qualifier, the range of what stands, its date, its voice and who is counted.

    `leading` to its row among all figures, where its sources are; else with the marks of these.
    """
    figure = series.headline
    assert figure
    words = sheet.range(series)
    spread = Markup('<span class="range">{}</span> ').format(inert(words)) if words else Markup("")
    text = sheet.quantity(figure.item.values["value"])
    number = Markup('<strong class="number">{}</strong>').format(sheet.item(figure.item, text) if leading else text)
    marks = sheet.marks(figure.item.values["sources"]) if at_home(sheet) and not leading else Markup("")
    counted = sheet.counted(figure)
    chosen = Markup("; chosen by the editors") if series.headline_reason else Markup("")
    provenance = Markup('<small class="provenance">as of {}, {}{}{}</small>').format(
        sheet.date(figure.as_of),
        sheet.voice(figure.item) if at_home(sheet) else sheet.body(figure.item),
        Markup("; ") + inert(counted) if counted else "",
        chosen,
    )
    return number + marks + " " + spread + provenance


class Voices(NamedTuple):
    """Figures of one series, parted by who speaks."""

    title: str
    figures: tuple[Figure, ...]


def part(series: Series) -> str:
    """Which part of a measure a series is about, by group and places: `children; Volgodonsk`. Empty for the whole."""
    places = ", ".join(str(each.values["name"]) for each in series.places)
    return "; ".join(each for each in (series.group.label if series.group else "", places) if each)


def parted(series: Series) -> list[Voices]:
    """The figures that official bodies state, and apart from them those of all other voices; no empty parts."""
    official = tuple(each for each in series.figures if each.official)
    other = tuple(each for each in series.figures if not each.official)
    parts = [Voices("Stated by official bodies", official), Voices("Other voices", other)]
    return [each for each in parts if each.figures]


def measures(schema: Schema) -> Mapping[str, str]:
    """The measures that are columns of the comparison table, by their ids."""
    terms = schema.vocabularies["measures"].terms.values()
    return {term.id: term.label for term in terms if "table" in term.more.get("show", ())}


def figures_by_measure(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The series of the page by their measure, the whole before its parts."""
    assert sheet.entry
    measures: dict[str, list[Series]] = {}
    for series in sheet.entry.series:
        measures.setdefault(series.measure.id, []).append(series)
    start, zone = sheet.entry.incident.start, sheet.entry.incident.zone
    return {
        "measures": list(measures.values()),
        "parted": parted,
        "part": part,
        "headline": headline,
        "then": asof.statuses(sheet),
        "draw": lambda series: chart.draw(series.figures, series.headline, start, zone),
        "labels": {each.item.id: _spoken(sheet, each) for series in sheet.entry.series for each in series.figures},
        "n": lambda number: Markup(f"{number:g}"),
        "m": Markup,
    }


def _spoken(sheet: Sheet, figure: Figure) -> str:
    """A figure in one line, as the link of its dot says it: `more than 60, FSB, 23 March 2024`."""
    voice = sheet.catalogue.schema.voice(figure.said_by)
    when = dates.spell(figure.as_of, sheet.entry.incident.zone) if sheet.entry else ""
    return f"{figure.quantity.text}, {voice}, {when}"
