"""What no one types: which figures stand, which goes into the fact box, what is before what, and who names whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

import pytest

from generator.derive import derive
from generator.derive.figures import headline, series
from generator.model import Entry, Figure, Incident, Mention, Relation, Series, Value
from generator.resolve import relations
from tests.invented import SETTINGS, catalogue, figure, good, good_documents, minimal, resolved, schema

HALL = "2004-example-hall"
PARTY = [{"actor": "example-front", "role": "claimant", "sources": ["s1"]}]


def sources(*publishers: str) -> list[dict[str, Value]]:
    """Sources s1, s2 … of these publishers; one that begins with «from» prints the text of another."""
    made = []
    for number, name in enumerate(publishers, 1):
        csl = {"type": "webpage", "title": name, "accessed": "2026-01-01", "publisher": name.partition(" from ")[0]}
        origin = {"derived_from": name.partition(" from ")[2]} if " from " in name else {}
        made.append({"id": f"s{number}", "csl": csl, **origin})
    return made


def series_of(*figures: dict[str, Value], **more: Value) -> tuple[Series, ...]:
    return series(resolved(minimal(figures=figures, **more)), schema())


def one_series(*figures: dict[str, Value], **more: Value) -> Series:
    (only,) = series_of(*figures, **more)
    return only


def statuses(found: Series) -> dict[str, str]:
    return {each.item.id: each.status for each in found.figures}


def chosen(found: Series) -> str | None:
    return found.headline.item.id if found.headline else None


def hall() -> Entry:
    return good().entries[HALL]


def of(entry: Entry, measure: str, group: str | None = None) -> Series:
    (only,) = (
        each for each in entry.series if each.measure.id == measure and (each.group.id if each.group else None) == group
    )
    return only


def by_id(entry: Entry) -> dict[str, Figure]:
    return {figure.item.id: figure for each in entry.series for figure in each.figures}


def test_a_newer_figure_of_the_same_voice_replaces_the_older_and_a_fall_is_no_exception() -> None:
    found = by_id(hall())
    assert {id: found[id].superseded_by for id in ("k2", "k4", "k6")} == {"k2": ("k6",), "k4": ("k6",), "k6": ()}
    assert found["k4"].quantity.low == 13 and found["k6"].quantity.low == 12


def test_another_voice_replaces_a_figure_only_by_naming_it() -> None:
    found = by_id(hall())
    assert found["k1"].status == "superseded" and found["k1"].superseded_by == ("k5",)
    assert statuses(one_series(figure(3, said_by="example-police"), figure(3, said_by="example-hospital"))) == {
        "k1": "current",
        "k2": "current",
    }


def test_figures_of_one_voice_about_other_people_stand_side_by_side() -> None:
    apart = [figure(5, said_by="example-police", counts=word) for word in ("victims-only", "everyone")]
    assert statuses(one_series(*apart)) == {"k1": "current", "k2": "current"}


def test_two_voices_contradict_by_their_numbers_alone() -> None:
    found = by_id(good().entries["2010-example-bridge"])
    assert {id: (each.status, each.disputes) for id, each in found.items()} == {
        "k1": ("disputed", ("k2",)),
        "k2": ("disputed", ("k1",)),
        "k3": ("current", ()),
        "k4": ("current", ()),
    }


def test_a_mark_makes_a_dispute_where_the_numbers_would_not_and_is_seen_from_both_ends() -> None:
    found = by_id(hall())
    assert found["k21"].quantity.overlaps(found["k22"].quantity)
    assert (found["k21"].disputes, found["k22"].disputes) == (("k22",), ("k21",))
    assert found["k3"].disputes == ("k6", "k7") and found["k6"].disputes == ("k3",)


def test_a_replaced_figure_contradicts_nobody_by_its_number_and_one_voice_never_itself() -> None:
    assert by_id(hall())["k4"].disputes == ()  # 13 of the police, 40 of the front
    silent = one_series(figure(5, "unknown", "example-police"), figure(9, "unknown", "example-police"))
    assert statuses(silent) == {"k1": "current", "k2": "current"}


def test_counts_of_other_people_do_not_contradict() -> None:
    apart = [figure(129, counts="victims-only"), figure(170, said_by="example-police", counts="everyone")]
    assert statuses(one_series(*apart)) == {"k1": "current", "k2": "current"}


def test_the_invented_register_has_every_status() -> None:
    found = {each.status for entry in good().entries.values() for each in by_id(entry).values()}
    assert found == {"current", "superseded", "disputed"}


def test_the_headline_is_the_latest_figure() -> None:
    for figures in permutations([figure(3, "1999-01-03"), figure(9, "1999-01-05"), figure(7, "1999-01-04")]):
        found = one_series(*figures)
        assert found.headline and found.headline.as_of.text == "1999-01-05"


def test_a_later_hour_of_the_same_day_is_not_later() -> None:
    found = one_series(figure(9, "1999-01-05T23:00"), figure(7, "1999-01-05T01:00"))
    assert chosen(found) == "k2"


def test_a_month_or_an_interval_counts_by_its_last_day() -> None:
    assert chosen(one_series(figure(9, "1999-01"), figure(7, "1999-01-30"))) == "k1"
    assert chosen(one_series(figure(9, "1999-01-05/1999-01-06"), figure(7, "1999-01-05"))) == "k1"


def test_a_figure_without_a_date_is_used_only_when_there_is_no_other() -> None:
    assert chosen(one_series(figure(3, "unknown"), figure(9, "1999-01-05"))) == "k2"
    assert chosen(one_series(figure(3, "unknown"))) == "k1"


@pytest.mark.parametrize("role", ["attacker", "claimant"])
def test_the_word_of_a_party_is_never_the_headline(role: str) -> None:
    actors = [{**PARTY[0], "role": role}]
    late = figure(40, "1999-02-01", "example-front")
    assert chosen(one_series(figure(3), late, actors=actors)) == "k1"
    assert chosen(one_series(late, actors=actors)) is None
    assert chosen(one_series(figure(3), late)) == "k2"  # here it is no party


def test_a_party_is_one_by_its_role_in_this_incident_alone() -> None:
    accused = [{**PARTY[0], "role": "accused", "said_by": "example-police"}]
    assert chosen(one_series(figure(40, said_by="example-front"), actors=accused)) == "k1"


def test_a_number_that_is_not_known_is_never_the_headline() -> None:
    assert chosen(one_series(figure(3, "1999-01-03"), figure("unknown", "1999-01-05"))) == "k1"
    assert chosen(one_series(figure("unknown"))) is None


def test_of_one_day_the_figure_with_more_independent_publishers_is_the_headline() -> None:
    figures = [figure(9, sources=["s1", "s2"]), figure(3, sources=["s3"])]
    assert chosen(one_series(*figures, sources=sources("Post", "Mail", "Times"))) == "k1"


def test_copies_of_one_agency_text_count_once() -> None:
    figures = [figure(3, sources=["s1", "s2", "s3"]), figure(9, sources=["s4", "s5"])]
    printed = sources("Agency", "Post from Agency", "Mail from AGENCY", "Times", "Hospital")
    assert chosen(one_series(*figures, sources=printed)) == "k2"
    found = by_id(hall())
    assert len(found["k8"].item.values["sources"]) == 3 and found["k8"].publishers == {"example agency"}
    assert chosen(of(hall(), "injured")) == "k9"


def test_publishers_decide_only_between_figures_of_the_latest_day() -> None:
    figures = [figure(9, "1999-01-04", sources=["s1", "s2"]), figure(3, "1999-01-05", sources=["s3"])]
    assert chosen(one_series(*figures, sources=sources("Post", "Mail", "Times"))) == "k2"


def test_else_the_lowest_figure_is_the_headline() -> None:
    words: list[Value] = [9, "more than 5", "at least 7", 6]
    for order in permutations(words):
        found = one_series(*(figure(value) for value in order))
        assert found.headline and found.headline.item.values["value"] in (6, "more than 5")
    assert chosen(one_series(figure("up to 30"), figure(12))) == "k1"


def test_an_editor_overrules_the_rule_and_the_reason_is_kept() -> None:
    found = of(hall(), "hostages")
    assert chosen(found) == "k15"
    assert found.headline_reason.startswith("The lower number leaves out")
    plain = headline(found.live)
    assert plain and plain.item.id == "k14"  # what the rule would have chosen


def test_a_replaced_figure_is_no_headline() -> None:
    found = one_series(figure(9, "1999-01-05"), figure(3, "1999-01-04", supersedes=["k1"]))
    assert chosen(found) == "k2"


def range_of(*figures: dict[str, Value], **more: Value) -> tuple[str, str] | None:
    found = one_series(*figures, **more).range
    return (found[0].text, found[1].text) if found else None


def test_the_range_goes_from_the_lowest_to_the_highest_figure_that_stands() -> None:
    assert range_of(figure(3), figure("more than 5"), figure(9)) == ("3", "9")
    assert range_of(figure(7)) == ("7", "7")
    assert range_of(figure(12), figure("unknown")) == ("12", "12")
    assert range_of(figure("unknown")) is None


def test_a_replaced_figure_is_not_in_the_range() -> None:
    falling = [figure(13, "1999-01-04", "example-police"), figure(12, "1999-01-05", "example-police")]
    assert range_of(*falling) == ("12", "12")


def test_those_who_are_counted_apart_are_no_range_with_victims_alone() -> None:
    assert range_of(figure(129, "1999-01-05", counts="victims-only"), figure(170, counts="everyone")) is not None
    found = one_series(figure(129, "1999-01-06", counts="victims-only"), figure(170, counts="everyone"))
    assert found.range and [each.text for each in found.range] == ["129", "129"]


def test_series_stand_in_the_order_of_the_measures_and_groups_follow_their_whole() -> None:
    figures = [
        figure(2, measure="injured"),
        figure(1, group="children"),
        figure(3),
        figure(1, measure="injured", group="women"),
    ]
    found = [(each.measure.id, each.group.id if each.group else None) for each in series_of(*figures)]
    assert found == [("killed", None), ("killed", "children"), ("injured", None), ("injured", "women")]


def at_places(*figures: dict[str, Value]) -> tuple[Series, ...]:
    places = [{"name": name, "sources": ["s1"]} for name in ("North", "South")]
    return series_of(*figures, places=places)


def test_a_number_of_some_of_the_places_is_a_series_of_its_own_and_neither_replaces_nor_contradicts_the_whole() -> None:
    some = figure(246, "1999-01-06", "example-police", places=["p2"])
    whole, part = at_places(figure(307, "1999-01-05", "example-police"), some, figure(9, said_by="example-court"))
    assert [each.quantity.text for each in whole.figures] == ["307", "9"] and whole.whole
    assert [each.quantity.text for each in part.figures] == ["246"] and not part.whole
    assert [place.values["name"] for place in part.places] == ["South"]
    assert statuses(part) == {"k2": "current"} and part.figures[0].disputes == ()


def test_the_order_in_which_places_are_named_makes_no_difference() -> None:
    (found,) = at_places(figure(5, places=["p2", "p1"]), figure(6, places=["p1", "p2"]))
    assert [each.quantity.text for each in found.figures] == ["5", "6"]


def test_within_a_series_the_oldest_figure_comes_first() -> None:
    assert [each.item.id for each in of(hall(), "killed").figures] == ["k2", "k1", "k3", "k4", "k5", "k6", "k7"]
    assert [each.item.id for each in of(hall(), "missing").figures] == ["k12", "k13", "k11"]  # the last without a date


def test_the_fact_box_has_whole_measures_with_a_headline_only() -> None:
    square = good().entries["2001-example-square"]
    assert [each.measure.id for each in square.series] == ["killed", "injured"]
    assert [each.measure.id for each in square.headlines] == ["killed"]  # of the injured only the attackers spoke
    assert all(each.group is None for each in hall().headlines)


def test_who_is_counted_is_unknown_where_the_figure_does_not_say() -> None:
    (only,) = one_series(figure(3, counts={"attackers": "included"})).figures
    assert only.counts == {"victims": "unknown", "attackers": "included", "responders": "unknown"}


def entry_of(**changes: Value) -> Entry:
    return derived(resolved(minimal(**changes)))


def derived(*incidents: Incident) -> Entry:
    made: dict[str, tuple[Relation, ...]] = dict(relations(incidents, schema()))
    return derive(incidents, made, schema(), SETTINGS).entries[incidents[0].id]


def test_the_timeline_is_every_dated_item_of_whatever_block_in_order_of_time() -> None:
    ids = [item.id for item in hall().timeline]
    dated = [item.id for item in hall().incident.items.values() if item.moment and item.moment.known]
    assert sorted(ids) == sorted([*dated, "e11"]) and len(ids) == len(set(ids))
    assert ids[0] == "e7"  # «until»: nobody knows since when
    assert [id for id in ids if id in ("w1", "t4", "e4", "e5", "k1", "c1", "r1", "t1", "j1", "k7")] == [
        *("w1", "t4", "e4", "e5", "k1", "c1", "r1", "t1", "j1", "k7")
    ]
    assert ids[-1] == "e11"  # no known date, and no other place on the page
    assert "t3" not in ids and "k11" not in ids  # these have one


def test_the_timeline_goes_by_the_clock_of_the_place() -> None:
    at = ["1999-01-02T12:00", "1999-01-02T08:30Z", "1999-01-02"]
    events = [{"at": each, "text": "It was.", "sources": ["s1"]} for each in at]
    there = entry_of(when={"start": "1999-01-02", "timezone": "Europe/Moscow"}, timeline=events, figures=[figure(1)])
    assert [item.id for item in there.timeline] == ["e2", "e1", "e3", "k1"]  # 11:30, 12:00, some time that day


def test_what_follows_from_an_incident_never_stands_before_it_for_want_of_a_day() -> None:
    inquiry = {"kind": "inquiry", "by": "example-police", "gist": "x", "sources": ["s1"]}
    warning = {"by": "example-police", "gist": "x", "specificity": "general", "sources": ["s1"]}
    there = entry_of(
        when="1999-01-02",
        warnings=[{**warning, "issued": "1999"}],
        responses=[{**inquiry, "date": each} for each in ("1999-01", "1999-01-05", "1999-02")],
        figures=[figure(1, "1999")],
    )
    assert [item.id for item in there.timeline] == ["w1", "r2", "r1", "r3", "k1"]


@pytest.mark.parametrize(
    ("when", "minutes"),
    [
        ({"start": "1999-01-02T10:00", "end": "1999-01-02T13:30"}, 210),
        ({"start": "1999-01-02T10:00+03:00", "end": "1999-01-02T10:00Z"}, 180),
        ({"start": "2002-10-23T21:05", "end": "2002-10-27T12:00", "timezone": "Europe/Moscow"}, 5275),  # clocks back
        ({"start": "1999-01-02T10:00~", "end": "1999-01-02T10:00"}, 0),
        ({"start": "1999-01-02", "end": "1999-01-04"}, None),
        ({"start": "1999-01-02T10:00", "end": "1999-01-04"}, None),
        ({"start": "1999-01-02", "end": "1999-01-04T10:00"}, None),
        ({"start": "1999-01-02T10:00", "end": "unknown"}, None),
        ({"start": "1999-01-02T10:00"}, None),
        ("1999-01-02T10:00", None),
    ],
)
def test_a_duration_is_told_only_where_both_ends_are_known_to_the_minute(when: Value, minutes: int | None) -> None:
    expected = None if minutes is None else timedelta(minutes=minutes)
    assert entry_of(when=when).duration == expected


def test_whoever_is_pointed_at_knows_who_points_and_why() -> None:
    links = hall().backlinks
    assert links["t1"] == (("Answered by", "t2"),)
    assert links["c1"] == (("Named in", "c3"), ("Answered by", "c4"), ("Led to", "r1"))
    assert links["w1"] == (("Answered by", "t4"), ("Repeated by", "w2"))
    assert ("Parts", "k17") in links["k6"] and ("Superseded by", "k5") in links["k1"]
    assert ("Disputes", "k22") in links["k21"]
    assert "t2" not in links and "s1" not in links


def test_a_source_knows_every_place_it_is_cited_at_once_and_in_order() -> None:
    found = entry_of(
        figures=[figure(3, note="It was so [s1].", sources=["s1"])],
        record={"status": "draft", "created": "2026-01-01", "open_questions": ["Why [s1]?"]},
    )
    assert found.supports == {"s1": ("summary", "k1", "record")}
    assert set(hall().supports) == set(hall().incident.sources)


def test_incidents_stand_newest_first_whatever_the_order_of_the_files() -> None:
    newest_first = [
        "2010-example-bridge",
        "2010-example-bridge-fire",
        HALL,
        "2001-example-square",
        "1999-example-town",
    ]
    for documents in (good_documents(), good_documents()[::-1]):
        assert list(catalogue(documents, schema()).entries) == newest_first


def test_a_word_knows_every_incident_that_names_it() -> None:
    found = good().mentions
    assert ids(found["weapons", "explosives"]) == [HALL, "2001-example-square"]
    assert ids(found["countries", "XX"]) == list(good().entries)
    assert ("weapons", "vehicle") not in found
    assert not {kind for kind, _ in found} & {"sources", "items"}
    assert [each.item for each in found["actors", "example-court"] if each.field.name == "assessed_by"] == ["c1", "c2"]


def ids(mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(each.incident for each in mentions))


def test_relations_are_on_the_page_of_either_end() -> None:
    found = {id: {(each.other, each.label) for each in entry.relations} for id, entry in good().entries.items()}
    assert ("2001-example-square", "Preceded by") in found[HALL]
    assert (HALL, "Followed by") in found["2001-example-square"]
    assert ("2010-example-bridge-fire", "Has duplicate") in found["2010-example-bridge"]
    everyone = {(id, other) for id, ends in found.items() for other, _ in ends}
    assert everyone == {(other, id) for id, other in everyone}
