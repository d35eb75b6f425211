"""The comparison table: every incident a row, every field that the schema marks for the table a column."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from generator.model import Catalogue, Page
from generator.render import views
from generator.render.sheet import Sheet, head

HERE = "compare/index.md"


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """The table of all incidents. A column that no incident fills is left out."""
    rows = []
    for entry in catalogue.entries.values():
        sheet = Sheet(catalogue, HERE, entry)
        rows.append((sheet, {cell.title: cell for cell in views.columns(sheet)}))
    found = {title for _, cells in rows for title in cells}
    titles = [title for title in views.column_titles(catalogue.schema) if title in found]
    front = head(
        title="Compare",
        description="All incidents side by side: every figure with its qualifier, date and voice, and who is counted.",
        wide=True,
    )
    yield Page(HERE, templates.get_template("compare.md.j2").render(front=front, titles=titles, rows=rows))
