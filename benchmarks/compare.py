"""How the comparison bears many incidents: size, time to the first order, longest task, at two sizes in one run.

    python -m benchmarks.compare [SMALL] [LARGE]

Incidents are copies of the richest invented record with other names and numbers. Sizes are exact. Times are of this
machine in this run and are only good for their ratio; the goals of the design stand beside them.
"""

from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree, which

from playwright.sync_api import sync_playwright

from generator.model import Catalogue, Document, Value, freeze
from generator.render import templates
from generator.render.compare import pages
from tests import invented
from tests.conftest import BROWSERS, FLAGS

ROOT = Path(__file__).parents[1]
SETTINGS = """INHERIT: {root}/mkdocs.yml
site_url: ""
docs_dir: {docs}
site_dir: {site}
hooks: []
watch: []
strict: false
nav: [Home: index.md, Compare: compare/index.md]
"""
# The longest task of the page's thread, in which no frame can be drawn; the browser tells those of 50 ms and more.
WATCH = """
window.longest = 0;
new PerformanceObserver(list => list.getEntries().forEach(each => { longest = Math.max(longest, each.duration) }))
  .observe({type: "longtask", buffered: true});
"""
SORT = """async key => {
  longest = 0
  const begin = performance.now()
  document.querySelector(`th[data-key="${key}"] button`).click()
  document.querySelector("table.compare").getBoundingClientRect()
  const done = performance.now()
  await new Promise(drawn => setTimeout(drawn, 300))
  return [done - begin, longest]
}"""
TYPE = """async words => {
  longest = 0
  const field = document.querySelector("form.compare-controls [name=words]")
  for (const each of words) {
    field.value += each
    field.dispatchEvent(new Event("input", {bubbles: true}))
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  }
  await new Promise(drawn => setTimeout(drawn, 300))
  return longest
}"""


def register(size: int) -> Catalogue:
    """So many incidents."""
    hall = next(each for each in invented.good_documents() if each.values["id"] == "2004-example-hall")
    pick = random.Random(size)

    def one(n: int) -> Document:
        values: dict[str, Value] = {
            **hall.values,
            "id": f"2004-example-{n}",
            "title": f"Example Hall {n} hostage-taking",
        }
        del values["relations"], values["former_ids"]
        values["figures"] = tuple(
            {**each, "value": pick.randint(1, 400)} if isinstance(each["value"], int) else each
            for each in hall.values["figures"]
        )
        return Document(f"incidents/{values['id']}.yaml", freeze(values))

    return invented.catalogue(tuple(one(n) for n in range(size)), invented.schema())


def published(catalogue: Catalogue, folder: Path) -> tuple[Path, float]:
    """The site with the one page, and the seconds that its Markdown took to make."""
    begin = time.perf_counter()
    text = next(iter(pages(catalogue, templates()))).text
    seconds = time.perf_counter() - begin
    docs, site = folder / "docs", folder / "site"
    copytree(ROOT / "docs" / "assets", docs / "assets")
    (docs / "compare").mkdir()
    (docs / "compare" / "index.md").write_text(text, encoding="utf-8")
    (docs / "index.md").write_text("# Benchmark\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS.format(root=ROOT, docs=docs, site=site), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(folder / "mkdocs.yml")]
    subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, stderr=subprocess.DEVNULL)
    return site, seconds


def measure(size: int) -> dict[str, float]:
    """Everything that is measured, by what it is called."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site, seconds = published(register(size), Path(folder))
        html = (site / "compare" / "index.html").read_bytes()
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as listening:
            threading.Thread(target=listening.serve_forever, daemon=True).start()
            found = next(filter(None, map(which, BROWSERS)))
            browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.add_init_script(WATCH)
            page.goto(f"http://127.0.0.1:{listening.server_address[1]}/compare/")
            page.wait_for_selector("form.compare-controls:not([hidden])")
            page.wait_for_timeout(500)
            loading = page.evaluate("longest")
            first, first_frame = page.evaluate(SORT, "killed")
            again, again_frame = page.evaluate(SORT, "incident")
            typing = page.evaluate(TYPE, "hall 12")
            browser.close()
            listening.shutdown()
    return {
        "page, bytes with gzip -9": len(gzip.compress(html, 9)),
        "Markdown of the page, s": seconds,
        "longest task while loading, ms": loading,
        "first order by number, ms": first,
        "order by text, ms": again,
        "longest task while ordering, ms": max(first_frame, again_frame),
        "longest task while typing, ms": typing,
    }


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of requests."""


GOALS = {
    "page, bytes with gzip -9": 1_500_000,
    "longest task while loading, ms": 200,
    "first order by number, ms": 100,
    "longest task while ordering, ms": 200,
    "longest task while typing, ms": 200,
}


def main() -> None:
    """Measure both sizes and print them with their ratio."""
    small, large = map(int, sys.argv[1:3] or ("100", "1000"))
    one, other = measure(small), measure(large)
    print(f"{'':34}{small:>12,}{large:>12,}{'ratio':>8}{'goal':>12}")
    for name, value in other.items():
        goal = f"{GOALS[name]:>12,}" if name in GOALS else ""
        print(f"{name:34}{one[name]:>12,.1f}{value:>12,.1f}{value / (one[name] or 50):>8.1f}{goal}")


if __name__ == "__main__":
    main()
