"""How each kind of block is shown: on the page, in the fact box and as a column of the comparison table.

To add a view, write it as a function, name it in VIEWS, and put its template beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Field, Schema, Value
from generator.render.sheet import Sheet
from generator.render.views import blocks, figures, history, places, sources, threads
from generator.render.views.view import Row, View


def box(sheet: Sheet) -> Iterator[Row]:
    """The rows of the fact box of the sheet's incident, in the order of the schema."""
    assert sheet.entry
    yield from _rows(sheet, sheet.catalogue.schema.fields, sheet.entry.incident.values, "box")


def columns(sheet: Sheet) -> Iterator[Row]:
    """The cells of one incident in the comparison table."""
    assert sheet.entry
    yield from _rows(sheet, sheet.catalogue.schema.fields, sheet.entry.incident.values, "table")


def column_titles(schema: Schema) -> Mapping[str, str]:
    """The titles of the table's columns by their keys, in the order of the schema."""
    titles: dict[str, str] = {}
    for field in schema.every_field():
        view = VIEWS.get(field.view or "")
        if "table" not in field.show:
            continue
        titles |= view.columns(schema) if view and view.columns else {field.name: field.title}
    return titles


def _rows(sheet: Sheet, fields: tuple[Field, ...], values: Mapping[str, Value], where: str) -> Iterator[Row]:
    for field in fields:
        if field.name not in values:
            continue
        value, view = values[field.name], VIEWS.get(field.view or "")
        if where in field.show and view and view.rows:
            yield from view.rows(sheet, field, value)
        elif where in field.show:
            yield Row(field.title, sheet.brief(field, value), field.path[0], sheet.known(field.dotted), key=field.name)
        elif isinstance(value, Mapping):
            yield from _rows(sheet, field.fields, value, where)


class Section(NamedTuple):
    """One block of an incident page: its field, and the Markdown that its view makes of it."""

    field: Field
    text: Markup


def sections(sheet: Sheet, templates: Environment, where: str) -> Iterator[Section]:
    """The blocks of the sheet's incident that the schema shows in a part of the page: "page", "details" or "end"."""
    assert sheet.entry
    values = sheet.entry.incident.values
    for field in sheet.catalogue.schema.fields:
        view = VIEWS[field.view or "fields"]
        present = view.present(sheet.entry) if view.present else field.name in values
        if where in field.show and present:
            value = values.get(field.name, ())
            data = view.data(sheet, field, value) if view.data else {}
            text = templates.get_template(view.template).render(sheet=sheet, field=field, value=value, **data)
            yield Section(field, Markup(text))


VIEWS: Mapping[str, View] = {
    "lead": View("views/lead.md.j2"),
    "span": View("views/fields.md.j2", rows=blocks.span, present=blocks.more_than_span),
    "place": View("views/fields.md.j2", rows=blocks.place, present=blocks.more_than_place),
    "places": View("views/places.md.j2", data=places.places),
    "figures": View(
        "views/figures.md.j2", rows=figures.headlines, data=figures.figures_by_measure, columns=figures.measures
    ),
    "items": View("views/items.md.j2", data=blocks.items),
    "roles": View("views/roles.md.j2", data=blocks.roles),
    threads.VIEW: View("views/threads.md.j2", data=threads.threads),
    "timeline": View("views/timeline.md.j2", data=blocks.timeline, present=lambda entry: bool(entry.timeline)),
    "relations": View("views/relations.md.j2", data=blocks.relations, present=lambda entry: bool(entry.relations)),
    "sources": View("views/sources.md.j2", data=sources.sources),
    "record": View("views/record.md.j2", rows=blocks.record),
    "history": View(
        "views/history.md.j2",
        data=history.history,
        present=lambda entry: entry.edits is not None or "changelog" in entry.incident.values,
    ),
    "fields": View("views/fields.md.j2"),
}
