"""What machines get says the same as the pages."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from generator.export import EACH, EXPORTS, export
from generator.model import freeze
from generator.render import render
from tests.invented import good, good_documents

INCIDENTS = "api/v1/incidents.json"


@cache
def told() -> Any:
    (page,) = (page for page in export(good()) if page.path == INCIDENTS)
    return json.loads(page.text)


def by_id() -> dict[str, Any]:
    return {each["id"]: each for each in told()["incidents"]}


def test_every_export_is_made_once() -> None:
    each = [path.format(id=id) for path in EACH for id in good().entries]
    assert [page.path for page in export(good())] == [*EXPORTS, *each]


def test_it_names_its_schema_and_its_licence() -> None:
    assert told()["schema"] == "urn:as-reported:incident" and told()["licence"] == "CC-BY-4.0"


def test_every_incident_is_there_newest_first_with_all_that_its_file_says() -> None:
    assert list(by_id()) == list(good().entries)
    for id, entry in good().entries.items():
        plain = {key: value for key, value in by_id()[id].items() if key != "computed"}
        assert freeze(plain) == entry.incident.values
    for document in good_documents():
        assert set(document.values) <= set(by_id()[document.values["id"]])


def test_letters_are_written_as_letters_and_the_file_ends_with_a_line_end() -> None:
    text = next(page.text for page in export(good()) if page.path == INCIDENTS)
    assert "Захват в Примерном зале" in text and text.endswith("}\n")


def test_the_figures_have_the_bounds_and_statuses_of_the_model() -> None:
    for id, entry in good().entries.items():
        exported = by_id()[id]["computed"]["series"]
        assert [(each["measure"], each["group"]) for each in exported] == [
            (each.measure.id, each.group.id if each.group else None) for each in entry.series
        ]
        for ours, theirs in zip(entry.series, exported, strict=True):
            assert theirs["headline"] == (ours.headline.item.id if ours.headline else None)
            for figure, row in zip(ours.figures, theirs["figures"], strict=True):
                assert (row["id"], row["status"]) == (figure.item.id, figure.status)
                assert (row["low"], row["high"]) == (figure.quantity.low, figure.quantity.high)
                assert row["qualifier"] == figure.quantity.qualifier
                assert tuple(row["superseded_by"]) == figure.superseded_by
                assert tuple(row["contradicts"]) == figure.disputes


def test_the_pages_say_of_each_figure_what_the_export_says() -> None:
    pages = {page.path: page.text for page in render(good())}
    for id, incident in by_id().items():
        page = pages[f"incidents/{id}/index.md"]
        rows = dict(re.findall(r'<tr id="(k\d+)" class="(\w+)"', page))
        figures = [each for series in incident["computed"]["series"] for each in series["figures"]]
        assert rows == {each["id"]: each["status"] for each in figures}
        assert len(figures) == len(incident["figures"])


def test_the_number_in_the_fact_box_is_the_headline_of_the_export() -> None:
    hall = by_id()["2004-example-hall"]
    values = {each["id"]: str(each["value"]) for each in hall["figures"]}
    page = next(page.text for page in render(good()) if page.path == "incidents/2004-example-hall/index.md")
    box = page.partition('<aside class="fact-box"')[2].partition("</aside>")[0]
    shown = re.findall(r'<strong class="number">([^<]*)</strong>', box)
    in_box = {"killed", "injured", "hostages", "missing", "attackers", "attackers-killed"}
    headlines = [each["headline"] for each in hall["computed"]["series"] if not each["group"]]
    kept = [each["headline"] for each in hall["computed"]["series"] if each["measure"] in in_box and not each["group"]]
    assert shown == [values[id] for id in kept] and set(kept) < set(headlines)


def test_what_is_computed_is_there_too() -> None:
    hall = by_id()["2004-example-hall"]["computed"]
    assert hall["duration_minutes"] == 210
    assert hall["timeline"][0] == "e7" and "t1" in hall["timeline"]
    assert {"incident": "2001-example-square", "label": "Preceded by"} in hall["related"]
    square = by_id()["2001-example-square"]["computed"]
    assert square["duration_minutes"] is None
    assert {"incident": "2004-example-hall", "label": "Followed by"} in square["related"]


def test_a_series_that_only_a_party_speaks_for_has_no_headline_and_no_range() -> None:
    injured = next(
        each for each in by_id()["2001-example-square"]["computed"]["series"] if each["measure"] == "injured"
    )
    assert injured["headline"] is None and injured["range"] is None
