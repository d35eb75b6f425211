"""Records whose every text is hostile, published by the real hook: each stands letter for letter and does nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.check import check
from generator.model import Schema
from generator.read import load, read_schema
from tests.dom import Element, parse

REPO = Path(__file__).parent.parent
BAD = REPO / "tests" / "bad_inputs"
INERT = sorted((BAD / "inert").glob("*.yaml"))
MISFITS = sorted((BAD / "misfit").glob("*.yaml"))
ROWS = [tuple(line.split("\t")) for line in (BAD / "misfit" / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]]
ADDRESSES = ("href", "src", "action", "srcset", "data", "poster")
HARMLESS = "Example words"
FORBIDDEN = {
    "iframe",
    "object",
    "embed",
    "form",
    "base",
    "frame",
    "applet",
    "template",
    "style",
    "link",
    "meta",
    "script",
}


def record(path: Path) -> dict[str, Any]:
    """The file as any YAML parser reads it, every value as text."""
    values: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return values


def build(folder: Path, records: dict[str, str]) -> Path:
    """A site of these records, made by MkDocs with the real hook, schema and settings."""
    (folder / "incidents").mkdir(parents=True)
    for name, text in records.items():
        (folder / "incidents" / name).write_text(text, encoding="utf-8")
    for name in ("schema", "docs", "generator", "mkdocs.yml"):
        (folder / name).symlink_to(REPO / name)
    unset = ("SITE_URL", "REPO_URL", "BRANCH")
    env = {name: value for name, value in os.environ.items() if name not in unset} | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def hostile(path: Path) -> set[str]:
    """The hostile texts of a file, as they were typed."""
    values = record(path)
    return {values["title"], values["timeline"][0]["text"]} - {"Example Town shooting"}


def harmless(path: Path) -> str:
    """The same record with harmless words for every hostile text."""
    texts = hostile(path)

    def swap(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: swap(each) for key, each in value.items()}
        if isinstance(value, list):
            return [swap(each) for each in value]
        if value == "null":
            return None
        for text in texts:
            if text.strip() in value:
                return value.replace(text.strip(), f"{HARMLESS} {path.stem}").strip()  # a town of its own
        return value

    values = swap(record(path))
    values["schema"] = 1
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False)


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all hostile records."""
    return build(tmp_path_factory.mktemp("evil"), {path.name: path.read_text(encoding="utf-8") for path in INERT})


