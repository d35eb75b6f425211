"""The page of a town or village: one for each that a record names, with what happened there and no more than that."""

from __future__ import annotations

from typing import Any

import pytest
from markdown import Markdown

from generator.derive.settlements import settlements
from generator.model import Catalogue, Document, freeze, slug
from generator.render import render
from tests.dom import Element, parse
from tests.invented import catalogue, figure, good, minimal, schema


def register(*records: dict[str, Any]) -> Catalogue:
    documents = (Document(f"incidents/{each['id']}.yaml", freeze(each)) for each in records)
    return catalogue(tuple(documents), schema())


def pages(of: Catalogue) -> dict[str, str]:
    return {page.path: page.text for page in render(of)}


def page(of: Catalogue, path: str) -> Element:
    body = pages(of)[f"{path}/index.md"].split("---\n", 2)[2]
    return parse(Markdown(extensions=["attr_list", "md_in_html", "tables", "admonition"]).convert(body))


def places(of: Catalogue) -> set[str]:
    """The addresses of all pages below those of countries."""
    return {
        path.removesuffix("/index.md") for path in pages(of) if path.startswith("countries/") and path.count("/") > 2
    }


def fields(html: Element) -> dict[str, str]:
    listed = html.one("dl")
    titles, values = [each.words for each in listed.all("dt")], [each.words for each in listed.all("dd")]
    return dict(zip(titles, values, strict=True))


def lines(html: Element) -> list[list[str]]:
    """What is told of each incident, paragraph by paragraph."""
    return [[each.words for each in li.all("p")] for li in html.one("ol").all("li")]


def links(html: Element) -> dict[str, str]:
    return {each.words: each.attributes["href"] for each in html.all("a")}


def town(id: str, settlement: str, when: str = "1999-01-02", country: str = "XX", **more: Any) -> dict[str, Any]:
    where = {"settlement": settlement, "country": country, **more.pop("where", {})}
    return minimal(id=id, title=f"Attack {id}", when=when, where=where, **more)


def point(lat: float, lon: float) -> dict[str, Any]:
    return {"lat": lat, "lon": lon, "precision": "settlement"}


def part(name: str, settlement: str | None, at: str, **more: Any) -> dict[str, Any]:
    said = {"settlement": settlement} if settlement else {}
    return {"name": name, "at": at, "gist": f"Shots at {name} [s1].", "sources": ["s1"], **said, **more}


TWO_TOWNS = minimal(
    id="2001-two-towns",
    title="Two towns",
    when="2001-05-01",
    where={"country": "XX", "region": "Region A"},
    places=[
        part("the bank", "Alpha", "2001-05-01", region="Region A", point=point(1.0, -5.0)),
        part("the mill", "Beta", "2001-05-03", point=point(9.0, 5.0)),
        part("the shop", "Beta", "2001-05-04"),
        part("the road", None, "2001-05-05"),
    ],
    figures=[
        figure(9, "2001-05-09", "example-police"),
        figure(4, "2001-05-09", "example-police", places=["p1"]),
        figure(3, "2001-05-09", "example-police", places=["p2"]),
        figure(2, "2001-05-09", "example-police", places=["p2", "p3"], note="Both."),
        figure(7, "2001-05-09", "example-police", places=["p1", "p2"]),
    ],
)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Moscow", "moscow"),
        ("Saint-Étienne", "saint-etienne"),
        ("Sana'a", "sana-a"),
        ("  İzmir  (old town) ", "izmir-old-town"),
        ("Großau", "grossau"),
        ("Ⅳ. Bezirk", "iv-bezirk"),
        ("Møns", "m-ns"),
        ("Москва", ""),
        ("../..", ""),
        ("a" * 81, ""),
    ],
)
def test_an_address_is_made_of_plain_letters(name: str, made: str) -> None:
    assert slug(name) == made


def test_there_is_a_page_for_every_name_that_a_record_has_and_for_no_other() -> None:
    assert places(good()) == {"countries/xx/example-port", "countries/xx/example-town"}
    assert places(register(TWO_TOWNS)) == {"countries/xx/alpha", "countries/xx/beta"}
    assert places(register(minimal(where={"country": "XX", "region": "Alpha"}))) == set()


def test_names_that_differ_in_marks_and_capitals_share_a_page_that_says_so() -> None:
    found = register(town("1999-a", "Mérida"), town("1999-b", "Merida"), town("1999-c", "Merida"))
    assert places(found) == {"countries/xx/merida"}
    html = page(found, "countries/xx/merida")
    assert html.one("h1").words == "Merida" and fields(html)["Also written"] == "Mérida"
    assert len(lines(html)) == 3


