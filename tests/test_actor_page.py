"""The page of an actor: its roles, claims, warnings and figures by incident, who blames it, and who else names it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from markdown import Markdown

from generator.model import Catalogue, Document, Schema, build_schema, freeze
from generator.render import render
from tests.dom import Element, parse
from tests.invented import catalogue, figure, good, minimal, schema

FRONT, POLICE, TIMES = "example-front", "example-police", "example-times"
GIST = "Writes that money was paid."


def register(*records: dict[str, Any], using: Schema | None = None) -> Catalogue:
    documents = (Document(f"incidents/{each['id']}.yaml", freeze(each)) for each in records)
    return catalogue(tuple(documents), using or schema())


def page(of: Catalogue, actor: str) -> Element:
    text = next(page.text for page in render(of) if page.path == f"actors/{actor}/index.md")
    body = text.split("---\n", 2)[2]
    return parse(Markdown(extensions=["attr_list", "md_in_html", "tables", "admonition"]).convert(body))


def sections(html: Element) -> dict[str, list[Element]]:
    """What stands below each heading."""
    found: dict[str, list[Element]] = {}
    for each in (each for each in html.children if isinstance(each, Element)):
        if each.tag == "h2":
            found[each.words] = []
        elif found:
            found[list(found)[-1]].append(each)
    return found


def told(html: Element, heading: str) -> dict[str, list[str]]:
    """The lines of a section by the date and title of their incident."""
    (listed,) = [each for each in sections(html)[heading] if each.attributes.get("class") == "mentions"]
    return {
        " ".join(each.words for each in group.all("p")): [each.words for each in group.one("ul").all("li")]
        for group in listed.children
        if isinstance(group, Element)
    }


def targets(html: Element) -> list[str]:
    return [each.attributes["href"] for each in html.all("a")]


def role(actor: str, kind: str, said_by: str | None = None) -> dict[str, Any]:
    return {"actor": actor, "role": kind, "sources": ["s1"], **({"said_by": said_by} if said_by else {})}


def claim(kind: str, by: str, made: str, **more: Any) -> dict[str, Any]:
    plain = {"type": kind, "by": by, "made": made, "status": "unverified", "gist": f"Said so on {made}."}
    return {**plain, "sources": ["s1"], **more}


LATER = minimal(
    id="2003-hall",
    title="Hall",
    when="2003-05-06",
    actors=[role(FRONT, "accused", POLICE), role(FRONT, "claimant")],
    claims=[
        claim("denial", FRONT, "2003-06", blames=POLICE, status="disputed", assessed_by=[TIMES, "example-court"]),
        claim("claim-of-responsibility", FRONT, "2003-05-07", speaker="A spokesman [s1]"),
        claim("attribution", POLICE, "2003-05-08", blames=FRONT, status="assessed-credible", assessed_by=TIMES),
    ],
    figures=[figure(7412, "2003-05-07", FRONT), figure(8631, "2003-05-08", FRONT), figure(5, "2003-05-08", POLICE)],
    warnings=[
        {"by": POLICE, "issued": "2003-05-01", "gist": "Be careful.", "specificity": "place", "sources": ["s1"]},
    ],
    statements=[
        {
            **{"kind": "allegation", "by": TIMES, "about": FRONT, "verification": "unproven", "made": "2003-05-09"},
            **{"gist": GIST, "quote": "Paid!", "note": "No proof.", "sources": ["s1"]},
        },
        {"kind": "denial", "by": FRONT, "made": "2003-05-10", "answers": ["t1"], "gist": "Not so.", "sources": ["s1"]},
        {
            **{"kind": "allegation", "by": TIMES, "about": FRONT, "verification": "refuted", "reply": "not-found"},
            **{"gist": GIST, "sources": ["s1"]},
        },
    ],
)
EARLIER = minimal(title="Town", actors=[role(FRONT, "attacker", "example-court")])


@pytest.fixture(scope="module")
def front() -> Element:
    return page(register(LATER, EARLIER), FRONT)


def test_roles_stand_in_order_of_time_with_who_gives_them(front: Element) -> None:
    assert list(told(front, "Roles over time").items()) == [
        ("2 January 1999 Town", ["Attacker a1 · said by: Example Court"]),
        ("6 May 2003 Hall", ["Accused a1 · said by: Example Police", "Claimant a2"]),
    ]


def test_every_claim_says_when_whom_how_it_was_assessed_and_by_whom(front: Element) -> None:
    assert told(front, "Claims") == {
        "6 May 2003 Hall": [
            "Claim of responsibility c2 · A spokesman [s1] · 7 May 2003 · status: Unverified Said so on 2003-05-07.",
            "Denial c1 · June 2003 · names as responsible: Example Police · status: Disputed"
            " · assessed by: Example Times, Example Court Said so on 2003-06.",
        ]
    }


def test_who_blames_it_stands_with_the_sentence_that_this_is_no_finding(front: Element) -> None:
    assert told(front, "Blamed by others") == {
        "6 May 2003 Hall": [
            "Attribution c3 · Example Police · 8 May 2003 · status: Assessed as credible · assessed by: Example Times"
            " Said so on 2003-05-08."
        ]
    }
    assert "it is no finding" in sections(front)["Blamed by others"][0].words
    assert "it is no finding" not in " ".join(each.words for each in sections(front)["Claims"])


def test_who_blames_itself_is_not_blamed_by_others() -> None:
    told_twice = minimal(claims=[claim("retraction", FRONT, "1999-02", blames=[FRONT, POLICE])])
    assert "Blamed by others" not in sections(page(register(told_twice), FRONT))
    assert "Blamed by others" in sections(page(register(told_twice), POLICE))


def test_warnings_stand_on_the_page_of_who_gave_them() -> None:
    html = page(register(LATER), POLICE)
    assert told(html, "Warnings given") == {
        "6 May 2003 Hall": ["Warning w1 · 1 May 2003 · specificity: Place Be careful."]
    }


def test_of_figures_there_is_their_number_and_a_link_and_none_of_them(front: Element) -> None:
    assert told(front, "Figures given") == {"6 May 2003 Hall": ["2 figures"]}
    assert targets(sections(front)["Figures given"][0])[-1] == "../../incidents/2003-hall/index.md#figures"
    assert "7412" not in front.text and "8631" not in front.text
    assert "1 figure" in told(page(register(LATER), POLICE), "Figures given")["6 May 2003 Hall"]


def test_everything_else_stands_under_named_in_and_nothing_twice(front: Element) -> None:
    assert told(front, "Named in") == {
        "6 May 2003 Hall": [
            "Statements, by: Denial t2",
            "Statements, about: Allegation t1; Example Times; unproven; answered: Denial t2, Example Front",
            "Statements, about: Allegation t3; Example Times; refuted; no reply found",
        ]
    }
    links = [each for each in targets(front) if "#" in each and "incidents" in each]
    assert {each for each in links if links.count(each) > 1} == {"../../incidents/2003-hall/index.md#t2"}


def test_an_allegation_keeps_to_kind_voice_verification_and_reply_outside_of_search(front: Element) -> None:
    assert GIST not in front.text and "Paid!" not in front.text and "No proof." not in front.text
    lines = [each for each in front.all("li") if "Allegation" in each.words and not each.all("li")]
    assert len(lines) == 2
    for line in lines:
        assert "data-search-exclude" in line.attributes and "9 May" not in line.words
    accuser = told(page(register(LATER), TIMES), "Named in")["6 May 2003 Hall"]
    assert "Statements, by: Allegation t3; Example Times; refuted; no reply found" in accuser


def test_every_section_has_something_in_it_and_the_rest_is_left_out() -> None:
    html = page(register(EARLIER), FRONT)
    assert list(sections(html)) == ["Roles over time"]
    for actor in {target for kind, target in good().mentions if kind == "actors"}:
        for heading, below in sections(page(good(), actor)).items():
            assert any(each.all("li") for each in below), (actor, heading)
            assert all(each.words for part in below for each in part.all("li", "p", "dd")), (actor, heading)


def test_every_item_that_names_an_actor_is_linked_from_its_page() -> None:
    for (kind, actor), mentions in good().mentions.items():
        linked = targets(page(good(), actor)) if kind == "actors" else []
        for each in mentions if kind == "actors" else ():
            figures = each.field.path == ("figures", "said_by")
            anchor = "figures" if figures else each.item or each.path[0]
            assert f"../../incidents/{each.incident}/index.md#{anchor}" in linked, (actor, each.path)


def other_schema(changes: dict[tuple[str, str], str | None]) -> Schema:
    """The schema with other headings, or none, at these fields of blocks."""
    document = json.loads(json.dumps(schema().document, default=dict))
    for (block, field), heading in changes.items():
        node = document["properties"][block]["items"]["properties"][field]
        node.pop("x-links-back", None)
        node |= {"x-links-back": heading} if heading else {}
    return build_schema(document, schema().vocabularies)


def test_the_headings_are_those_of_the_schema() -> None:
    using = other_schema({("claims", "by"): "Sayings", ("warnings", "by"): None})
    assert "Sayings" in sections(page(register(LATER, using=using), FRONT))
    left = told(page(register(LATER, using=using), POLICE), "Named in")
    assert "Warnings before, by: Warning w1" in left["6 May 2003 Hall"]


def test_an_allegation_stays_closed_under_a_heading_of_its_own() -> None:
    html = page(register(LATER, using=other_schema({("statements", "about"): "Spoken of"})), FRONT)
    assert told(html, "Spoken of")["6 May 2003 Hall"] == [
        "Allegation t1; Example Times; unproven; answered: Denial t2, Example Front",
        "Allegation t3; Example Times; refuted; no reply found",
    ]
    assert GIST not in html.text
    assert all(
        "data-search-exclude" in each.attributes for each in html.all("li") if each.words.startswith("Allegation")
    )


def test_a_word_like_the_id_of_an_item_is_not_that_item() -> None:
    actors = schema().vocabularies["actors"]
    terms = {**actors.terms, "c1": replace(actors.terms[FRONT], id="c1")}
    using = replace(schema(), vocabularies={**schema().vocabularies, "actors": replace(actors, terms=terms)})
    record = minimal(claims=[claim("denial", FRONT, "1999-02"), claim("attribution", POLICE, "1999-03", blames="c1")])
    (entry,) = register(record, using=using).entries.values()
    assert not entry.backlinks
