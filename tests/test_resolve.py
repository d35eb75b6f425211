"""Documents become incidents whose every reference leads somewhere, and whose every relation has two ends."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from generator.model import Value
from generator.resolve import relations, resolve
from tests.invented import figure, good, good_documents, minimal, resolved, schema


def source(id: str, url: str | None = None, /, **csl: Value) -> dict[str, Value]:
    printed = {"type": "webpage", "title": id, "accessed": "2026-01-01", **({"URL": url} if url else {})}
    return {"id": id, "csl": {**printed, **csl}}


def test_an_incident_keeps_what_its_file_says_in_long_form() -> None:
    found = resolved(minimal())
    assert (found.id, found.title, found.path) == (
        "1999-example-town",
        "Example Town shooting",
        "incidents/1999-example-town.yaml",
    )
    assert found.values["when"] == {"start": "1999-01-02"}
    assert found.values["classification"]["incident_type"] == ({"value": "shooting"},)
    assert found.start.text == "1999-01-02"


def test_items_are_found_by_their_ids_in_the_order_of_schema_and_file() -> None:
    figures = [figure(3), {**figure(4), "id": "k9"}, figure(5)]
    context = [{"topic": "event", "gist": "A market.", "sources": ["s1"]}]
    found = resolved(minimal(context=context, figures=figures))
    assert list(found.items) == ["k1", "k9", "k3", "x1"]
    assert [item.values["value"] for item in found.block("figures")] == [3, 4, 5]
    assert {item.incident for item in found.items.values()} == {"1999-example-town"}


def test_an_item_has_the_moment_that_its_block_is_dated_by() -> None:
    hall = good().entries["2004-example-hall"].incident
    moments = {id: hall.items[id].moment for id in ("k1", "w1", "e11", "x1", "t3", "q1")}
    assert {id: at.text if at else None for id, at in moments.items()} == {
        "k1": "2004-06-01T12:00+05:00",
        "w1": "2004-05-20",
        "e11": "unknown",
        "x1": None,  # context is not dated: a capacity is no event
        "t3": None,
        "q1": None,
    }


def test_figures_that_nobody_reported_are_no_items() -> None:
    assert resolved(minimal(figures="none-reported")).items == {}


def test_the_zone_is_that_of_the_place_and_else_utc() -> None:
    there = {"start": "1999-01-02", "timezone": "Europe/Moscow"}
    assert resolved(minimal(when=there)).zone == ZoneInfo("Europe/Moscow")
    assert resolved(minimal()).zone is UTC


def test_sources_are_numbered_as_the_file_lists_them_and_those_written_in_place_come_last() -> None:
    inline = source("s0", "https://example.org/inline")
    found = resolved(minimal(figures=[figure(3, sources=[inline])], sources=[source("s1"), source("s2")]))
    assert {id: each.number for id, each in found.sources.items()} == {"s1": 1, "s2": 2, "s0": 3}
    assert found.values["figures"][0]["sources"] == ("s0",)
    assert all(each.incident == found.id for each in found.sources.values())


@pytest.mark.parametrize(
    ("printed", "publisher"),
    [
        (source("a", "https://example.org/a", publisher="Example Agency"), "example agency"),
        (source("a", "https://example.org/a", publisher="A", **{"container-title": "B"}), "a"),
        (source("a", "https://example.org/a", **{"container-title": "Example Times"}), "example times"),
        ({**source("a", publisher="Example Post"), "derived_from": "Example AGENCY"}, "example agency"),
        (source("a", "https://www.example.org/a/"), "example.org/a"),
        (source("a", DOI="10.1/a"), ""),
    ],
)
def test_a_source_counts_as_the_one_whose_text_it_is(printed: Value, publisher: str) -> None:
    found = resolved(minimal(sources=[printed]))
    assert found.sources["a"].publisher == publisher


def test_two_spellings_of_one_address_are_one_address() -> None:
    both = [source("a", "http://www.example.org/x/#y"), source("b", "https://example.org/x"), source("c")]
    addresses = [each.address for each in resolved(minimal(sources=both)).sources.values()]
    assert addresses == ["example.org/x", "example.org/x", None]


def test_everything_that_names_something_is_a_mention_with_the_item_it_stands_in() -> None:
    figures = [figure(3, said_by="example-police", note="As was written [s1].", counts="victims-only")]
    found = resolved(minimal(figures=figures))
    named = {(each.kind, each.target, each.item) for each in found.mentions}
    assert named >= {
        ("sources", "s1", None),  # by its mark in the summary
        ("countries", "XX", None),
        ("incident_types", "shooting", None),
        ("measures", "killed", "k1"),
        ("actors", "example-police", "k1"),
        ("counted", "not-included", "k1"),  # by the word that stands for it
        ("sources", "s1", "k1"),
        ("record_statuses", "draft", None),
    }
    by_mark = [each for each in found.mentions if each.path == ("figures", 0, "note")]
    assert [(each.kind, each.target) for each in by_mark] == [("sources", "s1")]


def test_what_a_text_links_to_is_a_mention_of_the_item_it_stands_in() -> None:
    text = "See [the front](actors/example-front), [that attack](incidents/2004-example-hall) and [this](#k1)."
    incident = resolved(minimal(context=[{"topic": "event", "gist": text, "sources": ["s1"]}]))
    named = [(each.item, each.kind, each.target) for each in incident.mentions if each.field.format == "prose"]
    assert named[-3:] == [
        ("x1", "actors", "example-front"),
        ("x1", "incidents", "2004-example-hall"),
        ("x1", "items", "k1"),
    ]


def test_the_several_names_of_a_publisher_are_one() -> None:
    names = ["BBC News", "bbc", "Русская служба Би-би-си", "Example Times"]
    csl = {"type": "webpage", "title": "x", "accessed": "2026-01-01"}
    sources = [{"id": f"s{n}", "csl": {**csl, "container-title": name}} for n, name in enumerate(names, 1)]
    found = resolved(minimal(sources=sources)).sources.values()
    assert [each.publisher for each in found] == ["bbc", "bbc", "bbc", "example times"]


def test_a_mark_that_is_no_source_is_no_mention() -> None:
    found = resolved(minimal(summary="He said “sorry [sic]” [s1]."))
    assert [each.target for each in found.mentions if each.field.name == "summary"] == ["s1"]


def test_what_a_source_is_called_is_not_said_in_an_item() -> None:
    listed = {**source("s1", "https://example.org/1"), "publisher_kind": "newspaper"}
    found = resolved(minimal(sources=[listed]))
    assert [each.item for each in found.mentions if each.kind == "publisher_kinds"] == [None]


@pytest.mark.parametrize(
    ("kind", "there"),
    [
        ("part-of", "Has part"),
        ("preceded-by", "Followed by"),
        ("same-attackers-as", "Same attackers as"),
        ("same-claimant-as", "Same claimant as"),
        ("same-place-as", "Same place as"),
        ("responded-to-by", "Response to"),
        ("claimed-as-revenge-for", "Claimed as reason of"),
        ("prompted-change-of", "Changed after"),
        ("compared-with", "Compared with"),
        ("confused-with", "Confused with"),
        ("duplicate-of", "Has duplicate"),
    ],
)
def test_a_relation_is_typed_once_and_seen_from_both_ends(kind: str, there: str) -> None:
    relation = {"type": kind, "target": "1998-example-village", "gist": "They are alike.", "sources": ["s1"]}
    town = resolved(minimal(relations=[relation]))
    village = resolved(minimal(id="1998-example-village"))
    both = relations([town, village], schema())
    (here,), (other,) = both[town.id], both[village.id]
    label = schema().vocabularies["relation_types"].terms[kind].label
    assert (here.incident, here.other, here.label) == (town.id, village.id, label)
    assert (other.incident, other.other, other.label) == (village.id, town.id, there)
    assert here.item == other.item == town.items["b1"]


def test_the_invented_register_uses_every_kind_of_relation() -> None:
    kinds = {each.values["type"] for entry in good().entries.values() for each in entry.incident.block("relations")}
    assert kinds == set(schema().vocabularies["relation_types"].terms)


def test_the_order_of_the_documents_is_kept() -> None:
    documents = good_documents()
    for given in (documents, documents[::-1]):
        assert [each.id for each in resolve(given, schema())] == [each.values["id"] for each in given]