def test_a_name_in_other_letters_has_no_page_and_is_no_link() -> None:
    found = register(town("1999-a", "Примерск"))
    assert places(found) == set()
    for path in ("incidents", "incidents/1999-a", "timeline", "map"):
        assert "Примерск" in page(found, path).text and "Примерск" not in links(page(found, path))
    assert "Places" not in [each.words for each in page(found, "countries/xx").all("h2")]


def test_one_name_in_two_countries_is_two_places() -> None:
    found = register(town("1999-a", "Alpha"), town("1999-b", "Alpha", country="FR"))
    assert places(found) == {"countries/xx/alpha", "countries/fr/alpha"}
    assert [each[0] for each in lines(page(found, "countries/fr/alpha"))] == ["Attack 1999-b"]
    heads = [text.split("---\n")[1] for path, text in pages(found).items() if path.endswith("/alpha/index.md")]
    assert '"title": "Alpha, France"' in "".join(heads) and '"title": "Alpha, Exampleland"' in "".join(heads)


def test_incidents_stand_in_order_of_time_with_date_venue_and_figure() -> None:
    later = town("2003-b", "Alpha", "2003-02-03", where={"venue": "Market", "region": "North"})
    html = page(register(later, town("1999-a", "Alpha", where={"point": point(1.0, -5.0)})), "countries/xx/alpha")
    assert lines(html) == [
        [
            "Attack 1999-a",
            "2 January 1999",
            "Killed 3 as of 5 January 1999, voice not named; source does not say if attackers are counted",
        ],
        [
            "Attack 2003-b",
            "3 February 2003 · Market · not on the map: the record has no coordinates",
            "Killed 3 as of 5 January 1999, voice not named; source does not say if attackers are counted",
        ],
    ]
    assert fields(html) == {"Country": "Exampleland", "Region": "North"}
    assert links(html)["Exampleland"] == "../index.md"


def test_of_an_incident_at_several_places_only_what_was_there_is_told() -> None:
    (alpha,) = lines(page(register(TWO_TOWNS), "countries/xx/alpha"))
    assert [each.split(" as of")[0] for each in alpha] == [
        "Two towns",
        "1 May 2001",
        "the bank · 1 May 2001: Shots at the bank.",
        "Killed, the bank 4",
        "Killed, all places 9",
    ]
    (beta,) = lines(page(register(TWO_TOWNS), "countries/xx/beta"))
    assert [each.split(" as of")[0] for each in beta] == [
        "Two towns",
        "3 May 2001",
        "the mill · 3 May 2001: Shots at the mill.",
        "the shop · 4 May 2001: Shots at the shop.",
        "Killed, the mill 3",
        "Killed, the mill, the shop 2",
        "Killed, all places 9",
    ]
    html = page(register(TWO_TOWNS), "countries/xx/beta")
    assert [each.words[:18] for each in html.all("p", **{"class": "card-figure beyond"})] == ["Killed, all places"]
    assert links(html)["the mill"] == "../../../incidents/2001-two-towns/index.md#p2"


def test_the_figure_of_the_whole_is_that_of_the_town_where_nothing_was_elsewhere() -> None:
    def labels(**changes: Any) -> list[str]:
        html = page(register({**TWO_TOWNS, "figures": [figure(9)], **changes}), "countries/xx/alpha")
        return [
            each.words.split(" 9")[0] for each in html.all("p") if "card-figure" in each.attributes.get("class", "")
        ]

    alpha = {"country": "XX", "settlement": "Alpha"}
    both = [part("the bank", "Alpha", "2001-05-01"), part("the shop", "ALPHA", "2001-05-02")]
    unnamed = [part("the bank", "Alpha", "2001-05-01"), part("the shop", None, "2001-05-02")]
    elsewhere = [part("the bank", "Alpha", "2001-05-01"), part("the mill", "Beta", "2001-05-02")]
    assert labels(places=both) == ["Killed"]
    assert labels(places=unnamed) == ["Killed, all places"]
    assert labels(places=unnamed, where=alpha) == ["Killed"]
    assert labels(places=elsewhere, where=alpha) == ["Killed, all places"]


