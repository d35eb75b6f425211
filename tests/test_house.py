"""The house keeps its shape: who imports whom, where disk and MkDocs are touched, how long a module may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"
STAGES = {"read", "check", "resolve", "derive", "render", "export", "write"}
KNOWS = {stage: {"model"} for stage in STAGES} | {
    "model": set(),
    "pipeline": STAGES - {"write"} | {"model"},
    "publish": {"pipeline", "render", "model"},
    "cli": {"pipeline", "publish", "render", "write", "check", "read", "model"},
    "__main__": {"cli"},
    "__init__": set(),
}
DISK = {"read", "write", "publish", "cli"}
MODULES = sorted(GENERATOR.rglob("*.py"))


def room(path: Path) -> str:
    """The stage or edge that a module belongs to."""
    return path.relative_to(GENERATOR).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_a_stage_knows_the_model_and_no_other_stage(path: Path) -> None:
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("generator.")}
    assert ours - {room(path)} <= KNOWS[room(path)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_only_the_rims_touch_disk_and_only_publish_knows_mkdocs(path: Path) -> None:
    found = set(imports(path))
    assert room(path) == "publish" or not {name for name in found if name.split(".")[0] in ("mkdocs", "material")}
    if room(path) not in DISK:
        touching = {"os", "io", "shutil", "tempfile", "subprocess", "socket", "urllib.request"}
        assert not {name for name in found if name.split(".")[0] in touching or name.startswith("urllib.request")}
        calls = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        }
        assert not calls & {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "rmtree"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_no_module_outgrows_its_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_pipeline_names_every_stage_in_order() -> None:
    source = (GENERATOR / "pipeline.py").read_text(encoding="utf-8")
    build = source[source.index("def build(") : source.index("def has_errors(")]
    steps = ["read_schema(", "read_incidents(", "check(", "resolve(", "derive(", "render(", "export("]
    places = [build.index(step) for step in steps]
    assert places == sorted(places)
