"""What a reader meets: every kind of page in Chromium, in light and dark, narrow and wide, by keyboard and on paper.

Needs Chromium or Chrome on PATH. Without it these tests are skipped, or fail when REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.slow]


FIXED = {
    "home": "",
    "incidents": "incidents/",
    "compare": "compare/",
    "map": "map/",
    "changes": "changes/",
    "timeline": "timeline/",
    "sources": "sources/",
    "actors": "actors/",
    "countries": "countries/",
    "vocabularies": "vocabulary/",
    "data dictionary": "schema/",
    "method": "method/",
    "contribute": "contribute/",
    "not found": "404.html",
}
ONE_OF = {
    "incident": "incidents",
    "actor": "actors",
    "country": "countries",
    "place": "countries/ru",
    "vocabulary": "vocabulary",
}
KINDS = (*FIXED, *ONE_OF)

Scheme = Literal["light", "dark"]
Size = ViewportSize
WIDE = Size(width=1280, height=900)
PHONE = Size(width=390, height=844)
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
ALLEGATIONS = (
    "Array.from(document.querySelectorAll('.guarded > details > p:first-of-type'), each => each.firstChild.data)"
)
# The ninth row of a table has the colours of the eighth; all of them together would take axe most of a minute.
SHORTEN = (
    "document.querySelectorAll('article :is(li, tbody tr, section):nth-child(n+9)').forEach(each => each.remove())"
)
UNSEEN = """() => {
  const focused = document.activeElement;
  const look = () => [focused, ...focused.children].map(each => getComputedStyle(each))
    .map(style => [style.outlineStyle, style.stroke, style.strokeWidth, style.boxShadow].join()).join(";");
  const before = look();
  focused.blur();
  const after = look();
  focused.focus();
  return before === after ? [focused.outerHTML.slice(0, 200)] : [];
}"""
# Controls work with scripts only, so it is scripts that put them there. The head of a column is a text first.
CONTROLS = "article button:not(.sort), article .as-of-control, article .compare-controls"
ALL_COLUMNS = "document.querySelectorAll('[name=column]:not(:checked)').forEach(each => each.click())"
TEXT = f"""() => {{
  document.querySelectorAll({CONTROLS!r}).forEach(each => {{ each.style.display = 'none' }});
  return document.querySelector("article").innerText.split(/\\s+/).join(" ");
}}"""
BEYOND = "document.documentElement.scrollWidth - innerWidth"
PRINTED = """
Array.from(document.querySelectorAll(".guarded"), each => [".item-heading", "details > p", "details > dl"].map(part =>
  each.querySelector(part).checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})))
"""


@dataclass
class Visit:
    """A page that is open, what it asked of other hosts, and what it complained of."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Open = Callable[..., Visit]


@contextmanager
def _visits(browser: Browser, server: str) -> Iterator[Open]:
    """Open pages of the site as somebody who has never been here; they are closed at the end."""
    with ExitStack() as tabs:

        def open_page(address: str, scheme: Scheme = "light", *, scripts: bool = True, size: Size = WIDE) -> Visit:
            context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts, viewport=size)
            tabs.callback(context.close)
            context.add_init_script(WATCH)
            opened = Visit(context.new_page())
            opened.page.on("request", lambda each: _foreign(opened, each.url, server))
            opened.page.on("console", lambda each: _complaint(opened, each.type, each.text))
            opened.page.on("pageerror", lambda each: opened.complaints.append(str(each)))
            opened.page.goto(f"{server}/{address}")
            return opened

        yield open_page


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Open]:
    """How a test opens pages."""
    with _visits(browser, server) as open_page:
        yield open_page


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
def opened(
    request: pytest.FixtureRequest, browser: Browser, server: str, address: Callable[[str], str]
) -> Iterator[Visit]:
    """Each kind of page in turn, opened once for all tests of it."""
    with _visits(browser, server) as open_page:
        opened = open_page(address(request.param))
        opened.page.wait_for_load_state("networkidle")
        yield opened


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
    dark.evaluate(SHORTEN)
    assert _axe(dark, {"type": "rule", "values": COLOUR_RULES}) == []


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
    too_wide = {}
    for width in WIDTHS:
        opened.page.set_viewport_size(Size(width=width, height=900))
        if beyond := opened.page.evaluate(BEYOND):
            opened.page.wait_for_timeout(600)  # the theme moves its search box to its place
            beyond = opened.page.evaluate(BEYOND)
        if beyond:
            too_wide[width] = beyond
    opened.page.set_viewport_size(WIDE)
    assert too_wide == {}


def test_the_same_text_is_there_without_scripts(opened: Visit, visit: Open) -> None:
    plain = visit(_path(opened.page), scripts=False).page
    opened.page.evaluate(ALL_COLUMNS)  # the comparison opens with a choice of them
    assert plain.evaluate(TEXT) == opened.page.evaluate(TEXT)
    hidden = [row for row in plain.locator("article tr").all_inner_texts() if not row.strip()]
    assert hidden == []


