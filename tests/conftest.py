"""What all tests share: an option, the real register as a site and a server of it, and a small invented register."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

REPO = Path(__file__).resolve().parents[1]
ADDRESSES = ("SITE_URL", "REPO_URL", "BRANCH")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected texts anew; read the difference")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real register, built once by the command that publishes it, with no address set."""
    out = tmp_path_factory.mktemp("published") / "site"
    command = [sys.executable, "-m", "generator", "--root", str(REPO), "site", "--out", str(out)]
    environment = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
    done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of a server of that site on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()
        thread.join()


TOWN = """schema: 1
id: 1999-example-town
title: Example Town shooting
summary: Three people died in a shooting [s1].
when: 1999-01-02
where: {settlement: Example Town, country: XX}
classification: {incident_type: [shooting]}
figures:
  - measure: killed
    value: 3
    as_of: 1999-01-05
    said_by: null
    sources: [s1]
sources:
  - id: s1
    csl:
      type: article-newspaper
      title: Three dead in Example Town
      container-title: Example Times
      issued: 1999-01-05
      accessed: 2026-01-01
      language: en
      URL: https://example.org/three-dead
    publisher_kind: local-news
record: {status: draft, created: 2026-01-01}
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A folder with one invented record, and with our schema, hand-written pages and settings as links."""
    root = tmp_path / "register"
    (root / "incidents").mkdir(parents=True)
    (root / "incidents" / "1999-example-town.yaml").write_text(TOWN, encoding="utf-8")
    for name in ("schema", "docs", "generator", "mkdocs.yml"):
        (root / name).symlink_to(REPO / name)
    return root


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of requests."""


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium found on the machine; without one, tests that need it are skipped, or fail where it is required."""
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
