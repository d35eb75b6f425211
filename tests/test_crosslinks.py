"""Every page is linked to every page it names, and back: no orphans, no one-way streets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from tests.dom import Element, parse
from tests.test_site import catalogue

Pages = dict[str, Element]
Links = dict[str, dict[str, set[str]]]  # from page to page, with the fragments


@pytest.fixture(scope="module")
def links(site: Path) -> Links:
    """Which page of the site links to which, from its text alone: menus lead everywhere."""
    found: Links = {}
    for path in sorted(site.rglob("*.html")):
        here = path.relative_to(site).as_posix()
        article = next(iter(parse(path.read_text(encoding="utf-8")).all("article")), None)
        for each in (link for link in article.all("a") if not on_the_map(link)) if article else ():
            href = each.attributes.get("href", "")
            address, fragment = urldefrag(urljoin(f"/{here}", href))
            if href and "//" not in href and not address.startswith("mailto"):
                target = unquote(address.partition("?")[0]).lstrip("/")
                target += "index.html" if target.endswith("/") or not target else ""
                found.setdefault(here, {}).setdefault(target, set()).add(unquote(fragment))
    return found


def on_the_map(link: Element) -> bool:
    """Whether it leads to what happens to lie near: that names nothing, and the other map may not reach so far."""
    here: Element | None = link
    while here is not None and here.attributes.get("class") != "where-map":
        here = here.above
    return here is not None


def of_kind(links: Links, folder: str, depth: int = 3) -> Iterator[str]:
    """The pages one step below a folder, such as `actors/fsb/index.html`."""
    return (each for each in links if each.startswith(f"{folder}/") and each.count("/") == depth - 1)


def test_every_page_is_linked_from_the_text_of_another_or_from_the_menu(site: Path, links: Links) -> None:
    menu = parse((site / "index.html").read_text(encoding="utf-8"))
    linked = {urljoin("/", each.attributes["href"]).lstrip("/") for each in menu.all("a") if "href" in each.attributes}
    linked = {each + "index.html" if each.endswith("/") or not each else each for each in linked}
    linked |= {target for here, targets in links.items() for target in targets if target != here}
    written = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    moved = {
        f"incidents/{id}/index.html"
        for each in catalogue().entries.values()
        for id in each.incident.values.get("former_ids", ())
    }
    assert written - linked - moved - {"404.html", "index.html"} == set()


def test_no_link_between_incidents_is_one_way(links: Links) -> None:
    incidents = set(of_kind(links, "incidents"))
    ways = {(here, there) for here in incidents for there in links[here] if there in incidents and there != here}
    assert ways and {(there, here) for here, there in ways} == ways


@pytest.mark.parametrize("folder", ["actors", "countries"])
def test_no_link_between_an_incident_and_a_word_with_a_page_is_one_way(links: Links, folder: str) -> None:
    incidents, words = set(of_kind(links, "incidents")), set(of_kind(links, folder))
    assert words
    there = {(here, word) for here in incidents for word in links[here] if word in words}
    back = {(incident, word) for word in words for incident in links[word] if incident in incidents}
    # A relation is typed once: whoever draws it lists the record where it is typed, and stands on both pages.
    elsewhere = {
        (f"incidents/{each.incident}/index.html", f"actors/{each.item.values['by']}/index.html")
        for entry in catalogue().entries.values()
        for each in entry.relations
        if each.item.incident != each.incident and "by" in each.item.values
    }
    assert there - elsewhere <= back <= there


def test_whatever_a_text_names_lists_the_very_item_that_names_it(links: Links) -> None:
    named = 0
    for (kind, target), mentions in catalogue().mentions.items():
        for mention in mentions:
            if mention.field.format != "prose" or (kind == "incidents" and target == mention.incident):
                continue
            vocabulary = catalogue().schema.vocabularies.get(kind)
            page = f"{vocabulary.address if vocabulary else kind}/{target.lower()}/index.html"
            if vocabulary and not vocabulary.each:
                page = f"{vocabulary.address}/index.html"
            there = links[page].get(f"incidents/{mention.incident}/index.html", set())
            assert there & {mention.item or str(mention.path[0]), ""}, (kind, target, mention)
            named += 1
    assert named or not any("](" in path.read_text(encoding="utf-8") for path in Path("incidents").glob("*.yaml"))


def test_every_word_of_a_vocabulary_that_a_record_uses_lists_that_record(links: Links) -> None:
    for (kind, word), mentions in catalogue().mentions.items():
        vocabulary = catalogue().schema.vocabularies.get(kind)
        if vocabulary is None:
            continue
        page = (
            f"{vocabulary.address}/{word.lower()}/index.html" if vocabulary.each else f"{vocabulary.address}/index.html"
        )
        missing = {f"incidents/{each.incident}/index.html" for each in mentions} - set(links[page])
        assert not missing, (kind, word)


def test_every_source_lists_the_incidents_that_use_it(links: Links) -> None:
    letters = [each for each in links if each.startswith("sources/") and each != "sources/index.html"]
    for id, entry in catalogue().entries.items():
        fragments = set[str]().union(*(links[each].get(f"incidents/{id}/index.html", set()) for each in letters))
        assert {f"s-{source}" for source in entry.incident.sources} <= fragments
