"""A record and its figures can be cited in four forms; whatever the title, each form stays well-formed and inert."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from markupsafe import Markup

from generator.derive import derive
from generator.export import export
from generator.model import Catalogue, Citation, Document, Settings, freeze
from generator.read import read_incidents
from generator.render import render, templates
from generator.render.cite import bibtex, ris, sentence
from generator.render.text import verbatim
from generator.resolve import resolve
from tests.dom import parse
from tests.invented import figure, good, minimal, schema

BAD = Path(__file__).parent / "bad_inputs"
HALL = "2004-example-hall"
HERE = "https://example.org/register/"
CSL_NAMES = {"id", "type", "title", "container-title", "author", "issued", "language", "URL"}
NAMES = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
}
HOSTILE = [
    r"}, author = {Somebody}, note = {",
    r"\input{/etc/passwd} $x^2$ 50% & #1 _a_ ~b~ {unbalanced",
    "ER  - \nTY  - BOOK",
    '</code></pre><script>alert("1")</script>',
    "*a* [b](c) `d` &lt;b&gt; | {: onclick=x }",
    "@misc{x, title = {y}}",
]


def cited(settings: Settings | None = None, **changes: Any) -> dict[str, Citation]:
    """The citations of a small record."""
    document = Document("incidents/1999-example-town.yaml", freeze(minimal(**changes)))
    incidents = resolve([document], schema())
    found = derive(incidents, {}, schema(), settings or Settings(site_url=HERE))
    return dict(found.entries["1999-example-town"].citations)


@cache
def hostile() -> Catalogue:
    """The records of the inert cases, and small ones with what hurts a reference manager as their titles."""
    read = [replace(each, path=f"incidents/{each.path}") for each in read_incidents(BAD / "inert", BAD).documents]
    ours = [Document("", freeze(minimal(id=f"1998-title-{n}", title=title))) for n, title in enumerate(HOSTILE)]
    return derive(resolve([*read, *ours], schema()), {}, schema(), Settings(site_url=HERE))


def read_bibtex(text: str) -> dict[str, str]:
    """The fields of one entry, by counting braces as BibTeX does: an escaped brace counts as well."""
    entry = re.fullmatch(r"@misc\{([^,\s{}]+),(.*)\}", text, re.DOTALL)
    assert entry
    fields = {"key": entry[1]}
    rest = entry[2]
    while name := re.match(r"\s*,?\s*([a-z]+) = ", rest):
        rest = rest[name.end() :]
        depth = end = 0
        while end < len(rest) and not (depth == 0 and rest[end] in ",\n"):
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            assert depth >= 0
            end += 1
        assert depth == 0 and name[1] not in fields
        fields[name[1]] = rest[:end]
        rest = rest[end:]
    assert not rest.strip()
    return fields


def from_latex(value: str) -> str:
    """The text that LaTeX would print for a field; every sign with a meaning there must have been escaped."""
    inner = re.fullmatch(r"\{\{?(.*?)\}?\}", value, re.DOTALL)
    assert inner
    pieces = re.findall(r"\\text[a-z]+\{\}|\\[#$%&_]|[^\\{}#$%&_^~<>|]", inner[1])
    assert "".join(pieces) == inner[1]
    return "".join(NAMES.get(piece, piece.removeprefix("\\")) for piece in pieces)


def read_ris(text: str) -> dict[str, str]:
    lines = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in text.split("\n")]
    pairs = [(line[1], line[2]) for line in lines if line]
    assert len(pairs) == len(lines) == len(dict(pairs))
    assert pairs[0][0] == "TY" and pairs[-1] == ("ER", "")
    return dict(pairs)


def test_a_record_is_cited_with_its_title_its_register_its_version_and_its_address() -> None:
    record = cited()[""]
    assert sentence(record) == (
        "As Reported contributors: “Example Town shooting”. As Reported, version of 1 January 2026. "
        "https://example.org/register/incidents/1999-example-town/"
    )


def test_a_figure_is_cited_with_its_words_its_date_its_voice_and_its_own_address() -> None:
    figures = [figure("more than 60", "1999-01-05", "example-police"), figure("unknown", "unknown", id="k9")]
    found = cited(figures=figures)
    assert [(id, each.title) for id, each in found.items() if id] == [
        ("k1", "Example Town shooting – killed: more than 60 (as of 1999-01-05, Example Police)"),
        ("k9", "Example Town shooting – killed: number not given (date not given, voice not named)"),
    ]
    assert found["k9"].address == "https://example.org/register/incidents/1999-example-town/#k9"


def test_the_version_is_the_last_change() -> None:
    record = {"status": "draft", "created": "2026-01-01"}
    assert cited(record=record)[""].issued == "2026-01-01"
    assert cited(record={**record, "updated": "2026-02-03"})["k1"].issued == "2026-02-03"


def test_without_an_address_of_the_site_the_permalink_is_relative() -> None:
    assert cited(Settings())["k1"].address == "incidents/1999-example-town/#k1"
    assert cited(Settings(site_url=HERE.rstrip("/")))["k1"].address.startswith(HERE + "incidents/")


def test_a_key_stays_whatever_else_changes() -> None:
    before = cited(figures=[figure("3", id="k1")])
    after = cited(Settings("Other Name"), title="Other title", figures=[figure("about 7", "1999-02-01", id="k1")])
    keys = {id: each.key for id, each in before.items()}
    assert keys == {id: each.key for id, each in after.items()}
    assert keys == {"": "incident-1999-example-town", "k1": "incident-1999-example-town-k1"}


def test_nobody_is_made_an_author() -> None:
    for each in hostile().entries.values():
        assert {cited.author for cited in each.citations.values()} == {"As Reported contributors"}


def test_bibtex_says_what_the_citation_says() -> None:
    fields = read_bibtex(bibtex(cited(title="A & B: 50% of_it")[""]))
    assert from_latex(fields["title"]) == "A & B: 50% of_it"
    assert from_latex(fields["author"]) == "As Reported contributors"
    assert (fields["year"], fields["month"], fields["key"]) == ("{2026}", "jan", "incident-1999-example-town")
    assert fields["url"] == "{https://example.org/register/incidents/1999-example-town/}"


def test_ris_says_what_the_citation_says() -> None:
    fields = read_ris(ris(cited()["k1"]))
    assert fields["TI"].startswith("Example Town shooting – killed: ")
    assert (fields["TY"], fields["PY"], fields["DA"]) == ("DATA", "2026", "2026/01/01/")
    assert fields["UR"].endswith("#k1") and fields["AU"] == "As Reported contributors"


def test_no_title_breaks_bibtex_or_ris() -> None:
    titles = {entry.incident.id: entry.incident.title for entry in hostile().entries.values()}
    assert len(titles) > 60
    for id, title in titles.items():
        record = hostile().entries[id].citations[""]
        shown = " ".join(title.split())
        assert from_latex(read_bibtex(bibtex(record))["title"]) == shown
        fields = read_ris(ris(record))
        assert fields["TI"] == shown.strip() and fields["TY"] == "DATA"


@pytest.mark.parametrize("title", [*HOSTILE, "a  b\tc", "---\n...", "&amp; &#60;"])
def test_what_stands_on_the_page_is_inert_and_letter_for_letter(title: str) -> None:
    entry = hostile().entries["1998-title-0"]
    record = replace(entry.citations[""], title=" ".join(title.split()))
    incident = entry.incident
    template = templates().get_template("cite.md.j2")

    class Sheet:
        def file(self, text: str, path: str) -> Markup:
            return Markup(f"[{text}](../../{path})")

    class Cite:
        sentence, bibtex, ris = map(staticmethod, (sentence, bibtex, ris))

    source = template.render(
        sheet=Sheet(), cite=Cite(), verbatim=verbatim, citation=record, incident=incident, figure="k1"
    )
    page = parse(Markdown(extensions=["attr_list", "md_in_html", "tables", "admonition"]).convert(source))
    assert [each.text for each in page.all("code")] == [bibtex(record), ris(record)]
    assert page.one("p", **{"class": "citation"}).words == sentence(record)
    assert {each.tag for each in page.walk()} == {"h2", "p", "a", "details", "summary", "pre", "code"}


def test_every_incident_page_says_how_to_cite_it_before_its_record() -> None:
    pages = {page.path: page.text for page in render(good())}
    for id in good().entries:
        page = pages[f"incidents/{id}/index.md"]
        assert page.index("{: #cite ") < page.index("{: #record }")
        assert f"(../../api/v1/cite/{id}.json)" in page


def test_there_is_csl_json_of_every_incident_and_every_figure() -> None:
    pages = {page.path: page.text for page in export(good())}
    seen = set()
    for id, entry in good().entries.items():
        items = json.loads(pages[f"api/v1/cite/{id}.json"])
        figures = [item.id for item in entry.incident.block("figures")]
        assert [each["id"] for each in items] == [f"incident-{id}", *(f"incident-{id}-{each}" for each in figures)]
        for each in items:
            assert set(each) == CSL_NAMES and each["type"] == "entry" and each["container-title"] == "As Reported"
            assert each["author"] == [{"literal": "As Reported contributors"}]
            (year, month, day) = each["issued"]["date-parts"][0]
            assert f"{year}-{month:02}-{day:02}" == entry.citations[""].issued
            assert each["URL"].startswith(f"https://example.org/incidents/{id}/")
        seen |= {each["id"] for each in items}
    assert len(seen) == sum(len(entry.citations) for entry in good().entries.values())


def test_every_form_of_every_figure_is_a_file() -> None:
    files = {page.path: page.text for page in render(good())}
    citations = good().entries[HALL].citations
    assert len(citations) > 5
    for ending, mark in (("txt", "As Reported contributors:"), ("bib", "@misc{"), ("ris", "TY  - ")):
        text = files[f"api/v1/cite/{HALL}.{ending}"]
        assert text.count(mark) == len(citations), ending
    for anchor in filter(None, citations):
        assert f"@misc{{incident-{HALL}-{anchor}," in files[f"api/v1/cite/{HALL}.bib"]