# An incident page


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("kind", ["incident", "compare"])
def test_nothing_jumps_while_a_page_loads(visit: Open, address: Callable[[str], str], kind: str, size: Size) -> None:
    page = visit(address(kind), size=size).page
    page.wait_for_timeout(500)
    assert page.evaluate("shifted") < 0.02


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_address_of_a_figure_shows_it_below_the_header(visit: Open, incident: str, size: Size) -> None:
    first = visit(incident).page.locator("table.figures tr[id]").nth(6).get_attribute("id")
    page = visit(f"{incident}#{first}", size=size).page
    row = page.locator(f"#{first}").bounding_box()
    header = page.locator("header.md-header").bounding_box()
    assert row and header
    assert header["y"] + header["height"] <= row["y"] < size["height"] - 100


def test_an_allegation_is_closed_until_it_is_asked_for(visit: Open, incident: str) -> None:
    page = visit(incident).page
    assert page.locator(".guarded > details").count() > 0
    assert page.locator(".guarded > details[open]").count() == 0


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_address_of_an_allegation_opens_it(visit: Open, incident: str, size: Size) -> None:
    page = visit(incident, size=size).page
    ids = page.evaluate("Array.from(document.querySelectorAll('.guarded > details'), each => each.id)")
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
    box = page.locator(f".guarded:has(#{id})").bounding_box()
    header = page.locator("header.md-header").bounding_box()
    assert box and header
    assert header["y"] + header["height"] <= box["y"] < 900


def test_an_allegation_opens_by_a_click_without_scripts(visit: Open, incident: str) -> None:
    page = visit(incident, scripts=False).page
    first = page.locator(".guarded > details").first
    assert not first.locator("> p").first.is_visible()
    first.locator("> summary").click()
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
    first = visit(incident).page.locator(".guarded > details").first
    first.locator("> summary").focus()
    first.page.keyboard.press("Enter")
    assert first.locator("> p").first.is_visible()
    first.page.keyboard.press("Enter")
    assert not first.locator("> p").first.is_visible()


def test_the_keyboard_goes_through_box_then_day_then_drawing(visit: Open, incident: str) -> None:
    page = visit(incident).page
    page.locator(".fact-box a").first.focus()
    where = """() => { const at = document.activeElement.closest('.fact-box, #asof, input[type=range], figure.chart');
      return at ? at.matches('.fact-box') ? 'box' : at.matches('figure.chart') ? 'drawing' : 'day' : ''; }"""
    path = ["box"]
    for _ in range(120):
        page.keyboard.press("Tab")
        if (here := page.evaluate(where)) and here != path[-1]:
            path.append(here)
        if here == "drawing":
            break
    assert path == ["box", "day", "drawing"]
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    assert page.url.endswith(target) and page.locator(target).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_sees_where_one_is(visit: Open, incident: str, scheme: Scheme) -> None:
    page = visit(incident, scheme=scheme).page
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        unseen += page.evaluate(UNSEEN)
    assert unseen == []


# Search


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Nord-Ost", ("incidents/2002-moscow-theatre/",)),
        ("Беслан", ("incidents/2004-beslan-school/",)),
        ("Crocus", ("incidents/2024-crocus-city-hall/",)),
        ("Aamaq", ("actors/amaq/",)),
        ("Krokus", ("incidents/2024-crocus-city-hall/",)),
        ("Крокус", ("incidents/2024-crocus-city-hall/",)),
        ("Норд-Ост", ("incidents/2002-moscow-theatre/",)),
        ("ФСБ", ("actors/fsb/",)),
    ],
)
def test_search_finds(visit: Open, query: str, wanted: tuple[str, ...]) -> None:
    page = visit("").page
    first = _search(page, query)[:3]
    assert any(each in link for each in wanted for link in first), first


def _type(page: Page, query: str) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.insert_text(query)
    page.keyboard.press("End")  # the search listens to keys, and letters of another keyboard are inserted without one


def _search(page: Page, query: str) -> list[str]:
    _type(page, query)
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
    _type(page, allegations[0])
    page.wait_for_selector(".md-search-result__meta:not(:text('Type to start'))")
    assert not [each for each in allegations if each in page.locator(".md-search-result__list").inner_text()]


# On paper


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_paper_has_the_record_and_not_the_furniture(visit: Open, incident: str, scripts: bool) -> None:
    page = visit(incident, scripts=scripts).page
    page.emulate_media(media="print")
    page.wait_for_timeout(200)
    for furniture in (".md-header", ".md-tabs", ".md-sidebar", ".md-search", ".headerlink"):
        assert not page.locator(furniture).first.is_visible()
    printed = page.evaluate(PRINTED)
    assert printed
    for voice_and_verification, allegation, fields in printed:
        assert voice_and_verification
        assert allegation
        assert fields
    assert page.pdf().startswith(b"%PDF")


def test_paper_is_legible_whatever_the_screen_was(visit: Open, incident: str) -> None:
    page = visit(incident, "dark").page
    page.emulate_media(media="print")
    page.evaluate(SHORTEN)
    assert _axe(page, {"type": "rule", "values": ["color-contrast"]}) == []


def test_paper_shows_where_a_source_is(visit: Open, incident: str) -> None:
    page = visit(incident).page
    page.emulate_media(media="print")
    source = page.locator("ol.sources a[rel~=external]").first
    printed = source.evaluate("element => getComputedStyle(element, '::after').content")
    assert source.get_attribute("href") in printed
