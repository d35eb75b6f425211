"""What a link to an incident shows before it is followed: one file for the whole register, fetched once by a script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from jinja2 import Environment

from generator.model import Catalogue, Entry, Page
from generator.render import dates
from generator.render.sheet import Sheet

PATH = "api/v1/previews.json"


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """Title, date and place, and the first headline figure of every incident, by its id, as plain text."""
    previews = {id: _preview(catalogue, entry) for id, entry in catalogue.entries.items()}
    yield Page(PATH, json.dumps(previews, ensure_ascii=False, separators=(",", ":")) + "\n")


def _preview(catalogue: Catalogue, entry: Entry) -> Mapping[str, str]:
    incident, where = entry.incident, entry.incident.values["where"]
    place = where.get("settlement") or where.get("region")
    country = catalogue.term("countries", where["country"]).label
    parts = [dates.spell(incident.start, incident.zone), *([str(place)] if place else []), country]
    return {"title": incident.title, "when": ", ".join(parts), "figure": _figure(catalogue, entry)}


def _figure(catalogue: Catalogue, entry: Entry) -> str:
    """`Killed: 130, range 130–174 (as of 21 March 2017, Ministry)`; empty where no figure stands."""
    if not entry.headlines or not (figure := entry.headlines[0].headline):
        return ""
    series = entry.headlines[0]
    words = Sheet(catalogue, PATH, entry).range(series)
    voice = catalogue.schema.voice(figure.said_by)
    when = dates.spell(figure.as_of, entry.incident.zone)
    number = ", ".join(each for each in (figure.quantity.text, words) if each)
    return f"{series.measure.label}: {number} (as of {when}, {voice})"
