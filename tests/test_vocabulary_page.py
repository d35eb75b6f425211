"""The page of a vocabulary: what each word means, its codes, and where and why incidents use it."""

from __future__ import annotations

from typing import Any

import pytest
from markdown import Markdown

from generator.model import Catalogue, Document, freeze
from generator.render import render
from tests.dom import Element, parse
from tests.invented import catalogue, figure, good, minimal, schema


def page(of: Catalogue, name: str) -> Element:
    text = next(page.text for page in render(of) if page.path == f"{name}/index.md")
    body = text.split("---\n", 2)[2]
    return parse(Markdown(extensions=["attr_list", "md_in_html", "tables", "admonition"]).convert(body))


def register(**changes: Any) -> Catalogue:
    return catalogue((Document("incidents/1999-example-town.yaml", freeze(minimal(**changes))),), schema())


def row(html: Element, word: str) -> Element:
    return html.one("tr", id=word)


def uses(html: Element, word: str) -> list[str]:
    (cell,) = [each for each in row(html, word).all("td") if each.attributes["data-label"] == "Incidents"]
    return [each.words for each in cell.all("li") if not each.all("li")]


def head(html: Element) -> str:
    return html.all("th")[-1 - len(html.all("tbody")[0].all("th"))].words


def links(html: Element) -> list[str]:
    return [each.attributes["href"].rpartition("/incidents/")[2] for each in html.all("a")]


def test_a_word_has_its_meaning_its_codes_and_the_incidents_that_use_it() -> None:
    firearms = row(page(good(), "vocabulary/weapons"), "firearms")
    term = schema().vocabularies["weapons"].terms["firearms"]
    assert term.definition in firearms.words and str(term.codes["gtd"]) in firearms.words
    assert "2004-example-hall/index.md#classification" in links(firearms)


def test_where_words_serve_one_field_the_head_of_the_column_names_it_once_for_all() -> None:
    html = page(good(), "vocabulary/weapons")
    assert head(html) == "Incidents (classification, weapons)"
    assert "Classification" not in row(html, "firearms").words
    several = page(good(), "vocabulary/counted")
    assert head(several) == "Incidents"
    assert uses(several, "included")[0].startswith("Figures, counts, ")


def test_every_use_of_a_word_leads_to_the_item_the_source_or_the_part_where_it_is() -> None:
    for name, vocabulary in schema().vocabularies.items():
        html = page(good(), vocabulary.address)
        for (kind, word), mentions in good().mentions.items():
            for each in mentions if kind == name and not vocabulary.each else ():
                values = good().entries[each.incident].incident.values
                part = f"s-{values['sources'][each.path[1]]['id']}" if each.path[0] == "sources" else str(each.path[0])
                assert f"{each.incident}/index.md#{each.item or part}" in links(row(html, word)), (
                    name,
                    word,
                    each.path,
                )


def test_a_word_with_a_page_of_its_own_links_to_the_first_use_and_leaves_the_rest_to_that() -> None:
    html = page(good(), "actors")
    assert html.one("a", href="example-hospital/index.md")
    assert "#k9" in " ".join(each.attributes["href"] for each in html.all("a"))
    assert "Figures, said by" not in html.words


def test_an_item_says_what_kind_it_is_unless_the_word_does_and_who_speaks() -> None:
    assert uses(page(good(), "vocabulary/claim_types"), "attribution") == ["Example Police c2"]
    assert uses(page(good(), "vocabulary/claim_statuses"), "disputed")[0] == "Denial, Example Front c3"
    assert uses(page(good(), "vocabulary/specificities"), "place") == ["Warning, Example Embassy w1"]


def test_figures_are_many_and_say_no_voice() -> None:
    many = register(figures=[figure(1, said_by="example-police", basis="claimed"), figure(2, "1999-02-05")])
    assert uses(page(many, "vocabulary/measures"), "killed") == ["k1, k2"]
    assert uses(page(many, "vocabulary/bases"), "claimed") == ["Killed k1"]


@pytest.mark.parametrize(
    ("name", "word", "shown"),
    [
        ("statement_kinds", "allegation", "t1, t3"),
        ("verifications", "unproven", "t1"),
        ("verifications", "contradicted", "t3"),
    ],
)
def test_of_an_allegation_the_id_is_all(name: str, word: str, shown: str) -> None:
    assert uses(page(good(), f"vocabulary/{name}"), word) == [shown]


def test_what_stands_only_as_ids_is_kept_out_of_search() -> None:
    cells = page(good(), "vocabulary/measures").all("td")
    assert all(
        ("data-search-exclude" in each.attributes) == (each.attributes["data-label"] == "Incidents") for each in cells
    )


def test_a_word_that_nobody_uses_says_so() -> None:
    assert uses(page(register(), "vocabulary/claim_types"), "denial") == []
    assert row(page(register(), "vocabulary/claim_types"), "denial").all("td")[-1].words == "–"
