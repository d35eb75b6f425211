"""The page of each town or village that a record names: a map, and what happened there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Catalogue, Page, Scene, Series, Settlement
from generator.render.maps.overview import overview
from generator.render.sheet import Sheet, head
from generator.render.views.figures import headline, part


class Number(NamedTuple):
    """A headline figure under what it counts; `beyond` where it counts people elsewhere too, and so steps back."""

    label: str
    figure: Markup
    beyond: bool = False


class Shown(NamedTuple):
    """One incident on the page: what of it was there, and its headline figures by what they count."""

    sheet: Sheet
    scene: Scene
    figures: list[Number]

    @property
    def venue(self) -> str:
        """The building or street; where it had several places, each of them says so itself."""
        assert self.sheet.entry
        return "" if self.scene.parts else str(self.sheet.entry.incident.values["where"].get("venue", ""))


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """One page a settlement, below that of its country."""
    for towns in catalogue.settlements.values():
        for settlement in towns.values():
            yield _page(catalogue, settlement, templates)


def _page(catalogue: Catalogue, settlement: Settlement, templates: Environment) -> Page:
    country = catalogue.term("countries", settlement.country).label
    here = f"{Sheet(catalogue, '').home(settlement)}/index.md"
    scenes = [_shown(Sheet(catalogue, here, catalogue.entries[each.incident]), each) for each in settlement.scenes]
    entries = [catalogue.entries[each.incident] for each in settlement.scenes]
    title = f"{settlement.name}, {country}"
    text = templates.get_template("place.md.j2").render(
        front=head(title=title, description=f"What the register has of {title}, in order of time."),
        sheet=Sheet(catalogue, here),
        settlement=settlement,
        scenes=scenes,
        regions=list(dict.fromkeys(region for each in settlement.scenes for region in each.regions)),
        overview=overview(catalogue, entries, [each.scene.point for each in scenes]),
    )
    return Page(here, text)


def _shown(sheet: Sheet, scene: Scene) -> Shown:
    """The headline figures of the whole and of what was there, the nearer first: of each the first measure alone."""
    assert sheet.entry
    here = {each.id for each in scene.parts}
    local: dict[tuple[str, ...], Series] = {}
    for each in sheet.entry.series:
        at = tuple(place.id for place in each.places)
        if at and here.issuperset(at) and each.group is None and each.headline:
            local.setdefault(at, each)
    of_parts = [Number(f"{each.measure.label}, {part(each)}", headline(sheet, each)) for each in local.values()]
    first = sheet.entry.headlines[:1]
    if scene.whole:
        return Shown(sheet, scene, [Number(each.measure.label, headline(sheet, each)) for each in first] + of_parts)
    of_all = [Number(f"{each.measure.label}, all places", headline(sheet, each), beyond=True) for each in first]
    return Shown(sheet, scene, of_parts + of_all)
