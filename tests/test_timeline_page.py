"""The timeline of all incidents: by year, start first, of what follows the first of each kind, and no figures."""

from __future__ import annotations

from typing import Any

import pytest
from markdown import Markdown

from generator.model import Catalogue, Document, freeze
from generator.render import render
from tests.dom import Element, parse
from tests.invented import catalogue, good, minimal, schema


def text(of: Catalogue) -> str:
    return next(page.text for page in render(of) if page.path == "timeline/index.md")


def page(of: Catalogue) -> Element:
    body = text(of).split("---\n", 2)[2]
    return parse(Markdown(extensions=["attr_list", "md_in_html", "tables", "admonition"]).convert(body))


def years(of: Catalogue) -> dict[str, list[str]]:
    """The lines below each year, as they are read."""
    found: dict[str, list[str]] = {}
    for each in page(of).walk():
        if each.tag == "h2":
            found[each.words] = []
        elif each.tag in ("h3", "li"):
            found[list(found)[-1]].append(f"# {each.words}" if each.tag == "h3" else each.words)
    return found


def register(*records: dict[str, Any]) -> Catalogue:
    return catalogue(tuple(Document(f"incidents/{each['id']}.yaml", freeze(each)) for each in records), schema())


def legal(stage: str, on: str, gist: str = "It was so.") -> dict[str, Any]:
    return {"stage": stage, "date": on, "court": "example-court", "gist": gist, "sources": ["s1"]}


def claim(made: str, by: str = "example-front") -> dict[str, Any]:
    plain = {"type": "claim-of-responsibility", "by": by, "made": made, "status": "unverified"}
    return {**plain, "gist": "They said so.", "sources": ["s1"]}


TOWN = minimal(
    title="Town",
    when={"start": "1999-12-30T10:00", "end": "1999-12-30T12:00"},
    claims=[claim("1999-12-31"), claim("1999-12-30")],
    legal=[
        legal("verdict", "2000-03"),
        legal("arrest", "1999-12-30T11:00"),
        legal("verdict", "2000-02-01"),
        legal("appeal", "unknown"),
    ],
)
HALL = minimal(id="2000-hall", title="Hall", when="2000-01-05")


def test_each_year_has_what_began_in_it_and_then_what_followed() -> None:
    assert years(register(HALL, TOWN)) == {
        "1999": [
            "# Town",
            "30 December 1999, 10:00 Start",
            "30 December 1999, 11:00 Arrest Example Court",
            "30 December 1999, 12:00 End",
            "30 December 1999 Claim of responsibility Example Front",
        ],
        "2000": [
            "# Hall",
            "5 January 2000 Start",
            "1 February 2000 Verdict Example Court Town",
        ],
    }


def test_what_may_have_begun_before_the_start_comes_after_it() -> None:
    steps = [legal("arrest", "1999-01"), legal("charge", "1999-01-20"), legal("trial", "1999-01-20/1999-02-01")]
    early = minimal(when="1999-01-20T10:00", claims=[], legal=steps)
    kinds = [each.one("b").words for each in page(register(early)).all("li")]
    assert kinds == ["Start", "Trial", "Charge", "Arrest"]


@pytest.mark.parametrize(
    ("when", "year"),
    [("../2003-05-01", "2003"), ("2003-05-01/..", "2003"), ("2003-05/2004-07", "2003")],
)
def test_a_stretch_of_time_stands_in_a_year_that_is_known(when: str, year: str) -> None:
    found = years(register(minimal(when="1999-01-02", legal=[legal("trial", when)])))
    assert list(found) == ["1999", year]


def test_kinds_are_told_apart_by_a_word_and_by_a_class() -> None:
    lines = page(register(TOWN)).all("li")
    assert [each.attributes["class"] for each in lines] == [
        "of-start",
        "of-legal",
        "of-end",
        "of-claims",
        "of-legal",
    ]
    assert all(each.one("b", **{"class": "kind"}).words for each in lines)


def test_every_incident_is_a_heading_once_and_every_line_leads_to_its_item() -> None:
    found = page(good())
    assert sorted(each.words for each in found.all("h3")) == sorted(
        entry.incident.title for entry in good().entries.values()
    )
    anchors = [each.all("a")[0].attributes["href"] for each in found.all("li") if each.one("b").all("a")]
    assert anchors
    for anchor in anchors:
        id, _, item = anchor.removeprefix("../incidents/").partition("/index.md#")
        block = good().entries[id].incident.items[item].block
        assert block.name in ("claims", "responses", "legal")


def test_it_names_no_figure_and_no_allegation() -> None:
    found = text(good())
    for entry in good().entries.values():
        for item in entry.incident.items.values():
            if item.block.name in ("figures", "statements"):
                assert f"{entry.incident.id}/index.md#{item.id})" not in found


def test_hostile_titles_are_only_titles() -> None:
    title = "<script>x</script> {: #y } *z* `|`"
    hostile = page(register(minimal(title=title)))
    assert hostile.one("h3").words == title
    assert not hostile.all("script", "em", "code")
