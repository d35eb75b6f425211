"""The page of all sources: each address once, under its publisher, with all who use it; the counts are right."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from markdown import Markdown

from generator import pipeline
from generator.model import Catalogue, Document, Settings, freeze, normal_address
from generator.render import render
from tests.dom import Element, parse
from tests.invented import catalogue, figure, good, minimal, schema

ROOT = Path(__file__).parents[1]


@cache
def real() -> Catalogue:
    """The register itself."""
    built = pipeline.build(ROOT, Settings(), date(2100, 1, 1))
    assert built.catalogue, [str(each) for each in built.problems]
    return built.catalogue


def source(id: str, address: str | None, publisher: str, seen: str = "full", **more: Any) -> dict[str, Any]:
    csl = {"type": "article-newspaper", "title": f"Title {id}", "container-title": publisher, "accessed": "2026-01-01"}
    if address:
        csl["URL"] = address
    return {"id": id, "csl": csl, "publisher_kind": "newspaper", "seen": seen, **more}


@cache
def two() -> Catalogue:
    """Two incidents that share one address, written in two ways."""
    one = minimal(
        id="1999-one",
        figures=[figure(3, sources=["a"]), figure(3, "1999-01-06", sources=["a", "b"])],
        sources=[source("a", "https://example.org/a/", "Times", "excerpt"), source("b", None, "Post", "excerpt")],
    )
    other = minimal(
        id="1999-two",
        figures=[figure(3, sources=["x"]), figure(3, "1999-01-06", sources=["y"])],
        sources=[
            source("x", "http://www.example.org/a", "Times"),
            source("y", "https://example.org/y", "Herald", "excerpt", derived_from="TIMES"),
        ],
    )
    documents = tuple(Document(f"incidents/{each['id']}.yaml", freeze(each)) for each in (one, other))
    return catalogue(documents, schema())


RENDERED: dict[int, dict[str, str]] = {}


def text(of: Catalogue, path: str) -> str:
    """A page without its front matter."""
    if id(of) not in RENDERED:
        RENDERED[id(of)] = {each.path: each.text for each in render(of)}
    return RENDERED[id(of)][path].split("---\n", 2)[2]


def page(of: Catalogue) -> Element:
    return html(text(of, "sources/index.md"))


def html(markdown: str) -> Element:
    return parse(Markdown(extensions=["attr_list", "md_in_html", "tables", "admonition"]).convert(markdown))


def letters(of: Catalogue) -> list[Element]:
    """The pages of the letters that publishers begin with."""
    text(of, "sources/index.md")
    return [html(text(of, path)) for path in sorted(RENDERED[id(of)]) if re.fullmatch(r"sources/.+/index.md", path)]


def publishers(of: Catalogue) -> list[Element]:
    return [each for found in letters(of) for each in found.all("section")]


REGISTERS = {"two": two, "good": good, "real": real}
registers = pytest.mark.parametrize("of", REGISTERS.values(), ids=REGISTERS)


@registers
def test_every_address_stands_there_exactly_once(of: Any) -> None:
    every = [each for found in letters(of()) for each in found.all("a")]
    links = [each for each in every if each.attributes.get("rel") == "noopener external"]
    shown = [unquote(normal_address(each.attributes["href"])) for each in links]
    sources = [each for entry in of().entries.values() for each in entry.incident.sources.values()]
    assert sorted(shown) == sorted({unquote(each.address) for each in sources if each.address})


@registers
def test_every_use_of_a_source_leads_to_its_entry_in_the_incident(of: Any) -> None:
    uses = [
        f"../../incidents/{each.incident}/index.md#s-{each.id}"
        for entry in of().entries.values()
        for each in entry.incident.sources.values()
    ]
    links = [each.attributes["href"] for found in letters(of()) for each in found.all("a")]
    assert sorted(each for each in links if "#s-" in each) == sorted(uses)


@registers
def test_the_counts_in_the_first_sentences_are_right(of: Any) -> None:
    sources = [each for entry in of().entries.values() for each in entry.incident.sources.values()]
    merged: dict[Any, list[str | None]] = {}
    for each in sources:
        merged.setdefault(each.address or (each.incident, each.id), []).append(each.values.get("seen"))
    excerpts = sum(set(seen) == {"excerpt"} for seen in merged.values())
    first = page(of()).all("p")[0].words
    numbers = [int(each) for each in re.findall(r"\d+", first)]
    owners = len({each.publisher for each in sources})
    assert numbers == [len(merged), owners, len(of().entries), excerpts]
    assert len(publishers(of())) == owners


def test_a_publisher_says_its_kind_and_how_many_sources_in_how_many_incidents() -> None:
    assert [each.one("h2").words for each in publishers(two())] == [
        "Post newspaper or magazine 1 source in 1 incident",
        "Times newspaper or magazine 2 sources in 2 incidents",
    ]


def test_the_publisher_with_most_sources_stands_first() -> None:
    listed = page(real()).one("ul", **{"class": "publishers"}).all("li")
    numbers = [int(each.one("small").words.split()[0]) for each in listed]
    assert numbers == sorted(numbers, reverse=True) and numbers[0] > 5


@registers
def test_every_publisher_leads_to_its_sources(of: Any) -> None:
    listed = page(of()).one("ul", **{"class": "publishers"}).all("a")
    places = {each.attributes["href"].partition("#")[2] for each in listed}
    assert places == {each.attributes["id"] for each in publishers(of())} and len(places) == len(listed)


@registers
def test_what_rests_on_one_publisher_is_listed_by_incident_and_counted_on_its_page(of: Any) -> None:
    found = page(of())
    for id, entry in of().entries.items():
        alone = {
            item.id
            for item in entry.incident.items.values()
            if "sources" in item.values
            and len({entry.incident.sources[each].publisher for each in item.values["sources"]}) == 1
        }
        links = {each.attributes["href"] for each in found.all("a")}
        listed = {link.partition("#")[2] for link in links if link.startswith(f"../incidents/{id}/")}
        assert {each for each in listed - {""} if not each.startswith("s-")} == alone  # without one: the record itself
        owners = len({each.publisher for each in entry.incident.sources.values()})
        sources = len(entry.incident.sources)
        section = text(of(), f"incidents/{id}/index.md").partition("{: #sources }")[2].partition("<ol")[0]
        line = html(section).words
        told = re.search(r"(\d+) sources? from (\d+) independent publishers?; (no|\d+) items? rests? on one", line)
        assert told and told.groups() == (str(sources), str(owners), str(len(alone) or "no"))


def test_an_agency_that_others_print_is_one_publisher_with_them() -> None:
    titles = {each.all("span")[0].words.casefold(): len(each.all("li")) for each in publishers(two())}
    assert titles == {"times": 2, "post": 1}
