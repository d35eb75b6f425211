"""The pages of the invented register, word for word, and what must hold on every page whatever its words.

`golden/` holds the pages as they should be; `pytest tests/test_render.py --update` writes them anew: read the
difference.
"""

from __future__ import annotations

import pathlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, timedelta, tzinfo
from functools import cache
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import markdown
import pytest

from generator.export import export
from generator.model import Catalogue, Field, Moment, Value, freeze
from generator.render import fill, render
from generator.render.dates import machine, spell, spell_duration, spell_end, utc
from generator.render.sheet import Sheet
from tests.invented import catalogue, good, good_documents, schema

GOLDEN = pathlib.Path(__file__).parent / "golden"
HALL = "incidents/2004-example-hall/index.md"
DICTIONARY = "schema/index.md"
EXTENSIONS = ["attr_list", "md_in_html", "tables", "admonition", "footnotes", "def_list"]
BY_HAND = ("method", "rules", "contribute", "data", "about")  # pages of docs/, which are not of this stage
GUARDED = (
    "waited too long on purpose",
    "They waited on purpose",
    "money was paid to them",
    "No document was published",
)

CHOSEN = (
    *(f"incidents/{id}/index.md" for id in (*(each.values["id"] for each in good_documents()), "2004-example-theatre")),
    "incidents/index.md",
    "compare/index.md",
    "actors/index.md",
    "actors/example-front/index.md",
    "countries/xx/index.md",
    "countries/xx/example-port/index.md",
    "vocabulary/index.md",
    "vocabulary/claim_types/index.md",
    "api/v1/incidents.json",
)


@cache
def pages() -> Mapping[str, str]:
    """Every generated file of the invented register."""
    made = [*render(good()), *export(good())]
    assert len({page.path for page in made}) == len(made)
    return {page.path: page.text for page in made}


