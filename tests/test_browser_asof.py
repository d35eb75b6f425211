"""As it stood: the page of an incident in Chromium, taken back to an earlier day by control, address and keyboard."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.test_browser import BEYOND

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPO = Path(__file__).parents[1]
SCRIPT = Path(__file__).parents[1] / "docs" / "assets" / "javascripts" / "asof.js"
INCIDENT = "incidents/2024-crocus-city-hall/"
SLIDER = ".as-of-control input"
BANNER = ".as-of-banner"
TOLL = ".fact.figure:has(dt:text-is('Killed')) .number"
LATER_SHOWN = """limit => Array.from(document.querySelectorAll("[data-known]")).filter(each =>
  each.offsetParent !== null && !each.matches(".as-of-shell, .as-of-later")
  && (each.dataset.known === "" || each.dataset.known.slice(0, 10) > limit)).map(each => each.outerHTML)"""
EARLIER_HIDDEN = """limit => Array.from(document.querySelectorAll("[data-known]")).filter(each =>
  !each.closest("details") && each.getClientRects().length === 0
  && each.dataset.known !== "" && each.dataset.known.slice(0, 10) <= limit).map(each => each.outerHTML.slice(0, 120))"""
EMPTY_SECTIONS = """() => Array.from(document.querySelectorAll("article > h2")).filter(each => {
  let next = each.nextElementSibling
  while (next && !next.matches("h2") && next.offsetParent === null) next = next.nextElementSibling
  return each.offsetParent !== null && (!next || next.matches("h2, .notice"))
}).map(each => each.id)"""
Open = Callable[..., Page]


class Quiet(SimpleHTTPRequestHandler):
    """A server that does not tell what it served."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the register built with the theme's instant navigation, which swaps pages without loading them."""
    root = tmp_path_factory.mktemp("instant")
    for folder in ("docs", "schema", "generator"):
        (root / folder).symlink_to(REPO / folder)
    shutil.copytree(REPO / "incidents", root / "incidents")
    settings = (REPO / "mkdocs.yml").read_text(encoding="utf-8")
    tabs = "    - navigation.tabs\n"
    assert tabs in settings
    (root / "mkdocs.yml").write_text(settings.replace(tabs, tabs + "    - navigation.instant\n"), encoding="utf-8")
    served = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root / "site")))
    address = f"http://127.0.0.1:{served.server_port}/"
    command = [sys.executable, "-m", "generator", "--root", str(root), "site"]
    done = subprocess.run(command, cwd=REPO, env={**os.environ, "SITE_URL": address}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield address
    served.shutdown()
    served.server_close()


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Open]:
    """Open the page of an incident; what its script complains of is a failure."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(query: str = "", *, scripts: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900})
        contexts.append(context)
        context.add_init_script("addEventListener('securitypolicyviolation', each => { throw each.violatedDirective })")
        page = context.new_page()
        page.on("pageerror", lambda each: complaints.append(str(each)))
        page.goto(f"{server}/{INCIDENT}{query}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def test_an_address_with_a_day_shows_what_could_be_known_at_its_end(opened: Open) -> None:
    page = opened("?asof=2024-03-22")
    expect(page.locator(BANNER)).to_have_text("As it stood on 22 March 2024, at the end of that day — show now")
    expect(page.locator(TOLL).locator("visible=true")).to_have_text("40")
    fact = page.locator(".fact.figure", has_text="Killed")
    assert "FSB" in fact.inner_text() and "22 Mar 2024" in fact.inner_text()
    expect(page.locator("#k4 .status")).to_have_text("current then")
    expect(page.locator("#k8")).to_be_hidden()
    expect(page.locator("#c1")).to_be_visible()
    expect(page.locator("#w1")).to_be_visible()
    expect(page.locator("#w4")).to_be_hidden()  # disclosed eleven days later
    for gone in (".lead", "#legal", "#record", "table.stood", ".chart", "#k4 .note"):
        expect(page.locator(gone).first).to_be_hidden()


def test_an_address_with_a_minute_goes_back_to_it(opened: Open) -> None:
    page = opened("?asof=2024-03-23T12:00")
    expect(page.locator(TOLL).locator("visible=true")).to_have_text("115")
    expect(page.locator(BANNER)).to_contain_text("at 12:00")
    expect(page.locator("#k19")).to_be_hidden()  # known to the day only, so from its end on


@pytest.mark.parametrize("day", ["2024-03-22", "2024-03-23", "2024-04-02", "2025-08-28"])
def test_nothing_later_is_shown_and_nothing_earlier_is_lost(opened: Open, day: str) -> None:
    page = opened(f"?asof={day}")
    assert page.evaluate(LATER_SHOWN, day) == []
    assert page.evaluate(EARLIER_HIDDEN, day) == []
    assert page.evaluate(EMPTY_SECTIONS) == []
    dangling = page.evaluate(
        """() => Array.from(document.querySelectorAll("article a[href^='#']:not(.headerlink, .anchor)"))
        .filter(link => link.hash && link.offsetParent !== null && !link.closest("details"))
        .filter(link => document.getElementById(link.hash.slice(1)).getClientRects().length === 0)
        .map(link => link.outerHTML)"""
    )
    assert dangling == []


def test_a_status_was_another_then(opened: Open) -> None:
    page = opened("?asof=2024-03-24")
    expect(page.locator("#k19 .status")).to_have_text("disputed then")
    expect(page.locator("#k17 .status")).to_have_text("superseded")
    expect(page.locator("#k19")).to_have_class(re.compile(r"\bdisputed\b"))
    page.locator(f"{BANNER} a").click()
    expect(page.locator("#k19 .status")).to_have_text("superseded")


def test_a_reply_that_came_later_is_called_later(opened: Open) -> None:
    page = opened("?asof=2024-03-25")
    heading = page.locator(".guarded:has(#t20) > .item-heading")
    assert "judged today" in heading.inner_text()
    page = opened("?asof=2024-03-22")
    assert "judged today" in page.locator(".guarded:has(#t15) > .item-heading").inner_text()
    assert "judged today" not in opened().locator("article").inner_text()


def test_sources_published_later_stand_only_where_something_shown_rests_on_them(opened: Open) -> None:
    page = opened("?asof=2024-03-22")
    expect(page.locator("#s-tass-verdict")).to_be_hidden()
    expect(page.locator("#s-interfax")).to_be_visible()
    later = page.locator("#s-life-blackmail")  # of an unknown day, and the only source of what was said on 19 March
    expect(later).to_be_visible()
    printed = later.evaluate("element => getComputedStyle(element, '::before').content")
    assert "Published later, or on a day not known" in printed


def test_the_control_goes_from_day_to_day_and_says_where_it_is(opened: Open) -> None:
    page = opened()
    output = page.locator(".as-of-control output")
    expect(output).to_have_text("Now")
    expect(page.get_by_role("button", name="Later")).to_be_disabled()
    days = (page.locator(".as-of-control").get_attribute("data-days") or "").split()
    page.locator(SLIDER).evaluate(
        "slider => { slider.value = 1; ['input', 'change'].forEach(each => slider.dispatchEvent(new Event(each))) }"
    )
    expect(output).to_have_text("23 March 2024, as it could be known at the end of that day")
    assert page.url.endswith(f"?asof={days[1]}")
    page.get_by_role("button", name="Earlier").click()
    expect(output).to_contain_text("22 March 2024")
    expect(page.get_by_role("button", name="Earlier")).to_be_disabled()
    page.get_by_role("button", name="Later").click()
    page.get_by_role("button", name="Later").click()
    expect(output).to_contain_text("24 March 2024")
    assert page.url.endswith("?asof=2024-03-24")


def test_the_keyboard_moves_it(opened: Open) -> None:
    page = opened()
    slider = page.get_by_role("slider", name="Show this page as it could be known on")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(BANNER)).to_contain_text("22 March 2024")
    assert slider.get_attribute("aria-valuetext") == "22 March 2024, as it could be known at the end of that day"
    page.keyboard.press("ArrowRight")
    expect(page.locator(BANNER)).to_contain_text("23 March 2024")
    page.keyboard.press("End")
    expect(page.locator(BANNER)).to_be_hidden()
    assert "asof" not in page.url
    assert slider.evaluate("element => element === document.activeElement")


def test_one_movement_is_one_step_back(opened: Open) -> None:
    page = opened()
    length = page.evaluate("history.length")
    page.locator(SLIDER).evaluate("""slider => {
        [9, 7, 5, 1].forEach(each => { slider.value = each; slider.dispatchEvent(new Event("input")) })
        slider.dispatchEvent(new Event("change"))
    }""")
    assert page.evaluate("history.length") == length + 1
    page.wait_for_timeout(1100)
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator(BANNER)).to_contain_text("22 March 2024")
    page.go_back()
    expect(page.locator(BANNER)).to_contain_text("23 March 2024")
    page.go_back()
    expect(page.locator(BANNER)).to_be_hidden()
    expect(page.locator(TOLL).locator("visible=true")).to_have_text("149")
    page.go_forward()
    expect(page.locator(BANNER)).to_contain_text("23 March 2024")


def test_show_now_brings_everything_back(opened: Open) -> None:
    page = opened()
    now = page.locator("article").inner_text()
    page = opened("?asof=2024-03-22#killed")
    assert len(page.locator("article").inner_text()) < len(now) / 2
    page.locator(f"{BANNER} a").click()
    assert "asof" not in page.url and page.url.endswith("#killed")
    assert page.locator("article").inner_text() == now
    assert page.locator(".md-nav--secondary .as-of-off").count() == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("yesterday", "“yesterday” is not a day that can be shown"),
        ("2024-02-31", "is not a day that can be shown"),
        ("<b>2024</b>", "“<b>2024</b>” is not a day that can be shown"),
        ("2024-03-21", "21 March 2024 is outside that"),
        ("2999-01-01", "1 January 2999 is outside that"),
    ],
)
def test_what_is_no_day_of_the_record_is_named_and_changes_nothing(opened: Open, asked: str, said: str) -> None:
    page = opened(f"?asof={asked}")
    expect(page.locator(".as-of-message")).to_contain_text(said)
    expect(page.locator(BANNER)).to_be_hidden()
    expect(page.locator(".lead")).to_be_visible()
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator(".as-of-message")).to_be_empty()


def test_now_needs_no_word_in_the_address(opened: Open) -> None:
    page = opened("?asof=now&ref=x")
    assert page.url.endswith("/?ref=x")
    expect(page.locator(".as-of-message")).to_be_empty()


def test_paper_has_what_is_shown_and_says_of_when_it_is(opened: Open) -> None:
    page = opened("?asof=2024-03-22")
    page.emulate_media(media="print")
    expect(page.locator(BANNER)).to_be_visible()
    assert page.locator(BANNER).evaluate("element => getComputedStyle(element).position") == "static"
    expect(page.locator("#k8")).to_be_hidden()
    expect(page.locator(SLIDER)).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("query", ["", "?asof=2024-03-22"])
def test_without_scripts_a_table_says_what_stood(opened: Open, query: str) -> None:
    page = opened(query, scripts=False)
    table = page.locator("table.stood")
    heads = [" ".join(each.split()) for each in table.locator("thead th").all_inner_texts()]
    assert heads == ["What", "First day 22 Mar 2024", "First week 28 Mar 2024", "First month 20 Apr 2024", "Now"]
    tolls = table.locator("tr", has_text="Killed").locator(".number").all_inner_texts()
    assert (tolls[0], tolls[-1]) == ("40", "149") and len(tolls) == 4
    assert page.locator(SLIDER).count() == 0
    expect(page.locator(BANNER)).to_have_count(0)


def test_axe_finds_nothing_in_a_page_of_then(opened: Open) -> None:
    page = opened("?asof=2024-03-23")
    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
    found = Axe().run(page, "article", options).response["violations"]
    assert [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]] == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_page_of_then_is_no_wider_than_a_phone(opened: Open, width: int) -> None:
    page = opened("?asof=2024-03-23", width=width)
    assert page.evaluate(BEYOND) <= 0
    page.evaluate("scrollTo(0, 3000)")
    page.wait_for_timeout(200)
    header, banner = page.locator(".md-header").bounding_box(), page.locator(BANNER).bounding_box()
    assert header and banner
    assert abs(header["y"] + header["height"] - banner["y"]) <= 2  # the banner stays in sight


def test_the_script_is_small() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes())) <= 6 * 1024


def test_it_works_where_pages_are_swapped_and_not_loaded(browser: Browser, instant: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(instant)
    page.evaluate("window.stayed = true")
    page.locator(f"article a[href*='{INCIDENT}']").first.click()
    expect(page.locator(SLIDER)).to_be_visible()
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator(BANNER)).to_be_visible()
    assert "asof=" in page.url and page.evaluate("window.stayed")
    page.go_back()
    expect(page.locator(BANNER)).to_be_hidden()
    context.close()
