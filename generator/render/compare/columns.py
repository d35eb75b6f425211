"""The columns of the comparison: those of the schema, each measure at several ages and over time, and what is derived.

To add a derived column, write a function from a sheet to a cell and name it in DERIVED.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.model import AGES, Figure, Schema, Series, whole
from generator.render import views
from generator.render.compare.over_time import over_time
from generator.render.sheet import Sheet
from generator.render.text import inert
from generator.render.views.asof import of_places
from generator.render.views.figures import measures
from generator.render.views.sources import counted as number_of

SPOKEN = {"24h": "after 24 hours", "7d": "after 7 days", "30d": "after 30 days"}


class Cell(NamedTuple):
    """What stands in a column for one incident; `sort` orders it where its text does not, empty when not known."""

    value: Markup
    sort: str = ""


class Column(NamedTuple):
    """One column: `key` in an address, `numeric` if ordered by number, the `age` it is of, and `of` which measure."""

    key: str
    title: str
    numeric: bool = False
    age: str = ""
    of: str = ""


def columns(schema: Schema) -> tuple[Column, ...]:
    """All columns there can be: of each measure at each age, then as it stands, then over time."""
    found: list[Column] = []
    figures = measures(schema)
    for key, title in views.column_titles(schema).items():
        if key in figures:
            found += (Column(f"{key}-{age}", f"{title} {SPOKEN[age]}", True, age, key) for age in AGES)
            found.append(Column(key, title, numeric=True, of=key))
            found.append(Column(f"{key}-over-time", f"{title} over time", True, of=key))
        else:
            found.append(Column(key, title))
    first = next(iter(figures.values()), "")
    found += (Column(key, title.format(measure=first), number) for key, (title, number, _) in DERIVED.items())
    return tuple(found)


def cells(sheet: Sheet) -> Mapping[str, Cell]:
    """The cells of one incident by the keys of their columns; what the record does not tell is left out."""
    assert sheet.entry
    found = {row.key: Cell(row.value, row.sort) for row in views.columns(sheet)}
    for measure in measures(sheet.catalogue.schema):
        for age, after in AGES.items():
            stood = sheet.entry.series_after(after)
            series = whole(stood, measure)
            if series and series.headline:
                found[f"{measure}-{age}"] = Cell(_number(sheet, series, series.headline), _low(series.headline))
            elif parts := of_places(stood, measure):
                found[f"{measure}-{age}"] = Cell(_parts(sheet, parts))
        if drawing := over_time(sheet, measure):
            found[f"{measure}-over-time"] = Cell(drawing.svg, str(drawing.top))
    for key, (*_, make) in DERIVED.items():
        if cell := make(sheet):
            found[key] = cell
    return found


def _low(figure: Figure) -> str:
    return "" if figure.quantity.low is None else str(figure.quantity.low)


def _number(sheet: Sheet, series: Series, figure: Figure) -> Markup:
    """A figure of an earlier moment in few words: number, range, date and voice."""
    words = sheet.range(series)
    return Markup('<b class="number">{}</b> {}<small class="provenance">as of {}, {}</small>').format(
        sheet.quantity(figure.item.values["value"]),
        Markup('<span class="range">{}</span> ').format(inert(words)) if words else "",
        sheet.date(figure.as_of, short=True),
        inert(sheet.catalogue.schema.voice(figure.said_by)),
    )


def _parts(sheet: Sheet, figures: Sequence[Figure]) -> Markup:
    """Figures of single places of an earlier moment, when none of the whole could be known."""
    said = Markup("; ").join(
        Markup("{}: {}").format(inert(each.places[0].values["name"]), sheet.quantity(each.item.values["value"]))
        for each in figures
    )
    return Markup('<span class="none">no total yet</span> <small class="provenance">{}</small>').format(said)


def _first(sheet: Sheet) -> Series | None:
    """The series of the first measure of the table, which for attacks is the number killed."""
    assert sheet.entry
    return next((whole(sheet.entry.series, each) for each in measures(sheet.catalogue.schema)), None)


def _duration(sheet: Sheet) -> Cell | None:
    assert sheet.entry
    if sheet.entry.duration is None:
        return None
    return Cell(inert(sheet.duration()), str(round(sheet.entry.duration.total_seconds() / 60)))


def _warned(sheet: Sheet) -> Cell | None:
    """How long before the start the first of the items came that must lie before it, and how many there are."""
    assert sheet.entry
    incident = sheet.entry.incident
    before = [
        item.moment
        for item in incident.items.values()
        if item.block.date and item.block.by_name[item.block.date].time == "before-start" and item.moment
    ]
    dated = [each for each in before if each.known]
    if not before:
        return None
    if not dated or not incident.start.known:
        return Cell(Markup('<small class="provenance">{} recorded, day not given</small>').format(len(before)))
    first = min(each.bounds(incident.zone)[0] for each in dated)
    days = (incident.start.bounds(incident.zone)[0].date() - first.date()).days
    words = "on the same day" if days <= 0 else f"{number_of(days, 'day')} before"
    rest = Markup(' <small class="provenance">the first of {}</small>').format(len(before)) if len(before) > 1 else ""
    return Cell(inert(words) + rest, str(days))


def _counted(sheet: Sheet) -> Cell | None:
    """Whether those who are counted apart, the attackers, are among the number killed."""
    series = _first(sheet)
    figure = series.headline if series else None
    field = figure.item.block.by_name.get("counts") if figure else None
    if figure is None or field is None:
        return None
    apart = [each for each in field.fields if each.apart and each.vocabulary]
    words = [f"{each.title}: {sheet.term(each.vocabulary or '', figure.counts[each.name]).label}" for each in apart]
    return Cell(inert("; ".join(words)), "; ".join(figure.counts[each.name] for each in apart)) if words else None


def _apart(sheet: Sheet) -> Cell | None:
    """How far the lowest and the highest number of those killed that stand are apart, in people."""
    series = _first(sheet)
    if series is None or series.range is None:
        return None
    low, high = series.range
    most = high.low if high.high is None else high.high
    between = (most or 0) - (low.low or 0)
    words = sheet.range(series).removeprefix("range ")
    if not words:
        return Cell(Markup("none"), "0")
    return Cell(Markup('{:,} <small class="provenance">{}</small>').format(between, inert(words)), str(between))


def _publishers(sheet: Sheet) -> Cell | None:
    assert sheet.entry
    sources = sheet.entry.incident.sources.values()
    many = len({each.publisher for each in sources})
    return Cell(
        Markup('{} <small class="provenance">{}</small>').format(many, number_of(len(sources), "source")), str(many)
    )


Make = Callable[[Sheet], Cell | None]
DERIVED: Mapping[str, tuple[str, bool, Make]] = {  # title, with the first measure in it, and whether it is a number
    "duration": ("Duration", True, _duration),
    "warned": ("First warning", True, _warned),
    "counted": ("{measure}: who is counted", False, _counted),
    "apart": ("{measure}: voices apart", True, _apart),
    "publishers": ("Independent publishers", True, _publishers),
}
