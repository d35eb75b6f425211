"""The schema speaks for the register: what it says is checked, shown and exported, and no line of Python is touched."""

from __future__ import annotations

import json
import pathlib
import re
import shutil
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from generator.model import Settings
from generator.pipeline import Built, build
from tests.invented import GOOD, ROOT, SETTINGS, TODAY, good, good_problems, register, schema

TOWN = "incidents/1999-example-town"
OTHER = ROOT / "tests" / "other_subject"


def built(root: pathlib.Path) -> Built:
    return build(root, SETTINGS, TODAY)


def pages(root: pathlib.Path) -> Mapping[str, str]:
    """The pages of a register in which nothing is wrong that must be mended."""
    done = built(root)
    assert done.sound, "\n".join(map(str, done.problems))
    return {page.path: page.text for page in done.pages}


def edit(path: pathlib.Path, change: Callable[[Any], None]) -> None:
    """Change a JSON file of a copy."""
    values = json.loads(path.read_text(encoding="utf-8"))
    change(values)
    path.write_text(json.dumps(values), encoding="utf-8")


def add(path: pathlib.Path, text: str, instead_of: str = "") -> None:
    """Change a text of a copy: `text` at its end, or in place of what is there once."""
    before = path.read_text(encoding="utf-8")
    assert before.count(instead_of) == 1 or not instead_of
    path.write_text(before.replace(instead_of, text) if instead_of else before + text, encoding="utf-8")


def test_the_invented_register_is_sound_but_for_the_contradiction_that_is_meant() -> None:
    told = [problem for problem in good_problems() if problem.level != "note"]
    assert [(each.path, each.rule, each.level) for each in told] == [
        ("incidents/2010-example-bridge.yaml", "34-unmarked-contradiction", "warning")
    ]


def test_the_invented_register_uses_every_field_of_the_schema() -> None:
    long = {leaf.field.path for each in good().entries.values() for leaf in schema().leaves(each.incident.values)}
    assert not [each.dotted for each in schema().every_field() if not each.fields and each.path not in long]


def test_the_invented_register_uses_every_way_to_write_a_figure_and_a_date() -> None:
    leaves = [leaf for each in good().entries.values() for leaf in schema().leaves(each.incident.values)]
    figures = {re.sub(r"\d+", "n", str(leaf.value)) for leaf in leaves if leaf.field.format == "quantity"}
    assert figures == {
        *("n", "n-n", "at least n", "more than n", "up to n", "about n", "nearly n", "fewer than n", "unknown")
    }
    dates = {re.sub(r"\d", "n", leaf.value) for leaf in leaves if leaf.field.format == "moment"}
    assert dates >= {
        *("nnnn", "nnnn-nn", "nnnn-nn-nn", "nnnn-nn-nnTnn:nn", "nnnn-nn-nnTnn:nnZ", "nnnn-nn-nnTnn:nn+nn:nn"),
        *(
            "nnnn-nn~",
            "nnnn-nn-nn?",
            "nnnn-nn-nn%",
            "nnnn-nn-nn/nnnn-nn-nn",
            "../nnnn-nn-nn",
            "nnnn-nn-nn/..",
            "unknown",
        ),
    }


def test_the_whole_way_gives_the_pages_of_the_register(grown: Mapping[str, str]) -> None:
    assert f"{TOWN}/index.md" in grown and "api/v1/incidents.json" in grown
    assert "1999-example-town" in grown["countries/xx/index.md"]


def test_an_error_leaves_no_pages_and_says_where(tmp_path: pathlib.Path) -> None:
    root = register(tmp_path)
    add(root / f"{TOWN}.yaml", "when: 1999-13-02", "when: 1999-01-02")
    done = built(root)
    assert not done.sound and done.pages == () and done.catalogue is None
    assert [(each.path, each.line) for each in done.problems if each.level == "error"] == [(f"{TOWN}.yaml", 6)]


