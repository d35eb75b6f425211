"""Figures and dates mean what a reader takes them to mean, and what a stage hands on cannot be changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import UTC, datetime, tzinfo
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.model import (
    Document,
    Figure,
    Moment,
    MomentError,
    Page,
    Place,
    Problem,
    Quantity,
    QuantityError,
    Reported,
    Schema,
    Settings,
    Source,
    Term,
    Value,
    Vocabulary,
    build_schema,
    expand,
    freeze,
    marks,
    nearest,
    normal_address,
    order,
    superseded,
)
from tests.invented import good, good_documents, schema

MOSCOW = ZoneInfo("Europe/Moscow")
LISBON = ZoneInfo("Europe/Lisbon")


@pytest.mark.parametrize(
    ("value", "qualifier", "low", "high"),
    [
        (0, "exact", 0, 0),
        (145, "exact", 145, 145),
        ("145", "exact", 145, 145),
        (999, "exact", 999, 999),
        ("at least 60", "at least", 60, None),
        ("more than 60", "more than", 61, None),
        ("up to 10", "up to", 0, 10),
        ("about 800", "about", 800, 800),
        ("fewer than 5", "fewer than", 0, 4),
        ("nearly 500", "nearly", 500, 500),
        ("40-50", "range", 40, 50),
        ("unknown", "unknown", None, None),
    ],
)
def test_a_figure_keeps_its_words_and_its_bounds(
    value: Value, qualifier: str, low: int | None, high: int | None
) -> None:
    read = Quantity.parse(value)
    assert (read.qualifier, read.low, read.high) == (qualifier, low, high)
    assert read.exact == (qualifier == "exact")
    assert read.text == str(value).replace("-", "–")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1586, "1,586"), (999999999, "999,999,999"), ("more than 1127", "more than 1,127"), ("999-1500", "999–1,500")],
)
def test_thousands_are_set_apart(value: Value, shown: str) -> None:
    assert Quantity.parse(value).text == shown


@pytest.mark.parametrize(
    "value",
    [
        *(True, False, None, 1.5, -1, (), {}, 10**9),
        *("", " 5", "5 ", "-1", "+1", "007", "1,000", "1 000", "1.5", "1e3", "0x10", "٣", "５", "five", "many"),
        *("at least", "at  least 5", "At least 5", "at least 5 people", "at least -5", "at least 05", "60+", ">60"),
        *("less than 5", "over 60", "~60", "about 40-50", "40 - 50", "40–50", "40-", "-50", "40-50-60", "Unknown"),
        *("5\n", "\n5", "40-50\n", "unknown\n", "1000000000", "nan", "inf"),
    ],
    ids=repr,
)
def test_what_is_no_figure_is_refused_with_examples_of_one(value: Value) -> None:
    with pytest.raises(
        QuantityError, match="write 60, at least 60, more than 60, up to 60, about 60, nearly 60, fewer than 60"
    ):
        Quantity.parse(value)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (12, 12, True),
        (12, 13, False),
        ("more than 60", 60, False),
        ("more than 60", 61, True),
        ("at least 60", 60, True),
        ("at least 60", "up to 59", False),
        ("fewer than 5", 5, False),
        ("nearly 500", 460, True),
        ("nearly 500", 501, False),
        ("nearly 500", "about 520", True),
        ("fewer than 5", "at least 4", True),
        ("up to 10", 10, True),
        ("40-50", 50, True),
        ("40-50", 51, False),
        ("40-50", "about 55", True),
        ("about 100", 110, True),
        ("about 100", 111, False),
        ("about 100", 90, True),
        ("about 100", "about 80", False),
        ("more than 60", "more than 400", True),
        ("unknown", 0, True),
        ("unknown", "more than 7", True),
    ],
)
def test_two_figures_contradict_when_no_number_fits_both(one: Value, other: Value, together: bool) -> None:
    first, second = Quantity.parse(one), Quantity.parse(other)
    assert first.overlaps(second) == second.overlaps(first) == together
    assert first.overlaps(first) and second.overlaps(second)


def test_figures_are_sorted_by_the_least_they_can_mean_and_unknown_comes_last() -> None:
    words = ["unknown", 7, "at least 6", "more than 6", "up to 40", "5-9"]
    found = sorted(map(Quantity.parse, words), key=lambda each: each.sort_key)
    assert [each.text for each in found] == ["up to 40", "5–9", "at least 6", "7", "more than 6", "unknown"]


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2024", "year", "2024-01-01T00:00", "2024-12-31T23:59"),
        ("2024-02", "month", "2024-02-01T00:00", "2024-02-29T23:59"),
        ("2023-02", "month", "2023-02-01T00:00", "2023-02-28T23:59"),
        ("2024-03-22", "day", "2024-03-22T00:00", "2024-03-22T23:59"),
        ("2024-03-22T19:58", "minute", "2024-03-22T19:58", "2024-03-22T19:58"),
        ("2024-03-22/2024-03-24", "interval", "2024-03-22T00:00", "2024-03-24T23:59"),
        ("2024-03/2025", "interval", "2024-03-01T00:00", "2025-12-31T23:59"),
        ("2024-03-22T10:00/2024-03-22T11:00", "interval", "2024-03-22T10:00", "2024-03-22T11:00"),
    ],
)
def test_a_date_reaches_from_its_first_minute_to_its_last(text: str, precision: str, first: str, last: str) -> None:
    read = Moment.parse(text)
    assert (read.text, read.precision) == (text, precision)
    assert (read.first, read.last) == (datetime.fromisoformat(first), datetime.fromisoformat(last))
    assert read.known and not read.approximate and not read.uncertain


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("2024-03-22T19:58", None),
        ("2024-03-22T19:58Z", 0),
        ("2024-03-22T19:58+03:00", 180),
        ("2024-03-22T19:58-05:30", -330),
        ("2024-03-22T19:58+14:00~", 840),
    ],
)
def test_a_time_keeps_the_offset_it_was_given(text: str, offset: int | None) -> None:
    assert Moment.parse(text).offset == offset


@pytest.mark.parametrize("text", ["2024", "2024-03", "2024-03-22", "2024-03-22T19:58", "2024-03-22T19:58+03:00"])
@pytest.mark.parametrize(("mark", "about", "unsure"), [("~", True, False), ("?", False, True), ("%", True, True)])
def test_about_and_uncertain_are_kept_at_every_precision(text: str, mark: str, about: bool, unsure: bool) -> None:
    read, plain = Moment.parse(text + mark), Moment.parse(text)
    assert (read.approximate, read.uncertain) == (about, unsure)
    assert (read.first, read.last, read.precision, read.offset) == (
        plain.first,
        plain.last,
        plain.precision,
        plain.offset,
    )


@pytest.mark.parametrize(
    "text",
    [
        *(None, True, 2024, 20240322, 3.5, (), datetime(2024, 3, 22)),
        *("", " ", "today", "22 March 2024", "22.03.2024", "03/22/2024", "24-03-22", "2024-3-22", "2024-03-2"),
        *("0999", "3000-01-01", "12024", "2024-00", "2024-13", "2024-03-00", "2024-03-32", "2023-02-29", "1900-02-29"),
        *("2024-03-22 19:58", "2024-03-22T24:00", "2024-03-22T19:60", "2024-03-22T19", "2024-03-22T19:58:00"),
        *("2024-03-22T19:58+3:00", "2024-03-22T19:58+0300", "2024-03-22T19:58+15:00", "2024-03-22T19:58+03:60"),
        *("2024-03T19:58", "2024-03-22Z", "2024-03-22T19:58z", "2024-03-22t19:58", "~2024", "2024~~", "2024?~"),
        *(
            "/",
            "../..",
            "..",
            "2024/",
            "2024-00/2025",
            "/2024",
            "2024/unknown",
            "unknown/2024",
            "2024/2025/2026",
            "2025/2024",
        ),
        *("2024-03-22T11:00/2024-03-22T10:59", "../../2024", "Unknown", "2024-03-22\n", "２０２４", "２０２４-03"),
    ],
    ids=repr,
)
def test_what_is_no_date_is_refused_with_a_remedy(text: Value) -> None:
    with pytest.raises(MomentError) as told:
        Moment.parse(text)
    assert "write" in str(told.value) or "put the earlier date first" in str(told.value)


def test_unknown_has_no_ends_and_is_before_nothing() -> None:
    unknown, day = Moment.parse("unknown"), Moment.parse("2024-03-22")
    assert not unknown.known and unknown.first is None and unknown.last is None
    assert not unknown.before(day) and not day.before(unknown)
    assert unknown.bounds() == (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    assert sorted([day, unknown], key=Moment.sort_key) == [unknown, day]


def test_dates_are_sorted_by_the_latest_moment_they_can_mean() -> None:
    texts = ["2024-03-30", "2024-03", "2024", "2024-03-22T10:00", "2024-03-22", "../2024-03-01", "unknown"]
    found = sorted(map(Moment.parse, texts), key=lambda each: each.sort_key(MOSCOW))
    assert [each.text for each in found] == [
        *("unknown", "../2024-03-01", "2024-03-22T10:00", "2024-03-22", "2024-03-30", "2024-03", "2024")
    ]


@pytest.mark.parametrize(
    ("text", "zone", "first", "last"),
    [
        ("2024-03-22T19:58", MOSCOW, "2024-03-22T16:58", "2024-03-22T16:58"),  # +03:00 all year since 2014
        ("2002-10-23T21:05", MOSCOW, "2002-10-23T17:05", "2002-10-23T17:05"),  # still summer time, +04:00
        ("2002-10-27T12:00", MOSCOW, "2002-10-27T09:00", "2002-10-27T09:00"),  # winter time since that night
        ("2004-09-01T09:30", MOSCOW, "2004-09-01T05:30", "2004-09-01T05:30"),
        ("2004-09-01T09:30+04:00", UTC, "2004-09-01T05:30", "2004-09-01T05:30"),  # the offset holds, not the zone
        ("2004-09-01T09:30Z", MOSCOW, "2004-09-01T09:30", "2004-09-01T09:30"),
        ("2004-09-01", MOSCOW, "2004-08-31T20:00", "2004-09-01T19:59"),
        ("2024-03-31", LISBON, "2024-03-31T00:00", "2024-03-31T22:59"),  # a day of 23 hours
        ("2024-10-27", LISBON, "2024-10-26T23:00", "2024-10-27T23:59"),  # a day of 25 hours
        ("2004-09-01/2004-09-03", MOSCOW, "2004-08-31T20:00", "2004-09-03T19:59"),
        ("2004-09-01T09:00+04:00/2004-09-01T10:00+04:00", UTC, "2004-09-01T05:00", "2004-09-01T06:00"),
    ],
)
def test_bounds_are_instants_by_the_clock_of_the_place_on_that_day(
    text: str, zone: tzinfo, first: str, last: str
) -> None:
    expected = tuple(datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (first, last))
    assert Moment.parse(text).bounds(zone) == expected


def test_both_ends_of_an_interval_keep_their_own_offset() -> None:
    first, last = Moment.parse("2024-03-22T10:00+03:00/2024-03-22T10:00Z").bounds()
    assert (first.hour, last.hour) == (7, 10)
    assert Moment.parse("2024-03-22T10:00+03:00/2024-03-22T09:00Z").known  # two hours, though the clocks say less
    with pytest.raises(MomentError, match="ends before it begins"):
        Moment.parse("2024-03-22T10:00Z/2024-03-22T11:00+03:00")


def test_an_open_interval_has_no_end_on_that_side() -> None:
    since, until = Moment.parse("2024-03-22/.."), Moment.parse("../2024-03-22")
    assert since.bounds(MOSCOW)[1] == datetime.max.replace(tzinfo=UTC)
    assert until.bounds(MOSCOW)[0] == datetime.min.replace(tzinfo=UTC)
    assert Moment.parse("2024-03-21").before(since, MOSCOW) and until.before(Moment.parse("2024-03-23"), MOSCOW)


@pytest.mark.parametrize(
    ("one", "other", "certainly"),
    [
        ("2024-03-21", "2024-03-22", True),
        ("2024-03-22", "2024-03-22", False),
        ("2024-03-22", "2024-03-22T12:00", False),
        ("2024-03", "2024-03-22", False),
        ("2024-02", "2024-03-22", True),
        ("2024-03-22T19:58", "2024-03-22T19:59", True),
        ("2024-03-22T19:58+03:00", "2024-03-22T17:30Z", True),  # 16:58 in UTC
        ("2024-03-22T19:58", "2024-03-22T19:58", False),
    ],
)
def test_one_is_before_the_other_only_when_that_is_certain(one: str, other: str, certainly: bool) -> None:
    assert Moment.parse(one).before(Moment.parse(other), MOSCOW) == certainly
    assert not Moment.parse(other).before(Moment.parse(one), MOSCOW)


def told(id: str, as_of: str, voice: str | None = "police", about: str = "killed", names: str = "") -> Reported:
    return Reported(id, about, voice, Moment.parse(as_of), tuple(names.split()))


def in_order(*figures: Reported, zone: tzinfo = UTC) -> str:
    keys = order(figures, zone)
    return " ".join(sorted(keys, key=lambda id: keys[id]))


def test_figures_stand_in_the_order_of_their_dates_and_unknown_dates_first() -> None:
    figures = [told("a", "2024-03-24"), told("b", "2024-03-23T09:00"), told("c", "unknown"), told("d", "2024-03")]
    assert in_order(*figures) == "c b a d"


def test_a_figure_of_the_day_alone_stands_after_those_of_the_day_that_the_file_has_before_it() -> None:
    evening, day = told("evening", "2024-03-22T23:00"), told("day", "2024-03-22")
    assert in_order(evening, day) == "evening day"
    assert in_order(day, evening) == "day evening"
    assert in_order(evening, told("other", "2024-03-22", about="injured")) == "other evening"


def test_the_order_of_figures_is_by_the_clock_of_the_place() -> None:
    figures = told("local", "2004-09-01T09:30"), told("utc", "2004-09-01T05:45Z")
    assert in_order(*figures, zone=MOSCOW) == "local utc"
    assert in_order(*figures) == "utc local"


def test_a_voice_has_one_figure_that_stands_its_newest_about_the_same_people() -> None:
    figures = [told("a", "2024-03-22"), told("b", "2024-03-23"), told("c", "2024-03-24")]
    assert superseded(figures, UTC) == {"a": ("c",), "b": ("c",)}
    assert superseded(figures[::-1], UTC) == {"a": ("c",), "b": ("c",)}
    assert superseded([told("a", "2024-03-22"), told("b", "2024-03-23", about="injured")], UTC) == {}
    assert superseded([told("a", "2024-03-22"), told("b", "2024-03-23", voice="hospital")], UTC) == {}


def test_no_voice_is_not_one_voice_and_no_date_is_not_newer() -> None:
    assert superseded([told("a", "2024-03-22", voice=None), told("b", "2024-03-23", voice=None)], UTC) == {}
    assert superseded([told("a", "unknown"), told("b", "2024-03-23")], UTC) == {}
    assert superseded([told("a", "2024-03-23"), told("b", "unknown")], UTC) == {}


def test_a_figure_is_replaced_by_whatever_names_it_once() -> None:
    named = [told("a", "2024-03-22"), told("b", "2024-03-23", voice="hospital", names="a")]
    assert superseded(named, UTC) == {"a": ("b",)}
    both = [told("a", "2024-03-22"), told("b", "2024-03-23", names="a")]
    assert superseded(both, UTC) == {"a": ("b",)}


def node(**properties: Value) -> Schema:
    """A schema of these fields, with one word that stands for a map."""
    word = Term("all", "All", more={"stands_for": {"men": "in"}})
    return build_schema({"properties": properties}, {"short": Vocabulary("short", "Short", "", {"all": word})})


TEXT = {"type": "string"}
START = {"x-short": "start", "oneOf": [TEXT, {"type": "object", "properties": {"start": TEXT, "end": TEXT}}]}
WORDS = {
    "type": "array",
    "items": {"x-short": "value", "oneOf": [TEXT, {"type": "object", "properties": {"value": TEXT}}]},
}
IDS = {
    "x-refers-to": "sources",
    "type": "array",
    "items": {"oneOf": [TEXT, {"type": "object", "properties": {"id": TEXT}}]},
}
COUNTS = {"x-vocabulary": "short", "oneOf": [TEXT, {"type": "object", "properties": {"men": TEXT}}]}
BLOCK = {
    "x-anchor": "k",
    "oneOf": [
        {"const": "none-reported"},
        {"type": "array", "items": {"type": "object", "properties": {"id": TEXT, "v": TEXT, "from": IDS}}},
    ],
}
ONE_OR_MORE = {"oneOf": [TEXT, {"type": "array", "items": TEXT}]}


@pytest.mark.parametrize(
    ("field", "short", "long"),
    [
        (TEXT, "a", "a"),
        (START, "2024", {"start": "2024"}),
        (START, {"start": "2024", "end": "2025"}, {"start": "2024", "end": "2025"}),
        (WORDS, ["a", {"value": "b"}], [{"value": "a"}, {"value": "b"}]),
        (COUNTS, "all", {"men": "in"}),
        (COUNTS, {"men": "out"}, {"men": "out"}),
        (ONE_OR_MORE, "k1", ["k1"]),
        (ONE_OR_MORE, ["k1", "k2"], ["k1", "k2"]),
        (BLOCK, "none-reported", []),
        (
            BLOCK,
            [{"v": "a"}, {"id": "k9", "v": "b"}, {"v": "c"}],
            [{"id": "k1", "v": "a"}, {"id": "k9", "v": "b"}, {"id": "k3", "v": "c"}],
        ),
    ],
)
def test_a_short_form_becomes_its_long_form_and_a_long_form_stays(field: Value, short: Value, long: Value) -> None:
    long_form = expand(node(it=field), freeze({"it": short}))
    assert long_form == freeze({"it": long})
    assert expand(node(it=field), long_form) == long_form


def test_a_source_written_out_in_place_moves_to_the_end_of_the_list() -> None:
    using = node(block=BLOCK, sources={"type": "array", "items": {"type": "object", "properties": {"id": TEXT}}})
    written = {"block": [{"from": ["a", {"id": "b"}]}], "sources": [{"id": "a"}]}
    found = expand(using, freeze(written))
    assert found["block"][0]["from"] == ("a", "b")
    assert [each["id"] for each in found["sources"]] == ["a", "b"]


def test_what_the_schema_does_not_know_is_left_out_and_its_order_holds() -> None:
    assert list(expand(node(a=TEXT, b=TEXT), freeze({"c": "x", "b": "x", "a": "x"}))) == ["a", "b"]


def test_a_use_of_a_definition_may_say_more_than_the_definition() -> None:
    document = {
        "$defs": {"words": {"type": "object", "properties": {"value": {"type": "string", "title": "Word"}}}},
        "properties": {"it": {"$ref": "#/$defs/words", "title": "It", "properties": {"value": {"x-vocabulary": "v"}}}},
    }
    field = build_schema(document, {}).by_path["it.value"]
    assert (field.title, field.vocabulary, field.kind) == ("Word", "v", "text")


def test_what_is_handed_on_cannot_be_changed() -> None:
    """Neither by a slip of the generator nor deep inside a record."""
    catalogue = good()
    entry = catalogue.entries["2004-example-hall"]
    series = entry.series[0]
    values: list[Any] = [
        *(catalogue, entry, entry.incident, series, series.figures[0], entry.timeline[0], entry.relations[0]),
        *(catalogue.schema, catalogue.schema.fields[0], entry.incident.mentions[0], good_documents()[0]),
        *(Quantity.parse(5), Moment.parse("2024"), Page("a", "b"), Problem("a", 1, 1, "r", "m"), Settings()),
    ]
    for each in values:
        name = fields(each)[0].name
        with pytest.raises(FrozenInstanceError):
            setattr(each, name, None)
    hall = entry.incident.values
    mapping: Any
    for mapping in (hall, hall["when"], hall["figures"][0], hall["classification"]["weapons"][0]):
        with pytest.raises(TypeError):
            mapping["title"] = "changed"  # what a careless line of Python would try
    assert isinstance(hall["figures"], tuple) and isinstance(hall["figures"][0]["sources"], tuple)
    assert all(isinstance(each, Figure | Source) for each in (series.figures[0], *entry.incident.sources.values()))


def test_a_frozen_value_no_longer_follows_the_one_it_was_made_of() -> None:
    written = {"a": [{"b": [1]}]}
    kept = freeze(written)
    written["a"][0]["b"].append(2)
    assert kept == {"a": ({"b": (1,)},)}


def test_a_problem_is_placed_at_the_nearest_known_node_and_printed_in_one_line() -> None:
    document = Document("a.yaml", {}, {(): Place(1, 1), ("a",): Place(3, 5)}, {("a",): Place(3, 2)})
    assert document.place(("a", 0, "b")) == Place(3, 5)
    assert document.place(("a",), key=True) == Place(3, 2)
    assert document.place(("z",)) == Place(1, 1) == Document("b.yaml", {}).place(("z",))
    assert str(document.problem(("a",), "1-rule", "is wrong", "mend it")) == "a.yaml:3:5: 1-rule: is wrong — mend it"
    assert str(document.problem((), "r", "m", level="note")) == "a.yaml:1:1: note: r: m"


def test_problems_are_sorted_by_file_line_and_column() -> None:
    places = [("a", 2, 1), ("a", 10, 1), ("a", 10, 2), ("b", 1, 1)]
    problems = [Problem(path, line, column, "r", "m") for path, line, column in places]
    assert all(sorted(each) == problems for each in permutations(problems))


@pytest.mark.parametrize(
    ("prose", "ids"),
    [
        ("It began [s1].", ["s1"]),
        ("It began [s1, tass-2].", ["s1", "tass-2"]),
        ("It began [s1][s2].", ["s1", "s2"]),
        ("[Sic] it began […] at [5] o’clock.", []),
        ("See [here](https://example.org).", []),
    ],
)
def test_source_marks_are_found_in_prose(prose: str, ids: list[str]) -> None:
    assert list(marks(prose)) == ids


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/a/", "http://EXAMPLE.org/a", True),
        ("https://example.org/a#b", "https://example.org/a", True),
        ("https://example.org/a?id=1", "https://example.org/a?id=2", False),
        ("https://example.org/A", "https://example.org/a", False),
        ("https://example.org", "https://example.org/", True),
    ],
)
def test_two_spellings_of_one_address_are_one(one: str, other: str, same: bool) -> None:
    assert (normal_address(one) == normal_address(other)) == same


def test_a_slip_of_the_keys_is_offered_its_remedy_and_nonsense_is_not() -> None:
    assert nearest("fire-arms", ["firearms", "vehicle"]) == "did you mean “firearms”?"
    assert nearest("zzz", ["firearms", "vehicle"]) == ""


def test_the_schema_of_the_register_is_read_in_its_order() -> None:
    using = schema()
    assert [each.name for each in using.fields] == list(using.document["properties"])
    assert using.by_path["classification.weapons"].short == "value"
    assert {block.name: block.anchor for block in using.blocks}["figures"] == "k"
