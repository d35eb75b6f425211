"""The command line: check, build, site. Exit 0 = sound, 1 = problems, 2 = cannot run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import click

from generator import pipeline, publish, render, write
from generator.check import check as check_documents
from generator.model import Catalogue, Coverage, Page, Problem
from generator.read import read_incidents, read_paths, read_schema

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder that holds incidents/, schema/ and mkdocs.yml.",
)
@click.version_option(package_name="as-reported")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """As Reported: check the register and build its pages."""
    context.obj = root.resolve()


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "github"]), default="text", help="How to print problems.")
@click.pass_obj
def check(root: Path, paths: tuple[Path, ...], form: str) -> None:
    """Say everything that is wrong, with its place and remedy.

    PATHS are files or folders; without them the whole register is checked.
    """
    _need(root, "schema")
    problems, number = _problems(root, [path.resolve() for path in paths], _today())
    _print(problems, form)
    errors = sum(problem.level == "error" for problem in problems)
    click.echo(f"{number} file{'' if number == 1 else 's'} checked: {_count(problems)}.", err=True)
    sys.exit(1 if errors else 0)


@main.command()
@click.option("--out", type=FOLDER, required=True, help="A folder for the Markdown tree.")
@click.pass_obj
def build(root: Path, out: Path) -> None:
    """Write the complete Markdown tree, hand-written pages included, for any site builder."""
    _need(root, "incidents", "schema", "docs", "mkdocs.yml")
    built = pipeline.build(root, publish.settings(root), _today())
    _print(built.problems, "text")
    if built.catalogue is None:
        sys.exit(1)
    docs = root / "docs"
    try:
        pages = (*_handwritten(docs, built.catalogue), *built.pages)
    except ValueError as error:
        raise click.ClickException(str(error)) from None

    def make(folder: Path) -> None:
        write.copy(docs, folder, leave=lambda path: path.suffix == ".md")
        write.write(pages, folder)

    _replace(out, make)
    click.echo(f"{len(pages)} pages and files of data written to {out}.", err=True)


@main.command()
@click.option("--out", type=FOLDER, help="The folder to publish; without it, site/ of the register.")
@click.pass_obj
def site(root: Path, out: Path | None) -> None:
    """Build the whole site beside the published one and swap them when it is whole."""
    _need(root, "incidents", "schema", "docs", "mkdocs.yml")
    out = out or root / "site"

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(root / "mkdocs.yml")]
        quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        if subprocess.run([*command, "-d", str(folder)], cwd=root, env=quiet).returncode:
            click.echo(f"Nothing was published; {out} is as it was.", err=True)
            sys.exit(1)

    _replace(out, make)
    click.echo(f"The site is in {out}.", err=True)


@main.command()
@click.pass_obj
def coverage(root: Path) -> None:
    """Print how well each record is sourced."""
    _need(root, "incidents", "schema", "mkdocs.yml")
    built = pipeline.build(root, publish.settings(root), _today())
    if built.catalogue is None:
        _print(built.problems, "text")
        sys.exit(1)
    heads = ("items", "sources", "publishers", "sources an item", "one publisher", "official", "excerpt only")
    click.echo("  ".join([f"{'record':32}", *heads]))
    rows = [(each.incident.id, each.coverage) for each in built.catalogue.entries.values()]
    for name, each in rows:
        click.echo(_row(name, each, heads))
    if rows:
        whole = sum((each for _, each in rows[1:]), rows[0][1])
        click.echo(_row("all, use by use", whole, heads))


def _row(name: str, covered: Coverage, heads: Iterable[str]) -> str:
    """One record as a line of the table."""
    mean = f"{covered.citations / covered.items if covered.items else 0:.1f}"
    shares = (f"{covered.share(part)} %" for part in (covered.single, covered.official, covered.excerpt))
    said = (str(covered.items), str(covered.sources), str(covered.publishers), mean, *shares)
    return "  ".join([f"{name:32.32}", *(f"{text:>{len(head)}}" for text, head in zip(said, heads, strict=True))])


def _need(root: Path, *names: str) -> None:
    for name in names:
        if not (root / name).exists():
            raise click.UsageError(f"{root} is no register: there is no {name}. Go to its folder or name it by --root.")


def _replace(folder: Path, make: Callable[[Path], None]) -> None:
    try:
        write.replace(folder, make)
    except OSError as error:
        raise click.UsageError(f"Nothing was written: {error}") from None


def _handwritten(docs: Path, catalogue: Catalogue) -> Iterable[Page]:
    for path in sorted(docs.rglob("*.md")):
        here = path.relative_to(docs).as_posix()
        yield Page(here, render.fill(path.read_text(encoding="utf-8"), catalogue, here))


def _problems(root: Path, paths: list[Path], today: date) -> tuple[list[Problem], int]:
    """The problems of the paths, and how many files were read; one in the register is checked among all of it."""
    schema, problems = read_schema(root / "schema", root)
    if schema is None:
        return list(problems), 0
    register = root / "incidents"
    ours = (register, root / "schema")
    inside = all(any(path.is_relative_to(each) or each.is_relative_to(path) for each in ours) for path in paths)
    reading = read_incidents(register, root) if inside else read_paths(paths, root)
    found = (*reading.problems, *check_documents(reading.documents, schema, today))

    def asked(path: str) -> bool:
        return not paths or any((root / path).is_relative_to(each) for each in paths)

    files = {each.path for each in reading.documents} | {each.path for each in reading.problems}
    return sorted([*problems, *(each for each in found if asked(each.path))]), sum(map(asked, files))


def _print(problems: Iterable[Problem], form: str) -> None:
    for problem in problems:
        click.echo(_github(problem) if form == "github" else str(problem))


def _github(problem: Problem) -> str:
    """The problem as a workflow command, which GitHub shows at its line."""
    level = {"error": "error", "warning": "warning", "note": "notice"}[problem.level]
    text = problem.message + (f" — {problem.remedy}" if problem.remedy else "")
    file, title = _escape(problem.path, ",:"), _escape(problem.rule, ",:")
    return f"::{level} file={file},line={problem.line},col={problem.column},title={title}::{_escape(text)}"


def _escape(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _count(problems: Iterable[Problem]) -> str:
    found = Counter(problem.level for problem in problems)
    levels = ("error", "warning", "note")
    return ", ".join(f"{found[level]} {level}{'' if found[level] == 1 else 's'}" for level in levels)


def _today() -> date:
    return datetime.now(UTC).date()