DEMAND = {
    "title": "Demand made",
    "description": "What the attackers asked for.",
    "type": "string",
    "format": "prose",
    "x-show": ["box", "table", "page"],
}
MOTIVE = {
    "title": "Motive given",
    "description": "Why, in the words of a vocabulary.",
    "type": "string",
    "x-vocabulary": "topics",
    "x-show": ["box", "table"],
}
REPAIRS = {
    "title": "Repairs",
    "description": "What was mended.",
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["done", "what", "sources"],
        "additionalProperties": False,
        "properties": {
            "id": {"$ref": "#/$defs/id"},
            "done": {"title": "Done", "description": "When.", "$ref": "#/$defs/moment"},
            "what": {"title": "What", "description": "What.", "$ref": "#/$defs/prose"},
            "after": {
                "title": "After",
                "description": "Which item it followed.",
                "$ref": "#/$defs/itemIds",
                "x-refers-to": "items",
                "x-links-back": "Mended by",
            },
            "sources": {"$ref": "#/$defs/cited"},
        },
    },
    "x-show": ["page"],
    "x-view": "items",
    "x-anchor": "m",
    "x-date": "done",
    "x-text": "what",
}
KITE = "  kite: {label: Kite, definition: Something that flies on a string., codes: {gtd: 99}}\n"
EVACUATED = "  evacuated: {label: Evacuated, definition: People led away., counts: false, show: [box, table]}\n"
SAID = """
demand: They asked for a car [s1].
repairs:
  - {done: 1999-01-04, what: The stalls were put up again., after: k2, sources: [s1]}
"""


