"""Every mistake in a file is named at its exact place, no file does harm, and what is written is what is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Document, Place, Problem
from generator.read import Reading, compose, load, load_json, read_incidents, read_paths, read_schema
from generator.read.characters import describe, refused_in_value
from generator.read.limits import INCIDENT, Limits

ROOT = Path(__file__).parent.parent
BAD = Path(__file__).parent / "bad_inputs"
ROWS = [line.split("\t") for line in (BAD / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]]
FILES = sorted({row[0] for row in ROWS})
INERT = sorted((BAD / "inert").glob("*.yaml"))
RECORD = "schema: 1\ntitle: Example Town shooting\n"


def read(text: str, limits: Limits = INCIDENT) -> tuple[Document | None, tuple[Problem, ...]]:
    return load(text.encode(), "x.yaml", limits)


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(f"{each.line}:{each.column}", each.rule) for each in problems]


def thaw(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: thaw(each) for key, each in value.items()}
    return [thaw(each) for each in value] if isinstance(value, tuple) else value


# Files of bad_inputs


def test_the_index_names_every_file() -> None:
    assert sorted(path.name for path in BAD.glob("*.yaml")) == FILES


@pytest.mark.parametrize("name", FILES)
def test_bad_file(name: str) -> None:
    _, problems = load((BAD / name).read_bytes(), f"incidents/{name}")
    rows = [row for row in ROWS if row[0] == name]
    expected = [(place, rule) for _, outcome, place, rule in rows if outcome != "accept"]
    first = any(row[1] == "first" for row in rows)
    assert (found(problems)[:1] if first else found(problems)) == expected
    assert all(problem.path == f"incidents/{name}" and problem.level == "error" for problem in problems)


@pytest.mark.parametrize("name", FILES)
def test_every_problem_says_how_to_mend_it_in_one_printable_line(name: str) -> None:
    for problem in load((BAD / name).read_bytes(), name)[1]:
        assert problem.message and problem.remedy
        assert str(problem).isprintable()


# The parsers count columns differently inside a broken escape, and only one refuses half a surrogate pair by itself.
ESCAPES = {"bad-escape.yaml", "lone-surrogate-escape.yaml", "surrogate-pair-escape.yaml"}


@pytest.mark.parametrize("name", [name for name in FILES if name not in ESCAPES])
def test_both_parsers_read_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (BAD / name).read_bytes()
    document, problems = load(data, name)
    monkeypatch.setattr(compose, "LOADER", yaml.SafeLoader)
    slow_document, slow_problems = load(data, name)
    assert found(problems) == found(slow_problems)
    assert document == slow_document


@pytest.mark.parametrize("name", sorted(ESCAPES))
def test_the_other_parser_refuses_broken_escapes_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "LOADER", yaml.SafeLoader)
    assert {problem.rule for problem in load((BAD / name).read_bytes(), name)[1]} <= {"yaml", "character"}


@pytest.mark.parametrize("path", INERT, ids=lambda path: path.stem)
def test_hostile_text_is_read_as_it_is_written(path: Path) -> None:
    document, problems = load(path.read_bytes(), path.name)
    assert document is not None and not problems
    assert document.values["id"] == path.stem
    assert thaw(document.values)["timeline"][0]["text"] == yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)[
        "timeline"
    ][0]["text"].rstrip("\n")


# What is read


def test_text_stays_text_and_numbers_are_numbers() -> None:
    document, problems = load((BAD / "fine-words.yaml").read_bytes(), "x.yaml")
    assert document is not None and not problems
    values = dict(document.values)
    assert (values["a"], values["b"], values["c"]) == ("no", "1_000", "2024-03-22")
    assert (values["d"], values["e"], values["g"]) == ("2024-03-22T19:58+03:00", "40-50", "2024-03~")
    assert (values["i"], values["j"], values["k"]) == (None, None, True)
    assert [(values[key], type(values[key])) for key in ("l", "m")] == [(-7, int), (37.5, float)]


def test_a_block_of_text_ends_with_its_last_word() -> None:
    document, _ = load((BAD / "fine-block.yaml").read_bytes(), "x.yaml")
    assert document is not None
    assert (document.values["note"], document.values["gist"], document.values["more"]) == ("a\n\nb", "a b", "a")


def test_places_are_those_of_values_and_keys() -> None:
    document, _ = read("schema: 1\nwhere: {Zürich: 'é', country: XX}\nfigures:\n  - value: 3\n  -   value: 4\nempty:\n")
    assert document is not None
    assert document.place() == Place(1, 1)
    assert document.place(("where",)) == Place(2, 8)
    assert document.place(("where", "country"), key=True) == Place(2, 22)
    assert document.place(("where", "country")) == Place(2, 31)
    assert document.place(("figures", 1)) == Place(5, 7)
    assert document.place(("figures", 1, "value")) == Place(5, 14)
    assert document.place(("empty",)) == Place(6, 7)


def test_line_ends_of_windows_change_nothing() -> None:
    text = "schema: 1\nnote: |\n  a\n\n  b\nfold: a\n  b\nquoted: 'a\n\n  b'\n"
    document, problems = read(text.replace("\n", "\r\n"))
    assert document == read(text)[0] and not problems


def test_what_was_read_cannot_be_changed() -> None:
    document, _ = read("where: {country: XX}\nsources: [s1]\n")
    assert document is not None
    with pytest.raises(TypeError):
        document.values["where"]["country"] = "YY"
    assert document.values["sources"] == ("s1",)


def test_a_file_with_mistakes_is_still_there_for_the_checks_and_holds_no_refused_character() -> None:
    document, problems = read('note: "ring \\a"\nwhere: a\u202eb\nvalue: 010\ntitle: one\ntitle: two\n')
    assert len(problems) == 4
    assert document is not None
    assert thaw(document.values) == {"note": "ring \ufffd", "where": "a\ufffdb", "value": "010", "title": "one"}


def test_messages_name_character_first_line_and_remedy() -> None:
    def message(text: str) -> str:
        return str(read(text)[1][0])

    assert "U+200B ZERO WIDTH SPACE" in message("note: a\u200bb\n")
    assert "U+001B ESCAPE" in message('note: "\\e"\n')
    assert "U+E000" in message("note: \ue000\n")
    assert "the first is on line 2" in message("a1: 1\ntitle: 1\nb1: 1\ntitle: 2\n")
    assert 'put it in quotes: "no"' in message("country: no\n")
    assert "write true or false" in message("public: Yes\n")
    assert "café" in message("note: cafe\u0301\n")


@pytest.mark.parametrize(
    "text",
    [
        "\u06a9\u062a\u0627\u0628\u200c\u0647\u0627",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2764\ufe0f",
        "ñ – ’",
    ],
)
def test_scripts_and_emoji_keep_the_joiners_that_they_need(text: str) -> None:
    assert refused_in_value(text) is None


def test_every_refused_character_has_a_description() -> None:
    for code in (0x00, 0x1B, 0x85, 0xAD, 0x200D, 0x202E, 0xD800, 0xE000, 0xFDD0, 0xFE0F, 0xE0041, 0x10FFFF):
        assert describe(chr(code)).startswith(f"U+{code:04X}")


# Limits


def test_limits_are_where_they_are_said_to_be() -> None:
    def rules(text: str) -> list[str]:
        return [problem.rule for problem in read(text)[1]]

    assert rules(f"a: [{'x,' * INCIDENT.items}]") == []
    assert rules(f"a: [{'x,' * (INCIDENT.items + 1)}]") == ["too-many"]
    deep = INCIDENT.depth - 1  # the record itself is the first level
    assert rules(f"a: {'[' * deep}{']' * deep}") == []
    assert rules(f"a: {'[' * (deep + 1)}{']' * (deep + 1)}") == ["too-deep"]
    row = f"[{'x,' * 999}]"
    fits = INCIDENT.nodes // 1000 - 1
    assert rules("a:\n" + f"  - {row}\n" * fits) == []
    assert rules("a:\n" + f"  - {row}\n" * (fits + 1)) == ["too-many"]
    comment = "#" * (INCIDENT.bytes - len("a: 1 \n"))
    assert rules(f"a: 1 {comment}\n") == []
    assert rules(f"a: 1 {comment}#\n") == ["too-large"]


def test_after_a_hundred_problems_the_rest_can_wait() -> None:
    assert len(read("".join(f"k{number}: no\n" for number in range(500)))[1]) == 100
    assert len(read("note: " + "\u200b" * 500)[1]) == 100


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: ", "[[{", "&a [", "!a ["])
def test_thirty_thousand_open_brackets_do_not_crash_the_process(opening: str) -> None:
    code = f"from generator.read import load; print(load(b'a: ' + {opening!r}.encode() * 30000, 'x.yaml')[1][-1].rule)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() in ("too-deep", "yaml")


BOMBS = {
    "quotes": 'a: "' + "\n" * 400_000,
    "colons": "a: " + ":" * 400_000,
    "digits": "a: " + "1" * 400_000,
    "sixties": "a: " + "1:" * 200_000 + "x",
    "thousands": "a: " + "1_" * 200_000 + "x",
    "comments": "#\n" * 200_000,
    "blanks": " " * 400_000,
    "tabs": "\t" * 400_000,
    "percents": "%a\n" * 130_000,
    "joiners": "a: " + "\u200d\ufe0f" * 60_000,
    "lists": "a: [" + "[]," * 130_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_file_takes_long(name: str) -> None:
    started = time.process_time()
    read(BOMBS[name])
    assert time.process_time() - started < 2


def test_a_record_loads_nearly_as_fast_as_the_parser_allows() -> None:
    if not yaml.__with_libyaml__:
        pytest.skip("without libyaml")
    when = "2024-03-22T23:00+03:00"
    figure = f"  - {{measure: killed, value: more than 60, as_of: {when}, said_by: fsb, note: Ärzte, sources: [s1]}}\n"
    text = RECORD + "figures:\n" + figure * 800
    assert len(text) > 90_000

    def best(work: Callable[[], object]) -> float:
        times = []
        for _ in range(5):
            started = time.process_time()
            work()
            times.append(time.process_time() - started)
        return min(times)

    assert best(lambda: read(text)) < 6 * best(lambda: yaml.load(text, Loader=yaml.CSafeLoader))


# Folders and files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "incidents").mkdir()
    return tmp_path / "incidents"


def write(folder: Path, name: str, text: str = RECORD) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def in_folder(folder: Path) -> Reading:
    return read_incidents(folder, folder.parent)


def test_one_broken_file_hides_no_other(folder: Path) -> None:
    write(folder, "2003-c.yaml", "title: [\n")
    write(folder, "2001-a.yaml")
    write(folder, "2002-b.yaml", "title: no\n")
    documents, problems = in_folder(folder)
    assert [each.path for each in documents] == ["incidents/2001-a.yaml", "incidents/2002-b.yaml"]
    assert [(each.path, each.rule) for each in problems] == [
        ("incidents/2002-b.yaml", "ambiguous"),
        ("incidents/2003-c.yaml", "yaml"),
    ]


def test_hidden_files_and_the_readme_are_passed_over(folder: Path) -> None:
    write(folder, "README.md", "# Records")
    write(folder, ".2001-a.yaml.swp", "\0")
    (folder / ".cache").mkdir()
    assert in_folder(folder) == Reading((), ())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nul.yaml", "device"),
        ("com1.yaml", "device"),
        ("404.yaml", "page of the site"),
        ("index.yaml", "page of the site"),
        ("Upper.yaml", "cannot be the name"),
        ("space name.yaml", "cannot be the name"),
        ("2001-ä.yaml", "cannot be the name"),
        ("2001--a.yaml", "cannot be the name"),
        ("2001-a-.yaml", "cannot be the name"),
        ("-rf.yaml", "cannot be the name"),
        ("2001_a.yaml", "cannot be the name"),
        ("2001.a.yaml", "cannot be the name"),
        ("a" * 81 + ".yaml", "more than 80"),
        ("2001-a.yml", "“.yml” is not read"),
        ("2001-a.YAML", "“.YAML” is not read"),
        ("2001-a.json", "not read"),
        ("2001-a.yaml.bak", "not read"),
        ("notes.txt", "not read"),
    ],
)
def test_a_wrong_name_is_said(folder: Path, name: str, said: str) -> None:
    write(folder, name)
    problems = in_folder(folder).problems
    assert [(each.path, each.line, each.column, each.rule) for each in problems] == [
        (f"incidents/{name}", 1, 1, "file-name")
    ]
    assert said in problems[0].message and problems[0].remedy


def test_names_that_are_one_on_other_systems(folder: Path) -> None:
    write(folder, "2001-a.yaml")
    write(folder, "2001-A.yaml")
    if len(list(folder.iterdir())) == 1:
        pytest.skip("this file system cannot hold both")
    (problem,) = in_folder(folder).problems
    assert problem.path == "incidents/2001-A.yaml" and "same as “2001-a.yaml”" in problem.message


def test_a_misnamed_file_is_read_for_its_other_mistakes(folder: Path) -> None:
    write(folder, "2001-A.yml", "title: no\n")
    assert [each.rule for each in in_folder(folder).problems] == ["file-name", "ambiguous"]


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be")
@pytest.mark.parametrize("name", [b"a\x1b[31m.yaml", b"a\n::error::b.yaml", b"\xff.yaml", "a\u202elmay.yaml".encode()])
def test_a_hostile_name_is_shown_without_harm(folder: Path, name: bytes) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("title: no\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system cannot hold it")
    problems = in_folder(folder).problems
    assert [each.rule for each in problems] == ["file-name", "ambiguous"]
    assert all(str(each).isprintable() for each in problems)


def make_symlink(path: Path) -> None:
    path.symlink_to(write(path.parent.parent, "outside.yaml"))


def make_dangling_symlink(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")
@pytest.mark.parametrize("make", [make_symlink, make_dangling_symlink, make_pipe, Path.mkdir])
def test_only_regular_files_are_opened(folder: Path, make: Callable[[Path], None]) -> None:
    make(folder / "2001-a.yaml")
    documents, problems = in_folder(folder)
    assert not documents
    assert found(problems) == [("1:1", "not-a-file")]


def test_a_folder_among_the_records_is_said(folder: Path) -> None:
    (folder / "2024").mkdir()
    assert [(each.path, each.rule) for each in in_folder(folder).problems] == [("incidents/2024", "not-a-file")]


def test_a_file_without_permission_is_said(folder: Path) -> None:
    path = write(folder, "2001-a.yaml")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("nothing is forbidden to this user")
    assert found(in_folder(folder).problems) == [("1:1", "unreadable")]


def test_a_huge_file_is_not_read_to_its_end(folder: Path) -> None:
    path = write(folder, "2001-a.yaml")
    os.truncate(path, 4 * 1024**3)
    started = time.process_time()
    assert found(in_folder(folder).problems) == [("1:1", "too-large")]
    assert time.process_time() - started < 1


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    for name in ("incidents", "2001-a.yaml"):
        (problem,) = read_paths([tmp_path / name], tmp_path).problems
        assert (problem.path, problem.rule) == (name, "unreadable")
        assert "no such file" in problem.message


def test_files_and_folders_from_a_command_line_are_read_once(folder: Path) -> None:
    one, two = write(folder, "2001-a.yaml"), write(folder, "2002-b.yaml")
    above = folder.parent
    assert [each.path for each in read_paths([two], above).documents] == ["incidents/2002-b.yaml"]
    reading = read_paths([two, folder, one, folder / ".." / "incidents" / "2001-a.yaml"], above)
    assert [each.path for each in reading.documents] == ["incidents/2001-a.yaml", "incidents/2002-b.yaml"]
    assert read_paths([one], folder / "elsewhere").documents[0].path == one.as_posix()


# The schema folder

SCHEMA = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Power cut",
  "description": "One power cut.",
  "type": "object",
  "required": ["id", "grid"],
  "additionalProperties": false,
  "properties": {
    "id": {"title": "Id", "type": "string", "format": "incident-id"},
    "grid": {"title": "Grid", "type": "string", "x-vocabulary": "grids", "x-show": ["box"]},
    "homes": {
      "oneOf": [
        {"type": "string"},
        {
          "type": "object",
          "required": ["flats"],
          "additionalProperties": false,
          "properties": {"flats": {"type": "string", "x-vocabulary": "counted"}}
        }
      ],
      "x-vocabulary": "homes"
    },
    "reports": {
      "title": "Reports",
      "type": "array",
      "items": {"$ref": "#/$defs/report"},
      "x-anchor": "r",
      "x-date": "at",
      "x-text": "gist",
      "x-view": "items"
    },
    "repairs": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["answers"],
        "additionalProperties": false,
        "properties": {"answers": {"type": "string", "pattern": "^r[0-9]$", "x-refers-to": "reports"}}
      },
      "x-anchor": "f"
    }
  },
  "$defs": {
    "moment": {"type": "string", "format": "moment"},
    "report": {
      "type": "object",
      "required": ["at"],
      "additionalProperties": false,
      "properties": {"at": {"$ref": "#/$defs/moment", "x-time": "not-before-start"}, "gist": {"type": "string"}}
    }
  }
}
"""
VOCABULARIES = {
    "grids": """title: Grids
description: Who runs the wires.
each: grids
values:
  north: {label: North, definition: The northern grid., codes: {iso: [1, W]}, kind: public}
  coast: {label: Coast, definition: A part of it., of: north, wikidata: Q1}
""",
    "actor_kinds": "title: Kinds\ndescription: Kinds.\nvalues:\n  public: {label: Public, definition: Owned by all.}\n",
    "counted": "title: Counted\ndescription: Counted.\nvalues:\n  included: {label: Yes it is, definition: Counted.}\n",
    "homes": """title: Homes
description: Short words.
values:
  flats-only: {label: Flats only, definition: Flats., stands_for: {flats: included}}
""",
}


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of power cuts: its own schema, our forms."""
    schema = tmp_path / "schema"
    (schema / "vocabulary").mkdir(parents=True)
    (schema / "incident.schema.json").write_text(SCHEMA, encoding="utf-8")
    for name in ("schema.schema.json", "vocabulary.schema.json"):
        (schema / name).write_bytes((ROOT / "schema" / name).read_bytes())
    for name, text in VOCABULARIES.items():
        (schema / "vocabulary" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def schema_problems(register: Path) -> tuple[Problem, ...]:
    schema, problems = read_schema(register / "schema", register)
    assert (schema is None) == bool(problems)
    return problems


def test_the_schema_of_this_register_is_in_order() -> None:
    schema, problems = read_schema(ROOT / "schema", ROOT)
    assert problems == ()
    assert schema is not None
    assert schema.vocabularies["countries"].terms["NO"].label == "Norway"
    assert schema.vocabularies["tactics"].terms["bombing"].codes == {"gtd": 3}
    assert schema.by_path["where.country"].vocabulary == "countries"


def test_another_register_is_another_schema(register: Path) -> None:
    schema, problems = read_schema(register / "schema", register)
    assert problems == ()
    assert schema is not None
    assert [field.name for field in schema.fields] == ["id", "grid", "homes", "reports", "repairs"]
    assert schema.by_name["reports"].date == "at"
    grids = schema.vocabularies["grids"]
    assert (grids.title, grids.each, list(grids.terms)) == ("Grids", "grids", ["north", "coast"])
    assert grids.terms["north"].codes == {"iso": (1, "W")}
    assert dict(grids.terms["coast"].more) == {"of": "north", "wikidata": "Q1"}
    assert schema.vocabularies["homes"].terms["flats-only"].more["stands_for"] == {"flats": "included"}


INCIDENTS, GRIDS, HOMES = "incident.schema.json", "vocabulary/grids.yaml", "vocabulary/homes.yaml"
MISTAKES = {
    "a mistyped annotation": (INCIDENTS, '"x-view": "items"', '"x-veiw": "items"', '"x-veiw"', "schema", "“x-view”"),
    "a view of two words": (
        INCIDENTS,
        '"x-view": "items"',
        '"x-view": "two words"',
        '"two words"',
        "schema",
        "one word",
    ),
    "an unknown format": (INCIDENTS, '"format": "moment"', '"format": "date-time"', '"date-time"', "schema", "moment"),
    "a mistyped format": (INCIDENTS, '"format": "moment"', '"format": "momnet"', '"momnet"', "schema", "“moment”"),
    "an unknown place to show": (INCIDENTS, '["box"]', '["bocks"]', '"bocks"', "schema", "table"),
    "an unknown time": (INCIDENTS, '"not-before-start"', '"after"', '"after"', "schema", "before-start"),
    "an unknown keyword": (INCIDENTS, '"pattern"', '"patern"', '"patern"', "schema", "“pattern”"),
    "an open map": (INCIDENTS, "false,\n  ", "true,\n  ", "true,", "schema", "lists all its fields"),
    "a wrong type": (INCIDENTS, '"type": "array"', '"type": "list"', '"list"', "schema", ""),
    "no pattern": (INCIDENTS, '"^r[0-9]$"', '"^r[0-9$"', '"^r[0-9$"', "schema", "regular expression"),
    "a missing definition": (
        INCIDENTS,
        '"#/$defs/moment"',
        '"#/$defs/momnet"',
        '"#/$defs/momnet"',
        "reference",
        "“moment”",
    ),
    "a definition in a circle": (
        INCIDENTS,
        '"gist": {"type": "string"}',
        '"gist": {"$ref": "#/$defs/report"}',
        '"report": {',
        "reference",
        "contains itself",
    ),
    "a missing vocabulary": (INCIDENTS, '"grids"', '"grid"', '"grid", "x-show"', "reference", "“grids”"),
    "a missing block": (
        INCIDENTS,
        '"x-refers-to": "reports"',
        '"x-refers-to": "report"',
        '"report"}',
        "reference",
        "“reports”",
    ),
    "a missing field": (INCIDENTS, '"x-date": "at"', '"x-date": "when"', '"when"', "reference", "gist"),
    "a missing field of text": (INCIDENTS, '"x-text": "gist"', '"x-text": "gits"', '"gits"', "reference", "“gist”"),
    "a required field that is none": (INCIDENTS, '["id", "grid"]', '["id", "gird"]', '"gird"', "reference", "“grid”"),
    "one anchor twice": (INCIDENTS, '"x-anchor": "f"', '"x-anchor": "r"', '"r"\n    }\n  }', "repeat", "another"),
    "a key twice": (
        INCIDENTS,
        '"x-view": "items"',
        '"x-date": "at"',
        '"x-date": "at"\n',
        "duplicate-key",
        "second time",
    ),
    "single quotes": (INCIDENTS, '"Power cut"', "'Power cut'", "'Power cut'", "json", "quotes"),
    "a comment": (INCIDENTS, '"title": "Power cut",', '"title": "Power cut", # short', "# short", "json", ""),
    "a bracket too few": (INCIDENTS, '"grid"],', '"grid",', ': false,\n  "prop', "json", "brackets"),
    "a word without label": (GRIDS, "label: North, ", "", "{definition: The n", "schema", "“label”"),
    "a word without definition": (GRIDS, "definition: A part of it., ", "", "{label: Coast", "schema", "“definition”"),
    "a mistyped key": (GRIDS, "codes:", "code:", "code:", "schema", "“codes”"),
    "a word in capitals": (GRIDS, "  north:", "  North:", "North:", "schema", "lower-case"),
    "a wrong item number": (GRIDS, "Q1", "q1", "q1", "schema", "Item number"),
    "a parent that is none": (GRIDS, "of: north", "of: nort", "nort,", "reference", "“north”"),
    "a parent in a circle": (GRIDS, "of: north", "of: coast", "coast, wiki", "reference", "circle"),
    "a kind that is none": (GRIDS, "kind: public", "kind: pubic", "pubic", "reference", "“public”"),
    "a flag that is no flag": (GRIDS, "wikidata: Q1", "guarded: maybe", "maybe", "schema", ""),
    "a label without end": (GRIDS, "Coast", "C" * 501, "C" * 501, "schema", "maxLength 500"),
    "a code that is a map": (GRIDS, "[1, W]", "{a: 1}", "{a: 1}", "schema", "one of its forms"),
    "a country without countries": (GRIDS, "kind: public", "country: XX", "XX", "reference", "countries"),
    "a truth value": (GRIDS, "label: North", "label: no", "no,", "ambiguous", "quotes"),
    "a word that stands for nothing": (
        HOMES,
        ", stands_for: {flats: included}",
        "",
        "{label: Flats only",
        "reference",
        "stands_for",
    ),
    "a word that stands for no field": (HOMES, "{flats: ", "{flat: ", "included", "reference", "“flats”"),
    "a word that stands for no word": (HOMES, "included", "inclded", "inclded", "reference", "“included”"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_schema_folder(register: Path, name: str) -> None:
    file, old, new, at, rule, said = MISTAKES[name]
    path = register / "schema" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    before = text[: text.rindex(at)]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    problems = schema_problems(register)
    assert [(each.path, each.line, each.column, each.rule) for each in problems] == [(f"schema/{file}", *place, rule)]
    assert said in problems[0].message + problems[0].remedy


def test_only_countries_need_no_definition(register: Path) -> None:
    countries = register / "schema" / "vocabulary" / "countries.yaml"
    values = "values:\n  XX: {label: Nowhere, box: [170, -10, -170.5, 0]}\n"
    text = f"title: Countries\ndescription: Codes.\neach: countries\n{values}"
    countries.write_text(text, encoding="utf-8")
    assert schema_problems(register) == ()
    countries.write_text(text.replace("each: countries", "each: lands"), encoding="utf-8")
    assert [each.rule for each in schema_problems(register)] == ["schema"]


def test_all_mistakes_of_the_schema_folder_are_said_at_once(register: Path) -> None:
    for file, old, new in ((INCIDENTS, "x-view", "x-veiw"), (GRIDS, "codes:", "code:"), (HOMES, "label", "lable")):
        path = register / "schema" / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert {each.path for each in schema_problems(register)} == {f"schema/{file}" for file in (INCIDENTS, GRIDS, HOMES)}


@pytest.mark.parametrize("name", ["incident.schema.json", "schema.schema.json", "vocabulary.schema.json", "vocabulary"])
def test_a_schema_folder_that_lacks_something(register: Path, name: str) -> None:
    (register / "schema" / name).rename(register / "away")
    assert [(each.path, each.rule) for each in schema_problems(register)] == [(f"schema/{name}", "unreadable")]


def test_a_form_must_itself_be_a_schema(register: Path) -> None:
    path = register / "schema" / "vocabulary.schema.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"minProperties": 1', '"minProperties": "one"', 1))
    assert {(each.path, each.rule) for each in schema_problems(register)} == {
        ("schema/vocabulary.schema.json", "schema")
    }


@pytest.mark.parametrize("name", ["Weapons.yaml", "two-words.yaml", "weapons.yml"])
def test_a_vocabulary_with_a_wrong_name(register: Path, name: str) -> None:
    (register / "schema" / "vocabulary" / name).write_text(VOCABULARIES["counted"], encoding="utf-8")
    assert [each.rule for each in schema_problems(register)] == ["file-name"]


def test_json_has_places_too() -> None:
    document, problems = load_json(b'{\n  "a": {"b": [1, 2.5, "x"]}\n}\n', "x.json")
    assert not problems and document is not None
    assert document.values["a"]["b"] == (1, 2.5, "x")
    assert document.place(("a", "b", 2)) == Place(2, 23)


# Whatever a file holds


def lie_inside(data: bytes, places: Iterable[tuple[int, int]]) -> bool:
    """Whether each place lies in the file, or just after one of its lines."""
    lines = data.decode("utf-8", "replace").split("\n")
    return all(1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for line, column in places)


MARKS = "\n\n\n  -:?,[]{}#&*!|>'\"%@`~<=\\\t\ré\u200b\u2028\x85\ufeff\U0001f600"
WORDS = [": ", "- ", "\n  ", "\n- ", "a", "b", "key: ", "no", "010", "2024-03-22", "1.5", "<<", "\\u", "e\u0301"]
FRAGMENTS = st.lists(st.sampled_from([*MARKS, *WORDS, "---\n", "...\n", "%YAML 1.1\n"]), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=200), FRAGMENTS.map(str.encode), st.text(max_size=100).map(str.encode)))
def test_nothing_raises_and_every_place_is_in_the_file(data: bytes) -> None:
    for loader in (load, load_json):
        document, problems = loader(data, "x.yaml")
        assert document is not None or problems
        assert lie_inside(data, ((each.line, each.column) for each in problems))
        if document is not None:  # a value that is missing at the very end may stand where a new line would begin
            assert lie_inside(data + b"\n", [*document.places.values(), *document.key_places.values()])
        assert all(str(each).isprintable() for each in problems)


TEXTS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text.strip())
)
KEYS = st.text("abc_-. é", max_size=5).map(lambda middle: f"k{middle}k")
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(-1e14, 1e14).filter(lambda number: "e" not in repr(number))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS.filter(lambda text: refused_in_value(text) is None),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_what_json_writes_is_read_back(value: Any) -> None:
    text = json.dumps({"value": value}, ensure_ascii=False)
    document, problems = read(text)
    assert not problems and document is not None
    assert json.dumps(thaw(document.values), ensure_ascii=False) == text


@settings(max_examples=500, deadline=None)
@given(st.text("0123456789", max_size=4) | st.text("0123+-.:_,eExobnyNoYtrufalsTZ~=<", max_size=7))
def test_a_word_without_quotes_is_refused_or_read_as_other_parsers_read_it(word: str) -> None:
    document, problems = read(f"key: {word}\n")
    if document is not None and not problems:
        other = yaml.load(f"key: {word}\n", Loader=yaml.SafeLoader)["key"]
        value = document.values["key"]
        assert (type(value), value) == (type(other), other) or isinstance(other, date)
