"""What hand-written pages may ask for: `<!-- asreported: incidents -->` in docs/ becomes a list of incidents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jinja2 import Environment

from generator.model import Catalogue
from generator.render.sheet import Sheet
from generator.render.views.figures import headline

_PLACE = re.compile(r"<!-- asreported: ([a-z-]+) -->")


def fill(text: str, catalogue: Catalogue, templates: Environment, here: str) -> str:
    """`text` with every place filled, and a link to edit it. Raises ValueError for an unknown name."""

    def one(match: re.Match[str]) -> str:
        if match[1] not in EMBEDS:
            known = ", ".join(EMBEDS)
            raise ValueError(f"docs/{here}: there is no “{match[1]}” to embed — write one of: {known}")
        return EMBEDS[match[1]](catalogue, templates, here)

    settings = catalogue.settings
    edit = ""
    if settings.repo_url:
        address = f"{settings.repo_url.rstrip('/')}/edit/{settings.branch}/docs/{here}"
        edit = f"\n\n{Sheet(catalogue, here).away('Edit this page', address)}\n"
    return _PLACE.sub(one, text) + edit


def _incidents(catalogue: Catalogue, templates: Environment, here: str) -> str:
    """The newest incidents as a short list."""
    entries = list(catalogue.entries.values())[:12]
    sheets = [Sheet(catalogue, here, entry) for entry in entries]
    return templates.get_template("cards.md.j2").render(sheets=sheets, headline=headline)


def _counts(catalogue: Catalogue, templates: Environment, here: str) -> str:
    """How much the register holds, in one sentence."""
    incidents = [entry.incident for entry in catalogue.entries.values()]
    items = sum(len(each.items) for each in incidents)
    addresses = {source.address or source.id for each in incidents for source in each.sources.values()}
    return f"{len(incidents)} incidents, {items} dated or sourced items, {len(addresses)} sources."


EMBEDS: Mapping[str, Callable[[Catalogue, Environment, str], str]] = {"incidents": _incidents, "counts": _counts}
