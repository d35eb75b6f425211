"""From when on something could be known: the rule step by step, and what stood on the first days of a real record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from generator.derive import derive
from generator.derive.figures import arranged, reported
from generator.derive.known import known
from generator.model import Catalogue, Entry, Figure, Schema, Series, Settings, Stood, Value
from generator.read import read_incidents, read_schema
from generator.render.sheet import Sheet
from generator.render.views import asof
from generator.resolve import relations, resolve
from tests.invented import figure, good, minimal, resolved, schema

ROOT = Path(__file__).parents[1]
CROCUS = "2024-crocus-city-hall"
CLAIM = {"type": "attribution", "by": "example-police", "status": "unverified", "gist": "Said so.", "sources": ["s1"]}
WARNING = {"by": "example-embassy", "issued": "1998-12-20", "specificity": "general", "gist": "So.", "sources": ["s1"]}
EVENT = {"text": "It was so.", "sources": ["s1"]}


def source(id: str, issued: str | None) -> dict[str, Value]:
    csl = {"type": "webpage", "title": id, "container-title": id, "accessed": "2026-01-01", "language": "en"}
    return {"id": id, "csl": {**csl, **({"issued": issued} if issued else {}), "URL": f"https://example.org/{id}"}}


SOURCES = [source("s1", "1999-02-10"), source("s2", "1999-01-20"), source("s3", None), source("s4", "1999")]


def since(part: str, **blocks: Value) -> str | None:
    """From when on a part of a small record could be known, in UTC and to the minute."""
    at = known(resolved(minimal(sources=SOURCES, **blocks)), schema()).get(part)
    return at.strftime("%Y-%m-%dT%H:%M") if at else None


@pytest.mark.parametrize(
    ("as_of", "at"),
    [
        ("1999-01-05", "1999-01-05T23:59"),
        ("1999-01-05T08:30", "1999-01-05T08:30"),
        ("1999-01-05T08:30+03:00", "1999-01-05T05:30"),
        ("1999-01-05T08:30/1999-01-05T12:00", "1999-01-05T12:00"),
        ("1999-01", "1999-01-31T23:59"),
        ("1999-01-05~", "1999-01-05T23:59"),
        ("../1999-01-06", "1999-01-06T23:59"),
    ],
)
def test_what_was_said_in_public_could_be_known_from_the_end_of_its_own_date(as_of: str, at: str) -> None:
    assert since("k1", figures=[figure(3, as_of=as_of)]) == at
    assert since("c1", claims=[{**CLAIM, "made": as_of}]) == at


@pytest.mark.parametrize("as_of", ["unknown", "1999-01-05/.."])
def test_without_an_end_to_its_date_it_could_be_known_from_its_first_source(as_of: str) -> None:
    assert since("k1", figures=[figure(3, as_of=as_of, sources=["s1", "s3", "s2"])]) == "1999-01-20T23:59"


def test_a_day_ends_at_the_place() -> None:
    place = {"start": "1999-01-02", "timezone": "Etc/GMT-5"}
    assert since("k1", when=place, figures=[figure(3)]) == "1999-01-05T18:59"


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({"public": True}, "1998-12-20T23:59"),
        ({"public": False}, "1999-02-10T23:59"),
        ({}, "1999-02-10T23:59"),
        ({"public": False, "disclosed": "1999-01-15"}, "1999-01-15T23:59"),
        ({"public": True, "disclosed": "1999-01-15"}, "1999-01-15T23:59"),
        ({"public": False, "disclosed": "unknown"}, "1999-02-10T23:59"),
    ],
)
def test_a_warning_could_be_known_when_it_was_given_only_if_it_was_public(more: dict[str, Value], at: str) -> None:
    assert since("w1", warnings=[{**WARNING, **more}]) == at


@pytest.mark.parametrize(
    ("happened", "sources", "at"),
    [
        ("1999-01-02T10:00", ["s1"], "1999-02-10T23:59"),
        ("1999-01-02T10:00", ["s1", "s2"], "1999-01-20T23:59"),
        ("1999-01-25", ["s2"], "1999-01-25T00:00"),
        ("1999-01-02", ["s4"], "1999-12-31T23:59"),
        ("unknown", ["s2"], "1999-01-20T23:59"),
        ("1999-01-02", ["s3"], None),
    ],
)
def test_an_event_could_be_known_from_its_first_source_and_not_before_it(
    happened: str, sources: list[str], at: str | None
) -> None:
    assert since("e1", timeline=[{**EVENT, "at": happened, "sources": sources}]) == at
    response = {"kind": "inquiry", "date": happened, "gist": "They asked.", "sources": sources}
    assert since("r1", responses=[response]) == at


def test_a_question_could_be_known_with_the_first_of_its_positions() -> None:
    positions = [
        {"by": "example-police", "gist": "Yes.", "as_of": "1999-03-01", "sources": ["s1"]},
        {"by": "example-times", "gist": "No.", "sources": ["s2"]},
        {"by": "example-court", "gist": "Perhaps.", "sources": ["s3"]},
    ]
    contested = [{"question": "Was it?", "positions": positions}]
    parts = ["q1.positions.0", "q1.positions.1", "q1.positions.2", "q1"]
    found = [since(part, contested=contested) for part in parts]
    assert found == ["1999-03-01T23:59", "1999-01-20T23:59", None, "1999-01-20T23:59"]


def test_a_line_of_the_box_could_be_known_with_the_last_of_its_parts() -> None:
    def weapons(*sources: str) -> Value:
        return {
            "incident_type": ["shooting"],
            "weapons": [{"value": "firearms", "sources": [each]} for each in sources],
        }

    assert since("classification.weapons", classification=weapons("s2", "s1")) == "1999-02-10T23:59"
    assert since("classification.weapons", classification=weapons("s2", "s3")) is None
    assert since("classification.incident_type") is None
    assert since("where", where={"settlement": "Town", "country": "XX", "sources": ["s2"]}) == "1999-01-20T23:59"


def entry(**blocks: Value) -> Entry:
    made = resolved(minimal(sources=SOURCES, **blocks))
    return derive([made], {}, schema(), Settings()).entries[made.id]


def test_the_days_begin_with_that_of_the_start_and_hold_every_change_after_it() -> None:
    found = entry(
        when={"start": "1999-01-02T10:00", "timezone": "Etc/GMT-5"},
        figures=[figure(3), figure(4, as_of="1999-01-05T23:30+05:00"), figure(5, as_of="1999-01-07")],
        warnings=[{**WARNING, "public": True}],
        timeline=[{**EVENT, "at": "1999-01-02"}],
    )
    assert [str(each) for each in found.days] == ["1999-01-02", "1999-01-05", "1999-01-07", "1999-02-10"]


def killed(series: tuple[Series, ...]) -> Series:
    return next(each for each in series if each.measure.id == "killed" and each.group is None)


def test_what_was_replaced_later_stood_then() -> None:
    police = {"said_by": "example-police"}
    found = entry(
        figures=[
            figure(3, as_of="1999-01-03", **police, disputed_by=["k3"]),
            figure(5, as_of="1999-01-04", **police),
            figure(9, as_of="1999-01-05", said_by="example-hospital", supersedes=["k1", "k2"]),
        ]
    )
    then = [{each.item.id: each.status for each in killed(stood.series).figures} for stood in found.stood]
    assert then == [
        {"k1": "current"},
        {"k1": "superseded", "k2": "current"},
        {"k1": "superseded", "k2": "superseded", "k3": "disputed"},
    ]
    headlines = [killed(stood.series).headline for stood in found.stood]
    assert [each and each.item.id for each in headlines] == ["k1", "k2", "k3"]


def test_nothing_stood_before_it_was_known_and_nothing_is_lost_on_the_way_to_now() -> None:
    for each in (*good().entries.values(), *real().entries.values()):
        figures = reported(each.incident, schema_of(each))
        for stood in each.stood:
            shown = {figure.item.id for series in stood.series for figure in series.figures}
            by_then = {id for id, at in each.known.items() if at <= stood.at}
            assert shown == by_then & {figure.item.id for figure in figures}
        if all(figure.item.id in each.known for figure in figures) and each.stood:
            assert each.stood[-1].series == each.series == arranged(figures, each.incident.zone, schema_of(each))
        assert all(one.at < other.at for one, other in pairwise(each.stood))


def test_nothing_that_was_said_could_be_known_before_the_day_it_was_said() -> None:
    for each in (*good().entries.values(), *real().entries.values()):
        for item in each.incident.items.values():
            if item.id in each.known and item.moment and item.moment.known and "disclosed" not in item.values:
                assert each.known[item.id] >= item.moment.bounds(each.incident.zone)[0], (each.incident.id, item.id)


@cache
def real() -> Catalogue:
    """The catalogue of the real register."""
    using = real_schema()
    incidents = resolve(read_incidents(ROOT / "incidents", ROOT).documents, using)
    return derive(incidents, relations(incidents, using), using, Settings())


@cache
def real_schema() -> Schema:
    using, problems = read_schema(ROOT / "schema", ROOT)
    assert using, problems
    return using


def schema_of(entry: Entry) -> Schema:
    return real_schema() if entry.incident.id in real().entries else schema()


def stood_on(day: date) -> Stood:
    found = real().entries[CROCUS]
    end = datetime(day.year, day.month, day.day, 20, 59, tzinfo=UTC)  # 23:59 in Moscow
    return [each for each in found.stood if each.at <= end][-1]


def first(day: date) -> tuple[str, str | None, str | None]:
    chosen: Figure | None = killed(stood_on(day).series).headline
    assert chosen
    return chosen.quantity.text, chosen.said_by, chosen.as_of.text[:10]


def test_on_the_first_evening_the_toll_of_crocus_was_forty() -> None:
    assert first(date(2024, 3, 22)) == ("40", "fsb", "2024-03-22")


def test_on_the_next_day_the_toll_of_crocus_was_disputed() -> None:
    assert first(date(2024, 3, 23))[2] == "2024-03-23"
    series = killed(stood_on(date(2024, 3, 23)).series)
    assert series.range and [each.text for each in series.range] == ["133", "150"]
    assert series.headline and series.headline.status == "disputed"
    noon = [each for each in real().entries[CROCUS].stood if each.at <= datetime(2024, 3, 23, 9, tzinfo=UTC)][-1]
    at_noon = killed(noon.series).headline
    assert at_noon and (at_noon.quantity.text, at_noon.said_by) == ("115", "investigative-committee-russia")


def test_what_came_out_later_could_not_be_known_on_the_first_day() -> None:
    found = real().entries[CROCUS]
    end = datetime(2024, 3, 22, 20, 59, tzinfo=UTC)
    by_then = {id for id, at in found.known.items() if at <= end}
    assert {"w1", "w2", "c1", "t1", "k4"} <= by_then  # public warnings, the first claim, the first toll
    assert not {"w4", "w5", "r3", "e1", "j1", "c6", "a1", "k8", "s-tass-verdict"} & by_then


# What the page is told


def sheet(of: Entry) -> Sheet:
    return Sheet(good(), f"incidents/{of.incident.id}/index.md", of)


def test_the_page_is_told_the_day_or_the_minute_and_nothing_for_what_belongs_to_now() -> None:
    when = {"start": "1999-01-02", "timezone": "Etc/GMT-5"}
    figures = [figure(3), figure(4, as_of="1999-01-06T08:30+05:00"), figure(5, as_of="unknown", sources=["s3"])]
    told = sheet(entry(when=when, figures=figures))
    assert [str(told.known(id)) for id in ("k1", "k2", "k3")] == [
        ' data-known="1999-01-05"',
        ' data-known="1999-01-06T08:30"',
        ' data-known=""',
    ]


def test_the_page_is_told_which_figure_stood_from_when_on_and_only_where_that_changes() -> None:
    police = {"said_by": "example-police"}
    figures = [
        figure(3, as_of="1999-01-03", **police),
        figure("5-6", as_of="1999-01-04", **police),
        figure(9, as_of="1999-01-04", said_by="example-hospital"),
        figure(1, as_of="1999-01-09", said_by="example-times", counts="attackers-only"),
        {**figure(2, as_of="1999-01-10"), "measure": "injured"},
    ]
    told = sheet(entry(figures=figures))
    spread = told.range(killed(told.entry.stood[1].series)) if told.entry else ""
    assert "5–6" in spread and "9" in spread
    assert str(asof.over_time(told, "killed")) == f' data-then="1999-01-03 k1;1999-01-04 k2 {spread};1999-01-09 k4"'
    assert asof.statuses(told) == {"k1": ' data-then="1999-01-03 current;1999-01-04 superseded"'}


def test_the_table_has_the_columns_that_differ_from_now() -> None:
    figures = [figure(3, as_of="1999-01-02"), figure(5, as_of="1999-01-20", supersedes=["k1"])]
    found = asof.table(sheet(entry(figures=figures, claims=[{**CLAIM, "made": "1999-01-05"}])))
    assert found
    assert [title for title, _ in found.columns] == ["First day", "First week", "Now"]
    toll, claims = found.lines
    assert [each.item.id if each else None for each in toll.figures] == ["k1", "k1", "k2"]
    assert (claims.title, claims.numbers) == ("Claims and attributions", (0, 1, 1))


def test_while_only_a_place_has_a_figure_the_table_has_that_and_none_of_the_whole() -> None:
    places = [{"name": "Bank", "at": "1999-01-02", "sources": ["s1"]}]
    figures = [figure(3, as_of="1999-01-02", places=["p1"]), figure(5, as_of="1999-02-20")]
    found = asof.table(sheet(entry(figures=figures, places=places)))
    assert found
    (toll,) = found.lines
    assert [each.item.id if each else None for each in toll.figures] == [None, None, None, "k2"]
    assert [[each.item.id for each in parts] for parts in toll.parts] == [["k1"], ["k1"], ["k1"], []]


def test_there_is_no_table_where_all_was_known_at_once() -> None:
    assert asof.table(sheet(entry(figures=[figure(3, as_of="1999-01-02")]))) is None
