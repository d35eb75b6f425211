"""As it stood: a table of the first day, week and month, and the attributes by which the page's script goes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from markupsafe import Markup

from generator.model import Entry, Field, Figure, Series, Stood, whole
from generator.render import dates
from generator.render.sheet import Sheet

SPANS = {"First day": 1, "First week": 7, "First month": 30}


class Line(NamedTuple):
    """A row of the table: a measure with a figure for each column, or what is counted with its numbers.

    `parts` are, for each column without a figure of the whole, those of single places.
    """

    title: str
    figures: tuple[Figure | None, ...] = ()
    parts: tuple[tuple[Figure, ...], ...] = ()
    numbers: tuple[int, ...] = ()


class Table(NamedTuple):
    """The columns, each with the last of its days (none for today's), the rows, and the days one can go back to."""

    columns: tuple[tuple[str, date | None], ...]
    lines: tuple[Line, ...]
    days: tuple[date, ...]


def table(sheet: Sheet) -> Table | None:
    """What was known by when, without columns that would be as now; None where all was known on the first day."""
    assert sheet.entry
    entry = sheet.entry
    if len(entry.days) < 2:
        return None
    ends = {title: entry.days[0] + timedelta(days=span - 1) for title, span in SPANS.items()}
    columns: dict[str, date | None] = {title: end for title, end in ends.items() if end < entry.days[-1]}
    columns["Now"] = None
    by_column = [_series_by(entry, end) for end in columns.values()]
    lines = []
    for series in entry.headlines:
        if "box" in series.measure.more.get("show", ()):
            then = tuple(_headline(each, series.measure.id) for each in by_column)
            parts = tuple(of_places(each, series.measure.id) for each in by_column)
            lines.append(Line(series.measure.label, then, parts))
    for block in sheet.catalogue.schema.blocks:
        items = entry.incident.block(block.name)
        if block.known == "said" and items and not _figures(block, entry):
            lines.append(Line(block.title, numbers=tuple(_count(entry, block, end) for end in columns.values())))
    return Table(tuple(columns.items()), tuple(lines), entry.days)


def over_time(sheet: Sheet, measure: str) -> Markup:
    """The attribute that names the headline figure of a measure, and the range beside it, from each moment on."""
    assert sheet.entry
    changes: list[tuple[str, str]] = []
    for stood in sheet.entry.stood:
        series = whole(stood.series, measure)
        words = f"{series.headline.item.id} {sheet.range(series)}".strip() if series and series.headline else "-"
        if not changes or changes[-1][1] != words:
            changes.append((_stamp(sheet, stood), words))
    return Markup(' data-then="{}"').format(";".join(f"{at} {words}" for at, words in changes))


def statuses(sheet: Sheet) -> Mapping[str, Markup]:
    """By the id of a figure, the attribute that says what it was from each moment on, if not always what it is now."""
    assert sheet.entry
    changes: dict[str, list[tuple[str, str]]] = {}
    for stood in sheet.entry.stood:
        for figure in _every(stood.series):
            seen = changes.setdefault(figure.item.id, [])
            if not seen or seen[-1][1] != figure.status:
                seen.append((_stamp(sheet, stood), figure.status))
    now = {figure.item.id: figure.status for figure in _every(sheet.entry.series)}
    return {
        id: Markup(' data-then="{}"').format(";".join(f"{at} {status}" for at, status in seen))
        for id, seen in changes.items()
        if [status for _, status in seen] != [now[id]]
    }


def _figures(block: Field, entry: Entry) -> bool:
    return any(figure.item.block is block for figure in _every(entry.series))


def _every(series: tuple[Series, ...]) -> Iterator[Figure]:
    return (figure for each in series for figure in each.figures)


def _headline(series: tuple[Series, ...], measure: str) -> Figure | None:
    found = whole(series, measure)
    return found.headline if found else None


def of_places(series: tuple[Series, ...], measure: str) -> tuple[Figure, ...]:
    """The figures of single places where none of the whole is known: of these alone the whole cannot be told."""
    if _headline(series, measure):
        return ()
    ours = (each for each in series if each.measure.id == measure and each.group is None and len(each.places) == 1)
    return tuple(each.headline for each in ours if each.headline)


def _series_by(entry: Entry, end: date | None) -> tuple[Series, ...]:
    return entry.series if end is None else entry.series_by(_end_of(end, entry))


def _count(entry: Entry, block: Field, end: date | None) -> int:
    items = entry.incident.block(block.name)
    if end is None:
        return len(items)
    return sum(item.id in entry.known and entry.known[item.id] <= _end_of(end, entry) for item in items)


def _end_of(day: date, entry: Entry) -> datetime:
    return datetime.combine(day, time(23, 59), entry.incident.zone).astimezone(UTC)


def _stamp(sheet: Sheet, stood: Stood) -> str:
    assert sheet.entry
    return dates.stamp(stood.at, sheet.entry.incident.zone)