def with_fields(values: Any) -> None:
    """Two fields at the top of the schema and one within another."""
    values["properties"] |= {"demand": DEMAND, "repairs": REPAIRS}
    values["properties"]["classification"]["properties"]["motive"] = MOTIVE


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The invented register after the schema was given two fields, a block and two words, and one record uses them."""
    root = register(tmp_path_factory.mktemp("grown"))
    edit(root / "schema" / "incident.schema.json", with_fields)
    add(root / "schema" / "vocabulary" / "weapons.yaml", KITE)
    add(root / "schema" / "vocabulary" / "measures.yaml", EVACUATED)
    town = root / f"{TOWN}.yaml"
    add(town, SAID)
    add(town, "{incident_type: [shooting], weapons: [kite], motive: conflict}", "{incident_type: [shooting]}")
    evacuated = "{measure: evacuated, value: about 70, as_of: 1999-01-03, said_by: null, sources: [s1]}"
    add(town, f"figures:\n  - {{id: k9, {evacuated[1:]}\n", "figures:\n")
    return pages(root)


def box(page: str) -> str:
    return page.partition('<aside class="fact-box"')[2].partition("</aside>")[0]


def test_a_new_field_is_in_fact_box_page_table_dictionary_and_export(grown: Mapping[str, str]) -> None:
    page, table, dictionary = grown[f"{TOWN}/index.md"], grown["compare/index.md"], grown["schema/index.md"]
    assert ">Demand made</dt>" in box(page) and "They asked for a car" in box(page)
    assert "## Demand made {: #demand }" in page and "They asked for a car" in page.replace(box(page), "")
    assert re.search(r'<th scope="col"[^>]*>Demand made</th>', table)
    assert re.search(r'<td data-label="Demand made"[^\n]*They asked for a car', table)
    assert '<tr id="demand"' in dictionary and "What the attackers asked for." in dictionary
    assert exported(grown)["demand"] == "They asked for a car [s1]."


def test_a_new_field_within_another_is_there_too(grown: Mapping[str, str]) -> None:
    page, table, dictionary = grown[f"{TOWN}/index.md"], grown["compare/index.md"], grown["schema/index.md"]
    assert ">Motive given</dt>" in box(page)
    assert "[Conflict](../../vocabulary/topics/index.md#conflict)" in box(page)
    assert re.search(r'<td data-label="Motive given"[^\n]*Conflict', table)
    assert '<tr id="classification.motive"' in dictionary and "Why, in the words of a vocabulary." in dictionary
    assert exported(grown)["classification"]["motive"] == "conflict"
    assert "1999-example-town" in grown["vocabulary/topics/index.md"]


def exported(found: Mapping[str, str]) -> Any:
    incidents = json.loads(found["api/v1/incidents.json"])["incidents"]
    return next(each for each in incidents if each["id"] == "1999-example-town")


def test_a_new_field_is_checked_like_every_other(tmp_path: pathlib.Path) -> None:
    root = register(tmp_path)
    edit(
        root / "schema" / "incident.schema.json",
        lambda values: values["properties"].update(
            {"visits": {"title": "Visits", "description": "Days.", "type": "array", "items": {"$ref": "#/$defs/date"}}}
        ),
    )
    add(root / f"{TOWN}.yaml", "\nvisits: [1999-01-03, 1999-02-30]\n")
    assert [each.rule for each in built(root).problems if each.level == "error"] == ["date"]


def test_a_new_word_of_a_vocabulary_is_on_its_page_and_can_be_used(grown: Mapping[str, str]) -> None:
    row = grown["vocabulary/weapons/index.md"].partition('<tr id="kite"')[2].partition("</tr>")[0]
    for part in ("Kite", "Something that flies on a string.", "99", "1999-example-town"):
        assert part in row
    assert "[Kite](../../vocabulary/weapons/index.md#kite)" in box(grown[f"{TOWN}/index.md"])


def test_a_new_measure_is_a_column_where_it_asks_to_be_one(grown: Mapping[str, str]) -> None:
    assert re.search(r'<th scope="col"[^>]*>Evacuated</th>', grown["compare/index.md"])
    assert re.search(r'<td data-label="Evacuated"[^\n]*about 70', grown["compare/index.md"])
    assert "about 70" in box(grown[f"{TOWN}/index.md"])


def test_a_new_block_has_addresses_stands_in_the_timeline_and_behind_its_sources(grown: Mapping[str, str]) -> None:
    page = grown[f"{TOWN}/index.md"]
    assert "## Repairs {: #repairs }" in page and 'id="m1"' in page and "[m1](#m1)" in page
    timeline = page.partition('<ol class="timeline"')[2].partition("</ol>")[0]
    assert "The stalls were put up again." in timeline and timeline.index("#k9") < timeline.index("#m1")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """A register of power cuts: other incidents and another schema, the same Python and the same forms of a schema."""
    root = tmp_path_factory.mktemp("other") / "register"
    shutil.copytree(OTHER, root)
    for name in ("schema.schema.json", "vocabulary.schema.json"):
        shutil.copy(ROOT / "schema" / name, root / "schema")
    return pages(root)


def test_a_register_of_another_subject_is_another_schema(other: Mapping[str, str]) -> None:
    page = other["incidents/1999-example-valley/index.md"]
    for part in ("Example Valley power cut", "Without power", "about 4,000", "Storm", "The line was mended"):
        assert part in page, part
    assert re.search(r'<th scope="col"[^>]*>Without power</th>', other["compare/index.md"])
    assert len(json.loads(other["api/v1/incidents.json"])["incidents"]) == 3


def test_nothing_is_said_of_attacks_in_a_register_of_another_subject(other: Mapping[str, str]) -> None:
    for path, text in other.items():
        assert not re.search(r"attack|killed|terror|weapon|claim|hostage|victim", text, re.IGNORECASE), path


def test_its_settings_are_printed_and_nothing_else(tmp_path: pathlib.Path) -> None:
    bare = build(register(tmp_path), Settings(), TODAY)
    assert bare.sound and not [each for each in bare.pages if "example.org/register" in each.text]
    assert GOOD.name == "good"
