"""The real register as a reader meets it: addresses lead somewhere, nothing comes from elsewhere, nothing is lost."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

from generator import pipeline
from generator.model import Catalogue, Entry, Item, Quantity, Settings
from generator.render.text import plain
from tests.dom import Element, parse

REPO = Path(__file__).parent.parent
IDS = sorted(path.stem for path in (REPO / "incidents").glob("*.yaml"))
SEEDS = yaml.safe_load((REPO / "tests" / "seed_statements.yaml").read_text(encoding="utf-8"))
HEADINGS = ("h1", "h2", "h3", "h4")
NOTICE = "Attribution on these pages reflects what is reported in the sources named; it does not necessarily indicate"
KILOBYTES = 60
Pages = dict[str, Element]


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every page by its address below the site."""
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {address: parse(path.read_text(encoding="utf-8")) for address, path in found.items()}


@cache
def catalogue() -> Catalogue:
    built = pipeline.build(REPO, Settings(), date.today())
    assert built.catalogue, built.problems
    return built.catalogue


def entry(id: str) -> Entry:
    return catalogue().entries[id]


def incident_page(pages: Pages, id: str) -> Element:
    return pages[f"incidents/{id}/index.html"].one("article")


@cache
def by_id(html: Element) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for each in html.walk():
        if "id" in each.attributes:
            found.setdefault(each.attributes["id"], []).append(each)
    return found


def anchored(html: Element, id: str) -> Element:
    """The one element with an id."""
    (element,) = by_id(html)[id]
    return element


def around(element: Element, items: Mapping[str, Item]) -> str | None:
    """The id of the item in which an element stands, the innermost of several."""
    here = element.above
    while here is not None and here.attributes.get("id") not in items:
        here = here.above
    return here.attributes["id"] if here else None


def region(element: Element) -> list[Element]:
    """What stands at an anchor: the element, and for a heading or a term of a list also what it heads."""
    assert element.above
    row = [each for each in element.above.children if isinstance(each, Element)]
    after = row[row.index(element) + 1 :]
    if element.tag in HEADINGS:
        ends = HEADINGS[: HEADINGS.index(element.tag) + 1]
    elif element.tag == "dt":
        ends = ("dt",)
    else:
        return [element]
    until = next((number for number, each in enumerate(after) if each.tag in ends), len(after))
    return [element, *after[:until]]


def words(text: str) -> str:
    """Prose without its source marks, and with single blanks."""
    return " ".join(plain(text, None).split())


def shown(elements: list[Element], leave: str = "") -> str:
    """The text of elements with single blanks, without marks of sources and without elements of one name."""

    def of(element: Element) -> Iterator[str]:
        for each in element.children:
            if isinstance(each, str):
                yield each
            elif each.tag not in ("sup", leave):
                yield from of(each)

    return " ".join(" ".join("".join(of(each)) for each in elements).split())


# Addresses


def addresses(html: Element) -> Iterator[tuple[Element, str, str]]:
    """Every address in the attributes of a page, and the name of the attribute."""
    for element in html.walk():
        for name, value in element.attributes.items():
            if name in (
                "href",
                "src",
                "action",
                "formaction",
                "poster",
                "data",
                "cite",
                "ping",
                "xlink:href",
                "manifest",
            ):
                yield element, name, value
            elif name in ("srcset", "imagesrcset"):
                yield from ((element, name, each.split()[0]) for each in value.split(","))


def anchors(html: Element) -> set[str]:
    return {value for each in html.walk() for name in ("id", "name") if (value := each.attributes.get(name))}


def broken(site: Path, pages: Pages, page: str, address: str, ids: dict[str, set[str]]) -> bool:
    """Whether an address of our own leads nowhere."""
    parts = urlsplit(urljoin(f"http://here/{page}", address))
    path = unquote(parts.path).lstrip("/")
    target = f"{path}index.html" if not path or path.endswith("/") else path
    if not (site / target).is_file():
        return True
    return bool(parts.fragment) and target in pages and unquote(parts.fragment) not in ids[target]


