"""Two related incidents side by side: fields as rows, what they share told from what they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Catalogue, Entry, Page, Relation
from generator.render.compare.columns import Cell, Column, cells, columns
from generator.render.compare.over_time import on_one_scale
from generator.render.sheet import Sheet, head


class Line(NamedTuple):
    """One field of both: its title, the two values, and whether they say the same."""

    title: str
    values: tuple[Markup | None, ...]
    same: bool


def folder(one: str, other: str) -> str:
    """The address of the page of two incidents, whichever is named first."""
    first, second = sorted((one, other))
    return f"compare/{first}/{second}"


def pairs(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """A page for every two incidents between which a relation is typed."""
    template = templates.get_template("compare/pair.md.j2")
    for (one, other), between in _related(catalogue).items():
        here = f"{folder(one, other)}/index.md"
        entries = sorted((catalogue.entries[id] for id in (one, other)), key=_begins)
        sheets = [Sheet(catalogue, here, entry) for entry in entries]
        titles = " and ".join(each.incident.title for each in entries)
        yield Page(
            here,
            template.render(
                front=head(title=titles, description=f"Side by side: {titles}.", wide=True, rank=0),
                sheet=sheets[0],
                sheets=sheets,
                lines=list(_lines(columns(catalogue.schema), [cells(each) for each in sheets])),
                relations=[each for each in between if each.incident == entries[0].incident.id],
                ids=",".join(each.incident.id for each in entries),
            ),
        )


def _related(catalogue: Catalogue) -> Mapping[tuple[str, str], tuple[Relation, ...]]:
    found: dict[tuple[str, str], tuple[Relation, ...]] = {}
    for entry in catalogue.entries.values():
        for relation in entry.relations:
            first, second = sorted((relation.incident, relation.other))
            found[first, second] = (*found.get((first, second), ()), relation)
    return found


def _begins(entry: Entry) -> tuple[object, str]:
    return entry.incident.start.sort_key(entry.incident.zone), entry.incident.id


def _lines(titles: tuple[Column, ...], found: list[Mapping[str, Cell]]) -> Iterator[Line]:
    """The fields that one of them has, drawings on one scale."""
    for column in titles:
        values = tuple(each[column.key].value if column.key in each else None for each in found)
        if any(values):
            same = len({str(value) for value in values}) == 1
            yield Line(column.title, on_one_scale(values), same)
