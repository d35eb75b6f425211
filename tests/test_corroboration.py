"""How well a saying is borne out: one word each, by the rule that the method page says in words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.model import Coverage, Document, Entry, freeze
from generator.render import render
from tests.invented import catalogue, figure, good, minimal, schema

ROOT = Path(__file__).parents[1]
TOWN = "1999-example-town"


def source(id: str, publisher: str, **more: Any) -> dict[str, Any]:
    csl = {"type": "article-newspaper", "title": id, "container-title": publisher, "issued": "1999-01-05"}
    return {"id": id, "csl": {**csl, "accessed": "2026-01-01", "URL": f"https://example.org/{id}"}, **more}


SOURCES = [
    source("s1", "Example Times", publisher_kind="local-news"),
    source("s2", "EXAMPLE times", publisher_kind="local-news"),
    source("s3", "Example Post", publisher_kind="newspaper"),
    source("s4", "Example Herald", publisher_kind="newspaper", derived_from="Example Post"),
    source("s5", "Example Encyclopaedia", publisher_kind="reference-work", distance="tertiary"),
]


def entry(**changes: Any) -> Entry:
    """A small record with five sources: two of one publisher, one with another's text, one that sums up reports."""
    values = freeze(minimal(**{"figures": "none-reported", "sources": SOURCES, **changes}))
    return catalogue((Document(f"incidents/{TOWN}.yaml", values),), schema()).entries[TOWN]


def claim(**more: Any) -> dict[str, Any]:
    plain = {"type": "claim-of-responsibility", "by": "example-front", "made": "1999-01-03", "status": "unverified"}
    return {**plain, "gist": "They said so.", "sources": ["s1"], **more}


def statement(**more: Any) -> dict[str, Any]:
    plain = {"kind": "account", "by": "example-times", "made": "1999-01-03", "gist": "So it was.", "sources": ["s1"]}
    return {**plain, **more}


@pytest.mark.parametrize(
    ("sources", "word"),
    [
        (["s1"], "single-source"),
        (["s1", "s2"], "single-source"),
        (["s3", "s4"], "single-source"),
        (["s1", "s3"], "several-publishers"),
        (["s1", "s4"], "several-publishers"),
        (["s1", "s5"], "several-publishers"),
    ],
    ids=["one", "one publisher twice", "a copy", "two publishers", "a copy of a third", "a summary counts"],
)
def test_publishers_are_counted_by_whose_text_it_is(sources: list[str], word: str) -> None:
    found = entry(figures=[figure(3, said_by="example-hospital", sources=sources)])
    assert found.corroborations == {"k1": word}


@pytest.mark.parametrize(("voice", "official"), [("example-police", True), ("example-court", True), (None, False)])
def test_the_word_of_an_official_body_is_called_so(voice: str | None, official: bool) -> None:
    found = entry(figures=[figure(3, said_by=voice, sources=["s1", "s3"])])
    assert found.corroborations["k1"] == ("officially-stated" if official else "several-publishers")


def test_an_official_word_known_from_a_summary_alone_is_not() -> None:
    assert entry(figures=[figure(3, said_by="example-police", sources=["s5"])]).corroborations["k1"] == "single-source"
    found = entry(figures=[figure(3, said_by="example-police", sources=["s5", "s1"])])
    assert found.corroborations["k1"] == "officially-stated"


def test_figures_that_cannot_both_be_true_are_contested_until_one_is_replaced() -> None:
    figures = [figure(3, said_by="example-police"), figure(9, said_by="example-hospital")]
    assert set(entry(figures=figures).corroborations.values()) == {"contested"}
    later = [*figures, figure(3, "1999-01-06", "example-hospital")]
    assert entry(figures=later).corroborations == {
        "k1": "officially-stated",
        "k2": "single-source",
        "k3": "single-source",
    }


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("unverified", "several-publishers"),
        ("assessed-credible", "several-publishers"),
        ("disputed", "contested"),
        ("assessed-false", "contested"),
        ("withdrawn", "withdrawn"),
    ],
)
def test_the_status_of_a_claim_comes_first(status: str, word: str) -> None:
    assert entry(claims=[claim(status=status, sources=["s1", "s3"])]).corroborations == {"c1": word}