@pytest.fixture(scope="module")
def mild(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the same records with harmless texts."""
    return build(tmp_path_factory.mktemp("mild"), {path.name: harmless(path) for path in INERT})


@cache
def page(site: Path, address: str) -> Element:
    return parse((site / address / "index.html").read_text(encoding="utf-8"))


def ids(html: Element) -> set[str]:
    return {each.attributes["id"] for each in html.walk() if "id" in each.attributes}


def folded(text: str) -> str:
    return " ".join(text.split())


# Letter for letter


def places(path: Path) -> Iterator[str]:
    """Every text of a record that a reader is to see, with single blanks and without marks of sources."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for each in value.values():
                yield from texts(each)
        elif isinstance(value, list):
            for each in value:
                yield from texts(each)
        else:
            yield value

    for text in texts(record(path)):
        if any(each.strip() in text for each in hostile(path)):
            yield from (folded(each.removesuffix(" [s1].")) for each in re.split(r"\n[ ]*\n", text))


@pytest.mark.parametrize("path", INERT, ids=lambda path: path.stem)
def test_every_text_is_shown_letter_for_letter(evil: Path, path: Path) -> None:
    html = page(evil, f"incidents/{path.stem}")
    article = html.one("article").words
    wanted = Counter(places(path))
    assert sum(wanted.values()) >= 5
    for text, times in wanted.items():
        assert article.count(text) >= times, text
    title = folded(record(path)["title"])
    assert html.one("h1").words.removesuffix("#") == title
    assert html.one("head").one("title").words == f"{title} - As Reported"
    summary = folded(record(path)["summary"].removesuffix(" [s1]."))
    assert html.one("meta", name="description").attributes["content"].startswith(summary[:100])
    for address in ("compare", "incidents"):
        links = [each.words for each in page(evil, address).one("article").all("a")]
        assert title in links, address


@pytest.mark.parametrize("path", INERT, ids=lambda path: path.stem)
def test_the_data_gives_every_text_back(evil: Path, path: Path) -> None:
    data = json.loads((evil / "api" / "v1" / "incidents.json").read_text(encoding="utf-8"))
    (found,) = [each for each in data["incidents"] if each["id"] == path.stem]
    typed = record(path)
    for name in ("title", "summary", "content_notes", "other_names"):
        assert strip(found[name]) == strip(typed[name])
    for block, names in (("figures", ("quote", "note")), ("timeline", ("text",)), ("context", ("gist",))):
        for name in names:
            assert found[block][0][name] == typed[block][0][name].rstrip("\n")
    assert found["where"]["venue"] == typed["where"]["venue"]
    assert found["sources"][0]["csl"]["author"] == typed["sources"][0]["csl"]["author"]
    assert found["sources"][0]["csl"]["title"] == typed["sources"][0]["csl"]["title"]


def strip(value: Any) -> Any:
    return value.rstrip("\n") if isinstance(value, str) else value


# Nothing happens


def active(html: Element) -> Counter[str]:
    """All of a page that can do something."""
    found: Counter[str] = Counter()
    for each in html.walk():
        if each.tag in FORBIDDEN:
            found[f"<{each.tag} {each.attributes.get('src', each.attributes.get('href', ''))}>"] += 1
        for name, value in each.attributes.items():
            if name.startswith("on") or name in (
                "style",
                "srcdoc",
                "autofocus",
                "formaction",
                "srcset",
                "ping",
                "hidden",
            ):
                found[f"{each.tag} {name}"] += 1
            if re.match(r"\s*(?!https?:)[a-z][a-z0-9+.-]*:", value, re.IGNORECASE) and name in (
                "href",
                "src",
                "action",
            ):
                found[value] += 1
    return found


@pytest.mark.parametrize(
    "address", ["", "compare", "incidents", "countries/xx", *(f"incidents/{p.stem}" for p in INERT)]
)
def test_no_text_does_anything(evil: Path, mild: Path, address: str) -> None:
    ours, theirs = page(evil, address), page(mild, address)
    assert active(ours) == active(theirs)
    assert not Counter(each.tag for each in ours.walk()) - Counter(each.tag for each in theirs.walk())
    assert ids(ours) == ids(theirs)
    values = [each.attributes[name] for each in ours.walk() for name in ADDRESSES if name in each.attributes]
    assert values and not [each for each in values if "evil.example" in each]


def test_no_name_of_a_town_does_anything(evil: Path, mild: Path) -> None:
    """Each such name makes a page with an address of its own."""

    def towns(site: Path) -> list[str]:
        return [f"countries/xx/{each.name}" for each in sorted((site / "countries" / "xx").iterdir()) if each.is_dir()]

    plain = page(mild, towns(mild)[0])
    assert len(towns(evil)) > 20
    for address in towns(evil):
        assert re.fullmatch("countries/xx/[a-z0-9]+(-[a-z0-9]+)*", address)
        assert active(page(evil, address)) == active(plain), address
        assert {each.tag for each in page(evil, address).walk()} <= {each.tag for each in plain.walk()}, address


def test_the_search_holds_the_texts_as_texts(evil: Path) -> None:
    index = json.loads((evil / "search" / "search_index.json").read_text(encoding="utf-8"))
    entries = {each["location"]: each for each in index["docs"]}
    for path in INERT:
        each = entries[f"incidents/{path.stem}/"]
        tree = parse(each["title"])
        assert folded(tree.text) == folded(record(path)["title"]) and not list(tree.walk())
        tags = {element.tag for element in parse(each["text"]).walk()}
        assert tags <= {"p", "ul", "ol", "li", "dl", "dt", "dd", "strong", "b", "small", "sup", "q", "code", "em"}, (
            path.stem
        )


# Records that do not fit


@cache
def schema() -> Schema:
    found, problems = read_schema(REPO / "schema", REPO)
    assert found, problems
    return found


def test_the_index_names_every_file() -> None:
    assert {row[0] for row in ROWS} == {path.name for path in MISFITS}


@pytest.mark.parametrize("path", MISFITS, ids=lambda path: path.stem)
def test_what_the_reader_lets_through_is_refused_at_its_place(path: Path) -> None:
    document, unreadable = load(path.read_bytes(), f"incidents/{path.name}")
    assert document and not unreadable
    problems = [each for each in check([document], schema(), date(2026, 11, 22)) if each.level == "error"]
    found = [(path.name, f"{each.line}:{each.column}", each.rule) for each in problems]
    assert found == [row for row in ROWS if row[0] == path.name]
    assert all(each.message and each.remedy and str(each).isprintable() for each in problems)
