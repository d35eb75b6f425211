"""The page of all incidents on one map, and the small map of the world that all locators share."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from generator.model import Catalogue, Page
from generator.render.maps.land import land
from generator.render.maps.locator import WORLD, WORLD_PATH
from generator.render.maps.overview import overview
from generator.render.sheet import Sheet, head
from generator.render.views.figures import headline

HERE = "map/index.md"


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """The map with the full list beside it, and the drawing of the world."""
    entries = list(catalogue.entries.values())
    text = templates.get_template("map/page.md.j2").render(
        front=head(title="Map", description="All incidents of the register on a map, with the full list.", wide=True),
        sheet=Sheet(catalogue, HERE),
        sheets=[Sheet(catalogue, HERE, entry) for entry in entries],
        overview=overview(catalogue, entries),
        headline=headline,
    )
    yield Page(HERE, text)
    world = templates.get_template("map/world.svg.j2").render(frame=WORLD, land=land(catalogue.base_map, WORLD))
    yield Page(WORLD_PATH, world)
