"""Figures over time: every report has its place, and what is drawn is what the table says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.model import Catalogue, Entry, Series, Settings
from generator.pipeline import build
from generator.render.chart import FRAMES, Drawing, draw

ROOT = Path(__file__).parent.parent


@cache
def catalogue() -> Catalogue:
    built = build(ROOT, Settings(), date.today())
    assert built.catalogue, built.problems
    return built.catalogue


@cache
def page(id: str) -> str:
    built = build(ROOT, Settings(), date.today())
    return next(each.text for each in built.pages if each.path == f"incidents/{id}/index.md")


def drawn(entry: Entry, series: Series) -> tuple[Drawing, ...]:
    return draw(series.figures, series.headline, entry.incident.start, entry.incident.zone)


def every_drawing() -> Iterator[tuple[Series, Drawing]]:
    for entry in catalogue().entries.values():
        for series in entry.series:
            yield from ((series, drawing) for drawing in drawn(entry, series))


def test_every_dated_number_has_its_dot_inside_the_frame() -> None:
    assert list(every_drawing())
    for series, drawing in every_drawing():
        frame = drawing.frame
        dated = {each.item.id for each in series.figures if each.as_of.known and each.quantity.text != "unknown"}
        assert {dot.id for dot in drawing.dots} == dated
        for dot in drawing.dots:
            assert frame.left <= dot.x <= frame.width - frame.right
            assert frame.top <= dot.y <= frame.height - frame.bottom


def test_time_never_runs_backwards_and_the_latest_stands_at_the_end() -> None:
    for _, drawing in every_drawing():
        places = [dot.x for dot in drawing.dots]
        assert places == sorted(places)
        assert places[-1] == drawing.frame.width - drawing.frame.right


def test_higher_numbers_stand_higher_and_the_axis_reaches_them() -> None:
    for series, drawing in every_drawing():
        heights = {dot.id: dot.y for dot in drawing.dots}
        exact = sorted((each for each in series.figures if each.quantity.exact and each.item.id in heights), key=low)
        assert [heights[each.item.id] for each in exact] == sorted(
            (heights[each.item.id] for each in exact), reverse=True
        )
        assert int(drawing.y_ticks[-1].label.replace(",", "")) >= max((low(each) for each in exact), default=0)
        assert drawing.y_ticks[0].label == "0"


def low(figure: object) -> int:
    return figure.quantity.low or 0  # type: ignore[attr-defined]


def test_hours_and_years_have_room_in_one_drawing() -> None:
    entry = catalogue().entries["2024-crocus-city-hall"]
    wide = drawn(entry, entry.series[0])[0]
    labels = [tick.label for tick in wide.x_ticks]
    assert labels[0] == "start" and "1 day" in labels and labels[-1] in ("6 months", "1 year")
    gaps = [after.at - before.at for before, after in zip(wide.x_ticks, wide.x_ticks[1:], strict=False)]
    assert min(gaps) >= wide.frame.apart


def test_the_label_is_the_headline_and_the_marks_say_what_the_words_say() -> None:
    entry = catalogue().entries["2024-crocus-city-hall"]
    killed = entry.series[0]
    drawing = drawn(entry, killed)[0]
    assert killed.headline and drawing.newest.label == killed.headline.quantity.text
    by_id = {dot.id: dot for dot in drawing.dots}
    for figure in killed.figures:
        if figure.item.id in by_id:
            dot = by_id[figure.item.id]
            assert (dot.arrow == "up") == (figure.quantity.qualifier in ("more than", "at least"))
            assert dot.superseded == bool(figure.superseded_by)
            assert dot.official == figure.official


def test_one_figure_alone_is_not_drawn() -> None:
    entry = catalogue().entries["2024-crocus-city-hall"]
    assert draw(entry.series[0].figures[:1], None, entry.incident.start, UTC) == ()


@pytest.mark.parametrize("id", sorted(catalogue().entries))
def test_the_page_draws_each_measure_twice_links_each_dot_and_nothing_leaves_the_page(id: str) -> None:
    text = page(id)
    figures = re.findall(r'<figure class="chart".*?</figure>', text, re.DOTALL)
    entry = catalogue().entries[id]
    assert len(figures) == sum(bool(drawn(entry, each)) for each in entry.series if each.whole)
    for figure in figures:
        tree = ElementTree.fromstring(re.sub(r" data-search-exclude", "", figure))
        drawings = tree.findall("svg")
        assert [each.get("class") for each in drawings] == [frame.name for frame in FRAMES]
        for each in drawings:
            image = each.find("g")
            assert image is not None and image.get("role") == "img" and image.findtext("title")
            links = [link.get("href", "") for link in each.findall("a")]
            assert links and all(f'id="{link[1:]}"' in text for link in links)
        assert "http" not in figure


def test_a_flat_stretch_keeps_its_value_until_the_next() -> None:
    entry = catalogue().entries["2024-crocus-city-hall"]
    drawing = drawn(entry, entry.series[0])[0]
    assert re.fullmatch(r"M[\d.]+ [\d.]+(H[\d.]+V[\d.]+)*H[\d.]+", drawing.official)
