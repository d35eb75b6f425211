"""The comparison: every field a column, every incident at the same age, facets, presets, two side by side."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.model import AGES, Catalogue, Document, Entry, Value, freeze
from generator.read import read_schema
from generator.render import render
from generator.render.compare import HERE
from generator.render.compare.columns import DERIVED, Cell, cells, columns
from generator.render.compare.facets import facets, of_incident, written
from generator.render.compare.over_time import on_one_scale, over_time, view_box
from generator.render.compare.pairs import folder
from generator.render.sheet import Sheet
from generator.render.views.figures import measures
from tests import invented
from tests.invented import figure, good, minimal

HALL, SQUARE, TOWN = "2004-example-hall", "2001-example-square", "1999-example-town"


def pages() -> dict[str, str]:
    return {page.path: page.text for page in render(good())}


def register(*incidents: dict[str, Value]) -> Catalogue:
    documents = tuple(Document(f"incidents/{each['id']}.yaml", freeze(each)) for each in incidents)
    return invented.catalogue(documents, invented.schema())


def cells_of(entry: Entry, catalogue: Catalogue) -> dict[str, Cell]:
    return dict(cells(Sheet(catalogue, HERE, entry)))


def one(**changes: Value) -> dict[str, Cell]:
    catalogue = register(minimal(**changes))
    return cells_of(catalogue.entries[TOWN], catalogue)


def words(cell: Cell) -> str:
    """The text of a cell: of links the words."""
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", re.sub(r"<[^>]+>", "", cell.value)).strip()


def source(id: str, issued: str) -> dict[str, Value]:
    return {"id": id, "csl": {"type": "webpage", "title": id, "issued": issued, "accessed": "2026-01-01"}}


# Columns


def test_every_field_marked_for_the_table_is_a_column_and_each_measure_is_one_at_every_age_and_over_time() -> None:
    keys = [each.key for each in columns(invented.schema())]
    assert len(keys) == len(set(keys))
    assert {"when", "where", "incident_type", "tactics", "weapons", "targets", "status", *DERIVED} <= set(keys)
    for measure in measures(invented.schema()):
        at = keys.index(measure)
        assert keys[at - 3 : at + 2] == [*(f"{measure}-{age}" for age in AGES), measure, f"{measure}-over-time"]


def test_a_number_is_ordered_by_its_lower_bound_and_unknown_by_nothing() -> None:
    assert one(figures=[figure("more than 60")])["killed"].sort == "61"
    assert one(figures=[figure("up to 60")])["killed"].sort == "0"
    assert one(figures=[figure("40-50")])["killed"].sort == "40"
    assert "killed" not in one(figures="none-reported")
    assert one()["when"].sort == "1999-01-02T00:00"


WHEN = {"start": "1999-01-02T10:00", "timezone": "Etc/GMT-3"}


@pytest.mark.parametrize(
    ("when", "as_of", "first_day"),
    [
        (WHEN, "1999-01-03T09:59", True),
        (WHEN, "1999-01-03T10:01", False),
        (WHEN, "1999-01-03", False),  # known by the end of that day only
        (WHEN, "1999-01-02", True),
        ("1999-01-02", "1999-01-03", True),  # where no hour is known, from the end of the day on
        ("1999-01-02", "1999-01-04", False),
    ],
)
def test_every_incident_is_shown_at_the_same_age(when: Value, as_of: str, first_day: bool) -> None:
    found = one(when=when, figures=[figure(7, as_of, "example-police"), figure(9, "1999-06-01", "example-police")])
    assert ("killed-24h" in found) == first_day
    assert words(found["killed-7d"]).startswith("7 ") and words(found["killed"]).startswith("9 ")
    assert "Example Police" in words(found["killed-7d"]) and "range" not in words(found["killed-7d"])


def test_an_earlier_figure_is_the_one_that_the_rule_would_have_chosen_then() -> None:
    early = [figure(5, "1999-01-02", "example-police"), figure(8, "1999-01-02", "example-hospital")]
    found = one(figures=[*early, figure(6, "1999-02-01", "example-police")])
    assert words(found["killed-24h"]).startswith("5 range 5–8")
    assert words(found["killed"]).startswith("6 range 6–8")


def test_while_only_places_have_figures_these_are_told_and_none_of_the_whole() -> None:
    places = [{"name": name, "at": "1999-01-02", "sources": ["s1"]} for name in ("Bank", "Mill [x](y)")]
    early = [figure(5, "1999-01-02", "example-police", places=["p1"]), figure(2, "1999-01-02", places=["p2"])]
    found = one(places=places, figures=[*early, figure(8, "1999-02-01", "example-police")])
    assert words(found["killed-24h"]) == "no total yet Bank: 5; Mill &#91;x&#93;(y): 2"
    assert found["killed-24h"].sort == "" and words(found["killed"]).startswith("8 ")


def test_warnings_are_told_by_the_days_before_the_start_and_by_their_number() -> None:
    warning = {"by": "example-police", "gist": "x", "specificity": "general", "sources": ["s1"]}
    warnings = [
        {**warning, "issued": "1998-12-31"},
        {**warning, "issued": "1998-12-18"},
        {**warning, "issued": "unknown"},
    ]
    cell = one(warnings=warnings)["warned"]
    assert words(cell) == "15 days before the first of 3" and cell.sort == "15"
    assert words(one(warnings=warnings[:1])["warned"]) == "2 days before"
    assert one(warnings=warnings[2:])["warned"].sort == ""
    assert "warned" not in one()


def test_who_is_counted_how_far_voices_are_apart_and_how_many_publishers_there_are() -> None:
    figures = [
        figure(130, said_by="example-police", counts="victims-only"),
        figure(174, said_by="example-hospital", counts="victims-only"),
    ]
    found = one(figures=figures)
    assert words(found["counted"]) == "Attackers: not counted"
    assert found["apart"].sort == "44" and words(found["apart"]) == "44 130–174"
    assert found["publishers"].sort == "1" and words(found["publishers"]) == "1 1 source"
    assert words(one(figures=figures[:1])["apart"]) == "none"


def test_a_duration_is_ordered_by_its_minutes() -> None:
    found = cells_of(good().entries[HALL], good())["duration"]
    assert found.sort == "210" and words(found) == "about 4 hours"


# Over time


def test_what_stood_is_drawn_from_the_start_on_and_upside_down() -> None:
    figures = [
        figure(value, day, "example-police") for value, day in ((5, "1999-01-02"), (9, "1999-01-09"), (7, "1999-03-01"))
    ]
    catalogue = register(minimal(figures=figures))
    drawn = over_time(Sheet(catalogue, HERE, catalogue.entries[TOWN]), "killed")
    assert drawn and drawn.top == 9
    line = re.search(r'class="line" d="M(\S+) -5H(\S+)V-9H(\S+)V-7H100"', drawn.svg)
    assert line and 0 < float(line[1]) < float(line[2]) < float(line[3]) < 100
    assert "<title>Killed: 5, then 9, then 7</title>" in drawn.svg
    alone = register(minimal(figures=figures[:1]))
    assert over_time(Sheet(alone, HERE, alone.entries[TOWN]), "killed") is None


def test_drawings_side_by_side_have_the_scale_of_the_highest() -> None:
    drawings = []
    for most in (10, 400):
        figures = [figure(1, "1999-01-02", "example-police"), figure(most, "1999-01-09", "example-police")]
        catalogue = register(minimal(figures=figures))
        drawn = over_time(Sheet(catalogue, HERE, catalogue.entries[TOWN]), "killed")
        assert drawn
        drawings.append(drawn.svg)
    low, high, other = on_one_scale([*drawings, None])
    assert other is None and low and high
    for each in (low, high):
        assert f'viewBox="{view_box(400)}"' in each and "0 to 400<" in each


def test_the_scale_of_a_drawing_sets_thousands_apart() -> None:
    figures = [figure(5, "1999-01-02"), figure(1200, "1999-01-05", supersedes=["k1"])]
    cell = one(figures=figures)["killed-over-time"]
    assert "0 to 1,200<" in cell.value
    (again,) = on_one_scale([cell.value])
    assert again == cell.value


# Facets and presets


def test_an_incident_is_found_by_its_words_but_not_by_those_of_the_past() -> None:
    found = of_incident(good(), good().entries[HALL])
    assert found["country"] == (("XX",),) and found["decade"] == (("2000s",),)
    assert ("firearms",) in found["weapons"] and ("explosives",) not in found["weapons"]
    assert ("example-front", "claimant") in found["actors"] or ("example-front", "accused") in found["actors"]
    assert re.fullmatch(r"[\w;=,/.-]+", written(found))


def test_a_facet_has_every_word_in_use_with_the_number_of_incidents_and_only_where_there_is_a_choice() -> None:
    by_name = {each.name: each for each in facets(good())}
    assert "country" not in by_name  # there is but one
    assert by_name["incident_type"].words[-1] == ("shooting", "Shooting", 2)
    assert by_name["actor"].of == by_name["role"].of == "actors"
    assert (by_name["actor"].place, by_name["role"].place) == (0, 1)
    assert [word for word, *_ in by_name["decade"].words] == ["1990s", "2000s", "2010s"]


def test_every_preset_of_the_schema_names_columns_and_facets_that_there_are() -> None:
    read, problems = read_schema(invented.ROOT / "schema", invented.ROOT)
    assert read and not problems
    keys = {each.key for each in columns(read)} | {"incident"}
    marked = {each.name: each for each in read.every_field() if "facet" in each.show}
    presets = read.document["x-presets"]
    assert len(presets) >= 3
    for name, preset in presets.items():
        assert set(preset["columns"]) <= keys, name
        assert preset.get("sort", "when").removeprefix("-") in keys, name
        for facet, word in preset.get("only", {}).items():
            field = marked[facet]
            vocabulary = field.vocabulary or field.by_name[field.short or ""].vocabulary
            assert word in read.vocabularies[vocabulary or ""].terms, name


# The table and the pairs


def test_a_column_that_no_incident_fills_is_left_out_and_what_a_record_does_not_tell_is_said() -> None:
    table = pages()[HERE]
    assert 'data-key="killed"' in table and 'data-key="attackers-over-time"' not in table
    assert '<td class="none">none recorded</td>' in table and '<td class="none">none known then</td>' in table


def test_the_table_is_not_searched_and_no_allegation_is_in_it() -> None:
    table = pages()[HERE].partition('<div class="table-wrap compare"')[2]
    assert "data-search-exclude" in table.partition(">")[0]
    assert "allegation" not in table.lower()


def test_every_two_related_incidents_have_a_page_side_by_side_that_each_of_them_links() -> None:
    related = {
        tuple(sorted((each.incident, each.other))) for entry in good().entries.values() for each in entry.relations
    }
    assert related
    for first, second in related:
        page = pages()[f"{folder(second, first)}/index.md"]
        for id in (first, second):
            assert f"incidents/{id}/index.md)" in page
            assert f"{folder(first, second)}/index.md)" in pages()[f"incidents/{id}/index.md"]


def test_side_by_side_what_is_the_same_is_told_and_the_reason_of_the_relation_is_given() -> None:
    page = pages()[f"{folder(TOWN, SQUARE)}/index.md"]
    assert "Same place as: Market and square are one place." in page
    assert page.index("Example Town shooting") < page.index("Example Square bombing")
    same = re.findall(r'<tr class="same"[^>]*>\n<th scope="row">([^<]+) <small>the same</small>', page)
    differs = re.findall(r'<tr class="differs"[^>]*>\n<th scope="row">([^<]+)</th>', page)
    assert "Type" in differs and not set(same) & set(differs)


# Previews


def test_a_preview_has_title_date_place_and_the_first_figure_in_words() -> None:
    previews = json.loads(pages()["api/v1/previews.json"])
    assert list(previews) == list(good().entries)
    assert previews[TOWN] == {
        "title": "Example Town shooting",
        "when": "2 January 1999, Example Town, Exampleland",
        "figure": "Killed: 3 (as of 5 January 1999, voice not named)",
    }
    allegation = str(good().entries[HALL].incident.items["t1"].values["gist"])
    assert allegation not in json.dumps(previews, ensure_ascii=False)


def test_a_new_measure_of_the_vocabulary_is_a_column_at_every_age(tmp_path: Path) -> None:
    root = invented.register(tmp_path)
    path = root / "schema/vocabulary/measures.yaml"
    entry = "  evacuated:\n    label: Evacuated\n    definition: People led out.\n    show: [box, table]\n"
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    read, problems = read_schema(root / "schema", root)
    assert read and not problems
    assert {"evacuated", "evacuated-24h", "evacuated-over-time"} <= {each.key for each in columns(read)}
