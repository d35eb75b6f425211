"""The data dictionary: every field of the schema, in its order and its own words."""

from __future__ import annotations

import json
from collections.abc import Iterator

from jinja2 import Environment

from generator.model import Catalogue, Field, Page
from generator.render.sheet import Sheet, head

HERE = "schema/index.md"


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """One page with a table for every top-level field that has fields of its own, and one for the rest."""
    front = head(
        title="Data dictionary", description="Every field a record may hold, what it means and how it is written."
    )
    fields = catalogue.schema.fields
    text = templates.get_template("dictionary.md.j2").render(
        front=front,
        sheet=Sheet(catalogue, HERE),
        schema=catalogue.schema,
        plain=[field for field in fields if not field.fields],
        blocks=[(field, list(_below(field))) for field in fields if field.fields],
        example=lambda field: json.dumps(field.examples[0], ensure_ascii=False) if field.examples else "",
    )
    yield Page(HERE, text)


def _below(field: Field) -> Iterator[Field]:
    for each in field.fields:
        yield each
        yield from _below(each)
