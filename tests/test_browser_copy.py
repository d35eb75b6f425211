"""Addresses and citations are copied in Chromium; links stay links, and without scripts nothing is missing."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCRIPT = Path(__file__).parents[1] / "docs" / "assets" / "javascripts" / "copy.js"
INCIDENT = "incidents/2024-crocus-city-hall/"
CLIPBOARD = "navigator.clipboard.readText()"
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Open]:
    """Open the page of an incident; the reader lets the page write to the clipboard, or does not."""
    contexts: list[BrowserContext] = []

    def open_page(*, scripts: bool = True, allowed: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=scripts)
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"] if allowed else [])
        context.add_init_script("addEventListener('securitypolicyviolation', each => { throw each.violatedDirective })")
        page = context.new_page()
        page.on("pageerror", lambda each: pytest.fail(str(each)))
        page.goto(f"{server}/{INCIDENT}")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("row", ["table.figures tr", "section.item:not(.guarded)", "ol.sources li", "ol.timeline li"])
def test_a_click_on_an_anchor_goes_there_and_copies_the_full_address(opened: Open, server: str, row: str) -> None:
    page = opened()
    anchor = page.locator(f"{row} a.anchor").first
    target = f"{server}/{INCIDENT}{anchor.get_attribute('href')}"
    anchor.click()
    expect(page.get_by_role("status").filter(has_text="Address copied")).to_have_count(1)
    assert page.evaluate(CLIPBOARD) == page.url == target


def test_the_message_goes_away_and_comes_again(opened: Open) -> None:
    page = opened()
    anchor = page.locator("table.figures a.anchor").first
    anchor.click()
    message = page.locator(".copied")
    expect(message).to_have_text("Address copied")
    expect(message).to_have_text("", timeout=6000)
    anchor.click()
    expect(message).to_have_text("Address copied")


def test_the_back_button_leads_through_the_addresses(opened: Open) -> None:
    page = opened()
    start = page.url
    anchors = page.locator("table.figures a.anchor")
    first, second = (f"{start}{anchors.nth(each).get_attribute('href')}" for each in (0, 3))
    anchors.nth(0).click()
    anchors.nth(3).click()
    assert page.url == second
    page.go_back()
    assert page.url == first
    page.go_back()
    assert page.url == start
    page.go_forward()
    assert page.url == first


def test_a_click_that_opens_a_tab_copies_nothing(opened: Open) -> None:
    page = opened()
    page.evaluate("navigator.clipboard.writeText('before')")
    page.locator("table.figures a.anchor").first.click(modifiers=["ControlOrMeta"])
    page.wait_for_timeout(300)
    page.bring_to_front()
    assert page.evaluate(CLIPBOARD) == "before"


def test_a_citation_is_copied_by_its_button(opened: Open) -> None:
    page = opened()
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("status").filter(has_text="Citation copied")).to_have_count(1)
    assert page.evaluate(CLIPBOARD).startswith("As Reported contributors: “Crocus City Hall attack”. As Reported, ")
    for name, beginning in (("BibTeX", "@misc{incident-2024-crocus-city-hall,\n"), ("RIS", "TY  - DATA\nID  - ")):
        page.locator("summary").filter(has_text=name).click()
        page.get_by_role("button", name=f"Copy {name}").click()
        page.wait_for_function(f"{CLIPBOARD}.then(text => text.startsWith({beginning!r}))")


def test_where_copying_is_forbidden_the_link_still_leads_there(opened: Open) -> None:
    page = opened(allowed=False)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    anchor = page.locator("table.figures a.anchor").first
    anchor.click()
    page.wait_for_timeout(300)
    assert page.url.endswith(str(anchor.get_attribute("href")))
    expect(page.locator(".copied")).to_have_text("")


def test_without_scripts_there_is_no_button_and_the_link_leads_there(opened: Open) -> None:
    page = opened(scripts=False)
    assert page.locator("button.copy").count() == 0
    anchor = page.locator("table.figures a.anchor").first
    anchor.click()
    assert page.url.endswith(str(anchor.get_attribute("href")))


def test_the_script_stays_small() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes())) <= 2048
