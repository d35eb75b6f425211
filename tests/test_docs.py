"""What the hand-written pages promise is true."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator.check import CHECKS, check
from generator.model import Field, Schema
from generator.read import load, read_schema

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def schema() -> Schema:
    found, problems = read_schema(ROOT / "schema", ROOT)
    assert found, problems
    return found


def test_the_smallest_record_in_contributing_is_sound(schema: Schema) -> None:
    record = re.search(r"```yaml\n(# yaml-language-server.*?)```", CONTRIBUTING, re.DOTALL)
    assert record
    document, unreadable = load(record[1].encode(), "incidents/1999-example-town.yaml")
    assert document and not unreadable
    assert [each for each in check([document], schema, date(2026, 11, 22)) if each.level == "error"] == []
    assert len(record[1].strip().splitlines()) <= 18


def test_contributing_has_ten_numbered_lines() -> None:
    numbers = [int(each) for each in re.findall(r"^(\d+)\. ", CONTRIBUTING, re.MULTILINE)]
    assert numbers == list(range(1, 11))


def test_every_make_target_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", README + CONTRIBUTING, re.MULTILINE))
    assert {"site", "serve", "test", "check"} <= named
    assert not {each for each in named if not re.search(rf"^{each}:", makefile, re.MULTILINE)}


def test_the_readme_explains_every_annotation_in_use(schema: Schema) -> None:
    text = (ROOT / "schema" / "incident.schema.json").read_text(encoding="utf-8")
    used = set(re.findall(r'"(x-[a-z-]+)":', text))
    assert used == set(re.findall(r"`(x-[a-z-]+)`", README))


def test_every_field_has_a_title_and_a_description(schema: Schema) -> None:
    def poor(field: Field) -> bool:
        return not field.description.endswith((".", "!")) or not field.title

    assert [field.dotted for field in schema.every_field() if poor(field)] == []


def test_the_changelog_counts_the_rules(schema: Schema) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"{len(CHECKS)} rules beyond the schema" in changelog


def test_every_record_tells_an_editor_its_schema() -> None:
    for path in (ROOT / "incidents").glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../schema/incident.schema.json", path.name


def test_the_pictures_in_the_readme_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).stat().st_size < 150_000, picture
