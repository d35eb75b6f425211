"""The hook: a policy on every page, links only to addresses that are set, no site from a broken register."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.publish import policy, settings
from tests.dom import Element, parse

REPO = Path(__file__).parent.parent
TOWN = "1999-example-town"
PAGE = f"incidents/{TOWN}/index.html"
UNSET = ("SITE_URL", "REPO_URL", "BRANCH")


def environment(**more: str) -> dict[str, str]:
    unset = {name: value for name, value in os.environ.items() if name not in UNSET}
    return {**unset, "NO_MKDOCS_2_WARNING": "1", **more}


def mkdocs(root: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", *words]
    return subprocess.run(command, cwd=root, env=environment(**more), capture_output=True, text=True)


def page(path: Path) -> Element:
    return parse(path.read_text(encoding="utf-8"))


def policies(html: Element) -> dict[str, list[str]]:
    """The directives of the page's policy."""
    (meta,) = [each for each in html.all("meta") if each.attributes.get("http-equiv") == "Content-Security-Policy"]
    return {words[0]: words[1:] for words in (each.split() for each in meta.attributes["content"].split(";"))}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# The policy


def test_a_page_may_run_its_own_scripts_and_no_other(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = page(path)
        scripts = [each for each in html.all("script") if "src" not in each.attributes]
        run = [each for each in scripts if each.attributes.get("type") != "application/json"]
        found = policies(html)
        assert set(found["script-src"]) == {"'self'", *(digest(each.text) for each in run)}, path
        assert len(run) >= 3, path


def test_nothing_is_allowed_from_another_host(site: Path) -> None:
    for path in site.rglob("*.html"):
        found = policies(page(path))
        assert found["default-src"] == found["base-uri"] == found["form-action"] == ["'self'"]
        assert found["object-src"] == ["'none'"]
        words = {word for words in found.values() for word in words if not word.startswith("'sha256-")}
        assert words <= {"'self'", "'none'", "'unsafe-inline'", "data:"}
        assert [name for name, words in found.items() if "'unsafe-inline'" in words] == ["style-src"]


def test_the_policy_stands_before_all_that_it_governs(site: Path) -> None:
    for path in site.rglob("*.html"):
        first = next(each for each in page(path).one("head").children if isinstance(each, Element))
        assert first.attributes.get("http-equiv") == "Content-Security-Policy", path


def test_digests_are_those_of_scripts_that_stand_in_the_page() -> None:
    html = (
        '<script>a("é")</script><script src="b.js"></script><script type="application/json">{}</script>'
        "<script>\n c\n</script>"
    )
    content = policy(html)
    assert content.count("'sha256-") == 2
    assert digest('a("é")') in content and digest("\n c\n") in content


# Addresses


def links(html: Element) -> list[str]:
    return [each.attributes.get("href", "") for each in html.all("a", "link")]


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register, built with all addresses set."""
    out = tmp_path_factory.mktemp("addressed") / "site"
    where = {"SITE_URL": "https://example.org/reported/", "REPO_URL": "https://example.com/us/register/"}
    done = mkdocs(REPO, "-d", str(out), BRANCH="trunk", **where)
    assert done.returncode == 0, done.stderr
    return out


def test_addresses_from_the_environment_turn_on_the_links_to_edit(addressed: Path) -> None:
    edit = "https://example.com/us/register/edit/trunk"
    for path in (REPO / "incidents").glob("*.yaml"):
        found = links(page(addressed / "incidents" / path.stem / "index.html"))
        assert f"{edit}/incidents/{path.name}" in found
        assert "https://example.com/us/register/issues/new" in found
        assert f"https://example.org/reported/incidents/{path.stem}/" in found
    for path in (REPO / "docs").rglob("*.md"):
        here = path.relative_to(REPO / "docs")
        assert f"{edit}/docs/{here.as_posix()}" in links(page(addressed / here.with_suffix(".html")))


def test_the_map_of_the_site_names_every_page_by_its_address(addressed: Path) -> None:
    text = (addressed / "sitemap.xml").read_text(encoding="utf-8")
    found = re.findall(r"<loc>https://example\.org/reported/([^<]*)</loc>", text)
    assert len(found) == text.count("<loc>")
    pages = {path.parent.relative_to(addressed).as_posix() for path in addressed.rglob("index.html")}
    assert {each.rstrip("/") or "." for each in found} == pages


def test_without_addresses_no_link_to_them_is_printed(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = page(path)
        assert not [each for each in links(html) if "/edit/" in each or "/issues/new" in each], path
        assert not html.all("link", rel="canonical")
        assert not [each for each in html.all("a") if each.text.startswith(("Edit this", "Report a"))], path
        sources = [each for each in html.all("img", "script", "iframe") if "//" in each.attributes.get("src", "")]
        assert not sources


def test_name_and_addresses_are_those_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    found = settings(REPO)
    assert (found.site_name, found.site_url, found.repo_url, found.branch) == ("As Reported", "", "", "main")


# A broken register


def test_a_broken_register_stops_mkdocs_before_it_empties_its_folder(register: Path) -> None:
    done = mkdocs(register, "-q")
    assert done.returncode == 0, done.stderr
    before = {path: path.read_bytes() for path in (register / "site").rglob("*") if path.is_file()}
    assert register / "site" / PAGE in before
    record = register / "incidents" / f"{TOWN}.yaml"
    record.write_text(record.read_text().replace("value: 3", "value: sixtyish").replace("XX", "XQ"))
    done = mkdocs(register)
    assert done.returncode == 1
    assert f"incidents/{TOWN}.yaml:6:44: vocabulary: " in done.stderr
    assert f"incidents/{TOWN}.yaml:10:12: quantity: " in done.stderr
    assert "nothing was published" in done.stdout + done.stderr and "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in (register / "site").rglob("*") if path.is_file()} == before


# mkdocs serve


@pytest.fixture
def served(register: Path) -> Iterator[str]:
    """The address at which MkDocs serves a copy of everything that the small register is made from."""
    for name in ("schema", "docs", "generator"):
        (register / name).unlink()
        shutil.copytree(REPO / name, register / name, ignore=shutil.ignore_patterns("__pycache__"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    env = environment(TMPDIR=str(register.parent))
    with (register.parent / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=register, env=env, stdout=log, stderr=log)
        yield f"http://{address}/"
        server.send_signal(signal.SIGINT)
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(address: str, shown: Callable[[str], bool], seconds: float = 15) -> str:
    """The page, as soon as it shows what is waited for."""
    text = "nothing"
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=seconds) as answer:
                text = answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            text = "nothing"
        if shown(text):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{address} does not show it in {seconds} seconds: {text}")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a server is not stopped so there")
def test_the_server_of_mkdocs_follows_every_change(register: Path, served: str) -> None:
    town, schema = f"{served}incidents/{TOWN}/", register / "schema"
    record = register / "incidents" / f"{TOWN}.yaml"

    def change(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    text = wait_for(town, lambda text: "Example Town shooting" in text)
    assert "livereload(" in text and policies(parse(text))["script-src"] == ["'self'", "'unsafe-inline'"]
    change(record, "title: Example Town", "title: Example Market")
    wait_for(town, lambda text: "Example Market shooting" in text)
    change(schema / "incident.schema.json", "Where it all comes from.", "Whence it all comes.")
    wait_for(f"{served}schema/", lambda text: "Whence it all comes." in text)
    change(schema / "vocabulary" / "measures.yaml", "label: Killed", "label: Dead")
    wait_for(town, lambda text: "<dt>Dead</dt>" in text)
    change(register / "generator" / "render" / "templates" / "incident.md.j2", "At a glance", "In short")
    wait_for(town, lambda text: "In short" in text)
    change(record, "value: 3", "value: sixtyish")
    log = register.parent / "log"
    until = time.monotonic() + 15
    while "quantity: " not in log.read_text() and time.monotonic() < until:
        time.sleep(0.1)
    assert f"incidents/{TOWN}.yaml:10:12: quantity: " in log.read_text()
    change(record, "value: sixtyish", "value: 4")
    wait_for(town, lambda text: '<strong class="number">4</strong>' in text)
