"""What the command line says, does, and never does: it names every mistake, shows no traceback, and loses no file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main

REPO = Path(__file__).parent.parent
INERT = REPO / "tests" / "bad_inputs" / "inert"
TOWN, VILLAGE = "1999-example-town", "1999-example-village"
COMMAND = re.compile(r"::(error|warning|notice) file=[^,:]+,line=\d+,col=\d+,title=[^,:]+::[^\r\n]+")


def run(root: Path, *words: str | Path) -> Result:
    result = CliRunner().invoke(main, ["--root", str(root), *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def change(root: Path, old: str, new: str, *, id: str = TOWN) -> Path:
    """Change the record, or write a changed copy under another id."""
    text = (root / "incidents" / f"{TOWN}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = root / "incidents" / f"{id}.yaml"
    path.write_text(text.replace(old, new, 1).replace(TOWN, id), encoding="utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# check


def test_the_register_is_sound() -> None:
    done = subprocess.run([sys.executable, "-m", "generator", "check"], cwd=REPO, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    number = len(list((REPO / "incidents").glob("*.yaml")))
    assert done.stderr.startswith(f"{number} files checked: 0 errors, ")


def test_one_file_is_one_file(register: Path) -> None:
    result = run(register, "check")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "",
        "1 file checked: 0 errors, 0 warnings, 0 notes.\n",
    )


def test_all_mistakes_of_a_file_are_named_at_once(register: Path) -> None:
    change(register, "country: XX", "country: XQ")
    change(register, "value: 3", "value: sixtyish")
    change(register, "as_of: 1999-01-05", "as_of: no")
    result = run(register, "check")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert [line[: line.index(" ")] for line in lines] == [
        f"incidents/{TOWN}.yaml:6:44:",
        f"incidents/{TOWN}.yaml:10:12:",
        f"incidents/{TOWN}.yaml:11:12:",
        f"incidents/{TOWN}.yaml:11:12:",
    ]
    for line, rule, said in zip(
        lines, ("vocabulary", "quantity", "ambiguous", "date"), ("“XQ”", "“sixtyish”", "“no”", "“no”"), strict=True
    ):
        assert re.fullmatch(rf"\S+ {rule}: .*{said}.* — .+", line), line
    assert result.stderr == "1 file checked: 4 errors, 0 warnings, 0 notes.\n"


def test_warnings_and_notes_are_said_and_stop_nothing(register: Path) -> None:
    change(register, " [s1].", ".")
    result = run(register, "check")
    assert result.exit_code == 0
    assert re.fullmatch(rf"incidents/{TOWN}\.yaml:\d+:\d+: (note|warning): [a-z0-9-]+: .+ — .+\n", result.stdout)
    assert "0 errors" in result.stderr and "0 warnings, 0 notes" not in result.stderr


def test_a_file_is_checked_among_all_and_only_its_problems_are_shown(register: Path) -> None:
    village = change(register, "value: 3", "value: sixtyish", id=VILLAGE)
    relation = f"{{type: confused-with, target: {VILLAGE}, gist: Both are invented., sources: [s1]}}"
    town = change(register, "sources:\n", f"relations:\n  - {relation}\nsources:\n")
    result = run(register, "check", town)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("1 file checked: 0 errors")
    result = run(register, "check", village)
    assert result.exit_code == 1
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [f"incidents/{VILLAGE}.yaml"]
    village.unlink()
    assert "there is no incident" in run(register, "check", town).stdout


def test_paths_are_those_of_the_folder_where_one_stands(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(register, "value: 3", "value: sixtyish")
    monkeypatch.chdir(register / "incidents")
    for path in (f"{TOWN}.yaml", ".", "..", f"../incidents/{TOWN}.yaml", register):
        result = run(register, "check", path)
        assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1), path
        assert result.stderr.startswith("1 file checked: 1 error,")


def test_a_mistake_in_the_schema_is_shown_whatever_is_asked_for(register: Path) -> None:
    (register / "schema").unlink()
    shutil.copytree(REPO / "schema", register / "schema")
    assert run(register, "check", register / "schema").exit_code == 0
    (register / "schema" / "vocabulary.schema.json").unlink()
    for asked in ((), (register / "schema",), (register / "incidents" / f"{TOWN}.yaml",)):
        result = run(register, "check", *asked)
        assert result.exit_code == 1
        assert result.stdout.startswith("schema/vocabulary.schema.json:1:1: unreadable: ")


def test_files_elsewhere_can_be_checked(register: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "drafts"
    elsewhere.mkdir()
    text = (register / "incidents" / f"{TOWN}.yaml").read_text(encoding="utf-8")
    (elsewhere / f"{TOWN}.yaml").write_text(text, encoding="utf-8")
    (elsewhere / f"{VILLAGE}.yaml").write_text(text.replace("value: 3", "value: sixtyish"), encoding="utf-8")
    result = run(register, "check", elsewhere)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{elsewhere.as_posix()}/{VILLAGE}.yaml:10:12: quantity: ")
    assert result.stderr.startswith("2 files checked: 1 error,")
    assert run(register, "check", elsewhere / f"{TOWN}.yaml").exit_code == 0


# --format github


def test_a_problem_is_shown_at_its_line_on_github(register: Path) -> None:
    change(register, "value: 3", "value: '100%: a, b'")
    (line,) = run(register, "check", "--format", "github").stdout.splitlines()
    assert line.startswith(f"::error file=incidents/{TOWN}.yaml,line=10,col=12,title=quantity::“100%25: a, b” is not")


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be")
def test_what_would_end_a_property_or_the_line_is_escaped(register: Path) -> None:
    name = "100%,line=1::error::x.yaml"
    (register / "incidents" / name).write_text("title: [\n", encoding="utf-8")
    (register / "incidents" / "a\n::error::b.yaml").write_text("title: [\n", encoding="utf-8")
    lines = run(register, "check", "--format", "github").stdout.splitlines()
    assert len(lines) == 4
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert sum(
        line.startswith("::error file=incidents/100%25%2Cline=1%3A%3Aerror%3A%3Ax.yaml,line=1,") for line in lines
    )


@pytest.mark.parametrize("name", ["1999-log-command", "1999-log-stop"])
@pytest.mark.parametrize("form", ["text", "github"])
def test_a_hostile_text_cannot_speak_to_github(register: Path, name: str, form: str) -> None:
    hostile = (INERT / f"{name}.yaml").read_text(encoding="utf-8")
    command = re.search(r'^title: "(.+)"$', hostile, re.MULTILINE)
    assert command and command[1].startswith("::")
    lines = hostile.replace(" [s1].", "").replace("value: 3", f'value: "{command[1]}"').splitlines()
    lines[3:3] = [f'"{command[1]}": 1', f'"\\n{command[1]}": 1']
    (register / "incidents" / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run(register, "check", "--format", form)
    assert (command[1] if form == "text" else command[1].replace("%", "%25")) in result.stdout
    shown = result.stdout.splitlines()
    assert result.exit_code == 1 and len(shown) == int(result.stderr.split(": ")[1].split()[0])
    start = COMMAND if form == "github" else re.compile(rf"incidents/{name}\.yaml:\d+:\d+: .+")
    assert all(start.fullmatch(line) for line in shown)
    assert not any(line.startswith(command[1]) for line in shown)


# What cannot be done is said, with its remedy and without a traceback


@pytest.mark.parametrize("gone", ["schema", "docs", "incidents", "mkdocs.yml"])
@pytest.mark.parametrize("words", [["build", "--out", "tree"], ["site"]])
def test_a_folder_that_is_no_register_cannot_be_built(
    register: Path, gone: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(register)
    (register / gone).rename(register / "away")
    result = run(register, *words)
    assert result.exit_code == 2
    assert f"is no register: there is no {gone}. Go to its folder or name it by --root." in result.stderr
    assert not (register / "tree").exists() and not (register / "site").exists()


def test_without_a_schema_nothing_can_be_checked(register: Path) -> None:
    (register / "schema").unlink()
    result = run(register, "check")
    assert result.exit_code == 2 and "--root" in result.stderr


def test_a_root_or_path_that_is_not_there_cannot_be_checked(register: Path) -> None:
    assert "does not exist" in run(register / "nowhere", "check").stderr
    result = run(register, "check", register / "incidents" / "nothing.yaml")
    assert result.exit_code == 2 and "does not exist" in result.stderr


def test_help_is_given_everywhere(tmp_path: Path) -> None:
    for command in ("check", "build", "site"):
        assert run(tmp_path, command, "--help").exit_code == 0


def test_a_register_without_its_incidents_is_a_problem_with_a_place(register: Path) -> None:
    (register / "incidents").rename(register / "away")
    result = run(register, "check")
    said = "this cannot be read: no such file or directory — check the path and the permissions"
    assert (result.exit_code, result.stdout) == (1, f"incidents:1:1: unreadable: {said}\n")


def test_a_folder_without_permission_is_a_problem_with_a_place(register: Path) -> None:
    (register / "incidents").chmod(0)
    try:
        if os.access(register / "incidents", os.R_OK):
            pytest.skip("nothing is forbidden to this user")
        assert run(register, "check").stdout.startswith("incidents:1:1: unreadable: ")
    finally:
        (register / "incidents").chmod(0o755)


# build


def test_the_whole_tree_is_written_and_is_the_same_each_time(tmp_path: Path) -> None:
    trees = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "generator", "build", "--out", str(tmp_path / seed)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        trees.append(files(tmp_path / seed))
    assert trees[0] == trees[1]
    tree = trees[0]
    for path in (REPO / "docs").rglob("*"):
        if path.is_file():
            name = path.relative_to(REPO / "docs").as_posix()
            assert name in tree
            assert path.suffix == ".md" or tree[name] == path.read_bytes()
    for path in (REPO / "incidents").glob("*.yaml"):
        assert f"incidents/{path.stem}/index.md" in tree
        assert f"({path.stem}/index.md)" in tree["incidents/index.md"].decode()
    assert not [name for name, data in tree.items() if name.endswith(".md") and b"asreported:" in data]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_tree_is_replaced_as_a_whole_and_with_an_error_not_at_all(register: Path, tmp_path: Path) -> None:
    out = tmp_path / "tree"
    assert run(register, "build", "--out", out).exit_code == 0
    before = files(out)
    (out / "old.md").write_text("of last time", encoding="utf-8")
    assert run(register, "build", "--out", out).exit_code == 0
    assert files(out) == before
    change(register, "value: 3", "value: sixtyish")
    result = run(register, "build", "--out", out)
    assert result.exit_code == 1 and f"incidents/{TOWN}.yaml:10:12: quantity: " in result.stdout
    assert files(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["register", "tree"]


@pytest.mark.parametrize("command", ["build", "site"])
def test_files_of_another_origin_are_never_lost(register: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years", encoding="utf-8")
    for out in (tmp_path / "mine", register, register / "docs", tmp_path):
        result = run(register, command, "--out", out)
        assert result.exit_code == 2
        assert "holds files of another origin; name another folder, or empty this one first" in result.stderr
    assert files(tmp_path / "mine") == {"thesis.txt": b"years"}
    assert (register / "docs").resolve() == REPO / "docs"


def test_a_folder_that_cannot_be_written_is_said(register: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    result = run(register, "build", "--out", tmp_path / "file" / "tree")
    assert result.exit_code == 2 and "Nothing was written: " in result.stderr


@pytest.mark.parametrize("command", ["build", "site"])
def test_an_unknown_place_in_a_hand_written_page_names_the_page(register: Path, tmp_path: Path, command: str) -> None:
    (register / "docs").unlink()
    (register / "docs" / "about").mkdir(parents=True)
    (register / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (register / "docs" / "about" / "index.md").write_text("# About\n\n<!-- asreported: counst -->\n", encoding="utf-8")
    words = [sys.executable, "-m", "generator", "--root", str(register), command, "--out", str(tmp_path / "out")]
    done = subprocess.run(words, cwd=REPO, capture_output=True, text=True)
    assert done.returncode == 1
    assert "docs/about/index.md: there is no “counst” to embed — write one of: " in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


# site


def test_a_published_site_stays_when_the_register_is_broken(register: Path, tmp_path: Path) -> None:
    out = register / "site"
    (out / "api" / "v1").mkdir(parents=True)
    (out / "api" / "v1" / "incidents.json").write_text("{}", encoding="utf-8")
    change(register, "value: 3", "value: sixtyish")
    words = [sys.executable, "-m", "generator", "--root", str(register), "site"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"incidents/{TOWN}.yaml:10:12: quantity: " in done.stderr
    assert done.stderr.endswith(f"Nothing was published; {out} is as it was.\n")
    assert "Traceback" not in done.stderr
    assert files(out) == {"api/v1/incidents.json": b"{}"}
    assert not [path for path in register.iterdir() if path.name.startswith(".")]


def test_how_well_the_records_are_sourced_is_printed_for_each_and_for_all(register: Path) -> None:
    done = run(register, "coverage")
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0].split()[:3] == ["record", "items", "sources"]
    assert lines[1].split()[:4] == ["1999-example-town", "1", "1", "1"]
    assert lines[2].startswith("all") and len(lines) == 3
