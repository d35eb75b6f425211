"""Catalogue in, pages out. A page kind is a function here named in PAGES, and its template beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.model import Catalogue, Page
from generator.render import (
    changes,
    cite,
    compare,
    dictionary,
    embeds,
    incident,
    places,
    previews,
    sources,
    terms,
    timeline,
    vocabulary,
)
from generator.render.maps import page as map_page
from generator.render.text import environment

PAGES: Mapping[str, Callable[[Catalogue, Environment], Iterator[Page]]] = {
    "incidents": incident.pages,
    "list of incidents": incident.index,
    "comparison": compare.pages,
    "previews": previews.pages,
    "timeline": timeline.pages,
    "sources": sources.pages,
    "map": map_page.pages,
    "vocabularies": vocabulary.pages,
    "words with a page": terms.pages,
    "places": places.pages,
    "citations": cite.pages,
    "data dictionary": dictionary.pages,
    "changes": changes.pages,
}


class Missing(StrictUndefined):
    """A key that a record does not have: a template may ask whether it is there, but never print it."""

    __slots__ = ()

    def __bool__(self) -> bool:  # type: ignore[override]  # jinja2 declares that asking always fails
        return False


def templates() -> Environment:
    """The templates beside this file, read anew so that a change of one is seen by the next build."""
    filled = environment(FileSystemLoader(Path(__file__).parent / "templates"))
    filled.undefined = Missing
    return filled


def render(catalogue: Catalogue) -> Iterator[Page]:
    """Every generated page of the register."""
    filled = templates()
    for pages in PAGES.values():
        yield from pages(catalogue, filled)


def fill(text: str, catalogue: Catalogue, here: str) -> str:
    """A hand-written page with its `<!-- asreported: name -->` places filled; `here` is its path below docs/."""
    return embeds.fill(text, catalogue, templates(), here)
