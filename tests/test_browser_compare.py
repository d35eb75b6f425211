"""The comparison in Chromium: sorting, filters, columns, ages, side by side, taking away, and what links show."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from generator.model import AGES, Quantity
from generator.render.views.asof import of_places
from tests.test_site import catalogue

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
CROCUS, BESLAN, THEATRE = "2024-crocus-city-hall", "2004-beslan-school", "2002-moscow-theatre"
ROWS = "Array.from(document.querySelectorAll('table.compare tbody tr'), each => each.id.slice(3))"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


class Opened:
    """A page of the comparison, and the requests that it made."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        page.on("request", lambda each: self.asked.append(each.url))

    @property
    def rows(self) -> list[str]:
        """The incidents shown, by id."""
        found: list[str] = self.page.evaluate(ROWS)
        return found

    @property
    def search(self) -> str:
        """The state in the address."""
        found: str = self.page.evaluate("location.search")
        return found

    @property
    def titles(self) -> list[str]:
        """The heads of the columns that are seen."""
        return self.page.locator("table.compare thead th:visible").all_inner_texts()


class Pages:
    """Opens pages of the site."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser, self.server, self.contexts = browser, server, []  # type: ignore[var-annotated]

    def __call__(self, address: str = "compare/", *, scripts: bool = True, size: ViewportSize = WIDE) -> Opened:
        context = self.browser.new_context(java_script_enabled=scripts, viewport=size, accept_downloads=True)
        self.contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.goto(f"{self.server}/{address}")
        if scripts:
            opened.page.wait_for_function("!document.querySelector('form.compare-controls[hidden]')")
        return opened


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Pages]:
    pages = Pages(browser, server)
    yield pages
    for each in pages.contexts:
        each.close()


def lowest(id: str, measure: str) -> int | None:
    found = [each for each in catalogue().entries[id].headlines if each.measure.id == measure]
    return found[0].headline.quantity.low if found and found[0].headline else None


def every() -> list[str]:
    return list(catalogue().entries)


# Without scripts


def test_without_scripts_the_table_is_complete_and_nothing_pretends_to_work(visit: Pages) -> None:
    page = visit(scripts=False).page
    assert not page.locator("form.compare-controls").is_visible()
    assert page.locator("table.compare tbody tr:visible").count() == len(every())
    heads = page.locator("table.compare thead th")
    assert heads.count() == page.locator("table.compare thead th:visible").count() > 20
    assert page.locator("button:visible", has_text="CSV").count() == 0


def test_without_scripts_related_incidents_stand_side_by_side_on_a_page_of_their_own(visit: Pages) -> None:
    page = visit(f"incidents/{BESLAN}/", scripts=False).page
    page.locator(".compare-add a", has_text="Moscow theatre").click()
    assert page.url.endswith(f"compare/{THEATRE}/{BESLAN}/")
    assert page.locator("table.side thead th").all_inner_texts()[1:] == [
        catalogue().entries[id].incident.title for id in (THEATRE, BESLAN)
    ]
    scales = page.locator("tr", has=page.locator("th", has_text="Killed over time")).locator("svg")
    assert len({each.get_attribute("viewBox") for each in scales.all()}) == 1


# Sorting


def test_a_click_orders_by_the_lower_bound_the_highest_first_and_another_turns_it_round(visit: Pages) -> None:
    shown = visit()
    button = shown.page.get_by_role("button", name="Killed", exact=True)
    button.click()
    head = shown.page.locator("th[data-key=killed]")
    assert head.get_attribute("aria-sort") == "descending"
    numbers = [lowest(id, "killed") for id in shown.rows]
    assert None not in numbers and numbers == sorted(numbers, reverse=True)  # type: ignore[type-var]
    button.click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert [lowest(id, "killed") for id in shown.rows] == numbers[::-1] or sorted(numbers) == [  # type: ignore[type-var]
        lowest(id, "killed") for id in shown.rows
    ]
    assert shown.search == "?sort=killed"
    assert "lowest first" in shown.page.locator("table.compare caption").inner_text()


def test_what_is_not_known_comes_last_in_either_order(visit: Pages) -> None:
    unknown = {id for id in every() if lowest(id, "hostages") is None}
    assert unknown
    for order in ("-hostages", "hostages"):
        rows = visit(f"compare/?sort={order}").rows
        assert set(rows[-len(unknown) :]) == unknown and len(rows) == len(every())


def test_the_keyboard_orders_and_keeps_its_place(visit: Pages) -> None:
    page = visit().page
    page.get_by_role("button", name="Killed", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.locator("th[data-key=killed]").get_attribute("aria-sort") == "descending"
    assert page.evaluate("document.activeElement.closest('th').dataset.key") == "killed"
    page.keyboard.press("Space")
    assert page.locator("th[data-key=killed]").get_attribute("aria-sort") == "ascending"
    assert page.locator("[aria-sort]").count() == 1


def test_dates_are_ordered_as_dates(visit: Pages) -> None:
    rows = visit("compare/?sort=when").rows
    assert rows == sorted(
        every(), key=lambda id: catalogue().entries[id].incident.start.bounds(catalogue().entries[id].incident.zone)
    )


# Narrowing down


def test_words_find_names_in_other_languages_places_and_actors_whatever_the_accents(visit: Pages) -> None:
    for words, wanted in (
        ("норд-ост", THEATRE),
        ("Krasnogorsk", CROCUS),
        ("beslan SCHOOL", BESLAN),
        ("islamic state", CROCUS),
    ):
        shown = visit()
        shown.page.locator("[name=words]").fill(words)
        assert wanted in shown.rows, words
        assert len(shown.rows) < len(every())
        assert f"{len(shown.rows)} of {len(every())} incidents" in shown.page.locator(".outcome .count").inner_text()


def test_words_that_nothing_has_leave_an_empty_table_that_says_so_and_show_all_brings_it_back(visit: Pages) -> None:
    shown = visit("compare/?words=nothing-is-called-so")
    assert shown.rows == []
    assert "0 of" in shown.page.locator(".outcome .count").inner_text()
    shown.page.get_by_role("button", name="Show all").click()
    assert len(shown.rows) == len(every()) and shown.search == ""


def test_a_facet_narrows_down_and_an_actor_and_a_role_are_asked_of_one_item(visit: Pages) -> None:
    shown = visit()
    shown.page.locator("select[name=incident_type]").select_option("hostage-taking")
    assert {BESLAN, THEATRE} <= set(shown.rows) and CROCUS not in shown.rows
    assert shown.search == "?incident_type=hostage-taking"
    roles = {
        id: {(each.values["actor"], each.values["role"]) for each in entry.incident.block("actors")}
        for id, entry in catalogue().entries.items()
    }
    actor, role = next(
        (actor, role)
        for every_role in roles.values()
        for actor, _ in every_role
        for role in {role for all_of in roles.values() for _, role in all_of}
        if any(actor == one for one, _ in every_role) and any((actor, role) in pairs for pairs in roles.values())
    )
    found = visit(f"compare/?actor={actor}&role={role}").rows
    assert set(found) == {id for id, pairs in roles.items() if (actor, role) in pairs}


def test_an_address_brings_everything_back_and_nonsense_in_it_does_no_harm(visit: Pages) -> None:
    address = "compare/?columns=killed,killed-24h,publishers&sort=-publishers&decade=2000s"
    shown = visit(address)
    assert shown.titles[1:] == ["Killed after 24 hours", "Killed", "Independent publishers"]
    assert "decade=2000s" in shown.search and "sort=-publishers" in shown.search
    again = visit(f"compare/{shown.search}")
    assert (again.rows, again.titles) == (shown.rows, shown.titles)
    wrong = visit("compare/?sort=%3Cb%3E&columns=no,such&decade=1200s&asof=1h&view=x&ids=nobody")
    assert len(wrong.rows) == len(every())
    assert "There is no such incident" in wrong.page.locator("section.side-by-side").inner_text()


# Columns, presets, ages


def test_columns_are_chosen_one_by_one(visit: Pages) -> None:
    shown = visit()
    shown.page.locator(".choose-columns summary").click()
    shown.page.get_by_label("Independent publishers").check()
    assert "Independent publishers" in shown.titles
    shown.page.get_by_label("Where", exact=True).uncheck()
    assert "Where" not in shown.titles


def test_presets_have_names_columns_and_order(visit: Pages) -> None:
    shown = visit()
    for button in shown.page.locator(".preset").all():
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        columns = (button.get_attribute("data-columns") or "").split()
        assert len(shown.titles) == len(columns) + 1
        assert shown.rows
    assert shown.search == "?view=sieges"
    assert CROCUS not in shown.rows and THEATRE in shown.rows


@pytest.mark.parametrize("age", ["24h", "7d", "30d"])
def test_every_incident_is_shown_as_it_stood_at_the_same_age(visit: Pages, age: str) -> None:
    shown = visit()
    shown.page.locator("[name=asof]").select_option(age)
    assert shown.search == f"?asof={age}"
    assert "could be known then" in shown.page.locator(".age-banner").inner_text()
    assert "Killed" not in shown.titles and any(each.startswith("Killed after") for each in shown.titles)
    keys = "Array.from(document.querySelectorAll('table.compare thead th'), each => each.dataset.key)"
    column = shown.page.evaluate(keys).index(f"killed-{age}") + 1
    for id, entry in catalogue().entries.items():
        stood = [each for each in entry.series_after(AGES[age]) if each.measure.id == "killed" and each.whole]
        text = shown.page.locator(f"#in-{id} > :nth-child({column})").inner_text()
        if stood and stood[0].headline:
            assert Quantity.parse(stood[0].headline.item.values["value"]).text in text, id
            continue
        parts = of_places(entry.series_after(AGES[age]), "killed")
        assert ("no total yet" if parts else "none known then") in text, id
        assert all(f"{each.places[0].values['name']}: {each.quantity.text}" in text for each in parts), id


def test_an_order_follows_the_age(visit: Pages) -> None:
    shown = visit("compare/?sort=-killed&asof=24h")
    assert shown.page.locator("[aria-sort]").get_attribute("data-key") == "killed-24h"


# Side by side


def test_two_to_six_are_laid_side_by_side_with_their_series_on_one_scale(visit: Pages) -> None:
    shown = visit(f"compare/?ids={CROCUS},{BESLAN},{THEATRE}")
    side = shown.page.locator("section.side-by-side")
    assert side.locator("thead th").all_inner_texts()[1:] == [
        catalogue().entries[id].incident.title for id in (CROCUS, BESLAN, THEATRE)
    ]
    drawn = side.locator("tr", has=shown.page.locator("th", has_text="Killed over time")).locator("svg")
    assert drawn.count() == 3 and len({each.get_attribute("viewBox") for each in drawn.all()}) == 1
    assert side.locator("tr.same th", has_text="Status").count() == 1
    assert side.locator("tr.differs th", has_text="Killed").count() >= 1
    side.get_by_role("button", name="Remove Crocus").click()
    assert shown.search == f"?ids={BESLAN},{THEATRE}"
    side.get_by_label("Add an incident").select_option(CROCUS)
    assert shown.search == f"?ids={BESLAN},{THEATRE},{CROCUS}"


def test_an_incident_is_marked_on_its_own_page_and_met_again_in_the_comparison(visit: Pages) -> None:
    page = visit(f"incidents/{CROCUS}/").page
    page.get_by_role("button", name="Add to comparison").click()
    assert page.locator(".compare-add button").get_attribute("aria-pressed") == "true"
    page.goto(page.url.replace(CROCUS, THEATRE))
    page.get_by_role("button", name="Add to comparison").click()
    page.get_by_role("link", name="Lay 2 marked incidents side by side").click()
    assert page.url.endswith(f"compare/?ids={CROCUS},{THEATRE}")
    page.locator("section.side-by-side table").wait_for()
    assert page.locator("section.side-by-side thead th").count() == 3


def test_side_by_side_is_printed_on_paper_laid_across(visit: Pages, tmp_path: Path) -> None:
    page = visit(f"compare/?ids={CROCUS},{BESLAN}").page
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('section.side-by-side')).page") == "side"
    assert not page.locator(".compare-controls").is_visible() and not page.locator(".chosen").is_visible()
    assert page.locator("table.side").is_visible() and not page.locator("table.compare").is_visible()
    boxes = page.pdf(prefer_css_page_size=True).split(b"/MediaBox [")[1:]
    sizes = {tuple(round(float(each)) for each in box.split(b"]")[0].split()[2:]) for box in boxes}
    assert any(width > height for width, height in sizes)


# What is shown as a file


def test_what_is_shown_is_taken_away_as_csv_with_number_bound_range_and_voice(visit: Pages) -> None:
    shown = visit("compare/?columns=when,killed&sort=-killed&incident_type=hostage-taking")
    with shown.page.expect_download() as waiting:
        shown.page.get_by_role("button", name="CSV").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [each["Incident"] for each in lines] == [catalogue().entries[id].incident.title for id in shown.rows]
    theatre = next(each for each in lines if f"/{THEATRE}/" in each["Address"])
    headline = catalogue().entries[THEATRE].headlines[0].headline
    assert headline and theatre["Killed"] == headline.quantity.text
    assert theatre["Killed: at least"] == str(headline.quantity.low)
    assert theatre["Killed: range"].startswith("range") and "as of" in theatre["Killed: date and voice"]


def test_what_is_shown_is_taken_away_as_json_with_its_address(visit: Pages) -> None:
    shown = visit("compare/?columns=killed&asof=7d")
    with shown.page.expect_download() as waiting:
        shown.page.get_by_role("button", name="JSON").click()
    taken = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert [each["id"] for each in taken["incidents"]] == shown.rows
    assert "after 7 days" in taken["figures"] and taken["address"].endswith("asof=7d")
    assert set(taken["incidents"][0]["columns"]) == {"killed-7d"}


# On any screen


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_head_and_first_column_stay_in_sight_or_every_incident_is_a_card(visit: Pages, size: ViewportSize) -> None:
    page = visit("compare/?view=toll", size=size).page
    if size is PHONE:
        card = page.locator("table.compare tbody tr").first
        assert card.evaluate("each => getComputedStyle(each).display") == "block"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        return
    page.set_viewport_size(ViewportSize(width=800, height=500))
    page.evaluate("document.querySelector('.table-wrap.compare').scrollTo(400, 300)")
    wrap = page.locator(".table-wrap.compare").bounding_box()
    head, first = (
        page.locator("th[data-key=when]").bounding_box(),
        page.locator("tbody tr:last-child th").bounding_box(),
    )
    assert wrap and head and first
    assert abs(head["y"] - wrap["y"]) < 2 and abs(first["x"] - wrap["x"]) < 2


@pytest.mark.parametrize("address", [f"compare/?ids={CROCUS},{BESLAN}&asof=24h", f"compare/{THEATRE}/{BESLAN}/"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_side_by_side(visit: Pages, address: str, size: ViewportSize) -> None:
    page = visit(address, size=size).page
    page.evaluate("document.querySelectorAll('article tbody tr:nth-child(n+9)').forEach(each => each.remove())")
    found = Axe().run(page, options={"runOnly": STANDARDS})
    assert found.violations_count == 0, found.generate_report()


# Previews


def test_a_link_to_an_incident_shows_what_it_leads_to_on_hover_and_focus_with_one_request_for_all(visit: Pages) -> None:
    shown = visit()
    page, tip = shown.page, shown.page.locator(".preview")
    links = page.locator("table.compare tbody th a")
    links.first.hover()
    tip.wait_for(state="visible")
    first = catalogue().entries[every()[0]]
    assert first.incident.title in tip.inner_text() and "as of" in tip.inner_text()
    assert links.first.get_attribute("aria-describedby") == "preview"
    tip.hover()
    page.wait_for_timeout(400)
    assert tip.is_visible()  # a pointer may go and read it
    page.keyboard.press("Escape")
    assert not tip.is_visible() and links.first.get_attribute("aria-describedby") is None
    links.nth(1).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    tip.wait_for(state="visible")
    assert catalogue().entries[every()[1]].incident.title in tip.inner_text()
    assert len([each for each in shown.asked if "previews.json" in each]) == 1


def test_a_page_without_previews_is_a_page_with_links(visit: Pages) -> None:
    shown = visit()
    shown.page.route("**/previews.json", lambda route: route.abort())
    link = shown.page.locator("table.compare tbody th a").first
    link.hover()
    shown.page.wait_for_timeout(500)
    assert shown.page.locator(".preview:visible").count() == 0
    link.click()
    assert "/incidents/" in shown.page.url