def test_no_address_of_ours_leads_nowhere(site: Path, pages: Pages) -> None:
    ids = {address: anchors(html) for address, html in pages.items()}
    ours = [
        (page, address)
        for page, html in pages.items()
        for _, _, address in addresses(html)
        if not urlsplit(address).scheme and not address.startswith("//")
    ]
    assert len(ours) > 20 * len(pages)
    assert [each for each in ours if broken(site, pages, *each, ids)] == []


def test_no_anchor_stands_twice_in_a_page(pages: Pages) -> None:
    for page, html in pages.items():
        assert not [id for id, each in by_id(html).items() if len(each) > 1], page


def test_what_the_search_finds_is_there(site: Path, pages: Pages) -> None:
    ids = {address: anchors(html) for address, html in pages.items()}
    locations = [each["location"] for each in search_index(site)["docs"]]
    assert len(locations) > len(pages)
    assert [each for each in locations if broken(site, pages, "", each, ids)] == []
    assert {f"incidents/{id}/" for id in IDS} <= set(locations)


def search_index(site: Path) -> dict[str, Any]:
    index: dict[str, Any] = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    return index


def test_every_page_of_the_navigation_is_there(pages: Pages) -> None:
    class Loader(yaml.SafeLoader):
        """The settings of MkDocs have a tag of their own."""

    Loader.add_constructor("!ENV", lambda loader, node: "")
    nav = yaml.load((REPO / "mkdocs.yml").read_text(encoding="utf-8"), Loader)["nav"]

    def paths(part: Any) -> Iterator[str]:
        if isinstance(part, str):
            yield part
        else:
            for each in part.values() if isinstance(part, dict) else part:
                yield from paths(each)

    found = list(paths(nav))
    assert len(found) >= 9
    linked = {urljoin("http://here/", address) for _, _, address in addresses(pages["index.html"])}
    for path in found:
        address = str(PurePosixPath(path).with_suffix(".html"))
        assert address in pages
        assert urljoin("http://here/", address.removesuffix("index.html") or ".") in linked, path


# Nothing from elsewhere


def test_no_page_asks_another_host_for_anything(pages: Pages) -> None:
    for page, html in pages.items():
        for element, name, address in addresses(html):
            if (element.tag, name) == ("a", "href"):
                assert urlsplit(address).scheme in ("", "https", "http", "mailto"), (page, address)
            else:
                parts = urlsplit(address)
                assert not parts.netloc and parts.scheme in ("", "data"), (page, element.tag, address)
        for element in html.walk():
            assert element.tag not in ("iframe", "object", "embed", "base"), page
            assert element.attributes.get("rel", "") not in ("preconnect", "dns-prefetch", "prefetch"), page
            assert element.attributes.get("http-equiv", "").lower() != "refresh", page
            assert not foreign(element.attributes.get("style", "")), page
            if element.tag == "style" or (element.tag == "script" and "src" not in element.attributes):
                assert not foreign(element.text), page


def foreign(text: str) -> list[str]:
    """Addresses of other hosts in a style sheet or script. The names of XML's own namespaces are no addresses."""
    found = re.findall(r"(?:https?:|wss?:|(?<=[\"'(]))//[\w.-]+", text)
    return [each for each in found if each != "http://www.w3.org"]


def test_no_style_sheet_and_no_script_of_ours_asks_another_host(site: Path) -> None:
    sheets = list(site.rglob("*.css"))
    ours = [path for path in site.rglob("*.js") if (REPO / "docs" / path.relative_to(site)).is_file()]
    assert len(sheets) >= 3
    for path in (*sheets, *ours):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text, path
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            assert urlsplit(address).scheme in ("", "data") and not urlsplit(address).netloc, (path, address)
        assert path.suffix == ".css" or not foreign(text), path


# Every page