def test_the_map_marks_what_was_there() -> None:
    alpha = register(TWO_TOWNS).settlements["XX"]["alpha"].scenes[0].point
    beta = register(TWO_TOWNS).settlements["XX"]["beta"].scenes[0].point
    assert alpha and (alpha.lat, alpha.lon) == (1.0, -5.0)
    assert beta and (beta.lat, beta.lon) == (9.0, 5.0)
    drawn = page(register(TWO_TOWNS, town("1999-a", "Beta", where={"point": point(2.0, 2.0)})), "countries/xx/beta")
    markers = {each.one("text").words: each.attributes["href"] for each in drawn.one("svg").all("a")}
    assert markers == {"1": "../../../incidents/1999-a/", "2": "../../../incidents/2001-two-towns/"}
    ys = [float(each.attributes["transform"].rstrip(")").split()[1]) for each in drawn.one("svg").all("a")]
    assert ys[0] > ys[1]  # the second lies further north


def test_a_part_without_a_point_is_not_marked_where_another_part_was() -> None:
    places = [part("the bank", "Alpha", "2001-05-01", point=point(1.0, -5.0)), part("the mill", "Beta", "2001-05-03")]
    html = page(register({**TWO_TOWNS, "places": places, "figures": [figure(9)]}), "countries/xx/beta")
    assert not html.all("svg") and "not on the map" in lines(html)[0][1]


def test_a_country_lists_its_places_with_how_many_incidents_they_had() -> None:
    found = register(
        town("1999-a", "Beta"), town("1999-b", "beta"), town("1999-c", "Alpha"), town("1999-d", "Gamma", country="FR")
    )
    listed = page(found, "countries/xx").one("ul", **{"class": "places"})
    assert [each.words for each in listed.all("li")] == ["Alpha 1 incident", "beta 2 incidents"]
    assert list(links(listed).values()) == ["alpha/index.md", "beta/index.md"]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("incidents", "../countries/xx/example-town/index.md"),
        ("compare", "../countries/xx/example-town/index.md"),
        ("timeline", "../countries/xx/example-town/index.md"),
        ("map", "../countries/xx/example-town/index.md"),
        ("countries/xx", "example-town/index.md"),
        ("incidents/2004-example-hall", "../../countries/xx/example-town/index.md"),
    ],
)
def test_wherever_a_place_is_printed_it_leads_to_its_page(path: str, address: str) -> None:
    assert links(page(good(), path))["Example Town"] == address


def test_the_page_of_an_incident_links_its_place_in_box_details_places_and_what_names_it() -> None:
    hall = page(good(), "incidents/2004-example-hall")
    assert "Example Town" in links(hall.one("aside"))
    assert len([each for each in hall.all("a") if each.words == "Example Town"]) == 3
    bridge = page(good(), "incidents/2010-example-bridge")
    assert "Example Port" in links(bridge.one("section", id="p1"))


@pytest.mark.parametrize(("region", "told"), [("Alpha", "Alpha, Exampleland"), ("Beta", "Alpha, Beta, Exampleland")])
def test_a_city_that_is_a_region_of_its_own_is_named_once(region: str, told: str) -> None:
    found = register(town("1999-a", "Alpha", where={"region": region}))
    assert fields(page(found, "incidents/1999-a").one("aside"))["Where"].startswith(told)


def test_a_place_says_why_its_figure_was_chosen_and_the_timeline_what_happened_there() -> None:
    chosen = {"headline": True, "headline_reason": "It is [the list](#k2)."}
    two = {"k1": figure(4, "2001-05-09", places=["p1"]), "k2": {**figure(6, "2001-05-08", places=["p1"]), **chosen}}
    found = page(register({**TWO_TOWNS, "figures": list(two.values())}), "incidents/2001-two-towns")
    bank = found.one("section", id="p1")
    assert "chosen by the editors" in bank.words and "It is the list." in bank.words
    assert "the bank. Shots at the bank" in found.one("ol", **{"class": "timeline"}).words


def test_a_hostile_name_is_text_and_its_address_harmless() -> None:
    found = register(town("1999-a", '<script>alert(1)</script> "x" [a](b)'))
    assert places(found) == {"countries/xx/script-alert-1-script-x-a-b"}
    for path in (*places(found), "incidents", "countries/xx", "timeline"):
        assert not page(found, path).all("script") and "<script>alert(1)" in page(found, path).text


def test_settlements_come_out_the_same_whatever_the_order_of_the_records() -> None:
    incidents = [
        each.incident for each in register(TWO_TOWNS, town("1999-a", "Alpha"), town("1999-b", "ALPHA")).entries.values()
    ]
    one, other = settlements(incidents)["XX"]["alpha"], settlements(incidents[::-1])["XX"]["alpha"]
    assert one.scenes == other.scenes and set(one.names) == set(other.names)