class Read(HTMLParser):
    """A page as a browser reads it: its text, its ids, its links, what stands in closed details, and what is code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.seen: list[str] = []
        self.closed: list[str] = []
        self.code: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        self.ids += [each for each in (said.get("id"),) if each]
        self.links += [each for each in (said.get("href"),) if each]
        if tag == "details":
            assert "open" not in said
        if tag in ("details", "summary", "pre"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("details", "summary", "pre"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        hidden = "details" in self.open and "summary" not in self.open
        (self.code if "pre" in self.open else self.closed if hidden else self.seen).append(data)


@cache
def read(path: str) -> Read:
    return Read(markdown.markdown(body(path), extensions=EXTENSIONS))


def body(path: str) -> str:
    return pages()[path].split("---\n", 2)[2]


def front(path: str) -> str:
    return pages()[path].split("---\n", 2)[1]


def compare_with_golden(path: str, text: str, update: bool) -> None:
    expected = GOLDEN / path
    if update:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text.encode() == expected.read_bytes(), f"see the difference with: pytest --update, then git diff {expected}"


@pytest.mark.parametrize("path", CHOSEN)
def test_the_page_is_this_one(path: str, update: bool) -> None:
    compare_with_golden(path, pages()[path], update)


def test_the_data_dictionary_begins_like_this(update: bool) -> None:
    beginning = "## ".join(pages()[DICTIONARY].split("\n## ")[:2])
    compare_with_golden(DICTIONARY, beginning, update)


def test_no_golden_page_is_left_over() -> None:
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert found == {*CHOSEN, DICTIONARY}


def test_a_page_is_the_same_whatever_the_order_of_the_files() -> None:
    backwards = catalogue(good_documents()[::-1], schema())
    hall = next(page.text for page in render(backwards) if page.path == HALL)
    assert sorted(hall) == sorted(pages()[HALL])


def test_every_page_is_a_folder_and_says_what_it_is_in_its_head() -> None:
    for path in pages():
        if path.endswith(".md"):
            assert path.endswith("/index.md")
            assert '"title": "' in front(path) and '"description": "' in front(path)


def test_every_link_leads_to_a_page_and_an_anchor_that_exist() -> None:
    lost = []
    for path in pages():
        for link in read(path).links if path.endswith(".md") else ():
            address, _, anchor = link.partition("#")
            folder = "index.md" if address.endswith("/") else ""  # in a drawing, which is not Markdown
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address + folder)) if address else path
            if re.match("https?:", link) or target.split("/")[0] in BY_HAND:
                continue
            if target not in pages() or (anchor and anchor not in read(target).ids):
                lost.append((path, link))
    assert not lost


def test_every_id_is_on_its_page_once() -> None:
    for path in pages():
        if path.endswith(".md"):
            found = read(path).ids
            assert len(found) == len(set(found)), (path, {each for each in found if found.count(each) > 1})


def test_every_item_and_source_has_its_address_on_the_page_of_its_incident() -> None:
    for id, entry in good().entries.items():
        anchors = {*entry.incident.items, *(f"s-{each}" for each in entry.incident.sources)}
        assert anchors <= set(read(f"incidents/{id}/index.md").ids)


def test_no_markup_is_left_as_text_and_no_value_is_printed_as_python() -> None:
    for path in pages():
        text = " ".join([*read(path).seen, *read(path).closed]) if path.endswith(".md") else ""
        for sign in ("{:", "](", "&#", "</", "None,", "None)", "mappingproxy", "Term(", "Undefined", "frozenset", "**"):
            assert sign not in text, (path, sign)


def test_no_source_mark_is_left_as_text() -> None:
    assert "[police]" in good().entries["2004-example-hall"].incident.items["k15"].values["headline_reason"]
    for path in pages():
        if path.endswith(".md"):
            assert not re.search(r"\[(agency|times|police|verdict)\b", "".join(read(path).seen)), path


def test_no_two_blanks_and_no_blank_before_a_full_stop() -> None:
    for path in pages():
        if path.endswith(".md"):
            printed = "".join(read(path).seen + read(path).closed)
            assert not re.findall(r"[^\n] {2,}[^\n ]|\w +[.,;:](?=\s)", printed), path


def test_what_is_alleged_is_shown_closed_and_only_on_the_page_of_its_incident() -> None:
    for path, text in pages().items():
        if path.endswith(".md"):
            told = [each for each in GUARDED if each in text]
            assert told == (list(GUARDED) if path == HALL else []), path
            assert not [each for each in GUARDED if each in "".join(read(path).seen + read(path).code)], path


def test_what_is_alleged_is_never_in_title_description_fact_box_or_table() -> None:
    box = pages()[HALL].partition('<aside class="fact-box"')[2].partition("</aside>")[0]
    assert "Killed" in box
    for each in ("llegation", "on purpose", "money was paid"):
        assert each not in front(HALL) and each not in box and each not in pages()["compare/index.md"]


def test_an_allegation_is_closed_with_its_accuser_its_verification_and_its_reply() -> None:
    seen = " ".join("".join(read(HALL).seen).split())
    accuser = r"Allegation Example Relatives \(Chair of Example Relatives\) 5 June 2004\W[^;]*"
    assert re.search(accuser + "unproven; answered: Denial t2, Example Police", seen)
    assert re.search(
        r"Allegation Example Times\W[^;]*contradicted; no reply found", seen
    )  # though it led to an inquiry


def test_an_allegation_stands_in_the_timeline_without_what_was_said() -> None:
    line = next(each for each in pages()[HALL].splitlines() if each.startswith("<li") and "[Allegation](#t1)" in each)
    assert "unproven" in line and "data-search-exclude" in line and "purpose" not in line


def test_a_superseded_weapon_is_on_the_page_and_not_in_box_or_table() -> None:
    box = pages()[HALL].partition('<aside class="fact-box"')[2].partition("</aside>")[0]
    row = next(each for each in pages()["compare/index.md"].split("<tr") if "2004-example-hall" in each)
    assert "Firearms" in box and "Firearms" in row
    assert "Explosives" not in box and "Explosives" not in row
    assert "Explosives" in pages()[HALL] and "(claimed)" in box


def test_a_figure_in_box_and_table_keeps_qualifier_range_date_voice_and_who_is_counted() -> None:
    (shown,) = re.findall(r'<td data-label="Killed"[^\n]*Example Court[^\n]*', pages()["compare/index.md"])
    text = "".join(Read(markdown.markdown(shown, extensions=EXTENSIONS)).seen)
    for part in ("12", "March 2005", "attackers and responders not counted"):
        assert part in text
    assert "about 80" not in pages()["compare/index.md"].split("range")[0]


def test_the_front_of_a_party_is_not_in_the_fact_box() -> None:
    square = pages()["incidents/2001-example-square/index.md"]
    box = square.partition('<aside class="fact-box"')[2].partition("</aside>")[0]
    assert "more than 20" in square and "more than 20" not in box and "Injured" not in box


def test_figures_that_nobody_reported_are_said_to_be_so() -> None:
    assert "No source that was read gives a figure." in pages()["incidents/2010-example-bridge-fire/index.md"]


def test_a_former_address_leads_on() -> None:
    moved = "incidents/2004-example-theatre/index.md"
    assert "../2004-example-hall/index.md" in read(moved).links


def test_a_country_that_no_record_names_has_no_page_and_no_dead_link() -> None:
    assert "countries/xx/index.md" in pages() and "countries/fr/index.md" not in pages()


def sheet(here: str = HALL, of: str | None = "2004-example-hall") -> Sheet:
    return Sheet(good(), here, good().entries[of] if of else None)


@pytest.mark.parametrize(
    ("here", "folder", "anchor", "address"),
    [
        (HALL, "countries/xx", "", "../../countries/xx/index.md"),
        (HALL, "incidents/1999-example-town", "k1", "../1999-example-town/index.md#k1"),
        (HALL, "incidents/2004-example-hall", "k1", "#k1"),
        (HALL, "incidents/2004-example-hall", "", "index.md"),
        ("incidents/index.md", "incidents/1999-example-town", "", "1999-example-town/index.md"),
        ("index.md", "compare", "", "compare/index.md"),
        ("compare/index.md", "method", "rule", "../method/index.md#rule"),
    ],
)
def test_an_address_is_relative_to_the_page_it_stands_on(here: str, folder: str, anchor: str, address: str) -> None:
    assert sheet(here, None).to(folder, anchor) == address


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("2024", "2024", "2024"),
        ("2024-03", "March 2024", "Mar 2024"),
        ("2024-03-22", "22 March 2024", "22 Mar 2024"),
        ("2024-03-22T19:58", "22 March 2024, 19:58", "22 Mar 2024, 19:58"),
        ("2024-03-22T19:58+03:00", "22 March 2024, 19:58", "22 Mar 2024, 19:58"),
        ("2024-03-22T16:58+00:00", "22 March 2024, 16:58 (UTC)", "22 Mar 2024, 16:58 (UTC)"),
        ("2024-03-22T19:58-05:30", "22 March 2024, 19:58 (UTC−5:30)", "22 Mar 2024, 19:58 (UTC−5:30)"),
        ("2004-09-01T09:30+04:00", "1 September 2004, 09:30", "1 Sep 2004, 09:30"),  # summer time of that year
        ("2004-09-01T09:30+03:00", "1 September 2004, 09:30 (UTC+3)", "1 Sep 2004, 09:30 (UTC+3)"),
        ("2024~", "about 2024", "about 2024"),
        ("2024-03?", "March 2024 (uncertain)", "Mar 2024 (uncertain)"),
        ("2024-03-22%", "about 22 March 2024 (uncertain)", "about 22 Mar 2024 (uncertain)"),
        ("2024-03-22T19:58~", "22 March 2024, about 19:58", "22 Mar 2024, about 19:58"),
        ("2024-03-22/2024-03-24", "22 March 2024 to 24 March 2024", "22 Mar 2024 to 24 Mar 2024"),
        ("2024-03-22/2024-03-22", "22 March 2024", "22 Mar 2024"),
        ("2024-03/2024-05", "March 2024 to May 2024", "Mar 2024 to May 2024"),
        ("2023/2024~", "2023 to about 2024", "2023 to about 2024"),
        ("2024-03-22/..", "from 22 March 2024", "from 22 Mar 2024"),
        ("../2024-03-22", "until 22 March 2024", "until 22 Mar 2024"),
        ("../2024", "until 2024", "until 2024"),
        (
            "2024-03-22T10:00/2024-03-22T11:30",
            "22 March 2024, between 10:00 and 11:30",
            "22 Mar 2024, between 10:00 and 11:30",
        ),
        (
            "2024-03-22T22:00/2024-03-23T02:00",
            "22 March 2024, 22:00 to 23 March 2024, 02:00",
            "22 Mar 2024, 22:00 to 23 Mar 2024, 02:00",
        ),
        ("2024-03-22/2024-03-23T02:00", "22 March 2024 to 23 March 2024, 02:00", "22 Mar 2024 to 23 Mar 2024, 02:00"),
        ("2024-03-22T00:00/2024-03-22T12:00", "22 March 2024, before 12:00", "22 Mar 2024, before 12:00"),
        ("2024-03-22T12:00/2024-03-22T23:59", "22 March 2024, after 12:00", "22 Mar 2024, after 12:00"),
        ("unknown", "date not given", "date not given"),
    ],
)
def test_a_date_is_spelled_as_precisely_as_it_is_known(text: str, long: str, short: str) -> None:
    moscow = ZoneInfo("Europe/Moscow")
    assert spell(Moment.parse(text), moscow) == long
    assert spell(Moment.parse(text), moscow, short=True) == short


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-03-22T19:58", "2024-03-22T20:11", "20:11"),
        ("2024-03-22T23:58", "2024-03-23T00:11", "23 March 2024, 00:11"),
        ("2024-03-22", "2024-03-22T20:11", "22 March 2024, 20:11"),
        ("2024-03-22T19:58", "2024-03-24", "24 March 2024"),
        ("2024-03-22T19:58", "2024-03-22T20:11~", "about 20:11"),
    ],
)
def test_an_end_is_spelled_without_a_day_that_was_just_named(start: str, end: str, words: str) -> None:
    assert spell_end(Moment.parse(start), Moment.parse(end)) == words


@pytest.mark.parametrize(
    ("text", "zone", "words"),
    [
        ("2004-09-01T09:30", ZoneInfo("Europe/Moscow"), "05:30 UTC"),
        ("2024-03-22T19:58+03:00", ZoneInfo("Europe/Moscow"), "16:58 UTC"),
        ("2024-03-22T01:00", ZoneInfo("Europe/Moscow"), "21 March 2024, 22:00 UTC"),
        ("2024-03-22T01:00+03:00", UTC, "21 March 2024, 22:00 UTC"),
        ("2024-03-22T01:00", UTC, ""),
        ("2024-03-22", ZoneInfo("Europe/Moscow"), ""),
        ("2024-03-22T01:00/2024-03-22T02:00", ZoneInfo("Europe/Moscow"), ""),
        ("unknown", UTC, ""),
    ],
)
def test_the_time_in_utc_stands_beside_that_of_the_place(text: str, zone: tzinfo, words: str) -> None:
    assert utc(Moment.parse(text), zone) == words


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2024", "2024"),
        ("2024-03~", "2024-03"),
        ("2024-03-22T19:58+03:00%", "2024-03-22T19:58+03:00"),
        ("2024/2025", ""),
        ("unknown", ""),
    ],
)
def test_a_date_is_written_for_machines_where_html_can_say_it(text: str, stamp: str) -> None:
    assert machine(Moment.parse(text)) == stamp


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        *((0, "0 minutes"), (1, "1 minute"), (13, "13 minutes"), (179, "179 minutes")),
        *(
            (180, "about 3 hours"),
            (209, "about 3 hours"),
            (210, "about 4 hours"),
            (270, "about 5 hours"),
            (57 * 60, "about 57 hours"),
        ),
    ],
)
def test_a_duration_is_told_in_minutes_and_from_three_hours_in_hours(minutes: int, words: str) -> None:
    assert spell_duration(timedelta(minutes=minutes)) == words


def field(**said: Any) -> Field:
    return Field(("block", "it"), "The title", **said)


AWAY = '{: rel="noopener external" }'
MAP = {"kind": "map", "fields": (field(), Field(("block", "note"), "Note", format="prose"))}


@pytest.mark.parametrize(
    ("of", "value", "shown"),
    [
        (field(), "a *b* <c>", "a &#42;b&#42; &#60;c&#62;"),
        (field(kind="number"), 5, "5"),
        (field(kind="flag"), True, "yes"),
        (field(kind="flag"), False, "no"),
        (field(), None, "looked for, not found"),
        (field(format="moment"), "2024-03", '<time datetime="2024-03">March 2024</time>'),
        (field(format="date"), "2024-03-22", '<time datetime="2024-03-22">22 March 2024</time>'),
        (field(format="quantity"), "40-50", "40–50"),
        (field(format="quantity"), "unknown", "number not given"),
        (field(format="quantity"), 145, "145"),
        (field(format="language"), "ru", "Russian"),
        (field(format="url"), "https://example.org/?a&b", f"[https://example.org/?a&#38;b](https://example.org/?a&amp;b){AWAY}"),
        (field(format="prose"), "It was [copy].", 'It was<sup>[2](#s-copy)</sup>.'),
        (field(format="prose"), "It was [nobody].", "It was &#91;nobody&#93;."),
        (field(vocabulary="weapons"), "firearms", "[Firearms](../../vocabulary/weapons/index.md#firearms)"),
        (field(vocabulary="actors"), "example-police", "[Example Police](../../actors/example-police/index.md)"),
        (field(vocabulary="countries"), "FR", "France"),  # no record names it: no page to link to
        (field(refers_to="incidents"), "1999-example-town", "[Example Town shooting](../1999-example-town/index.md)"),
        (field(refers_to="sources"), "copy", '[2](#s-copy)'),
        (field(refers_to="figures"), "k1", "[k1](#k1)"),
        (field(many=True), ["a", "b"], "a, b"),
        (field(many=True, **MAP), [{"it": "a"}, {"it": "b"}], "a; b"),
        (field(**MAP), {"it": "a", "note": "Why."}, "the title: a; Why."),
        (field(**MAP, short="it"), {"it": "a", "note": "Why."}, "a (Why.)"),
        (field(**MAP, text="it"), {"it": "a"}, "a"),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_its_field_says(of: Field, value: Value, shown: str) -> None:
    assert str(sheet().show(of, freeze(value))) == shown


def test_a_position_is_shown_with_who_holds_it_and_since_when() -> None:
    positions = schema().by_name["contested"].by_name["positions"]
    first, second = good().entries["2004-example-hall"].incident.items["q1"].values["positions"]
    assert re.sub(r"<[^>]+>|\([^)]*/[^)]*\)", "", str(sheet().show(positions, first))).startswith(
        "[Example Police] (Chief of Example Police), 1 June 2004: The attackers did. (Said at the first briefing.)"
    )
    assert ": It is not known." in sheet().show(positions, second)


def test_hand_written_pages_ask_for_what_they_need_by_name() -> None:
    assert "Example Town shooting" in fill("a <!-- asreported: incidents --> b", good(), "index.md")
    assert "5 incidents" in fill("<!-- asreported: counts -->", good(), "index.md")
    with pytest.raises(ValueError, match="there is no “nothing” to embed — write one of: incidents, counts"):
        fill("<!-- asreported: nothing -->", good(), "index.md")
    assert "docs/index.md" in fill("", good(), "index.md")


def test_without_an_address_of_the_repository_no_link_to_it_is_printed() -> None:
    bare: Catalogue = replace(good(), settings=replace(good().settings, repo_url=""))
    hall = next(page.text for page in render(bare) if page.path == HALL)
    assert "Edit this record" not in hall and "Report a wrong figure" not in hall
    assert "Edit this record" in pages()[HALL]
    assert fill("a", bare, "index.md") == "a"