def test_every_page_says_what_it_is(pages: Pages) -> None:
    titles = []
    for page, html in pages.items():
        assert html.one("html").attributes["lang"] == "en", page
        titles.append(html.one("head").one("title").words)
        assert titles[-1], page
        assert len(html.all("h1")) == 1 and html.one("h1").words, page
        assert html.one("meta", name="description").attributes["content"].strip(), page
        assert html.one("meta", name="viewport")
        (policy,) = [
            each for each in html.all("meta") if each.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert "default-src 'self'" in policy.attributes["content"], page
        assert NOTICE in html.one("footer").words, page
    assert len(set(titles)) >= len(titles) - 1  # 404.html bears the name of the site, as the home page does


def test_every_page_is_small(site: Path) -> None:
    sizes = {path: len(gzip.compress(path.read_bytes())) for path in site.rglob("*.html")}
    largest = sorted(((size, path.relative_to(site).as_posix()) for path, size in sizes.items()), reverse=True)[:3]
    print("\n".join(f"{size / 1024:5.1f} KB {path}" for size, path in largest))
    assert largest[0][0] <= KILOBYTES * 1024, largest


# The page of an incident


@pytest.mark.parametrize("id", IDS)
def test_every_item_and_source_has_its_one_address(pages: Pages, id: str) -> None:
    html, incident = incident_page(pages, id), entry(id).incident
    for anchor in (*incident.items, *(f"s-{source}" for source in incident.sources)):
        assert len(by_id(html).get(anchor, ())) == 1, anchor


@pytest.mark.parametrize("id", IDS)
def test_every_figure_shows_its_number_its_voice_and_what_has_become_of_it(pages: Pages, id: str) -> None:
    html = incident_page(pages, id)
    for series in entry(id).series:
        for figure in series.figures:
            row = shown([anchored(html, figure.item.id)])
            text = Quantity.parse(figure.item.values["value"]).text
            assert ("number not given" if text == "unknown" else text) in row
            assert figure.status in row
            voice = catalogue().term("actors", figure.said_by).label if figure.said_by else "voice not named"
            assert voice in row


@pytest.mark.parametrize("id", IDS)
def test_marks_lead_to_sources_and_sources_lead_back(pages: Pages, id: str) -> None:
    html, incident = incident_page(pages, id), entry(id).incident
    back: set[tuple[str, str]] = set()
    for source in incident.sources:
        for link in anchored(html, f"s-{source}").all("a"):
            if link.attributes["href"].startswith("#"):
                back.add((link.attributes["href"][1:], source))
    marks = {
        (item, link.attributes["href"].removeprefix("#s-"))
        for link in html.all("a")
        if link.attributes.get("href", "").startswith("#s-") and (item := around(link, incident.items))
    }
    assert len(marks) >= len(incident.sources) / 2
    assert marks <= back
    for item, source in back:
        found = [each.attributes.get("href") for part in region(anchored(html, item)) for each in part.all("a")]
        assert f"#s-{source}" in found, (item, source)


@pytest.mark.parametrize("id", IDS)
def test_every_value_that_names_a_source_is_marked(pages: Pages, id: str) -> None:
    html = incident_page(pages, id)
    for item in entry(id).incident.items.values():
        found = {each.attributes["href"] for each in anchored(html, item.id).all("a")}
        relation_of_another = item.block.name == "relations" and not found
        assert relation_of_another or {f"#s-{source}" for source in item.values.get("sources", ())} <= found, item.id


@pytest.mark.parametrize("id", IDS)
def test_relations_are_shown_at_both_ends(pages: Pages, id: str) -> None:
    for relation in entry(id).relations:
        there = f"../{relation.other}/"
        found = [each.attributes["href"] for each in incident_page(pages, id).all("a") if "href" in each.attributes]
        assert there in found
        if relation.item.incident != id:
            assert f"{there}#{relation.item.id}" in found


@pytest.mark.parametrize("id", IDS)
def test_the_timeline_says_where_attackers_are_counted_and_only_there(pages: Pages, id: str) -> None:
    timeline = incident_page(pages, id).one("ol", **{"class": "timeline"}).all("li")
    lines = {each.all("a")[0].attributes["href"]: each.words for each in timeline if each.all("a")}
    for series in entry(id).series:
        for figure in series.figures:
            if f"#{figure.item.id}" in lines:
                mixed = figure.counts["attackers"] == "included" and series.measure.more.get("counts") is not False
                assert ("attackers counted" in lines[f"#{figure.item.id}"]) == mixed, figure.item.id


def test_a_warning_whose_voice_is_not_named_says_so(pages: Pages) -> None:
    unnamed = [(each, item) for each in IDS for item in entry(each).incident.block("warnings") if not item.values["by"]]
    assert unnamed
    for each, item in unnamed:
        assert anchored(incident_page(pages, each), item.id).words.startswith("voice not named")


# Data


@pytest.mark.parametrize("id", IDS)
def test_the_numbers_in_the_data_are_those_on_the_page(site: Path, pages: Pages, id: str) -> None:
    data = json.loads((site / "api" / "v1" / "incidents.json").read_text(encoding="utf-8"))
    assert [each["id"] for each in data["incidents"]] == list(catalogue().entries)
    (record,) = [each for each in data["incidents"] if each["id"] == id]
    html = incident_page(pages, id)
    said = {
        figure["id"]: re.sub(r"[0-9]+", lambda each: f"{int(each[0]):,}", str(figure["value"]))
        for figure in record["figures"]
    }
    computed = {figure["id"]: figure for series in record["computed"]["series"] for figure in series["figures"]}
    assert set(said) == set(computed) and len(said) >= 20
    for figure, value in said.items():
        (number,) = [each for each in anchored(html, figure).all("td") if each.attributes.get("class") == "number"]
        assert shown([number]) == value.replace("unknown", "number not given").replace("-", "–"), figure
        assert computed[figure]["status"] in anchored(html, figure).attributes["class"].split()
    box = html.one("aside")
    numbers = {each.words: region(each)[1] for each in box.all("dt") if "id" not in each.attributes}
    heads = [
        each
        for each in record["computed"]["series"]
        if each["headline"] and each["group"] is None and not each["places"]
    ]
    compared = 0
    for series in heads:
        title = catalogue().term("measures", series["measure"]).label
        if title in numbers:
            assert shown([numbers[title].one("strong")]) == said[series["headline"]].replace("-", "–"), title
            compared += 1
    assert compared >= 2


@pytest.mark.parametrize("id", IDS)
def test_the_drawings_show_the_numbers_of_the_table(pages: Pages, id: str) -> None:
    html = incident_page(pages, id)
    drawings = [each for each in html.all("figure") if each.attributes.get("class") == "chart"]
    assert drawings
    for drawing in drawings:
        wide = drawing.all("svg")[0]
        for dot in wide.all("a"):
            row = anchored(html, dot.attributes["href"].removeprefix("#"))
            (number,) = [each for each in row.all("td") if each.attributes.get("class") == "number"]
            assert dot.one("title").words.startswith(f"{shown([number])}, "), dot.attributes["href"]
    measures = {series.measure.label: series for series in entry(id).headlines}
    for drawing in drawings:
        measure = drawing.all("svg")[0].all("title")[0].words.removesuffix(" over time")
        (label,) = [each for each in drawing.all("svg")[0].all("text") if each.attributes.get("class") == "newest"]
        headline = measures[measure].headline
        assert headline and label.words == headline.quantity.text, measure


def test_the_table_of_comparison_holds_every_incident(pages: Pages) -> None:
    html = pages["compare/index.html"]
    rows = html.one("table").one("tbody").all("tr")
    assert [row.one("th").one("a").words for row in rows] == [
        each.incident.title for each in catalogue().entries.values()
    ]
    columns = len(html.one("table").one("thead").all("th"))
    for row, each in zip(rows, catalogue().entries.values(), strict=True):
        assert row.one("th").one("a").attributes["href"] == f"../incidents/{each.incident.id}/"
        assert len(row.all("td")) == columns - 1
        for series in each.headlines:
            cells = [td for td in row.all("td") if td.attributes.get("data-label") == series.measure.label]
            assert not cells or Quantity.parse(series.headline.item.values["value"]).text in cells[0].words  # type: ignore[union-attr]


# Allegations


def guarded(id: str) -> list[Item]:
    """The items that are never shown without their accuser and the reply."""
    kinds = catalogue().schema.vocabularies["statement_kinds"].terms
    items = entry(id).incident.block("statements")
    return [item for item in items if kinds[item.values["kind"]].more.get("guarded")]


def allegations(id: str) -> Iterator[tuple[str, str]]:
    """Every text of an allegation that says what is alleged, with the id of its item."""
    for item in guarded(id):
        for name in ("gist", "quote", "note"):
            if name in item.values:
                yield item.id, words(str(item.values[name]))


def test_there_are_allegations_to_keep_closed() -> None:
    assert sum(len(guarded(id)) for id in IDS) >= 3


@pytest.mark.parametrize("id", IDS)
def test_an_allegation_is_shown_closed_and_out_of_search(pages: Pages, id: str) -> None:
    html = incident_page(pages, id)
    for item, text in allegations(id):
        details = anchored(html, item)
        assert details.tag == "details" and "open" not in details.attributes
        assert text in shown([details])
        card = details.above
        assert card is not None
        head = f"{shown([card], leave='details')} {shown(details.all('summary')[:1])}"
        assert "no reply found" in head or "answered: " in head, item
        assert text not in shown([html], leave="details"), item


@pytest.mark.parametrize("id", IDS)
def test_an_allegation_stands_nowhere_else(site: Path, pages: Pages, id: str) -> None:
    searched = " ".join(
        " ".join(parse(f"{each['title']} {each['text']}").text.split()) for each in search_index(site)["docs"]
    )
    assert "Krasnogorsk" in searched
    heads = " ".join(
        f"{html.one('head').one('title').words} {html.one('meta', name='description').attributes['content']}"
        for html in pages.values()
    )
    elsewhere = [shown([html.one("body")]) for page, html in pages.items() if page != f"incidents/{id}/index.html"]
    for item, text in allegations(id):
        assert text not in searched and text not in heads, item
        assert not [each for each in elsewhere if text in each], item


# The first-day article


def test_all_statements_of_the_first_day_are_here() -> None:
    assert len(SEEDS) == 39 and {seed["incident"] for seed in SEEDS} <= set(IDS)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: str(seed["id"]))
