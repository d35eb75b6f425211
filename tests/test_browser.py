"""What a reader meets: every kind of page in Chromium, in light and dark, narrow and wide, by keyboard and on paper.

Needs Chromium or Chrome on PATH. Without it these tests are skipped, or fail when REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

FIXED = {
    "home": "",
    "incidents": "incidents/",
    "compare": "compare/",
    "actors": "actors/",
    "countries": "countries/",
    "vocabularies": "vocabulary/",
    "data dictionary": "schema/",
    "method": "method/",
    "contribute": "contribute/",
    "not found": "404.html",
}
ONE_OF = {"incident": "incidents", "actor": "actors", "country": "countries", "vocabulary": "vocabulary"}
KINDS = (*FIXED, *ONE_OF)

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WIDTHS = (320, 390, 768, 1280, 2560)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]  # all that another scheme can break

WATCH = """
window.violations = [];
window.shifted = 0;
addEventListener("securitypolicyviolation", event => violations.push(event.violatedDirective + " " + event.blockedURI));
new PerformanceObserver(list => list.getEntries().forEach(entry => { shifted += entry.value; }))
  .observe({type: "layout-shift", buffered: true});
"""
ALLEGATIONS = "Array.from(document.querySelectorAll('details.guarded > p:first-of-type'), each => each.firstChild.data)"
VISIBLE = "element => element.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})"


@dataclass
class Visit:
    """A page that is open, what it asked of other hosts, and what it complained of."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        message = f"no browser on PATH; install one of: {', '.join(BROWSERS)}"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def visit(browser: Browser, server: str) -> Iterator[Open]:
    """Open a page of the site in a tab of its own, after what a new reader's browser holds: nothing."""
    contexts = []

    def open_page(address: str, *, scheme: str = "light", scripts: bool = True, size: dict[str, int] = WIDE) -> Visit:
        context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts, viewport=size)  # type: ignore[arg-type]
        contexts.append(context)
        context.add_init_script(WATCH)
        opened = Visit(context.new_page())
        opened.page.on("request", lambda each: _foreign(opened, each.url, server))
        opened.page.on("console", lambda each: _complaint(opened, each.type, each.text))
        opened.page.on("pageerror", lambda each: opened.complaints.append(str(each)))
        opened.page.goto(f"{server}/{address}", wait_until="networkidle")
        return opened

    yield open_page
    for context in contexts:
        context.close()


def _foreign(visit: Visit, url: str, server: str) -> None:
    if not url.startswith((f"{server}/", "data:", "blob:")):
        visit.foreign.append(url)


