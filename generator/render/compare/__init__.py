"""The comparison: every incident a row and every field for the table a column, and related incidents side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Environment

from generator.model import AGES, Catalogue, Page
from generator.render.compare.columns import SPOKEN, cells, columns
from generator.render.compare.facets import facets, of_incident, written
from generator.render.compare.pairs import pairs
from generator.render.sheet import Sheet, head

HERE = "compare/index.md"


class Preset(NamedTuple):
    """A view by its name in an address: the keys of its columns, its order, and the words it is narrowed down to."""

    name: str
    title: str
    description: str
    columns: tuple[str, ...]
    sort: str
    only: str


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """The table of all incidents, and a page for every two that are related.

    The table is complete; the page's script sorts and narrows it down. A column that no incident fills is left out.
    """
    sheets = [Sheet(catalogue, HERE, entry) for entry in catalogue.entries.values()]
    rows = [(sheet, cells(sheet)) for sheet in sheets]
    found = {key for _, each in rows for key in each}
    shown = [column for column in columns(catalogue.schema) if column.key in found]
    text = templates.get_template("compare/table.md.j2").render(
        front=head(
            title="Compare",
            description="All incidents side by side: each figure with qualifier, date and voice, and who is counted.",
            wide=True,
        ),
        sheet=Sheet(catalogue, HERE),
        columns=shown,
        rows=rows,
        facets=facets(catalogue),
        words=lambda sheet: written(of_incident(catalogue, sheet.entry)),
        presets=presets(catalogue, found),
        ages={age: SPOKEN[age] for age in AGES},
    )
    yield Page(HERE, text)
    yield from pairs(catalogue, templates)


def presets(catalogue: Catalogue, found: set[str]) -> tuple[Preset, ...]:
    """The presets of the schema, each with those of its columns that some incident fills."""
    return tuple(
        Preset(
            name,
            said["title"],
            said["description"],
            tuple(key for key in said["columns"] if key in found),
            said.get("sort", ""),
            ";".join(f"{facet}={word}" for facet, word in said.get("only", {}).items()),
        )
        for name, said in catalogue.schema.document.get("x-presets", {}).items()
    )


__all__ = ["HERE", "pages", "presets"]