def test_a_statement_of_the_first_day_stands_at_its_address(pages: Pages, seed: dict[str, Any]) -> None:
    html, incident = incident_page(pages, seed["incident"]), entry(seed["incident"]).incident
    assert seed["items"]
    for anchor in seed["items"]:
        place = shown(region(anchored(html, anchor)))
        if anchor in incident.items:
            assert says(incident.items[anchor]) in place, anchor
        else:
            assert [each for each in leaves(incident.values[anchor]) if each in place], anchor


def says(item: Item) -> str:
    """What an item says, as its page shows it."""
    text = item.block.text or "gist"
    if item.block.name == "figures":
        return Quantity.parse(item.values["value"]).text
    if item.block.name == "actors" and "gist" not in item.values:
        return catalogue().term("actors", item.values["actor"]).label
    if item.block.name == "actors":
        text = "gist"
    return words(str(item.values[text]))


def leaves(value: Any) -> Iterator[str]:
    """The words in a value, those of vocabularies by their first letter in capitals as pages write them."""
    if isinstance(value, str):
        yield value if " " in value else value.replace("-", " ").capitalize()
    elif not isinstance(value, bool | int | float | None):
        for each in value.values() if hasattr(value, "values") else value:
            yield from leaves(each)


# Search


def test_figures_and_sources_do_not_clutter_what_a_search_finds(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    texts = {each["location"]: each["text"] for each in index["docs"]}
    for id in IDS:
        for series in entry(id).series:
            if series.whole:
                text = re.sub(r"<[^>]+>", "", texts[f"incidents/{id}/#figures-{series.measure.id}"])
                assert len(text) < 500, (id, series.measure.id)
        assert len(re.sub(r"<[^>]+>", "", texts[f"incidents/{id}/#sources"])) < 300
    assert not [each for each in texts if re.match(r"compare/.+/", each)]