def _complaint(visit: Visit, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        visit.complaints.append(text)


@pytest.fixture(scope="module")
def address(site: Path) -> Callable[[str], str]:
    """The address of a page of some kind; of many, the longest, for it holds most of what may go wrong."""

    def of_kind(kind: str) -> str:
        if kind in FIXED:
            return FIXED[kind]
        pages = (site / ONE_OF[kind]).glob("*/index.html")
        return f"{max(pages, key=lambda page: page.stat().st_size).parent.relative_to(site).as_posix()}/"

    return of_kind


@pytest.fixture(scope="module", params=KINDS)
def opened(request: pytest.FixtureRequest, visit: Open, address: Callable[[str], str]) -> Visit:
    """Each kind of page in turn, opened once for all tests of it."""
    return visit(address(request.param))


@pytest.fixture(scope="module")
def incident(address: Callable[[str], str]) -> str:
    """The longest incident page."""
    return address("incident")


# Every kind of page


def test_nothing_is_asked_of_other_hosts_and_nothing_complained_of(opened: Visit) -> None:
    assert opened.foreign == []
    assert opened.complaints == []
    assert opened.page.evaluate("violations") == []


def test_axe_finds_nothing_in_light(opened: Visit) -> None:
    assert _axe(opened.page, {"type": "tag", "values": STANDARDS}) == []


def test_axe_finds_nothing_in_dark(opened: Visit, visit: Open) -> None:
    dark = visit(_path(opened.page), scheme="dark").page
    assert dark.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert _axe(dark, {"type": "rule", "values": COLOUR_RULES}) == []
    dark.close()


def _axe(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe finds, with the details open, for what is closed is not looked at: the rule, and where it is broken."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = false })")
    return [f"{each['id']}: {node['html']}" for each in violations for node in each["nodes"]]


def _path(page: Page) -> str:
    return page.url.partition("//")[2].partition("/")[2]


def test_nothing_is_wider_than_the_window(opened: Visit) -> None:
    beyond = {}
    for width in WIDTHS:
        opened.page.set_viewport_size({"width": width, "height": 900})
        beyond[width] = opened.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    opened.page.set_viewport_size({"width": 1280, "height": 900})
    assert beyond == dict.fromkeys(WIDTHS, 0)


def test_the_same_text_is_there_without_scripts(opened: Visit, visit: Open) -> None:
    plain = visit(_path(opened.page), scripts=False).page
    assert plain.locator("article").inner_text() == opened.page.locator("article").inner_text()
    hidden = [row for row in plain.locator("article tr").all_inner_texts() if not row.strip()]
    assert hidden == []
    plain.close()


# An incident page


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_jumps_while_an_incident_page_loads(visit: Open, incident: str, size: dict[str, int]) -> None:
    page = visit(incident, size=size).page
    page.wait_for_timeout(300)
    assert page.evaluate("shifted") < 0.02


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_address_of_a_figure_shows_it_below_the_header(visit: Open, incident: str, size: dict[str, int]) -> None:
    first = visit(incident).page.locator("table.figures tr[id]").nth(6).get_attribute("id")
    page = visit(f"{incident}#{first}", size=size).page
    row = page.locator(f"#{first}").bounding_box()
    header = page.locator("header.md-header").bounding_box()
    assert row and header
    assert header["y"] + header["height"] <= row["y"] < size["height"] - 100


def test_an_allegation_is_closed_until_it_is_asked_for(visit: Open, incident: str) -> None:
    page = visit(incident).page
    assert page.locator("details.guarded").count() > 0
    assert page.locator("details.guarded[open]").count() == 0


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_address_of_an_allegation_opens_it(visit: Open, incident: str, size: dict[str, int]) -> None:
    page = visit(incident, size=size).page
    ids = page.evaluate("Array.from(document.querySelectorAll('details.guarded'), each => each.id)")
    base = page.url
    page.goto(f"{base}#{ids[0]}")
    _expect_open_in_view(page, ids[0])
    page.goto(f"{base}#{ids[-1]}")
    _expect_open_in_view(page, ids[-1])
    page.go_back()
    _expect_open_in_view(page, ids[0])


def _expect_open_in_view(page: Page, id: str) -> None:
    page.wait_for_selector(f"details#{id}[open]", timeout=3000)
    page.wait_for_timeout(200)
    box = page.locator(f"#{id} > summary").bounding_box()
    header = page.locator("header.md-header").bounding_box()
    assert box and header
    assert header["y"] + header["height"] <= box["y"] < 900


def test_an_allegation_opens_by_a_click_without_scripts(visit: Open, incident: str) -> None:
    page = visit(incident, scripts=False).page
    first = page.locator("details.guarded").first
    assert not first.locator("> p").first.is_visible()
    first.locator("> summary > .kind").click()
    assert first.locator("> p").first.is_visible()


# By keyboard


def test_the_first_key_leads_past_the_navigation(visit: Open, incident: str) -> None:
    page = visit(incident).page
    page.keyboard.press("Tab")
    skip = page.locator("a.md-skip")
    assert skip.evaluate("element => element === document.activeElement")
    page.wait_for_timeout(400)
    assert skip.evaluate("element => getComputedStyle(element).opacity") == "1"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_enter_opens_and_closes_an_allegation(visit: Open, incident: str) -> None:
    first = visit(incident).page.locator("details.guarded").first
    first.locator("> summary").focus()
    first.page.keyboard.press("Enter")
    assert first.locator("> p").first.is_visible()
    first.page.keyboard.press("Enter")
    assert not first.locator("> p").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_sees_where_one_is(visit: Open, incident: str, scheme: str) -> None:
    page = visit(incident, scheme=scheme).page
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if not page.evaluate("""() => {
            const style = getComputedStyle(document.activeElement)
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        }"""):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    assert unseen == []


# Search


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Nord-Ost", ("incidents/2002-moscow-theatre/",)),
        ("Беслан", ("incidents/2004-beslan-school/",)),
        ("Crocus", ("incidents/2024-crocus-city-hall/",)),
        ("Aamaq", ("actors/amaq/", "incidents/2024-crocus-city-hall/")),
    ],
)
def test_search_finds(visit: Open, query: str, wanted: tuple[str, ...]) -> None:
    page = visit("").page
    assert any(each in link for each in wanted for link in _search(page, query))


def _search(page: Page, query: str) -> list[str]:
    page.keyboard.press("/")
    page.locator(".md-search__input").fill(query)
    page.wait_for_selector(".md-search-result__link", timeout=5000)
    links: list[str] = page.evaluate(
        "Array.from(document.querySelectorAll('.md-search-result__link'), each => each.href)"
    )
    return links


def test_search_says_nothing_of_allegations(visit: Open, site: Path, incident: str) -> None:
    page = visit(incident).page
    allegations = [each.strip() for each in page.evaluate(ALLEGATIONS)]
    assert allegations
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    shown = " ".join(each["title"] + " " + each["text"] for each in index["docs"])
    assert [each for each in allegations if each in shown] == []
    for each in allegations:
        page.locator(".md-search__input").fill(each)
        page.wait_for_timeout(300)
        assert each not in page.locator(".md-search-result").inner_text()


# On paper


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_paper_has_the_record_and_not_the_furniture(visit: Open, incident: str, scripts: bool) -> None:
    page = visit(incident, scripts=scripts).page
    page.emulate_media(media="print")
    page.wait_for_timeout(200)
    for furniture in (".md-header", ".md-tabs", ".md-sidebar", ".md-search", ".headerlink"):
        assert not page.locator(furniture).first.is_visible()
    for allegation in page.locator("details.guarded").all():
        accuser, body = allegation.locator("> summary"), allegation.locator("> p").first
        assert accuser.is_visible()
        assert body.evaluate(VISIBLE)
    assert page.pdf().startswith(b"%PDF")


def test_paper_shows_where_a_source_is(visit: Open, incident: str) -> None:
    page = visit(incident).page
    page.emulate_media(media="print")
    source = page.locator("ol.sources a[rel~=external]").first
    printed = source.evaluate("element => getComputedStyle(element, '::after').content")
    assert source.get_attribute("href") in printed