@pytest.mark.parametrize("kind", ["denial", "no-comment"])
def test_an_item_that_somebody_denies_is_contested(kind: str) -> None:
    reply = statement(kind=kind, by="example-police", answers=["c1"])
    found = entry(claims=[claim()], statements=[reply])
    assert found.corroborations["c1"] == ("contested" if kind == "denial" else "single-source")
    assert found.corroborations["t1"] == "officially-stated"


def test_what_was_withdrawn_is_so_even_where_it_is_denied() -> None:
    reply = statement(kind="denial", answers=["c1"])
    assert entry(claims=[claim(status="withdrawn")], statements=[reply]).corroborations["c1"] == "withdrawn"


def test_an_allegation_is_never_called_officially_stated() -> None:
    allegation = statement(kind="allegation", by="example-police", about=["example-front"], verification="unproven")
    assert entry(statements=[allegation]).corroborations["t1"] == "single-source"
    refuted = {**allegation, "verification": "refuted"}
    assert entry(statements=[refuted]).corroborations["t1"] == "contested"


def test_items_of_one_publisher_are_found_in_every_block() -> None:
    found = entry(
        figures=[figure(3, sources=["s1", "s2"]), figure(3, "1999-01-06", sources=["s1", "s3"])],
        timeline=[{"at": "1999-01-02", "text": "It began.", "sources": ["s3", "s4"]}],
    )
    assert [item.id for item in found.single] == ["k1", "e1"]


def test_every_figure_claim_statement_and_warning_shows_its_word_and_where_it_is_defined() -> None:
    pages = {page.path: page.text for page in render(good())}
    for id, each in good().entries.items():
        sayings = [item.id for item in each.incident.items.values() if item.block.view in ("figures", "threads")]
        assert sorted(each.corroborations) == sorted(sayings)
        pattern = r'class="now corroboration ([a-z-]+)">\[[^\]]*\]\(\.\./\.\./vocabulary/corroborations/index\.md#\1\)'
        shown = re.findall(pattern, pages[f"incidents/{id}/index.md"])
        assert sorted(shown) == sorted(each.corroborations.values())
    assert 'id="single-source"' in pages["vocabulary/corroborations/index.md"]


def test_the_method_page_says_the_rule_in_the_order_in_which_it_is_applied() -> None:
    method = (ROOT / "docs" / "method" / "index.md").read_text(encoding="utf-8")
    section = method[method.index("{: #corroboration }") :].partition("\n## ")[0]
    steps = re.findall(r"^\d\. \*\*([^*]+)\*\*", section, re.MULTILINE)
    assert steps == [term.label.lower() for term in schema().vocabularies["corroborations"].terms.values()]


def test_how_well_a_record_is_sourced_is_counted_over_its_items() -> None:
    sources = [
        source("s1", "Example Agency", seen="excerpt"),
        source("s2", "Example Times", seen="excerpt"),
        source("s3", "Example Court", publisher_kind="court", seen="full"),
    ]
    figures = [
        figure(3, said_by="example-police", sources=["s1"]),  # official by its voice
        figure(4, sources=["s1", "s2"]),
        figure(5, sources=["s2", "s3"]),  # official by its publisher
    ]
    document = Document(f"incidents/{TOWN}.yaml", freeze(minimal(figures=figures, sources=sources)))
    found = catalogue((document,), schema()).entries[TOWN].coverage
    assert found == Coverage(items=3, sources=3, publishers=3, citations=5, single=1, official=2, excerpt=2)
    assert (found.share(found.single), (found + found).items) == (33, 6)
